"""Van bevroren getallen naar titels, tabellen en tekeningen: alleen zeggen wat zeker is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from rapportage.bedragen import Bedrag
from rapportage.beeld import kaart as kaarten
from rapportage.beeld.bron import GEEN, Bron, periods_until
from rapportage.beeld.codeboek import TELT, chapters, words
from rapportage.beeld.dagen import Stap, dagen
from rapportage.beeld.figuren import Figuur, build
from rapportage.beeld.keuze import VORIGE, NietGeboden, Vindplaats, find, offered
from rapportage.beeld.plannen import PER_THEMA, PLANNEN, THEMAS, Plan
from rapportage.beeld.zinnen import sentences
from rapportage.models import Periode
from rapportage.queries import Tabelcijfers
from rapportage.tijdvak import Tijdvak, parse_tijdvak
from skt.kern.gebieden import Gebied
from skt.web.grafieken import hoogste, kolommen, staven
from skt.web.verloop import Lijn, band, verloop
from tests.rapportage.beeld import ALLE, CATALOGUS, EERDER, NU, VORIG, aard, figure_of, parse, source, table


class TestTitle:
    @pytest.mark.parametrize(
        ("eerder", "titel"),
        [
            (40, "Meldingen per aard: hulpvraag van 40 naar 60"),
            (80, "Meldingen per aard: hulpvraag van 80 naar 60"),
            # Eighteen can come from rounding alone: 42 isn't published, so 45 and 40 stand at either side of it.
            (45, "Meldingen per aard: geen duidelijk verschil met het 3e kwartaal van 2025"),
            (75, "Meldingen per aard: geen duidelijk verschil met het 3e kwartaal van 2025"),
            (5, "Meldingen per aard: hulpvraag van minder dan 10 naar 60"),
        ],
    )
    def test_names_a_difference_only_above_twice_the_margin(self, eerder: int, titel: str) -> None:
        bron = source(aard(NU, 60, 30), aard(EERDER, eerder, 30))

        assert figure_of("onderwerp-aard", bron).titel == titel

    def test_says_just_what_is_counted_without_an_earlier_period(self) -> None:
        assert figure_of("onderwerp-aard", source(aard(NU, 60, 30))).titel == "Meldingen per aard"

    @pytest.mark.parametrize("klein", [0, 5])
    def test_never_tells_a_nought_from_a_five(self, klein: int) -> None:
        """20 and 0 differ by more than 18, 20 and 5 don't: the page may not say so in one case only."""
        figuur = figure_of("onderwerp-aard", source(aard(NU, 20, 30), aard(EERDER, klein, 30)))

        assert figuur.titel == "Meldingen per aard: geen duidelijk verschil met het 3e kwartaal van 2025"
        assert figuur.tabel is not None
        assert ["Hulpvraag", 20, None, "niet duidelijk anders"] in [list(rij) for rij in figuur.tabel.rijen]

    def test_compares_with_what_was_chosen(self) -> None:
        bron = source(aard(NU, 60, 30), aard(EERDER, 60, 30), aard(VORIG, 30, 30), naast=VORIGE)

        assert figure_of("onderwerp-aard", bron).titel == "Meldingen per aard: hulpvraag van 30 naar 60"

    def test_counts_the_margin_of_either_period(self) -> None:
        """The first figures had a margin of 4: 4 and 9 together are 13."""
        eerder = aard(EERDER, 45, 30)
        oud = Tabelcijfers(**{**vars(eerder), "grens": 4})

        assert (
            figure_of("onderwerp-aard", source(aard(NU, 60, 30), oud)).titel
            == "Meldingen per aard: hulpvraag van 45 naar 60"
        )
        assert "geen duidelijk" in figure_of("onderwerp-aard", source(aard(NU, 60, 30), eerder)).titel

    def test_of_the_map_names_a_gebied_only_when_it_is_surely_the_most(self) -> None:
        def bron(tweede: int) -> Bron:
            return source(table("meldingen-gebied", NU, {("centrum",): 60, ("oostdorp",): tweede}))

        assert (
            figure_of("herkomst-kaart", bron(40)).titel == "De meeste meldingen komen uit Centrum-dorp (60)"
        )
        assert figure_of("herkomst-kaart", bron(45)).titel == "Meldingen per gebied"


