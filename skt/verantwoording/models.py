"""Wie zag en deed wat. De tabellen zijn alleen aan te vullen; de database zelf weigert wijzigen en wissen."""

from django.db import models

from skt.verantwoording.woorden import say_action


class Soort(models.TextChoices):
    LEZEN = "lezen", "Gelezen"
    WIJZIGEN = "wijzigen", "Gewijzigd"
    GEWEIGERD = "geweigerd", "Geweigerd"
    AANMELDEN = "aanmelden", "In- en uitloggen"


class Regel(models.Model):
    """Eén regel van de verantwoording (NEN 7513, BIO2 8.15). Zonder foreign keys: een regel overleeft wat hij beschrijft."""

    tijdstip = models.DateTimeField()
    soort = models.CharField(max_length=10, choices=Soort)
    actie = models.CharField(max_length=80)
    medewerker_id = models.BigIntegerField(null=True)
    plaatsing_id = models.BigIntegerField(null=True)
    organisatie_id = models.BigIntegerField(null=True)
    object_soort = models.CharField(max_length=40, blank=True)
    object_id = models.BigIntegerField(null=True)
    inwoner_id = models.BigIntegerField(null=True)
    recht = models.CharField("op grond van", max_length=120, blank=True)
    reden = models.CharField(max_length=500, blank=True)
    noodtoegang = models.BooleanField(default=False)
    vanaf = models.CharField("vanaf adres", max_length=45, blank=True)
    verzoek = models.UUIDField()
    gegevens = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "regels"
        indexes = [
            models.Index(fields=["-tijdstip", "-id"], name="regel_tijdstip"),
            models.Index(fields=["inwoner_id", "-id"], name="regel_inwoner"),
            models.Index(fields=["medewerker_id", "-id"], name="regel_medewerker"),
            models.Index(fields=["object_soort", "object_id", "-id"], name="regel_object"),
            models.Index(
                fields=["-tijdstip", "-id"], condition=models.Q(noodtoegang=True), name="regel_noodtoegang"
            ),
            models.Index(
                fields=["-tijdstip", "-id"], condition=models.Q(soort="geweigerd"), name="regel_geweigerd"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tijdstip:%Y-%m-%d %H:%M} {self.actie}"

    @property
    def handeling(self) -> str:
        """De actie in gewone woorden."""
        return say_action(self.actie)


class Schakel(models.Model):
    """De hashketen over de regels: elke schakel draagt de hash van de vorige (BIO2 8.15.05)."""

    volgnummer = models.BigIntegerField(primary_key=True)
    regel_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField()

    class Meta:
        verbose_name_plural = "schakels"

    def __str__(self) -> str:
        return str(self.volgnummer)


class Kop(models.Model):
    """De laatste schakel, apart bewaard: zo valt ook een afgeknipt eind op."""

    id = models.SmallIntegerField(primary_key=True)
    volgnummer = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        verbose_name_plural = "koppen"

    def __str__(self) -> str:
        return str(self.volgnummer)
