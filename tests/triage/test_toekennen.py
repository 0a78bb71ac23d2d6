"""Zelfstandig toekennen: elke grens van het mandaat, wat er bewaard blijft, en wat het formulier toont."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from intake.services import start_termijn
from intake.status import MeldingStatus
from skt.kern.geld import euro, parse_euro
from skt.medewerkers.models import Mandaat, Medewerker, Wet
from skt.verantwoording.models import Regel
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import BsnFactory, InwonerFactory
from tests.factories.medewerkers import MandaatFactory
from tests.factories.triage import ToegangFactory, TriageFactory
from tests.fixtures import MAANDAG
from triage.models import (
    Aanmelding,
    Afwijkreden,
    Bedragperiode,
    Ernst,
    Nuldelijn,
    Toekenning,
    Triage,
    Uitkomst,
    Urgentie,
)
from triage.services import MandaatMissing, ToekenningRefused, Toekenningsverzoek, do_triage

Als = Callable[[Medewerker], AbstractContextManager[Any]]
PRODUCT = "Individuele begeleiding"
VERZOEK = Toekenningsverzoek(
    wet=Wet.WMO, product=PRODUCT, bedrag=Decimal(120), per=Bedragperiode.WEEK,
    van=date(2026, 11, 9), tot_en_met=date(2028, 6, 30),
)  # fmt: skip


@pytest.fixture
def melding(systeem: Any) -> Melding:
    return MeldingFactory(in_triage=True, inwoner=InwonerFactory(voornamen="Anna Maria"))


def run(
    als: Als, melding: Melding, actor: Medewerker, verzoek: Toekenningsverzoek | None, **facts: Any
) -> Triage:
    default = {
        "ernst": Ernst.MATIG, "urgentie": Urgentie.REGULIER, "nuldelijn": Nuldelijn.PAST_NIET,
        "nuldelijn_toelichting": "Alles is al geprobeerd.", "uitkomst": Uitkomst.TOEKENNEN, "at": MAANDAG,
        "afwijkreden": Afwijkreden.MEER_BEKEND, "ernaast": "ja",
    }  # fmt: skip
    with als(actor):
        return do_triage(melding=melding, actor=actor, toekenning=verzoek, **{**default, **facts})


def nothing_granted(melding: Melding) -> bool:
    melding.refresh_from_db()
    return (
        melding.status == MeldingStatus.IN_TRIAGE
        and not Triage.objects.exists()
        and not Toekenning.objects.exists()
        and not Aanmelding.objects.exists()
        and not melding.termijnen.exists()
        and not Regel.objects.filter(actie__in=["triage.do_triage", "triage.grant"]).exists()
    )


class TestGrant:
    def test_keeps_the_decision_with_its_mandaat_and_closes_the_melding(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        mandaat = MandaatFactory(medewerker=toegang)

        triage = run(als, melding, toegang, VERZOEK)

        toekenning = Toekenning.objects.get()
        assert (toekenning.triage, toekenning.mandaat) == (triage, mandaat)
        assert (toekenning.wet, toekenning.product, toekenning.bedrag, toekenning.per) == (
            "wmo", PRODUCT, Decimal(120), "per week",
        )  # fmt: skip
        assert (toekenning.van, toekenning.tot_en_met) == (VERZOEK.van, VERZOEK.tot_en_met)
        assert toekenning.besluitdatum == MAANDAG.date()
        melding.refresh_from_db()
        assert melding.status == MeldingStatus.GESLOTEN
        assert "Toegekend: Individuele begeleiding (Wmo), € 120 per week" in melding.afhandeling_toelichting
        assert "Bezwaar kan tot en met 14 dec 2026" in melding.afhandeling_toelichting

    def test_starts_six_weeks_to_object_and_a_second_look_within_a_year(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang)

        run(als, melding, toegang, VERZOEK)

        termijnen = {t.soort_id: t.uiterlijk for t in melding.termijnen.all()}
        assert termijnen == {"AWB-BEZW": date(2026, 12, 14), "WMO-HERZ": date(2027, 11, 2)}
        toekenning = Toekenning.objects.get()
        assert (toekenning.bezwaar_tot, toekenning.heroverwegen_op) == (
            date(2026, 12, 14), date(2027, 11, 2),
        )  # fmt: skip

    def test_what_ends_within_the_year_needs_no_second_look(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang)

        run(als, melding, toegang, replace(VERZOEK, tot_en_met=date(2027, 3, 1)))

        assert [t.soort_id for t in melding.termijnen.all()] == ["AWB-BEZW"]

    def test_meets_the_terms_that_asked_for_it(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        MandaatFactory(medewerker=toegang)
        with als(toegang):
            for code in ("WMO-OND", "WMO-BESL", "WMO-PLAN"):
                start_termijn(melding=melding, actor=toegang, at=MAANDAG, code=code)

        run(als, melding, toegang, VERZOEK, at=MAANDAG + timedelta(days=3))

        voldaan = {t.soort_id: t.voldaan_op for t in melding.termijnen.all()}
        dag = MAANDAG.date() + timedelta(days=3)
        assert voldaan == {
            "WMO-OND": dag, "WMO-BESL": dag, "WMO-PLAN": None, "AWB-BEZW": None, "WMO-HERZ": None,
        }  # fmt: skip

    def test_writes_the_mandaat_in_the_log_and_no_amount(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang)

        run(als, melding, toegang, VERZOEK)

        regel = Regel.objects.get(actie="triage.grant")
        assert (regel.medewerker_id, regel.inwoner_id) == (toegang.pk, melding.inwoner_id)
        assert regel.gegevens == {"mandaat": "B-2026-014", "wet": "wmo", "melding": melding.nummer}

    @pytest.mark.parametrize("bedrag", ["833.33", "833.00"])
    def test_exactly_the_ceiling_is_within(
        self, als: Als, melding: Melding, toegang: Medewerker, bedrag: str
    ) -> None:
        MandaatFactory(medewerker=toegang, plafond=Decimal("9999.96"))

        run(als, melding, toegang, replace(VERZOEK, bedrag=Decimal(bedrag), per=Bedragperiode.MAAND))

        assert Toekenning.objects.exists()

    def test_takes_the_mandaat_that_fits_of_several(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang, wet=Wet.JEUGDWET, plafond=90_000)
        past = MandaatFactory(medewerker=toegang)
        MandaatFactory(medewerker=toegang, product="Dagbesteding", plafond=50_000)

        run(als, melding, toegang, VERZOEK)

        assert Toekenning.objects.get().mandaat == past

    def test_the_last_day_of_the_mandaat_counts(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang, tot=VERZOEK.tot_en_met + timedelta(days=1))

        run(als, melding, toegang, VERZOEK)

        assert Toekenning.objects.exists()

    def test_a_bsn_or_haste_stands_in_for_what_is_unknown(self, als: Als, toegang: Medewerker) -> None:
        MandaatFactory(medewerker=toegang)
        met_bsn = MeldingFactory(in_triage=True, inwoner=BsnFactory().inwoner)
        met_haast = MeldingFactory(in_triage=True, inwoner=InwonerFactory(naamloos_adres=True))

        run(als, met_bsn, toegang, VERZOEK)
        run(als, met_haast, toegang, VERZOEK, urgentie=Urgentie.SPOED)

        assert Toekenning.objects.count() == 2


class TestLimits:
    @pytest.mark.parametrize(
        ("anders", "veld", "zin"),
        [
            ({"wet": Wet.JEUGDWET}, "product", "niet voor deze wet, wel voor Wmo"),
            ({"product": "Dagbesteding"}, "product", "niet voor ‘Dagbesteding’, wel voor Individuele begeleiding"),
            ({"bedrag": Decimal("192.31")}, "bedrag", "€ 192,31 per week is € 10.000,12 per jaar. Dat is meer"),
            (
                {"bedrag": Decimal("10000.01"), "per": Bedragperiode.TOTAAL},
                "bedrag",
                "€ 10.000,01 is meer dan uw mandaat: dat gaat tot € 10.000 per jaar",
            ),
            ({"tot_en_met": date(2029, 1, 1)}, "tot_en_met", "Uw mandaat geldt tot en met 31 dec 2028"),
            ({"van": date(2026, 10, 31)}, "van", "De melding kwam binnen op 2 nov 2026"),
            ({"bedrag": Decimal(0)}, "bedrag", "boven nul"),
            ({"bedrag": Decimal(-5)}, "bedrag", "boven nul"),
            ({"per": "per uur"}, "per", "Kies waar het bedrag voor geldt"),
            ({"tot_en_met": date(2026, 11, 8)}, "tot_en_met", "ligt voor de eerste dag"),
            ({"tot_en_met": date(9999, 12, 31)}, "tot_en_met", "vijf jaar"),
            ({"van": date(9999, 12, 31), "tot_en_met": date(9999, 12, 31)}, "van", "binnen een jaar"),
        ],
    )  # fmt: skip
    def test_says_which_limit_was_passed_and_does_nothing(
        self, als: Als, melding: Melding, toegang: Medewerker, anders: dict[str, Any], veld: str, zin: str
    ) -> None:
        MandaatFactory(medewerker=toegang, tot=date(2029, 1, 1))

        with pytest.raises(ToekenningRefused) as refused:
            run(als, melding, toegang, replace(VERZOEK, **anders))

        assert refused.value.veld == veld
        assert zin in str(refused.value)
        assert nothing_granted(melding)

    @pytest.mark.parametrize(
        "mandaat",
        [
            {"tot": MAANDAG.date()},
            {"van": MAANDAG.date() + timedelta(days=1)},
        ],
    )
    def test_a_mandaat_that_does_not_run_today_is_none(
        self, als: Als, melding: Melding, toegang: Medewerker, mandaat: dict[str, Any]
    ) -> None:
        MandaatFactory(medewerker=toegang, **mandaat)

        with pytest.raises(MandaatMissing, match="geen lopend mandaat"):
            run(als, melding, toegang, VERZOEK)

        assert nothing_granted(melding)

    def test_a_colleagues_mandaat_is_none(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        MandaatFactory(medewerker=ToegangFactory())

        with pytest.raises(MandaatMissing):
            run(als, melding, toegang, VERZOEK)

        assert nothing_granted(melding)

    def test_asks_what_is_granted(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        MandaatFactory(medewerker=toegang)

        with pytest.raises(ToekenningRefused, match="Kies wat u toekent"):
            run(als, melding, toegang, None)

        assert nothing_granted(melding)

    def test_grants_nothing_to_who_is_anonymous(self, als: Als, toegang: Medewerker) -> None:
        MandaatFactory(medewerker=toegang)
        melding = MeldingFactory(in_triage=True, inwoner=None)

        with pytest.raises(ToekenningRefused, match="anoniem"):
            run(als, melding, toegang, VERZOEK)

        assert nothing_granted(melding)

    def test_without_a_bsn_asks_for_who_it_is(self, als: Als, toegang: Medewerker) -> None:
        MandaatFactory(medewerker=toegang)
        melding = MeldingFactory(in_triage=True, inwoner=InwonerFactory(naamloos_adres=True))

        with pytest.raises(ToekenningRefused, match="de voornamen, de postcode, het huisnummer"):
            run(als, melding, toegang, VERZOEK)

        assert nothing_granted(melding)


class TestLock:
    """Row-level security asks the register too: the service isn't the only door."""

    def row(self, toegang: Medewerker, mandaat: Mandaat, **anders: Any) -> Toekenning:
        melding = MeldingFactory(in_triage=True)
        triage = TriageFactory(melding=melding, medewerker=toegang, uitkomst=Uitkomst.TOEKENNEN)
        facts = {
            "wet": Wet.WMO, "product": PRODUCT, "bedrag": 100, "per": Bedragperiode.WEEK,
            "van": VERZOEK.van, "tot_en_met": VERZOEK.tot_en_met,
            "besluitdatum": MAANDAG.date(), "bezwaar_tot": date(2026, 12, 14),
        }  # fmt: skip
        return Toekenning(triage=triage, mandaat=mandaat, **{**facts, **anders})

    def test_lets_through_what_is_within(self, als: Als, toegang: Medewerker) -> None:
        row = self.row(toegang, MandaatFactory(medewerker=toegang))

        with als(toegang):
            row.save(force_insert=True)

        assert Toekenning.objects.exists()

    @pytest.mark.parametrize(
        "anders",
        [
            {"wet": Wet.JEUGDWET}, {"product": "Dagbesteding"}, {"bedrag": 200}, {"tot_en_met": date(2029, 1, 1)},
            {"van": date(2025, 12, 31)}, {"besluitdatum": date(2025, 12, 31)},
        ],
    )  # fmt: skip
    def test_refuses_each_limit(self, als: Als, toegang: Medewerker, anders: dict[str, Any]) -> None:
        row = self.row(toegang, MandaatFactory(medewerker=toegang, tot=date(2029, 1, 1)), **anders)

        with pytest.raises(DatabaseError), als(toegang), transaction.atomic():
            row.save(force_insert=True)

        assert not Toekenning.objects.exists()

    def test_refuses_what_is_too_much_together(self, als: Als, toegang: Medewerker) -> None:
        mandaat = MandaatFactory(medewerker=toegang)
        eerste = self.row(toegang, mandaat, bedrag=150)
        eerste.save(force_insert=True)
        row = self.row(toegang, mandaat)
        Melding.objects.filter(pk=row.triage.melding_id).update(inwoner=eerste.triage.melding.inwoner)

        with pytest.raises(DatabaseError), als(toegang), transaction.atomic():
            row.save(force_insert=True)

        assert Toekenning.objects.count() == 1

    def test_refuses_somebody_elses_mandaat(self, als: Als, toegang: Medewerker) -> None:
        row = self.row(toegang, MandaatFactory(medewerker=ToegangFactory()))

        with pytest.raises(DatabaseError), als(toegang), transaction.atomic():
            row.save(force_insert=True)

        assert not Toekenning.objects.exists()

    def test_never_changes_again(self, als: Als, toegang: Medewerker) -> None:
        row = self.row(toegang, MandaatFactory(medewerker=toegang))
        row.save(force_insert=True)

        with pytest.raises(DatabaseError), als(toegang), transaction.atomic():
            Toekenning.objects.filter(pk=row.pk).update(bedrag=1)

        row.refresh_from_db()
        assert row.bedrag == 100


