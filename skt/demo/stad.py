"""Twee jaar van een verzonnen loket, nagespeeld door dezelfde services als waarmee een professional werkt.

Gebeurtenissen liggen op volgorde van tijd in een wachtrij; elke gebeurtenis doet één handeling als de medewerker die haar in
het echt zou doen (dus door beide sloten heen) en legt de volgende klaar. Wat na ‘nu’ komt gebeurt nog niet: zo blijven er
vanzelf open meldingen, komende overleggen en lopende casussen over.
"""

import heapq
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from intake import services as intake
from intake.methodekeuze import methode_for
from intake.models import Kanaal, MelderSoort, Melding, Uitvraagmethode
from intake.services.inwoners import reached
from skt.autorisatie.context import acting_as
from skt.demo.mensen import MENSEN, Mens
from skt.demo.namen import ACHTERNAMEN, BUURTEN, VOORNAMEN_MAN, VOORNAMEN_VROUW, VOORVOEGSELS
from skt.demo.overleg import Overlegtafel
from skt.demo.vragen import CRISIS, ELDERS, HULP, INFO, TRIAGE, VRAGEN, Vraag
from skt.inwoners.models import Inwoner
from skt.kern.werkdagen import add_werkdagen, is_werkdag
from skt.medewerkers.models import Medewerker, Moederorganisatie, Rol, Team
from socialekaart.models import Voorziening

Handeling = Callable[[datetime], None]
PER_TRANSACTIE = 40
BLIJFT_LIGGEN = 0.2
"""Het deel van de verse meldingen dat nog op iemand wacht."""
DRUKKE_DAGEN = 4
BIJ_JEUGD = 0.7
"""Het deel van de gesprekken zonder vervolg dat de eerste helft speelt: zo zijn de twee even lang bezig."""


@dataclass(frozen=True)
class Helft:
    """De stad wordt in twee helften tegelijk gespeeld. Ze trekken dezelfde lijst gesprekken en delen geen inwoner en geen bord."""

    naam: str
    borden: tuple[str, ...]


HELFTEN = (Helft("jeugd", ("jeugd", "gezamenlijk")), Helft("volwassenen", ("volwassenen",)))


