"""De casus, wie erin staat, met wie ze gedeeld is, en wie de regie heeft: altijd precies één casusregisseur."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Deferrable, F, Func, Q

from casusregie.status import CasusStatus
from skt.autorisatie.deling import DelingMetMens, DelingMetOrganisatie
from skt.inwoners.models import Inwoner
from triage.models import Agendapunt


class TimeRange(Func):
    """tstzrange(van, tot): het begin telt mee, het eind niet."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


def looptijd() -> TimeRange:
    return TimeRange("van", "tot", RangeBoundary())


class Regieniveau(models.TextChoices):
    CASUSREGIE = "casusregie", "Casusregie"
    PROCESREGIE = "procesregie", "Procesregie"
    EXTERN = "externe regie", "Externe regie"


class CasusQuerySet(models.QuerySet["Casus"]):
    def running(self) -> Self:
        return self.exclude(status=CasusStatus.AFGESLOTEN)

    def of_regisseur(self, medewerker_id: int) -> Self:
        """Casussen waarin deze medewerker nu casus- of procesregie heeft."""
        return self.filter(
            models.Exists(
                Regietoewijzing.objects.filter(
                    casus=models.OuterRef("pk"), medewerker_id=medewerker_id, tot__isnull=True
                )
            )
        )


class Casus(models.Model):
    """Een casus. De `lees_*`-kolommen houdt de database bij uit betrokkenheid, regie en delen; nooit met de hand."""

    nummer = models.CharField(max_length=12, unique=True)
    agendapunt = models.OneToOneField(Agendapunt, on_delete=models.PROTECT, related_name="casus")
    melding = models.ForeignKey("intake.Melding", on_delete=models.PROTECT, related_name="casussen")
    team = models.ForeignKey("medewerkers.Team", on_delete=models.PROTECT, related_name="+")
    inwoners = models.ManyToManyField(Inwoner, through="Casuslid", related_name="casussen")
    titel = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=CasusStatus, default=CasusStatus.IN_OPSTART)
    regieniveau = models.CharField(max_length=14, choices=Regieniveau, default=Regieniveau.CASUSREGIE)
    geopend_op = models.DateTimeField()
    geopend_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, on_delete=models.PROTECT, related_name="+"
    )
    gesloten_op = models.DateTimeField(null=True, blank=True)
    evaluatie_op = models.DateField("volgende evaluatie", null=True, blank=True)
    afgeschermd = models.BooleanField(default=False)
    versie = models.PositiveIntegerField(default=1)

    lees_organisaties = ArrayField(models.BigIntegerField(), default=list, editable=False)
    lees_medewerkers = ArrayField(models.BigIntegerField(), default=list, editable=False)
    regisseurs = ArrayField(models.BigIntegerField(), default=list, editable=False)

    objects = CasusQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "casussen"
        permissions = [("share_casus", "Meelezen op naam of als betrokken organisatie")]
        indexes = [
            models.Index(fields=["status", "-geopend_op", "-id"], name="casus_status_geopend"),
            models.Index(fields=["team", "status", "-id"], name="casus_team_status"),
            GinIndex(fields=["lees_organisaties"], name="casus_lees_organisaties"),
            GinIndex(fields=["lees_medewerkers"], name="casus_lees_medewerkers"),
        ]
        constraints = [
            models.CheckConstraint(
                name="casus_gesloten_heeft_datum",
                condition=~Q(status="afgesloten") | Q(gesloten_op__isnull=False),
                violation_error_message="Een afgesloten casus heeft een sluitdatum.",
            ),
            models.CheckConstraint(
                name="casus_sluit_na_openen",
                condition=Q(gesloten_op__isnull=True) | Q(gesloten_op__gte=F("geopend_op")),
                violation_error_message="Een casus kan niet sluiten voordat hij is geopend.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.titel} {self.nummer}"

    @property
    def inwoner_ids(self) -> list[int]:
        return [lid.inwoner_id for lid in self.leden.all()]

    def lopende_toewijzing(self, soort: str) -> "Regietoewijzing | None":
        return self.regietoewijzingen.filter(soort=soort, tot__isnull=True).first()


class CasusUserObjectPermission(DelingMetMens):
    """Wie op naam in deze casus mag (django-guardian, met een echte foreign key)."""

    content_object = models.ForeignKey(Casus, on_delete=models.CASCADE)

    class Meta(DelingMetMens.Meta):
        abstract = False
        verbose_name_plural = "delingen van casussen met mensen"


class CasusGroupObjectPermission(DelingMetOrganisatie):
    """Welke moederorganisatie in deze casus mag (django-guardian, met een echte foreign key)."""

    content_object = models.ForeignKey(Casus, on_delete=models.CASCADE)

    class Meta(DelingMetOrganisatie.Meta):
        abstract = False
        verbose_name_plural = "delingen van casussen met organisaties"


class Casuslid(models.Model):
    """Een inwoner in een casus: de hoofdpersoon en wie er in huis bij hoort."""

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="leden")
    inwoner = models.ForeignKey(Inwoner, on_delete=models.PROTECT, related_name="casuslidmaatschappen")
    is_hoofdpersoon = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "casusleden"
        constraints = [
            models.UniqueConstraint(
                fields=["casus", "inwoner"],
                name="casuslid_een_keer",
                violation_error_message="Deze inwoner hoort al bij de casus.",
            )
        ]

    def __str__(self) -> str:
        return str(self.inwoner)


class Regietoewijzing(models.Model):
    """Wie de regie heeft, van wanneer tot wanneer en waarom. Zonder einde loopt ze nu."""

    class Soort(models.TextChoices):
        CASUSREGIE = "casusregie", "Casusregie"
        PROCESREGIE = "procesregie", "Procesregie"

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="regietoewijzingen")
    soort = models.CharField(max_length=12, choices=Soort)
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", on_delete=models.PROTECT, related_name="regietoewijzingen"
    )
    organisatie = models.ForeignKey(
        "medewerkers.Moederorganisatie", on_delete=models.PROTECT, related_name="+"
    )
    van = models.DateTimeField()
    tot = models.DateTimeField(null=True, blank=True)
    reden = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "regietoewijzingen"
        indexes = [
            models.Index(
                fields=["medewerker", "casus"],
                condition=Q(tot__isnull=True),
                name="regie_lopend_van_medewerker",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="regie_eindigt_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De regie kan niet eindigen voordat ze begint.",
            ),
            ExclusionConstraint(
                name="regie_een_tegelijk",
                expressions=[
                    ("casus", RangeOperators.EQUAL),
                    ("soort", RangeOperators.EQUAL),
                    (looptijd(), RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.DEFERRED,  # overdragen: eerst de nieuwe erbij, dan de oude eraf
                violation_error_message="Er is in deze periode al iemand met deze regie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.medewerker}"
