"""Wat er samen is toegekend: het plafond geldt voor één inwoner en product, en een lijst toont hoe vol het is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Melding
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MandaatFactory
from tests.factories.triage import ToegangFactory
from tests.fixtures import MAANDAG
from tests.triage.test_toekennen import VERZOEK, Als, run
from triage.models import Bedragperiode, Toekenning
from triage.services import ToekenningRefused


@pytest.fixture
def melding(systeem: Any) -> Melding:
    return MeldingFactory(in_triage=True, inwoner=InwonerFactory(voornamen="Anna Maria"))


class TestTogether:
    """The ceiling holds for one inwoner and product: also cut in two, and also by two colleagues."""

    def test_what_runs_already_counts_whoever_granted_it(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        collega = ToegangFactory()
        MandaatFactory(medewerker=toegang)
        MandaatFactory(medewerker=collega, plafond=20_000)
        run(als, MeldingFactory(in_triage=True, inwoner=melding.inwoner), collega, VERZOEK)

        with pytest.raises(ToekenningRefused) as refused:
            run(als, melding, toegang, replace(VERZOEK, van=date(2027, 10, 1), tot_en_met=date(2028, 12, 31)))

        assert refused.value.veld == "bedrag"
        assert "al € 6.240 per jaar toegekend, door u of een collega. Samen wordt dat € 12.480" in str(
            refused.value
        )
        assert Toekenning.objects.count() == 1
        run(als, melding, toegang, replace(VERZOEK, bedrag=Decimal(72)))
        assert Toekenning.objects.count() == 2

    def test_another_product_inwoner_or_period_does_not_count(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang)
        MandaatFactory(medewerker=toegang, product="Dagbesteding")
        run(als, melding, toegang, VERZOEK)

        nog = {"product": "Dagbesteding"}
        later = {"van": date(2028, 7, 1), "tot_en_met": date(2028, 12, 31)}
        for inwoner, anders, at in (
            (melding.inwoner, nog, MAANDAG),
            (InwonerFactory(voornamen="Bea"), {}, MAANDAG),
            (melding.inwoner, later, MAANDAG.replace(year=2027)),
        ):
            volgende = MeldingFactory(in_triage=True, inwoner=inwoner)
            run(als, volgende, toegang, replace(VERZOEK, **anders), at=at)

        assert Toekenning.objects.count() == 4

    def test_what_is_given_once_weighs_for_a_year(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang)
        eens = replace(
            VERZOEK,
            bedrag=Decimal(6000),
            per=Bedragperiode.TOTAAL,
            van=date(2026, 11, 9),
            tot_en_met=date(2026, 11, 9),
        )
        run(als, melding, toegang, eens)
        volgende = MeldingFactory(in_triage=True, inwoner=melding.inwoner)

        with pytest.raises(ToekenningRefused, match=r"Samen wordt dat € 12\.000"):
            run(als, volgende, toegang, replace(eens, van=date(2026, 12, 1), tot_en_met=date(2026, 12, 1)))
        later = MAANDAG.replace(year=2027)
        run(
            als,
            volgende,
            toegang,
            replace(eens, van=date(2027, 11, 9), tot_en_met=date(2027, 11, 9)),
            at=later,
        )

        assert Toekenning.objects.count() == 2


class TestOverview:
    def test_shows_own_and_the_organisations_and_how_full_the_ceiling_is(
        self,
        als: Als,
        client: Client,
        melding: Melding,
        toegang: Medewerker,
        django_assert_max_num_queries: Any,
    ) -> None:
        mandaat = MandaatFactory(medewerker=toegang)
        run(als, melding, toegang, VERZOEK)
        run(
            als,
            MeldingFactory(in_triage=True, inwoner=melding.inwoner),
            toegang,
            replace(VERZOEK, bedrag=Decimal(10)),
        )
        client.force_login(toegang)
        url = reverse("triage:toekenning_list")

        with django_assert_max_num_queries(22):
            html = client.get(url).content.decode()

        assert html.count("67%") == 3
        assert "€ 6.760 van € 10.000 per jaar" in html
        assert (
            "2 toekenningen"
            in client.get(url, {"mandaat": mandaat.pk, "wie": "mij", "wet": "wmo"}).content.decode()
        )
        for vraag in ({"wet": "jeugdwet"}, {"product": "bad"}, {"tot_en_met": "1-1-2020"}):
            assert "Niets gevonden" in client.get(url, vraag).content.decode()
        assert client.get(url, {"mandaat": "9" * 40, "van": "x", "na": "x"}).status_code == 200

    def test_another_organisation_sees_none_of_it(
        self, als: Als, client: Client, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang)
        run(als, melding, toegang, VERZOEK)
        client.force_login(ToegangFactory(organisatie="mee"))

        html = client.get(reverse("triage:toekenning_list")).content.decode()

        assert melding.nummer not in html
        assert "nog niets toegekend" in html

    def test_says_at_the_field_that_a_day_cannot_be_read(self, client: Client, toegang: Medewerker) -> None:
        html = client.get(reverse("triage:toekenning_list"), {"van": "31-31-2026"}).content.decode()

        assert 'value="31-31-2026"' in html
        zin = html.partition('id="id_van_error"')[2].partition("</div>")[0]
        assert "Schrijf de dag als dag-maand-jaar, bijvoorbeeld 3-11-2026." in zin
