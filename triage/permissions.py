"""Wie mag wat bij triage en op de borden (domein 4)."""

from django.db.models import Q

from intake.permissions import GRONDEN_LEZEN, emergency, of_melding
from skt.autorisatie.rules import NIETS, Grond, Rule, register
from skt.medewerkers.models import DOSSIERROLLEN, TEAMROLLEN, Medewerker, Rol
from triage.models import Aanmelding, Agendapunt
from triage.status import OverlegStatus

GRONDEN_LEZEN_ZONDER_NOOD = tuple(grond for grond in GRONDEN_LEZEN if grond.q is not emergency)
"""Noodtoegang leest alleen."""


def toegang(user: Medewerker) -> Q:
    return Q(afgeschermd=False) if user.heeft_rol(Rol.ZORGREGISSEUR) else NIETS


def own_team(user: Medewerker) -> Q:
    return Q(teams__overlap=user.team_ids(*TEAMROLLEN), afgeschermd=False)


def own_coordination(user: Medewerker) -> Q:
    return Q(teams__overlap=user.team_ids(Rol.TEAMCOORDINATOR), afgeschermd=False)


def own_casusregie(user: Medewerker) -> Q:
    return Q(casusregisseur=user)


def own_meeting(user: Medewerker) -> Q:
    if user.heeft_rol(Rol.ZORGREGISSEUR):
        return Q()
    return Q(bord__in=own_borden(user))


def own_borden(user: Medewerker) -> list[str]:
    """De borden van deze medewerker: het eigen team, en gezamenlijk voor wie in een van de teams zit."""
    return _borden(user, *TEAMROLLEN)


def coordinated_borden(user: Medewerker) -> list[str]:
    """Waar deze medewerker overleggen plant en verzet: coördinator zijn van het ene team zegt niets over het andere."""
    return _borden(user, Rol.TEAMCOORDINATOR)


def _borden(user: Medewerker, *rollen: Rol) -> list[str]:
    if user.heeft_rol(Rol.ZORGREGISSEUR):
        return ["jeugd", "volwassenen", "gezamenlijk"]
    soorten = {p.team.soort for p in user.lopende_plaatsingen if p.rol in rollen}
    borden = [bord for bord in ("jeugd", "volwassenen") if bord in soorten]
    return [*borden, "gezamenlijk"] if borden else []


def has_board(user: Medewerker) -> Q:
    return Q() if own_borden(user) else NIETS


def coordinates_board(user: Medewerker) -> Q:
    return Q() if coordinated_borden(user) else NIETS


def chairs_meeting(user: Medewerker) -> Q:
    if user.heeft_rol(Rol.ZORGREGISSEUR):
        return Q()
    return Q(bord__in=coordinated_borden(user))


def knows_family(user: Medewerker) -> Q:
    """Wie zei dit gezin te kennen, ziet de aanmelding niet en gaat er niet over."""
    return Q(kenners__contains=[user.pk])


def lifts_for(user: Medewerker) -> Q:
    return _still_known(user, toegang(user) if user.heeft_rol(Rol.ZORGREGISSEUR) else own_coordination(user))


def lifts_as_chair(user: Medewerker) -> Q:
    """Alleen over wat nog open staat op een komend overleg dat hij zelf voorzit, en wat hij van zijn team al zag."""
    eigen = Agendapunt.objects.filter(
        besluit="", overleg__status=OverlegStatus.GEPLAND, overleg__voorzitter=user.pk
    )
    return _still_known(user, (toegang(user) | own_team(user)) & Q(pk__in=eigen.values("aanmelding")))


def _still_known(user: Medewerker, welke: Q) -> Q:
    return Q(aanmelding__in=Aanmelding.objects.filter(welke).exclude(knows_family(user)), opgeheven_op=None)


def own_filter(user: Medewerker) -> Q:
    return Q(medewerker=user) if user.heeft_rol(Rol.ZORGREGISSEUR) else NIETS


register(
    Rule("triage.own_filter", Grond("het is uw eigen filter", own_filter)),
    Rule.of_role("triage.do_triage", "u werkt in de toegang", Rol.ZORGREGISSEUR),
    Rule(
        "triage.view_aanmelding",
        Grond("u werkt in de toegang", toegang),
        Grond("de aanmelding staat op het bord van uw team", own_team),
        Grond("u wordt casusregisseur", own_casusregie),
        behalve=knows_family,
    ),
    Rule(
        "triage.decide_aanmelding",
        Grond("u werkt in de toegang", toegang),
        Grond("u coördineert dit team", own_coordination),
        behalve=knows_family,
    ),
    Rule(
        "triage.lift_kent_gezin",
        Grond("u werkt in de toegang of coördineert dit team", lifts_for),
        Grond("u zit het overleg voor waar zij op staat", lifts_as_chair),
    ),
    Rule(
        "triage.view_board",
        Grond("u werkt in de toegang of in een team met een bord", has_board),
        rollen=(Rol.ZORGREGISSEUR, *TEAMROLLEN),
    ),
    Rule("triage.view_overleg", Grond("het is een overleg van uw team", own_meeting)),
    Rule("triage.manage_overleg", Grond("u werkt in de toegang of coördineert dit team", chairs_meeting)),
    Rule("triage.view_toekenning", *of_melding(GRONDEN_LEZEN, langs="triage__melding")),
    Rule("triage.view_terugkoppeling", *of_melding(GRONDEN_LEZEN)),
    Rule("triage.tell_melder", *of_melding(GRONDEN_LEZEN_ZONDER_NOOD)),
    Rule.of_role("triage.follow_up", "u werkt met dossiers van inwoners", *DOSSIERROLLEN),
    Rule("triage.view_reeks", Grond("het is een reeks van uw team", own_meeting)),
    Rule("triage.manage_reeks", Grond("u werkt in de toegang of coördineert dit team", chairs_meeting)),
    Rule(
        "triage.plan_overleg",
        Grond("u werkt in de toegang of coördineert een team met een bord", coordinates_board),
        rollen=(Rol.ZORGREGISSEUR, Rol.TEAMCOORDINATOR),
    ),
    # The protocol is about rules, not about residents: so not under ‘triage.’. Who triages by it may read it.
    Rule.of_role(
        "inrichting.view_protocol",
        "u leidt de pilot, coördineert een team of weegt meldingen",
        Rol.KWARTIERMAKER,
        Rol.TEAMCOORDINATOR,
        Rol.ZORGREGISSEUR,
    ),
    Rule.of_role("inrichting.change_protocol", "u leidt de pilot", Rol.KWARTIERMAKER),
    Rule.of_role(
        "inrichting.view_afwijkingen",
        "u leidt de pilot of coördineert een team",
        Rol.KWARTIERMAKER,
        Rol.TEAMCOORDINATOR,
    ),
)
