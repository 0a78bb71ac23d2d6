"""De vier tabellen van de eerste cijfers, en hoe hun vakken op het scherm heten. Wat er geteld wordt, staat in de catalogus.

A cube always has all its cells, also those with nothing in them: a cell that appears only when something
happened would tell that it did. A value that isn't in its cube stops the publication.
"""

from dataclasses import dataclass

from skt.kern.keuzelijsten import Leefgebied


@dataclass(frozen=True)
class Kubus:
    """One table of a month, as the dashboard shows it."""

    code: str
    titel: str
    kenmerk: str
    wat: str
    vakken: tuple[tuple[str, str], ...]

    def label(self, waarde: str) -> str:
        """How a cell is named on the screen; a cell of an older division keeps its own value."""
        return dict(self.vakken).get(waarde, waarde)


ROUTE = Kubus(
    code="route",
    titel="Meldingen per route",
    kenmerk="Route",
    wat="meldingen",
    vakken=(
        ("informatie en advies", "Informatie en advies"),
        ("hulpverlening", "Hulp gegeven"),
        ("triage: jeugd", "Triage jeugd/gezin"),
        ("triage: volwassenen", "Triage volwassenen"),
        ("triage: gezamenlijk", "Triage beide teams"),
        ("triage", "Triage, nog geen team"),
        ("andere toegang", "Andere toegang"),
        ("crisisroute", "Crisisroute"),
        ("ingetrokken", "Ingetrokken"),
        ("nog open", "Nog open"),
    ),
)
KANAAL = Kubus(
    code="kanaal",
    titel="Meldingen per kanaal",
    kenmerk="Kanaal",
    wat="meldingen",
    vakken=(
        ("telefonisch", "Telefonisch"),
        ("digitaal", "Digitaal"),
        ("fysiek (frontoffice)", "Aan het loket"),
        ("huisbezoek", "Huisbezoek"),
        ("outreachend", "Outreachend"),
        ("via ketenpartner", "Via ketenpartner"),
    ),
)
LEEFGEBIED = Kubus(
    code="leefgebied",
    titel="Besproken leefgebieden",
    kenmerk="Leefgebied",
    wat="keer besproken",
    vakken=tuple((gebied.value, str(gebied.label)) for gebied in Leefgebied),
)
CASUS = Kubus(
    code="casus",
    titel="Casussen",
    kenmerk="Gebeurtenis",
    wat="casussen",
    vakken=(("geopend", "Geopend"), ("afgesloten", "Afgesloten")),
)

KUBUSSEN = (ROUTE, KANAAL, LEEFGEBIED, CASUS)
PER_CODE = {kubus.code: kubus for kubus in KUBUSSEN}
