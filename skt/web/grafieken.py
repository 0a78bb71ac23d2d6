"""Charts of the stuurinformatie and the bars of the inzet, as SVG; a chart has a wide and a narrow drawing.

A value is an int, or None for a count that is too small to show: drawn dashed and written as "<10".
Hatching, dashes and marks carry what colour carries, so all of it reads in black and white.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from skt.web.datums import MAANDEN_KORT, short_date
from skt.web.leefgebieden import enumerate_words
from skt.web.svg import hatched, line, rect, svg, text
from skt.web.tekeningen import EMPTY, join

KLEIN = "<10"
STEPS = (1, 2, 5)


def figure(value: int | str | None) -> str:
    """190, 1.195, or <10 for a count too small to show; words stay as they are."""
    if value is None:
        return KLEIN
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def _spoken(value: int | None) -> str:
    return "minder dan 10" if value is None else figure(value)


def read(source: Any, name: str, default: Any = None) -> Any:
    """One value of a dict or of an object."""
    if isinstance(source, Mapping):
        return source.get(name, default)
    return getattr(source, name, default)


def ticks(highest: float, wanted: int = 5) -> list[int]:
    """Round values from 0 to just under the highest."""
    rough = max(1.0, highest / wanted)
    power = 10 ** math.floor(math.log10(rough))
    step = next((int(power * s) for s in STEPS if power * s >= rough), int(power * 10))
    return list(range(0, int(highest) + 1, max(1, step)))


# -- horizontal bars


class Breed(NamedTuple):
    """Measures of one drawing of horizontal bars."""

    width: float
    left: float
    row: float
    bar: float
    top: float
    klasse: str
    label_above: bool


WIDE = Breed(width=756, left=178, row=33, bar=20, top=27, klasse="skt-alleen-breed", label_above=False)
NARROW = Breed(width=350, left=0, row=48, bar=18, top=20, klasse="skt-alleen-smal", label_above=True)
ROOM_FOR_FIGURE = 105
LETTER, WIDEST = 7.4, 345
"""How wide a letter of a name is at most, and how wide the names may become."""


def staven(grafiek: Any) -> SafeString:
    """Horizontal bars, one or two series stacked, with last year's total as a mark. `breedte`: pixels of the wide drawing.

    `tekst` of a row stands in place of its figure.
    """
    rows = list(read(grafiek, "rijen", []))
    label = f"Liggende staven. {'; '.join(_describe_row(row) for row in rows)}."
    wide = WIDE._replace(width=read(grafiek, "breedte") or WIDE.width)
    return join(_bars(rows, maat, label) for maat in (wide, NARROW))


def _total(row: Any) -> int | None:
    values = list(read(row, "waarden", []))
    return None if any(value is None for value in values) else sum(values)


def _describe_row(row: Any) -> str:
    previous = read(row, "vorige", EMPTY)
    before = f", eerder {_spoken(previous)}" if previous is not EMPTY else ""
    return f"{read(row, 'label')}: {read(row, 'tekst') or _spoken(_total(row))}{before}"


def _bars(rows: Sequence[Any], maat: Breed, label: str) -> SafeString:
    totals = [_total(row) or 0 for row in rows] + [read(row, "vorige", 0) or 0 for row in rows]
    highest = max(totals, default=0) or 1
    if not maat.label_above:
        maat = maat._replace(
            left=min(WIDEST, max(maat.left, *(12 + LETTER * len(str(read(row, "label"))) for row in rows), 0))
        )
    room = maat.width - maat.left - ROOM_FOR_FIGURE
    height = maat.row * len(rows) + (26 if not maat.label_above else 4)

    def x(value: float) -> float:
        return maat.left + room * value / highest

    grid = EMPTY
    if not maat.label_above and any(totals):
        grid = join(
            join(
                [
                    line(f"M{x(t):.1f} 18V{height}", "hulp" if t else "nul"),
                    text(x(t), 12, figure(t), "is-zacht is-midden"),
                ]
            )
            for t in ticks(highest)
        )
    body = join(_bar(row, index, maat, x) for index, row in enumerate(rows))
    return svg(maat.width, height, label, join([grid, body]), klasse=maat.klasse)


def _bar(row: Any, index: int, maat: Breed, x: Any) -> SafeString:
    y = maat.top + maat.row * index
    values = list(read(row, "waarden", []))
    total, previous = _total(row), read(row, "vorige", EMPTY)
    name = read(row, "label")
    parts = [
        text(0, y - 6, name, "is-label") if maat.label_above
        else text(maat.left - 10, y + 14, name, "is-label is-eind")
    ]  # fmt: skip
    at = 0.0
    if total is None:
        parts.append(rect(maat.left, y + 0.5, 14, maat.bar - 1, "klein"))
    else:
        for number, value in enumerate(values):
            width = x(at + value) - x(at)
            parts.append(
                hatched(x(at), y + 0.5, width, maat.bar - 1) if number else rect(x(at), y, width, maat.bar)
            )
            at += value
    end = max(x(at) if total is not None else maat.left + 14, x(previous) if isinstance(previous, int) else 0)
    if isinstance(previous, int):
        mark = f"M{x(previous):.1f} {y - 5}v{maat.bar + 10}"
        parts += [line(mark, "vorige--rand"), line(mark, "vorige")]
    was = format_html('<tspan dx="7">was {}</tspan>', figure(previous)) if previous is not EMPTY else EMPTY
    parts.append(
        format_html(
            '<text class="is-vet" x="{}" y="{}">{}{}</text>',
            round(end + 10, 1),
            y + 15,
            read(row, "tekst") or figure(total),
            was,
        )
    )
    return join(parts)


def legendavlak(soort: str) -> SafeString:
    """The sign of a legend: vlak, eerder, arcering, vorige (mark) or klein (dashed)."""
    if soort == "vorige":
        body = line("M10 0v12", "vorige")
    elif soort == "arcering":
        body = hatched(0.5, 0.5, 19, 11)
    else:
        body = rect(0.5, 0.5, 19, 11, "" if soort == "vlak" else soort)
    return format_html('<svg viewBox="0 0 20 12" aria-hidden="true">{}</svg>', body)


# -- small multiples of columns

COLUMN = 17.5
PITCH = 20.5
WIDE_FIGURE = 100
"""From here on a figure is wider than its column: it stands above its neighbours as well."""


def hoogste(reeksen: Iterable[Any]) -> int:
    """The scale that small multiples share."""
    return max((_tall(value) for reeks in reeksen for value in read(reeks, "waarden", [])), default=1)


def _tall(value: int | str | None) -> int:
    return value if isinstance(value, int) else 0


def kolommen(reeks: Any, schaal: int | None = None) -> SafeString:
    """One small chart of columns; the last one is dark. `schaal` is the highest value of all multiples.

    A word in place of a value: there was nothing to count, so there is no column.
    """
    values = list(read(reeks, "waarden", []))
    labels = list(read(reeks, "labels", []))
    highest = schaal or max(map(_tall, values), default=0) or 1
    base, room = 104.0, 80.0
    width = PITCH * len(values)
    last = len(values) - 1
    parts = []
    for index, value in enumerate(values):
        left = 1.5 + PITCH * index
        tall = 7.0 if value is None else room * _tall(value) / highest
        kind = "klein" if value is None else "" if index == last else "eerder"
        if not isinstance(value, str):
            parts.append(rect(left, base - tall, COLUMN, tall, kind))
        if index in {last, last - 4}:
            middle = left + COLUMN / 2
            weight = "is-vet" if index == last else ""
            beside = values[max(0, index - 1) : index + 2] if _tall(value) >= WIDE_FIGURE else [value]
            clear = max(7.0 if one is None else room * _tall(one) / highest for one in beside)
            parts.append(text(middle, base - clear - 5, figure(value), f"is-midden {weight}".strip()))
            if index < len(labels):
                parts.append(text(middle, 120, _under(str(labels[index])), "is-zacht is-midden"))
    parts.append(line(f"M0 104.5H{width:.0f}", "nul"))
    said = ", ".join(
        f"{name} {'geen cijfer' if isinstance(value, str) else _spoken(value)}"
        for name, value in zip(labels, values, strict=False)
    )
    return svg(max(width, PITCH * 8), 122, f"{read(reeks, 'titel')}: {said}", join(parts))


def _under(label: str) -> str:
    """What fits under a column: ‘okt’ of ‘okt 2026’, and the year of ‘3e kwartaal 2026’ or ‘2026’."""
    maand = re.match(r"(jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)", label)
    return maand.group() if maand else f"’{label[-2:]}"


# -- inzet per lijn

LIJNEN = {
    0: ("0de lijn", "vrij toegankelijk"),
    1: ("1ste lijn", "beschikking of toewijzing"),
    2: ("2de lijn", "specialistisch"),
}
INZET_WIDTH, INZET_LEFT = 972, 320


def name_line(lijn: int | str) -> str:
    """0de, 1ste, 2de"""
    return LIJNEN[int(lijn)][0].split()[0]


class Venster(NamedTuple):
    """The months that are in sight."""

    begin: date
    eind: date

    def x(self, dag: date) -> float:
        days = (min(max(dag, self.begin), self.eind) - self.begin).days
        return round(INZET_LEFT + (INZET_WIDTH - INZET_LEFT - 6) * days / (self.eind - self.begin).days, 1)

    def months(self) -> Iterable[date]:
        month = self.begin.replace(day=1)
        while month < self.eind:
            yield month
            month = (month + timedelta(days=32)).replace(day=1)


def _window(rules: Sequence[Any], vandaag: date) -> Venster:
    first = min([read(rule, "begin") for rule in rules] + [vandaag]).replace(day=1)
    last = max([read(rule, "eind") or vandaag for rule in rules] + [vandaag]) + timedelta(days=45)
    first = max(first, (vandaag - timedelta(days=270)).replace(day=1))
    last = min(last, vandaag + timedelta(days=270))
    return Venster(first, max(last, first + timedelta(days=120)))


def inzet_balken(regels: Iterable[Any], vandaag: date | None = None) -> SafeString:
    """Inzet per lijn over time: dashed is planned or waiting, filled is indicated care."""
    rules = sorted(regels, key=lambda rule: (int(read(rule, "lijn")), read(rule, "begin")))
    dag = vandaag or timezone.localdate()
    if not rules:
        return EMPTY
    window = _window(rules, dag)
    parts, labels, y, previous = [], [], 39.0, None
    for rule in rules:
        lijn = int(read(rule, "lijn"))
        if lijn != previous:
            y += 4 if previous is not None else 0
            name, extra = LIJNEN[lijn]
            parts += [
                text(0, y, name, "is-kop"), text(66, y, extra, "is-klein"),
                format_html('<path class="skt-inzet__lijn" d="M0 {}H{}"/>', y + 8, INZET_WIDTH),
            ]  # fmt: skip
            y += 26
            previous = lijn
        bar, words = _inzet_row(rule, y, window, dag)
        parts.append(bar)
        labels.append(words)
        y += 25
    bottom = y - 14
    months = join(_month(month, window, bottom) for month in window.months())
    now = join([
        format_html('<path class="skt-inzet__vandaag" d="M{} 20V{}"/>', window.x(dag), bottom),
        text(window.x(dag), bottom + 14, f"vandaag, {dag.day} {MAANDEN_KORT[dag.month - 1]}", "is-vandaag"),
    ])  # fmt: skip
    said = enumerate_words([_describe_inzet(rule) for rule in rules])
    return format_html(
        '<svg class="skt-inzet skt-alleen-breed" viewBox="0 0 {} {}" role="img" '
        'aria-label="Inzet per lijn in de tijd: {}.">{}{}{}{}</svg>',
        INZET_WIDTH, round(bottom + 20), said, months, join(parts), now, join(labels),
    )  # fmt: skip


def _describe_inzet(rule: Any) -> str:
    end = read(rule, "eind")
    until = f"tot {short_date(end)}" if end else "zonder einddatum"
    return f"{read(rule, 'naam')} vanaf {short_date(read(rule, 'begin'))} {until}"


def _month(month: date, window: Venster, bottom: float) -> SafeString:
    if month < window.begin:
        return EMPTY
    year = f" ’{month.year % 100}" if month.month == 1 else ""
    x = window.x(month)
    begin = format_html('<path class="skt-inzet__maand" d="M{} 20V{}"/>', x, bottom)
    return join([begin, text(x + 4, 14, f"{MAANDEN_KORT[month.month - 1]}{year}", "is-klein")])


def _inzet_row(rule: Any, y: float, window: Venster, vandaag: date) -> tuple[SafeString, SafeString]:
    """The name with its bar, and the words that go over the line of today."""
    begin, end = read(rule, "begin"), read(rule, "eind")
    stand = read(rule, "stand") or ("gepland" if begin > vandaag else "loopt")
    left, right = window.x(begin), window.x(end or window.eind)
    until = f"tot {end.day} {MAANDEN_KORT[end.month - 1]}" if end else "loopt"
    words = {
        "gepland": f"vanaf {begin.day} {MAANDEN_KORT[begin.month - 1]}",
        "wacht": "wachtlijst",
    }.get(stand, until)
    open_ended = stand in {"gepland", "wacht"}
    kind = f" skt-inzet__balk--{read(rule, 'lijn')}" + (" skt-inzet__balk--open" if open_ended else "")
    extra = read(rule, "bij")
    beside = right + 80 < INZET_WIDTH
    inside = "is-klein is-in" if open_ended or not int(read(rule, "lijn")) else "is-klein is-op"
    bar = join([
        text(0, y, f"{read(rule, 'naam')} · {extra}" if extra else read(rule, "naam")),
        format_html(
            '<rect class="skt-inzet__balk{}" x="{}" y="{}" width="{}" height="19" rx="2"/>',
            kind, left, y - 13, round(max(6, right - left), 1),
        ),
    ])  # fmt: skip
    label = text(right + 6, y + 1, words, "is-klein") if beside else text(left + 8, y + 1, words, inside)
    return bar, label
