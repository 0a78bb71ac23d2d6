"""Wat de zoekbalk in het voorportaal vindt: een nummer, een naam, een geboortedatum, een telefoonnummer of een postcode."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from intake.forms.velden import GeborenField
from intake.models import Melding
from intake.rijen import naam_van
from skt.autorisatie.rules import may, permitted
from skt.inwoners.models import Inwoner
from skt.inwoners.normalisatie import is_telefoon, normalise_telefoon, split_achternaam
from skt.inwoners.queries import Gevonden, search_inwoners
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import Gelezen, record_read
from skt.web.datums import age
from skt.web.zoeken import Vondst

MELDINGNUMMER = re.compile(r"^[0-9]{4}-[0-9]{1,8}$")
KENMERK = re.compile(r"^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", re.IGNORECASE)
"""What the sender of a public form was given."""
ADRES = re.compile(r"^([1-9][0-9]{3}\s*[A-Za-z]{2})(?:\s+([0-9]{1,5}))?$")
MIN_LETTERS = 2
MAX_MELDINGEN = 10
MIN_CIJFERS = 9


def find_inwoners_en_meldingen(user: Medewerker, vraag: str) -> list[Vondst]:
    """Only for who works with dossiers. Of people who may not be seen: that they are known, and whom to call."""
    if not may(user, "inwoners.search_inwoner"):
        return []
    text = vraag.replace("\x00", "").strip()
    if MELDINGNUMMER.match(text):
        return _meldingen(user, Q(nummer__startswith=text))
    if KENMERK.match(text):
        return _meldingen(user, Q(opgave__kenmerk=text.upper()))
    asked = read_question(text)
    if not any(asked.values()):
        return []
    found = search_inwoners(**asked)
    record_read(
        action="intake.search_inwoner",
        rows=[Gelezen("inwoner", one.inwoner_id, one.inwoner_id) for one in found],
    )
    return [_vondst(one) for one in found]


def read_question(text: str) -> dict[str, Any]:
    """What somebody typed, as a question about people."""
    asked: dict[str, Any] = {
        "naam": "",
        "geboren": None,
        "postcode": "",
        "huisnummer": None,
        "telefoon": "",
    }
    if adres := ADRES.match(text):
        asked["postcode"], asked["huisnummer"] = adres[1], int(adres[2]) if adres[2] else None
    elif geboren := _dag(text):
        asked["geboren"] = geboren
    elif len(re.sub(r"[^0-9]", "", text)) >= MIN_CIJFERS and is_telefoon(text):
        asked["telefoon"] = normalise_telefoon(text)
    elif len(text) >= MIN_LETTERS and not text.isdigit():
        words = text.split()
        # ‘Annie Verhage 08-03-1942’: the surname is what is left after the day of birth, the last word of it.
        dag = _dag(words[-1]) if len(words) > 1 else None
        name = words[:-1] if dag else words
        asked["geboren"] = dag
        asked["voornaam"], asked["naam"] = _naam(name)
    return asked


def _naam(words: list[str]) -> tuple[str, str]:
    """‘Annie van den Berg’: what stands before the surname and its voorvoegsel is a first name."""
    achternaam = split_achternaam(" ".join(words))[1].split()
    before = [word for word in words[:-1] if len(achternaam) > 1 and word[:1].isupper()]
    return " ".join(before), achternaam[-1]


def _dag(text: str) -> date | None:
    try:
        return GeborenField(required=False).clean(text)[0]
    except ValidationError:
        return None


def _meldingen(user: Medewerker, welke: Q) -> list[Vondst]:
    visible = permitted(user, "intake.view_melding", Melding.objects.filter(welke))
    found = list(visible.select_related("inwoner", "contactmoment").order_by("nummer")[:MAX_MELDINGEN])
    record_read(action="intake.search_melding", rows=[Gelezen("melding", m.pk, m.inwoner_id) for m in found])
    return [
        Vondst(
            "Melding",
            f"{melding.nummer} {naam_van(melding)}",
            f"{melding.get_status_display()}. {melding.hulpvraag[:120]}",
            reverse("intake:melding_detail", kwargs={"nummer": melding.nummer}),
        )
        for melding in found
    ]


def _vondst(found: Gevonden) -> Vondst:
    inwoner: Inwoner | None = found.inwoner
    if inwoner is None:
        bij = ", ".join(organisatie.naam for organisatie in found.organisaties) or "een ander team"
        telefoon = next((o.telefoon_coordinator for o in found.organisaties if o.telefoon_coordinator), "")
        bel = f"Bel de coördinator: {telefoon}." if telefoon else "Vraag uw teamcoördinator."
        return Vondst("Inwoner", f"Bekend bij {bij}", bel)
    adres = (
        "Geheim adres" if inwoner.geheim_adres else f"{inwoner.postcode} {inwoner.huisnummer or ''}".strip()
    )
    facts = [age(inwoner.geboortedatum or inwoner.geboortejaar), adres]
    return Vondst(
        "Inwoner",
        inwoner.naam,
        ", ".join(filter(None, facts)),
        reverse("intake:inwoner_detail", kwargs={"uuid": inwoner.uuid}),
    )