class TestForm:
    @pytest.fixture
    def browser(self, client: Client, toegang: Medewerker) -> Client:
        client.force_login(toegang)
        return client

    def url(self, melding: Melding) -> str:
        return reverse("triage:triage_form", args=[melding.nummer])

    def filled(self, melding: Melding, mandaat: Mandaat | None, **facts: Any) -> dict[str, Any]:
        vandaag = timezone.localdate()
        return {
            "versie": melding.versie,
            "nuldelijn": Nuldelijn.PAST_NIET.value,
            "nuldelijn_toelichting": "Het Steunpunt is al geprobeerd.",
            "ernst": Ernst.MATIG.value,
            "urgentie": Urgentie.REGULIER.value,
            "uitkomst": Uitkomst.TOEKENNEN.value,
            "ernaast": "ja",
            "afwijkreden": Afwijkreden.MEER_BEKEND.value,
            "toekenning-product": mandaat.pk if mandaat else "1",
            "toekenning-bedrag": "€ 1.250,50",
            "toekenning-per": Bedragperiode.JAAR.value,
            "toekenning-van": vandaag.isoformat(),
            "toekenning-tot_en_met": (vandaag + timedelta(days=90)).isoformat(),
            **facts,
        }

    def test_without_a_mandaat_the_choice_and_its_fields_are_not_there(
        self, browser: Client, melding: Melding
    ) -> None:
        html = browser.get(self.url(melding)).content.decode()

        assert "elfstandig toekennen" not in html
        assert "toekenning-bedrag" not in html

    def test_without_a_mandaat_sending_it_anyway_is_refused(self, browser: Client, melding: Melding) -> None:
        response = browser.post(self.url(melding), self.filled(melding, None))

        assert response.status_code == 200
        assert "uitkomst" in response.context["form"].errors
        assert nothing_granted(melding)

    def test_shows_what_the_mandaat_allows(
        self, browser: Client, melding: Melding, toegang: Medewerker
    ) -> None:
        MandaatFactory(medewerker=toegang)

        html = browser.get(self.url(melding)).content.decode()

        assert "Wmo: Individuele begeleiding, tot € 10.000 per jaar (B-2026-014)" in html

    def test_grants(self, browser: Client, melding: Melding, toegang: Medewerker) -> None:
        mandaat = MandaatFactory(medewerker=toegang)

        response = browser.post(self.url(melding), self.filled(melding, mandaat), follow=True)

        assert Toekenning.objects.get().bedrag == Decimal("1250.50")
        assert "is gesloten" in response.content.decode()

    @pytest.mark.parametrize(
        ("anders", "veld", "zin"),
        [
            ({"toekenning-product": "0"}, "product", "Kies iets uit de lijst"),
            ({"toekenning-product": "9" * 40}, "product", "Kies iets uit de lijst"),
            ({"toekenning-bedrag": "veel"}, "bedrag", "Schrijf een bedrag als 1250 of 1250,50"),
            ({"toekenning-bedrag": "9" * 19}, "bedrag", "is meer dan uw mandaat"),
            ({"toekenning-bedrag": ""}, "bedrag", "Vul het bedrag in"),
            ({"toekenning-bedrag": "20000"}, "bedrag", "€ 20.000 per jaar is meer dan uw mandaat"),
            ({"toekenning-van": "morgen"}, "van", "dag-maand-jaar"),
            ({"toekenning-tot_en_met": ""}, "tot_en_met", "Vul de laatste dag in"),
        ],
    )  # fmt: skip
    def test_a_wrong_value_gets_a_sentence_and_keeps_what_was_typed(
        self,
        browser: Client,
        melding: Melding,
        toegang: Medewerker,
        anders: dict[str, str],
        veld: str,
        zin: str,
    ) -> None:
        mandaat = MandaatFactory(medewerker=toegang)

        response = browser.post(self.url(melding), self.filled(melding, mandaat, **anders))

        assert response.status_code == 200
        assert zin in str(response.context["toekenning"].errors[veld])
        html = response.content.decode()
        assert 'id="foutenlijst-kop"' in html
        assert "Het Steunpunt is al geprobeerd." in html
        assert nothing_granted(melding)

    def test_two_lists_of_errors_never_stand_on_one_page(
        self, browser: Client, melding: Melding, toegang: Medewerker
    ) -> None:
        mandaat = MandaatFactory(medewerker=toegang)
        facts = self.filled(melding, mandaat, ernst="", **{"toekenning-bedrag": ""})

        html = browser.post(self.url(melding), facts).content.decode()

        assert html.count('id="foutenlijst-kop"') == 1
        assert "Vul het bedrag in" in html

    def test_another_uitkomst_does_not_look_at_these_fields(
        self, browser: Client, melding: Melding, toegang: Medewerker
    ) -> None:
        mandaat = MandaatFactory(medewerker=toegang)
        facts = self.filled(melding, mandaat, uitkomst=Uitkomst.OVERLEG.value, bord="volwassenen")

        browser.post(self.url(melding), {**facts, "toekenning-bedrag": "veel"})

        assert not Toekenning.objects.exists()
        assert Aanmelding.objects.exists()


class TestEuro:
    @pytest.mark.parametrize(
        ("tekst", "bedrag"),
        [
            ("1250", "1250"), ("1.250", "1250"), ("€ 1.250,50", "1250.50"), ("1250.50", "1250.50"), ("0,5", "0.50"),
            ("100,-", "100"), ("1.25", "1.25"), ("12.5", None), ("1,250", None), ("-3", None), ("", None), ("1e3", None),
            ("٣", None),
        ],
    )  # fmt: skip
    def test_reads_what_people_write(self, tekst: str, bedrag: str | None) -> None:
        assert parse_euro(tekst) == (Decimal(bedrag) if bedrag else None)

    @pytest.mark.parametrize(
        ("bedrag", "tekst"), [("5000", "€ 5.000"), ("0.5", "€ 0,50"), ("1234567.89", "€ 1.234.567,89")]
    )
    def test_writes_it_in_dutch(self, bedrag: str, tekst: str) -> None:
        assert euro(Decimal(bedrag)) == tekst
