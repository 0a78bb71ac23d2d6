"""Beleidsmedewerkers horen dat er cijfers zijn: een mail met een link, zonder één cijfer erin."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
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
    with transaction.atomic(), acting_as_system(REDEN):
        if Regel.objects.filter(actie=ACTIE, object_soort="publicatie", object_id=publicatie.pk).exists():
            return 0
        adressen = _addresses(at)
        record(
            action="rapportage.tell_month",
            subject=publicatie,
            gegevens={"maand": write_maand(publicatie.maand), "aantal": len(adressen)},
        )
        if adressen:
            _mail(publicatie, adressen).send()
    return len(adressen)


def _addresses(at: datetime) -> list[str]:
    plaatsingen = Plaatsing.objects.running(timezone.localtime(at).date()).with_rol([Rol.BELEIDSMEDEWERKER])
    adressen = plaatsingen.filter(medewerker__is_active=True).exclude(medewerker__email="")
    return sorted(set(adressen.values_list("medewerker__email", flat=True)))


def _mail(publicatie: Publicatie, adressen: list[str]) -> EmailMessage:
    maand = name_maand(publicatie.maand)
    return EmailMessage(
        f"De cijfers van {maand} staan klaar",
        f"De cijfers van {maand} zijn vastgezet. Ze veranderen niet meer.\n\n"
        f"U ziet ze hier: {settings.SKT_ADRES}{reverse('rapportage:dashboard')}\n\n"
        "In deze mail staan geen cijfers. U krijgt hem omdat u beleid maakt met het SKT-loket.\n",
        settings.DEFAULT_FROM_EMAIL,
        bcc=adressen,
    )
