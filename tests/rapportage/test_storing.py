"""Wat er ook misgaat: niets half gepubliceerd, en nooit een waar aantal in een fout of een log."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle, pairwise
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections

from rapportage import afronden, maken, tasks
from rapportage.afronden import BoundNotMet
from rapportage.controle import check
from rapportage.models import Cel, Grondslag, Indeling, Publicatie
from rapportage.samenstellen import OPOFFEREN
from rapportage.services import PublicationFailed, close_month, close_months, sluiten
from rapportage.uitvoer import export
from rapportage.voortgang import closing_progress
from skt.kern.errors import DomainError
from tests.factories.intake import MeldingFactory
from tests.factories.rapportage import OKTOBER, SEPTEMBER
from tests.rapportage.jaar import Jaar
from tests.rapportage.test_bron import ALLE, LATER, booked, dag, systeem_schrijft

STAPPEN = (
    "_book", "_catalogue", "_earlier", "count", "round_month", "month_tables", "fill_tables", "_sheets", "_keep", "freeze",
    "_insert_cells", "export", "check_uitgave", "record",
)  # fmt: skip
ZOVEEL = 17
WAAR = re.compile(r"(?<![\d-])(17|37)(?!\d)")
"""What no message may say: the number of meldingen in these tests, and what the failing step quotes."""


def nothing_is_there() -> bool:
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM rapportage_geboekt")
        (geboekt,) = cursor.fetchone()
    return not geboekt and not any(
        model.objects.using("rapport").exists() for model in (Publicatie, Cel, Grondslag, Indeling)
    )


def meldingen() -> None:
    with systeem_schrijft():
        for _ in range(ZOVEEL):
            MeldingFactory(ontvangen_op=dag(OKTOBER))


def breaks(fout: type[BaseException]) -> Callable[..., Any]:
    def stop(*_args: object, **_kwargs: object) -> None:
        raise fout("37 in centrum, 17 in totaal")

    return stop


@pytest.mark.django_db(transaction=True, databases=ALLE)
class TestKilled:
    @pytest.mark.parametrize("stap", STAPPEN)
    def test_at_any_step_leaves_nothing_or_all_of_it(
        self, stap: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """KeyboardInterrupt stands for a kill: nothing of ours catches it. Then the same job comes once more, twice."""
        meldingen()
        monkeypatch.setattr(sluiten, stap, breaks(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            close_month(maand=OKTOBER, at=LATER)
        # The line in the log is the other role's, and comes after the figures: they stand, whole.
        assert nothing_is_there() == (stap != "record")
        monkeypatch.undo()

        eerst = close_month(maand=OKTOBER, at=LATER)
        bestanden = export("beleid").bestanden
        nog_eens = close_month(maand=OKTOBER, at=LATER)

        assert (eerst.nieuw, nog_eens.nieuw) == (stap != "record", False)
        assert export("beleid").bestanden == bestanden
        assert check(bestanden).in_orde
        assert sum(booked("melding", "maand").values()) == ZOVEEL

    @pytest.mark.parametrize("stap", ["_book", "count", "round_month", "_insert_cells", "check_uitgave"])
    def test_no_error_says_a_number(
        self, stap: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        meldingen()
        monkeypatch.setattr(sluiten, stap, breaks(ValueError))
        with caplog.at_level(logging.DEBUG), pytest.raises(DomainError) as caught:
            tasks.close_month(maand="2026-10")

        assert isinstance(caught.value, PublicationFailed)
        assert caught.value.__suppress_context__
        assert not WAAR.search(str(caught.value))
        assert not WAAR.search(
            "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("rapportage"))
        )
        assert not WAAR.search(closing_progress().mislukt)
        assert closing_progress().mislukt.startswith("De cijfers van oktober 2026 zijn niet gemaakt")
        with pytest.raises(CommandError) as gezegd:
            call_command("sluit_maand", maand="2026-10")
        assert not WAAR.search(str(gezegd.value))
        assert nothing_is_there()

    @pytest.mark.parametrize("fout", [OperationalError, OSError])
    def test_what_was_interrupted_is_tried_again(
        self, fout: type[Exception], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A lost connection, a deadlock or a full disk says nothing about the figures."""
        meldingen()
        echt, keren = sluiten._insert_cells, iter([True])

        def once(*args: Any) -> None:
            if next(keren, False):
                raise fout("37 in centrum, 17 in totaal")
            echt(*args)

        monkeypatch.setattr(sluiten, "_insert_cells", once)

        assert tasks.close_month.apply(kwargs={"maand": "2026-10"}).state == "SUCCESS"
        assert not nothing_is_there()
        assert not closing_progress().mislukt


def refuse(keren: Iterator[bool], *, ook_los: bool = False) -> Callable[..., Any]:
    """Rounding that finds nothing as often as `keren` says; `ook_los`: not even cells that add up."""

    def round_family(stam: Any, takken: Any = (), *, streng: bool = True) -> Any:
        if next(keren) and (streng or ook_los):
            raise BoundNotMet(f"De afgeronde cijfers van ‘{stam.naam}’ blijven niet binnen de grens.")
        return afronden.round_family(stam, takken, streng=streng)

    return round_family


