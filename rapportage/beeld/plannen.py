"""Wat een bladzijde laat zien: per thema de vraag van het beleid, de zinnen waarmee ze begint en de figuren met hun uitleg."""

from dataclasses import dataclass, field

LAATSTE = "8 perioden naast elkaar; overal dezelfde schaal"


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

    @property
    def in_reeks(self) -> bool:
        """Does it show the last periods next to each other?"""
        return self.soort in {"kolommen", "verloop", "lijnen"}


@dataclass(frozen=True)
class Zin:
    """One sentence above the figures. `soort`: totaal, cel, meest, deel or dagen; `waarde` is the cell it is about."""

    soort: str
    tabel: str
    tekst: str
    waarde: str = ""
    totaal: str = ""


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
        Zin("totaal", "mensen-meldingen", "<em>mensen</em> kwamen voor het eerst dit jaar"),
        Zin("meest", "meldingen-gebied", "meldingen kwamen uit <em>{}</em>"),
        Zin("meest", "kanaal", "meldingen kwamen binnen: <em>{}</em>"),
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
            "Zo zijn gebieden met veel en weinig inwoners te vergelijken.", wat="meldingen per 1.000 inwoners", breedte=5,
        ),
        Plan(
            "herkomst-gebied", "kolommen", "meldingen-gebied", "Meldingen per gebied door de tijd", LAATSTE,
            "Een gebied dat stijgt of daalt, valt hier op. Kleine schommelingen kunnen door het afronden komen.", breedte=12,
        ),
        Plan(
            "herkomst-leeftijd", "staven", "meldingen-leeftijd", "Meldingen per leeftijd", "Leeftijd op de dag van de melding",
            "Zo ziet u voor welke leeftijden het loket het meest wordt gebeld.", totaal="meldingen",
        ),
        Plan(
            "herkomst-mensen", "staven", "mensen-meldingen-leeftijd", "Mensen per leeftijd",
            "Ieder mens telt één keer per jaar, bij de eerste melding van dat jaar",
            "Dit telt mensen en geen meldingen: wie vaker belt, telt hier één keer.", wat="mensen", totaal="mensen-meldingen",
        ),
        Plan(
            "herkomst-kanaal", "staven", "kanaal", "Meldingen per kanaal", "Hoe de melding binnenkwam",
            "Zo ziet u welke deur inwoners gebruiken.", totaal="meldingen",
        ),
        Plan(
            "herkomst-melder", "staven", "melder", "Meldingen naar wie er belde", "Wie de melding deed",
            "Bellen inwoners zelf, of doet een ander dat voor hen?", totaal="meldingen",
        ),
        Plan(
            "herkomst-organisatie", "staven", "organisatie", "Meldingen per organisatie",
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
        Zin("meest", "leefgebied", "keer ging het over <em>{}</em>"),
        Zin("meest", "thema", "keer was het thema <em>{}</em>"),
        Zin("meest", "aard", "meldingen waren: <em>{}</em>"),
    ),
    (
        Plan(
            "onderwerp-leefgebied", "staven", "leefgebied", "Besproken leefgebieden",
            "Leefgebieden die in de uitvraag een score kregen; één melding kan er meer hebben",
            "Een leefgebied telt mee als het is besproken, ook als het daar goed gaat.", wat="keer besproken", breedte=7,
        ),
        Plan(
            "onderwerp-aard", "staven", "aard", "Meldingen per aard", "Wat voor melding het is",
            "Zo ziet u hoeveel met uitleg alleen te doen is, en hoe vaak er zorgen om een ander zijn.", totaal="meldingen", breedte=5,
        ),
        Plan(
            "onderwerp-thema", "staven", "thema", "Genoemde thema’s", "Thema’s die het loket aankruiste; één melding kan er meer hebben",
            "Thema’s zeggen preciezer dan leefgebieden waar de vraag over ging.", wat="keer genoemd", breedte=7,
        ),
        Plan(
            "onderwerp-spoor", "staven", "spoor", "Meldingen per spoor", "Mentaal, sociaal of crisis, zoals het loket het inschatte",
            "Een eerste inschatting aan de telefoon; de triage kan anders oordelen.", totaal="meldingen", breedte=5,
        ),
        Plan(
            "onderwerp-kaart", "kaart", "leefgebied-gebied", "Waar een leefgebied speelt", "Besproken leefgebied naar gebied",
            "Zo ziet u in welk deel van Wassenaar dit leefgebied het vaakst ter sprake komt.",
            wat="gesprekken", breedte=7, kies="leefgebied",
        ),
        Plan(
            "onderwerp-leefgebied-tijd", "kolommen", "leefgebied", "Leefgebieden door de tijd", LAATSTE,
            "Een leefgebied dat langere tijd stijgt, vraagt aandacht van het beleid.", wat="keer besproken", breedte=12,
        ),
    ),
)  # fmt: skip

