"""The pages of the privacy officer: everything about who looked, nothing about who was looked at."""

import csv
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skt.autorisatie.context import acting_as
from skt.autorisatie.models import Noodtoegang
from skt.autorisatie.views import verantwoording
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel, Soort
from skt.verantwoording.services import Gelezen, record, record_read, record_refusal
from tests.autorisatie.test_views_medewerkers import text_of
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MedewerkerFactory, organisatie


@pytest.fixture
def browser(client: Client, systeem: Werkcontext) -> Client:
    officer = MedewerkerFactory(rol=Rol.PRIVACY_OFFICER, organisatie="gemeente", achternaam="Officier")
    client.force_login(officer)
    return client


def reader(achternaam: str, times: int, *, org: str = "kwadraad", **how: object) -> Medewerker:
    medewerker = MedewerkerFactory(rol=Rol.TEAMLID, achternaam=achternaam, organisatie=org)
    with acting_as(medewerker):
        record_read(
            action="casusregie.view_casus", rows=[Gelezen("casus", n, 1000 + n) for n in range(times)], **how
        )
    return medewerker


def shown(response: object) -> list[Regel]:
    return [rij.regel for rij in response.context["regels"]]


class TestRegelList:
    def test_shows_who_what_and_why_newest_first(self, browser: Client) -> None:
        reader("Eerder", 1, recht="uw organisatie is nu betrokken bij deze casus")
        reader("Later", 1, org="smow")

        response = browser.get(reverse("regel_list"))

        text = text_of(response)
        assert "Sanne Eerder" in text
        assert "Kwadraad" in text
        assert "uw organisatie is nu betrokken" in text
        assert "casus 0" in text
        assert [rij.medewerker for rij in response.context["regels"]] == ["Sanne Later", "Sanne Eerder"]

    def test_never_names_a_resident(self, browser: Client) -> None:
        inwoner = InwonerFactory(achternaam="Zeldzaamnaam")
        record(action="proef.doen", subject=inwoner, inwoner_ids=[inwoner.pk])

        text = text_of(browser.get(reverse("regel_list"), {"inwoner": str(inwoner.uuid)}))

        assert f"inwoner {inwoner.pk}" in text
        assert "Zeldzaamnaam" not in text

    def test_reading_it_is_itself_a_line(self, browser: Client) -> None:
        browser.get(reverse("regel_list"), {"inwoner": "1001", "soort": "lezen"})

        line = Regel.objects.get(actie="verantwoording.view_regel")
        assert (line.soort, line.inwoner_id) == (Soort.LEZEN, 1001)
        assert line.gegevens["gevraagd"] == {"soort": "lezen", "inwoner_id": "1001"}

    def test_filters(self, browser: Client) -> None:
        one = reader("Een", 2)
        two = reader("Twee", 1, org="smow", noodtoegang=True, reden="brand")
        with acting_as(one):
            record_refusal(action="intake.view_melding", object_soort="melding", gevraagd={"pk": "1"})

        def found(**asked: object) -> int:
            return len(shown(browser.get(reverse("regel_list"), {**asked, "van": ""})))

        assert found(medewerker=one.pk) == 3
        assert found(organisatie=organisatie("smow").pk) == 1
        assert found(soort="geweigerd") == 1
        assert found(noodtoegang="on") == 1
        assert found(actie="intake.view_melding") == 1
        assert found(inwoner="1001") == 1
        assert found(medewerker=two.pk, soort="geweigerd") == 0

    def test_shows_the_last_month_unless_asked_otherwise(self, browser: Client) -> None:
        _old_line(timezone.now() - timedelta(days=40))
        reader("Nu", 1)

        def found(**asked: str) -> set[str]:
            return {line.actie for line in shown(browser.get(reverse("regel_list"), asked))}

        assert "proef.oud" not in found()
        assert "casusregie.view_casus" in found()
        assert "proef.oud" in found(van="")
        assert "proef.oud" in found(inwoner="55")

    def test_a_day_is_a_dutch_day(self, browser: Client) -> None:
        midnight = timezone.make_aware(datetime(2026, 7, 1))
        for moment in (midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=23, minutes=59)):
            _old_line(moment)

        response = browser.get(reverse("regel_list"), {"van": "2026-07-01", "tot": "2026-07-01"})

        assert len(shown(response)) == 2

    @pytest.mark.parametrize("inwoner", ["geen-uuid", "85e07ba4-749b-4f88-acf0-7896f283174c", "1' OR '1'='1"])
    def test_says_that_an_inwoner_is_not_known(self, browser: Client, inwoner: str) -> None:
        response = browser.get(reverse("regel_list"), {"inwoner": inwoner})

        assert response.status_code == 200
        assert "kenmerk" in text_of(response)
        assert shown(response) == []

    @pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
    @pytest.mark.parametrize("veld", ["van", "organisatie", "soort"])
    def test_says_at_the_field_what_it_cannot_read(
        self, browser: Client, veld: str, htmx: dict[str, str]
    ) -> None:
        """Also to who has JavaScript: that gets the form again with the list, and every pointer points at a sentence."""
        response = browser.get(reverse("regel_list"), {veld: "31-2"}, headers=htmx)

        html = response.content.decode()
        assert response.context["form"].errors[veld][0] in text_of(response)
        assert f'aria-describedby="id_{veld}_error"' in html
        assert f'id="id_{veld}_error"' in html
        assert "Niet gezocht" in html
        assert "Geen regels gevonden" not in html

    def test_turns_pages_without_losing_or_repeating_a_line(self, browser: Client) -> None:
        reader("Veel", 120)
        seen, url = [], reverse("regel_list") + "?soort=lezen&actie=casusregie.view_casus"
        while url:
            response = browser.get(url)
            seen += [line.pk for line in shown(response)]
            url = response.context["volgende_url"]

        assert len(seen) == len(set(seen)) == 120
        assert seen == sorted(seen, reverse=True)

    def test_asks_as_many_queries_for_many_as_for_few(
        self, browser: Client, django_assert_max_num_queries: object
    ) -> None:
        for people in (1, 12):
            for number in range(people):
                reader(f"Lezer{people}{number}", 4)
            with django_assert_max_num_queries(20):
                browser.get(reverse("regel_list"))

    def test_walks_the_index(self, browser: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "EXPLAIN SELECT * FROM verantwoording_regel WHERE tijdstip <= now() ORDER BY tijdstip DESC, id DESC LIMIT 51"
            )
            assert "regel_tijdstip" in str(cursor.fetchall())


