"""Wie er werkt: medewerkers, hun moederorganisatie, hun teams en hun plaatsingen met een begin en een eind."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils import timezone


class Rol(models.TextChoices):
    """Rollen horen bij een plaatsing met een begin en een eind, niet voor altijd bij een mens."""

    LOKETPROFESSIONAL = "loketprofessional", "Loketprofessional"
    ZORGREGISSEUR = "zorgregisseur", "Zorgregisseur (toegang)"
    TEAMLID = "teamlid", "Teamlid"
    CASUSREGISSEUR = "casusregisseur", "Casusregisseur"
    PROCESREGISSEUR = "procesregisseur", "Procesregisseur"
    TEAMCOORDINATOR = "teamcoordinator", "Teamcoördinator"
    SOCIALE_KAARTBEHEERDER = "sociale_kaartbeheerder", "Sociale-kaartbeheerder"
    KWARTIERMAKER = "kwartiermaker", "Kwartiermaker"
    BELEIDSMEDEWERKER = "beleidsmedewerker", "Beleidsmedewerker"
    FUNCTIONEEL_BEHEERDER = "functioneel_beheerder", "Functioneel beheerder"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer (FG)"


DOSSIERROLLEN: tuple[Rol, ...] = (
    Rol.LOKETPROFESSIONAL,
    Rol.ZORGREGISSEUR,
    Rol.TEAMLID,
    Rol.CASUSREGISSEUR,
    Rol.PROCESREGISSEUR,
    Rol.TEAMCOORDINATOR,
)
"""De rollen die met gegevens van inwoners werken. Alle andere zien nooit iets over een mens (domein 4)."""

TEAMROLLEN: tuple[Rol, ...] = (Rol.TEAMLID, Rol.CASUSREGISSEUR, Rol.PROCESREGISSEUR, Rol.TEAMCOORDINATOR)
"""De rollen die op het bord van hun eigen team kijken."""

REGIEROLLEN: tuple[Rol, ...] = (Rol.TEAMLID, Rol.CASUSREGISSEUR, Rol.ZORGREGISSEUR)
"""Wie casusregisseur van een casus kan zijn."""


class DateRange(Func):
    """daterange(van, tot): het begin telt mee, het eind niet."""

    function = "DATERANGE"
    output_field = DateRangeField()


def _looptijd() -> DateRange:
    return DateRange("van", "tot", RangeBoundary())


class Moederorganisatie(models.Model):
    """De werkgever die een professional aan het SKT uitleent, en de gemeente zelf (nota, afbeelding B)."""

    code = models.SlugField(max_length=20, unique=True)
    naam = models.CharField(max_length=120, unique=True)
    is_gemeente = models.BooleanField(default=False)
    telefoon_coordinator = models.CharField("telefoon van de coördinator", max_length=20, blank=True)
    groep = models.OneToOneField(
        Group,
        on_delete=models.PROTECT,
        related_name="moederorganisatie",
        help_text="Draagt de rechten per dossier (django-guardian); er zitten geen gebruikers in.",
    )

    class Meta:
        verbose_name_plural = "moederorganisaties"

    def __str__(self) -> str:
        return self.naam

    @property
    def kort(self) -> str:
        """De afkorting tussen haakjes als de naam er een heeft, anders de naam: SMOW, Kwadraad."""
        afkorting = self.naam.rpartition("(")[2].removesuffix(")")
        return afkorting if self.naam.endswith(")") and afkorting else self.naam


class Team(models.Model):
    class Soort(models.TextChoices):
        VOORPORTAAL = "voorportaal", "Voorportaal"
        JEUGD = "jeugd", "Team jeugd/gezin"
        VOLWASSENEN = "volwassenen", "Team volwassenen"
        BELEID = "beleid", "Beleid"
        BEHEER = "beheer", "Beheer"

    soort = models.CharField(max_length=20, choices=Soort, unique=True)
    naam = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "teams"

    def __str__(self) -> str:
        return self.naam


GEBRUIKERSNAAM = RegexValidator(
    r"^[a-z0-9]+([._-][a-z0-9]+)*\Z",
    "Gebruik kleine letters en cijfers, met een punt, streepje of liggend streepje ertussen.",
)


class MedewerkerManager(BaseUserManager["Medewerker"]):
    def get_by_natural_key(self, username: str | None) -> "Medewerker":
        return self.get(username__iexact=username)

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Medewerker":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class Medewerker(AbstractBaseUser, PermissionsMixin):
    username = models.CharField("gebruikersnaam", max_length=60, unique=True, validators=[GEBRUIKERSNAAM])
    voornaam = models.CharField(max_length=60)
    voorvoegsel = models.CharField(max_length=20, blank=True)
    achternaam = models.CharField(max_length=80)
    email = models.EmailField("e-mail", blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField("actief", default=True)
    wachtwoord_tijdelijk = models.BooleanField(
        default=False,
        help_text="Door de beheerder gegeven; tot de medewerker een eigen kiest, mag het account niets.",
    )

    last_login = None  # staat in de verantwoording; zo hoeft inloggen niets in deze tabel te schrijven

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["voornaam", "achternaam"]

    objects = MedewerkerManager()

    class Meta:
        verbose_name_plural = "medewerkers"
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="medewerker_gebruikersnaam_een_keer",
                violation_error_message="Deze gebruikersnaam bestaat al. Kies een andere.",
            )
        ]

    def __str__(self) -> str:
        return self.naam

    def check_password(self, raw_password: str) -> bool:
        """Zonder Django's stille herversleutelen: bij het inloggen handelt nog niemand, dus mag niemand schrijven."""
        return check_password(raw_password, self.password)

    @property
    def naam(self) -> str:
        return " ".join(deel for deel in (self.voornaam, self.voorvoegsel, self.achternaam) if deel)

    @property
    def initialen(self) -> str:
        return (self.voornaam[:1] + self.achternaam[:1]).upper()

    @cached_property
    def lopende_plaatsingen(self) -> list["Plaatsing"]:
        """De plaatsingen die nu lopen, oudste eerst; één query per verzoek.

        Een geblokkeerde heeft er geen, en wie het tijdelijke wachtwoord nog niet heeft vervangen ook niet.
        """
        if not self.is_active or self.wachtwoord_tijdelijk:
            return []
        return list(
            Plaatsing.objects.running()
            .filter(medewerker=self)
            .select_related("moederorganisatie", "team")
            .order_by("van", "pk")
        )

    @property
    def plaatsing(self) -> "Plaatsing | None":
        return self.lopende_plaatsingen[0] if self.lopende_plaatsingen else None

    @property
    def moederorganisatie(self) -> Moederorganisatie | None:
        return self.plaatsing.moederorganisatie if self.plaatsing else None

    def heeft_rol(self, *rollen: str) -> bool:
        return any(plaatsing.rol in rollen for plaatsing in self.lopende_plaatsingen)

    def team_ids(self, *rollen: str) -> list[int]:
        """De teams waarin deze medewerker nu een van de rollen heeft."""
        return sorted({p.team_id for p in self.lopende_plaatsingen if p.rol in rollen})

    def organisatie_ids(self, *rollen: str) -> list[int]:
        """De moederorganisaties waarvoor deze medewerker nu een van de rollen heeft."""
        return sorted({p.moederorganisatie_id for p in self.lopende_plaatsingen if p.rol in rollen})


