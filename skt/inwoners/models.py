"""De mensen om wie het gaat. Wie een inwoner mag zien, volgt uit diens meldingen en casussen."""

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
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
    geboortenaam = models.CharField(max_length=80, blank=True)
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

    samengevoegd_met = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
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


class Zoeksleutel(models.Model):
    """Waaraan een inwoner te vinden is: hoe de naam klinkt, de geboortedag, het adres. Alleen triggers schrijven hier."""

    pk = models.CompositePrimaryKey("sleutel", "inwoner_id")
    sleutel = models.CharField(max_length=100)
    # Without a constraint: a foreign key asked a question per key (measured: three of four seconds of an import), and
    # the triggers that write and wipe these keys have just seen the inwoner.
    inwoner = models.ForeignKey(Inwoner, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")

    class Meta:
        verbose_name_plural = "zoeksleutels"

    def __str__(self) -> str:
        return self.sleutel


class MogelijkDubbel(models.Model):
    """Twee inwoners die op elkaar lijken; of iemand die keek en zei dat het twee mensen zijn (`anders_op`)."""

    een = models.ForeignKey(Inwoner, on_delete=models.CASCADE, related_name="+")
    ander = models.ForeignKey(Inwoner, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    gevonden_op = models.DateTimeField()
    anders_op = models.DateTimeField(null=True, blank=True)
    anders_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "mogelijk dubbel"
        verbose_name_plural = "mogelijk dubbel"
        indexes = [models.Index(fields=["-score", "-id"], name="dubbel_op_score")]
        constraints = [
            models.UniqueConstraint(
                fields=["een", "ander"],
                name="dubbel_een_keer",
                violation_error_message="Dit paar staat er al.",
            ),
            models.CheckConstraint(
                name="dubbel_op_volgorde",
                condition=Q(een__lt=F("ander")),
                violation_error_message="Een paar staat er één keer, de oudste eerst.",
            ),
            models.CheckConstraint(
                name="dubbel_anders_door_iemand",
                condition=Q(anders_op__isnull=True, anders_door__isnull=True)
                | Q(anders_op__isnull=False, anders_door__isnull=False),
                violation_error_message="Wie zegt dat het twee mensen zijn, staat erbij.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.een_id} en {self.ander_id}"


class Samenvoeging(models.Model):
    """Twee inwoners die dezelfde mens zijn: de een stelt het voor, een ander bevestigt, en het kan terug.

    Wat er verhuisde staat in `verhuisd`, wat er aan `blijft` veranderde in `gewijzigd`; samen genoeg om het terug te draaien.
    """

    class Status(models.TextChoices):
        VOORGESTELD = "voorgesteld", "Voorgesteld"
        SAMENGEVOEGD = "samengevoegd", "Samengevoegd"
        AFGEWEZEN = "afgewezen", "Afgewezen"
        TERUGGEDRAAID = "teruggedraaid", "Teruggedraaid"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    blijft = models.ForeignKey(Inwoner, on_delete=models.PROTECT, related_name="+")
    vervalt = models.ForeignKey(Inwoner, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status, default=Status.VOORGESTELD)
    overnemen = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Velden die van `vervalt` komen."
    )
    toelichting = models.CharField("waarom is dit dezelfde persoon?", max_length=500)
    voorgesteld_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    voorgesteld_op = models.DateTimeField()
    besloten_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    besloten_op = models.DateTimeField(null=True, blank=True)
    teruggedraaid_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    teruggedraaid_op = models.DateTimeField(null=True, blank=True)
    reden = models.CharField("waarom niet, of waarom terug?", max_length=500, blank=True)
    naam_vervallen = models.CharField(max_length=200, blank=True)
    verhuisd = models.JSONField(default=dict)
    gewijzigd = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "samenvoegingen"
        indexes = [models.Index(fields=["blijft", "status"], name="samenvoeging_blijft")]
        constraints = [
            models.CheckConstraint(
                name="samenvoeging_van_twee",
                condition=~Q(blijft=F("vervalt")),
                violation_error_message="Kies twee verschillende inwoners.",
            ),
            models.CheckConstraint(
                name="samenvoeging_heeft_toelichting",
                condition=~Q(toelichting=""),
                violation_error_message="Schrijf op waarom dit dezelfde persoon is.",
            ),
            models.UniqueConstraint(
                name="samenvoeging_een_voorstel",
                fields=["blijft", "vervalt"],
                condition=Q(status="voorgesteld"),
                violation_error_message="Er ligt al een voorstel om deze twee samen te voegen.",
            ),
            models.UniqueConstraint(
                name="samenvoeging_vervalt_een_keer",
                fields=["vervalt"],
                condition=Q(status="samengevoegd"),
                violation_error_message="Deze inwoner is al samengevoegd.",
            ),
            models.CheckConstraint(
                name="samenvoeging_door_een_ander",
                condition=~Q(status="samengevoegd") | ~Q(besloten_door=F("voorgesteld_door")),
                violation_error_message="Een ander dan wie het voorstelde, beoordeelt de samenvoeging.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vervalt_id} in {self.blijft_id}"


class Verhuizing(models.Model):
    """Welke kolom naar een inwoner wijst en dus meegaat als twee inwoners één worden. Alleen migraties schrijven hier."""

    tabel = models.CharField(max_length=63)
    kolom = models.CharField(max_length=63)
    uniek = models.CharField(max_length=63, blank=True)
    vlag = models.CharField(max_length=63, blank=True)

    class Meta:
        verbose_name_plural = "verhuizingen"
        constraints = [
            models.UniqueConstraint(
                fields=["tabel", "kolom"],
                name="verhuizing_een_keer",
                violation_error_message="Deze kolom verhuist al mee.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.tabel}.{self.kolom}"
