"""De mensen om wie het gaat. Wie een inwoner mag zien, volgt uit diens meldingen en casussen."""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Geslacht(models.TextChoices):
    MAN = "man", "Man"
    VROUW = "vrouw", "Vrouw"
    OVERIG = "overig", "Overig"
    ONBEKEND = "onbekend", "Onbekend"


class Vertegenwoordiging(models.TextChoices):
    """Wettelijke vertegenwoordiging (standaard iJw/iWmo, codelijst WJ003)."""

    GEEN = "geen", "Geen"
    VOOGDIJ = "voogdij", "Voogdij"
    BEWINDVOERING = "bewindvoering", "Bewindvoering"
    MENTORSCHAP = "mentorschap", "Mentorschap"
    CURATELE = "curatele", "Curatele"
    ZAAKWAARNEMING = "zaakwaarneming", "Zaakwaarneming"


class VeiligContact(models.TextChoices):
    JA = "ja", "Ja, zoals hieronder"
    BEPERKT = "beperkt", "Alleen zoals afgesproken"
    NIET = "niet", "Niet zelf benaderen"


class Inwoner(models.Model):
    """Een inwoner van 0 tot 100+. De leesrechten (`lees_*`) houdt de database zelf bij; nooit met de hand."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    achternaam = models.CharField(max_length=80)
    voorvoegsel = models.CharField(max_length=20, blank=True)
    voornamen = models.CharField(max_length=120, blank=True)
    roepnaam = models.CharField(max_length=60, blank=True)
    geboortedatum = models.DateField("geboren op", null=True, blank=True)
    geboortejaar = models.PositiveSmallIntegerField(null=True, blank=True)
    geslacht = models.CharField(max_length=10, choices=Geslacht, default=Geslacht.ONBEKEND)
    postcode = models.CharField(max_length=7, blank=True)
    huisnummer = models.PositiveIntegerField(null=True, blank=True)
    toevoeging = models.CharField(max_length=10, blank=True)
    buurtcode = models.CharField("buurt", max_length=10, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    taal = models.CharField(max_length=40, blank=True)
    tolk_nodig = models.BooleanField(default=False)
    veilig_contact = models.CharField(max_length=10, choices=VeiligContact, default=VeiligContact.JA)
    veilig_contact_toelichting = models.CharField("wanneer en hoe", max_length=200, blank=True)
    geheim_adres = models.BooleanField(default=False)
    vertegenwoordiging = models.CharField(
        max_length=20, choices=Vertegenwoordiging, default=Vertegenwoordiging.GEEN
    )
    aangemaakt_op = models.DateTimeField()
    aangemaakt_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, on_delete=models.PROTECT, related_name="+"
    )

    zonder_dossier = models.BooleanField(default=True, editable=False)
    aan_het_loket = models.BooleanField(default=False, editable=False)
    bij_de_toegang = models.BooleanField(default=False, editable=False)
    lees_organisaties = ArrayField(models.BigIntegerField(), default=list, editable=False)
    lees_teams = ArrayField(models.BigIntegerField(), default=list, editable=False)
    lees_coordinaties = ArrayField(models.BigIntegerField(), default=list, editable=False)
    lees_medewerkers = ArrayField(models.BigIntegerField(), default=list, editable=False)

    class Meta:
        verbose_name_plural = "inwoners"
        indexes = [
            models.Index(fields=["achternaam", "geboortedatum"], name="inwoner_naam_geboren"),
            models.Index(fields=["postcode", "huisnummer"], name="inwoner_adres"),
            models.Index(fields=["telefoon"], name="inwoner_telefoon"),
            GinIndex(fields=["achternaam"], name="inwoner_achternaam_trgm", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="inwoner_geslacht_bestaat",
                condition=Q(geslacht__in=Geslacht.values),
                violation_error_message="Kies een geslacht uit de lijst.",
            ),
            models.CheckConstraint(
                name="inwoner_veilig_contact_uitgelegd",
                condition=~Q(veilig_contact="beperkt") | ~Q(veilig_contact_toelichting=""),
                violation_error_message="Schrijf op wanneer en hoe het veilig is om contact op te nemen.",
            ),
            models.CheckConstraint(
                name="inwoner_geboortejaar_zinnig",
                condition=Q(geboortejaar__isnull=True) | Q(geboortejaar__gte=1890),
                violation_error_message="Dit geboortejaar kan niet kloppen.",
            ),
            models.CheckConstraint(
                name="inwoner_geboortedatum_zinnig",
                condition=Q(geboortedatum__isnull=True) | Q(geboortedatum__gte=date(1890, 1, 1)),
                violation_error_message="Deze geboortedatum kan niet kloppen.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def naam(self) -> str:
        voor = self.roepnaam or self.voornamen
        return " ".join(deel for deel in (voor, self.voorvoegsel, self.achternaam) if deel)

    @property
    def initialen(self) -> str:
        return ((self.roepnaam or self.voornamen)[:1] + self.achternaam[:1]).upper()

    @property
    def leeftijd(self) -> int | None:
        """Hele jaren, vandaag; None als geboortedatum en -jaar onbekend zijn."""
        vandaag = timezone.localdate()
        if self.geboortedatum:
            geboren = self.geboortedatum
            return vandaag.year - geboren.year - ((vandaag.month, vandaag.day) < (geboren.month, geboren.day))
        return vandaag.year - self.geboortejaar if self.geboortejaar else None


class Bsn(models.Model):
    """Het burgerservicenummer, versleuteld en apart: alleen wie het voor de wet nodig heeft komt erbij (Wabb)."""

    inwoner = models.OneToOneField(Inwoner, on_delete=models.PROTECT, related_name="bsn", primary_key=True)
    versleuteld = models.BinaryField()
    laatste_cijfers = models.CharField(max_length=3)

    class Meta:
        verbose_name = "BSN"
        verbose_name_plural = "BSN's"

    def __str__(self) -> str:
        return f"••••••{self.laatste_cijfers}"


class Dossiertoegang(models.Model):
    """Per dossier (melding of casus) wie de inwoner erdoor mag zien. Alleen triggers van de database schrijven hier."""

    inwoner = models.ForeignKey(Inwoner, on_delete=models.CASCADE, related_name="+")
    bron = models.CharField(max_length=40, help_text="Bijvoorbeeld melding:12 of casus:3.")
    aan_het_loket = models.BooleanField(default=False)
    bij_de_toegang = models.BooleanField(default=False)
    organisaties = ArrayField(models.BigIntegerField(), default=list)
    teams = ArrayField(models.BigIntegerField(), default=list)
    coordinaties = ArrayField(models.BigIntegerField(), default=list)
    medewerkers = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name_plural = "dossiertoegangen"
        constraints = [
            models.UniqueConstraint(fields=["inwoner", "bron"], name="dossiertoegang_een_per_bron")
        ]

    def __str__(self) -> str:
        return self.bron
