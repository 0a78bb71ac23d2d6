"""De demostad bouwen: eerst de mensen en de sociale kaart, dan twee jaar loket. Een tweede keer doet niets."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction

from skt.autorisatie.context import acting_as_system
from skt.demo.agenda import plan_agenda
from skt.demo.deuren import open_deuren
from skt.demo.mensen import MENSEN, WACHTWOORD
from skt.demo.stad import HELFTEN, Stad
from skt.demo.uitvraagproef import begin_pilot, measure_again
from skt.demo.vergaderen import begin_reeksen, grant_some
from skt.kern.errors import DomainError
from skt.kern.nummering import prepare_nummering
from skt.kern.tasks import enqueue
from skt.medewerkers.models import Mandaat, Medewerker, Moederorganisatie, Plaatsing, Rol, Team, Wet
from skt.verantwoording.models import Regel
from skt.verantwoording.services import record

Speler = Callable[[datetime, int, Callable[[str], None]], int]
REDEN = "demostad"
NAGEKEKEN_VAN = timedelta(days=5)
"""Zo ver terug wordt gezocht wie dubbel lijkt: genoeg voor een lijst om naar te kijken."""
KLAAR = "demo.gebouwd"


class HalfBuilt(DomainError):
    """Een eerdere bouw is halverwege gestopt; verder bouwen zou dubbele mensen geven."""


def is_gebouwd() -> bool:
    """Staat de hele stad er? Raises HalfBuilt als een eerdere bouw halverwege is gestopt."""
    if not Medewerker.objects.filter(username=MENSEN[0].username).exists():
        return False
    if not _is_afgebouwd():
        raise HalfBuilt("De demostad is maar half gebouwd. Begin opnieuw met: make demo-opnieuw")
    return True


def bouw(*, nu: datetime, inwoners: int, meld: Callable[[str], None], speel: Speler | None = None) -> int:
    """Bouw de stad met zoveel inwoners, tot nu. Geeft het aantal handelingen. `speel` speelt de helften; zelf: na elkaar."""
    meld("medewerkers en sociale kaart")
    with transaction.atomic(), acting_as_system(REDEN):
        _mensen()
    call_command("laad_sociale_kaart", verbosity=0)
    begin_pilot(nu=nu)
    with transaction.atomic(), acting_as_system(REDEN):
        for jaar in range(nu.year - 2, nu.year + 1):
            prepare_nummering("melding", "casus", jaar=jaar)
    gedaan = (speel or speel_na_elkaar)(nu, inwoners, meld)
    gedaan += measure_again(nu=nu)
    gedaan += plan_agenda(nu=nu)
    gedaan += begin_reeksen(nu=nu) + grant_some(nu=nu)
    meld("andere deuren: formulieren, een signaal en outreach")
    gedaan += open_deuren(nu=nu, loket=Medewerker.objects.get(username="loket"))
    call_command(
        "zoek_dubbele_inwoners", vanaf=f"{nu - NAGEKEKEN_VAN:%Y-%m-%d}", stdout=StringIO(), verbosity=0
    )
    meld("de maanden die voorbij zijn zet de achtergrondverwerking straks vast, als de site draait")
    with transaction.atomic(), acting_as_system(REDEN):
        record(action=KLAAR, gegevens={"handelingen": gedaan})
        enqueue("rapportage.close_month", meteen=True)
    return gedaan


def speel_na_elkaar(nu: datetime, inwoners: int, meld: Callable[[str], None]) -> int:
    return sum(Stad(nu=nu, inwoners=inwoners, helft=helft, meld=meld).speel() for helft in HELFTEN)


def _mensen() -> None:
    organisaties = {o.code: o for o in Moederorganisatie.objects.all()}
    teams = {t.soort: t for t in Team.objects.all()}
    wachtwoord = make_password(WACHTWOORD)
    for mens in MENSEN:
        medewerker = Medewerker.objects.create(
            username=mens.username,
            voornaam=mens.voornaam,
            voorvoegsel=mens.voorvoegsel,
            achternaam=mens.achternaam,
            email=f"{mens.username}@example.nl",
            password=wachtwoord,
        )
        Plaatsing.objects.create(
            medewerker=medewerker,
            moederorganisatie=organisaties[mens.organisatie],
            team=teams[mens.team],
            rol=mens.rol,
            van=mens.van,
            tot=mens.tot,
        )
        if mens.rol == Rol.ZORGREGISSEUR:
            Mandaat.objects.create(
                medewerker=medewerker,
                besluitnummer=f"MB-2026-{medewerker.pk:03d}",
                wet=Wet.WMO,
                product="Individuele begeleiding",
                plafond=10_000,
                van=mens.van,
            )


def _is_afgebouwd() -> bool:
    with transaction.atomic(), acting_as_system(REDEN):
        return Regel.objects.filter(actie=KLAAR).exists()
