"""De besluitenlijst: op het scherm en op papier, leesbaar voor iedereen, en zonder wat daar niet hoort."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from intake.services import close_in_chain
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from skt.web import papier
from tests.factories.medewerkers import organisatie
from tests.factories.triage import (
    DONDERDAG,
    CasusregisseurFactory,
    CoordinatorFactory,
    OverlegFactory,
    TeamlidFactory,
    open_punt,
)
from triage.models import Agendapunt, Besluit
from triage.services import decide

pytestmark = pytest.mark.usefixtures("alleen_triage")


def decided(als: Any, coordinator: Medewerker, **more: Any) -> Agendapunt:
    punt = open_punt(**more)
    regisseur = CasusregisseurFactory(organisatie="smow")
    with als(coordinator):
        return decide(
            agendapunt=punt,
            besluit=Besluit.CASUSREGIE,
            actor=coordinator,
            at=DONDERDAG,
            casusregisseur=regisseur,
            partij=organisatie("smow"),
            uiterlijk=DONDERDAG.date(),
        )


def page_url(punt: Agendapunt) -> str:
    return reverse("triage:besluiten", args=[punt.overleg_id])


def pdf_url(punt: Agendapunt) -> str:
    return reverse("triage:besluiten_pdf", args=[punt.overleg_id])


def read(response: Any) -> PdfReader:
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content))


def text_of(response: Any) -> str:
    return "\n".join(blad.extract_text() for blad in read(response).pages)


class TestBesluiten:
    def test_shows_numbers_and_besluiten_and_no_names(
        self, client: Client, als: Any, coordinator: Medewerker
    ) -> None:
        punt = decided(als, coordinator, melding__hulpvraag="De huur is drie maanden niet betaald.")
        nog_open = open_punt(overleg=punt.overleg)

        html = client.get(page_url(punt)).content.decode()

        melding = punt.aanmelding.melding
        assert melding.nummer in html
        assert nog_open.aanmelding.melding.nummer in html
        assert str(punt.casusregisseur) in html
        assert melding.inwoner.achternaam not in html
        assert "huur" not in html

    def test_keeps_the_number_of_a_melding_that_closed(
        self, client: Client, als: Any, coordinator: Medewerker
    ) -> None:
        punt = decided(als, coordinator)
        with als(coordinator):
            close_in_chain(
                melding=punt.aanmelding.melding, actor=coordinator, at=DONDERDAG, toelichting="Casus geopend."
            )

        client.force_login(CoordinatorFactory())
        html = client.get(page_url(punt)).content.decode()

        assert punt.aanmelding.melding.nummer in html

    def test_logs_what_was_read(self, client: Client, als: Any, coordinator: Medewerker) -> None:
        punt = decided(als, coordinator)

        client.get(page_url(punt))
        client.get(pdf_url(punt))

        for action in ("triage.besluitenlijst", "triage.besluitenlijst_pdf"):
            regel = Regel.objects.get(actie=action)
            assert (regel.object_id, regel.inwoner_id) == (
                punt.aanmelding_id,
                punt.aanmelding.melding.inwoner_id,
            )

    def test_is_not_there_for_another_team(self, client: Client, als: Any, coordinator: Medewerker) -> None:
        punt = decided(als, coordinator)
        client.force_login(TeamlidFactory(team="jeugd"))

        assert client.get(page_url(punt)).status_code == 404
        assert client.get(pdf_url(punt)).status_code == 404
        assert not Regel.objects.filter(actie__startswith="triage.besluitenlijst", soort="lezen").exists()

    @pytest.mark.parametrize("aantal", [3, 12])
    def test_asks_as_much_for_many_as_for_few(
        self, client: Client, coordinator: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        overleg = OverlegFactory()
        for _ in range(aantal):
            open_punt(overleg=overleg)
        url = reverse("triage:besluiten", args=[overleg.pk])
        client.get(url)

        with django_assert_max_num_queries(22):
            assert client.get(url).status_code == 200


class TestBesluitenPdf:
    def test_is_tagged_named_and_dutch(self, client: Client, als: Any, coordinator: Medewerker) -> None:
        pdf = read(client.get(pdf_url(decided(als, coordinator))))

        root = pdf.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "nl-NL"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert pdf.metadata is not None
        assert pdf.metadata.title == "Besluitenlijst aanmeldoverleg volwassenen"
        assert "pdfuaid" in (pdf.xmp_metadata.stream.get_data().decode() if pdf.xmp_metadata else "")
        assert {"/Document", "/H1", "/Table", "/TH", "/TD"} <= set(tags(root["/StructTreeRoot"]))

    def test_says_what_was_decided_without_a_name(
        self, client: Client, als: Any, coordinator: Medewerker
    ) -> None:
        punt = decided(als, coordinator, melding__hulpvraag="De huur is drie maanden niet betaald.")

        text = text_of(client.get(pdf_url(punt)))

        melding = punt.aanmelding.melding
        for woord in (melding.nummer, "Casusregie beleggen", "SMOW", str(punt.casusregisseur), "5 nov 2026"):
            assert woord in text
        for woord in (melding.inwoner.achternaam, "huur", melding.inwoner.postcode):
            assert woord not in text

    def test_takes_text_as_text(self, client: Client, coordinator: Medewerker) -> None:
        overleg = OverlegFactory(plaats='#read("/etc/passwd") *vet* $x$')
        punt = open_punt(overleg=overleg)

        assert '#read("/etc/passwd") *vet* $x$' in text_of(client.get(pdf_url(punt)))

    def test_is_kept_by_no_browser(self, client: Client, als: Any, coordinator: Medewerker) -> None:
        response = client.get(pdf_url(decided(als, coordinator)))

        assert "no-store" in response["Cache-Control"]
        assert response["Content-Disposition"].endswith('"besluitenlijst-volwassenen-2026-11-05.pdf"')

    def test_says_so_when_it_cannot_be_made(
        self, client: Client, als: Any, coordinator: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        punt = decided(als, coordinator)
        monkeypatch.setattr(papier, "SECONDEN", 0.001)

        response = client.get(pdf_url(punt), follow=True)

        assert "duurt te lang" in response.content.decode()
        assert not Regel.objects.filter(actie="triage.besluitenlijst_pdf").exists()

    def test_refuses_what_does_not_fit(self) -> None:
        with pytest.raises(papier.PaperTooLong, match="te veel"):
            papier.make_pdf("besluitenlijst.typ", {"titel": "x" * papier.MAX_GEGEVENS}, at=DONDERDAG)

    def test_fails_whole_when_data_are_missing(self) -> None:
        with pytest.raises(papier.PaperFailed):
            papier.make_pdf("besluitenlijst.typ", {"titel": "Leeg"}, at=DONDERDAG)


def tags(node: Any) -> list[str]:
    """The kinds of all structure elements, from the top down."""
    node = node.get_object()
    if isinstance(node, list):
        return [kind for child in node for kind in tags(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (tags(node["/K"]) if "/K" in node else [])
