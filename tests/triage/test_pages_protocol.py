"""De schermen van het protocol: met gewone formulieren, en niets raakt kwijt."""

from dataclasses import replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from skt.medewerkers.models import Medewerker
from tests.factories.protocol import KwartiermakerFactory, ProtocolversieFactory, first_protocol, regel
from tests.factories.triage import CoordinatorFactory, TeamlidFactory, ToegangFactory
from triage.forms.protocol import RegelForm
from triage.models import Protocolversie, Uitkomst, Urgentie
from triage.protocol.regels import read_regels
from triage.queries.protocol import term_names, terms_after_triage
from triage.services.protocol import digest
from triage.status import ProtocolStatus

JEUGD = {"uitkomst": Uitkomst.OVERLEG.value, "bord": "jeugd"}


@pytest.fixture
def kwartiermaker(systeem: Any, client: Client) -> Medewerker:
    kwartiermaker = KwartiermakerFactory()
    client.force_login(kwartiermaker)
    return kwartiermaker


@pytest.fixture
def concept(systeem: Any) -> Protocolversie:
    return ProtocolversieFactory()


def url(naam: str, *args: int) -> str:
    return reverse(f"triage:{naam}", args=args)


def names(versie: Protocolversie) -> list[str]:
    versie.refresh_from_db()
    return [een["naam"] for een in versie.regels]


def press(client: Client, versie: Protocolversie, actie: str, nummer: int) -> str:
    versie.refresh_from_db()
    was = digest(versie.regels[nummer - 1])
    response = client.post(url("protocol_edit", versie.pk), {"actie": f"{actie}:{was}"}, follow=True)
    return response.content.decode()


def page_of(client: Client, pk: int, nummer: int) -> dict[str, Any]:
    """Alles wat een browser van deze pagina terugstuurt als er niets verandert."""
    form: RegelForm = client.get(url("rule_edit", pk, nummer)).context["form"]
    found = {}
    for veld in form:
        waarde = veld.value()
        if waarde not in (None, "", False, []):
            found[veld.html_name] = "on" if waarde is True else waarde
    return found


def send(client: Client, pk: int, nummer: int, **anders: Any) -> HttpResponse:
    return client.post(url("rule_edit", pk, nummer), page_of(client, pk, nummer) | anders)


