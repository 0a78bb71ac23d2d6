"""Wat er om het wegen heen ligt: wie eraan werkt, wat half getypt is, de stappen van de meldcode en eigen filters."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from intake.models import HalfGetypt, Melding


class Meldcode(models.IntegerChoices):
    """De vijf stappen van de meldcode huiselijk geweld en kindermishandeling (Wmo 2015 artikel 3.3)."""

    SIGNALEN = 1, "1. Signalen in kaart"
    OVERLEG = 2, "2. Overleg met een deskundige collega of Veilig Thuis"
    GESPREK = 3, "3. Gesprek met de betrokkene(n)"
    WEGEN = 4, "4. Wegen van het geweld"
    BESLISSEN = 5, "5. Beslissen over melden en hulp"


class Meldcodestap(models.Model):
    """Een gezette stap van de meldcode bij een melding: wanneer, door wie, en wat eruit kwam."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="meldcodestappen")
    stap = models.PositiveSmallIntegerField(choices=Meldcode)
    gedaan_op = models.DateField()
    door = models.CharField("door wie", max_length=120)
    toelichting = models.TextField(blank=True)
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    vastgelegd_op = models.DateTimeField()

    class Meta:
        verbose_name = "stap van de meldcode"
        verbose_name_plural = "stappen van de meldcode"
        constraints = [
            models.UniqueConstraint(
                fields=["melding", "stap"],
                name="meldcodestap_een_keer",
                violation_error_message="Deze stap van de meldcode staat er al.",
            ),
            models.CheckConstraint(
                name="meldcodestap_bestaat",
                condition=Q(stap__in=Meldcode.values),
                violation_error_message="Kies een stap van de meldcode: 1 tot en met 5.",
            ),
            models.CheckConstraint(
                name="meldcodestap_door_iemand",
                condition=~Q(door=""),
                violation_error_message="Schrijf op wie deze stap zette.",
            ),
        ]

    def __str__(self) -> str:
        return f"Meldcode stap {self.stap} bij {self.melding_id}"


class Triagebeurt(models.Model):
    """Wie een melding in triage onder zich had, en van wanneer tot wanneer. Wie haar nu heeft, staat op de melding."""

    class Einde(models.TextChoices):
        GEWOGEN = "gewogen", "Gewogen"
        TERUGGEGEVEN = "teruggegeven", "Teruggegeven"
        OVERGENOMEN = "overgenomen", "Overgenomen"

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="triagebeurten")
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    opgepakt_op = models.DateTimeField()
    losgelaten_op = models.DateTimeField(null=True, blank=True)
    einde = models.CharField(max_length=12, choices=Einde, blank=True)

    class Meta:
        verbose_name_plural = "triagebeurten"
        constraints = [
            models.UniqueConstraint(
                fields=["melding"],
                condition=Q(losgelaten_op__isnull=True),
                name="triagebeurt_een_tegelijk",
                violation_error_message="Een collega heeft deze melding al opgepakt.",
            ),
            models.CheckConstraint(
                name="triagebeurt_einde_compleet",
                condition=Q(losgelaten_op__isnull=True, einde="")
                | (Q(losgelaten_op__gte=F("opgepakt_op")) & ~Q(einde="")),
                violation_error_message="Een beurt eindigt met een moment en een reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker_id} aan {self.melding_id}"


class Triageconcept(HalfGetypt):
    """De half getypte triage van een melding: één voor de hele toegang, zodat een collega verder kan waar de ander was."""

    melding = models.OneToOneField(Melding, on_delete=models.PROTECT, related_name="triageconcept")
    bewaard_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "triageconcepten"

    def __str__(self) -> str:
        return f"Concept van de triage van {self.melding_id}"


class TriagefilterQuerySet(models.QuerySet["Triagefilter"]):
    def in_order(self) -> Self:
        return self.order_by(Lower("naam"), "pk")


class Triagefilter(models.Model):
    """Een bewaard filter op de werkvoorraad van triage, van één medewerker. Er staat geen naam van een inwoner in."""

    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    naam = models.CharField(max_length=40)
    keuzes = models.JSONField(default=dict)
    standaard = models.BooleanField("hiermee begint de lijst", default=False)

    objects = TriagefilterQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaard filter"
        verbose_name_plural = "bewaarde filters"
        constraints = [
            models.CheckConstraint(
                name="triagefilter_heeft_naam",
                condition=~Q(naam=""),
                violation_error_message="Geef het filter een naam.",
            ),
            models.UniqueConstraint(
                "medewerker",
                Lower("naam"),
                name="triagefilter_naam_een_keer",
                violation_error_message="U heeft al een filter met deze naam.",
            ),
            models.UniqueConstraint(
                fields=["medewerker"],
                condition=Q(standaard=True),
                name="triagefilter_een_standaard",
                violation_error_message="Eén filter tegelijk kan de lijst openen.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam
