"""Van bevroren getallen naar zinnen, titels, tabellen en tekeningen: alleen zeggen wat zeker is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from rapportage import catalogus as catalogi
from rapportage.beeld import kaart as kaarten
from rapportage.beeld.bron import Bron, periods_until
from rapportage.beeld.codeboek import TELT, chapters, words
from rapportage.beeld.dagen import Stap, dagen
from rapportage.beeld.figuren import GEEN, Figuur, build
from rapportage.beeld.keuze import JAAR_EERDER, VORIGE, Keuze, NietGeboden, Vindplaats, find, offered
from rapportage.beeld.plannen import PLANNEN, THEMAS, Plan
from rapportage.beeld.verloop import Lijn, band, verloop
from rapportage.beeld.zinnen import bounds, median_bounds, sentences, share, slower
from rapportage.models import Periode
from rapportage.queries import Tabelcijfers
from rapportage.tijdvak import Tijdvak, parse_tijdvak
from skt.kern.gebieden import Gebied
from tests.factories.rapportage import LIJSTEN
from tests.fixtures import MAANDAG

CATALOGUS = catalogi.read(catalogi.compose(LIJSTEN))
NU, VORIG, EERDER = parse_tijdvak("2026-K3"), parse_tijdvak("2026-K2"), parse_tijdvak("2025-K3")
ALLE = tuple(str(gebied.value) for gebied in Gebied)
Cellen = Mapping[tuple[str, ...], int]


def parse(deel: str) -> ET.Element:
    """One drawing; an error when it isn't well-formed."""
    return ET.fromstring(deel + "</svg>")  # noqa: S314 - our own drawing


def table(code: str, tijdvak: Tijdvak, cellen: Cellen) -> Tabelcijfers:
    """A published table; what isn't named is zero."""
    familie, kubus, tabel = next(
        (f, k, t) for f in CATALOGUS.families for k in f.kubussen for t in k.tabellen if t.code == code
    )
    alle = [tuple(cel) for cel in CATALOGUS.cells(tabel)]
    assert set(cellen) <= set(alle)
    return Tabelcijfers(
        code=code,
        titel=tabel.titel,
        wat=kubus.wat,
        kenmerken=tuple(CATALOGUS.kenmerken[kenmerk] for kenmerk in tabel.kenmerken),
        tijdvak=tijdvak,
        grens=9,
        bevroren_op=MAANDAG,
        cellen={cel: cellen.get(cel, 0) for cel in alle},
        mensen=tabel.mensen,
        meervoudig=kubus.meervoudig,
        stand=familie.stand,
    )


def source(
    *tabellen: Tabelcijfers,
    naast: str = JAAR_EERDER,
    tijdvak: Tijdvak = NU,
    alleen: Sequence[tuple[str, str]] = (),
    bevolking: Mapping[int, Mapping[str, int]] | None = None,
) -> Bron:
    jaren = {t.jaar: CATALOGUS for t in [*periods_until(tijdvak), tijdvak.year_before()]}
    perioden = list({t.tijdvak for t in tabellen})
    return Bron(
        Keuze(tijdvak, naast, tuple(alleen)), jaren, perioden, {(t.code, t.tijdvak): t for t in tabellen}, bevolking or {}
    )  # fmt: skip


def figure_of(code: str, bron: Bron) -> Figuur:
    return build(bron, [PLANNEN[code][1]])[0]


def aard(tijdvak: Tijdvak, hulp: int, info: int) -> Tabelcijfers:
    return table("aard", tijdvak, {("hulpvraag",): hulp, ("informatie en advies",): info})


