"""Triage, de aanmelding die eruit volgt, en het overleg dat erover besluit."""

from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from intake.models import Melding
from skt.medewerkers.models import Wet
from triage.status import AanmeldingStatus, OverlegStatus
from triage.triagewerk import Meldcode, Meldcodestap, Triagebeurt, Triageconcept, Triagefilter


class Ernst(models.TextChoices):
    """Hoe zwaar het weegt [V]; `uitleg` is onze eigen zin bij elke keuze."""

    LAAG = "laag", "Laag"
    MATIG = "matig", "Matig"
    HOOG = "hoog", "Hoog"
    ZEER_HOOG = "zeer hoog", "Zeer hoog"

    @property
    def uitleg(self) -> str:
        return {
            "LAAG": "Het dagelijks leven loopt door; een antwoord of een duwtje is genoeg.",
            "MATIG": "Iets loopt vast, maar met wat steun pakt de inwoner het zelf op.",
            "HOOG": "Op meer dan één gebied gaat het mis, en zonder hulp wordt het erger.",
            "ZEER_HOOG": "Iemand loopt gevaar, of het leven staat stil.",
        }[str(self.name)]


class Urgentie(models.TextChoices):
    CRISIS = "crisis (direct)", "Crisis (direct)"
    SPOED = "spoed (binnen 3 werkdagen)", "Spoed (binnen 3 werkdagen)"
    REGULIER = "regulier (eerstvolgend aanmeldoverleg)", "Regulier (eerstvolgend aanmeldoverleg)"
    LAAG = "laag", "Laag"

    @property
    def uitleg(self) -> str:
        return {
            "CRISIS": "Vandaag nog: wachten is niet veilig.",
            "SPOED": "Binnen drie werkdagen: anders loopt er iets af of gaat er iets stuk.",
            "REGULIER": "Het kan wachten tot het eerstvolgende aanmeldoverleg.",
            "LAAG": "Er is tijd: een moment dat de inwoner past.",
        }[str(self.name)]

    @property
    def kort(self) -> str:
        """Eén woord, zoals op een kaart: crisis, spoed, regulier, laag."""
        return str(self.name).lower()

    @property
    def werkdagen(self) -> int:
        """Hoe lang een eerste afspraak na de triage mag duren (domein 3: spoed binnen 3 werkdagen; de rest eigen keus)."""
        return {"CRISIS": 1, "SPOED": 3, "REGULIER": 10, "LAAG": 20}[str(self.name)]


class Nuldelijn(models.TextChoices):
    PAST = "past", "Ja, dit aanbod past"
    PAST_NIET = "past_niet", "Nee, er past nu geen vrij toegankelijk aanbod"


class Ernaast(models.TextChoices):
    """Kan vrij toegankelijk aanbod naast geïndiceerde hulp lopen? (nota: zodat zwaardere hulp weer lichter kan)."""

    JA = "ja", "Ja, het kan ernaast"
    NEE = "nee", "Nee, dat kan nu niet"
    LATER = "later", "Dat weegt de intake of het overleg"


class Uitkomst(models.TextChoices):
    INFORMATIE = "informatie en advies", "Informatie en advies"
    ZELF_HELPEN = "zelf hulp verlenen", "Zelf hulp verlenen"
    VRIJ_AANBOD = "vrij toegankelijk aanbod", "Vrij toegankelijk aanbod"
    TOEKENNEN = "zelfstandig toekennen (mandaat)", "Zelfstandig toekennen (mandaat)"
    INTAKE = "afspraak verdiepende intake", "Afspraak verdiepende intake"
    OVERLEG = "aanmeldoverleg", "Aanmeldoverleg"
    CRISISROUTE = "crisisroute", "Crisisroute"


class Bord(models.TextChoices):
    JEUGD = "jeugd", "Jeugd/gezin"
    VOLWASSENEN = "volwassenen", "Volwassenen"
    GEZAMENLIJK = "gezamenlijk", "Gezamenlijk"

    @property
    def teamsoorten(self) -> tuple[str, ...]:
        """De team(s) wier bord dit is."""
        return ("jeugd", "volwassenen") if self == Bord.GEZAMENLIJK else (str(self.value),)

    @property
    def zelfde_mensen(self) -> list[str]:
        """De borden waar (ook) mensen van dit bord aan tafel zitten."""
        return [bord.value for bord in Bord if set(bord.teamsoorten) & set(self.teamsoorten)]


