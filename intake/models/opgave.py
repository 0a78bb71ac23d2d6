"""Wat iemand over zichzelf of een ander opgaf en nog niemand heeft nagekeken; het loket koppelt er een inwoner aan."""

from django.db import models
from django.db.models import Q

from intake.models.melding import Melding
from skt.inwoners.models import VeiligContact


class Opgave(models.Model):
    """De opgegeven gegevens bij één melding: van een openbaar formulier, of genoemd in een gesprek van het loket."""

    class Bron(models.TextChoices):
        INWONER = "inwoner", "Formulier voor inwoners"
        PROFESSIONAL = "professional", "Formulier voor professionals"
        LOKET = "loket", "Genoemd aan het loket"

    class Contactwijze(models.TextChoices):
        BELLEN = "bellen", "Bellen"
        MAILEN = "mailen", "E-mailen"
        NIET = "niet", "Geen contact opnemen: de melder belt zelf"

    melding = models.OneToOneField(Melding, on_delete=models.PROTECT, related_name="opgave")
    bron = models.CharField(max_length=12, choices=Bron)
    kenmerk = models.CharField(
        max_length=14,
        null=True,
        blank=True,
        unique=True,
        help_text="Wat de melder van ons kreeg; niet te raden.",
    )
    vingerafdruk = models.CharField(
        max_length=64, blank=True, help_text="Van de inhoud: twee keer versturen is twee keer hetzelfde."
    )
    naam = models.CharField("naam van de melder", max_length=120, blank=True)
    functie = models.CharField(max_length=80, blank=True)
    organisatie = models.CharField(max_length=120, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    relatie = models.CharField("wie de melder is van de inwoner", max_length=80, blank=True)
    contactwijze = models.CharField(max_length=10, choices=Contactwijze, blank=True)
    over_voornaam = models.CharField(max_length=60, blank=True)
    over_achternaam = models.CharField(max_length=80, blank=True)
    over_geboren = models.CharField(max_length=40, blank=True)
    over_postcode = models.CharField(max_length=7, blank=True)
    over_huisnummer = models.CharField(max_length=20, blank=True)
    over_telefoon = models.CharField(max_length=20, blank=True)
    veilig = models.CharField(max_length=10, choices=VeiligContact, default=VeiligContact.JA)
    veilig_toelichting = models.CharField(max_length=200, blank=True)
    spoed_reden = models.CharField(max_length=500, blank=True)
    al_gedaan = models.TextField("wat is er al gedaan", blank=True)
    bevestiging_gevraagd = models.BooleanField(default=False)
    bevestigd_op = models.DateTimeField(null=True, blank=True)
    gegeven_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "opgaven"
        indexes = [
            models.Index(
                fields=["gegeven_op"],
                condition=Q(bevestiging_gevraagd=True, bevestigd_op__isnull=True),
                name="opgave_nog_bevestigen",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="opgave_formulier_heeft_kenmerk",
                condition=Q(bron="loket", kenmerk__isnull=True)
                | (~Q(bron="loket") & Q(kenmerk__isnull=False)),
                violation_error_message="Alleen een formulier heeft een kenmerk.",
            ),
            models.CheckConstraint(
                name="opgave_veilig_uitgelegd",
                condition=~Q(veilig="beperkt") | ~Q(veilig_toelichting=""),
                violation_error_message="Schrijf op wanneer en hoe het veilig is om contact op te nemen.",
            ),
            models.CheckConstraint(
                name="opgave_bevestigen_naar_een_adres",
                condition=Q(bevestiging_gevraagd=False) | ~Q(email=""),
                violation_error_message="Vul een e-mailadres in voor de bevestiging.",
            ),
        ]

    def __str__(self) -> str:
        return self.kenmerk or self.get_bron_display()

    @property
    def over_naam(self) -> str:
        return " ".join(filter(None, [self.over_voornaam, self.over_achternaam]))
