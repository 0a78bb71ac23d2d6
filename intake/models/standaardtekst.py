"""Zinnen die elke dag terugkomen: het team schrijft ze één keer, het gesprek voegt ze in met één keuze."""

from typing import Self

from django.db import models


class StandaardtekstQuerySet(models.QuerySet["Standaardtekst"]):
    def in_use(self) -> Self:
        return self.filter(in_gebruik=True).order_by("titel", "pk")


class Standaardtekst(models.Model):
    """Nooit over een inwoner: deze teksten ziet iedereen aan het loket."""

    titel = models.CharField(max_length=60, unique=True)
    tekst = models.TextField(max_length=1000)
    in_gebruik = models.BooleanField(default=True)
    gewijzigd_op = models.DateTimeField()
    gewijzigd_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StandaardtekstQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "standaardteksten"

    def __str__(self) -> str:
        return self.titel

    @property
    def stand(self) -> str:
        """Verandert met elke keer bewaren: zo ziet een pagina dat zij oud is."""
        return self.gewijzigd_op.isoformat()