def forget(cijfers: Tabelcijfers, *waarden: str) -> Tabelcijfers:
    """The same table in the classification of a year that didn't have these values."""
    cellen = {cel: aantal for cel, aantal in cijfers.cellen.items() if cel[-1] not in waarden}
    return Tabelcijfers(**{**vars(cijfers), "cellen": cellen})


class TestAnotherClassification:
    """A value that came in January is not ‘minder dan 10’ in the year before: it wasn't counted."""

    def test_gives_no_change_and_no_small_number(self) -> None:
        bron = source(aard(NU, 45, 60), forget(aard(EERDER, 0, 60), "hulpvraag"))

        figuur = figure_of("onderwerp-aard", bron)

        assert figuur.titel == "Meldingen per aard: geen duidelijk verschil met het 3e kwartaal van 2025"
        assert figuur.tabel is not None
        assert figuur.tabel.rijen[1] == ["Hulpvraag", 45, GEEN, GEEN]

    def test_leaves_a_gap_in_the_columns(self) -> None:
        eerder = forget(table("meldingen-gebied", EERDER, {("oostdorp",): 40}), "centrum")
        bron = source(table("meldingen-gebied", NU, {("centrum",): 60, ("oostdorp",): 40}), eerder)

        figuur = figure_of("herkomst-gebied", bron)

        centrum = next(reeks for reeks in figuur.grafiek if reeks["titel"] == "Centrum-dorp")
        assert centrum["waarden"] == [GEEN, 60]
        beeld = kolommen(centrum, hoogste(figuur.grafiek))
        assert "3e kw 2025 geen cijfer, 3e kw 2026 60" in beeld
        assert beeld.count("<rect") == 1

    def test_begins_a_line_where_the_value_begins(self) -> None:
        eerder = forget(table("contact-doorverbonden", EERDER, {("mee",): 40}), "geen")
        bron = source(table("contact-doorverbonden", NU, {("geen",): 60}), eerder)

        tabel = figure_of("nummers-direct", bron).tabel

        assert tabel is not None
        assert tabel.rijen == [["Niet doorverbonden", 60]]

    def test_has_no_figure_where_it_did_not_know_what_was_chosen(self) -> None:
        alleen = [("gebied", "centrum")]
        nu = table("meldingen-gebied", NU, {("centrum",): 60})
        eerder = forget(table("meldingen-gebied", EERDER, {("oostdorp",): 40}), "centrum")

        bron = source(nu, eerder, alleen=alleen)

        assert bron.cut("meldingen", EERDER) is None
        assert figure_of("route-verloop", bron).titel == "Alle meldingen door de tijd"

    def test_has_no_map_of_other_gebieden(self) -> None:
        bron = source(forget(table("meldingen-gebied", NU, {("oostdorp",): 40}), "centrum"))

        assert figure_of("herkomst-kaart", bron).niet is not None


class TestTable:
    def test_stands_beside_with_both_earlier_periods_and_what_is_sure(self) -> None:
        bron = source(
            aard(NU, 60, 30),
            aard(VORIG, 55, 5),
            aard(EERDER, 40, 30),
            table("meldingen", NU, {(): 90}),
            table("meldingen", EERDER, {(): 70}),
        )

        tabel = figure_of("onderwerp-aard", bron).tabel

        assert tabel is not None
        assert tabel.kolommen == ["Aard", "3e kw 2026", "2e kw 2026", "3e kw 2025", "Verschil met 3e kw 2025"]
        assert tabel.rijen[:3] == [
            ["Hulpvraag", 60, 55, 40, "meer"],
            ["Informatie en advies", 30, None, 30, "niet duidelijk anders"],
            ["Bezorgdheid/zorgmelding", None, None, None, "niet duidelijk anders"],
        ]
        assert tabel.voet == ["Samen", 90, GEEN, 70, "meer"]

    def test_has_no_total_where_that_is_no_published_number(self) -> None:
        bron = source(table("leefgebied", NU, {("financien",): 40}))

        tabel = figure_of("onderwerp-leefgebied", bron).tabel

        assert tabel is not None
        assert tabel.voet == ()


