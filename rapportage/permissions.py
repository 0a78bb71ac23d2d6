"""Wie de gepubliceerde cijfers leest, er iets bij schrijft, de inwoners van het CBS inleest, en wie inzicht in de pilot heeft."""

from skt.autorisatie.rules import Rule, register
from skt.medewerkers.models import Rol

register(
    Rule.of_role(
        "rapportage.view_publicatie",
        "u maakt beleid, coördineert een team of leidt de pilot",
        Rol.BELEIDSMEDEWERKER,
        Rol.TEAMCOORDINATOR,
        Rol.KWARTIERMAKER,
    ),
    Rule.of_role("rapportage.write_toelichting", "u maakt beleid", Rol.BELEIDSMEDEWERKER),
    Rule.of_role("rapportage.make_raadsrapport", "u maakt beleid", Rol.BELEIDSMEDEWERKER),
    Rule.of_role(
        "rapportage.import_bevolking",
        "u beheert de applicatie of leidt de pilot",
        Rol.FUNCTIONEEL_BEHEERDER,
        Rol.KWARTIERMAKER,
    ),
    Rule.of_role(
        "rapportage.view_inzicht",
        "u leidt de pilot of coördineert een team",
        Rol.KWARTIERMAKER,
        Rol.TEAMCOORDINATOR,
    ),
)
