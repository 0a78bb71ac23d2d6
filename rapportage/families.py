"""De kubussen van vandaag: families van een stam met takken, en wat er nog niet te tellen is.

What two tables share is one number. Within a family that follows from its shape; between families from `banden`. A
family's trunk says in its first features what its tables count (TELT): all, people, or contacts.
"""

from collections.abc import Iterable

from rapportage.kenmerken import EERSTE_LIJN, EERSTE_WET, TELLING
from rapportage.kubussen import KANAAL, LEEFGEBIED, ROUTE
from rapportage.opbouw import PERIODEN, Band, Bladvorm, Familie, Kubus, Stroom, Tabel

CONTACTEN = {"organisatie": "contacten", "melder": "contact-melder", "doorverbonden": "contact-doorverbonden"}
"""Codes of tables of contacts that aren't ‘contacten-’ and the feature."""
GENOEMD = {
    "na": "aantal maanden na de casus",
    "niveau": "vorm van regie",
    "termijn": "uitkomst",
    "verloop": "uitkomst",
}
"""Features that need another word in the name of a table than their code."""


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
    return Tabel("-".join([code, *bij]), f"{titel}, {_per(bij)}", kenmerken, perioden)


def _per(kenmerken: Iterable[str]) -> str:
    """per gebied en leeftijd: as the end of the name of a table."""
    return f"per {' en '.join(GENOEMD.get(kenmerk, kenmerk) for kenmerk in kenmerken)}"


def _people(tabellen: Iterable[Tabel]) -> tuple[Tabel, ...]:
    """The same tables of people, up to two features."""
    return tuple(
        Tabel(f"mensen-{t.code}", f"Mensen: {t.titel.lower()}", t.kenmerken, t.perioden, telt="mensen")
        for t in tabellen
        if len(t.kenmerken) < 3 and t.telt == "dingen"
    )


def _contacts(kenmerk: str, titel: str) -> Tabel:
    """Contacts by one feature: of the melding that each contact brought up first."""
    code = CONTACTEN.get(kenmerk, f"contacten-{kenmerk}")
    return Tabel(
        code,
        titel.replace("Meldingen", "Contacten"),
        (kenmerk,) if kenmerk else (),
        PERIODEN,
        telt="contacten",
    )


def _branch(
    code: str,
    titel: str,
    wat: str,
    bron: str,
    kenmerk: str,
    *,
    stam: tuple[str, ...] = (),
    meervoudig: bool = False,
    gekruist: bool = False,
    telt: str = "dingen",
    contacten: str = "",
) -> Kubus:
    """A branch of a trunk of gebied and leeftijd: one feature more, against either and, where chosen, both."""
    tabellen = _tables(
        code,
        titel,
        (kenmerk,),
        [("gebied", kenmerk), ("leeftijd", kenmerk)],
        [("gebied", "leeftijd", kenmerk)] if gekruist else [],
    )
    if telt != "dingen":
        tabellen = tuple(Tabel(t.code, t.titel, t.kenmerken, t.perioden, telt) for t in tabellen)
    alle = list(tabellen)
    if TELLING in stam:
        alle += _people(tabellen)
    if contacten:
        alle.append(_contacts(kenmerk, contacten))
    return Kubus(code, titel, wat, bron, (*stam, "gebied", "leeftijd", kenmerk), tuple(alle), meervoudig)


def _stem(
    code: str, titel: str, wat: str, bron: str, *, stam: tuple[str, ...] = (), onder: str = ""
) -> Kubus:
    tabellen = (
        Tabel(code, titel, (), PERIODEN),
        Tabel(f"{code}-gebied", f"{titel} per gebied", ("gebied",), PERIODEN),
        Tabel(f"{code}-leeftijd", f"{titel} per leeftijd", ("leeftijd",), PERIODEN),
        Tabel(
            f"{code}-gebied-leeftijd",
            f"{titel} per gebied en leeftijd",
            ("gebied", "leeftijd"),
            PERIODEN[1:],
        ),
    )
    if "nuldelijn" in stam:
        tabellen += _tables(
            "nuldelijn", "Triages met of zonder passend vrij aanbod", ("nuldelijn",),
            [("nuldelijn", "gebied"), ("nuldelijn", "leeftijd")],
        )  # fmt: skip
    alle = list(tabellen)
    if TELLING in stam:
        alle += _people(tabellen)
    if TELLING in stam and code != "meldingen":
        # Its branches show contacts too: the trunk must keep near what they add up to.
        alle.append(
            Tabel(f"contacten-{code}", f"Contacten met {titel.lower()}", (), PERIODEN, telt="contacten")
        )
    elif TELLING in stam:
        alle += [
            Tabel("contacten-totaal", "Contacten", (), PERIODEN, telt="contacten"),
            _contacts("gebied", "Contacten per gebied"),
            _contacts("leeftijd", "Contacten per leeftijd"),
        ]
    return Kubus(code, titel, wat, bron, (*stam, "gebied", "leeftijd"), tuple(alle), onder=onder)


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
        Tabel(f"{code}-{kenmerk}", f"{titel} {_per([kenmerk])}", (kenmerk,), PERIODEN) for kenmerk in rest
    ]
    tabellen += [Tabel(f"{code}-{a}-{b}", f"{titel} {_per([a, b])}", (a, b), PERIODEN[1:]) for a, b in paren]
    return Kubus(code, titel, wat, bron, kenmerken, tuple(tabellen))