class TestRegelExport:
    def test_gives_the_same_lines_as_a_file(self, browser: Client) -> None:
        reader("Een", 3, recht="=HYPERLINK(boos)")

        response = browser.get(reverse("regel_export"), {"soort": "lezen", "van": ""})

        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"].startswith('attachment; filename="verantwoording-')
        rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
        assert [row["object"] for row in rows] == ["casus 2", "casus 1", "casus 0"]
        assert rows[0]["medewerker"] == "Sanne Een"
        assert rows[0]["op grond van"] == "'=HYPERLINK(boos)"
        line = Regel.objects.get(actie="verantwoording.export_regel")
        assert line.gegevens["getoond"] == 3

    def test_refuses_what_is_too_much(self, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verantwoording, "EXPORT_TOT", 2)
        reader("Een", 3)

        response = browser.get(reverse("regel_export"), follow=True)

        assert "Kies een kortere periode" in text_of(response)
        assert not Regel.objects.filter(actie="verantwoording.export_regel").exists()

    def test_a_wrong_question_goes_back_to_the_page(self, browser: Client) -> None:
        response = browser.get(reverse("regel_export"), {"van": "gisteren"})

        assert response.url == reverse("regel_list") + "?van=gisteren"


class TestNoodtoegangList:
    def test_shows_who_why_and_what_was_read(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID, achternaam="Haast")
        nu = timezone.now()
        for reden, begin in (
            ("Politie aan de deur.", nu - timedelta(hours=1)),
            ("Vorige week.", nu - timedelta(days=7)),
        ):
            Noodtoegang.objects.create(
                medewerker=medewerker,
                casus_id=44,
                reden=reden,
                begint_op=begin,
                eindigt_op=begin + timedelta(hours=4),
            )
        with acting_as(medewerker):
            record_read(
                action="casusregie.view_casus",
                rows=[Gelezen("casus", 44, n) for n in (1, 2)],
                noodtoegang=True,
            )

        response = browser.get(reverse("noodtoegang_list"))

        assert [toegang.gelezen for toegang, _ in response.context["toegangen"]] == [2, 0]
        assert [verloop.loopt for _, verloop in response.context["toegangen"]] == [True, False]
        assert "Politie aan de deur." in text_of(response)
        assert Regel.objects.filter(actie="verantwoording.view_noodtoegang").exists()


