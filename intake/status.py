"""De levensloop van een melding en van een uitvraagmethode: alle statussen en alle overgangen, nergens anders."""

from django.db import models

from intake.guards import heeft_inwoner_of_is_anoniem, is_niet_de_standaard, vraagt_alle_leefgebieden
from skt.kern.transitions import Transition, TransitionTable


class MeldingStatus(models.TextChoices):
    OPEN = "open", "Open bij het loket"
    IN_TRIAGE = "in_triage", "In triage"
    BIJ_TEAM = "bij_team", "Bij het team"
    GESLOTEN = "gesloten", "Gesloten"


S = MeldingStatus
# fmt: off
MELDING_TRANSITIONS = TransitionTable(
    #          naam              van                         naar          recht                     knop                         voorwaarden
    Transition("to_triage",      {S.OPEN},                   S.IN_TRIAGE,  "intake.change_melding",  "Naar triage",               (heeft_inwoner_of_is_anoniem,)),
    Transition("close",          {S.OPEN},                   S.GESLOTEN,   "intake.change_melding",  "Sluit af"),
    Transition("to_team",        {S.IN_TRIAGE},              S.BIJ_TEAM,   "intake.triage_melding",  "Naar het aanmeldoverleg"),
    Transition("close_in_chain", {S.IN_TRIAGE, S.BIJ_TEAM},  S.GESLOTEN,   "intake.triage_melding",  "Sluit af na triage"),
    Transition("return",         {S.IN_TRIAGE, S.BIJ_TEAM},  S.OPEN,       "intake.triage_melding",  "Terug naar het voorportaal"),
)
# fmt: on


class MethodeStatus(models.TextChoices):
    """Van een uitvraagmethode: alleen een concept verandert nog; wat in gebruik is geweest, blijft zoals het was."""

    CONCEPT = "concept", "Concept"
    IN_GEBRUIK = "in_gebruik", "In gebruik"
    BUITEN_GEBRUIK = "buiten_gebruik", "Buiten gebruik"


M = MethodeStatus
# fmt: off
METHODE_TRANSITIONS = TransitionTable(
    #          naam        van             naar               recht                        knop                     voorwaarden
    Transition("activate", {M.CONCEPT},    M.IN_GEBRUIK,      "inrichting.change_methode", "Neem in gebruik",       (vraagt_alle_leefgebieden,)),
    Transition("retire",   {M.IN_GEBRUIK}, M.BUITEN_GEBRUIK,  "inrichting.change_methode", "Stel buiten gebruik",   (is_niet_de_standaard,)),
    Transition("discard",  {M.CONCEPT},    M.BUITEN_GEBRUIK,  "inrichting.change_methode", "Gooi het concept weg"),
)
# fmt: on
