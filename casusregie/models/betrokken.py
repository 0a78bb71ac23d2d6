"""Wie er meehelpt, en of de regie zwaarder of lichter werd."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from casusregie.models.casus import Casus, looptijd


class Betrokkenheid(models.Model):
    """Welke moederorganisatie (en wie van haar) bij de casus helpt. Zonder einde loopt ze nu."""

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="betrokkenheden")
    organisatie = models.ForeignKey(
        "medewerkers.Moederorganisatie", on_delete=models.PROTECT, related_name="+"
    )
    medewerker = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rol = models.CharField("wat doet de organisatie", max_length=120)
    van = models.DateTimeField()
    tot = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "betrokkenheden"
        constraints = [
            models.CheckConstraint(
                name="betrokkenheid_eindigt_na_begin",
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")),
                violation_error_message="De betrokkenheid kan niet eindigen voordat ze begint.",
            ),
            ExclusionConstraint(
                name="betrokkenheid_niet_dubbel",
                expressions=[
                    ("casus", RangeOperators.EQUAL),
                    ("organisatie", RangeOperators.EQUAL),
                    (looptijd(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze organisatie is al betrokken.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie} ({self.rol})"


class Schaling(models.Model):
    """Opschalen of afschalen van de regie: waarom, met wie besloten, en wanneer er weer naar gekeken wordt."""

    class Richting(models.TextChoices):
        OP = "opschalen", "Opschalen"
        AF = "afschalen", "Afschalen"

    class Aanleiding(models.TextChoices):
        LEVERT_NIET = "organisatie levert niet (goed)", "Organisatie levert niet (goed)"
        COMPLEX = "complex of escalerend", "Complex of escalerend"
        BELANGEN = "belangen lopen uiteen", "Belangen lopen uiteen"
        VEILIGHEID = "veiligheid", "Veiligheid"
        STAGNATIE = "stagnatie", "Stagnatie"
        DOELEN = "doelen bereikt", "Doelen bereikt"
        VERZOEK = "verzoek inwoner", "Verzoek inwoner"

    casus = models.ForeignKey(Casus, on_delete=models.PROTECT, related_name="schalingen")
    richting = models.CharField(max_length=10, choices=Richting)
    aanleiding = models.CharField(max_length=40, choices=Aanleiding)
    besproken_met = models.CharField(max_length=200)
    toelichting = models.TextField(blank=True)
    evaluatie_op = models.DateField()
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    besloten_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "schalingen"

    def __str__(self) -> str:
        return f"{self.get_richting_display()} op {self.besloten_op:%d-%m-%Y}"
