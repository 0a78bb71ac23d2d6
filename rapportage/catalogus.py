"""De catalogus: welke kubussen er zijn, wat hun vakken zijn en welke tabellen per maand, kwartaal en jaar verschijnen.

It is data: `compose` makes one dictionary of it, that is frozen per calendar year (Indeling), and `read` makes objects of
such a dictionary again. A family is a trunk (`stam`) with branches: everything that counts the same things, so that what
two tables share is one number. With `mensen`, the trunk's first feature says whether this was the person's first of the
year: people are those cells alone, so there are never more people than questions.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import product
from typing import Any

from rapportage.afronden import GRENS
from rapportage.kubussen import CASUS, KANAAL, LEEFGEBIED, ROUTE
from skt.kern.gebieden import Gebied
from skt.kern.keuzelijsten import Thema

EERSTE = "eerste"
"""The feature that tells people from questions; no table shows it."""
OVERIG = "overig"
"""Where a value falls that came in the course of the year: a classification never changes within its year."""
PERIODEN = ("maand", "kwartaal", "jaar")
Vakken = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kenmerk:
    """One feature with all its values, also those nobody has: a value that appears would tell that it happened."""

    code: str
    titel: str
    vakken: Vakken

    @property
    def waarden(self) -> tuple[str, ...]:
        return tuple(waarde for waarde, _ in self.vakken)


@dataclass(frozen=True)
class Tabel:
    """One table of the catalogue, and how often it appears. `mensen`: it counts people, not things."""

    code: str
    titel: str
    kenmerken: tuple[str, ...]
    perioden: tuple[str, ...]
    mensen: bool = False


@dataclass(frozen=True)
class Kubus:
    """One cube: the features of its family's trunk and at most one of its own; counted from one narrow view."""

    code: str
    titel: str
    wat: str
    bron: str
    kenmerken: tuple[str, ...]
    tabellen: tuple[Tabel, ...]
    meervoudig: bool = False


@dataclass(frozen=True)
class Familie:
    """A trunk and its branches. A `stand` is what there is at the end of a month; it doesn't add up over months."""

    stam: Kubus
    takken: tuple[Kubus, ...] = ()
    stand: bool = False

    @property
    def kubussen(self) -> tuple[Kubus, ...]:
        return (self.stam, *self.takken)


@dataclass(frozen=True)
class Catalogus:
    """What is published in one year."""

    grens: int
    kenmerken: Mapping[str, Kenmerk]
    families: tuple[Familie, ...]

    def shape(self, kubus: Kubus) -> tuple[int, ...]:
        return tuple(len(self.kenmerken[code].vakken) for code in kubus.kenmerken)

    def cells(self, tabel: Tabel) -> list[list[str]]:
        """Every cell of a table, in its order."""
        return [list(cel) for cel in product(*(self.kenmerken[code].waarden for code in tabel.kenmerken))]

    def tables(self, periode: str) -> list[tuple[Familie, Kubus, Tabel]]:
        return [
            (familie, kubus, tabel)
            for familie in self.families
            for kubus in familie.kubussen
            for tabel in kubus.tabellen
            if periode in tabel.perioden
        ]


# -- the features of today


def _enum(keuzes: Iterable[Any]) -> Vakken:
    return tuple((str(keuze.value), str(keuze.label)) for keuze in keuzes)


ONBEKEND = ("onbekend", "Onbekend")
LEEFTIJD = Kenmerk(
    "leeftijd",
    "Leeftijd",
    (
        ("0-11", "0 tot en met 11 jaar"),
        ("12-17", "12 tot en met 17 jaar"),
        ("18-26", "18 tot en met 26 jaar"),
        ("27-64", "27 tot en met 64 jaar"),
        ("65-79", "65 tot en met 79 jaar"),
        ("80+", "80 jaar en ouder"),
        ONBEKEND,
    ),
)
MELDER: Vakken = tuple(
    (waarde, waarde[0].upper() + waarde[1:])
    for waarde in (
        "inwoner zelf", "naaste/netwerk", "professional/hulpverlener", "onafhankelijke cliëntondersteuner", "huisarts",
        "school", "politie/veiligheid", "Meldpunt Bezorgd GGD", "woningcorporatie", "signaalpartner vroegsignalering",
        "anoniem", "anders",
    )
)  # fmt: skip


def _same(*waarden: str) -> Vakken:
    return tuple((waarde, waarde[0].upper() + waarde[1:]) for waarde in waarden)


