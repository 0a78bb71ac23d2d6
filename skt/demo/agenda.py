"""De agenda van de demostad: afspraken van vandaag en de komende dagen, één die voorbij is, en wie er op de telefoon wacht."""

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from intake import services as intake
from intake.models import AfspraakSoort, Melding
from intake.openingstijden import Openingstijden
from intake.services.terugbellen import loket
from intake.vrij import free_moments, next_werkdagen
from skt.autorisatie.context import acting_as, acting_as_system
from skt.inwoners.models import VeiligContact
from skt.kern.werkdagen import is_werkdag
from skt.medewerkers.models import Medewerker

AFSPRAKEN, TERUGBELLEN = 10, 7
SOORTEN = (AfspraakSoort.HUISBEZOEK, AfspraakSoort.LOKET, AfspraakSoort.TELEFONISCH, AfspraakSoort.INTAKE)
DUREN = (60, 45, 30, 90)


def plan_agenda(*, nu: datetime, zaad: int = 8) -> int:
    """Spreek bij open meldingen van het loket iets af, als wie haar heeft. Geeft het aantal afspraken.

    Evenveel werk bij een kleine als bij een grote stad.
    """
    toeval = random.Random(zaad)
    with transaction.atomic(), acting_as_system("demostad"):
        meldingen = _of_somebody()
    meldingen.sort(key=lambda melding: melding.ontvangen_op)
    spreken, bellen = meldingen[::2][:AFSPRAKEN], meldingen[1::2][:TERUGBELLEN]
    gedaan = 0
    for nummer, melding in enumerate(spreken):
        actor = melding.verantwoordelijke
        with transaction.atomic(), acting_as(actor):
            gedaan += _meet(nummer, melding, actor, nu, toeval)
    for nummer, melding in enumerate(bellen):
        actor = melding.verantwoordelijke
        with transaction.atomic(), acting_as(actor):
            gedaan += _call(nummer, melding, actor, nu)
    return gedaan


def _of_somebody() -> list[Melding]:
    found = (
        Melding.objects.at_loket()
        .exclude(verantwoordelijke=None)
        .exclude(spoor="crisis")
        .exclude(inwoner__veilig_contact=VeiligContact.NIET)
        .filter(spoed=False)
        .select_related("verantwoordelijke", "contactmoment", "inwoner")
    )
    return [m for m in found[: 4 * (AFSPRAKEN + TERUGBELLEN)] if m.contactmoment.melder_telefoon]


def _meet(nummer: int, melding: Melding, actor: Medewerker, nu: datetime, toeval: random.Random) -> int:
    """The first was yesterday and waits for how it went; the next two are today, if today still has room."""
    soort, duur = SOORTEN[nummer % len(SOORTEN)], DUREN[nummer % len(DUREN)]
    facts = {"melding": melding, "actor": actor, "soort": soort, "duur": duur, "medewerkers": [actor]}
    gisteren = _werkdag_before(nu).replace(hour=15, minute=0, second=0, microsecond=0)
    if nummer == 0 and melding.ontvangen_op < gisteren:
        intake.plan_afspraak(at=melding.ontvangen_op, begin=gisteren, buiten_werktijd=True, **facts)
        return 1
    dagen = next_werkdagen(timezone.localdate(nu))
    found = free_moments([actor.pk], dagen, duur=duur, vanaf=nu)
    vandaag = [moment for moment in found if timezone.localdate(moment.begin) == timezone.localdate(nu)]
    chosen = vandaag if vandaag and nummer < 3 else found
    if not chosen:
        return 0
    intake.plan_afspraak(at=nu, begin=toeval.choice(chosen).begin, **facts)
    return 1


def _werkdag_before(nu: datetime) -> datetime:
    dag = timezone.localtime(nu) - timedelta(days=1)
    while not is_werkdag(dag.date()):
        dag -= timedelta(days=1)
    return dag


def _call(nummer: int, melding: Melding, actor: Medewerker, nu: datetime) -> int:
    """The first two should have been called already; the third was, in vain."""
    gisteren = _werkdag_before(nu).replace(hour=10, minute=0)
    afgesproken = gisteren if nummer < 2 and melding.ontvangen_op < gisteren else nu
    parts = Openingstijden(loket(), timezone.localdate(afgesproken)).parts(afgesproken, aantal=4)
    part = parts[0] if nummer < 4 else parts[min(nummer - 3, len(parts) - 1)]
    verzoek = intake.plan_terugbellen(
        melding=melding,
        actor=actor,
        at=afgesproken,
        medewerker=actor if nummer % 3 else None,
        team=None if nummer % 3 else loket(),
        niet_eerder_dan=part.niet_eerder_dan if part.niet_eerder_dan > nu else None,
        uiterlijk=part.uiterlijk,
    )
    if nummer == 2:
        intake.miss_terugbellen(verzoek=verzoek, actor=actor, at=nu)
    return 1
