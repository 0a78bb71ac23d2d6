"""Een klein dorp op een gewone werkdag, door de services gespeeld: van alles wat, in elke stand.

De bellers van de vignetten, en wat het kernteam met hen deed; alles ten opzichte van `nu`, zodat er iets te laat is, iets
dringt en iets wacht, op welke dag de proef ook draait.
"""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from casusregie import services as casusregie
from casusregie.models import Actie, Casus, Nazorg, Schaling
from intake import services as intake
from intake.models import Concept, Standaardtekst
from skt.inwoners.models import Inwoner, VeiligContact
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Moederorganisatie
from socialekaart.models import Foutmelding, Voorziening
from socialekaart.services.foutmeldingen import report_fout
from socialekaart.services.laden import load_sociale_kaart
from tests.factories.inwoners import TESTBSN
from tests.scenarios import dorp_deuren, dorp_protocol, dorp_rapporten, dorp_triage
from tests.scenarios.bezetting import bezet
from tests.scenarios.dorpsleven import Dorp
from tests.scenarios.handelend import als, als_systeem
from triage import services as triage
from triage.models import Agendapunt, Besluit, Terugkoppeling, Uitkomst
from triage.status import AanmeldingStatus


def build_dorp() -> Dorp:
    """Het hele dorp, tot nu. Eén keer per module: het kost een paar seconden."""
    with als_systeem():
        load_sociale_kaart()
        team = bezet()
    dorp = Dorp(nu=timezone.now(), team=team)
    _loket(dorp)
    dorp_deuren.agenda(dorp)
    _casussen(dorp)
    _bord(dorp)
    dorp_deuren.deuren(dorp)
    dorp.sluit_overleggen()
    dorp_deuren.dubbelen(dorp)
    _kaart(dorp)
    dorp_triage.toegang(dorp)
    dorp_deuren.inrichting(dorp)
    dorp_protocol.protocol(dorp)
    dorp_deuren.oude_lijst(dorp)
    dorp_rapporten.rapporten(dorp)
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
        weg = _half_typed(dorp)
        dorp.ding["weggegooid"] = intake.discard_concept(
            sleutel=weg.sleutel, actor=team.loket, at=dorp.eerder(minutes=1)
        )
        dorp.ding["concept"] = _half_typed(dorp)
        dorp.ding["standaardtekst"] = Standaardtekst.objects.order_by("pk")[0]
    with als(team.toegang):
        intake.store_bsn(inwoner=inwoner, actor=team.toegang, at=dorp.nu, bsn=TESTBSN)


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
        _doelen(dorp, casus)
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


def _doelen(dorp: Dorp, casus: Casus) -> None:
    """Een plan met een doel dat loopt, een dat te laat is en nog niet besproken, en een dat is behaald."""
    vandaag, regisseur = timezone.localdate(dorp.nu), dorp.team.casusregisseur
    toen = dorp.eerder(weeks=7)
    for leefgebied, wat, start, doel, weken, akkoord in (
        ("financien", "Vaste lasten elke maand betaald, geen nieuwe schulden", 1, 4, 12, toen.date()),
        ("sociaal", "Elke week bij iemand langs", 2, 3, -1, None),
        ("huisvesting", "Huurachterstand geregeld, geen ontruiming", 1, 4, 4, toen.date()),
    ):
        gezet = casusregie.set_doel(
            casus=casus,
            actor=regisseur,
            at=toen,
            woorden=casusregie.Doelwoorden(
                leefgebied, wat, start, doel, vandaag + timedelta(weeks=weken), akkoord
            ),
        )
        dorp.ding.setdefault("doel", gezet)
    casusregie.finish_doel(
        doel=gezet,
        actor=regisseur,
        at=dorp.eerder(weeks=2),
        uitkomst=casusregie.Uitkomst("behaald", 4, "De regeling is rond."),
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
        dorp.ding["reeks"] = triage.start_reeks(
            bord="volwassenen",
            weekdag=1,
            tijd=time(9),
            van=timezone.localdate(dorp.nu),
            actor=coordinator,
            at=dorp.nu,
        )
        dorp.ding["terugkoppeling"] = Terugkoppeling.objects.order_by("-pk").first()


def _kaart(dorp: Dorp) -> None:
    with als(dorp.team.loket):
        voorziening = Voorziening.objects.get(code="vz-035")
        melding: Foutmelding = report_fout(
            voorziening=voorziening, tekst="Het nummer is veranderd.", actor=dorp.team.loket, at=dorp.nu
        )
    dorp.ding |= {"voorziening": voorziening, "foutmelding": melding}