class Stad:
    """De simulatie van één helft. `meld` krijgt af en toe een regel voortgang."""

    def __init__(
        self,
        *,
        nu: datetime,
        inwoners: int,
        helft: Helft,
        zaad: int = 2022,
        meld: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.nu = nu
        self.inwoners_van_de_stad = inwoners
        self.aantal = 0
        self.helft = helft
        self.zaad = zaad
        self.toeval = random.Random(f"{zaad} {helft.naam}")
        self.meld = meld
        self.wachtrij: list[tuple[datetime, int, Handeling]] = []
        self.volgnummer = count()
        self.mensen = {m.username: m for m in Medewerker.objects.all()}
        self.rollen: dict[Rol, list[Mens]] = {}
        for mens in MENSEN:
            self.rollen.setdefault(mens.rol, []).append(mens)
        self.organisaties = {o.code: o for o in Moederorganisatie.objects.all()}
        self.voorzieningen = list(Voorziening.objects.filter(lijn=0, status="active").order_by("code")[:40])
        self.inwoners: list[Inwoner] = []
        self.methoden: dict[tuple[int, int, int], Uitvraagmethode] = {}
        self.tafel = Overlegtafel(self)

    # -- de motor ---------------------------------------------------------------------------------------------------------

    def plan(self, op: datetime, handeling: Handeling) -> None:
        """Leg een handeling klaar; wat na nu komt gebeurt niet."""
        if op <= self.nu:
            heapq.heappush(self.wachtrij, (op, next(self.volgnummer), handeling))

    def speel(self) -> int:
        """Speel alles af tot nu. Geeft het aantal handelingen."""
        self._bel_maanden_lang()
        self.tafel.plan_overleggen()
        if not self.wachtrij:
            return 0
        gedaan, begin = 0, self.wachtrij[0][0]
        while self.wachtrij:
            with transaction.atomic(), _zonder_savepoints():
                for _ in range(min(PER_TRANSACTIE, len(self.wachtrij))):
                    op, _volgnummer, handeling = heapq.heappop(self.wachtrij)
                    handeling(op)
                    gedaan += 1
            if gedaan % 400 < PER_TRANSACTIE:
                deel = (op - begin) / (self.nu - begin)
                self.meld(f"{self.helft.naam}: {op:%m-%Y}, {gedaan} handelingen, {deel:.0%}")
        return gedaan

    def mens(self, username: str) -> Medewerker:
        return self.mensen[username]

    def wie(self, rol: Rol, op: datetime, team: str = "") -> Medewerker:
        """Iemand met die rol wiens plaatsing op dat moment én nu loopt (alleen die mag nu nog schrijven)."""
        keuzes = [
            m
            for m in self.rollen[rol]
            if m.van <= op.date() and m.tot is None and (not team or m.team == team)
        ]
        return self.mensen[self.toeval.choice(keuzes).username]

    @contextmanager
    def als(self, medewerker: Medewerker) -> Iterator[Medewerker]:
        with acting_as(medewerker):
            yield medewerker

    # -- het loket --------------------------------------------------------------------------------------------------------

    def _bel_maanden_lang(self) -> None:
        """Verdeel de gesprekken over de werkdagen van twee jaar, met wat groei en een rustige zomer; speel de eigen helft."""
        gesprekken = list(self._gesprekken())
        eigen = [(op, vraag) for op, vraag, helft in gesprekken if helft == self.helft.naam]
        self.aantal = round(self.inwoners_van_de_stad * len(eigen) / len(gesprekken))
        for op, vraag in eigen:
            self.plan(op, partial(self._doe_gesprek, vraag))
        if self.helft == HELFTEN[0]:
            for minuten, vraag in ((18, VRAGEN[8]), (9, VRAGEN[10])):
                self.plan(self.nu - timedelta(minutes=minuten), partial(self._van_niemand, vraag))

    def _gesprekken(self) -> Iterator[tuple[datetime, Vraag, str]]:
        """Alle gesprekken van de stad, met wie ze speelt: voor beide helften dezelfde lijst."""
        toeval = random.Random(self.zaad)
        for op in self._momenten(toeval):
            vraag = toeval.choices(VRAGEN, [_gewicht(v, vers=self._is_vers(op)) for v in VRAGEN])[0]
            yield op, vraag, _helft_van(vraag, toeval)
        crisis = next(vraag for vraag in VRAGEN if vraag.route == CRISIS)
        schulden = next(vraag for vraag in VRAGEN if "WGS-3D" in vraag.termijnen)
        # Een gewone dinsdag: er is net een crisis binnen, en iets met spoed.
        for minuten, vraag in ((35, crisis), (22, schulden)):
            yield self.nu - timedelta(minutes=minuten), vraag, _helft_van(vraag, toeval)

    def _momenten(self, toeval: random.Random) -> Iterator[datetime]:
        start = (self.nu - timedelta(days=730)).date()
        dagen = [start + timedelta(days=n) for n in range(731)]
        dagen = [dag for dag in dagen if is_werkdag(dag) and dag <= self.nu.date()]
        gewicht = [
            (1.0 + n / len(dagen)) * (0.6 if dag.month in (7, 8) else 1.0) for n, dag in enumerate(dagen)
        ]
        for dag in toeval.choices(dagen, gewicht, k=self.inwoners_van_de_stad):
            yield _kantooruur(dag, toeval)
        # De laatste drie weken zijn druk, zoals ze dat voor een loket altijd zijn: er ligt werk op elke stapel.
        vandaag = self.nu.date()
        werkdagen = [dag for dag in (vandaag - timedelta(days=n) for n in range(22)) if is_werkdag(dag)]
        for n, dag in enumerate(werkdagen):
            for _ in range(8 if n < DRUKKE_DAGEN else 5):
                yield min(_kantooruur(dag, toeval), self.nu - timedelta(minutes=toeval.randint(4, 90)))

    def later(self, op: datetime, werkdagen: int) -> datetime:
        return _kantooruur(add_werkdagen(timezone.localdate(op), werkdagen), self.toeval)

    def _van_niemand(self, vraag: Vraag, op: datetime) -> None:
        voorportaal = Team.objects.get(soort=Team.Soort.VOORPORTAAL)
        with self.als(self.wie(Rol.LOKETPROFESSIONAL, op)) as actor:
            melding = self._registreer(vraag, actor, op)
            intake.hand_over(
                melding=melding, actor=actor, at=op, team=voorportaal, toelichting="Mijn dienst zit erop."
            )

    def _doe_gesprek(self, vraag: Vraag, op: datetime) -> None:
        with self.als(self.wie(Rol.LOKETPROFESSIONAL, op)) as actor:
            melding = self._registreer(vraag, actor, op)
            self._handel_af(vraag, melding, actor, op)

    def _registreer(self, vraag: Vraag, actor: Medewerker, op: datetime) -> Melding:
        inwoner = self._inwoner(vraag, actor, op)
        zelf = self.toeval.random() < 0.55 and (inwoner.leeftijd or 40) > 15
        contact = intake.register_contact(
            actor=actor,
            at=op,
            sleutel=uuid.UUID(int=self.toeval.getrandbits(128), version=4),
            kanaal=self.toeval.choices(
                [Kanaal.TELEFONISCH, Kanaal.DIGITAAL, Kanaal.FYSIEK, Kanaal.KETENPARTNER], [70, 15, 10, 5]
            )[0],
            melder_soort=MelderSoort.INWONER_ZELF
            if zelf
            else self.toeval.choice(
                [
                    MelderSoort.NAASTE,
                    MelderSoort.NAASTE,
                    MelderSoort.HUISARTS,
                    MelderSoort.SCHOOL,
                    MelderSoort.PROFESSIONAL,
                ]
            ),
            melder_naam=inwoner.naam if zelf else self._naam(self.toeval.random() < 0.6)[1],
            melder_telefoon=f"06-0000 {self.toeval.randint(1000, 9999)}",
            doorverbonden_vanuit=self.toeval.choice(list(self.organisaties.values()))
            if self.toeval.random() < 0.15
            else None,
            begonnen_op=op - timedelta(minutes=self.toeval.randint(3, 25)),
            beeindigd_op=op,
        )
        with self._bereikt(inwoner) as over_wie:
            melding = intake.register_melding(
                contactmoment=contact,
                actor=actor,
                at=op,
                hulpvraag=vraag.tekst,
                aard=vraag.aard,
                themas=list(vraag.themas),
                spoor=vraag.spoor,
                meervoudigheid="meervoudig" if vraag.route == TRIAGE else "enkelvoudig",
                inwoner=over_wie,
                inwoner_weet_ervan=True,
            )
        if vraag.scores:
            intake.record_uitvraag(
                melding=melding,
                actor=actor,
                at=op,
                antwoorden=self._antwoorden(vraag),
                methode=self._methode(actor, op),
            )
        for code in vraag.termijnen:
            intake.start_termijn(melding=melding, actor=actor, at=op, code=code)
        return melding

    def _methode(self, actor: Medewerker, op: datetime) -> Uitvraagmethode:
        """Waarmee deze medewerker die maand uitvroeg; één keer per maand opgezocht."""
        sleutel = (actor.pk, op.year, op.month)
        if sleutel not in self.methoden:
            self.methoden[sleutel] = methode_for(actor.pk, op).methode
        return self.methoden[sleutel]

    def _antwoorden(self, vraag: Vraag) -> dict[str, dict[str, Any]]:
        antwoorden: dict[str, dict[str, Any]] = {
            gebied: {"score": score, "toelichting": ""} for gebied, score in vraag.scores.items()
        }
        eerste = next(iter(vraag.scores))
        antwoorden[eerste] |= {"eigen_kracht": vraag.eigen_kracht, "netwerk": vraag.netwerk}
        for gebied in ("huisvesting", "lichamelijk", "dagbesteding"):
            if gebied not in antwoorden and self.toeval.random() < 0.5:
                antwoorden[gebied] = {"score": self.toeval.choice([4, 4, 5])}
        return antwoorden

    def _handel_af(self, vraag: Vraag, melding: Melding, actor: Medewerker, op: datetime) -> None:
        stap = {"melding": melding, "actor": actor, "at": op}
        if self._ligt_nog(op) and self.toeval.random() < BLIJFT_LIGGEN and vraag.route != CRISIS:
            return  # nog niet gekozen: blijft open in de werkvoorraad
        match vraag.route:
            case _ if vraag.route == INFO:
                voorzieningen = self.toeval.sample(self.voorzieningen, k=self.toeval.randint(0, 2))
                intake.give_information(
                    **stap, toelichting="Uitgelegd en meegegeven.", voorzieningen=voorzieningen
                )
            case _ if vraag.route == ELDERS:
                intake.refer_elsewhere(**stap, toelichting="Verwezen naar de huisarts of de gemeente.")
            case _ if vraag.route == HULP:
                self._help(stap, op)
            case _ if vraag.route == CRISIS:
                intake.start_crisisroute(
                    **stap,
                    gewaarschuwd="Crisisdienst en huisarts",
                    gewaarschuwd_op=op,
                    toelichting="Aan de lijn gebleven.",
                )
                self._sluit_later(melding, op, 1)
            case _:
                spoed = vraag.ernst == "zeer hoog"
                intake.send_to_triage(**stap, toelichting="Er speelt meer dan één ding.", spoed=spoed)
                self.plan(
                    self.later(op, 1 if spoed else self.toeval.randint(1, 4)),
                    self.tafel.triage_van(melding.pk, vraag),
                )

    def _is_vers(self, op: datetime) -> bool:
        """Van de laatste drie weken ligt er werk op de borden."""
        return self.nu - op < timedelta(days=21)

    def _ligt_nog(self, op: datetime) -> bool:
        """Alleen van de laatste dagen blijft aan het loket wel eens iets liggen; wat ouder is, is opgeruimd."""
        return self.nu - op < timedelta(days=6)

    def _help(self, stap: dict[str, Any], op: datetime) -> None:
        if self.toeval.random() < 0.6:
            intake.give_help(**stap, toelichting="Geluisterd, tips gegeven en samen een plan gemaakt.")
            return
        dagen = self.toeval.randint(2, 8)
        intake.give_help(
            **stap,
            toelichting="Begonnen met ordenen; wordt vervolgd.",
            volgende_stap="Terugbellen: hoe is het gegaan?",
            uiterlijk=self.later(op, dagen),
        )
        if not self._ligt_nog(op) or self.toeval.random() > BLIJFT_LIGGEN:
            self._sluit_later(stap["melding"], op, dagen + self.toeval.randint(-1, 2))

    def _sluit_later(self, melding: Melding, op: datetime, werkdagen: int) -> None:
        wie = melding.verantwoordelijke_id

        def sluit(moment: datetime) -> None:
            actor = next(m for m in self.mensen.values() if m.pk == wie)
            with self.als(actor):
                vers = Melding.objects.get(pk=melding.pk)
                intake.close_melding(
                    melding=vers, actor=actor, at=moment, toelichting="Nagebeld: het gaat zo goed."
                )

        self.plan(self.later(op, max(werkdagen, 1)), sluit)

    # -- mensen -----------------------------------------------------------------------------------------------------------

    def _inwoner(self, vraag: Vraag, actor: Medewerker, op: datetime) -> Inwoner:
        if len(self.inwoners) >= self.aantal or (self.inwoners and self.toeval.random() < 0.08):
            passend = [i for i in self.inwoners[-400:] if self._past(i, vraag)]
            if passend:
                return self.toeval.choice(passend)
        vrouw = self.toeval.random() < 0.55
        voornaam, _naam = self._naam(vrouw)
        jong, oud = vraag.leeftijd
        geboren = op.date() - timedelta(days=self.toeval.randint(jong * 365, oud * 365))
        buurt, postcode, _vaak = self.toeval.choices(BUURTEN, [b[2] for b in BUURTEN])[0]
        inwoner = intake.register_inwoner(
            actor=actor,
            at=op,
            achternaam=self.toeval.choice(ACHTERNAMEN),
            voorvoegsel=self.toeval.choice(VOORVOEGSELS),
            roepnaam=voornaam,
            voornamen=voornaam,
            geboortedatum=geboren,
            geslacht="vrouw" if vrouw else "man",
            postcode=postcode,
            huisnummer=self.toeval.randint(1, 180),
            buurtcode=buurt,
            telefoon=f"06-0000 {self.toeval.randint(1000, 9999)}",
            zoek_dubbelen=False,
        )
        self.inwoners.append(inwoner)
        return inwoner

    def _bereikt(self, inwoner: Inwoner) -> AbstractContextManager[Inwoner]:
        """Wie elders bekend is en hier niet te zien, wordt herkend zoals in het echt: op naam en geboortedatum."""
        if Inwoner.objects.filter(pk=inwoner.pk).exists():
            return nullcontext(inwoner)
        vraag = {
            "naam": inwoner.achternaam,
            "geboren": inwoner.geboortedatum,
            "postcode": inwoner.postcode,
            "huisnummer": inwoner.huisnummer,
            "telefoon": inwoner.telefoon,
        }
        return reached(intake.Bekende(inwoner.pk, vraag))

    def _past(self, inwoner: Inwoner, vraag: Vraag) -> bool:
        jong, oud = vraag.leeftijd
        return jong <= (inwoner.leeftijd or 0) <= oud

    def _naam(self, vrouw: bool) -> tuple[str, str]:
        voornaam = self.toeval.choice(VOORNAMEN_VROUW if vrouw else VOORNAMEN_MAN)
        return voornaam, f"{voornaam} {self.toeval.choice(ACHTERNAMEN)}"


@contextmanager
def _zonder_savepoints() -> Iterator[None]:
    """In de demo gaat niets mis dat opgevangen wordt: een fout stopt de bouw. Zo vervalt de helft van de opdrachten."""
    features = connection.features
    vorige, features.uses_savepoints = features.uses_savepoints, False
    try:
        yield
    finally:
        features.uses_savepoints = vorige


def _kantooruur(dag: date, toeval: random.Random) -> datetime:
    uur, minuut = toeval.randint(9, 16), toeval.randint(0, 59)
    return datetime(dag.year, dag.month, dag.day, uur, minuut, tzinfo=timezone.get_current_timezone())


def _helft_van(vraag: Vraag, toeval: random.Random) -> str:
    if vraag.route == TRIAGE:
        return next(helft.naam for helft in HELFTEN if vraag.bord in helft.borden)
    return HELFTEN[toeval.random() >= BIJ_JEUGD].naam


def _gewicht(vraag: Vraag, *, vers: bool) -> float:
    """Hoe vaak een vraag voorkomt; van wat vers is ligt er meer op de borden."""
    return {INFO: 5.0, HULP: 4.0, ELDERS: 3.0, TRIAGE: 9.0 if vers else 2.0, CRISIS: 0.5}[vraag.route]
