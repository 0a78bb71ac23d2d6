"""Cells that a spreadsheet would run: in every file with commas or semicolons that somebody opens in one."""

TEKENS = ("=", "+", "-", "@", "＝", "＠")
RAND = ("\t", "\r", "\n")
"""Some spreadsheets skip these and then find the formula."""


def is_formula_like(tekst: str) -> bool:
    """Would a spreadsheet take this for a formula? (OWASP: CSV injection)"""
    return tekst.startswith(RAND) or tekst.lstrip().startswith(TEKENS)


def harmless(tekst: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{tekst}" if is_formula_like(tekst) else tekst
