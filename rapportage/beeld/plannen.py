"""Wat een bladzijde laat zien: per thema de vraag van het beleid, de zinnen waarmee ze begint en de figuren met hun uitleg."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    """One figure: which table, drawn how, and what it means. `alleen` draws only those values, `zonder` all but those."""

    code: str
    soort: str
    tabel: str
    titel: str
    onder: str
    betekenis: str
    wat: str = "meldingen"
    totaal: str = ""
    alleen: tuple[str, ...] = ()
    zonder: tuple[str, ...] = ()
    breedte: int = 6
    kies: str = ""
    """The feature of which one value is chosen in the figure."""
    blad: str = ""
    """The sheet with the amounts of the people that the table counts."""

    @property
    def in_reeks(self) -> bool:
        """Does it show the last periods next to each other?"""
        return self.soort in {"kolommen", "verloop", "lijnen"}


@dataclass(frozen=True)
class Zin:
    """One sentence above the figures. `soort`: totaal, cel, meest, deel, dagen, per_duizend or bedrag; `waarde` is the cell it is about.

    `klein` says it where the numbers are too small to say more; `zonder` are cells that it isn't about.
    """

    soort: str
    tabel: str
    tekst: str
    waarde: str = ""
    totaal: str = ""
    klein: str = ""
    zonder: tuple[str, ...] = ()
    blad: str = ""


def _staven(
    code: str, tabel: str, titel: str, onder: str, betekenis: str, *, totaal: str = "", breedte: int = 6
) -> Plan:
    """Bars: the values of one feature in this period, and where they surely were something else."""
    return Plan(code, "staven", tabel, titel, onder, betekenis, totaal=totaal, breedte=breedte)


def _reeks(
    code: str, tabel: str, titel: str, betekenis: str, *, zonder: tuple[str, ...] = (), breedte: int = 12
) -> Plan:
    """Columns: each value over the last periods, all on one scale."""
    return Plan(
        code, "kolommen", tabel, titel, "De laatste acht perioden", betekenis, zonder=zonder, breedte=breedte
    )


def _bedragen(naar: str, betekenis: str) -> Plan:
    """What was granted in a year, in euro."""
    return Plan(
        f"kosten-bedrag-{naar}", "bedragen", f"mensen-inzet-{naar}", f"Toegekend bedrag naar {naar}",
        "In euro: het gemiddelde per mens maal het aantal mensen", betekenis, blad=f"kosten-{naar}",
    )  # fmt: skip


@dataclass(frozen=True)
class Thema:
    """One question of policy."""

    code: str
    tab: str
    vraag: str
    uitleg: str
    zinnen: tuple[Zin, ...] = ()
    plannen: tuple[Plan, ...] = field(default=())
    nog_niet: str = ""
    """What can't be answered yet, and why."""


HERKOMST = Thema(
    "herkomst",
    "Herkomst",
    "Waar komen vragen vandaan?",
    "Uit welk gebied, van welke leeftijd, langs welke weg en via wie.",
    (
        Zin("totaal", "meldingen", "<em>meldingen</em> kwamen binnen"),
        Zin("meest", "meldingen-gebied", "meldingen kwamen uit <em>{}</em>", klein="meldingen kwamen uit <em>elk gebied</em>"),
        Zin("meest", "kanaal", "meldingen kwamen binnen: <em>{}</em>", klein="meldingen kwamen <em>langs elke weg</em> binnen"),
        Zin("per_duizend", "meldingen-gebied", "meldingen per 1.000 inwoners kwamen uit <em>{}</em>"),
        Zin("totaal", "mensen-meldingen", "<em>mensen</em> kwamen voor het eerst dit jaar"),
    ),
    (
        Plan(
            "herkomst-kaart", "kaart", "meldingen-gebied", "Meldingen per gebied", "Meldingen naar het gebied waar iemand woont",
            "Hoe donkerder de arcering, hoe meer meldingen. Een groot gebied met weinig inwoners heeft vanzelf minder meldingen.",
            totaal="meldingen", breedte=7,
        ),
        Plan(
            "herkomst-per-duizend", "per_duizend", "meldingen-gebied", "Meldingen per 1.000 inwoners",
            "Meldingen per gebied, gedeeld door de inwoners op 1 januari (CBS)",
            "Zo zijn gebieden met veel en weinig inwoners te vergelijken.", breedte=5,
        ),
        _reeks(
            "herkomst-gebied", "meldingen-gebied", "Meldingen per gebied door de tijd",
            "Een gebied dat stijgt of daalt, valt hier op. Kleine schommelingen kunnen door het afronden komen.",
        ),
        _staven(
            "herkomst-leeftijd", "meldingen-leeftijd", "Meldingen per leeftijd", "Leeftijd aan het eind van de maand van de melding",
            "Zo ziet u voor welke leeftijden het loket het meest wordt gebeld.", totaal="meldingen",
        ),
        _staven(
            "herkomst-mensen", "mensen-meldingen-leeftijd", "Mensen per leeftijd",
            "Ieder mens telt één keer per jaar, bij de eerste melding van dat jaar",
            "Dit telt mensen en geen meldingen: wie vaker belt, telt hier één keer.", totaal="mensen-meldingen",
        ),
        _staven(
            "herkomst-kanaal", "kanaal", "Meldingen per kanaal", "Hoe de melding binnenkwam",
            "Zo ziet u welke deur inwoners gebruiken.", totaal="meldingen",
        ),
        _staven(
            "herkomst-melder", "melder", "Meldingen naar wie er belde", "Wie de melding deed",
            "Bellen inwoners zelf, of doet een ander dat voor hen?", totaal="meldingen",
        ),
        _staven(
            "herkomst-organisatie", "organisatie", "Meldingen per organisatie",
            "De organisatie van de medewerker die de melding opschreef",
            "Alle organisaties werken in één loket. Dit zegt wie de telefoon opnam, niet van wie de vraag is.", totaal="meldingen",
            breedte=12,
        ),
    ),
)  # fmt: skip

