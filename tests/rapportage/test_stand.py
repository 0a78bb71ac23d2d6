"""Een stand van maand op maand: wat hetzelfde bleef houdt zijn getal, ook als in januari de indeling verandert."""

from datetime import date

import numpy as np

from rapportage import catalogus as c
from rapportage.samenstellen import Maandstand, problems


def catalogue(*organisaties: str) -> c.Catalogus:
    return c.read(c.compose({"organisatie": [(code, code.upper()) for code in organisaties]}))


def cells(indeling: c.Catalogus, kubus: c.Kubus) -> list[tuple[str, ...]]:
    return [tuple(cel) for cel in indeling.cells(c.Tabel("", "", kubus.kenmerken, ()))]


class TestNewYear:
    def test_keeps_the_number_of_every_cell_that_has_the_same_values(self) -> None:
        """An organisation came, another went, so the cells are as many as they were and none is in its old place."""
        toen, nu = catalogue("mee", "sad", "weg"), catalogue("mee", "nieuw", "sad")
        familie = next(f for f in nu.families if f.stam.code == "casusstand")
        kubus = familie.stam
        was = dict.fromkeys(cells(toen, kubus), 0)
        status, niveau = "lopend", "casusregie"
        was |= {
            (status, niveau, "mee"): 7, (status, niveau, "sad"): 3, (status, niveau, "weg"): 2,
            ("nazorg", niveau, "overig"): 6, (status, niveau, "onbekend"): 1,
        }  # fmt: skip
        rond = {cel: aantal // 5 * 5 + 5 for cel, aantal in was.items()}
        december = Maandstand(
            date(2026, 12, 1), np.array([*was.values()]), np.array([*rond.values()]), indeling=toen
        )
        is_nu = {cel: was.get(cel, 0) for cel in cells(nu, kubus)}
        is_nu |= {
            (status, niveau, "sad"): 4, (status, niveau, "overig"): 2,  # That was the one that is gone.
            ("nazorg", niveau, "nieuw"): 4, ("nazorg", niveau, "overig"): 2,
        }  # fmt: skip

        (opgave,) = problems(
            nu, familie, date(2027, 1, 1), {kubus.code: np.array([*is_nu.values()])}, {kubus.code: [december]}
        )

        assert opgave.blijft is not None
        blijft = dict(zip(is_nu, opgave.blijft.tolist(), strict=True))
        vrij = {cel for cel, aantal in blijft.items() if aantal < 0}
        assert vrij == {
            *(cel for cel in is_nu if cel[2] == "nieuw"), (status, niveau, "sad"), ("nazorg", niveau, "overig"),
        }  # fmt: skip
        assert blijft[status, niveau, "mee"] == rond[status, niveau, "mee"]
        assert (
            blijft[status, niveau, "overig"] == rond[status, niveau, "weg"] + rond[status, niveau, "overig"]
        )
        assert {cel: n for cel, n in blijft.items() if cel not in vrij and cel[2] in {"mee", "sad", "onbekend"}} == {
            cel: rond[cel] for cel in is_nu if cel not in vrij and cel[2] in {"mee", "sad", "onbekend"}
        }  # fmt: skip
