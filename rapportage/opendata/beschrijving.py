"""De beschrijving voor machines: CSVW per map met tabellen, DCAT-AP-NL voor het geheel, en de vertaling naar het GGM.

CSVW: W3C, Metadata Vocabulary for Tabular Data. DCAT-AP-NL 3.0: Geonovum. Nothing is described that isn't in the files.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapportage.kenmerken import INWENDIG
from rapportage.opendata import ggm
from rapportage.queries import DREMPEL
from skt.web.grafieken import KLEIN

EU = "http://publications.europa.eu/resource/authority"
GEMEENTE = "https://identifier.overheid.nl/tooi/id/gemeente/gm0629"
PROFIEL = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
Regel = Mapping[str, Any]
"""One table as the catalogue of exporteer_publicaties describes it."""
Kenmerken = Mapping[str, Mapping[str, Any]]
"""The features of one year by code, as they were frozen."""
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


# -- CSVW


def describe_folder(regels: Sequence[Regel], kenmerken: Kenmerken, licentie: str) -> dict[str, Any]:
    """The tables of one period, all in one folder, as a table group: W3C looks for it by this name in that folder."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "dc:license": {"@id": licentie},
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tables": [_table(regel, kenmerken) for regel in regels],
    }


def _table(regel: Regel, kenmerken: Kenmerken) -> dict[str, Any]:
    begrip = ggm.counted(ggm.family_of(regel), mensen=regel["telt"].startswith("mensen"))
    opmerkingen = [
        f"Elk aantal is een veelvoud van 5 en ligt ten hoogste {regel['grens']} naast het echte aantal. {KLEIN} is 0 of 5."
    ]
    if regel["stand"]:
        opmerkingen.append("Een stand aan het eind van de periode; die telt niet op over perioden.")
    if regel["meervoudig"]:
        opmerkingen.append("Eén ding kan in meer rijen tellen; de rijen tellen niet op tot het totaal.")
    return {
        "url": regel["bestand"].rsplit("/", 1)[1],
        "dc:title": regel.get("titel", regel["tabel"]),
        "dc:temporal": f"{regel['periode']['van']}/{regel['periode']['tot']}",
        "dc:conformsTo": _words(begrip),
        "rdfs:comment": " ".join(opmerkingen),
        "tableSchema": {
            "columns": [
                *(_column(code, kenmerken.get(code, {})) for code in regel["kolommen"]),
                {
                    "name": "aantal",
                    "titles": "aantal",
                    "datatype": {"base": "integer", "minimum": DREMPEL},
                    "null": KLEIN,
                    "dc:description": f"{KLEIN} staat voor een aantal dat te klein is om te tonen.",
                },
            ],
            **({"primaryKey": list(regel["kolommen"])} if regel["kolommen"] else {}),
        },
    }


def _column(code: str, kenmerk: Mapping[str, Any]) -> dict[str, Any]:
    waarden = [waarde for waarde, _ in kenmerk.get("vakken", [])]
    soort: dict[str, Any] = {"base": "string"}
    if waarden:
        soort["format"] = "|".join(map(_exact, waarden))
    return {
        "name": code,
        "titles": code,
        "required": True,
        "datatype": soort,
        "dc:description": kenmerk.get("titel", code),
        "dc:conformsTo": _words(ggm.feature(code)),
    }


def _exact(waarde: str) -> str:
    """A value as a regular expression that matches nothing else (W3C: XPath syntax)."""
    return "".join(f"\\{teken}" if teken in r"\^$.|?*+()[]{}-" else teken for teken in waarde)


def _words(begrip: ggm.Begrip | ggm.Geen) -> str:
    if isinstance(begrip, ggm.Geen):
        return f"Geen begrip in GGM {ggm.VERSIE}: {begrip.reden}"
    return f"GGM {ggm.VERSIE}: {begrip.naam} ({begrip.mate}). {begrip.toelichting}"


# -- the translation


def describe_translation(regels: Iterable[Regel], kenmerken: Mapping[str, Kenmerken]) -> dict[str, Any]:
    """What in these files stands for what in the GGM; null where it has no counterpart, with the reason."""
    families = sorted({(ggm.family_of(regel), regel["telt"].startswith("mensen")) for regel in regels})
    codes = sorted(
        {code for per_jaar in kenmerken.values() for code in per_jaar if code not in ("eerste", *INWENDIG)}
    )
    return {
        "model": "Gemeentelijk Gegevensmodel",
        "versie": ggm.VERSIE,
        "vindplaats": ggm.VINDPLAATS,
        "uitleg": "mate is ‘gelijk’ of ‘benadert’; ggm is null waar het model geen begrip heeft, met de reden.",
        "geteld": [
            _translate(ggm.counted(familie, mensen=mensen), {"familie": familie or None, "telt_mensen": mensen})
            for familie, mensen in families
        ],
        "kenmerken": [_translate(ggm.feature(code), {"kenmerk": code}) for code in codes],
    }  # fmt: skip


