"""Amounts in euro, as people write and read them: € 1.250 and € 120,50."""

import re
from decimal import Decimal

_BEDRAG = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?", re.ASCII)
_PUNT = re.compile(r"(\d+)\.(\d{2})", re.ASCII)


def euro(bedrag: Decimal) -> str:
    """€ 1.250 for a whole amount, € 120,50 with its cents."""
    centen = bedrag.quantize(Decimal("0.01"))
    tekst = f"{centen:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"€ {tekst.removesuffix(',00')}"


def parse_euro(tekst: str) -> Decimal | None:
    """‘€ 1.250,50’, ‘1250,5’ or ‘1250.50’ as an amount; None for anything else."""
    kaal = tekst.replace("€", "").replace(" ", "").replace("\xa0", "").removesuffix(",-").removesuffix(".-")
    punt = _PUNT.fullmatch(kaal)
    if punt:
        return Decimal(f"{punt[1]}.{punt[2]}")
    gevonden = _BEDRAG.fullmatch(kaal)
    if gevonden is None:
        return None
    return Decimal(f"{gevonden[1].replace('.', '')}.{(gevonden[2] or '0'):0<2}")
