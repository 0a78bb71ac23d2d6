"""The report of an import: per row its outcome and reasons, and the totals. For people and for a machine."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from intake.loketlijst.redenen import REDENEN, TER_BEOORDELING, UITKOMSTEN
from intake.loketlijst.regels import Oordeel
from intake.loketlijst.rijen import Rij

VERWIJZINGEN = {
    "NAAM_SPELLING": "zelfde_persoon_als_rij",
    "MOGELIJK_DUBBEL": "lijkt_op_rij",
    "VOLGNR_DUBBEL": "volgnr_al_gebruikt_op_rij",
    "EXACT_DUBBEL": "dubbel_van_rij",
    "DUBBEL_ANDER_VOLGNR": "dubbel_van_rij",
}


def make_totals(rijen: Iterable[Rij]) -> dict[str, Any]:
    """Counted per outcome and per reason; `rijen` adds up: nothing disappears."""
    rows = list(rijen)
    per_uitkomst = Counter(rij.uitkomst for rij in rows)
    per_reden = Counter(reden for rij in rows for reden in rij.redenen)
    return {
        "rijen": len(rows),
        "gegevensrijen": len(rows) - per_uitkomst["geen gegevensrij"],
        "over_te_nemen": sum(rij.wordt_overgenomen for rij in rows),
        "per_uitkomst": {uitkomst: per_uitkomst[uitkomst] for uitkomst in UITKOMSTEN},
        "per_reden": dict(sorted(per_reden.items())),
        "personen": len({rij.persoon for rij in rows if rij.persoon}),
        "ter_beoordeling": sum(bool(TER_BEOORDELING & set(rij.redenen)) for rij in rows),
        "rijen_met_bsn": per_reden["BSN_IN_TEKST"],
        "niet_afgehandeld": sum(
            rij.wordt_overgenomen and rij.tekst["afgehandeld"].casefold() not in ("ja", "j", "")
            for rij in rows
        ),
    }


def make_report(oordeel: Oordeel, **more: Any) -> dict[str, Any]:
    """VERSLAG.json. Never a BSN; `waarden` are what was understood, `persoon` joins rows about one person."""
    return {
        "bestand": {
            "codering": oordeel.bestand.codering,
            "scheidingsteken": oordeel.bestand.scheidingsteken,
            "kolommen": list(oordeel.bestand.kop),
            "jaar": oordeel.jaar,
        },
        "totalen": make_totals(oordeel.rijen) | more,
        "rijen": {str(rij.nummer): _row(rij) for rij in oordeel.rijen},
        "persoongroepen": {code: rows for code, rows in oordeel.persoongroepen.items() if len(rows) > 1},
    }


def _row(rij: Rij) -> dict[str, Any]:
    row: dict[str, Any] = {
        "regel": rij.regel,
        "uitkomst": rij.uitkomst_voluit,
        "redenen": rij.redenen,
    }
    if rij.redenen:
        row["uitleg"] = [REDENEN[reden][1] for reden in rij.redenen]
    if rij.wordt_overgenomen:
        row |= {"persoon": rij.persoon or None, "waarden": rij.waarden}
    for reden, nummer in rij.verwijst.items():
        row[VERWIJZINGEN[reden]] = nummer
    if rij.bsn_velden:
        row["bsn_gevonden"] = {"velden": list(rij.bsn_velden)}
    return row
