"""De aanmelding die uit een triage volgt, en het overleg dat erover besluit."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from intake.models import Melding
from triage.models.triage import Triage, Urgentie
from triage.status import AanmeldingStatus, OverlegStatus


class Bord(models.TextChoices):
    JEUGD = "jeugd", "Jeugd/gezin"
    VOLWASSENEN = "volwassenen", "Volwassenen"
    GEZAMENLIJK = "gezamenlijk", "Gezamenlijk"

    @property
    def teamsoorten(self) -> tuple[str, ...]:
        """De team(s) wier bord dit is."""
        return ("jeugd", "volwassenen") if self == Bord.GEZAMENLIJK else (str(self.value),)

    @property
    def zelfde_mensen(self) -> list[str]:
        """De borden waar (ook) mensen van dit bord aan tafel zitten."""
        return [bord.value for bord in Bord if set(bord.teamsoorten) & set(self.teamsoorten)]


class Besluit(models.TextChoices):
    VRIJ_AANBOD = "vrij toegankelijk aanbod inzetten", "Vrij toegankelijk aanbod inzetten"
    CASUSREGIE = "casusregie beleggen", "Casusregie beleggen"
    INTAKE = "verdiepende intake of huisbezoek", "Verdiepende intake of huisbezoek"
    WMO = "onderzoek Wmo", "Onderzoek Wmo"
    JEUGDHULP = "jeugdhulp onderzoeken", "Jeugdhulp onderzoeken"
    PROCESREGIE = "opschalen naar procesregie", "Opschalen naar procesregie"
    TERUG = "terug naar voorportaal", "Terug naar voorportaal"
    AANHOUDEN = "aanhouden", "Aanhouden"


class Overleg(models.Model):
    """Een aanmeldoverleg van een team, of van beide teams samen."""

    bord = models.CharField(max_length=12, choices=Bord)
    begint_op = models.DateTimeField()
    plaats = models.CharField(max_length=120, default="Van Heeckerenhuis")
    voorzitter = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=12, choices=OverlegStatus, default=OverlegStatus.GEPLAND)
    reeks = models.ForeignKey(
        "triage.Overlegreeks", null=True, blank=True, on_delete=models.PROTECT, related_name="overleggen"
    )
    reeks_dag = models.DateField(
        "dag in de reeks",
        null=True,
        blank=True,
        help_text="De dag die de reeks noemt; die blijft staan als het overleg wordt verzet of geannuleerd.",
    )
    verzet_van = models.DateTimeField(
        null=True, blank=True, help_text="Het moment waarop het eerst zou zijn."
    )
    aanwezigen = models.ManyToManyField("medewerkers.Medewerker", blank=True, related_name="+")
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "overleggen"
        indexes = [models.Index(fields=["bord", "status", "begint_op"], name="overleg_bord_begint")]
        constraints = [
            models.UniqueConstraint(
                fields=["bord", "begint_op"],
                condition=~Q(status="geannuleerd"),
                name="overleg_een_per_moment",
                violation_error_message="Op dit moment is er al een overleg van dit team.",
            ),
            models.UniqueConstraint(
                fields=["reeks", "reeks_dag"],
                name="overleg_een_per_dag_van_de_reeks",
                violation_error_message="Dit overleg van de reeks is er al.",
            ),
            models.CheckConstraint(
                name="overleg_reeks_met_dag",
                condition=Q(reeks__isnull=True, reeks_dag__isnull=True)
                | Q(reeks__isnull=False, reeks_dag__isnull=False),
                violation_error_message="Een overleg van een reeks heeft een dag in die reeks.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aanmeldoverleg {self.get_bord_display()} {self.begint_op:%d-%m-%Y}"


class AanmeldingQuerySet(models.QuerySet["Aanmelding"]):
    def on_board(self, bord: str) -> Self:
        return self.filter(bord=bord).exclude(status=AanmeldingStatus.AFGEROND)

    def on_any_board(self) -> Self:
        """Wat nog op een bord staat, welk ook."""
        return self.exclude(status=AanmeldingStatus.AFGEROND)


class Aanmelding(models.Model):
    """Een melding die voor het aanmeldoverleg staat. Ze staat op precies één komend overleg, of er is besloten."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="aanmeldingen")
    triage = models.OneToOneField(Triage, on_delete=models.PROTECT, related_name="aanmelding")
    bord = models.CharField(max_length=12, choices=Bord)
    teams = ArrayField(models.BigIntegerField(), help_text="De team(s) op wier bord de aanmelding staat.")
    afgeschermd = models.BooleanField(
        default=False,
        editable=False,
        help_text="Houdt de database bij: dan leest alleen de casusregisseur nog mee.",
    )
    status = models.CharField(max_length=14, choices=AanmeldingStatus, default=AanmeldingStatus.VOOR_OVERLEG)
    urgentie = models.CharField(max_length=40, choices=Urgentie)
    casusregisseur = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aangemeld_op = models.DateTimeField()
    gewijzigd_door = models.ForeignKey(
        "medewerkers.Medewerker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Wie haar het laatst verplaatste of erover besloot.",
    )
    gewijzigd_op = models.DateTimeField(null=True, blank=True)
    kenners = ArrayField(
        models.BigIntegerField(),
        default=list,
        editable=False,
        help_text="Wie dit gezin kent; houdt de database bij uit KentGezin. Voor hen bestaat de aanmelding niet.",
    )
    versie = models.PositiveIntegerField(default=1)

    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "aanmeldingen"
        indexes = [
            models.Index(fields=["bord", "status", "aangemeld_op", "id"], name="aanmelding_bord_status"),
            GinIndex(fields=["teams"], name="aanmelding_teams"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["melding"],
                condition=~Q(status="afgerond"),
                name="aanmelding_een_tegelijk",
                violation_error_message="Deze melding staat al op een bord.",
            ),
            models.CheckConstraint(
                name="aanmelding_heeft_team",
                condition=Q(teams__len__gte=1),
                violation_error_message="Kies een team.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aanmelding {self.melding_id}"

    @property
    def laatste_agendapunt(self) -> "Agendapunt | None":
        return self.agendapunten.order_by("-pk").first()


class Agendapunt(models.Model):
    """Een aanmelding op de agenda van één overleg, en het besluit dat daar viel."""

    overleg = models.ForeignKey(Overleg, on_delete=models.PROTECT, related_name="agendapunten")
    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.PROTECT, related_name="agendapunten")
    volgorde = models.PositiveSmallIntegerField()
    besluit = models.CharField(max_length=40, choices=Besluit, blank=True)
    nummer = models.CharField(
        max_length=12,
        blank=True,
        editable=False,
        help_text="Van de melding, bij het besluit bewaard: zo klopt de besluitenlijst ook als de melding dicht is.",
    )
    toelichting = models.TextField(blank=True)
    partij = models.ForeignKey(
        "medewerkers.Moederorganisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    casusregisseur = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    procesregisseur = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uiterlijk = models.DateField("eerste stap uiterlijk", null=True, blank=True)
    besloten_op = models.DateTimeField(null=True, blank=True)
    besloten_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "agendapunten"
        indexes = [models.Index(fields=["overleg", "volgorde", "id"], name="agendapunt_volgorde")]
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding"],
                condition=Q(besluit=""),
                name="agendapunt_een_komend_overleg",
                violation_error_message="Deze aanmelding staat al op een komend overleg.",
            ),
            models.CheckConstraint(
                name="agendapunt_besluit_compleet",
                condition=Q(besluit="") | Q(besloten_op__isnull=False, besloten_door__isnull=False),
                violation_error_message="Bij een besluit hoort wie besloot en wanneer.",
            ),
            models.CheckConstraint(
                name="agendapunt_regie_heeft_regisseur",
                condition=~Q(besluit__in=["casusregie beleggen", "opschalen naar procesregie"])
                | Q(partij__isnull=False, casusregisseur__isnull=False, uiterlijk__isnull=False),
                violation_error_message="Kies de partij, de casusregisseur en de datum van de eerste stap.",
            ),
            models.CheckConstraint(
                name="agendapunt_procesregie_heeft_procesregisseur",
                condition=~Q(besluit="opschalen naar procesregie") | Q(procesregisseur__isnull=False),
                violation_error_message="Kies bij opschalen ook een procesregisseur.",
            ),
        ]

    def __str__(self) -> str:
        return f"Agendapunt {self.volgorde}"
