"""Bezorgdheid over een inwoner, het Meldpunt Bezorgd van de GGD (Wvggz 5:2), en het signaleringsoverleg zorg en veiligheid."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake.models import (
    Aard,
    Contactmoment,
    Melderrelatie,
    MelderSoort,
    Melding,
    Opgave,
    Signaal,
    Signaalsoort,
)
from intake.models.signaal import MAG_HOREN
from intake.services.afhandeling import start_crisisroute
from intake.services.keten import set_next_step
from intake.services.meldingen import register_contact, register_melding, start_termijn
from intake.services.rijen import constraints_speak, werkdagen_after
from intake.status import MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.keuzelijsten import Thema
from skt.medewerkers.models import Medewerker
from skt.verantwoording.services import record

STAP_WVGGZ = "Verkennend onderzoek beginnen"


class SignaalInvalid(DomainError):
    """The signaal can't be kept like this."""


class SignaalGone(DomainError):
    """The signaal can't be seen or changed by who acts (any more)."""


class SignaalChangedMeanwhile(DomainError):
    """A colleague wrote it first."""


class NobodyToTell(DomainError):
    """Feedback was not asked for, or was given already."""


class NotOnTheOverleg(DomainError):
    """There is no open point for the signaleringsoverleg."""


@transaction.atomic
def register_bezorgdheid(
    *,
    actor: Medewerker,
    at: datetime,
    sleutel: UUID,
    soort: str,
    kanaal: str,
    melder_soort: str,
    hulpvraag: str,
    melder_anoniem: bool = False,
    melder_naam: str = "",
    melder_telefoon: str = "",
    melder_relatie: str = Melderrelatie.ONBEKEND,
    terugkoppelen: bool = False,
    over: Mapping[str, str] | None = None,
    inwoner_weet_ervan: bool | None = None,
    waarom_niet: str = "",
    meldcode_stap: int | None = None,
    gewaarschuwd: str = "",
    gewaarschuwd_op: datetime | None = None,
    overleg_reden: str = "",
) -> Melding:
    """Somebody worries about an inwoner: contact, melding and signaal in one; the same `sleutel` twice gives the one melding.

    Who asked to stay anonymous leaves no name and no number, anywhere (Wvggz 5:2 lid 7). `over` is what was said about whom
    (the over_* fields of Opgave); nobody is linked yet. With `gewaarschuwd` the crisisroute is taken at once.
    Raises NotAtLoket, SignaalInvalid, and what contact, melding and crisisroute raise.
    """
    if melder_anoniem:
        melder_naam = melder_telefoon = ""
        if melder_soort != MelderSoort.MELDPUNT_GGD:
            melder_soort = MelderSoort.ANONIEM
    contact = register_contact(
        actor=actor,
        at=at,
        sleutel=sleutel,
        kanaal=kanaal,
        melder_soort=melder_soort,
        melder_naam=melder_naam,
        melder_telefoon=melder_telefoon,
    )
    known = _already(contact)
    if known is not None:
        return known
    melding = register_melding(
        contactmoment=contact,
        actor=actor,
        at=at,
        hulpvraag=hulpvraag,
        aard=Aard.WVGGZ if soort == Signaalsoort.WVGGZ else Aard.BEZORGDHEID,
        themas=[Thema.BEZORGDHEID],
        inwoner_weet_ervan=inwoner_weet_ervan,
        waarom_niet=waarom_niet,
    )
    add_signaal(
        melding=melding, actor=actor, at=at, soort=soort, melder_anoniem=melder_anoniem, melder_relatie=melder_relatie,
        terugkoppelen=terugkoppelen, meldcode_stap=meldcode_stap, gevaar_nu=bool(gewaarschuwd), overleg_reden=overleg_reden,
    )  # fmt: skip
    if over and any(over.values()):
        record_opgave(melding=melding, at=at, over=over)
    if gewaarschuwd or gewaarschuwd_op:
        start_crisisroute(
            melding=melding, actor=actor, at=at, gewaarschuwd=gewaarschuwd, gewaarschuwd_op=gewaarschuwd_op
        )
    return Melding.objects.select_related("contactmoment").get(pk=melding.pk)


@transaction.atomic
def add_signaal(
    *,
    melding: Melding,
    actor: Medewerker,
    at: datetime,
    soort: str,
    toelichting: str = "",
    melder_anoniem: bool = False,
    melder_relatie: str = Melderrelatie.ONBEKEND,
    terugkoppelen: bool = False,
    meldcode_stap: int | None = None,
    gevaar_nu: bool = False,
    overleg_reden: str = "",
) -> Signaal:
    """A signaal with a melding that is there. A Wvggz signaal starts its 14 days (WVGGZ-VO), and notes the anonymity.

    Telling the melder afterwards is only for the four of Wvggz 5:2 lid 3-5, and never for who stays anonymous.
    Raises SignaalInvalid with the sentence of the constraint, or as lock_melding.
    """
    if soort == Signaalsoort.WVGGZ and melding.status == MeldingStatus.GESLOTEN:
        raise SignaalInvalid(
            "Deze melding is gesloten. Leg voor een verkennend onderzoek een nieuwe melding vast."
        )
    asks = bool(overleg_reden.strip())
    signaal = Signaal(
        melding=melding,
        soort=soort,
        toelichting=toelichting.strip(),
        melder_anoniem=melder_anoniem,
        melder_relatie=melder_relatie or Melderrelatie.ONBEKEND,
        terugkoppelen=terugkoppelen and not melder_anoniem and melder_relatie in MAG_HOREN,
        meldcode_stap=meldcode_stap,
        gevaar_nu=gevaar_nu,
        gemaakt_op=at,
        gemaakt_door=actor,
        overleg_reden=overleg_reden.strip(),
        overleg_gevraagd_op=at if asks else None,
        overleg_gevraagd_door=actor if asks else None,
    )
    with constraints_speak(Signaal, SignaalInvalid):
        signaal.save(force_insert=True)
    _record("intake.add_signaal", signaal, soort=str(signaal.soort), overleg=asks)
    if soort == Signaalsoort.WVGGZ:
        _start_once(melding, actor, at, "WVGGZ-VO")
        if melder_anoniem:
            _start_once(melding, actor, at, "WVGGZ-ANON")
        if not gevaar_nu and melding.status == MeldingStatus.OPEN:
            set_next_step(
                melding=melding,
                actor=actor,
                at=at,
                volgende_stap=STAP_WVGGZ,
                uiterlijk=werkdagen_after(at, 1),
            )
    return signaal


