"""De oude loketlijst: een ingelezen bestand, en wat er van elke rij werd."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Lijststatus(models.TextChoices):
    WACHT = "wacht", "Wacht"
    BEZIG = "bezig", "Bezig"
    GESTOPT = "gestopt", "Gestopt"
    KLAAR = "klaar", "Klaar"
    MISLUKT = "mislukt", "Mislukt"


class Wijze(models.TextChoices):
    PROEF = "proef", "Proef"
    UITVOEREN = "uitvoeren", "Uitvoeren"


class Uitkomst(models.TextChoices):
    OVERNEMEN = "overnemen", "Overnemen"
    MET_WAARSCHUWING = "overnemen met waarschuwing", "Overnemen met waarschuwing"
    WEIGEREN = "weigeren", "Weigeren"
    DUBBEL = "dubbel", "Dubbel"
    GEEN_GEGEVENSRIJ = "geen gegevensrij", "Geen gegevensrij"


class Loketlijst(models.Model):
    """Eén aangeboden bestand. Hier staat niets over een mens: alleen aantallen en hoever het is."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bestandsnaam = models.CharField(max_length=200)
    grootte = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    jaar = models.PositiveSmallIntegerField(null=True, blank=True)
    wijze = models.CharField(max_length=10, choices=Wijze, default=Wijze.PROEF)
    status = models.CharField(max_length=10, choices=Lijststatus, default=Lijststatus.WACHT)
    gestart_door = models.ForeignKey(
        "medewerkers.Medewerker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Leeg: vanaf de opdrachtregel.",
    )
    aangemaakt_op = models.DateTimeField()
    begonnen_op = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)
    rijen = models.PositiveIntegerField(default=0)
    beoordeeld = models.PositiveIntegerField(default=0, help_text="Zoveel rijen zijn er al beoordeeld.")
    over_te_nemen = models.PositiveIntegerField(default=0)
    geschreven = models.PositiveIntegerField(default=0)
    stonden_er_al = models.PositiveIntegerField(default=0)
    totalen = models.JSONField(default=dict)
    stop_gevraagd = models.BooleanField(default=False)
    fout = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "loketlijsten"
        indexes = [
            models.Index(fields=["-aangemaakt_op", "-id"], name="loketlijst_aangemaakt"),
            models.Index(fields=["sha256"], name="loketlijst_sha256"),
        ]
        constraints = [
            models.CheckConstraint(
                name="loketlijst_status_bestaat",
                condition=Q(status__in=Lijststatus.values),
                violation_error_message="Kies een stand uit de lijst.",
            ),
            models.CheckConstraint(
                name="loketlijst_wijze_bestaat",
                condition=Q(wijze__in=Wijze.values),
                violation_error_message="Kies proef of uitvoeren.",
            ),
        ]

    def __str__(self) -> str:
        return self.bestandsnaam

    @property
    def is_bezig(self) -> bool:
        return self.status in (Lijststatus.WACHT, Lijststatus.BEZIG)

    @property
    def is_ingelezen(self) -> bool:
        return self.wijze == Wijze.UITVOEREN and self.status == Lijststatus.KLAAR


class Loketlijstinhoud(models.Model):
    """Het bestand zelf, versleuteld, zolang het nodig is: ingelezen of vervallen is het leeg. Alleen het systeem leest."""

    lijst = models.OneToOneField(
        Loketlijst, on_delete=models.CASCADE, related_name="inhoud", primary_key=True
    )
    versleuteld = models.BinaryField(blank=True)
    bewaard_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "inhoud van loketlijsten"

    def __str__(self) -> str:
        return f"inhoud van lijst {self.pk}"


class LoketlijstrijQuerySet(models.QuerySet["Loketlijstrij"]):
    def pending(self) -> Self:
        """Wat nog geschreven moet worden, in de volgorde van het bestand."""
        return self.filter(
            uitkomst__in=[Uitkomst.OVERNEMEN, Uitkomst.MET_WAARSCHUWING], melding=None
        ).order_by("nummer")

    def to_judge(self) -> Self:
        """Ter beoordeling door een mens: nog niet bekeken."""
        return self.filter(ter_beoordeling=True, beoordeeld_op=None)


class Loketlijstrij(models.Model):
    """Wat er van één rij werd. `kern` en `cellen` zijn gegevens van een mens: zo kort mogelijk bewaard."""

    lijst = models.ForeignKey(Loketlijst, on_delete=models.PROTECT, related_name="regels")
    nummer = models.PositiveIntegerField(help_text="Zoals Excel telt: de kopregel is 1.")
    regel = models.PositiveIntegerField()
    uitkomst = models.CharField(max_length=30, choices=Uitkomst)
    dubbel_van = models.PositiveIntegerField(null=True, blank=True)
    redenen = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    verwijst = models.JSONField(default=dict, help_text="Reden → de eerdere rij.")
    kern = models.JSONField(default=dict, help_text="Volgnummer, datum en naam, tot de rij geschreven is.")
    cellen = models.JSONField(
        default=dict, help_text="Wat er in een geweigerde rij stond, tot iemand haar heeft afgehandeld."
    )
    persoon = models.CharField(
        max_length=12, blank=True, help_text="Rijen met dezelfde code gaan over één mens."
    )
    organisatie = models.ForeignKey(
        "medewerkers.Moederorganisatie", on_delete=models.PROTECT, related_name="+"
    )
    sleutel = models.UUIDField(
        null=True,
        blank=True,
        help_text="Vingerafdruk van het contact: dezelfde in elk bestand waarin het staat.",
    )
    contactmoment = models.ForeignKey(
        "intake.Contactmoment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    melding = models.ForeignKey(
        "intake.Melding", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    inwoner = models.ForeignKey(
        "inwoners.Inwoner", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lijkt_op = models.ForeignKey(
        "inwoners.Inwoner",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Een bekende inwoner die het misschien is; niet zeker genoeg om te koppelen.",
    )
    stond_er_al = models.BooleanField(default=False)
    ter_beoordeling = models.BooleanField(default=False)
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    beoordeeld_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = LoketlijstrijQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "loketlijstrijen"
        indexes = [
            models.Index(fields=["lijst", "uitkomst", "nummer"], name="loketlijstrij_uitkomst"),
            models.Index(
                fields=["lijst", "nummer"], condition=Q(ter_beoordeling=True), name="loketlijstrij_oordeel"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["lijst", "nummer"],
                name="loketlijstrij_een_keer",
                violation_error_message="Deze rij staat er al.",
            ),
            models.CheckConstraint(
                name="loketlijstrij_uitkomst_bestaat",
                condition=Q(uitkomst__in=Uitkomst.values),
                violation_error_message="Kies een uitkomst uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return f"rij {self.nummer}"
