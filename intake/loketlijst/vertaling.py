"""From the words of the old list to the choices of SKT-loket. Values are those of the choice lists, as text."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from intake.loketlijst.kolommen import KOLOMMEN
from intake.loketlijst.rijen import Rij
from skt.inwoners.namen import fold, parse_naam, split_naam
from skt.kern.keuzelijsten import Thema

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONDER_TIJD = time(12)
"""A contact without a time stands in the middle of its day."""

KANALEN = (
    ("telefonisch", "telefoon tel telefonisch gebeld belt terugbel mobiel"),
    ("digitaal", "e-mail email mail website web formulier digitaal whatsapp app sms brief post chat"),
    ("fysiek (frontoffice)", "balie inloop loket bezoek spreekuur langs frontoffice fysiek"),
    ("huisbezoek", "huisbezoek"),
    ("via ketenpartner", "ketenpartner overleg collega"),
)
NAASTEN = """dochter zoon partner moeder vader ouder buur buurvrouw buurman familie vriend vriendin vriend(in) kennis
    mantelzorger echtgenoot echtgenote man vrouw broer zus kleinkind kleinzoon kleindochter neef nicht schoonzoon
    schoondochter vrijwilliger netwerk"""
PROFESSIONALS = """hulpverlener thuiszorg wijkverpleegkundige professional zorgverlener verpleegkundige ziekenhuis
    begeleider consulent casemanager"""
MELDERS = (
    ("inwoner zelf", "zelf inwoner client betrokkene eigen"),
    ("huisarts", "huisarts ha poh praktijkondersteuner"),
    ("school", "school leerkracht ib-er intern mentor kinderopvang"),
    ("politie/veiligheid", "politie wijkagent boa veiligheid"),
    ("woningcorporatie", "woningcorporatie woningbouw corporatie"),
    ("Meldpunt Bezorgd GGD", "ggd meldpunt"),
    ("onafhankelijke cliëntondersteuner", "clientondersteuner clientondersteuning"),
    ("professional/hulpverlener", PROFESSIONALS),
    ("naaste/netwerk", NAASTEN),
    ("anoniem", "anoniem"),
)
MEEDOEN = """eenzaam werk vrijwillig taal inburgering participatie dagbesteding contact ontmoeting maaltijd vervoer corona
    vrije"""
THEMAS: tuple[tuple[Thema, str], ...] = (
    (Thema.BEZORGDHEID, "zorgmelding bezorgd bezorgdheid zorgelijk overlast"),
    (Thema.MANTELZORG, "mantelzorg"),
    (Thema.SCHULDEN, "schuld geld inkomen financ administratie uitkering bijstand minima toeslag"),
    (Thema.ONTWIKKELING, "school onderwijs leerplicht"),
    (Thema.JEUGDHULP, "jeugdhulp jeugdzorg"),
    (Thema.OPVOEDING, "opvoed jeugd kind gezin"),
    (Thema.RELATIE, "relatie scheiding echtscheiding omgang"),
    (Thema.PSYCHOSOCIAAL, "psych ggz somber verslaving rouw dementie geheugen"),
    (Thema.PARTICIPATIE, MEEDOEN),
    (Thema.WONEN, "wonen woning huisvesting dakloos verhuiz"),
    (Thema.OUDEREN, "huishoudelijk wmo hulpmiddel ouderen klussen tuin thuis aanpassing rolstoel"),
)
ORGANISATIECODES = {
    "kwadraad": "kwadraad",
    "smow": "smow",
    "mee": "mee",
    "sad": "sad",
    "sjjw": "sjjw",
    "jgz": "jgz",
    "stichtingjit": "jit",
    "jit": "jit",
}


@dataclass(frozen=True)
class Contact:
    """One row as the fields of a contactmoment and its melding, which is closed: it is history."""

    kanaal: str
    melder_soort: str
    melder_naam: str
    melder_telefoon: str
    moment: datetime
    samenvatting: str
    hulpvraag: str
    aard: str
    themas: tuple[str, ...]
    afhandeling: str
    toelichting: str
    organisatie: str
    """Code of the moederorganisatie that took it in."""


@dataclass(frozen=True)
class Persoonsgegevens:
    """The fields of an inwoner, from all rows about one person."""

    voornamen: str
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    geboortedatum: str
    postcode: str
    huisnummer: int | None
    toevoeging: str
    telefoon: str


def organisatiecode(waarde: str | None) -> str:
    """The code of a moederorganisatie; who isn't one of them stands under the gemeente."""
    return ORGANISATIECODES.get(re.sub(r"[^a-z]", "", fold(waarde or "")), "gemeente")


def translate(rij: Rij, *, jaar: int) -> Contact:
    """What a row that is taken over becomes. `jaar` is that of the list, for its origin."""
    waarden, tekst = rij.waarden, rij.tekst
    kanaal = _choose(tekst["kanaal"], KANALEN) or "telefonisch"
    soort = _choose(tekst["relatie"], MELDERS) or (
        "anoniem" if fold(tekst["naam_beller"]) == "anoniem" else "anders"
    )
    beller = "" if soort == "anoniem" or fold(tekst["naam_beller"]) == "anoniem" else tekst["naam_beller"]
    onderwerp = waarden["onderwerp"] or ""
    vraag = tekst["vraag"] or onderwerp or tekst["opmerking"]
    doorverwezen = waarden["doorverwezen"] or ""
    is_zorg = _has(onderwerp, THEMAS[0][1])
    return Contact(
        kanaal=kanaal,
        melder_soort=soort,
        melder_naam=_fit(beller, 120),
        melder_telefoon=(waarden["telefoon"] or "")
        if not waarden["naam_inwoner"] and soort != "anoniem"
        else "",
        moment=_moment(waarden),
        samenvatting=_origin(rij, jaar, beller),
        hulpvraag=vraag,
        aard="bezorgdheid/zorgmelding"
        if is_zorg
        else "hulpvraag"
        if doorverwezen
        else "informatie en advies",
        themas=(
            next((thema.value for thema, words in THEMAS if _has(onderwerp, words)), Thema.ANDERS.value),
        ),
        afhandeling=_afhandeling(doorverwezen),
        toelichting=_outcome(rij),
        organisatie=organisatiecode(waarden["organisatie"]),
    )


