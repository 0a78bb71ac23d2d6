"""Bevroren cijfers: wat eenmaal is gepubliceerd verandert nooit. Hier staat niets over een mens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Publicatie(models.Model):
    """Eén kubus over één maand, bevroren. `grens` is de grootste afwijking per gepubliceerd getal."""

    kubus = models.SlugField(max_length=40)
    maand = models.DateField(help_text="De eerste dag van de maand.")
    grens = models.PositiveSmallIntegerField()
    bevroren_op = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "publicaties"
        constraints = [
            models.UniqueConstraint(fields=["kubus", "maand"], name="publicatie_een_per_maand"),
        ]

    def __str__(self) -> str:
        return f"{self.kubus} {self.maand:%Y-%m}"


class Cel(models.Model):
    """Eén getal: altijd een veelvoud van vijf."""

    publicatie = models.ForeignKey(Publicatie, on_delete=models.PROTECT, related_name="cellen")
    kenmerken = ArrayField(models.CharField(max_length=80))
    aantal = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "cellen"
        constraints = [
            models.UniqueConstraint(fields=["publicatie", "kenmerken"], name="cel_een_keer"),
            models.CheckConstraint(
                name="cel_veelvoud_van_vijf",
                condition=Q(aantal=F("aantal") / 5 * 5),
            ),
        ]

    def __str__(self) -> str:
        return f"{' · '.join(self.kenmerken)}: {self.aantal}"