ROUTES = Thema(
    "route",
    "Wat ermee gebeurt",
    "Wat gebeurt er met een vraag?",
    "Welke weg een melding neemt, wat de triage besluit en hoeveel casussen er lopen.",
    (
        Zin("meest", "route", "meldingen: <em>{}</em>"),
        Zin("deel", "route", "van de meldingen was klaar met <em>informatie en advies</em>", "informatie en advies", "meldingen"),
        Zin("meest", "uitkomst", "keer besloot de triage: <em>{}</em>"),
    ),
    (
        Plan(
            "route-route", "staven", "route", "Meldingen per route",
            "Wat er met de melding gebeurde, zoals het stond toen de maand dichtging",
            "‘Nog open’ is niet vergeten: daar was op het eind van de maand nog iemand mee bezig.", totaal="meldingen", breedte=7,
        ),
        Plan(
            "route-urgentie", "staven", "urgentie", "Triages naar urgentie", "Hoe snel er volgens de triage iets moest gebeuren",
            "Veel spoed en crisis betekent dat vragen laat binnenkomen.", wat="triages", totaal="triages", breedte=5,
        ),
        Plan(
            "route-verloop", "verloop", "meldingen", "Alle meldingen door de tijd", "Alle meldingen; de band is de marge",
            "Het echte aantal ligt ergens in de band.", breedte=12,
        ),
        Plan(
            "route-uitkomst", "staven", "uitkomst", "Triages naar uitkomst", "Wat de triage besloot",
            "Zo ziet u hoeveel het loket zelf afdoet en hoeveel er naar het aanmeldoverleg gaat.", wat="triages", totaal="triages",
            breedte=7,
        ),
        Plan(
            "route-team", "staven", "team", "Triages per team", "Het team waar de aanmelding op het bord kwam",
            "‘Geen’ betekent: het bleef bij het loket.", wat="triages", totaal="triages", breedte=5,
        ),
        Plan(
            "route-casus", "kolommen", "casus", "Casussen die open en dicht gingen", LAATSTE,
            "Gaan er langere tijd meer open dan dicht, dan groeit het werk van de teams.", wat="casussen", breedte=6,
        ),
        Plan(
            "route-casusstand", "staven", "casusstand", "Casussen aan het eind van de periode", "Stand op de laatste dag, naar status",
            "Dit is een stand en geen optelling: dezelfde casus staat er volgende keer weer bij.", wat="casussen", breedte=6,
        ),
    ),
)  # fmt: skip

VOORKOMEN = Thema(
    "voorkomen",
    "Zwaardere hulp",
    "Voorkomen we zwaardere hulp?",
    "Past er vrij toegankelijk aanbod, wat geven we mee, en blijft het goed gaan?",
    (
        Zin("deel", "nuldelijn", "van de triages: <em>vrij toegankelijk aanbod past</em>", "past", "triages"),
        Zin("deel", "lijn", "van wat we meegaven, is <em>0de lijn</em>: vrij toegankelijk", "0", "voorzieningen"),
        Zin("meest", "nazorg", "gesprekken in de nazorg: <em>{}</em>"),
    ),
    (
        Plan(
            "voorkomen-nuldelijn", "staven", "nuldelijn", "Past er vrij toegankelijk aanbod?", "Triages naar wat de triage daarover zei",
            "Past het vaak niet, dan mist er iets in de wijk.", wat="triages", totaal="triages", breedte=6,
        ),
        Plan(
            "voorkomen-lijn", "lijnen", "lijn", "Meegegeven voorzieningen per lijn",
            "Voorzieningen uit de sociale kaart die het loket meegaf; de band is de marge",
            "Stijgt de 0de lijn en daalt de 2de, dan lukt het om lichter te helpen.", wat="keer meegegeven", breedte=6,
        ),
        Plan(
            "voorkomen-ontbreekt", "staven", "ontbreekt", "Waar geen passend vrij aanbod voor was",
            "Thema’s van triages waarvoor de sociale kaart niets passends had; één triage kan er meer hebben",
            "Dit is wat er gevraagd werd en niet bestond: een thema dat bovenaan blijft staan, mist aanbod.", wat="keer", breedte=12,
        ),
        Plan(
            "voorkomen-schaling", "kolommen", "schaling", "Op- en afschalen door de tijd", LAATSTE,
            "Opschalen is nodig als het lichter niet lukt; afschalen laat zien dat het weer zonder kan.", wat="keer", breedte=5,
        ),
        Plan(
            "voorkomen-aanleiding", "staven", "schaling-aanleiding", "Waarom er werd op- of afgeschaald", "Aanleiding van de schaling",
            "Vaak ‘organisatie levert niet’ is iets om met de organisaties te bespreken.", wat="keer", breedte=7,
        ),
        Plan(
            "voorkomen-verloop", "staven", "verloop", "Leefgebieden van begin tot einde",
            "Leefgebieden die aan het eind van de hulp opnieuw zijn gemeten",
            "Ging het vooruit, bleef het gelijk of ging het achteruit? Alleen wie twee keer is gemeten, telt mee.",
            wat="leefgebieden", breedte=12,
        ),
        Plan(
            "voorkomen-nazorg", "staven", "nazorg", "Hoe het gaat na afloop", "Gesprekken in de nazorg, 1, 3, 6 of 12 maanden na de casus",
            "Een terugval wordt een nieuwe melding. Geen gehoor zegt niet dat het slecht gaat.", wat="gesprekken", breedte=6,
        ),
        Plan(
            "voorkomen-leefgebied", "staven", "voorziening-leefgebied", "Meegegeven voorzieningen per leefgebied",
            "Eén voorziening kan bij meer leefgebieden horen",
            "Is een leefgebied vaak besproken maar zelden meegegeven, dan is er weinig aanbod.", wat="keer meegegeven", breedte=6,
        ),
    ),
)  # fmt: skip

