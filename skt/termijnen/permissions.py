"""Wie het bericht over termijnen krijgt en instelt: wie met dossiers werkt, ieder het eigen."""

from django.db.models import Q

from skt.autorisatie.rules import Grond, Rule, register
from skt.medewerkers.models import DOSSIERROLLEN

register(
    Rule.of_role("termijnbericht.receive", "u werkt met dossiers van inwoners", *DOSSIERROLLEN),
    Rule("termijnbericht.own", Grond("het is uw eigen bericht", lambda user: Q(medewerker=user))),
)
