"""People as the loket writes them down: new, corrected, and their BSN. They stand here because the log stands above
skt.inwoners; finding people is in skt.inwoners.queries.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from intake.services.rijen import constraints_speak
from intake.services.samenvoegen import note_doubles
from skt.inwoners.models import Bsn, Geslacht, Inwoner
from skt.inwoners.normalisatie import normalise_postcode, normalise_telefoon
from skt.inwoners.versleuteling import decrypt, encrypt
from skt.kern.errors import DomainError
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Soort
from skt.verantwoording.services import record

EDITABLE = (
    "achternaam", "geboortenaam", "voorvoegsel", "voornamen", "roepnaam", "geboortedatum", "geboortejaar", "geslacht", "postcode",
    "huisnummer", "toevoeging", "buurtcode", "telefoon", "email", "taal", "tolk_nodig", "veilig_contact",
    "veilig_contact_toelichting", "geheim_adres", "vertegenwoordiging",
)  # fmt: skip


class InwonerIncomplete(DomainError):
    """A person needs at least a surname."""


class InwonerInvalid(DomainError):
    """One of the facts about the person can't be right."""


class InwonerNotYours(DomainError):
    """The person can't be seen or changed by who acts (any more)."""


class InwonerDoesNotFit(DomainError):
    """What was typed doesn't fit the chosen person (any more), or that person is shielded."""


class ReasonMissing(DomainError):
    """A BSN is only shown with a reason that stands in the log."""


class BsnAbsent(DomainError):
    """There is no BSN to show."""


@transaction.atomic
def register_inwoner(
    *,
    actor: Medewerker,
    at: datetime,
    achternaam: str,
    voorvoegsel: str = "",
    geboortenaam: str = "",
    voornamen: str = "",
    roepnaam: str = "",
    geboortedatum: date | None = None,
    geboortejaar: int | None = None,
    geslacht: str = Geslacht.ONBEKEND,
    postcode: str = "",
    huisnummer: int | None = None,
    toevoeging: str = "",
    buurtcode: str = "",
    telefoon: str = "",
    email: str = "",
    zoek_dubbelen: bool = True,
    **more: Any,
) -> Inwoner:
    """Write down a person who wasn't known yet. Postcode and phone are stored in one spelling.

    Who looks like this person comes on the list of possible doubles; whoever writes down thousands at once leaves that
    (`zoek_dubbelen`) to zoek_dubbele_inwoners afterwards.
    Raises InwonerIncomplete without a surname, InwonerInvalid when a fact can't be right.
    """
    inwoner = Inwoner(
        achternaam=achternaam.strip(),
        voorvoegsel=voorvoegsel.strip(),
        geboortenaam=geboortenaam.strip(),
        voornamen=voornamen.strip(),
        roepnaam=roepnaam.strip(),
        geboortedatum=geboortedatum,
        geboortejaar=geboortejaar,
        geslacht=geslacht,
        postcode=normalise_postcode(postcode),
        huisnummer=huisnummer,
        toevoeging=toevoeging.strip(),
        buurtcode=buurtcode,
        telefoon=normalise_telefoon(telefoon),
        email=email.strip(),
        aangemaakt_op=at,
        aangemaakt_door=actor,
        **more,
    )
    _refuse(inwoner, timezone.localtime(at).date())
    with constraints_speak(Inwoner, InwonerInvalid):
        inwoner.save(force_insert=True)
    record(action="intake.register_inwoner", subject=inwoner, inwoner_ids=[inwoner.pk])
    if zoek_dubbelen:
        note_doubles(inwoner, at)
    return inwoner


@dataclass(frozen=True)
class Bekende:
    """Somebody known elsewhere who may not be seen, and what was typed (as for search_inwoners) that fits completely."""

    inwoner_id: int
    vraag: Mapping[str, Any]


@contextmanager
def reached(bekende: Bekende) -> Iterator[Inwoner]:
    """The person, for as long as it takes to write the melding that is about them; PostgreSQL checks the full match.

    Within a transaction: an error inside takes everything back. Raises InwonerDoesNotFit.
    """
    vraag = bekende.vraag
    postcode, telefoon = normalise_postcode(vraag["postcode"]), normalise_telefoon(vraag["telefoon"])
    facts = [vraag["naam"].strip(), vraag["geboren"], postcode, vraag["huisnummer"], telefoon]
    if not _ask("SELECT intake_koppel(%s, %s, %s, %s, %s, %s)", bekende.inwoner_id, *facts):
        raise InwonerDoesNotFit(
            "De gekozen inwoner klopt niet met wat u schreef. Kies opnieuw, of bel de coördinator."
        )
    inwoner = Inwoner.objects.get(pk=bekende.inwoner_id)
    record(action="intake.reach_inwoner", subject=inwoner, inwoner_ids=[inwoner.pk], soort=Soort.LEZEN)
    yield inwoner
    _ask("SELECT intake_koppel_los(%s)", bekende.inwoner_id)


