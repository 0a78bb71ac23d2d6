"""De pagina's van het voorportaal."""

from intake.views.gesprek import concept_discard, concept_save, concept_state, contact, contact_new
from intake.views.inwoner import (
    inwoner_address,
    inwoner_bsn,
    inwoner_bsn_reveal,
    inwoner_detail,
    inwoner_edit,
)
from intake.views.melding import melding_detail, melding_more, melding_take, termijn_fulfil
from intake.views.meldingformulieren import (
    melding_append,
    melding_close,
    melding_handle,
    melding_person,
    melding_transfer,
    melding_uitvraag,
)
from intake.views.werkvoorraad import worklist, worklist_next

__all__ = [
    "concept_discard",
    "concept_save",
    "concept_state",
    "contact",
    "contact_new",
    "inwoner_address",
    "inwoner_bsn",
    "inwoner_bsn_reveal",
    "inwoner_detail",
    "inwoner_edit",
    "melding_append",
    "melding_close",
    "melding_detail",
    "melding_handle",
    "melding_more",
    "melding_person",
    "melding_take",
    "melding_transfer",
    "melding_uitvraag",
    "termijn_fulfil",
    "worklist",
    "worklist_next",
]
