"""De mensen om een inwoner heen: wie er is, wat diegene is van de inwoner, en of het helpt of drukt (domein 3)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from skt.inwoners.models import Inwoner


class Relatie(models.TextChoices):
    """Wat iemand is van de inwoner; de woorden van codelijst COD472, en de mantelzorger die daar niet in staat."""

    OUDER = "ouder", "Ouder"
    PARTNER = "partner", "Partner"
    KIND = "zoon/dochter", "Zoon of dochter"
    FAMILIE = "familielid", "Familielid"
    BUUR = "buur", "Buur"
    VRIEND = "vriend(in)/kennis", "Vriend(in) of kennis"
    MANTELZORGER = "mantelzorger", "Mantelzorger"
    BEWINDVOERDER = "bewindvoerder", "Bewindvoerder"
    MENTOR = "mentor", "Mentor"
    VOOGD = "voogd", "Voogd"
    CLIENTONDERSTEUNER = "cliëntondersteuner", "Cliëntondersteuner"
    HUISARTS = "huisarts", "Huisarts"
    WERKGEVER = "werkgever", "Werkgever"
    ANDERS = "anders", "Anders"

    @property
    def code(self) -> str:
        """De code van COD472 waarmee een ander systeem dit leest."""
        return COD472[str(self.name)]


COD472 = {
    "OUDER": "10", "PARTNER": "12", "KIND": "16", "FAMILIE": "17", "BUUR": "19", "VRIEND": "20", "MANTELZORGER": "09",
    "BEWINDVOERDER": "14", "MENTOR": "15", "VOOGD": "11", "CLIENTONDERSTEUNER": "21", "HUISARTS": "22", "WERKGEVER": "24",
    "ANDERS": "09",
}  # fmt: skip


class Werking(models.TextChoices):
    STEUNEND = "steunend", "Steunend"
    BELASTEND = "belastend", "Belastend"
    BEIDE = "beide", "Steunend en belastend"
    ONBEKEND = "onbekend", "Nog niet bekend"


class NetwerklidQuerySet(models.QuerySet["Netwerklid"]):
    def current(self) -> Self:
        """Wie er nu om de inwoner heen staat, in de volgorde van opschrijven."""
        return self.filter(beeindigd_op=None).order_by("pk")


class Netwerklid(models.Model):
    """Iemand uit het netwerk van een inwoner. Wie weg is, wordt beëindigd en blijft staan."""

    inwoner = models.ForeignKey(Inwoner, on_delete=models.PROTECT, related_name="netwerk")
    naam = models.CharField(max_length=80)
    relatie = models.CharField(max_length=20, choices=Relatie)
    is_mantelzorger = models.BooleanField("mantelzorger", default=False)
    werking = models.CharField("steunend of belastend", max_length=10, choices=Werking)
    telefoon = models.CharField(max_length=20, blank=True)
    toelichting = models.CharField(max_length=200, blank=True)
    opgeschreven_op = models.DateTimeField()
    opgeschreven_door = models.ForeignKey(
        "medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+"
    )
    beeindigd_op = models.DateTimeField(null=True, blank=True)
    beeindigd_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)

    objects = NetwerklidQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van het netwerk"
        verbose_name_plural = "netwerk"
        indexes = [models.Index(fields=["inwoner", "beeindigd_op"], name="netwerklid_inwoner")]
        constraints = [
            models.CheckConstraint(
                name="netwerklid_heeft_naam",
                condition=~Q(naam=""),
                violation_error_message="Schrijf op wie het is; een voornaam of ‘de buurvrouw’ is genoeg.",
            ),
            models.CheckConstraint(
                name="netwerklid_relatie_bestaat",
                condition=Q(relatie__in=Relatie.values),
                violation_error_message="Kies wat deze persoon is van de inwoner.",
            ),
            models.CheckConstraint(
                name="netwerklid_werking_bestaat",
                condition=Q(werking__in=Werking.values),
                violation_error_message="Kies of deze persoon steunt of belast.",
            ),
            models.CheckConstraint(
                name="netwerklid_einde_compleet",
                condition=Q(beeindigd_op__isnull=True, beeindigd_door__isnull=True)
                | Q(beeindigd_op__gte=F("opgeschreven_op"), beeindigd_door__isnull=False),
                violation_error_message="Bij het einde hoort wie het opschreef en wanneer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.naam} ({self.get_relatie_display().lower()})"
