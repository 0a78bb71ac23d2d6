"""A name as people write it, taken apart: titles, initials, tussenvoegsels, married and maiden names. Pure functions."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from skt.inwoners import roepnamen

TUSSENVOEGSELS = frozenset(
    {
        "van", "von", "de", "den", "der", "des", "het", "'t", "t", "te", "ten", "ter", "in", "op", "aan",
        "el", "al", "la", "le", "les", "du", "di", "da", "do", "dos", "del", "della", "bij", "onder",
        "over", "voor", "uit", "tot",
    }
)  # fmt: skip
AFKORTINGEN = {
    "v": ("van",),
    "vd": ("van", "de"),
    "vdn": ("van", "den"),
    "vdr": ("van", "der"),
    "vden": ("van", "den"),
    "vder": ("van", "der"),
    "v/d": ("van", "de"),
    "vh": ("van", "het"),
    "vt": ("van", "t"),
    "vande": ("van", "de"),
    "vanden": ("van", "den"),
    "vander": ("van", "der"),
    "ad": ("aan", "de"),
    "a/d": ("aan", "de"),
    "vl": ("van",),
}
TITELS = frozenset(
    {
        "dhr", "mw", "mevr", "mevrouw", "meneer", "hr", "heer", "mr", "mrs", "fam", "familie", "dr", "drs",
        "ir", "ing", "prof", "ds", "zr", "br", "mej", "kind", "dochter", "zoon",
    }
)  # fmt: skip
GEHUWD = re.compile(
    r"\s*(?:-|–|/|\be\.?/?v\.?(?=\s)|\bgeb\.?(?=\s)|\bgeboren(?=\s)|\bechtg\.?(?:\s+van)?(?=\s))\s*"
)
VOORLETTERS = re.compile(r"^(?:[^\W\d_]{1,2}\.){1,6}[^\W\d_]?$|^[^\W\d_]\.?$")

_KLANKEN = (
    ("ij", "y"), ("ey", "y"), ("ei", "y"), ("ae", "aa"), ("ck", "k"), ("cq", "k"), ("ph", "f"), ("th", "t"), ("gh", "g"),
    ("sch", "sg"), ("ch", "g"), ("oe", "u"), ("ou", "au"), ("x", "ks"), ("c", "k"), ("q", "k"), ("z", "s"), ("v", "f"), ("dt", "t"),
)  # fmt: skip


BIJZONDER = str.maketrans("øłđı’‘`", "oldi'''") | {ord("ß"): "ss", ord("æ"): "ae"}


def fold(text: str) -> str:
    """'Lefèvre' → 'lefevre': lower case, no accents, one space."""
    if text.isascii():
        return " ".join(text.lower().split())
    special = text.lower().translate(BIJZONDER)
    return " ".join(
        "".join(c for c in unicodedata.normalize("NFKD", special) if not unicodedata.combining(c)).split()
    )


def _families() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(roepnamen.FAMILIES.strip().splitlines()):
        for name in names.split():
            found.setdefault(fold(name), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


FAMILIES = _families()


@dataclass(frozen=True)
class Naam:
    """Folded: `voornamen` (names or single letters), and per surname its (voorvoegsel, achternaam).

    The first surname is the one that was written first: in 'Jansen-de Vries' that of the partner.
    """

    voornamen: tuple[str, ...] = ()
    achternamen: tuple[tuple[str, str], ...] = ()

    @property
    def heeft_voorletters(self) -> bool:
        return bool(self.voornamen) and all(len(naam) == 1 for naam in self.voornamen)


@dataclass(frozen=True)
class Naamdelen:
    """As written, for the fields of a form: nothing folded."""

    voornaam: str = ""
    voorvoegsel: str = ""
    achternaam: str = ""


@lru_cache(maxsize=50_000)
def parse_naam(naam: str) -> Naam:
    """'Meij, Johan van der', 'J. v.d. Meij' and 'dhr. JOHAN VAN DER MEIJ' all give van der Meij."""
    delen = split_naam(naam)
    return make_naam(delen.voornaam, delen.voorvoegsel, delen.achternaam)


@lru_cache(maxsize=50_000)
def make_naam(voornaam: str, voorvoegsel: str, achternaam: str) -> Naam:
    """From the fields of a form. A voornaam may hold several names, letters, or a roepnaam in brackets."""
    given: list[str] = []
    for word in re.split(r"[\s()\",]+", voornaam):
        folded = fold(word)
        if not folded:
            continue
        if VOORLETTERS.match(word):
            given += re.findall(r"[^\W\d_]", folded)
        else:
            given.append(re.sub(r"[^a-z]", "", folded) or folded)
    surnames: list[tuple[str, str]] = []
    for number, piece in enumerate(part for part in GEHUWD.split(fold(achternaam)) if part):
        prefix, rest = _split_prefix(piece.split())
        if number == 0 and voorvoegsel:
            prefix = [*_expand(fold(voorvoegsel).split()), *prefix]
        surnames.append((" ".join(prefix), re.sub(r"[^\w ]", "", " ".join(rest))))
    return Naam(tuple(given), tuple(surnames))


def split_naam(naam: str) -> Naamdelen:
    """A name written in one go, in the three fields of an inwoner. One word is a surname."""
    text = " ".join(naam.replace("’", "'").split()).strip(" ,;")
    text = re.sub(r"\s+[-–]\s*|\s*[-–]\s+", "-", text)
    text = re.sub(r"\([^)]*\)$", "", text).replace("(", " ").replace(")", " ")
    if "," in text:
        achter, _, rest = (part.strip() for part in text.partition(","))
        words = _without_titles(rest.replace(",", " ").split())
        cut = next((i for i, word in enumerate(words) if _is_prefix(word)), len(words))
        prefix, given = words[cut:], words[:cut]
        if prefix and not all(_is_prefix(word) for word in prefix):  # 'Berg, van den J.'
            stop = next(i for i, word in enumerate(prefix) if not _is_prefix(word))
            given, prefix = [*given, *prefix[stop:]], prefix[:stop]
        own, surname = _split_prefix_raw(achter.split())
        return Naamdelen(" ".join(given), " ".join([*prefix, *own]).lower(), " ".join(surname))
    words = _without_titles(text.split())
    if len(words) < 2:
        return Naamdelen("", "", " ".join(words))
    cut = next((i for i, word in enumerate(words) if _is_prefix(word) and i + 1 < len(words)), 0)
    if cut == 0 and not _is_prefix(words[0]):
        cut = 1
        while cut < len(words) - 1 and _is_initial(words[cut], words):
            cut += 1
    prefix, surname = _split_prefix_raw(words[cut:])
    if cut == 0 and _is_prefix(words[0]):
        return Naamdelen("", " ".join(prefix).lower(), " ".join(surname))
    given = [_dotted(word, words) for word in words[:cut]]
    return Naamdelen(" ".join(given), " ".join(prefix).lower(), " ".join(surname))


def _dotted(word: str, words: list[str]) -> str:
    """'JP' beside a name in small letters is J.P."""
    is_letters = _is_initial(word, words) and "." not in word and len(word) > 1
    return "".join(f"{letter}." for letter in word) if is_letters else word


def _is_prefix(word: str) -> bool:
    bare = fold(word).replace(".", "")
    if len(bare) == 1:  # 'v.' is van; a lone 'V.' before a name is a letter
        return word in ("v", "v.", "'t", "t") or bare == "'t"
    return bare in TUSSENVOEGSELS or bare in AFKORTINGEN


def _is_initial(word: str, words: list[str]) -> bool:
    if VOORLETTERS.match(word):
        return True
    mixed = any(letter.islower() for other in words for letter in other)
    return mixed and 2 <= len(word) <= 3 and word.isalpha() and word.isupper()


def _without_titles(words: list[str]) -> list[str]:
    while len(words) > 1 and (
        fold(words[0]).strip(".") in TITELS or fold(words[0]) in ("dhr./mw.", "mw./dhr.")
    ):
        words = words[1:]
    if len(words) > 2 and fold(words[0]) == "de" and fold(words[1]) == "heer":
        words = words[2:]
    return words


def _split_prefix_raw(words: list[str]) -> tuple[list[str], list[str]]:
    cut = 0
    while cut < len(words) - 1 and _is_prefix(words[cut]):
        cut += 1
    return words[:cut], words[cut:]


def _split_prefix(words: list[str]) -> tuple[list[str], list[str]]:
    prefix, rest = _split_prefix_raw(words)
    return _expand(prefix), rest


def _expand(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        bare = word.replace(".", "")
        found.extend(AFKORTINGEN.get(bare, (bare.strip("'"),)))
    return found


@lru_cache(maxsize=50_000)
def klank(text: str) -> str:
    """What it sounds like: 'duijn' and 'duyn', 'schaap' and 'schaep' the same."""
    for written, heard in _KLANKEN:
        text = text.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", text))


def distance(a: str, b: str, limit: int = 2) -> int:
    """Edits between two words, a swap of neighbours counting once; more than `limit` gives limit + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row, last = row, [i, *([0] * len(b))], before
        for j, y in enumerate(b, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return row[-1]
