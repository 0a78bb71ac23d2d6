"""Which characters the typeface on paper has. PDF/UA refuses a document with a character that can't be shown.

Read from the `cmap` table of the font itself (OpenType 1.9, formats 4 and 12), so that another font brings its own list.
"""

import struct
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

LETTER = Path("templates") / "papier" / "letter" / "NotoSans-Regular.ttf"
ANDERS = "\u00b7"
"""Stands where a character was that the typeface doesn't have."""
RUIMTE = "\t\n\r"
WEG = ("\u200d", "\ufe0e", "\ufe0f")
"""Joiners and selectors of emoji: nothing by themselves."""


def printable(waarde: Any) -> Any:
    """The same text, list or mapping, with a middle dot for every character that can't be printed."""
    if isinstance(waarde, str):
        tekens = characters()
        return "".join(
            teken if teken in RUIMTE or ord(teken) in tekens else ANDERS
            for teken in waarde
            if teken not in WEG
        )
    if isinstance(waarde, dict):
        return {sleutel: printable(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [printable(deel) for deel in waarde]
    return waarde


@cache
def characters() -> frozenset[int]:
    inhoud = (Path(settings.BASE_DIR) / LETTER).read_bytes()
    begin = _find_table(inhoud, b"cmap")
    (aantal,) = struct.unpack_from(">H", inhoud, begin + 2)
    tekens: set[int] = set()
    for nummer in range(aantal):
        (plaats,) = struct.unpack_from(">4xI", inhoud, begin + 4 + 8 * nummer)
        (vorm,) = struct.unpack_from(">H", inhoud, begin + plaats)
        if vorm == 4:
            tekens |= _read_segments(inhoud, begin + plaats)
        elif vorm == 12:
            tekens |= _read_groups(inhoud, begin + plaats)
    return frozenset(tekens)


def _find_table(inhoud: bytes, naam: bytes) -> int:
    (aantal,) = struct.unpack_from(">H", inhoud, 4)
    for nummer in range(aantal):
        tag, _, plaats, _ = struct.unpack_from(">4sIII", inhoud, 12 + 16 * nummer)
        if tag == naam:
            return int(plaats)
    raise ValueError(f"De letter heeft geen tabel {naam.decode()}.")


def _read_segments(inhoud: bytes, begin: int) -> set[int]:
    (dubbel,) = struct.unpack_from(">H", inhoud, begin + 6)
    aantal = dubbel // 2
    eind = struct.unpack_from(f">{aantal}H", inhoud, begin + 14)
    eerste = struct.unpack_from(f">{aantal}H", inhoud, begin + 16 + dubbel)
    return {
        teken
        for van, tot in zip(eerste, eind, strict=True)
        for teken in range(van, tot + 1)
        if teken != 0xFFFF
    }


def _read_groups(inhoud: bytes, begin: int) -> set[int]:
    (aantal,) = struct.unpack_from(">I", inhoud, begin + 12)
    tekens: set[int] = set()
    for nummer in range(aantal):
        van, tot = struct.unpack_from(">II", inhoud, begin + 16 + 12 * nummer)
        tekens |= set(range(van, tot + 1))
    return tekens