class Besluit(models.TextChoices):
    VRIJ_AANBOD = "vrij toegankelijk aanbod inzetten", "Vrij toegankelijk aanbod inzetten"
    CASUSREGIE = "casusregie beleggen", "Casusregie beleggen"
    INTAKE = "verdiepende intake of huisbezoek", "Verdiepende intake of huisbezoek"
    WMO = "onderzoek Wmo", "Onderzoek Wmo"
    JEUGDHULP = "jeugdhulp onderzoeken", "Jeugdhulp onderzoeken"
    PROCESREGIE = "opschalen naar procesregie", "Opschalen naar procesregie"
    TERUG = "terug naar voorportaal", "Terug naar voorportaal"
    AANHOUDEN = "aanhouden", "Aanhouden"


class Triage(models.Model):
    """Het wegen van één melding op ernst en urgentie. Opnieuw triëren maakt een nieuwe; de oude blijft staan."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="triages")
    ernst = models.CharField(max_length=10, choices=Ernst)
    urgentie = models.CharField(max_length=40, choices=Urgentie)
    meldcode = models.PositiveSmallIntegerField(
        "veiligheid: stap van de meldcode", null=True, blank=True, choices=Meldcode
    )
    nuldelijn = models.CharField("0de lijn onderzocht", max_length=10, choices=Nuldelijn)
    nuldelijn_toelichting = models.TextField(blank=True)
    voorzieningen = models.ManyToManyField("socialekaart.Voorziening", blank=True, related_name="+")
    ernaast = models.CharField(
        "kan de 0de lijn ernaast lopen?",
        max_length=8,
        choices=Ernaast,
        blank=True,
        help_text="Leeg waar de uitkomst niet naar 1ste of 2de lijn leidt.",
    )
    ernaast_toelichting = models.TextField(blank=True)
    eigen_kracht = models.TextField(blank=True)
    netwerk = models.TextField(blank=True)
    uitkomst = models.CharField(max_length=40, choices=Uitkomst)
    toelichting = models.TextField(blank=True)
    medewerker = models.ForeignKey("medewerkers.Medewerker", on_delete=models.PROTECT, related_name="+")
    gedaan_op = models.DateTimeField()

    class Meta:
        verbose_name_plural = "triages"
        constraints = [
            models.CheckConstraint(
                name="triage_nuldelijn_uitgelegd",
                condition=~Q(nuldelijn="past_niet") | ~Q(nuldelijn_toelichting=""),
                violation_error_message="Schrijf op waarom er geen vrij toegankelijk aanbod past.",
            ),
            models.CheckConstraint(
                name="triage_nuldelijn_onderzocht",
                condition=Q(nuldelijn__in=Nuldelijn.values),
                violation_error_message="Onderzoek eerst of vrij toegankelijk aanbod past.",
            ),
            models.CheckConstraint(
                name="triage_ernaast_uitgelegd",
                condition=~Q(ernaast="nee") | ~Q(ernaast_toelichting=""),
                violation_error_message="Schrijf op waarom vrij toegankelijk aanbod er niet naast kan lopen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Triage van {self.melding_id}: {self.uitkomst}"


class Overleg(models.Model):
    """Een aanmeldoverleg van een team, of van beide teams samen."""

    bord = models.CharField(max_length=12, choices=Bord)
    begint_op = models.DateTimeField()
    plaats = models.CharField(max_length=120, default="Van Heeckerenhuis")
    voorzitter = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=12, choices=OverlegStatus, default=OverlegStatus.GEPLAND)
    reeks = models.ForeignKey(
        "triage.Overlegreeks", null=True, blank=True, on_delete=models.PROTECT, related_name="overleggen"
    )
    reeks_dag = models.DateField(
        "dag in de reeks",
        null=True,
        blank=True,
        help_text="De dag die de reeks noemt; die blijft staan als het overleg wordt verzet of geannuleerd.",
    )
    verzet_van = models.DateTimeField(
        null=True, blank=True, help_text="Het moment waarop het eerst zou zijn."
    )
    aanwezigen = models.ManyToManyField("medewerkers.Medewerker", blank=True, related_name="+")
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "overleggen"
        indexes = [models.Index(fields=["bord", "status", "begint_op"], name="overleg_bord_begint")]
        constraints = [
            models.UniqueConstraint(
                fields=["bord", "begint_op"],
                condition=~Q(status="geannuleerd"),
                name="overleg_een_per_moment",
                violation_error_message="Op dit moment is er al een overleg van dit team.",
            ),
            models.UniqueConstraint(
                fields=["reeks", "reeks_dag"],
                name="overleg_een_per_dag_van_de_reeks",
                violation_error_message="Dit overleg van de reeks is er al.",
            ),
            models.CheckConstraint(
                name="overleg_reeks_met_dag",
                condition=Q(reeks__isnull=True, reeks_dag__isnull=True)
                | Q(reeks__isnull=False, reeks_dag__isnull=False),
                violation_error_message="Een overleg van een reeks heeft een dag in die reeks.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aanmeldoverleg {self.get_bord_display()} {self.begint_op:%d-%m-%Y}"


class AanmeldingQuerySet(models.QuerySet["Aanmelding"]):
    def on_board(self, bord: str) -> Self:
        return self.filter(bord=bord).exclude(status=AanmeldingStatus.AFGEROND)

    def on_any_board(self) -> Self:
        """Wat nog op een bord staat, welk ook."""
        return self.exclude(status=AanmeldingStatus.AFGEROND)


class Aanmelding(models.Model):
    """Een melding die voor het aanmeldoverleg staat. Ze staat op precies één komend overleg, of er is besloten."""

    melding = models.ForeignKey(Melding, on_delete=models.PROTECT, related_name="aanmeldingen")
    triage = models.OneToOneField(Triage, on_delete=models.PROTECT, related_name="aanmelding")
    bord = models.CharField(max_length=12, choices=Bord)
    teams = ArrayField(models.BigIntegerField(), help_text="De team(s) op wier bord de aanmelding staat.")
    afgeschermd = models.BooleanField(
        default=False,
        editable=False,
        help_text="Houdt de database bij: dan leest alleen de casusregisseur nog mee.",
    )
    status = models.CharField(max_length=14, choices=AanmeldingStatus, default=AanmeldingStatus.VOOR_OVERLEG)
    urgentie = models.CharField(max_length=40, choices=Urgentie)
    casusregisseur = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    aangemeld_op = models.DateTimeField()
    gewijzigd_door = models.ForeignKey(
        "medewerkers.Medewerker",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Wie haar het laatst verplaatste of erover besloot.",
    )
    gewijzigd_op = models.DateTimeField(null=True, blank=True)
    kenners = ArrayField(
        models.BigIntegerField(),
        default=list,
        editable=False,
        help_text="Wie dit gezin kent; houdt de database bij uit KentGezin. Voor hen bestaat de aanmelding niet.",
    )
    versie = models.PositiveIntegerField(default=1)

    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "aanmeldingen"
        indexes = [
            models.Index(fields=["bord", "status", "aangemeld_op", "id"], name="aanmelding_bord_status"),
            GinIndex(fields=["teams"], name="aanmelding_teams"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["melding"],
                condition=~Q(status="afgerond"),
                name="aanmelding_een_tegelijk",
                violation_error_message="Deze melding staat al op een bord.",
            ),
            models.CheckConstraint(
                name="aanmelding_heeft_team",
                condition=Q(teams__len__gte=1),
                violation_error_message="Kies een team.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aanmelding {self.melding_id}"

    @property
    def laatste_agendapunt(self) -> "Agendapunt | None":
        return self.agendapunten.order_by("-pk").first()


class Agendapunt(models.Model):
    """Een aanmelding op de agenda van één overleg, en het besluit dat daar viel."""

    overleg = models.ForeignKey(Overleg, on_delete=models.PROTECT, related_name="agendapunten")
    aanmelding = models.ForeignKey(Aanmelding, on_delete=models.PROTECT, related_name="agendapunten")
    volgorde = models.PositiveSmallIntegerField()
    besluit = models.CharField(max_length=40, choices=Besluit, blank=True)
    nummer = models.CharField(
        max_length=12,
        blank=True,
        editable=False,
        help_text="Van de melding, bij het besluit bewaard: zo klopt de besluitenlijst ook als de melding dicht is.",
    )
    toelichting = models.TextField(blank=True)
    partij = models.ForeignKey(
        "medewerkers.Moederorganisatie", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    casusregisseur = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    procesregisseur = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uiterlijk = models.DateField("eerste stap uiterlijk", null=True, blank=True)
    besloten_op = models.DateTimeField(null=True, blank=True)
    besloten_door = models.ForeignKey(
        "medewerkers.Medewerker", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "agendapunten"
        indexes = [models.Index(fields=["overleg", "volgorde", "id"], name="agendapunt_volgorde")]
        constraints = [
            models.UniqueConstraint(
                fields=["aanmelding"],
                condition=Q(besluit=""),
                name="agendapunt_een_komend_overleg",
                violation_error_message="Deze aanmelding staat al op een komend overleg.",
            ),
            models.CheckConstraint(
                name="agendapunt_besluit_compleet",
                condition=Q(besluit="") | Q(besloten_op__isnull=False, besloten_door__isnull=False),
                violation_error_message="Bij een besluit hoort wie besloot en wanneer.",
            ),
            models.CheckConstraint(
                name="agendapunt_regie_heeft_regisseur",
                condition=~Q(besluit__in=["casusregie beleggen", "opschalen naar procesregie"])
                | Q(partij__isnull=False, casusregisseur__isnull=False, uiterlijk__isnull=False),
                violation_error_message="Kies de partij, de casusregisseur en de datum van de eerste stap.",
            ),
            models.CheckConstraint(
                name="agendapunt_procesregie_heeft_procesregisseur",
                condition=~Q(besluit="opschalen naar procesregie") | Q(procesregisseur__isnull=False),
                violation_error_message="Kies bij opschalen ook een procesregisseur.",
            ),
        ]

    def __str__(self) -> str:
        return f"Agendapunt {self.volgorde}"


class Bedragperiode(models.TextChoices):
    WEEK = "per week", "per week"
    VIER_WEKEN = "per 4 weken", "per 4 weken"
    MAAND = "per maand", "per maand"
    JAAR = "per jaar", "per jaar"
    TOTAAL = "totaal", "één keer, in totaal"

    @property
    def per_jaar(self) -> int:
        """Hoe vaak het bedrag in een jaar valt; wat één keer wordt gegeven telt helemaal mee (eigen keus)."""
        return {"WEEK": 52, "VIER_WEKEN": 13, "MAAND": 12}.get(str(self.name), 1)


class Toekenning(models.Model):
    """Wat een zorgregisseur binnen een mandaat zelf toekende (Wmo 2015 artikel 2.6.3). Zij verandert nooit meer."""

    triage = models.OneToOneField(Triage, on_delete=models.PROTECT, related_name="toekenning")
    mandaat = models.ForeignKey("medewerkers.Mandaat", on_delete=models.PROTECT, related_name="+")
    wet = models.CharField(max_length=20, choices=Wet)
    product = models.CharField(max_length=120)
    bedrag = models.DecimalField("bedrag in euro", max_digits=10, decimal_places=2)
    per = models.CharField(max_length=12, choices=Bedragperiode)
    van = models.DateField("geldt van")
    tot_en_met = models.DateField("geldt tot en met")
    besluitdatum = models.DateField()
    bezwaar_tot = models.DateField("bezwaar kan tot en met")
    heroverwegen_op = models.DateField("opnieuw bekijken uiterlijk", null=True, blank=True)

    class Meta:
        verbose_name_plural = "toekenningen"
        constraints = [
            models.CheckConstraint(
                name="toekenning_bedrag_positief",
                condition=Q(bedrag__gt=0),
                violation_error_message="Vul een bedrag boven nul in.",
            ),
            models.CheckConstraint(
                name="toekenning_eindigt_na_begin",
                condition=Q(tot_en_met__gte=F("van")),
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                name="toekenning_per_bestaat",
                condition=Q(per__in=Bedragperiode.values),
                violation_error_message="Kies waar het bedrag voor geldt.",
            ),
            models.CheckConstraint(
                name="toekenning_heeft_wet",
                condition=Q(wet__in=["wmo", "jeugdwet", "participatiewet", "wgs"]),
                violation_error_message="Kies een wet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} ({self.get_wet_display()})"

    @property
    def jaarbedrag(self) -> Decimal:
        """In euro, zoals het tegen het plafond telt."""
        return self.bedrag * Bedragperiode(self.per).per_jaar


from triage.overlegmodellen import (  # noqa: E402 - a file of its own, and still models of this app
    BijFeestdag,
    MagHoren,
    Overlegreeks,
    Terugkoppeling,
    Weekdag,
)
from triage.protocolmodellen import (  # noqa: E402 - a file of its own, and still models of this app
    Afwijkreden,
    Proefstatus,
    Protocolproef,
    Protocolversie,
    Triageadvies,
)
from triage.vergadermodellen import KentGezin, Tafel  # noqa: E402 - likewise

__all__ = [
    "Aanmelding",
    "Afwijkreden",
    "Agendapunt",
    "Bedragperiode",
    "Besluit",
    "BijFeestdag",
    "Bord",
    "Ernaast",
    "Ernst",
    "KentGezin",
    "MagHoren",
    "Meldcode",
    "Meldcodestap",
    "Nuldelijn",
    "Overleg",
    "Overlegreeks",
    "Proefstatus",
    "Protocolproef",
    "Protocolversie",
    "Tafel",
    "Terugkoppeling",
    "Toekenning",
    "Triage",
    "Triageadvies",
    "Triagebeurt",
    "Triageconcept",
    "Triagefilter",
    "Uitkomst",
    "Urgentie",
    "Weekdag",
]
