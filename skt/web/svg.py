"""The strokes that every chart is made of: classes carry the colour, so that a municipality changes tokens only."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from skt.web.tekeningen import join


def svg(width: float, height: float, label: str, body: SafeString, *, klasse: str = "") -> SafeString:
    return format_html(
        '<svg class="skt-grafiek{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        f" {klasse}" if klasse else "", width, height, label, body,
    )  # fmt: skip


def text(x: float, y: float, text: object, klasse: str = "") -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', klasse, round(x, 1), round(y, 1), text)


def rect(x: float, y: float, width: float, height: float, klasse: str = "") -> SafeString:
    return format_html(
        '<rect class="skt-grafiek__vlak{}" x="{}" y="{}" width="{}" height="{}"/>',
        f" skt-grafiek__vlak--{klasse}" if klasse else "", round(x, 1), round(y, 1),
        round(max(0, width), 1), round(max(0, height), 1),
    )  # fmt: skip


def line(path: str, klasse: str) -> SafeString:
    return format_html('<path class="skt-grafiek__{}" d="{}"/>', klasse, path)


def hatched(x: float, y: float, width: float, height: float) -> SafeString:
    """A surface with lines of 45 degrees, cut off at its edges."""
    lines = []
    start = x - height + 3
    while start < x + width - 1:
        x1, x2 = max(start, x), min(start + height, x + width)
        if x2 > x1:
            lines.append(
                f"M{x1:.1f} {y + height - (x1 - start):.1f}L{x2:.1f} {y + height - (x2 - start):.1f}"
            )
        start += 6
    return join([rect(x, y, width, height, "arcering"), line(" ".join(lines), "arcering")])
