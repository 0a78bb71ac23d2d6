"""Het bord: kolommen geteld in SQL, per kolom niet meer kaarten dan een mens overziet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from intake.queries import lives_in
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Medewerker, Moederorganisatie
from skt.web.leefgebieden import HULPVRAAG
from triage.models import Aanmelding, Agendapunt, Urgentie
from triage.queries.overleg import cardinality, urgentie_rang

PER_KOLOM = 6
"""Wat er van een kolom in beeld is; wie verder kijkt, krijgt vanzelf meer."""
BLAD = 18
"""Zoveel kaarten komen er bij ‘Toon nog’ bij."""
MEER = 504
"""Meer kaarten toont een kolom niet: verder helpt filteren of zoeken beter."""
BIJNA = timedelta(days=3)
OP_EEN_KAART = ("melding__inwoner", "melding__verantwoordelijke", "casusregisseur", "gewijzigd_door")


def filter_board(
    aanmeldingen: "QuerySet[Aanmelding]",
    *,
    user: Medewerker,
    at: datetime,
    zoek: str = "",
    leefgebied: str = "",
    urgentie: str = "",
    organisatie: Moederorganisatie | None = None,
    gebied: str = "",
    mijn: bool = False,
    spoed: bool = False,
    termijn: bool = False,
    niemand: bool = False,
) -> "QuerySet[Aanmelding]":
    """Wat de filters boven het bord vragen; een leeg filter vraagt niets."""
    if zoek:
        aanmeldingen = aanmeldingen.filter(
            Q(melding__nummer__contains=zoek)
            | Q(melding__inwoner__achternaam__icontains=zoek)
            | Q(melding__inwoner__roepnaam__icontains=zoek)
        )
    if leefgebied in Leefgebied.values:
        aanmeldingen = aanmeldingen.filter(
            melding__uitvraag__antwoorden__leefgebied=leefgebied,
            melding__uitvraag__antwoorden__score__lte=HULPVRAAG,
        )
    if urgentie in Urgentie.values:
        aanmeldingen = aanmeldingen.filter(urgentie=urgentie)
    if gebied:
        aanmeldingen = aanmeldingen.filter(lives_in(gebied, "melding__"))
    if organisatie:
        aanmeldingen = aanmeldingen.filter(melding__organisatie=organisatie)
    if spoed:
        aanmeldingen = aanmeldingen.filter(urgentie__in=[Urgentie.CRISIS, Urgentie.SPOED])
    if termijn:
        aanmeldingen = aanmeldingen.filter(melding__uiterlijk__lte=at + BIJNA)
    if mijn:
        aanmeldingen = aanmeldingen.filter(is_mine(user))
    return aanmeldingen.filter(is_nobodys()) if niemand else aanmeldingen


def is_mine(user: Medewerker) -> Q:
    return Q(casusregisseur=user) | Q(casusregisseur=None, melding__verantwoordelijke=user)


def is_nobodys() -> Q:
    """Alleen van het team: nog geen mens die er iets mee doet."""
    return Q(casusregisseur=None, melding__verantwoordelijke=None)


def count_chips(aanmeldingen: "QuerySet[Aanmelding]", user: Medewerker, at: datetime) -> dict[str, int]:
    """Hoeveel kaarten elk filter overhoudt: één query."""
    counts: dict[str, int] = aanmeldingen.order_by().aggregate(
        mijn=Count("pk", filter=is_mine(user)),
        spoed=Count("pk", filter=Q(urgentie__in=[Urgentie.CRISIS, Urgentie.SPOED])),
        termijn=Count("pk", filter=Q(melding__uiterlijk__lte=at + BIJNA)),
        niemand=Count("pk", filter=is_nobodys()),
    )
    return counts


def cards(
    aanmeldingen: "QuerySet[Aanmelding]", diepte: Mapping[str, int], laat: str = ""
) -> tuple[list[Aanmelding], dict[str, int]]:
    """De eerste kaarten van elke kolom, dringend eerst, en hoeveel er in elke kolom zijn.

    Van een kolom in `diepte` zoveel kaarten als die zegt, en altijd die van melding `laat`. Eerst de plekken, dan pas wat er op
    een kaart staat: anders leest de database dat van het hele bord.
    """
    genummerd = aanmeldingen.annotate(
        plek=Window(
            RowNumber(),
            partition_by=[F("status")],
            order_by=[
                urgentie_rang("urgentie").asc(),
                F("melding__uiterlijk").asc(nulls_last=True),
                F("pk").asc(),
            ],
        ),
        aantal=Window(Count("pk"), partition_by=[F("status")]),
    )
    welke = Q(plek__lte=PER_KOLOM)
    for status, aantal in diepte.items():
        welke |= Q(plek__lte=aantal, status=status)
    if laat:
        welke |= Q(melding__nummer=laat)
    plekken = list(genummerd.filter(welke).order_by("plek").values_list("pk", "status", "aantal"))
    rijen = Aanmelding.objects.select_related(*OP_EEN_KAART).in_bulk([pk for pk, _, _ in plekken])
    return [rijen[pk] for pk, _, _ in plekken if pk in rijen], {
        status: aantal for _, status, aantal in plekken
    }


def board_state(aanmeldingen: "QuerySet[Aanmelding]") -> str:
    """Een kort merk dat verandert als er iets op het bord verandert: zo hoeft niemand een bord twee keer te lezen."""
    stand = aanmeldingen.order_by().aggregate(
        n=Count("pk"),
        laatste=Max("pk"),
        versies=Sum("versie"),
        meldingen=Sum("melding__versie"),
        bekenden=Sum(cardinality("kenners")),
    )
    return "-".join(str(getal or 0) for getal in stand.values())


def latest_punten(aanmelding_ids: Iterable[int]) -> dict[int, Agendapunt]:
    """Per aanmelding haar laatste agendapunt (het open punt als dat er is), met het overleg."""
    punten = Agendapunt.objects.filter(aanmelding_id__in=list(aanmelding_ids)).select_related("overleg")
    return {punt.aanmelding_id: punt for punt in punten.order_by("pk")}


def count_borden(aanmeldingen: "QuerySet[Aanmelding]", borden: Sequence[str]) -> dict[str, int]:
    """Hoeveel kaarten op elk bord: de getallen op de tabs."""
    rijen = aanmeldingen.filter(bord__in=borden).order_by().values_list("bord").annotate(n=Count("pk"))
    return dict(rijen)
