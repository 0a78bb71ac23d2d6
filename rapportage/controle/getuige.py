"""Eén telling waar alle uitgaven van een jaar samen uit volgen: wie die kan tonen, heeft de belofte bewezen.

The maker shows its finest rounded cells per cube and month, the witness. Here it is checked, by code of our own, that
they aren't negative, that each branch splits its trunk (or, with several values, stays within it), and that every
published number is the sum of them. Then there is one table of units, each with a month and a value of every feature,
of which everything published is a sum: give each unit of a trunk's cell one of the values its branches have there,
in any order. That table is what the proof of `programma` asks for, but of all cubes, months, quarters and the year at
once: raise one of its cells by the bound, and every published sum rises by at most the bound; lower it, and it falls
by at most the bound. So no combination of releases narrows any interval. The witness itself never leaves the job.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from rapportage.controle.lezen import VERBORGEN, Tabel

Getuige = Mapping[str, Mapping[date, Any]]
"""Per cube and month its finest cells, flat: rounded, or true."""
Sommen = dict[tuple[str, date, date], Any]
"""Per cube and stretch of time its finest cells together."""


def contradictions(
    tabellen: Sequence[Tabel],
    indelingen: Mapping[int, Mapping[str, Any]],
    getuige: Getuige,
    waarheid: Getuige | None = None,
) -> Iterator[tuple[str, str]]:
    """What in the witness, or between it, the releases and the truth, can't be: its kind, and where."""
    for jaar in sorted({tabel.jaar for tabel in tabellen}):
        vormen: dict[str, tuple[str, ...]] = {}
        for familie in indelingen[jaar]["families"]:
            stam = familie["stam"]
            for kubus in (stam, *familie["takken"]):
                vormen[kubus["code"]] = tuple(kubus["kenmerken"])
                if not _splits(getuige, stam, kubus, veelvoud=5):
                    yield "de kubus past niet op zijn stam", kubus["code"]
                if waarheid is not None and not _splits(waarheid, stam, kubus, veelvoud=1):
                    yield "wat er geteld is past niet op zijn stam", kubus["code"]
        rond: Sommen = {}
        echt: Sommen = {}
        for tabel in tabellen:
            if tabel.jaar != jaar:
                continue
            som = _sum(tabel, vormen[tabel.kubus], getuige, rond)
            if som is None or not (_as_shown(som) == tabel.getallen).all():
                yield "het gepubliceerde volgt niet uit de getuige", tabel.bestand
            elif waarheid is not None:
                ware = _sum(tabel, vormen[tabel.kubus], waarheid, echt)
                if ware is None or (np.abs(som - ware) > tabel.grens).any():
                    yield "de waarheid ligt niet binnen de grens", tabel.bestand


def _as_shown(som: Any) -> Any:
    return np.where(som < 10, VERBORGEN, som)


def _splits(getuige: Getuige, stam: Mapping[str, Any], kubus: Mapping[str, Any], *, veelvoud: int) -> bool:
    for maand, vakken in getuige.get(kubus["code"], {}).items():
        if (vakken < 0).any() or (vakken % veelvoud).any():
            return False
        if kubus is not stam:
            boom = getuige[stam["code"]][maand]
            rijen = vakken.reshape(len(boom), -1)
            if (rijen.max(1) > boom).any() if kubus["meervoudig"] else (rijen.sum(1) != boom).any():
                return False
    return True


def _sum(tabel: Tabel, kenmerken: tuple[str, ...], getuige: Getuige, sommen: Sommen) -> Any | None:
    """The numbers of this table as sums of finest cells; None when months are missing."""
    plek = (tabel.kubus, tabel.van, tabel.tot)
    if plek not in sommen:
        maanden = getuige.get(tabel.kubus, {})
        binnen = sorted(maand for maand in maanden if tabel.van <= maand < tabel.tot)
        if (
            not binnen
            or _months_from(binnen[0], tabel.tot) != len(binnen)
            or (binnen[0] > tabel.van and binnen[0] > min(maanden))
        ):
            return None
        vakken = maanden[binnen[-1]] if tabel.stand else sum(maanden[maand] for maand in binnen)
        vorm = [len(tabel.waarden[code]) for code in kenmerken]
        sommen[plek] = vakken.reshape(vorm)
    som = sommen[plek]
    for code, alleen in tabel.alleen.items():
        som = np.compress(np.isin(tabel.waarden[code], alleen), som, axis=kenmerken.index(code))
    som = som.sum(tuple(as_ for as_, code in enumerate(kenmerken) if code not in tabel.kolommen))
    over = [code for code in kenmerken if code in tabel.kolommen]
    return np.transpose(som, [over.index(code) for code in tabel.kolommen])


def _months_from(begin: date, tot: date) -> int:
    return (tot.year - begin.year) * 12 + tot.month - begin.month
