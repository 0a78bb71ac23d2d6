"""Inzicht in de pilot: de getallen van een kleine, met de hand gemaakte wereld, wie ze ziet, en dat niemand er een mens door bereikt."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casusregie.models import Actie
from intake.models import Contactmoment, Melding
from rapportage.inzicht import tellen
from rapportage.inzicht.figuren import differs, figures, sentences
from rapportage.inzicht.lezen import Duur, Inzicht, count_periode, read_inzicht
from rapportage.inzicht.periode import Periode, PeriodeForm
from rapportage.inzicht.tellen import count_inzicht
from rapportage.maanden import last_closed
from rapportage.models import Inzichtstand
from rapportage.tasks import count_inzicht as count_task
from skt.autorisatie.context import acting_as_system
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.casusregie import ActieFactory, CasusFactory
from tests.factories.intake import ContactmomentFactory, LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie
from tests.factories.triage import (
    AanmeldingFactory,
    AgendapuntFactory,
    CasusregisseurFactory,
    OverlegFactory,
    ToegangFactory,
    TriageFactory,
)
from tests.fixtures import MAANDAG
from triage.models import Uitkomst

Als = Callable[[Medewerker], AbstractContextManager[Any]]
NAJAAR = Periode(date(2026, 10, 1), 3)
"""August up to and including October 2026."""
MAG = (Rol.KWARTIERMAKER, Rol.TEAMCOORDINATOR)


def moment(maand: int, dag: int, uur: int = 10, jaar: int = 2026) -> datetime:
    return datetime(jaar, maand, dag, uur, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def kwartiermaker(systeem: Any) -> Medewerker:
    return MedewerkerFactory(rol=Rol.KWARTIERMAKER, organisatie="gemeente")


class Wereld:
    """Meldingen by the dozen, of one inwoner and one medewerker: it is about how many."""

    def __init__(self) -> None:
        self.loket = LoketmedewerkerFactory()
        self.toegang = ToegangFactory()
        self.inwoner = InwonerFactory(aangemaakt_door=self.loket)

    def contact(self, op: datetime, **facts: Any) -> Contactmoment:
        return ContactmomentFactory(medewerker=self.loket, begonnen_op=op, beeindigd_op=None, **facts)

    def meldingen(
        self, aantal: int, op: datetime, contact: dict[str, Any] | None = None, **facts: Any
    ) -> list[Melding]:
        return [
            MeldingFactory(
                medewerker=self.loket,
                inwoner=self.inwoner,
                contactmoment=self.contact(op, **(contact or {})),
                ontvangen_op=op,
                **facts,
            )
            for _ in range(aantal)
        ]

    def weeg(self, melding: Melding, op: datetime, **facts: Any) -> Any:
        return TriageFactory(melding=melding, medewerker=self.toegang, gedaan_op=op, **facts)


@pytest.fixture
def wereld(systeem: Any) -> Wereld:
    return Wereld()


def read(als: Als, wie: Medewerker, periode: Periode = NAJAAR, at: datetime = MAANDAG) -> Inzicht:
    with als(wie):
        return read_inzicht(periode, at)


class TestRoutes:
    def test_counts_each_door_route_team_and_besluit_in_fives(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker
    ) -> None:
        wereld.meldingen(12, moment(10, 5), gesloten=True)
        naar_team = wereld.meldingen(
            13, moment(9, 7), {"doorverbonden_vanuit": organisatie("smow")}, bij_team=True
        )
        overleg = OverlegFactory(begint_op=moment(10, 1), gehouden=True)
        for melding in naar_team:
            aanmelding = AanmeldingFactory(
                melding=melding, intake=True, triage=wereld.weeg(melding, moment(9, 14))
            )
            AgendapuntFactory(
                aanmelding=aanmelding, overleg=overleg, besloten=True, besloten_op=moment(10, 1, 11),
                besloten_door=wereld.toegang,
            )  # fmt: skip

        inzicht = read(als, kwartiermaker)

        assert inzicht.count("meldingen") == 25
        assert inzicht.under("deur") == {
            ("telefonisch", "informatie en advies"): 10,
            ("doorverbonden", "triage"): 15,
        }
        assert inzicht.under("team") == {("triage", "volwassenen"): 15}
        assert inzicht.under("besluit") == {("volwassenen", "verdiepende intake of huisbezoek"): 15}
        assert inzicht.under("door") == {("smow", "2026-09"): 15}

    def test_tells_nothing_of_fewer_than_ten(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker
    ) -> None:
        for melding in wereld.meldingen(9, moment(9, 7), {"kanaal": "digitaal"}, in_triage=True):
            wereld.weeg(melding, moment(9, 8))

        inzicht = read(als, kwartiermaker)

        assert {aantal for cellen in inzicht.cellen.values() for aantal in cellen.values()} == {None}
        assert inzicht.under("deur") == {("digitaal", "triage"): None}
        assert inzicht.lead_time("triage") is None

    def test_what_triage_settled_itself_and_what_still_waits_are_apart(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker
    ) -> None:
        wereld.meldingen(10, moment(9, 7), in_triage=True)
        for melding in wereld.meldingen(10, moment(9, 7), gesloten=True, afhandeling="triage"):
            wereld.weeg(melding, moment(9, 8), uitkomst=Uitkomst.ZELF_HELPEN)

        assert read(als, kwartiermaker).under("team") == {
            ("triage", "wacht op triage"): 10,
            ("triage", "zonder overleg"): 10,
        }

    @pytest.mark.parametrize(
        ("op", "telt"),
        [
            (moment(7, 31, 23), False), (moment(8, 1, 0), True), (moment(10, 31, 23), True), (moment(11, 1, 0), False),
        ],
    )  # fmt: skip
    def test_a_period_is_whole_months_in_the_netherlands(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker, op: datetime, telt: bool
    ) -> None:
        wereld.meldingen(10, op)

        assert read(als, kwartiermaker).count("meldingen") == (10 if telt else 0)

    def test_leaves_the_old_loket_list_out(self, als: Als, wereld: Wereld, kwartiermaker: Medewerker) -> None:
        wereld.meldingen(
            10,
            moment(9, 7),
            {"uit_oude_lijst": True, "doorverbonden_vanuit": organisatie("smow")},
            gesloten=True,
        )

        inzicht = read(als, kwartiermaker)

        assert (inzicht.count("meldingen"), inzicht.under("door")) == (0, {})


class TestLeadTimes:
    def test_half_of_them_and_nine_out_of_ten(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker
    ) -> None:
        meldingen = wereld.meldingen(11, moment(9, 7), bij_team=True)
        overleg = OverlegFactory(begint_op=moment(10, 1), gehouden=True)
        for nummer, melding in enumerate(meldingen):
            triage = wereld.weeg(melding, moment(9, 14) if nummer < 9 else moment(9, 28))
            aanmelding = AanmeldingFactory(melding=melding, intake=True, triage=triage)
            AgendapuntFactory(
                aanmelding=aanmelding, overleg=overleg, besloten=True, besloten_op=moment(10, 6),
                besloten_door=wereld.toegang,
            )  # fmt: skip

        inzicht = read(als, kwartiermaker)

        assert inzicht.lead_time("melding") == Duur(0, 0)
        assert (inzicht.lead_time("triage"), inzicht.lead_time("triage", "dagen")) == (
            Duur(5, 15),
            Duur(7, 21),
        )
        assert (inzicht.lead_time("overleg"), inzicht.lead_time("overleg", "dagen")) == (
            Duur(13, 13),
            Duur(17, 17),
        )
        assert inzicht.lead_time("besluit", "dagen") == Duur(5, 5)
        assert inzicht.count("stap", "triage") == 10

    def test_a_holiday_is_no_werkdag(self, als: Als, wereld: Wereld, kwartiermaker: Medewerker) -> None:
        """Koningsdag 2026 is a Monday."""
        for melding in wereld.meldingen(10, moment(4, 24), in_triage=True):
            wereld.weeg(melding, moment(4, 28))

        inzicht = read(als, kwartiermaker, Periode(date(2026, 4, 1), 3))

        assert (inzicht.lead_time("triage"), inzicht.lead_time("triage", "dagen")) == (Duur(1, 1), Duur(4, 4))

    def test_a_step_counts_in_the_month_in_which_it_ended(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker
    ) -> None:
        for melding in wereld.meldingen(10, moment(7, 30), in_triage=True):
            wereld.weeg(melding, moment(8, 3))
            wereld.weeg(melding, moment(9, 20))

        assert read(als, kwartiermaker).lead_time("triage", "dagen") == Duur(4, 4)

    def test_to_the_first_actie_and_all_the_way(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker
    ) -> None:
        regisseur = CasusregisseurFactory()
        for _ in range(10):
            casus = CasusFactory(regisseur=regisseur)
            ActieFactory(casus=casus, medewerker=regisseur, klaar=True)
            Actie.objects.filter(casus=casus, status="klaar").update(gemaakt_op=MAANDAG)

        inzicht = read(als, kwartiermaker, Periode(date(2026, 11, 1), 3))

        assert (inzicht.lead_time("actie"), inzicht.lead_time("actie", "dagen")) == (Duur(1, 1), Duur(2, 2))
        assert (inzicht.lead_time("geheel"), inzicht.lead_time("geheel", "dagen")) == (Duur(4, 4), Duur(5, 5))


class TestWaiting:
    def test_counts_where_they_are_and_how_old(
        self, als: Als, wereld: Wereld, kwartiermaker: Medewerker
    ) -> None:
        wereld.meldingen(10, MAANDAG - timedelta(days=2), uiterlijk=MAANDAG + timedelta(days=1))
        wereld.meldingen(10, MAANDAG - timedelta(days=40), uiterlijk=MAANDAG - timedelta(days=1))
        for melding in wereld.meldingen(15, MAANDAG - timedelta(days=10), bij_team=True):
            AanmeldingFactory(melding=melding, te_beleggen=True, triage=wereld.weeg(melding, MAANDAG))
        wereld.meldingen(30, MAANDAG, gesloten=True)

        inzicht = read(als, kwartiermaker)

        assert inzicht.under("wacht") == {("loket", ""): 20, ("volwassenen", "te_beleggen"): 15}
        assert inzicht.under("wacht_klasse") == {
            ("loket", "", "0-2"): 10,
            ("loket", "", "29+"): 10,
            ("volwassenen", "te_beleggen", "8-14"): 15,
        }
        assert inzicht.count("wacht_lang", "loket", "") == 10
        assert inzicht.count("wacht_laat", "loket", "") == 10
        assert inzicht.count("wachtend") == 35


class TestWhoMay:
    @pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in MAG])
    def test_nobody_else_gets_a_page_or_a_count(
        self, client: Client, als: Als, wereld: Wereld, rol: Rol
    ) -> None:
        wereld.meldingen(20, moment(9, 7), gesloten=True)
        Inzichtstand.objects.create(
            tot=NAJAAR.tot, maanden=3, geteld_op=MAANDAG, cellen=[["meldingen", [], 20]]
        )
        wie = MedewerkerFactory(rol=rol)
        client.force_login(wie)

        assert client.get(reverse("rapportage:inzicht")).status_code == 404
        with als(wie):
            assert count_periode(NAJAAR) == []
            assert not Inzichtstand.objects.exists()
            assert read_inzicht(NAJAAR, MAANDAG).cellen == {}

    @pytest.mark.parametrize("rol", MAG)
    def test_they_do_and_still_see_no_melding(
        self, client: Client, als: Als, wereld: Wereld, rol: Rol
    ) -> None:
        melding = wereld.meldingen(20, moment(9, 7), gesloten=True)[0]
        wie = MedewerkerFactory(rol=rol, organisatie="gemeente")
        client.force_login(wie)

        html = client.get(reverse("rapportage:inzicht")).content.decode()

        assert "Inzicht in de pilot" in html
        assert not re.search(r'href="/(meldingen|inwoners|casussen|triage)/', html.split("<main")[1])
        assert melding.nummer not in html
        with als(wie):
            assert count_periode(NAJAAR)
            assert not Melding.objects.exists()

    def test_nobody_writes_what_is_kept_but_the_count(self, als: Als, kwartiermaker: Medewerker) -> None:
        stand = Inzichtstand.objects.create(tot=NAJAAR.tot, maanden=3, geteld_op=MAANDAG, cellen=[])

        with als(kwartiermaker):
            assert Inzichtstand.objects.filter(pk=stand.pk).update(cellen=[["meldingen", [], 5]]) == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                Inzichtstand.objects.create(tot=NAJAAR.tot, maanden=6, geteld_op=MAANDAG, cellen=[])

        stand.refresh_from_db()
        assert stand.cellen == []

    @pytest.mark.parametrize(
        ("tot", "maanden"), [(date(2026, 11, 1), 1), (date(2026, 11, 1), 4), (date(2026, 11, 2), 3)]
    )
    def test_no_other_period_can_be_asked(
        self, als: Als, kwartiermaker: Medewerker, tot: date, maanden: int
    ) -> None:
        """Two periods that differ by one day would tell what happened on that day."""
        with (
            pytest.raises(DatabaseError, match="deze periode is er niet"),
            als(kwartiermaker),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT * FROM rapportage_inzicht(%s, %s, '{}')", [tot, maanden])

    def test_gives_the_context_back(self, als: Als, wereld: Wereld, kwartiermaker: Medewerker) -> None:
        wereld.meldingen(10, moment(9, 7), gesloten=True)

        with als(kwartiermaker):
            read_inzicht(NAJAAR, MAANDAG)

            assert not Melding.objects.exists()


class TestNight:
    @pytest.fixture(autouse=True)
    def kort(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Three closed months can be chosen, for speed."""
        monkeypatch.setattr(tellen, "TERUG", 3)

    def test_keeps_every_period_and_the_last_three_again(self, wereld: Wereld) -> None:
        nu = timezone.now()
        wereld.meldingen(10, nu - timedelta(days=nu.day + 3), gesloten=True)

        assert count_inzicht(at=nu) == 9
        assert count_inzicht(at=nu + timedelta(hours=1)) == 3

        laatste = Periode(last_closed(nu), 3)
        stand = Inzichtstand.objects.get(tot=laatste.tot, maanden=3)
        assert ["meldingen", [], 10] in stand.cellen
        assert stand.geteld_op == nu + timedelta(hours=1)
        assert Inzichtstand.objects.count() == 9

    def test_the_page_reads_what_was_kept(self, als: Als, wereld: Wereld, kwartiermaker: Medewerker) -> None:
        wereld.meldingen(10, moment(9, 7), gesloten=True)
        with acting_as_system("proef"):
            Inzichtstand.objects.create(
                tot=NAJAAR.tot, maanden=3, geteld_op=moment(11, 1, 3), cellen=[["meldingen", [], 40]]
            )

        inzicht = read(als, kwartiermaker)

        assert (inzicht.count("meldingen"), inzicht.geteld_op) == (40, moment(11, 1, 3))

    @pytest.mark.django_db(transaction=True)
    def test_the_task_counts_as_the_system(self) -> None:
        count_task()
        count_task()

        with transaction.atomic(), acting_as_system("proef"):
            assert Inzichtstand.objects.filter(maanden=3).exists()


