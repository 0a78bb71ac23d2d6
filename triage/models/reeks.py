"""De reeks waaruit overleggen komen."""

from django.db import models
from django.db.models import F, Q

from triage.models.overleg import Bord


class Weekdag(models.IntegerChoices):
    """Zoals date.weekday(); in het weekend is er geen overleg."""

    MAANDAG = 0, "Maandag"
    DINSDAG = 1, "Dinsdag"
    WOENSDAG = 2, "Woensdag"
    DONDERDAG = 3, "Donderdag"
    VRIJDAG = 4, "Vrijdag"


class BijFeestdag(models.TextChoices):
    OVERSLAAN = "overslaan", "Sla over"
    VERPLAATSEN = "verplaatsen", "Verplaats naar de eerste werkdag erna"


class Overlegreeks(models.Model):
    """Een overleg dat terugkomt: op welke dag, hoe laat, om de hoeveel weken, van wanneer tot en met wanneer."""

    bord = models.CharField(max_length=12, choices=Bord)
    weekdag = models.PositiveSmallIntegerField(choices=Weekdag)
    tijd = models.TimeField()
    elke_weken = models.PositiveSmallIntegerField(default=1)
    plaats = models.CharField(max_length=120, default="Van Heeckerenhuis")
    van = models.DateField()
    tot_en_met = models.DateField(null=True, blank=True)
    bij_feestdag = models.CharField(max_length=12, choices=BijFeestdag, default=BijFeestdag.OVERSLAAN)
    voorzitter = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "overlegreeksen"
        constraints = [
            models.CheckConstraint(
                name="overlegreeks_weekdag_bestaat",
                condition=Q(weekdag__lte=4),
                violation_error_message="Kies een dag van maandag tot en met vrijdag.",
            ),
            models.CheckConstraint(
                name="overlegreeks_elke_een_of_twee_weken",
                condition=Q(elke_weken__in=[1, 2]),
                violation_error_message="Een reeks komt elke week of elke twee weken.",
            ),
            models.CheckConstraint(
                name="overlegreeks_eindigt_niet_voor_begin",
                condition=Q(tot_en_met__isnull=True) | Q(tot_en_met__gte=F("van")),
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ]

    def __str__(self) -> str:
        ritme = "elke" if self.elke_weken == 1 else "om de week op"
        return f"{self.get_bord_display()}, {ritme} {self.get_weekdag_display().lower()} om {self.tijd:%H:%M}"