ONDERWERP = Thema(
    "onderwerp",
    "Onderwerp",
    "Waar gaan vragen over?",
    "Welke leefgebieden en thema’s, en wat voor vraag het is.",
    (
        Zin("meest", "leefgebied", "keer ging het over <em>{}</em>", klein="keer ging het over <em>elk leefgebied</em>"),
        Zin("meest", "thema", "keer was het thema <em>{}</em>", klein="keer kwam <em>elk thema</em> voor"),
        Zin("meest", "aard", "meldingen hadden als aard <em>{}</em>", klein="meldingen waren er <em>van elke aard</em>"),
    ),
    (
        _staven(
            "onderwerp-leefgebied", "leefgebied", "Besproken leefgebieden",
            "Leefgebieden die in de uitvraag een score kregen; één melding kan er meer hebben",
            "Een leefgebied telt mee als het is besproken, ook als het daar goed gaat.", breedte=7,
        ),
        _staven(
            "onderwerp-aard", "aard", "Meldingen per aard", "Wat voor melding het is",
            "Zo ziet u hoeveel met uitleg alleen te doen is, en hoe vaak er zorgen om een ander zijn.", totaal="meldingen", breedte=5,
        ),
        _staven(
            "onderwerp-thema", "thema", "Genoemde thema’s", "Thema’s die het loket aankruiste; één melding kan er meer hebben",
            "Thema’s zeggen preciezer dan leefgebieden waar de vraag over ging.", breedte=7,
        ),
        _staven(
            "onderwerp-spoor", "spoor", "Meldingen per spoor", "Mentaal, sociaal of crisis, zoals het loket het inschatte",
            "Een eerste inschatting aan de telefoon; de triage kan anders oordelen.", totaal="meldingen", breedte=5,
        ),
        Plan(
            "onderwerp-kaart", "kaart", "leefgebied-gebied", "Waar een leefgebied speelt", "Besproken leefgebied naar gebied",
            "Zo ziet u in welk deel van Wassenaar dit leefgebied het vaakst ter sprake komt.",
            wat="gesprekken", breedte=7, kies="leefgebied",
        ),
        _reeks(
            "onderwerp-leefgebied-tijd", "leefgebied", "Leefgebieden door de tijd",
            "Een leefgebied dat langere tijd stijgt, vraagt aandacht van het beleid.",
        ),
    ),
)  # fmt: skip

