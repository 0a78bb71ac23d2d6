"""Hoe onze begrippen in het Gemeentelijk Gegevensmodel (GGM 2.5.1, domein Sociaal Domein en Dienstverlening) heten.

Names of object types and attributes as in the published model; what has no counterpart is None, and says why. `mate` is
`gelijk` where the same thing is meant, `benadert` where ours is wider, narrower or derived.

Source: Gemeente-Delft/Gemeentelijk-Gegevensmodel, v2.5.1/ddl: "Sociale team: Domeinmodel", "AanvraagOfMelding",
"Sociaal Domein Beschikking en Voorziening", "Afspraken en Klantcontacten", and Model Kern RSGB. The model itself isn't copied.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

VERSIE = "2.5.1"
VINDPLAATS = "https://github.com/Gemeente-Delft/Gemeentelijk-Gegevensmodel/tree/master/v2.5.1"
GELIJK, BENADERT = "gelijk", "benadert"


@dataclass(frozen=True)
class Begrip:
    """A place in the GGM: an object type, and for a feature its attribute."""

    objecttype: str
    attribuut: str
    mate: str
    toelichting: str

    @property
    def naam(self) -> str:
        return f"{self.objecttype}.{self.attribuut}" if self.attribuut else self.objecttype

    def as_dict(self) -> dict[str, Any]:
        return {
            "objecttype": self.objecttype,
            "attribuut": self.attribuut or None,
            "mate": self.mate,
            "toelichting": self.toelichting,
        }


@dataclass(frozen=True)
class Geen:
    """There is no counterpart, and why."""

    reden: str


GETELD: dict[str, Begrip | Geen] = {
    "meldingen": Begrip(
        "AOMMeldingWMOJeugd", "", BENADERT, "Een melding bij het SKT-loket is breder dan de Wmo en de Jeugdwet."
    ),
    "uitvragen": Begrip(
        "Score", "", BENADERT, "Een uitvraag is één gesprek met een score voor elk besproken leefgebied."
    ),
    "contacten": Begrip("Klantcontact", "", GELIJK, "Een contact dat werkelijk heeft plaatsgevonden."),
    "casus": Begrip(
        "SociaalTeamDossier", "", BENADERT, "Een casus is een dossier met regie; wat is geopend of afgesloten."
    ),
    "casusstand": Begrip("SociaalTeamDossier", "", BENADERT, "De casussen die er aan het eind van de periode zijn."),
    "voorzieningen": Begrip(
        "Voorziening", "", BENADERT, "Een voorziening uit de sociale kaart die is meegegeven, ook zonder beschikking."
    ),
    "inzet": Begrip("Toewijzing", "", BENADERT, "Wat een zorgregisseur binnen een mandaat zelf toekende."),
    "verloop": Begrip("Score", "", BENADERT, "Een leefgebied dat aan het eind van de hulp opnieuw een score kreeg."),
    "doel": Begrip(
        "Doelstelling", "", BENADERT, "Een doel uit een ondersteuningsplan dat een uitkomst kreeg; open doelen tellen niet."
    ),
    "triages": Geen("Het model kent geen weging van een melding tussen melding en aanmelding."),
    "schaling": Geen("Het model kent geen op- en afschalen van regie."),
    "nazorg": Geen("Het model kent geen gesprek na afsluiting."),
    "termijn": Geen("Het model kent wettelijke termijnen alleen als datums van een zaak, niet als geteld feit."),
    "stap": Geen("Doorlooptijden zijn afgeleid; het model kent alleen de datums."),
    "wachtend": Begrip("AOMMeldingWMOJeugd", "", BENADERT, "De meldingen die er aan het eind van de periode open staan."),
}  # fmt: skip
"""What a family counts, by the code of its trunk."""
MENSEN = Begrip("Client", "", BENADERT, "Wie in het jaar voor het eerst in deze telling voorkomt.")

KENMERKEN: dict[str, Begrip | Geen] = {
    "leefgebied": Begrip("Leefgebied", "naam", GELIJK, "De leefgebieden van de uitvraag."),
    "kanaal": Begrip("Klantcontact", "kanaal", GELIJK, "Het kanaal van het contact waarmee de melding binnenkwam."),
    "melder": Begrip("AOMMeldingWMOJeugd", "aanmelder", GELIJK, "Wie de melding deed, als soort."),
    "route": Begrip("AOMMeldingWMOJeugd", "vervolg", BENADERT, "Wat ermee gebeurde, zoals het stond bij het vastzetten."),
    "aard": Begrip("AanvraagOfMelding", "soort", BENADERT, "De aard van de melding, in eigen waarden."),
    "thema": Begrip("AanvraagOfMelding", "onderwerp", BENADERT, "Een melding kan meer thema’s hebben."),
    "status": Begrip("SociaalTeamDossier", "status", GELIJK, "De status van de casus, in eigen waarden."),
    "niveau": Begrip("SociaalTeamDossiersoort", "naam", BENADERT, "Casusregie, procesregie of externe regie."),
    "organisatie": Begrip(
        "VestigingVanZaakbehandelendeOrganisatie", "", BENADERT, "De moederorganisatie die het contact of de casus had."
    ),
    "gebied": Begrip("Gebied", "", BENADERT, "Een vaste groep CBS-buurten; geen deel van één wijk."),
    "leeftijd": Begrip(
        "NatuurlijkPersoon", "", BENADERT, "Een leeftijdsgroep, afgeleid van de geboortedatum; die staat er niet in."
    ),
    "doorverbonden": Geen("Het model kent geen organisatie van waaruit een beller is doorverbonden."),
    "spoor": Geen("Het spoor is een eerste inschatting van het loket zelf."),
    "urgentie": Geen("Het model kent geen urgentie van een melding."),
    "ernst": Geen("Het model kent geen ernst van een melding."),
    "uitkomst": Geen("Het model kent geen triage."),
    "nuldelijn": Geen("Het model kent geen vraag of vrij toegankelijk aanbod past."),
    "bord": Geen("Teams van het SKT zijn geen onderdeel van het model."),
    "team": Geen("Teams van het SKT zijn geen onderdeel van het model."),
    "plek": Geen("Waar een melding in de keten staat, is in het model geen gegeven van de melding."),
    "gebeurtenis": Geen("Openen en afsluiten zijn in het model datums van een dossier."),
    "richting": Geen("Het model kent geen op- en afschalen van regie."),
    "aanleiding": Geen("Het model kent geen op- en afschalen van regie."),
    "resultaat": Geen("Het model kent geen nazorg."),
    "na": Geen("Het model kent geen nazorg."),
    "termijn": Geen("Op tijd of te laat is afgeleid."),
    "soort": Geen("Termijnen uit de wet staan niet in het model."),
    "stap": Geen("Doorlooptijden zijn afgeleid."),
    "klasse": Geen("Doorlooptijden zijn afgeleid."),
    "verloop": Geen("Of een score vooruit ging is afgeleid."),
    "doel": Geen("Of een doel is behaald, volgt bij ons uit de score waarmee het eindigt."),
    "inzet": Geen("Er is maar één soort: een toekenning."),
    "wet": Begrip("Voorziening", "wet", BENADERT, "De wet waarop een toekenning rust, in eigen waarden."),
    "naast": Geen("Het model kent geen vrij toegankelijk aanbod naast een toekenning."),
    "toegekende_lijn": Geen("0de, 1ste en 2de lijn staan niet in het model."),
    "lijn": Geen("0de, 1ste en 2de lijn staan niet in het model."),
}  # fmt: skip
"""What a table is split by."""
ONBEKEND = Geen("Dit begrip is nog niet naast het model gelegd.")


def counted(familie: str, *, mensen: bool) -> Begrip | Geen:
    return MENSEN if mensen else GETELD.get(familie, ONBEKEND)


def family_of(regel: Mapping[str, Any]) -> str:
    """Whose term a table has: contacts stand in the cubes of the meldingen that they brought up."""
    return "contacten" if regel["telt"] == "contacten" else str(regel.get("familie", ""))


def feature(code: str) -> Begrip | Geen:
    return KENMERKEN.get(code, ONBEKEND)


def describe(begrip: Begrip | Geen) -> dict[str, Any] | None:
    """As it stands in the file: null where there is no counterpart."""
    return begrip.as_dict() if isinstance(begrip, Begrip) else None


def reason(begrip: Begrip | Geen) -> str | None:
    return begrip.reden if isinstance(begrip, Geen) else None
