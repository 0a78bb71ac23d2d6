"""The seal of a publication: one way to write its cells, and the SHA-256 of that."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date


def seal(
    kubus: str, maand: date, grens: int, cellen: Iterable[tuple[list[str], int]], periode: str = "maand"
) -> str:
    """The hash of a table, the same for the same numbers in whatever order they come."""
    inhoud = {
        "kubus": kubus,
        "maand": maand.isoformat(),
        "grens": grens,
        "cellen": sorted([list(kenmerken), aantal] for kenmerken, aantal in cellen),
    }
    if periode != "maand":
        inhoud["periode"] = periode
    geschreven = json.dumps(inhoud, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(geschreven.encode()).hexdigest()
