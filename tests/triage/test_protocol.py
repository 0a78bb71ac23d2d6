"""Een protocol is gegevens: het advies, waarom, en wat er niet aan klopt."""

import json
from pathlib import Path
from typing import Any

import pytest

from skt.kern.keuzelijsten import Leefgebied, Thema
from tests.scenarios.vignetten import Vraag, read_vignetten
from triage.models import Bord, Ernst, Uitkomst, Urgentie
from triage.protocol.nakijken import find_faults, has_last_word, implies
from triage.protocol.regels import (
    Aantal,
    Advies,
    RegelInvalid,
    Voorwaarden,
    read_regel,
    read_regels,
    write_regels,
)
from triage.protocol.weging import Situatie, holds, weigh
from triage.protocol.woorden import describe

EERSTE = Path(__file__).parents[2] / "triage" / "gegevens" / "eerste_protocol.json"
REGULIER = {"uitkomst": Uitkomst.OVERLEG.value, "bord": "volwassenen", "urgentie": Urgentie.REGULIER.value}


def regel(als: dict[str, Any], dan: dict[str, Any], naam: str = "Proef") -> dict[str, Any]:
    return {"naam": naam, "als": als, "dan": dan}


def faults(*gegevens: dict[str, Any]) -> list[tuple[int, str]]:
    return [(f.regel, f.zin) for f in find_faults(read_regels(list(gegevens)))]


class TestReadRegels:
    def test_and_write_give_the_same_back(self) -> None:
        gegevens = json.loads(EERSTE.read_text(encoding="utf-8"))

        assert write_regels(read_regels(gegevens)) == write_regels(
            read_regels(write_regels(read_regels(gegevens)))
        )
        assert len(read_regels(gegevens)) == len(gegevens)

    @pytest.mark.parametrize(
        ("gegevens", "veld"),
        [
            ("geen regel", "regel"),
            ({"naam": ""}, "naam"),
            ({"naam": "x" * 201}, "naam"),
            (regel({"kleur": "rood"}, REGULIER), "als"),
            (regel({"themas": ["koken"]}, REGULIER), "themas"),
            (regel({"leeftijd_van": 121}, REGULIER), "leeftijd_van"),
            (regel({"leeftijd_tot": "veel"}, REGULIER), "leeftijd_tot"),
            (regel({"scores": {"huisvesting": 0}}, REGULIER), "scores"),
            (regel({"scores": {"tuin": 2}}, REGULIER), "scores"),
            (regel({"aantal": {"minstens": 9, "score": 2}}, REGULIER), "aantal"),
            (regel({"aantal": {"minstens": 2}}, REGULIER), "aantal"),
            (regel({"termijnen": "WGS-3D"}, REGULIER), "termijnen"),
            (regel({"meervoudigheid": "driedubbel"}, REGULIER), "meervoudigheid"),
            (regel({}, {"uitkomst": "wegsturen"}), "uitkomst"),
            (regel({}, {"kleur": "rood"}), "dan"),
            (regel({}, {"wet": "één zin"}), "wet"),
        ],
    )
    def test_says_which_part_is_wrong(self, gegevens: Any, veld: str) -> None:
        with pytest.raises(RegelInvalid) as refused:
            read_regel(gegevens)

        assert refused.value.veld == veld

    def test_refuses_more_rules_than_anybody_can_read(self) -> None:
        with pytest.raises(RegelInvalid, match="hoogstens 60"):
            read_regels([regel({}, REGULIER)] * 61)


