"""Wat de twee sloten zelf nodig hebben: de sleutel van de database en de noodtoegang."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Contextsleutel(models.Model):
    """De sleutel waarmee PostgreSQL nagaat dat de site zelf zei wie er handelt. Alleen de eigenaar kan erbij."""

    id = models.SmallIntegerField(primary_key=True)
    binnen = models.BinaryField()
    buiten = models.BinaryField()

    class Meta:
        verbose_name_plural = "contextsleutels"

    def __str__(self) -> str:
        return "contextsleutel"


class Noodtoegang(models.Model):
    """Noodtoegang: vier uur meelezen in een casus, met een geschreven reden (domein 4)."""

    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    casus_id = models.BigIntegerField()
    inwoner_ids = ArrayField(models.BigIntegerField(), default=list)
    melding_ids = ArrayField(models.BigIntegerField(), default=list)
    reden = models.CharField(max_length=500)
    begint_op = models.DateTimeField()
    eindigt_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "noodtoegangen"
        indexes = [models.Index(fields=["medewerker", "-eindigt_op"], name="noodtoegang_wie_tot")]
        constraints = [
            models.CheckConstraint(
                name="noodtoegang_heeft_reden",
                condition=~Q(reden=""),
                violation_error_message="Schrijf op waarom u nu in deze casus moet kijken.",
            ),
            models.CheckConstraint(
                name="noodtoegang_eindigt_na_begin",
                condition=Q(eindigt_op__gt=F("begint_op")),
                violation_error_message="De noodtoegang moet na het begin eindigen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Noodtoegang van {self.medewerker} tot {self.eindigt_op:%Y-%m-%d %H:%M}"
