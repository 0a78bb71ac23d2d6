"""Wat de stuurinformatie schrijft: maanden vastzetten, rapporten aan de raad, toelichtingen, inwoners van het CBS, berichten."""

from rapportage.services.bericht import tell_published
from rapportage.services.bevolking import import_bevolking
from rapportage.services.conceptrapport import draft_newest, tell_draft
from rapportage.services.rapporten import (
    STAPPEN,
    process_rapport,
    request_rapport,
    resume_rapporten,
    stop_rapport,
)
from rapportage.services.sluiten import (
    Gevuld,
    MonthNotClosed,
    MonthOutOfOrder,
    PublicationFailed,
    PublicationInterrupted,
    PublicationRefused,
    close_month,
    close_months,
    freeze,
)
from rapportage.services.toelichten import (
    LANGST,
    NothingToSave,
    ToelichtingChanged,
    save_toelichting,
)

__all__ = [
    "LANGST",
    "STAPPEN",
    "Gevuld",
    "MonthNotClosed",
    "MonthOutOfOrder",
    "NothingToSave",
    "PublicationFailed",
    "PublicationInterrupted",
    "PublicationRefused",
    "ToelichtingChanged",
    "close_month",
    "close_months",
    "draft_newest",
    "freeze",
    "import_bevolking",
    "process_rapport",
    "request_rapport",
    "resume_rapporten",
    "save_toelichting",
    "stop_rapport",
    "tell_draft",
    "tell_published",
]
