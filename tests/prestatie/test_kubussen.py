"""Hoe snel, hoe groot en hoe dicht bij de waarheid; met de tabel van het ontwerp als grens (ADR 13).

In the suite small and short. The whole measurement:

    KUBUSSEN_PER_JAAR=1000000 KUBUSSEN_MAANDEN=12 pytest -s -n 0 tests/prestatie
"""

import os
import resource
import time
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db import connections

from rapportage import catalogus
from rapportage.models import Publicatie
from rapportage.services import close_month, sluiten
from tests.rapportage.jaar import DEEL, Jaar

PER_JAAR = int(os.environ.get("KUBUSSEN_PER_JAAR", "2000"))
MAANDEN = int(os.environ.get("KUBUSSEN_MAANDEN", "3"))
LATER = datetime(2027, 3, 1, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
GEMIDDELD = {("maand", 1): 1.8, ("kwartaal", 2): 2.3, ("jaar", 2): 3.0, ("jaar", 3): 2.4}


def test_a_year_of_five_thousand_is_near_the_truth() -> None:
    begin = time.process_time()
    jaar = Jaar(5000)
    duur = time.process_time() - begin
    for soort, delen in sorted(jaar.errors().items()):
        fouten = np.abs(np.concatenate([fout for fout, _ in delen]))
        relatief = np.concatenate([np.abs(f)[w >= 10] / w[w >= 10] for f, w in delen])
        print(
            f"{soort}: gemiddeld {fouten.mean():.2f}, hoogstens {fouten.max()}, relatief {100 * relatief.mean():.1f} %"
        )
        assert fouten.max() <= 9
        assert fouten.mean() <= GEMIDDELD.get(soort, 9), soort
    print(f"5000 per jaar, alle kubussen, zonder database: {duur:.1f} s")
    assert duur < 15


def fill(per_jaar: int) -> None:
    """Put a made-up year behind every narrow view: the same columns, tables instead of the chain."""
    indeling = catalogus.read(
        catalogus.compose({"organisatie": [("mee", "MEE"), ("sad", "SAD"), ("smow", "SMOW")]})
    )
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute("CREATE OR REPLACE VIEW rapportage_bron_verband AS SELECT false AS verbonden")
        for familie in indeling.families:
            for bron in dict.fromkeys(kubus.bron for kubus in familie.kubussen):
                kenmerken = dict.fromkeys(c for k in familie.kubussen if k.bron == bron for c in k.kenmerken)
                kolommen = [
                    f"(ARRAY[{', '.join(_quote(w) for w in indeling.kenmerken[c].waarden)}])"
                    f"[1 + floor(power(random(), 1.6) * {len(indeling.kenmerken[c].vakken)})::int] AS {c}"
                    for c in kenmerken
                ]
                maand = "(date '2026-01-01' + make_interval(months => floor(random() * 12)::int))::date"
                tijd = f"{maand} AS van, NULL::date AS tot" if familie.stand else f"{maand} AS maand"
                aantal = int(per_jaar * DEEL[familie.stam.code])
                cursor.execute(f"DROP VIEW rapportage_bron_{bron}")
                meervoudig = [k for k in familie.takken if k.bron == bron and k.meervoudig]
                if meervoudig:
                    # What is mentioned is mentioned of something: at most once of each thing.
                    stam = ", ".join(f"s.{c}" for c in familie.stam.kenmerken)
                    cursor.execute(
                        f"CREATE TABLE rapportage_bron_{bron} AS SELECT s.maand, {stam}, {kolommen[-1]}"
                        f" FROM rapportage_bron_{familie.stam.bron} s WHERE random() < 0.8"
                    )
                else:
                    cursor.execute(
                        f"CREATE TABLE rapportage_bron_{bron} AS SELECT {tijd}, {', '.join(kolommen)}"
                        f" FROM generate_series(1, {aantal})"
                    )
                cursor.execute(
                    f"CREATE INDEX ON rapportage_bron_{bron} ({'van' if familie.stand else 'maand'})"
                )
                cursor.execute(f"GRANT SELECT ON rapportage_bron_{bron} TO skt_rapport")


def _quote(waarde: str) -> str:
    return "'" + waarde.replace("'", "''") + "'"


@pytest.mark.django_db(transaction=True, databases=["default", "eigenaar", "rapport", "beleid"])
def test_closing_months_over_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    fill(PER_JAAR)
    controle = [0.0]
    echt = sluiten.check_uitgave

    def timed(*args: Any, **kwargs: Any) -> Any:
        begin = time.perf_counter()
        try:
            return echt(*args, **kwargs)
        finally:
            controle[0] += time.perf_counter() - begin

    monkeypatch.setattr(sluiten, "check_uitgave", timed)
    begin, rekentijd = time.perf_counter(), time.process_time()
    for maand in range(1, MAANDEN + 1):
        close_month(maand=date(2026, maand, 1), at=LATER)
    duur = time.perf_counter() - begin
    geheugen = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{PER_JAAR} meldingen per jaar, {MAANDEN} maanden: {duur:.1f} s ({time.process_time() - rekentijd:.1f} s rekentijd),"
        f" waarvan {controle[0]:.1f} s controle; hoogstens {geheugen} MB"
    )
    assert geheugen < 1024
    assert Publicatie.objects.using("beleid").filter(periode="maand", kubus="route").count() == MAANDEN
