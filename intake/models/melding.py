"""De hulpvraag die een contact oplevert: van binnenkomst tot sluiten, nooit zonder iemand die er iets mee moet."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, Q, Value, When

from intake.models.contactmoment import Contactmoment
from intake.status import MeldingStatus
from skt.inwoners.models import Inwoner
from skt.kern.keuzelijsten import Thema
from skt.termijnen.models import Termijn


class Aard(models.TextChoices):
    INFORMATIE = "informatie en advies", "Informatie en advies"
    HULPVRAAG = "hulpvraag", "Hulpvraag"
    BEZORGDHEID = "bezorgdheid/zorgmelding", "Bezorgdheid of zorgmelding"
    WVGGZ = "signaal Wvggz", "Signaal Wvggz"
    KLACHT = "klacht", "Klacht"
    SOCIALE_KAART = "sociale-kaartvraag", "Vraag over de sociale kaart"


class Spoor(models.TextChoices):
    MENTAAL = "mentaal", "Mentaal"
    SOCIAAL = "sociaal", "Sociaal"
    CRISIS = "crisis", "Crisis"


class Meervoudigheid(models.TextChoices):
    ENKELVOUDIG = "enkelvoudig", "Enkelvoudig"
    MEERVOUDIG = "meervoudig", "Meervoudig"


class Afhandeling(models.TextChoices):
    INFORMATIE = "informatie en advies", "Informatie en advies"
    HULPVERLENING = "hulpverlening", "Hulpverlening"
    TRIAGE = "triage", "Triage"
    ANDERE_TOEGANG = "andere toegang", "Andere toegang"
    CRISISROUTE = "crisisroute", "Crisisroute"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


IS_CRISIS = Q(spoor=Spoor.CRISIS) | Q(afhandeling=Afhandeling.CRISISROUTE)
"""Wat op de lijsten als crisis staat: zo gewogen, of de crisisroute is ingezet."""


class MeldingQuerySet(models.QuerySet["Melding"]):
    def unfinished(self) -> Self:
        return self.exclude(status=MeldingStatus.GESLOTEN)

    def at_loket(self) -> Self:
        """De werkvoorraad van het loket: open, wat het eerst moet staat vooraan."""
        return self.filter(status=MeldingStatus.OPEN).order_by("uiterlijk", "pk")

    def awaiting_triage(self) -> Self:
        """De werkvoorraad van triage: door het loket doorgezet, nog niet beoordeeld."""
        return self.filter(status=MeldingStatus.IN_TRIAGE).order_by("uiterlijk", "pk")

    def most_urgent_first(self) -> Self:
        """Crisis, dan spoed, dan wat het eerst klaar moet."""
        return self.annotate(
            rang=Case(When(IS_CRISIS, then=Value(0)), When(spoed=True, then=Value(1)), default=Value(2))
        ).order_by("rang", "uiterlijk", "pk")

    def at_team(self) -> Self:
        return self.filter(status=MeldingStatus.BIJ_TEAM)


class Melding(models.Model):
    """Een melding. `lees_*`, `afgeschermd`, `eerste_termijn` en `leefgebieden` houdt de database bij; nooit met de hand."""

    nummer = models.CharField(max_length=12, unique=True)
    contactmoment = models.ForeignKey(Contactmoment, on_delete=models.PROTECT, related_name="meldingen")
    inwoner = models.ForeignKey(
        Inwoner, null=True, blank=True, on_delete=models.PROTECT, related_name="meldingen"
    )
    organisatie = models.ForeignKey(
        "medewerkers.Moederorganisatie", on_delete=models.PROTECT, related_name="+"
    )
    hulpvraag = models.TextField("de vraag in eigen woorden")
    aard = models.CharField(max_length=30, choices=Aard, default=Aard.HULPVRAAG)
    themas = ArrayField(
        models.CharField(max_length=80, choices=Thema), default=list, blank=True, verbose_name="thema's"
    )
    spoor = models.CharField(max_length=10, choices=Spoor, blank=True)
    meervoudigheid = models.CharField(max_length=12, choices=Meervoudigheid, blank=True)
    spoed = models.BooleanField(
        default=False, help_text="Het loket vindt dat dit niet kan wachten; triage weegt opnieuw."
    )
    inwoner_weet_ervan = models.BooleanField(null=True, blank=True)
    waarom_niet = models.CharField("waarom weet de inwoner het niet?", max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=MeldingStatus, default=MeldingStatus.OPEN)
    afhandeling = models.CharField(max_length=24, choices=Afhandeling, blank=True)
    afhandeling_toelichting = models.TextField(blank=True)
    gewaarschuwd = models.CharField("wie is gewaarschuwd", max_length=200, blank=True)
    gewaarschuwd_op = models.DateTimeField(null=True, blank=True)
    verantwoordelijk_team = models.ForeignKey(
        "medewerkers.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verantwoordelijke = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    volgende_stap = models.CharField(max_length=200, blank=True)
    uiterlijk = models.DateTimeField(null=True, blank=True)
    ontvangen_op = models.DateTimeField()
    gesloten_op = models.DateTimeField(null=True, blank=True)
    versie = models.PositiveIntegerField(
        default=1, help_text="Telt wijzigingen: wie op een oude versie opslaat hoort het."
    )

    eerste_termijn = models.DateField(
        null=True,
        editable=False,
        help_text="Houdt de database bij: de lopende wettelijke termijn die het eerst afloopt.",
    )
    leefgebieden = ArrayField(
        models.CharField(max_length=12),
        default=list,
        editable=False,
        help_text="Houdt de database bij: waar volgens de uitvraag iets nodig is (een score van ten hoogste 3).",
    )
    eigen_organisaties = ArrayField(
        models.BigIntegerField(),
        default=list,
        editable=False,
        help_text="De moederorganisaties wier professionals haar in behandeling hadden; zij lezen haar ook als ze dicht is.",
    )
    afgeschermd = models.BooleanField(default=False, editable=False)
    lees_organisaties = ArrayField(models.BigIntegerField(), default=list, editable=False)
    lees_teams = ArrayField(models.BigIntegerField(), default=list, editable=False)
    lees_coordinaties = ArrayField(models.BigIntegerField(), default=list, editable=False)
    lees_medewerkers = ArrayField(models.BigIntegerField(), default=list, editable=False)
    verborgen_voor = ArrayField(
        models.BigIntegerField(),
        default=list,
        editable=False,
        help_text="Wie dit gezin kent: voor hen bestaat de melding niet, wat hun rol verder ook mag.",
    )

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "meldingen"
        indexes = [
            models.Index(fields=["status", "uiterlijk", "id"], name="melding_status_uiterlijk"),
            models.Index(fields=["inwoner", "-ontvangen_op"], name="melding_inwoner_ontvangen"),
            models.Index(fields=["-ontvangen_op", "-id"], name="melding_ontvangen"),
            models.Index(fields=["verantwoordelijke", "status", "uiterlijk"], name="melding_van_wie"),
            GinIndex(fields=["lees_teams"], name="melding_lees_teams"),
        ]
        constraints = [
            models.CheckConstraint(
                name="melding_heeft_hulpvraag",
                condition=~Q(hulpvraag=""),
                violation_error_message="Schrijf op wat de vraag is, in de woorden van de beller.",
            ),
            models.CheckConstraint(
                name="melding_open_heeft_een_verantwoordelijke",
                condition=Q(status="gesloten")
                | Q(verantwoordelijk_team__isnull=False, verantwoordelijke__isnull=True)
                | Q(verantwoordelijk_team__isnull=True, verantwoordelijke__isnull=False),
                violation_error_message="Een open melding heeft precies één verantwoordelijke: een team of een medewerker.",
            ),
            models.CheckConstraint(
                name="melding_open_heeft_volgende_stap",
                condition=Q(status="gesloten") | (~Q(volgende_stap="") & Q(uiterlijk__isnull=False)),
                violation_error_message="Een open melding heeft een volgende stap en een uiterlijke datum.",
            ),
            models.CheckConstraint(
                name="melding_gesloten_heeft_afhandeling",
                condition=~Q(status="gesloten") | (~Q(afhandeling="") & Q(gesloten_op__isnull=False)),
                violation_error_message="Kies hoe de melding is afgehandeld voordat u haar sluit.",
            ),
            models.CheckConstraint(
                name="melding_crisis_gewaarschuwd",
                condition=~Q(afhandeling="crisisroute")
                | (~Q(gewaarschuwd="") & Q(gewaarschuwd_op__isnull=False)),
                violation_error_message="Schrijf bij de crisisroute op wie u heeft gewaarschuwd, en wanneer.",
            ),
            models.CheckConstraint(
                name="melding_onwetend_heeft_reden",
                condition=Q(inwoner_weet_ervan__isnull=True)
                | Q(inwoner_weet_ervan=True)
                | ~Q(waarom_niet=""),
                violation_error_message="Schrijf op waarom de inwoner niet van deze melding weet.",
            ),
            models.CheckConstraint(
                name="melding_themas_bestaan",
                condition=Q(themas__contained_by=Thema.values),
                violation_error_message="Kies thema's uit de lijst.",
            ),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def inwoner_ids(self) -> list[int]:
        return [self.inwoner_id] if self.inwoner_id else []

    @property
    def over_wie(self) -> str:
        return str(self.inwoner) if self.inwoner_id else "Anoniem"


class Aanvulling(models.Model):
    """Een aanvulling of correctie: er wordt bijgeschreven, niet overgeschreven."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="aanvullingen")
    tekst = models.TextField()
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    geschreven_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "aanvullingen"
        constraints = [
            models.CheckConstraint(
                name="aanvulling_niet_leeg",
                condition=~Q(tekst=""),
                violation_error_message="Schrijf eerst iets op.",
            )
        ]

    def __str__(self) -> str:
        return self.tekst[:60]


class Meegegeven(models.Model):
    """Een voorziening van de sociale kaart die aan de beller is meegegeven."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="meegegeven")
    voorziening = models.ForeignKey("socialekaart.Voorziening", on_delete=models.PROTECT, related_name="+")
    gegeven_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "meegegeven voorzieningen"
        constraints = [
            models.UniqueConstraint(
                fields=["melding", "voorziening"],
                name="meegegeven_niet_dubbel",
                violation_error_message="Deze voorziening is al meegegeven.",
            )
        ]

    def __str__(self) -> str:
        return str(self.voorziening)


class MeldingTermijn(Termijn):
    """Een wettelijke of eigen termijn die door deze melding loopt."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="termijnen")

    class Meta(Termijn.Meta):
        verbose_name_plural = "termijnen van meldingen"
        indexes = [models.Index(fields=["voldaan_op", "uiterlijk"], name="meldingtermijn_uiterlijk")]
        constraints = [
            *Termijn.Meta.constraints,
            models.UniqueConstraint(
                fields=["melding", "soort"],
                name="meldingtermijn_een_per_soort",
                violation_error_message="Deze termijn loopt al bij deze melding.",
            ),
        ]
