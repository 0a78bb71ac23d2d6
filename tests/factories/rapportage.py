"""Vastgezette maanden voor tests: geschreven zoals de taak het doet, door skt_rapport, met hun zegel."""

from datetime import date, datetime

from rapportage.kubussen import KUBUSSEN
from rapportage.services import Gevuld, freeze
from tests.fixtures import MAANDAG

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
