"""The contact, its melding, and what is written down with it."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.methodekeuze import methode_for
from intake.models import (
    Aanvulling,
    Aard,
    Antwoord,
    Contactmoment,
    Meegegeven,
    Melding,
    MeldingTermijn,
    Uitvraag,
    Uitvraagmethode,
)
from intake.services.inwoners import Bekende, reached
from intake.services.rijen import (
    MeldingNotYours,
    TermijnUnknown,
    constraints_speak,
    lock_melding,
    lock_termijn,
    loket_organisatie,
    save_melding,
    werkdagen_after,
)
from skt.inwoners.models import Inwoner
from skt.inwoners.normalisatie import normalise_telefoon
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.kern.keuzelijsten import Leefgebied
from skt.kern.nummering import next_nummer
from skt.medewerkers.models import Medewerker, Moederorganisatie
from skt.termijnen.models import Eenheid, Termijnsoort
from skt.verantwoording.services import record
from socialekaart.models import Voorziening

EERSTE_STAP = "Afhandelen"
TEKSTVELDEN = ("toelichting", "eigen_kracht", "netwerk", "lopende_hulp", "wens")
BEGINT_BIJ_MELDING = {"melding", "melding Wvggz", "hulpvraag bij schulden"}


class ContactInvalid(DomainError):
    """The contact can't have been like this."""


class ContactOfAnother(DomainError):
    """This contact was registered by somebody else."""


class MeldingInvalid(DomainError):
    """The melding can't be kept like this."""


class LeefgebiedUnknown(DomainError):
    """An answer about something that isn't one of the eight leefgebieden."""


class ScoreFixed(DomainError):
    """The score was given on an earlier day: it stays, and what is so now is a new meting."""

    def __init__(self, leefgebied: str, score: int, op: datetime) -> None:
        dag = timezone.localtime(op)
        super().__init__(
            f"De score {score} is van {dag.day}-{dag.month}-{dag.year} en blijft staan. Is het nu anders? Doe een nieuwe meting."
        )
        self.veld = f"score_{leefgebied}"


class AanvullingEmpty(DomainError):
    """Nothing was written."""


class TermijnRunsAlready(DomainError):
    """This term was started before with this melding."""


class VoorzieningUnavailable(DomainError):
    """The voorziening stopped, or isn't there now."""


class InwonerKnownAlready(DomainError):
    """The melding already is about somebody."""


@transaction.atomic
def register_contact(
    *,
    actor: Medewerker,
    at: datetime,
    sleutel: UUID,
    kanaal: str,
    melder_soort: str,
    melder_naam: str = "",
    melder_telefoon: str = "",
    doorverbonden_vanuit: Moederorganisatie | None = None,
    begonnen_op: datetime | None = None,
    beeindigd_op: datetime | None = None,
    samenvatting: str = "",
) -> Contactmoment:
    """One call, visit or letter. The same `sleutel` twice gives the same one row.

    Raises NotAtLoket, ContactInvalid (with the constraint's sentence) or ContactOfAnother.
    """
    organisatie = loket_organisatie(actor)
    facts = {
        "kanaal": kanaal,
        "melder_soort": melder_soort,
        "melder_naam": melder_naam.strip(),
        "melder_telefoon": normalise_telefoon(melder_telefoon),
        "doorverbonden_vanuit": doorverbonden_vanuit,
        "begonnen_op": begonnen_op or at,
        "beeindigd_op": beeindigd_op,
        "medewerker": actor,
        "organisatie": organisatie,
        "samenvatting": samenvatting.strip(),
    }
    with constraints_speak(Contactmoment, ContactInvalid):
        contactmoment, is_new = Contactmoment.objects.get_or_create(sleutel=sleutel, defaults=facts)
    if contactmoment.medewerker_id != actor.pk:
        raise ContactOfAnother("Dit gesprek is al door een collega geregistreerd.")
    if is_new:
        record(action="intake.register_contact", subject=contactmoment)
    return contactmoment


