"""Vastgezette maanden voor tests: geschreven zoals de taak het doet, door skt_rapport, met hun zegel."""

from collections.abc import Mapping
from datetime import date, datetime

from rapportage import catalogus
from rapportage.kubussen import KUBUSSEN
from rapportage.models import Indeling
from rapportage.services import Gevuld, freeze
from rapportage.tijdvak import Tijdvak
from tests.fixtures import MAANDAG

LIJSTEN = {
    "organisatie": [("kwadraad", "Kwadraad"), ("mee", "MEE")],
    "soort": [("melding_kort", "Eerste reactie")],
}
OKTOBER = date(2026, 10, 1)
SEPTEMBER = date(2026, 9, 1)


def publish(maand: date = OKTOBER, *, at: datetime = MAANDAG, **kubussen: dict[str, int]) -> None:
    """`publish(OKTOBER, route={"triage": 15}, kanaal={"telefonisch": 15})`: what isn't named is zero."""
    freeze(
        at=at,
        tabellen=[
            Gevuld(
                tabel=kubus.code,
                periode="maand",
                begin=maand,
                kolommen=[kubus.code],
                cellen=[
                    ([waarde], kubussen.get(kubus.code, {}).get(waarde, 0)) for waarde, _ in kubus.vakken
                ],
            )
            for kubus in KUBUSSEN
        ],
    )


Cellen = Mapping[str | tuple[str, ...], int]


def freeze_catalogue(jaar: int) -> catalogus.Catalogus:
    """The catalogue of a year, frozen the first time it is asked for."""
    indeling = Indeling.objects.using("rapport").filter(jaar=jaar).first()
    if indeling is None:
        inhoud = catalogus.compose(LIJSTEN)
        indeling = Indeling.objects.using("rapport").create(
            jaar=jaar, inhoud=inhoud, sha256=catalogus.fingerprint(inhoud)
        )
    return catalogus.read(indeling.inhoud)


def publish_tables(tijdvak: Tijdvak, tabellen: Mapping[str, Cellen | int], *, at: datetime = MAANDAG) -> None:
    """`publish_tables(KWARTAAL, {"meldingen": 40, "route": {"crisisroute": 15}})`: what isn't named is zero.

    Only tables that the catalogue offers in such a period.
    """
    van_het_jaar = freeze_catalogue(tijdvak.jaar)
    bekend = {tabel.code: tabel for _, _, tabel in van_het_jaar.tables(tijdvak.soort)}
    gevuld = []
    for code, cellen in tabellen.items():
        tabel = bekend[code]
        aantallen = {(): cellen} if isinstance(cellen, int) else cellen
        per_cel = {(cel,) if isinstance(cel, str) else cel: aantal for cel, aantal in aantallen.items()}
        alle = [tuple(cel) for cel in van_het_jaar.cells(tabel)]
        assert set(per_cel) <= set(alle), f"{code}: {set(per_cel) - set(alle)}"
        gevuld.append(
            Gevuld(
                tabel=code,
                periode=tijdvak.soort,
                begin=tijdvak.begin,
                kolommen=tabel.kenmerken,
                cellen=[(list(cel), per_cel.get(cel, 0)) for cel in alle],
            )
        )
    freeze(at=at, tabellen=gevuld)
