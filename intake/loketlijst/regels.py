"""The rules of the import: of every record of a list, its outcome and its reasons."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from intake.loketlijst.datums import Datum, Vorm, parse_datum, parse_tijd
from intake.loketlijst.kolommen import KOLOMMEN, match_kop
from intake.loketlijst.lezen import Bestand, Record
from intake.loketlijst.organisaties import Organisatielijst, make_lijst
from intake.loketlijst.personen import group_personen
from intake.loketlijst.rijen import Rij, squeeze
from intake.loketlijst.tekst import (
    ZEER_LANG,
    clean_space,
    has_html,
    has_odd_space,
    is_formule,
    mask_bsn,
    mend_signs,
)
from intake.loketlijst.velden import is_leegmarkering, parse_postcode, parse_telefoon, shape
from skt.inwoners.namen import fold

PERSOONSVELDEN = ("naam_beller", "naam_inwoner", "geboortedatum", "postcode", "huisnr", "telefoon")
EIGEN_NOTATIE = ("postcode", "telefoon", "datum", "geboortedatum", "tijd")
"""Inside these, white space is a matter of notation."""
OUDST = 115
_SUBTOTAAL = re.compile(
    r"^(?:sub\s*-?|tussen\s*-?)(?:totaal|telling|stand)|^(?:totaal|aantal|som)\b.*\b(?:kwartaal|q[1-4]|maand|week|halfjaar|jan\w*|feb\w*|maart|mrt|apr\w*|mei|juni?|juli?|aug\w*|sept?\w*|okt\w*|nov\w*|dec\w*)\b"
)
_TOTAAL = re.compile(
    r"^(?:eind|generaal|jaar)?\s*-?(?:totaal|totalen|totaaltelling|total)\b|^(?:som|aantal)\b.{0,40}\d|^(?:sub)?totaal|^.{0,30}\btotaal\b.{0,12}$"
)
_KWARTAAL = re.compile(r"^(?:[1-4]e?\s*kwartaal|q[1-4]|kwartaal\s*[1-4])\b.{0,30}\d")
Voortgang = Callable[[int], None]


@dataclass(frozen=True)
class Oordeel:
    """The whole list judged. `jaar` is the year most of its contacts are of."""

    bestand: Bestand
    jaar: int
    rijen: list[Rij]
    persoongroepen: dict[str, list[int]]


def judge(bestand: Bestand, *, naam: str = "", voortgang: Voortgang = lambda _: None) -> Oordeel:
    """Judge every record after the head. `naam` (of the file) only helps when its dates say nothing about the year.

    `voortgang` hears from time to time how many records were done.
    """
    records = [record for record in bestand.records if record.nummer != bestand.kopnummer]
    mended = {record.nummer: [mend_signs(cel)[0] for cel in record.cellen] for record in records}
    jaar = find_jaar(_column(bestand, mended, "datum"), naam)
    lezer = _Lezer(
        bestand,
        jaar,
        make_lijst(
            [*_column(bestand, mended, "organisatie"), *_column(bestand, mended, "doorverwezen")],
            len(records),
        ),
        _usual_shapes(_column(bestand, mended, "telefoon")),
        _is_rare(bestand.scheidingsteken, records),
    )
    rijen = []
    last = max((record.nummer for record in records if any(cel.strip() for cel in record.cellen)), default=0)
    for done, record in enumerate(records, start=1):
        rijen.append(lezer.read_rij(record, is_last=record.nummer == last))
        if done % 500 == 0:
            voortgang(done)
    _find_doubles(rijen)
    _check_volgnrs(rijen)
    groepen = group_personen([rij for rij in rijen if rij.wordt_overgenomen])
    _find_lookalikes(rijen)
    voortgang(len(records))
    return Oordeel(bestand, jaar, rijen, groepen)


def find_jaar(datums: Iterable[str], naam: str) -> int:
    """The year of the file: that of most of its dates, else the one in its name."""
    counted: Counter[int] = Counter()
    for cel in datums:
        datum = parse_datum(clean_space(cel), jaar=2000)
        if datum.dag and re.search(r"\d{4}", cel):
            counted[datum.dag.year] += 1
    named = re.search(r"(?<!\d)(20\d{2})(?!\d)", naam)
    if not counted:
        return int(named[1]) if named else date.today().year  # noqa: DTZ011 (no clock matters here: nothing has a date)
    jaar, times = counted.most_common(1)[0]
    return int(named[1]) if named and times * 2 < counted.total() and int(named[1]) in counted else jaar


def _column(bestand: Bestand, mended: dict[int, list[str]], kolom: str) -> list[str]:
    at = bestand.kolommen.index(kolom)
    return [clean_space(cellen[at]) for cellen in mended.values() if len(cellen) > at]


def _usual_shapes(telefoons: list[str]) -> frozenset[str]:
    filled = Counter(shape(cel) for cel in telefoons if cel)
    return frozenset(vorm for vorm, times in filled.items() if times >= 20 and times * 10 >= filled.total())


def _is_rare(teken: str, records: list[Record]) -> bool:
    """Is the delimiter inside a text worth a word? In a file with commas between its cells it is in every other text."""
    return sum(any(teken in cel for cel in record.cellen) for record in records) * 10 < len(records)


@dataclass(frozen=True)
class _Lezer:
    """Reads one record after another, knowing what is usual in this file."""

    bestand: Bestand
    jaar: int
    organisaties: Organisatielijst
    telefoonvormen: frozenset[str]
    meldt_scheidingsteken: bool

    def read_rij(self, record: Record, *, is_last: bool) -> Rij:
        rij = Rij(record.nummer, record.regel)
        if reden := self._not_a_row(record, is_last):
            rij.add(reden)
            return rij
        width = len(self.bestand.kop)
        extra = record.cellen[width:]
        if len(record.cellen) < width or any(cel.strip() for cel in extra):
            rij.add("TE_WEINIG_KOLOMMEN" if len(record.cellen) < width else "TE_VEEL_KOLOMMEN")
            rij.los = tuple(mask_bsn(clean_space(mend_signs(cel)[0]))[0] for cel in record.cellen)
            return rij
        if extra:
            rij.add("LEGE_KOLOMMEN_ACHTERAAN")
        rij.rauw = record.cellen[:width]
        self._clean(rij, record.cellen[:width])
        self._understand(rij)
        return rij

    def _not_a_row(self, record: Record, is_last: bool) -> str:
        filled = [fold(mend_signs(cel)[0]) for cel in record.cellen if cel.strip(" \t\xa0\ufeff")]
        if not filled:
            return "LEGE_REGEL"
        kolommen = self.bestand.kolommen
        if record.nummer < self.bestand.kopnummer:
            return "HERHAALDE_KOP"
        same = sum(a == b and bool(a) for a, b in zip(match_kop(record.cellen), kolommen, strict=False))
        if same >= len(KOLOMMEN) * 2 // 3:
            return "HERHAALDE_KOP"
        if len(filled) <= 4:
            for cel in filled:
                if _SUBTOTAAL.match(cel) or _KWARTAAL.match(cel):
                    return "TUSSENTOTAAL"
                if _TOTAAL.match(cel):
                    return (
                        "TOTAALREGEL"
                        if is_last or cel.startswith(("eind", "generaal", "jaar")) or "contacten in" in cel
                        else "TUSSENTOTAAL"
                    )
        return ""

    def _clean(self, rij: Rij, cellen: tuple[str, ...]) -> None:
        masked = []
        for kolom, head, rauw in zip(self.bestand.kolommen, self.bestand.kop, cellen, strict=True):
            cel, verdacht, verloren = mend_signs(rauw)
            formule = is_formule(cel, is_telefoon=kolom == "telefoon" and bool(parse_telefoon(cel).waarde))
            formule = formule and not (kolom in PERSOONSVELDEN and is_leegmarkering(cel.strip()))
            odd = cel != cel.strip(" \t\xa0") if kolom in EIGEN_NOTATIE else has_odd_space(cel)
            for is_so, reden in (
                (formule, "FORMULE_IN_CEL"),
                (
                    not formule and self.meldt_scheidingsteken and self.bestand.scheidingsteken in cel,
                    "SCHEIDINGSTEKEN_IN_VELD",
                ),
                ("\n" in cel.strip("\n"), "REGELEINDE_IN_VELD"),
                (odd, "WITRUIMTE"),
                (has_html(cel), "HTML_IN_TEKST"),
                (verloren, "TEKEN_ONGELDIG"),
                (verdacht, "CODERING_VERDACHT"),
                (len(cel) > ZEER_LANG, "VELD_ZEER_LANG"),
            ):
                if is_so:
                    rij.add(reden)
            cel = clean_space(cel) if kolom not in EIGEN_NOTATIE else cel.strip(" \t\xa0\n")
            if kolom not in ("telefoon", "volgnr", "datum", "geboortedatum"):
                cel, found = mask_bsn(cel)
                if found:
                    rij.add("BSN_IN_TEKST")
                    masked.append(KOLOMMEN.get(kolom, head))
            if kolom:
                rij.tekst[kolom] = cel
            elif cel:
                rij.tekst["opmerking"] = f"{rij.tekst.get('opmerking', '')}\n{head}: {cel}".strip()
        rij.bsn_velden = tuple(masked)

    def _understand(self, rij: Rij) -> None:
        tekst = rij.tekst
        datum = parse_datum(tekst["datum"], jaar=self.jaar)
        self._judge_datum(rij, datum)
        self._judge_tijd(rij, datum)
        cells = {}
        for veld in PERSOONSVELDEN:
            cel = tekst[veld]
            if veld == "naam_beller" and fold(cel) == "anoniem":
                cells[veld] = cel
            elif is_leegmarkering(cel, is_naam=veld.startswith("naam")):
                rij.add("LEEGMARKERING")
                cells[veld] = ""
            else:
                cells[veld] = cel
        if not cells["naam_inwoner"]:
            rij.add("NAAM_LEEG")
        geboren = self._judge_geboren(rij, cells["geboortedatum"], datum.dag)
        postcode = parse_postcode(cells["postcode"])
        telefoon = parse_telefoon(cells["telefoon"], self.telefoonvormen)
        for is_so, reden in (
            (postcode.ongeldig, "POSTCODE_ONGELDIG"),
            (postcode.anders, "POSTCODE_NOTATIE"),
            (postcode.buiten, "POSTCODE_BUITEN_WASSENAAR"),
            (telefoon.ongeldig, "TELEFOON_ONGELDIG"),
            (telefoon.meerdere, "TELEFOON_MEERDERE"),
            (telefoon.anders, "TELEFOON_NOTATIE"),
            (
                not any(
                    tekst[veld] and not is_leegmarkering(tekst[veld])
                    for veld in ("vraag", "onderwerp", "opmerking")
                ),
                "GEEN_INHOUD",
            ),
        ):
            if is_so:
                rij.add(reden)
        tekst["naam_beller"] = cells["naam_beller"]
        rij.waarden |= {
            "volgnr": None if is_leegmarkering(tekst["volgnr"]) else tekst["volgnr"] or None,
            "naam_inwoner": cells["naam_inwoner"] or None,
            "geboortedatum": geboren.isoformat() if geboren else None,
            "postcode": postcode.waarde or None,
            "huisnr": cells["huisnr"] or None,
            "telefoon": telefoon.waarde or None,
            "onderwerp": tekst["onderwerp"] or None,
        }
        self._judge_organisaties(rij)

    def _judge_datum(self, rij: Rij, datum: Datum) -> None:
        if datum.dag is None:
            rij.add("DATUM_ONGELDIG")
        else:
            if datum.vorm in (Vorm.ANDERS, Vorm.EXCEL):
                rij.add("DATUM_NOTATIE" if datum.vorm is Vorm.ANDERS else "DATUM_EXCEL")
            if datum.dag.year != self.jaar:
                rij.add("DATUM_BUITEN_JAAR")
        rij.waarden["datum"] = datum.dag.isoformat() if datum.dag else None

    def _judge_tijd(self, rij: Rij, datum: Datum) -> None:
        tijd = parse_tijd(rij.tekst["tijd"])
        if tijd.vorm is Vorm.ANDERS:
            rij.add("TIJD_NOTATIE")
        elif tijd.vorm is Vorm.ONGELDIG:
            rij.add("TIJD_ONGELDIG")
        behind = datum.tijd if tijd.vorm is Vorm.LEEG else ""
        rij.waarden["tijd"] = tijd.tijd or behind or None

    def _judge_geboren(self, rij: Rij, cel: str, dag: date | None) -> date | None:
        datum = parse_datum(cel, jaar=self.jaar, geboren=True)
        contact = dag or date(self.jaar, 12, 31)
        geboren = datum.dag
        if datum.vorm is Vorm.ONGELDIG:
            rij.add("GEBDATUM_ONGELDIG")
        if geboren is None:
            return None
        if geboren > contact:
            rij.add("GEBDATUM_TOEKOMST")
            return None
        leeftijd = contact.year - geboren.year - ((contact.month, contact.day) < (geboren.month, geboren.day))
        filler = (geboren.month, geboren.day) == (1, 1) and (leeftijd >= 105 or geboren.year in (1900, 1901))
        if leeftijd > OUDST or filler:
            rij.add("GEBDATUM_ONWAARSCHIJNLIJK")
            return None
        if datum.vorm in (Vorm.ANDERS, Vorm.EXCEL):
            rij.add("GEBDATUM_NOTATIE" if datum.vorm is Vorm.ANDERS else "GEBDATUM_EXCEL")
        return geboren

    def _judge_organisaties(self, rij: Rij) -> None:
        unknown = []
        for kolom in ("doorverwezen", "organisatie"):
            found = self.organisaties.match(rij.tekst[kolom])
            if found.alias:
                rij.add("ORGANISATIE_ALIAS")
            if found.onbekend:
                rij.add("ORGANISATIE_ONBEKEND")
                unknown.append(rij.tekst[kolom])
            rij.waarden[kolom] = found.waarde or None
        rij.onbekende_organisaties = tuple(unknown)


def _find_doubles(rijen: list[Rij]) -> None:
    """A row that is the copy of one taken over before: only that, whatever else is odd about it."""
    exact: dict[tuple[str, ...], int] = {}
    loose: dict[str, int] = {}
    for rij in rijen:
        if not rij.wordt_overgenomen:
            continue
        mark = rij.vingerafdruk
        first = exact.get(rij.rauw)
        if first is not None or mark in loose:
            code = "EXACT_DUBBEL" if first is not None else "DUBBEL_ANDER_VOLGNR"
            rij.redenen = [code]
            rij.verwijst = {code: first if first is not None else loose[mark]}
            continue
        exact[rij.rauw] = rij.nummer
        loose[mark] = rij.nummer


def _check_volgnrs(rijen: list[Rij]) -> None:
    seen: dict[str, int] = {}
    for rij in rijen:
        if "volgnr" not in rij.waarden or rij.dubbel_van:
            continue
        volgnr = rij.waarden["volgnr"]
        if not volgnr:
            rij.add("VOLGNR_LEEG")
        elif volgnr in seen:
            rij.add("VOLGNR_DUBBEL")
            rij.verwijst["VOLGNR_DUBBEL"] = seen[volgnr]
            rij.waarden["volgnr"] = None
        else:
            seen[volgnr] = rij.nummer


def _find_lookalikes(rijen: list[Rij]) -> None:
    """Zelfde inwoner, dag en onderwerp als een eerdere rij: misschien twee keer opgeschreven."""
    seen: dict[tuple[str, str, str], int] = {}
    for rij in rijen:
        if not (rij.persoon and rij.wordt_overgenomen and rij.waarden["onderwerp"]):
            continue
        mark = (rij.persoon, rij.waarden["datum"] or "", squeeze(rij.waarden["onderwerp"]))
        if mark in seen:
            rij.add("MOGELIJK_DUBBEL")
            rij.verwijst["MOGELIJK_DUBBEL"] = seen[mark]
        else:
            seen[mark] = rij.nummer
