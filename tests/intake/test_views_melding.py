"""De pagina van een melding: wie haar ziet, wat u ermee mag, en dat een weigering niets verandert."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from intake.services import start_termijn
from intake.tijdlijn import Gebeurtenis, register_bron
from skt.inwoners.models import Inwoner
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import (
    AanvullingFactory,
    ContactmomentFactory,
    LoketmedewerkerFactory,
    MeldingFactory,
    MeldingTermijnFactory,
    UitvraagFactory,
)
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import team
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
FORMULIEREN = (
    "melding_handle",
    "melding_close",
    "melding_append",
    "melding_transfer",
    "melding_uitvraag",
    "melding_person",
)
KNOPPEN = ("melding_take", "melding_more")


def url(melding: Melding, naam: str = "melding_detail", **meer: Any) -> str:
    return reverse(f"intake:{naam}", kwargs={"nummer": melding.nummer, **meer})


def zinnen(response: HttpResponse) -> str:
    return " ".join(str(zin) for zinnen in response.context["form"].errors.values() for zin in zinnen)


class TestMeldingDetail:
    def test_shows_all_there_is(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(
            medewerker=loket, inwoner=InwonerFactory(onveilig=True, aangemaakt_door=loket)
        )
        UitvraagFactory(melding=melding)
        AanvullingFactory(melding=melding)
        MeldingTermijnFactory(melding=melding)

        page = aan.get(url(melding)).content.decode()

        for text in (
            melding.inwoner.naam,
            "de pan droog te koken",
            "Alleen overdag, niet voor 9 uur.",
            "2 · niet zelfredzaam",
            "de buurvrouw heeft een sleutel",
            "Onderzoek afronden",
            "De melding is open bij het loket en u werkt daar.",
            "Handel af",
        ):
            assert text in page

    def test_logs_the_reading_and_on_which_ground(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        aan.get(url(melding))

        regel = Regel.objects.get(actie="intake.view_melding")
        assert (regel.object_id, regel.inwoner_id, regel.medewerker_id) == (
            melding.pk,
            melding.inwoner_id,
            loket.pk,
        )
        assert "open bij het loket" in regel.recht

    def test_of_another_organisation_is_not_there_once_closed(
        self, client: Client, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)
        client.force_login(collega)

        assert client.get(url(melding)).status_code == 404
        assert set(Regel.objects.values_list("soort", flat=True)) == {"geweigerd"}

    @pytest.mark.parametrize("wie", ["teamlid", "beleid"])
    def test_is_not_there_for_who_is_not_at_the_loket(
        self, client: Client, request: pytest.FixtureRequest, loket: Medewerker, wie: str
    ) -> None:
        melding = MeldingFactory(medewerker=loket)
        client.force_login(request.getfixturevalue(wie))

        assert client.get(url(melding)).status_code == 404

    @pytest.mark.parametrize("nummer", ["2026-0000", "2026-99999999"])
    def test_of_an_unknown_number_is_not_there(self, aan: Client, nummer: str) -> None:
        assert aan.get(f"/meldingen/{nummer}/").status_code == 404

    @pytest.mark.parametrize("nummer", ["2026-%00", "x", "2026-1", "2026-" + "9" * 30])
    def test_of_nonsense_is_not_there_either(self, aan: Client, nummer: str) -> None:
        assert aan.get(f"/meldingen/{nummer}/").status_code == 404

    def test_asks_a_fixed_number_of_queries(
        self,
        aan: Client,
        loket: Medewerker,
        django_assert_max_num_queries: Callable[..., AbstractContextManager],
    ) -> None:
        melding = MeldingFactory(medewerker=loket)
        UitvraagFactory(melding=melding)
        for size in (1, 10):
            for _ in range(size):
                AanvullingFactory(melding=melding)
            with django_assert_max_num_queries(39):
                aan.get(url(melding))

    def test_shows_what_came_later_through_its_sources(
        self, aan: Client, loket: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("intake.tijdlijn._bronnen", [])
        register_bron(lambda melding: [Gebeurtenis(MAANDAG, f"Triage van {melding.nummer}")])
        melding = MeldingFactory(medewerker=loket)

        assert f"Triage van {melding.nummer}" in aan.get(url(melding)).content.decode()

    def test_offers_only_what_may_be_done(self, aan: Client, loket: Medewerker) -> None:
        page = aan.get(url(MeldingFactory(medewerker=loket, gesloten=True))).content.decode()

        assert "Vul aan" in page
        for knop in ("Handel af", "Neem over", "Draag over", "Sluit de melding"):
            assert knop not in page


class TestRefusedHits:
    @pytest.mark.parametrize("naam", [*FORMULIEREN, *KNOPPEN])
    def test_of_who_has_no_right_look_like_nothing_is_there(
        self, client: Client, loket: Medewerker, beleid: Medewerker, naam: str
    ) -> None:
        melding = MeldingFactory(medewerker=loket, inwoner=None)
        client.force_login(beleid)

        assert client.post(url(melding, naam), {"route": "informatie", "tekst": "x"}).status_code == 404
        melding.refresh_from_db()
        assert (melding.status, melding.versie, melding.aanvullingen.count()) == ("open", 1, 0)

    @pytest.mark.parametrize(
        "naam", ["melding_handle", "melding_close", "melding_transfer", "melding_take", "melding_person"]
    )
    def test_on_a_closed_melding_look_like_nothing_is_there(
        self, aan: Client, loket: Medewerker, naam: str
    ) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)

        assert aan.post(url(melding, naam), {"route": "informatie"}).status_code == 404
        melding.refresh_from_db()
        assert melding.versie == 1

    @pytest.mark.parametrize("naam", KNOPPEN)
    def test_a_button_wants_a_post(self, aan: Client, loket: Medewerker, naam: str) -> None:
        assert aan.get(url(MeldingFactory(medewerker=loket), naam)).status_code == 405


class TestForms:
    @pytest.mark.parametrize("naam", FORMULIEREN)
    def test_open_and_log_that_the_melding_was_read(self, aan: Client, loket: Medewerker, naam: str) -> None:
        melding = MeldingFactory(medewerker=loket, inwoner=None, afhandeling="hulpverlening")

        assert aan.get(url(melding, naam)).status_code == 200
        assert acties("intake.view_melding") == ["intake.view_melding"]


class TestMeldingTake:
    def test_makes_it_yours(self, client: Client, loket: Medewerker, collega: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        client.force_login(collega)
        client.post(url(melding, "melding_take"), {"versie": 1})
        melding.refresh_from_db()

        assert melding.verantwoordelijke == collega

    def test_says_that_a_colleague_was_first(
        self, client: Client, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = MeldingFactory(medewerker=loket, versie=3)
        client.force_login(collega)
        page = client.post(url(melding, "melding_take"), {"versie": 2}, follow=True).content.decode()
        melding.refresh_from_db()

        assert "Een collega heeft deze melding net gewijzigd" in page
        assert melding.verantwoordelijke == loket


class TestMeldingHandle:
    @pytest.mark.parametrize(
        ("velden", "status", "afhandeling"),
        [
            ({"route": "informatie"}, "gesloten", "informatie en advies"),
            ({"route": "hulpverlening", "toelichting": "Geholpen"}, "gesloten", "hulpverlening"),
            ({"route": "triage", "spoed": "on"}, "in_triage", "triage"),
            ({"route": "andere_toegang", "toelichting": "Huisarts"}, "gesloten", "andere toegang"),
            ({"route": "later", "volgende_stap": "Bellen", "uiterlijk": "31-12-2999"}, "open", ""),
            (
                {"route": "crisisroute", "gewaarschuwd": "112", "gewaarschuwd_op": "2025-01-01T10:00"},
                "open",
                "crisisroute",
            ),
            ({"route": "intrekken", "toelichting": "Niet meer nodig"}, "gesloten", "ingetrokken"),
        ],
    )
    def test_takes_every_route(
        self, aan: Client, loket: Medewerker, velden: dict[str, str], status: str, afhandeling: str
    ) -> None:
        melding = MeldingFactory(medewerker=loket)
        response = aan.post(url(melding, "melding_handle"), {"versie": 1, **velden})
        melding.refresh_from_db()

        assert response.status_code == 302, zinnen(response)
        assert (melding.status, melding.afhandeling) == (status, afhandeling)

    @pytest.mark.parametrize(
        ("velden", "zin"),
        [
            ({}, "Kies hoe u de melding afhandelt"),
            ({"route": "weg"}, "Kies iets uit de lijst"),
            ({"route": "andere_toegang"}, "waarheen"),
            ({"route": "intrekken"}, "ingetrokken"),
            ({"route": "later"}, "volgende stap"),
            ({"route": "later", "volgende_stap": "x" * 300, "uiterlijk": "1-1-2001"}, "korter"),
            ({"route": "hulpverlening", "volgende_stap": "Bellen"}, "vervolg"),
            ({"route": "crisisroute"}, "gewaarschuwd"),
            ({"route": "informatie", "versie": "9" * 30}, ""),
            ({"route": "informatie", "versie": 9}, "Een collega"),
        ],
    )
    def test_says_what_is_missing_and_changes_nothing(
        self, aan: Client, loket: Medewerker, velden: dict[str, Any], zin: str
    ) -> None:
        melding = MeldingFactory(medewerker=loket)
        response = aan.post(url(melding, "melding_handle"), velden)
        melding.refresh_from_db()

        assert response.status_code == 422
        assert zin in zinnen(response)
        assert (melding.status, melding.versie) == ("open", 1)

    def test_is_not_there_while_a_colleague_weighs_it(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, in_triage=True)
        data = {"versie": melding.versie, "route": "intrekken", "toelichting": "Niet meer nodig"}

        response = aan.post(url(melding, "melding_handle"), data, follow=True)

        assert "Deze melding is bij de triage" in response.content.decode()
        versie = melding.versie
        melding.refresh_from_db()
        assert (melding.status, melding.versie) == ("in_triage", versie)

    def test_to_triage_asks_whom_it_is_about(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, inwoner=None)
        response = aan.post(url(melding, "melding_handle"), {"route": "triage"})

        assert "over wie het gaat" in zinnen(response)


class TestMeldingClose:
    def test_closes_what_was_helped_before(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, afhandeling="hulpverlening")
        aan.post(url(melding, "melding_close"), {"toelichting": "Gelukt", "versie": 1})
        melding.refresh_from_db()

        assert (melding.status, melding.afhandeling_toelichting) == ("gesloten", "Gelukt")

    def test_refuses_what_was_not(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        response = aan.post(url(melding, "melding_close"), {})

        assert "Kies eerst hoe" in zinnen(response)


class TestMeldingAppend:
    def test_adds_also_to_a_closed_one(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)
        aan.post(url(melding, "melding_append"), {"tekst": "Dochter belde"})

        assert melding.aanvullingen.get().tekst == "Dochter belde"

    @pytest.mark.parametrize("tekst", ["", "  ", "a\x00b", "x" * 20_001])
    def test_refuses_what_cannot_be_kept(self, aan: Client, loket: Medewerker, tekst: str) -> None:
        melding = MeldingFactory(medewerker=loket)

        assert aan.post(url(melding, "melding_append"), {"tekst": tekst}).status_code == 422
        assert not melding.aanvullingen.exists()


class TestMeldingTransfer:
    def test_gives_it_to_a_colleague(self, aan: Client, loket: Medewerker, collega: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        aan.post(
            url(melding, "melding_transfer"),
            {"medewerker": collega.pk, "versie": 1, "toelichting": "Spreekt Pools"},
        )
        melding.refresh_from_db()

        assert melding.verantwoordelijke == collega
        assert collega.moederorganisatie.pk in melding.eigen_organisaties

    @pytest.mark.parametrize("keuze", [{}, {"medewerker": "9" * 40}, {"medewerker": "x"}, {"team": "2"}])
    def test_refuses_who_cannot_take_it(self, aan: Client, loket: Medewerker, keuze: dict[str, str]) -> None:
        melding = MeldingFactory(medewerker=loket)

        assert aan.post(url(melding, "melding_transfer"), keuze).status_code == 422
        melding.refresh_from_db()
        assert melding.verantwoordelijke == loket

    def test_to_the_team_puts_it_back(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        aan.post(url(melding, "melding_transfer"), {"team": team("voorportaal").pk})
        melding.refresh_from_db()

        assert melding.verantwoordelijke is None


class TestMeldingUitvraag:
    def test_starts_from_what_is_known_and_can_clear_it(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        UitvraagFactory(melding=melding, scores={"sociaal": 2}, afgenomen_op=timezone.now())
        aan.post(url(melding, "melding_uitvraag"), {"versie": 1, "score_praktisch": "4", "score_sociaal": ""})

        scores = dict(melding.uitvraag.antwoorden.values_list("leefgebied", "score"))
        assert scores == {"sociaal": None, "praktisch": 4}

    def test_refuses_an_older_version(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, versie=2)
        response = aan.post(url(melding, "melding_uitvraag"), {"versie": 1, "score_praktisch": "4"})

        assert response.status_code == 422
        assert "Een collega" in zinnen(response)
        assert not hasattr(melding, "uitvraag")

    def test_is_for_the_toegang_while_it_is_in_triage(
        self, client: Client, zorgregisseur: Medewerker
    ) -> None:
        melding = MeldingFactory(in_triage=True)
        client.force_login(zorgregisseur)

        assert (
            client.post(url(melding, "melding_uitvraag"), {"versie": 1, "score_sociaal": "1"}).status_code
            == 302
        )


class TestMeldingPerson:
    def test_makes_a_new_person(self, aan: Client, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, anoniem=True)
        aan.post(url(melding, "melding_person"), {"achternaam": "de Ruiter", "versie": 1})
        melding.refresh_from_db()

        assert str(melding.inwoner) == "de Ruiter"

    def test_searches_first_and_links_a_known_one(self, aan: Client, loket: Medewerker) -> None:
        bekend = MeldingFactory(
            medewerker=loket, inwoner=InwonerFactory(achternaam="Ruiter", aangemaakt_door=loket)
        ).inwoner
        melding = MeldingFactory(medewerker=loket, anoniem=True)
        zoek = aan.post(
            url(melding, "melding_person"), {"achternaam": "Ruiter", "zoek": "1"}
        ).content.decode()
        assert f'value="{bekend.pk}"' in zoek

        aan.post(url(melding, "melding_person"), {"achternaam": "Ruiter", "kies": bekend.pk, "versie": 1})
        melding.refresh_from_db()
        assert melding.inwoner == bekend

    @pytest.mark.parametrize("kies", ["987654321", "9" * 40, "x", ""])
    def test_refuses_a_person_out_of_nowhere(self, aan: Client, loket: Medewerker, kies: str) -> None:
        melding = MeldingFactory(medewerker=loket, anoniem=True)

        assert aan.post(url(melding, "melding_person"), {"kies": kies}).status_code == 422
        melding.refresh_from_db()
        assert melding.inwoner is None
        assert not Inwoner.objects.exists()


class TestMeldingMore:
    def test_refuses_an_old_call_and_that_of_a_colleague(
        self, aan: Client, loket: Medewerker, collega: Medewerker
    ) -> None:
        nu = timezone.now()
        oud = MeldingFactory(
            medewerker=loket,
            contactmoment=ContactmomentFactory(
                medewerker=loket, begonnen_op=nu - timedelta(days=2), beeindigd_op=nu
            ),
        )
        ander = MeldingFactory(
            medewerker=collega,
            contactmoment=ContactmomentFactory(medewerker=collega, begonnen_op=nu, beeindigd_op=nu),
        )
        for melding in (oud, ander):
            assert aan.post(url(melding, "melding_more"))["Location"] == url(melding)


class TestTermijnFulfil:
    def test_ticks_it_off(self, aan: Client, als: Als, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        with als(loket):
            termijn = start_termijn(melding=melding, actor=loket, at=MAANDAG, code="WMO-BEV")
        aan.post(url(melding, "termijn_fulfil", pk=termijn.pk))
        termijn.refresh_from_db()

        assert termijn.voldaan_op is not None

    def test_of_another_melding_is_left_alone(self, aan: Client, loket: Medewerker) -> None:
        termijn = MeldingTermijnFactory(melding=MeldingFactory(medewerker=LoketmedewerkerFactory()))
        melding = MeldingFactory(medewerker=loket)
        for pk in (termijn.pk, 2**80):
            assert aan.post(url(melding, "termijn_fulfil", pk=pk)).status_code == 302
        termijn.refresh_from_db()

        assert termijn.voldaan_op is None