class TestWeigh:
    def test_lets_the_first_word_of_each_choice_count_and_says_whose_it_was(self) -> None:
        regels = read_regels(
            [
                regel(
                    {"termijnen": ["WGS-3D"]}, {"urgentie": Urgentie.SPOED.value, "wet": ["Drie werkdagen."]}
                ),
                regel({"leeftijd_tot": 17}, {"uitkomst": Uitkomst.OVERLEG.value, "bord": "jeugd"}),
                regel({}, {**REGULIER, "wet": ["Vertel wat u opschrijft."]}),
            ]
        )

        weging = weigh(regels, Situatie(termijnen=frozenset({"WGS-3D"}), leeftijd=17))

        assert weging.advies == Advies(
            uitkomst=Uitkomst.OVERLEG, bord=Bord.JEUGD, urgentie=Urgentie.SPOED,
            wet=("Drie werkdagen.", "Vertel wat u opschrijft."),
        )  # fmt: skip
        assert weging.regels == {"urgentie": 1, "uitkomst": 2, "bord": 2}
        assert weging.geraakt == (1, 2, 3)

    def test_doesnt_take_a_team_along_to_another_route(self) -> None:
        regels = read_regels(
            [regel({}, {"uitkomst": Uitkomst.ZELF_HELPEN.value}), regel({"spoed": True}, REGULIER)]
        )

        weging = weigh(regels, Situatie(spoed=True))

        assert weging.advies.bord == ""
        assert "bord" not in weging.regels

    @pytest.mark.parametrize(
        ("als", "geldt", "geldt_niet"),
        [
            ({"leeftijd_tot": 17}, {"leeftijd": 17}, {"leeftijd": 18}),
            ({"leeftijd_van": 18}, {"leeftijd": 18}, {"leeftijd": None}),
            ({"leeftijd_van": 12, "leeftijd_tot": 15}, {"leeftijd": 15}, {"leeftijd": 11}),
            ({"scores": {"financien": 2}}, {"scores": {"financien": 2}}, {"scores": {"sociaal": 1}}),
            ({"aantal": {"minstens": 2, "score": 2}}, {"scores": {"financien": 2, "sociaal": 1}}, {"scores": {"sociaal": 1}}),
            ({"themas": [Thema.SCHULDEN, Thema.WONEN]}, {"themas": frozenset({Thema.WONEN})}, {"themas": frozenset({Thema.ANDERS})}),
            (
                {"themas": [Thema.OPVOEDING], "themas_ook": [Thema.SCHULDEN]},
                {"themas": frozenset({Thema.OPVOEDING, Thema.SCHULDEN})},
                {"themas": frozenset({Thema.OPVOEDING})},
            ),
            ({"spoor": ["crisis"]}, {"spoor": "crisis"}, {"spoor": ""}),
            ({"meervoudigheid": "meervoudig"}, {"meervoudigheid": "meervoudig"}, {"meervoudigheid": ""}),
            ({"spoed": True}, {"spoed": True}, {"spoed": False}),
        ],
    )  # fmt: skip
    def test_asks_each_condition(
        self, als: dict[str, Any], geldt: dict[str, Any], geldt_niet: dict[str, Any]
    ) -> None:
        regels = read_regels([regel(als, REGULIER)])

        assert weigh(regels, Situatie(**geldt)).geraakt == (1,)
        assert weigh(regels, Situatie(**geldt_niet)).geraakt == ()


class TestFindFaults:
    def test_finds_nothing_in_the_first_protocol(self) -> None:
        regels = read_regels(json.loads(EERSTE.read_text(encoding="utf-8")))

        assert find_faults(regels) == []
        assert has_last_word(regels)

    @pytest.mark.parametrize(
        ("als", "dan", "zin"),
        [
            ({}, {}, "geeft geen advies"),
            ({"leeftijd_van": 18, "leeftijd_tot": 17}, REGULIER, "komt nooit aan bod"),
            ({}, {"uitkomst": Uitkomst.INFORMATIE.value, "bord": "jeugd"}, "Een team hoort bij"),
            (
                {},
                {"uitkomst": Uitkomst.CRISISROUTE.value, "urgentie": Urgentie.LAAG.value},
                "kan niet wachten",
            ),
            (
                {},
                {"uitkomst": Uitkomst.INFORMATIE.value, "urgentie": Urgentie.CRISIS.value},
                "hoort de crisisroute",
            ),
        ],
    )
    def test_in_one_rule(self, als: dict[str, Any], dan: dict[str, Any], zin: str) -> None:
        ((nummer, gezegd),) = faults(regel(als, dan))

        assert nummer == 1
        assert zin in gezegd

    def test_a_later_rule_that_says_otherwise_where_an_earlier_one_always_holds(self) -> None:
        found = faults(
            regel({"leeftijd_tot": 17}, {"urgentie": Urgentie.REGULIER.value}),
            regel({"leeftijd_tot": 11, "themas": [Thema.JEUGDHULP]}, {"urgentie": Urgentie.SPOED.value, "ernst": Ernst.HOOG.value}),
        )  # fmt: skip

        assert [nummer for nummer, _ in found] == [2]
        assert "spreken elkaar tegen over de urgentie" in found[0][1]

    def test_a_later_rule_that_never_adds_anything(self) -> None:
        found = faults(
            regel({"aantal": {"minstens": 1, "score": 3}}, {"ernst": Ernst.HOOG.value}),
            regel({"scores": {"financien": 2}}, {"ernst": Ernst.HOOG.value}),
        )

        assert found == [(2, "Deze regel voegt nooit iets toe: wat zij zegt, is dan al gezegd (regel 1).")]

    def test_nothing_where_the_later_rule_is_wider(self) -> None:
        assert not faults(
            regel({"leeftijd_tot": 11}, {"urgentie": Urgentie.SPOED.value}),
            regel({"leeftijd_tot": 17}, {"urgentie": Urgentie.REGULIER.value}),
        )


