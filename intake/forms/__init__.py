"""De formulieren van het voorportaal: velden en indeling, geen regels van het domein."""

from intake.forms.afspraak import AfspraakForm, AnnuleerForm, GehoudenForm, GemistForm
from intake.forms.agenda import AgendaFilter, UrenForm, WegForm
from intake.forms.formulier import InwonerFormulier, ProfessionalFormulier
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
from intake.forms.outreach import LijstForm, OpLijstForm, PogingForm, ToewijsForm
from intake.forms.signaal import BezorgdForm, OverlegUitkomstForm, OverlegVraagForm, SignaalForm
from intake.forms.standaardtekst import StandaardtekstForm
from intake.forms.terugbellen import GeenGehoorForm, GesprokenForm, TerugbellenForm

__all__ = [
    "AanvullingForm",
    "AfhandelForm",
    "AfspraakForm",
    "AgendaFilter",
    "AnnuleerForm",
    "BezorgdForm",
    "BsnForm",
    "GeenGehoorForm",
    "GehoudenForm",
    "GemistForm",
    "GesprekForm",
    "GesprokenForm",
    "InwonerForm",
    "InwonerFormulier",
    "LijstForm",
    "OnthulForm",
    "OpLijstForm",
    "OverdraagForm",
    "OverlegUitkomstForm",
    "OverlegVraagForm",
    "PogingForm",
    "ProfessionalFormulier",
    "SignaalForm",
    "SluitForm",
    "StandaardtekstForm",
    "TerugbellenForm",
    "ToewijsForm",
    "UitvraagForm",
    "UrenForm",
    "WegForm",
    "WerkvoorraadFilter",
    "WieForm",
]
