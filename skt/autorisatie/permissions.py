"""Rechten op de gedeelde kamers: inwoners, BSN, medewerkers en de verantwoording."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q

from skt.autorisatie.noodtoegang import emergency_inwoner_ids
from skt.autorisatie.rules import NIETS, Grond, Rule, register, registered
from skt.inwoners.models import Inwoner
from skt.medewerkers.models import DOSSIERROLLEN, TEAMROLLEN, Medewerker, Rol

LOKET = (Rol.LOKETPROFESSIONAL, Rol.ZORGREGISSEUR)
BEOORDELAARS = (Rol.ZORGREGISSEUR, Rol.TEAMCOORDINATOR)
"""Who judges whether two inwoners are one: they answer for whose dossier it becomes (besluit 10)."""


def at_loket(user: Medewerker) -> Q:
    return Q(aan_het_loket=True) if user.heeft_rol(*LOKET) else NIETS


def at_toegang(user: Medewerker) -> Q:
    return Q(bij_de_toegang=True) if user.heeft_rol(Rol.ZORGREGISSEUR) else NIETS


def own_organisation(user: Medewerker) -> Q:
    return Q(lees_organisaties__overlap=user.organisatie_ids(*DOSSIERROLLEN))


def own_team(user: Medewerker) -> Q:
    return Q(lees_teams__overlap=user.team_ids(*TEAMROLLEN))


def own_coordination(user: Medewerker) -> Q:
    return Q(lees_coordinaties__overlap=user.team_ids(Rol.TEAMCOORDINATOR))


def by_name(user: Medewerker) -> Q:
    return Q(lees_medewerkers__contains=[user.pk])


def just_registered(user: Medewerker) -> Q:
    return Q(zonder_dossier=True, aangemaakt_door=user) if user.heeft_rol(*DOSSIERROLLEN) else NIETS


def emergency(user: Medewerker) -> Q:
    return Q(pk__in=emergency_inwoner_ids(user))


GRONDEN_INWONER = (
    Grond("er is een open melding bij het loket en u werkt daar", at_loket),
    Grond("een melding van deze inwoner is na triage bij een team en u werkt in de toegang", at_toegang),
    Grond("uw organisatie heeft een dossier van deze inwoner", own_organisation),
    Grond("een melding van deze inwoner staat op het bord van uw team", own_team),
    Grond("u coördineert het team van een casus van deze inwoner", own_coordination),
    Grond("u bent op naam bij een casus van deze inwoner betrokken", by_name),
    Grond("u heeft deze inwoner zojuist ingevoerd", just_registered),
)


def about_visible(user: Medewerker, *names: str) -> Q:
    """Rows that point at inwoners by these names, of whom this user sees every one; an emergency is no ground here."""
    zichtbaar = reduce(or_, [part for part in (g.q(user) for g in GRONDEN_INWONER) if part != NIETS], NIETS)
    return reduce(and_, [Q(**{f"{name}__in": Inwoner.objects.filter(zichtbaar)}) for name in names])


def merged_or_both(user: Medewerker) -> Q:
    """A merge that was made is part of who stayed; one that is asked for shows two people."""
    return about_visible(user, "blijft") & (Q(status="samengevoegd") | about_visible(user, "vervalt"))


def pair(user: Medewerker) -> Q:
    zichtbaar = Inwoner.objects.filter(_rule_q(user, "inwoners.view_inwoner"))
    return Q(een__in=zichtbaar, ander__in=zichtbaar)


def to_decide(user: Medewerker) -> Q:
    """Not one's own: a second pair of eyes."""
    if not user.heeft_rol(*BEOORDELAARS):
        return NIETS
    return ~Q(voorgesteld_door=user) & about_visible(user, "blijft", "vervalt")


def to_undo(user: Medewerker) -> Q:
    return merged_or_both(user) if user.heeft_rol(*BEOORDELAARS) else NIETS


def _rule_q(user: Medewerker, action: str) -> Q:
    return registered()[action].q(user)


register(
    Rule.of_role(
        "inrichting.view_inrichting",
        "u leidt de pilot, coördineert een team of beheert de applicatie",
        Rol.KWARTIERMAKER,
        Rol.TEAMCOORDINATOR,
        Rol.FUNCTIONEEL_BEHEERDER,
    ),
    Rule("inwoners.view_inwoner", *GRONDEN_INWONER, Grond("u heeft noodtoegang", emergency)),
    Rule("inwoners.change_inwoner", *GRONDEN_INWONER),
    Rule(
        "inwoners.view_bsn",
        *(
            Grond(
                f"u bent zorgregisseur en {grond.waarom}",
                lambda user, q=grond.q: q(user) if user.heeft_rol(Rol.ZORGREGISSEUR) else NIETS,  # type: ignore[misc]
            )
            for grond in GRONDEN_INWONER
        ),
    ),
    Rule("inwoners.view_samenvoeging", Grond("u ziet beide inwoners", merged_or_both)),
    Rule(
        "inwoners.decide_samenvoeging",
        Grond("u beoordeelt samenvoegingen en een ander stelde deze voor", to_decide),
    ),
    Rule("inwoners.undo_samenvoeging", Grond("u beoordeelt samenvoegingen en u ziet deze inwoner", to_undo)),
    Rule("inwoners.view_dubbel", Grond("u ziet beide inwoners", pair)),
    Rule.of_role(
        "inwoners.list_dubbel",
        "u werkt aan het loket of u coördineert een team",
        Rol.LOKETPROFESSIONAL,
        *BEOORDELAARS,
    ),
    Rule.of_role("inwoners.search_inwoner", "u werkt met dossiers van inwoners", *DOSSIERROLLEN),
    Rule.of_role("verantwoording.view_regel", "u bent privacy officer", Rol.PRIVACY_OFFICER),
    Rule.of_role("medewerkers.manage_plaatsing", "u bent functioneel beheerder", Rol.FUNCTIONEEL_BEHEERDER),
    Rule.of_role(
        "medewerkers.view_mandaat",
        "u deelt de rechten uit of leidt de pilot",
        Rol.FUNCTIONEEL_BEHEERDER,
        Rol.KWARTIERMAKER,
    ),
)