class TestNoWayOut:
    """Controlled rounding that finds nothing: the finest tables are left out, or there is nothing at all."""

    @pytest.mark.parametrize("keren", [[True, False], [True, True, False], [True]])
    def test_leaves_out_what_is_not_within_the_bound_and_nothing_else(
        self, keren: list[bool], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Once a month, twice a month, and always: then there is one attempt, and what of it is within the bound."""
        monkeypatch.setattr(maken, "round_family", refuse(cycle(keren)))
        jaar = Jaar(600, families=("uitvragen",))

        assert max(abs(fout).max() for delen in jaar.published_errors().values() for fout in delen) <= 9
        assert check(jaar.files()).in_orde
        assert len(jaar.regels) > 12

    def test_gives_up_the_finest_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        gezien: list[tuple[Any, ...]] = []
        echt = maken.problems

        def look(*args: Any, **more: Any) -> Any:
            gezien.append(tuple(args[6]))
            return echt(*args, **more)

        monkeypatch.setattr(maken, "problems", look)
        monkeypatch.setattr(maken, "round_family", refuse(cycle([True])))
        Jaar(600, families=("uitvragen",), maanden=1)

        assert gezien == [OPOFFEREN[:zoveel] for zoveel in range(4)]

    def test_publishes_nothing_when_cells_do_not_add_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(maken, "round_family", refuse(cycle([True]), ook_los=True))
        with pytest.raises(BoundNotMet):
            Jaar(600, families=("uitvragen",), maanden=1)


class TestStandThatHardlyChanges:
    def test_finds_a_way_while_numbers_of_what_stays_the_same_stay(self) -> None:
        """Casussen stay open for months: most cells keep their number, and the rest must make up for it."""
        for zaad in range(4):
            jaar = Jaar(400, families=("casus", "casusstand"), zaad=zaad)
            assert max(abs(fout).max() for delen in jaar.published_errors().values() for fout in delen) <= 9
            for eerder, later in pairwise(jaar.eerder["casusstand"]):
                verschoof = np.abs(later.rond - eerder.rond)[later.waar == eerder.waar]
                assert verschoof.max() <= 5
                assert (verschoof > 0).mean() < 0.1


@pytest.mark.django_db(transaction=True, databases=ALLE)
class TestLeftOut:
    def test_is_said_in_the_catalogue_of_the_export(self, monkeypatch: pytest.MonkeyPatch) -> None:
        echt = sluiten.fill_tables

        def all_but_one(*args: Any) -> Any:
            return [deel for deel in echt(*args) if deel[0].code != "thema"]

        monkeypatch.setattr(sluiten, "fill_tables", all_but_one)
        close_month(maand=SEPTEMBER, at=LATER)

        uitgave = export("beleid")
        weggelaten = uitgave.catalogus["weggelaten"]
        assert {regel["tabel"] for regel in weggelaten} == {"thema"}
        assert {regel["naam"] for regel in weggelaten} == {"2026-09", "2026-K3"}
        assert check(uitgave.bestanden).in_orde

    def test_is_a_family_that_another_counts_otherwise(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """A step more than there were triages is a fault of ours: no steps this month, nor in the quarter it is in."""
        juli, augustus = date(2026, 7, 1), date(2026, 8, 1)
        with systeem_schrijft():
            MeldingFactory(ontvangen_op=dag(juli), gesloten=True, gesloten_op=dag(augustus))
        close_month(maand=juli, at=LATER)
        echt = sluiten.count

        def one_more(indeling: Any, familie: Any, maand: date) -> Any:
            waar = echt(indeling, familie, maand)
            if familie.stam.code == "stap" and maand != SEPTEMBER:
                waar["stap"][0] += 1
                waar["stap-klasse"][0] += 1
            return waar

        monkeypatch.setattr(sluiten, "count", one_more)
        with caplog.at_level(logging.INFO):
            tasks.close_month(maand="2026-08")

        (regel,) = [r for r in caplog.records if "zonder" in r.message]
        assert regel.levelno == logging.ERROR
        assert regel.message.endswith(
            "; zonder ‘Stappen’: wat ook uit ‘Triages’ volgt, is daar anders geteld."
        )
        stappen = Grondslag.objects.using("rapport").filter(kubus__startswith="stap")
        assert not stappen.filter(maand=augustus).exists()
        monkeypatch.setattr(sluiten, "count", echt)
        assert close_month(maand=SEPTEMBER, at=LATER).zonder == ()
        uitgave = export("beleid")
        weg = {r["naam"] for r in uitgave.catalogus["weggelaten"] if r["tabel"] == "stap"}
        assert weg == {"2026-08", "2026-K3"}
        assert check(uitgave.bestanden).in_orde

        monkeypatch.setattr(sluiten, "count", one_more)
        monkeypatch.setattr(sluiten, "is_tied", lambda: False)
        assert close_month(maand=OKTOBER, at=LATER).zonder == ()

    def test_says_what_has_no_source(self) -> None:
        list(close_months(at=LATER, maand=OKTOBER))

        (jaar,) = export("beleid").catalogus["indelingen"].values()
        assert "Wat hulp echt kostte" in dict(jaar["ontbreekt"])
