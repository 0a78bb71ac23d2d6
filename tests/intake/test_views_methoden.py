"""De schermen van de kwartiermaker: alles met gewone formulieren, en niets raakt kwijt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.forms.methode import VragenForm
from intake.methodevergelijking import Meetpunt, compare_methoden, say_difference
from intake.models import Methodetoewijzing, Uitvraagmethode
from intake.status import MethodeStatus
from intake.vragen import LABELS, Vraag
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.intake import (
    LoketmedewerkerFactory,
    MeldingFactory,
    MethodetoewijzingFactory,
    UitvraagFactory,
    UitvraagmethodeFactory,
)
from tests.factories.medewerkers import MedewerkerFactory

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]


@pytest.fixture
def kwartiermaker(systeem: Werkcontext) -> Medewerker:
    return MedewerkerFactory(rol=Rol.KWARTIERMAKER, organisatie="gemeente")


@pytest.fixture
def coordinator(systeem: Werkcontext) -> Medewerker:
    return MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="gemeente")


@pytest.fixture
def inrichter(client: Client, kwartiermaker: Medewerker) -> Client:
    client.force_login(kwartiermaker)
    return client


@pytest.fixture
def concept(systeem: Werkcontext) -> Uitvraagmethode:
    return UitvraagmethodeFactory(naam="Proef")


def url(naam: str, *args: int) -> str:
    return reverse(f"intake:{naam}", args=args)


def page_of(client: Client, methode: Uitvraagmethode) -> dict[str, Any]:
    """Alles wat een browser van deze pagina terugstuurt als er niets verandert."""
    form: VragenForm = client.get(url("methode_edit", methode.pk)).context["form"]
    data: dict[str, Any] = {"doel": methode.doel, "basis_algemeen": form.basis["algemeen"]}
    for gebied in form.gebieden:
        sleutel = gebied["sleutel"]
        data |= {f"aantal_{sleutel}": gebied["aantal"], f"basis_{sleutel}": gebied["basis"]}
        for rij in gebied["rijen"]:
            data[rij.vraag.html_name] = rij.vraag.value() or ""
            data[rij.toelichting.html_name] = rij.toelichting.value() or ""
            if rij.eerst.value():
                data[rij.eerst.html_name] = "on"
    return data


def send(client: Client, methode: Uitvraagmethode, actie: str = "bewaar", **anders: Any) -> HttpResponse:
    return client.post(url("methode_edit", methode.pk), page_of(client, methode) | anders | {"actie": actie})


def asked(methode: Uitvraagmethode, gebied: str) -> list[str]:
    methode.refresh_from_db()
    return [vraag.vraag for vraag in methode.read()[gebied]]


class TestMethodeEdit:
    def test_changes_nothing_when_nothing_changed(self, inrichter: Client, concept: Uitvraagmethode) -> None:
        before = concept.read()
        assert send(inrichter, concept).status_code == 302
        concept.refresh_from_db()

        assert concept.read() == before
        assert concept.gewijzigd_op is None

    def test_adds_moves_marks_and_removes_with_plain_buttons(
        self, inrichter: Client, concept: Uitvraagmethode
    ) -> None:
        added = send(inrichter, concept, "erbij-sociaal-1", vraag_sociaal_1="Tweede?", eerst_sociaal_1="on")
        assert added.url.endswith("#gebied-sociaal")
        send(inrichter, concept, "bewaar", vraag_sociaal_2="Derde?", toelichting_sociaal_2="Vraag door.")
        send(inrichter, concept, "omhoog-sociaal-2")
        assert asked(concept, "sociaal")[1:] == ["Derde?", "Tweede?"]
        assert concept.read()["sociaal"][1].toelichting == "Vraag door."
        assert concept.read()["sociaal"][2].eerst
        send(inrichter, concept, "omlaag-sociaal-0")
        send(inrichter, concept, "weg-sociaal-0")

        assert asked(concept, "sociaal") == ["Hoe gaat het met Sociaal functioneren?", "Tweede?"]

    def test_keeps_what_was_typed_when_a_button_is_pressed_elsewhere(
        self, inrichter: Client, concept: Uitvraagmethode
    ) -> None:
        send(inrichter, concept, "weg-sociaal-0", vraag_financien_0="Komt u rond?", doel="Leren")

        assert asked(concept, "sociaal") == []
        assert asked(concept, "financien") == ["Komt u rond?"]
        assert concept.doel == "Leren"

    @pytest.mark.parametrize(
        "actie", ["omhoog-sociaal-0", "omlaag-sociaal-0", "weg-sociaal-99", "omhoog-weer-0", "x" * 500, ""]
    )
    def test_does_nothing_on_a_button_that_is_not_there(
        self, inrichter: Client, concept: Uitvraagmethode, actie: str
    ) -> None:
        before = concept.read()
        assert send(inrichter, concept, actie).status_code == 302
        concept.refresh_from_db()

        assert concept.read() == before

    @pytest.mark.parametrize(
        ("anders", "veld", "zin"),
        [
            ({"vraag_sociaal_0": ""}, "vraag_sociaal_0", "schrijf de vraag op, of haal haar weg"),
            ({"vraag_sociaal_0": "a" * 400}, "vraag_sociaal_0", "ten hoogste 300 tekens"),
            ({"toelichting_sociaal_0": "a" * 600}, "toelichting_sociaal_0", "ten hoogste 500 tekens"),
            ({"toelichting_sociaal_1": "Zonder vraag"}, "vraag_sociaal_1", "schrijf de vraag op"),
            ({"doel": "a" * 400}, "doel", "ten hoogste 300 tekens"),
            ({"vraag_sociaal_0": "a\x00b"}, "vraag_sociaal_0", "tekens die we niet kunnen bewaren"),
        ],
    )
    def test_says_at_the_field_what_is_wrong(
        self, inrichter: Client, concept: Uitvraagmethode, anders: dict[str, str], veld: str, zin: str
    ) -> None:
        before = concept.read()
        answer = send(inrichter, concept, **anders)
        concept.refresh_from_db()

        assert answer.status_code == 422
        assert zin in " ".join(answer.context["form"].errors[veld])
        assert concept.read() == before

    def test_survives_numbers_that_are_none(self, inrichter: Client, concept: Uitvraagmethode) -> None:
        answer = send(inrichter, concept, aantal_sociaal="9" * 30, aantal_financien="-1", basis_zingeving="")

        assert answer.status_code in {302, 409, 422}

    def test_tells_the_second_kwartiermaker_and_loses_nothing(
        self, inrichter: Client, concept: Uitvraagmethode
    ) -> None:
        mine = page_of(inrichter, concept) | {"actie": "bewaar", "vraag_sociaal_0": "Van mij?"}
        collega = Client()
        collega.force_login(MedewerkerFactory(rol=Rol.KWARTIERMAKER, voornaam="Ada", achternaam="Ander"))
        send(collega, concept, vraag_sociaal_0="Van Ada?", vraag_financien_0="Ook van Ada?")

        refused = inrichter.post(url("methode_edit", concept.pk), mine)
        page = refused.content.decode()
        assert refused.status_code == 409
        assert asked(concept, "sociaal") == ["Van Ada?"]
        assert all(text in page for text in ("Van mij?", "Van Ada?", "Ada Ander", "nog niets van u bewaard"))

        form = refused.context["form"]
        again = mine | {f"basis_{deel}": merk for deel, merk in form.basis.items()}
        assert inrichter.post(url("methode_edit", concept.pk), again).status_code == 302
        assert asked(concept, "sociaal") == ["Van mij?"]
        assert asked(concept, "financien") == ["Ook van Ada?"]

    def test_leads_away_from_what_is_in_use(self, inrichter: Client) -> None:
        methode = Uitvraagmethode.objects.get()
        before = methode.vragen
        answer = inrichter.post(url("methode_edit", methode.pk), {"vraag_sociaal_0": "Anders?"})
        methode.refresh_from_db()

        assert answer.url == url("methode_detail", methode.pk)
        assert methode.vragen == before


class TestTheLifeOfAMethode:
    def test_goes_from_name_to_use_to_a_new_version(self, inrichter: Client) -> None:
        made = inrichter.post(url("methode_new"), {"naam": "Korte uitvraag", "doel": "Sneller?"})
        methode = Uitvraagmethode.objects.get(naam="Korte uitvraag")
        assert made.url == url("methode_edit", methode.pk)
        leeg = inrichter.post(
            url("methode_activate", methode.pk), {"vanaf": f"{timezone.localdate():%Y-%m-%d}"}
        )
        assert "alle acht leefgebieden" in leeg.content.decode()
        send(inrichter, methode, **{f"vraag_{gebied}_0": f"{label}?" for gebied, label in LABELS.items()})
        day = timezone.localdate()
        inrichter.post(url("methode_activate", methode.pk), {"vanaf": f"{day:%Y-%m-%d}", "standaard": "on"})
        methode.refresh_from_db()
        assert (methode.status, methode.geldig_van, methode.is_standaard) == (
            MethodeStatus.IN_GEBRUIK,
            day,
            True,
        )

        copied = inrichter.post(url("methode_copy", methode.pk))
        new = Uitvraagmethode.objects.get(naam="Korte uitvraag", versie=2)
        assert copied.url == url("methode_edit", new.pk)
        inrichter.post(url("methode_discard", new.pk))
        new.refresh_from_db()
        assert new.status == MethodeStatus.BUITEN_GEBRUIK

    def test_says_why_not(self, inrichter: Client, concept: Uitvraagmethode) -> None:
        standaard = Uitvraagmethode.objects.get(is_standaard=True)
        for naam, methode, zin in (
            ("methode_retire", standaard, "Kies eerst een andere methode als standaard."),
            ("methode_standard", concept, "Alleen een methode die vandaag gevraagd wordt"),
            ("methode_discard", standaard, "kan niet meer: de status is nu ‘In gebruik’"),
        ):
            assert zin in inrichter.post(url(naam, methode.pk), follow=True).content.decode()
        concept.refresh_from_db()
        standaard.refresh_from_db()

        assert concept.status == MethodeStatus.CONCEPT
        assert standaard.is_standaard

    @pytest.mark.parametrize(
        ("data", "zin"),
        [
            ({"vanaf": ""}, "Kies de dag waarop de methode ingaat."),
            ({"vanaf": "2001-01-01"}, "vanaf vandaag"),
            ({"vanaf": "morgen"}, "dag-maand-jaar"),
            ({"vanaf": "2999-01-01"}, "niet verder dan een jaar"),
        ],
    )
    def test_wants_a_day_that_can_be(
        self, inrichter: Client, concept: Uitvraagmethode, data: dict[str, str], zin: str
    ) -> None:
        answer = inrichter.post(url("methode_activate", concept.pk), data)
        concept.refresh_from_db()

        assert answer.status_code == 422
        assert zin in answer.content.decode()
        assert concept.status == MethodeStatus.CONCEPT

    def test_a_later_day_is_not_yet_the_standard(self, inrichter: Client, concept: Uitvraagmethode) -> None:
        morgen = timezone.localdate() + timedelta(days=1)
        answer = inrichter.post(
            url("methode_activate", concept.pk), {"vanaf": f"{morgen:%Y-%m-%d}", "standaard": "on"}
        )

        assert "pas op de dag dat de methode ingaat" in answer.content.decode()

    def test_shows_it_as_the_loket_sees_it(self, inrichter: Client, concept: Uitvraagmethode) -> None:
        page = inrichter.get(url("methode_detail", concept.pk)).content.decode()

        assert "Zo ziet het loket het" in page
        assert page.count("Hoe gaat het met Zingeving?") == 2

    def test_shows_the_loket_its_own_questions_in_order(self, client: Client, loket: Medewerker) -> None:
        methode = UitvraagmethodeFactory(
            in_gebruik=True,
            vragen={g: [{"vraag": "Later?"}, {"vraag": "Eerst?", "eerst": True}] for g in LABELS},
        )
        MethodetoewijzingFactory(methode=methode, aandeel=None, medewerker=loket)
        client.force_login(loket)
        melding = MeldingFactory(medewerker=loket)
        page = client.get(reverse("intake:melding_uitvraag", args=[melding.nummer])).content.decode()

        assert page.index("Eerst?") < page.index("Later?")
        assert f'name="uitvraagmethode" value="{methode.pk}"' in page


class TestMethodeShares:
    def test_says_who_uses_what_and_why(self, inrichter: Client, loket: Medewerker) -> None:
        methode = UitvraagmethodeFactory(naam="Proef", in_gebruik=True)
        answer = inrichter.post(
            url("methode_shares"), {"methode": methode.pk, "wie": "medewerker", "medewerker": loket.pk}
        )
        page = inrichter.get(url("methode_shares")).content.decode()

        assert answer.status_code == 302
        assert "op naam gekozen" in page
        made = Methodetoewijzing.objects.get()
        inrichter.post(url("toewijzing_end", made.pk))
        made.refresh_from_db()
        assert made.tot is not None

    @pytest.mark.parametrize(
        ("data", "zin"),
        [
            ({}, "Kies een methode."),
            ({"wie": "aandeel"}, "Kies hoeveel procent."),
            ({"wie": "aandeel", "aandeel": "100"}, "1 tot en met 99"),
            ({"wie": "aandeel", "aandeel": "veel"}, "1 tot en met 99"),
            ({"wie": "team", "team": "99999"}, "Kies iets uit de lijst."),
            ({"wie": "iedereen"}, "Kies iets uit de lijst."),
            ({"wie": "medewerker", "medewerker": "9" * 40}, "Kies iets uit de lijst."),
        ],
    )
    def test_says_what_is_missing(self, inrichter: Client, data: dict[str, str], zin: str) -> None:
        answer = inrichter.post(url("methode_shares"), data)

        assert answer.status_code == 422
        assert zin in answer.content.decode()
        assert not Methodetoewijzing.objects.exists()


def punt(naam: str, uitvragen: int, gemiddeld: str, spreiding: str = "1.5") -> Meetpunt:
    cellen = {
        ("uitvragen", ""): Decimal(uitvragen),
        ("dekking", "gemiddeld"): Decimal(gemiddeld),
        ("dekking", "spreiding"): Decimal(spreiding),
    }
    return Meetpunt(Uitvraagmethode(naam=naam, versie=1), cellen)


class TestFinding:
    @pytest.mark.parametrize(
        ("punten", "zin"),
        [
            ([punt("A", 100, "3.0")], "Er is nog één methode met genoeg uitvragen."),
            ([punt("A", 100, "3.0"), punt("B", 100, "3.2")], "Er is geen verschil te zien"),
            (
                [punt("A", 100, "3.0"), punt("B", 100, "4.0")],
                "Met B versie 1 komen gemiddeld 1,0 leefgebieden meer",
            ),
            ([punt("A", 90000, "3.00"), punt("B", 90000, "3.04")], "Er is geen verschil te zien"),
        ],
    )
    def test_names_only_a_difference_beyond_twice_the_margin(self, punten: list[Meetpunt], zin: str) -> None:
        assert say_difference(punten).startswith(zin)


class TestMethodeCompare:
    @pytest.fixture
    def gevraagd(self, systeem: Werkcontext) -> Uitvraagmethode:
        """Twaalf uitvragen met een tweede methode, van drie medewerkers; drie met de standaard."""
        methode = UitvraagmethodeFactory(naam="Breed", in_gebruik=True)
        mensen = LoketmedewerkerFactory.create_batch(3)
        for nummer in range(12):
            melding = MeldingFactory(medewerker=mensen[nummer % 3])
            scores = {"sociaal": 2, "financien": 3} if nummer else {"sociaal": 2, "zingeving": 1}
            UitvraagFactory(melding=melding, methode=methode, scores=scores)
        for _ in range(3):
            UitvraagFactory(melding=MeldingFactory(medewerker=mensen[0]), scores={"sociaal": 5})
        return methode

    def test_counts_rounded_and_leaves_small_groups_out(
        self, als: Als, coordinator: Medewerker, gevraagd: Uitvraagmethode
    ) -> None:
        with als(coordinator):
            breed, standaard = compare_methoden().methoden

        assert breed.methode == gevraagd
        assert (breed.uitvragen, standaard.uitvragen) == (10, None)
        assert breed.share("besproken", "sociaal") == 100
        assert breed.count("besproken", "zingeving") is None
        assert breed.figure("dekking", "gemiddeld") == 2.0
        assert breed.figure("duur", "mediaan") == 720
        assert standaard.cellen == {("uitvragen", ""): None}

    def test_counts_only_what_ran_side_by_side(
        self, als: Als, coordinator: Medewerker, inrichter: Client, gevraagd: Uitvraagmethode
    ) -> None:
        eerder = Uitvraagmethode.objects.get(is_standaard=True)
        for _ in range(20):
            UitvraagFactory(afgenomen_op=datetime(2025, 6, 2, 12, tzinfo=UTC))
        with als(coordinator):
            alles, samen = compare_methoden(), compare_methoden(samen=True)

        assert samen.sinds == gevraagd.geldig_van
        assert {p.methode: p.uitvragen for p in alles.methoden} == {gevraagd: 10, eerder: 25}
        assert {p.methode: p.uitvragen for p in samen.methoden} == {gevraagd: 10, eerder: None}
        assert "Geteld sinds 1 jan 2026" in inrichter.get(url("methode_compare")).content.decode()
        assert (
            "Alles wat ooit" in inrichter.get(url("methode_compare"), {"periode": "alles"}).content.decode()
        )

    def test_says_nothing_about_how_long_one_colleague_talks(
        self, als: Als, coordinator: Medewerker, gevraagd: Uitvraagmethode
    ) -> None:
        een = LoketmedewerkerFactory()
        alleen = UitvraagmethodeFactory(naam="Van een", in_gebruik=True)
        for _ in range(11):
            UitvraagFactory(melding=MeldingFactory(medewerker=een), methode=alleen)
        with als(coordinator):
            found = {punt.methode: punt for punt in compare_methoden().methoden}[alleen]

        assert found.uitvragen == 10
        assert found.figure("duur", "mediaan") is None

    def test_gives_nobody_else_a_number(
        self, als: Als, loket: Medewerker, beleid: Medewerker, gevraagd: Uitvraagmethode
    ) -> None:
        for wie in (loket, beleid):
            with als(wie), connection.cursor() as cursor:
                cursor.execute("SELECT * FROM intake_vergelijk_methoden(false)")
                assert cursor.fetchall() == []

    def test_gives_the_kwartiermaker_no_row_about_anybody(
        self, als: Als, kwartiermaker: Medewerker, gevraagd: Uitvraagmethode
    ) -> None:
        with als(kwartiermaker), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM intake_vergelijk_methoden(false)")
            assert cursor.fetchall()
            for tabel in ("intake_uitvraag", "intake_antwoord", "intake_melding", "intake_meting"):
                cursor.execute(f"SELECT count(*) FROM {tabel}")
                assert cursor.fetchone() == (0,)

    def test_tells_why_a_number_is_not_there(self, inrichter: Client, gevraagd: Uitvraagmethode) -> None:
        page = inrichter.get(url("methode_compare")).content.decode()

        assert "minder dan 10" in page
        assert "te klein" in page
        assert "Het zijn aantallen, nooit mensen." in page

    def test_takes_few_queries(
        self, als: Als, coordinator: Medewerker, gevraagd: Uitvraagmethode, django_assert_max_num_queries: Any
    ) -> None:
        UitvraagmethodeFactory.create_batch(6, in_gebruik=True)
        with als(coordinator), django_assert_max_num_queries(2):
            compare_methoden()


class TestInrichting:
    def test_shows_what_you_may(
        self, client: Client, coordinator: Medewerker, kwartiermaker: Medewerker
    ) -> None:
        client.force_login(coordinator)
        reads = client.get(reverse("inrichting")).content.decode()
        client.force_login(kwartiermaker)
        makes = client.get(reverse("inrichting")).content.decode()

        assert "Wie gebruikt welke methode" not in reads
        assert "Wie gebruikt welke methode" in makes
        assert "Methoden vergelijken" in reads

    def test_gives_the_coordinator_no_buttons(self, client: Client, coordinator: Medewerker) -> None:
        client.force_login(coordinator)
        page = client.get(url("methode_detail", Uitvraagmethode.objects.get().pk)).content.decode()

        assert "Maak een nieuwe versie" not in page
        assert Vraag("Hoe woont u nu?").vraag in page
