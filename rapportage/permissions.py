"""Wie de gepubliceerde cijfers leest. Maken doet alleen de taak."""

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
)