class TestRegelReview:
    def test_names_who_stands_out(self, browser: Client) -> None:
        for number in range(3):
            reader(f"Gewoon{number}", 10)
        reader("Veel", 60)
        reader("Nood", 10, noodtoegang=True, reden="brand")
        refused = reader("Geweigerd", 10)
        with acting_as(refused):
            for _ in range(5):
                record_refusal(action="intake.view_melding", object_soort="melding", gevraagd={})

        response = browser.get(reverse("regel_review"))

        assert {lezer.naam: lezer.waarom for lezer in response.context["opvallend"]} == {
            "Sanne Veel": "leest 6 keer zo veel als de mediaan",
            "Sanne Nood": "gebruikte noodtoegang",
            "Sanne Geweigerd": "5 keer geweigerd",
        }
        assert response.context["lezers"][0].naam == "Sanne Veel"
        assert Regel.objects.filter(actie="verantwoording.review").exists()

    def test_counts_residents_once_and_evenings_apart(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)
        for hour in (3, 10, 22):
            _old_line(timezone.make_aware(datetime(2026, 6, 3, hour)), medewerker, inwoner=5)
        _old_line(timezone.make_aware(datetime(2026, 6, 6, 12)), medewerker, inwoner=6)  # a Saturday
        _old_line(timezone.make_aware(datetime(2026, 7, 1)), medewerker)

        response = browser.get(reverse("regel_review"), {"maand": "2026-06"})

        (lezer,) = response.context["lezers"]
        assert (lezer.gelezen, lezer.inwoners, lezer.buiten_kantoortijd) == (4, 2, 3)

    @pytest.mark.parametrize("maand", ["", "onzin", "2026-13", "1999-01"])
    def test_any_month_is_an_answer(self, browser: Client, maand: str) -> None:
        assert browser.get(reverse("regel_review"), {"maand": maand}).status_code == 200


class TestWhoMay:
    @pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.PRIVACY_OFFICER])
    def test_nobody_else(self, client: Client, systeem: object, rol: Rol) -> None:
        client.force_login(MedewerkerFactory(rol=rol))

        for name in ("regel_list", "regel_export", "noodtoegang_list", "regel_review"):
            assert client.get(reverse(name)).status_code == 404

        assert Regel.objects.filter(soort=Soort.GEWEIGERD, actie="verantwoording.view_regel").count() == 4


def _old_line(moment: datetime, medewerker: Medewerker | None = None, inwoner: int = 55) -> None:
    """A line of another time; only the system can date one itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO verantwoording_regel (tijdstip, soort, actie, medewerker_id, inwoner_id, object_soort, recht,"
            " reden, noodtoegang, vanaf, verzoek, gegevens)"
            " VALUES (%s, 'lezen', 'proef.oud', %s, %s, '', '', '', false, '', gen_random_uuid(), '{}')",
            [moment, medewerker.pk if medewerker else None, inwoner],
        )
