"""Rijen van de vergadering zelf: wie het gezin kent, en wat er op tafel ligt."""

from django.db import models
from django.db.models import Q


class KentGezin(models.Model):
    """Een medewerker kent dit gezin: vanaf dat moment is de aanmelding voor hem weg, tot een ander dat opheft."""

    aanmelding = models.ForeignKey("triage.Aanmelding", on_delete=models.PROTECT, related_name="kent_gezin")
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gemeld_op = models.DateTimeField()
    opgeheven_op = models.DateTimeField(null=True, blank=True)
    opgeheven_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "bekenden van een gezin"
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding", "medewerker"],
                condition=Q(opgeheven_op__isnull=True),
                name="kentgezin_een_keer",
                violation_error_message="U heeft al gezegd dat u dit gezin kent.",
            ),
            models.CheckConstraint(
                name="kentgezin_opgeheven_door_iemand",
                condition=Q(opgeheven_op__isnull=True) | Q(opgeheven_door__isnull=False),
                violation_error_message="Bij opheffen hoort wie dat deed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker} kent het gezin van aanmelding {self.aanmelding_id}"


class Tafel(models.Model):
    """Wat er in een overleg nu op tafel ligt, en sinds wanneer: wie meekijkt, ziet hetzelfde en dezelfde klok."""

    overleg = models.OneToOneField("triage.Overleg", on_delete=models.PROTECT, related_name="tafel")
    punt = models.ForeignKey("triage.Agendapunt", on_delete=models.PROTECT, related_name="+")
    sinds = models.DateTimeField()
    gelegd_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "tafels"

    def __str__(self) -> str:
        return f"Op tafel in overleg {self.overleg_id}"