class TestSmallCounts:
    def test_stand_together_when_there_are_many(self) -> None:
        figuur = figure_of("onderwerp-aard", source(aard(NU, 60, 5)))

        assert [rij["label"] for rij in figuur.grafiek["rijen"]] == ["Hulpvraag", "Nog 5"]
        assert "Nog 5: elk &lt;10" in staven(figuur.grafiek)
        assert strip_tags(figuur.zin).startswith(
            "Minder dan 10: informatie en advies, bezorgdheid/zorgmelding,"
        )
        assert figuur.tabel is not None
        assert len(figuur.tabel.rijen) == 6

    def test_that_were_surely_more_before_stand_by_themselves(self) -> None:
        figuur = figure_of("onderwerp-aard", source(aard(NU, 60, 5), aard(EERDER, 60, 40)))

        assert [rij["label"] for rij in figuur.grafiek["rijen"]] == [
            "Hulpvraag",
            "Informatie en advies",
            "Nog 4",
        ]

    def test_and_nothing_else_need_no_drawing(self) -> None:
        staven_ = figure_of("onderwerp-aard", source(aard(NU, 5, 5)))
        cijfers = table("contact-doorverbonden", NU, {("mee",): 5, ("geen",): 100})
        kolommen = figure_of("nummers-doorverbonden", source(cijfers))

        assert staven_.titel == "Meldingen per aard: overal minder dan 10"
        for figuur in (staven_, kolommen):
            assert (figuur.soort, figuur.legenda) == ("", ())
            assert figuur.tabel is not None


class TestCatalogue:
    def test_gives_the_table_with_the_filter_in_it(self) -> None:
        plaats = find(CATALOGUS, "route", Periode.KWARTAAL, {"gebied": "centrum"})

        assert isinstance(plaats, Vindplaats)
        assert (plaats.tabel.code, plaats.filters) == ("route-gebied", (("gebied", "centrum"),))

    def test_offers_nothing_finer_than_the_catalogue_and_says_why(self) -> None:
        per_maand = find(CATALOGUS, "route", Periode.MAAND, {"gebied": "centrum"})
        samen = find(CATALOGUS, "route", Periode.KWARTAAL, {"gebied": "centrum", "leeftijd": "80+"})
        nooit = find(CATALOGUS, "kanaal", Periode.JAAR, {"gebied": "centrum", "leeftijd": "80+"})

        assert isinstance(per_maand, NietGeboden)
        assert (
            per_maand.waarom
            == "Naar gebied is deze figuur er alleen per kwartaal: per maand zijn de groepen te klein."
        )
        assert per_maand.wel == Periode.KWARTAAL
        assert isinstance(samen, NietGeboden)
        assert samen.wel == Periode.JAAR
        assert isinstance(nooit, NietGeboden)
        assert nooit.wel is None
        assert "herkennen" in nooit.waarom

    def test_keeps_people_and_things_apart(self) -> None:
        plaats = find(CATALOGUS, "mensen-meldingen", Periode.KWARTAAL, {"gebied": "centrum"})

        assert isinstance(plaats, Vindplaats)
        assert plaats.tabel.code == "mensen-meldingen-gebied"

    def test_a_figure_outside_it_says_why_and_draws_nothing(self) -> None:
        maand = parse_tijdvak("2026-09")
        figuur = figure_of("onderwerp-aard", source(tijdvak=maand, alleen=[("gebied", "centrum")]))

        assert figuur.niet is not None
        assert figuur.niet.wel == Periode.KWARTAAL
        assert (figuur.beeld, figuur.tabel, figuur.bestand) == ("", None, None)

    def test_a_filter_shows_that_part_and_the_file_of_it(self) -> None:
        bron = source(
            table("aard-gebied", NU, {("centrum", "hulpvraag"): 40, ("oostdorp", "hulpvraag"): 95}),
            alleen=[("gebied", "centrum")],
        )

        figuur = figure_of("onderwerp-aard", bron)

        assert figuur.tabel is not None
        assert figuur.tabel.rijen[0] == ["Hulpvraag", 40]
        assert figuur.bestand == ("2026-K3", "aard-gebied")

    def test_every_figure_and_sentence_asks_for_a_table_there_is(self) -> None:
        bekend = {t.code for f in CATALOGUS.families for k in f.kubussen for t in k.tabellen}
        gevraagd = {plan.tabel for _, plan in PLANNEN.values()} | {
            code for thema in THEMAS for zin in thema.zinnen for code in (zin.tabel, zin.totaal) if code
        }

        assert gevraagd <= bekend

    def test_filters_are_those_that_narrow_something(self) -> None:
        assert offered(CATALOGUS, ["route", "stap"]) == {"gebied", "leeftijd"}
        assert offered(CATALOGUS, ["stap", "termijn"]) == set()


