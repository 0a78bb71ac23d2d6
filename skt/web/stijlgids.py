"""Sample data of the page /stijlgids/ (development only). All people and figures are made up."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.html import format_html

from skt.web.verloop import Lijn, verloop

NU = datetime(2026, 11, 3, 9, 19, tzinfo=timezone.get_default_timezone())
SCORES = {
    "huisvesting": 4,
    "financien": 2,
    "sociaal": 3,
    "psychisch": 2,
    "zingeving": 3,
    "lichamelijk": 4,
    "praktisch": 4,
    "dagbesteding": 2,
}
DEELS = {"sociaal": 3, "psychisch": 3, "praktisch": 2}


def _lijst() -> list[dict[str, Any]]:
    vandaag = NU.date()
    crisis = {
        "url": "#",
        "pk": 1,
        "naam": "Dhr. Brandsma",
        "urgentie": "crisis",
        "nummer": "2026-0410",
        "eigenaar": "",
        "tekst": "Wijkagent: vannacht in pyjama op straat gevonden. Dochter is vandaag bij hem.",
        "binnen": NU - timedelta(minutes=18),
        "eigenaar_bij": "loket",
        "stap": "Oppakken en crisisroute kiezen",
        "uiterlijk": NU + timedelta(minutes=11),
    }
    spoed = {
        "url": "#",
        "pk": 2,
        "naam": "Fatima E.",
        "urgentie": "spoed",
        "nummer": "2026-0411",
        "eigenaar": "J. de Graaf",
        "tekst": "Brief van de energieleverancier: stroom gaat op 12 november uit. Eén kind met astma.",
        "binnen": NU - timedelta(minutes=25),
        "eigenaar_bij": "Kwadraad",
        "stap": "Eerste gesprek schulden",
        "uiterlijk": vandaag + timedelta(days=3),
    }
    telaat = {
        "url": "#",
        "pk": 3,
        "naam": "Mw. Oosterling",
        "badges": [{"tekst": "2e poging"}],
        "nummer": "2026-0388",
        "tekst": "Vraagt hulp in het huishouden voor haar vader van 90. Was gisteren niet bereikbaar.",
        "binnen": NU - timedelta(days=1),
        "eigenaar": "M. de Vries",
        "eigenaar_bij": "Gemeente",
        "ik": True,
        "stap": "Terugbellen: 070-555 02 44",
        "uiterlijk": NU - timedelta(hours=17),
    }
    bijna = {
        **telaat,
        "pk": 4,
        "naam": "Dhr. Zandstra",
        "badges": [],
        "nummer": "2026-0402",
        "gekozen": True,
        "tekst": "Zoekt gezelschap; leest over koffie in De Plataan. Vrouw is in mei overleden.",
        "stap": "Terugbellen: 070-555 02 61",
        "uiterlijk": NU + timedelta(minutes=41),
    }
    return [
        {"id": "g-crisis", "titel": "Crisis en spoed", "aantal": "2 meldingen", "rijen": [crisis, spoed]},
        {
            "id": "g-digitaal",
            "titel": "Nieuw digitaal",
            "aantal": "0 meldingen",
            "rijen": [],
            "leeg_kop": "Alles is opgepakt.",
            "leeg_tekst": "De laatste digitale melding kwam om 08:52.",
        },
        {
            "id": "g-bel",
            "titel": "Terugbellen vandaag",
            "aantal": "2 inwoners, 1 te laat",
            "rijen": [telaat, bijna],
        },
    ]


def _kaart(nummer: str, **eigen: Any) -> dict[str, Any]:
    over = eigen.pop("over")
    return {
        "url": "#",
        "nummer": nummer,
        "uiterlijk": timezone.localdate() + timedelta(days=over),
        "scores": DEELS,
        "verplaats_url": "#",
        "kolommen": [{"waarde": "beleggen", "label": "Te beleggen"}],
        "eigenaar": "Tim Aalbers",
        **eigen,
    }


def _bord() -> list[dict[str, Any]]:
    deurwaarder = "“Er stond een deurwaarder aan de deur. Kan dat zomaar?”"
    pan = "Pan droog gekookt, jas aan in bed. Dochter redt het niet meer"
    auto = "Wil geen naam geven, slaapt in de auto"
    familie = "Is drie weken bij familie"
    sanne = {"aanwezig": "Sanne bekijkt dit", "eigenaar": "Sanne Verbeek", "scores": SCORES}
    tim = {"nieuws": "Zojuist verplaatst door Tim", "eigenaar": "", "scores": SCORES}
    eerste = _kaart("0431", naam="R. van der P.", urgentie="spoed", vraag=deurwaarder, dagen=4, over=2)
    tweede = _kaart("0428", naam="A. Verhage", urgentie="crisis", vraag=pan, dagen=5, over=1, **sanne)
    derde = _kaart("0401", naam="Dhr. B.", urgentie="regulier", vraag=auto, dagen=16, over=-1, **tim)
    vierde = _kaart(
        "0342", naam="O. Franken", urgentie="laag", vraag=familie, dagen=33, over=7, stand="weer 10 dec"
    )
    return [
        {
            "id": "overleg",
            "titel": "Voor overleg 26 nov",
            "aantal": 25,
            "grens": 25,
            "kaarten": [eerste, tweede],
        },
        {
            "id": "beleggen",
            "titel": "Te beleggen",
            "aantal": 4,
            "grens": 5,
            "kaarten": [derde],
            "meer_url": "#",
            "meer": "Toon nog 3",
        },
        {"id": "aangehouden", "titel": "Aangehouden", "aantal": 1, "bij": "tot 10 dec", "kaarten": [vierde]},
    ]


def _figuren() -> list[dict[str, Any]]:
    kwartalen = [f"{kwartaal}e kw {jaar}" for jaar in (2024, 2025, 2026) for kwartaal in (1, 2, 3, 4)][3:11]
    rijen = [
        ("Sociaal functioneren", 75, 140, 190),
        ("Psychisch functioneren", 55, 135, 145),
        ("Financiën", 60, 105, 150),
        ("Praktisch functioneren", 85, 55, 150),
        ("Zingeving", 10, 35, 40),
        ("Dagbesteding", None, None, 12),
    ]
    mee = {
        "marge": "±9",
        "bron": "SKT-registratie, vastgezet 8 okt 2026",
        "downloads": [
            {"label": "CSV", "url": "#"},
            {"label": "XLSX", "url": "#"},
            {"label": "PDF", "url": "#"},
        ],
    }
    reeksen = [
        {"titel": "Kwadraad", "labels": kwartalen, "waarden": [60, 50, 45, 35, 30, 20, 15, 10]},
        {"titel": "MEE", "labels": kwartalen, "waarden": [40, 35, 25, 20, 15, 10, 10, None]},
        {"titel": "SMOW", "labels": kwartalen, "waarden": [55, 45, 40, 30, 25, 20, 15, 10]},
    ]
    lijnen = [
        Lijn("0de lijn", [250, 265, 290, 305, 330, 355, 385, 410], 9),
        Lijn("1ste en 2de lijn", [275, 270, 265, 255, 250, 240, 225, 215], 9),
    ]
    return [
        {
            "id": "a",
            "breedte": 7,
            "soort": "staven",
            "titel": "Vragen over psychisch functioneren stijgen van 145 naar 190",
            "onder": "Hulpvragen per leefgebied, 3e kwartaal 2026..",
            "legenda": [
                {"soort": "vlak", "label": "enkelvoudig"},
                {"soort": "arcering", "label": "meervoudig"},
                {"soort": "vorige", "label": "samen, 3e kwartaal 2025"},
            ],
            "grafiek": {
                "reeksen": ["enkelvoudig", "meervoudig"],
                "rijen": [
                    {"label": label, "waarden": [een, meer], "vorige": vorige}
                    for label, een, meer, vorige in rijen
                ],
            },
            "tabel": {
                "titel": "Hulpvragen per leefgebied",
                "rijen": rijen,
                "kolommen": ["Leefgebied", "Enkelvoudig", "Meervoudig", "3e kw 2025"],
            },
            **mee,
        },
        {
            "id": "b",
            "breedte": 5,
            "soort": "kolommen",
            "titel": "Organisaties verbinden minder bellers door",
            "onder": "Acht kwartalen. Een open vakje is minder dan 10.",
            "grafiek": reeksen,
            "legenda": [
                {"soort": "vlak", "label": "3e kwartaal 2026"},
                {"soort": "eerder", "label": "eerder"},
                {"soort": "klein", "label": "minder dan 10"},
            ],
            "tabel": {
                "titel": "Doorverbonden bellers",
                "kolommen": ["Organisatie", *kwartalen],
                "rijen": [[reeks["titel"], *reeks["waarden"]] for reeks in reeksen],
            },
            **mee,
        },
        {
            "id": "c",
            "breedte": 12,
            "titel": "Vrij toegankelijk aanbod groeit, zwaardere hulp neemt af",
            "onder": "Hulpvragen met inzet, per kwartaal. Beide samen kan ook.",
            "beeld": verloop(kwartalen, lijnen),
            "tabel": {
                "titel": "Hulpvragen met inzet",
                "kolommen": ["Lijn", *kwartalen],
                "rijen": [[lijn.naam, *lijn.waarden] for lijn in lijnen],
            },
            **mee,
        },
    ]


def _inzet() -> list[dict[str, Any]]:
    return [
        {
            "lijn": 0,
            "naam": "Thuisadministratie",
            "bij": "SMOW, wekelijks",
            "begin": date(2026, 9, 7),
            "eind": date(2027, 1, 1),
        },
        {
            "lijn": 0,
            "naam": "Even Vrij",
            "bij": "Steunpunt Mantelzorg",
            "begin": date(2026, 12, 1),
            "eind": None,
            "stand": "gepland",
        },
        {
            "lijn": 1,
            "naam": "Individuele begeleiding (Wmo)",
            "begin": date(2026, 7, 16),
            "eind": date(2026, 12, 18),
        },
        {
            "lijn": 1,
            "naam": "Schuldhulpverlening",
            "bij": "gemeente",
            "begin": date(2026, 10, 13),
            "eind": None,
        },
        {"lijn": 2, "naam": "Jeugd-ggz, intake", "begin": date(2026, 11, 4), "eind": None, "stand": "wacht"},
    ]


def _tijdlijn() -> list[dict[str, Any]]:
    return [
        {
            "op": date(2026, 11, 2),
            "icon": "bel",
            "titel": "Gebeld met Mila",
            "bij": "Tim Aalbers",
            "tekst": "Brief van de energieleverancier ligt er, broer neemt hem mee naar Thuisadministratie.",
        },
        {
            "op": date(2026, 10, 30),
            "icon": "omhoog",
            "titel": "Opgeschaald naar procesregie",
            "zwaar": True,
            "bij": "besluit met school en gemeente",
            "tekst": "Aanleiding: belangen lopen uiteen.",
        },
        {"op": date(2026, 10, 2), "titel": "Doel huisvesting behaald", "bij": "van 1 naar 4"},
    ]


def gegevens() -> dict[str, Any]:
    """Lists and dicts for every component, by name."""
    return {
        "nu": NU,
        "scores": SCORES,
        "deels": DEELS,
        "werklijst": _lijst(),
        "bord": _bord(),
        "figuren": _figuren(),
        "inzet": _inzet(),
        "vandaag": date(2026, 11, 23),
        "tijdlijn": _tijdlijn(),
        "gesprekken": [
            {
                "url": "#",
                "naam": "Marijke Verhage",
                "begin": timezone.now() - timedelta(minutes=7),
                "stand": "gesprek",
                "actief": True,
            },
            {
                "url": "#",
                "naam": "Selam T.",
                "begin": timezone.now() - timedelta(minutes=2),
                "stand": "wacht",
            },
        ],
        "tellers": [
            {
                "url": "#",
                "getal": 2,
                "naam": "Crisis en spoed",
                "bij": "1 nog niet opgepakt",
                "soort": "rood",
                "bij_soort": "rood",
            },
            {"url": "#", "getal": 0, "naam": "Nieuw digitaal", "bij": "alles opgepakt"},
            {"url": "#", "getal": 4, "naam": "Terugbellen", "bij": "vandaag, 1 te laat", "bij_soort": "rood"},
            {"url": "#", "getal": 2, "naam": "Concepten", "bij": "allebei van u"},
            {"url": "#", "getal": 3, "naam": "Termijnen", "bij": "de eerste morgen"},
        ],
        "tabs": [
            {"url": "#", "label": "Jeugd/gezin", "aantal": 14},
            {"url": "#", "label": "Volwassenen", "aantal": 38, "actief": True},
            {"url": "#", "label": "Gezamenlijk", "aantal": 3},
        ],
        "kruimels": [{"url": "#", "label": "Casussen"}, {"url": "#", "label": "Mijn casussen"}],
        "vlaggen": [
            {
                "icon": "slot",
                "kop": "Afgeschermd",
                "tekst": "alleen 6 mensen op naam.",
                "url": "#",
                "url_label": "Bekijk wie",
            },
            {"icon": "schild", "kop": "Veilig contact", "tekst": "bel Mila alleen ma en do, 9 tot 12 uur."},
        ],
        "gegevens": [
            {"label": "Mensen", "waarde": "Mila Bakker", "bij": "38"},
            {"label": "Casusregisseur", "waarde": "Tim Aalbers", "bij": "Kwadraad · sinds 14 jul"},
            {"label": "Volgende evaluatie", "waarde": "7 december"},
        ],
        "redenen": [
            "U bent casusregisseur sinds 14 juli 2026, namens Kwadraad.",
            "De casus is afgeschermd. Alleen 6 mensen op naam zien hem, u bent er een van.",
        ],
        "suggesties": [
            {
                "titel": "Ouderenadviseur",
                "url": "#",
                "feiten": "SMOW · gratis · aan huis",
                "telefoon": "070-555 01 35",
                "pk": 1,
                "woorden": ["pan droog te koken"],
                "waarom": "kijkt thuis mee naar veiligheid. Ook kinderen mogen bellen.",
            },
            {
                "titel": "Steunpunt Mantelzorg",
                "url": "#",
                "feiten": "SMOW · gratis · De Plataan",
                "gegeven": True,
                "woorden": ["regel alles", "slaap er niet meer van"],
                "waarom": "steun op afstand kan ook.",
            },
        ],
        "kandidaten": [
            {
                "naam": "Mw. A. Verhage, 84 jaar",
                "pk": 1,
                "tekst": "De Kieviet. Naam, geboortedatum en adres zijn gelijk.",
            },
            {
                "naam": "Bekend bij Stichting JIT",
                "dicht": True,
                "telefoon": "070-555 02 31",
                "waarom_url": "#",
                "tekst": "Zelfde achternaam en postcode. Bel de coördinator:",
            },
        ],
        "wettelijk": [
            {
                "naam": "oco",
                "label": "Noem gratis cliëntondersteuning",
                "tekst": "Ook voor de dochter.",
                "bron": "Wmo 2.3.2",
                "bron_titel": "Wmo 2015, artikel 2.3.2 lid 3",
            },
            {
                "label": "Wmo-onderzoek klaar",
                "datum": date(2026, 12, 15),
                "tekst": "6 weken na deze melding.",
            },
        ],
        "historie": [
            {"op": date(2026, 5, 14), "tekst": "Mantelzorg. Informatie en advies, gesloten."},
            {"op": date(2025, 3, 2), "tekst": "Zelfstandig wonen. Naar SMOW, gesloten."},
        ],
        "dag": [
            {
                "op": NU.replace(hour=8, minute=30),
                "titel": "Dagstart loket",
                "bij": "Van Heeckerenhuis",
                "voorbij": True,
            },
            {
                "op": NU.replace(hour=10, minute=0),
                "titel": "Terugbellen dhr. Zandstra",
                "url": "#",
                "bij": "070-555 02 61",
            },
            {
                "op": NU.replace(hour=13, minute=30),
                "titel": "Huisbezoek dhr. Dijkgraaf",
                "url": "#",
                "bij": "60 min",
            },
        ],
        "zijlijst": [
            {"titel": "Kwadraad", "eind": "14 jul 2026", "tekst": "Tim Aalbers, casusregie"},
            {"titel": "SMOW", "eind": "7 sep 2026", "tekst": "Fatma Demir, Thuisadministratie"},
        ],
        "acties": [
            {
                "label": "Afronden",
                "acties": [
                    {
                        "label": "Informatie en advies",
                        "naam": "uitkomst",
                        "waarde": "advies",
                        "toets": "Alt+1",
                        "extra": True,
                    },
                    {
                        "label": "Naar triage",
                        "naam": "uitkomst",
                        "waarde": "triage",
                        "toets": "Alt+3",
                        "soort": "primair",
                    },
                ],
            },
            {
                "label": "Later",
                "acties": [
                    {
                        "label": "Terugbellen",
                        "naam": "uitkomst",
                        "waarde": "bellen",
                        "toets": "Alt+5",
                        "extra": True,
                    },
                ],
            },
        ],
        "crisis": {"label": "Crisisroute", "naam": "uitkomst", "waarde": "crisis", "toets": "Alt+9"},
        "toetsen": [
            {"toetsen": ["J", "K"], "doet": "omlaag, omhoog"},
            {"toetsen": ["Enter"], "doet": "openen"},
            {"toetsen": ["?"], "doet": "alle toetsen"},
        ],
        "kolommen": [{"label": "Voorziening"}, {"label": "Lijn"}, {"label": "Inwoners", "getal": True}],
        "rijen": [
            ["Thuisadministratie", "0de", 35],
            ["Even Vrij", format_html("{} <b>nieuw</b>", "0de"), 12],
        ],
        "zinnen": [
            {
                "getal": "610",
                "tekst": format_html(
                    "<em>{}</em> kwamen binnen. Een jaar eerder waren het er 570.", "hulpvragen"
                ),
            },
            {
                "getal": "9 dagen",
                "tekst": format_html("na melding heeft de helft <em>{}</em>.", "een regisseur"),
            },
        ],
    }