def _of_melding(code: str, titel: str, *, gekruist: bool = False) -> Kubus:
    return _branch(
        code, titel, "meldingen", "melding", code, stam=(TELLING,), gekruist=gekruist, contacten=titel
    )


def _of_triage(code: str, titel: str, kenmerk: str, contacten: str = "") -> Kubus:
    return _branch(
        code, titel, "triages", "triage", kenmerk, stam=(TELLING, "nuldelijn"), contacten=contacten
    )


def _granted(naar: str, kenmerk: str, eerste: str, naast: str = "") -> Kubus:
    """Toekenningen by wet or lijn; people count once a year for each of them."""
    code, titel = f"inzet-{naar}", f"Toekenningen per {naar}"
    kenmerken = ("inzet", eerste, kenmerk, *([naast] if naast else []))
    tabellen = [
        Tabel(code, titel, (kenmerk,), PERIODEN),
        Tabel(
            f"mensen-{code}",
            f"Mensen met een toekenning, per {naar}",
            (kenmerk,),
            PERIODEN,
            telt=f"mensen per {naar}",
        ),
    ]
    if naast:
        tabellen += [
            Tabel("inzet-naast", "Toekenningen met of zonder vrij aanbod ernaast", (naast,), PERIODEN),
            Tabel(
                f"{code}-naast", f"{titel}, met of zonder vrij aanbod ernaast", (kenmerk, naast), PERIODEN[1:]
            ),
        ]
    return Kubus(code, titel, "toekenningen", "toekenning", kenmerken, tuple(tabellen))


