"""De toelichting van het beleid bij een figuur: wie haar schrijft, wie haar leest, en twee tegelijk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rapportage.beeld.plannen import PLANNEN
from rapportage.models import Toelichting
from skt.medewerkers.models import Rol
from skt.verantwoording.models import Regel
from tests.rapportage.scherm import ROUTE, TOELICHTING, page, quarter


@pytest.mark.django_db(databases=["default", "rapport"])
@pytest.mark.usefixtures("een_verbinding")
class TestToelichting:
    def test_stands_below_its_figure_for_everybody_who_reads(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        response = client.post(
            TOELICHTING, {"tekst": "De campagne van juli.\n\nEn <b>meer</b>.", "versie": "0"}
        )

        assert response.status_code == 302
        assert response["Location"] == "/stuurinformatie/thema/route/?periode=2026-K3#figuur-route-route"
        als_rol(Rol.TEAMCOORDINATOR)
        shown = page(client.get(ROUTE))
        assert "<p>De campagne van juli.</p>" in shown
        assert "En &lt;b&gt;meer&lt;/b&gt;." in shown
        assert "Toelichting wijzigen" not in shown
        regel = Regel.objects.get(actie="rapportage.write_toelichting")
        assert regel.gegevens == {"figuur": "route-route", "periode": "2026-K3", "versie": 1}

    def test_stays_with_its_own_period(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)
        client.post(TOELICHTING, {"tekst": "De campagne van juli.", "versie": "0"})

        assert "campagne" not in page(client.get(ROUTE, {"periode": "2025-K3"}))

    def test_warns_not_to_write_about_people(self, client: Client, als_rol: Any) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert "Schrijf niet over mensen" in page(client.get(TOELICHTING))

    def test_who_saves_second_sees_the_first_and_keeps_what_was_typed(
        self, client: Client, als_rol: Any
    ) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)
        client.post(TOELICHTING, {"tekst": "Van de een.", "versie": "0"})
        als_rol(Rol.BELEIDSMEDEWERKER)

        shown = page(client.post(TOELICHTING, {"tekst": "Van de ander.", "versie": "0"}))

        assert "heeft deze toelichting net opgeslagen" in shown
        assert "Van de ander." in shown
        assert "Van de een." in shown
        assert [t.tekst for t in Toelichting.objects.all()] == ["Van de een."]
        assert client.post(TOELICHTING, {"tekst": "Van de ander.", "versie": "1"}).status_code == 302
        assert [t.tekst for t in Toelichting.objects.order_by("versie")] == ["Van de een.", "Van de ander."]

    def test_is_taken_back_by_an_empty_one_that_stays_as_a_version(
        self, client: Client, als_rol: Any
    ) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)
        client.post(TOELICHTING, {"tekst": "Klopt niet.", "versie": "0"})
        client.post(TOELICHTING, {"tekst": "  ", "versie": "1"})

        assert "Klopt niet." not in page(client.get(ROUTE))
        assert "Klopt niet." in page(client.get(TOELICHTING))

    @pytest.mark.parametrize(
        ("gegevens", "zin"),
        [
            ({"tekst": "x" * 2001, "versie": "0"}, "Dit zijn 2001 tekens"),
            ({"tekst": "met een \x00", "versie": "0"}, "Er staat een teken in dat we niet kunnen bewaren."),
        ],
    )
    def test_says_at_the_field_what_is_wrong(
        self, client: Client, als_rol: Any, gegevens: dict[str, str], zin: str
    ) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        response = client.post(TOELICHTING, gegevens)

        assert response.status_code == 200
        assert zin in page(response)
        assert not Toelichting.objects.exists()

    @pytest.mark.parametrize("versie", ["", "x", "-1", "99999999999999999999", "\x00"])
    def test_nonsense_for_a_version_changes_nothing(self, client: Client, als_rol: Any, versie: str) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert client.post(TOELICHTING, {"tekst": "Tekst.", "versie": versie}).status_code == 200
        assert not Toelichting.objects.exists()

    @pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.BELEIDSMEDEWERKER])
    def test_is_written_by_policy_alone(self, client: Client, als_rol: Any, rol: Rol) -> None:
        quarter()
        als_rol(rol)

        assert client.post(TOELICHTING, {"tekst": "Van een ander.", "versie": "0"}).status_code == 404
        assert not Toelichting.objects.exists()

    @pytest.mark.parametrize(
        "pad",
        [
            "2026-K3/onbekend",
            "2026-K1/route-route",
            "2026-13/route-route",
            "x/route-route",
            "%00/route-route",
        ],
    )
    def test_is_404_for_what_is_not_there(self, client: Client, als_rol: Any, pad: str) -> None:
        quarter()
        als_rol(Rol.BELEIDSMEDEWERKER)

        assert client.get(f"/stuurinformatie/toelichting/{pad}/").status_code == 404

    def test_every_figure_has_a_place_for_one(self) -> None:
        for code in PLANNEN:
            assert reverse("rapportage:toelichting_edit", args=["2026-K3", code])
