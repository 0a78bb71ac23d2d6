"""One small town in which every line of domein 4 has somebody who may and somebody who may not.

Rows, no acts: written as the system, once per module. People stand under short names (`mens["loket"]`), objects too.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from casusregie.models import (
    Actie,
    Betrokkenheid,
    Casus,
    CasusGroupObjectPermission,
    Casuslid,
    CasusUserObjectPermission,
    Nazorg,
    Notitie,
    Regieniveau,
    Regietoewijzing,
    Schaling,
)
from casusregie.status import CasusStatus
from intake.models import Agendasleutel, Bezetting, Meegegeven, Standaardtekst
from skt.autorisatie.context import acting_as
from skt.autorisatie.delen import grant
from skt.autorisatie.models import Noodtoegang
from skt.inwoners.models import MogelijkDubbel, Samenvoeging
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.termijnen.models import Berichtvoorkeur, Termijnbericht
from skt.verantwoording.models import Regel
from skt.verantwoording.services import record
from socialekaart.models import Foutmelding, Voorziening
from tests.factories.agenda import (
    AfspraakFactory,
    TerugbelverzoekFactory,
    WerktijdFactory,
    WerkuitzonderingFactory,
)
from tests.factories.casusregie import DoelFactory
from tests.factories.deuren import (
    OpgaveFactory,
    OutreachlijstFactory,
    OutreachpersoonFactory,
    OutreachpogingFactory,
    SignaalFactory,
)
from tests.factories.intake import (
    AanvullingFactory,
    ConceptFactory,
    ContactmomentFactory,
    MeldingFactory,
    MeldingTermijnFactory,
    MethodetoewijzingFactory,
    MetingFactory,
    NetwerklidFactory,
    UitvraagFactory,
    UitvraagmethodeFactory,
)
from tests.factories.inwoners import BsnFactory, InwonerFactory
from tests.factories.loketlijst import LoketlijstFactory, LoketlijstinhoudFactory, LoketlijstrijFactory
from tests.factories.medewerkers import MandaatFactory, MedewerkerFactory, organisatie, team
from tests.factories.protocol import ProtocolproefFactory, ProtocolversieFactory, TriageadviesFactory
from tests.factories.triage import (
    AanmeldingFactory,
    AgendapuntFactory,
    OverlegreeksFactory,
    TerugkoppelingFactory,
    TriageFactory,
)
from tests.fixtures import MAANDAG
from tests.rechten.stukken import cijferstukken, toekenning
from triage.models import (
    KentGezin,
    Meldcodestap,
    Protocolversie,
    Triage,
    Triagebeurt,
    Triageconcept,
    Triagefilter,
)
from triage.status import ProtocolStatus

# short name: role, moederorganisatie, team
MENSEN: dict[str, tuple[Rol, str, str]] = {
    "loket": (Rol.LOKETPROFESSIONAL, "kwadraad", "voorportaal"),
    "loket_ander": (Rol.LOKETPROFESSIONAL, "smow", "voorportaal"),
    "toegang": (Rol.ZORGREGISSEUR, "gemeente", "voorportaal"),
    "regisseur": (Rol.CASUSREGISSEUR, "mee", "volwassenen"),
    "betrokken": (Rol.TEAMLID, "jit", "volwassenen"),
    "teamgenoot": (Rol.TEAMLID, "sad", "volwassenen"),
    "vreemd": (Rol.CASUSREGISSEUR, "sjjw", "jeugd"),
    "genodigde": (Rol.TEAMLID, "jgz", "jeugd"),
    "procesregisseur": (Rol.PROCESREGISSEUR, "gemeente", "volwassenen"),
    "procesregisseur_ander": (Rol.PROCESREGISSEUR, "sad", "jeugd"),
    "coordinator": (Rol.TEAMCOORDINATOR, "gemeente", "volwassenen"),
    "coordinator_ander": (Rol.TEAMCOORDINATOR, "sad", "jeugd"),
    "nood": (Rol.TEAMLID, "sjjw", "jeugd"),
    "nood_toegang": (Rol.ZORGREGISSEUR, "sjjw", "voorportaal"),
    "nood_voorbij": (Rol.TEAMLID, "sjjw", "jeugd"),
    "kaart": (Rol.SOCIALE_KAARTBEHEERDER, "smow", "voorportaal"),
    "kwartiermaker": (Rol.KWARTIERMAKER, "gemeente", "beleid"),
    "beleid": (Rol.BELEIDSMEDEWERKER, "gemeente", "beleid"),
    "beheer": (Rol.FUNCTIONEEL_BEHEERDER, "gemeente", "beheer"),
    "privacy": (Rol.PRIVACY_OFFICER, "gemeente", "beheer"),
    # Whose name stands in the files, but who works with them no longer.
    "vertrokken": (Rol.LOKETPROFESSIONAL, "kwadraad", "voorportaal"),
    "omgezet": (Rol.LOKETPROFESSIONAL, "kwadraad", "voorportaal"),
    "geblokkeerd": (Rol.LOKETPROFESSIONAL, "kwadraad", "voorportaal"),
    "tijdelijk": (Rol.LOKETPROFESSIONAL, "kwadraad", "voorportaal"),
}
ZONDER_DOSSIERS = frozenset(
    {
        "kaart",
        "kwartiermaker",
        "beleid",
        "beheer",
        "privacy",
        "vertrokken",
        "omgezet",
        "geblokkeerd",
        "tijdelijk",
    }
)
"""Nobody of these ever reads or writes anything about a resident."""


@dataclass
class Wereld:
    mens: dict[str, Medewerker] = field(default_factory=dict)
    ding: dict[str, Model] = field(default_factory=dict)
    actors: dict[str, Medewerker] = field(default_factory=dict)

    def pk(self, naam: str) -> int:
        """The key of an object."""
        return int(self.ding[naam].pk)

    def actor(self, naam: str) -> Medewerker:
        """The person as a new request loads them, with the placements of when the town was done."""
        if naam not in self.actors:
            self.actors[naam] = Medewerker.objects.get(pk=self.mens[naam].pk)
        return self.actors[naam]


def build() -> Wereld:
    """Build it; needs the system context. The sluitende keten holds when it is done."""
    wereld = Wereld()
    for naam, (rol, org, soort) in MENSEN.items():
        wereld.mens[naam] = MedewerkerFactory(
            username=naam, voornaam="Sanne", achternaam=naam.title(), rol=rol, organisatie=org, team=soort
        )
    _loket(wereld)
    _outreach(wereld)
    _board(wereld)
    _triage(wereld)
    _casussen(wereld)
    _agenda(wereld)
    _doubles(wereld)
    _emergencies(wereld)
    _rest(wereld)
    check_keten()
    _leavers(wereld)
    return wereld


def _smow_and_gemeente() -> list[int]:
    """Came in at SMOW, triaged by the gemeente: both had it in their hands."""
    return [organisatie("smow").pk, organisatie("gemeente").pk]


def _loket(w: Wereld) -> None:
    loket = w.mens["loket"]
    w.ding["melding_open"] = MeldingFactory(medewerker=loket)
    w.ding["melding_gesloten"] = MeldingFactory(medewerker=loket, gesloten=True)
    w.ding["melding_gesloten_ander"] = MeldingFactory(medewerker=w.mens["loket_ander"], gesloten=True)
    w.ding["melding_in_triage"] = MeldingFactory(medewerker=loket, in_triage=True)
    w.ding["melding_kaal"] = MeldingFactory(medewerker=loket)
    for soort in ("open", "gesloten", "in_triage"):
        melding = w.ding[f"melding_{soort}"]
        w.ding[f"inwoner_{soort}"] = melding.inwoner
        w.ding[f"contact_{soort}"] = melding.contactmoment
        w.ding[f"aanvulling_{soort}"] = AanvullingFactory(melding=melding)
        w.ding[f"uitvraag_{soort}"] = UitvraagFactory(melding=melding)
        w.ding[f"antwoord_{soort}"] = w.ding[f"uitvraag_{soort}"].antwoorden.first()
        w.ding[f"termijn_{soort}"] = MeldingTermijnFactory(melding=melding)
        w.ding[f"opgave_{soort}"] = OpgaveFactory(melding=melding)
        w.ding[f"signaal_{soort}"] = SignaalFactory(melding=melding, te_bespreken=True)
    for soort in ("gesloten", "in_triage"):
        w.ding[f"meting_{soort}"] = MetingFactory(melding=w.ding[f"melding_{soort}"])
        w.ding[f"metingantwoord_{soort}"] = w.ding[f"meting_{soort}"].antwoorden.first()
    w.ding["methode"] = UitvraagmethodeFactory(naam="Proef in gebruik", in_gebruik=True)
    w.ding["methode_concept"] = UitvraagmethodeFactory(naam="Proef in concept")
    w.ding["toewijzing"] = MethodetoewijzingFactory(
        methode=w.ding["methode"], gemaakt_door=w.mens["kwartiermaker"]
    )
    w.ding["inwoner_nieuw"] = InwonerFactory(aangemaakt_door=loket)
    w.ding["bsn_open"] = BsnFactory(inwoner=w.ding["inwoner_open"])
    w.ding["bsn_gesloten"] = BsnFactory(inwoner=w.ding["inwoner_gesloten"])
    w.ding["concept"] = ConceptFactory(medewerker=loket)
    w.ding["concept_stil"] = ConceptFactory(medewerker=loket, begonnen_op=timezone.now() - timedelta(hours=1))
    w.ding["standaardtekst"] = Standaardtekst.objects.order_by("pk")[0]
    w.ding["loketlijst"] = LoketlijstFactory()
    w.ding["loketlijst_leeg"] = LoketlijstFactory()
    w.ding["loketlijst_inhoud"] = LoketlijstinhoudFactory(lijst=w.ding["loketlijst"])
    w.ding["loketlijst_rij"] = LoketlijstrijFactory(lijst=w.ding["loketlijst"])


def _outreach(w: Wereld) -> None:
    """A list of the voorportaal, and one of team volwassenen with an inwoner whom only SMOW and that team know."""
    open_tot = {"eindigt_op": timezone.localdate() + timedelta(days=60)}
    loket, coordinator = w.mens["loket"], w.mens["coordinator"]
    w.ding["outreachlijst"] = OutreachlijstFactory(gemaakt_door=loket, **open_tot)
    w.ding["outreachlijst_team"] = OutreachlijstFactory(
        gemaakt_door=coordinator, team=team("volwassenen"), **open_tot
    )
    for naam in ("", "_team"):
        lijst = w.ding[f"outreachlijst{naam}"]
        w.ding[f"outreachpersoon{naam}"] = OutreachpersoonFactory(lijst=lijst)
        w.ding[f"outreachpoging{naam}"] = OutreachpogingFactory(persoon=w.ding[f"outreachpersoon{naam}"])


def _board(w: Wereld) -> None:
    melding = MeldingFactory(
        medewerker=w.mens["loket_ander"], bij_team=True, eigen_organisaties=_smow_and_gemeente()
    )
    w.ding["aanmelding"] = AanmeldingFactory(melding=melding, triage__medewerker=w.mens["toegang"])
    w.ding["melding_op_bord"] = melding
    w.ding["inwoner_op_bord"] = melding.inwoner
    w.ding["triage"] = w.ding["aanmelding"].triage
    w.ding["protocol"] = Protocolversie.objects.get(status=ProtocolStatus.ACTIEF)
    w.ding["protocol_concept"] = ProtocolversieFactory()
    w.ding["protocolproef"] = ProtocolproefFactory(
        versie=w.ding["protocol_concept"], gestart_door=w.mens["kwartiermaker"]
    )
    w.ding["triageadvies"] = TriageadviesFactory(triage=w.ding["triage"])
    w.ding["triage_vrij"] = TriageFactory(melding=w.ding["melding_in_triage"], medewerker=w.mens["toegang"])
    w.ding["agendapunt"] = w.ding["aanmelding"].agendapunten.get()
    w.ding["overleg"] = w.ding["agendapunt"].overleg
    w.ding["reeks"] = OverlegreeksFactory()
    w.ding["terugkoppeling"] = TerugkoppelingFactory(agendapunt=w.ding["agendapunt"])
    bekend = MeldingFactory(
        medewerker=w.mens["loket_ander"], bij_team=True, eigen_organisaties=_smow_and_gemeente()
    )
    w.ding["aanmelding_bekend"] = AanmeldingFactory(
        melding=bekend, intake=True, triage__medewerker=w.mens["toegang"]
    )
    w.ding["melding_bekend"] = bekend
    w.ding["kent_gezin"] = KentGezin.objects.create(
        aanmelding=w.ding["aanmelding_bekend"], medewerker=w.mens["teamgenoot"], gemeld_op=MAANDAG
    )


def _triage(w: Wereld) -> None:
    """What lies around the weighing of a melding, and the people around its inwoner."""
    melding, toegang = w.ding["melding_in_triage"], w.mens["toegang"]
    w.ding["meldcodestap"] = Meldcodestap.objects.create(
        melding=melding,
        stap=1,
        gedaan_op=MAANDAG.date(),
        door="toegang",
        medewerker=toegang,
        vastgelegd_op=MAANDAG,
    )
    w.ding["triagebeurt"] = Triagebeurt.objects.create(
        melding=melding,
        medewerker=toegang,
        opgepakt_op=MAANDAG,
        losgelaten_op=MAANDAG,
        einde=Triagebeurt.Einde.TERUGGEGEVEN,
    )
    w.ding["triageconcept"] = Triageconcept.objects.create(
        melding=melding, bewaard_op=MAANDAG, bewaard_door=toegang
    )
    with acting_as(toegang):
        w.ding["triagefilter"] = Triagefilter.objects.create(medewerker=toegang, naam="Jeugd")
    w.ding["netwerklid"] = NetwerklidFactory(inwoner=w.ding["inwoner_in_triage"])
    w.ding["netwerklid_gesloten"] = NetwerklidFactory(inwoner=w.ding["inwoner_gesloten"])


def _casussen(w: Wereld) -> None:
    for naam in ("casus", "casus_opgeschaald", "casus_afgeschermd"):
        _casus(w, naam)
    _casus(w, "casus_vers", status=CasusStatus.IN_OPSTART, door="toegang", eigen=_smow_and_gemeente())
    opgeschaald, dicht = w.ding["casus_opgeschaald"], w.ding["casus_afgeschermd"]
    Regietoewijzing.objects.create(
        casus=opgeschaald,
        soort=Regietoewijzing.Soort.PROCESREGIE,
        medewerker=w.mens["procesregisseur"],
        organisatie=organisatie("gemeente"),
        van=MAANDAG,
        reden="Opgeschaald",
    )
    Casus.objects.filter(pk=opgeschaald.pk).update(regieniveau=Regieniveau.PROCESREGIE)
    w.ding["schaling"] = Schaling.objects.create(
        casus=opgeschaald,
        richting=Schaling.Richting.OP,
        aanleiding=Schaling.Aanleiding.COMPLEX,
        besproken_met="Iedereen",
        evaluatie_op=(MAANDAG + timedelta(days=30)).date(),
        medewerker=w.mens["regisseur"],
        besloten_op=MAANDAG,
    )
    Casus.objects.filter(pk=dicht.pk).update(afgeschermd=True)
    grant("casusregie.share_casus", dicht, w.mens["genodigde"])
    w.ding["casus_afgeschermd_deling_mens"] = CasusUserObjectPermission.objects.get(content_object=dicht)
    w.ding["casus_deling_organisatie"] = CasusGroupObjectPermission.objects.filter(
        content_object=w.ding["casus"]
    ).first()
    # Named once; what became of them since, _leavers() tells.
    for naam in ("vertrokken", "omgezet", "geblokkeerd", "tijdelijk"):
        grant("casusregie.share_casus", w.ding["casus"], w.mens[naam])


def _casus(
    w: Wereld,
    naam: str,
    *,
    status: CasusStatus = CasusStatus.LOPEND,
    door: str = "coordinator",
    eigen: list[int] | None = None,
) -> None:
    regisseur = w.mens["regisseur"]
    melding = MeldingFactory(
        medewerker=w.mens["loket_ander"],
        gesloten=True,
        afhandeling="triage",
        eigen_organisaties=eigen or [organisatie("smow").pk],
    )
    aanmelding = AanmeldingFactory(
        melding=melding, afgerond=True, casusregisseur=regisseur, triage__medewerker=w.mens["toegang"]
    )
    punt = AgendapuntFactory(
        regie=True,
        aanmelding=aanmelding,
        partij=organisatie("mee"),
        besloten_door=w.mens["coordinator"],
    )
    casus = Casus.objects.create(
        nummer=f"2026-{len(w.ding):04d}",
        agendapunt=punt,
        melding=melding,
        team=team("volwassenen"),
        titel=f"Proef {naam}",
        status=status,
        geopend_op=MAANDAG,
        geopend_door=w.mens[door],
    )
    Casuslid.objects.create(casus=casus, inwoner=melding.inwoner, is_hoofdpersoon=True)
    for org in ("mee", "jit"):
        w.ding[f"{naam}_betrokkenheid_{org}"] = Betrokkenheid.objects.create(
            casus=casus, organisatie=organisatie(org), rol="Begeleiding", van=MAANDAG
        )
        grant("casusregie.share_casus", casus, organisatie(org))
    w.ding[f"{naam}_regie"] = Regietoewijzing.objects.create(
        casus=casus,
        soort=Regietoewijzing.Soort.CASUSREGIE,
        medewerker=regisseur,
        organisatie=organisatie("mee"),
        van=MAANDAG,
        reden="Belegd",
    )
    for wie in ("regisseur", "betrokken"):
        w.ding[f"{naam}_actie_{wie}"] = Actie.objects.create(
            casus=casus,
            wat="Bellen",
            uitvoerder=Actie.Uitvoerder.ORGANISATIE,
            medewerker=w.mens[wie],
            uiterlijk=(MAANDAG + timedelta(days=7)).date(),
            gemaakt_op=MAANDAG,
        )
    w.ding[f"{naam}_notitie"] = Notitie.objects.create(
        casus=casus, tekst="Gebeld.", medewerker=regisseur, geschreven_op=MAANDAG
    )
    w.ding[f"{naam}_nazorg"] = Nazorg.objects.create(
        casus=casus, maanden=1, gepland_op=(MAANDAG + timedelta(days=30)).date()
    )
    w.ding[f"{naam}_doel"] = DoelFactory(casus=casus, gezet_door=regisseur)
    w.ding[naam] = casus
    w.ding[f"{naam}_melding"] = melding
    w.ding[f"{naam}_inwoner"] = melding.inwoner
    w.ding[f"{naam}_lid"] = casus.leden.get()
    w.ding[f"{naam}_agendapunt"] = punt
    w.ding[f"{naam}_aanmelding"] = aanmelding
    w.ding[f"{naam}_bsn"] = BsnFactory(inwoner=melding.inwoner)


def _agenda(w: Wereld) -> None:
    """Afspraken with people who may read the melding and people who may not, a callback, and somebody's own hours."""
    loket, teamgenoot, betrokken = (w.mens[naam] for naam in ("loket", "teamgenoot", "betrokken"))
    morgen = timezone.now() + timedelta(days=1)
    open_, dicht = w.ding["melding_open"], w.ding["melding_gesloten"]
    w.ding["afspraak_open"] = AfspraakFactory(melding=open_, begin=morgen, met=[loket, teamgenoot])
    w.ding["bezetting_teamgenoot"] = Bezetting.objects.get(medewerker=teamgenoot)
    w.ding["afspraak_gesloten"] = AfspraakFactory(melding=dicht, gehouden=True)
    w.ding["afspraak_casus"] = AfspraakFactory(melding=w.ding["casus_melding"], begin=morgen, met=[betrokken])
    w.ding["afspraak_afgeschermd"] = AfspraakFactory(
        melding=w.ding["casus_afgeschermd_melding"], begin=morgen + timedelta(days=1), met=[betrokken]
    )
    w.ding["afspraak_vroeger"] = AfspraakFactory(
        melding=w.ding["melding_gesloten_ander"],
        gehouden=True,
        met=[w.mens[naam] for naam in ("vertrokken", "omgezet", "geblokkeerd", "tijdelijk")],
    )
    w.ding["terugbellen_open"] = TerugbelverzoekFactory(melding=open_)
    w.ding["terugbellen_gesloten"] = TerugbelverzoekFactory(melding=dicht, gedaan=True)
    w.ding["werktijd"] = WerktijdFactory(medewerker=teamgenoot)
    w.ding["berichtvoorkeur"] = Berichtvoorkeur.objects.create(medewerker=teamgenoot)
    w.ding["termijnbericht"] = Termijnbericht.objects.create(
        medewerker=teamgenoot, dag=MAANDAG.date(), verlopen=1, bijna=0, gemaakt_op=MAANDAG
    )
    w.ding["werkuitzondering"] = WerkuitzonderingFactory(medewerker=teamgenoot)
    w.ding["agendasleutel"] = Agendasleutel.objects.create(
        medewerker=teamgenoot, hash="0" * 64, gemaakt_op=MAANDAG
    )


