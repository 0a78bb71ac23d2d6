"""Which organisation is meant: the ones everybody at the loket knew, however they were written."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from intake.loketlijst.velden import is_leegmarkering
from skt.inwoners.namen import distance, fold

BEKEND: dict[str, tuple[str, ...]] = {
    "Kwadraad": ("kwadraad maatschappelijk werk", "algemeen maatschappelijk werk", "maatschappelijk werk", "amw"),
    "SMOW": (
        "stichting maatschappelijke ondersteuning wassenaar", "maatschappelijke ondersteuning wassenaar",
        "ouderenwerk smow",
    ),
    "MEE": (
        "mee zuid holland noord", "mee zhn", "stichting mee", "mee zhn clientondersteuning",
        "mee clientondersteuning",
    ),
    "SAD": ("schooladviesdienst", "school advies dienst", "schooladviesdienst wassenaar"),
    "SJJW": (
        "stichting jeugd en jongerenwerk wassenaar", "stichting jeugd en jongerenwerk",
        "jeugd en jongerenwerk", "jongerenwerk",
    ),
    "JGZ": ("jeugdgezondheidszorg", "jeugd gezondheidszorg", "consultatiebureau", "jgz zhw", "cjg"),
    "Stichting JIT": (
        "jit", "stg jit", "st jit", "jongeren interventie team", "jeugd interventie team",
        "jeugdinterventieteam", "stichting j.i.t.",
    ),
    "Veilig Thuis": ("veilig thuis haaglanden", "vt", "vth", "amhk", "steunpunt huiselijk geweld"),
    "GGD Meldpunt Bezorgd": (
        "meldpunt bezorgd", "ggd", "ggd haaglanden", "meldpunt bezorgd ggd", "ggd meldpunt",
        "meldpunt bezorgd haaglanden",
    ),
    "huisarts": ("ha", "huisartsenpraktijk", "huisarts praktijk", "eigen huisarts", "de huisarts", "poh"),
    "woningcorporatie": (
        "woningbouw", "woningbouwvereniging", "woningstichting", "wooncorporatie", "corporatie",
        "woningbouwcorporatie", "woningbouw vereniging",
    ),
    "gemeente": (
        "gemeente wassenaar", "gem wassenaar", "gem", "gemeentehuis", "klantcontactcentrum", "kcc",
        "gem. wassenaar",
    ),
    "Wmo-consulent gemeente": (
        "wmo", "wmo consulent", "wmo loket", "consulent wmo", "gemeente wmo", "wmo gemeente", "wmo consulent wassenaar", "wmo afdeling",
        "wmo cons gemeente", "gemeente wmo consulent", "consulent wmo gemeente",
    ),
    "Jeugdconsulent gemeente": (
        "jeugdconsulent", "consulent jeugd", "jeugd consulent gemeente", "jeugdwet gemeente",
        "gemeente jeugdconsulent", "jeugdteam gemeente",
    ),
    "Schuldhulpverlening gemeente": (
        "schuldhulpverlening", "schuldhulp", "shv", "schuldhulp gemeente", "gemeente schuldhulpverlening",
        "schulphulpverlening",
    ),
    "Gemeente Werk en Inkomen": (
        "werk en inkomen", "w&i", "w en i", "wenii", "gemeente w&i", "sociale dienst", "werk & inkomen",
        "gemeente werk & inkomen", "participatie gemeente",
    ),
    "Taalhuis": ("taal huis", "het taalhuis", "taalhuis wassenaar", "bibliotheek taalhuis"),
}  # fmt: skip
PLAATSEN = frozenset(
    {
        "wassenaar",
        "zhn",
        "zuid",
        "holland",
        "noord",
        "haaglanden",
        "eo",
        "stichting",
        "stg",
        "st",
        "afd",
        "afdeling",
        "team",
        "nederland",
        "regio",
        "de",
        "het",
        "via",
        "bij",
        "nl",
    }
)
VAAK = 8
"""A name that stands this often in a file is one of the file's own (or in half a per cent of a long one)."""


@dataclass(frozen=True)
class Organisatie:
    """`waarde` as we know it, '' when there is none or nobody knows it."""

    waarde: str = ""
    alias: bool = False
    onbekend: bool = False


@dataclass(frozen=True)
class Organisatielijst:
    """The organisations known in one file: ours, and those the file itself uses all the time."""

    eigen: frozenset[str] = frozenset()
    schrijfwijze: dict[str, str] = field(default_factory=dict)
    """Ours → as this file usually writes it."""

    def match(self, text: str) -> Organisatie:
        """Which organisation a cell means. 'nvt' means none, and that is nothing odd."""
        if not text or is_leegmarkering(text):
            return Organisatie()
        if text in self.eigen or (text in BEKEND and text not in self.schrijfwijze):
            return Organisatie(text)
        found = resolve(text) or next((naam for naam in self.eigen if key(naam) == key(text)), "")
        if not found:
            return Organisatie(onbekend=True)
        waarde = self.schrijfwijze.get(found, found)
        return Organisatie(waarde, alias=waarde != text)


def make_lijst(cellen: Iterable[str], rijen: int) -> Organisatielijst:
    """From all cells with an organisation in a file of so many rows."""
    counted = Counter(cel for cel in cellen if cel and not is_leegmarkering(cel))
    often = max(VAAK, rijen // 200)
    eigen = {cel for cel, times in counted.items() if times >= often and len(cel) <= 60}
    schrijfwijze: dict[str, str] = {}
    for cel in sorted(eigen, key=lambda one: -counted[one]):
        ours = resolve(cel)
        if ours and ours not in schrijfwijze and counted[ours] < often:
            schrijfwijze[ours] = cel
    return Organisatielijst(frozenset(eigen), schrijfwijze)


def key(text: str) -> str:
    """'S.M.O.W.' → 'smow'."""
    return re.sub(r"[^a-z0-9&]", "", fold(text))


def _aliases() -> dict[str, str]:
    found: dict[str, str] = {}
    for naam, andere in BEKEND.items():
        for one in (naam, *andere):
            found.setdefault(key(one), naam)
    return found


ALIASSEN = _aliases()


def resolve(text: str) -> str:
    """One of BEKEND, or ''. Also with a place or 'stichting' beside it, and with a slip of the pen, or cut short (‘kwadr.’)."""
    whole = key(text)
    if whole in ALIASSEN:
        return ALIASSEN[whole]
    words = [re.sub(r"[^a-z0-9&]", "", word) for word in re.split(r"[\s/,()\-]+", fold(text))]
    rest = [word for word in words if word and word not in PLAATSEN]
    core = "".join(rest)
    if core in ALIASSEN:
        return ALIASSEN[core]
    if text.rstrip().endswith(".") and len(core) >= 4:
        short = {naam for known, naam in ALIASSEN.items() if known.startswith(core)}
        if len(short) == 1:
            return short.pop()
    for known in sorted(ALIASSEN, key=len, reverse=True):
        limit = 0 if len(known) < 4 else 1 if len(known) < 8 else 2
        if limit and any(len(one) >= 4 and distance(one, known, limit) <= limit for one in (whole, core)):
            return ALIASSEN[known]
    strong = {ALIASSEN[word] for word in rest if len(word) >= 6 and word in ALIASSEN and word != "gemeente"}
    return strong.pop() if len(strong) == 1 else ""
