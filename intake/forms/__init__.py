"""De formulieren van het voorportaal: velden en indeling, geen regels van het domein."""

from intake.forms.afspraak import AfspraakForm, AnnuleerForm, GehoudenForm, GemistForm
from intake.forms.agenda import AgendaFilter, UrenForm, WegForm
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
from intake.forms.terugbellen import GeenGehoorForm, GesprokenForm, TerugbellenForm

__all__ = [
    "AanvullingForm",
    "AfhandelForm",
    "AfspraakForm",
    "AgendaFilter",
    "AnnuleerForm",
    "BsnForm",
    "GeenGehoorForm",
    "GehoudenForm",
    "GemistForm",
    "GesprekForm",
    "GesprokenForm",
    "InwonerForm",
    "OnthulForm",
    "OverdraagForm",
    "SluitForm",
    "TerugbellenForm",
    "UitvraagForm",
    "UrenForm",
    "WegForm",
    "WerkvoorraadFilter",
    "WieForm",
]