class TestPage:
    URL = "/inzicht/"

    @pytest.fixture
    def browser(self, client: Client, kwartiermaker: Medewerker) -> Client:
        client.force_login(kwartiermaker)
        return client

    def test_says_sentences_first_and_every_figure_has_its_table(self, browser: Client) -> None:
        html = browser.get(self.URL).content.decode()

        assert html.index("skt-zinnen") < html.index("skt-figuren")
        assert html.count("<figure") == html.count("<caption") == 4
        assert "te weinig meldingen" in html
        assert reverse("triage:protocol_deviations") in html

    @pytest.mark.parametrize(
        "vraag", ["maanden=99", "maanden=x", "tot_en_met=2019-01", "tot_en_met=2026-13", "maanden=%00", "tot_en_met=" + "9" * 400]
    )  # fmt: skip
    def test_an_unknown_period_gets_a_sentence_and_a_known_one(self, browser: Client, vraag: str) -> None:
        response = browser.get(f"{self.URL}?{vraag}")

        assert response.status_code == 200
        assert "Deze periode kennen we niet" in response.content.decode()

    def test_asks_a_fixed_number_of_questions(self, browser: Client, wereld: Wereld) -> None:
        browser.get(self.URL)

        few = self.questions(browser)
        wereld.meldingen(30, timezone.now() - timedelta(days=40))

        assert self.questions(browser) == few
        assert few < 20

    def questions(self, browser: Client) -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(self.URL)
        return len(asked)