class TestRates:
    INWONERS = {2026: dict.fromkeys(ALLE, 4000)}

    def test_are_not_there_without_inwoners_of_that_year(self) -> None:
        cijfers = table("meldingen-gebied", NU, {("centrum",): 60})
        figuur = figure_of("herkomst-per-duizend", source(cijfers, bevolking={2025: self.INWONERS[2026]}))

        assert figuur.niet is not None
        assert "De inwoners per gebied van 2026 zijn niet ingelezen" in figuur.niet.waarom

    def test_have_their_own_bounds(self) -> None:
        cijfers = table("meldingen-gebied", NU, {("centrum",): 60, ("oostdorp",): 5})
        tabel = figure_of("herkomst-per-duizend", source(cijfers, bevolking=self.INWONERS)).tabel

        assert tabel is not None
        assert tabel.rijen[0] == ["Centrum-dorp", 60, 4000, "15,0", "12,8 tot 17,2"]
        assert tabel.rijen[1] == ["Oostdorp en Zijlwatering", None, 4000, GEEN, GEEN]


class TestAmounts:
    JAAR, VOOR = parse_tijdvak("2026"), parse_tijdvak("2025")

    def bron(self, bedragen: Mapping[str, Bedrag]) -> Bron:
        mensen = table("mensen-inzet-wet", self.JAAR, {("wmo",): 40, ("jeugdwet",): 25, ("wgs",): 5})
        eerder = {("kosten-wet", self.VOOR): {"wmo": Bedrag(2000, 90_000)}}
        return replace(
            source(mensen, tijdvak=self.JAAR), bedragen={("kosten-wet", self.JAAR): bedragen, **eerder}
        )

    def test_say_per_person_and_together_and_how_sure_that_is(self) -> None:
        figuur = figure_of(
            "kosten-bedrag-wet", self.bron({"jeugdwet": Bedrag(2000, 50_000), "wmo": Bedrag(3100, 124_000)})
        )

        assert figuur.titel == "Toegekend bedrag naar wet: Wmo € 124.000"
        assert strip_tags(figuur.zin).endswith(
            "Bij ‘Wmo’ staat € 124.000. Dat is € 3.100 per mens; met 31 tot en met 49 mensen in het echt wordt het € 96.100 tot € 151.900."
        )
        assert figuur.tabel is not None
        assert figuur.tabel.rijen[0] == ["Wmo", 40, "€ 3.100", "€ 124.000", "€ 90.000"]
        assert ["Wgs", None, "zeggen we niet", "zeggen we niet", GEEN] in figuur.tabel.rijen
        assert "€ 50.000" in staven(figuur.grafiek)
        assert (figuur.bestand, figuur.marge) == (("2026", "kosten-wet"), "")

    def test_that_may_not_be_told_are_not_drawn(self) -> None:
        figuur = figure_of("kosten-bedrag-wet", self.bron({}))

        assert figuur.titel == "Toegekend bedrag naar wet: achter geen bedrag staan genoeg mensen"
        assert figuur.soort == ""

    def test_are_of_a_year(self) -> None:
        kwartaal = source(table("mensen-inzet-wet", NU, {("wmo",): 40}))
        figuur = figure_of("kosten-bedrag-wet", kwartaal)

        assert figuur.niet is not None
        assert figuur.niet.wel == Periode.JAAR
        assert "Bedragen zijn er alleen per jaar" in figuur.niet.waarom

    def test_stand_in_a_sentence(self) -> None:
        zinnen = tuple(zin for zin in PER_THEMA["kosten"].zinnen if zin.blad)

        (zin,) = sentences(self.bron({"wmo": Bedrag(3100, 124_000), "geen": Bedrag(9000, 900_000)}), zinnen)

        assert zin["getal"] == "€ 124.000"
        assert strip_tags(zin["tekst"]).startswith(
            "werd er toegekend onder de Wmo in 2026, het hoogste bedrag."
        )
        assert sentences(self.bron({}), zinnen) == []


