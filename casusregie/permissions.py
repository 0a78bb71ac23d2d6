"""Wie mag wat met een casus (domein 4): de regisseur alles, betrokkenen hun eigen deel, anderen niets."""

from django.db.models import Exists, OuterRef, Q

from casusregie.models import Casus, Regietoewijzing
from casusregie.status import CasusStatus
from skt.autorisatie.delen import shared_with_organisation, shared_with_person
from skt.autorisatie.noodtoegang import emergency_casus_ids
from skt.autorisatie.rules import Grond, Rule, permitted, register
from skt.medewerkers.models import DOSSIERROLLEN, TEAMROLLEN, Medewerker, Rol

NOOD = "u heeft noodtoegang"


def own_regie(user: Medewerker) -> Q:
    return Q(Exists(Regietoewijzing.objects.filter(casus=OuterRef("pk"), medewerker=user, tot__isnull=True)))


def involved_organisation(user: Medewerker) -> Q:
    return Q(afgeschermd=False) & shared_with_organisation(user, "casusregie.share_casus", Casus)


def by_name(user: Medewerker) -> Q:
    return shared_with_person(user, "casusregie.share_casus", Casus)


def own_coordination(user: Medewerker) -> Q:
    return Q(afgeschermd=False, team__in=user.team_ids(Rol.TEAMCOORDINATOR))


def just_opened(user: Medewerker) -> Q:
    return Q(status=CasusStatus.IN_OPSTART, geopend_door=user, afgeschermd=False)


def emergency(user: Medewerker) -> Q:
    return Q(pk__in=emergency_casus_ids(user))


def own_actie(user: Medewerker) -> Q:
    return Q(medewerker=user, casus__in=permitted(user, "casusregie.contribute_casus", Casus.objects.all()))


BETROKKEN = (
    Grond("u heeft de regie in deze casus", own_regie),
    Grond("uw organisatie is nu betrokken bij deze casus", involved_organisation),
    Grond("u bent op naam uitgenodigd", by_name),
    Grond("u coördineert het team van deze casus", own_coordination),
    Grond("u heeft deze casus zojuist geopend", just_opened),
)

register(
    Rule("casusregie.view_casus", *BETROKKEN, Grond(NOOD, emergency)),
    Rule("casusregie.contribute_casus", *BETROKKEN),
    Rule(
        "casusregie.manage_casus",
        Grond("u heeft de regie in deze casus", own_regie),
        Grond("u coördineert het team van deze casus", own_coordination),
        Grond("u heeft deze casus zojuist geopend", just_opened),
    ),
    Rule("casusregie.shield_casus", Grond("u heeft de regie in deze casus", own_regie)),
    Rule("casusregie.complete_actie", Grond("het is uw actie, in een casus waar u bij hoort", own_actie)),
    Rule.of_role(
        "casusregie.open_noodtoegang",
        "u werkt in de toegang of in een team",
        Rol.ZORGREGISSEUR,
        *TEAMROLLEN,
    ),
    Rule.of_role("casusregie.view_worklist", "u werkt met dossiers van inwoners", *DOSSIERROLLEN),
)