class TestSentences:
    def inzicht(self, *rijen: Any) -> Inzicht:
        inzicht = Inzicht(NAJAAR, MAANDAG)
        inzicht.add(list(rijen))
        return inzicht

    def titel(self, code: str, *rijen: Any) -> str:
        return next(f["titel"] for f in figures(self.inzicht(*rijen)) if f["id"] == code)

    @pytest.mark.django_db
    def test_the_title_of_the_flow_states_the_finding(self) -> None:
        assert self.titel(
            "stroom", ("meldingen", [], 200), ("deur", ["telefonisch", "triage"], 45), ("deur", ["digitaal", "triage"], None)
        ) == "Van elke tien meldingen gaan er 2 naar triage: 45 van de 200"  # fmt: skip

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("aantallen", "titel"),
        [
            ([], "Er is in deze maanden niet doorverbonden"),
            ([None], "Er is in geen enkele maand tien keer of meer doorverbonden"),
            ([100, 60, 30], "Organisaties verbinden minder door: van 100 naar 30 keer per maand"),
            ([30, 60, 30], "Organisaties verbinden ongeveer even vaak door als eerst"),
            ([30, None, None], "Doorverbonden naar het loket: 30 keer in de maanden met tien of meer"),
        ],
    )
    def test_a_difference_is_said_only_when_it_is_one(self, aantallen: list[int | None], titel: str) -> None:
        rijen = [
            ("door_samen", [maand], n)
            for maand, n in zip(("2026-08", "2026-09", "2026-10"), aantallen, strict=False)
        ]

        assert self.titel("doorverbonden", *rijen) == titel

    @pytest.mark.django_db
    def test_the_slowest_step_is_named(self) -> None:
        rijen = [
            ("duur", [stap, soort, deel], dagen)
            for stap, dagen in (("triage", 3), ("overleg", 6), ("geheel", 30))
            for soort in ("dagen", "werkdagen")
            for deel in ("0.5", "0.9")
        ]

        assert self.titel("doorlooptijd", *rijen) == (
            "Het langst duurt de stap van triage naar overleg: de helft binnen 6 werkdagen"
        )

    def test_nothing_counted_is_said_as_such(self) -> None:
        zinnen = [str(zin["tekst"]) for zin in sentences(self.inzicht())]

        assert "in geen maand tien of meer" in zinnen[-1]

    @pytest.mark.parametrize(
        ("een", "ander", "anders"), [(100, 60, True), (30, 25, False), (10, 30, True), (0, 0, False)]
    )
    def test_differs_beyond_twice_the_margin(self, een: int, ander: int, anders: bool) -> None:
        assert differs(een, ander) is anders


class TestPeriode:
    def test_asks_six_months_up_to_the_last_closed_one(self) -> None:
        form = PeriodeForm({}, vandaag=date(2026, 11, 22))

        assert form.chosen() == Periode(date(2026, 10, 1), 6)
        assert str(form.chosen()) == "mei 2026 tot en met oktober 2026"

    def test_a_period_can_end_earlier(self) -> None:
        form = PeriodeForm({"maanden": "3", "tot_en_met": "2026-01"}, vandaag=date(2026, 11, 22))

        assert form.chosen().reeks == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1)]
        assert form.chosen().tot == date(2026, 2, 1)
