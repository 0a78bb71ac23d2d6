"""De zes gebieden waarin lijsten filteren en cijfers tellen: samengevoegde CBS-buurten, want losse buurten zijn te klein [V] (domein 7)."""

from django.db import models

_PER_GEBIED = {
    "centrum": ("BU06290100", "BU06290101", "BU06290104"),
    "oostdorp": ("BU06290102", "BU06290103", "BU06290110"),
    "polder": ("BU06290105", "BU06290107", "BU06290108"),
    "duinrell": ("BU06290106", "BU06290109"),
    "kieviet": ("BU06290000", "BU06290001", "BU06290002", "BU06290005", "BU06290007"),
    "kerkehout": ("BU06290003", "BU06290004", "BU06290006", "BU06290008", "BU06290009"),
}


class Gebied(models.TextChoices):
    CENTRUM = "centrum", "Centrum-dorp"
    OOSTDORP = "oostdorp", "Oostdorp en Zijlwatering"
    POLDER = "polder", "Deijleroord, Maaldrift en polder"
    DUINRELL = "duinrell", "Rijksdorp en Duinrell"
    KIEVIET = "kieviet", "De Kieviet en Oud-Wassenaar"
    KERKEHOUT = "kerkehout", "Kerkehout en Meijendel"

    @property
    def buurtcodes(self) -> tuple[str, ...]:
        """De CBS-buurten (2022) van dit gebied; samen zijn het ze alle 21."""
        return _PER_GEBIED[str(self.value)]
