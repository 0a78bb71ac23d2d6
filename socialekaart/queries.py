"""Zoeken op de sociale kaart: één functie, met de woorden van mensen in plaats van die van een folder.

How it ranks. Each word of the question becomes a term of PostgreSQL's Dutch full text search (stems, no
accents); the rarer a term on the whole map, the more it weighs (BM25's idf), and a hit in name or keywords
weighs more than one in the description. Beside the word itself count: words that begin with it, two words
written apart (‘val alarm’), the words of the sociale kaart for what people say (gegevens/spreektaal.json),
and for a word that stands nowhere: what it looks like (trigrams: a typo) or is made of (‘huurschuld’).
"""

import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import pairwise
from operator import add
from pathlib import Path

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import F, QuerySet, Value

from skt.kern.keuzelijsten import Leefgebied, Thema
from socialekaart.models import Lijn, Voorziening

MAX_TEKENS = 4000
"""Of a longer text only the beginning counts: nobody says more in one question."""
MAX_TERMEN = 40
MAX_VREEMD = 8
"""For at most this many words that stand nowhere we look for what they resemble."""
GEWICHTEN = [0.15, 0.4, 0.6, 1.0]
"""What a hit weighs in D (themes, provider), C (description), B (for whom) and A (name, keywords)."""
EXACT, SPREEKTAAL, LIJKT_OP, BEGIN, DEEL = 1.0, 0.8, 0.6, 0.5, 0.4
"""What a term weighs by where it comes from."""
LIJKT_OP_GRENS = 0.45
"""Trigram similarity (0-1) from which a word counts as a slip of the pen."""
MIN_BEGIN, MIN_LIJKT_OP, MIN_VERHAAL = 4, 5, 5
"""Shorter words (in letters) are not completed, not corrected, and say too little in a whole talk."""
GEWOON, GEWOON_MINIMAAL = 0.1, 3
"""A word on more than this part of the map (and more than so many rows) is common: alone it says little."""
SUGGESTIE_DEEL = 0.35
"""A suggestion scores at least this part of the best one."""
SUGGESTIE_GEBIED = 0.6
"""What one leefgebied in common adds to a score, as a part of it."""
SUGGESTIE_TEKST = 0.2
"""What the words add at most to a theme and a leefgebied in common (2 at most): a tie-break, no more."""
SUGGESTIE_DREMPEL = 0.6
"""A free offer scores at least this part of the best one. Chosen on the judged callers, as the 0.2 above."""
VOLWASSEN, JONG, OUDER, GROOTOUDER = 18, 28, 50, 65
"""Ages in years: offers from 50 on are for older people, offers up to 27 for the young; a parent is under 65 [V]."""
VOOR_HET_GEZIN = 0.5
MAX_WOORDEN = 3
"""So many words explain one suggestion."""
SPREEKTAAL_BESTAND = Path(__file__).parent / "gegevens" / "spreektaal.json"


@dataclass(frozen=True)
class Term:
    """One thing to look for: a tsquery, what a hit weighs, whether it is common, and the words behind it."""

    query: str
    gewicht: float
    gewoon: bool
    woorden: tuple[str, ...]


@dataclass(frozen=True)
class Suggestie:
    """A voorziening that fits a talk, with the caller's own words that pointed to it."""

    voorziening: Voorziening
    woorden: list[str]
    waarom: str


def search(
    vraag: str, *, leefgebieden: Iterable[str] = (), lijn: int | None = None, alleen_actief: bool = True
) -> "QuerySet[Voorziening]":
    """Voorzieningen for a question, best first (annotated `score`); without a question all of them, by name.

    Never raises on what somebody typed; an unknown leefgebied or lijn finds nothing.
    """
    kaart = _filtered(leefgebieden, lijn, alleen_actief=alleen_actief)
    tekst = _fold(vraag)
    if not vraag.strip():
        return kaart.order_by("naam", "pk")
    termen, vreemd = _terms(tekst)
    if vreemd:
        termen += _resembling(vreemd)
        vreemd -= {woord for term in termen for woord in term.woorden}
    zeggend = [term for term in termen if not (vreemd and term.gewoon)]
    if not zeggend:
        return kaart.none()
    return _ranked(kaart, _heaviest(termen), zeggend).order_by("-score", "naam", "pk")