class TestImplies:
    def test_is_never_a_false_yes(self) -> None:
        """Every pair of a grid of conditions, against every situation of a grid: where it says yes, it holds."""
        voorwaarden = [
            Voorwaarden(leeftijd_tot=tot, scores=scores, aantal=aantal, themas=themas, spoed=spoed)
            for tot in (None, 11, 17)
            for scores in ({}, {"financien": 2}, {"financien": 3, "sociaal": 2})
            for aantal in (None, Aantal(1, 2), Aantal(2, 3))
            for themas in (frozenset(), frozenset({"a"}), frozenset({"a", "b"}))
            for spoed in (False, True)
        ]
        situaties = [
            Situatie(
                leeftijd=leeftijd, scores={"financien": een, "sociaal": twee}, themas=themas, spoed=spoed
            )
            for leeftijd in (None, 5, 15, 40)
            for een in (1, 2, 3, 5)
            for twee in (1, 3, 5)
            for themas in (frozenset(), frozenset({"a"}), frozenset({"b"}))
            for spoed in (False, True)
        ]
        geldt = {n: {m for m, s in enumerate(situaties) if holds(v, s)} for n, v in enumerate(voorwaarden)}

        wrong = [
            (een, ander)
            for een, strenger in enumerate(voorwaarden)
            for ander, ruimer in enumerate(voorwaarden)
            if implies(strenger, ruimer) and not geldt[een] <= geldt[ander]
        ]

        assert wrong == []


class TestEersteProtocol:
    def test_advises_on_real_callers_as_a_professional_would(self) -> None:
        """Of the callers who go to triage: team and urgency as expected, or otherwise as is fine too."""
        regels = read_regels(json.loads(EERSTE.read_text(encoding="utf-8")))
        naar_triage = [
            vraag
            for vignet in read_vignetten()
            for vraag in (vignet.eerste, vignet.tweede)
            if vraag and vraag.bord
        ]
        team = urgentie = 0
        for vraag in naar_triage:
            advies = weigh(regels, situatie_van(vraag)).advies
            ook = vraag.verwacht.get("ook_aanvaardbaar", {})
            borden = {vraag.bord} | {route.partition("→team ")[2] for route in ook.get("route", [])}
            team += advies.bord in borden
            urgentie += advies.urgentie in {vraag.verwacht["urgentie"], *ook.get("urgentie", [])}

        assert len(naar_triage) > 15
        assert team >= 0.9 * len(naar_triage)
        assert urgentie >= 0.9 * len(naar_triage)


def situatie_van(vraag: Vraag) -> Situatie:
    verwacht = vraag.verwacht
    geboren = (vraag.betreft or {}).get("geboortedatum") or ""
    return Situatie(
        themas=frozenset(verwacht["themas"]),
        aard=verwacht["aard"],
        spoor=verwacht["spoor"] or "",
        meervoudigheid=verwacht["meervoudigheid"],
        leeftijd=2026 - int(geboren[:4]) if geboren else None,
        scores=vraag.scores,
        termijnen=frozenset(verwacht["termijnen"]),
    )


class TestDescribe:
    def test_says_conditions_in_plain_words(self) -> None:
        als = Voorwaarden(
            leeftijd_tot=17, scores={Leefgebied.FINANCIEN.value: 2}, aantal=Aantal(3, 3), spoed=True
        )

        assert describe(als) == [
            "hoogstens 17 jaar",
            "financiën is 2 of lager",
            "minstens 3 leefgebieden op 3 of lager",
            "het loket zegt dat het niet kan wachten",
        ]
