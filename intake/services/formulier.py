"""What comes in by the public form. Who sends it isn't logged in, so nobody acts: PostgreSQL takes it in by one function.

That function (intake_ontvang_formulier) only adds: no inwoner is looked up, and the answer is one word. See decision 11.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, models, transaction
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from intake.models import Aard, Opgave
from intake.services.rijen import werkdagen_after
from skt.kern.tasks import enqueue_if_possible
from skt.verantwoording.services import record

SPOED_WERKDAGEN = 1
KROCKFORD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Base32 in letters and digits that are not mistaken for each other when read out (no I, L, O and U)."""
STAPPEN = {
    Opgave.Contactwijze.BELLEN: "Bellen (digitaal formulier)",
    Opgave.Contactwijze.MAILEN: "E-mailen (digitaal formulier)",
    Opgave.Contactwijze.NIET: "Voorbereiden: de melder belt zelf (digitaal formulier)",
}
LEEG = {
    "naam": "", "telefoon": "", "vanuit": "", "waarom_niet": "", "weet_ervan": None, "spoed": False, "functie": "",
    "organisatie": "", "email": "", "relatie": "", "contactwijze": Opgave.Contactwijze.BELLEN, "over_voornaam": "",
    "over_achternaam": "", "over_geboren": "", "over_postcode": "", "over_huisnummer": "", "over_telefoon": "", "veilig": "ja",
    "veilig_toelichting": "", "spoed_reden": "", "al_gedaan": "", "bevestiging_gevraagd": False, "aard": Aard.HULPVRAAG,
}  # fmt: skip


class Uitkomst(models.TextChoices):
    """The one word that PostgreSQL answers."""

    NIEUW = "nieuw", "Nieuw"
    ZELFDE = "zelfde", "Al ontvangen"
    ANDERS = "anders", "Deze sleutel is al voor iets anders gebruikt"


@dataclass(frozen=True)
class Ontvangst:
    uitkomst: Uitkomst
    kenmerk: str
    uiterlijk: datetime


def kenmerk_of(sleutel: UUID) -> str:
    """What the sender may quote: 60 bits that follow from the key of the form by our own secret, ‘4F7K-0Q2M-9XHB’."""
    digest = salted_hmac("intake.kenmerk", sleutel.hex, algorithm="sha256").digest()
    text = base64.b32encode(digest).decode()[:12].translate(KROCKFORD)
    return "-".join((text[:4], text[4:8], text[8:]))


def promised_at(at: datetime, *, spoed: bool) -> datetime:
    """By when the loket answers: 17:00 on the second werkdag, or on the next one when it can't wait [own choice]."""
    return werkdagen_after(at, SPOED_WERKDAGEN if spoed else settings.SKT_REACTIE_WERKDAGEN)


@transaction.atomic
def receive_formulier(*, sleutel: UUID, at: datetime, bron: str, inhoud: Mapping[str, Any]) -> Ontvangst:
    """Keep what was sent, once per `sleutel`: an open melding of the voorportaal with its receipt confirmed.

    `inhoud`: hulpvraag and melder_soort, and what of LEEG was filled in; the form has checked the lengths. ZELFDE when it
    was sent before, ANDERS when this key was used for another text: then nothing is kept, and the sender must choose.
    """
    facts = {**LEEG, **inhoud, "bron": str(bron)}
    facts["volgende_stap"] = STAPPEN[Opgave.Contactwijze(facts["contactwijze"])]
    facts["vingerafdruk"] = sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    facts["kenmerk"] = kenmerk_of(sleutel)
    uiterlijk = promised_at(at, spoed=bool(facts["spoed"]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT intake_ontvang_formulier(%s, %s, %s, %s::jsonb)",
            [str(sleutel), at, uiterlijk, json.dumps(facts)],
        )
        (answer,) = cursor.fetchone()
    if answer == Uitkomst.NIEUW and facts["bevestiging_gevraagd"]:
        enqueue_if_possible("intake.send_ontvangstbevestiging", kenmerk=facts["kenmerk"])
    return Ontvangst(Uitkomst(answer), facts["kenmerk"], uiterlijk)


@transaction.atomic
def send_ontvangstbevestiging(*, kenmerk: str, at: datetime) -> bool:
    """Mail the receipt once, without anything personal in it; False when that was done, or is being done.

    At least once: a crash between the mail server's answer and the commit mails again.
    """
    opgave = (
        Opgave.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(kenmerk=kenmerk, bevestiging_gevraagd=True, bevestigd_op=None)
        .select_related("melding")
        .first()
    )
    if opgave is None:
        return False
    context = {
        "kenmerk": kenmerk,
        "uiterlijk": promised_at(opgave.gegeven_op, spoed=bool(opgave.spoed_reden)),
        "belt_zelf": opgave.contactwijze == Opgave.Contactwijze.NIET,
        "gemeente": settings.SKT_GEMEENTE,
        "telefoon": settings.SKT_LOKET_TELEFOON,
        "uren": settings.SKT_LOKET_UREN,
    }
    EmailMessage(
        subject=f"Uw bericht aan de gemeente {settings.SKT_GEMEENTE}",
        body=render_to_string("intake/openbaar/ontvangst.txt", context),
        to=[opgave.email],
        # No answer of a machine goes back and forth.
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    opgave.bevestigd_op = at
    opgave.save(update_fields=["bevestigd_op"])
    record(action="intake.send_ontvangstbevestiging", subject=opgave.melding, gegevens={"kenmerk": kenmerk})
    return True


def unconfirmed_kenmerken(limit: int = 100) -> list[str]:
    """Forms whose receipt was to be mailed and wasn't yet, oldest first."""
    waiting = Opgave.objects.filter(bevestiging_gevraagd=True, bevestigd_op=None).order_by("gegeven_op", "pk")
    return [str(kenmerk) for kenmerk in waiting.values_list("kenmerk", flat=True)[:limit]]