def suggest(tekst: str, leefgebieden: Sequence[str] = (), limit: int = 5) -> list[Suggestie]:
    """What fits a whole talk, and why: the words of the caller and the leefgebieden that were touched.

    Only what is open; what is free (0de lijn) first, then by score. Without a word that fits, the
    leefgebieden alone decide. `tekst` may be anything; of a long text the first MAX_TEKENS letters count.
    """
    gevraagd = {gebied for gebied in leefgebieden if gebied in Leefgebied.values}
    kaart = Voorziening.objects.offered()
    termen = _heaviest([term for term in _terms(_fold(tekst), verhaal=True)[0] if not term.gewoon])
    if not termen:
        return _by_leefgebied(kaart, gevraagd, limit)
    gevonden = {
        voorziening: voorziening.score
        * (1 + SUGGESTIE_GEBIED * len(gevraagd.intersection(voorziening.leefgebieden)))
        for voorziening in _ranked(kaart, termen, termen).order_by("-score", "pk")[: limit * 6]
    }
    if not gevonden:
        return _by_leefgebied(kaart, gevraagd, limit)
    drempel = max(gevonden.values()) * SUGGESTIE_DEEL
    beste = sorted(
        (voorziening for voorziening, score in gevonden.items() if score >= drempel),
        key=lambda voorziening: (voorziening.lijn != Lijn.NULDE, -gevonden[voorziening], voorziening.pk),
    )[:limit]
    woorden = _matched_words(beste, termen, tekst)
    return [Suggestie(v, woorden[v.pk], v.kort) for v in beste]


def suggest_free(
    tekst: str,
    *,
    leefgebieden: Iterable[str] = (),
    themas: Iterable[str] = (),
    leeftijd: int | None = None,
    limit: int = 6,
) -> list[Suggestie]:
    """Free offers (0de lijn) for somebody of whom more is known than a talk: theme, leefgebied and age decide.

    What isn't for this age is out; for a child, or a parent, what is for the other comes later, and only on a common theme. Whole
    words of the talk only order what fits equally well; without themes and leefgebieden they are all there is.
    """
    gebieden, genoemd = set(leefgebieden), set(themas)
    termen = _heaviest([term for term in _terms(_fold(tekst), verhaal=True, heel=True)[0] if not term.gewoon])
    kaart = Voorziening.objects.offered().free()
    scores = {v.pk: v.score for v in _ranked(kaart, termen, termen)} if termen else {}
    hoogste = max(scores.values(), default=0) or 1
    passend = {}
    for voorziening in kaart:
        gedeeld = _likeness(voorziening.themas, genoemd)
        inhoud = gedeeld + _likeness(voorziening.leefgebieden, gebieden)
        voor_wie = _for_age(voorziening, leeftijd, thema_gedeeld=bool(gedeeld))
        if voor_wie and (inhoud or not (gebieden or genoemd)):
            score = voor_wie * (inhoud + SUGGESTIE_TEKST * scores.get(voorziening.pk, 0) / hoogste)
            if score:
                passend[voorziening] = score
    drempel = max(passend.values(), default=0) * SUGGESTIE_DREMPEL
    beste = sorted((v for v in passend if passend[v] >= drempel), key=lambda v: (-passend[v], v.pk))[:limit]
    woorden = _matched_words(beste, termen, tekst)
    return [Suggestie(v, woorden[v.pk], _why(v, genoemd, gebieden)) for v in beste]


def _likeness(een: Sequence[str], ander: set[str]) -> float:
    """0-1, the cosine of two sets: who is there for everything fits nothing in particular."""
    return len(ander.intersection(een)) / math.sqrt(len(een) * len(ander)) if een and ander else 0.0


