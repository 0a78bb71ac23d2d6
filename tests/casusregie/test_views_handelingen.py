"""Elke handeling op een casus: wie haar mag, wat ze doet, en dat niemand anders er iets mee verandert."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casusregie.models import Casus
from casusregie.status import CasusStatus
from skt.medewerkers.models import Medewerker
from tests.casusregie.test_views_casus import nood, url_of
from tests.factories.casusregie import ActieFactory, CasusFactory
from tests.factories.medewerkers import organisatie
from tests.factories.triage import CasusregisseurFactory, ProcesregisseurFactory

BEHEER = (
    "regie", "opschalen", "afschalen", "betrokken", "starten", "afbouwen", "hervatten", "nazorg",
    "uitnodigen", "afschermen", "opheffen",
)  # fmt: skip
MEEDOEN = ("actie", "notitie")


def morgen() -> str:
    return str(timezone.localdate() + timedelta(days=1))


def post(client: Client, wie: Medewerker, casus: Casus, pad: str, **data: Any) -> Any:
    client.force_login(wie)
    return client.post(f"{url_of(casus)}{pad}/", data)


def alle_paden(casus: Casus) -> list[str]:
    actie, deel = casus.acties.first(), casus.betrokkenheden.order_by("pk").last()
    return [
        *BEHEER,
        *MEEDOEN,
        f"actie/{actie.pk}/klaar",
        f"actie/{actie.pk}/vervalt",
        f"betrokken/{deel.pk}/stop",
        f"uitnodigen/{casus.agendapunt.casusregisseur_id}/intrekken",
    ]


class TestNobodyElse:
    @pytest.mark.parametrize("met_nood", [False, True])
    def test_reaches_or_changes_anything(
        self, casus: Casus, vreemde: Medewerker, client: Client, stand: Callable[[], Any], met_nood: bool
    ) -> None:
        """A stranger, with noodtoegang or without: every act is absent, and nothing changed."""
        if met_nood:
            nood(casus, vreemde)
            ActieFactory(casus=casus, medewerker=vreemde)
        before = stand()
        client.force_login(vreemde)
        for pad in alle_paden(casus):
            assert post(client, vreemde, casus, pad, tekst="x", reden="x").status_code == 404
            assert client.get(f"{url_of(casus)}{pad}/").status_code in (404, 405)
        assert stand() == before

    @pytest.mark.parametrize("pad", BEHEER)
    def test_who_only_helps_manages(
        self, casus: Casus, helper: Medewerker, client: Client, stand: Callable[[], Any], pad: str
    ) -> None:
        before = stand()
        assert post(client, helper, casus, pad).status_code == 404
        assert stand() == before

    def test_but_the_regisseur_shields(self, casus: Casus, coordinator: Medewerker, client: Client) -> None:
        assert post(client, coordinator, casus, "afschermen").status_code == 404
        casus.refresh_from_db()
        assert not casus.afgeschermd


class TestPages:
    @pytest.mark.parametrize("pad", [*BEHEER, *MEEDOEN])
    def test_open_for_the_regisseur(
        self, casus: Casus, regisseur: Medewerker, client: Client, pad: str
    ) -> None:
        client.force_login(regisseur)
        assert client.get(f"{url_of(casus)}{pad}/").status_code == 200


class TestActies:
    def test_are_not_said_to_need_nobody(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        """Of an organisatie somebody does it, so the label of the medewerker doesn't say ‘niet verplicht’."""
        client.force_login(regisseur)
        body = client.get(f"{url_of(casus)}actie/").content.decode()
        label = body[body.index("Welke medewerker?") :]
        assert "(niet verplicht)" not in label[: label.index("</label>")]
        assert "Alleen als een organisatie het doet." in body

    def test_are_added(self, casus: Casus, helper: Medewerker, client: Client) -> None:
        facts = {"wat": "Bel de school", "uitvoerder": "organisatie", "medewerker": helper.pk}
        response = post(client, helper, casus, "actie", uiterlijk=morgen(), **facts)
        assert response.url == url_of(casus)
        assert casus.acties.filter(wat="Bel de school", medewerker=helper).exists()

    def test_are_not_given_to_somebody_who_cannot_read_the_casus(
        self, casus: Casus, regisseur: Medewerker, vreemde: Medewerker, client: Client
    ) -> None:
        facts = {"wat": "Bel", "uitvoerder": "organisatie", "medewerker": vreemde.pk, "uiterlijk": morgen()}
        assert post(client, regisseur, casus, "actie", **facts).status_code == 422
        assert not casus.acties.filter(wat="Bel").exists()

    @pytest.mark.parametrize(
        "facts",
        [
            {},
            {"wat": "x", "uitvoerder": "organisatie"},
            {"wat": "x" * 300, "uitvoerder": "inwoner", "uiterlijk": "2030-01-01"},
            {"wat": "x", "uitvoerder": "inwoner", "uiterlijk": "2020-01-01"},
            {"wat": "x", "uitvoerder": "ander", "uiterlijk": "2030-01-01"},
            {"wat": "a\x00b", "uitvoerder": "inwoner", "uiterlijk": "2030-01-01"},
            {"wat": "x", "uitvoerder": "organisatie", "uiterlijk": "2030-01-01", "medewerker": "9" * 30},
        ],
    )
    def test_refuse_nonsense_on_the_form(
        self,
        casus: Casus,
        regisseur: Medewerker,
        client: Client,
        stand: Callable[[], Any],
        facts: dict[str, str],
    ) -> None:
        before = stand()
        assert post(client, regisseur, casus, "actie", **facts).status_code == 422
        assert stand() == before

    def test_are_done_with_one_click(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        extra = ActieFactory(casus=casus)
        assert post(client, regisseur, casus, f"actie/{extra.pk}/klaar").url == url_of(casus)
        extra.refresh_from_db()
        assert extra.status == "klaar"

    def test_ask_for_the_next_one_when_it_is_the_last(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        laatste = casus.acties.get()
        pad = f"actie/{laatste.pk}/klaar"
        eerst = post(client, regisseur, casus, pad)
        assert eerst.status_code == 422
        assert "Voeg eerst een nieuwe toe" in eerst.content.decode()
        facts = {"wat": "Bel over een week", "uitvoerder": "inwoner", "uiterlijk": morgen()}
        assert post(client, regisseur, casus, pad, **facts).url == url_of(casus)
        assert casus.acties.open().get().wat == "Bel over een week"

    def test_are_dropped_with_a_reason(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        extra = ActieFactory(casus=casus)
        pad = f"actie/{extra.pk}/vervalt"
        assert post(client, regisseur, casus, pad).status_code == 422
        assert post(client, regisseur, casus, pad, toelichting="Niet nodig").url == url_of(casus)

    def test_of_another_are_absent_for_a_helper(
        self, casus: Casus, helper: Medewerker, client: Client, stand: Callable[[], Any]
    ) -> None:
        ActieFactory(casus=casus)
        before = stand()
        assert post(client, helper, casus, f"actie/{casus.acties.first().pk}/klaar").status_code == 404
        assert stand() == before

    def test_of_another_casus_are_absent(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        ander = CasusFactory().acties.get()
        assert post(client, regisseur, casus, f"actie/{ander.pk}/klaar").status_code == 404


class TestNotitie:
    def test_is_added_by_a_helper(self, casus: Casus, helper: Medewerker, client: Client) -> None:
        assert post(client, helper, casus, "notitie", tekst="Gebeld.").url == url_of(casus)
        assert casus.notities.get().medewerker == helper

    def test_is_not_empty(self, casus: Casus, helper: Medewerker, client: Client) -> None:
        assert post(client, helper, casus, "notitie", tekst="  ").status_code == 422


class TestRegie:
    def test_goes_to_another_and_the_old_one_to_the_list(self, systeem: Any, client: Client) -> None:
        casus = CasusFactory()
        oude, nieuwe = casus.agendapunt.casusregisseur, CasusregisseurFactory(organisatie="mee")
        Casus.objects.filter(pk=casus.pk).update(afgeschermd=True)
        response = post(client, oude, casus, "regie", medewerker=nieuwe.pk, reden="Verhuisd")
        assert response.url == "/casussen/"
        casus.refresh_from_db()
        assert casus.regisseurs == [nieuwe.pk]

    def test_scales_up_and_down(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        proces = ProcesregisseurFactory(organisatie="gemeente")
        facts = {"aanleiding": "veiligheid", "besproken_met": "politie", "evaluatie_op": morgen()}
        assert (
            post(client, regisseur, casus, "opschalen", procesregisseur=proces.pk, **facts).status_code == 302
        )
        casus.refresh_from_db()
        assert casus.regieniveau == "procesregie"
        assert post(client, proces, casus, "afschalen", **facts).status_code == 302
        casus.refresh_from_db()
        assert casus.regieniveau == "casusregie"

    def test_refuses_an_older_page(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        response = post(client, regisseur, casus, "afbouwen", versie=casus.versie + 1)
        assert response.status_code == 422
        assert "Een collega heeft deze casus net gewijzigd" in response.content.decode()
        casus.refresh_from_db()
        assert casus.status == CasusStatus.LOPEND


class TestMeedoen:
    def test_begins_and_ends(self, casus: Casus, regisseur: Medewerker, client: Client) -> None:
        mee = organisatie("mee")
        assert post(client, regisseur, casus, "betrokken", organisatie=mee.pk, rol="Coach").status_code == 302
        deel = casus.betrokkenheden.get(organisatie=mee)
        assert post(client, regisseur, casus, f"betrokken/{deel.pk}/stop").status_code == 302
        deel.refresh_from_db()
        assert deel.tot is not None

    def test_of_the_regisseur_stays_with_a_sentence(
        self, casus: Casus, regisseur: Medewerker, client: Client
    ) -> None:
        eigen = casus.betrokkenheden.get(organisatie=regisseur.moederorganisatie)
        response = post(client, regisseur, casus, f"betrokken/{eigen.pk}/stop")
        assert "Draag de regie eerst over" in response.content.decode()

    def test_refuses_a_medewerker_of_another_organisation(
        self, casus: Casus, regisseur: Medewerker, helper: Medewerker, client: Client
    ) -> None:
        facts = {"organisatie": organisatie("mee").pk, "medewerker": helper.pk, "rol": "Coach"}
        response = post(client, regisseur, casus, "betrokken", **facts)
        assert response.status_code == 422
        assert "werkt niet voor" in response.context["form"].errors["medewerker"][0]
        assert not casus.betrokkenheden.filter(organisatie=organisatie("mee")).exists()

    def test_on_invitation_begins_and_ends(
        self, casus: Casus, regisseur: Medewerker, vreemde: Medewerker, client: Client
    ) -> None:
        assert post(client, regisseur, casus, "uitnodigen", medewerker=vreemde.pk).status_code == 302
        client.force_login(vreemde)
        assert client.get(url_of(casus)).status_code == 200
        assert post(client, regisseur, casus, f"uitnodigen/{vreemde.pk}/intrekken").status_code == 302
        client.force_login(vreemde)
        assert client.get(url_of(casus)).status_code == 404

    def test_shielding_closes_and_opens(
        self, casus: Casus, regisseur: Medewerker, helper: Medewerker, client: Client
    ) -> None:
        post(client, regisseur, casus, "afschermen")
        client.force_login(helper)
        assert client.get(url_of(casus)).status_code == 404
        post(client, regisseur, casus, "opheffen")
        client.force_login(helper)
        assert client.get(url_of(casus)).status_code == 200


class TestLevensloop:
    def test_from_start_to_the_end(self, systeem: Any, client: Client) -> None:
        casus = CasusFactory(in_opstart=True)
        wie = casus.agendapunt.casusregisseur
        for pad in ("starten", "afbouwen", "hervatten"):
            assert post(client, wie, casus, pad).status_code == 302
        assert post(client, wie, casus, "nazorg", maanden=1).status_code == 422
        assert post(client, wie, casus, "nazorg", maanden=1, rond_acties_af="on").status_code == 302
        contact = casus.nazorg.get()
        facts = {"resultaat": "redt zich zonder hulp"}
        assert post(client, wie, casus, f"nazorg/{contact.pk}", **facts).url == url_of(casus)
        casus.refresh_from_db()
        assert casus.status == CasusStatus.AFGESLOTEN

    def test_says_what_cannot_happen_now(
        self, casus: Casus, regisseur: Medewerker, client: Client, stand: Callable[[], Any]
    ) -> None:
        before = stand()
        for pad in ("starten", "hervatten"):
            response = post(client, regisseur, casus, pad)
            assert response.status_code == 422
            assert "kan niet meer" in response.content.decode()
        assert stand() == before
