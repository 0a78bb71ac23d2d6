"""Alles wat een casus verandert. Elke functie is één handeling met haar verantwoording, in één transactie."""

from casusregie.services.acties import (
    ActieDone,
    ActieNeedsMedewerker,
    DateInPast,
    MedewerkerNotPlaced,
    add_actie,
    add_notitie,
    complete_actie,
    drop_actie,
)
from casusregie.services.betrokkenheid import (
    AlreadyInvolved,
    HoldsTheRegie,
    NotInvited,
    NotInvolved,
    add_betrokkenheid,
    end_betrokkenheid,
    invite_person,
    shield_casus,
    unshield_casus,
    withdraw_invitation,
)
from casusregie.services.levensloop import close_casus, resume_casus, start_casus, taper_casus
from casusregie.services.nazorg import NazorgDone, NoCoordinator, record_nazorg, start_nazorg
from casusregie.services.noodtoegang import NoodtoegangRefused, open_noodtoegang
from casusregie.services.openen import CasusAlreadyOpen, open_casus
from casusregie.services.overdracht import Waakronde, keep_responsible
from casusregie.services.regie import (
    NotScalable,
    ReasonMissing,
    RegisseurUnavailable,
    SameRegisseur,
    scale_down,
    scale_up,
    transfer_regie,
)
from casusregie.services.rijen import CasusChanged, CasusIsClosed, CasusNotYours

__all__ = [
    "ActieDone",
    "ActieNeedsMedewerker",
    "AlreadyInvolved",
    "CasusAlreadyOpen",
    "CasusChanged",
    "CasusIsClosed",
    "CasusNotYours",
    "DateInPast",
    "HoldsTheRegie",
    "MedewerkerNotPlaced",
    "NazorgDone",
    "NoCoordinator",
    "NoodtoegangRefused",
    "NotInvited",
    "NotInvolved",
    "NotScalable",
    "ReasonMissing",
    "RegisseurUnavailable",
    "SameRegisseur",
    "Waakronde",
    "add_actie",
    "add_betrokkenheid",
    "add_notitie",
    "close_casus",
    "complete_actie",
    "drop_actie",
    "end_betrokkenheid",
    "invite_person",
    "keep_responsible",
    "open_casus",
    "open_noodtoegang",
    "record_nazorg",
    "resume_casus",
    "scale_down",
    "scale_up",
    "shield_casus",
    "start_casus",
    "start_nazorg",
    "taper_casus",
    "transfer_regie",
    "unshield_casus",
    "withdraw_invitation",
]
