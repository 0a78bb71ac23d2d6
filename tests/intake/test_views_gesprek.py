"""Het gesprek: zonder JavaScript af te maken, precies één keer opgeslagen, en niets getypts gaat verloren."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Concept, Contactmoment, Melding
from skt.inwoners.models import Inwoner
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from socialekaart.models import Voorziening
from tests.factories.intake import ConceptFactory, LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.fixtures import MAANDAG

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
Data = Callable[..., dict[str, Any]]


def url(concept: Concept, naam: str = "contact") -> str:
    return reverse(f"intake:{naam}", kwargs={"sleutel": concept.sleutel})


def fouten(response: HttpResponse) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


class TestContactNew:
    @pytest.mark.parametrize("methode", ["get", "post"])
    def test_starts_a_call_and_leads_to_it(
        self, aan: Client, als: Als, loket: Medewerker, methode: str
    ) -> None:
        response = getattr(aan, methode)(reverse("intake:contact_new"))

        with als(loket):
            assert response["Location"] == url(Concept.objects.get())

    def test_is_not_there_for_who_does_not_work_at_the_loket(
        self, client: Client, teamlid: Medewerker
    ) -> None:
        client.force_login(teamlid)

        assert client.get(reverse("intake:contact_new")).status_code == 404


class TestContact:
    def test_shows_the_whole_call(self, aan: Client, concept: Concept) -> None:
        response = aan.get(url(concept))

        assert response.status_code == 200
        for text in (
            "Wie belt?",
            "Over wie gaat het?",
            "Misschien bekend",
            "De vraag in eigen woorden",
            "Leefgebieden",
        ):
            assert text in response.content.decode()

    def test_restores_all_that_was_typed(self, aan: Client, als: Als, loket: Medewerker) -> None:
        gegevens = {
            "hulpvraag": ["Gas uit"],
            "themas": ["mantelzorg"],
            "score_sociaal": ["2"],
            "wet_wmo": ["on"],
            "geboren": ["onzin"],
        }
        with als(loket):
            concept = ConceptFactory(medewerker=loket, gegevens=gegevens)

        page = aan.get(url(concept)).content.decode()

        assert "Gas uit</textarea>" in page
        assert 'value="onzin"' in page
        assert page.count("checked") >= 4

    @pytest.mark.parametrize("naam", ["contact", "concept_save", "concept_state", "concept_discard"])
    def test_of_a_colleague_is_not_there(
        self, client: Client, als: Als, loket: Medewerker, collega: Medewerker, concept: Concept, naam: str
    ) -> None:
        client.force_login(collega)
        ask = client.get if naam in {"contact", "concept_state"} else client.post

        assert ask(url(concept, naam)).status_code == 404
        with als(loket):
            concept.refresh_from_db()
        assert (concept.versie, concept.weggegooid_op) == (1, None)

    def test_of_somebody_whose_placement_ended_is_not_there(
        self, client: Client, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        loket.plaatsingen.update(tot=MAANDAG.date() - timedelta(days=400))
        client.force_login(loket)

        assert client.get(url(concept)).status_code == 404

    def test_asks_a_fixed_number_of_queries(
        self,
        aan: Client,
        als: Als,
        loket: Medewerker,
        django_assert_max_num_queries: Callable[..., AbstractContextManager],
    ) -> None:
        with als(loket):
            concept = ConceptFactory(medewerker=loket, gegevens={"achternaam": ["Verhage"]})
        for size in (1, 8):
            for _ in range(size):
                MeldingFactory(medewerker=loket)
            with django_assert_max_num_queries(40):
                aan.get(url(concept))

    def test_logs_the_candidates_it_shows(self, aan: Client, als: Als, loket: Medewerker) -> None:
        inwoner = MeldingFactory(medewerker=loket, inwoner=InwonerFactory(achternaam="Oosterling")).inwoner
        with als(loket):
            concept = ConceptFactory(medewerker=loket, gegevens={"achternaam": ["Ooster"]})

        aan.get(url(concept))

        assert Regel.objects.get(actie="intake.search_inwoner").inwoner_id == inwoner.pk

    def test_gives_htmx_only_the_sides(self, aan: Client, concept: Concept) -> None:
        page = aan.get(url(concept), {"deel": "1"}, headers={"HX-Request": "true"}).content.decode()

        assert 'id="bekend" hx-swap-oob="true"' in page
        assert "<html" not in page


class TestFinishing:
    @pytest.mark.parametrize(
        ("actie", "anders", "status", "afhandeling"),
        [
            ("informatie", {}, "gesloten", "informatie en advies"),
            ("hulpverlening", {}, "gesloten", "hulpverlening"),
            ("triage", {}, "in_triage", "triage"),
            ("andere_toegang", {"toelichting": "Huisarts"}, "gesloten", "andere toegang"),
            ("later", {}, "open", ""),
            (
                "crisisroute",
                {"gewaarschuwd": "Politie", "gewaarschuwd_op": "2025-01-01T10:00"},
                "open",
                "crisisroute",
            ),
        ],
    )
    def test_registers_the_call_by_each_button(
        self,
        aan: Client,
        concept: Concept,
        verzonden: Data,
        actie: str,
        anders: dict[str, str],
        status: str,
        afhandeling: str,
    ) -> None:
        response = aan.post(url(concept), verzonden(concept, actie, **anders))

        melding = Melding.objects.select_related("inwoner", "contactmoment").get()
        assert response["Location"] == reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})
        assert (melding.status, melding.afhandeling) == (status, afhandeling)
        assert (str(melding.inwoner), melding.inwoner.postcode, melding.inwoner.huisnummer) == (
            "Annie Verhage",
            "2244 QF",
            17,
        )
        assert (melding.contactmoment.melder_telefoon, melding.inwoner.buurtcode) == (
            "070-5550218",
            "BU06290005",
        )
        assert set(melding.uitvraag.antwoorden.values_list("leefgebied", "score")) == {
            ("praktisch", 2),
            ("sociaal", 3),
        }

    def test_by_later_calls_back_on_the_next_werkdag(
        self, aan: Client, concept: Concept, verzonden: Data
    ) -> None:
        aan.post(url(concept), verzonden(concept, "later", toelichting="Zoekt het uit"))

        melding = Melding.objects.get()
        assert melding.volgende_stap == "Terugbellen: 070-5550218"
        assert melding.uiterlijk > timezone.now()
        assert melding.aanvullingen.get().tekst == "Zoekt het uit"

    def test_twice_makes_one_melding(self, aan: Client, concept: Concept, verzonden: Data) -> None:
        data = verzonden(concept, "triage")
        first, again = aan.post(url(concept), data), aan.post(url(concept), data)

        assert again["Location"] == first["Location"]
        assert (Melding.objects.count(), Contactmoment.objects.count(), Inwoner.objects.count()) == (1, 1, 1)

    def test_makes_the_page_of_the_call_lead_to_the_melding(
        self, aan: Client, concept: Concept, verzonden: Data
    ) -> None:
        first = aan.post(url(concept), verzonden(concept, "triage"))

        assert aan.get(url(concept))["Location"] == first["Location"]

    def test_accepts_an_anonymous_caller_without_a_person(
        self, aan: Client, concept: Concept, verzonden: Data
    ) -> None:
        niemand = dict.fromkeys(
            ("melder_naam", "melder_telefoon", "roepnaam", "achternaam", "geboren", "postcode", "huisnummer")
        )
        aan.post(url(concept), verzonden(concept, "triage", melder_soort="anoniem", **niemand))

        melding = Melding.objects.get()
        assert (melding.inwoner, melding.status) == (None, "in_triage")

    def test_keeps_terms_and_what_was_given_along(
        self, aan: Client, concept: Concept, verzonden: Data
    ) -> None:
        voorziening = Voorziening.objects.create(
            code="vz-1", naam="Steunpunt", aanbieder="SMOW", omschrijving="Helpt."
        )
        aan.post(
            url(concept),
            verzonden(
                concept,
                "triage",
                wet_wmo="on",
                wet_oco="on",
                wet_wgs="on",
                wet_wgs_spoed="on",
                voorzieningen=[voorziening.pk],
            ),
        )

        melding = Melding.objects.get()
        codes = set(melding.termijnen.values_list("soort_id", flat=True))
        assert codes == {"WMO-BEV", "WMO-PLAN", "WMO-OND", "WMO-OCO", "WGS-3D"}
        assert melding.meegegeven.get().voorziening == voorziening

    def test_adds_a_next_question_to_the_same_call(
        self, aan: Client, als: Als, concept: Concept, loket: Medewerker, verzonden: Data
    ) -> None:
        with als(loket):
            concept.begonnen_op = timezone.now()
            concept.save(update_fields=["begonnen_op"])
        aan.post(url(concept), verzonden(concept, "triage"))
        eerste = Melding.objects.get()

        response = aan.post(reverse("intake:melding_more", kwargs={"nummer": eerste.nummer}))
        with als(loket):
            volgende = Concept.objects.get(verwerkt_op=None)
        assert response["Location"] == url(volgende)
        aan.post(url(volgende), verzonden(volgende, "hulpverlening", roepnaam="Thijs", geboren="2007"))

        tweede = Melding.objects.exclude(pk=eerste.pk).get()
        assert tweede.contactmoment == eerste.contactmoment
        assert str(tweede.inwoner) == "Thijs Verhage"
        assert tweede.inwoner.geboortejaar == 2007


class TestRefusing:
    @pytest.mark.parametrize(
        ("actie", "anders", "veld", "zin"),
        [
            ("informatie", {"hulpvraag": "  "}, "hulpvraag", "Schrijf op wat de vraag is"),
            ("informatie", {"kanaal": "postduif"}, "kanaal", "lijst"),
            ("informatie", {"melder_soort": "anoniem"}, "melder_naam", "anonieme melder"),
            ("informatie", {"inwoner_weet_ervan": "nee"}, "waarom_niet", "waarom de inwoner"),
            ("informatie", {"geboren": "31-2-1942"}, "geboren", "8-3-1942"),
            ("informatie", {"geboren": "1-1-2999"}, "geboren", "toekomst"),
            ("informatie", {"geboren": "1700"}, "geboren", "niet kloppen"),
            ("informatie", {"postcode": "22"}, "postcode", "vier cijfers en twee letters"),
            ("informatie", {"huisnummer": "9" * 30}, "huisnummer", "Maak de tekst korter"),
            ("informatie", {"huisnummer": "x"}, "huisnummer", "17a"),
            ("informatie", {"melder_telefoon": "12"}, "melder_telefoon", "telefoonnummer klopt niet"),
            ("informatie", {"email": "geen"}, "email", ""),
            ("informatie", {"score_sociaal": "9"}, "score_sociaal", "lijst"),
            ("informatie", {"themas": ["mantelzorg", "weer"]}, "themas", "lijst"),
            ("informatie", {"doorverbonden_vanuit": "9" * 40}, "doorverbonden_vanuit", "lijst"),
            ("informatie", {"achternaam": ""}, "achternaam", "achternaam"),
            ("informatie", {"achternaam": "x" * 81}, "achternaam", "korter"),
            ("informatie", {"hulpvraag": "a\x00b"}, "hulpvraag", "tekens"),
            ("informatie", {"veilig_contact": "beperkt"}, "veilig_contact_toelichting", "veilig is"),
            ("informatie", {"buurtcode": "BU0"}, "buurtcode", "lijst"),
            ("informatie", {"inwoner_keuze": "1 OR 1=1"}, "inwoner_keuze", "opnieuw"),
            ("informatie", {"inwoner_keuze": "987654321"}, "achternaam", "Kies opnieuw"),
            ("andere_toegang", {}, "toelichting", "waarheen"),
            ("hulpverlening", {"volgende_stap": "Bellen"}, "uiterlijk", "vervolg"),
            ("later", {"uiterlijk": "2001-01-01"}, "uiterlijk", "vanaf vandaag"),
            ("later", {"uiterlijk": "morgen"}, "uiterlijk", "dag-maand-jaar"),
            ("crisisroute", {"gewaarschuwd": "", "gewaarschuwd_op": ""}, "gewaarschuwd", "wie u heeft gewaarschuwd"),
            ("crisisroute", {"gewaarschuwd": "Politie", "gewaarschuwd_op": "2999-01-01T10:00"}, "gewaarschuwd_op", "toekomst"),
            ("triage", dict.fromkeys(("roepnaam", "achternaam", "geboren", "postcode", "huisnummer"), ""), "achternaam", "over wie"),
        ],
    )  # fmt: skip
    def test_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(
        self, aan: Client, concept: Concept, verzonden: Data, lees: Callable[[Concept], Concept],
        actie: str, anders: dict[str, Any], veld: str, zin: str,
    ) -> None:  # fmt: skip
        response = aan.post(
            url(concept), verzonden(concept, actie, toelichting_sociaal="Ziet niemand", **anders)
        )

        assert response.status_code == 422
        assert zin in " ".join(fouten(response)[veld])
        page = response.content.decode()
        assert "Dit gesprek is nog niet afgerond" in page
        assert "Ziet niemand</textarea>" in page
        assert (Melding.objects.count(), Contactmoment.objects.count()) == (0, 0)
        assert lees(concept).gegevens["toelichting_sociaal"] == ["Ziet niemand"]

    def test_survives_text_of_two_megabytes(self, aan: Client, concept: Concept, verzonden: Data) -> None:
        assert (
            aan.post(url(concept), verzonden(concept, "informatie", hulpvraag="x" * 2_500_000)).status_code
            == 400
        )
        assert (
            aan.post(url(concept), verzonden(concept, "informatie", hulpvraag="x" * 300_000)).status_code
            == 422
        )
        assert not Melding.objects.exists()

    def test_keeps_emoji_and_other_scripts(self, aan: Client, concept: Concept, verzonden: Data) -> None:
        aan.post(
            url(concept),
            verzonden(concept, "informatie", hulpvraag="Ik ben 😢 ‘écht’ ልጄ", achternaam="Ğül-ʻOkina"),
        )

        melding = Melding.objects.select_related("inwoner").get()
        assert melding.hulpvraag == "Ik ben 😢 ‘écht’ ልጄ"
        assert melding.inwoner.achternaam == "Ğül-ʻOkina"

    def test_puts_a_refusal_of_the_domain_above_the_form(
        self, aan: Client, concept: Concept, verzonden: Data
    ) -> None:
        dicht = Voorziening.objects.create(
            code="vz-1", naam="Steunpunt", aanbieder="SMOW", omschrijving="x", status="defunct"
        )
        response = aan.post(
            url(concept), verzonden(concept, "informatie", voorzieningen=[dicht.pk, "9" * 30, "x"])
        )

        assert response.status_code == 422
        assert "Steunpunt is er nu niet" in response.content.decode()
        assert not Melding.objects.exists()

    def test_asks_who_was_warned_before_anything_else(
        self, aan: Client, concept: Concept, verzonden: Data, lees: Callable[[Concept], Concept]
    ) -> None:
        response = aan.post(url(concept), verzonden(concept, "crisisroute"))

        assert response["Location"] == f"{url(concept)}?stap=crisis"
        page = aan.get(f"{url(concept)}?stap=crisis").content.decode()
        assert "Wie heeft u gewaarschuwd?" in page
        assert lees(concept).gegevens["achternaam"] == ["Verhage"]
        assert not Melding.objects.exists()


class TestKnownPerson:
    @pytest.fixture
    def bekend(self, loket: Medewerker) -> Inwoner:
        inwoner = InwonerFactory(achternaam="Verhage", roepnaam="Annie", aangemaakt_door=loket)
        MeldingFactory(medewerker=loket, inwoner=inwoner)
        return inwoner

    @pytest.fixture
    def elders(self, systeem: Werkcontext) -> Inwoner:
        jan = LoketmedewerkerFactory(organisatie="kwadraad")
        inwoner = InwonerFactory(achternaam="Verhage", roepnaam="Annie", aangemaakt_door=jan)
        MeldingFactory(medewerker=jan, inwoner=inwoner, gesloten=True, hulpvraag="Geheim van Kwadraad")
        return inwoner

    def test_is_not_made_a_second_time_by_accident(
        self, aan: Client, concept: Concept, verzonden: Data, bekend: Inwoner
    ) -> None:
        response = aan.post(url(concept), verzonden(concept, "triage"))

        assert response.status_code == 422
        assert "lijkt al bekend" in " ".join(fouten(response)["achternaam"])
        assert Inwoner.objects.count() == 1

    def test_is_chosen_without_javascript(
        self,
        aan: Client,
        concept: Concept,
        verzonden: Data,
        bekend: Inwoner,
        lees: Callable[[Concept], Concept],
    ) -> None:
        zoek = aan.post(url(concept), verzonden(concept, "zoek"))
        assert f'value="{bekend.pk}"' in aan.get(zoek["Location"]).content.decode()

        aan.post(url(concept), verzonden(lees(concept), "", kies=bekend.pk))
        page = aan.get(url(concept)).content.decode()
        assert "Gekozen inwoner" in page
        assert "Eerder contact" in page

        aan.post(url(concept), verzonden(lees(concept), "triage", inwoner_keuze=bekend.pk))
        assert Melding.objects.filter(inwoner=bekend).count() == 2
        assert Inwoner.objects.count() == 1

    def test_can_be_said_to_be_somebody_else(
        self, aan: Client, concept: Concept, verzonden: Data, bekend: Inwoner
    ) -> None:
        aan.post(url(concept), verzonden(concept, "triage", inwoner_keuze="nieuw"))

        assert Inwoner.objects.count() == 2

    def test_of_elsewhere_shows_only_where_and_whom_to_call(
        self, aan: Client, concept: Concept, verzonden: Data, elders: Inwoner
    ) -> None:
        page = aan.get(aan.post(url(concept), verzonden(concept, "zoek"))["Location"]).content.decode()

        assert "Bekend bij Kwadraad" in page
        assert "Geheim van Kwadraad" not in page
        assert str(elders.uuid) not in page

    def test_of_elsewhere_can_be_linked_on_a_full_match_only(
        self,
        aan: Client,
        concept: Concept,
        verzonden: Data,
        elders: Inwoner,
        lees: Callable[[Concept], Concept],
    ) -> None:
        gok = verzonden(
            concept,
            "triage",
            inwoner_keuze=elders.pk,
            geboren="",
            postcode="",
            huisnummer="",
            melder_telefoon="",
        )
        refused = aan.post(url(concept), gok)
        assert refused.status_code == 422
        assert Melding.objects.filter(inwoner=elders).count() == 1

        aan.post(url(concept), verzonden(lees(concept), "triage", inwoner_keuze=elders.pk))
        assert Melding.objects.filter(inwoner=elders, status="in_triage").count() == 1

    def test_eerder_contact_tells_no_more_than_enough(
        self, aan: Client, concept: Concept, verzonden: Data, elders: Inwoner
    ) -> None:
        aan.post(url(concept), verzonden(concept, "", kies=elders.pk))
        page = aan.get(url(concept)).content.decode()

        assert "Informatie en advies, gesloten." in page
        assert "Geheim van Kwadraad" not in page


class TestUnknownCall:
    def test_is_not_there(self, aan: Client) -> None:
        assert aan.get(reverse("intake:contact", kwargs={"sleutel": uuid4()})).status_code == 404
