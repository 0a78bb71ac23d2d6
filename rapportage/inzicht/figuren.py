"""Van aantallen naar zinnen en figuren voor het onderzoek van de pilot: eerst de bevinding, dan het beeld, met zijn tabel.

Een verschil heet pas een verschil als toeval en afronden samen het niet kunnen verklaren.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import format_html

from intake.models import Afhandeling, Kanaal
from rapportage.inzicht.lezen import Aantal, Inzicht
from rapportage.maanden import short_maand, write_maand
from skt.medewerkers.models import Moederorganisatie
from skt.web.grafieken import figure
from skt.web.leefgebieden import enumerate_words
from skt.web.spreiding import Spreiding, spreidingen
from skt.web.stromen import Knoop, Kolom, Stroom, stroomdiagram
from triage.models import Besluit, Bord
from triage.status import AanmeldingStatus

Onderdeel = dict[str, Any]

STAPPEN = {
    "melding": "Van contact naar melding",
    "triage": "Van melding naar triage",
    "overleg": "Van triage naar overleg",
    "besluit": "Van overleg naar besluit",
    "actie": "Van besluit naar eerste actie",
    "geheel": "Alles samen",
}
DEUREN = {"doorverbonden": "Doorverbonden", **{kanaal.value: str(kanaal.label) for kanaal in Kanaal}}
ROUTES = {route.value: str(route.label) for route in Afhandeling} | {"nog open": "Nog open bij het loket"}
ROUTES = {"triage": ROUTES.pop("triage"), **ROUTES}
TEAMS = {
    **{
        bord.value: f"Team {bord.label.lower()}" if bord != Bord.GEZAMENLIJK else "Beide teams samen"
        for bord in Bord
    },
    "zonder overleg": "Bij triage opgelost",
    "wacht op triage": "Wacht op triage",
}
BESLUITEN = {**{b.value: str(b.label) for b in Besluit}, "nog geen besluit": "Nog geen besluit"}
KLASSEN = {
    "0-2": "tot 3 dagen", "3-7": "3 tot en met 7 dagen", "8-14": "8 tot en met 14 dagen",
    "15-28": "15 tot en met 28 dagen", "29+": "langer dan 28 dagen",
}  # fmt: skip
KORT: dict[str, str] = {Bord.GEZAMENLIJK: "Samen", AanmeldingStatus.INTAKE: "Intake"}
"""What fits beside a bar."""
DOOR = "keer of meer kwam een beller nog eerst <em>{}</em> en werd doorverbonden."
WEINIG_DOOR = "bellers kwamen nog eerst <em>{}</em>: in geen maand tien of meer."
MARGE = "±2"
"""Every count is a multiple of five."""


def say(aantal: Aantal) -> str:
    """The number in a running sentence."""
    return "minder dan 10" if aantal is None else figure(aantal)


def days(aantal: int) -> str:
    return "dezelfde dag" if aantal == 0 else f"{figure(aantal)} werkdag{'' if aantal == 1 else 'en'}"


def differs(een: int, ander: int) -> bool:
    """More than twice the margin of two such counts, chance and rounding together."""
    return abs(een - ander) > 2 * math.sqrt(een + ander) + 2


# -- sentences


def sentences(inzicht: Inzicht) -> list[Onderdeel]:
    """What the period comes down to."""
    meldingen = inzicht.count("meldingen")
    zinnen = [
        {
            "getal": figure(meldingen),
            "tekst": format_html("<em>meldingen</em> kwamen binnen, {}.", inzicht.periode),
        }
    ]
    wacht = inzicht.lead_time("triage")
    if wacht:
        zinnen.append(
            {
                "getal": days(wacht.mediaan),
                "tekst": format_html(
                    "of korter wachtte de helft <em>op triage</em>; negen van de tien ten hoogste {}.",
                    days(wacht.p90),
                ),
            }
        )
    zinnen.append(
        {
            "getal": figure(inzicht.count("wachtend")),
            "tekst": format_html(
                "meldingen staan <em>nu open</em>; {} daarvan over hun uiterste datum.",
                say(inzicht.count("laat")),
            ),
        }
    )
    door = _known(inzicht.count("door_samen", write_maand(maand)) for maand in inzicht.periode.reeks)
    zinnen.append(
        {
            "getal": figure(door) if door else "Weinig",
            "tekst": format_html(DOOR if door else WEINIG_DOOR, "bij een organisatie"),
        }
    )
    return zinnen


def _known(aantallen: Iterable[Aantal]) -> int:
    return sum(aantal or 0 for aantal in aantallen)


# -- figures


def figures(inzicht: Inzicht) -> list[Onderdeel]:
    """The four questions of the pilot, in the order of the chain."""
    return [_flow(inzicht), _waiting(inzicht), _lead_times(inzicht), _put_through(inzicht)]


def _frame(inzicht: Inzicht, code: str, **rest: Any) -> Onderdeel:
    return {"id": code, "marge": MARGE, "bron": f"SKT-registratie, {inzicht.periode}", **rest}


KOLOMMEN = {
    "deur": ("Deur", DEUREN),
    "route": ("Route", ROUTES),
    "team": ("Team", TEAMS),
    "besluit": ("Besluit", BESLUITEN),
}
BANDEN = (("deur", "deur", "route"), ("team", "route", "team"), ("besluit", "team", "besluit"))
"""Which count flows from which column to which."""


def _flow(inzicht: Inzicht) -> Onderdeel:
    """Deur, route, team, besluit."""
    stromen, rijen = [], []
    for maat, links, rechts in BANDEN:
        van_woorden, naar_woorden = KOLOMMEN[links][1], KOLOMMEN[rechts][1]
        cellen = inzicht.under(maat)
        for van in _ordered(van_woorden, {van for van, _ in cellen}):
            for naar in _ordered(naar_woorden, {naar for vandaan, naar in cellen if vandaan == van}):
                aantal = inzicht.count(maat, van, naar)
                nadruk = naar == "triage" or maat != "deur"
                stromen.append(Stroom(f"{links}:{van}", f"{rechts}:{naar}", aantal, nadruk))
                rijen.append([van_woorden.get(van, van), naar_woorden.get(naar, naar), aantal])
    titel = _flow_finding(inzicht)
    return _frame(
        inzicht,
        "stroom",
        titel=titel,
        onder=f"Meldingen van {inzicht.periode}, naar hoe ze binnenkwamen, welke weg ze gingen en wat ervan kwam."
        " Donker is de weg langs triage; een stippellijn is minder dan 10.",
        breedte=12,
        beeld=stroomdiagram(_columns(stromen), stromen, wat=f"{titel}. De tabel zegt elk aantal."),
        tabel={
            "titel": f"Van waar naar waar, {inzicht.periode}",
            "kolommen": ["Van", "Naar", "Meldingen"],
            "rijen": rijen,
            "voet": ["Samen binnengekomen", "", inzicht.count("meldingen")],
        },
    )


def _ordered(woorden: dict[str, str], codes: set[str]) -> list[str]:
    """In the order of the words; what has none comes last, never away."""
    return [code for code in woorden if code in codes] + sorted(codes - set(woorden))


def _columns(stromen: Sequence[Stroom]) -> list[Kolom]:
    """The nodes that something flows through, each column from top to bottom in its own order."""
    einden = {code for stroom in stromen for code in (stroom.van, stroom.naar)}
    kolommen = []
    for kolom, (titel, woorden) in KOLOMMEN.items():
        codes = {code.partition(":")[2] for code in einden if code.startswith(f"{kolom}:")}
        knopen = [
            Knoop(f"{kolom}:{code}", woorden.get(code, code), _through(f"{kolom}:{code}", stromen))
            for code in _ordered(woorden, codes)
        ]
        if knopen:
            kolommen.append(Kolom(titel, knopen))
    return kolommen


def _through(code: str, stromen: Sequence[Stroom]) -> Aantal:
    """What arrives at a node, or leaves the first ones. Known bands only; none known is fewer than ten."""
    naar = [s.aantal for s in stromen if s.naar == code]
    van = [s.aantal for s in stromen if s.van == code]
    return _known(naar) or _known(van) or None


def _flow_finding(inzicht: Inzicht) -> str:
    naar_triage = [aantal for (_, route), aantal in inzicht.under("deur").items() if route == "triage"]
    meldingen, triage = inzicht.count("meldingen"), _known(naar_triage)
    if not meldingen:
        return "Er kwamen te weinig meldingen binnen om een weg te tonen"
    if not triage:
        return f"Van de {figure(meldingen)} meldingen ging een klein deel naar triage"
    return f"Van elke tien meldingen {_tenths(triage, meldingen)} naar triage: {figure(triage)} van de {figure(meldingen)}"


def _tenths(deel: int, geheel: int) -> str:
    tienden = round(10 * deel / geheel)
    if tienden == 0:
        return "gaat er nog geen één"
    return "gaat er één" if tienden == 1 else f"gaan er {tienden}"


def _lead_times(inzicht: Inzicht) -> Onderdeel:
    gemeten = {stap: inzicht.lead_time(stap) for stap in STAPPEN}
    rijen = [
        Spreiding(label, duur.mediaan if duur else None, duur.p90 if duur else None)
        for stap, label in STAPPEN.items()
        for duur in (gemeten[stap],)
    ]
    los = {stap: duur for stap, duur in gemeten.items() if duur and stap != "geheel"}
    traag = max(los, key=lambda stap: (los[stap].mediaan, los[stap].p90), default="")
    titel = "Nog geen enkele stap is vaak genoeg gezet om iets over de duur te zeggen"
    if traag:
        stap = STAPPEN[traag][0].lower() + STAPPEN[traag][1:]
        titel = (
            f"Het langst duurt de stap {stap}: de helft binnen {days(los[traag].mediaan)}"
            if los[traag].mediaan
            else "Elke stap die vaak genoeg is gezet, is voor de helft nog dezelfde dag gedaan"
        )
    return _frame(
        inzicht,
        "doorlooptijd",
        titel=titel,
        onder="In werkdagen, van stappen die in deze maanden klaar waren. De balk is de helft; het streepje negen van de tien.",
        breedte=5,
        beeld=spreidingen(rijen, eenheid="werkdagen"),
        tabel={
            "titel": f"Doorlooptijd per stap, {inzicht.periode}",
            "kolommen": [
                "Stap",
                "Aantal",
                "Helft: werkdagen",
                "9 van 10: werkdagen",
                "Helft: dagen",
                "9 van 10: dagen",
            ],
            "rijen": [_lead_row(inzicht, stap, label) for stap, label in STAPPEN.items()],
        },
    )


def _lead_row(inzicht: Inzicht, stap: str, label: str) -> list[object]:
    werk, kalender = inzicht.lead_time(stap), inzicht.lead_time(stap, "dagen")
    cijfers = (
        [str(n) for n in (werk.mediaan, werk.p90, kalender.mediaan, kalender.p90)]
        if werk and kalender
        else ["–"] * 4
    )
    return [label, inzicht.count("stap", stap), *cijfers]


def _waiting(inzicht: Inzicht) -> Onderdeel:
    plekken = _waiting_places(inzicht)
    bekend = [(aantal, label) for _, label, aantal in plekken if aantal]
    titel = "Nergens wachten er tien of meer"
    if bekend:
        meest, waar = max(bekend)
        titel = f"De meeste meldingen wachten {waar[0].lower()}{waar[1:]}: {figure(meest)}"
    rijen = []
    for sleutel, label, aantal in plekken:
        lang = inzicht.count("wacht_lang", *sleutel) if aantal else None
        rijen.append({"label": label, "waarden": [aantal - lang, lang] if aantal and lang else [aantal]})
    return _frame(
        inzicht,
        "wachten",
        titel=titel,
        onder="Alle open meldingen van dit moment, naar waar ze staan. Hun leeftijd telt vanaf de dag dat ze binnenkwamen.",
        soort="staven",
        breedte=7,
        bron="SKT-registratie, vandaag",
        grafiek={"reeksen": ["tot en met 14 dagen", "langer dan 14 dagen"], "rijen": rijen},
        legenda=[
            {"soort": "vlak", "label": "tot en met 14 dagen"},
            {"soort": "arcering", "label": "langer dan 14 dagen, vanaf 10"},
            {"soort": "klein", "label": "minder dan 10"},
        ],
        tabel={
            "titel": "Waar open meldingen wachten, vandaag",
            "kolommen": ["Waar", "Samen", *KLASSEN.values(), "Over de datum"],
            "rijen": [
                [
                    label,
                    aantal,
                    *(inzicht.count("wacht_klasse", *sleutel, klasse) for klasse in KLASSEN),
                    inzicht.count("wacht_laat", *sleutel),
                ]
                for sleutel, label, aantal in plekken
            ],
            "voet": ["Samen", inzicht.count("wachtend"), *[""] * len(KLASSEN), inzicht.count("laat")],
        },
    )


def _waiting_places(inzicht: Inzicht) -> list[tuple[tuple[str, ...], str, Aantal]]:
    """Where something waits, in the order of the chain."""
    woorden = {("loket", ""): "Bij het loket", ("triage", ""): "Op triage"}
    woorden |= {
        (bord.value, stand.value): f"{KORT.get(bord, bord.label)}: {KORT.get(stand, stand.label).lower()}"
        for bord in Bord
        for stand in AanmeldingStatus
    }
    gevonden = inzicht.under("wacht")
    volgorde = [*woorden, *sorted(set(gevonden) - set(woorden))]
    return [
        (sleutel, woorden.get(sleutel, "Bij een team"), gevonden[sleutel])
        for sleutel in volgorde
        if sleutel in gevonden
    ]


def _put_through(inzicht: Inzicht) -> Onderdeel:
    maanden = [write_maand(maand) for maand in inzicht.periode.reeks]
    labels = [short_maand(maand) for maand in inzicht.periode.reeks]
    namen = {o.code: o.kort for o in Moederorganisatie.objects.order_by("naam")}
    gevonden = {code for code, _ in inzicht.under("door")}
    reeksen = [
        {
            "titel": namen.get(code, code),
            "labels": labels,
            "waarden": [inzicht.count("door", code, m) for m in maanden],
        }
        for code in _ordered(namen, gevonden)
    ]
    samen = [inzicht.count("door_samen", maand) for maand in maanden]
    getekend = [reeks for reeks in reeksen if any(reeks["waarden"])]
    klein = [str(reeks["titel"]) for reeks in reeksen if reeks not in getekend]
    return _frame(
        inzicht,
        "doorverbonden",
        titel=_put_through_finding(samen),
        onder="Keren dat een gesprek op het eigen nummer van een organisatie binnenkwam en naar het loket werd doorverbonden,"
        " per maand. Een open vakje is minder dan 10."
        + (f" In geen maand tien of meer: {enumerate_words(klein)}." if klein else ""),
        soort="kolommen" if getekend else "",
        breedte=12,
        grafiek=getekend,
        tabel={
            "titel": f"Doorverbonden gesprekken per organisatie, {inzicht.periode}",
            "kolommen": ["Organisatie", *labels],
            "rijen": [[reeks["titel"], *reeks["waarden"]] for reeks in reeksen],
            "voet": ["Samen", *samen],
        },
    )


def _put_through_finding(samen: Sequence[Aantal]) -> str:
    """The first half of the months against the second; nothing is said that a small month hides."""
    if not any(samen):
        return (
            "Er is in geen enkele maand tien keer of meer doorverbonden"
            if None in samen
            else "Er is in deze maanden niet doorverbonden"
        )
    helft = len(samen) // 2
    eerst, daarna = samen[:helft], samen[-helft:]
    if None in (*eerst, *daarna):
        return f"Doorverbonden naar het loket: {figure(_known(samen))} keer in de maanden met tien of meer"
    van, naar = _known(eerst), _known(daarna)
    if not differs(van, naar):
        return "Organisaties verbinden ongeveer even vaak door als eerst"
    richting = "minder" if naar < van else "vaker"
    hoelang = f"in {helft} maanden" if helft > 1 else "per maand"
    return f"Organisaties verbinden {richting} door: van {figure(van)} naar {figure(naar)} keer {hoelang}"
