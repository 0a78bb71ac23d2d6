"""Eén beller door de hele keten, ieder door de eigen pagina's: van de telefoon tot het maandcijfer."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from casusregie.models import Actie, Casus, Nazorg, Regietoewijzing
from casusregie.status import CasusStatus
from intake.status import MeldingStatus
from rapportage.models import Cel, Publicatie
from rapportage.services import close_months
from skt.medewerkers.models import Moederorganisatie
from skt.verantwoording.models import Regel, Soort
from socialekaart.services.laden import load_sociale_kaart
from tests.scenarios.bezetting import Bezetting, bezet
from tests.scenarios.handelend import als_systeem
from tests.scenarios.ketencontrole import find_violations
from tests.scenarios.loketwerk import Klok, Werkdag, doe_triage, voer_gesprek
from tests.scenarios.vignetten import AMSTERDAM, Vignet, read_vignetten
from triage.models import Aanmelding, Besluit
from triage.status import AanmeldingStatus, OverlegStatus

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "rapport", "beleid"])

SCHULDEN = "vg-d-02"
"""Ron, 47: een ontruiming over tien dagen, en post die niet meer opengaat."""
WEEK = timedelta(days=7)


def at(jaar: int, maand: int, dag: int, uur: int = 10, minuut: int = 0) -> datetime:
    return datetime(jaar, maand, dag, uur, minuut, tzinfo=AMSTERDAM)


class Keten:
    """What each role does in turn with the same question; every step commits, so every invariant is asked."""

    def __init__(self, team: Bezetting, klok: Klok, vignet: Vignet) -> None:
        self.team = team
        self.klok = klok
        self.vignet = vignet
        self.werkdag = Werkdag(klok)
        self.nummer = ""
        self.casusnummer = ""

    # -- the loket, the toegang, the overleg

    def bel(self) -> None:
        with_loket = self.werkdag.begin(self.team.loket, self.vignet.ontvangen_op)
        self.nummer = voer_gesprek(with_loket, self.klok, self.vignet)

    def trieer(self) -> None:
        pagina = self.werkdag.begin(self.team.toegang, self.klok.nu + timedelta(hours=1))
        doe_triage(pagina, self.nummer, self.vignet.eerste)

    def besluit(self, op: datetime) -> None:
        """The coördinator chairs, decides casusregie, and closes the overleg."""
        pagina = self.werkdag.begin(self.team.coordinator, op).open(reverse("triage:board"))
        pagina.volg("Overleg starten")
        assert "Ron van der Ploeg" in pagina.tekst
        with als_systeem():
            partij = Moederorganisatie.objects.get(code="kwadraad").pk
        velden = {
            "besluit": Besluit.CASUSREGIE,
            "partij": partij,
            "casusregisseur": self.team.casusregisseur.pk,
            "uiterlijk": (op + WEEK).date(),
            "toelichting": "Tim belt vandaag de deurwaarder; SchuldHulpMaatje loopt mee.",
        }
        pagina.druk("Vastleggen", velden)
        self.klok.zet(op + timedelta(minutes=10))
        pagina.open(reverse("triage:overleg_list")).druk("Sluit")
        with als_systeem():
            self.casusnummer = Casus.objects.get(melding__nummer=self.nummer).nummer

    # -- the casusregisseur and a colleague of another organisation

    def start(self, op: datetime) -> None:
        pagina = self.werkdag.begin(self.team.casusregisseur, op).open(reverse("casusregie:casus_list"))
        pagina.volg("Ron van der Ploeg").volg("Start de regie")
        pagina.druk("Start de regie")

    def betrek(self) -> None:
        pagina = self.werkdag.begin(self.team.casusregisseur, self.klok.nu).open(self._url())
        with als_systeem():
            smow = Moederorganisatie.objects.get(code="smow").pk
        pagina.open(reverse("casusregie:betrokkenheid_new", args=[self.casusnummer]))
        pagina.druk(
            "Voeg toe", {"organisatie": smow, "medewerker": self.team.teamlid.pk, "rol": "Thuisadministratie"}
        )

    def doe_eerste_stap(self, op: datetime) -> None:
        """Done, and at once the next one stands ready, for the colleague of SMOW."""
        pagina = self.werkdag.begin(self.team.casusregisseur, op).open(self._url()).volg("Kennismaken")
        velden = {
            "toelichting": "Ontruiming van de baan; betalingsregeling getekend.",
            "wat": "Elke week samen de post openen",
            "uitvoerder": Actie.Uitvoerder.ORGANISATIE,
            "medewerker": self.team.teamlid.pk,
            "leefgebied": "financien",
            "uiterlijk": (op + 2 * WEEK).date(),
        }
        pagina.druk("Zet op klaar", velden)

    def doe_actie_van_collega(self, op: datetime) -> None:
        pagina = self.werkdag.begin(self.team.teamlid, op).open(self._url()).volg("Elke week samen de post")
        velden = {
            "wat": "Ron doet de post zelf; kijk na een maand mee",
            "uitvoerder": Actie.Uitvoerder.INWONER,
            "uiterlijk": (op + 3 * WEEK).date(),
        }
        pagina.druk("Zet op klaar", velden)

    def bouw_af(self, op: datetime) -> None:
        self.werkdag.begin(self.team.casusregisseur, op).open(self._url()).volg("Begin met afbouwen").druk(
            "Begin met afbouwen"
        )

    def naar_nazorg(self, op: datetime) -> None:
        pagina = self.werkdag.begin(self.team.casusregisseur, op).open(self._url()).volg("Naar nazorg")
        pagina.druk("Naar nazorg", {"maanden": 1, "rond_acties_af": "on"})

    def bel_na(self, op: datetime) -> None:
        pagina = self.werkdag.begin(self.team.casusregisseur, op).open(self._url()).volg("Resultaat")
        pagina.druk(
            "Bewaar het resultaat",
            {
                "resultaat": Nazorg.Resultaat.REDT_ZICH,
                "toelichting": "Post bij, huur betaald, slaapt weer.",
                "maanden_later": 3,
            },
        )

    def bel_weer_na_en_sluit(self, op: datetime) -> None:
        pagina = self.werkdag.begin(self.team.casusregisseur, op).open(self._url()).volg("Resultaat")
        pagina.druk("Bewaar het resultaat", {"resultaat": Nazorg.Resultaat.REDT_ZICH, "maanden_later": ""})

    def _url(self) -> str:
        return reverse("casusregie:casus_detail", args=[self.casusnummer])


@pytest.fixture
def keten(monkeypatch: pytest.MonkeyPatch) -> Keten:
    with als_systeem():
        load_sociale_kaart()
        team = bezet()
    vignet = next(vignet for vignet in read_vignetten() if vignet.id == SCHULDEN)
    return Keten(team, Klok(monkeypatch), vignet)


class TestAdultWithDebts:
    def test_travels_the_whole_keten_to_the_month_figure(self, keten: Keten) -> None:
        keten.bel()
        keten.trieer()
        overleg_op = at(2026, 11, 19, 10)
        keten.besluit(overleg_op)
        check_opened(keten)
        keten.start(at(2026, 11, 20, 9))
        keten.betrek()
        keten.doe_eerste_stap(at(2026, 11, 25, 11))
        keten.doe_actie_van_collega(at(2026, 12, 8, 14))
        check_running(keten)
        keten.bouw_af(at(2026, 12, 15))
        keten.naar_nazorg(at(2026, 12, 28))
        keten.bel_na(at(2027, 1, 28))
        keten.bel_weer_na_en_sluit(at(2027, 4, 28))
        check_closed(keten)
        assert find_violations() == ""
        check_counted(keten)


def check_opened(keten: Keten) -> None:
    """One casus with its regisseur, its party and a first actie; the card is settled, the melding closed in the chain."""
    with als_systeem():
        casus = Casus.objects.get(nummer=keten.casusnummer)
        assert casus.status == CasusStatus.IN_OPSTART
        regie = casus.lopende_toewijzing(Regietoewijzing.Soort.CASUSREGIE)
        assert regie is not None
        assert (regie.medewerker, regie.organisatie.code) == (keten.team.casusregisseur, "kwadraad")
        assert casus.acties.open().get().uiterlijk == date(2026, 11, 26)
        assert casus.melding.status == MeldingStatus.GESLOTEN
        aanmelding = Aanmelding.objects.get(melding=casus.melding)
        assert aanmelding.status == AanmeldingStatus.BELEGD
        assert aanmelding.agendapunten.get().overleg.status == OverlegStatus.GEHOUDEN
    assert find_violations() == ""


def check_running(keten: Keten) -> None:
    with als_systeem():
        casus = Casus.objects.get(nummer=keten.casusnummer)
        assert casus.status == CasusStatus.LOPEND
        assert casus.acties.filter(status=Actie.Status.KLAAR).count() == 2
        assert casus.acties.open().get().uitvoerder == Actie.Uitvoerder.INWONER
        assert Aanmelding.objects.get(melding=casus.melding).status == AanmeldingStatus.AFGEROND


def check_closed(keten: Keten) -> None:
    """Closed after two talks in nazorg; every hand that was in it stands in the log, with the inwoner it was about."""
    team = keten.team
    with als_systeem():
        casus = Casus.objects.get(nummer=keten.casusnummer)
        assert (casus.status, casus.gesloten_op) == (CasusStatus.AFGESLOTEN, at(2027, 4, 28))
        assert list(casus.nazorg.values_list("resultaat", flat=True)) == [Nazorg.Resultaat.REDT_ZICH] * 2
        inwoner = casus.inwoners.get()
        regels = Regel.objects.filter(inwoner_id=inwoner.pk)
        changed = set(regels.filter(soort=Soort.WIJZIGEN).values_list("medewerker_id", flat=True))
        people = {team.loket, team.toegang, team.coordinator, team.casusregisseur, team.teamlid}
        assert changed == {mens.pk for mens in people}
        read = set(regels.filter(soort=Soort.LEZEN).values_list("medewerker_id", flat=True))
        assert read >= {mens.pk for mens in people - {team.loket}}


def check_counted(keten: Keten) -> None:
    """Both months are published without a name; beleid sees the figures, each at most nine from the truth."""
    keten.klok.zet(at(2027, 5, 1, 5))
    done = [sluiting.maand for sluiting in close_months(at=keten.klok.nu)]

    assert {date(2026, 11, 1), date(2027, 4, 1)} <= set(done)
    truth = {(date(2026, 11, 1), "geopend"): 1, (date(2027, 4, 1), "afgesloten"): 1}
    cells = (
        Cel.objects.using("beleid")
        .filter(publicatie__kubus="casus", publicatie__periode="maand")
        .select_related("publicatie")
    )
    assert {cel.publicatie.maand for cel in cells} == set(done)
    for cel in cells:
        assert cel.aantal % 5 == 0
        assert abs(cel.aantal - truth.get((cel.publicatie.maand, cel.kenmerken[0]), 0)) <= 9
    assert Publicatie.objects.using("beleid").filter(maand=date(2026, 11, 1), kubus="casus").count() == 1
    dashboard = keten.werkdag.begin(keten.team.beleid, keten.klok.nu).open(reverse("rapportage:dashboard"))
    assert "april 2027" in dashboard.tekst.lower()
    assert "Ploeg" not in dashboard.tekst
