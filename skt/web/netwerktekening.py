"""The network of a resident as a drawing: the inwoner in the middle, people around; a line says what they do, by its shape and a sign."""

import math
from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from skt.web.leefgebieden import enumerate_words
from skt.web.tekeningen import join

BREED, HOOG = 360, 312
MIDDEN = (BREED / 2, 160.0)
STRAAL = (132.0, 92.0)
"""Half the width and half the height of the oval on which the people stand, in user units."""
MEEST = 10
"""More people than this are in the list beside the drawing, not in it."""
NAAM_LENGTE = 15
REGEL = 12
"""From one line of words to the next."""

TEKENS = {"steunend": "+", "belastend": "!", "beide": "±", "onbekend": "?"}
WOORDEN = {
    "steunend": "steunend",
    "belastend": "belastend",
    "beide": "steunend en belastend",
    "onbekend": "nog niet bekend",
}


def describe_netwerk(wie: str, leden: Sequence[dict[str, Any]]) -> str:
    """What the drawing shows, in a sentence for who doesn't see it."""
    if not leden:
        return f"Nog niemand opgeschreven om {wie} heen."
    woorden = [f"{lid['naam']}, {str(lid['relatie']).lower()}, {WOORDEN[lid['werking']]}" for lid in leden]
    return f"Om {wie} heen: {'; '.join(woorden)}."


def count_netwerk(leden: Sequence[dict[str, Any]]) -> str:
    """3 steunend, 1 belastend, 1 mantelzorger."""
    delen = [
        f"{aantal} {WOORDEN[werking]}"
        for werking in TEKENS
        if (aantal := sum(lid["werking"] == werking for lid in leden))
    ]
    zorgers = sum(bool(lid["mantelzorger"]) for lid in leden)
    if zorgers:
        delen.append(f"{zorgers} mantelzorger{'s' if zorgers > 1 else ''}")
    return enumerate_words(delen)


def netwerk(wie: str, leden: Sequence[dict[str, Any]]) -> SafeString:
    """The drawing; `leden` have naam, relatie (a word), werking and mantelzorger."""
    shown = list(leden)[:MEEST]
    places = [_place(index, len(shown)) for index in range(len(shown))]
    lines = join(_line(place, lid["werking"]) for place, lid in zip(places, shown, strict=True))
    people = join(_person(place, lid) for place, lid in zip(places, shown, strict=True))
    x, y = MIDDEN
    return format_html(
        '<svg class="skt-netwerk" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<g class="skt-netwerk__midden"><circle cx="{}" cy="{}" r="30"/>'
        '<text x="{}" y="{}">{}</text></g>{}</svg>',
        BREED, HOOG, describe_netwerk(wie, leden), lines, x, y, x, y + 4, Truncator(wie).chars(9), people,
    )  # fmt: skip


def _place(index: int, count: int) -> tuple[float, float]:
    """Round the oval, from the top; two stand left and right, so that no name lies under the middle."""
    start = 180 if count == 2 else -90
    angle = math.radians(start + 360 * index / count)
    return round(MIDDEN[0] + STRAAL[0] * math.cos(angle), 1), round(
        MIDDEN[1] + STRAAL[1] * math.sin(angle), 1
    )


def _line(place: tuple[float, float], werking: str) -> SafeString:
    """Whole for support, dashed for a burden, both for both, dotted for unknown; and the sign halfway."""
    (x1, y1), (x2, y2) = MIDDEN, place
    length = math.hypot(x2 - x1, y2 - y1) or 1
    dx, dy = (y2 - y1) / length * 3, (x1 - x2) / length * 3
    kinds = ("steunend", "belastend") if werking == "beide" else (werking,)
    shifts = (1, -1) if werking == "beide" else (0,)
    drawn = join(
        format_html(
            '<line class="skt-netwerk__lijn skt-netwerk__lijn--{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
            kind,
            *(
                round(value, 1)
                for value in (x1 + dx * shift, y1 + dy * shift, x2 + dx * shift, y2 + dy * shift)
            ),
        )
        for kind, shift in zip(kinds, shifts, strict=True)
    )
    mx, my = round(x1 + (x2 - x1) * 0.55, 1), round(y1 + (y2 - y1) * 0.55, 1)
    return format_html(
        '{}<g class="skt-netwerk__teken"><circle cx="{}" cy="{}" r="8"/><text x="{}" y="{}">{}</text></g>',
        drawn, mx, my, mx, my + 4, TEKENS[werking],
    )  # fmt: skip


def _person(place: tuple[float, float], lid: dict[str, Any]) -> SafeString:
    """The words stand on the outer side: above who stands above the middle, so that no line runs through them."""
    x, y = place
    words = [
        ("skt-netwerk__naam", Truncator(lid["naam"]).chars(NAAM_LENGTE)),
        ("", str(lid["relatie"]).lower()),
    ]
    if lid["mantelzorger"]:
        words.append(("skt-netwerk__zorg", "mantelzorger"))
    first = y - 20 - REGEL * (len(words) - 1) if y < MIDDEN[1] - STRAAL[1] / 2 else y + 26
    lines = join(
        format_html(
            '<text class="{}" x="{}" y="{}">{}</text>', klasse, x, round(first + REGEL * index, 1), word
        )
        for index, (klasse, word) in enumerate(words)
    )
    return format_html(
        '<g class="skt-netwerk__mens"><circle cx="{}" cy="{}" r="14"/>'
        '<path d="M{} {}a5 5 0 1 0 .1 0zm-7 17c0-9 14-9 14 0"/>{}</g>',
        x, y, x, round(y - 9, 1), lines,
    )  # fmt: skip
