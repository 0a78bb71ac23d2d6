"""Wanneer een team open is en een medewerker werkt: per weekdag, met uitzonderingen. En de sleutel van ieders agenda."""

from django.db import models
from django.db.models import F, Q


class Weekdag(models.IntegerChoices):
    """Zoals ISO 8601 ze telt."""

    MAANDAG = 1, "Maandag"
    DINSDAG = 2, "Dinsdag"
    WOENSDAG = 3, "Woensdag"
    DONDERDAG = 4, "Donderdag"
    VRIJDAG = 5, "Vrijdag"
    ZATERDAG = 6, "Zaterdag"
    ZONDAG = 7, "Zondag"


VAN_EEN = Q(team__isnull=False, medewerker__isnull=True) | Q(team__isnull=True, medewerker__isnull=False)
UREN = (Q(van__isnull=True) & Q(tot__isnull=True)) | Q(tot__gt=F("van"))


class Werktijd(models.Model):
    """De uren op één weekdag, kloktijd in Nederland; zonder uren: dan niet.

    Wie zelf geen enkele rij heeft, werkt de uren van het eigen team.
    """

    team = models.ForeignKey(
        "medewerkers.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    weekdag = models.PositiveSmallIntegerField(choices=Weekdag)
    van = models.TimeField(null=True, blank=True)
    tot = models.TimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "werktijden"
        constraints = [
            models.UniqueConstraint(
                fields=["team", "weekdag"],
                name="werktijd_een_per_team_en_dag",
                violation_error_message="Voor deze dag staan al openingstijden.",
            ),
            models.UniqueConstraint(
                fields=["medewerker", "weekdag"],
                name="werktijd_een_per_medewerker_en_dag",
                violation_error_message="Voor deze dag staan al werktijden.",
            ),
            models.CheckConstraint(
                name="werktijd_van_een",
                condition=VAN_EEN,
                violation_error_message="Werktijden zijn van één team of van één medewerker.",
            ),
            models.CheckConstraint(
                name="werktijd_eindigt_na_begin",
                condition=UREN,
                violation_error_message="De eindtijd ligt na de begintijd.",
            ),
            models.CheckConstraint(
                name="werktijd_weekdag_bestaat",
                condition=Q(weekdag__range=(1, 7)),
                violation_error_message="Kies een dag van de week.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekdag_display()} {self.van or 'niet'}"


class Werkuitzondering(models.Model):
    """Dagen waarop het anders is: zonder uren afwezig of dicht, met uren juist dan. Waarom, staat er niet: dat is privé."""

    team = models.ForeignKey(
        "medewerkers.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    eerste_dag = models.DateField()
    laatste_dag = models.DateField()
    van = models.TimeField(null=True, blank=True)
    tot = models.TimeField(null=True, blank=True)
    vervallen = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "werkuitzonderingen"
        indexes = [
            models.Index(fields=["medewerker", "laatste_dag"], name="uitzondering_van_wie"),
        ]
        constraints = [
            models.CheckConstraint(
                name="uitzondering_van_een",
                condition=VAN_EEN,
                violation_error_message="Een uitzondering is van één team of van één medewerker.",
            ),
            models.CheckConstraint(
                name="uitzondering_dagen",
                condition=Q(laatste_dag__gte=F("eerste_dag")),
                violation_error_message="De laatste dag ligt op of na de eerste.",
            ),
            models.CheckConstraint(
                name="uitzondering_eindigt_na_begin",
                condition=UREN,
                violation_error_message="De eindtijd ligt na de begintijd.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.eerste_dag:%d-%m-%Y} tot en met {self.laatste_dag:%d-%m-%Y}"


class Agendasleutel(models.Model):
    """De geheime sleutel waarmee een agendaprogramma iemands afspraken ophaalt. Alleen de hash is bewaard."""

    medewerker = models.OneToOneField("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    gemaakt_op = models.DateTimeField()
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "agendasleutels"
        constraints = [
            models.CheckConstraint(
                name="agendasleutel_is_hash",
                condition=Q(hash__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="De sleutel wordt alleen als hash bewaard.",
            )
        ]

    def __str__(self) -> str:
        return f"Sleutel van {self.medewerker_id}"
