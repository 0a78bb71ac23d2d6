"""Wie mag wat met contacten en meldingen (domein 4)."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone

from intake.models import Melding
from intake.models.concept import STIL_NA
from intake.status import MeldingStatus
from skt.autorisatie.noodtoegang import emergency_melding_ids
from skt.autorisatie.rules import NIETS, Grond, Rule, register
from skt.medewerkers.models import DOSSIERROLLEN, TEAMROLLEN, Medewerker, Rol, Team

LOKET = (Rol.LOKETPROFESSIONAL, Rol.ZORGREGISSEUR)
AAN_HET_LOKET = [MeldingStatus.OPEN, MeldingStatus.IN_TRIAGE]
NA_TRIAGE = [MeldingStatus.IN_TRIAGE, MeldingStatus.BIJ_TEAM]


def at_loket(user: Medewerker) -> Q:
    return Q(status__in=AAN_HET_LOKET, afgeschermd=False) if user.heeft_rol(*LOKET) else NIETS


def open_at_loket(user: Medewerker) -> Q:
    return Q(status=MeldingStatus.OPEN, afgeschermd=False) if user.heeft_rol(*LOKET) else NIETS


def own_organisation(user: Medewerker) -> Q:
    return Q(eigen_organisaties__overlap=user.organisatie_ids(*DOSSIERROLLEN), afgeschermd=False)


def own_team(user: Medewerker) -> Q:
    return Q(lees_teams__overlap=user.team_ids(*TEAMROLLEN), afgeschermd=False)


def own_coordination(user: Medewerker) -> Q:
    return Q(lees_coordinaties__overlap=user.team_ids(Rol.TEAMCOORDINATOR), afgeschermd=False)


def involved_organisation(user: Medewerker) -> Q:
    return Q(lees_organisaties__overlap=user.organisatie_ids(*DOSSIERROLLEN), afgeschermd=False)


def by_name(user: Medewerker) -> Q:
    return Q(lees_medewerkers__contains=[user.pk])


def emergency(user: Medewerker) -> Q:
    return Q(pk__in=emergency_melding_ids(user))


def toegang_in_triage(user: Medewerker) -> Q:
    return Q(status__in=NA_TRIAGE, afgeschermd=False) if user.heeft_rol(Rol.ZORGREGISSEUR) else NIETS


def own_team_after_triage(user: Medewerker) -> Q:
    return own_team(user) & Q(status__in=NA_TRIAGE)


def closed_and_ours(user: Medewerker) -> Q:
    """Wat na het sluiten nog loopt, vinkt af wie bij haar hoort; noodtoegang leest alleen."""
    horen = (own_organisation, own_team, involved_organisation, own_coordination, by_name)
    return reduce(or_, (grond(user) for grond in horen)) & Q(status=MeldingStatus.GESLOTEN)


GRONDEN_LEZEN = (
    Grond("de melding is open bij het loket en u werkt daar", at_loket),
    Grond("de melding is in triage of bij een team en u werkt in de toegang", toegang_in_triage),
    Grond("uw organisatie had deze melding in behandeling", own_organisation),
    Grond("de melding staat op het bord van uw team", own_team),
    Grond("uw organisatie is betrokken bij de casus", involved_organisation),
    Grond("u coördineert het team van de casus", own_coordination),
    Grond("u bent op naam bij de casus betrokken", by_name),
    Grond("u heeft noodtoegang", emergency),
)
GRONDEN_SCHRIJVEN = (
    Grond("de melding is open bij het loket en u werkt daar", at_loket),
    Grond("de melding is in triage en u werkt in de toegang", toegang_in_triage),
    Grond("de melding staat op het bord van uw team", own_team_after_triage),
)


def booked(user: Medewerker) -> Q:
    return Q(lees_medewerkers__contains=[user.pk])


def knows_family(user: Medewerker) -> Q:
    """Wie zei dit gezin te kennen, ziet de melding niet meer: geen enkele grond gaat daarboven."""
    return Q(verborgen_voor__contains=[user.pk])


def of_melding(gronden: tuple[Grond, ...], langs: str = "melding") -> tuple[Grond, ...]:
    """Dezelfde gronden, voor wat bij de melding hoort; `langs` is de weg ernaartoe."""
    return tuple(
        Grond(
            grond.waarom,
            lambda user, q=grond.q: (
                NIETS
                if q(user) == NIETS
                else Q(**{f"{langs}__in": Melding.objects.filter(q(user)).exclude(knows_family(user))})
            ),  # type: ignore[misc]
        )
        for grond in gronden
    )


def took_in(user: Medewerker) -> Q:
    return Q(organisatie__in=user.organisatie_ids(*DOSSIERROLLEN))


def coordinates_voorportaal(user: Medewerker) -> Q:
    """Whoever coordinates the voorportaal judges the doubtful rows of every organisation, before they are written."""
    teams = user.team_ids(Rol.TEAMCOORDINATOR)
    return Q() if Team.objects.filter(pk__in=teams, soort=Team.Soort.VOORPORTAAL).exists() else NIETS


def idle_concept(user: Medewerker) -> Q:
    if not user.heeft_rol(*LOKET):
        return NIETS
    still = timezone.now() - STIL_NA
    return Q(verwerkt_op=None, weggegooid_op=None, bewaard_op__lt=still)


register(
    Rule(
        "intake.view_melding",
        *GRONDEN_LEZEN,
        behalve=knows_family,
    ),
    Rule(
        "intake.change_melding",
        Grond("de melding is open bij het loket en u werkt daar", at_loket),
        behalve=knows_family,
    ),
    Rule(
        "intake.triage_melding",
        Grond("de melding is in triage en u werkt in de toegang", toegang_in_triage),
        Grond("de melding staat op het bord van uw team", own_team_after_triage),
        behalve=knows_family,
    ),
    Rule(
        "intake.append_melding",
        Grond("de melding is open bij het loket en u werkt daar", at_loket),
        Grond("de melding is in triage of bij een team en u werkt in de toegang", toegang_in_triage),
        Grond("uw organisatie had deze melding in behandeling", own_organisation),
        Grond("de melding staat op het bord van uw team", own_team),
        Grond("uw organisatie is betrokken bij de casus", involved_organisation),
        Grond("u coördineert het team van de casus", own_coordination),
        Grond("u bent op naam bij de casus betrokken", by_name),
        behalve=knows_family,
    ),
    Rule.of_role("intake.register_contact", "u werkt aan het loket", *LOKET),
    Rule(
        "intake.view_outreachlijst",
        Grond("u werkt aan het loket", lambda user: Q() if user.heeft_rol(*LOKET) else NIETS),
        Grond(
            "u coördineert het team van deze lijst",
            lambda user: Q(team__in=teams) if (teams := user.team_ids(Rol.TEAMCOORDINATOR)) else NIETS,
        ),
    ),
    Rule.of_role(
        "intake.work_outreach", "u werkt aan het loket of coördineert een team", *LOKET, Rol.TEAMCOORDINATOR
    ),
    Rule.of_role(
        "loketlijst.import_list",
        "u richt het systeem in of beheert het",
        Rol.FUNCTIONEEL_BEHEERDER,
        Rol.KWARTIERMAKER,
    ),
    Rule.of_role(
        "loketlijst.view_list",
        "u leest lijsten in, of u werkt met dossiers",
        Rol.FUNCTIONEEL_BEHEERDER,
        Rol.KWARTIERMAKER,
        *DOSSIERROLLEN,
    ),
    Rule(
        "intake.view_loketlijstrij",
        Grond("uw organisatie nam dit contact aan", took_in),
        Grond("u coördineert het voorportaal", coordinates_voorportaal),
    ),
    Rule(
        "intake.take_concept",
        Grond("het gesprek van een collega ligt stil en u werkt aan het loket", idle_concept),
    ),
    # Not about residents, and also for roles without dossiers: so not under ‘intake.’.
    Rule.of_role(
        "loket.manage_standaardtekst",
        "u richt het werk van het loket in",
        Rol.KWARTIERMAKER,
        Rol.TEAMCOORDINATOR,
    ),
    Rule("intake.own_concept", Grond("het is uw eigen concept", lambda user: Q(medewerker=user))),
    # What the kwartiermaker sets up is about questions, not about residents; the coordinator of a team reads along.
    Rule.of_role(
        "inrichting.view_methode",
        "u leidt de pilot of coördineert een team",
        Rol.KWARTIERMAKER,
        Rol.TEAMCOORDINATOR,
    ),
    Rule.of_role("inrichting.change_methode", "u leidt de pilot", Rol.KWARTIERMAKER),
    Rule(
        "intake.manage_termijn",
        *GRONDEN_SCHRIJVEN,
        Grond("de melding is gesloten en uw organisatie of uw naam hoort erbij", closed_and_ours),
        behalve=knows_family,
    ),
    Rule("intake.plan_afspraak", *GRONDEN_SCHRIJVEN, behalve=knows_family),
    Rule("intake.view_afspraak", *of_melding(GRONDEN_LEZEN), Grond("de afspraak is met u", booked)),
    Rule("intake.change_afspraak", *of_melding(GRONDEN_SCHRIJVEN), Grond("de afspraak is met u", booked)),
    Rule("intake.move_afspraak", *of_melding(GRONDEN_SCHRIJVEN)),
    Rule("intake.plan_terugbellen", Grond("de melding is open bij het loket en u werkt daar", open_at_loket)),
    Rule("intake.view_terugbelverzoek", *of_melding(GRONDEN_LEZEN)),
    Rule("intake.change_terugbelverzoek", *of_melding(GRONDEN_SCHRIJVEN)),
    Rule.of_role("intake.view_agenda", "u werkt met dossiers van inwoners", *DOSSIERROLLEN),
    Rule("intake.own_werktijd", Grond("het zijn uw eigen werktijden", lambda user: Q(medewerker=user))),
    Rule("intake.own_agendasleutel", Grond("het is uw eigen agenda", lambda user: Q(medewerker=user))),
)