ROUTES = Thema(
    "route",
    "Wat ermee gebeurt",
    "Wat gebeurt er met een vraag?",
    "Welke weg een melding neemt, wat de triage besluit en hoeveel casussen er lopen.",
    (
        Zin("meest", "route", "meldingen hadden als route <em>{}</em>", klein="meldingen gingen <em>elke weg</em>"),
        Zin(
            "deel", "route", "van de meldingen was klaar met <em>informatie en advies</em>", "informatie en advies", "meldingen",
            "meldingen om te zeggen hoeveel er klaar waren met <em>informatie en advies</em>",
        ),
        Zin("meest", "uitkomst", "keer besloot de triage: <em>{}</em>", klein="keer nam de triage <em>elk besluit</em>"),
    ),
    (
        _staven(
            "route-route", "route", "Meldingen per route",
            "Wat er met de melding gebeurde, zoals het stond toen de maand dichtging",
            "‘Nog open’ is niet vergeten: daar was op het eind van de maand nog iemand mee bezig.", totaal="meldingen", breedte=7,
        ),
        _staven(
            "route-urgentie", "urgentie", "Triages naar urgentie", "Hoe snel er volgens de triage iets moest gebeuren",
            "Veel spoed en crisis betekent dat vragen laat binnenkomen.", totaal="triages", breedte=5,
        ),
        Plan(
            "route-verloop", "verloop", "meldingen", "Alle meldingen door de tijd", "Alle meldingen; de band is de marge",
            "Het echte aantal ligt ergens in de band.", breedte=12,
        ),
        _staven(
            "route-uitkomst", "uitkomst", "Triages naar uitkomst", "Wat de triage besloot",
            "Zo ziet u hoeveel het loket zelf afdoet en hoeveel er naar het aanmeldoverleg gaat.", totaal="triages",
            breedte=7,
        ),
        _staven(
            "route-team", "team", "Triages per team", "Het team waar de aanmelding op het bord kwam",
            "‘Geen’ betekent: het bleef bij het loket.", totaal="triages", breedte=5,
        ),
        _reeks(
            "route-casus", "casus", "Casussen die open en dicht gingen",
            "Gaan er langere tijd meer open dan dicht, dan groeit het werk van de teams.", breedte=6,
        ),
        _staven(
            "route-casusstand", "casusstand", "Casussen aan het eind van de periode", "Stand op de laatste dag, naar status",
            "Dit is een stand en geen optelling: dezelfde casus staat er volgende keer weer bij.", breedte=6,
        ),
    ),
)  # fmt: skip

VOORKOMEN = Thema(
    "voorkomen",
    "Zwaardere hulp",
    "Voorkomen we zwaardere hulp?",
    "Past er vrij toegankelijk aanbod, wat geven we mee, en blijft het goed gaan?",
    (
        Zin(
            "deel", "nuldelijn", "van de triages: <em>vrij toegankelijk aanbod past</em> (0de lijn)", "past", "triages",
            "triages om te zeggen hoe vaak <em>vrij toegankelijk aanbod past</em> (0de lijn)",
        ),
        Zin(
            "deel", "lijn", "van wat we meegaven, is <em>0de lijn</em>: vrij toegankelijk", "0", "voorzieningen",
            "voorzieningen om te zeggen hoeveel er <em>0de lijn</em> is",
        ),
        Zin(
            "meest", "ontbreekt", "keer was er <em>geen passend vrij aanbod</em> bij het thema {}",
            klein="keer miste er <em>vrij aanbod</em> bij elk thema",
        ),
        Zin(
            "deel", "doel", "van de doelen met een uitkomst is <em>behaald</em>", "behaald", "doelen",
            "doelen met een uitkomst om te zeggen hoeveel er zijn <em>behaald</em>",
        ),
        Zin(
            "meest", "nazorg", "gesprekken in de nazorg: <em>{}</em>",
            klein="gesprekken in de nazorg kwamen op <em>elke uitkomst</em> uit",
        ),
    ),
    (
        _staven(
            "voorkomen-nuldelijn", "nuldelijn", "Of vrij toegankelijk aanbod past", "Triages naar wat de triage daarover zei",
            "Past het vaak niet, dan mist er iets in de wijk.", totaal="triages", breedte=6,
        ),
        Plan(
            "voorkomen-lijn", "lijnen", "lijn", "Meegegeven voorzieningen per lijn",
            "Voorzieningen uit de sociale kaart die het loket meegaf; de band is de marge",
            "Stijgt de 0de lijn en daalt de 2de, dan lukt het om lichter te helpen.", wat="keer meegegeven", breedte=6,
        ),
        _staven(
            "voorkomen-ontbreekt", "ontbreekt", "Waar geen passend vrij aanbod voor was",
            "Thema’s van triages waarvoor de sociale kaart niets passends had; één triage kan er meer hebben",
            "Dit is wat er gevraagd werd en niet bestond: een thema dat bovenaan blijft staan, mist aanbod.", breedte=12,
        ),
        _reeks(
            "voorkomen-schaling", "schaling", "Op- en afschalen door de tijd",
            "Opschalen is nodig als het lichter niet lukt; afschalen laat zien dat het weer zonder kan.", breedte=5,
        ),
        _staven(
            "voorkomen-aanleiding", "schaling-aanleiding", "Waarom er werd op- of afgeschaald", "Aanleiding van de schaling",
            "Vaak ‘organisatie levert niet’ is iets om met de organisaties te bespreken.", breedte=7,
        ),
        _staven(
            "voorkomen-verloop", "verloop", "Leefgebieden van begin tot einde",
            "Leefgebieden die aan het eind van de hulp opnieuw zijn gemeten",
            "Ging het vooruit, bleef het gelijk of ging het achteruit? Alleen wie twee keer is gemeten, telt mee.", breedte=6,
        ),
        _staven(
            "voorkomen-doel", "doel", "Hoe doelen eindigen", "Doelen uit ondersteuningsplannen die een uitkomst kregen",
            "Behaald is: met de score die was afgesproken, of hoger. Een doel vervalt als de inwoner er niet mee verder wil of kan.",
            totaal="doelen", breedte=6,
        ),
        _reeks(
            "voorkomen-doel-leefgebied", "doel-leefgebied", "Doelen met een uitkomst, per leefgebied",
            "Waar plannen over gaan. Wordt een leefgebied vaak besproken en staat het hier laag, dan wordt er weinig een doel van.",
        ),
        _staven(
            "voorkomen-nazorg", "nazorg", "Hoe het gaat na afloop", "Gesprekken in de nazorg, 1, 3, 6 of 12 maanden na de casus",
            "Een terugval wordt een nieuwe melding. Geen gehoor zegt niet dat het slecht gaat.", breedte=6,
        ),
        _staven(
            "voorkomen-leefgebied", "voorziening-leefgebied", "Meegegeven voorzieningen per leefgebied",
            "Eén voorziening kan bij meer leefgebieden horen",
            "Is een leefgebied vaak besproken maar zelden meegegeven, dan is er weinig aanbod.", breedte=6,
        ),
    ),
)  # fmt: skip

