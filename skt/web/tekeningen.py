"""Small drawings as SVG: wheel, dots, goal scale, workload. Colour and type are the stylesheet's."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from skt.web.datums import count
from skt.web.leefgebieden import (
    HOOGST,
    HULPVRAAG,
    LAAG,
    LEEFGEBIEDEN,
    SCOREWOORDEN,
    Gebied,
    enumerate_words,
    read_scores,
)

EMPTY = mark_safe("")


def join(parts: Iterable[SafeString]) -> SafeString:
    """Safe fragments, one after the other."""
    return format_html_join("", "{}", ((part,) for part in parts))


# -- the wheel


class Rad(NamedTuple):
    """Measures of a wheel in user units."""

    width: int
    height: int
    radius: float
    label: float
    """Distance of a label from the centre."""

    @property
    def centre(self) -> tuple[float, float]:
        return self.width / 2, self.height / 2

    def point(self, index: int, distance: float) -> tuple[float, float]:
        angle = math.radians(45 * index - 90)
        x, y = self.centre
        return round(x + distance * math.cos(angle), 1), round(y + distance * math.sin(angle), 1)

    def at(self, index: int, score: int) -> tuple[float, float]:
        return self.point(index, self.radius * score / HOOGST)


KLEIN = Rad(width=176, height=118, radius=42, label=46)
GROOT = Rad(width=356, height=252, radius=88, label=100)


def _coordinates(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def describe_scores(scores: Mapping[str, int | None]) -> str:
    """The wheel in words, for who cannot see it."""
    known = [f"{g.label.lower()} {scores[g.sleutel]}" for g in LEEFGEBIEDEN if scores[g.sleutel] is not None]
    unknown = len(LEEFGEBIEDEN) - len(known)
    if not known:
        return "Nog geen leefgebied besproken."
    rest = f" Niet besproken: {unknown} van {len(LEEFGEBIEDEN)}." if unknown else ""
    return f"Score per leefgebied, van 1 (acuut) tot 5: {enumerate_words(known)}.{rest}"


def _rings(rad: Rad) -> SafeString:
    def ring(step: int) -> SafeString:
        outer = " skt-radar__ring--buiten" if step == HOOGST else ""
        points = _coordinates(rad.at(index, step) for index in range(len(LEEFGEBIEDEN)))
        return format_html('<polygon class="skt-radar__ring{}" points="{}"/>', outer, points)

    return join(ring(step) for step in range(HOOGST, 0, -1))


def _axes(rad: Rad, values: list[int | None]) -> SafeString:
    x, y = rad.centre

    def axis(score: int | None, end: tuple[float, float]) -> SafeString:
        return format_html(
            '<line class="skt-radar__as{}" x1="{}" y1="{}" x2="{}" y2="{}"/>',
            " is-vol" if score is not None else "", x, y, *end,
        )  # fmt: skip

    whole = [axis(None, rad.at(i, HOOGST)) for i, score in enumerate(values) if score is None]
    known = [axis(score, rad.at(i, score)) for i, score in enumerate(values) if score is not None]
    return join([*whole, *known])


def _surface(rad: Rad, values: list[int | None]) -> SafeString:
    """The area between neighbours that are both known; a gap goes back to the centre."""
    if all(score is not None for score in values):
        points = [rad.at(index, score) for index, score in enumerate(values) if score is not None]
        return format_html('<polygon class="skt-radar__vlak" points="{}"/>', _coordinates(points))
    wedges = []
    for index, score in enumerate(values):
        following = (index + 1) % len(values)
        other = values[following]
        if score is None or other is None:
            continue
        corners = [rad.centre, rad.at(index, score), rad.at(following, other)]
        wedges.append(format_html('<polygon class="skt-radar__vlak" points="{}"/>', _coordinates(corners)))
    return join(wedges)


def _earlier(rad: Rad, values: list[int | None], now: list[int | None]) -> SafeString:
    """How it was: a dashed line with open squares, and a stroke from each square to where it is now."""
    drawn = []
    for index, score in enumerate(values):
        following = (index + 1) % len(values)
        other = values[following]
        if score is not None and other is not None:
            drawn.append(
                format_html(
                    '<line class="skt-radar__eerder" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                    *rad.at(index, score), *rad.at(following, other),
                )
            )  # fmt: skip
    for index, score in enumerate(values):
        if score is None:
            continue
        x, y = rad.at(index, score)
        current = now[index]
        if current is not None and current != score:
            drawn.append(
                format_html(
                    '<line class="skt-radar__weg" x1="{}" y1="{}" x2="{}" y2="{}"/>',
                    x, y, *rad.at(index, current),
                )
            )  # fmt: skip
        drawn.append(
            format_html(
                '<rect class="skt-radar__vierkant" x="{}" y="{}" width="9" height="9"/>',
                round(x - 4.5, 1), round(y - 4.5, 1),
            )
        )  # fmt: skip
    return join(drawn)


def _points(rad: Rad, values: list[int | None], size: float) -> SafeString:
    def point(index: int, score: int) -> SafeString:
        low = score <= LAAG
        x, y = rad.at(index, score)
        return format_html(
            '<circle class="skt-radar__punt{}" cx="{}" cy="{}" r="{}"/>',
            " skt-radar__punt--laag" if low else "", x, y, size + 1.5 if low and rad is GROOT else size,
        )  # fmt: skip

    return join(point(index, score) for index, score in enumerate(values) if score is not None)


def _labels(rad: Rad, values: list[int | None]) -> SafeString:
    x0, y0 = rad.centre

    def label(index: int, gebied: Gebied, score: int | None) -> SafeString:
        x, y = rad.point(index, rad.label)
        side = x - x0
        anchor = "middle" if abs(side) < 1 else "start" if side > 0 else "end"
        x += 0 if anchor == "middle" else math.copysign(2, side)
        y += -1 if y < y0 and anchor == "middle" else 11 if y > y0 and anchor == "middle" else 4.5
        classes = [] if score is None else ["is-vol"]
        if score is not None and score <= LAAG and rad is GROOT:
            classes.append("is-laag")
        figure = format_html(" <tspan>{}</tspan>", score) if rad is GROOT and score is not None else EMPTY
        name = gebied.naam if rad is GROOT else gebied.kort
        return format_html(
            '<text class="{}" x="{}" y="{}" text-anchor="{}">{}{}</text>',
            " ".join(classes), round(x, 1), round(y, 1), anchor, name, figure,
        )  # fmt: skip

    return join(label(index, g, values[index]) for index, g in enumerate(LEEFGEBIEDEN))


def describe_change(begin: Mapping[str, int | None], now: Mapping[str, int | None]) -> str:
    """The wheel with start and now in words, for who cannot see it."""
    both = [(g.label.lower(), begin[g.sleutel], now[g.sleutel]) for g in LEEFGEBIEDEN]
    known = [
        f"{label} van {was} naar {is_now}" if was != is_now else f"{label} {is_now}"
        for label, was, is_now in both
        if was is not None and is_now is not None
    ]
    if not known:
        return "Nog geen leefgebied besproken."
    return f"Score per leefgebied bij het begin en nu, van 1 (acuut) tot 5: {enumerate_words(known)}."


def radar(scores: Any, *, groot: bool = False, eerder: Any = None) -> SafeString:
    """The wheel of the eight leefgebieden. What is unknown is not drawn (a dotted axis stays).

    With `eerder` (scores too) it also shows how it was: dashed with squares, so that it reads without colour.
    """
    found = read_scores(scores)
    values = list(found.values())
    before = read_scores(eerder) if eerder else None
    rad = GROOT if groot else KLEIN
    return format_html(
        '<svg class="skt-radar skt-radar--{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        "{}{}{}{}{}{}</svg>",
        "groot" if groot else "klein", rad.width, rad.height,
        describe_change(before, found) if before else describe_scores(found),
        _rings(rad), _axes(rad, values), _surface(rad, values),
        _earlier(rad, list(before.values()), values) if before else EMPTY,
        _points(rad, values, 4 if groot else 4.5), _labels(rad, values),
    )  # fmt: skip


# -- the dots of a card


def _dot(index: int, score: int | None) -> SafeString:
    x = round(3.6 + 8.4 * index, 1)
    if score is None:
        return format_html('<path class="skt-stip--onbekend" d="M{} 5h2"/>', round(x - 1, 1))
    kind, size = {1: ("acuut", 3.1), 2: ("niet", 2.9), 3: ("beperkt", 2.5)}.get(score, ("redt", 1.3))
    return format_html('<circle class="skt-stip--{}" cx="{}" cy="5" r="{}"/>', kind, x, size)


def stip(score: int | str | None) -> SafeString:
    """One dot, for the legend of the board."""
    value = int(score) if score not in {None, ""} else None
    return format_html(
        '<svg class="skt-legenda__stip" viewBox="-1.4 0 10 10" aria-hidden="true">{}</svg>', _dot(0, value)
    )


def stippen(scores: Any, *, tel: bool = True) -> SafeString:
    """Eight dots at fixed places, and how many leefgebieden ask for something."""
    found = read_scores(scores)
    needed = [(g, found[g.sleutel]) for g in LEEFGEBIEDEN]
    needed = [(g, score) for g, score in needed if score is not None and score <= HULPVRAAG]
    words = enumerate_words([f"{g.label.lower()} ({SCOREWOORDEN[score]})" for g, score in needed])
    title = (
        f"{count(len(needed), 'leefgebied', 'leefgebieden')} met een vraag: {words}"
        if needed
        else "Geen leefgebied met een vraag bekend"
    )
    dots = join(_dot(index, score) for index, score in enumerate(found.values()))
    figure = format_html('<span aria-hidden="true">{}</span>', len(needed)) if tel else EMPTY
    return format_html(
        '<span class="skt-stippen" title="{0}"><svg viewBox="0 0 66 10" aria-hidden="true">{1}</svg>{2}'
        '<span class="skt-sr">{0}</span></span>',
        title, dots, figure,
    )  # fmt: skip


# -- goals and workload


def _scale_x(score: int) -> int:
    return 40 + 60 * (score - 1)


def doelschaal(
    start: int | None, nu: int | None, doel: int | None, *, label: str = "", eind: bool = False
) -> SafeString:
    """Start, now and goal on the scale 1 to 5. Marks that coincide share one label. `eind`: `nu` is where it ended."""
    start, nu, doel = start or None, nu or None, doel or None
    named = [("start", start), ("eind" if eind else "nu", nu), ("doel", doel)]
    known = [(name, score) for name, score in named if score is not None]
    text = ", ".join(f"{name} {score}" for name, score in known) or "nog geen score"
    places: dict[int, list[str]] = {}
    for name, score in known:
        places.setdefault(score, []).append(name)
    ticks = join(
        format_html('<path class="skt-doelschaal__tik" d="M{} 11v6"/>', _scale_x(score))
        for score in range(1, HOOGST + 1)
    )
    way = EMPTY
    if start is not None and nu is not None and start != nu:
        way = format_html('<path class="skt-doelschaal__weg" d="M{} 14H{}"/>', _scale_x(start), _scale_x(nu))
    marks = []
    if start is not None:
        marks.append(
            format_html('<circle class="skt-doelschaal__start" cx="{}" cy="14" r="5"/>', _scale_x(start))
        )
    if doel is not None:
        size = 11 if doel == nu else 8
        marks.append(
            format_html(
                '<path class="skt-doelschaal__doel" d="M{0} {1}l{2} {2}-{2} {2}-{2}-{2}z"/>',
                _scale_x(doel),
                14 - size,
                size,
            )
        )
    if nu is not None:
        marks.append(
            format_html('<circle class="skt-doelschaal__nu" cx="{}" cy="14" r="6.5"/>', _scale_x(nu))
        )
    labels = join(
        format_html(
            '<text class="{}" x="{}" y="36">{} {}</text>',
            "is-nu" if score == nu else "", _scale_x(score), _share(names), score,
        )
        for score, names in places.items()
    )  # fmt: skip
    return format_html(
        '<svg class="skt-doelschaal" viewBox="0 0 320 40" role="img" '
        'aria-label="{}{} op een schaal van 1 tot 5">'
        '<path class="skt-doelschaal__baan" d="M40 14H280"/>{}{}{}{}</svg>',
        f"{label}: " if label else "", text, ticks, way, join(marks), labels,
    )  # fmt: skip


def _share(names: list[str]) -> str:
    """nu = doel when the goal is reached; start, nu when nothing moved yet."""
    *rest, last = names
    if last == "doel" and rest:
        return f"{', '.join(rest)} = doel"
    return ", ".join(names)


def werklast(aantal: float, maximum: int) -> SafeString:
    """Bar of running casussen (a number, or their weight) against the agreed maximum; full is hatched and says so."""
    full = maximum > 0 and aantal >= maximum
    width = 72 if full else round(72 * aantal / maximum) if maximum else 0
    hatch = EMPTY
    if full:
        lines = " ".join(f"M{x} 8l8-8" for x in range(-4, 76, 6))
        hatch = format_html('<path class="skt-werklast__arcering" d="{}"/>', lines)
    return format_html(
        '<span class="skt-werklast"><svg viewBox="0 0 72 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="skt-werklast__baan" width="72" height="8" rx="1"/>'
        '<rect class="skt-werklast__{}" width="{}" height="8" rx="1"/>{}</svg>'
        '<span class="skt-werklast__getal{}">{} van {}{}</span></span>',
        "vol" if full else "vulling", width, hatch,
        " is-telaat" if full else "", f"{aantal:g}".replace(".", ","), maximum, " · vol" if full else "",
    )  # fmt: skip