class TestMap:
    def test_of_leefgebieden_shows_the_one_that_was_chosen(self) -> None:
        cijfers = table("leefgebied-gebied", NU, {("centrum", "sociaal"): 60, ("centrum", "financien"): 15})

        def map_of(kaart: str) -> Figuur:
            bron = source(cijfers)
            return figure_of("onderwerp-kaart", replace(bron, keuze=replace(bron.keuze, kaart=kaart)))

        sociaal, financien = map_of("sociaal"), map_of("financien")

        assert sociaal.titel == "De meeste gesprekken over sociaal functioneren komen uit Centrum-dorp (60)"
        assert financien.titel == "Waar een leefgebied speelt: financiën"
        assert [label for _, label, gekozen in financien.kies if gekozen] == ["Financiën"]
        assert "Centrum-dorp: 15" in financien.beeld

    def test_joins_buurten_that_touch(self) -> None:
        links = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
        rechts = [(1, 0), (1, 1), (2, 1), (2, 0), (1, 0)]

        (ring,) = kaarten.dissolve([links, rechts])

        assert ring[0] == ring[-1]
        assert set(ring) == {(0, 0), (0, 1), (1, 1), (2, 1), (2, 0), (1, 0)}
        assert kaarten.area(ring) == 4

    def test_knows_every_gebied_and_closes_its_outline(self) -> None:
        omtrekken = kaarten.outlines()

        assert set(omtrekken) == set(ALLE)
        for ringen in omtrekken.values():
            assert ringen
            assert all(ring[0] == ring[-1] for ring in ringen)

    @given(
        st.dictionaries(st.sampled_from(ALLE), st.one_of(st.none(), st.integers(2, 80).map(lambda n: 5 * n)))
    )
    def test_puts_every_number_in_the_class_that_holds_it(self, waarden: dict[str, int | None]) -> None:
        klassen = {klasse.nummer: klasse for klasse in kaarten.classes(waarden)}
        for waarde in waarden.values():
            klasse = klassen[kaarten.class_of(waarde, list(klassen.values()))]
            assert (klasse.nummer == 0) is (waarde is None)
            assert waarde is None or klasse.van <= waarde <= klasse.tot

    def test_reads_aloud_and_needs_no_colour(self) -> None:
        namen = {str(g.value): str(g.label) for g in Gebied}
        getekend = kaarten.kaart({"centrum": 60, "oostdorp": None, "polder": 30, "duinrell": 15}, namen)
        breed, smal = (parse(deel) for deel in getekend.split("</svg>")[:2])

        assert "Centrum-dorp: 60; Oostdorp en Zijlwatering: minder dan 10" in str(breed.get("aria-label"))
        assert {pattern.get("id") for pattern in breed.iter("pattern")}.isdisjoint(
            pattern.get("id") for pattern in smal.iter("pattern")
        )
        assert "Centrum-dorp: 60" in "".join(smal.itertext())
        assert "style=" not in getekend


