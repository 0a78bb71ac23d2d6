"""De fictieve sociale kaart van de demo: één bestand met voorzieningen, in de vorm van Open Referral HSDS."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from skt.kern.keuzelijsten import Leefgebied
from skt.verantwoording.services import record
from socialekaart.models import Voorziening

BESTAND = Path(__file__).resolve().parents[1] / "gegevens" / "voorzieningen.json"
LEEFGEBIED_BIJ_NAAM = {str(gebied.label).lower(): gebied.value for gebied in Leefgebied}


@transaction.atomic
def load_sociale_kaart(*, bestand: Path = BESTAND) -> tuple[int, int]:
    """Add the voorzieningen of the file that aren't there yet, by code; what is there stays as it is.

    So a second run adds nothing and never overwrites what the beheerder changed. Returns how many were added
    and how many the file has. Raises OSError or ValueError for a file that can't be read.
    """
    rijen = json.loads(bestand.read_text(encoding="utf-8"))["voorzieningen"]
    bekend = set(Voorziening.objects.values_list("code", flat=True))
    nieuw = [_voorziening(rij) for rij in rijen if rij["id"] not in bekend]
    Voorziening.objects.bulk_create(nieuw)
    if nieuw:
        record(action="socialekaart.load_sociale_kaart", gegevens={"toegevoegd": len(nieuw)})
    return len(nieuw), len(rijen)


VELDEN = (
    "naam", "aanbieder", "omschrijving", "themas", "doelgroep", "leeftijd_min", "leeftijd_max", "lijn",
    "toegang", "kosten", "openingstijden", "telefoon", "email", "website", "talen", "trefwoorden", "status",
)  # fmt: skip
"""Columns that the file names as we do."""


def _voorziening(rij: dict[str, Any]) -> Voorziening:
    return Voorziening(
        code=rij["id"],
        leefgebieden=[LEEFGEBIED_BIJ_NAAM[naam] for naam in rij["leefgebieden"]],
        plek=rij["locatie"]["plek"],
        buurtcode=rij["locatie"]["buurtcode"] or "",
        gecontroleerd_op=date.fromisoformat(rij["laatst_gecontroleerd"]),
        **{veld: rij[veld] for veld in VELDEN},
    )
