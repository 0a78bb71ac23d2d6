"""De uitvraagmethode: welke vragen er gesteld worden, in welke versie, en wie in de pilot welke gebruikt."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q

from intake.status import MethodeStatus
from intake.vragen import Vragen, asked_order, read_vragen, validate_vragen


class UitvraagmethodeQuerySet(models.QuerySet["Uitvraagmethode"]):
    def asked_on(self, dag: date) -> "UitvraagmethodeQuerySet":
        """Die op deze dag gevraagd mogen worden: al ingegaan, nog niet gestopt."""
        return self.filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=dag),
            status=MethodeStatus.IN_GEBRUIK,
            geldig_van__lte=dag,
        )


class Uitvraagmethode(models.Model):
    """Eén versie van de vragen per leefgebied. Een concept verandert; wat in gebruik is of was nooit meer (0012)."""

    naam = models.CharField(max_length=80)
    versie = models.PositiveSmallIntegerField()
    doel = models.CharField("wat willen we ermee leren?", max_length=300, blank=True)
    vragen = models.JSONField(
        help_text="Per leefgebied een lijst vragen, in de volgorde waarin ze gesteld worden.",
        validators=[validate_vragen],
    )
    status = models.CharField(max_length=20, choices=MethodeStatus, default=MethodeStatus.CONCEPT)
    geldig_van = models.DateField("in gebruik vanaf", null=True, blank=True)
    geldig_tot = models.DateField(
        "in gebruik tot", null=True, blank=True, help_text="De eerste dag dat ze niet meer gevraagd wordt."
    )
    is_standaard = models.BooleanField(default=False)
    gebaseerd_op = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="opvolgers"
    )
    gemaakt_door = models.ForeignKey(
        "medewerkers.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemaakt_op = models.DateTimeField(null=True, blank=True)
    gewijzigd_door = models.ForeignKey(
        "medewerkers.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gewijzigd_op = models.DateTimeField(null=True, blank=True)

    objects = UitvraagmethodeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "uitvraagmethoden"
        constraints = [
            models.UniqueConstraint(
                fields=["naam", "versie"],
                name="uitvraagmethode_versie_uniek",
                violation_error_message="Deze versie bestaat al.",
            ),
            models.UniqueConstraint(
                fields=["is_standaard"],
                condition=Q(is_standaard=True),
                name="uitvraagmethode_een_standaard",
                violation_error_message="Er is al een standaardmethode.",
            ),
            models.CheckConstraint(
                name="uitvraagmethode_heeft_naam",
                condition=~Q(naam=""),
                violation_error_message="Geef de methode een naam.",
            ),
            models.CheckConstraint(
                name="uitvraagmethode_status_bestaat",
                condition=Q(status__in=MethodeStatus.values),
                violation_error_message="Een methode is concept, in gebruik of buiten gebruik.",
            ),
            models.CheckConstraint(
                name="uitvraagmethode_in_gebruik_vanaf",
                condition=~Q(status=MethodeStatus.IN_GEBRUIK) | Q(geldig_van__isnull=False),
                violation_error_message="Kies de dag waarop de methode ingaat.",
            ),
            models.CheckConstraint(
                name="uitvraagmethode_stopt_na_begin",
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=F("geldig_van")),
                violation_error_message="De methode kan niet stoppen voordat ze ingaat.",
            ),
            models.CheckConstraint(
                name="uitvraagmethode_standaard_in_gebruik",
                condition=Q(is_standaard=False) | Q(status=MethodeStatus.IN_GEBRUIK),
                violation_error_message="Alleen een methode die in gebruik is kan de standaard zijn.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} versie {self.versie}"

    def read(self) -> Vragen:
        """De vragen zoals ze geschreven zijn."""
        return read_vragen(self.vragen)

    def asked(self) -> Vragen:
        """De vragen zoals ze gesteld worden."""
        return asked_order(self.read())


class MethodetoewijzingQuerySet(models.QuerySet["Methodetoewijzing"]):
    def running(self, dag: date) -> "MethodetoewijzingQuerySet":
        """Die op deze dag gelden, van een methode die dan gevraagd mag worden."""
        return self.filter(
            Q(tot__isnull=True) | Q(tot__gt=dag),
            van__lte=dag,
            methode__in=Uitvraagmethode.objects.asked_on(dag),
        )


def _in_time(
    name: str, expressions: list[tuple[str, str]], condition: Q | None, zin: str
) -> ExclusionConstraint:
    looptijd = Func("van", "tot", RangeBoundary(), function="DATERANGE", output_field=DateRangeField())
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (looptijd, RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=zin,
    )


class Methodetoewijzing(models.Model):
    """Wie in de pilot een andere methode gebruikt dan de standaard: één mens, een team, een organisatie of een deel."""

    methode = models.ForeignKey(Uitvraagmethode, on_delete=models.PROTECT, related_name="toewijzingen")
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        "medewerkers.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisatie = models.ForeignKey(
        "medewerkers.Moederorganisatie", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    aandeel = models.PositiveSmallIntegerField(
        "aandeel in procenten",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    van = models.DateField("vanaf")
    tot = models.DateField(null=True, blank=True, help_text="De eerste dag dat het niet meer geldt.")
    gemaakt_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gemaakt_op = models.DateTimeField()

    objects = MethodetoewijzingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "methodetoewijzingen"
        constraints = [
            models.CheckConstraint(
                name="methodetoewijzing_een_doel",
                condition=(
                    Q(medewerker__isnull=False, team=None, organisatie=None, aandeel=None)
                    | Q(medewerker=None, team__isnull=False, organisatie=None, aandeel=None)
                    | Q(medewerker=None, team=None, organisatie__isnull=False, aandeel=None)
                    | Q(medewerker=None, team=None, organisatie=None, aandeel__isnull=False)
                ),
                violation_error_message="Kies één medewerker, één team, één organisatie of een aandeel.",
            ),
            models.CheckConstraint(
                name="methodetoewijzing_aandeel_1_tot_99",
                condition=Q(aandeel=None) | Q(aandeel__range=(1, 99)),
                violation_error_message="Een aandeel is 1 tot en met 99 procent.",
            ),
            models.CheckConstraint(
                name="methodetoewijzing_eindigt_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
            _in_time(
                "methodetoewijzing_medewerker_een",
                [("medewerker", RangeOperators.EQUAL)],
                None,
                "Voor deze medewerker is in deze tijd al een methode gekozen.",
            ),
            _in_time(
                "methodetoewijzing_team_een",
                [("team", RangeOperators.EQUAL)],
                None,
                "Voor dit team is in deze tijd al een methode gekozen.",
            ),
            _in_time(
                "methodetoewijzing_organisatie_een",
                [("organisatie", RangeOperators.EQUAL)],
                None,
                "Voor deze organisatie is in deze tijd al een methode gekozen.",
            ),
            _in_time(
                "methodetoewijzing_aandeel_een",
                [],
                Q(aandeel__isnull=False),
                "Er loopt in deze tijd al een verdeling om en om.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.methode}: {self.wie}"

    @property
    def wie(self) -> str:
        """Voor wie: een naam, of het aandeel in woorden."""
        if self.aandeel is not None:
            return f"{self.aandeel} procent van de medewerkers, om en om"
        return str(self.medewerker or self.team or self.organisatie)
