"""What can be done in the voorportaal. Others call these; each is one transaction with its line in the log."""

from intake.services.afhandeling import (
    close_melding,
    give_help,
    give_information,
    keep_for_later,
    refer_elsewhere,
    send_to_triage,
    start_crisisroute,
    withdraw,
)
from intake.services.concepten import discard_concept, save_concept, start_concept
from intake.services.gesprek import Route, finish_concept
from intake.services.inwoners import Bekende, register_inwoner, reveal_bsn, store_bsn, update_inwoner
from intake.services.keten import (
    close_in_chain,
    hand_over,
    return_to_loket,
    set_next_step,
    take_next,
    take_over,
    to_team,
)
from intake.services.meldingen import (
    append_aanvulling,
    fulfil_termijn,
    give_voorziening,
    link_inwoner,
    record_uitvraag,
    register_contact,
    register_melding,
    start_termijn,
)

__all__ = [
    "Bekende",
    "Route",
    "append_aanvulling",
    "close_in_chain",
    "close_melding",
    "discard_concept",
    "finish_concept",
    "fulfil_termijn",
    "give_help",
    "give_information",
    "give_voorziening",
    "hand_over",
    "keep_for_later",
    "link_inwoner",
    "record_uitvraag",
    "refer_elsewhere",
    "register_contact",
    "register_inwoner",
    "register_melding",
    "return_to_loket",
    "reveal_bsn",
    "save_concept",
    "send_to_triage",
    "set_next_step",
    "start_concept",
    "start_crisisroute",
    "start_termijn",
    "store_bsn",
    "take_next",
    "take_over",
    "to_team",
    "update_inwoner",
    "withdraw",
]
