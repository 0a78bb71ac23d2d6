"""Wat het gesprek sneller maakt en wie er meekijkt: standaardteksten, bevestiging, vervolgroutes en aanwezigheid."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from intake.aanwezigheid import others_in, show_up
from intake.models import Concept, Melding, Standaardtekst
from intake.status import MeldingStatus
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from tests.factories.medewerkers import MedewerkerFactory


class TestStandaardteksten:
    @pytest.fixture
    def inrichter(self, client: Client, systeem: Werkcontext) -> Client:
        client.force_login(MedewerkerFactory(rol=Rol.KWARTIERMAKER))
        return client

    def test_are_written_and_stand_in_the_call(
        self, inrichter: Client, loket: Medewerker, concept: Concept
    ) -> None:
        new = {"titel": "Wachttijd", "tekst": "Het duurt nu twee weken.", "in_gebruik": "on"}
        assert inrichter.post(reverse("intake:standaardtekst_new"), new).status_code == 302

        aan = Client()
        aan.force_login(loket)
        page = aan.get(reverse("intake:contact", kwargs={"sleutel": concept.sleutel})).content.decode()
        assert "Het duurt nu twee weken." in page

    def test_a_title_is_used_once(self, inrichter: Client) -> None:
        titel = Standaardtekst.objects.order_by("pk")[0].titel
        response = inrichter.post(reverse("intake:standaardtekst_new"), {"titel": titel, "tekst": "x"})

        assert response.status_code == 422
        assert "al een standaardtekst met deze titel" in response.content.decode()

    def test_out_of_use_leaves_the_call(self, inrichter: Client) -> None:
        tekst = Standaardtekst.objects.in_use()[0]
        inrichter.post(
            reverse("intake:standaardtekst_edit", args=[tekst.pk]),
            {"titel": tekst.titel, "tekst": tekst.tekst, "gelezen": tekst.stand},
        )

        assert tekst not in Standaardtekst.objects.in_use()

    def test_a_colleague_who_saved_first_is_not_overwritten(self, inrichter: Client) -> None:
        tekst = Standaardtekst.objects.in_use()[0]
        url = reverse("intake:standaardtekst_edit", args=[tekst.pk])
        facts = {"titel": tekst.titel, "in_gebruik": "on", "gelezen": tekst.stand}
        assert inrichter.post(url, {**facts, "tekst": "Van de een."}).status_code == 302

        te_laat = inrichter.post(url, {**facts, "tekst": "Van de ander."})

        html = te_laat.content.decode()
        assert (te_laat.status_code, "Van de een." in html, "Van de ander." in html) == (422, True, True)
        tekst.refresh_from_db()
        assert tekst.tekst == "Van de een."
        nog_eens = {**facts, "tekst": "Van de ander.", "gelezen": te_laat.context["form"]["gelezen"].value()}
        assert inrichter.post(url, nog_eens).status_code == 302

    def test_the_loket_itself_does_not_write_them(self, aan: Client) -> None:
        count = Standaardtekst.objects.count()
        assert aan.post(reverse("intake:standaardtekst_new"), {"titel": "x", "tekst": "y"}).status_code == 404
        assert Standaardtekst.objects.count() == count


class TestRoutes:
    @pytest.mark.parametrize("route", ["terugbellen", "afspraak", "later"])
    def test_keep_it_open_and_own(
        self,
        aan: Client,
        concept: Concept,
        verzonden: Callable[..., dict[str, Any]],
        loket: Medewerker,
        route: str,
    ) -> None:
        response = aan.post(
            reverse("intake:contact", kwargs={"sleutel": concept.sleutel}), verzonden(concept, route)
        )

        assert response.status_code == 302
        melding = Melding.objects.get()
        assert (melding.status, melding.verantwoordelijke) == (MeldingStatus.OPEN, loket)
        assert melding.nummer in response["Location"]
        assert (
            "Afspraak" in melding.volgende_stap
            if route == "afspraak"
            else "Terugbellen" in melding.volgende_stap
        )


class TestConfirmation:
    def test_names_the_number_and_nobody(
        self, aan: Client, loket: Medewerker, nieuwe_melding: Callable[..., Melding]
    ) -> None:
        melding = nieuwe_melding(loket)
        page = aan.get(reverse("intake:melding_confirmation", args=[melding.nummer])).content.decode()

        assert f"Uw nummer is {melding.nummer}." in page
        assert "subject=Uw%20vraag%20aan%20het%20loket&amp;" in page
        assert "Verhage" not in page
        assert melding.hulpvraag not in page


class TestPresence:
    def test_a_colleague_is_seen_and_oneself_not(
        self, aan: Client, loket: Medewerker, collega: Medewerker, nieuwe_melding: Callable[..., Melding]
    ) -> None:
        melding = nieuwe_melding(loket)
        theirs = Client()
        theirs.force_login(collega)
        theirs.get(reverse("intake:melding_detail", args=[melding.nummer]))

        page = aan.get(reverse("intake:melding_detail", args=[melding.nummer])).content.decode()
        assert "Nu ook in deze melding" in page
        assert collega.achternaam in page
        assert "Nu open bij" in aan.get(reverse("intake:worklist")).content.decode()

        others = aan.get(reverse("intake:melding_presence", args=[melding.nummer])).content.decode()
        assert loket.achternaam not in others

    def test_without_valkey_nobody_is_seen_and_nothing_breaks(self, loket: Medewerker) -> None:
        with override_settings(REDIS_URL="redis://127.0.0.1:1/0"):
            show_up(1, 2)
            assert others_in([1], loket.pk) == {}
