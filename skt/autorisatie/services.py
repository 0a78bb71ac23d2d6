"""Who may work here: the acts of the functioneel beheerder, each with its line in the log. Nothing about residents."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from skt.kern.errors import DomainError
from skt.medewerkers import services
from skt.medewerkers.models import Mandaat, Medewerker, Moederorganisatie, Plaatsing, Team
from skt.verantwoording.services import record


class OwnPlaatsing(DomainError):
    """Nobody gives themselves a role, and nobody takes their own last one."""


class OwnAccount(DomainError):
    """Nobody blocks themselves."""


@transaction.atomic
def register_medewerker(
    *,
    actor: Medewerker,
    at: datetime,
    username: str,
    voornaam: str,
    achternaam: str,
    voorvoegsel: str = "",
    email: str = "",
    telefoon: str = "",
) -> tuple[Medewerker, str]:
    """Make an account; returns it with its temporary password, which is kept nowhere and shown once.

    Raises MedewerkerRefused.
    """
    password = services.generate_password()
    medewerker = services.create_medewerker(
        username=username,
        voornaam=voornaam,
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        email=email,
        telefoon=telefoon,
        password=password,
        wachtwoord_tijdelijk=True,
    )
    _record("create_medewerker", medewerker)
    return medewerker, password


@transaction.atomic
def give_temporary_password(*, medewerker: Medewerker, actor: Medewerker, at: datetime) -> str:
    """For who forgot it: a new temporary password, shown once. Raises OwnAccount: one's own is changed, not given."""
    if medewerker.pk == actor.pk:
        raise OwnAccount("Uw eigen wachtwoord verandert u op uw profiel.")
    password = services.generate_password()
    services.change_password(medewerker=medewerker, password=password, wachtwoord_tijdelijk=True)
    _record("give_password", medewerker)
    return password


@transaction.atomic
def change_own_password(*, actor: Medewerker, password: str, at: datetime) -> None:
    """Change one's own password; ends every other session of this account. Raises PasswordRefused."""
    services.change_password(medewerker=actor, password=password)
    _record("change_password", actor)


@transaction.atomic
def place_medewerker(
    *,
    medewerker: Medewerker,
    actor: Medewerker,
    at: datetime,
    moederorganisatie: Moederorganisatie,
    team: Team,
    rol: str,
    van: date,
    tot: date | None = None,
) -> Plaatsing:
    """Place a medewerker in a team with a role. Raises OwnPlaatsing, PlaatsingRefused."""
    if medewerker.pk == actor.pk:
        raise OwnPlaatsing("U kunt uzelf geen rol geven. Vraag een collega-beheerder.")
    plaatsing = services.place(
        medewerker=medewerker, moederorganisatie=moederorganisatie, team=team, rol=rol, van=van, tot=tot
    )
    _record("place", plaatsing, wie=medewerker, **_told(plaatsing))
    return plaatsing


@transaction.atomic
def end_plaatsing(*, plaatsing: Plaatsing, actor: Medewerker, at: datetime, tot: date) -> bool:
    """End a placement; True when something must still be handed over before that (later) day.

    Raises OwnPlaatsing, PlaatsingRefused, KetenBroken.
    """
    if plaatsing.medewerker_id == actor.pk:
        raise OwnPlaatsing("U kunt uw eigen plaatsing niet beëindigen. Vraag een collega-beheerder.")
    must_hand_over = services.end_plaatsing(plaatsing=plaatsing, tot=tot, at=at)
    _record("end_plaatsing", plaatsing, wie=plaatsing.medewerker, **_told(plaatsing))
    return must_hand_over


@transaction.atomic
def block_medewerker(*, medewerker: Medewerker, actor: Medewerker, at: datetime, reden: str) -> None:
    """Block an account: out within one request. What they are responsible for stays theirs until it is handed over.

    Raises OwnAccount, and MedewerkerRefused when it is blocked already.
    """
    if medewerker.pk == actor.pk:
        raise OwnAccount("U kunt uw eigen account niet blokkeren. Vraag een collega-beheerder.")
    services.set_active(medewerker=medewerker, actief=False)
    _record("block", medewerker, reden=reden)


@transaction.atomic
def unblock_medewerker(*, medewerker: Medewerker, actor: Medewerker, at: datetime) -> None:
    """Let a blocked account in again, with the placements it has. Raises MedewerkerRefused when it isn't blocked."""
    services.set_active(medewerker=medewerker, actief=True)
    _record("unblock", medewerker)


@transaction.atomic
def grant_mandaat(
    *,
    medewerker: Medewerker,
    actor: Medewerker,
    at: datetime,
    besluitnummer: str,
    wet: str,
    product: str,
    plafond: Decimal,
    van: date,
    tot: date | None = None,
) -> Mandaat:
    """Record a mandaat that the college gave. Raises OwnPlaatsing, MandaatRefused."""
    if medewerker.pk == actor.pk:
        raise OwnPlaatsing("U kunt uzelf geen mandaat geven. Vraag een collega-beheerder.")
    mandaat = services.grant_mandaat(
        medewerker=medewerker,
        besluitnummer=besluitnummer,
        wet=wet,
        product=product,
        plafond=plafond,
        van=van,
        tot=tot,
    )
    _record(
        "grant_mandaat",
        mandaat,
        wie=medewerker,
        besluitnummer=besluitnummer,
        van=str(van),
        tot=str(tot or ""),
    )
    return mandaat


@transaction.atomic
def end_mandaat(*, mandaat: Mandaat, actor: Medewerker, at: datetime, tot: date) -> None:
    """End a mandaat on `tot`, the first day it no longer holds. Raises MandaatRefused."""
    services.end_mandaat(mandaat=mandaat, tot=tot, at=at)
    _record("end_mandaat", mandaat, wie=mandaat.medewerker, besluitnummer=mandaat.besluitnummer, tot=str(tot))


def _record(
    act: str,
    subject: Medewerker | Plaatsing | Mandaat,
    *,
    wie: Medewerker | None = None,
    reden: str = "",
    **told: Any,
) -> None:
    medewerker = wie if wie is not None else subject
    record(
        action=f"medewerkers.{act}",
        subject=subject,
        reden=reden,
        gegevens={"medewerker": getattr(medewerker, "username", ""), **told},
    )


def _told(plaatsing: Plaatsing) -> dict[str, str]:
    return {
        "organisatie": plaatsing.moederorganisatie.code,
        "team": plaatsing.team.soort,
        "rol": str(plaatsing.rol),
        "van": str(plaatsing.van),
        "tot": str(plaatsing.tot or ""),
    }
