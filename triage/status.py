"""De levensloop van een aanmelding en van een overleg: alle statussen en overgangen, nergens anders."""

from django.db import models

from skt.kern.transitions import Transition, TransitionTable
from triage.guards import heeft_partij_en_regisseur


class AanmeldingStatus(models.TextChoices):
    VOOR_OVERLEG = "voor_overleg", "Voor overleg"
    INTAKE = "intake", "Verdiepende intake"
    TE_BELEGGEN = "te_beleggen", "Te beleggen"
    BELEGD = "belegd", "Belegd"
    AANGEHOUDEN = "aangehouden", "Aangehouden"
    AFGEROND = "afgerond", "Afgerond"


A = AanmeldingStatus
# fmt: off
AANMELDING_TRANSITIONS = TransitionTable(
    #          naam         van                                                   naar            recht                       knop                          voorwaarden
    Transition("intake",    {A.VOOR_OVERLEG, A.AANGEHOUDEN, A.TE_BELEGGEN},       A.INTAKE,       "triage.decide_aanmelding", "Verdiepende intake"),
    Transition("assign",    {A.VOOR_OVERLEG, A.AANGEHOUDEN, A.INTAKE},            A.TE_BELEGGEN,  "triage.decide_aanmelding", "Te beleggen"),
    Transition("settle",    set(A) - {A.BELEGD, A.AFGEROND},                      A.BELEGD,       "triage.decide_aanmelding", "Casusregie beleggen",        (heeft_partij_en_regisseur,)),
    Transition("hold",      {A.VOOR_OVERLEG, A.AANGEHOUDEN, A.INTAKE, A.TE_BELEGGEN}, A.AANGEHOUDEN, "triage.decide_aanmelding", "Aanhouden"),
    Transition("bring",     {A.INTAKE, A.TE_BELEGGEN, A.AANGEHOUDEN},             A.VOOR_OVERLEG, "triage.decide_aanmelding", "Terug op de agenda"),
    Transition("finish",    set(A) - {A.AFGEROND},                                A.AFGEROND,     "triage.decide_aanmelding", "Rond af"),
)
# fmt: on


class OverlegStatus(models.TextChoices):
    GEPLAND = "gepland", "Gepland"
    GEHOUDEN = "gehouden", "Gehouden"
    GEANNULEERD = "geannuleerd", "Geannuleerd"


class TerugkoppelingStatus(models.TextChoices):
    """Wat de melder hoort van een besluit. Niet toegestaan is ook een antwoord: dan staat er waarom."""

    TE_DOEN = "te_doen", "Te doen"
    GEDAAN = "gedaan", "Gedaan"
    NIET_TOEGESTAAN = "niet_toegestaan", "Niet toegestaan"
    VERVALLEN = "vervallen", "Vervallen"


T = TerugkoppelingStatus
# fmt: off
TERUGKOPPELING_TRANSITIONS = TransitionTable(
    #          naam    van           naar         recht                 knop
    Transition("tell", {T.TE_DOEN},  T.GEDAAN,    "triage.tell_melder", "Gedaan"),
    Transition("drop", {T.TE_DOEN},  T.VERVALLEN, "triage.tell_melder", "Niet meer nodig"),
)
# fmt: on


class ProtocolStatus(models.TextChoices):
    CONCEPT = "concept", "Concept"
    ACTIEF = "actief", "In gebruik"
    OUD = "oud", "Buiten gebruik"


P = ProtocolStatus
# fmt: off
PROTOCOL_TRANSITIONS = TransitionTable(
    #          naam        van          naar       recht                          knop
    Transition("activate", {P.CONCEPT}, P.ACTIEF,  "inrichting.change_protocol",  "Neem in gebruik"),
    Transition("replace",  {P.ACTIEF},  P.OUD,     "inrichting.change_protocol",  "Een nieuwe versie gaat in"),
    Transition("discard",  {P.CONCEPT}, P.OUD,     "inrichting.change_protocol",  "Gooi het concept weg"),
)
# fmt: on
