"""Free text: burgerservicenummers in it, formulas, HTML, white space and damaged signs."""

import re
from collections.abc import Iterator

from intake.loketlijst.lezen import VERDACHT, VERVANGTEKEN
from intake.loketlijst.velden import parse_telefoon

MASKER = "[BSN afgeschermd]"
ZEER_LANG = 4000

_RAND = " \t\xa0\u2007\u202f\u200b\ufeff\u3000"
_DUBBEL = re.compile(rf"[{_RAND}]{{2,}}|[\t\xa0\u2007\u202f\u200b\ufeff]")
_CIJFERREEKS = re.compile(r"\d(?:[ .\-\xa0\u202f]?\d){8,}")
_GROEP = re.compile(r"\d+")
_DATUM = re.compile(r"^(?:\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})")
_BEREKENING = re.compile(r"^[+-]\s*\d+(?:[.,]\d+)?(?:\s*[-+*/^]\s*\d+(?:[.,]\d+)?)+$")
_FORMULE = re.compile(
    r"^[+-]\s*(?:[A-Za-z_][\w.]*\s*\(|\$?[A-Z]{1,3}\$?\d+\b|\(|['\[\w ]+\]?'?!|cmd\b|\"|@|=|[+-])",
    re.IGNORECASE,
)
_TAGS = (
    "a|abbr|b|blink|body|br|button|center|code|div|em|embed|font|form|frame|h[1-6]|head|hr|html|i|iframe|img|input|li|link|marquee|meta|object|ol"
    "|option|p|pre|s|script|select|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|th|title|tr|tt|u|ul|video|audio|base|applet"
)
_HTML = re.compile(
    rf"<\s*/?\s*(?:{_TAGS})(?:\s[^<>]*)?/?\s*>|<!--|<!doctype|<\s*script|javascript:|&(?:nbsp|lt|gt|amp|quot|apos|#\d+|#x[0-9a-f]+|[a-z]uml|[a-z]acute);",
    re.IGNORECASE,
)


def clean_space(text: str) -> str:
    """No white space around it, none doubled inside; line ends stay."""
    return _DUBBEL.sub(" ", text.strip(_RAND + "\n")).strip()


def has_odd_space(text: str) -> bool:
    """White space around a cell, or a tab, hard space or double space inside."""
    return text != text.strip(_RAND) or bool(_DUBBEL.search(text))


def mend_signs(text: str) -> tuple[str, bool, bool]:
    """The text without our marks; whether something was in another encoding, and whether a sign was lost."""
    controls = re.sub(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d]", VERVANGTEKEN, text)
    return controls.replace(VERDACHT, ""), VERDACHT in text, VERVANGTEKEN in controls


def is_formule(text: str, *, is_telefoon: bool = False) -> bool:
    """Would a spreadsheet run this? A telephone number with a + is no formula, a dash alone isn't either."""
    text = text.lstrip(_RAND + "\n\r'")
    if text.startswith(("=", "@", "＝", "＠")):
        return len(text) > 1
    if not text.startswith(("+", "-")):
        return False
    if is_telefoon or parse_telefoon(text).waarde:
        return False
    return bool(_FORMULE.match(text) or _BEREKENING.match(text))


def has_html(text: str) -> bool:
    """HTML, a script, or an entity that came from a mail."""
    return bool(_HTML.search(text))


def elfproef(digits: str) -> bool:
    """Nine figures that could be a BSN (Besluit BSN: the weights 9 to 2 and -1, divisible by eleven)."""
    if len(digits) != 9 or not digits.isdigit() or digits == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def mask_bsn(text: str) -> tuple[str, int]:
    """The text with each burgerservicenummer masked, and how many there were."""
    spans = list(_bsn_spans(text))
    for begin, end in reversed(spans):
        text = f"{text[:begin]}{MASKER}{text[end:]}"
    return text, len(spans)


def _bsn_spans(text: str) -> Iterator[tuple[int, int]]:
    """Nine figures on their own, or in groups with points, spaces or dashes; not inside a longer number or a phone."""
    for run in _CIJFERREEKS.finditer(text):
        groups = [(run.start() + g.start(), run.start() + g.end()) for g in _GROEP.finditer(run[0])]
        if len(groups) > 1 and (
            parse_telefoon(run[0]).waarde.startswith("0") and re.sub(r"\D", "", run[0])[0] in "0+3"
        ):
            continue
        at = 0
        while at < len(groups):
            stop = _group_end(text, groups, at)
            if stop:
                yield groups[at][0], groups[stop - 1][1]
            at = stop or at + 1


def _group_end(text: str, groups: list[tuple[int, int]], at: int) -> int:
    digits = ""
    for stop in range(at, len(groups)):
        digits += text[groups[stop][0] : groups[stop][1]]
        if len(digits) > 9:
            return 0
        if len(digits) == 9:
            whole = text[groups[at][0] : groups[stop][1]]
            return stop + 1 if elfproef(digits) and not _DATUM.match(whole) else 0
    return 0
