"""De bladzijde van de pilot: haar zinnen en figuren uit de bevroren kubussen, en de weg van deur naar route."""

from rapportage.beeld.bron import Bron
from rapportage.beeld.figuren import Figuur, Tabel
from rapportage.beeld.plannen import HERKOMST, NUMMERS, PLANNEN, WACHTEN, Thema
from skt.web.datums import day_of, short_date
from skt.web.grafieken import figure
from skt.web.stromen import Knoop, Kolom, Stroom, stroomdiagram

ZINNEN = {
    ("meldingen", ""), ("kanaal", ""), ("wachtend", ""), ("stap-stap-klasse", "melding tot triage"), ("termijn", "op tijd"),
    ("contact-doorverbonden", "geen"),
}  # fmt: skip
INZICHT = Thema(
    "inzicht",
    "Inzicht",
    "Inzicht in de pilot",
    "Welke weg een vraag gaat, waar meldingen wachten, hoe lang elke stap duurt en wie er nog doorverbindt.",
    tuple(zin for thema in (HERKOMST, WACHTEN, NUMMERS) for zin in thema.zinnen if (zin.tabel, zin.waarde) in ZINNEN),
    tuple(PLANNEN[code][1] for code in ("wachten-plek", "wachten-stappen", "wachten-termijn", "nummers-direct", "nummers-doorverbonden")),
)  # fmt: skip
"""What the themes of policy say of the questions of the pilot: the same sentences and figures, of the same bytes."""
DEUR, ROUTE, ALLE = "kanaal", "route", "meldingen"
NAAR_TRIAGE = "triage"


def flow(bron: Bron) -> Figuur | None:
    """From each door to all meldingen, from there to each route; None when the period has no such tables.

    Which door goes to which route isn't in any cube, so it isn't drawn. What is too small to show stands in the table only.
    """
    deuren, routes, alle = (bron.cut(tabel) for tabel in (DEUR, ROUTE, ALLE))
    if deuren is None or routes is None or alle is None:
        return None
    binnen = Knoop(ALLE, "Meldingen", alle.totaal)
    stromen, kolommen = [], []
    for titel, snede, naar_binnen in (("Deur", deuren, True), ("Route", routes, False)):
        knopen = []
        for waarde, aantal in snede.waarden.items():
            if aantal is not None:
                knoop = Knoop(f"{snede.tabel}:{waarde}", snede.label(waarde), aantal)
                van, naar = (knoop, binnen) if naar_binnen else (binnen, knoop)
                stromen.append(Stroom(van.code, naar.code, aantal, waarde.startswith(NAAR_TRIAGE)))
                knopen.append(knoop)
        kolommen.append(Kolom(titel, knopen))
    titel = _finding(alle.totaal, routes.waarden)
    beeld = stroomdiagram(
        [kolommen[0], Kolom("Samen", [binnen]), kolommen[1]],
        stromen,
        wat=f"{titel}. De tabel zegt elk aantal.",
    )
    return Figuur(
        "stroom",
        "De weg van een melding",
        titel,
        f"Meldingen van {bron.tijdvak.in_zin}, naar hoe ze binnenkwamen en welke weg ze gingen, zoals het stond toen de maand"
        " dichtging. Donker is de weg naar triage; wegen van minder dan 10 staan alleen in de tabel.",
        **({"beeld": beeld} if stromen else {}),
        tabel=Tabel(
            f"Van deur naar route, {bron.tijdvak.naam}",
            ["Hoe en waarheen", "Deur of route", "Meldingen"],
            [
                [titel, snede.label(waarde), aantal]
                for titel, snede in (("Binnen", deuren), ("Verder", routes))
                for waarde, aantal in snede.waarden.items()
            ],
            ["Samen", "", alle.totaal],
        ),
        marge=f"±{alle.grens}",
        bron=f"SKT-registratie, vastgezet op {short_date(day_of(alle.bevroren_op))}",
        breedte=12,
    )


def _finding(meldingen: int | None, routes: dict[str, int | None]) -> str:
    """How many of ten go to triage, from what is shown."""
    triage = sum(aantal or 0 for route, aantal in routes.items() if route.startswith(NAAR_TRIAGE))
    if not meldingen:
        return "Er kwamen te weinig meldingen binnen om een weg te tonen"
    if not triage:
        return f"Van de {figure(meldingen)} meldingen ging een klein deel naar triage"
    tienden = round(10 * triage / meldingen)
    gaan = "gaat er nog geen één" if not tienden else "gaat er één" if tienden == 1 else f"gaan er {tienden}"
    return f"Van elke tien meldingen {gaan} naar triage: {figure(triage)} van de {figure(meldingen)}"
