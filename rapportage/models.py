"""Bevroren cijfers: wat eenmaal is gepubliceerd verandert nooit. Hier staat niets over een mens."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from rapportage.status import Rapportstatus
from skt.kern.gebieden import Gebied


class Periode(models.TextChoices):
    MAAND = "maand", "Maand"
    KWARTAAL = "kwartaal", "Kwartaal"
    JAAR = "jaar", "Jaar"


class Indeling(models.Model):
    """De catalogus van één jaar: kubussen, kenmerken en hun vakken. Vastgezet bij de eerste maand van dat jaar."""

    jaar = models.PositiveSmallIntegerField(unique=True)
    inhoud = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "indelingen"

    def __str__(self) -> str:
        return str(self.jaar)


class Publicatie(models.Model):
    """Eén tabel over één periode, bevroren. `grens` is de grootste afwijking per gepubliceerd getal."""

    kubus = models.SlugField(max_length=80)
    periode = models.CharField(max_length=10, choices=Periode, default=Periode.MAAND)
    maand = models.DateField(help_text="De eerste dag van de maand, het kwartaal of het jaar.")
    grens = models.PositiveSmallIntegerField()
    bevroren_op = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    bestand_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Van het bestand zoals exporteer_publicaties het schrijft."
    )

    class Meta:
        verbose_name_plural = "publicaties"
        constraints = [
            models.UniqueConstraint(fields=["kubus", "periode", "maand"], name="publicatie_een_per_periode"),
        ]

    def __str__(self) -> str:
        return f"{self.kubus} {self.maand:%Y-%m}"


class Cel(models.Model):
    """Eén getal: altijd een veelvoud van vijf."""

    publicatie = models.ForeignKey(Publicatie, on_delete=models.PROTECT, related_name="cellen")
    kenmerken = ArrayField(models.CharField(max_length=80))
    aantal = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "cellen"
        constraints = [
            models.UniqueConstraint(fields=["publicatie", "kenmerken"], name="cel_een_keer"),
            models.CheckConstraint(
                name="cel_veelvoud_van_vijf",
                condition=Q(aantal=F("aantal") / 5 * 5),
            ),
        ]

    def __str__(self) -> str:
        return f"{' · '.join(self.kenmerken)}: {self.aantal}"


class Blad(models.Model):
    """Wat naast de tabellen verschijnt en er niet uit op te tellen is: doorlooptijden, bedragen. De bytes zelf, bevroren."""

    code = models.SlugField(max_length=80)
    periode = models.CharField(max_length=10, choices=Periode)
    maand = models.DateField(help_text="De eerste dag van de maand, het kwartaal of het jaar.")
    bevroren_op = models.DateTimeField()
    inhoud = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "bladen"
        constraints = [
            models.UniqueConstraint(fields=["code", "periode", "maand"], name="blad_een_per_periode"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.maand:%Y-%m}"


class Grondslag(models.Model):
    """Wat er in één maand is geteld en wat daarvan gepubliceerd wordt, per fijnste vak: om door te rekenen.

    Holds true counts. Only the job reads it (skt_rapport); policy and the site can't.
    """

    kubus = models.SlugField(max_length=80)
    maand = models.DateField()
    waar = models.BinaryField()
    rond = models.BinaryField()

    class Meta:
        verbose_name_plural = "grondslagen"
        constraints = [
            models.UniqueConstraint(fields=["kubus", "maand"], name="grondslag_een_per_maand"),
        ]

    def __str__(self) -> str:
        return f"{self.kubus} {self.maand:%Y-%m}"


class Toelichting(models.Model):
    """Wat het beleid zelf bij een figuur van een periode schrijft. Een nieuwe tekst is een nieuwe versie; geen verdwijnt.

    About figures, never about a person. An empty text takes the one before back.
    """

    figuur = models.SlugField(max_length=80)
    periode = models.CharField(max_length=10, choices=Periode)
    begin = models.DateField(help_text="De eerste dag van de maand, het kwartaal of het jaar.")
    versie = models.PositiveSmallIntegerField()
    tekst = models.TextField(blank=True)
    geschreven_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    geschreven_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "toelichtingen"
        constraints = [
            models.UniqueConstraint(
                fields=["figuur", "periode", "begin", "versie"],
                name="toelichting_versie_uniek",
                violation_error_message="Een collega heeft dit net opgeslagen.",
            ),
            models.CheckConstraint(
                name="toelichting_versie_vanaf_een",
                condition=Q(versie__gte=1),
                violation_error_message="Versies tellen vanaf 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figuur} {self.begin:%Y-%m} versie {self.versie}"


class Bevolking(models.Model):
    """Inwoners van een gebied op 1 januari van een jaar (CBS, Kerncijfers wijken en buurten)."""

    jaar = models.PositiveSmallIntegerField()
    gebied = models.CharField(max_length=20, choices=Gebied)
    inwoners = models.PositiveIntegerField()
    ingelezen_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "bevolkingscijfers"
        constraints = [
            models.UniqueConstraint(
                fields=["jaar", "gebied"],
                name="bevolking_een_per_jaar",
                violation_error_message="Van dit gebied staan de inwoners van dit jaar er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebied} {self.jaar}: {self.inwoners}"


class Raadsrapport(models.Model):
    """Eén versie van het rapport over een kwartaal of een jaar, en hoever het is. Een klare versie verandert niet meer."""

    periode = models.CharField(max_length=10, choices=Periode)
    begin = models.DateField(help_text="De eerste dag van het kwartaal of het jaar.")
    versie = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Rapportstatus, default=Rapportstatus.WACHT)
    stap = models.CharField(max_length=100, blank=True, help_text="Waar de taak nu aan werkt.")
    gedaan = models.PositiveSmallIntegerField(default=0)
    stop_gevraagd = models.BooleanField(default=False)
    fout = models.CharField(max_length=300, blank=True)
    gevraagd_door = models.ForeignKey(
        "medewerkers.Medewerker",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Leeg: vanzelf gemaakt, als concept.",
    )
    gevraagd_op = models.DateTimeField()
    klaar_op = models.DateTimeField(null=True, blank=True)
    inhoud_sha256 = models.CharField(max_length=64, blank=True, help_text="Van cijfers en toelichtingen.")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Van het PDF-bestand.")
    grootte = models.PositiveIntegerField(default=0, help_text="In bytes.")
    toelichtingen = models.PositiveSmallIntegerField(default=0, help_text="Zoveel staan er in.")

    class Meta:
        verbose_name_plural = "raadsrapporten"
        indexes = [models.Index(fields=["-gevraagd_op", "-id"], name="raadsrapport_gevraagd")]
        constraints = [
            models.UniqueConstraint(
                fields=["periode", "begin", "versie"],
                name="raadsrapport_een_per_versie",
                violation_error_message="Een collega heeft dit rapport net gevraagd.",
            ),
            models.CheckConstraint(
                name="raadsrapport_kwartaal_of_jaar",
                condition=Q(periode__in=[Periode.KWARTAAL, Periode.JAAR]),
                violation_error_message="Een rapport gaat over een kwartaal of een jaar.",
            ),
            models.CheckConstraint(
                name="raadsrapport_klaar_heeft_bestand",
                condition=Q(status=Rapportstatus.KLAAR, grootte__gt=0, klaar_op__isnull=False)
                & ~Q(sha256="")
                & ~Q(inhoud_sha256="")
                | ~Q(status=Rapportstatus.KLAAR) & Q(sha256="", grootte=0),
                violation_error_message="Een klaar rapport heeft een bestand, en alleen een klaar rapport.",
            ),
        ]

    def __str__(self) -> str:
        return f"rapport {self.periode} {self.begin:%Y-%m} versie {self.versie}"

    @property
    def is_bezig(self) -> bool:
        return self.status in {Rapportstatus.WACHT, Rapportstatus.BEZIG}

    @property
    def is_klaar(self) -> bool:
        return self.status == Rapportstatus.KLAAR

    @property
    def is_concept(self) -> bool:
        """Made by itself when the period closed."""
        return self.gevraagd_door_id is None


class Raadsrapportbestand(models.Model):
    """De PDF zelf, apart bewaard: een lijst van rapporten leest haar niet mee. Alleen de taak schrijft, één keer."""

    rapport = models.OneToOneField(
        Raadsrapport, on_delete=models.PROTECT, related_name="bestand", primary_key=True
    )
    pdf = models.BinaryField()

    class Meta:
        verbose_name_plural = "bestanden van raadsrapporten"

    def __str__(self) -> str:
        return f"bestand van rapport {self.pk}"
