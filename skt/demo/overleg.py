"""De tweede helft van de keten in de demostad: triage, aanmeldoverleg, casusregie en nazorg."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from casusregie import services as casusregie
from casusregie.models import Actie, Casus, Nazorg
from intake import services as intake
from intake.models import Kanaal, Melding
from skt.demo.plannen import finish_first, set_doelen, uitkomsten_of
from skt.demo.vragen import VRAGEN, Vraag
from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import Medewerker, Rol
from triage import services as triage
from triage.models import (
    Aanmelding,
    Afwijkreden,
    Agendapunt,
    Besluit,
    Ernaast,
    Nuldelijn,
    Overleg,
    Terugkoppeling,
    Uitkomst,
    Urgentie,
)
from triage.services.terugkoppeling import tell_melder
from triage.status import AanmeldingStatus, OverlegStatus, TerugkoppelingStatus

if TYPE_CHECKING:
    from skt.demo.stad import Stad

BORDEN = {"jeugd": (1, 10), "volwassenen": (3, 10), "gezamenlijk": (2, 14)}
"""Op welke dag van de week en op welk uur elk overleg is (maandag = 0)."""
AANKONDIGING = timedelta(days=24)
"""Zo lang tevoren staat een overleg in de agenda."""


class Overlegtafel:
    def __init__(self, stad: "Stad") -> None:
        self.stad = stad
        self.toeval = stad.toeval
        self.vraag_bij_tekst = {vraag.tekst: vraag for vraag in VRAGEN}

    # -- triage -----------------------------------------------------------------------------------------------------------

    def triage_van(self, melding_id: int, vraag: Vraag) -> Callable[[datetime], None]:
        def doe(op: datetime) -> None:
            actor = self.stad.mens("toegang.jeugd" if vraag.bord == "jeugd" else "toegang")
            with self.stad.als(actor):
                melding = Melding.objects.get(pk=melding_id)
                vrij = self.toeval.random() < 0.12
                triage.do_triage(
                    melding=melding,
                    actor=actor,
                    at=op,
                    ernst=vraag.ernst,
                    urgentie=Urgentie.SPOED if vraag.ernst == "zeer hoog" else Urgentie.REGULIER,
                    nuldelijn=Nuldelijn.PAST,
                    voorzieningen=self.toeval.sample(
                        self.stad.voorzieningen, k=min(2, len(self.stad.voorzieningen))
                    ),
                    eigen_kracht=vraag.eigen_kracht,
                    netwerk=vraag.netwerk,
                    uitkomst=Uitkomst.VRIJ_AANBOD if vrij else Uitkomst.OVERLEG,
                    ernaast="" if vrij else Ernaast.LATER,
                    toelichting="Meer dan één leefgebied; samen bespreken."
                    if not vrij
                    else "Vrij aanbod volstaat.",
                    bord=None if vrij else vraag.bord,
                    **_reason(melding_id, vrij=vrij),
                )

        return doe

    # -- het overleg ------------------------------------------------------------------------------------------------------

    def plan_overleggen(self) -> None:
        """Leg de overleggen van de afgelopen twee jaar klaar: elke week per team, om de week gezamenlijk."""
        start = (self.stad.nu - timedelta(days=745)).date()
        for n in range(745 + AANKONDIGING.days):
            dag = start + timedelta(days=n)
            for bord, (weekdag, uur) in BORDEN.items():
                if bord not in self.stad.helft.borden:
                    continue
                om_de_week = bord == "gezamenlijk" and dag.isocalendar().week % 2
                if dag.weekday() == weekdag and is_werkdag(dag) and not om_de_week:
                    begin = datetime(
                        dag.year, dag.month, dag.day, uur, tzinfo=timezone.get_current_timezone()
                    )
                    self.stad.plan(begin - AANKONDIGING, self._plan(bord, begin))
                    self.stad.plan(begin, self._vergader(bord, begin))

    def _plan(self, bord: str, begin: datetime) -> Callable[[datetime], None]:
        def doe(op: datetime) -> None:
            voorzitter = self._voorzitter(bord)
            if not Overleg.objects.filter(bord=bord, begint_op=begin, status=OverlegStatus.GEPLAND).exists():
                with self.stad.als(voorzitter):
                    triage.plan_overleg(
                        bord=bord, begint_op=begin, actor=voorzitter, at=op, voorzitter=voorzitter
                    )

        return doe

    def _voorzitter(self, bord: str) -> Medewerker:
        return self.stad.mens("coordinator.jeugd" if bord == "jeugd" else "coordinator")

    def _vergader(self, bord: str, begin: datetime) -> Callable[[datetime], None]:
        def doe(op: datetime) -> None:
            voorzitter = self._voorzitter(bord)
            for overleg in Overleg.objects.filter(
                bord=bord, begint_op__lte=begin, status=OverlegStatus.GEPLAND
            ):
                self._houd(overleg, voorzitter, op)

        return doe

    def _houd(self, overleg: Overleg, voorzitter: Medewerker, op: datetime) -> None:
        with self.stad.als(voorzitter):
            punten = list(
                Agendapunt.objects.filter(overleg=overleg, besluit="").select_related("aanmelding__melding")
            )
            for n, punt in enumerate(punten):
                self._besluit(punt, op + timedelta(minutes=5 * n))
            triage.finish_overleg(
                overleg=overleg, actor=voorzitter, at=op + timedelta(minutes=5 * len(punten))
            )

    def _besluit(self, punt: Agendapunt, op: datetime) -> None:
        bord = punt.aanmelding.bord
        voorzitter = self._voorzitter(bord)
        vraag = self.vraag_bij_tekst[punt.aanmelding.melding.hulpvraag]
        team = "jeugd" if bord == "jeugd" else "volwassenen"
        regisseur = self.stad.wie(Rol.CASUSREGISSEUR, op, team)
        besluit = self.toeval.choices(
            [
                Besluit.CASUSREGIE,
                Besluit.PROCESREGIE,
                Besluit.VRIJ_AANBOD,
                Besluit.INTAKE,
                Besluit.AANHOUDEN,
                Besluit.TERUG,
            ],
            [62, 5, 9, 10, 10, 4],
        )[0]
        regie = besluit in (Besluit.CASUSREGIE, Besluit.PROCESREGIE)
        triage.decide(
            agendapunt=punt,
            besluit=besluit,
            actor=voorzitter,
            at=op,
            toelichting=vraag.actie or "Besproken.",
            partij=regisseur.moederorganisatie if regie or besluit == Besluit.VRIJ_AANBOD else None,
            casusregisseur=regisseur if regie else None,
            procesregisseur=self.stad.wie(Rol.PROCESREGISSEUR, op, team)
            if besluit == Besluit.PROCESREGIE
            else None,
            uiterlijk=(op + timedelta(days=self.toeval.randint(7, 14))).date()
            if besluit != Besluit.TERUG
            else None,
        )
        if regie:
            casus = Casus.objects.get(agendapunt=punt)
            self.stad.plan(
                self.stad.later(op, self.toeval.randint(1, 6)), self._start(casus.pk, regisseur.pk, vraag)
            )
        elif besluit in (Besluit.INTAKE, Besluit.VRIJ_AANBOD):
            self.stad.plan(self.stad.later(op, 12), self._na_het_werk(punt.aanmelding_id, besluit, bord))
        elif besluit == Besluit.TERUG:
            self.stad.plan(self.stad.later(op, 3), self._loket_rondt_af(punt.aanmelding.melding_id))
        elif besluit == Besluit.AANHOUDEN:
            self.stad.plan(self.stad.later(op, 2), self._melder_hoort(punt.aanmelding.melding_id, bord))

    def _melder_hoort(self, melding_id: int, bord: str) -> Callable[[datetime], None]:
        """Wie op een volgend overleg wacht, hoort dat van de voorzitter."""

        def doe(op: datetime) -> None:
            voorzitter = self._voorzitter(bord)
            with self.stad.als(voorzitter):
                _tell(melding_id, voorzitter, op)

        return doe

    def _na_het_werk(self, aanmelding_id: int, besluit: str, bord: str) -> Callable[[datetime], None]:
        """Na een intake terug op de agenda; na het inzetten van vrij aanbod van het bord."""

        def doe(op: datetime) -> None:
            voorzitter = self._voorzitter(bord)
            with self.stad.als(voorzitter):
                kaart = Aanmelding.objects.filter(pk=aanmelding_id).select_related("melding").first()
                if kaart is None or kaart.status in (AanmeldingStatus.BELEGD, AanmeldingStatus.AFGEROND):
                    return
                _tell(kaart.melding_id, voorzitter, op)
                if besluit == Besluit.VRIJ_AANBOD:
                    triage.finish_aanmelding(
                        aanmelding=kaart, actor=voorzitter, at=op, toelichting="Het aanbod loopt en past."
                    )
                else:
                    triage.move_card(
                        aanmelding=kaart, naar=AanmeldingStatus.VOOR_OVERLEG, actor=voorzitter, at=op
                    )

        return doe

    def _loket_rondt_af(self, melding_id: int) -> Callable[[datetime], None]:
        def doe(op: datetime) -> None:
            actor = self.stad.wie(Rol.LOKETPROFESSIONAL, op)
            with self.stad.als(actor):
                _tell(melding_id, actor, op)
                melding = Melding.objects.get(pk=melding_id)
                intake.give_help(
                    melding=melding, actor=actor, at=op, toelichting="Vraag beantwoord na het overleg."
                )

        return doe

    # -- de casus ---------------------------------------------------------------------------------------------------------

    def _start(self, casus_id: int, regisseur_id: int, vraag: Vraag) -> Callable[[datetime], None]:
        regisseur = next(m for m in self.stad.mensen.values() if m.pk == regisseur_id)

        def doe(op: datetime) -> None:
            with self.stad.als(regisseur):
                casus = Casus.objects.get(pk=casus_id)
                casusregie.start_casus(casus=casus, actor=regisseur, at=op)
                _tell(casus.melding_id, regisseur, op)
                self._eerste_weken(casus, regisseur, vraag, op)

        return doe

    def _eerste_weken(self, casus: Casus, regisseur: Medewerker, vraag: Vraag, op: datetime) -> None:
        casusregie.add_notitie(
            casus=casus, actor=regisseur, at=op, tekst=f"Kennisgemaakt. {vraag.eigen_kracht}"
        )
        set_doelen(casus, regisseur, op)
        casusregie.add_actie(
            casus=casus, actor=regisseur, at=op, wat=vraag.actie or "Afspraak maken", uitvoerder="organisatie",
            medewerker=regisseur, uiterlijk=(op + timedelta(days=self.toeval.randint(14, 28))).date(),
        )  # fmt: skip
        if self.toeval.random() < 0.6:
            ander = self.stad.organisaties[self.toeval.choice(["smow", "mee", "kwadraad", "sjjw", "jgz"])]
            if ander.pk != regisseur.moederorganisatie.pk:
                casusregie.add_betrokkenheid(
                    casus=casus, actor=regisseur, at=op, organisatie=ander, rol="Ondersteunt thuis"
                )
        self.stad.plan(
            self.stad.later(op, self.toeval.randint(8, 15)), self._werk_door(casus.pk, regisseur.pk, 0)
        )

    def _werk_door(self, casus_id: int, regisseur_id: int, ronde: int) -> Callable[[datetime], None]:
        regisseur = next(m for m in self.stad.mensen.values() if m.pk == regisseur_id)

        def doe(op: datetime) -> None:
            with self.stad.als(regisseur):
                casus = Casus.objects.get(pk=casus_id)
                klaar_met = self.toeval.random() < 0.25 * ronde
                acties = list(Actie.objects.filter(casus=casus, status="open").order_by("uiterlijk"))
                if klaar_met:
                    self._bouw_af(casus, regisseur, acties, op)
                    return
                nieuwe = {
                    "wat": self.toeval.choice(VERVOLG), "uitvoerder": "organisatie", "medewerker": regisseur,
                    "uiterlijk": (op + timedelta(days=self.toeval.randint(30, 55))).date(),
                }  # fmt: skip
                if acties:
                    casusregie.complete_actie(actie=acties[0], actor=regisseur, at=op, nieuwe=nieuwe)
                casusregie.add_notitie(
                    casus=casus, actor=regisseur, at=op, tekst=self.toeval.choice(NOTITIES)
                )
                finish_first(casus, regisseur, op)
            if op < self.stad.nu - timedelta(days=45) or self.toeval.random() < 0.8:
                self.stad.plan(
                    self.stad.later(op, self.toeval.randint(20, 34)),
                    self._werk_door(casus_id, regisseur_id, ronde + 1),
                )

        return doe

    def _bouw_af(self, casus: Casus, regisseur: Medewerker, acties: list[Actie], op: datetime) -> None:
        casusregie.taper_casus(casus=casus, actor=regisseur, at=op)
        for actie in acties[:-1]:
            casusregie.complete_actie(actie=actie, actor=regisseur, at=op)

        def naar_nazorg(moment: datetime) -> None:
            with self.stad.als(regisseur):
                dossier = Casus.objects.get(pk=casus.pk)
                casusregie.start_nazorg(
                    casus=dossier, actor=regisseur, at=moment, rond_acties_af=True,
                    uitkomsten=uitkomsten_of(dossier),
                )  # fmt: skip
            self.stad.plan(self.stad.later(moment, 22), self._nazorg(casus.pk, regisseur.pk))

        self.stad.plan(self.stad.later(op, 12), naar_nazorg)

    def _nazorg(self, casus_id: int, regisseur_id: int) -> Callable[[datetime], None]:
        regisseur = next(m for m in self.stad.mensen.values() if m.pk == regisseur_id)

        def doe(op: datetime) -> None:
            with self.stad.als(regisseur):
                casus = Casus.objects.get(pk=casus_id)
                nazorg = Nazorg.objects.get(casus=casus, uitgevoerd_op__isnull=True)
                resultaat = self.toeval.choices(
                    [Nazorg.Resultaat.REDT_ZICH, Nazorg.Resultaat.GEEN_GEHOOR, Nazorg.Resultaat.TERUGVAL],
                    [84, 8, 8],
                )[0]
                casusregie.record_nazorg(
                    nazorg=nazorg,
                    actor=regisseur,
                    at=op,
                    resultaat=resultaat,
                    toelichting="Gebeld.",
                    rond_acties_af=True,
                )
            if resultaat == Nazorg.Resultaat.GEEN_GEHOOR:
                self.stad.plan(self.stad.later(op, 22), self._nazorg(casus_id, regisseur_id))
            elif resultaat == Nazorg.Resultaat.TERUGVAL:
                self.stad.plan(self.stad.later(op, 15), self._werk_door(casus_id, regisseur_id, 2))

        return doe


def _tell(melding_id: int, actor: Medewerker, op: datetime) -> None:
    """De melder hoort wat er is besloten, voor zover dat mag; anders bleef elke oude terugkoppeling te laat."""
    for rij in Terugkoppeling.objects.filter(melding=melding_id, status=TerugkoppelingStatus.TE_DOEN):
        tell_melder(terugkoppeling=rij, actor=actor, at=op, hoe=Kanaal.TELEFONISCH)


def _reason(melding_id: int, *, vrij: bool) -> dict[str, str]:
    """Why somebody decides otherwise than the protocol; it only counts where they do. The same in every town."""
    if vrij:
        return {"afwijkreden": Afwijkreden.VRIJ_AANBOD}
    reden, toelichting = REDENEN[melding_id % len(REDENEN)]
    return {"afwijkreden": reden, "afwijktoelichting": toelichting}


REDENEN = (
    (Afwijkreden.MEER_BEKEND, ""), (Afwijkreden.MEER_BEKEND, "De huisarts belde ook."), (Afwijkreden.LICHTER, ""),
    (Afwijkreden.ERNSTIGER, ""), (Afwijkreden.ANDER_TEAM, "Team jeugd kent het gezin."), (Afwijkreden.HULP_LOOPT, ""),
    (Afwijkreden.REGEL_PAST_NIET, ""), (Afwijkreden.LICHTER, "Een zus vangt het nu op."),
)  # fmt: skip
VERVOLG = (
    "Samen de post doornemen", "Bellen met school", "Huisbezoek plannen", "Overleg met de huisarts", "Kennismaken bij de inloop",
    "Evaluatie met het gezin", "Terugbellen over de wachtlijst", "Budgetplan doorspreken", "Netwerkgesprek voorbereiden",
)  # fmt: skip
NOTITIES = (
    "Gebeld: het gaat iets beter, de eerste afspraak is geweest.", "Huisbezoek gedaan. De buurvrouw wil blijven helpen.",
    "Afgesproken wie wat doet tot de volgende keer.", "Wachtlijst gebeld; over drie weken plek.", "Goede week gehad, slaapt beter.",
)  # fmt: skip
