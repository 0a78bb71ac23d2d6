"""Het mandaatregister: wie het leest, wie erin schrijft, en wat een verkeerd mandaat te horen krijgt."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skt.medewerkers.models import Mandaat, Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import MandaatFactory, MedewerkerFactory


@pytest.fixture
def beheerder(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER, organisatie="gemeente")


@pytest.fixture
def browser(client: Client, beheerder: Medewerker) -> Client:
    client.force_login(beheerder)
    return client


def text_of(response: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


class TestMandaten:
    def test_records_lists_and_ends(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.ZORGREGISSEUR)
        browser.post(
            reverse("mandaat_new", args=[medewerker.pk]),
            {
                "besluitnummer": "B-2026-77",
                "wet": "wmo",
                "product": "Begeleiding",
                "plafond": "7500",
                "van": "2026-01-01",
            },
        )
        mandaat = Mandaat.objects.get()

        assert "B-2026-77" in text_of(browser.get(reverse("mandaat_list")))
        assert "B-2026-77" in text_of(browser.get(reverse("medewerker_detail", args=[medewerker.pk])))

        browser.post(reverse("mandaat_end", args=[mandaat.pk]), {"tot": timezone.localdate().isoformat()})
        mandaat.refresh_from_db()
        assert mandaat.tot == timezone.localdate()
        assert set(Regel.objects.filter(actie__contains="mandaat").values_list("actie", flat=True)) == {
            "medewerkers.grant_mandaat",
            "medewerkers.end_mandaat",
        }

    def test_refuses_an_end_before_its_begin(self, browser: Client) -> None:
        mandaat = MandaatFactory()

        response = browser.post(reverse("mandaat_end", args=[mandaat.pk]), {"tot": "2025-01-01"})

        assert "na de begindatum" in text_of(response)
        mandaat.refresh_from_db()
        assert mandaat.tot is None

    def test_from_the_register_also_to_whom(self, browser: Client) -> None:
        medewerker = MedewerkerFactory(rol=Rol.ZORGREGISSEUR)
        MedewerkerFactory(rol=Rol.TEAMLID, voornaam="Tom")

        html = browser.get(reverse("mandaat_add")).content.decode()
        browser.post(
            reverse("mandaat_add"),
            {
                "medewerker": medewerker.pk, "besluitnummer": "B-2026-78", "wet": "wmo", "product": "Begeleiding",
                "plafond": "7500", "van": "2026-01-01",
            },
        )  # fmt: skip

        assert medewerker.naam in html
        assert "Tom" not in html
        assert Mandaat.objects.get().medewerker == medewerker

    @pytest.mark.parametrize(
        ("anders", "veld", "zin"),
        [
            ({"wet": "geen"}, "wet", ""),
            ({"plafond": "0"}, "plafond", "boven nul"),
            ({"plafond": "veel"}, "plafond", ""),
            ({"tot": "2025-01-01"}, "tot", "na de begindatum"),
            ({"product": "BEGELEIDING "}, "van", "al een mandaat"),
            ({"medewerker": "0"}, "medewerker", "uit de lijst"),
        ],
    )
    def test_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(
        self, browser: Client, anders: dict[str, str], veld: str, zin: str
    ) -> None:
        mandaat = MandaatFactory(product="Begeleiding")

        response = browser.post(
            reverse("mandaat_add"),
            {
                "medewerker": mandaat.medewerker_id, "besluitnummer": "B-2026-79", "wet": "wmo",
                "product": "Ander", "plafond": "7500", "van": "2026-01-01", **anders,
            },
        )  # fmt: skip

        assert zin in str(response.context["form"].errors[veld])
        assert "B-2026-79" in response.content.decode()
        assert Mandaat.objects.count() == 1

    def test_the_kwartiermaker_reads_the_register_and_changes_nothing(
        self, client: Client, systeem: object
    ) -> None:
        mandaat = MandaatFactory()
        client.force_login(MedewerkerFactory(rol=Rol.KWARTIERMAKER))

        html = client.get(reverse("mandaat_list")).content.decode()
        answers = [
            client.post(reverse("mandaat_end", args=[mandaat.pk]), {"tot": timezone.localdate().isoformat()}),
            client.post(reverse("mandaat_add"), {}),
        ]

        assert mandaat.besluitnummer in html
        assert "Beëindigen" not in html
        assert [answer.status_code for answer in answers] == [404, 404]
        assert "Mandaten" in client.get(reverse("inrichting")).content.decode()
        mandaat.refresh_from_db()
        assert mandaat.tot is None
