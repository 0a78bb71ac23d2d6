"""Wat er in de toegang gebeurt: een bewaard filter, een melding die iemand weegt, en een netwerk eromheen."""

import intake.services as intake
import triage.services as triage
from intake.models import Melding
from tests.scenarios.dorpsleven import Dorp
from tests.scenarios.handelend import als


def toegang(dorp: Dorp) -> None:
    """De melding van vg-d-28 ligt bij de toegang, met een netwerk van drie; haar collega heeft een eigen filter."""
    wie = dorp.team.toegang
    with als(wie):
        dorp.ding["triagefilter"] = triage.save_filter(
            actor=wie, naam="Volwassenen, sociaal", keuzes={"bord": "volwassenen", "spoor": "sociaal"}
        )
        melding = Melding.objects.select_related("inwoner").get(nummer=dorp.melding["vg-d-28"])
        triage.claim_melding(melding=melding, actor=wie, at=dorp.nu)
        for naam, relatie, werking, meer in (
            ("Ria Buurman", "buur", "steunend", {"telefoon": "070-5550144"}),
            ("Kees", "zoon/dochter", "belastend", {"toelichting": "Vraagt vaak om geld."}),
            ("Joke", "partner", "beide", {"is_mantelzorger": True}),
        ):
            feiten = intake.Netwerkfeiten(naam=naam, relatie=relatie, werking=werking, **meer)
            intake.add_netwerklid(inwoner=melding.inwoner, actor=wie, at=dorp.nu, feiten=feiten)