def _ask(query: str, *params: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        (answer,) = cursor.fetchone()
    return bool(answer)


@transaction.atomic
def update_inwoner(*, inwoner: Inwoner, actor: Medewerker, at: datetime, **changes: Any) -> Inwoner:
    """Correct or complete a person; only what really differs is written and named in the log.

    Raises InwonerNotYours, InwonerIncomplete or InwonerInvalid.
    """
    row = Inwoner.objects.select_for_update().filter(pk=inwoner.pk).first()
    if row is None:
        raise InwonerNotYours("U kunt de gegevens van deze inwoner niet (meer) wijzigen.")
    if unknown := set(changes) - set(EDITABLE):
        raise ValueError(f"niet te wijzigen: {sorted(unknown)}")
    if "postcode" in changes:
        changes["postcode"] = normalise_postcode(changes["postcode"])
    if "telefoon" in changes:
        changes["telefoon"] = normalise_telefoon(changes["telefoon"])
    changed = [name for name, value in changes.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, changes[name])
    _refuse(row, timezone.localtime(at).date())
    if changed:
        with constraints_speak(Inwoner, InwonerInvalid):
            row.save(update_fields=changed)
        record(
            action="intake.update_inwoner",
            subject=row,
            inwoner_ids=[row.pk],
            gegevens={"gewijzigd": sorted(changed), "door": actor.username},
        )
        note_doubles(row, at)
    return row


@transaction.atomic
def store_bsn(*, inwoner: Inwoner, actor: Medewerker, at: datetime, bsn: str) -> Bsn:
    """Keep a BSN, encrypted; the elfproef is the form's. The log says that it was stored, never which.

    Raises InwonerNotYours when who acts may not (only a zorgregisseur may: Wabb, Wmo 2015 5.2.9).
    """
    if not actor.heeft_rol("zorgregisseur"):
        raise InwonerNotYours("Alleen een zorgregisseur mag een BSN vastleggen.")
    stored, is_new = Bsn.objects.update_or_create(
        inwoner=inwoner, defaults={"versleuteld": encrypt(bsn), "laatste_cijfers": bsn[-3:]}
    )
    record(
        action="intake.store_bsn",
        subject=inwoner,
        inwoner_ids=[inwoner.pk],
        gegevens={"nieuw": is_new, "op": at.isoformat()},
    )
    return stored


@transaction.atomic
def reveal_bsn(*, inwoner: Inwoner, actor: Medewerker, at: datetime, reden: str) -> str:
    """The nine digits, once, for a reason of at least ten characters that stands in the log.

    Raises ReasonMissing, InwonerNotYours or BsnAbsent.
    """
    if not actor.heeft_rol("zorgregisseur"):
        raise InwonerNotYours("Alleen een zorgregisseur mag een BSN bekijken.")
    if len(reden.strip()) < MIN_REDEN:
        raise ReasonMissing("Schrijf op waarom u het BSN nodig heeft (ten minste tien tekens).")
    stored = Bsn.objects.filter(inwoner=inwoner).first()
    if stored is None:
        raise BsnAbsent("Van deze inwoner is geen BSN vastgelegd.")
    record(
        action="intake.reveal_bsn",
        subject=inwoner,
        inwoner_ids=[inwoner.pk],
        soort=Soort.LEZEN,
        reden=reden.strip(),
        gegevens={"op": at.isoformat()},
    )
    return decrypt(bytes(stored.versleuteld))


MIN_REDEN = 10


def _refuse(inwoner: Inwoner, vandaag: date) -> None:
    if not inwoner.achternaam:
        raise InwonerIncomplete(
            "Vul een achternaam in. Weet u die niet, laat dan alles over de inwoner leeg."
        )
    if inwoner.geboortedatum and inwoner.geboortedatum > vandaag:
        raise InwonerInvalid("Deze geboortedatum ligt in de toekomst.")
    if inwoner.geboortejaar and inwoner.geboortejaar > vandaag.year:
        raise InwonerInvalid("Dit geboortejaar ligt in de toekomst.")
    if inwoner.geboortedatum and inwoner.geboortejaar:
        inwoner.geboortejaar = None
