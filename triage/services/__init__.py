"""Everything triage and the aanmeldoverleg change goes through these functions."""

from triage.services.aanmelding import FinishUndecided, NotMovable, finish_aanmelding, move_card
from triage.services.agenda import BordUnknown, next_overleg
from triage.services.besluit import (
    AanmeldingChanged,
    AlreadyDecided,
    BesluitIncomplete,
    DateInPast,
    OverlegIsOver,
    RegisseurNotPlaced,
    decide,
)
from triage.services.overleg import (
    MomentTaken,
    NotAWerkdag,
    NotPlanned,
    OverlegInPast,
    OverlegNotBegun,
    PointsUndecided,
    cancel_overleg,
    finish_overleg,
    plan_overleg,
)
from triage.services.triage import (
    CrisisNeedsFollowUp,
    MandaatMissing,
    NobodyWarned,
    NotInTriage,
    NuldelijnNotExamined,
    TriageIncomplete,
    do_triage,
)

__all__ = [
    "AanmeldingChanged",
    "AlreadyDecided",
    "BesluitIncomplete",
    "BordUnknown",
    "CrisisNeedsFollowUp",
    "DateInPast",
    "FinishUndecided",
    "MandaatMissing",
    "MomentTaken",
    "NobodyWarned",
    "NotAWerkdag",
    "NotInTriage",
    "NotMovable",
    "NotPlanned",
    "NuldelijnNotExamined",
    "OverlegInPast",
    "OverlegIsOver",
    "OverlegNotBegun",
    "PointsUndecided",
    "RegisseurNotPlaced",
    "TriageIncomplete",
    "cancel_overleg",
    "decide",
    "do_triage",
    "finish_aanmelding",
    "finish_overleg",
    "move_card",
    "next_overleg",
    "plan_overleg",
]
