"""Lezen wat is vastgezet, door de rol die niets anders kan lezen; zonder heel zegel wordt niets getoond.

And below that what people put beside it: comments, reports to the council, the inwoners of the CBS.
"""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from rapportage import catalogus as catalogi
from rapportage.catalogus import Catalogus, Kenmerk
from rapportage.kubussen import PER_CODE
from rapportage.models import (
    Bevolking,
    Cel,
    Indeling,
    Periode,
    Publicatie,
    Raadsrapport,
    Raadsrapportbestand,
    Toelichting,
)
from rapportage.status import Rapportstatus
from rapportage.tijdvak import Tijdvak
from rapportage.zegel import seal
from skt.kern.gebieden import Gebied

LEZER = "beleid"
"""The connection of skt_beleid: frozen cubes, and nothing else in the database."""
DREMPEL = 10
"""Below this a number is shown as "<10"."""

logger = logging.getLogger(__name__)
Plek = tuple[str, Tijdvak]
"""A table and a period."""


@dataclass(frozen=True)
class Tabelcijfers:
    """One published table of one period; numbers are multiples of five, at most `grens` from the true ones."""

    code: str
    titel: str
    wat: str
    kenmerken: tuple[Kenmerk, ...]
    tijdvak: Tijdvak
    grens: int
    bevroren_op: datetime
    cellen: Mapping[tuple[str, ...], int]
    mensen: bool = False
    meervoudig: bool = False
    stand: bool = False

    @property
    def kolommen(self) -> tuple[str, ...]:
        return tuple(kenmerk.code for kenmerk in self.kenmerken)

    def labels(self, cel: tuple[str, ...]) -> tuple[str, ...]:
        """How a cell is named on the screen; a value that its division doesn't know keeps its own name."""
        return tuple(
            dict(kenmerk.vakken).get(waarde, waarde)
            for kenmerk, waarde in zip(self.kenmerken, cel, strict=True)
        )


def shown(aantal: int) -> int | None:
    """The number as it may be shown: None stands for "<10"."""
    return aantal if aantal >= DREMPEL else None


def bounds(aantal: int | None, grens: int) -> tuple[int, int]:
    """Between which the true number lies; one too small to show (None) was published as 0 or 5."""
    return (0, DREMPEL - 5 + grens) if aantal is None else (max(0, aantal - grens), aantal + grens)


def published_periods() -> list[Tijdvak]:
    """The months, quarters and years that can be seen, newest first."""
    gevonden = (
        Publicatie.objects.using(LEZER)
        .order_by("-maand")
        .values_list("periode", "maand")
        .distinct()
    )  # fmt: skip
    return [Tijdvak(begin, Periode(soort)) for soort, begin in gevonden]


def published_tables(tijdvak: Tijdvak) -> set[str]:
    """The tables there are of one period, by code."""
    gevonden = Publicatie.objects.using(LEZER).filter(periode=tijdvak.soort, maand=tijdvak.begin)
    return set(gevonden.values_list("kubus", flat=True))


def read_catalogues(jaren: Iterable[int] | None = None) -> dict[int, Catalogus]:
    """Per year what is published in it: of these years, or of all."""
    indelingen = Indeling.objects.using(LEZER).order_by("-jaar")
    if jaren is not None:
        indelingen = indelingen.filter(jaar__in=set(jaren))
    return {indeling.jaar: catalogi.read(indeling.inhoud) for indeling in indelingen}


def read_tables(
    plekken: Iterable[Plek], catalogus: Mapping[int, Catalogus] | None = None
) -> dict[Plek, Tabelcijfers]:
    """The tables that were published of what is asked; one that doesn't fit its seal is left out, and an error is logged."""
    gevraagd = set(plekken)
    if not gevraagd:
        return {}
    per_tijdvak: dict[Tijdvak, set[str]] = {}
    for code, tijdvak in gevraagd:
        per_tijdvak.setdefault(tijdvak, set()).add(code)
    zoek = Q()
    for tijdvak, codes in per_tijdvak.items():
        zoek |= Q(periode=tijdvak.soort, maand=tijdvak.begin, kubus__in=codes)
    return _read(zoek, catalogus)


def read_period(tijdvak: Tijdvak) -> dict[str, Tabelcijfers]:
    """Every table of one period, by code, in the order in which they were published."""
    gevonden = _read(Q(periode=tijdvak.soort, maand=tijdvak.begin), None)
    return {code: cijfers for (code, _), cijfers in gevonden.items()}


def read_table(code: str, tijdvak: Tijdvak) -> Tabelcijfers | None:
    """One table of one period, or None when there is none to show."""
    return read_tables([(code, tijdvak)]).get((code, tijdvak))


def _read(zoek: Q, catalogus: Mapping[int, Catalogus] | None) -> dict[Plek, Tabelcijfers]:
    publicaties = list(
        Publicatie.objects.using(LEZER)
        .filter(zoek)
        .prefetch_related(Prefetch("cellen", Cel.objects.using(LEZER).order_by("pk")))
        .order_by("maand", "pk")
    )
    if catalogus is None:
        catalogus = read_catalogues({publicatie.maand.year for publicatie in publicaties})
    gevonden: dict[Plek, Tabelcijfers] = {}
    for publicatie in publicaties:
        cijfers = _figures(publicatie, catalogus)
        if cijfers is not None:
            gevonden[cijfers.code, cijfers.tijdvak] = cijfers
    return gevonden


