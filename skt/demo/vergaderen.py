"""Wat de demostad heeft van een werkende afspraak: een reeks overleggen per bord, en wat er binnen een mandaat is toegekend."""

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from intake import services as intake
from intake.models import Aard, Kanaal, MelderSoort
from skt.autorisatie.context import acting_as
from skt.demo.overleg import BORDEN
from skt.kern.keuzelijsten import Thema
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker, Wet
from triage import services as triage
from triage.models import Afwijkreden, Bedragperiode, Ernaast, Ernst, Nuldelijn, Uitkomst, Urgentie

TOEGEKEND: tuple[tuple[int, int, Decimal, Bedragperiode, int, str], ...] = (
    (0, 120, Decimal(95), Bedragperiode.WEEK, 365, "Ik red het huishouden niet meer nu mijn vrouw er niet meer is."),
    (1, 75, Decimal(480), Bedragperiode.VIER_WEKEN, 180, "Na de beroerte lukt de post niet meer. Mijn dochter woont ver weg."),
    (2, 40, Decimal(6500), Bedragperiode.JAAR, 365, "Ik vergeet mijn afspraken en mijn medicijnen."),
    (0, 12, Decimal(2400), Bedragperiode.TOTAAL, 90, "De begeleiding helpt. Kan er tijdelijk wat bij voor de verhuizing?"),
)  # fmt: skip
"""Aan wie van AAN_WIE, hoeveel dagen geleden, hoeveel euro waarvoor, hoeveel dagen lang, en wat er gevraagd werd."""
AAN_WIE: tuple[dict[str, Any], ...] = (
    {"voornamen": "Cornelis Johannes", "roepnaam": "Cor", "achternaam": "Uithof", "geboortedatum": date(1944, 8, 2),
     "postcode": "2242 QF", "huisnummer": 31, "telefoon": "06-0000 2231"},
    {"voornamen": "Aaltje", "roepnaam": "Aaltje", "achternaam": "Fokkema", "geboortedatum": date(1957, 1, 19),
     "postcode": "2244 IF", "huisnummer": 6, "telefoon": "06-0000 2232"},
    {"voornamen": "Desta", "roepnaam": "Desta", "achternaam": "Tesfay", "geboortedatum": date(1988, 11, 5),
     "postcode": "2241 OY", "huisnummer": 112, "telefoon": "06-0000 2233"},
)  # fmt: skip


def begin_reeksen(*, nu: datetime) -> int:
    """Elk bord zijn vaste dag en uur; wat de stad zelf al plande blijft staan. Geeft het aantal handelingen."""
    vandaag = timezone.localdate(nu)
    for bord, (weekdag, uur) in BORDEN.items():
        wie = Medewerker.objects.get(username="coordinator.jeugd" if bord == "jeugd" else "coordinator")
        eerste = vandaag + timedelta(days=1 + (weekdag - vandaag.weekday() - 1) % 7)
        om_de_week = bord == "gezamenlijk"
        if om_de_week and eerste.isocalendar().week % 2:
            eerste += timedelta(weeks=1)
        with transaction.atomic(), acting_as(wie):
            triage.start_reeks(
                bord=bord,
                weekdag=weekdag,
                tijd=time(uur),
                van=eerste,
                elke_weken=2 if om_de_week else 1,
                actor=wie,
                at=nu,
                voorzitter=wie,
            )
    return len(BORDEN)


def grant_some(*, nu: datetime, zaad: int = 11) -> int:
    """Een paar toekenningen door dezelfde diensten, waarvan twee aan één inwoner. Geeft het aantal handelingen."""
    loket, toegang = (Medewerker.objects.get(username=naam) for naam in ("loket", "toegang"))
    inwoners: dict[int, Any] = {}
    for nummer, (wie, dagen, bedrag, per, lang, vraag) in enumerate(TOEGEKEND):
        at = nu - timedelta(days=dagen)
        with transaction.atomic(), acting_as(loket):
            if wie not in inwoners:
                inwoners[wie] = intake.register_inwoner(actor=loket, at=at, **AAN_WIE[wie])
            contact = intake.register_contact(
                actor=loket, at=at, sleutel=uuid.UUID(int=zaad * 1000 + nummer, version=4),
                kanaal=Kanaal.TELEFONISCH, melder_soort=MelderSoort.INWONER_ZELF,
            )  # fmt: skip
            melding = intake.register_melding(
                actor=loket, at=at, contactmoment=contact, hulpvraag=vraag, aard=Aard.HULPVRAAG,
                themas=[Thema.OUDEREN], spoor="sociaal", inwoner=inwoners[wie], inwoner_weet_ervan=True,
            )  # fmt: skip
            intake.send_to_triage(
                melding=melding, actor=loket, at=at, toelichting="Vraagt begeleiding thuis."
            )
        later = timezone.localtime(at)
        dag = min(add_werkdagen(later.date(), 3), timezone.localdate(nu))
        op = min(later.replace(year=dag.year, month=dag.month, day=dag.day), nu)
        with transaction.atomic(), acting_as(toegang):
            triage.do_triage(
                melding=melding, actor=toegang, at=op, ernst=Ernst.MATIG, urgentie=Urgentie.REGULIER,
                nuldelijn=Nuldelijn.PAST_NIET, nuldelijn_toelichting="De inloop is geprobeerd; het lukt niet zonder begeleiding.",
                ernaast=Ernaast.NEE, ernaast_toelichting="De inloop begint pas als de begeleiding loopt.",
                uitkomst=Uitkomst.TOEKENNEN, afwijkreden=Afwijkreden.MEER_BEKEND,
                toekenning=triage.Toekenningsverzoek(
                    wet=Wet.WMO, product="Individuele begeleiding", bedrag=bedrag, per=per,
                    van=dag, tot_en_met=dag + timedelta(days=lang),
                ),
            )  # fmt: skip
    return 4 * len(TOEGEKEND)
