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

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_niet_voor_begin",
                condition=Q(uiterlijk__gte=F("begonnen_op")),
                violation_error_message="Een termijn kan niet eindigen voordat hij begint.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.soort_id} uiterlijk {self.uiterlijk}"