WACHTEN = Thema(
    "wachten",
    "Wachttijd",
    "Moeten mensen wachten?",
    "Waar open meldingen staan, hoe lang elke stap duurt, en of de termijnen gehaald worden.",
    (
        Zin(
            "meest", "wachtend", "open meldingen wachtten aan het eind <em>{}</em>",
            klein="open meldingen wachtten aan het eind <em>op elke plek</em>",
        ),
        Zin(
            "dagen", "stap-stap-klasse", "na de melding heeft de helft <em>een triage</em>", "melding tot triage",
            klein="triages om te zeggen hoe lang <em>een triage</em> op zich laat wachten",
        ),
        Zin(
            "dagen", "stap-stap-klasse", "na de melding is de helft <em>afgehandeld</em>", "melding tot afgehandeld",
            klein="meldingen om te zeggen wanneer de helft is <em>afgehandeld</em>",
        ),
        Zin(
            "deel", "termijn", "van de termijnen werd <em>gehaald</em>", "op tijd",
            klein="termijnen om te zeggen hoeveel er zijn <em>gehaald</em>",
        ),
    ),
    (
        _staven(
            "wachten-plek", "wachtend", "Waar open meldingen wachten", "Stand op de laatste dag, naar waar ze in de keten stonden",
            "Groeit één plek terwijl de andere gelijk blijven, dan loopt het daar vast. Het is een stand: een melding die lang wacht,"
            " staat er volgende keer weer bij.", totaal="wachtend-totaal", breedte=12,
        ),
        Plan(
            "wachten-stappen", "dagen", "stap-stap-klasse", "Hoe lang elke stap duurt",
            "Dagen: de helft was dan klaar, en negen van de tien",
            "Gerekend uit afgeronde aantallen per groep dagen, nooit uit de tijd van één mens.", wat="keer", breedte=12,
        ),
        _reeks(
            "wachten-termijn", "termijn", "Termijnen op tijd en te laat",
            "Een termijn telt in de maand waarin ze is gehaald of verliep.", breedte=6,
        ),
        _staven(
            "wachten-soort", "termijn-soort", "Termijnen per soort", "Gehaald en verlopen samen",
            "Zo ziet u welke wettelijke termijnen het meeste werk geven.", breedte=6,
        ),
    ),
)  # fmt: skip

