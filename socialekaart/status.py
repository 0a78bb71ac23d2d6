"""De levensloop van een voorziening (HSDS service.status): alle statussen en alle overgangen."""

from django.db import models

from skt.kern.transitions import Transition, TransitionTable


class VoorzieningStatus(models.TextChoices):
    """HSDS service.status."""

    ACTIVE = "active", "Actief"
    INACTIVE = "inactive", "Niet actief"
    DEFUNCT = "defunct", "Gestopt"
    TEMPORARILY_CLOSED = "temporarily closed", "Tijdelijk gesloten"


S = VoorzieningStatus
RECHT = "socialekaart.change_voorziening"
BESTAAT = (S.ACTIVE, S.TEMPORARILY_CLOSED, S.INACTIVE)
# fmt: off
VOORZIENING_TRANSITIONS = TransitionTable(
    #          naam          van                     naar                  recht  knop
    Transition("close",      {S.ACTIVE},             S.TEMPORARILY_CLOSED, RECHT, "Tijdelijk gesloten"),
    Transition("deactivate", {S.ACTIVE, S.TEMPORARILY_CLOSED}, S.INACTIVE, RECHT, "Niet actief"),
    Transition("stop",       BESTAAT,                S.DEFUNCT,            RECHT, "Gestopt"),
    Transition("reopen",     set(S) - {S.ACTIVE},    S.ACTIVE,             RECHT, "Weer open"),
)
# fmt: on
