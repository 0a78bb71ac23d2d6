"""De 36 bellers, en wat een professional uit hun woorden opmaakt.

Wat er `verwacht` wordt kiest de proef zoals een professional het zou kiezen; waar de gegevens niets zeggen (scores, wie er
gewaarschuwd is) kiest zij iets dat erbij past.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from intake.wettelijk import REGELS
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Moederorganisatie

BESTAND = Path(__file__).parent / "gegevens" / "vignetten.json"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SLEUTEL_VAN = {str(gebied.label).lower(): gebied.value for gebied in Leefgebied}
KNOP = {
    "informatie en advies": "Informatie en advies",
    "hulpverlening": "Hulpverlening",
    "andere toegang": "Andere toegang",
    "crisisroute": "Crisisroute",
}
LAAGSTE_SCORE = {"laag": 4, "matig": 3, "hoog": 2, "zeer hoog": 1}


@dataclass(frozen=True)
class Vraag:
    """Eén vraag van een beller: over wie, en wat ervan wordt verwacht."""

    betreft: dict[str, Any] | None
    verwacht: dict[str, Any]

    @property
    def route(self) -> str:
        return str(self.verwacht["route"])

    @property
    def bord(self) -> str:
        """Het bord van de route, of leeg als er geen team komt."""
        team = self.route.partition("→team ")[2]
        return {"jeugd/gezin": "jeugd"}.get(team, team)

    @property
    def knop(self) -> str:
        return "Naar triage" if self.bord else KNOP[self.route]

    @cached_property
    def scores(self) -> dict[str, int]:
        """Het eerst genoemde leefgebied is er het ergst aan toe; de andere een stap beter."""
        laagste = LAAGSTE_SCORE[self.verwacht["ernst"]]
        namen = [SLEUTEL_VAN[naam] for naam in self.verwacht["leefgebieden"]]
        return {naam: min(laagste + bool(n), 5) for n, naam in enumerate(namen)}

    @property
    def vinkjes(self) -> list[str]:
        """Welke regels van ‘Wettelijk’ de professional aanvinkt om deze termijnen te laten lopen."""
        lopend = set(self.verwacht["termijnen"])
        return [regel.naam for regel in REGELS if set(regel.codes) & lopend]

    @property
    def is_over_iemand(self) -> bool:
        return bool(self.betreft and self.betreft["achternaam"])


@dataclass(frozen=True)
class Vignet:
    """Eén beller."""

    gegevens: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.gegevens["id"])

    @property
    def ontvangen_op(self) -> datetime:
        return datetime.fromisoformat(self.gegevens["ontvangen_op"]).replace(tzinfo=AMSTERDAM)

    @property
    def is_anoniem(self) -> bool:
        return self.gegevens["melder_soort"] == "anoniem"

    @cached_property
    def eerste(self) -> Vraag:
        return Vraag(self.gegevens["betreft"], self.gegevens["verwacht"])

    @cached_property
    def tweede(self) -> Vraag | None:
        vraag = self.gegevens["verwacht_tweede_vraag"]
        return Vraag(vraag["betreft"], vraag) if vraag else None

    def contact(self) -> dict[str, Any]:
        """Wie er belt, zoals het formulier het vraagt."""
        velden = {"kanaal": self.gegevens["kanaal"], "melder_soort": self.gegevens["melder_soort"]}
        if naam := self.gegevens["doorverbonden_vanuit"]:
            velden["doorverbonden_vanuit"] = Moederorganisatie.objects.get(code=naam.lower()).pk
        return velden

    def __str__(self) -> str:
        return self.id


def read_vignetten() -> list[Vignet]:
    rijen = json.loads(BESTAND.read_text(encoding="utf-8"))["vignetten"]
    return [Vignet(rij) for rij in rijen]
