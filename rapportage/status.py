"""De levensloop van een rapport aan de raad: alle statussen en overgangen, nergens anders."""

from django.db import models

from skt.kern.transitions import Transition, TransitionTable


class Rapportstatus(models.TextChoices):
    WACHT = "wacht", "Wacht"
    BEZIG = "bezig", "Bezig"
    GESTOPT = "gestopt", "Gestopt"
    KLAAR = "klaar", "Klaar"
    MISLUKT = "mislukt", "Mislukt"


R = Rapportstatus
# fmt: off
RAADSRAPPORT_TRANSITIONS = TransitionTable(
    #          naam      van                      naar         recht                           knop
    Transition("ask",    {R.GESTOPT, R.MISLUKT},  R.WACHT,     "rapportage.make_raadsrapport", "Maak het opnieuw"),
    Transition("begin",  {R.WACHT, R.BEZIG},      R.BEZIG,     "rapportage.make_raadsrapport", "De taak begint, of begint opnieuw"),
    Transition("stop",   {R.WACHT, R.BEZIG},      R.GESTOPT,   "rapportage.make_raadsrapport", "Stop"),
    Transition("fail",   {R.WACHT, R.BEZIG},      R.MISLUKT,   "rapportage.make_raadsrapport", "Het maken lukt niet"),
    Transition("keep",   {R.BEZIG},               R.KLAAR,     "rapportage.make_raadsrapport", "Het bestand is bewaard"),
)
# fmt: on
