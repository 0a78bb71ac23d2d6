"""Wat de wet bij deze vraag van het loket vraagt: per regel wanneer hij telt, wat u doet en welke termijnen er lopen.

Rules as data; the terms themselves (start, length, source) are in skt.termijnen. The professional decides by ticking.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from skt.kern.keuzelijsten import Thema

WMO_THEMAS = frozenset({Thema.OUDEREN, Thema.MANTELZORG, Thema.WONEN, Thema.PARTICIPATIE})


@dataclass(frozen=True)
class Regel:
    """`naam` is the tick box; ticking starts `codes`. Shown when one of the themas or aarden was chosen."""

    naam: str
    label: str
    tekst: str
    bron: str
    bron_titel: str
    codes: tuple[str, ...]
    themas: frozenset[str] = frozenset()
    aarden: frozenset[str] = frozenset()

    def telt(self, themas: Iterable[str], aard: str) -> bool:
        return aard in self.aarden or not self.themas.isdisjoint(themas)


REGELS = (
    Regel(
        "wet_wmo",
        "Dit is een Wmo-melding",
        "Er komt een onderzoek, klaar binnen zes weken. Zeg dat een eigen plan kan, binnen zeven dagen. Bevestig de melding.",
        "Wmo 2.3.2",
        "Wmo 2015, artikel 2.3.2 lid 1 en 2",
        ("WMO-BEV", "WMO-PLAN", "WMO-OND"),
        themas=WMO_THEMAS,
    ),
    Regel(
        "wet_oco",
        "Gratis cliëntondersteuning genoemd",
        "Wijs de inwoner en de mantelzorger erop dat iemand gratis en onafhankelijk kan meedenken.",
        "Wmo 2.3.2",
        "Wmo 2015, artikel 2.3.2 lid 3",
        ("WMO-OCO",),
        themas=WMO_THEMAS,
    ),
    Regel(
        "wet_wmo_spoed",
        "Wmo met spoed: dit kan niet wachten",
        "Er is binnen 48 uur tijdelijke hulp.",
        "Wmo 2.3.3",
        "Wmo 2015, artikel 2.3.3",
        ("WMO-SPOED",),
        themas=WMO_THEMAS,
    ),
    Regel(
        "wet_wgs",
        "Hulpvraag bij schulden",
        "Het eerste gesprek over de schulden is binnen vier weken.",
        "Wgs 4",
        "Wet gemeentelijke schuldhulpverlening, artikel 4 lid 1",
        ("WGS-4W",),
        themas=frozenset({Thema.SCHULDEN}),
    ),
    Regel(
        "wet_wgs_spoed",
        "Bedreigende schuld: ontruiming, afsluiten of einde zorgverzekering",
        "Het eerste gesprek is binnen drie werkdagen.",
        "Wgs 4",
        "Wet gemeentelijke schuldhulpverlening, artikel 4 lid 2",
        ("WGS-3D",),
        themas=frozenset({Thema.SCHULDEN}),
    ),
    Regel(
        "wet_wvggz",
        "Verkennend onderzoek (Wvggz)",
        "Het onderzoek en zo nodig de aanvraag zijn klaar binnen veertien dagen. De melder mag anoniem blijven.",
        "Wvggz 5:2",
        "Wet verplichte geestelijke gezondheidszorg, artikel 5:2",
        ("WVGGZ-VO",),
        aarden=frozenset({"signaal Wvggz"}),
    ),
    Regel(
        "wet_wvggz_terug",
        "De melder is naaste en wil horen wat ermee gebeurt",
        "Koppel terug aan vertegenwoordiger, partner, ouder of essentiële naaste.",
        "Wvggz 5:2",
        "Wet verplichte geestelijke gezondheidszorg, artikel 5:2 lid 3 tot en met 5",
        ("WVGGZ-TERUG",),
        aarden=frozenset({"signaal Wvggz"}),
    ),
    Regel(
        "wet_wvggz_anoniem",
        "De melder wil anoniem blijven",
        "Geef de naam van de melder aan niemand door.",
        "Wvggz 5:2",
        "Wet verplichte geestelijke gezondheidszorg, artikel 5:2 lid 7",
        ("WVGGZ-ANON",),
        aarden=frozenset({"signaal Wvggz"}),
    ),
    Regel(
        "wet_avg",
        "Iemand wil de eigen gegevens inzien",
        "Het antwoord komt binnen een maand. Geef het verzoek door aan de privacy officer.",
        "AVG 12",
        "Algemene verordening gegevensbescherming, artikel 12 lid 3",
        ("AVG-INZ",),
    ),
)


def relevant(themas: Iterable[str], aard: str) -> list[Regel]:
    """The rules that count for these themas and this aard, in their fixed order."""
    chosen = list(themas)
    return [regel for regel in REGELS if regel.telt(chosen, aard)]


def codes_of(namen: Iterable[str]) -> list[str]:
    """The terms that these ticks start; the threatening debt replaces the ordinary one (Wgs 4 lid 2)."""
    ticked = set(namen)
    codes = [code for regel in REGELS if regel.naam in ticked for code in regel.codes]
    if "WGS-3D" in codes:
        codes = [code for code in codes if code != "WGS-4W"]
    return list(dict.fromkeys(codes))