@transaction.atomic
def ask_overleg(
    *, signaal: Signaal, actor: Medewerker, at: datetime, reden: str, versie: int | None = None
) -> Signaal:
    """Put it on the list for the signaleringsoverleg, with the reason. Raises SignaalInvalid, SignaalGone."""
    row = _lock(signaal, versie)
    if row.overleg_gevraagd_op is not None:
        raise SignaalInvalid("Dit signaal staat al op de lijst van het signaleringsoverleg.")
    row.overleg_reden, row.overleg_gevraagd_op, row.overleg_gevraagd_door = reden.strip(), at, actor
    _save(row, "overleg_reden", "overleg_gevraagd_op", "overleg_gevraagd_door")
    _record("intake.ask_overleg", row)
    return row


@transaction.atomic
def record_overleg(
    *,
    signaal: Signaal,
    actor: Medewerker,
    at: datetime,
    besproken_op: date,
    uitkomst: str,
    versie: int | None = None,
) -> Signaal:
    """What the signaleringsoverleg decided. Raises NotOnTheOverleg, SignaalInvalid, SignaalGone."""
    row = _lock(signaal, versie)
    if not row.wacht_op_overleg:
        raise NotOnTheOverleg("Dit signaal staat niet (meer) op de lijst van het signaleringsoverleg.")
    if besproken_op > timezone.localtime(at).date():
        raise SignaalInvalid("De dag van het overleg ligt in de toekomst.")
    row.besproken_op, row.overleg_uitkomst = besproken_op, uitkomst.strip()
    _save(row, "besproken_op", "overleg_uitkomst")
    _record("intake.record_overleg", row, besproken_op=besproken_op.isoformat(), door=actor.username)
    return row


@transaction.atomic
def record_terugkoppeling(
    *, signaal: Signaal, actor: Medewerker, at: datetime, versie: int | None = None
) -> Signaal:
    """The melder was told what came of it; for a Wvggz signaal this keeps WVGGZ-TERUG. Raises NobodyToTell, SignaalGone."""
    row = _lock(signaal, versie)
    if not row.moet_terugkoppelen:
        raise NobodyToTell("Aan deze melder hoeft u niets (meer) terug te koppelen.")
    row.teruggekoppeld_op = timezone.localtime(at).date()
    _save(row, "teruggekoppeld_op")
    if row.soort == Signaalsoort.WVGGZ:
        _start_once(row.melding, actor, at, "WVGGZ-TERUG")
    _record("intake.record_terugkoppeling", row)
    return row


def record_opgave(*, melding: Melding, at: datetime, over: Mapping[str, str]) -> Opgave:
    """About whom it is, as it was said and nobody checked; the loket links an inwoner to it (melding_person)."""
    names = {field.name for field in Opgave._meta.concrete_fields if field.name.startswith("over_")}
    facts: dict[str, Any] = {name: value.strip() for name, value in over.items() if name in names}
    return Opgave.objects.create(melding=melding, bron=Opgave.Bron.LOKET, gegeven_op=at, **facts)


def _already(contact: Contactmoment) -> Melding | None:
    return Melding.objects.filter(contactmoment=contact).order_by("pk").first()


def _start_once(melding: Melding, actor: Medewerker, at: datetime, code: str) -> None:
    if not melding.termijnen.filter(soort_id=code).exists():
        start_termijn(melding=melding, actor=actor, at=at, code=code)


def _lock(signaal: Signaal, versie: int | None) -> Signaal:
    row = (
        Signaal.objects.select_for_update(of=("self",))
        .select_related("melding")
        .filter(pk=signaal.pk)
        .first()
    )
    if row is None:
        raise SignaalGone("U kunt dit signaal niet (meer) wijzigen. Ververs de pagina.")
    if versie is not None and versie != row.versie:
        raise SignaalChangedMeanwhile(
            "Een collega heeft dit signaal net gewijzigd. Bekijk eerst wat er nu staat en probeer het dan opnieuw."
        )
    return row


def _save(row: Signaal, *fields: str) -> None:
    row.versie += 1
    with constraints_speak(Signaal, SignaalInvalid):
        row.save(update_fields=[*fields, "versie"])


def _record(action: str, signaal: Signaal, **gegevens: object) -> None:
    """Never who the melder is: in the log too, anonymous stays anonymous."""
    record(
        action=action,
        subject=signaal,
        inwoner_ids=signaal.melding.inwoner_ids,
        gegevens={"nummer": signaal.melding.nummer, **gegevens},
    )
