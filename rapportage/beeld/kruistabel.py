"""Een tabel van de catalogus als rijen en kolommen: het laatste kenmerk staat bovenaan, de andere links."""

from dataclasses import dataclass
from itertools import product

from rapportage.queries import Tabelcijfers, shown


@dataclass(frozen=True)
class Kruistabel:
    """Rows of labels and numbers; None is a count too small to show."""

    koppen: list[str]
    kolommen: list[str]
    rijen: list[tuple[list[str], list[int | None]]]


def cross(cijfers: Tabelcijfers) -> Kruistabel:
    """Of one feature: a row per value. Of more: the last one becomes columns."""
    kenmerken = cijfers.kenmerken
    if len(kenmerken) < 2:
        koppen = [kenmerken[0].titel] if kenmerken else ["Wat"]
        rijen = [
            (list(cijfers.labels(cel)) or ["Alles samen"], [shown(aantal)])
            for cel, aantal in cijfers.cellen.items()
        ]
        return Kruistabel(koppen, ["Aantal"], rijen)
    *links, boven = kenmerken
    rijen = []
    for waarden in product(*(kenmerk.waarden for kenmerk in links)):
        labels = [dict(k.vakken)[w] for k, w in zip(links, waarden, strict=True)]
        getallen = [shown(cijfers.cellen[*waarden, w]) for w in boven.waarden]
        rijen.append((labels, getallen))
    return Kruistabel([k.titel for k in links], [label for _, label in boven.vakken], rijen)
