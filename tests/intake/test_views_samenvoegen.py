"""De pagina’s van bekend of nieuw: vergelijken, voorstellen, beoordelen, terugdraaien, en de lijst van wie dubbel lijkt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from intake.services import note_doubles, register_inwoner
from intake.services.dubbelen import note_doubles_among
from intake.services.loketlijst import inwoners_of
from intake.tasks import find_doubles
from skt.inwoners.models import Inwoner, MogelijkDubbel, Samenvoeging
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.loketlijst import LoketlijstFactory, LoketlijstrijFactory
from tests.fixtures import MAANDAG

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]


@pytest.fixture
def paar(loket: Medewerker) -> tuple[Inwoner, Inwoner]:
    een = InwonerFactory(achternaam="Verhage", aangemaakt_door=loket)
    ander = InwonerFactory(
        achternaam="Verhaege", roepnaam="Ans", telefoon="06-00001111", aangemaakt_door=loket
    )
    for inwoner in (een, ander):
        MeldingFactory(medewerker=loket, inwoner=inwoner)
    return een, ander


def url(name: str, **kwargs: Any) -> str:
    return reverse(f"intake:{name}", kwargs=kwargs)


def propose(client: Client, een: Inwoner, ander: Inwoner, **data: str) -> Any:
    facts = {"toelichting": "Zelfde geboortedag en adres.", "kies_telefoon": "vervalt", **data}
    return client.post(url("samenvoeging_new", uuid=een.uuid, ander=ander.uuid), facts)


@pytest.fixture
def voorstel(aan: Client, paar: tuple[Inwoner, Inwoner]) -> Samenvoeging:
    assert propose(aan, *paar).status_code == 302
    return Samenvoeging.objects.get()


class TestPropose:
    def test_shows_both_with_what_differs(self, aan: Client, paar: tuple[Inwoner, Inwoner]) -> None:
        page = aan.get(url("samenvoeging_new", uuid=paar[0].uuid, ander=paar[1].uuid)).content.decode()

        assert 'name="kies_telefoon"' in page
        assert 'name="kies_geboren"' not in page
        assert set(
            Regel.objects.filter(actie="intake.compare_inwoners").values_list("inwoner_id", flat=True)
        ) == {one.pk for one in paar}

    def test_keeps_what_was_chosen(self, voorstel: Samenvoeging) -> None:
        assert voorstel.overnemen == ["telefoon"]

    def test_wants_to_know_why(self, aan: Client, paar: tuple[Inwoner, Inwoner]) -> None:
        answer = propose(aan, *paar, toelichting="")

        assert answer.status_code == 422
        assert "Schrijf op waarom dit dezelfde persoon is." in answer.content.decode()
        assert not Samenvoeging.objects.exists()

    def test_is_not_with_oneself(self, aan: Client, paar: tuple[Inwoner, Inwoner]) -> None:
        assert propose(aan, paar[0], paar[0]).status_code == 404

    @pytest.mark.parametrize("keuze", ["", "zelf", "x" * 500])
    def test_survives_odd_choices(self, aan: Client, paar: tuple[Inwoner, Inwoner], keuze: str) -> None:
        assert propose(aan, *paar, kies_telefoon=keuze).status_code in (302, 422)


class TestSame:
    def test_proposes_who_looks_alike(self, aan: Client, paar: tuple[Inwoner, Inwoner]) -> None:
        page = aan.get(url("inwoner_same", uuid=paar[0].uuid)).content.decode()

        assert "Ans Verhaege" in page
        assert url("samenvoeging_new", uuid=paar[0].uuid, ander=paar[1].uuid) in page

    def test_finds_another(self, aan: Client, paar: tuple[Inwoner, Inwoner], loket: Medewerker) -> None:
        derde = InwonerFactory(achternaam="Zwart", aangemaakt_door=loket)
        MeldingFactory(medewerker=loket, inwoner=derde)

        page = aan.get(url("inwoner_same", uuid=paar[0].uuid), {"q": "Swart"}).content.decode()

        assert "Annie Zwart" in page


class TestJudge:
    def test_merges_and_leads_the_old_address_on(
        self, client: Client, zorgregisseur: Medewerker, voorstel: Samenvoeging, paar: tuple[Inwoner, Inwoner]
    ) -> None:
        client.force_login(zorgregisseur)
        page = client.get(url("samenvoeging_detail", uuid=voorstel.uuid))
        answer = client.post(page.request["PATH_INFO"], {"bevestig": "1", "stand": page.context["stand"]})

        assert answer.status_code == 302
        voorstel.refresh_from_db()
        assert voorstel.status == "samengevoegd"
        old = client.get(url("inwoner_detail", uuid=paar[1].uuid))
        assert old.url == url("inwoner_detail", uuid=paar[0].uuid)
        after = client.get(old.url).content.decode()
        assert "06-00001111" in after
        assert "Ans Verhaege" in after

    def test_refuses_a_page_that_is_out_of_date(
        self, client: Client, zorgregisseur: Medewerker, voorstel: Samenvoeging
    ) -> None:
        client.force_login(zorgregisseur)
        answer = client.post(
            url("samenvoeging_detail", uuid=voorstel.uuid), {"bevestig": "1", "stand": "oud"}
        )

        assert answer.status_code == 422
        assert "intussen gewijzigd" in answer.content.decode()
        voorstel.refresh_from_db()
        assert voorstel.status == "voorgesteld"

    def test_is_not_for_who_proposed_it(self, aan: Client, voorstel: Samenvoeging) -> None:
        page = aan.get(url("samenvoeging_detail", uuid=voorstel.uuid))
        assert "Ja, voeg samen" not in page.content.decode()
        answer = aan.post(page.request["PATH_INFO"], {"bevestig": "1", "stand": page.context["stand"]})

        assert answer.status_code == 422
        voorstel.refresh_from_db()
        assert voorstel.status == "voorgesteld"

    def test_is_not_for_a_colleague_at_the_loket(
        self, client: Client, collega: Medewerker, voorstel: Samenvoeging
    ) -> None:
        client.force_login(collega)
        assert client.get(url("samenvoeging_detail", uuid=voorstel.uuid)).status_code == 200
        assert (
            client.post(url("samenvoeging_detail", uuid=voorstel.uuid), {"bevestig": "1"}).status_code == 404
        )
        voorstel.refresh_from_db()
        assert voorstel.status == "voorgesteld"

    def test_rejects_with_a_reason(
        self, client: Client, zorgregisseur: Medewerker, voorstel: Samenvoeging
    ) -> None:
        client.force_login(zorgregisseur)
        path = url("samenvoeging_detail", uuid=voorstel.uuid)
        assert client.post(path, {"afwijzen": "1", "reden": ""}).status_code == 422
        assert (
            client.post(path, {"afwijzen": "1", "reden": "Moeder en dochter.", "anders": "on"}).status_code
            == 302
        )
        voorstel.refresh_from_db()
        assert voorstel.status == "afgewezen"
        assert MogelijkDubbel.objects.exclude(anders_op=None).exists()

    def test_is_undone(
        self, client: Client, zorgregisseur: Medewerker, voorstel: Samenvoeging, paar: tuple[Inwoner, Inwoner]
    ) -> None:
        client.force_login(zorgregisseur)
        page = client.get(url("samenvoeging_detail", uuid=voorstel.uuid))
        client.post(page.request["PATH_INFO"], {"bevestig": "1", "stand": page.context["stand"]})
        undo = url("samenvoeging_undo", uuid=voorstel.uuid)
        assert client.get(undo).status_code == 200
        assert client.post(undo, {"reden": "x"}).status_code == 422
        assert client.post(undo, {"reden": "Het bleken toch zussen."}).status_code == 302

        assert client.get(url("inwoner_detail", uuid=paar[1].uuid)).status_code == 200


class TestList:
    def test_shows_pairs_and_proposals(
        self, aan: Client, als: Als, loket: Medewerker, paar: tuple[Inwoner, Inwoner]
    ) -> None:
        with als(loket):
            note_doubles(paar[0], MAANDAG)
        assert "Ans Verhaege" in aan.get(url("dubbel_list")).content.decode()
        propose(aan, *paar)
        assert "Ans Verhaege" in aan.get(url("dubbel_list"), {"lijst": "voorstellen"}).content.decode()

    def test_forgets_a_pair_that_was_told_apart(
        self, aan: Client, als: Als, loket: Medewerker, paar: tuple[Inwoner, Inwoner]
    ) -> None:
        with als(loket):
            note_doubles(paar[0], MAANDAG)
        aan.post(url("inwoner_different", uuid=paar[1].uuid, ander=paar[0].uuid))
        with als(loket):
            note_doubles(paar[1], MAANDAG)

        assert "Ans Verhaege" not in aan.get(url("dubbel_list")).content.decode()

    def test_turns_pages_in_a_fixed_number_of_queries(
        self, aan: Client, als: Als, loket: Medewerker, django_assert_max_num_queries: Any
    ) -> None:
        def add(count: int) -> None:
            with als(loket):
                for at in range(count):
                    facts = {
                        "achternaam": f"Paar{MogelijkDubbel.objects.count()}q{'abcdefghij'[at % 10] * 4}"
                    }
                    for _ in range(2):
                        register_inwoner(
                            actor=loket, at=MAANDAG, geboortedatum=MAANDAG.date(), roepnaam="Iris", **facts
                        )

        add(3)
        with django_assert_max_num_queries(25):
            first = aan.get(url("dubbel_list"))
        assert not first.context["volgende_url"]
        add(30)
        with django_assert_max_num_queries(25):
            page = aan.get(url("dubbel_list"))
        assert len(page.context["rijen"]) == 25
        seen = {row["rij"].pk for row in page.context["rijen"]}
        second = aan.get(page.context["volgende_url"])
        assert not seen & {row["rij"].pk for row in second.context["rijen"]}


class TestCommand:
    def test_finds_who_was_already_in(self, paar: tuple[Inwoner, Inwoner]) -> None:
        out = StringIO()
        call_command("zoek_dubbele_inwoners", stdout=out)

        assert MogelijkDubbel.objects.filter(anders_op=None).count() == 1
        assert out.getvalue() == "2 inwoners bekeken; 1 paren lijken op elkaar.\n"

    def test_after_an_import_the_worker_looks_portion_by_portion(
        self, paar: tuple[Inwoner, Inwoner], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("intake.services.dubbelen.PER_KEER", 1)
        lijst = LoketlijstFactory()
        for inwoner in paar:
            LoketlijstrijFactory(lijst=lijst, inwoner=inwoner)
        eerste, tweede = sorted(inwoner.pk for inwoner in paar)

        assert note_doubles_among(inwoners_of(lijst.pk), na=0) == [eerste]
        find_doubles(lijst_id=lijst.pk, na=eerste)
        assert note_doubles_among(inwoners_of(lijst.pk), na=tweede) == []
        assert MogelijkDubbel.objects.filter(anders_op=None).count() == 1

    def test_looks_since_a_day(self, paar: tuple[Inwoner, Inwoner]) -> None:
        out = StringIO()
        call_command("zoek_dubbele_inwoners", "--vanaf", "2026-12-01", stdout=out)

        assert out.getvalue().startswith("0 inwoners")
        with pytest.raises(CommandError, match="jjjj-mm-dd"):
            call_command("zoek_dubbele_inwoners", "--vanaf", "gisteren")


class TestRepeatCaller:
    def test_is_known_by_the_number(
        self, aan: Client, loket: Medewerker, concept: Any, verzonden: Any
    ) -> None:
        annie = InwonerFactory(achternaam="Verhage", aangemaakt_door=loket, telefoon="")
        MeldingFactory(medewerker=loket, inwoner=annie, contactmoment__melder_telefoon="06-00002222")
        data = {
            "melder_soort": "naaste/netwerk",
            "melder_telefoon": "+31 6 00002222",
            "kanaal": "telefonisch",
        }

        aan.post(url("concept_save", sleutel=concept.sleutel), {**data, "versie": 1})
        page = aan.get(url("contact", sleutel=concept.sleutel)).content.decode()

        assert "Annie Verhage" in page
        assert "eerder over deze inwoner gebeld" in page
        assert Regel.objects.filter(actie="intake.search_inwoner", inwoner_id=annie.pk).exists()

    def test_tells_nothing_of_who_may_not_be_seen(self, aan: Client, loket: Medewerker, concept: Any) -> None:
        jan = LoketmedewerkerFactory(organisatie="smow")
        verborgen = InwonerFactory(achternaam="Verborgen", aangemaakt_door=jan, telefoon="06-00002222")
        MeldingFactory(
            medewerker=jan, inwoner=verborgen, gesloten=True, contactmoment__melder_telefoon="06-00002222"
        )
        data = {"melder_soort": "naaste/netwerk", "melder_telefoon": "06-00002222", "kanaal": "telefonisch"}

        aan.post(url("concept_save", sleutel=concept.sleutel), {**data, "versie": 1})
        page = aan.get(url("contact", sleutel=concept.sleutel)).content.decode()

        assert "Verborgen" not in page
        assert "Bekend bij" not in page