VAST = (
    Kenmerk(EERSTE, "Eerste van het jaar", _same("nee", "ja")),
    Kenmerk("gebied", "Gebied", (*_enum(Gebied), ("onbekend", "Onbekend of elders"))),
    LEEFTIJD,
    Kenmerk("kanaal", "Kanaal", KANAAL.vakken),
    Kenmerk("melder", "Wie er belde", MELDER),
    Kenmerk("spoor", "Spoor", _same("mentaal", "sociaal", "crisis", "onbekend")),
    Kenmerk(
        "aard",
        "Aard",
        _same("informatie en advies", "hulpvraag", "bezorgdheid/zorgmelding", "signaal Wvggz", "klacht", "sociale-kaartvraag"),
    ),
    Kenmerk("route", "Route", ROUTE.vakken),
    Kenmerk("thema", "Thema", _enum(Thema)),
    Kenmerk("leefgebied", "Leefgebied", LEEFGEBIED.vakken),
    Kenmerk(
        "urgentie",
        "Urgentie",
        _same("crisis (direct)", "spoed (binnen 3 werkdagen)", "regulier (eerstvolgend aanmeldoverleg)", "laag"),
    ),
    Kenmerk("ernst", "Ernst", _same("laag", "matig", "hoog", "zeer hoog")),
    Kenmerk(
        "uitkomst",
        "Uitkomst van de triage",
        _same(
            "informatie en advies", "zelf hulp verlenen", "vrij toegankelijk aanbod", "zelfstandig toekennen (mandaat)",
            "afspraak verdiepende intake", "aanmeldoverleg", "crisisroute",
        ),
    ),
    Kenmerk(
        "nuldelijn", "0de lijn", (("past", "Vrij toegankelijk aanbod past"), ("past_niet", "Er is geen passend vrij aanbod"))
    ),
    Kenmerk("bord", "Team", _same("jeugd", "volwassenen", "gezamenlijk", "geen")),
    Kenmerk("gebeurtenis", "Gebeurtenis", CASUS.vakken),
    Kenmerk("team", "Team", _same("voorportaal", "jeugd", "volwassenen", "beleid", "beheer")),
    Kenmerk("niveau", "Regie", _same("casusregie", "procesregie", "externe regie")),
    Kenmerk("status", "Status", _same("in opstart", "lopend", "in afbouw", "nazorg")),
    Kenmerk("richting", "Richting", _same("opschalen", "afschalen")),
    Kenmerk(
        "aanleiding",
        "Aanleiding",
        _same(
            "organisatie levert niet (goed)", "complex of escalerend", "belangen lopen uiteen", "veiligheid", "stagnatie",
            "doelen bereikt", "verzoek inwoner",
        ),
    ),
    Kenmerk("resultaat", "Resultaat", _same("redt zich zonder hulp", "terugval: nieuwe melding", "geen gehoor")),
    Kenmerk("na", "Na hoeveel maanden", tuple((na, f"Na {na} maand{'' if na == '1' else 'en'}") for na in ("1", "3", "6", "12"))),
    Kenmerk("termijn", "Op tijd", _same("op tijd", "te laat")),
    Kenmerk(
        "stap",
        "Stap",
        _same("melding tot triage", "triage tot besluit", "melding tot afgehandeld", "casus van open tot dicht"),
    ),
    Kenmerk("klasse", "Dagen", tuple((k, f"{k} dagen") for k in ("0", "1", "2-3", "4-7", "8-14", "15-28", "29-56", "57+"))),
    Kenmerk("lijn", "Lijn", (("0", "0de lijn"), ("1", "1ste lijn"), ("2", "2de lijn"))),
)  # fmt: skip


# -- the cubes of today


def _tables(
    code: str,
    titel: str,
    een: tuple[str, ...],
    twee: Iterable[tuple[str, ...]] = (),
    drie: Iterable[tuple[str, ...]] = (),
) -> tuple[Tabel, ...]:
    """`een` is the table of every month; `twee` appear per quarter and year, `drie` per year."""
    return (
        Tabel(code, titel, een, PERIODEN),
        *(_more(code, titel, kenmerken, een, PERIODEN[1:]) for kenmerken in twee),
        *(_more(code, titel, kenmerken, een, PERIODEN[2:]) for kenmerken in drie),
    )


def _more(
    code: str, titel: str, kenmerken: tuple[str, ...], een: tuple[str, ...], perioden: tuple[str, ...]
) -> Tabel:
    bij = [kenmerk for kenmerk in kenmerken if kenmerk not in een]
    return Tabel("-".join([code, *bij]), f"{titel} naar {' en '.join(bij)}", kenmerken, perioden)


def _people(tabellen: Iterable[Tabel]) -> tuple[Tabel, ...]:
    """The same tables of people, up to two features."""
    return tuple(
        Tabel(
            f"mensen-{tabel.code}",
            f"Mensen: {tabel.titel.lower()}",
            tabel.kenmerken,
            tabel.perioden,
            mensen=True,
        )
        for tabel in tabellen
        if len(tabel.kenmerken) < 3
    )