def _figures(publicatie: Publicatie, catalogi: Mapping[int, Catalogus]) -> Tabelcijfers | None:
    code, jaar = publicatie.kubus, publicatie.maand.year
    cellen = list(publicatie.cellen.all())
    inhoud = ((cel.kenmerken, cel.aantal) for cel in cellen)
    zegel = seal(code, publicatie.maand, publicatie.grens, inhoud, publicatie.periode)
    if zegel != publicatie.sha256:
        logger.error("Stuurinformatie: %s past niet meer bij zijn zegel.", publicatie)
        return None
    tijdvak = Tijdvak(publicatie.maand, Periode(publicatie.periode))
    getallen = {tuple(cel.kenmerken): cel.aantal for cel in cellen}
    basis = {
        "code": code,
        "tijdvak": tijdvak,
        "grens": publicatie.grens,
        "bevroren_op": publicatie.bevroren_op,
        "cellen": getallen,
    }
    catalogus = catalogi.get(jaar)
    plek = catalogus.find(code) if catalogus else None
    if catalogus is not None and plek is not None:
        familie, kubus, tabel = plek
        return Tabelcijfers(
            titel=tabel.titel,
            wat=kubus.counts(tabel),
            kenmerken=tuple(catalogus.kenmerken[kenmerk] for kenmerk in tabel.kenmerken),
            mensen=tabel.mensen,
            meervoudig=kubus.meervoudig,
            stand=familie.stand,
            **basis,
        )
    # The first figures, of before there was a catalogue.
    eerste = PER_CODE.get(code)
    if eerste is None:
        return None
    return Tabelcijfers(
        titel=eerste.titel,
        wat=eerste.wat,
        kenmerken=(Kenmerk(eerste.code, eerste.kenmerk, eerste.vakken),),
        meervoudig=code == "leefgebied",
        **basis,
    )


def broken_seals() -> list[str]:
    """The publications, of whatever period, whose numbers aren't those that were sealed."""
    cellen: dict[int, list[tuple[list[str], int]]] = {}
    for publicatie_id, kenmerken, aantal in Cel.objects.using(LEZER).values_list(
        "publicatie_id", "kenmerken", "aantal"
    ):
        cellen.setdefault(publicatie_id, []).append((kenmerken, aantal))
    return [
        str(publicatie)
        for publicatie in Publicatie.objects.using(LEZER).order_by("pk")
        if publicatie.sha256
        != seal(
            publicatie.kubus,
            publicatie.maand,
            publicatie.grens,
            cellen.get(publicatie.pk, []),
            publicatie.periode,
        )
    ]


def reportable() -> list[Tijdvak]:
    """The quarters and years that there are figures of, newest first."""
    return [tijdvak for tijdvak in published_periods() if tijdvak.soort != Periode.MAAND]


def period_of(rapport: Raadsrapport) -> Tijdvak:
    return Tijdvak(rapport.begin, Periode(rapport.periode))


def file_of(rapport: Raadsrapport) -> bytes | None:
    """The PDF as it was kept; None where there is none, or where it isn't what was kept."""
    bestand = Raadsrapportbestand.objects.filter(rapport=rapport).first()
    if bestand is None:
        return None
    pdf = bytes(bestand.pdf)
    return pdf if hashlib.sha256(pdf).hexdigest() == rapport.sha256 else None


def open_draft() -> Raadsrapport | None:
    """The newest draft that is ready and that no version followed."""
    for rapport in Raadsrapport.objects.filter(
        gevraagd_door=None, status=Rapportstatus.KLAAR
    ).order_by("-begin", "periode"):  # fmt: skip
        later = Raadsrapport.objects.filter(
            periode=rapport.periode, begin=rapport.begin, versie__gt=rapport.versie
        )
        return None if later.exists() else rapport
    return None


def history(figuur: str, tijdvak: Tijdvak) -> list[Toelichting]:
    """Every version, the newest first."""
    return list(
        Toelichting.objects.filter(figuur=figuur, periode=tijdvak.soort, begin=tijdvak.begin)
        .select_related("geschreven_door")
        .order_by("-versie")
    )


def toelichtingen(figuren: Iterable[str], tijdvak: Tijdvak) -> dict[str, Toelichting]:
    """What stands below these figures in this period: the newest version of each, unless it was taken back."""
    nieuwste = (
        Toelichting.objects.filter(figuur__in=list(figuren), periode=tijdvak.soort, begin=tijdvak.begin)
        .order_by("figuur", "-versie")
        .distinct("figuur")
        .select_related("geschreven_door")
    )
    return {toelichting.figuur: toelichting for toelichting in nieuwste if toelichting.tekst}


def inwoners_per_gebied(jaren: Iterable[int]) -> dict[int, dict[str, int]]:
    """Per year its gebieden; a year that wasn't taken over is left out."""
    gevonden: dict[int, dict[str, int]] = {}
    for jaar, gebied, inwoners in Bevolking.objects.filter(jaar__in=set(jaren)).values_list(
        "jaar", "gebied", "inwoners"
    ):
        gevonden.setdefault(jaar, {})[gebied] = inwoners
    return gevonden


def inwoners_table() -> tuple[list[int], list[tuple[str, list[int | None]]]]:
    """The years that were taken over, newest first, and per gebied its inwoners in each."""
    aantallen: dict[tuple[int, str], int] = {
        (jaar, gebied): inwoners
        for jaar, gebied, inwoners in Bevolking.objects.values_list("jaar", "gebied", "inwoners")
    }
    jaren = sorted({jaar for jaar, _ in aantallen}, reverse=True)
    rijen = [
        (str(gebied.label), [aantallen.get((jaar, str(gebied.value))) for jaar in jaren]) for gebied in Gebied
    ]
    return jaren, rijen
