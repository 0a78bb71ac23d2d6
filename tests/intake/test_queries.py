"""De werkvoorraad: iedere melding in precies één groep, en bladeren zonder er een te missen."""

from datetime import timedelta

import pytest

from intake.bladeren import read_page
from intake.kandidaten import Kenmerken
from intake.models import Melding
from intake.queries import Groep, count_groups, filter_worklist, in_groups
from intake.themavoorstel import propose_themas
from intake.voorstel import propose
from intake.wettelijk import codes_of, relevant
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.fixtures import MAANDAG

MORGEN = MAANDAG + timedelta(days=1)


@pytest.fixture
def werk(loket: Medewerker) -> dict[str, Melding]:
    """Van elke soort één, allemaal van het loket."""
    return {
        "later": MeldingFactory(medewerker=loket, uiterlijk=MORGEN),
        "nieuw": MeldingFactory(medewerker=loket, van_niemand=True, uiterlijk=MORGEN),
        "vandaag": MeldingFactory(medewerker=loket, uiterlijk=MAANDAG + timedelta(hours=14)),
        "te laat": MeldingFactory(medewerker=loket, te_laat=True),
        "spoed": MeldingFactory(medewerker=loket, met_spoed=True, uiterlijk=MORGEN),
        "crisis": MeldingFactory(medewerker=loket, crisis=True, uiterlijk=MORGEN),
        "gesloten": MeldingFactory(medewerker=loket, gesloten=True),
        "triage": MeldingFactory(medewerker=loket, in_triage=True),
    }


class TestInGroups:
    def test_puts_each_open_melding_in_one_group_most_urgent_first(self, werk: dict[str, Melding]) -> None:
        found = [(melding.pk, melding.groep) for melding in in_groups(Melding.objects.at_loket(), MAANDAG)]

        assert found == [
            (werk["spoed"].pk, Groep.CRISIS),
            (werk["crisis"].pk, Groep.CRISIS),
            (werk["te laat"].pk, Groep.VANDAAG),
            (werk["vandaag"].pk, Groep.VANDAAG),
            (werk["nieuw"].pk, Groep.NIEUW),
            (werk["later"].pk, Groep.LATER),
        ]

    def test_counts_them(self, werk: dict[str, Melding]) -> None:
        counts = count_groups(Melding.objects.at_loket(), MAANDAG)

        assert counts == {
            "groep_0": 2, "groep_1": 0, "groep_2": 0, "groep_3": 2, "groep_4": 1, "groep_6": 1, "te_laat": 1,
            "bellen_te_laat": 0, "crisis_van_niemand": 0, "totaal": 6,
        }  # fmt: skip


class TestFilterWorklist:
    @pytest.mark.parametrize(
        ("filters", "wat"),
        [
            ({"van": "niemand"}, {"nieuw"}),
            ({"van": "mij"}, {"later", "vandaag", "te laat", "spoed", "crisis"}),
            ({"thema": "jeugdhulp"}, set()),
            ({"organisatie": 2**40}, set()),
            ({"zoek": "Marijke"}, {"later", "nieuw", "vandaag", "te laat", "spoed", "crisis"}),
            ({"zoek": "%"}, set()),
        ],
    )
    def test_keeps_what_was_asked(
        self, werk: dict[str, Melding], loket: Medewerker, filters: dict[str, str], wat: set[str]
    ) -> None:
        alles = {"van": "", "organisatie": None, "thema": "", "zoek": "", **filters}
        found = filter_worklist(Melding.objects.at_loket(), user=loket, **alles)

        assert {melding.pk for melding in found} == {werk[naam].pk for naam in wat}


