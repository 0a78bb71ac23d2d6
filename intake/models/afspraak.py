"""Een afspraak met een inwoner: wie, wanneer, waar. Dat niemand dubbel geboekt raakt, bewaakt de database."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from intake.models.melding import Melding
from intake.status import AfspraakStatus


class AfspraakSoort(models.TextChoices):
    TELEFONISCH = "telefonisch", "Telefonisch"
    LOKET = "gesprek loket", "Gesprek loket"
    HUISBEZOEK = "huisbezoek", "Huisbezoek"
    INTAKE = "verdiepende intake", "Verdiepende intake"
    EVALUATIE = "evaluatie", "Evaluatie"
    NAZORG = "nazorg", "Nazorg"


class Plaats(models.TextChoices):
    """Waar, zonder adres: het adres van een inwoner staat alleen bij de inwoner."""

    TELEFOON = "telefoon", "Telefonisch"
    LOKET = "loket", "Van Heeckerenhuis"
    THUIS = "thuis", "Bij de inwoner thuis"
    ANDERS = "anders", "Andere plek"


class AfspraakReden(models.TextChoices):
    """Waarom zij niet doorging zoals gepland; geen vrije tekst, want de geboekte collega leest dit ook."""

    INWONER = "inwoner", "De inwoner kan niet"
    WIJ = "wij", "Wij kunnen niet"
    NIET_NODIG = "niet nodig", "Niet meer nodig"
    FOUT = "fout", "Verkeerd gepland"


class AfspraakQuerySet(models.QuerySet["Afspraak"]):
    def planned(self) -> "AfspraakQuerySet":
        return self.filter(status=AfspraakStatus.GEPLAND)


class Afspraak(models.Model):
    """Een afspraak bij een melding. Er staat niets over de inwoner in: dat staat bij de melding.

    Begin en eind veranderen nooit; verzetten maakt een nieuwe. `lees_medewerkers` (wie geboekt is) houdt de database bij.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="afspraken")
    casus_id = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="De casus waarvoor zij is; als getal, want deze kamer kent geen casus.",
    )
    soort = models.CharField(max_length=20, choices=AfspraakSoort)
    plaats = models.CharField(max_length=10, choices=Plaats)
    plaats_bij = models.CharField("waar precies", max_length=120, blank=True)
    begin = models.DateTimeField()
    eind = models.DateTimeField()
    team = models.ForeignKey(
        "medewerkers.Team",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Gevuld als het team gevraagd is; het systeem koos dan wie er vrij was.",
    )
    status = models.CharField(max_length=16, choices=AfspraakStatus, default=AfspraakStatus.GEPLAND)
    reden = models.CharField(max_length=12, choices=AfspraakReden, blank=True)
    verzet_naar = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="verzet_van"
    )
    gepland_op = models.DateTimeField()
    gepland_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    afgerond_op = models.DateTimeField(
        null=True, blank=True, help_text="Wanneer zij gehouden, gemist, verzet of geannuleerd is."
    )
    mail_gevraagd = models.BooleanField("bevestiging per e-mail", default=False)
    gemaild_op = models.DateTimeField(null=True, blank=True)

    lees_medewerkers = ArrayField(models.BigIntegerField(), default=list, editable=False)

    objects = AfspraakQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "afspraken"
        indexes = [
            models.Index(fields=["begin", "id"], name="afspraak_begin"),
            models.Index(fields=["melding", "begin"], name="afspraak_melding_begin"),
        ]
        constraints = [
            models.CheckConstraint(
                name="afspraak_eindigt_na_begin",
                condition=Q(eind__gt=F("begin")),
                violation_error_message="Een afspraak eindigt na het begin.",
            ),
            models.CheckConstraint(
                name="afspraak_soort_bestaat",
                condition=Q(soort__in=AfspraakSoort.values),
                violation_error_message="Kies een soort afspraak uit de lijst.",
            ),
            models.CheckConstraint(
                name="afspraak_plaats_bestaat",
                condition=Q(plaats__in=Plaats.values),
                violation_error_message="Kies een plaats uit de lijst.",
            ),
            models.CheckConstraint(
                name="afspraak_thuis_zonder_adres",
                condition=~Q(plaats="thuis") | Q(plaats_bij=""),
                violation_error_message="Het adres staat bij de inwoner; schrijf het niet bij de afspraak.",
            ),
            models.CheckConstraint(
                name="afspraak_andere_plek_heet_iets",
                condition=~Q(plaats="anders") | ~Q(plaats_bij=""),
                violation_error_message="Schrijf op waar de afspraak is.",
            ),
            models.CheckConstraint(
                name="afspraak_afgerond_heeft_moment",
                condition=Q(status="gepland", afgerond_op__isnull=True)
                | (~Q(status="gepland") & Q(afgerond_op__isnull=False)),
                violation_error_message="Een afgeronde afspraak heeft een moment waarop dat gebeurde.",
            ),
            models.CheckConstraint(
                name="afspraak_niet_door_heeft_reden",
                condition=~Q(status__in=["verzet", "geannuleerd"]) | ~Q(reden=""),
                violation_error_message="Kies waarom de afspraak niet doorgaat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.begin:%d-%m-%Y %H:%M}"

    @property
    def duur(self) -> int:
        """In hele minuten."""
        return int((self.eind - self.begin).total_seconds() // 60)

    @property
    def waar(self) -> str:
        return ", ".join(filter(None, [self.get_plaats_display(), self.plaats_bij]))


class Bezetting(models.Model):
    """Wie er bij een afspraak bezet is. `melding`, `periode` en `telt` neemt de database over van de afspraak."""

    afspraak = models.ForeignKey(Afspraak, on_delete=models.PROTECT, related_name="bezettingen")
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="+", editable=False)
    periode = DateTimeRangeField(editable=False)
    telt = models.BooleanField(default=True, editable=False, help_text="Zolang de afspraak gepland staat.")

    class Meta:
        verbose_name_plural = "bezettingen"
        constraints = [
            models.UniqueConstraint(
                fields=["afspraak", "medewerker"],
                name="bezetting_een_keer",
                violation_error_message="Deze collega staat al bij de afspraak.",
            ),
            ExclusionConstraint(
                name="bezetting_niet_dubbel",
                expressions=[("medewerker", RangeOperators.EQUAL), ("periode", RangeOperators.OVERLAPS)],
                condition=Q(telt=True),
                violation_error_message="Dit moment is net bezet geraakt. Kies een ander moment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker_id} bij {self.afspraak_id}"