class TestReading:
    @pytest.mark.parametrize("wie", [ToegangFactory, CoordinatorFactory])
    def test_who_triages_reads_the_lines_as_sentences(self, client: Client, systeem: Any, wie: Any) -> None:
        client.force_login(wie())
        html = client.get(url("protocol_detail", first_protocol().pk)).content.decode()

        assert "Dreigende ontruiming of afsluiting" in html
        assert "hoogstens 17 jaar" in html
        assert "Wijzig de regels" not in html
        assert client.get(url("protocol_list")).status_code == 200

    def test_nobody_else_does(self, client: Client, systeem: Any) -> None:
        client.force_login(TeamlidFactory())

        assert client.get(url("protocol_list")).status_code == 404
        assert client.get(url("protocol_detail", first_protocol().pk)).status_code == 404

    @pytest.mark.parametrize("aantal", [2, 20])
    def test_takes_the_same_few_queries(
        self, client: Client, kwartiermaker: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        versies = ProtocolversieFactory.create_batch(
            aantal, regels=[regel(f"R{n}", {"leeftijd_tot": n}, JEUGD) for n in range(2 * aantal)]
        )
        for page in (
            url("protocol_list"),
            url("protocol_detail", versies[0].pk),
            url("protocol_edit", versies[0].pk),
        ):
            with django_assert_max_num_queries(13):
                client.get(page)


class TestEdit:
    def test_moves_and_removes_with_plain_buttons(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        html = press(client, concept, "omlaag", 1)
        assert names(concept) == ["Anders", "Jeugd"]
        assert "Let op: regel 2 klopt nog niet." in html
        assert "Regel 2 en regel 1 spreken elkaar tegen over het team" in html
        press(client, concept, "omhoog", 2)
        press(client, concept, "weg", 1)

        assert names(concept) == ["Anders"]

    @pytest.mark.parametrize(
        "actie", ["", "omhoog:", "weg:abc", "dans:abc", "omlaag:\x00", "weg:" + "x" * 500]
    )
    def test_survives_a_strange_button(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie, actie: str
    ) -> None:
        assert client.post(url("protocol_edit", concept.pk), {"actie": actie}, follow=True).status_code == 200
        assert names(concept) == ["Jeugd", "Anders"]

    def test_explains_the_version_and_keeps_what_was_typed_when_a_colleague_was_first(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        page = url("protocol_edit", concept.pk)
        client.post(page, {"toelichting": "Een", "was": ""})
        response = client.post(page, {"toelichting": "Twee", "was": ""})

        html = response.content.decode()
        assert response.status_code == 422
        assert "Een collega schreef hier net iets anders: ‘Een’" in html
        assert 'value="Twee"' in html
        client.post(page, {"toelichting": "Twee", "was": "Een"})
        concept.refresh_from_db()
        assert concept.toelichting == "Twee"

    def test_what_is_in_use_leads_to_a_sentence(self, client: Client, kwartiermaker: Medewerker) -> None:
        for page in (
            url("protocol_edit", 1),
            url("rule_new", 1),
            url("rule_edit", 1, 1),
            url("protocol_activate", 1),
        ):
            pk = first_protocol().pk
            response = client.get(page.replace("/1/", f"/{pk}/", 1), follow=True)
            assert "verandert niet meer" in response.content.decode()


class TestRule:
    def test_every_rule_of_the_first_protocol_survives_its_own_form(self, systeem: Any) -> None:
        for een in read_regels(first_protocol().regels):
            shown = RegelForm(termijnen=term_names(), plekken=[("", "Bovenaan")], annuleer_url="", regel=een)
            data = {veld.html_name: veld.value() for veld in shown if veld.value() not in (None, "", False)}
            form = RegelForm(
                {key: "on" if value is True else value for key, value in data.items()},
                termijnen=term_names(), plekken=[("", "Bovenaan")], annuleer_url="",
            )  # fmt: skip

            assert form.is_valid(), form.errors
            assert form.regel == een

    def test_offers_no_term_that_begins_after_the_triage(self, systeem: Any) -> None:
        [eerste, *_] = read_regels(first_protocol().regels)
        later = terms_after_triage()
        assert {"WMO-HERZ", "AWB-BEZW"} <= later
        assert not {"WMO-OND", "WGS-3D"} & later
        for gevraagd in (frozenset(), frozenset({"WMO-HERZ"})):
            een = replace(eerste, als=replace(eerste.als, termijnen=gevraagd))
            form = RegelForm(termijnen=term_names(), later=later, plekken=[], annuleer_url="", regel=een)
            assert {code for code, _ in form.fields["termijnen"].choices} & later == gevraagd

    def test_adds_a_rule_and_says_it_in_a_sentence(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        response = client.post(
            url("rule_new", concept.pk),
            {
                "naam": "Schulden en geen netwerk", "na": "", "themas": ["inkomen/schulden"], "niet_genoemd": ["netwerk"],
                "score_financien": "2", "aantal_minstens": "2", "aantal_score": "3", "leeftijd_van": "18",
                "termijnen": ["WGS-3D"], "urgentie": Urgentie.SPOED.value, "wet": "Wgs 4.\n\n  Nog   een. ",
            },
            follow=True,
        )  # fmt: skip

        assert names(concept) == ["Schulden en geen netwerk", "Jeugd", "Anders"]
        assert concept.regels[0] == {
            "naam": "Schulden en geen netwerk",
            "als": {
                "themas": ["inkomen/schulden"], "niet_genoemd": ["netwerk"], "leeftijd_van": 18, "termijnen": ["WGS-3D"],
                "scores": {"financien": 2}, "aantal": {"minstens": 2, "score": 3},
            },
            "dan": {"urgentie": Urgentie.SPOED.value, "wet": ["Wgs 4.", "Nog een."]},
        }  # fmt: skip
        assert "in de uitvraag staat niets over netwerk" in response.content.decode()

    def test_changes_one_line_and_leaves_the_rest(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        send(client, concept.pk, 1, leeftijd_tot="20")

        concept.refresh_from_db()
        assert concept.regels[0]["als"] == {"leeftijd_tot": 20}
        assert names(concept) == ["Jeugd", "Anders"]

    @pytest.mark.parametrize(
        ("facts", "veld", "zin"),
        [
            ({"naam": ""}, "naam", "Geef de regel een naam"),
            ({"naam": "x" * 201}, "naam", "ten hoogste 200"),
            ({"leeftijd_tot": "oud"}, "leeftijd_tot", "Vul een getal van 0 tot en met 120 in."),
            ({"leeftijd_van": "30"}, "leeftijd_tot", "komt nooit aan bod"),
            ({"themas": ["koken"]}, "themas", "Kies alleen iets uit de lijst."),
            ({"aantal_minstens": "2"}, "aantal_score", "Kies allebei"),
            ({"aantal_score": "2"}, "aantal_minstens", "Kies allebei"),
            ({"uitkomst": "", "bord": ""}, "uitkomst", "geeft geen advies"),
            ({"uitkomst": Uitkomst.INFORMATIE.value}, "bord", "Een team hoort bij"),
            ({"urgentie": Urgentie.CRISIS.value}, "urgentie", "hoort de crisisroute"),
            ({"wet": "\n".join("zin" + str(n) for n in range(9))}, "wet", "hoogstens 6 zinnen"),
            ({"wet": "x" * 300}, "wet", "hoogstens 200 tekens"),
            ({"termijnen": ["XX"]}, "termijnen", "Kies alleen iets uit de lijst."),
        ],
    )
    def test_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie, facts: dict[str, Any],
        veld: str, zin: str,
    ) -> None:  # fmt: skip
        response = send(client, concept.pk, 1, **({"naam": "Getypt"} | facts))

        assert response.status_code == 422
        assert zin in str(response.context["form"].errors[veld])
        if "naam" not in facts:
            assert 'value="Getypt"' in response.content.decode()
        assert names(concept) == ["Jeugd", "Anders"]

    def test_finds_a_contradiction_when_it_is_saved(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        response = client.post(
            url("rule_new", concept.pk),
            {"naam": "Baby", "na": digest(concept.regels[0]), "leeftijd_tot": "1", "uitkomst": "aanmeldoverleg", "bord": "volwassenen"},
            follow=True,
        )  # fmt: skip

        html = response.content.decode()
        assert "Let op: regel 2 klopt nog niet." in html
        assert "Regel 2 en regel 1 spreken elkaar tegen over het team" in html
        client.post(url("protocol_activate", concept.pk))
        concept.refresh_from_db()
        assert concept.status == ProtocolStatus.CONCEPT

    def test_the_second_writer_of_one_line_sees_both_and_chooses(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        mine = page_of(client, concept.pk, 1)
        send(client, concept.pk, 1, leeftijd_tot="20")
        response = client.post(url("rule_edit", concept.pk, 1), mine | {"leeftijd_tot": "15"})

        html = response.content.decode()
        assert response.status_code == 409
        assert "Nu staat er: Als hoogstens 20 jaar" in html
        assert 'value="15"' in html
        concept.refresh_from_db()
        assert concept.regels[0]["als"] == {"leeftijd_tot": 20}
        again = mine | {"leeftijd_tot": "15", "was": response.context["form"]["was"].value()}
        client.post(url("rule_edit", concept.pk, 1), again)
        concept.refresh_from_db()
        assert concept.regels[0]["als"] == {"leeftijd_tot": 15}

    def test_a_line_that_is_gone_leads_back(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        response = client.get(url("rule_edit", concept.pk, 9), follow=True)

        assert "Deze regel is er niet meer." in response.content.decode()


class TestLife:
    def test_copy_activate_and_compare(self, client: Client, kwartiermaker: Medewerker) -> None:
        response = client.post(url("protocol_copy", first_protocol().pk), follow=True)
        copy = Protocolversie.objects.get(nummer=2)
        assert response.request["PATH_INFO"] == url("protocol_edit", copy.pk)
        send(client, copy.pk, 10, leeftijd_tot="20")

        html = client.get(url("protocol_activate", copy.pk)).content.decode()
        assert "nog niet op proef geweest" in html
        assert "hoogstens 17 jaar" in html
        assert "hoogstens 20 jaar" in html
        client.post(url("protocol_activate", copy.pk))
        copy.refresh_from_db()
        assert (copy.status, first_protocol().status) == (ProtocolStatus.ACTIEF, ProtocolStatus.OUD)
        for vraag in ("", "?met=abc", f"?met={first_protocol().pk}"):
            assert "gewijzigd" in client.get(url("protocol_compare", copy.pk) + vraag).content.decode()
        assert client.get(url("protocol_compare", copy.pk) + "?met=999999").status_code == 404

    def test_puts_a_concept_away(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        html = client.post(url("protocol_discard", concept.pk), follow=True).content.decode()

        assert "Weggegooid, nooit gebruikt" in html

    @pytest.mark.parametrize("wie", [ToegangFactory, CoordinatorFactory, TeamlidFactory])
    def test_nobody_else_changes_anything(self, client: Client, concept: Protocolversie, wie: Any) -> None:
        client.force_login(wie())
        was = digest(concept.regels[0])
        for page, data in (
            (url("protocol_edit", concept.pk), {"actie": f"weg:{was}"}),
            (url("rule_new", concept.pk), {"naam": "Indringer", "uitkomst": "aanmeldoverleg"}),
            (
                url("rule_edit", concept.pk, 1),
                {"naam": "Indringer", "was": was, "uitkomst": "aanmeldoverleg"},
            ),
            (url("protocol_activate", concept.pk), {}),
            (url("protocol_copy", concept.pk), {}),
            (url("protocol_discard", concept.pk), {}),
        ):
            assert client.post(page, data).status_code == 404

        assert names(concept) == ["Jeugd", "Anders"]
        assert concept.status == ProtocolStatus.CONCEPT
        assert Protocolversie.objects.count() == 2
