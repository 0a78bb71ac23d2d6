"""De levensloop van een casus en van een doel daarin: alle statussen en alle overgangen, nergens anders."""

from django.db import models

from casusregie.guards import (
    has_no_open_acties,
    has_no_open_doelen,
    has_no_planned_nazorg,
    has_regisseur,
    redt_zich,
)
from skt.kern.transitions import Transition, TransitionTable


class CasusStatus(models.TextChoices):
    IN_OPSTART = "in opstart", "In opstart"
    LOPEND = "lopend", "Lopend"
    IN_AFBOUW = "in afbouw", "In afbouw"
    NAZORG = "nazorg", "Nazorg"
    AFGESLOTEN = "afgesloten", "Afgesloten"


class DoelStatus(models.TextChoices):
    OPEN = "open", "Open"
    DEELS = "deels behaald", "Deels behaald"
    BEHAALD = "behaald", "Behaald"
    NIET = "niet behaald", "Niet behaald"
    VERVALLEN = "vervallen", "Vervallen"


S = CasusStatus
# fmt: off
CASUS_TRANSITIONS = TransitionTable(
    #          naam        van                                    naar           recht                      knop                        voorwaarden
    Transition("start",    {S.IN_OPSTART},                        S.LOPEND,      "casusregie.manage_casus", "Start de regie",           (has_regisseur,)),
    Transition("taper",    {S.LOPEND},                            S.IN_AFBOUW,   "casusregie.manage_casus", "Begin met afbouwen"),
    Transition("resume",   {S.IN_AFBOUW},                         S.LOPEND,      "casusregie.manage_casus", "Hervat",                   (has_regisseur,)),
    Transition("nazorg",   {S.LOPEND, S.IN_AFBOUW},               S.NAZORG,      "casusregie.manage_casus", "Naar nazorg",              (has_no_open_acties, has_no_open_doelen)),
    Transition("relapse",  {S.NAZORG},                            S.LOPEND,      "casusregie.manage_casus", "Terugval: weer oppakken",  (has_regisseur,)),
    Transition("close",    {S.NAZORG},                            S.AFGESLOTEN,  "casusregie.manage_casus", "Sluit de casus af",        (redt_zich, has_no_planned_nazorg, has_no_open_acties, has_no_open_doelen)),
)

D = DoelStatus
DOEL_TRANSITIONS = TransitionTable(
    #          naam          van       naar         recht                      knop
    Transition("reach",      {D.OPEN}, D.BEHAALD,   "casusregie.manage_casus", "Behaald"),
    Transition("reach_part", {D.OPEN}, D.DEELS,     "casusregie.manage_casus", "Deels behaald"),
    Transition("miss",       {D.OPEN}, D.NIET,      "casusregie.manage_casus", "Niet behaald"),
    Transition("drop",       {D.OPEN}, D.VERVALLEN, "casusregie.manage_casus", "Laat vervallen"),
)
# fmt: on
