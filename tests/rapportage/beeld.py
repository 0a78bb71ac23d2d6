"""Wat tests van zinnen en figuren delen: gepubliceerde tabellen zonder database, en de bron van een bladzijde."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from rapportage import catalogus as catalogi
from rapportage.beeld.bron import Bron, periods_until
from rapportage.beeld.figuren import Figuur, build
from rapportage.beeld.keuze import JAAR_EERDER, Keuze
from rapportage.beeld.plannen import PLANNEN
from rapportage.queries import Tabelcijfers
from rapportage.tijdvak import Tijdvak, parse_tijdvak
from skt.kern.gebieden import Gebied
from tests.factories.rapportage import LIJSTEN
from tests.fixtures import MAANDAG

CATALOGUS = catalogi.read(catalogi.compose(LIJSTEN))
NU, VORIG, EERDER = parse_tijdvak("2026-K3"), parse_tijdvak("2026-K2"), parse_tijdvak("2025-K3")
ALLE = tuple(str(gebied.value) for gebied in Gebied)
Cellen = Mapping[tuple[str, ...], int]


def parse(deel: str) -> ET.Element:
    """One drawing; an error when it isn't well-formed."""
    return ET.fromstring(deel + "</svg>")  # noqa: S314 - our own drawing


def table(code: str, tijdvak: Tijdvak, cellen: Cellen) -> Tabelcijfers:
    """A published table; what isn't named is zero."""
    familie, kubus, tabel = next(
        (f, k, t) for f in CATALOGUS.families for k in f.kubussen for t in k.tabellen if t.code == code
    )
    alle = [tuple(cel) for cel in CATALOGUS.cells(tabel)]
    assert set(cellen) <= set(alle)
    return Tabelcijfers(
        code=code,
        titel=tabel.titel,
        wat=kubus.wat,
        kenmerken=tuple(CATALOGUS.kenmerken[kenmerk] for kenmerk in tabel.kenmerken),
        tijdvak=tijdvak,
        grens=9,
        bevroren_op=MAANDAG,
        cellen={cel: cellen.get(cel, 0) for cel in alle},
        mensen=tabel.mensen,
        meervoudig=kubus.meervoudig,
        stand=familie.stand,
    )


def source(
    *tabellen: Tabelcijfers,
    naast: str = JAAR_EERDER,
    tijdvak: Tijdvak = NU,
    alleen: Sequence[tuple[str, str]] = (),
    bevolking: Mapping[int, Mapping[str, int]] | None = None,
) -> Bron:
    jaren = {t.jaar: CATALOGUS for t in [*periods_until(tijdvak), tijdvak.year_before()]}
    perioden = list({t.tijdvak for t in tabellen})
    return Bron(
        Keuze(tijdvak, naast, tuple(alleen)), jaren, perioden, {(t.code, t.tijdvak): t for t in tabellen}, bevolking or {}
    )  # fmt: skip


def figure_of(code: str, bron: Bron) -> Figuur:
    return build(bron, [PLANNEN[code][1]])[0]


def aard(tijdvak: Tijdvak, hulp: int, info: int) -> Tabelcijfers:
    return table("aard", tijdvak, {("hulpvraag",): hulp, ("informatie en advies",): info})