def _per_wie(
    code: str,
    titel: str,
    wat: str,
    bron: str,
    kenmerk: str,
    *,
    mensen: bool,
    meervoudig: bool = False,
    gekruist: bool = False,
) -> Kubus:
    """A branch of a trunk of gebied and leeftijd: one feature more, against either and, where chosen, both."""
    tabellen = _tables(
        code,
        titel,
        (kenmerk,),
        [("gebied", kenmerk), ("leeftijd", kenmerk)],
        [("gebied", "leeftijd", kenmerk)] if gekruist else [],
    )
    stam = (EERSTE, "gebied", "leeftijd") if mensen else ("gebied", "leeftijd")
    alle = (*tabellen, *_people(tabellen)) if mensen else tabellen
    return Kubus(code, titel, wat, bron, (*stam, kenmerk), alle, meervoudig)


def _stem(code: str, titel: str, wat: str, bron: str, *, mensen: bool) -> Kubus:
    tabellen = (
        Tabel(code, titel, (), PERIODEN),
        Tabel(f"{code}-gebied", f"{titel} naar gebied", ("gebied",), PERIODEN),
        Tabel(f"{code}-leeftijd", f"{titel} naar leeftijd", ("leeftijd",), PERIODEN),
        Tabel(
            f"{code}-gebied-leeftijd",
            f"{titel} naar gebied en leeftijd",
            ("gebied", "leeftijd"),
            PERIODEN[1:],
        ),
    )
    kenmerken = (EERSTE, "gebied", "leeftijd") if mensen else ("gebied", "leeftijd")
    return Kubus(code, titel, wat, bron, kenmerken, (*tabellen, *_people(tabellen)) if mensen else tabellen)


def _small(
    code: str,
    titel: str,
    wat: str,
    bron: str,
    kenmerken: tuple[str, ...],
    paren: Iterable[tuple[str, str]] = (),
) -> Kubus:
    """A cube with a few features: each alone every month, pairs per quarter and year."""
    eerste, *rest = kenmerken
    tabellen = [Tabel(code, titel, (eerste,), PERIODEN)]
    tabellen += [
        Tabel(f"{code}-{kenmerk}", f"{titel} naar {kenmerk}", (kenmerk,), PERIODEN) for kenmerk in rest
    ]
    tabellen += [Tabel(f"{code}-{a}-{b}", f"{titel} naar {a} en {b}", (a, b), PERIODEN[1:]) for a, b in paren]
    return Kubus(code, titel, wat, bron, kenmerken, tuple(tabellen))


def _of_melding(code: str, titel: str, *, gekruist: bool = False) -> Kubus:
    return _per_wie(code, titel, "meldingen", "melding", code, mensen=True, gekruist=gekruist)