def _translate(begrip: ggm.Begrip | ggm.Geen, wat: dict[str, Any]) -> dict[str, Any]:
    return {**wat, "ggm": ggm.describe(begrip), "reden": ggm.reason(begrip)}


# -- DCAT-AP-NL


def describe_dataset(mappen: Sequence[tuple[str, Sequence[Regel]]], wie: Mapping[str, str]) -> dict[str, Any]:
    """A series, with a dataset for each published period. Addresses are relative until it is known where it will stand."""
    basis = wie["adres"].rstrip("/")
    begin = f"{basis}/" if basis else ""
    regels = [regel for _, van_map in mappen for regel in van_map]
    uitgever = {"@id": wie["uitgever_uri"], "@type": "foaf:Agent", "foaf:name": _nl(wie["uitgever"])}
    algemeen = {
        "dct:publisher": uitgever,
        "dct:creator": {"@id": wie["uitgever_uri"]},
        "dcat:contactPoint": _contact(wie),
        "dcat:theme": {"@id": f"{EU}/data-theme/SOCI"},
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:language": {"@id": f"{EU}/language/NLD"},
        "dct:spatial": {"@id": GEMEENTE},
    }
    reeks = f"{begin}#reeks"
    return {
        "@context": CONTEXT,
        "@graph": [
            {
                "@id": reeks,
                "@type": "dcat:DatasetSeries",
                "dct:identifier": reeks,
                "dct:title": _nl("Stuurinformatie Sociaal Kernteam Wassenaar"),
                "dct:description": _nl(
                    "Afgeronde aantallen over hulpvragen, contacten, casussen en voorzieningen, per maand, kwartaal en jaar."
                    " Geen cijfer zegt iets over één inwoner; wat is gepubliceerd, verandert nooit."
                ),
                "dct:conformsTo": {"@id": PROFIEL},
                "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/MONTHLY"},
                "dct:temporal": _period(
                    min(r["periode"]["van"] for r in regels), max(r["periode"]["tot"] for r in regels)
                ),
                "dct:modified": _moment(max(r["bevroren_op"] for r in regels)),
                **algemeen,
            },
            *(_period_dataset(map_, van_map, begin, reeks, algemeen, wie) for map_, van_map in mappen),
        ],
    }


def _period_dataset(
    map_: str,
    regels: Sequence[Regel],
    begin: str,
    reeks: str,
    algemeen: Mapping[str, Any],
    wie: Mapping[str, str],
) -> dict[str, Any]:
    periode = regels[0]["periode"]
    return {
        "@id": f"{begin}{map_}/",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{begin}{map_}/",
        "dct:title": _nl(f"Stuurinformatie SKT Wassenaar, {periode['soort']} {periode['naam']}"),
        "dct:description": _nl(f"{len(regels)} tabellen, elk als CSV met zijn beschrijving (CSVW)."),
        "dcat:inSeries": {"@id": reeks},
        "dct:temporal": _period(periode["van"], periode["tot"]),
        "dct:issued": _moment(min(regel["bevroren_op"] for regel in regels)),
        **algemeen,
        "dcat:distribution": [_distribution(regel, begin, wie) for regel in regels],
    }


def _distribution(regel: Regel, begin: str, wie: Mapping[str, str]) -> dict[str, Any]:
    adres = f"{begin}{regel['bestand']}"
    beschreven: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": _nl(regel.get("titel", regel["tabel"])),
        "dcat:accessURL": {"@id": adres},
        "dcat:downloadURL": {"@id": adres},
        "dct:license": {"@id": wie["licentie"]},
        "dct:format": {"@id": f"{EU}/file-type/CSV"},
        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
    }
    if regel["sha256"]:
        beschreven["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": regel["sha256"]},
        }
    return beschreven


def _contact(wie: Mapping[str, str]) -> dict[str, Any]:
    kaart: dict[str, Any] = {"@type": "vcard:Organization", "vcard:fn": _nl(wie["uitgever"])}
    contact = wie["contact"]
    if contact:
        soort, adres = (
            ("vcard:hasEmail", f"mailto:{contact}") if "@" in contact else ("vcard:hasURL", contact)
        )
        kaart[soort] = {"@id": adres}
    return kaart


def _period(van: str, tot: str) -> dict[str, Any]:
    """The end is the first day after it."""
    return {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@type": "xsd:date", "@value": van},
        "dcat:endDate": {"@type": "xsd:date", "@value": tot},
    }


def _moment(tekst: str) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": tekst}


def _nl(tekst: str) -> dict[str, str]:
    return {"@language": "nl", "@value": tekst}
