"""De pagina's van het voorportaal."""

from intake.views.afspraken import (
    afspraak_cancel,
    afspraak_detail,
    afspraak_held,
    afspraak_missed,
    afspraak_move,
    afspraak_new,
)
from intake.views.agenda import agenda, agenda_feed, agenda_hours, agenda_link
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
from intake.views.methoden import (
    methode_activate,
    methode_compare,
    methode_copy,
    methode_detail,
    methode_discard,
    methode_edit,
    methode_list,
    methode_new,
    methode_retire,
    methode_shares,
    methode_standard,
    toewijzing_end,
)
from intake.views.meting import meting_new
from intake.views.terugbellen import (
    terugbellen_cancel,
    terugbellen_done,
    terugbellen_missed,
    terugbellen_new,
)
from intake.views.werkvoorraad import worklist, worklist_next

__all__ = [
    "afspraak_cancel",
    "afspraak_detail",
    "afspraak_held",
    "afspraak_missed",
    "afspraak_move",
    "afspraak_new",
    "agenda",
    "agenda_feed",
    "agenda_hours",
    "agenda_link",
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
    "methode_activate",
    "methode_compare",
    "methode_copy",
    "methode_detail",
    "methode_discard",
    "methode_edit",
    "methode_list",
    "methode_new",
    "methode_retire",
    "methode_shares",
    "methode_standard",
    "meting_new",
    "termijn_fulfil",
    "terugbellen_cancel",
    "terugbellen_done",
    "terugbellen_missed",
    "terugbellen_new",
    "toewijzing_end",
    "worklist",
    "worklist_next",
]