@transaction.atomic
def register_melding(
    *,
    contactmoment: Contactmoment,
    actor: Medewerker,
    at: datetime,
    hulpvraag: str,
    aard: str = Aard.HULPVRAAG,
    themas: Iterable[str] = (),
    spoor: str = "",
    meervoudigheid: str = "",
    inwoner: Inwoner | None = None,
    inwoner_weet_ervan: bool | None = None,
    waarom_niet: str = "",
    spoed: bool = False,
) -> Melding:
    """One help question of the contact; open, and of who wrote it down, until it is handled.

    `inwoner` may be None (anonymous, or not known yet). Raises NotAtLoket or MeldingInvalid.
    """
    organisatie = loket_organisatie(actor)
    melding = Melding(
        nummer=next_nummer("melding", at),
        contactmoment=contactmoment,
        inwoner=inwoner,
        organisatie=organisatie,
        eigen_organisaties=[organisatie.pk],
        hulpvraag=hulpvraag.strip(),
        aard=aard,
        themas=list(dict.fromkeys(themas)),
        spoor=spoor or "",
        meervoudigheid=meervoudigheid or "",
        inwoner_weet_ervan=inwoner_weet_ervan,
        waarom_niet=waarom_niet.strip() if inwoner_weet_ervan is False else "",
        spoed=spoed,
        verantwoordelijke=actor,
        volgende_stap=EERSTE_STAP,
        uiterlijk=werkdagen_after(at, 1),
        ontvangen_op=at,
    )
    with constraints_speak(Melding, MeldingInvalid):
        melding.save(force_insert=True)
    record(action="intake.register_melding", subject=melding, inwoner_ids=melding.inwoner_ids)
    check_keten()
    return melding


@transaction.atomic
def link_inwoner(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    inwoner: Inwoner | Bekende,
    versie: int | None = None,
) -> Melding:
    """An anonymous melding turns out to be about somebody (domein 3), seen or known elsewhere.

    Raises InwonerKnownAlready, InwonerDoesNotFit, or as lock_melding.
    """
    row = lock_melding(melding, versie=versie)
    if row.inwoner_id:
        raise InwonerKnownAlready("Bij deze melding staat al over wie het gaat.")
    with reached(inwoner) if isinstance(inwoner, Bekende) else nullcontext(inwoner) as over_wie:
        row.inwoner = over_wie
        save_melding(row, "inwoner")
    record(
        action="intake.link_inwoner",
        subject=row,
        inwoner_ids=row.inwoner_ids,
        gegevens={"door": actor.username, "op": at.isoformat()},
    )
    return row


@transaction.atomic
def record_uitvraag(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    antwoorden: Mapping[str, Mapping[str, Any]],
    versie: int | None = None,
    methode: Uitvraagmethode | None = None,
) -> Uitvraag:
    """What was said about each leefgebied. Again later: what is given now replaces it, other leefgebieden stay.

    `antwoorden`: leefgebied → score (1-5 or None), toelichting, eigen_kracht, netwerk, lopende_hulp, wens. An
    answer with nothing in it isn't kept. The first time fixes the version of the method: `methode` (that was on the
    page), or the one that `actor` uses now. A score of an earlier day stays: then it is time for a new meting.
    Raises LeefgebiedUnknown, MeldingInvalid, ScoreFixed, or as lock_melding.
    """
    row = lock_melding(melding, versie=versie)
    if unknown := set(antwoorden) - set(Leefgebied.values):
        raise LeefgebiedUnknown(f"Er is geen leefgebied ‘{min(unknown)}’.")
    first: dict[str, Any] = {
        "methode": methode or (lambda: methode_for(actor.pk, at).methode),
        "medewerker": actor,
        "afgenomen_op": at,
    }
    uitvraag, _ = Uitvraag.objects.get_or_create(melding=row, defaults=first)
    kept = {antwoord.leefgebied: antwoord for antwoord in uitvraag.antwoorden.select_for_update()}
    changed: list[str] = []
    new: list[Antwoord] = []
    with constraints_speak(Antwoord, MeldingInvalid):
        for leefgebied, facts in antwoorden.items():
            antwoord = kept.get(leefgebied) or Antwoord(uitvraag=uitvraag, leefgebied=leefgebied)
            before = _content(antwoord)
            antwoord.score = facts.get("score")
            for name in TEKSTVELDEN:
                setattr(antwoord, name, str(facts.get(name) or "").strip())
            now = _content(antwoord)
            if now == before or (antwoord.pk is None and not any(now)):
                continue
            if before[0] and now[0] != before[0] and not _same_day(uitvraag.afgenomen_op, at):
                raise ScoreFixed(leefgebied, before[0], uitvraag.afgenomen_op)
            if antwoord.pk is None:
                new.append(antwoord)
            else:
                antwoord.save()
            changed.append(leefgebied)
        Antwoord.objects.bulk_create(new)
    if changed:
        save_melding(row)
        record(
            action="intake.record_uitvraag",
            subject=row,
            inwoner_ids=row.inwoner_ids,
            gegevens={"leefgebieden": changed, "door": actor.username},
        )
    return uitvraag


