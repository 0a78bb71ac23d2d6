"""Het protocol als rijen: versies van regels, een proef op wat er al was, en welk advies bij een triage is gegeven."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from triage.status import ProtocolStatus

STIL_NA = timedelta(minutes=1)
"""Een deel van een proef duurt een paar seconden; na een minuut zonder teken werkt er niemand aan."""


class Afwijkreden(models.TextChoices):
    MEER_BEKEND = "meer bekend", "Ik weet meer dan er in de uitvraag staat"
    GEVAAR = "gevaar", "Er is nu gevaar"
    ERNSTIGER = "ernstiger", "Het is ernstiger dan het lijkt"
    LICHTER = "lichter", "Het is minder ernstig dan het lijkt"
    WENS = "wens", "De inwoner wil het anders"
    HULP_LOOPT = "hulp loopt", "Er loopt al hulp"
    ANDER_TEAM = "ander team", "Een ander team kent deze mensen al"
    VRIJ_AANBOD = "vrij aanbod", "Vrij toegankelijk aanbod is genoeg"
    REGEL_PAST_NIET = "regel past niet", "De regel klopt hier niet"
    ANDERS = "anders", "Iets anders"


class Proefstatus(models.TextChoices):
    WACHT = "wacht", "Wacht"
    BEZIG = "bezig", "Bezig"
    GESTOPT = "gestopt", "Gestopt"
    KLAAR = "klaar", "Klaar"
    MISLUKT = "mislukt", "Mislukt"


class Protocolversie(models.Model):
    """Eén versie van de regels. Een concept verandert; wat in gebruik is of was nooit meer (0008)."""

    nummer = models.PositiveIntegerField(unique=True)
    status = models.CharField(max_length=10, choices=ProtocolStatus, default=ProtocolStatus.CONCEPT)
    toelichting = models.CharField("wat is er anders, en waarom?", max_length=300, blank=True)
    regels = models.JSONField(
        default=list, help_text="Op volgorde; zoals triage.protocol.regels ze schrijft."
    )
    gebaseerd_op = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="opvolgers"
    )
    gemaakt_door = models.ForeignKey(
        "medewerkers.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gemaakt_op = models.DateTimeField()
    gewijzigd_door = models.ForeignKey(
        "medewerkers.Medewerker", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    gewijzigd_op = models.DateTimeField(null=True, blank=True)
    actief_vanaf = models.DateTimeField("in gebruik vanaf", null=True, blank=True)
    actief_tot = models.DateTimeField("in gebruik tot", null=True, blank=True)
    bewerking = models.PositiveIntegerField(
        default=1, help_text="Telt wijzigingen: wie op een oude pagina bewaart, hoort het."
    )

    class Meta:
        verbose_name_plural = "protocolversies"
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="actief"),
                name="protocolversie_een_actief",
                violation_error_message="Er is al een versie in gebruik. Ververs de pagina.",
            ),
            models.CheckConstraint(
                name="protocolversie_status_bestaat",
                condition=Q(status__in=ProtocolStatus.values),
                violation_error_message="Een versie is concept, in gebruik of buiten gebruik.",
            ),
            models.CheckConstraint(
                name="protocolversie_actief_vanaf",
                condition=~Q(status="actief") | Q(actief_vanaf__isnull=False),
                violation_error_message="Van een versie in gebruik staat vast sinds wanneer.",
            ),
            models.CheckConstraint(
                name="protocolversie_stopt_na_begin",
                condition=Q(actief_tot__isnull=True) | Q(actief_tot__gte=F("actief_vanaf")),
                violation_error_message="Een versie kan niet stoppen voordat zij inging.",
            ),
        ]

    def __str__(self) -> str:
        return f"Protocol versie {self.nummer}"


class Protocolproef(models.Model):
    """Een concept op proef, op wat er al was. Hier staat niets over een mens: alleen aantallen, kleine aantallen weg."""

    versie = models.ForeignKey(Protocolversie, on_delete=models.PROTECT, related_name="proeven")
    bewerking = models.PositiveIntegerField(help_text="Die van de versie toen de proef begon.")
    tegen = models.ForeignKey(
        Protocolversie, on_delete=models.PROTECT, related_name="+", help_text="Wat toen in gebruik was."
    )
    van = models.DateField()
    tot = models.DateField(help_text="De eerste dag die niet meetelt.")
    status = models.CharField(max_length=10, choices=Proefstatus, default=Proefstatus.WACHT)
    totaal = models.PositiveIntegerField(default=0)
    gedaan = models.PositiveIntegerField(default=0)
    uitslag = models.JSONField(default=dict)
    stop_gevraagd = models.BooleanField(default=False)
    fout = models.CharField(max_length=300, blank=True)
    gestart_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gestart_op = models.DateTimeField()
    gezien_op = models.DateTimeField(
        null=True, blank=True, help_text="Wanneer de achtergrond er het laatst aan werkte."
    )
    klaar_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "protocolproeven"
        indexes = [models.Index(fields=["versie", "-id"], name="protocolproef_versie")]
        constraints = [
            models.CheckConstraint(
                name="protocolproef_status_bestaat",
                condition=Q(status__in=Proefstatus.values),
                violation_error_message="Een proef wacht, is bezig, gestopt, klaar of mislukt.",
            ),
            models.CheckConstraint(
                name="protocolproef_eindigt_na_begin",
                condition=Q(tot__gt=F("van")),
                violation_error_message="De proef gaat over minstens één dag.",
            ),
            models.UniqueConstraint(
                fields=["versie"],
                condition=Q(status__in=["wacht", "bezig"]),
                name="protocolproef_een_tegelijk",
                violation_error_message="Er loopt al een proef met deze versie. Wacht tot die klaar is, of stop haar.",
            ),
        ]

    def __str__(self) -> str:
        return f"Proef met {self.versie}"

    @property
    def is_bezig(self) -> bool:
        return self.status in (Proefstatus.WACHT, Proefstatus.BEZIG)

    def is_stil(self, at: datetime) -> bool:
        """Er zou aan gewerkt worden, maar er gebeurt al een minuut niets: de achtergrond staat, of is gestopt."""
        return self.is_bezig and at - (self.gezien_op or self.gestart_op) > STIL_NA


class Triageadvies(models.Model):
    """Wat het protocol bij één triage aanraadde, welke regels dat zeiden, en waarom er anders is besloten."""

    triage = models.OneToOneField(
        "triage.Triage", on_delete=models.PROTECT, related_name="advies", primary_key=True
    )
    versie = models.ForeignKey(Protocolversie, on_delete=models.PROTECT, related_name="+")
    uitkomst = models.CharField(max_length=40, blank=True)
    bord = models.CharField(max_length=12, blank=True)
    urgentie = models.CharField(max_length=40, blank=True)
    ernst = models.CharField(max_length=10, blank=True)
    regels = models.JSONField(
        default=dict, help_text="Onderdeel van het advies → nummer (vanaf 1) van de regel die het gaf."
    )
    geraakt = ArrayField(models.PositiveSmallIntegerField(), default=list)
    gekozen_bord = models.CharField(max_length=12, blank=True)
    afwijkt_op = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    afwijkreden = models.CharField(max_length=20, choices=Afwijkreden, blank=True)
    afwijktoelichting = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "adviezen bij triage"
        constraints = [
            models.CheckConstraint(
                name="triageadvies_afwijken_heeft_reden",
                condition=Q(afwijkt_op=[]) | ~Q(afwijkreden=""),
                violation_error_message="Kies waarom u anders beslist dan het advies.",
            ),
            models.CheckConstraint(
                name="triageadvies_reden_bestaat",
                condition=Q(afwijkreden="") | Q(afwijkreden__in=Afwijkreden.values),
                violation_error_message="Kies een reden uit de lijst.",
            ),
            models.CheckConstraint(
                name="triageadvies_anders_is_uitgelegd",
                condition=~Q(afwijkreden="anders") | ~Q(afwijktoelichting=""),
                violation_error_message="Schrijf op waarom u anders beslist.",
            ),
        ]

    def __str__(self) -> str:
        return f"Advies bij triage {self.pk}"
