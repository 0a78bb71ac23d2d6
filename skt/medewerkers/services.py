"""Who works here, for whom, in which role and until when. Only the domain: who may, and the log, is skt.autorisatie."""

import secrets
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils import timezone

from skt.kern.errors import DomainError
from skt.kern.keten import KetenBroken, check_keten
from skt.medewerkers.models import (
    DOSSIERROLLEN,
    Mandaat,
    Medewerker,
    Moederorganisatie,
    Plaatsing,
    Rol,
    Team,
    Wet,
)

TEKENS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike on paper: no i, l, o, 0 or 1."""

ZONDER_DOSSIERS: tuple[Rol, ...] = (
    Rol.SOCIALE_KAARTBEHEERDER,
    Rol.BELEIDSMEDEWERKER,
    Rol.FUNCTIONEEL_BEHEERDER,
    Rol.PRIVACY_OFFICER,
)
"""Who never sees anything about a resident (domein 4), or checks those who do: not beside a dossierrol."""

WACHTWOORDZINNEN = {
    "password_too_short": "Dit wachtwoord is te kort. Neem minstens 12 tekens.",
    "password_too_common": "Dit wachtwoord is te bekend. Neem een ander.",
    "password_entirely_numeric": "Neem niet alleen cijfers.",
    "password_too_similar": "Dit wachtwoord lijkt te veel op de naam van het account.",
}
"""In our own words: Django's own Dutch is not complete."""


class MedewerkerRefused(DomainError):
    """The account can't be made this way."""


class PasswordRefused(DomainError):
    """The password is too weak, or isn't a new one."""


class PlaatsingRefused(DomainError):
    """The placement clashes with another one, or its dates don't fit."""


class MandaatRefused(DomainError):
    """The mandaat clashes with another one, or its dates or amount don't fit; `veld` says where."""

    def __init__(self, zin: str, veld: str = "") -> None:
        super().__init__(zin)
        self.veld = veld


