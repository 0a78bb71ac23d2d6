"""Een klein dorp op een gewone werkdag, door de services gespeeld: van alles wat, in elke stand.

De bellers van de vignetten, en wat het kernteam met hen deed; alles ten opzichte van `nu`, zodat er iets te laat is, iets
dringt en iets wacht, op welke dag de proef ook draait.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from casusregie import services as casusregie
from casusregie.models import Actie, Casus, Nazorg, Schaling
from intake import services as intake
from intake.models import Concept, Melding, Uitvraagmethode
from intake.services.loketlijst import offer_loketlijst
from intake.services.loketlijst_inlezen import process_loketlijst
from skt.inwoners.models import Inwoner, VeiligContact
from skt.inwoners.vergelijken import stamp
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker, Moederorganisatie, Team
from socialekaart.models import Foutmelding, Voorziening
from socialekaart.services.foutmeldingen import report_fout
from socialekaart.services.laden import load_sociale_kaart
from tests.factories.inwoners import TESTBSN
from tests.intake.loketjaar import Jaarlijst
from tests.scenarios.bezetting import Bezetting, bezet
from tests.scenarios.handelend import als, als_systeem
from tests.scenarios.vignetten import Vignet, read_vignetten
from triage import services as triage
from triage.models import Agendapunt, Besluit, Nuldelijn, Overleg, Uitkomst
from triage.status import AanmeldingStatus

ADRES = {"postcode": "2244 QF", "huisnummer": 17}
"""Een postcode die niet bestaat."""
ROUTE = {
    "informatie en advies": intake.Route.INFORMATIE,
    "hulpverlening": intake.Route.HULPVERLENING,
    "andere toegang": intake.Route.ANDERE_TOEGANG,
    "crisisroute": intake.Route.CRISISROUTE,
}


@dataclass
class Dorp:
    """Wie er werkt, en wat er ligt: onder een korte naam te vinden."""

    nu: datetime
    team: Bezetting
    melding: dict[str, str] = field(default_factory=dict)
    """Het nummer van de melding van een beller."""
    ding: dict[str, Any] = field(default_factory=dict)
    vignetten: dict[str, Vignet] = field(default_factory=lambda: {v.id: v for v in read_vignetten()})

    def eerder(self, **hoeveel: int) -> datetime:
        return self.nu - timedelta(**hoeveel)

    # -- het loket

    def bel(self, wie: str, op: datetime, door: Medewerker | None = None, **anders: Any) -> Melding:
        """Een beller, zoals het loket haar invoert. `anders` vervangt wat finish_concept krijgt."""
        vignet, actor = self.vignetten[wie], door or self.team.loket
        vraag = vignet.eerste
        verwacht = vraag.verwacht
        route = intake.Route.TRIAGE if vraag.bord else ROUTE[vraag.route]
        voorzieningen = Voorziening.objects.offered().filter(code__in=verwacht["voorzieningen_0delijn"][:2])
        facts: dict[str, Any] = {
            "route": route,
            "contact": {"kanaal": vignet.gegevens["kanaal"], "melder_soort": vignet.gegevens["melder_soort"]},
            "melding": {
                "hulpvraag": vignet.gegevens["gesprek"], "aard": verwacht["aard"], "themas": verwacht["themas"],
                "spoor": verwacht["spoor"] or "", "meervoudigheid": verwacht["meervoudigheid"],
                "spoed": verwacht["urgentie"].startswith("spoed"),
            },
            "afronding": self._afronding(route, op),
            "nieuwe_inwoner": self._inwoner(vignet),
            "antwoorden": self._antwoorden(vignet),
            "termijnen": verwacht["termijnen"],
            "voorzieningen": list(voorzieningen) if not vraag.bord else [],
        }  # fmt: skip
        with als(actor):
            concept = intake.start_concept(actor=actor, at=op)
            melding = intake.finish_concept(
                sleutel=concept.sleutel, actor=actor, at=op, **{**facts, **anders}
            )
        self.melding[wie] = melding.nummer
        return melding

    def _afronding(self, route: str, op: datetime) -> dict[str, Any]:
        match route:
            case intake.Route.HULPVERLENING:
                over_een_week = timezone.localtime(op).date() + timedelta(days=7)
                return {
                    "toelichting": "Langsgaan.",
                    "volgende_stap": "Huisbezoek",
                    "uiterlijk": over_een_week,
                }
            case intake.Route.CRISISROUTE:
                return {
                    "toelichting": "Niet terugbellen.",
                    "gewaarschuwd": "Politie, 112",
                    "gewaarschuwd_op": op,
                }
            case intake.Route.TRIAGE:
                return {"toelichting": "Er spelen meer dingen tegelijk."}
            case _:
                return {"toelichting": "Uitgelegd waar dit kan, en het nummer gegeven."}

    def _inwoner(self, vignet: Vignet) -> dict[str, Any]:
        over = vignet.eerste.betreft
        if not over:
            return {}
        geboren = over["geboortedatum"]
        return {
            "roepnaam": over["roepnaam"] or "",
            "achternaam": over["achternaam"].removesuffix(" (vermoedelijk)"),
            "geboortedatum": date.fromisoformat(geboren) if geboren else None,
            "buurtcode": (over["buurt"] or {}).get("code", ""),
            **ADRES,
        }

    @staticmethod
    def _antwoorden(vignet: Vignet) -> dict[str, dict[str, Any]]:
        scores = vignet.eerste.scores
        found: dict[str, dict[str, Any]] = {gebied: {"score": score} for gebied, score in scores.items()}
        for gebied in list(found)[:1]:
            found[gebied] |= {
                "toelichting": vignet.eerste.verwacht["toelichting"],
                "eigen_kracht": "Zoekt zelf hulp en houdt bij wat er gebeurt.",
                "netwerk": "Een zus komt elke week langs.",
                "lopende_hulp": "De praktijkondersteuner van de huisarts.",
                "wens": "Dat het thuis weer rustig wordt.",
            }
        return found

    # -- triage en het overleg

    def trieer(self, wie: str, op: datetime, **anders: Any) -> Melding:
        vraag, actor = self.vignetten[wie].eerste, self.team.toegang
        verwacht = vraag.verwacht
        aanbod = list(Voorziening.objects.offered().filter(code__in=verwacht["voorzieningen_0delijn"][:2]))
        past = {"nuldelijn": Nuldelijn.PAST, "voorzieningen": aanbod}
        past_niet = {
            "nuldelijn": Nuldelijn.PAST_NIET,
            "nuldelijn_toelichting": "Eerst moet het thuis veilig zijn.",
        }
        facts = {
            "ernst": verwacht["ernst"], "urgentie": verwacht["urgentie"], "uitkomst": Uitkomst.OVERLEG, "bord": vraag.bord,
            "eigen_kracht": "Zoekt zelf hulp.", "netwerk": "Een zus komt elke week.", "toelichting": verwacht["toelichting"],
            **(past if aanbod else past_niet),
        }  # fmt: skip
        with als(actor):
            melding = Melding.objects.get(nummer=self.melding[wie])
            triage.do_triage(melding=melding, actor=actor, at=op, **{**facts, **anders})
        return melding

    def besluit(self, wie: str, besluit: Besluit, **anders: Any) -> Agendapunt:
        """Het besluit valt in het overleg waar de aanmelding op staat, op dat moment."""
        actor = self.team.coordinator
        with als(actor):
            punt = Agendapunt.objects.select_related("overleg").get(
                aanmelding__melding__nummer=self.melding[wie], besluit=""
            )
            op = punt.overleg.begint_op
            facts = {
                "toelichting": "Besproken met iedereen aan tafel.",
                "uiterlijk": timezone.localtime(op).date() + timedelta(days=7),
            }
            return triage.decide(agendapunt=punt, besluit=besluit, actor=actor, at=op, **{**facts, **anders})

    def sluit_overleggen(self) -> None:
        """Wat voor nu begon en waarover alles besloten is, gaat dicht."""
        actor = self.team.coordinator
        with als(actor):
            voorbij = Overleg.objects.filter(status="gepland", begint_op__lt=self.nu).exclude(
                agendapunten__besluit=""
            )
            for overleg in voorbij:
                triage.finish_overleg(overleg=overleg, actor=actor, at=overleg.begint_op + timedelta(hours=1))

    # -- de casus

    def open_casus(self, wie: str, naam: str, weken: int) -> Casus:
        """Zoveel weken geleden gebeld; het overleg van die week belegde de regie bij Kwadraad."""
        op = self.eerder(weeks=weken, days=2)
        self.bel(wie, op)
        self.trieer(wie, op + timedelta(hours=3))
        punt = self.besluit(wie, Besluit.CASUSREGIE, casusregisseur=self.team.casusregisseur)
        with als(self.team.casusregisseur):
            casus = Casus.objects.get(agendapunt=punt)
        self.ding[naam] = casus
        return casus

    def start(self, casus: Casus, weken: int) -> None:
        regisseur = self.team.casusregisseur
        with als(regisseur):
            casusregie.start_casus(casus=casus, actor=regisseur, at=self.eerder(weeks=weken))


def build_dorp() -> Dorp:
    """Het hele dorp, tot nu. Eén keer per module: het kost een paar seconden."""
    with als_systeem():
        load_sociale_kaart()
        team = bezet()
    dorp = Dorp(nu=timezone.now(), team=team)
    _loket(dorp)
    _agenda(dorp)
    _casussen(dorp)
    _bord(dorp)
    _deuren(dorp)
    dorp.sluit_overleggen()
    _dubbelen(dorp)
    _kaart(dorp)
    _inrichting(dorp)
    _oude_lijst(dorp)
    return dorp


def _loket(dorp: Dorp) -> None:
    team = dorp.team
    dorp.bel("vg-d-31", dorp.eerder(days=9))
    dorp.bel("vg-d-27", dorp.eerder(days=3), door=team.collega)
    dorp.bel("vg-d-24", dorp.eerder(days=1))
    dorp.bel("vg-d-34", dorp.eerder(days=12))
    dorp.bel("vg-d-30", dorp.eerder(hours=2))
    dorp.bel("vg-d-28", dorp.eerder(days=2))
    dorp.bel("vg-d-29", dorp.eerder(days=4))
    later = {
        "toelichting": "",
        "volgende_stap": "Terugbellen: 070-5550218",
        "uiterlijk": timezone.localdate(dorp.nu),
    }
    niemand = {
        "nieuwe_inwoner": {},
        "route": intake.Route.LATER,
        "afronding": later,
        "antwoorden": {},
        "termijnen": (),
    }
    dorp.bel("vg-d-05", dorp.eerder(hours=1), door=team.collega, **niemand)
    with als(team.loket):
        inwoner = Inwoner.objects.get(achternaam="Marin")
        veilig = {
            "veilig_contact": VeiligContact.BEPERKT,
            "veilig_contact_toelichting": "Nooit terugbellen op dit nummer.",
        }
        intake.update_inwoner(inwoner=inwoner, actor=team.loket, at=dorp.nu, geheim_adres=True, **veilig)
        dorp.ding["inwoner"] = inwoner
        dorp.ding["concept"] = _half_typed(dorp)
    with als(team.toegang):
        intake.store_bsn(inwoner=inwoner, actor=team.toegang, at=dorp.nu, bsn=TESTBSN)


def _agenda(dorp: Dorp) -> None:
    """Een afspraak die komt (met een collega die de melding niet mag lezen), een die voorbij is, en iemand die wacht op de telefoon."""
    team = dorp.team
    komend = next_werkdag(timezone.localdate(dorp.nu) + timedelta(days=1))
    om_tien = timezone.make_aware(datetime(komend.year, komend.month, komend.day, 10))
    with als(team.loket):
        melding = Melding.objects.get(nummer=dorp.melding["vg-d-24"])
        dorp.ding["afspraak_voorbij"] = intake.plan_afspraak(
            melding=melding, actor=team.loket, at=dorp.eerder(days=2), soort="telefonisch", begin=dorp.eerder(hours=4),
            duur=30, medewerkers=[team.loket], buiten_werktijd=True,
        )  # fmt: skip
        dorp.ding["afspraak"] = intake.plan_afspraak(
            melding=melding, actor=team.loket, at=dorp.nu, soort="huisbezoek", begin=om_tien, duur=60,
            medewerkers=[team.loket, team.teamlid],
        )  # fmt: skip
    with als(team.collega):
        wacht = Melding.objects.get(nummer=dorp.melding["vg-d-05"])
        intake.plan_terugbellen(
            melding=wacht, actor=team.collega, at=dorp.nu, medewerker=team.collega, telefoon="070-5550218",
            uiterlijk=om_tien + timedelta(hours=2),
        )  # fmt: skip


def _dubbelen(dorp: Dorp) -> None:
    """Twee mensen die dubbel staan: bij de een wacht het voorstel, bij de ander is er samengevoegd."""
    team = dorp.team
    with als(team.loket):
        wacht, gedaan = (
            [_aan_de_lijn(dorp, naam, roepnaam) for roepnaam in ("Tineke", "Tine")]
            for naam in ("Dubbelink", "Tweebeek")
        )
        waarom = {"actor": team.loket, "at": dorp.nu, "toelichting": "Zelfde geboortedag, zegt ze zelf."}
        voorstel, tweede = (
            intake.propose_samenvoeging(blijft=blijft, vervalt=vervalt, **waarom)
            for blijft, vervalt in (wacht, gedaan)
        )
    with als(team.toegang):
        stand = stamp(*Inwoner.objects.filter(pk__in=[one.pk for one in gedaan]))
        intake.confirm_samenvoeging(samenvoeging=tweede, actor=team.toegang, at=dorp.nu, stand=stand)
    dorp.ding |= {"samenvoeging": voorstel, "samengevoegd": tweede}


def _aan_de_lijn(dorp: Dorp, achternaam: str, roepnaam: str) -> Inwoner:
    wie: dict[str, Any] = {"actor": dorp.team.loket, "at": dorp.eerder(hours=2)}
    contact = intake.register_contact(
        sleutel=uuid4(), kanaal="telefonisch", melder_soort="inwoner zelf", **wie
    )
    facts = {"achternaam": achternaam, "roepnaam": roepnaam, "geboortedatum": date(1951, 5, 4)}
    inwoner = intake.register_inwoner(**facts, **ADRES, **wie)
    intake.register_melding(
        contactmoment=contact, hulpvraag="Wie helpt mij met de was?", aard="hulpvraag", inwoner=inwoner, **wie
    )
    return inwoner


def _half_typed(dorp: Dorp) -> Concept:
    """Een gesprek dat nog loopt, met iemand die misschien al bekend is."""
    concept = intake.start_concept(actor=dorp.team.loket, at=dorp.eerder(minutes=7))
    gegevens = {
        "melder_soort": ["naaste/netwerk"], "melder_naam": ["Marijke Verhage"], "melder_telefoon": ["070-5550218"],
        "roepnaam": ["Wendy"], "achternaam": ["de Leeuw"], "geboren": ["19-03-1988"], "aard": ["hulpvraag"],
        "hulpvraag": [dorp.vignetten["vg-d-01"].gegevens["gesprek"]], "themas": ["zelfstandig wonen van ouderen", "mantelzorg"],
        "score_praktisch": ["2"], "toelichting_praktisch": ["Pan drooggekookt."], "score_sociaal": ["3"], "wet_wmo": ["on"],
    }  # fmt: skip
    return intake.save_concept(
        sleutel=concept.sleutel,
        actor=dorp.team.loket,
        gegevens=gegevens,
        versie=concept.versie,
        at=dorp.eerder(minutes=2),
    )


def _casussen(dorp: Dorp) -> None:
    team, regisseur = dorp.team, dorp.team.casusregisseur
    vandaag = timezone.localdate(dorp.nu)
    casus = dorp.open_casus("vg-d-02", "casus", weken=9)
    dorp.start(casus, weken=8)
    with als(regisseur):
        smow = Moederorganisatie.objects.get(code="smow")
        casusregie.add_betrokkenheid(
            casus=casus,
            actor=regisseur,
            at=dorp.eerder(weeks=7),
            organisatie=smow,
            rol="Thuisadministratie",
            medewerker=team.teamlid,
        )
        casusregie.add_actie(
            casus=casus, actor=regisseur, at=dorp.eerder(weeks=3), wat="Elke week samen de post openen",
            uitvoerder=Actie.Uitvoerder.ORGANISATIE, medewerker=team.teamlid, uiterlijk=vandaag + timedelta(days=3), leefgebied="financien",
        )  # fmt: skip
        casusregie.add_notitie(
            casus=casus, actor=regisseur, at=dorp.eerder(days=2), tekst="Betalingsregeling is getekend."
        )
        casusregie.scale_up(
            casus=casus, actor=regisseur, at=dorp.eerder(days=1), procesregisseur=team.procesregisseur,
            aanleiding=Schaling.Aanleiding.COMPLEX, besproken_met="Woningcorporatie en de inwoner",
            evaluatie_op=vandaag + timedelta(weeks=6),
        )  # fmt: skip
        intake.record_meting(
            melding=casus.melding, actor=regisseur, at=dorp.eerder(days=3), reden="evaluatie",
            antwoorden={"financien": {"score": 3, "toelichting": "Betaalt weer zelf."}, "sociaal": {"score": 3}}, sleutel=uuid4(),
        )  # fmt: skip
        dorp.ding["inwoner_gemeten"] = Inwoner.objects.get(pk=casus.melding.inwoner_id)
        dorp.ding["actie"] = casus.acties.open().order_by("pk")[0]
        dorp.ding["betrokkenheid"] = casus.betrokkenheden.get(organisatie=smow)
    dorp.open_casus("vg-d-13", "in_opstart", weken=1)
    afgeschermd = dorp.open_casus("vg-d-20", "afgeschermd", weken=6)
    dorp.start(afgeschermd, weken=5)
    nazorg = dorp.open_casus("vg-d-35", "nazorg", weken=10)
    dorp.start(nazorg, weken=9)
    with als(regisseur):
        casusregie.invite_person(casus=afgeschermd, actor=regisseur, at=dorp.nu, medewerker=team.teamlid)
        casusregie.shield_casus(casus=afgeschermd, actor=regisseur, at=dorp.nu)
        contact = casusregie.start_nazorg(
            casus=nazorg, actor=regisseur, at=dorp.eerder(weeks=5), rond_acties_af=True
        )
        dorp.ding["nazorgcontact"] = contact
    gesloten = dorp.open_casus("vg-d-23", "gesloten", weken=20)
    dorp.start(gesloten, weken=19)
    with als(regisseur):
        contact = casusregie.start_nazorg(
            casus=gesloten, actor=regisseur, at=dorp.eerder(weeks=12), rond_acties_af=True
        )
        casusregie.record_nazorg(
            nazorg=contact, actor=regisseur, at=dorp.eerder(weeks=7), resultaat=Nazorg.Resultaat.REDT_ZICH
        )
    vreemd = team.casusregisseur_jeugd
    with als(vreemd):
        casusregie.open_noodtoegang(
            nummer=casus.nummer,
            reden="Politie aan de deur, geen collega bereikbaar.",
            actor=vreemd,
            at=dorp.nu,
        )


def _bord(dorp: Dorp) -> None:
    """Kaarten in elke kolom: voor overleg, intake, te beleggen, aangehouden (en belegd: de casus in opstart)."""
    coordinator = dorp.team.coordinator
    for wie, dagen in (("vg-d-01", 1), ("vg-d-09", 2), ("vg-d-14", 1), ("vg-d-26", 1)):
        dorp.bel(wie, dorp.eerder(days=dagen, hours=2))
        dorp.trieer(wie, dorp.eerder(hours=1))
    for wie in ("vg-d-08", "vg-d-10", "vg-d-22"):
        dorp.bel(wie, dorp.eerder(days=1))
        dorp.trieer(wie, dorp.eerder(hours=1))
    dorp.bel("vg-d-18", dorp.eerder(days=5))
    dorp.trieer("vg-d-18", dorp.eerder(days=4), uitkomst=Uitkomst.INTAKE)
    dorp.bel("vg-d-19", dorp.eerder(days=9))
    dorp.trieer("vg-d-19", dorp.eerder(days=8))
    dorp.besluit("vg-d-19", Besluit.AANHOUDEN, uiterlijk=None)
    with als(coordinator):
        punt = Agendapunt.objects.select_related("aanmelding", "overleg").get(
            aanmelding__melding__nummer=dorp.melding["vg-d-26"], besluit=""
        )
        triage.move_card(
            aanmelding=punt.aanmelding, naar=AanmeldingStatus.TE_BELEGGEN, actor=coordinator, at=dorp.nu
        )
        dorp.ding["overleg"] = punt.overleg
        dag = next_werkdag(timezone.localdate(dorp.nu) + timedelta(days=30))
        moment = timezone.make_aware(datetime(dag.year, dag.month, dag.day, 14))
        triage.plan_overleg(
            bord="volwassenen", begint_op=moment, actor=coordinator, at=dorp.nu, voorzitter=coordinator
        )


def _deuren(dorp: Dorp) -> None:
    """Een openbaar formulier, een anoniem Wvggz-signaal voor het signaleringsoverleg, en een outreachlijst met twee mensen."""
    loket = dorp.team.loket
    inhoud = {
        "hulpvraag": "Mijn buurman doet de deur niet meer open.", "melder_soort": "naaste/netwerk", "naam": "Riet Post",
        "telefoon": "070-5550177", "relatie": "buurvrouw", "over_voornaam": "Wim", "over_achternaam": "Raven",
        "veilig": "beperkt", "veilig_toelichting": "Alleen ’s ochtends bellen.", "waarom_niet": "Hij doet niet open.",
        "weet_ervan": False, "aard": "bezorgdheid/zorgmelding",
    }  # fmt: skip
    with transaction.atomic():
        ontvangst = intake.receive_formulier(
            sleutel=uuid4(), at=dorp.eerder(hours=3), bron="inwoner", inhoud=inhoud
        )
    with als(loket):
        formulier = Melding.objects.get(opgave__kenmerk=ontvangst.kenmerk)
        dorp.melding["formulier"] = formulier.nummer
        wvggz = intake.register_bezorgdheid(
            actor=loket, at=dorp.eerder(days=1), sleutel=uuid4(), soort="Wvggz verkennend onderzoek", kanaal="telefonisch",
            melder_soort="Meldpunt Bezorgd GGD", hulpvraag="Hij slaapt niet meer en praat met de muur.", melder_anoniem=True,
            overleg_reden="De buren zijn bang voor hem.", over={"over_achternaam": "Kortekaas"},
        )  # fmt: skip
        dorp.melding["wvggz"] = wvggz.nummer
        dorp.ding["signaal"] = wvggz.signalen.get()
        lijst = intake.create_outreachlijst(
            actor=loket, at=dorp.nu, naam="Alleenwonende ouderen", doel="Kennismaken voordat er hulp nodig is.",
            grondslag="Wmo 2015", team=Team.objects.get(soort=Team.Soort.VOORPORTAAL),
            eindigt_op=timezone.localdate(dorp.nu) + timedelta(days=60),
        )  # fmt: skip
        intake.add_outreachpersoon(lijst=lijst, actor=loket, at=dorp.nu, inwoner=dorp.ding["inwoner"])
        persoon = intake.add_outreachpersoon(
            lijst=lijst, actor=loket, at=dorp.nu, voornaam="Riet", achternaam="Zandstra", telefoon="070-5550199",
            contactwens="Niet voor tien uur.", aanleiding="Is vorig jaar verhuisd.",
        )  # fmt: skip
        intake.record_poging(
            persoon=persoon, actor=loket, at=dorp.nu, wijze="bellen", resultaat="niet thuis",
            uiterlijk=timezone.localdate(dorp.nu) + timedelta(days=3),
        )  # fmt: skip
        dorp.ding |= {"outreachlijst": lijst, "outreachpersoon": persoon}


def _oude_lijst(dorp: Dorp) -> None:
    """Een oude loketlijst die op proef is gelezen."""
    lijst = Jaarlijst(2019)
    for _ in range(12):
        lijst.add()
    lijst.refuse(datum="31-04-2019")
    lijst.warn(Geb_datum="30-02-1950")
    beheer = dorp.team.beheer
    with als(beheer):
        offered = offer_loketlijst(
            bestandsnaam="wwz_loket_2019.csv", inhoud=lijst.inhoud, actor=beheer, at=dorp.nu
        )
    process_loketlijst(lijst_id=offered.pk, clock=timezone.now)
    dorp.ding["loketlijst"] = offered


def _kaart(dorp: Dorp) -> None:
    with als(dorp.team.loket):
        voorziening = Voorziening.objects.get(code="vz-035")
        melding: Foutmelding = report_fout(
            voorziening=voorziening, tekst="Het nummer is veranderd.", actor=dorp.team.loket, at=dorp.nu
        )
    dorp.ding |= {"voorziening": voorziening, "foutmelding": melding}


def _inrichting(dorp: Dorp) -> None:
    """De standaard, een tweede methode om en om, en een concept daarvan."""
    kwartiermaker = dorp.team.kwartiermaker
    standaard = Uitvraagmethode.objects.get(is_standaard=True)
    with als(kwartiermaker):
        tweede = intake.copy_methode(methode=standaard, actor=kwartiermaker, at=dorp.nu)
        vragen = tweede.read()
        vragen["sociaal"][0] = vragen["sociaal"][0]._replace(
            eerst=True, toelichting="Vraag ook naar de buren."
        )
        tweede, _ = intake.change_methode(
            methode=tweede,
            actor=kwartiermaker,
            at=dorp.nu,
            doel="Komt er meer boven tafel als we met mensen beginnen?",
            vragen=vragen,
            basis={},
        )
        tweede = intake.activate_methode(
            methode=tweede, actor=kwartiermaker, at=dorp.nu, vanaf=timezone.localdate(dorp.nu)
        )
        intake.assign_methode(
            methode=tweede,
            actor=kwartiermaker,
            at=dorp.nu,
            organisatie=Moederorganisatie.objects.get(code="smow"),
        )
        dorp.ding["methode"] = tweede
        dorp.ding["methode_concept"] = intake.copy_methode(methode=tweede, actor=kwartiermaker, at=dorp.nu)
