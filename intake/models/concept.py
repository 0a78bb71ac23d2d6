"""Een half getypt gesprek, op de server bewaard: niets gaat verloren als de sessie, de browser of de stroom stopt."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from skt.medewerkers.models import Medewerker


class ConceptQuerySet(models.QuerySet["Concept"]):
    def running(self, medewerker: Medewerker) -> Self:
        """De gesprekken die deze medewerker nog niet heeft afgerond, oudste eerst."""
        return self.filter(medewerker=medewerker, verwerkt_op=None, weggegooid_op=None).order_by(
            "begonnen_op", "pk"
        )


class Concept(models.Model):
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gegevens = models.JSONField(default=dict)
    begonnen_op = models.DateTimeField()
    bewaard_op = models.DateTimeField()
    versie = models.PositiveIntegerField(default=1)
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
