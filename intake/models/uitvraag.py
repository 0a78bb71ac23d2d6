"""De integrale uitvraag over de acht leefgebieden, en de metingen erna.

De uitvraag is het begin van een melding: één, en overal hergebruikt. Wie later weer meet, voegt een meting toe; wat er stond
blijft staan. Beide onthouden met welke versie van de methode er gevraagd is.
"""

import uuid

from django.db import models
from django.db.models import Q

from intake.models.melding import Melding
from intake.models.methode import Uitvraagmethode
from skt.kern.keuzelijsten import Leefgebied


class Score(models.IntegerChoices):
    """De schaal van de Zelfredzaamheid-Matrix; leeg is: niet besproken."""

    ACUUT = 1, "Acute problematiek"
    NIET = 2, "Niet zelfredzaam"
    BEPERKT = 3, "Beperkt zelfredzaam"
    VOLDOENDE = 4, "Voldoende zelfredzaam"
    VOLLEDIG = 5, "Volledig zelfredzaam"


class Uitvraag(models.Model):
    """De uitvraag van één melding; ze wordt hierna overal hergebruikt."""

    melding = models.OneToOneField(Melding, on_delete=models.PROTECT, related_name="uitvraag")
    methode = models.ForeignKey(Uitvraagmethode, on_delete=models.PROTECT, related_name="+")
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    afgenomen_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "uitvragen"

    def __str__(self) -> str:
        return f"Uitvraag bij {self.melding_id}"


class Leefgebiedantwoord(models.Model):
    """Wat er over één leefgebied is gezegd; een lege score is: niet besproken."""

    leefgebied = models.CharField(max_length=12, choices=Leefgebied)
    score = models.PositiveSmallIntegerField(null=True, blank=True, choices=Score)
    toelichting = models.TextField(blank=True)
    eigen_kracht = models.TextField(blank=True)
    netwerk = models.TextField(blank=True)
    lopende_hulp = models.TextField(blank=True)
    wens = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.get_leefgebied_display()}: {self.score or 'niet besproken'}"


class Antwoord(Leefgebiedantwoord):
    """Een antwoord in de uitvraag van een melding."""

    uitvraag = models.ForeignKey(Uitvraag, on_delete=models.PROTECT, related_name="antwoorden")

    class Meta:
        verbose_name_plural = "antwoorden"
        constraints = [
            models.UniqueConstraint(
                fields=["uitvraag", "leefgebied"],
                name="antwoord_een_per_leefgebied",
                violation_error_message="Over dit leefgebied staat al een antwoord.",
            ),
            models.CheckConstraint(
                name="antwoord_score_1_tot_5",
                condition=Q(score__isnull=True) | Q(score__range=(1, 5)),
                violation_error_message="Een score is 1 tot en met 5, of niet besproken.",
            ),
            models.CheckConstraint(
                name="antwoord_leefgebied_bestaat",
                condition=Q(leefgebied__in=Leefgebied.values),
                violation_error_message="Kies een van de acht leefgebieden.",
            ),
        ]


class Metingreden(models.TextChoices):
    """Waarom er opnieuw gemeten is. Het begin (of een nieuwe melding) is de uitvraag zelf."""

    TRIAGE = "triage", "Verdiepende triage"
    EVALUATIE = "evaluatie", "Evaluatie"
    EINDE = "einde", "Einde van de hulp"


class Meting(models.Model):
    """Een latere meting bij dezelfde melding. Ze komt erbij en verandert nooit; de uitvraag van het begin blijft staan."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="metingen")
    methode = models.ForeignKey(Uitvraagmethode, on_delete=models.PROTECT, related_name="+")
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    reden = models.CharField(max_length=12, choices=Metingreden)
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    afgenomen_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "metingen"
        indexes = [models.Index(fields=["melding", "afgenomen_op"], name="meting_melding_op")]
        constraints = [
            models.CheckConstraint(
                name="meting_reden_bestaat",
                condition=Q(reden__in=Metingreden.values),
                violation_error_message="Kies waarom u opnieuw meet: triage, evaluatie of einde van de hulp.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_reden_display()} bij {self.melding_id}"


class Metingantwoord(Leefgebiedantwoord):
    """Een antwoord in een latere meting."""

    meting = models.ForeignKey(Meting, on_delete=models.PROTECT, related_name="antwoorden")

    class Meta:
        verbose_name_plural = "metingantwoorden"
        constraints = [
            models.UniqueConstraint(
                fields=["meting", "leefgebied"],
                name="metingantwoord_een_per_leefgebied",
                violation_error_message="Over dit leefgebied staat al een antwoord.",
            ),
            models.CheckConstraint(
                name="metingantwoord_score_1_tot_5",
                condition=Q(score__isnull=True) | Q(score__range=(1, 5)),
                violation_error_message="Een score is 1 tot en met 5, of niet besproken.",
            ),
            models.CheckConstraint(
                name="metingantwoord_leefgebied_bestaat",
                condition=Q(leefgebied__in=Leefgebied.values),
                violation_error_message="Kies een van de acht leefgebieden.",
            ),
        ]