WACHTEN = Thema(
    "wachten",
    "Wachttijd",
    "Moeten mensen wachten?",
    "Hoe lang elke stap duurt, en of de termijnen gehaald worden.",
    (
        Zin("dagen", "stap-stap-klasse", "na de melding heeft de helft <em>een triage</em>", "melding tot triage"),
        Zin("dagen", "stap-stap-klasse", "na de melding is de helft <em>afgehandeld</em>", "melding tot afgehandeld"),
        Zin("deel", "termijn", "van de termijnen werd <em>gehaald</em>", "op tijd"),
    ),
    (
        Plan(
            "wachten-stappen", "dagen", "stap-stap-klasse", "Hoe lang elke stap duurt",
            "Dagen: de helft was dan klaar, en negen van de tien",
            "Gerekend uit afgeronde aantallen per groep dagen, nooit uit de tijd van één mens.", wat="keer", breedte=12,
        ),
        Plan(
            "wachten-termijn", "kolommen", "termijn", "Termijnen op tijd en te laat", LAATSTE,
            "Een termijn telt in de maand waarin ze is gehaald of verliep.", wat="termijnen", breedte=6,
        ),
        Plan(
            "wachten-soort", "staven", "termijn-soort", "Termijnen per soort", "Gehaald en verlopen samen",
            "Zo ziet u welke wettelijke termijnen het meeste werk geven.", wat="termijnen", breedte=6,
        ),
    ),
)  # fmt: skip

NUMMERS = Thema(
    "nummers",
    "Oude nummers",
    "Werkt het sluiten van de oude nummers?",
    "Bellen mensen nog eerst een organisatie, of meteen het ene nummer?",
    (
        Zin("cel", "contact-doorverbonden", "contacten kwamen <em>meteen bij het loket</em> binnen, zonder doorverbinden", "geen"),
        Zin("deel", "contact-doorverbonden", "van de contacten kwam <em>meteen bij het loket</em> binnen", "geen", "contacten-totaal"),
        Zin("meest", "contacten-kanaal", "contacten liepen <em>{}</em>"),
    ),
    (
        Plan(
            "nummers-doorverbonden", "kolommen", "contact-doorverbonden", "Bellers die een organisatie doorverbond", LAATSTE,
            "Worden de kolommen lager, dan vinden mensen het ene nummer. Een open vakje is minder dan 10.",
            wat="bellers", zonder=("geen",), breedte=12,
        ),
        Plan(
            "nummers-direct", "lijnen", "contact-doorverbonden", "Bellers die meteen het loket belden",
            "Contacten zonder doorverbinden; de band is de marge",
            "Dit moet stijgen als het sluiten van de oude nummers werkt.", wat="contacten", alleen=("geen",), breedte=6,
        ),
        Plan(
            "nummers-kanaal", "staven", "contacten-kanaal", "Contacten per kanaal",
            "Ieder contact telt, ook een tweede over dezelfde vraag",
            "Zo ziet u of mensen vaker digitaal komen.", wat="contacten", breedte=6,
        ),
    ),
)  # fmt: skip

KOSTEN = Thema(
    "kosten",
    "Kosten",
    "Wat kost het?",
    "Wat de inzet kost, naar wet en naar lijn.",
    plannen=(
        Plan(
            "kosten-wet",
            "staven",
            "inzet-wet",
            "Toekenningen naar wet",
            "Wat een zorgregisseur zelf toekende, binnen het mandaat",
            "Dit telt toekenningen en geen euro’s. Wat elders of later wordt ingezet, staat hier niet bij.",
            wat="toekenningen",
        ),
        Plan(
            "kosten-naast",
            "staven",
            "inzet-naast",
            "Toekenningen met vrij aanbod ernaast",
            "Toekenningen waar ook vrij toegankelijk aanbod bij is gegeven",
            "Staat er vaker vrij aanbod naast, dan kan de zwaardere hulp lichter blijven.",
            wat="toekenningen",
        ),
    ),
    nog_niet=(
        "Wat hulp echt kostte, staat niet in het SKT. Bedragen komen pas op deze bladzijde als er per getal ten minste "
        "tien mensen achter zitten en niemand daarvan het bedrag bepaalt: anders zou u de rekening van één gezin kunnen lezen."
    ),
)

THEMAS = (HERKOMST, ONDERWERP, ROUTES, VOORKOMEN, WACHTEN, NUMMERS, KOSTEN)
PER_THEMA = {thema.code: thema for thema in THEMAS}
PLANNEN = {plan.code: (thema, plan) for thema in THEMAS for plan in thema.plannen}
