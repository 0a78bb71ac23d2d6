"""The parts of the screen as template tags and filters. See docs/vormgeving.md for the list."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.template import RequestContext
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from skt.kern import geld
from skt.web import datums, grafieken, netwerktekening, tekeningen, velden
from skt.web.balk import fill_balk
from skt.web.beweging import read_beweging
from skt.web.leefgebieden import LEEFGEBIEDEN, SCOREWOORDEN, read_scores
from skt.web.matrix import read_matrix

__all__ = ["LEEFGEBIEDEN", "register"]

register = template.Library()

URGENTIES = {
    "crisis": ("Crisis", "vol", "alarm"),
    "spoed": ("Spoed", "rood", "vlam"),
    "regulier": ("Regulier", "lijn", ""),
    "laag": ("Laag", "lijn", ""),
}
ERNSTEN = {
    "laag": ("Ernst laag", "lijn"),
    "matig": ("Ernst matig", ""),
    "hoog": ("Ernst hoog", "amber"),
    "zeer hoog": ("Ernst zeer hoog", "rood"),
}


# -- icons, badges, people


@register.simple_tag(name="icon")
def draw_icon(naam: str, label: str = "", klasse: str = "") -> SafeString:
    """An icon of the sprite. Without a label it is decoration."""
    classes = f"skt-i {klasse}".strip()
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="{}" {}><use href="{}#{}"></use></svg>', classes, spoken, static("img/sprite.svg"), naam
    )


@register.simple_tag
def badge(tekst: object, soort: str = "", icon: str = "") -> SafeString:
    """A word in a coloured field; nothing for an empty word."""
    if not str(tekst or ""):
        return tekeningen.EMPTY
    picture = draw_icon(icon) if icon else ""
    return format_html(
        '<span class="skt-badge{}">{}{}</span>', f" skt-badge--{soort}" if soort else "", picture, tekst
    )


@register.simple_tag
def urgentie(waarde: str | None) -> SafeString:
    """The badge of an urgentie; full red is crisis and nothing else."""
    if not waarde:
        return tekeningen.EMPTY
    tekst, soort, picture = URGENTIES.get(str(waarde), (str(waarde).capitalize(), "lijn", ""))
    return badge(tekst, soort, picture)


@register.simple_tag
def ernst(waarde: str | None) -> SafeString:
    """The badge of an ernst."""
    if not waarde:
        return tekeningen.EMPTY
    key = str(waarde).replace("_", " ")
    tekst, soort = ERNSTEN.get(key, (f"Ernst {key}", "lijn"))
    return badge(tekst, soort)


@register.simple_tag
def score_badge(score: int | str | None) -> SafeString:
    """2 · niet zelfredzaam"""
    if score in {None, ""}:
        return badge("niet besproken")
    return badge(f"{score} · {SCOREWOORDEN[int(score)]}", f"score-{int(score)}")


@register.filter
def naam(wie: object) -> str:
    """The name of a person: `naam`, `get_full_name()` or the text itself."""
    if wie is None:
        return ""
    found = getattr(wie, "naam", None) or getattr(wie, "get_full_name", None) or wie
    return str(found() if callable(found) else found)


@register.filter
def initialen(wie: object) -> str:
    """First letters of the first and the last word: M. de Vries gives MV."""
    own = getattr(wie, "initialen", None)
    if own:
        return str(own() if callable(own) else own)
    words = re.findall(r"\w[\w’'-]*", naam(wie))
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def avatar(wie: object = "", *, ik: bool = False, leeg: bool = False, hier: bool = False) -> SafeString:
    """A circle with initials; the name is there for screen readers and on pointing."""
    name = naam(wie)
    empty = leeg or not name
    classes = [f"skt-avatar--{kind}" for kind, on in (("ik", ik), ("leeg", empty), ("hier", hier)) if on]
    return format_html(
        '<span class="{0}" title="{1}"><span aria-hidden="true">{2}</span>'
        '<span class="skt-sr">{1}</span></span>',
        " ".join(["skt-avatar", *classes]), name or "Nog niemand", "?" if empty else initialen(wie),
    )  # fmt: skip


@register.simple_tag
def persoon(wie: object = "", bij: object = "", *, ik: bool = False) -> SafeString:
    """Circle, name and what goes with it (organisation). Without a name: Nog niemand."""
    name = naam(wie) or "Nog niemand"
    extra = " · ".join(filter(None, ["u" if ik else "", str(bij or "")]))
    return format_html(
        '<span class="skt-persoon"><span class="skt-avatar{}" aria-hidden="true">{}</span>'
        "<span>{}{}</span></span>",
        " skt-avatar--ik" if ik else "" if naam(wie) else " skt-avatar--leeg",
        initialen(wie) if naam(wie) else "?",
        name,
        format_html('<span class="skt-persoon__bij">{}</span>', extra) if extra else "",
    )


# -- terms, moments


def _blank(moment: object) -> bool:
    """A template gives an empty text for what is not there."""
    return moment is None or moment == ""


@register.simple_tag
def termijn(
    uiterlijk: datums.Moment | None, nu: datetime | None = None, *, kort: bool = False, klaar: bool = False
) -> SafeString:
    """The time that is left as a badge: amber when near, red when late. `kort` gives words alone."""
    if klaar:
        return badge("op tijd klaar", "groen", "vink")
    if _blank(uiterlijk):
        return tekeningen.EMPTY
    stand = datums.state(uiterlijk, nu)
    tekst = datums.left(uiterlijk, nu, kort=kort)
    if kort:
        return format_html('<span class="{}">{}</span>', f"is-{stand}" if stand else "skt-nowrap", tekst)
    kind, picture = {"telaat": ("rood", "klok"), "bijna": ("amber", "")}.get(stand, ("", ""))
    return badge(tekst, kind, picture)


@register.simple_tag
def uiterlijk(moment: datums.Moment | None, nu: datetime | None = None) -> SafeString:
    """Two lines: the moment, and how far off it is."""
    if _blank(moment):
        return tekeningen.EMPTY
    stand = datums.state(moment, nu)
    left, shown = datums.left(moment, nu), datums.when(moment, nu)
    second = (
        ""
        if left == shown
        else format_html('<span class="{}">{}</span>', f"is-{stand}" if stand else "", left)
    )
    return format_html('<span class="skt-uiterlijk">{}{}</span>', shown, second)


@register.filter
def euro(bedrag: Decimal | None) -> str:
    """€ 1.250, € 120,50"""
    return "" if _blank(bedrag) else geld.euro(bedrag)


@register.filter
def wanneer(moment: datums.Moment | None, nu: datetime | None = None) -> str:
    """Vandaag 09:30, gisteren 16:00, do 26 nov, 26 nov 2025."""
    return "" if _blank(moment) else datums.when(moment, nu)


@register.filter
def datum(moment: datums.Moment | None) -> str:
    """do 26 nov"""
    return "" if _blank(moment) else datums.short_day(datums.day_of(moment))


@register.filter
def datum_kort(moment: datums.Moment | None) -> str:
    """26 nov 2026"""
    return "" if _blank(moment) else datums.short_date(datums.day_of(moment))


@register.filter
def datum_lang(moment: datums.Moment | None) -> str:
    """Donderdag 26 november 2026"""
    return "" if _blank(moment) else datums.long_date(datums.day_of(moment))


@register.filter
def binnen(moment: datums.Moment | None, nu: datetime | None = None) -> str:
    """When something came in: 09:01 today, else 2 nov, else 2 nov 2025."""
    return "" if _blank(moment) else datums.came_in(moment, nu)


@register.filter
def tijd(moment: datetime | None) -> str:
    """09:30"""
    return "" if _blank(moment) else datums.clock(moment)


@register.filter
def klok(duur: timedelta | float | None) -> str:
    """06:42, from a timedelta or from seconds."""
    if _blank(duur):
        return ""
    return datums.duration(duur.total_seconds() if isinstance(duur, timedelta) else float(duur))


@register.filter
def verstreken(moment: datetime | None, nu: datetime | None = None) -> str:
    """12 min: the time since a moment."""
    return "" if _blank(moment) else datums.rough(datums.now_or(nu) - datums.local(moment))


@register.filter
def verstreken_klok(moment: datetime | None, nu: datetime | None = None) -> str:
    """06:42: the time since a moment, as a call timer shows it."""
    return (
        "" if _blank(moment) else datums.duration((datums.now_or(nu) - datums.local(moment)).total_seconds())
    )


@register.filter
def dagen_oud(moment: datums.Moment | None, nu: datetime | None = None) -> str:
    """4 d"""
    return "" if _blank(moment) else f"{(datums.now_or(nu).date() - datums.day_of(moment)).days} d"


@register.filter
def leeftijd(geboren: date | int | None, nu: datetime | None = None) -> str:
    """84 jaar, 7 maanden, ongeveer 84 jaar (from a year), leeftijd onbekend."""
    return datums.age(geboren, nu)


# -- text


@register.filter(is_safe=False)
@stringfilter
def markeer(tekst: str, woorden: Iterable[str] | str | None) -> SafeString:
    """Marks the caller's own words in a text; everything is escaped."""
    wanted = [str(word) for word in ([woorden] if isinstance(woorden, str) else woorden or []) if word]
    if not wanted:
        return conditional_escape(tekst)
    pattern = re.compile(
        "|".join(re.escape(word) for word in sorted(wanted, key=len, reverse=True)), re.IGNORECASE
    )
    parts, last = [], 0
    for match in pattern.finditer(tekst):
        parts += [
            conditional_escape(tekst[last : match.start()]),
            format_html("<mark>{}</mark>", match.group()),
        ]
        last = match.end()
    return tekeningen.join([*map(conditional_escape, parts), conditional_escape(tekst[last:])])