class PlaatsingQuerySet(models.QuerySet["Plaatsing"]):
    def running(self, on: date | None = None) -> "PlaatsingQuerySet":
        """Lopend op die dag (vandaag als er geen staat): `van` telt mee, `tot` niet."""
        dag = on or timezone.localdate()
        return self.filter(van__lte=dag).filter(Q(tot__isnull=True) | Q(tot__gt=dag))

    def with_rol(self, rollen: Iterable[str]) -> "PlaatsingQuerySet":
        return self.filter(rol__in=list(rollen))


class Plaatsing(models.Model):
    """Een detachering: wie, uitgeleend door wie, in welk team en rol, van wanneer tot wanneer."""

    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="plaatsingen")
    moederorganisatie = models.ForeignKey(
        Moederorganisatie, on_delete=models.PROTECT, related_name="plaatsingen"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="plaatsingen")
    rol = models.CharField(max_length=30, choices=Rol)
    van = models.DateField("begint op")
    tot = models.DateField(
        "loopt tot", null=True, blank=True, help_text="De eerste dag dat het niet meer geldt."
    )

    objects = PlaatsingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "plaatsingen"
        indexes = [models.Index(fields=["medewerker", "van"], name="plaatsing_medewerker_van")]
        constraints = [
            models.CheckConstraint(
                name="plaatsing_eindigt_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gt=F("van")),
                violation_error_message="De einddatum moet na de begindatum liggen.",
            ),
            models.CheckConstraint(
                name="plaatsing_rol_bestaat",
                condition=Q(rol__in=Rol.values),
                violation_error_message="Kies een rol uit de lijst.",
            ),
            ExclusionConstraint(
                name="plaatsing_niet_dubbel",
                expressions=[
                    ("medewerker", RangeOperators.EQUAL),
                    ("team", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    (_looptijd(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze medewerker heeft deze rol in dit team al in (een deel van) deze periode.",
            ),
            ExclusionConstraint(
                name="plaatsing_een_werkgever",
                expressions=[
                    ("medewerker", RangeOperators.EQUAL),
                    ("moederorganisatie", RangeOperators.NOT_EQUAL),
                    (_looptijd(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze medewerker is in deze periode al uitgeleend door een andere organisatie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rol_display()}, {self.team}"


class Wet(models.TextChoices):
    WMO = "wmo", "Wmo"
    JEUGDWET = "jeugdwet", "Jeugdwet"
    PARTICIPATIEWET = "participatiewet", "Participatiewet"
    WGS = "wgs", "Wgs"
    GEEN = "geen", "Geen"


class Mandaat(models.Model):
    """Bevoegdheid om namens het college toe te kennen (Wmo 2015 artikel 2.6.3)."""

    medewerker = models.ForeignKey(Medewerker, on_delete=models.PROTECT, related_name="mandaten")
    besluitnummer = models.CharField(max_length=40)
    wet = models.CharField(max_length=20, choices=Wet)
    product = models.CharField(max_length=120)
    plafond = models.DecimalField("plafond in euro per jaar", max_digits=10, decimal_places=2)
    van = models.DateField("geldt van")
    tot = models.DateField("geldt tot", null=True, blank=True)

    class Meta:
        verbose_name_plural = "mandaten"
        constraints = [
            models.CheckConstraint(
                name="mandaat_eindigt_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gt=F("van")),
                violation_error_message="De einddatum moet na de begindatum liggen.",
            ),
            models.CheckConstraint(
                name="mandaat_plafond_positief",
                condition=Q(plafond__gt=0),
                violation_error_message="Vul een plafond boven nul in.",
            ),
            ExclusionConstraint(
                name="mandaat_niet_dubbel",
                expressions=[
                    ("medewerker", RangeOperators.EQUAL),
                    ("wet", RangeOperators.EQUAL),
                    ("product", RangeOperators.EQUAL),
                    (_looptijd(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor deze wet en dit product loopt in deze periode al een mandaat.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.besluitnummer} ({self.get_wet_display()})"
