"""Het codeboek: wat elke tabel telt en welke vakken er zijn, gemaakt uit de catalogus van een jaar zodat het altijd klopt."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapportage.beeld.keuze import VAKER
from rapportage.catalogus import OVERIG, Catalogus, Kubus
from rapportage.models import Periode

TELT = {
    "melding": "Een melding telt één keer, in de maand waarin ze binnenkwam. Zoals ze stond toen die maand dichtging.",
    "thema": "Elk thema dat het loket bij een melding aankruiste telt: één melding kan er meer hebben.",
    "uitvraag": "Een gesprek waarin de leefgebieden zijn uitgevraagd.",
    "leefgebied": "Elk leefgebied dat in een uitvraag een score kreeg telt, ook als het daar goed gaat.",
    "triage": "Een besluit van de triage. Eén melding kan later opnieuw getrieerd worden, en telt dan weer.",
    "contact": "Elk gesprek, bezoek of bericht telt, ook een tweede over dezelfde vraag.",
    "casus": "Een casus die openging, en een casus die dichtging: twee gebeurtenissen.",
    "casusstand": "De casussen die op de laatste dag van de periode liepen. Een stand telt niet op over maanden.",
    "schaling": "Elk besluit om op of af te schalen.",
    "nazorg": "Elk gesprek na afloop van een casus dat is gevoerd of geprobeerd.",
    "termijn": "Elke wettelijke of afgesproken termijn, in de maand waarin ze is gehaald of verliep.",
    "stap": "Elke stap die klaarkwam, in een groep van het aantal dagen dat ze duurde.",
    "wachtend": "De meldingen die op de laatste dag van de periode open stonden, en waar. Wat daarna via triage of een team"
    " dichtging, staat waar de keten het het laatst had. Wat anders dichtging, ook als het toen op triage stond, telt bij het loket.",
    "voorziening": "Elke voorziening uit de sociale kaart die aan iemand is meegegeven.",
    "ontbreekt": "Elk thema waarvoor de triage geen passend vrij aanbod vond.",
    "verloop": "Elk leefgebied dat aan het eind van de hulp opnieuw een score kreeg, vergeleken met het begin.",
    "doel": "Elk doel uit een ondersteuningsplan dat een uitkomst kreeg, één keer: in de maand van die uitkomst. Open doelen tellen niet.",
    "toekenning": "Elke voorziening die een zorgregisseur zelf toekende, binnen het mandaat. Mensen tellen per wet of lijn.",
    "voorziening_thema": "Elke meegegeven voorziening, bij ieder thema waar ze voor is: haar soort.",
    "voorziening_leefgebied": "Elke meegegeven voorziening, bij ieder leefgebied waar ze voor is.",
}
"""Per source what is counted, in the words of the page."""

KENMERK = {
    "gebied": "Waar iemand woont: zes gebieden, samengevoegd uit de 21 buurten van het CBS. Losse buurten zijn te klein.",
    "leeftijd": "De leeftijd op de laatste dag van de maand waarin het telt, in zes groepen. Is alleen een geboortejaar bekend,"
    " dan de leeftijd die iemand dat jaar wordt.",
    "organisatie": "De organisatie van de medewerker die het opschreef. Bij casussen en bij op- en afschalen: die van de casusregie.",
    "doorverbonden": "Welke organisatie de beller eerst aan de lijn had.",
    "leefgebied": "De acht leefgebieden van de uitvraag.",
    "plek": "Bij het loket, op triage, of bij een team: zolang een overleg nog moet besluiten, of daarna en zonder overleg."
    " De teams zijn die van het bord.",
    "doel": "Behaald is een score die het doel haalt of overtreft; deels of niet behaald zegt de casusregisseur, met een lagere score."
    " Vervallen heeft geen score.",
    "klasse": "Het aantal dagen, in groepen: zo is niemands eigen tijd af te lezen.",
    "toegekende_lijn": "De lijn van de voorziening die op de sociale kaart dezelfde naam heeft als wat is toegekend.",
    "lijn": "0de lijn is vrij toegankelijk, 1ste lijn vraagt een beschikking of toewijzing, 2de lijn is specialistisch.",
}
"""What isn't plain from the name of a feature."""


@dataclass(frozen=True)
class Regel:
    """One table: its name and in which periods it appears."""

    code: str
    titel: str
    kenmerken: Sequence[str]
    wanneer: str


@dataclass(frozen=True)
class Hoofdstuk:
    """One cube: what it counts, and its tables."""

    code: str
    titel: str
    telt: str
    bijzonder: Sequence[str]
    regels: Sequence[Regel]


@dataclass(frozen=True)
class Woord:
    """One feature and its values."""

    code: str
    titel: str
    uitleg: str
    vakken: Sequence[tuple[str, str]]


def chapters(catalogus: Catalogus) -> list[Hoofdstuk]:
    hoofdstukken = [
        _chapter(catalogus, kubus, stand=familie.stand)
        for familie in catalogus.families
        for kubus in familie.kubussen
    ]
    return hoofdstukken + ([_sheets(catalogus)] if catalogus.bladen else [])


def _sheets(catalogus: Catalogus) -> Hoofdstuk:
    return Hoofdstuk(
        "bladen",
        "Doorlooptijden en bedragen",
        "Doorlooptijden volgen uit de aantallen per groep van dagen. Bedragen zijn wat is toegekend: het afgeronde gemiddelde"
        " per mens maal het gepubliceerde aantal mensen.",
        [
            "Een bedrag staat er alleen met ten minste tien mensen, als niemand het bepaalt en als aftrekken niets verraadt."
        ],
        [Regel(vorm.code, vorm.titel, [], when(vorm.perioden)) for vorm in catalogus.bladen],
    )


def words(catalogus: Catalogus) -> list[Woord]:
    """The features that some table shows, by name."""
    getoond = {
        code
        for f in catalogus.families
        for kubus in f.kubussen
        for t in kubus.tabellen
        for code in t.kenmerken
    }
    return [
        Woord(k.code, k.titel, KENMERK.get(k.code, ""), k.vakken)
        for k in sorted(catalogus.kenmerken.values(), key=lambda kenmerk: kenmerk.titel)
        if k.code in getoond
    ]


def has_overig(catalogus: Catalogus) -> bool:
    return any(OVERIG in kenmerk.waarden for kenmerk in catalogus.kenmerken.values())


def when(perioden: Sequence[str]) -> str:
    """per maand, per kwartaal en per jaar"""
    delen = [VAKER[Periode(periode)] for periode in perioden]
    return delen[0] if len(delen) == 1 else f"{', '.join(delen[:-1])} en {delen[-1]}"


def _chapter(catalogus: Catalogus, kubus: Kubus, *, stand: bool) -> Hoofdstuk:
    bijzonder = []
    if kubus.meervoudig:
        bijzonder.append("Eén ding kan in meer vakken staan. Tel de vakken dus niet op.")
    if stand:
        bijzonder.append("Dit is een stand aan het eind van de periode en geen optelling.")
    if any(tabel.mensen for tabel in kubus.tabellen):
        bijzonder.append("‘Mensen’ telt ieder mens één keer per jaar, bij de eerste keer van dat jaar.")
    return Hoofdstuk(
        kubus.code,
        kubus.titel,
        TELT.get(kubus.bron, f"Geteld worden: {kubus.wat}."),
        bijzonder,
        [
            Regel(
                tabel.code,
                tabel.titel,
                [catalogus.kenmerken[code].titel for code in tabel.kenmerken],
                when(tabel.perioden),
            )
            for tabel in kubus.tabellen
        ],
    )
