"""Een afspraak om terug te bellen: wie, welk nummer, niet eerder dan, uiterlijk; en hoe vaak het al is geprobeerd."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from intake.models.melding import Melding
from intake.status import TerugbelStatus


class TerugbelQuerySet(models.QuerySet["Terugbelverzoek"]):
    def waiting(self) -> "TerugbelQuerySet":
        return self.filter(status=TerugbelStatus.OPEN)


class Terugbelverzoek(models.Model):
    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="terugbelverzoeken")
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        "medewerkers.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    telefoon = models.CharField(max_length=20)
    toelichting = models.CharField(max_length=500, blank=True)
    niet_eerder_dan = models.DateTimeField(null=True, blank=True)
    uiterlijk = models.DateTimeField()
    status = models.CharField(max_length=12, choices=TerugbelStatus, default=TerugbelStatus.OPEN)
    pogingen = ArrayField(
        models.DateTimeField(), default=list, blank=True, help_text="Wanneer er gebeld is en niemand opnam."
    )
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    afgerond_op = models.DateTimeField(null=True, blank=True)

    objects = TerugbelQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "terugbelverzoeken"
        indexes = [models.Index(fields=["medewerker", "uiterlijk"], name="terugbellen_van_wie")]
        constraints = [
            models.UniqueConstraint(
                fields=["melding"],
                condition=Q(status="open"),
                name="terugbellen_een_open",
                violation_error_message="Bij deze melding staat al een terugbelafspraak.",
            ),
            models.CheckConstraint(
                name="terugbellen_heeft_een_beller",
                condition=Q(medewerker__isnull=False, team__isnull=True)
                | Q(medewerker__isnull=True, team__isnull=False),
                violation_error_message="Kies één collega of één team om terug te bellen.",
            ),
            models.CheckConstraint(
                name="terugbellen_eindigt_na_begin",
                condition=Q(niet_eerder_dan__isnull=True) | Q(uiterlijk__gt=F("niet_eerder_dan")),
                violation_error_message="‘Uiterlijk’ ligt na ‘niet eerder dan’.",
            ),
            models.CheckConstraint(
                name="terugbellen_heeft_nummer",
                condition=~Q(telefoon=""),
                violation_error_message="Vul in op welk nummer u terugbelt.",
            ),
            models.CheckConstraint(
                name="terugbellen_afgerond_heeft_moment",
                condition=Q(status="open", afgerond_op__isnull=True)
                | (~Q(status="open") & Q(afgerond_op__isnull=False)),
                violation_error_message="Een afgeronde terugbelafspraak heeft een moment waarop dat gebeurde.",
            ),
        ]

    def __str__(self) -> str:
        return f"Terugbellen {self.uiterlijk:%d-%m-%Y %H:%M}"
