"""Wat er in een casus gebeurt: acties met een datum, notities, en de nazorg die zegt of de inwoner zich redt."""

from typing import Self

from django.db import models
from django.db.models import Q

from casusregie.models.casus import Casus
from skt.kern.keuzelijsten import Leefgebied


class ActieQuerySet(models.QuerySet["Actie"]):
    def open(self) -> Self:
        return self.filter(status=Actie.Status.OPEN)


class Actie(models.Model):
    """Wie doet wat, uiterlijk wanneer."""

    class Uitvoerder(models.TextChoices):
        INWONER = "inwoner", "Inwoner"
        NETWERK = "netwerk", "Netwerk"
        ORGANISATIE = "organisatie", "Organisatie"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        KLAAR = "klaar", "Klaar"
        VERVALLEN = "vervallen", "Vervallen"

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="acties")
    wat = models.CharField(max_length=200)
    uitvoerder = models.CharField("wie doet het", max_length=12, choices=Uitvoerder)
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="acties"
    )
    leefgebied = models.CharField(max_length=12, choices=Leefgebied, blank=True)
    uiterlijk = models.DateField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    gemaakt_op = models.DateTimeField()
    afgerond_op = models.DateTimeField(null=True, blank=True)
    toelichting = models.CharField(max_length=300, blank=True)

    objects = ActieQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "acties"
        indexes = [
            models.Index(fields=["casus", "status", "uiterlijk"], name="actie_casus_status"),
            models.Index(fields=["medewerker", "status", "uiterlijk"], name="actie_van_wie"),
        ]
        constraints = [
            models.CheckConstraint(
                name="actie_van_organisatie_heeft_medewerker",
                condition=~Q(uitvoerder="organisatie") | Q(medewerker__isnull=False),
                violation_error_message="Kies welke medewerker de actie doet.",
            ),
            models.CheckConstraint(
                name="actie_afgerond_heeft_datum",
                condition=Q(status="open") | Q(afgerond_op__isnull=False),
                violation_error_message="Een afgeronde actie heeft een datum.",
            ),
            models.CheckConstraint(
                name="actie_zegt_wat",
                condition=~Q(wat=""),
                violation_error_message="Schrijf op wat er moet gebeuren.",
            ),
        ]

    def __str__(self) -> str:
        return self.wat


class Notitie(models.Model):
    """Een notitie op de tijdlijn; er wordt bijgeschreven, niet overgeschreven."""

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="notities")
    tekst = models.TextField()
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    geschreven_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "notities"
        constraints = [
            models.CheckConstraint(
                name="notitie_niet_leeg",
                condition=~Q(tekst=""),
                violation_error_message="Schrijf eerst iets op.",
            )
        ]

    def __str__(self) -> str:
        return self.tekst[:60]


class Nazorg(models.Model):
    """Nagaan of de inwoner zich echt redt: na 1, 3, 6 of 12 maanden."""

    class Termijn(models.IntegerChoices):
        EEN = 1, "Na 1 maand"
        DRIE = 3, "Na 3 maanden"
        ZES = 6, "Na 6 maanden"
        TWAALF = 12, "Na 12 maanden"

    class Resultaat(models.TextChoices):
        REDT_ZICH = "redt zich zonder hulp", "Redt zich zonder hulp"
        TERUGVAL = "terugval: nieuwe melding", "Terugval"
        GEEN_GEHOOR = "geen gehoor", "Geen gehoor"

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="nazorg")
    maanden = models.PositiveSmallIntegerField(choices=Termijn)
    gepland_op = models.DateField()
    uitgevoerd_op = models.DateTimeField(null=True, blank=True)
    resultaat = models.CharField(max_length=30, choices=Resultaat, blank=True)
    toelichting = models.TextField(blank=True)
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "nazorgcontacten"
        constraints = [
            models.CheckConstraint(
                name="nazorg_uitgevoerd_heeft_resultaat",
                condition=Q(uitgevoerd_op__isnull=True, resultaat="")
                | (Q(uitgevoerd_op__isnull=False, medewerker__isnull=False) & ~Q(resultaat="")),
                violation_error_message="Kies wat er uit de nazorg kwam.",
            )
        ]

    def __str__(self) -> str:
        return f"Nazorg op {self.gepland_op:%d-%m-%Y}"
