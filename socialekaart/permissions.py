"""Wie mag wat met de sociale kaart: iedereen leest, het voorportaal en de beheerder houden haar bij."""

from skt.autorisatie.rules import Rule, register
from skt.medewerkers.models import Rol

register(
    Rule.of_role("socialekaart.view_voorziening", "iedere medewerker mag de sociale kaart lezen", *Rol),
    Rule.of_role(
        "socialekaart.change_voorziening",
        "u houdt de sociale kaart bij",
        Rol.SOCIALE_KAARTBEHEERDER,
        Rol.LOKETPROFESSIONAL,
    ),
    Rule.of_role("socialekaart.report_fout", "iedere medewerker mag melden wat er niet klopt", *Rol),
    Rule.of_role("socialekaart.handle_fout", "u beheert de sociale kaart", Rol.SOCIALE_KAARTBEHEERDER),
)
