"""De casus: een dossier waarin meer dan één helper werkt, met altijd precies één casusregisseur."""

from casusregie.models.begeleiding import Actie, ActieQuerySet, Doel, Nazorg, Notitie
from casusregie.models.betrokken import Betrokkenheid, Schaling
from casusregie.models.casus import (
    Casus,
    CasusGroupObjectPermission,
    Casuslid,
    CasusQuerySet,
    CasusUserObjectPermission,
    Regieniveau,
    Regietoewijzing,
    TimeRange,
)

__all__ = [
    "Actie",
    "ActieQuerySet",
    "Betrokkenheid",
    "Casus",
    "CasusGroupObjectPermission",
    "CasusQuerySet",
    "CasusUserObjectPermission",
    "Casuslid",
    "Doel",
    "Nazorg",
    "Notitie",
    "Regieniveau",
    "Regietoewijzing",
    "Schaling",
    "TimeRange",
]
