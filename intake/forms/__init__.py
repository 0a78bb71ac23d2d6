"""De formulieren van het voorportaal: velden en indeling, geen regels van het domein."""

from intake.forms.gesprek import GesprekForm
from intake.forms.inwoner import BsnForm, InwonerForm, OnthulForm
from intake.forms.melding import (
    AanvullingForm,
    AfhandelForm,
    OverdraagForm,
    SluitForm,
    UitvraagForm,
    WerkvoorraadFilter,
    WieForm,
)

__all__ = [
    "AanvullingForm",
    "AfhandelForm",
    "BsnForm",
    "GesprekForm",
    "InwonerForm",
    "OnthulForm",
    "OverdraagForm",
    "SluitForm",
    "UitvraagForm",
    "WerkvoorraadFilter",
    "WieForm",
]
