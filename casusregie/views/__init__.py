"""De pagina's van casusregie."""

from casusregie.views.acties import (
    actie_complete,
    actie_drop,
    actie_new,
    nazorg_record,
    nazorg_start,
    notitie_new,
)
from casusregie.views.casus import casus_detail
from casusregie.views.doelen import doel_change, doel_finish, doel_new
from casusregie.views.lijst import casus_list
from casusregie.views.regie import (
    betrokkenheid_end,
    betrokkenheid_new,
    casus_resume,
    casus_scale_down,
    casus_scale_up,
    casus_shield,
    casus_start,
    casus_taper,
    casus_unshield,
    person_invite,
    person_withdraw,
    regie_transfer,
)
from casusregie.views.toegang import casus_readers, noodtoegang_new

__all__ = [
    "actie_complete",
    "actie_drop",
    "actie_new",
    "betrokkenheid_end",
    "betrokkenheid_new",
    "casus_detail",
    "casus_list",
    "casus_readers",
    "casus_resume",
    "casus_scale_down",
    "casus_scale_up",
    "casus_shield",
    "casus_start",
    "casus_taper",
    "casus_unshield",
    "doel_change",
    "doel_finish",
    "doel_new",
    "nazorg_record",
    "nazorg_start",
    "noodtoegang_new",
    "notitie_new",
    "person_invite",
    "person_withdraw",
    "regie_transfer",
]
