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
from triage.services.toekennen import (
    BeyondMandaat,
    MandaatMissing,
    ToekenningRefused,
    Toekenningsverzoek,
    describe_toekenning,
)
from triage.services.triage import (
    CrisisNeedsFollowUp,
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
    "BeyondMandaat",
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
    "ToekenningRefused",
    "Toekenningsverzoek",
    "TriageIncomplete",
    "cancel_overleg",
    "decide",
    "describe_toekenning",
    "do_triage",
    "finish_aanmelding",
    "finish_overleg",
    "move_card",
    "next_overleg",
    "plan_overleg",
]
