"""Wat een zorgregisseur zelf mag toekennen, en toekende."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from skt.medewerkers.models import Wet
from triage.models.triage import Triage


class Bedragperiode(models.TextChoices):
    WEEK = "per week", "per week"
    VIER_WEKEN = "per 4 weken", "per 4 weken"
    MAAND = "per maand", "per maand"
    JAAR = "per jaar", "per jaar"
    TOTAAL = "totaal", "één keer, in totaal"

    @property
    def per_jaar(self) -> int:
        """Hoe vaak het bedrag in een jaar valt; wat één keer wordt gegeven telt helemaal mee (eigen keus)."""
        return {"WEEK": 52, "VIER_WEKEN": 13, "MAAND": 12}.get(str(self.name), 1)


class Toekenning(models.Model):
    """Wat een zorgregisseur binnen een mandaat zelf toekende (Wmo 2015 artikel 2.6.3). Zij verandert nooit meer."""

    triage = models.OneToOneField(Triage, on_delete=models.PROTECT, related_name="toekenning")
    mandaat = models.ForeignKey("medewerkers.Mandaat", on_delete=models.PROTECT, related_name="+")
    wet = models.CharField(max_length=20, choices=Wet)
    product = models.CharField(max_length=120)
    bedrag = models.DecimalField("bedrag in euro", max_digits=10, decimal_places=2)
    per = models.CharField(max_length=12, choices=Bedragperiode)
    van = models.DateField("geldt van")
    tot_en_met = models.DateField("geldt tot en met")
    besluitdatum = models.DateField()
    bezwaar_tot = models.DateField("bezwaar kan tot en met")
    heroverwegen_op = models.DateField("opnieuw bekijken uiterlijk", null=True, blank=True)

    class Meta:
        verbose_name_plural = "toekenningen"
        constraints = [
            models.CheckConstraint(
                name="toekenning_bedrag_positief",
                condition=Q(bedrag__gt=0),
                violation_error_message="Vul een bedrag boven nul in.",
            ),
            models.CheckConstraint(
                name="toekenning_eindigt_na_begin",
                condition=Q(tot_en_met__gte=F("van")),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                name="toekenning_per_bestaat",
                condition=Q(per__in=Bedragperiode.values),
                violation_error_message="Kies waar het bedrag voor geldt.",
            ),
            models.CheckConstraint(
                name="toekenning_heeft_wet",
                condition=Q(wet__in=["wmo", "jeugdwet", "participatiewet", "wgs"]),
                violation_error_message="Kies een wet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} ({self.get_wet_display()})"

    @property
    def jaarbedrag(self) -> Decimal:
        """In euro, zoals het tegen het plafond telt."""
        return self.bedrag * Bedragperiode(self.per).per_jaar
