"""De sociale kaart: voorzieningen in en om Wassenaar. Velden volgen Open Referral HSDS 3.0."""

import re
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from skt.kern.keuzelijsten import Leefgebied, Thema
from socialekaart.status import VoorzieningStatus


class Lijn(models.IntegerChoices):
    NULDE = 0, "0de lijn"
    EERSTE = 1, "1ste lijn"
    TWEEDE = 2, "2de lijn"


class VoorzieningQuerySet(models.QuerySet["Voorziening"]):
    def offered(self) -> Self:
        """Wat u nu aan iemand kunt meegeven."""
        return self.filter(status=VoorzieningStatus.ACTIVE)

    def free(self) -> Self:
        return self.filter(lijn=Lijn.NULDE)

    def for_age(self, leeftijd: int) -> Self:
        """Wat er is voor iemand van zoveel jaar; zonder grens telt iedereen mee."""
        return self.filter(
            Q(leeftijd_min__isnull=True) | Q(leeftijd_min__lte=leeftijd),
            Q(leeftijd_max__isnull=True) | Q(leeftijd_max__gte=leeftijd),
        )


class Voorziening(models.Model):
    code = models.SlugField(max_length=20, unique=True)
    naam = models.CharField(max_length=120)
    aanbieder = models.CharField(max_length=120)
    omschrijving = models.TextField()
    leefgebieden = ArrayField(models.CharField(max_length=12, choices=Leefgebied), default=list, blank=True)
    themas = ArrayField(
        models.CharField(max_length=80, choices=Thema), default=list, blank=True, verbose_name="thema's"
    )
    doelgroep = models.CharField(max_length=200, blank=True)
    leeftijd_min = models.PositiveSmallIntegerField("vanaf leeftijd", null=True, blank=True)
    leeftijd_max = models.PositiveSmallIntegerField("tot en met leeftijd", null=True, blank=True)
    lijn = models.PositiveSmallIntegerField(choices=Lijn, default=Lijn.NULDE)
    toegang = models.CharField(max_length=120, blank=True)
    kosten = models.CharField(max_length=120, blank=True)
    plek = models.CharField(max_length=120, blank=True)
    buurtcode = models.CharField("buurt", max_length=10, blank=True)
    openingstijden = models.JSONField(default=list, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField(blank=True)
    talen = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    trefwoorden = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    status = models.CharField(max_length=20, choices=VoorzieningStatus, default=VoorzieningStatus.ACTIVE)
    gecontroleerd_op = models.DateField("laatst gecontroleerd", null=True, blank=True)
    gecontroleerd_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    versie = models.PositiveIntegerField(default=1)
    zoekvector = models.GeneratedField(
        expression=Func(
            "naam",
            "trefwoorden",
            "doelgroep",
            "themas",
            "aanbieder",
            "omschrijving",
            function="socialekaart_zoekvector",
        ),
        output_field=SearchVectorField(),
        db_persist=True,
        help_text="De woorden waarop gezocht wordt; PostgreSQL houdt ze zelf bij.",
    )

    objects = VoorzieningQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "voorzieningen"
        indexes = [
            GinIndex(fields=["leefgebieden"], name="voorziening_leefgebieden"),
            GinIndex(fields=["zoekvector"], name="voorziening_zoekvector"),
            models.Index(fields=["naam", "id"], name="voorziening_naam"),
        ]
        constraints = [
            models.CheckConstraint(
                name="voorziening_leeftijd_klopt",
                condition=Q(leeftijd_min__isnull=True)
                | Q(leeftijd_max__isnull=True)
                | Q(leeftijd_max__gte=F("leeftijd_min")),
                violation_error_message="De hoogste leeftijd kan niet lager zijn dan de laagste.",
            ),
            models.CheckConstraint(
                name="voorziening_status_bestaat",
                condition=Q(status__in=VoorzieningStatus.values),
                violation_error_message="Kies een status uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("socialekaart:voorziening_detail", args=[self.code])

    @property
    def kort(self) -> str:
        """De eerste zin van de omschrijving, voor een lijst."""
        return first_sentence(self.omschrijving)

    @property
    def leeftijden(self) -> str:
        """‘12 tot en met 20 jaar’, ‘vanaf 65 jaar’, ‘alle leeftijden’."""
        if self.leeftijd_max is not None:
            return f"{self.leeftijd_min or 0} tot en met {self.leeftijd_max} jaar"
        return f"vanaf {self.leeftijd_min} jaar" if self.leeftijd_min else "alle leeftijden"


def first_sentence(tekst: str, maximum: int = 140) -> str:
    """The first sentence, cut off at a word when it is longer than so many letters."""
    zin = re.split(r"(?<=[.!?])\s", tekst.strip(), maxsplit=1)[0]
    return zin if len(zin) <= maximum else zin[:maximum].rsplit(" ", 1)[0] + " …"


class FoutmeldingQuerySet(models.QuerySet["Foutmelding"]):
    def unhandled(self) -> Self:
        """De werkvoorraad van de beheerder: nog niet nagekeken, oudste eerst."""
        return self.filter(afgehandeld_op__isnull=True).order_by("gemeld_op", "pk")


class Foutmelding(models.Model):
    """‘Dit klopt niet’: wat een collega zag, en wat de beheerder ermee deed."""

    voorziening = models.ForeignKey(Voorziening, on_delete=models.PROTECT, related_name="foutmeldingen")
    tekst = models.CharField("wat klopt er niet?", max_length=1000)
    gemeld_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gemeld_op = models.DateTimeField()
    afgehandeld_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    afgehandeld_op = models.DateTimeField(null=True, blank=True)
    uitkomst = models.CharField("wat is ermee gedaan?", max_length=500, blank=True)

    objects = FoutmeldingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "foutmeldingen"
        indexes = [
            models.Index(
                fields=["gemeld_op", "id"],
                condition=Q(afgehandeld_op__isnull=True),
                name="foutmelding_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="foutmelding_heeft_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Schrijf op wat er niet klopt.",
            ),
            models.CheckConstraint(
                name="foutmelding_afgehandeld_compleet",
                condition=Q(afgehandeld_op__isnull=True, afgehandeld_door__isnull=True, uitkomst="")
                | (Q(afgehandeld_op__isnull=False, afgehandeld_door__isnull=False) & ~Q(uitkomst="")),
                violation_error_message="Schrijf op wat u met de foutmelding heeft gedaan.",
            ),
        ]

    def __str__(self) -> str:
        return self.tekst[:60]