def _for_age(voorziening: Voorziening, leeftijd: int | None, *, thema_gedeeld: bool) -> float:
    """1 for this age, VOOR_HET_GEZIN for the other generation of a family on a common theme, 0 for neither."""
    vanaf, tot_en_met = voorziening.leeftijd_min or 0, voorziening.leeftijd_max
    if leeftijd is None or (vanaf <= leeftijd and (tot_en_met is None or leeftijd <= tot_en_met)):
        return 1.0
    if leeftijd < VOLWASSEN:
        ouder_of_kind = VOLWASSEN <= vanaf < OUDER
    else:
        ouder_of_kind = leeftijd < GROOTOUDER and tot_en_met is not None and tot_en_met < min(leeftijd, JONG)
    return VOOR_HET_GEZIN if ouder_of_kind and thema_gedeeld else 0.0


def _why(voorziening: Voorziening, themas: set[str], gebieden: set[str]) -> str:
    gedeeld = [
        *(str(Thema(thema).label) for thema in voorziening.themas if thema in themas),
        *(str(Leefgebied(gebied).label) for gebied in voorziening.leefgebieden if gebied in gebieden),
    ]
    return f"{', '.join(dict.fromkeys(gedeeld))}. {voorziening.kort}" if gedeeld else voorziening.kort


# -- which rows


def _filtered(
    leefgebieden: Iterable[str], lijn: int | None, *, alleen_actief: bool
) -> "QuerySet[Voorziening]":
    kaart = Voorziening.objects.all()
    if alleen_actief:
        kaart = kaart.offered()
    if gebieden := list(leefgebieden):
        kaart = kaart.filter(leefgebieden__overlap=gebieden)
    return kaart if lijn is None else kaart.filter(lijn=lijn)


class Lexemen(SearchQuery):
    """A tsquery that PostgreSQL itself wrote, taken as it is."""

    template = "%(expressions)s::tsquery"


def _ranked(
    kaart: "QuerySet[Voorziening]", termen: Sequence[Term], zeggend: Sequence[Term]
) -> "QuerySet[Voorziening]":
    """Rows that hold one of `zeggend`, with their score over all `termen`."""
    either = Lexemen(" | ".join(f"({term.query})" for term in zeggend))
    score = reduce(
        add,
        (
            Value(term.gewicht) * SearchRank(F("zoekvector"), Lexemen(term.query), weights=GEWICHTEN)
            for term in termen
        ),
    )
    return kaart.filter(zoekvector=either).annotate(score=score)


def _heaviest(termen: Iterable[Term]) -> list[Term]:
    return sorted(termen, key=lambda term: (-term.gewicht, term.query))[:MAX_TERMEN]


def _by_leefgebied(kaart: "QuerySet[Voorziening]", gevraagd: set[str], limit: int) -> list[Suggestie]:
    """Free offers for the leefgebieden, the most specific first."""
    if not gevraagd:
        return []
    gevonden = sorted(
        kaart.free().filter(leefgebieden__overlap=list(gevraagd)).order_by("naam", "pk"),
        key=lambda v: -len(gevraagd.intersection(v.leefgebieden)) / len(v.leefgebieden),
    )
    return [
        Suggestie(
            v,
            [],
            ", ".join(str(Leefgebied(gebied).label) for gebied in v.leefgebieden if gebied in gevraagd)
            + f": {v.kort}",
        )
        for v in gevonden[:limit]
    ]


# -- from words to terms


def _fold(tekst: str) -> str:
    """Lower case without accents: letters, digits and single spaces (a hyphen within a word stays)."""
    bare = unicodedata.normalize("NFKD", tekst[:MAX_TEKENS].lower())
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join(re.findall(r"[0-9a-z]+(?:-[0-9a-z]+)*", kept))


@cache
def _spreektaal() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    """What people say, as one pattern per group, with the words that the sociale kaart uses for it."""

    def pattern(gezegde: str) -> str:
        return r"\s".join(_fold(deel) + (r"[\w-]*" if deel.endswith("*") else "") for deel in gezegde.split())

    groepen = json.loads(SPREEKTAAL_BESTAND.read_text(encoding="utf-8"))["groepen"]
    return [
        (
            re.compile(
                rf"\b(?:{'|'.join(sorted(map(pattern, groep['zeggen']), key=len, reverse=True))})(?![\w-])"
            ),
            tuple(groep["bedoelen"]),
        )
        for groep in groepen
    ]