# -- leefgebieden and figures

register.simple_tag(tekeningen.radar)
register.simple_tag(tekeningen.stip)
register.simple_tag(tekeningen.stippen)
register.simple_tag(tekeningen.doelschaal)
register.simple_tag(tekeningen.werklast)
register.simple_tag(grafieken.staven)
register.simple_tag(grafieken.kolommen)
register.simple_tag(grafieken.inzet_balken)
register.simple_tag(grafieken.legendavlak)
register.simple_tag(grafieken.hoogste)
register.filter("getal", grafieken.figure)
register.filter("lijnnaam", grafieken.name_line)


@register.filter
def kolom(kolommen: list[Any], index: int) -> Any:
    """The column that belongs to a cell; an empty one beyond the end."""
    return kolommen[index] if index < len(kolommen) else {}


@register.simple_tag
def scoreregels(scores: Any, toelichtingen: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Rows for the table beside the wheel."""
    found = read_scores(scores)
    notes = toelichtingen or {}
    return [
        {"label": g.label, "score": found[g.sleutel], "toelichting": notes.get(g.sleutel, "")}
        for g in LEEFGEBIEDEN
    ]


register.simple_tag(read_beweging, name="beweging")
register.simple_tag(netwerktekening.netwerk, name="netwerk")


@register.simple_tag
def matrixregels(form: Any, open: str = "") -> dict[str, Any]:
    """What components/matrix.html draws from a form."""
    return read_matrix(form, open)


# -- forms (the crispy template pack)

register.simple_tag(velden.render_input, name="skt_invoer")
register.simple_tag(velden.find_errors, name="skt_fouten")
register.simple_tag(velden.form_attributes, name="skt_formattrs")
register.filter("skt_soort", velden.kind)
register.filter("skt_opties", velden.options)


@register.filter
def skt_optioneel(veld: BoundField) -> bool:
    """Whether the label must say that the field may stay empty."""
    return not veld.field.required and velden.kind(veld) not in {"vink", "verborgen"}


@register.inclusion_tag("components/gesprekken.html", takes_context=True)
def gesprekkenbalk(context: RequestContext) -> dict[str, Any]:
    """Running calls and the way to a new one, above every page (skt.web.balk)."""
    filled = fill_balk(context.get("request"), context.get("concept"))
    if not filled and context.get("gesprekken"):
        filled = {name: context.get(name) for name in ("gesprekken", "nieuw_gesprek_url")}
    return {**filled, "gesprekken_stand": context.get("gesprekken_stand") or context.get("bewaard", "")}
