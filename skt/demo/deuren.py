"""De andere deuren van de demostad: een paar digitale formulieren, een signaal van het Meldpunt Bezorgd en een outreachlijst."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from intake import services as intake
from intake.models import Aard, Grondslag, Kanaal, Melderrelatie, MelderSoort, Resultaat, Signaalsoort
from skt.autorisatie.context import acting_as
from skt.inwoners.models import Inwoner, VeiligContact
from skt.medewerkers.models import Medewerker, Team

FORMULIEREN: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (14, "inwoner", {
        "melder_soort": MelderSoort.INWONER_ZELF, "naam": "Truus Noordhoek", "telefoon": "06-0000 4417",
        "hulpvraag": "Mijn man is ziek en ik doe alles alleen. Wie kan mij een middag per week helpen?",
        "over_voornaam": "Truus", "over_achternaam": "Noordhoek", "over_postcode": "2244 QU", "over_huisnummer": "12",
        "weet_ervan": True, "veilig": VeiligContact.BEPERKT, "veilig_toelichting": "Alleen op dinsdagochtend bellen.",
    }),
    (9, "inwoner", {
        "melder_soort": MelderSoort.NAASTE, "naam": "Kees Lindeboom", "telefoon": "06-0000 5526", "relatie": "buurman",
        "hulpvraag": "Bij mijn buurvrouw zijn de gordijnen al een week dicht en de post steekt uit de bus.",
        "over_achternaam": "Molenaar", "weet_ervan": False, "waarom_niet": "Zij doet de deur niet open.",
        "aard": Aard.BEZORGDHEID, "spoed": True, "spoed_reden": "Ik heb haar al een week niet gezien.",
    }),
    (3, "professional", {
        "melder_soort": MelderSoort.PROFESSIONAL, "naam": "Els Kortekaas", "functie": "Maatschappelijk werker",
        "organisatie": "Kwadraad", "vanuit": "kwadraad", "telefoon": "070-555 03 12", "over_voornaam": "Noah",
        "over_achternaam": "Imming", "weet_ervan": True,
        "hulpvraag": "Jongen van 19, gestopt met school, schulden. Wil graag hulp, maar belt zelf niet.",
        "al_gedaan": "Twee gesprekken gehad en samen de post geopend.",
    }),
)  # fmt: skip
"""Hoeveel uur geleden, welk formulier, en wat erin stond."""


DUBBEL = (
    (49, {"roepnaam": "Willy", "voornamen": "Wilhelmina", "voorvoegsel": "van den", "achternaam": "Berg",
          "geboortedatum": date(1948, 3, 12), "postcode": "2242 HK", "huisnummer": 14, "telefoon": "06-0000 7714"},
     "Ik kom de trap niet meer op. Wie kan er meedenken over mijn huis?"),
    (6, {"voornamen": "W.", "voorvoegsel": "v.d.", "achternaam": "Berg",
         "geboortedatum": date(1948, 12, 3), "postcode": "2242 HK", "huisnummer": 14, "telefoon": "+31 6 0000 7714"},
     "Ik belde al eerder over de trap. Weet u al iets?"),
    (73, {"roepnaam": "Ahmed", "voornamen": "Ahmed", "achternaam": "el Idrissi",
          "geboortedatum": date(1991, 5, 30), "postcode": "2241 BN", "huisnummer": 8, "telefoon": "06-0000 8826"},
     "Ik zoek vrijwilligerswerk nu ik thuis zit."),
    (28, {"roepnaam": "Achmed", "achternaam": "El-Idrissi", "geboortedatum": date(1991, 5, 30),
          "telefoon": "0600008826"},
     "Bij wie kan ik terecht voor een maatje?"),
)  # fmt: skip
"""Hoeveel uur geleden, wie, en wat er gevraagd werd: twee mensen die allebei twee keer zijn ingevoerd."""


def open_deuren(*, nu: datetime, loket: Medewerker, zaad: int = 9) -> int:
    """Een handvol rijen door dezelfde services; geeft het aantal handelingen."""
    sleutels = iter(uuid.UUID(int=zaad * 1000 + n, version=4) for n in range(20))
    for uren, bron, inhoud in FORMULIEREN:
        intake.receive_formulier(
            sleutel=next(sleutels), at=nu - timedelta(hours=uren), bron=bron, inhoud=inhoud
        )
    with transaction.atomic(), acting_as(loket):
        intake.register_bezorgdheid(
            actor=loket,
            at=nu - timedelta(days=4),
            sleutel=next(sleutels),
            soort=Signaalsoort.WVGGZ,
            kanaal=Kanaal.TELEFONISCH,
            melder_soort=MelderSoort.MELDPUNT_GGD,
            melder_anoniem=True,
            melder_relatie=Melderrelatie.BUUR,
            hulpvraag="Man van rond de veertig schreeuwt ’s nachts op het balkon en laat niemand binnen.",
            over={"over_achternaam": "Groothuis", "over_geboren": "ongeveer 40"},
            overleg_reden="De buren zijn bang en de wijkagent is er twee keer geweest.",
        )
        _outreach(loket, nu)
        for uren, inwoner, vraag in DUBBEL:
            _gebeld(loket, nu - timedelta(hours=uren), next(sleutels), inwoner, vraag)
    return len(FORMULIEREN) + 7 + 3 * len(DUBBEL)


def _gebeld(loket: Medewerker, at: datetime, sleutel: uuid.UUID, wie: dict[str, Any], vraag: str) -> None:
    door = {"actor": loket, "at": at}
    inwoner = intake.register_inwoner(**door, **wie)
    contact = intake.register_contact(
        **door, sleutel=sleutel, kanaal=Kanaal.TELEFONISCH, melder_soort=MelderSoort.INWONER_ZELF
    )
    intake.register_melding(
        **door,
        contactmoment=contact,
        hulpvraag=vraag,
        aard=Aard.HULPVRAAG,
        inwoner=inwoner,
        inwoner_weet_ervan=True,
    )


def _outreach(loket: Medewerker, nu: datetime) -> None:
    vandaag = timezone.localtime(nu).date()
    lijst = intake.create_outreachlijst(
        actor=loket,
        at=nu - timedelta(days=10),
        naam="Alleenwonende ouderen in Kerkehout",
        doel="Kennismaken en vragen hoe het gaat, voordat er hulp nodig is. Veel mensen zijn er pas komen wonen.",
        grondslag=Grondslag.WMO,
        team=Team.objects.get(soort=Team.Soort.VOORPORTAAL),
        eindigt_op=vandaag + timedelta(days=60),
    )
    op = {"lijst": lijst, "actor": loket, "at": nu - timedelta(days=9)}
    bekend = (
        Inwoner.objects.filter(geboortedatum__lt=vandaag.replace(year=vandaag.year - 76, day=1))
        .exclude(veilig_contact=VeiligContact.NIET)
        .order_by("pk")[:2]
    )
    for inwoner in bekend:
        intake.add_outreachpersoon(**op, inwoner=inwoner, aanleiding="Vroeg eerder naar de eettafel.")
    mensen = [
        intake.add_outreachpersoon(
            **op,
            voornaam=voornaam,
            achternaam=achternaam,
            telefoon=telefoon,
            contactwens=wens,
            uiterlijk=vandaag + timedelta(days=dagen),
        )
        for voornaam, achternaam, telefoon, wens, dagen in (
            ("Riet", "Zandstra", "070-555 01 99", "Niet voor tien uur.", 1),
            ("Henk", "Wouters", "070-555 01 88", "", 4),
            ("Corrie", "Baars", "", "Bel aan; zij hoort de telefoon niet.", 6),
        )
    ]
    poging = {"actor": loket, "at": nu - timedelta(days=2)}
    intake.record_poging(
        **poging,
        persoon=mensen[0],
        wijze="bellen",
        resultaat=Resultaat.NIET_THUIS,
        uiterlijk=vandaag + timedelta(days=1),
    )
    intake.record_poging(
        **poging,
        persoon=mensen[1],
        wijze="bellen",
        resultaat=Resultaat.GEEN_HULP,
        toelichting="Zoon komt elke week; is blij dat wij belden.",
    )
