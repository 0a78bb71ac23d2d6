"""De levenslopen van het voorportaal: alle statussen en alle overgangen, nergens anders."""

from django.db import models

from intake.guards import (
    al_twee_keer_gebeld,
    heeft_inwoner_of_is_anoniem,
    is_niet_de_standaard,
    nog_geen_twee_keer_gebeld,
    vraagt_alle_leefgebieden,
)
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


class AfspraakStatus(models.TextChoices):
    GEPLAND = "gepland", "Gepland"
    GEHOUDEN = "gehouden", "Gehouden"
    NIET_VERSCHENEN = "niet verschenen", "Niet verschenen"
    VERZET = "verzet", "Verzet"
    GEANNULEERD = "geannuleerd", "Geannuleerd"


class TerugbelStatus(models.TextChoices):
    OPEN = "open", "Open"
    GEDAAN = "gedaan", "Gesproken"
    ANDERE_WEG = "andere weg", "Drie keer geen gehoor"
    VERVALLEN = "vervallen", "Vervallen"


A = AfspraakStatus
T = TerugbelStatus
# fmt: off
AFSPRAAK_TRANSITIONS = TransitionTable(
    #          naam       van           naar               recht                     knop
    Transition("hold",    {A.GEPLAND},  A.GEHOUDEN,        "intake.change_afspraak", "Gehouden"),
    Transition("miss",    {A.GEPLAND},  A.NIET_VERSCHENEN, "intake.change_afspraak", "Niet verschenen"),
    Transition("move",    {A.GEPLAND},  A.VERZET,          "intake.move_afspraak",   "Verzet"),
    Transition("cancel",  {A.GEPLAND},  A.GEANNULEERD,     "intake.change_afspraak", "Annuleer"),
)
TERUGBELLEN_TRANSITIONS = TransitionTable(
    #          naam       van        naar           recht                            knop                      voorwaarden
    Transition("done",    {T.OPEN},  T.GEDAAN,      "intake.change_terugbelverzoek", "Gesproken"),
    Transition("retry",   {T.OPEN},  T.OPEN,        "intake.change_terugbelverzoek", "Geen gehoor",           (nog_geen_twee_keer_gebeld,)),
    Transition("give_up", {T.OPEN},  T.ANDERE_WEG,  "intake.change_terugbelverzoek", "Geen gehoor, derde keer", (al_twee_keer_gebeld,)),
    Transition("cancel",  {T.OPEN},  T.VERVALLEN,   "intake.change_terugbelverzoek", "Niet meer nodig"),
)
