"""Het netwerk van een inwoner zoals components/netwerk.html en netwerk_tabel.html het tonen: getekend en als lijst."""

from collections.abc import Iterable
from typing import Any

from intake.models import Netwerklid
from skt.inwoners.models import Inwoner
from skt.web.netwerktekening import TEKENS, WOORDEN, count_netwerk


def read_netwerken(inwoners: Iterable[Inwoner]) -> list[dict[str, Any]]:
    """Per inwoner `wie`, `midden`, `leden` en `telling`, in één query; wie men niet mag zien laat de database weg."""
    mensen = list(inwoners)
    leden: dict[int, list[dict[str, Any]]] = {mens.pk: [] for mens in mensen}
    for lid in Netwerklid.objects.current().filter(inwoner__in=mensen):
        leden[lid.inwoner_id].append(_drawn(lid))
    return [
        {
            "wie": str(mens),
            "midden": mens.roepnaam or str(mens),
            "leden": leden[mens.pk],
            "telling": count_netwerk(leden[mens.pk]),
        }
        for mens in mensen
    ]


def _drawn(lid: Netwerklid) -> dict[str, Any]:
    return {
        "pk": lid.pk,
        "naam": lid.naam,
        "relatie": lid.get_relatie_display(),
        "werking": lid.werking,
        "woord": WOORDEN[lid.werking],
        "teken": TEKENS[lid.werking],
        "mantelzorger": lid.is_mantelzorger,
        "telefoon": lid.telefoon,
        "toelichting": lid.toelichting,
    }