@transaction.atomic
def append_aanvulling(*, melding: Melding, actor: Medewerker, at: datetime, tekst: str) -> Aanvulling:
    """Add to a melding, open or closed; nothing is overwritten. Raises AanvullingEmpty."""
    if not tekst.strip():
        raise AanvullingEmpty("Schrijf eerst iets op.")
    aanvulling = Aanvulling.objects.create(
        melding=melding, medewerker=actor, tekst=tekst.strip(), geschreven_op=at
    )
    record(action="intake.append_aanvulling", subject=melding, inwoner_ids=melding.inwoner_ids)
    return aanvulling


@transaction.atomic
def start_termijn(*, melding: Melding, actor: Medewerker, at: datetime, code: str) -> MeldingTermijn:
    """Start a term of domein 6 with this melding; one that begins with the melding counts from the day it came in.

    What is a duty and not a term (pointing out cliëntondersteuning) is written down as done on the day of `at`, by whoever
    belongs to the melding, closed or not. Raises TermijnUnknown, TermijnRunsAlready, or as lock_melding.
    """
    soort = Termijnsoort.objects.filter(pk=code).first()
    if soort is None:
        raise TermijnUnknown("Deze termijn bestaat niet.")
    row = _see(melding) if soort.eenheid == Eenheid.GEEN else lock_melding(melding)
    start = row.ontvangen_op if soort.begint_bij in BEGINT_BIJ_MELDING else at
    dag = timezone.localtime(start).date()
    is_duty = soort.eenheid == Eenheid.GEEN
    try:
        with transaction.atomic():
            termijn = MeldingTermijn.objects.create(
                melding=row,
                soort=soort,
                begonnen_op=dag,
                uiterlijk=soort.uiterlijk(dag),
                voldaan_op=timezone.localtime(at).date() if is_duty else None,
            )
    except IntegrityError as error:
        raise TermijnRunsAlready("Deze termijn loopt al bij deze melding.") from error
    record(
        action="intake.start_termijn",
        subject=row,
        inwoner_ids=row.inwoner_ids,
        gegevens={"termijn": code, "door": actor.username},
    )
    return termijn


@transaction.atomic
def fulfil_termijn(*, termijn: MeldingTermijn, actor: Medewerker, at: datetime) -> MeldingTermijn:
    """What the term asks is done, also after the melding closed. Doing it twice keeps the first day. Raises as lock_termijn."""
    running = lock_termijn(termijn)
    if running.voldaan_op is None:
        running.voldaan_op = timezone.localtime(at).date()
        running.opgeschort_op, running.opgeschort_reden = None, ""
        running.save(update_fields=["voldaan_op", "opgeschort_op", "opgeschort_reden"])
        record(
            action="intake.fulfil_termijn",
            subject=running.melding,
            inwoner_ids=running.melding.inwoner_ids,
            gegevens={"termijn": running.soort_id, "door": actor.username},
        )
    return running


@transaction.atomic
def give_voorziening(
    *, melding: Melding, actor: Medewerker, at: datetime, voorziening: Voorziening
) -> Meegegeven:
    """Write down that the caller was told about a voorziening; twice is once.

    Raises VoorzieningUnavailable, or as lock_melding.
    """
    row = lock_melding(melding)
    if not Voorziening.objects.offered().filter(pk=voorziening.pk).exists():
        raise VoorzieningUnavailable(
            f"{voorziening.naam} is er nu niet. Kies iets anders uit de sociale kaart."
        )
    given, is_new = Meegegeven.objects.get_or_create(
        melding=row, voorziening=voorziening, defaults={"gegeven_op": at}
    )
    if is_new:
        record(
            action="intake.give_voorziening",
            subject=row,
            inwoner_ids=row.inwoner_ids,
            gegevens={"voorziening": voorziening.naam, "door": actor.username},
        )
    return given


def _see(melding: Melding) -> Melding:
    row = Melding.objects.filter(pk=melding.pk).first()
    if row is None:
        raise MeldingNotYours("U kunt deze melding niet (meer) wijzigen. Ververs de pagina.")
    return row


def _same_day(one: datetime, other: datetime) -> bool:
    return timezone.localtime(one).date() == timezone.localtime(other).date()


def _content(antwoord: Antwoord) -> tuple[Any, ...]:
    return (antwoord.score, *(getattr(antwoord, name) for name in TEKSTVELDEN))
