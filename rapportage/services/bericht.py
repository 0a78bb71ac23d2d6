"""Beleidsmedewerkers horen dat er cijfers zijn: een mail met een link, zonder één cijfer erin."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from rapportage.maanden import name_maand, write_maand
from rapportage.models import Periode, Publicatie
from skt.autorisatie.context import acting_as_system
from skt.medewerkers.models import Plaatsing, Rol
from skt.verantwoording.models import Regel
from skt.verantwoording.services import record

BRON = "rapport"
ACTIE = "rapportage.tell_month"
REDEN = "beleidsmedewerkers melden dat er cijfers zijn"


def tell_published(*, at: datetime) -> int:
    """Mail whoever makes policy that the last published month is there: once per month. Returns how many were mailed.

    One message, with the addresses out of each other's sight; the line in the log is written in the transaction that
    sends it. A crash between the mail server's answer and the commit can send it a second time. Raises what sending
    raises: then there is no line, and the next run tries again.
    """
    with transaction.atomic(using=BRON), acting_as_system(REDEN, using=BRON):
        publicatie = (
            Publicatie.objects.using(BRON).filter(periode=Periode.MAAND).order_by("-maand", "pk").first()
        )
    if publicatie is None:
        return 0
    maand = name_maand(publicatie.maand)
    with transaction.atomic(), acting_as_system(REDEN):
        return tell_once(
            publicatie,
            actie=ACTIE,
            gegevens={"maand": write_maand(publicatie.maand)},
            onderwerp=f"De cijfers van {maand} staan klaar",
            tekst=f"De cijfers van {maand} zijn vastgezet. Ze veranderen niet meer.",
            adres=("rapportage:dashboard", []),
            at=at,
        )


def tell_once(
    waarover: Model,
    *,
    actie: str,
    gegevens: Mapping[str, Any],
    onderwerp: str,
    tekst: str,
    adres: tuple[str, Sequence[Any]],
    at: datetime,
) -> int:
    """One message about this row to whoever makes policy, unless the log says that it went. Returns to how many.

    Within a transaction of the system: the line stands when the message went, and only then.
    """
    soort = waarover._meta.model_name
    if Regel.objects.filter(actie=actie, object_soort=soort, object_id=waarover.pk).exists():
        return 0
    adressen = _addresses(at)
    record(action=actie, subject=waarover, gegevens={**gegevens, "aantal": len(adressen)})
    if adressen:
        _mail(onderwerp, tekst, reverse(adres[0], args=adres[1]), adressen).send()
    return len(adressen)


def _addresses(at: datetime) -> list[str]:
    plaatsingen = Plaatsing.objects.running(timezone.localtime(at).date()).with_rol([Rol.BELEIDSMEDEWERKER])
    adressen = plaatsingen.filter(medewerker__is_active=True).exclude(medewerker__email="")
    return sorted(set(adressen.values_list("medewerker__email", flat=True)))


def _mail(onderwerp: str, tekst: str, pad: str, adressen: list[str]) -> EmailMessage:
    return EmailMessage(
        onderwerp,
        f"{tekst}\n\nU leest het hier: {settings.SKT_ADRES}{pad}\n\n"
        "In deze mail staan geen cijfers. U krijgt hem omdat u beleid maakt met het SKT-loket.\n",
        settings.DEFAULT_FROM_EMAIL,
        bcc=adressen,
    )