@cache
def _praatwoorden() -> frozenset[str]:
    """Words that every talk is full of, and that name a voorziening only by chance."""
    return frozenset(json.loads(SPREEKTAAL_BESTAND.read_text(encoding="utf-8"))["praatwoorden"].split())


class Kandidaten:
    """Things to look for, each once, with its heaviest factor and all words it comes from."""

    def __init__(self) -> None:
        self.factoren: dict[tuple[str, bool], float] = {}
        self.bronnen: dict[tuple[str, bool], list[str]] = {}

    def add(self, tekst: str, bron: str, factor: float, *, begin: bool = False) -> None:
        key = (tekst, begin)
        self.factoren[key] = max(factor, self.factoren.get(key, 0))
        self.bronnen.setdefault(key, []).append(bron)


def _terms(tekst: str, *, verhaal: bool = False, heel: bool = False) -> tuple[list[Term], set[str]]:
    """Terms for a folded text, and the words of it that stand nowhere on the map.

    In a whole talk (`verhaal`) most words are just talk: its own words count only where they are the name, a
    keyword or for whom it is; what it says in spreektaal counts everywhere. `heel`: no beginnings of words.
    """
    rij = [woord for woord in tekst.split() if len(woord) > 1]
    kandidaten = Kandidaten()
    eigen = [
        woord for woord in rij if not verhaal or (len(woord) >= MIN_VERHAAL and woord not in _praatwoorden())
    ]
    for woord in dict.fromkeys(eigen):
        kandidaten.add(woord, woord, EXACT)
        if not heel:
            kandidaten.add(woord, woord, BEGIN, begin=True)
    for een, twee in pairwise(rij):
        if min(len(een), len(twee)) >= MIN_BEGIN - 1:
            kandidaten.add(een + twee, f"{een} {twee}", EXACT)
            if not heel:
                kandidaten.add(een + twee, f"{een} {twee}", BEGIN, begin=True)
    for patroon, bedoelen in _spreektaal():
        for gezegd in dict.fromkeys(patroon.findall(tekst)):
            for bedoeld in bedoelen:
                kandidaten.add(bedoeld, gezegd, SPREEKTAAL)
    termen, zonder_betekenis = _weigh(kandidaten, verhaal=verhaal)
    bekend = {woord for term in termen for bron in term.woorden for woord in bron.split()}
    return termen, {woord for woord in rij if woord not in bekend and woord not in zonder_betekenis}


WEGEN = """
SELECT k.nr, q.query::text, numnode(h.heel) = 0,
       (SELECT count(*) FROM socialekaart_voorziening v WHERE v.zoekvector @@ q.query),
       (SELECT count(*) FROM socialekaart_voorziening)
  FROM unnest(%s::text[], %s::boolean[], %s::boolean[]) WITH ORDINALITY AS k(tekst, begin, kop, nr)
 CROSS JOIN LATERAL (SELECT plainto_tsquery('public.skt_nl', k.tekst) AS heel) h
 CROSS JOIN LATERAL (
       SELECT CASE WHEN NOT k.begin AND NOT k.kop THEN h.heel
                   WHEN k.kop AND numnode(h.heel) = 1 THEN (h.heel::text || ':AB')::tsquery
                   WHEN numnode(h.heel) = 1 AND length(h.heel::text) >= %s + 2
                   THEN (h.heel::text || ':*')::tsquery
              END AS query
       ) q
"""
"""Each candidate as a tsquery (a longer word also as a beginning), whether it is a stop word, its hits."""


