"""Wat de melder van een besluit hoort."""

from django.db import models
from django.db.models import Q

from intake.models import Kanaal, Melding
from triage.models.overleg import Besluit
from triage.status import TerugkoppelingStatus


class MagHoren(models.TextChoices):
    """Hoeveel de melder van een besluit mag horen (triage/terugkoppeling.py zegt waarom)."""

    ALLES = "alles", "Het besluit zelf"
    BEPERKT = "beperkt", "Alleen dat het is opgepakt"
    NIETS = "niets", "Niets"


class Terugkoppeling(models.Model):
    """Wat de melder hoort van het besluit: mag het, waarom (niet), wat, en wie deed het wanneer."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="terugkoppelingen")
    agendapunt = models.OneToOneField(
        "triage.Agendapunt", on_delete=models.PROTECT, related_name="terugkoppeling"
    )
    besluit = models.CharField(
        max_length=40, choices=Besluit, help_text="Ook voor wie het agendapunt niet ziet, zoals het loket."
    )
    casusregisseur = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    regel = models.CharField(max_length=30, help_text="De regel van triage/terugkoppeling.py die telde.")
    mag_horen = models.CharField(max_length=8, choices=MagHoren)
    voorstel = models.TextField("voorstel voor wat u zegt", blank=True)
    status = models.CharField(max_length=16, choices=TerugkoppelingStatus)
    uiterlijk = models.DateField(null=True, blank=True)
    gemaakt_op = models.DateTimeField()
    gedaan_op = models.DateTimeField(null=True, blank=True)
    gedaan_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    hoe = models.CharField(max_length=30, choices=Kanaal, blank=True)
    toelichting = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "terugkoppelingen"
        indexes = [models.Index(fields=["status", "uiterlijk", "id"], name="terugkoppeling_status")]
        constraints = [
            models.CheckConstraint(
                name="terugkoppeling_niets_is_niet_toegestaan",
                condition=Q(mag_horen="niets", status="niet_toegestaan")
                | (~Q(mag_horen="niets") & ~Q(status="niet_toegestaan")),
                violation_error_message="Wie niets mag horen, krijgt geen terugkoppeling.",
            ),
            models.CheckConstraint(
                name="terugkoppeling_te_doen_heeft_dag",
                condition=~Q(status="te_doen") | Q(uiterlijk__isnull=False),
                violation_error_message="Een terugkoppeling die nog moet, heeft een dag.",
            ),
            models.CheckConstraint(
                name="terugkoppeling_gedaan_compleet",
                condition=~Q(status="gedaan")
                | (Q(gedaan_op__isnull=False, gedaan_door__isnull=False) & ~Q(hoe="")),
                violation_error_message="Kies hoe u het de melder heeft verteld.",
            ),
        ]

    def __str__(self) -> str:
        return f"Terugkoppeling over {self.melding_id}: {self.get_status_display().lower()}"
