"""One row of the list after reading: what it says, what was odd about it, and what becomes of it."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from intake.loketlijst.redenen import DUBBEL, MET_WAARSCHUWING, OVERNEMEN, weigh
from skt.inwoners.gelijkenis import Kenmerken
from skt.inwoners.namen import fold, parse_naam


@dataclass
class Rij:
    """`tekst`: the cleaned and masked cells by column. `waarden`: what was understood (None: nothing)."""

    nummer: int
    regel: int
    tekst: dict[str, str] = field(default_factory=dict)
    los: tuple[str, ...] = ()
    """The cells of a row whose columns can't be told apart, masked."""
    waarden: dict[str, str | None] = field(default_factory=dict)
    redenen: list[str] = field(default_factory=list)
    verwijst: dict[str, int] = field(default_factory=dict)
    """Reason → the earlier row it points at."""
    bsn_velden: tuple[str, ...] = ()
    persoon: str = ""
    onbekende_organisaties: tuple[str, ...] = ()
    rauw: tuple[str, ...] = ()

    def add(self, reden: str) -> None:
        if reden not in self.redenen:
            self.redenen.append(reden)

    @property
    def uitkomst(self) -> str:
        """One of UITKOMSTEN."""
        return weigh(self.redenen)

    @property
    def wordt_overgenomen(self) -> bool:
        return self.uitkomst in (OVERNEMEN, MET_WAARSCHUWING)

    @property
    def uitkomst_voluit(self) -> str:
        """As in the report: a double names its row."""
        if self.uitkomst != DUBBEL:
            return self.uitkomst
        return f"dubbel van rij {self.dubbel_van}"

    @property
    def dubbel_van(self) -> int | None:
        return next(
            (
                self.verwijst[code]
                for code in ("EXACT_DUBBEL", "DUBBEL_ANDER_VOLGNR")
                if code in self.verwijst
            ),
            None,
        )

    @property
    def geboren(self) -> date | None:
        text = self.waarden.get("geboortedatum")
        return date.fromisoformat(text) if text else None

    def kenmerken(self) -> Kenmerken:
        return Kenmerken(
            naam=parse_naam(self.waarden.get("naam_inwoner") or ""),
            geboren=self.geboren,
            postcode=self.waarden.get("postcode") or "",
            huisnummer=self.waarden.get("huisnr") or "",
            telefoon=self.waarden.get("telefoon") or "",
        )

    @property
    def vingerafdruk(self) -> str:
        """The same for every copy of this contact, whatever its number, encoding, capitals or spaces (hex, 64).

        Of the masked text: a BSN is nowhere, not even hashed.
        """
        cells = {kolom: squeeze(cel) for kolom, cel in self.tekst.items() if kolom != "volgnr"}
        return hashlib.sha256(json.dumps(cells, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def squeeze(text: str) -> str:
    """Without capitals, accents and white space: what counts when two rows are compared."""
    return "".join(fold(text).split())
