"""Het wegen van een melding: hoe zwaar, hoe snel, wat er vrij toegankelijk is, en wat eruit kwam."""

from django.db import models
from django.db.models import Q

from intake.models import Melding
from triage.models.triagewerk import Meldcode


class Ernst(models.TextChoices):
    """Hoe zwaar het weegt [V]; `uitleg` is onze eigen zin bij elke keuze."""

    LAAG = "laag", "Laag"
    MATIG = "matig", "Matig"
    HOOG = "hoog", "Hoog"
    ZEER_HOOG = "zeer hoog", "Zeer hoog"

    @property
    def uitleg(self) -> str:
        return {
            "LAAG": "Het dagelijks leven loopt door; een antwoord of een duwtje is genoeg.",
            "MATIG": "Iets loopt vast, maar met wat steun pakt de inwoner het zelf op.",
            "HOOG": "Op meer dan één gebied gaat het mis, en zonder hulp wordt het erger.",
            "ZEER_HOOG": "Iemand loopt gevaar, of het leven staat stil.",
        }[str(self.name)]


class Urgentie(models.TextChoices):
    CRISIS = "crisis (direct)", "Crisis (direct)"
    SPOED = "spoed (binnen 3 werkdagen)", "Spoed (binnen 3 werkdagen)"
    REGULIER = "regulier (eerstvolgend aanmeldoverleg)", "Regulier (eerstvolgend aanmeldoverleg)"
    LAAG = "laag", "Laag"

    @property
    def uitleg(self) -> str:
        return {
            "CRISIS": "Vandaag nog: wachten is niet veilig.",
            "SPOED": "Binnen drie werkdagen: anders loopt er iets af of gaat er iets stuk.",
            "REGULIER": "Het kan wachten tot het eerstvolgende aanmeldoverleg.",
            "LAAG": "Er is tijd: een moment dat de inwoner past.",
        }[str(self.name)]

    @property
    def kort(self) -> str:
        """Eén woord, zoals op een kaart: crisis, spoed, regulier, laag."""
        return str(self.name).lower()

    @property
    def werkdagen(self) -> int:
        """Hoe lang een eerste afspraak na de triage mag duren (domein 3: spoed binnen 3 werkdagen; de rest eigen keus)."""
        return {"CRISIS": 1, "SPOED": 3, "REGULIER": 10, "LAAG": 20}[str(self.name)]


class Nuldelijn(models.TextChoices):
    PAST = "past", "Ja, dit aanbod past"
    PAST_NIET = "past_niet", "Nee, er past nu geen vrij toegankelijk aanbod"


class Ernaast(models.TextChoices):
    """Kan vrij toegankelijk aanbod naast geïndiceerde hulp lopen? (nota: zodat zwaardere hulp weer lichter kan)."""

    JA = "ja", "Ja, het kan ernaast"
    NEE = "nee", "Nee, dat kan nu niet"
    LATER = "later", "Dat weegt de intake of het overleg"


class Uitkomst(models.TextChoices):
    INFORMATIE = "informatie en advies", "Informatie en advies"
    ZELF_HELPEN = "zelf hulp verlenen", "Zelf hulp verlenen"
    VRIJ_AANBOD = "vrij toegankelijk aanbod", "Vrij toegankelijk aanbod"
    TOEKENNEN = "zelfstandig toekennen (mandaat)", "Zelfstandig toekennen (mandaat)"
    INTAKE = "afspraak verdiepende intake", "Afspraak verdiepende intake"
    OVERLEG = "aanmeldoverleg", "Aanmeldoverleg"
    CRISISROUTE = "crisisroute", "Crisisroute"


class Triage(models.Model):
    """Het wegen van één melding op ernst en urgentie. Opnieuw triëren maakt een nieuwe; de oude blijft staan."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="triages")
    ernst = models.CharField(max_length=10, choices=Ernst)
    urgentie = models.CharField(max_length=40, choices=Urgentie)
    meldcode = models.PositiveSmallIntegerField(
        "veiligheid: stap van de meldcode", null=True, blank=True, choices=Meldcode
    )
    nuldelijn = models.CharField("0de lijn onderzocht", max_length=10, choices=Nuldelijn)
    nuldelijn_toelichting = models.TextField(blank=True)
    voorzieningen = models.ManyToManyField("socialekaart.Voorziening", blank=True, related_name="+")
    ernaast = models.CharField(
        "kan de 0de lijn ernaast lopen?",
        max_length=8,
        choices=Ernaast,
        blank=True,
        help_text="Leeg waar de uitkomst niet naar 1ste of 2de lijn leidt.",
    )
    ernaast_toelichting = models.TextField(blank=True)
    eigen_kracht = models.TextField(blank=True)
    netwerk = models.TextField(blank=True)
    uitkomst = models.CharField(max_length=40, choices=Uitkomst)
    toelichting = models.TextField(blank=True)
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gedaan_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "triages"
        constraints = [
            models.CheckConstraint(
                name="triage_nuldelijn_uitgelegd",
                condition=~Q(nuldelijn="past_niet") | ~Q(nuldelijn_toelichting=""),
                violation_error_message="Schrijf op waarom er geen vrij toegankelijk aanbod past.",
            ),
            models.CheckConstraint(
                name="triage_nuldelijn_onderzocht",
                condition=Q(nuldelijn__in=Nuldelijn.values),
                violation_error_message="Onderzoek eerst of vrij toegankelijk aanbod past.",
            ),
            models.CheckConstraint(
                name="triage_ernaast_uitgelegd",
                condition=~Q(ernaast="nee") | ~Q(ernaast_toelichting=""),
                violation_error_message="Schrijf op waarom vrij toegankelijk aanbod er niet naast kan lopen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Triage van {self.melding_id}: {self.uitkomst}"