FAMILIES = (
    Familie(
        _stem("meldingen", "Meldingen", "meldingen", "melding", mensen=True),
        (
            _of_melding("organisatie", "Meldingen per organisatie", gekruist=True),
            _of_melding("route", ROUTE.titel, gekruist=True),
            _of_melding("kanaal", KANAAL.titel),
            _of_melding("melder", "Meldingen naar wie er belde"),
            _of_melding("doorverbonden", "Meldingen die werden doorverbonden"),
            _of_melding("spoor", "Meldingen per spoor"),
            _of_melding("aard", "Meldingen per aard"),
            _per_wie("thema", "Genoemde thema’s", "keer genoemd", "thema", "thema", mensen=True, meervoudig=True, gekruist=True),
        ),
    ),
    Familie(
        _stem("uitvragen", "Uitvragen", "uitvragen", "uitvraag", mensen=True),
        (
            _per_wie(
                "leefgebied", LEEFGEBIED.titel, "keer besproken", "leefgebied", "leefgebied",
                mensen=True, meervoudig=True, gekruist=True,
            ),
        ),
    ),
    Familie(
        _stem("triages", "Triages", "triages", "triage", mensen=False),
        (
            _per_wie("urgentie", "Triages naar urgentie", "triages", "triage", "urgentie", mensen=False),
            _per_wie("ernst", "Triages naar ernst", "triages", "triage", "ernst", mensen=False),
            _per_wie("uitkomst", "Triages naar uitkomst", "triages", "triage", "uitkomst", mensen=False),
            _per_wie("nuldelijn", "Triages: past er vrij aanbod?", "triages", "triage", "nuldelijn", mensen=False),
            _per_wie("team", "Triages per team", "triages", "triage", "bord", mensen=False),
        ),
    ),
    Familie(
        _small(
            "contacten", "Contacten", "contacten", "contact", ("organisatie", "kanaal"), [("organisatie", "kanaal")]
        ),
        (
            Kubus(
                "contact-melder", "Contacten naar wie er belde", "contacten", "contact", ("organisatie", "kanaal", "melder"),
                _tables("contact-melder", "Contacten naar wie er belde", ("melder",), [("organisatie", "melder"), ("kanaal", "melder")]),
            ),
            Kubus(
                "contact-doorverbonden", "Contacten die werden doorverbonden", "contacten", "contact",
                ("organisatie", "kanaal", "doorverbonden"),
                _tables(
                    "contact-doorverbonden", "Contacten die werden doorverbonden", ("doorverbonden",),
                    [("organisatie", "doorverbonden")],
                ),
            ),
        ),
    ),
    Familie(
        _small(
            "casus", "Casussen", "casussen", "casus", ("gebeurtenis", "organisatie", "team", "niveau"),
            [("gebeurtenis", "organisatie"), ("gebeurtenis", "team"), ("gebeurtenis", "niveau")],
        )
    ),
    Familie(
        _small(
            "casusstand", "Casussen aan het eind van de periode", "casussen", "casusstand", ("status", "niveau", "organisatie"),
            [("status", "niveau"), ("status", "organisatie"), ("niveau", "organisatie")],
        ),
        stand=True,
    ),
    Familie(
        _small(
            "schaling", "Op- en afschalen", "keer", "schaling", ("richting", "aanleiding", "organisatie"),
            [("richting", "aanleiding"), ("richting", "organisatie")],
        )
    ),
    Familie(_small("nazorg", "Nazorg", "gesprekken", "nazorg", ("resultaat", "na"), [("resultaat", "na")])),
    Familie(_small("termijn", "Termijnen", "termijnen", "termijn", ("termijn", "soort"), [("soort", "termijn")])),
    Familie(_small("stap", "Doorlooptijden", "keer", "stap", ("stap", "klasse"), [("stap", "klasse")])),
    Familie(
        _stem("voorzieningen", "Meegegeven voorzieningen", "keer meegegeven", "voorziening", mensen=False),
        (
            _per_wie("lijn", "Meegegeven voorzieningen per lijn", "keer meegegeven", "voorziening", "lijn", mensen=False),
            _per_wie(
                "voorziening-leefgebied", "Meegegeven voorzieningen per leefgebied", "keer", "voorziening_leefgebied",
                "leefgebied", mensen=False, meervoudig=True,
            ),
        ),
    ),
)  # fmt: skip


def compose(lijsten: Mapping[str, Iterable[tuple[str, str]]]) -> dict[str, Any]:
    """The catalogue of a new year: what stands here, with the organisations and terms (`soort`) of this moment."""
    organisaties = tuple(lijsten.get("organisatie", ()))
    soorten = tuple(lijsten.get("soort", ()))
    kenmerken = (
        *VAST,
        Kenmerk("organisatie", "Organisatie", (*organisaties, (OVERIG, "Overige organisaties"), ONBEKEND)),
        Kenmerk(
            "doorverbonden",
            "Doorverbonden vanuit",
            (("geen", "Niet doorverbonden"), *organisaties, (OVERIG, "Overige")),
        ),
        Kenmerk("soort", "Termijn", (*soorten, (OVERIG, "Overige termijnen"))),
    )
    return {
        "grens": GRENS,
        "kenmerken": [asdict(kenmerk) for kenmerk in kenmerken],
        "families": [asdict(familie) for familie in FAMILIES],
    }


def write(inhoud: Mapping[str, Any]) -> bytes:
    """One way to write a catalogue, for its hash and for the export."""
    return json.dumps(inhoud, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(inhoud: Mapping[str, Any]) -> str:
    return hashlib.sha256(write(inhoud)).hexdigest()


@cache
def _read(geschreven: bytes) -> Catalogus:
    inhoud = json.loads(geschreven)
    return Catalogus(
        grens=inhoud["grens"],
        kenmerken={
            k["code"]: Kenmerk(k["code"], k["titel"], tuple((w, label) for w, label in k["vakken"]))
            for k in inhoud["kenmerken"]
        },
        families=tuple(
            Familie(_cube(f["stam"]), tuple(_cube(tak) for tak in f["takken"]), f["stand"])
            for f in inhoud["families"]
        ),
    )


def read(inhoud: Mapping[str, Any]) -> Catalogus:
    """The catalogue as it was frozen."""
    return _read(write(inhoud))


def _cube(k: Mapping[str, Any]) -> Kubus:
    tabellen = tuple(
        Tabel(t["code"], t["titel"], tuple(t["kenmerken"]), tuple(t["perioden"]), t["mensen"])
        for t in k["tabellen"]
    )
    return Kubus(k["code"], k["titel"], k["wat"], k["bron"], tuple(k["kenmerken"]), tabellen, k["meervoudig"])
