"""Een casus openen: het gevolg van een besluit van het aanmeldoverleg, in dezelfde transactie."""

from datetime import datetime

from django.db import IntegrityError, transaction

from casusregie.models import Actie, Betrokkenheid, Casus, Casuslid, Regieniveau, Regietoewijzing, Schaling
from casusregie.services.betrokkenheid import SHARE
from casusregie.services.regie import RegisseurUnavailable
from casusregie.services.rijen import day_of, employer_of, record_on
from intake.services import close_in_chain
from skt.autorisatie.delen import grant
from skt.kern.errors import DomainError
from skt.kern.nummering import next_nummer
from skt.medewerkers.models import Medewerker, Rol, Team
from triage.models import Agendapunt, Besluit

EERSTE_STAP = "Kennismaken en de eerste stap zetten"


class CasusAlreadyOpen(DomainError):
    """One besluit gives one casus."""


@transaction.atomic
def open_casus(*, agendapunt: Agendapunt, actor: Medewerker, at: datetime) -> Casus:
    """Open de casus die uit een besluit volgt: partij betrokken, casusregisseur aangewezen, eerste actie met een datum.

    Raises CasusAlreadyOpen, or RegisseurUnavailable when a regisseur has no running placement.
    """
    melding = agendapunt.aanmelding.melding
    partij, regisseur, uiterlijk = agendapunt.partij, agendapunt.casusregisseur, agendapunt.uiterlijk
    if partij is None or regisseur is None or uiterlijk is None:
        raise RegisseurUnavailable("Kies de partij, de casusregisseur en de datum van de eerste stap.")
    opgeschaald = agendapunt.besluit == Besluit.PROCESREGIE
    try:
        with transaction.atomic():
            casus = Casus.objects.create(
                nummer=next_nummer("casus", at),
                agendapunt=agendapunt,
                melding=melding,
                team=_team(agendapunt, regisseur),
                titel=melding.over_wie[:120],
                regieniveau=Regieniveau.PROCESREGIE if opgeschaald else Regieniveau.CASUSREGIE,
                geopend_op=at,
                geopend_door=actor,
            )
    except IntegrityError as error:
        raise CasusAlreadyOpen("Voor dit besluit is al een casus geopend.") from error
    if melding.inwoner_id:
        Casuslid.objects.create(casus=casus, inwoner_id=melding.inwoner_id, is_hoofdpersoon=True)
    Betrokkenheid.objects.create(
        casus=casus, organisatie=partij, medewerker=regisseur, rol="Casusregie", van=at
    )
    grant(SHARE, casus, partij)
    Regietoewijzing.objects.create(
        casus=casus,
        soort=Regietoewijzing.Soort.CASUSREGIE,
        medewerker=regisseur,
        organisatie=partij,
        van=at,
        reden="Besluit van het aanmeldoverleg",
    )
    if opgeschaald:
        _start_procesregie(casus, agendapunt, actor, at)
    Actie.objects.create(
        casus=casus,
        wat=EERSTE_STAP,
        uitvoerder=Actie.Uitvoerder.ORGANISATIE,
        medewerker=regisseur,
        uiterlijk=uiterlijk,
        gemaakt_op=at,
    )
    record_on(casus, "open_casus", regisseur=regisseur.username, partij=partij.code)
    close_in_chain(
        melding=melding,
        actor=actor,
        at=at,
        toelichting=f"Casus {casus.nummer} geopend.",
        casus_id=casus.pk,
    )
    return casus


def _start_procesregie(casus: Casus, agendapunt: Agendapunt, actor: Medewerker, at: datetime) -> None:
    procesregisseur = agendapunt.procesregisseur
    organisatie = employer_of(procesregisseur, Rol.PROCESREGISSEUR) if procesregisseur else None
    if procesregisseur is None or organisatie is None:
        raise RegisseurUnavailable("Kies een procesregisseur die hier nu werkt.")
    Regietoewijzing.objects.create(
        casus=casus,
        soort=Regietoewijzing.Soort.PROCESREGIE,
        medewerker=procesregisseur,
        organisatie=organisatie,
        van=at,
        reden="Besluit van het aanmeldoverleg",
    )
    Schaling.objects.create(
        casus=casus,
        richting=Schaling.Richting.OP,
        aanleiding=Schaling.Aanleiding.COMPLEX,
        besproken_met="Het aanmeldoverleg",
        toelichting=agendapunt.toelichting,
        evaluatie_op=agendapunt.uiterlijk or day_of(at),
        medewerker=actor,
        besloten_op=at,
    )


def _team(agendapunt: Agendapunt, regisseur: Medewerker) -> Team:
    """Het team van de casusregisseur als de aanmelding daar op het bord staat, anders het eerste team van dat bord."""
    teams = list(Team.objects.filter(pk__in=agendapunt.aanmelding.teams).order_by("pk"))
    eigen = {plaatsing.team_id for plaatsing in regisseur.lopende_plaatsingen}
    return next((team for team in teams if team.pk in eigen), teams[-1])
