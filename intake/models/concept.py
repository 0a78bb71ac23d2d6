"""Een half getypt gesprek, op de server bewaard: niets gaat verloren als de sessie, de browser of de stroom stopt."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from skt.medewerkers.models import Medewerker

STIL_NA = timedelta(minutes=15)
"""Zo lang ligt een gesprek stil voordat een collega het mag overnemen; even lang als een sessie (policy in 0013)."""


class ConceptQuerySet(models.QuerySet["Concept"]):
    def idle(self, at: datetime) -> Self:
        """Gesprekken waar al een tijd niemand aan typt, oudste eerst; zonder wat erin staat."""
        return (
            self.filter(verwerkt_op=None, weggegooid_op=None, bewaard_op__lt=at - STIL_NA)
            .exclude(gegevens={})
            .defer("gegevens")
            .order_by("begonnen_op", "pk")
        )

    def running(self, medewerker: Medewerker) -> Self:
        """De gesprekken die deze medewerker nog niet heeft afgerond, oudste eerst."""
        return self.filter(medewerker=medewerker, verwerkt_op=None, weggegooid_op=None).order_by(
            "begonnen_op", "pk"
        )


class HalfGetypt(models.Model):
    """Wat half getypt is: elk veld met de versie waarin het veranderde, zodat twee schrijvers per veld samengaan."""

    gegevens = models.JSONField(default=dict)
    bewaard_op = models.DateTimeField()
    versie = models.PositiveIntegerField(default=1)
    veldversies = models.JSONField(
        default=dict,
        help_text="Per veld de versie waarin het voor het laatst veranderde; zo voegen we samen.",
    )

    class Meta:
        abstract = True


class Concept(HalfGetypt):
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    begonnen_op = models.DateTimeField()
    verwerkt_op = models.DateTimeField(null=True, blank=True)
    weggegooid_op = models.DateTimeField(null=True, blank=True)
    contactmoment = models.ForeignKey(
        "intake.Contactmoment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Gevuld als dit een volgende vraag in hetzelfde gesprek is.",
    )
    melding = models.ForeignKey(
        "intake.Melding",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Wat ervan kwam: wie nog eens verstuurt, komt hier uit.",
    )

    objects = ConceptQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "concepten"
        indexes = [
            models.Index(
                fields=["medewerker", "begonnen_op"],
                condition=Q(verwerkt_op__isnull=True, weggegooid_op__isnull=True),
                name="concept_lopend",
            )
        ]

    def __str__(self) -> str:
        return str(self.sleutel)
