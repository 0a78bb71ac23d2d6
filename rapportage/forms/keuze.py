"""Kiezen welke cijfers getoond worden."""

from collections.abc import Collection, Mapping, Sequence

from django import forms

from rapportage.beeld.keuze import EERSTE_LEEFGEBIED, FILTERS, JAAR_EERDER, VORIGE, Keuze
from rapportage.catalogus import Kenmerk
from rapportage.tijdvak import SOORTEN, Tijdvak, UnknownPeriod, parse_tijdvak

HEEL = {"gebied": "Heel Wassenaar", "leeftijd": "Alle leeftijden"}
MEERVOUD = {"maand": "Maanden", "kwartaal": "Kwartalen", "jaar": "Jaren"}


class KeuzeForm(forms.Form):
    """Alleen wat is vastgezet staat in de lijst; iets anders in het adres kiest niets."""

    periode = forms.ChoiceField(label="Periode", required=False)
    naast = forms.ChoiceField(label="naast", required=False)
    gebied = forms.ChoiceField(label="Gebied", required=False)
    leeftijd = forms.ChoiceField(label="Leeftijd", required=False)

    def __init__(
        self,
        keuze: Keuze,
        *,
        perioden: Sequence[Tijdvak],
        kenmerken: Mapping[str, Kenmerk],
        filters: Collection[str] = FILTERS,
        vergelijken: bool = True,
    ) -> None:
        tijdvak = keuze.tijdvak
        super().__init__({"periode": tijdvak.code, "naast": keuze.naast, **keuze.filters})
        self.fields["periode"].choices = [
            (MEERVOUD[soort], [(t.code, t.naam) for t in perioden if t.soort == soort])
            for soort in SOORTEN
            if any(t.soort == soort for t in perioden)
        ]
        naast = {VORIGE: tijdvak.previous(), JAAR_EERDER: tijdvak.year_before()}
        if naast[VORIGE] == naast[JAAR_EERDER]:
            del naast[VORIGE]
        self.fields["naast"].choices = [
            (waarde, ander.naam if ander in perioden else f"{ander.naam} (geen cijfers)")
            for waarde, ander in naast.items()
        ]
        if not vergelijken:
            del self.fields["naast"]
        for naam in FILTERS:
            if naam not in filters or naam not in kenmerken:
                del self.fields[naam]
                continue
            self.fields[naam].choices = [("", HEEL[naam]), *kenmerken[naam].vakken]


def read_keuze(
    gevraagd: Mapping[str, str], perioden: Sequence[Tijdvak], kenmerken: Mapping[int, Mapping[str, Kenmerk]]
) -> tuple[Keuze, bool]:
    """What the address asks for, as far as it was published; and whether it asked for a period that wasn't.

    Without a period: the last quarter, or the last month while there is no quarter. Raises IndexError without periods.
    """
    tijdvak, onbekend = _period(gevraagd.get("periode", ""), perioden)
    naast = gevraagd.get("naast", "")
    if tijdvak.previous() == tijdvak.year_before():
        naast = JAAR_EERDER
    elif naast not in {VORIGE, JAAR_EERDER}:
        naast = JAAR_EERDER if tijdvak.year_before() in perioden else VORIGE
    alleen = tuple(
        (naam, gevraagd[naam])
        for naam in FILTERS
        if gevraagd.get(naam)
        and naam in kenmerken.get(tijdvak.jaar, {})
        and gevraagd[naam] in kenmerken[tijdvak.jaar][naam].waarden
    )
    leefgebieden = kenmerken.get(tijdvak.jaar, {}).get("leefgebied")
    kaart = gevraagd.get("kaart", "")
    if leefgebieden is None or kaart not in leefgebieden.waarden:
        kaart = EERSTE_LEEFGEBIED
    return Keuze(tijdvak, naast, alleen, kaart), onbekend


def _period(gevraagd: str, perioden: Sequence[Tijdvak]) -> tuple[Tijdvak, bool]:
    if gevraagd:
        try:
            tijdvak = parse_tijdvak(gevraagd)
        except UnknownPeriod:
            tijdvak = None
        if tijdvak is not None and tijdvak in perioden:
            return tijdvak, False
    kwartalen = [tijdvak for tijdvak in perioden if tijdvak.soort == "kwartaal"]
    return (kwartalen or list(perioden))[0], bool(gevraagd)
