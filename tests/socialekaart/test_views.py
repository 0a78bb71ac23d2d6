"""De pagina's van de sociale kaart: wie wat ziet, wat er gebeurt, en wat er bij onzin gebeurt."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from skt.web.zoeken import find
from socialekaart.models import Foutmelding, Voorziening, VoorzieningStatus
from socialekaart.services import load_sociale_kaart
from tests.factories.medewerkers import MedewerkerFactory
from tests.factories.socialekaart import FoutmeldingFactory, VoorzieningFactory

LIJST = "/sociale-kaart/"
GEEN_BEHEER = [rol for rol in Rol if rol not in (Rol.SOCIALE_KAARTBEHEERDER, Rol.LOKETPROFESSIONAL)]


@pytest.fixture(autouse=True)
def _systeem(systeem: object) -> None:
    """Factories write as the system."""


@pytest.fixture
def als_rol(client: Client) -> Any:
    """Log the client in as somebody with this role; returns who."""

    def login(rol: Rol | None) -> Medewerker:
        medewerker: Medewerker = MedewerkerFactory(rol=rol)
        client.force_login(medewerker)
        return medewerker

    return login


def page(response: Any) -> str:
    return str(response.content.decode())


class TestVoorzieningList:
    @pytest.mark.parametrize("rol", list(Rol))
    def test_is_there_for_every_role(self, client: Client, als_rol: Any, rol: Rol) -> None:
        als_rol(rol)
        VoorzieningFactory()

        assert "Koffie-inloop De Plataan" in page(client.get(LIJST))

    def test_is_not_there_without_a_placement(self, client: Client, als_rol: Any) -> None:
        als_rol(None)

        assert client.get(LIJST).status_code == 404

    def test_asks_a_stranger_to_log_in(self, client: Client) -> None:
        assert client.get(LIJST).status_code == 302

    def test_searches_filters_and_counts(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.TEAMLID)
        load_sociale_kaart()

        found = page(client.get(LIJST, {"zoek": "mijn man heeft dementie", "lijn": "0", "leeftijd": "70"}))

        assert "Huiskamer De Linde" in found
        assert "Casemanager dementie" not in found
        assert "Jonge Mantelzorgers" not in found

    def test_counts_in_words(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.TEAMLID)
        VoorzieningFactory(gesloten=True)

        assert "0 voorzieningen" in page(client.get(LIJST))
        assert "1 voorziening\n" in page(client.get(LIJST, {"alles": "on"}))

    def test_gives_htmx_the_results_alone(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.TEAMLID)
        VoorzieningFactory()

        fragment = page(client.get(LIJST, {"zoek": "koffie"}, headers={"HX-Request": "true"}))

        assert "De Plataan" in fragment
        assert "<html" not in fragment

    def test_pages_keep_the_filters(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.TEAMLID)
        for number in range(30):
            VoorzieningFactory(naam=f"Inloop {number:02}")

        first = page(client.get(LIJST, {"zoek": "inloop", "pagina": "1"}))

        assert "1 tot 25 van 30" in first
        assert "?zoek=inloop&amp;pagina=2" in first
        assert "26 tot 30 van 30" in page(client.get(LIJST, {"zoek": "inloop", "pagina": "2"}))

    @pytest.mark.parametrize("pagina", ["0", "-1", "999", "x", "1e9", "\x00"])
    def test_takes_any_page_number(self, client: Client, als_rol: Any, pagina: str) -> None:
        als_rol(Rol.TEAMLID)
        VoorzieningFactory()

        assert client.get(LIJST, {"pagina": pagina}).status_code == 200

    @pytest.mark.parametrize(
        "filters",
        [
            {"leefgebied": "bestaat niet"},
            {"lijn": "7"},
            {"leeftijd": "oud"},
            {"leeftijd": "-3"},
            {"leeftijd": "9" * 40},
            {"zoek": "\x00"},
        ],
    )
    def test_says_that_a_filter_makes_no_sense(
        self, client: Client, als_rol: Any, filters: dict[str, str]
    ) -> None:
        als_rol(Rol.TEAMLID)
        VoorzieningFactory()

        response = client.get(LIJST, filters)

        assert response.status_code == 200
        assert "begrijpen we niet" in page(response)
        assert "De Plataan" in page(response)

    @pytest.mark.parametrize(
        "vraag", ["x" * 10_000, "woord " * 1_000, "<script>", "' OR 1=1", "%", "\\", "😀"]
    )
    def test_takes_whatever_is_typed(self, client: Client, als_rol: Any, vraag: str) -> None:
        als_rol(Rol.TEAMLID)

        response = client.get(LIJST, {"zoek": vraag})

        assert response.status_code == 200
        assert "<script>" not in page(response).replace("<script src", "").replace("<script type", "")

    def test_needs_as_many_queries_for_many_as_for_few(
        self, client: Client, als_rol: Any, django_assert_max_num_queries: Any
    ) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        for _ in range(2):
            with django_assert_max_num_queries(13):
                client.get(LIJST, {"zoek": "koffie inloop"})
            for number in range(40):
                VoorzieningFactory(naam=f"Koffie {number}")


class TestVoorzieningDetail:
    def test_shows_what_is_known(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.TEAMLID)
        load_sociale_kaart()

        shown = page(client.get("/sociale-kaart/vz-014/"))

        for tekst in (
            "Geldfit Jong",
            "16 tot en met 27 jaar",
            "gratis",
            "Laatst gecontroleerd",
            "06-0000 1518",
        ):
            assert tekst in shown

    @pytest.mark.parametrize("code", ["bestaat-niet", "VZ-001", "9" * 200])
    def test_is_404_for_an_unknown_code(self, client: Client, als_rol: Any, code: str) -> None:
        als_rol(Rol.TEAMLID)

        assert client.get(f"/sociale-kaart/{code}/").status_code == 404

    def test_shows_reports_and_buttons_to_who_keeps_the_map(self, client: Client, als_rol: Any) -> None:
        melding = FoutmeldingFactory()
        als_rol(Rol.LOKETPROFESSIONAL)

        shown = page(client.get(melding.voorziening.get_absolute_url()))

        assert melding.tekst in shown
        assert "Tijdelijk gesloten" in shown

    def test_hides_them_from_who_does_not(self, client: Client, als_rol: Any) -> None:
        melding = FoutmeldingFactory()
        als_rol(Rol.TEAMLID)

        shown = page(client.get(melding.voorziening.get_absolute_url()))

        assert melding.tekst not in shown
        assert "Tijdelijk gesloten" not in shown

    def test_needs_few_queries(
        self, client: Client, als_rol: Any, django_assert_max_num_queries: Any
    ) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)
        voorziening = VoorzieningFactory()
        for _ in range(2):
            with django_assert_max_num_queries(12):
                client.get(voorziening.get_absolute_url())
            for _number in range(8):
                FoutmeldingFactory(voorziening=voorziening)


def filled_in(**changes: str) -> dict[str, Any]:
    return {
        "versie": "1", "naam": "Leeskring", "aanbieder": "SMOW", "omschrijving": "Samen lezen.", "lijn": "0",
        "leefgebieden": ["sociaal"], "trefwoorden": "boeken, lezen", "openingstijden": "maandag 9:00-12:30",
        **changes,
    }  # fmt: skip


class TestVoorzieningEdit:
    def test_saves_and_goes_back(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        voorziening = VoorzieningFactory()

        response = client.post(f"{voorziening.get_absolute_url()}wijzigen/", filled_in())

        assert response.status_code == 302
        voorziening.refresh_from_db()
        assert voorziening.trefwoorden == ["boeken", "lezen"]
        assert voorziening.openingstijden == [{"dag": "maandag", "van": "09:00", "tot": "12:30"}]
        assert voorziening.versie == 2

    def test_shows_what_is_there_as_a_person_writes_it(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        voorziening = VoorzieningFactory(openingstijden=[{"dag": "vrijdag", "van": "09:00", "tot": "12:00"}])

        assert "vrijdag 09:00-12:00" in page(client.get(f"{voorziening.get_absolute_url()}wijzigen/"))

    def test_saves_an_unchanged_form_without_a_change(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        load_sociale_kaart()
        url = "/sociale-kaart/vz-001/wijzigen/"
        form = client.get(url).context["form"]
        data = {bound.name: bound.value() if bound.value() is not None else "" for bound in form}

        assert client.post(url, data).status_code == 302
        assert Voorziening.objects.get(code="vz-001").versie == 1

    def test_tells_that_a_colleague_was_first(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        voorziening = VoorzieningFactory(versie=4)

        response = client.post(f"{voorziening.get_absolute_url()}wijzigen/", filled_in(versie="3"))

        assert "Een collega heeft deze voorziening intussen gewijzigd" in page(response)
        voorziening.refresh_from_db()
        assert voorziening.naam == "Koffie-inloop De Plataan"

    @pytest.mark.parametrize(
        ("changes", "zin"),
        [
            ({"leeftijd_min": "30", "leeftijd_max": "20"}, "De hoogste leeftijd kan niet lager zijn"),
            ({"openingstijden": "maandag 25:00-26:00"}, "Deze regel begrijpen we niet"),
            ({"openingstijden": "ooit"}, "Deze regel begrijpen we niet"),
            ({"openingstijden": "maandag 12:00-09:00"}, "Deze regel begrijpen we niet"),
            ({"naam": ""}, "naam"),
            ({"naam": "\x00"}, "naam"),
            ({"naam": "x" * 10_000}, "naam"),
            ({"leefgebieden": "bestaat niet"}, "leefgebieden"),
            ({"website": "javascript:alert(1)"}, "website"),
            ({"versie": ""}, "collega"),
            ({"versie": "9" * 30}, "collega"),
            ({"leeftijd_min": "99999999"}, "leeftijd"),
        ],
    )
    def test_refuses_with_a_sentence(
        self, client: Client, als_rol: Any, changes: dict[str, str], zin: str
    ) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        voorziening = VoorzieningFactory()

        response = client.post(f"{voorziening.get_absolute_url()}wijzigen/", filled_in(**changes))

        assert response.status_code == 200
        assert zin in page(response)
        voorziening.refresh_from_db()
        assert voorziening.versie == 1

    @pytest.mark.parametrize("rol", GEEN_BEHEER)
    def test_is_404_for_who_does_not_keep_the_map(self, client: Client, als_rol: Any, rol: Rol) -> None:
        als_rol(rol)
        voorziening = VoorzieningFactory()
        url = f"{voorziening.get_absolute_url()}wijzigen/"

        assert client.get(url).status_code == client.post(url, filled_in()).status_code == 404
        voorziening.refresh_from_db()
        assert voorziening.versie == 1


class TestVoorzieningNew:
    def test_adds_it(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)

        response = client.post("/sociale-kaart/nieuw/", filled_in())

        voorziening = Voorziening.objects.get()
        assert response["Location"] == voorziening.get_absolute_url()
        assert client.get(response["Location"]).status_code == 200

    def test_asks_for_what_is_missing(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)

        assert client.get("/sociale-kaart/nieuw/").status_code == 200
        assert client.post("/sociale-kaart/nieuw/", {}).status_code == 200
        assert not Voorziening.objects.exists()

    @pytest.mark.parametrize("rol", GEEN_BEHEER)
    def test_is_404_for_who_does_not_keep_the_map(self, client: Client, als_rol: Any, rol: Rol) -> None:
        als_rol(rol)

        assert client.post("/sociale-kaart/nieuw/", filled_in()).status_code == 404
        assert not Voorziening.objects.exists()


class TestVoorzieningCheck:
    def test_sets_the_date_and_who(self, client: Client, als_rol: Any) -> None:
        wie = als_rol(Rol.LOKETPROFESSIONAL)
        voorziening = VoorzieningFactory()

        client.post(f"{voorziening.get_absolute_url()}controle/", {"versie": "1"})

        voorziening.refresh_from_db()
        assert voorziening.gecontroleerd_door == wie

    def test_changes_the_status(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        voorziening = VoorzieningFactory()

        client.post(f"{voorziening.get_absolute_url()}controle/", {"versie": "1", "overgang": "stop"})

        voorziening.refresh_from_db()
        assert voorziening.status == VoorzieningStatus.DEFUNCT

    @pytest.mark.parametrize(
        ("data", "zin"),
        [
            ({}, "Deze keuze kennen we niet"),
            ({"versie": "x"}, "Deze keuze kennen we niet"),
            ({"versie": "1", "overgang": "\x00"}, "Deze keuze kennen we niet"),
            ({"versie": "9" * 50}, "Een collega"),
            ({"versie": "1", "overgang": "reopen"}, "kan niet meer"),
        ],
    )
    def test_refuses_with_a_sentence(
        self, client: Client, als_rol: Any, data: dict[str, str], zin: str
    ) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)
        voorziening = VoorzieningFactory()

        response = client.post(f"{voorziening.get_absolute_url()}controle/", data, follow=True)

        assert zin in page(response)
        voorziening.refresh_from_db()
        assert (voorziening.versie, voorziening.gecontroleerd_door) == (1, None)

    @pytest.mark.parametrize("rol", GEEN_BEHEER)
    def test_is_404_for_who_does_not_keep_the_map(self, client: Client, als_rol: Any, rol: Rol) -> None:
        als_rol(rol)
        voorziening = VoorzieningFactory()

        assert client.post(f"{voorziening.get_absolute_url()}controle/", {"versie": "1"}).status_code == 404
        voorziening.refresh_from_db()
        assert voorziening.gecontroleerd_door is None

    def test_cannot_be_done_by_a_link(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.LOKETPROFESSIONAL)

        assert client.get(f"{VoorzieningFactory().get_absolute_url()}controle/").status_code == 405


class TestFoutReport:
    @pytest.mark.parametrize("rol", list(Rol))
    def test_is_there_for_every_role(self, client: Client, als_rol: Any, rol: Rol) -> None:
        wie = als_rol(rol)
        url = VoorzieningFactory().get_absolute_url()

        assert client.post(f"{url}fout/", {"tekst": "Nummer klopt niet."}).status_code == 302
        assert Foutmelding.objects.get().gemeld_door == wie

    @pytest.mark.parametrize("tekst", ["", "   ", "\x00", "x" * 1_001])
    def test_refuses_with_a_sentence_beside_the_field(self, client: Client, als_rol: Any, tekst: str) -> None:
        als_rol(Rol.TEAMLID)
        url = VoorzieningFactory().get_absolute_url()

        response = client.post(f"{url}fout/", {"tekst": tekst})

        assert response.status_code == 422
        assert 'aria-invalid="true"' in page(response)
        assert not Foutmelding.objects.exists()


class TestFoutList:
    def test_shows_what_still_waits_to_the_beheerder(self, client: Client, als_rol: Any) -> None:
        FoutmeldingFactory(tekst="Wacht nog.")
        FoutmeldingFactory(tekst="Is al klaar.", afgehandeld=True)
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)

        shown = page(client.get("/sociale-kaart/foutmeldingen/"))

        assert "Wacht nog." in shown
        assert "Is al klaar." not in shown
        assert "1 foutmelding" in page(client.get(LIJST))

    def test_says_that_all_is_done(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)

        assert "Alles is nagekeken." in page(client.get("/sociale-kaart/foutmeldingen/"))

    @pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.SOCIALE_KAARTBEHEERDER])
    def test_is_404_for_everybody_else(self, client: Client, als_rol: Any, rol: Rol) -> None:
        melding = FoutmeldingFactory()
        als_rol(rol)
        url = reverse("socialekaart:fout_handle", args=[melding.pk])

        assert client.get("/sociale-kaart/foutmeldingen/").status_code == 404
        assert client.post(url, {f"fout{melding.pk}-uitkomst": "Klaar"}).status_code == 404
        assert Foutmelding.objects.unhandled().exists()

    def test_needs_as_many_queries_for_many_as_for_few(
        self, client: Client, als_rol: Any, django_assert_max_num_queries: Any
    ) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)
        for _ in range(2):
            FoutmeldingFactory.create_batch(12)
            with django_assert_max_num_queries(12):
                client.get("/sociale-kaart/foutmeldingen/")


class TestFoutHandle:
    def test_writes_down_what_was_done(self, client: Client, als_rol: Any) -> None:
        wie = als_rol(Rol.SOCIALE_KAARTBEHEERDER)
        melding = FoutmeldingFactory()

        client.post(
            f"/sociale-kaart/foutmeldingen/{melding.pk}/", {f"fout{melding.pk}-uitkomst": "Aangepast."}
        )

        melding.refresh_from_db()
        assert (melding.uitkomst, melding.afgehandeld_door) == ("Aangepast.", wie)
        assert Regel.objects.filter(actie="socialekaart.handle_fout").exists()

    @pytest.mark.parametrize("uitkomst", ["", "\x00", "x" * 10_000])
    def test_asks_what_was_done(self, client: Client, als_rol: Any, uitkomst: str) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)
        melding = FoutmeldingFactory()

        response = client.post(
            f"/sociale-kaart/foutmeldingen/{melding.pk}/", {f"fout{melding.pk}-uitkomst": uitkomst}
        )

        assert response.status_code == 422
        assert 'aria-invalid="true"' in page(response)
        assert Foutmelding.objects.unhandled().exists()

    def test_tells_that_a_colleague_was_first(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)
        melding = FoutmeldingFactory(afgehandeld=True)

        response = client.post(
            f"/sociale-kaart/foutmeldingen/{melding.pk}/",
            {f"fout{melding.pk}-uitkomst": "Nog eens"},
            follow=True,
        )

        assert "al afgehandeld" in page(response)

    def test_is_404_for_a_number_that_cannot_be(self, client: Client, als_rol: Any) -> None:
        als_rol(Rol.SOCIALE_KAARTBEHEERDER)

        assert client.post(f"/sociale-kaart/foutmeldingen/{'9' * 40}/", {}).status_code == 404


class TestZoeker:
    def test_finds_from_the_search_box_of_the_site(self, als: Any) -> None:
        voorziening = VoorzieningFactory(gesloten=True)
        beleid = MedewerkerFactory(rol=Rol.BELEIDSMEDEWERKER)

        with als(beleid):
            vondsten = find(beleid, "koffie plataan")

        assert [(v.titel, v.url) for v in vondsten] == [(voorziening.naam, voorziening.get_absolute_url())]

    def test_finds_nothing_for_who_has_no_placement(self, als: Any) -> None:
        VoorzieningFactory()
        niemand = MedewerkerFactory()

        with als(niemand):
            assert find(niemand, "koffie plataan") == []
