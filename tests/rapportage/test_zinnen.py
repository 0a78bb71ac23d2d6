"""Van bevroren getallen naar zinnen: alleen zeggen wat zeker is, en dat er te weinig is om meer te zeggen."""

from collections.abc import Mapping

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from rapportage.beeld.plannen import PER_THEMA, THEMAS
from rapportage.beeld.zinnen import bounds, median_bounds, sentences, share, slower
from rapportage.queries import Tabelcijfers
from rapportage.tijdvak import Tijdvak
from tests.rapportage.beeld import EERDER, NU, aard, figure_of, source, table


class TestMeaning:
    def test_says_between_which_the_true_number_lies(self) -> None:
        zin = strip_tags(figure_of("onderwerp-aard", source(aard(NU, 60, 30))).zin)

        assert zin.endswith("Hoe zeker: Bij ‘Hulpvraag’ staat 60: in het echt zijn dat er 51 tot en met 69.")

    def test_says_so_when_all_is_small(self) -> None:
        zin = strip_tags(figure_of("onderwerp-aard", source(aard(NU, 5, 0))).zin)

        assert zin.endswith("Alle aantallen zijn kleiner dan 10; het echte aantal is 0 tot en met 14.")

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

        assert said(40) == "60 meldingen hadden als aard hulpvraag. Dat kwam het vaakst voor."
        assert said(45) == "60 meldingen hadden als aard hulpvraag. Er is geen duidelijke uitschieter."

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

    def test_say_when_numbers_are_too_small_to_say_more(self) -> None:
        (meest,) = sentences(source(aard(NU, 5, 0)), tuple(z for z in THEMAS[1].zinnen if z.tabel == "aard"))
        past = tuple(zin for zin in THEMAS[3].zinnen if zin.tabel == "nuldelijn")
        weinig = table("nuldelijn", NU, {("past",): 5})

        (deel,) = sentences(source(weinig, table("triages", NU, {(): 60})), past)
        (geen,) = sentences(source(weinig, table("triages", NU, {(): 5})), past)

        assert (meest["getal"], strip_tags(meest["tekst"])) == (
            "<10", "meldingen waren er van elke aard. Te weinig om te vergelijken."
        )  # fmt: skip
        assert deel["getal"] == "<10"
        assert deel["tekst"].endswith("Samen waren het er 60.")
        assert geen["getal"] == "Te weinig"

    def test_name_the_organisation_that_connects_most_callers_through(self) -> None:
        zinnen = tuple(zin for zin in PER_THEMA["nummers"].zinnen if zin.zonder)

        def bellers(tijdvak: Tijdvak, aantal: int) -> Tabelcijfers:
            return table(
                "contact-doorverbonden", tijdvak, {("geen",): 200, ("mee",): aantal, ("overig",): 100}
            )

        (zin,) = sentences(source(bellers(NU, 40), bellers(EERDER, 95)), zinnen)

        assert f"{zin['getal']} {strip_tags(zin['tekst'])}" == (
            "40 bellers verbond MEE nog door. Dat kwam het vaakst voor. In het 3e kwartaal van 2025 waren het er 95."
        )

    def test_name_the_gebied_with_the_most_per_thousand(self) -> None:
        zinnen = tuple(zin for zin in THEMAS[0].zinnen if zin.soort == "per_duizend")
        cijfers = table("meldingen-gebied", NU, {("centrum",): 60, ("oostdorp",): 90})
        inwoners = {2026: {"centrum": 1000, "oostdorp": 4000}}

        (zin,) = sentences(source(cijfers, bevolking=inwoners), zinnen)

        assert zin["getal"] == "60,0"
        assert strip_tags(zin["tekst"]).endswith(
            "kwamen uit Centrum-dorp. Dat is het meest. In het echt zijn het er 51,0 tot 69,0."
        )
        assert sentences(source(cijfers), zinnen) == []


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

    def test_differ_as_much_whichever_hidden_number_is_five(self) -> None:
        """Both show the same, so both say the same."""
        hier = {"0": 0, "1": 0, "2-3": 5, "4-7": 5, "8-14": 40}
        daar = {"0": 5, "1": 5, "2-3": 0, "4-7": 0, "8-14": 40}

        assert all(median_bounds(hier, grens) == median_bounds(daar, grens) for grens in range(10))

    def test_figure_says_slower_only_then(self) -> None:
        def per_stap(tijdvak: Tijdvak, klassen: Mapping[str, int]) -> Tabelcijfers:
            return table(
                "stap-stap-klasse", tijdvak, {("melding tot triage", k): a for k, a in klassen.items()}
            )

        langer = figure_of("wachten-stappen", source(per_stap(NU, self.TRAAG), per_stap(EERDER, self.SNEL)))
        gelijk = figure_of("wachten-stappen", source(per_stap(NU, self.SNEL), per_stap(EERDER, self.SNEL)))

        assert (
            langer.titel == "Hoe lang elke stap duurt: melding tot triage langer, van 2 dagen naar 13 dagen"
        )
        assert (
            gelijk.titel == "Hoe lang elke stap duurt: geen duidelijk verschil met het 3e kwartaal van 2025"
        )
        assert langer.tabel is not None
        assert langer.tabel.rijen[0] == ["Melding tot triage", "13 dagen", "30 dagen", "2 dagen"]
        assert langer.tabel.rijen[1][1] == "te weinig"

    def test_figure_gives_no_days_that_only_hidden_numbers_carry(self) -> None:
        figuur = figure_of(
            "wachten-stappen",
            source(
                table(
                    "stap-stap-klasse",
                    NU,
                    {("melding tot triage", "0"): 20, ("melding tot triage", "57+"): 5},
                )
            ),
        )

        assert figuur.tabel is not None
        assert figuur.tabel.rijen[0][:3] == ["Melding tot triage", "1 dag", "te weinig"]
        assert "de helft 1 dag, negen van de tien te weinig" in figuur.beeld
        assert "meer dan 8 weken" not in figuur.beeld