class TestReadPage:
    def test_goes_forward_and_back_over_every_row_once(self, werk: dict[str, Melding]) -> None:
        alles = [melding.pk for melding in in_groups(Melding.objects.at_loket(), MAANDAG)]
        first = read_page(Melding.objects.at_loket(), MAANDAG, size=4)
        second = read_page(Melding.objects.at_loket(), MAANDAG, na=first.volgende, size=4)
        back = read_page(Melding.objects.at_loket(), MAANDAG, voor=second.vorige, size=4)

        assert [melding.pk for melding in (*first.rijen, *second.rijen)] == alles
        assert [melding.pk for melding in back.rijen] == alles[:4]
        assert (first.vorige, second.volgende, back.vorige) == ("", "", "")

    @pytest.mark.parametrize(
        "cursor",
        ["x", "é", "A" * 5000, "MHx4fDE", "MHwyMDI2LTAxLTAxfDE", "OTl8MjAyNi0wMS0wMVQwMDowMDowMCswMTowMHwx"],
    )
    def test_begins_at_the_first_page_for_a_cursor_that_is_not_ours(
        self, werk: dict[str, Melding], cursor: str
    ) -> None:
        assert len(read_page(Melding.objects.at_loket(), MAANDAG, na=cursor).rijen) == 6


class TestPropose:
    @pytest.mark.parametrize(
        ("feiten", "kop"),
        [
            ({"spoor": "crisis"}, "crisisroute"),
            ({"scores": {"sociaal": 1}}, "crisisroute"),
            ({"scores": {"sociaal": 3, "praktisch": 2, "zingeving": 5}}, "naar triage"),
            ({"meervoudigheid": "meervoudig"}, "naar triage"),
            ({"aard": "informatie en advies", "meegegeven": 1}, "informatie en advies"),
            ({"scores": {"sociaal": 3}, "meervoudigheid": "enkelvoudig"}, "hulpverlening"),
            ({}, None),
        ],
    )
    def test_says_which_way_and_why(self, feiten: dict[str, object], kop: str | None) -> None:
        leeg: dict[str, object] = {
            "aard": "hulpvraag",
            "spoor": "",
            "meervoudigheid": "",
            "scores": {},
            "meegegeven": 0,
        }
        voorstel = propose(**{**leeg, **feiten})

        assert (voorstel.kop if voorstel else None) == kop


class TestWettelijk:
    def test_shows_what_counts_for_the_themas(self) -> None:
        assert [r.naam for r in relevant(["mantelzorg"], "hulpvraag")] == [
            "wet_wmo",
            "wet_oco",
            "wet_wmo_spoed",
        ]
        assert [r.naam for r in relevant(["inkomen/schulden"], "hulpvraag")] == ["wet_wgs", "wet_wgs_spoed"]
        assert len(relevant([], "signaal Wvggz")) == 3
        assert relevant(["anders"], "hulpvraag") == []

    def test_a_threatening_debt_replaces_the_ordinary_term(self) -> None:
        assert codes_of(["wet_wgs", "wet_wgs_spoed"]) == ["WGS-3D"]
        assert codes_of(["wet_wgs", "onbekend"]) == ["WGS-4W"]


class TestProposeThemas:
    def test_reads_them_from_the_words_of_the_caller(self) -> None:
        assert propose_themas("Mijn moeder is gevallen en de deurwaarder komt", ["mantelzorg"]) == [
            "zelfstandig wonen van ouderen",
            "inkomen/schulden",
        ]

    def test_proposes_the_usual_ones_while_nothing_was_said(self) -> None:
        assert len(propose_themas("  ")) == 3
        assert propose_themas("", ["mantelzorg", "jeugdhulp", "anders"]) == []


class TestKenmerken:
    @pytest.mark.parametrize(
        ("kenmerken", "ander"),
        [
            (Kenmerken(), False),
            (Kenmerken("A."), False),
            (Kenmerken("Thijs"), True),
            (Kenmerken("annie", geboortejaar=1942), False),
            (Kenmerken("Annie", geboortejaar=1943), True),
        ],
    )
    def test_tell_people_of_one_household_apart(self, kenmerken: Kenmerken, ander: bool) -> None:
        assert kenmerken.spreken_tegen(InwonerFactory.build(aangemaakt_door=None)) is ander
