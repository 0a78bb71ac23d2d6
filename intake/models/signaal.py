"""Een signaal bij een melding: wat de wet er meer van vraagt dan van een gewone vraag (domein 3 en 6)."""

from django.db import models
from django.db.models import Q

from intake.models.melding import Melding


class Signaalsoort(models.TextChoices):
    BEZORGDHEID = "bezorgdheid", "Bezorgdheid"
    WVGGZ = "Wvggz verkennend onderzoek", "Wvggz: verkennend onderzoek"
    GEWELD = "huiselijk geweld/kindermishandeling", "Huiselijk geweld of kindermishandeling"
    VERWIJSINDEX = "verwijsindex", "Verwijsindex"
    OVERLEG = "signaleringsoverleg zorg en veiligheid", "Signaleringsoverleg zorg en veiligheid"
    SCHULDEN = "vroegsignalering schulden", "Vroegsignalering schulden"


class Melderrelatie(models.TextChoices):
    """Wie de melder van de inwoner is. Alleen aan de eerste vier wordt teruggekoppeld (Wvggz 5:2 lid 3-5)."""

    VERTEGENWOORDIGER = "vertegenwoordiger", "Vertegenwoordiger"
    PARTNER = "partner", "Partner"
    OUDER = "ouder", "Ouder"
    NAASTE = "essentiële naaste", "Essentiële naaste"
    FAMILIE = "ander familielid", "Ander familielid"
    BUUR = "buur", "Buur"
    PROFESSIONAL = "professional", "Professional"
    ANDERS = "anders", "Anders"
    ONBEKEND = "onbekend", "Niet bekend"


MAG_HOREN = (
    Melderrelatie.VERTEGENWOORDIGER,
    Melderrelatie.PARTNER,
    Melderrelatie.OUDER,
    Melderrelatie.NAASTE,
)


class Signaal(models.Model):
    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="signalen")
    soort = models.CharField(max_length=40, choices=Signaalsoort)
    toelichting = models.TextField(blank=True)
    melder_anoniem = models.BooleanField(
        default=False,
        help_text="De melder vroeg om anoniem te blijven: van deze mens staat nergens een naam of nummer.",
    )
    melder_relatie = models.CharField(max_length=20, choices=Melderrelatie, default=Melderrelatie.ONBEKEND)
    terugkoppelen = models.BooleanField(default=False)
    teruggekoppeld_op = models.DateField(null=True, blank=True)
    meldcode_stap = models.PositiveSmallIntegerField(null=True, blank=True)
    gevaar_nu = models.BooleanField(default=False)
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    overleg_reden = models.TextField("waarom naar het signaleringsoverleg", blank=True)
    overleg_gevraagd_op = models.DateTimeField(null=True, blank=True)
    overleg_gevraagd_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    besproken_op = models.DateField(null=True, blank=True)
    overleg_uitkomst = models.TextField(blank=True)
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "signalen"
        indexes = [
            models.Index(
                fields=["overleg_gevraagd_op", "id"],
                condition=Q(overleg_gevraagd_op__isnull=False, besproken_op__isnull=True),
                name="signaal_te_bespreken",
            ),
            models.Index(fields=["-besproken_op", "-id"], name="signaal_besproken"),
        ]
        constraints = [
            models.CheckConstraint(
                name="signaal_soort_bestaat",
                condition=Q(soort__in=Signaalsoort.values),
                violation_error_message="Kies een signaal uit de lijst.",
            ),
            models.CheckConstraint(
                name="signaal_meldcode_bij_geweld",
                condition=Q(
                    soort="huiselijk geweld/kindermishandeling",
                    meldcode_stap__isnull=False,
                    meldcode_stap__range=(1, 5),
                )
                | (~Q(soort="huiselijk geweld/kindermishandeling") & Q(meldcode_stap__isnull=True)),
                violation_error_message="Kies bij huiselijk geweld of kindermishandeling de stap van de meldcode, 1 tot en met 5.",
            ),
            models.CheckConstraint(
                name="signaal_terug_alleen_naaste",
                condition=Q(terugkoppelen=False)
                | Q(
                    melder_anoniem=False,
                    melder_relatie__in=["vertegenwoordiger", "partner", "ouder", "essentiële naaste"],
                ),
                violation_error_message="Terugkoppelen mag alleen aan een bekende vertegenwoordiger, partner, ouder of essentiële naaste.",
            ),
            models.CheckConstraint(
                name="signaal_overleg_met_reden",
                condition=Q(
                    overleg_gevraagd_op__isnull=True, overleg_reden="", overleg_gevraagd_door__isnull=True
                )
                | (
                    Q(overleg_gevraagd_op__isnull=False, overleg_gevraagd_door__isnull=False)
                    & ~Q(overleg_reden="")
                ),
                violation_error_message="Schrijf op waarom dit naar het signaleringsoverleg gaat.",
            ),
            models.CheckConstraint(
                name="signaal_uitkomst_na_overleg",
                condition=Q(besproken_op__isnull=True, overleg_uitkomst="")
                | (
                    Q(besproken_op__isnull=False, overleg_gevraagd_op__isnull=False) & ~Q(overleg_uitkomst="")
                ),
                violation_error_message="Schrijf op wat de uitkomst van het overleg is, en op welke dag het was.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_soort_display()

    @property
    def moet_terugkoppelen(self) -> bool:
        return self.terugkoppelen and self.teruggekoppeld_op is None

    @property
    def wacht_op_overleg(self) -> bool:
        return self.overleg_gevraagd_op is not None and self.besproken_op is None
