"""Van gepubliceerde getallen naar zinnen en figuren.

Een verschil heet pas een verschil als het afronden alleen het niet kan verklaren.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from rapportage.kubussen import CASUS, KANAAL, LEEFGEBIED, ROUTE, Kubus
from rapportage.maanden import name_maand, previous_maand, short_maand, write_maand
from rapportage.queries import Maandcijfers, shown
from skt.web.datums import MAANDEN, day_of, short_date
from skt.web.grafieken import figure

MAANDEN_IN_BEELD = 8
MIN_LIJN = 3
"""Fewer months than this are no line."""
Cijfers = dict[date, dict[str, Maandcijfers]]
Onderdeel = dict[str, Any]


def differs(nu: int, eerder: int, cijfers: Maandcijfers) -> bool:
    """Is the difference more than rounding alone can make?"""
    return abs(nu - eerder) > cijfers.onzeker


def words(aantal: int) -> str:
    """The number in a running sentence."""
    return "minder dan 10" if shown(aantal) is None else str(aantal)


def example(cijfers: Maandcijfers) -> dict[str, int]:
    """A number, and what it can truly be."""
    return {"aantal": 40, "minst": 40 - cijfers.grens, "meest": 40 + cijfers.grens}


def _month(maand: date) -> str:
    return MAANDEN[maand.month - 1]


# -- sentences


def sentences(maand: date, cijfers: Cijfers) -> list[Onderdeel]:
    """What the month comes down to, before any chart."""
    deze, vorige = cijfers[maand], cijfers.get(previous_maand(maand), {})
    zinnen = []
    if ROUTE.code in deze:
        zinnen.append(_total(deze[ROUTE.code], vorige.get(ROUTE.code)))
        zinnen.append(_most(deze[ROUTE.code], "meldingen: <em>{}</em>"))
    if LEEFGEBIED.code in deze:
        zinnen.append(_most(deze[LEEFGEBIED.code], "keer ging het over <em>{}</em>"))
    if CASUS.code in deze:
        zinnen.append(_casussen(deze[CASUS.code]))
    return zinnen


def _total(nu: Maandcijfers, eerder: Maandcijfers | None) -> Onderdeel:
    tekst = format_html("<em>meldingen</em> kwamen binnen in {}.", _month(nu.maand))
    if eerder is not None:
        was = (
            "In {} waren het er {}."
            if differs(nu.totaal, eerder.totaal, nu)
            else "Dat is niet duidelijk anders dan in {} ({})."
        ).format(_month(eerder.maand), words(eerder.totaal))
        tekst = format_html("{} {}", tekst, was)
    return {"getal": figure(shown(nu.totaal)), "tekst": tekst}


def _most(cijfers: Maandcijfers, vorm: str) -> Onderdeel:
    """The largest cell, and whether it is surely the largest."""
    volgorde = sorted(cijfers.cellen.items(), key=lambda cel: -cel[1])
    waarde, aantal = volgorde[0]
    naam = cijfers.kubus.label(waarde).lower()
    zeker = differs(aantal, volgorde[1][1], cijfers)
    rest = "Dat kwam het vaakst voor." if zeker else "Er is geen duidelijke uitschieter."
    return {"getal": figure(shown(aantal)), "tekst": format_html("{}. {}", format_html(vorm, naam), rest)}


def _casussen(cijfers: Maandcijfers) -> Onderdeel:
    open_, dicht = cijfers.cellen["geopend"], cijfers.cellen["afgesloten"]
    tekst = format_html("<em>casussen</em> gingen open; {} gingen dicht.", words(dicht))
    return {"getal": figure(shown(open_)), "tekst": tekst}


# -- charts, each with its table


def figures(maand: date, cijfers: Cijfers) -> list[Onderdeel]:
    """The charts of a month: bars for the month itself, columns and lines for how it came there."""
    reeks = sorted(m for m in cijfers if m <= maand)[-MAANDEN_IN_BEELD:]
    parts = [
        _bars(ROUTE, maand, cijfers, "Meldingen naar wat ermee gebeurde tot het vastzetten"),
        _columns(KANAAL, maand, reeks, cijfers, "Hoe meldingen binnenkwamen"),
        _bars(
            LEEFGEBIED,
            maand,
            cijfers,
            "Leefgebieden die in de uitvraag besproken zijn; één melding kan er meer hebben",
        ),
        _columns(CASUS, maand, reeks, cijfers, "Casussen die open en dicht gingen"),
        _lines(maand, reeks, cijfers),
    ]
    return [part for part in parts if part]


def _bars(kubus: Kubus, maand: date, cijfers: Cijfers, onder: str) -> Onderdeel | None:
    nu = cijfers[maand].get(kubus.code)
    if nu is None:
        return None
    eerder = cijfers.get(previous_maand(maand), {}).get(kubus.code)
    rijen = []
    for waarde, aantal in sorted(nu.cellen.items(), key=lambda cel: -cel[1]):
        rij: Onderdeel = {"label": kubus.label(waarde), "waarden": [shown(aantal)]}
        if eerder is not None and differs(aantal, eerder.cellen.get(waarde, 0), nu):
            rij["vorige"] = shown(eerder.cellen.get(waarde, 0))
        rijen.append(rij)
    verschil = any("vorige" in rij for rij in rijen)
    return {
        **_frame(kubus, nu),
        "titel": _finding(nu, eerder),
        "onder": f"{onder}, {name_maand(maand)}.",
        "soort": "staven",
        "breedte": 7,
        "grafiek": {"reeksen": [name_maand(maand)], "rijen": rijen},
        "legenda": [
            {"soort": "vlak", "label": name_maand(maand)},
            {
                "soort": "vorige",
                "label": f"{name_maand(previous_maand(maand))}, waar het duidelijk anders was",
            },
        ]
        if verschil
        else [],
        "tabel": {
            "titel": f"{kubus.titel}, {name_maand(maand)}",
            "kolommen": [kubus.kenmerk, "Aantal"],
            "rijen": [[rij["label"], rij["waarden"][0]] for rij in rijen],
            "voet": ["Samen", shown(nu.totaal)],
        },
    }


def _finding(nu: Maandcijfers, eerder: Maandcijfers | None) -> str:
    """The largest difference with the month before as a sentence; without a sure one just what is counted."""
    if eerder is None:
        return nu.kubus.titel
    waarde = max(nu.cellen, key=lambda w: abs(nu.cellen[w] - eerder.cellen.get(w, 0)))
    aantal, was = nu.cellen[waarde], eerder.cellen.get(waarde, 0)
    if not differs(aantal, was, nu):
        return f"{nu.kubus.titel}: geen duidelijk verschil met {_month(eerder.maand)}"
    return f"{nu.kubus.label(waarde)}: van {words(was)} naar {words(aantal)} {nu.kubus.wat}"


def _columns(
    kubus: Kubus, maand: date, reeks: Sequence[date], cijfers: Cijfers, onder: str
) -> Onderdeel | None:
    nu = cijfers[maand].get(kubus.code)
    if nu is None:
        return None
    maanden = [m for m in reeks if kubus.code in cijfers[m]]

    def row(waarde: str) -> list[int | None]:
        return [shown(cijfers[m][kubus.code].cellen.get(waarde, 0)) for m in maanden]

    labels = [short_maand(m) for m in maanden]
    return {
        **_frame(kubus, nu),
        "titel": _finding(nu, cijfers.get(previous_maand(maand), {}).get(kubus.code)),
        "onder": f"{onder}, {_span(maanden)}. Overal dezelfde schaal.",
        "soort": "kolommen",
        "breedte": 5,
        "grafiek": [
            {"titel": kubus.label(waarde), "labels": labels, "waarden": row(waarde)} for waarde in nu.cellen
        ],
        "tabel": {
            "titel": f"{kubus.titel}, {_span(maanden)}",
            "kolommen": [kubus.kenmerk, *labels],
            "rijen": [[kubus.label(waarde), *row(waarde)] for waarde in nu.cellen],
            **(
                {"voet": ["Samen", *(shown(cijfers[m][kubus.code].totaal) for m in maanden)]}
                if kubus is KANAAL
                else {}
            ),
        },
    }


def _lines(maand: date, reeks: Sequence[date], cijfers: Cijfers) -> Onderdeel | None:
    """All meldingen over the months, from MIN_LIJN months on."""
    maanden = [m for m in reeks if ROUTE.code in cijfers[m]]
    if len(maanden) < MIN_LIJN or maand not in maanden:
        return None
    nu = cijfers[maand][ROUTE.code]
    totalen = [cijfers[m][ROUTE.code].totaal for m in maanden]
    labels = [short_maand(m) for m in maanden]
    eerste = totalen[0]
    titel = f"Meldingen per maand, {_span(maanden)}"
    if differs(nu.totaal, eerste, nu):
        richting = "meer" if nu.totaal > eerste else "minder"
        titel = f"In {_month(maand)} {richting} meldingen dan in {name_maand(maanden[0])}"
    return {
        **_frame(ROUTE, nu),
        "id": "maanden",
        "titel": titel,
        "onder": f"Alle meldingen, {_span(maanden)}.",
        "soort": "lijnen",
        "breedte": 7,
        "grafiek": {
            "labels": labels,
            "lijnen": [{"naam": "meldingen", "waarden": [shown(totaal) for totaal in totalen]}],
        },
        "tabel": {
            "titel": f"Alle meldingen, {_span(maanden)}",
            "kolommen": ["Maand", "Meldingen"],
            "rijen": [[label, shown(totaal)] for label, totaal in zip(labels, totalen, strict=True)],
        },
    }


def _frame(kubus: Kubus, cijfers: Maandcijfers) -> Onderdeel:
    """What every figure says at its foot."""
    url = reverse("rapportage:download", args=[write_maand(cijfers.maand), kubus.code])
    return {
        "id": kubus.code,
        "marge": f"±{cijfers.grens}",
        "bron": f"SKT-registratie, vastgezet {short_date(day_of(cijfers.bevroren_op))}",
        "downloads": [{"label": "CSV", "url": url}],
    }


def _span(maanden: Sequence[date]) -> str:
    if len(maanden) == 1:
        return name_maand(maanden[0])
    return f"{name_maand(maanden[0])} tot en met {name_maand(maanden[-1])}"
