"""Gepubliceerde cijfers op papier: toegankelijke PDF (PDF/UA-1). Het tijdstip is dat van het vastzetten."""

from rapportage.bestanden.rekenblad import BRON, DEFINITIEF, LET_OP, METHODE, workbook
from rapportage.queries import Tabelcijfers
from skt.web.datums import day_of, short_date
from skt.web.grafieken import figure
from skt.web.papier import make_pdf

GETALLEN = 3
"""The last columns of a table: the number, and what it is at least and at most."""


def write_table_pdf(cijfers: Tabelcijfers) -> bytes:
    """Raises PaperTooLong or PaperFailed."""
    blad = workbook(cijfers.tijdvak, [cijfers]).bladen[1]
    breed = len(blad.kop)
    gegevens = {
        "titel": blad.titel,
        "voet": f"Cijfers vastgezet op {short_date(day_of(cijfers.bevroren_op))}",
        "feiten": [
            ["Periode", cijfers.tijdvak.naam],
            ["Telt", cijfers.wat],
            ["Marge", f"±{cijfers.grens}"],
            ["Bron", f"{BRON} op {short_date(day_of(cijfers.bevroren_op))}"],
        ],
        "koppen": list(blad.kop),
        "rijen": [[str(figure(waarde)) for waarde in rij] for rij in blad.rijen],
        "rechts": list(range(breed - GETALLEN, breed)),
        "uitleg": [*_about(cijfers), METHODE, LET_OP, DEFINITIEF],
    }
    return make_pdf("tabel.typ", gegevens, at=cijfers.bevroren_op)


def _about(cijfers: Tabelcijfers) -> list[str]:
    uitleg = []
    if cijfers.mensen:
        uitleg.append("Deze tabel telt mensen: wie in het jaar voor het eerst voorkomt.")
    if cijfers.stand:
        uitleg.append("Dit is de stand aan het eind van de periode; die telt niet op over perioden.")
    if cijfers.meervoudig:
        uitleg.append("Eén ding kan in meer rijen tellen; de rijen tellen niet op tot het totaal.")
    return uitleg
