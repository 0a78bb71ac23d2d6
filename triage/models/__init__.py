"""Triage, de aanmelding die eruit volgt, en het overleg dat erover besluit."""

from triage.models.overleg import Aanmelding, Agendapunt, Besluit, Bord, Overleg
from triage.models.protocol import Afwijkreden, Proefstatus, Protocolproef, Protocolversie, Triageadvies
from triage.models.reeks import BijFeestdag, Overlegreeks, Weekdag
from triage.models.terugkoppeling import MagHoren, Terugkoppeling
from triage.models.toekenning import Bedragperiode, Toekenning
from triage.models.triage import Ernaast, Ernst, Nuldelijn, Triage, Uitkomst, Urgentie
from triage.models.triagewerk import Meldcode, Meldcodestap, Triagebeurt, Triageconcept, Triagefilter
from triage.models.vergadering import KentGezin, Tafel

__all__ = [
    "Aanmelding",
    "Afwijkreden",
    "Agendapunt",
    "Bedragperiode",
    "Besluit",
    "BijFeestdag",
    "Bord",
    "Ernaast",
    "Ernst",
    "KentGezin",
    "MagHoren",
    "Meldcode",
    "Meldcodestap",
    "Nuldelijn",
    "Overleg",
    "Overlegreeks",
    "Proefstatus",
    "Protocolproef",
    "Protocolversie",
    "Tafel",
    "Terugkoppeling",
    "Toekenning",
    "Triage",
    "Triageadvies",
    "Triagebeurt",
    "Triageconcept",
    "Triagefilter",
    "Uitkomst",
    "Urgentie",
    "Weekdag",
]