def _weigh(kandidaten: Kandidaten, *, verhaal: bool) -> tuple[list[Term], set[str]]:
    """The candidates that stand on the map, weighed by how rare they are; and those that are stop words."""
    keys = list(kandidaten.factoren)
    if not keys:
        return [], set()
    with connection.cursor() as cursor:
        koppen = [verhaal and kandidaten.factoren[key] != SPREEKTAAL for key in keys]
        cursor.execute(WEGEN, [[tekst for tekst, _ in keys], [begin for _, begin in keys], koppen, MIN_BEGIN])
        rows = cursor.fetchall()
    termen, zonder_betekenis = [], set()
    for nummer, query, is_stopwoord, aantal, totaal in rows:
        key = keys[nummer - 1]
        if is_stopwoord:
            zonder_betekenis.add(key[0])
        elif query and aantal:
            bronnen = tuple(dict.fromkeys(kandidaten.bronnen[key]))
            termen.append(_term(query, kandidaten.factoren[key], aantal, totaal, bronnen))
    return termen, zonder_betekenis


def _term(query: str, factor: float, aantal: int, totaal: int, woorden: tuple[str, ...]) -> Term:
    idf = math.log(1 + (totaal - aantal + 0.5) / (aantal + 0.5))
    return Term(query, factor * idf, aantal > max(GEWOON_MINIMAAL, GEWOON * totaal), woorden)


LIJKT = """
SELECT w.woord, quote_literal(s.word)::tsquery::text, similarity(w.woord, s.word), s.ndoc,
       (SELECT count(*) FROM socialekaart_voorziening)
  FROM unnest(%s::text[]) AS w(woord)
  JOIN ts_stat('SELECT zoekvector FROM socialekaart_voorziening') AS s
    ON similarity(w.woord, s.word) >= %s
    OR length(s.word) >= %s AND (starts_with(w.woord, s.word) OR right(w.woord, length(s.word)) = s.word)
"""
"""Words of the map that a strange word resembles, or that it begins or ends with."""


def _resembling(vreemd: set[str]) -> list[Term]:
    """What strange words may mean: a slip of the pen, or a compound of which one part is known."""
    woorden = sorted(woord for woord in vreemd if len(woord) >= MIN_LIJKT_OP)[:MAX_VREEMD]
    if not woorden:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LIJKT, [woorden, LIJKT_OP_GRENS, MIN_BEGIN])
        return [
            _term(query, lijkt * LIJKT_OP if lijkt >= LIJKT_OP_GRENS else DEEL, aantal, totaal, (woord,))
            for woord, query, lijkt, aantal, totaal in cursor.fetchall()
        ]


# -- why


RAAK = """
SELECT v.id, t.nr FROM socialekaart_voorziening v
  JOIN unnest(%s::text[]) WITH ORDINALITY AS t(query, nr) ON v.zoekvector @@ t.query::tsquery
 WHERE v.id = ANY(%s) ORDER BY v.id, t.nr
"""


def _matched_words(
    voorzieningen: Sequence[Voorziening], termen: Sequence[Term], tekst: str
) -> dict[int, list[str]]:
    """Per voorziening the words behind its heaviest terms, as they stand in the text."""
    with connection.cursor() as cursor:
        cursor.execute(RAAK, [[term.query for term in termen], [v.pk for v in voorzieningen]])
        raak = cursor.fetchall()
    woorden: dict[int, list[str]] = {v.pk: [] for v in voorzieningen}
    for pk, nummer in raak:
        for bron in termen[nummer - 1].woorden:
            gezegd = _as_said(bron, tekst) or bron
            if len(woorden[pk]) < MAX_WOORDEN and not any(gezegd in ander for ander in woorden[pk]):
                woorden[pk].append(gezegd)
    return woorden


def _as_said(bron: str, tekst: str) -> str:
    """The folded words as the caller said them, to be marked in the text; '' when not to be found."""
    letters = [f"{letter}[\u0300-\u036f]*" if letter.isalnum() else r"\W+" for letter in bron]
    found = re.search(
        rf"(?<!\w){''.join(letters)}(?!\w)", unicodedata.normalize("NFKD", tekst), re.IGNORECASE
    )
    return unicodedata.normalize("NFC", found.group()) if found else ""