class TestTitle:
    @pytest.mark.parametrize(
        ("eerder", "titel"),
        [
            (40, "Hulpvraag: van 40 naar 60 meldingen"),
            (80, "Hulpvraag: van 80 naar 60 meldingen"),
            # Eighteen can come from rounding alone: 42 isn't published, so 45 and 40 stand at either side of it.
            (45, "Meldingen per aard: geen duidelijk verschil met 3e kwartaal 2025"),
            (75, "Meldingen per aard: geen duidelijk verschil met 3e kwartaal 2025"),
            (5, "Hulpvraag: van minder dan 10 naar 60 meldingen"),
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

        assert figuur.titel == "Meldingen per aard: geen duidelijk verschil met 3e kwartaal 2025"
        assert figuur.tabel is not None
        assert ["Hulpvraag", 20, None, "niet duidelijk anders"] in [list(rij) for rij in figuur.tabel.rijen]

    def test_compares_with_what_was_chosen(self) -> None:
        bron = source(aard(NU, 60, 30), aard(EERDER, 60, 30), aard(VORIG, 30, 30), naast=VORIGE)

        assert figure_of("onderwerp-aard", bron).titel == "Hulpvraag: van 30 naar 60 meldingen"

    def test_counts_the_margin_of_either_period(self) -> None:
        """The first figures had a margin of 4: 4 and 9 together are 13."""
        eerder = aard(EERDER, 45, 30)
        oud = Tabelcijfers(**{**vars(eerder), "grens": 4})

        assert (
            figure_of("onderwerp-aard", source(aard(NU, 60, 30), oud)).titel
            == "Hulpvraag: van 45 naar 60 meldingen"
        )
        assert "geen duidelijk" in figure_of("onderwerp-aard", source(aard(NU, 60, 30), eerder)).titel

    def test_of_the_map_names_a_gebied_only_when_it_is_surely_the_most(self) -> None:
        def bron(tweede: int) -> Bron:
            return source(table("meldingen-gebied", NU, {("centrum",): 60, ("oostdorp",): tweede}))

        assert (
            figure_of("herkomst-kaart", bron(40)).titel == "De meeste meldingen komen uit Centrum-dorp (60)"
        )
        assert figure_of("herkomst-kaart", bron(45)).titel == "Meldingen per gebied"


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


class TestMeaning:
    def test_says_between_which_the_true_number_lies(self) -> None:
        zin = strip_tags(figure_of("onderwerp-aard", source(aard(NU, 60, 30))).zin)

        assert zin.endswith("Hoe zeker: Bij ‘Hulpvraag’ staat 60: in het echt zijn dat er 51 tot en met 69.")

    def test_says_so_when_all_is_small(self) -> None:
        zin = strip_tags(figure_of("onderwerp-aard", source(aard(NU, 5, 0))).zin)

        assert zin.endswith("Alle aantallen zijn kleiner dan 10; het echte aantal is er 0 tot en met 14.")

    @pytest.mark.parametrize(
        ("aantal", "grenzen"), [(40, (31, 49)), (10, (1, 19)), (None, (0, 14)), (1195, (1186, 1204))]
    )
    def test_of_one_number(self, aantal: int | None, grenzen: tuple[int, int]) -> None:
        assert bounds(aantal, 9) == grenzen


class TestSentences:
    def test_tell_a_total_and_whether_it_differs(self) -> None:
        zinnen = THEMAS[0].zinnen[:1]

        def said(eerder: int) -> str:
            bron = source(table("meldingen", NU, {(): 1195}), table("meldingen", EERDER, {(): eerder}))
            (zin,) = sentences(bron, zinnen)
            return f"{zin['getal']} {strip_tags(zin['tekst'])}"

        assert said(925) == (
            "1.195 meldingen kwamen binnen in het 3e kwartaal van 2026. In het 3e kwartaal van 2025 waren het er 925."
        )
        assert said(1180).endswith("Dat is niet duidelijk anders dan in het 3e kwartaal van 2025 (1.180).")

    def test_tell_the_most_only_when_sure(self) -> None:
        zinnen = [zin for zin in THEMAS[1].zinnen if zin.tabel == "aard"]

        def said(info: int) -> str:
            (zin,) = sentences(source(aard(NU, 60, info)), tuple(zinnen))
            return f"{zin['getal']} {strip_tags(zin['tekst'])}"

        assert said(40) == "60 meldingen waren: hulpvraag. Dat kwam het vaakst voor."
        assert said(45) == "60 meldingen waren: hulpvraag. Er is geen duidelijke uitschieter."

    def test_tell_a_share_with_its_bounds(self) -> None:
        zinnen = tuple(zin for zin in THEMAS[3].zinnen if zin.tabel == "nuldelijn")
        bron = source(
            table("nuldelijn", NU, {("past",): 80, ("past_niet",): 40}), table("triages", NU, {(): 120})
        )

        (zin,) = sentences(bron, zinnen)

        # 71 of 129 up to 89 of 111
        assert zin["getal"] == "67%"
        assert "Het echte deel ligt tussen 55% en 81%." in zin["tekst"]

    def test_leave_out_what_is_not_counted(self) -> None:
        assert sentences(source(aard(NU, 60, 30)), THEMAS[0].zinnen) == []


class TestShare:
    @given(st.integers(2, 60), st.integers(0, 60), st.integers(-9, 9), st.integers(-9, 9))
    def test_holds_every_true_share(self, teller: int, rest: int, af: int, erbij: int) -> None:
        """Whatever the true part and whole are within the margin, the true share lies between the bounds."""
        p_teller, p_totaal = 5 * teller, 5 * (teller + rest)
        waar, geheel = max(0, p_teller + af), max(0, p_totaal + erbij)
        deel = share(p_teller, p_totaal, 9)

        assert deel is not None
        if 0 < geheel >= waar:
            assert deel.laag <= 100 * waar / geheel <= deel.hoog

    def test_is_none_for_what_is_too_small_to_show(self) -> None:
        assert share(None, 100, 9) is None
        assert share(20, None, 9) is None


class TestLeadTimes:
    SNEL = {"0": 40, "1": 60, "2-3": 30, "4-7": 20, "8-14": 5, "15-28": 0, "29-56": 0, "57+": 0}
    TRAAG = {"0": 0, "1": 5, "2-3": 20, "4-7": 30, "8-14": 60, "15-28": 60, "29-56": 20, "57+": 0}

    def test_median_lies_between_classes_whatever_is_true(self) -> None:
        assert median_bounds(self.SNEL, 0) == ("1", "1")
        assert median_bounds(self.SNEL, 9) == ("1", "2-3")

    def test_differ_only_when_no_truth_makes_them_alike(self) -> None:
        assert slower(self.TRAAG, 9, self.SNEL, 9) == 1
        assert slower(self.SNEL, 9, self.TRAAG, 9) == -1
        assert slower(self.SNEL, 9, {**self.SNEL, "8-14": 20}, 9) == 0

    def test_figure_says_slower_only_then(self) -> None:
        def per_stap(tijdvak: Tijdvak, klassen: Mapping[str, int]) -> Tabelcijfers:
            return table(
                "stap-stap-klasse", tijdvak, {("melding tot triage", k): a for k, a in klassen.items()}
            )

        langer = figure_of("wachten-stappen", source(per_stap(NU, self.TRAAG), per_stap(EERDER, self.SNEL)))
        gelijk = figure_of("wachten-stappen", source(per_stap(NU, self.SNEL), per_stap(EERDER, self.SNEL)))

        assert langer.titel == "Melding tot triage: langer, van 2 dagen naar 13 dagen"
        assert gelijk.titel == "Hoe lang elke stap duurt"
        assert langer.tabel is not None
        assert langer.tabel.rijen[0] == ["Melding tot triage", "13 dagen", "30 dagen", "2 dagen"]
        assert langer.tabel.rijen[1][1] == "te weinig"


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


def test_periods_stand_in_order() -> None:
    assert [t.code for t in periods_until(NU, 3)] == ["2026-K1", "2026-K2", "2026-K3"]
    assert periods_until(Tijdvak(date(2026, 1, 1), Periode.MAAND))[0].code == "2025-06"
