"""Een protocol schrijven: regel voor regel, nagekeken bij het bewaren, één versie in gebruik."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from skt.kern.errors import DomainError, TransitionNotAllowed
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel as Logregel
from tests.factories.protocol import KwartiermakerFactory, ProtocolversieFactory, first_protocol, regel
from tests.fixtures import MAANDAG
from triage.models import Protocolversie, Uitkomst, Urgentie
from triage.protocol.nakijken import inspect
from triage.protocol.regels import Regel, RegelInvalid, read_regel, read_regels
from triage.protocol.verschil import compare
from triage.protocol.woorden import sentence
from triage.services.protocol import (
    ProtocolChangedMeanwhile,
    ProtocolFaulty,
    ProtocolFixed,
    ProtocolInvalid,
    activate_protocol,
    add_rule,
    change_rule,
    copy_protocol,
    digest,
    discard_protocol,
    explain_protocol,
    move_rule,
    remove_rule,
)
from triage.status import ProtocolStatus

Als = Callable[[Medewerker], AbstractContextManager[Any]]
ANDERS = regel("Anders", {}, {"uitkomst": Uitkomst.OVERLEG.value, "bord": "volwassenen"})
JEUGD = {"uitkomst": Uitkomst.OVERLEG.value, "bord": "jeugd"}
VOLWASSENEN = {"uitkomst": Uitkomst.OVERLEG.value, "bord": "volwassenen"}
SPOED = read_regel(regel("Spoed", {"spoed": True}, {"urgentie": Urgentie.SPOED.value}))


@pytest.fixture
def kwartiermaker(systeem: Any) -> Medewerker:
    return KwartiermakerFactory()


@pytest.fixture
def concept(systeem: Any) -> Protocolversie:
    return ProtocolversieFactory()


@pytest.fixture
def doe(als: Als, kwartiermaker: Medewerker) -> Callable[..., Protocolversie]:
    """Act as the kwartiermaker, on both locks."""

    def act(service: Callable[..., Protocolversie], versie: Protocolversie, **facts: Any) -> Protocolversie:
        with als(kwartiermaker):
            return service(versie=versie, actor=kwartiermaker, at=MAANDAG, **facts)

    return act


Doe = Callable[..., Protocolversie]


def names(versie: Protocolversie) -> list[str]:
    versie.refresh_from_db()
    return [een["naam"] for een in versie.regels]


class TestWriting:
    def test_a_copy_is_the_next_concept_with_the_same_rules(self, doe: Doe) -> None:
        copy = doe(copy_protocol, first_protocol())

        assert (copy.nummer, copy.status) == (2, ProtocolStatus.CONCEPT)
        assert copy.regels == first_protocol().regels
        assert doe(copy_protocol, first_protocol()) == copy

    def test_a_new_rule_comes_before_the_last_word(self, doe: Doe, concept: Protocolversie) -> None:
        doe(add_rule, concept, regel=SPOED)

        assert names(concept) == ["Jeugd", "Spoed", "Anders"]

    @pytest.mark.parametrize(
        ("na", "volgorde"),
        [("", ["Spoed", "Jeugd", "Anders"]), ("Jeugd", ["Jeugd", "Spoed", "Anders"]), ("weg", ["Jeugd", "Spoed", "Anders"])],
    )  # fmt: skip
    def test_or_where_the_writer_says(
        self, doe: Doe, concept: Protocolversie, na: str, volgorde: list[str]
    ) -> None:
        doe(add_rule, concept, regel=SPOED, na=digest(concept.regels[0]) if na == "Jeugd" else na)

        assert names(concept) == volgorde

    def test_changes_moves_and_removes_a_line(self, doe: Doe, concept: Protocolversie) -> None:
        was = digest(concept.regels[0])
        kind = read_regel(regel("Kind", {"leeftijd_tot": 11}, JEUGD))
        row = doe(change_rule, concept, was=was, regel=kind)
        assert names(concept) == ["Kind", "Anders"]
        row = doe(move_rule, concept, was=digest(row.regels[0]), stap=1)
        assert names(concept) == ["Anders", "Kind"]
        doe(move_rule, concept, was=digest(row.regels[1]), stap=1)
        assert names(concept) == ["Anders", "Kind"]
        row = doe(change_rule, concept, was=digest(row.regels[1]), regel=kind, na="")
        assert names(concept) == ["Kind", "Anders"]
        doe(remove_rule, concept, was=digest(row.regels[0]))

        assert names(concept) == ["Anders"]
        assert {een.actie for een in Logregel.objects.filter(actie__endswith="_rule")} == {
            "triage.change_rule", "triage.move_rule", "triage.remove_rule",
        }  # fmt: skip

    def test_nothing_changed_is_nothing_written(self, doe: Doe, concept: Protocolversie) -> None:
        same = read_regel(concept.regels[0])
        doe(change_rule, concept, was=digest(concept.regels[0]), regel=same)

        concept.refresh_from_db()
        assert (concept.bewerking, concept.gewijzigd_op) == (1, None)

    @pytest.mark.parametrize(
        ("voorwaarden", "dan", "veld"),
        [
            ({}, {}, "uitkomst"),
            ({"leeftijd_van": 18, "leeftijd_tot": 4}, JEUGD, "leeftijd_tot"),
            ({"termijnen": ["XX-WEG"]}, JEUGD, "termijnen"),
            ({"genoemd": ["netwerk"], "niet_genoemd": ["netwerk"]}, JEUGD, "niet_genoemd"),
            ({}, {"uitkomst": Uitkomst.INFORMATIE.value, "bord": "jeugd"}, "bord"),
        ],
    )
    def test_refuses_a_rule_that_is_wrong_by_itself(
        self, doe: Doe, concept: Protocolversie, voorwaarden: dict[str, Any], dan: dict[str, Any], veld: str
    ) -> None:
        with pytest.raises(RegelInvalid) as refused:
            doe(add_rule, concept, regel=read_regel(regel("Fout", voorwaarden, dan)))

        assert refused.value.veld == veld
        assert names(concept) == ["Jeugd", "Anders"]

    def test_refuses_more_than_sixty(self, doe: Doe) -> None:
        vol = ProtocolversieFactory(regels=[regel(f"R{n}", {"leeftijd_tot": n}, JEUGD) for n in range(1, 61)])
        with pytest.raises(ProtocolInvalid, match="hoogstens 60"):
            doe(add_rule, vol, regel=SPOED)

    @pytest.mark.parametrize("service", [add_rule, change_rule, move_rule, remove_rule, explain_protocol])
    def test_leaves_what_is_in_use_alone(self, doe: Doe, service: Callable[..., Any]) -> None:
        actief = first_protocol()
        was = digest(actief.regels[0])
        facts: dict[Any, dict[str, Any]] = {
            add_rule: {"regel": SPOED},
            change_rule: {"was": was, "regel": SPOED},
            move_rule: {"was": was, "stap": 1},
            remove_rule: {"was": was},
            explain_protocol: {"toelichting": "Anders", "was": actief.toelichting},
        }
        with pytest.raises(ProtocolFixed, match="verandert niet meer"):
            doe(service, actief, **facts[service])

        assert first_protocol().regels == actief.regels


class TestTwoAtOnce:
    def test_two_lines_come_together(self, doe: Doe, concept: Protocolversie) -> None:
        een, ander = map(digest, concept.regels)
        doe(change_rule, concept, was=een, regel=read_regel(regel("Kind", {"leeftijd_tot": 11}, JEUGD)))
        doe(change_rule, concept, was=ander, regel=read_regel(regel("De rest", {}, VOLWASSENEN)))

        assert names(concept) == ["Kind", "De rest"]

    @pytest.mark.parametrize("service", [change_rule, move_rule, remove_rule])
    def test_the_second_in_one_line_hears_it_and_nothing_is_lost(
        self, doe: Doe, concept: Protocolversie, service: Callable[..., Any]
    ) -> None:
        was = digest(concept.regels[0])
        doe(change_rule, concept, was=was, regel=read_regel(regel("Kind", {"leeftijd_tot": 11}, JEUGD)))
        facts: dict[Any, dict[str, Any]] = {
            change_rule: {"regel": SPOED}, move_rule: {"stap": 1}, remove_rule: {}
        }  # fmt: skip
        with pytest.raises(ProtocolChangedMeanwhile, match=r"collega.*[.]$"):
            doe(service, concept, was=was, **facts[service])

        assert names(concept) == ["Kind", "Anders"]

    def test_so_does_the_second_who_explains(self, doe: Doe, concept: Protocolversie) -> None:
        doe(explain_protocol, concept, toelichting="Een", was="")
        with pytest.raises(ProtocolChangedMeanwhile, match="‘Een’"):
            doe(explain_protocol, concept, toelichting="Twee", was="")

        concept.refresh_from_db()
        assert concept.toelichting == "Een"

    def test_refuses_a_long_explanation(self, doe: Doe, concept: Protocolversie) -> None:
        with pytest.raises(ProtocolInvalid):
            doe(explain_protocol, concept, toelichting="x" * 301, was="")


class TestActivate:
    def test_takes_the_place_of_the_one_before(self, doe: Doe, concept: Protocolversie) -> None:
        doe(activate_protocol, concept)

        concept.refresh_from_db()
        oud = first_protocol()
        assert (concept.status, concept.actief_vanaf) == (ProtocolStatus.ACTIEF, MAANDAG)
        assert oud.status == ProtocolStatus.OUD
        assert oud.actief_tot is not None

    @pytest.mark.parametrize(
        ("regels", "zin"),
        [
            ([regel("Anders", {"spoed": True}, VOLWASSENEN)], "Niet elke melding krijgt een advies"),
            (
                [regel("Kind", {"leeftijd_tot": 17}, JEUGD), regel("Baby", {"leeftijd_tot": 1}, VOLWASSENEN), ANDERS],
                "Regel 2: Regel 2 en regel 1 spreken elkaar tegen over het team",
            ),
            ([regel("Koken", {"themas": ["koken"]}, JEUGD), ANDERS], "Regel 1: Deze regel vraagt"),
            ([regel("Term", {"termijnen": ["XX"]}, JEUGD), ANDERS], "Regel 1: De termijn XX"),
        ],
    )  # fmt: skip
    def test_refuses_what_contradicts_itself_never_fires_or_is_unknown(
        self, doe: Doe, regels: list[Any], zin: str
    ) -> None:
        fout = ProtocolversieFactory(regels=regels)
        with pytest.raises(ProtocolFaulty, match=zin):
            doe(activate_protocol, fout)

        fout.refresh_from_db()
        assert fout.status == ProtocolStatus.CONCEPT
        assert first_protocol().status == ProtocolStatus.ACTIEF

    @pytest.mark.parametrize("service", [activate_protocol, discard_protocol])
    def test_only_a_concept(self, doe: Doe, service: Callable[..., Any]) -> None:
        with pytest.raises(TransitionNotAllowed):
            doe(service, first_protocol())

        assert first_protocol().status == ProtocolStatus.ACTIEF

    def test_a_concept_that_is_put_away_stays_away(self, doe: Doe, concept: Protocolversie) -> None:
        doe(discard_protocol, concept)

        with pytest.raises(DomainError):
            doe(activate_protocol, concept)

    def test_nobody_but_the_kwartiermaker_in_the_database(self, als: Als, concept: Protocolversie) -> None:
        from tests.factories.triage import ToegangFactory

        with als(ToegangFactory()), transaction.atomic():
            assert Protocolversie.objects.filter(pk=concept.pk).update(toelichting="Ik ook") == 0

    def test_regels_are_a_list(self, concept: Protocolversie) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Protocolversie.objects.filter(pk=concept.pk).update(regels={})


class TestInspect:
    def test_says_the_fault_at_the_line_also_beside_an_unreadable_one(self) -> None:
        lines = inspect(
            [
                {"naam": "Stuk", "als": {"kleur": "rood"}},
                regel("Kind", {"leeftijd_tot": 17}, JEUGD),
                regel("Baby", {"leeftijd_tot": 1}, JEUGD),
                "geen regel",
            ]
        )

        assert [(line.nummer, line.naam, bool(line.fouten)) for line in lines] == [
            (1, "Stuk", True), (2, "Kind", False), (3, "Baby", True), (4, "Zonder naam", True),
        ]  # fmt: skip
        assert "voegt nooit iets toe" in lines[2].fouten[0].zin
        assert "kleur" in lines[0].fouten[0].zin


class TestCompare:
    def test_names_what_is_new_gone_changed_and_moved(self) -> None:
        def rules(*given: tuple[str, int]) -> list[Regel]:
            return read_regels([regel(naam, {"leeftijd_tot": tot}, JEUGD) for naam, tot in given])

        found = compare(
            rules(("a", 1), ("b", 2), ("c", 3), ("d", 4)), rules(("a", 1), ("d", 4), ("b", 9), ("e", 5))
        )

        assert [(een.naam, een.soort, een.oud_nummer, een.nieuw_nummer) for een in found] == [
            ("a", "gelijk", 1, 1), ("d", "verplaatst", 4, 2), ("b", "gewijzigd", 2, 3), ("c", "weg", 3, None),
            ("e", "nieuw", None, 4),
        ]  # fmt: skip


class TestSentence:
    def test_says_a_whole_rule_in_plain_words(self) -> None:
        gegevens = regel(
            "Ontruiming",
            {"themas": ["inkomen/schulden"], "termijnen": ["WGS-3D"], "niet_genoemd": ["netwerk", "wens"], "scores": {"financien": 1}},
            {**JEUGD, "urgentie": Urgentie.SPOED.value, "waarschuw": ["Bel de verhuurder"], "wet": ["Wgs 4."]},
        )  # fmt: skip

        assert sentence(read_regel(gegevens), {"WGS-3D": "Drie werkdagen"}) == (
            "Als thema is ‘Inkomen en schulden’ en termijn is Drie werkdagen en financiën is 1 en in de uitvraag staat niets"
            " over netwerk of wens: aanmeldoverleg, team jeugd/gezin; urgentie spoed. Let op: Bel de verhuurder. De wet: Wgs 4."
        )
