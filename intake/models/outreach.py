"""Outreach: mensen die we zelf benaderen. Een lijst heeft een doel, een grondslag en een einde; daarna wordt zij gewist."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from intake.models.melding import Melding
from skt.inwoners.models import Inwoner


class Grondslag(models.TextChoices):
    """Waarom het mag (AVG artikel 6). Een instelling van de gemeente; niet op de Wams gebouwd."""

    WMO = "Wmo 2015", "Wmo 2015, artikel 2.1.2: preventie en vroeg signaleren"
    JEUGDWET = "Jeugdwet", "Jeugdwet, artikel 2.1 en 2.2: preventie"
    WGS = "Wgs", "Wgs, artikel 3: vroegsignalering van schulden"
    WPG = "Wpg", "Wet publieke gezondheid, artikel 5a: gezondheid van ouderen"
    TOESTEMMING = "toestemming", "De inwoner gaf zelf toestemming"


class Outreachlijst(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    naam = models.CharField(max_length=120)
    doel = models.TextField("doel", help_text="Wat wilt u bereiken, en waarom bij deze mensen?")
    grondslag = models.CharField(max_length=20, choices=Grondslag)
    team = models.ForeignKey("medewerkers.Team", on_delete=models.PROTECT, related_name="+")
    begint_op = models.DateField()
    eindigt_op = models.DateField("laatste dag")
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gesloten_op = models.DateTimeField(null=True, blank=True)
    wissen_op = models.DateField(
        null=True,
        blank=True,
        help_text="Vanaf deze dag worden de mensen op de lijst gewist (docs/operatie.md).",
    )
    gewist_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "outreachlijsten"
        indexes = [models.Index(fields=["gesloten_op", "eindigt_op", "id"], name="outreachlijst_stand")]
        constraints = [
            models.CheckConstraint(
                name="outreachlijst_heeft_doel",
                condition=~Q(doel="") & ~Q(naam=""),
                violation_error_message="Een lijst heeft een naam en een doel.",
            ),
            models.CheckConstraint(
                name="outreachlijst_grondslag_bestaat",
                condition=Q(grondslag__in=Grondslag.values),
                violation_error_message="Kies op grond waarvan u deze mensen mag benaderen.",
            ),
            models.CheckConstraint(
                name="outreachlijst_eindigt_na_begin",
                condition=Q(eindigt_op__gte=F("begint_op")),
                violation_error_message="De laatste dag kan niet voor de eerste liggen.",
            ),
            models.CheckConstraint(
                name="outreachlijst_dicht_wordt_gewist",
                condition=Q(gesloten_op__isnull=True, wissen_op__isnull=True)
                | Q(gesloten_op__isnull=False, wissen_op__isnull=False),
                violation_error_message="Een gesloten lijst heeft een dag waarop zij wordt gewist.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def loopt(self, dag: date) -> bool:
        return self.gesloten_op is None and dag <= self.eindigt_op


class Resultaat(models.TextChoices):
    """Wat een poging opleverde. De laatste drie maken de regel af; de eerste twee vragen een nieuwe datum."""

    NIET_THUIS = "niet thuis", "Niet thuis of niet opgenomen"
    LATER = "later nog eens", "Later nog eens"
    GEEN_HULP = "gesproken: wil geen hulp", "Gesproken: wil geen hulp"
    MELDING = "gesproken: melding gemaakt", "Gesproken: er komt een melding"
    NIET_BENADEREN = "niet benaderen", "Niet (meer) benaderen"


BLIJFT_OPEN = (Resultaat.NIET_THUIS, Resultaat.LATER)
AFGEROND = (Resultaat.GEEN_HULP, Resultaat.MELDING, Resultaat.NIET_BENADEREN)


class OutreachpersoonQuerySet(models.QuerySet["Outreachpersoon"]):
    def open(self) -> Self:
        """Nog te benaderen, op een lijst die niet gesloten is."""
        return self.filter(resultaat="", lijst__gesloten_op=None)


class Outreachpersoon(models.Model):
    """Iemand op een lijst: een bekende inwoner (dan staat er niets overgeschreven), of een getypte naam met adres."""

    lijst = models.ForeignKey(Outreachlijst, on_delete=models.PROTECT, related_name="mensen")
    inwoner = models.ForeignKey(Inwoner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    voornaam = models.CharField(max_length=60, blank=True)
    achternaam = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=7, blank=True)
    huisnummer = models.CharField(max_length=20, blank=True)
    telefoon = models.CharField(max_length=20, blank=True)
    contactwens = models.CharField("hoe veilig contact opnemen", max_length=200, blank=True)
    aanleiding = models.CharField(max_length=200, blank=True)
    eigenaar = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uiterlijk = models.DateField(null=True, blank=True)
    resultaat = models.CharField(max_length=30, choices=Resultaat, blank=True)
    afgerond_op = models.DateTimeField(null=True, blank=True)
    melding = models.ForeignKey(Melding, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    toegevoegd_op = models.DateTimeField()
    toegevoegd_door = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    versie = models.PositiveIntegerField(default=1)

    objects = OutreachpersoonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mensen op een outreachlijst"
        indexes = [
            models.Index(fields=["lijst", "uiterlijk", "id"], name="outreachpersoon_lijst"),
            models.Index(fields=["uiterlijk", "id"], condition=Q(resultaat=""), name="outreachpersoon_open"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outreachpersoon_is_iemand",
                condition=Q(inwoner__isnull=False, achternaam="", voornaam="", postcode="", telefoon="")
                | (Q(inwoner__isnull=True) & ~Q(achternaam="")),
                violation_error_message="Kies een bekende inwoner, of vul een achternaam in.",
            ),
            models.UniqueConstraint(
                fields=["lijst", "inwoner"],
                condition=Q(resultaat=""),
                name="outreachpersoon_een_keer_op_de_lijst",
                violation_error_message="Deze inwoner staat al op de lijst.",
            ),
            models.CheckConstraint(
                name="outreachpersoon_open_heeft_eigenaar",
                condition=~Q(resultaat="") | Q(eigenaar__isnull=False, uiterlijk__isnull=False),
                violation_error_message="Wie nog benaderd wordt, heeft iemand die dat doet en een dag.",
            ),
            models.CheckConstraint(
                name="outreachpersoon_resultaat_rondt_af",
                condition=Q(resultaat="", afgerond_op__isnull=True)
                | Q(
                    resultaat__in=[
                        "gesproken: wil geen hulp",
                        "gesproken: melding gemaakt",
                        "niet benaderen",
                    ],
                    afgerond_op__isnull=False,
                ),
                violation_error_message="Kies een resultaat uit de lijst.",
            ),
            models.CheckConstraint(
                name="outreachpersoon_melding_bij_resultaat",
                condition=Q(resultaat="gesproken: melding gemaakt", melding__isnull=False)
                | (~Q(resultaat="gesproken: melding gemaakt") & Q(melding__isnull=True)),
                violation_error_message="Bij dit resultaat hoort een melding.",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.voornaam, self.achternaam])) or f"inwoner {self.inwoner_id}"


class Outreachpoging(models.Model):
    """Eén keer gebeld, aangebeld of geschreven; er wordt bijgeschreven, niet overgeschreven."""

    class Wijze(models.TextChoices):
        BELLEN = "bellen", "Gebeld"
        HUISBEZOEK = "huisbezoek", "Aangebeld"
        BRIEF = "brief", "Brief of kaart"
        ANDERS = "anders", "Anders"

    persoon = models.ForeignKey(Outreachpersoon, on_delete=models.PROTECT, related_name="pogingen")
    op = models.DateTimeField()
    wijze = models.CharField(max_length=12, choices=Wijze)
    resultaat = models.CharField(max_length=30, choices=Resultaat)
    toelichting = models.CharField(max_length=500, blank=True)
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "pogingen"
        indexes = [models.Index(fields=["persoon", "-op"], name="outreachpoging_persoon")]
        constraints = [
            models.CheckConstraint(
                name="outreachpoging_resultaat_bestaat",
                condition=Q(resultaat__in=Resultaat.values),
                violation_error_message="Kies een resultaat uit de lijst.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_wijze_display()} {self.op:%d-%m-%Y}"