def generate_password() -> str:
    """A temporary password of four times four characters (about 79 bits)."""
    return "-".join("".join(secrets.choice(TEKENS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def create_medewerker(
    *,
    username: str,
    voornaam: str,
    achternaam: str,
    password: str,
    voorvoegsel: str = "",
    email: str = "",
    telefoon: str = "",
    wachtwoord_tijdelijk: bool = False,
) -> Medewerker:
    """Make an account. It may do nothing until it is placed. Raises MedewerkerRefused, PasswordRefused."""
    medewerker = Medewerker(
        username=username,
        voornaam=voornaam,
        voorvoegsel=voorvoegsel,
        achternaam=achternaam,
        email=email,
        telefoon=telefoon,
        wachtwoord_tijdelijk=wachtwoord_tijdelijk,
    )
    try:
        medewerker.full_clean(exclude=["password"])
    except ValidationError as error:
        raise MedewerkerRefused(_first_sentence(error)) from error
    _set_password(medewerker, password)
    _save(medewerker, MedewerkerRefused)
    return medewerker


@transaction.atomic
def ensure_archive_account(*, username: str, voornaam: str, achternaam: str) -> Medewerker:
    """The account under which records from before this system stand. It is blocked, has no password and no placement."""
    found, _ = Medewerker.objects.get_or_create(
        username=username,
        defaults={
            "voornaam": voornaam,
            "achternaam": achternaam,
            "is_active": False,
            "password": make_password(None),
        },
    )
    return found


@transaction.atomic
def change_password(*, medewerker: Medewerker, password: str, wachtwoord_tijdelijk: bool = False) -> None:
    """Give a new password; a temporary one takes every right until its owner chooses another. Ends other sessions.

    Raises PasswordRefused when it is weak or the same as before.
    """
    if medewerker.check_password(password):
        raise PasswordRefused("Kies een ander wachtwoord dan u nu heeft.")
    _set_password(medewerker, password)
    medewerker.wachtwoord_tijdelijk = wachtwoord_tijdelijk
    medewerker.save(update_fields=["password", "wachtwoord_tijdelijk"])


@transaction.atomic
def set_active(*, medewerker: Medewerker, actief: bool) -> None:
    """Block or unblock an account. Its placements and responsibilities stay until they are handed over.

    Raises MedewerkerRefused when it is so already.
    """
    locked = Medewerker.objects.select_for_update().get(pk=medewerker.pk)
    if locked.is_active == actief:
        raise MedewerkerRefused(f"Dit account is al {'actief' if actief else 'geblokkeerd'}.")
    locked.is_active = medewerker.is_active = actief
    locked.save(update_fields=["is_active"])


@transaction.atomic
def place(
    *,
    medewerker: Medewerker,
    moederorganisatie: Moederorganisatie,
    team: Team,
    rol: str,
    van: date,
    tot: date | None = None,
) -> Plaatsing:
    """Place a medewerker in a team with a role, from `van` up to (not including) `tot`. Raises PlaatsingRefused."""
    Medewerker.objects.select_for_update().get(pk=medewerker.pk)
    plaatsing = Plaatsing(
        medewerker=medewerker, moederorganisatie=moederorganisatie, team=team, rol=rol, van=van, tot=tot
    )
    if clash := _clash_of_roles(plaatsing):
        raise PlaatsingRefused(clash)
    _save(plaatsing, PlaatsingRefused)
    return plaatsing


@transaction.atomic
def end_plaatsing(*, plaatsing: Plaatsing, tot: date, at: datetime) -> bool:
    """End a placement on `tot`, the first day it no longer holds; up to today it takes every right away at once.

    Today or earlier is refused (KetenBroken) as long as the medewerker holds responsibilities (domein 5, 6). A later
    day is a plan: the answer is then whether something must still be handed over before it comes. When it comes and
    that wasn't done, the end moves on (postpone_end).
    Raises PlaatsingRefused when the dates don't fit, or it has ended already.
    """
    vandaag = timezone.localdate(at)
    locked = Plaatsing.objects.select_for_update().get(pk=plaatsing.pk)
    if locked.tot is not None and locked.tot <= vandaag:
        raise PlaatsingRefused("Deze plaatsing is al beëindigd.")
    if tot <= locked.van:
        raise PlaatsingRefused("De einddatum moet na de begindatum liggen.")
    must_hand_over = tot > vandaag > locked.van and _holds_something(locked, vandaag)
    locked.tot = tot
    _save(locked, PlaatsingRefused)
    check_keten()
    plaatsing.tot = tot
    return must_hand_over


@transaction.atomic
def postpone_end(*, plaatsing: Plaatsing, tot: date) -> None:
    """Let a placement run until `tot`, later than its end, which may have come already: its work isn't handed over.

    Raises PlaatsingRefused when somebody changed the end meanwhile, or another placement is in the way (as of another
    employer, or a role that may not see dossiers), and KetenBroken when this doesn't help.
    """
    Medewerker.objects.select_for_update().get(pk=plaatsing.medewerker_id)
    locked = Plaatsing.objects.select_for_update().get(pk=plaatsing.pk)
    if locked.tot is None or locked.tot != plaatsing.tot or tot <= locked.tot:
        raise PlaatsingRefused("Het einde van deze plaatsing is intussen veranderd.")
    locked.tot = tot
    if clash := _clash_of_roles(locked):
        raise PlaatsingRefused(clash)
    _save(locked, PlaatsingRefused)
    check_keten()
    plaatsing.tot = tot


@transaction.atomic
def grant_mandaat(
    *,
    medewerker: Medewerker,
    besluitnummer: str,
    wet: str,
    product: str,
    plafond: Decimal,
    van: date,
    tot: date | None = None,
) -> Mandaat:
    """Record a mandaat (Wmo 2015 art. 2.6.3); `plafond` in euro a year. Raises MandaatRefused."""
    mandaat = Mandaat(
        medewerker=medewerker,
        besluitnummer=" ".join(besluitnummer.split()),
        wet=wet,
        product=" ".join(product.split()),
        plafond=plafond,
        van=van,
        tot=tot,
    )
    _check_mandaat(mandaat)
    _save(mandaat, MandaatRefused)
    return mandaat


def _check_mandaat(mandaat: Mandaat) -> None:
    """What the table refuses too, but with the field it is about; and what the table can't know."""
    if mandaat.wet == Wet.GEEN:
        raise MandaatRefused("Een mandaat is er voor een wet. Kies welke.", "wet")
    if not mandaat.product:
        raise MandaatRefused("Vul in voor welk product het mandaat geldt.", "product")
    if mandaat.plafond <= 0:
        raise MandaatRefused("Vul een plafond boven nul in.", "plafond")
    if mandaat.tot is not None and mandaat.tot <= mandaat.van:
        raise MandaatRefused("De einddatum moet na de begindatum liggen.", "tot")
    plaatsingen = mandaat.medewerker.plaatsingen.filter(rol=Rol.ZORGREGISSEUR)
    if not plaatsingen.filter(Q(tot__isnull=True) | Q(tot__gt=mandaat.van)).exists():
        raise MandaatRefused(
            f"{mandaat.medewerker.naam} is dan geen zorgregisseur. Alleen een zorgregisseur kent zelf toe.",
            "medewerker",
        )
    ander = (
        Mandaat.objects.filter(
            Q(tot__isnull=True) | Q(tot__gt=mandaat.van),
            medewerker=mandaat.medewerker,
            wet=mandaat.wet,
            product__iexact=mandaat.product,
        )
        .exclude(van__gte=mandaat.tot or date.max)
        .order_by("van")
        .first()
    )
    if ander is not None:
        raise MandaatRefused(
            f"Voor deze wet en dit product loopt in deze periode al een mandaat: {ander.besluitnummer}."
            " Beëindig dat eerst, of kies een andere periode.",
            "van",
        )


@transaction.atomic
def end_mandaat(*, mandaat: Mandaat, tot: date, at: datetime) -> None:
    """End a mandaat on `tot`, the first day it no longer holds. Raises MandaatRefused."""
    locked = Mandaat.objects.select_for_update().get(pk=mandaat.pk)
    vandaag = timezone.localdate(at)
    if locked.tot is not None and locked.tot <= vandaag:
        raise MandaatRefused("Dit mandaat is al beëindigd.")
    if tot <= locked.van:
        raise MandaatRefused("De einddatum moet na de begindatum liggen.", "tot")
    if tot < vandaag:
        raise MandaatRefused(
            "Een mandaat eindigt niet in het verleden: wat eronder is toegekend blijft gelden. Kies vandaag of later.",
            "tot",
        )
    if locked.tot is not None and tot > locked.tot:
        raise MandaatRefused("Zo zou het langer gelden. Leg daarvoor het nieuwe mandaatbesluit vast.", "tot")
    locked.tot = mandaat.tot = tot
    _save(locked, MandaatRefused)


def _set_password(medewerker: Medewerker, password: str) -> None:
    try:
        validate_password(password, medewerker)
    except ValidationError as error:
        code = error.error_list[0].code or ""
        raise PasswordRefused(WACHTWOORDZINNEN.get(code, _first_sentence(error))) from error
    medewerker.set_password(password)


def _clash_of_roles(plaatsing: Plaatsing) -> str:
    """Who sees dossiers doesn't also hand out the keys or check the log."""
    others = Plaatsing.objects.filter(medewerker=plaatsing.medewerker).exclude(pk=plaatsing.pk)
    if plaatsing.tot is not None:
        others = others.filter(van__lt=plaatsing.tot)
    for other in others:
        if other.tot is not None and other.tot <= plaatsing.van:
            continue
        roles = {plaatsing.rol, other.rol}
        if roles & set(DOSSIERROLLEN) and roles & set(ZONDER_DOSSIERS):
            return (
                f"{plaatsing.get_rol_display()} gaat niet samen met {other.get_rol_display()}: die rol ziet nooit iets"
                " over een inwoner. Beëindig eerst de andere plaatsing."
            )
        if roles == {Rol.FUNCTIONEEL_BEHEERDER, Rol.PRIVACY_OFFICER}:
            return "Wie de rechten uitdeelt, controleert zichzelf niet: kies een andere medewerker."
    return ""


def _holds_something(plaatsing: Plaatsing, vandaag: date) -> bool:
    """Would ending it today be refused? Asked of PostgreSQL, and undone."""
    try:
        with transaction.atomic():
            Plaatsing.objects.filter(pk=plaatsing.pk).update(tot=vandaag)
            check_keten()
            transaction.set_rollback(True)
    except KetenBroken:
        return True
    return False


def _save(row: Model, refusal: type[DomainError]) -> None:
    """Save; a constraint of this model that refuses says so in its own sentence."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        name = diag.constraint_name if diag else None
        for constraint in row._meta.constraints:
            if constraint.name == name:
                raise refusal(str(constraint.violation_error_message)) from error
        raise


def _first_sentence(error: ValidationError) -> str:
    return str(error.messages[0])