NUMMERS = Thema(
    "nummers",
    "Oude nummers",
    "Werkt het sluiten van de oude nummers?",
    "Bellen mensen nog eerst een organisatie, of meteen het ene nummer?",
    (
        Zin(
            "deel", "contact-doorverbonden", "van de contacten kwam <em>meteen bij het loket</em> binnen, zonder doorverbinden",
            "geen", "contacten-totaal", "contacten om te zeggen hoeveel er <em>meteen bij het loket</em> binnenkwamen",
        ),
        Zin(
            "meest", "contact-doorverbonden", "bellers verbond <em>{}</em> nog door",
            klein="bellers verbond <em>elke organisatie</em> nog door", zonder=("geen", "overig"),
        ),
        Zin("meest", "contacten-kanaal", "contacten gingen zo: <em>{}</em>", klein="contacten gingen <em>langs elke weg</em>"),
    ),
    (
        _reeks(
            "nummers-doorverbonden", "contact-doorverbonden", "Bellers die een organisatie doorverbond",
            "Worden de kolommen lager, dan vinden mensen het ene nummer. Een open vakje is minder dan 10.", zonder=("geen",),
        ),
        Plan(
            "nummers-direct", "lijnen", "contact-doorverbonden", "Bellers die meteen het loket belden",
            "Contacten zonder doorverbinden; de band is de marge",
            "Dit moet stijgen als het sluiten van de oude nummers werkt.", wat="contacten", alleen=("geen",), breedte=6,
        ),
        _staven(
            "nummers-kanaal", "contacten-kanaal", "Contacten per kanaal",
            "Ieder contact telt, ook een tweede over dezelfde vraag",
            "Zo ziet u of mensen vaker digitaal komen.", breedte=6,
        ),
    ),
)  # fmt: skip

KOSTEN = Thema(
    "kosten",
    "Kosten",
    "Wat kost het?",
    "Wat een zorgregisseur zelf toekende: hoe vaak, en per jaar voor hoeveel euro.",
    (
        Zin("bedrag", "mensen-inzet-wet", "werd er toegekend onder de <em>{}</em>", zonder=("geen",), blad="kosten-wet"),
        Zin("cel", "inzet", "<em>toekenningen</em> deed een zorgregisseur zelf, binnen het mandaat,", "toekenning"),
        Zin(
            "meest", "inzet-wet", "toekenningen vielen onder de <em>{}</em>",
            klein="toekenningen vielen onder <em>elke wet</em>", zonder=("geen",),
        ),
        Zin(
            "deel", "inzet-naast", "van de toekenningen kreeg er <em>vrij toegankelijk aanbod</em> naast", "ja",
            klein="toekenningen om te zeggen hoe vaak er <em>vrij toegankelijk aanbod</em> naast staat",
        ),
    ),
    (
        _staven(
            "kosten-wet", "inzet-wet", "Toekenningen naar wet", "Wat een zorgregisseur zelf toekende, binnen het mandaat",
            "Dit telt toekenningen. Wat elders of later wordt ingezet, staat hier niet bij.",
        ),
        _staven(
            "kosten-naast", "inzet-naast", "Toekenningen met vrij aanbod ernaast",
            "Toekenningen waar ook vrij toegankelijk aanbod bij is gegeven",
            "Staat er vaker vrij aanbod naast, dan kan de zwaardere hulp lichter blijven.",
        ),
        _bedragen("wet", "Het gemiddelde is op twee cijfers afgerond. Het totaal staat er niet: dat zou verraden wat we weglaten."),
        _bedragen("lijn", "Een lijn heeft alleen wat onder dezelfde naam op de sociale kaart staat."),
    ),
    nog_niet=(
        "Wat daarvan is uitgegeven, staat niet in het SKT. Een bedrag staat er alleen als er ten minste "
        "tien mensen achter zitten en niemand daarvan het bedrag bepaalt: anders zou u de rekening van één gezin kunnen lezen."
    ),
)  # fmt: skip

THEMAS = (HERKOMST, ONDERWERP, ROUTES, VOORKOMEN, WACHTEN, NUMMERS, KOSTEN)
PER_THEMA = {thema.code: thema for thema in THEMAS}
PLANNEN = {plan.code: (thema, plan) for thema in THEMAS for plan in thema.plannen}
