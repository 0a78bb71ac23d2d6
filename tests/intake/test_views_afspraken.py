"""De pagina's van een afspraak: plannen met en zonder JavaScript, te laat zijn, verzetten, en wat de geboekte collega ziet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Afspraak, Melding
from intake.status import AfspraakStatus
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.agenda import AfspraakFactory, TerugbelverzoekFactory
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.medewerkers import team


def morgen(uur: int = 10) -> datetime:
    """The next werkdag but one, so that it always lies ahead and is open."""
    dag = add_werkdagen(timezone.localdate(), 2)
    return timezone.make_aware(datetime.combine(dag, time(uur)))


@pytest.fixture
def melding(loket: Medewerker) -> Melding:
    return MeldingFactory(medewerker=loket, inwoner__email="annie@example.nl")


@pytest.fixture
def url(melding: Melding) -> str:
    return reverse("intake:afspraak_new", kwargs={"nummer": melding.nummer})


def wens(ik: Medewerker, **anders: Any) -> dict[str, Any]:
    data = {"soort": "huisbezoek", "wie": f"m{ik.pk}", "moment": morgen().isoformat(), "plan": "1"}
    return {name: value for name, value in {**data, **anders}.items() if value is not None}


def op(name: str, afspraak: Afspraak) -> str:
    return reverse(f"intake:afspraak_{name}", kwargs={"uuid": afspraak.uuid})


class TestAfspraakNew:
    def test_shows_free_moments_of_oneself(self, aan: Client, url: str, loket: Medewerker) -> None:
        page = aan.get(url)

        assert page.status_code == 200
        assert page.context["gekozen"] == ""
        assert sum(len(dag["momenten"]) for dag in page.context["dagen"]) > 20

    def test_plans_and_gives_what_to_read_out(self, aan: Client, url: str, loket: Medewerker) -> None:
        answer = aan.post(url, wens(loket, mail="on"), follow=True)

        afspraak = Afspraak.objects.get()
        assert afspraak.begin == morgen()
        assert afspraak.mail_gevraagd
        text = answer.content.decode()
        assert "Lees voor aan de beller" in text
        assert "om 10:00 uur. Het duurt ongeveer 60 minuten. Marja Loket komt bij u thuis." in text
        assert "070-555 01 00" in text

    def test_of_the_team_names_who_was_free(self, aan: Client, url: str, loket: Medewerker) -> None:
        loketteam = team("voorportaal")
        answer = aan.post(url, wens(loket, wie=f"t{loketteam.pk}"), follow=True)

        assert "Marja Loket" in answer.content.decode()
        assert Afspraak.objects.get().team == loketteam

    def test_keeps_everything_when_a_colleague_was_first(
        self, aan: Client, url: str, loket: Medewerker, collega: Medewerker
    ) -> None:
        AfspraakFactory(melding=MeldingFactory(medewerker=loket), begin=morgen(), met=[collega])
        answer = aan.post(
            url, wens(collega, toelichting="Zij hoort slecht.", vanaf=morgen().date().isoformat())
        )

        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Kies een ander moment." in text
        assert "Zij hoort slecht." in text
        times = {m["waarde"]: m["tijd"] for dag in answer.context["dagen"] for m in dag["momenten"]}
        assert len(times) > 20
        assert morgen().isoformat() not in {datetime.fromisoformat(t).isoformat() for t in times}
        assert Afspraak.objects.count() == 1

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"moment": ""}, "Kies een moment."),
            ({"moment": "gisteren"}, "Kies een van de momenten"),
            ({"moment": "2026-13-99T10:00:00+00:00"}, "Kies een van de momenten"),
            ({"moment": "2026-11-24T10:00:00"}, "Kies een van de momenten"),
            ({"moment": "2020-01-06T10:00:00+00:00"}, "al voorbij"),
            ({"moment": "9999-12-31T23:59:00+00:00"}, "te ver vooruit"),
            ({"wie": "m999999999999999999999"}, "Kies iets uit de lijst."),
            ({"wie": "x"}, "Kies iets uit de lijst."),
            ({"wie": ""}, "verplicht"),
            ({"soort": "feest"}, "Kies iets uit de lijst."),
            ({"duur": "7"}, "Kies iets uit de lijst."),
            ({"plaats": "anders"}, "Schrijf op waar de afspraak is."),
            ({"plaats": "thuis", "plaats_bij": "Achterweg 17"}, "Het adres staat bij de inwoner"),
            ({"plaats_bij": "a\x00b"}, "tekens die we niet kunnen bewaren"),
            ({"toelichting": "x" * 30_000}, "Maak de tekst korter"),
            ({"vanaf": "onzin"}, ""),
        ],
    )
    def test_says_what_is_wrong_at_the_field(
        self, aan: Client, url: str, loket: Medewerker, anders: dict[str, Any], zin: str
    ) -> None:
        answer = aan.post(url, wens(loket, **anders))

        assert answer.status_code == 422 or not zin
        assert zin in answer.content.decode()
        assert not zin or not Afspraak.objects.exists()

    def test_refuses_a_second_person_beside_a_team(
        self, aan: Client, url: str, loket: Medewerker, collega: Medewerker
    ) -> None:
        answer = aan.post(url, wens(loket, wie=f"t{team('voorportaal').pk}", ook=f"m{collega.pk}"))

        assert "een team kiest zelf wie er vrij is" in answer.content.decode()

    def test_takes_a_moment_of_ones_own_outside_hours(self, aan: Client, url: str, loket: Medewerker) -> None:
        avond = morgen(19)
        aan.post(url, wens(loket, moment="", eigen_moment=f"{avond:%Y-%m-%dT%H:%M}"))

        assert Afspraak.objects.get().begin == avond

    def test_looks_further_without_script_and_without_complaint(
        self, aan: Client, url: str, loket: Medewerker
    ) -> None:
        later = (timezone.localdate() + timedelta(days=21)).isoformat()
        answer = aan.post(url, {"soort": "huisbezoek", "wie": f"m{loket.pk}", "naar": later})

        assert answer.status_code == 200
        assert answer.context["dagen"][0]["dag"] >= timezone.localdate() + timedelta(days=21)
        assert answer.context["minuten"] == 60
        assert not answer.context["form"].errors

    def test_gives_htmx_only_the_moments(self, aan: Client, url: str, loket: Medewerker) -> None:
        answer = aan.post(
            url, {"soort": "telefonisch", "wie": f"m{loket.pk}"}, headers={"HX-Request": "true"}
        )

        text = answer.content.decode()
        assert text.lstrip().startswith("<section")
        assert "Vrije momenten van 30 minuten" in text

    def test_does_not_promise_mail_where_contact_is_not_safe(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(
            medewerker=loket, inwoner__email="annie@example.nl", inwoner__veilig_contact="niet"
        )
        url = reverse("intake:afspraak_new", kwargs={"nummer": melding.nummer})
        text = aan.get(url).content.decode()
        aan.post(url, wens(loket, mail="on"))

        assert "Er gaat geen e-mail" in text
        assert "Niet zelf benaderen" in text
        assert not Afspraak.objects.get().mail_gevraagd

    def test_asks_as_many_queries_for_many_colleagues_as_for_few(
        self,
        aan: Client,
        url: str,
        django_assert_max_num_queries: Callable[..., AbstractContextManager],
    ) -> None:
        for size in (1, 25):
            for _ in range(size):
                LoketmedewerkerFactory()
            with django_assert_max_num_queries(24):
                aan.post(url, {"soort": "huisbezoek", "wie": f"t{team('voorportaal').pk}"})

    def test_is_not_there_for_others(self, client: Client, url: str, teamlid: Medewerker) -> None:
        client.force_login(teamlid)

        assert client.get(url).status_code == client.post(url, wens(teamlid)).status_code == 404
        assert not Afspraak.objects.exists()


class TestAfspraakDetail:
    def test_logs_who_was_seen(self, aan: Client, melding: Melding) -> None:
        aan.get(op("detail", AfspraakFactory(melding=melding, begin=morgen())))

        assert Regel.objects.get(actie="intake.view_afspraak").inwoner_id == melding.inwoner_id

    def test_tells_who_is_booked_when_and_where_and_no_more(
        self, client: Client, melding: Melding, teamlid: Medewerker
    ) -> None:
        afspraak = AfspraakFactory(melding=melding, begin=morgen(), met=[teamlid])
        client.force_login(teamlid)
        text = client.get(op("detail", afspraak)).content.decode()

        assert "10:00 tot 11:00" in text
        assert "Over wie het gaat mag u niet lezen" in text
        assert melding.inwoner.achternaam not in text
        assert melding.nummer not in text
        assert Regel.objects.get(actie="intake.view_afspraak").inwoner_id is None

    def test_shows_where_it_went(self, aan: Client, melding: Melding, loket: Medewerker) -> None:
        old = AfspraakFactory(melding=melding, begin=morgen())
        answer = aan.post(
            op("move", old), wens(loket, moment=morgen(14).isoformat(), reden="inwoner"), follow=True
        )

        assert "Eerst gepland op" in answer.content.decode()
        assert "Verzet naar" in aan.get(op("detail", old)).content.decode()


class TestAfspraakMove:
    def test_begins_as_it_was_and_asks_why(self, aan: Client, melding: Melding, loket: Medewerker) -> None:
        old = AfspraakFactory(melding=melding, begin=morgen())
        assert aan.get(op("move", old)).context["form"].minuten == 60

        answer = aan.post(op("move", old), wens(loket, moment=morgen(14).isoformat()))
        assert "Kies waarom de afspraak wordt verzet." in answer.content.decode()
        old.refresh_from_db()
        assert old.status == AfspraakStatus.GEPLAND

    def test_of_one_that_was_moved_already_leads_to_it(self, aan: Client, melding: Melding) -> None:
        old = AfspraakFactory(melding=melding, gehouden=True)

        assert aan.get(op("move", old))["Location"] == op("detail", old)


class TestFinishing:
    @pytest.fixture
    def voorbij(self, melding: Melding) -> Afspraak:
        return AfspraakFactory(melding=melding, begin=timezone.now() - timedelta(hours=2))

    def test_held_sets_the_next_step(self, aan: Client, melding: Melding, voorbij: Afspraak) -> None:
        dag = timezone.localdate() + timedelta(days=7)
        aan.post(
            op("held", voorbij),
            {"toelichting": "Rustig.", "volgende_stap": "Bellen", "uiterlijk": dag.isoformat()},
        )

        melding.refresh_from_db()
        assert melding.volgende_stap == "Bellen"

    @pytest.mark.parametrize(
        "data",
        [
            {"volgende_stap": "Bellen"},
            {"uiterlijk": "2030-01-01"},
            {"volgende_stap": "Bellen", "uiterlijk": "2020-01-01"},
        ],
    )
    def test_held_with_half_a_step_says_so(
        self, aan: Client, voorbij: Afspraak, data: dict[str, str]
    ) -> None:
        assert aan.post(op("held", voorbij), data).status_code == 422
        voorbij.refresh_from_db()
        assert voorbij.status == AfspraakStatus.GEPLAND

    def test_missed_asks_to_get_in_touch(self, aan: Client, melding: Melding, voorbij: Afspraak) -> None:
        assert aan.post(op("missed", voorbij), {})["Location"] == f"/meldingen/{melding.nummer}/"
        melding.refresh_from_db()
        assert melding.volgende_stap == "Niet verschenen: neem contact op"

    def test_missed_before_it_began_is_refused(self, aan: Client, melding: Melding) -> None:
        afspraak = AfspraakFactory(melding=melding, begin=morgen())

        assert "nog niet begonnen" in aan.post(op("missed", afspraak), {}).content.decode()

    def test_cancelled_needs_a_reason(self, aan: Client, voorbij: Afspraak) -> None:
        assert "Kies waarom" in aan.post(op("cancel", voorbij), {}).content.decode()
        assert aan.post(op("cancel", voorbij), {"reden": "wij"}).status_code == 302
        voorbij.refresh_from_db()
        assert voorbij.status == AfspraakStatus.GEANNULEERD

    def test_twice_says_that_it_is_done(self, aan: Client, voorbij: Afspraak) -> None:
        aan.post(op("missed", voorbij), {})

        assert "kan niet meer" in aan.post(op("missed", voorbij), {}).content.decode()

    def test_by_who_is_booked_alone(self, client: Client, melding: Melding, teamlid: Medewerker) -> None:
        afspraak = AfspraakFactory(melding=melding, begin=timezone.now() - timedelta(hours=1), met=[teamlid])
        client.force_login(teamlid)

        assert client.get(op("held", afspraak)).status_code == 200
        assert client.post(op("held", afspraak), {})["Location"] == op("detail", afspraak)
        assert client.get(op("move", afspraak)).status_code == 404


class TestOnTheMelding:
    def test_stands_what_was_agreed_with_its_buttons(self, aan: Client, melding: Melding) -> None:
        AfspraakFactory(melding=melding, begin=timezone.now() - timedelta(hours=1))
        AfspraakFactory(melding=melding, gehouden=True)
        TerugbelverzoekFactory(melding=melding, uiterlijk=morgen(), pogingen=[timezone.now()])
        text = aan.get(reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})).content.decode()

        for part in ("Hoe ging het?", "Niet verschenen", "2e poging", "Eerdere afspraken (1)", "Geen gehoor"):
            assert part in text

    def test_stands_nothing_to_press_for_who_only_reads(self, client: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)
        AfspraakFactory(melding=melding, gehouden=True)
        client.force_login(loket)
        text = client.get(
            reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})
        ).content.decode()

        assert "Eerdere afspraken (1)" in text
        assert "Afspraak plannen" not in text


class TestOnTheWorklist:
    def test_stand_with_owner_and_step(self, aan: Client, loket: Medewerker, collega: Medewerker) -> None:
        straks = timezone.now() + timedelta(seconds=1)
        gesprek = MeldingFactory(medewerker=loket, uiterlijk=straks)
        AfspraakFactory(melding=gesprek, begin=straks, met=[collega])
        bellen = MeldingFactory(medewerker=loket, uiterlijk=timezone.now() - timedelta(hours=3))
        TerugbelverzoekFactory(melding=bellen, uiterlijk=bellen.uiterlijk, pogingen=[timezone.now()])
        page = aan.get("/werkvoorraad/")

        groepen = {groep["id"]: groep for groep in page.context["groepen"]}
        (afspraak,) = groepen["g-afspraak"]["rijen"]
        assert afspraak["stap"] == "Huisbezoek, 60 min, Bij de inwoner thuis"
        assert (afspraak["eigenaar"], afspraak["eigenaar_bij"]) == (collega, "heeft de afspraak")
        (terugbellen,) = groepen["g-terugbellen"]["rijen"]
        assert {"tekst": "2e poging", "soort": "amber"} in terugbellen["badges"]
        assert "1 te laat" in page.content.decode()

    def test_warn_where_contact_is_not_safe(self, aan: Client, loket: Medewerker) -> None:
        veilig = {"inwoner__veilig_contact": "beperkt", "inwoner__veilig_contact_toelichting": "Overdag."}
        TerugbelverzoekFactory(melding=MeldingFactory(medewerker=loket, **veilig), uiterlijk=timezone.now())
        MeldingFactory(medewerker=loket, crisis=True, **veilig)

        assert aan.get("/werkvoorraad/").content.decode().count("Let op: veilig contact") == 2

    def test_stand_in_my_day(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, uiterlijk=timezone.now())
        AfspraakFactory(melding=melding, begin=timezone.now())

        assert [item["titel"] for item in aan.get("/werkvoorraad/").context["dag"]] == [
            f"Huisbezoek: {melding.inwoner.naam}"
        ]