def _doubles(w: Wereld) -> None:
    """Two at the loket who look alike, and a proposal of a colleague there."""
    een, ander = sorted((w.ding["inwoner_open"], w.ding["inwoner_in_triage"]), key=lambda one: one.pk)
    with acting_as(w.mens["loket_ander"]), connection.cursor() as cursor:
        cursor.execute("SELECT inwoners_zoek_dubbel(%s, '{}', %s)", [een.pk, MAANDAG])
        cursor.execute("SELECT inwoners_zijn_anders(%s, %s, %s)", [een.pk, ander.pk, MAANDAG])
    w.ding["dubbel"] = MogelijkDubbel.objects.get(een=een, ander=ander)
    w.ding["samenvoeging"] = Samenvoeging.objects.create(
        blijft=een,
        vervalt=ander,
        toelichting="Zelfde geboortedag en adres.",
        voorgesteld_door=w.mens["loket_ander"],
        voorgesteld_op=MAANDAG,
    )


def _emergencies(w: Wereld) -> None:
    nu = timezone.now()
    casus, melding = w.ding["casus"], w.ding["casus_melding"]
    for naam, begin in (
        ("nood", nu - timedelta(hours=1)),
        ("nood_toegang", nu - timedelta(hours=1)),
        ("nood_voorbij", nu - timedelta(hours=5)),
    ):
        w.ding[f"noodtoegang_{naam}"] = Noodtoegang.objects.create(
            medewerker=w.mens[naam],
            casus_id=casus.pk,
            inwoner_ids=[melding.inwoner_id],
            melding_ids=[melding.pk],
            reden="Politie aan de deur, geen collega bereikbaar.",
            begint_op=begin,
            eindigt_op=begin + timedelta(hours=4),
        )