FAMILIES = (
    Familie(
        _stem("meldingen", "Meldingen", "meldingen", "melding", stam=(TELLING,)),
        (
            _of_melding("organisatie", "Meldingen per organisatie", gekruist=True),
            _of_melding("route", ROUTE.titel, gekruist=True),
            _of_melding("kanaal", KANAAL.titel),
            _of_melding("melder", "Meldingen naar wie er belde"),
            _of_melding("doorverbonden", "Meldingen per organisatie die doorverbond"),
            _of_melding("spoor", "Meldingen per spoor"),
            _of_melding("aard", "Meldingen per aard"),
            _branch(
                "thema", "Genoemde thema’s", "keer genoemd", "thema", "thema", stam=(TELLING,), meervoudig=True, gekruist=True,
                contacten="Genoemde thema’s per contact",
            ),
        ),
    ),
    Familie(
        _stem("uitvragen", "Uitvragen", "uitvragen", "uitvraag", stam=(TELLING,), onder="meldingen"),
        (
            _branch(
                "leefgebied", LEEFGEBIED.titel, "keer besproken", "leefgebied", "leefgebied",
                stam=(TELLING,), meervoudig=True, gekruist=True, contacten="Contacten per besproken leefgebied",
            ),
        ),
    ),
    Familie(
        _stem("triages", "Triages", "triages", "triage", stam=(TELLING, "nuldelijn")),
        (
            _of_triage("urgentie", "Triages per urgentie", "urgentie", "Contacten per urgentie van de triage"),
            _of_triage("ernst", "Triages per ernst", "ernst"),
            _of_triage("uitkomst", "Triages per uitkomst", "uitkomst"),
            _of_triage("team", "Triages per team", "bord", "Contacten per team van de triage"),
            _branch(
                "ontbreekt", "Thema’s waarvoor geen passend vrij aanbod was", "keer", "ontbreekt", "thema",
                stam=(TELLING, "nuldelijn"), meervoudig=True, telt="ontbreekt",
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
        stroom=Stroom(("casus", ("geopend",)), ("casus", ("afgesloten",))),
    ),
    Familie(
        _small(
            "schaling", "Op- en afschalen", "keer", "schaling", ("richting", "aanleiding", "organisatie"),
            [("richting", "aanleiding"), ("richting", "organisatie")],
        )
    ),
    Familie(_small("nazorg", "Nazorg", "gesprekken", "nazorg", ("resultaat", "na"), [("resultaat", "na")])),
    Familie(
        _small(
            "verloop", "Leefgebieden die aan het eind opnieuw zijn gemeten", "leefgebieden", "verloop", ("verloop", "leefgebied"),
            [("leefgebied", "verloop")],
        )
    ),
    Familie(_small("termijn", "Termijnen", "termijnen", "termijn", ("termijn", "soort"), [("soort", "termijn")])),
    Familie(
        Kubus(
            "stap", "Stappen", "keer", "stap", ("stap",), (Tabel("stap", "Stappen", ("stap",), PERIODEN),),
            banden=(
                Band("melding tot triage", "triages"),
                Band("casus van open tot dicht", "casus", ("afgesloten",)),
                Band("triage tot besluit", "casus", ("geopend",), gelijk=False),
            ),
        ),
        (
            Kubus(
                "stap-klasse", "Doorlooptijden", "keer", "stap", ("stap", "klasse"),
                (Tabel("stap-stap-klasse", "Doorlooptijden per stap", ("stap", "klasse"), PERIODEN[1:]),),
            ),
        ),
    ),
    Familie(
        Kubus(
            "wachtend", "Open meldingen aan het eind van de periode", "meldingen", "wachtend", ("plek",),
            (
                Tabel("wachtend", "Waar open meldingen wachten aan het eind van de periode", ("plek",), PERIODEN),
                Tabel("wachtend-totaal", "Open meldingen aan het eind van de periode", (), PERIODEN),
            ),
            # What came in this month and has no route yet is at the loket.
            banden=(Band("loket", "route", ("nog open",), gelijk=False),),
        ),
        stand=True,
        stroom=Stroom(("meldingen", ()), ("stap", ("melding tot afgehandeld",))),
    ),
    Familie(
        Kubus(
            "inzet", "Toekenningen", "toekenningen", "toekenning", ("inzet",), (Tabel("inzet", "Toekenningen", ("inzet",), PERIODEN),),
            banden=(Band("toekenning", "uitkomst", ("zelfstandig toekennen (mandaat)",)),),
        ),
        (
            _granted("wet", "wet", EERSTE_WET, "naast"),
            _granted("lijn", "toegekende_lijn", EERSTE_LIJN),
        ),
    ),
    Familie(
        _stem("voorzieningen", "Meegegeven voorzieningen", "keer meegegeven", "voorziening"),
        (
            _branch("lijn", "Meegegeven voorzieningen per lijn", "keer meegegeven", "voorziening", "lijn"),
            _branch(
                "voorziening-leefgebied", "Meegegeven voorzieningen per leefgebied", "keer", "voorziening_leefgebied",
                "leefgebied", meervoudig=True,
            ),
            _branch(
                "voorziening-thema", "Meegegeven voorzieningen naar soort (thema)", "keer", "voorziening_thema", "thema", meervoudig=True,
            ),
        ),
    ),
    Familie(
        Kubus(
            "doel", "Doelen met een uitkomst", "doelen", "doel", ("doel", "leefgebied"),
            (
                Tabel("doelen", "Doelen met een uitkomst", (), PERIODEN),
                Tabel("doel", "Doelen naar uitkomst", ("doel",), PERIODEN),
                Tabel("doel-leefgebied", "Doelen per leefgebied", ("leefgebied",), PERIODEN),
                Tabel("doel-leefgebied-doel", "Doelen per leefgebied en uitkomst", ("leefgebied", "doel"), PERIODEN[1:]),
            ),
        )
    ),
)  # fmt: skip

BLADEN = (
    Bladvorm("doorlooptijden", "Doorlooptijd per stap: mediaan en p90 in dagen", "doorlooptijd", "stap-stap-klasse", PERIODEN[1:]),
    Bladvorm("kosten-wet", "Toegekend bedrag naar wet, in euro", "kosten", "mensen-inzet-wet", PERIODEN[2:]),
    Bladvorm("kosten-lijn", "Toegekend bedrag naar lijn, in euro", "kosten", "mensen-inzet-lijn", PERIODEN[2:]),
)  # fmt: skip
"""Lead times follow from a table of two features, so not per month. Amounts per year only: in a quarter hardly any wet has the
people that a figure asks for. No total: it would tell what is kept back."""

ONTBREEKT = (
    (
        "Inzet van team en specialisten naar wet",
        "Wat een zorgregisseur zelf toekent is geteld. Wat daarna of elders wordt ingezet, staat nog niet in het SKT.",
    ),
    (
        "Soort van wat is toegekend",
        "Een toekenning noemt een product in vrije tekst. Een lijn heeft alleen wat onder die naam op de sociale kaart staat.",
    ),
    (
        "Wat hulp echt kostte",
        "Wat is toegekend staat er per jaar, naar wet en lijn. Wat daarvan is uitgegeven, staat niet in het SKT.",
    ),
    (
        "Toekenningen per maand of kwartaal in euro’s",
        "Achter een bedrag staan ten minste tien mensen; in een kwartaal zijn dat er bijna nooit genoeg.",
    ),
)  # fmt: skip
"""What the municipality asked for and has no source yet: said on the screen and in the export, never guessed."""
