"""Wat er in een casus gebeurt: doelen, acties met een datum, notities, en de nazorg die zegt of de inwoner zich redt."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from casusregie.models.casus import Casus
from casusregie.status import DoelStatus
from skt.kern.keuzelijsten import Leefgebied

MET_SCORE = (DoelStatus.BEHAALD, DoelStatus.DEELS, DoelStatus.NIET)
"""Hoe een doel eindigt als er een score bij hoort; wat vervalt heeft er geen."""


class DoelQuerySet(models.QuerySet["Doel"]):
    def open(self) -> Self:
        return self.filter(status=DoelStatus.OPEN)


class Doel(models.Model):
    """Wat de inwoner op één leefgebied wil bereiken, van welke score naar welke, en uiterlijk wanneer.

    Alle doelen van een casus samen zijn het ondersteuningsplan. Een uitkomst staat vast: wie verder wil, zet een nieuw doel.
    """

    class Score(models.IntegerChoices):
        EEN = 1, "1 acuut"
        TWEE = 2, "2 niet zelfredzaam"
        DRIE = 3, "3 beperkt"
        VIER = 4, "4 voldoende"
        VIJF = 5, "5 redt zich helemaal"

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="doelen")
    leefgebied = models.CharField(max_length=12, choices=Leefgebied)
    wat = models.CharField(max_length=200)
    startscore = models.PositiveSmallIntegerField("start", choices=Score)
    doelscore = models.PositiveSmallIntegerField("doel", choices=Score)
    uiterlijk = models.DateField()
    akkoord_op = models.DateField(
        "de inwoner is akkoord sinds", null=True, blank=True, help_text="Leeg: nog niet besproken."
    )
    status = models.CharField(max_length=14, choices=DoelStatus, default=DoelStatus.OPEN)
    gezet_op = models.DateTimeField()
    gezet_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    afgerond_op = models.DateTimeField(null=True, blank=True)
    eindscore = models.PositiveSmallIntegerField(choices=Score, null=True, blank=True)
    toelichting = models.CharField(max_length=300, blank=True)
    versie = models.PositiveIntegerField(default=1)

    objects = DoelQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "doelen"
        indexes = [models.Index(fields=["casus", "status", "uiterlijk"], name="doel_casus_status")]
        constraints = [
            models.CheckConstraint(
                name="doel_zegt_wat",
                condition=~Q(wat=""),
                violation_error_message="Schrijf op wat de inwoner wil bereiken.",
            ),
            models.CheckConstraint(
                name="doel_niet_onder_de_start",
                condition=Q(
                    startscore__range=(1, 5), doelscore__range=(1, 5), doelscore__gte=F("startscore")
                ),
                violation_error_message="Het doel is lager dan de start. Kies dezelfde score of een hogere.",
            ),
            models.CheckConstraint(
                name="doel_afgerond_heeft_datum",  # "isn't empty" is said: a comparison with NULL refuses nothing
                condition=Q(status=DoelStatus.OPEN, afgerond_op__isnull=True)
                | (~Q(status=DoelStatus.OPEN) & Q(afgerond_op__isnull=False, afgerond_op__gte=F("gezet_op"))),
                violation_error_message="Een uitkomst heeft een dag, en die is niet van voor het doel.",
            ),
            models.CheckConstraint(
                name="doel_uitkomst_past_bij_score",
                condition=Q(status__in=(DoelStatus.OPEN, DoelStatus.VERVALLEN), eindscore__isnull=True)
                | Q(status=DoelStatus.BEHAALD, eindscore__isnull=False, eindscore__range=(F("doelscore"), 5))
                | Q(
                    status__in=(DoelStatus.DEELS, DoelStatus.NIET),
                    eindscore__isnull=False,
                    eindscore__gte=1,
                    eindscore__lt=F("doelscore"),
                ),
                violation_error_message="De uitkomst past niet bij de score.",
            ),
            models.CheckConstraint(
                name="doel_vervalt_met_reden",
                condition=~Q(status=DoelStatus.VERVALLEN, toelichting=""),
                violation_error_message="Schrijf op waarom het doel vervalt.",
            ),
            models.UniqueConstraint(
                fields=["casus", "leefgebied", "wat"],
                condition=Q(status=DoelStatus.OPEN),
                name="doel_een_keer_open",
                violation_error_message="Dit doel staat er al.",
            ),
        ]

    def __str__(self) -> str:
        return self.wat


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