def _rest(w: Wereld) -> None:
    w.ding["plaatsing"] = w.mens["teamgenoot"].plaatsingen.get()
    w.ding["medewerker"] = w.mens["teamgenoot"]
    w.ding["mandaat"] = MandaatFactory(medewerker=w.mens["toegang"])
    w.ding["toekenning"] = toekenning(w.ding["triage"], w.ding["mandaat"])
    w.ding["voorziening"] = Voorziening.objects.create(
        code="repair", naam="Repair Café", aanbieder="SMOW", omschrijving="Samen repareren."
    )
    w.ding["foutmelding"] = Foutmelding.objects.create(
        voorziening=w.ding["voorziening"],
        tekst="Het nummer klopt niet.",
        gemeld_door=w.mens["loket"],
        gemeld_op=MAANDAG,
    )
    w.ding["meegegeven"] = Meegegeven.objects.create(
        melding=w.ding["melding_gesloten"], voorziening=w.ding["voorziening"], gegeven_op=MAANDAG
    )
    w.ding["triage"].voorzieningen.add(w.ding["voorziening"])
    w.ding["triage_voorziening"] = Triage.voorzieningen.through.objects.get()
    with acting_as(w.mens["loket"]):
        record(action="proef.regel", inwoner_ids=[w.pk("inwoner_open")])
    w.ding["regel"] = Regel.objects.get(actie="proef.regel")
    w.ding |= cijferstukken(w.mens["beleid"])


def _leavers(w: Wereld) -> None:
    """They registered something, and then left, went to make policy, were blocked or got a new password."""
    for naam in ("vertrokken", "omgezet", "geblokkeerd", "tijdelijk"):
        mens = w.mens[naam]
        w.ding[f"contact_{naam}"] = ContactmomentFactory(medewerker=mens)
        w.ding[f"concept_{naam}"] = ConceptFactory(medewerker=mens)
        w.ding[f"inwoner_{naam}"] = InwonerFactory(aangemaakt_door=mens)
    gisteren = timezone.localdate() - timedelta(days=1)
    for naam in ("vertrokken", "omgezet"):
        Plaatsing.objects.filter(medewerker=w.mens[naam]).update(tot=gisteren)
    Plaatsing.objects.create(
        medewerker=w.mens["omgezet"],
        moederorganisatie=organisatie("kwadraad"),
        team=team("beleid"),
        rol=Rol.BELEIDSMEDEWERKER,
        van=gisteren,
    )
    Medewerker.objects.filter(username="geblokkeerd").update(is_active=False)
    Medewerker.objects.filter(username="tijdelijk").update(wachtwoord_tijdelijk=True)
    check_keten()
