"""Wettelijke en eigen termijnen als gegevens: een code, een begin, een lengte en een bron (domein 6)."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import F, Q

from skt.kern.werkdagen import add_werkdagen, next_werkdag


class Eenheid(models.TextChoices):
    UUR = "uur", "uur"
    DAG = "dag", "dagen"
    WERKDAG = "werkdag", "werkdagen"
    WEEK = "week", "weken"
    MAAND = "maand", "maanden"
    JAAR = "jaar", "jaar"
    GEEN = "geen", "geen termijn, wel een plicht"


class Termijnsoort(models.Model):
    """Eén termijn uit de wet of een eigen afspraak, zoals WMO-OND: onderzoek binnen zes weken na de melding."""

    code = models.CharField(max_length=20, primary_key=True)
    naam = models.CharField(max_length=120)
    begint_bij = models.CharField(max_length=80)
    lengte = models.PositiveSmallIntegerField(null=True, blank=True)
    eenheid = models.CharField(max_length=10, choices=Eenheid)
    bron = models.CharField(max_length=120, help_text="Het wetsartikel, of ‘eigen afspraak’.")
    opschortbaar = models.BooleanField(
        default=False, help_text="Mag stilstaan zolang de aanvraag niet compleet is (Awb 4:15)."
    )

    class Meta:
        verbose_name_plural = "termijnsoorten"

    def __str__(self) -> str:
        return f"{self.code} {self.naam}"

    def uiterlijk(self, start: date) -> date:
        """De laatste dag. Valt die in het weekend of op een feestdag, dan de eerste werkdag erna (Awt artikel 1)."""
        lengte = self.lengte or 0
        match self.eenheid:
            case Eenheid.WERKDAG:
                return add_werkdagen(start, lengte)
            case Eenheid.UUR:
                return start + timedelta(days=-(-lengte // 24))
            case Eenheid.DAG:
                return next_werkdag(start + timedelta(days=lengte))
            case Eenheid.WEEK:
                return next_werkdag(start + timedelta(weeks=lengte))
            case Eenheid.MAAND:
                return next_werkdag(start + relativedelta(months=lengte))
            case Eenheid.JAAR:
                return start + relativedelta(years=lengte)
            case _:
                return start


class Termijn(models.Model):
    """Een lopende termijn van een dossier; een app maakt er een eigen tabel van, zodat de twee sloten kloppen."""

    soort = models.ForeignKey(Termijnsoort, on_delete=models.PROTECT, related_name="+")
    begonnen_op = models.DateField()
    uiterlijk = models.DateField()
    voldaan_op = models.DateField(null=True, blank=True)
    opgeschort_op = models.DateField(
        null=True,
        blank=True,
        help_text="Vanaf deze dag staat de termijn stil; bij hervatten schuift het einde op.",
    )
    opgeschort_reden = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_niet_voor_begin",
                condition=Q(uiterlijk__gte=F("begonnen_op")),
                violation_error_message="Een termijn kan niet eindigen voordat hij begint.",
            ),
            models.CheckConstraint(
                name="%(class)s_stil_met_reden",
                condition=Q(opgeschort_op__isnull=True)
                | (~Q(opgeschort_reden="") & Q(voldaan_op__isnull=True)),
                violation_error_message="Een termijn staat alleen stil met een reden, en niet als hij gehaald is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.soort_id} uiterlijk {self.uiterlijk}"

    def after_standstill(self, tot: date) -> date:
        """The last day when the term runs again from `tot` on: so many days later as it stood still, never a day off."""
        if self.opgeschort_op is None:
            return self.uiterlijk
        return next_werkdag(self.uiterlijk + timedelta(days=max(0, (tot - self.opgeschort_op).days)))


class Berichtvoorkeur(models.Model):
    """Of en hoe laat een medewerker het dagelijkse bericht over termijnen wil. Zonder rij: ja, om zeven uur."""

    medewerker = models.OneToOneField(
        "medewerkers.Medewerker", on_delete=models.PROTECT, related_name="berichtvoorkeur"
    )
    aan = models.BooleanField("stuur mij op werkdagen een bericht", default=True)
    uur = models.PositiveSmallIntegerField(default=7, help_text="Vanaf dit uur (Amsterdam).")

    class Meta:
        verbose_name_plural = "berichtvoorkeuren"
        constraints = [
            models.CheckConstraint(
                name="berichtvoorkeur_in_de_werkdag",
                condition=Q(uur__gte=6, uur__lte=17),
                violation_error_message="Kies een uur tussen 6 en 17.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.medewerker}: {'vanaf ' + str(self.uur) + ' uur' if self.aan else 'geen bericht'}"


class Termijnbericht(models.Model):
    """Eén bericht aan één medewerker op één dag: hoeveel, nooit over wie. Zonder `verzonden_op` moet het nog gaan."""

    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    dag = models.DateField()
    verlopen = models.PositiveIntegerField()
    bijna = models.PositiveIntegerField()
    gemaakt_op = models.DateTimeField()
    verzonden_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "termijnberichten"
        constraints = [
            models.UniqueConstraint(
                fields=["medewerker", "dag"],
                name="termijnbericht_een_per_dag",
                violation_error_message="Voor deze dag is er al een bericht.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dag}: {self.verlopen} verlopen, {self.bijna} bijna"