def collect_person(rijen: list[Rij]) -> Persoonsgegevens:
    """The best of what the rows about one person say: the fullest name, what was said most and last."""
    names = [rij.waarden["naam_inwoner"] or "" for rij in rijen]
    best = max(
        names,
        key=lambda naam: (
            not naam.isupper(),
            not parse_naam(naam).heeft_voorletters,
            "," not in naam,
            len(naam),
            naam,
        ),
    )
    delen = split_naam(best.title() if best.isupper() else best)
    initials = parse_naam(best).heeft_voorletters
    huisnr = re.match(r"^(\d{1,6})\s*[-/ ]?\s*(.*)$", _last(rijen, "huisnr"))
    postcode = _last(rijen, "postcode")
    return Persoonsgegevens(
        voornamen=_fit(delen.voornaam, 120) if initials else "",
        roepnaam="" if initials else _fit(delen.voornaam, 60),
        voorvoegsel=_fit(delen.voorvoegsel, 20),
        achternaam=_fit(re.sub(r"\bIj(?=[a-z])", "IJ", delen.achternaam) or best, 80),
        geboortedatum=_last(rijen, "geboortedatum"),
        postcode=f"{postcode[:4]} {postcode[4:]}" if postcode else "",
        huisnummer=int(huisnr[1]) if huisnr else None,
        toevoeging=_fit(huisnr[2], 10) if huisnr else _fit(_last(rijen, "huisnr"), 10),
        telefoon=_last(rijen, "telefoon"),
    )


def _last(rijen: list[Rij], veld: str) -> str:
    """What most rows say, the last of those when it is a draw."""
    said = [rij.waarden[veld] or "" for rij in rijen if rij.waarden.get(veld)]
    return max(reversed(said), key=said.count) if said else ""


def _choose(text: str, choices: tuple[tuple[str, str], ...]) -> str:
    return next((value for value, words in choices if _has(text, words, whole=True)), "")


def _has(text: str, words: str, *, whole: bool = False) -> bool:
    found = re.findall(r"[\w()\-]+", fold(text))
    return any(part == word or (not whole and word in part) for part in found for word in words.split())


def _moment(waarden: dict[str, str | None]) -> datetime:
    clock = time.fromisoformat(waarden["tijd"]) if waarden["tijd"] else ZONDER_TIJD
    return datetime.combine(datetime.fromisoformat(waarden["datum"] or ""), clock, tzinfo=AMSTERDAM)


def _afhandeling(doorverwezen: str) -> str:
    if not doorverwezen:
        return "informatie en advies"
    own = organisatiecode(doorverwezen) != "gemeente" or "gemeente" in fold(doorverwezen)
    return "hulpverlening" if own else "andere toegang"


def _outcome(rij: Rij) -> str:
    lines = [f"In de oude loketlijst stond bij Afgehandeld: {rij.tekst['afgehandeld'] or 'niets'}."]
    if rij.tekst["doorverwezen"] and rij.waarden["doorverwezen"]:
        lines.append(f"Doorverwezen naar: {rij.waarden['doorverwezen']}.")
    if rij.onbekende_organisaties:
        lines.append(f"Onbekende organisatie in de lijst: {', '.join(rij.onbekende_organisaties)}.")
    return " ".join(lines)


def _origin(rij: Rij, jaar: int, beller: str) -> str:
    """Where it came from, and what has no field of its own: nothing of the row is lost."""
    tekst, waarden = rij.tekst, rij.waarden
    volgnr = f"volgnummer {waarden['volgnr']}, " if waarden["volgnr"] else "zonder eigen volgnummer, "
    lines = [f"Overgenomen uit de oude loketlijst van {jaar} ({volgnr}rij {rij.nummer})."]
    who = ", ".join(part for part in (tekst["medewerker"], tekst["organisatie"]) if part)
    if who:
        lines.append(f"Aangenomen door: {who}.")
    for kolom, kept in (("kanaal", False), ("relatie", False), ("onderwerp", False)):
        if tekst[kolom] and not kept:
            lines.append(f"{KOLOMMEN[kolom]}: {tekst[kolom]}.")
    if not waarden["tijd"]:
        lines.append("Het tijdstip is onbekend.")
    if len(beller) > 120:
        lines.append(f"Beller: {beller}.")
    if not waarden["naam_inwoner"]:
        facts = [
            f"{KOLOMMEN[veld]} {waarden[veld]}"
            for veld in ("geboortedatum", "postcode", "huisnr", "telefoon")
            if waarden[veld]
        ]
        if facts:
            lines.append(f"Zonder naam, wel: {', '.join(facts)}.")
    text = " ".join(lines)
    return f"{text}\n\nOpmerking: {tekst['opmerking']}" if tekst["opmerking"] and tekst["vraag"] else text


def _fit(text: str, size: int) -> str:
    return text if len(text) <= size else f"{text[: size - 1]}…"
