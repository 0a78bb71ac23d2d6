"""De integrale uitvraag over de acht leefgebieden. De methode is gegevens: versies, die een antwoord blijft onthouden."""

from django.db import models
from django.db.models import Q

from intake.models.melding import Melding
from skt.kern.keuzelijsten import Leefgebied


class Score(models.IntegerChoices):
    """De schaal van de Zelfredzaamheid-Matrix; leeg is: niet besproken."""

    ACUUT = 1, "Acute problematiek"
    NIET = 2, "Niet zelfredzaam"
    BEPERKT = 3, "Beperkt zelfredzaam"
    VOLDOENDE = 4, "Voldoende zelfredzaam"
    VOLLEDIG = 5, "Volledig zelfredzaam"


class Uitvraagmethode(models.Model):
    """Eén versie van de vragen per leefgebied; de kwartiermaker maakt nieuwe versies, oude veranderen nooit."""

    naam = models.CharField(max_length=80)
    versie = models.PositiveSmallIntegerField()
    vragen = models.JSONField(
        help_text="Per leefgebied een lijst vragen, in de volgorde waarin ze gesteld worden."
    )
    geldig_van = models.DateField()
    is_standaard = models.BooleanField(default=False)

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
        ]

    def __str__(self) -> str:
        return f"{self.naam} versie {self.versie}"


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


class Antwoord(models.Model):
    """Wat er over één leefgebied is gezegd."""

    uitvraag = models.ForeignKey(Uitvraag, on_delete=models.PROTECT, related_name="antwoorden")
    leefgebied = models.CharField(max_length=12, choices=Leefgebied)
    score = models.PositiveSmallIntegerField(null=True, blank=True, choices=Score)
    toelichting = models.TextField(blank=True)
    eigen_kracht = models.TextField(blank=True)
    netwerk = models.TextField(blank=True)
    lopende_hulp = models.TextField(blank=True)
    wens = models.TextField(blank=True)

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

    def __str__(self) -> str:
        return f"{self.get_leefgebied_display()}: {self.score or 'niet besproken'}"