class TestLine:
    def test_has_a_band_as_wide_as_the_margin_and_never_below_nought(self) -> None:
        assert band([40, 10, 5], 9) == [[(0, 31, 49), (1, 1, 19), (2, 0, 14)]]

    def test_a_count_too_small_to_show_breaks_it(self) -> None:
        assert band([40, None, 20], 9) == [[(0, 31, 49)], [(2, 11, 29)]]
        getekend = verloop(["aug 2026", "sep 2026", "okt 2026"], [Lijn("meldingen", [40, None, 20], 9)])
        assert "sep 2026 minder dan 10" in getekend
        assert "skt-grafiek__vlak--klein" in getekend

    def test_names_at_the_end_stay_above_the_axis(self) -> None:
        laag = [Lijn(naam, [None], 9) for naam in ("0de lijn", "1ste lijn", "2de lijn")]
        breed = parse(verloop(["okt 2026"], laag).split("</svg>")[0])
        namen = [float(str(t.get("y"))) for t in breed.iter("text") if "lijn" in "".join(t.itertext())]

        assert max(namen) < 320 - 20
        assert min(b - a for a, b in pairwise(sorted(namen))) >= 36

    @pytest.mark.parametrize("waarden", [[], [None], [10], [None, None], [10, 20]])
    def test_draws_whatever_there_is(self, waarden: list[int | None]) -> None:
        labels = [f"{n}" for n in range(len(waarden))]
        for deel in verloop(labels, [Lijn("x", waarden, 9)]).split("</svg>")[:2]:
            parse(deel)

    def test_days_say_both_numbers(self) -> None:
        getekend = dagen([Stap("Melding tot triage", 3, None), Stap("Anders", None, None, bekend=False)])

        assert "Melding tot triage: de helft 3 dagen, negen van de tien meer dan 8 weken" in getekend
        assert "te weinig om te zeggen" in getekend


class TestPlans:
    def test_have_a_code_of_their_own(self) -> None:
        codes = [plan.code for thema in THEMAS for plan in thema.plannen]

        assert len(codes) == len(set(codes))

    def test_every_theme_answers_or_says_why_not(self) -> None:
        for thema in THEMAS:
            assert thema.nog_niet or (thema.zinnen and thema.plannen), thema.code

    @pytest.mark.parametrize("plan", [plan for _, plan in PLANNEN.values()], ids=lambda plan: plan.code)
    def test_draw_from_an_empty_table_without_an_error(self, plan: Plan) -> None:
        """A month in which nothing happened has all its cells, and none to show."""
        figuur = build(source(table(plan.tabel, NU, {})), [plan])[0]

        assert figuur.naam == plan.titel
        assert "van " not in figuur.titel.split(": ")[-1][:4]


class TestCodebook:
    def test_explains_every_cube_of_the_catalogue(self) -> None:
        bronnen = {kubus.bron for familie in CATALOGUS.families for kubus in familie.kubussen}

        assert bronnen <= set(TELT)

    def test_names_every_table_and_when_it_appears(self) -> None:
        regels = {regel.code: regel for hoofdstuk in chapters(CATALOGUS) for regel in hoofdstuk.regels}

        tabellen = {t.code for f in CATALOGUS.families for k in f.kubussen for t in k.tabellen}
        assert set(regels) == tabellen | {blad.code for blad in CATALOGUS.bladen}
        assert regels["route"].wanneer == "per maand, per kwartaal en per jaar"
        assert regels["route-gebied"].wanneer == "per kwartaal en per jaar"
        assert regels["route-gebied-leeftijd"].wanneer == "per jaar"

    def test_has_no_word_for_what_no_table_shows(self) -> None:
        getoond = {
            code for f in CATALOGUS.families for k in f.kubussen for t in k.tabellen for code in t.kenmerken
        }

        assert {woord.code for woord in words(CATALOGUS)} == getoond


def test_codeboek_tells_age_and_organisation_as_the_source_counts_them() -> None:
    uitleg = {woord.code: woord.uitleg for woord in words(CATALOGUS)}

    assert "op de laatste dag van de maand" in uitleg["leeftijd"]
    assert "die van de casusregie" in uitleg["organisatie"]


def test_periods_stand_in_order() -> None:
    assert [t.code for t in periods_until(NU, 3)] == ["2026-K1", "2026-K2", "2026-K3"]
    assert periods_until(Tijdvak(date(2026, 1, 1), Periode.MAAND))[0].code == "2025-06"
