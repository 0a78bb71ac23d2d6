"""Eén telefoontje, bezoek, brief of formulier."""

import uuid

from django.db import models
from django.db.models import F, Q


class Kanaal(models.TextChoices):
    TELEFONISCH = "telefonisch", "Telefonisch"
    DIGITAAL = "digitaal", "Digitaal"
    FYSIEK = "fysiek (frontoffice)", "Fysiek (frontoffice)"
    HUISBEZOEK = "huisbezoek", "Huisbezoek"
    OUTREACHEND = "outreachend", "Outreachend"
    KETENPARTNER = "via ketenpartner", "Via ketenpartner"


class MelderSoort(models.TextChoices):
    INWONER_ZELF = "inwoner zelf", "Inwoner zelf"
    NAASTE = "naaste/netwerk", "Naaste of netwerk"
    PROFESSIONAL = "professional/hulpverlener", "Professional of hulpverlener"
    CLIENTONDERSTEUNER = "onafhankelijke cliëntondersteuner", "Onafhankelijke cliëntondersteuner"
    HUISARTS = "huisarts", "Huisarts"
    SCHOOL = "school", "School"
    POLITIE = "politie/veiligheid", "Politie of veiligheid"
    MELDPUNT_GGD = "Meldpunt Bezorgd GGD", "Meldpunt Bezorgd GGD"
    WONINGCORPORATIE = "woningcorporatie", "Woningcorporatie"
    VROEGSIGNALERING = "signaalpartner vroegsignalering", "Signaalpartner vroegsignalering"
    ANONIEM = "anoniem", "Anoniem"
    ANDERS = "anders", "Anders"


class Contactmoment(models.Model):
    sleutel = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Eén gesprek, één keer: dubbel versturen telt niet.",
    )
    kanaal = models.CharField(max_length=30, choices=Kanaal)
    begonnen_op = models.DateTimeField()
    beeindigd_op = models.DateTimeField(null=True, blank=True)
    melder_soort = models.CharField("melder", max_length=40, choices=MelderSoort)
    melder_naam = models.CharField("naam", max_length=120, blank=True)
    melder_telefoon = models.CharField("telefoon", max_length=20, blank=True)
    doorverbonden_vanuit = models.ForeignKey(
        "medewerkers.Moederorganisatie",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Kwam het gesprek binnen op het eigen nummer van een organisatie? (nota, noot 8)",
    )
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contactmomenten",
        help_text="Leeg bij een openbaar formulier: de melder schreef het zelf op.",
    )
    organisatie = models.ForeignKey(
        "medewerkers.Moederorganisatie", on_delete=models.PROTECT, related_name="+"
    )
    samenvatting = models.TextField(blank=True)
    uit_oude_lijst = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Overgenomen uit de loketlijst van voor het SKT: geschiedenis, geen werk van dit loket.",
    )

    class Meta:
        verbose_name_plural = "contactmomenten"
        indexes = [
            models.Index(fields=["-begonnen_op"], name="contactmoment_begonnen"),
            models.Index(
                fields=["melder_telefoon"], name="contact_melder_telefoon", condition=~Q(melder_telefoon="")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="contactmoment_eindigt_na_begin",
                condition=Q(beeindigd_op__isnull=True) | Q(beeindigd_op__gte=F("begonnen_op")),
                violation_error_message="Het gesprek kan niet eindigen voordat het begint.",
            ),
            models.CheckConstraint(
                name="contactmoment_kanaal_bestaat",
                condition=Q(kanaal__in=Kanaal.values),
                violation_error_message="Kies een kanaal uit de lijst.",
            ),
            models.CheckConstraint(
                name="contactmoment_melder_bestaat",
                condition=Q(melder_soort__in=MelderSoort.values),
                violation_error_message="Kies uit de lijst wie er belt.",
            ),
            models.CheckConstraint(
                name="contactmoment_zonder_medewerker_is_digitaal",
                condition=Q(medewerker__isnull=False) | Q(kanaal="digitaal"),
                violation_error_message="Alleen een digitaal formulier komt zonder medewerker binnen.",
            ),
            models.CheckConstraint(
                name="contactmoment_anoniem_zonder_naam",
                condition=~Q(melder_soort="anoniem") | Q(melder_naam="", melder_telefoon=""),
                violation_error_message="Een anonieme melder heeft geen naam of telefoon; kies een andere melder of maak leeg.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kanaal_display()} {self.begonnen_op:%d-%m-%Y %H:%M}"

    @property
    def opgeschreven_door(self) -> str:
        """Wie de woorden opschreef: een medewerker, of de melder zelf."""
        return str(self.medewerker) if self.medewerker_id else "de melder zelf"
