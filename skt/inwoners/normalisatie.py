"""One spelling for what people write in many ways, so that the same phone or address is found again."""

import re

import phonenumbers

POSTCODE = re.compile(r"^([1-9][0-9]{3})\s*([A-Za-z]{2})$")
NATIONAAL = re.compile(r"^0[0-9]{9}$")
REGIO = "NL"


def normalise_postcode(postcode: str) -> str:
    """'2244qf' → '2244 QF'; what isn't a Dutch postcode comes back as it is, without space around it."""
    found = POSTCODE.match(postcode.strip())
    return f"{found[1]} {found[2].upper()}" if found else postcode.strip()


def normalise_telefoon(telefoon: str) -> str:
    """'+31 70 555 02 18' → '070-5550218' (mobile: '06-12345678'); abroad as +32 …; what isn't a number as it is.

    A number is known by its form, not by whether it was given out: ours in tests and demos never are.
    """
    text = telefoon.strip()
    try:
        number = phonenumbers.parse(text, REGIO)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number):
        return text
    if number.country_code != phonenumbers.country_code_for_region(REGIO):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    digits = f"0{number.national_number}"
    if not NATIONAAL.match(digits):
        return text
    return f"{digits[:2]}-{digits[2:]}" if digits.startswith("06") else f"{digits[:3]}-{digits[3:]}"


def is_telefoon(telefoon: str) -> bool:
    """Could this be called?"""
    try:
        number = phonenumbers.parse(telefoon.strip(), REGIO)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


TUSSENVOEGSELS = re.compile(
    r"^((?:van|von|de|den|der|het|'t|’t|te|ten|ter|in|op|aan|el|al|la|le|du|di|da)(?:\s+(?:de|den|der|het|'t|’t|la))?)\s+(.+)$",
    re.IGNORECASE,
)


def split_achternaam(naam: str) -> tuple[str, str]:
    """'van der Berg' → ('van der', 'Berg'): people say it whole, the list sorts on the last word."""
    found = TUSSENVOEGSELS.match(" ".join(naam.split()))
    return (found[1].lower(), found[2]) if found else ("", " ".join(naam.split()))
