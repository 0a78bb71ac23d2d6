"""Wat er in het dorp buiten de gewone gesprekken om gebeurt: afspraken, formulieren, dubbelen, de oude lijst, de inrichting."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from intake import services as intake
from intake.models import Melding, Uitvraagmethode
from intake.services.loketlijst import offer_loketlijst
from intake.services.loketlijst_inlezen import process_loketlijst
from skt.inwoners.models import Inwoner
from skt.inwoners.vergelijken import stamp
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Moederorganisatie, Team
from tests.intake.loketjaar import Jaarlijst
from tests.scenarios.dorpsleven import ADRES, Dorp
from tests.scenarios.handelend import als


def agenda(dorp: Dorp) -> None:
    """Een afspraak die komt (met een collega die de melding niet mag lezen), een die voorbij is, en iemand die wacht op de telefoon."""
    team = dorp.team
    komend = next_werkdag(timezone.localdate(dorp.nu) + timedelta(days=1))
    om_tien = timezone.make_aware(datetime(komend.year, komend.month, komend.day, 10))
    with als(team.loket):
        melding = Melding.objects.get(nummer=dorp.melding["vg-d-24"])
        dorp.ding["afspraak_voorbij"] = intake.plan_afspraak(
            melding=melding, actor=team.loket, at=dorp.eerder(days=2), soort="telefonisch", begin=dorp.eerder(hours=4),
            duur=30, medewerkers=[team.loket], buiten_werktijd=True,
        )  # fmt: skip
        dorp.ding["afspraak"] = intake.plan_afspraak(
            melding=melding, actor=team.loket, at=dorp.nu, soort="huisbezoek", begin=om_tien, duur=60,
            medewerkers=[team.loket, team.teamlid],
        )  # fmt: skip
    with als(team.collega):
        wacht = Melding.objects.get(nummer=dorp.melding["vg-d-05"])
        intake.plan_terugbellen(
            melding=wacht, actor=team.collega, at=dorp.nu, medewerker=team.collega, telefoon="070-5550218",
            uiterlijk=om_tien + timedelta(hours=2),
        )  # fmt: skip


def dubbelen(dorp: Dorp) -> None:
    """Twee mensen die dubbel staan: bij de een wacht het voorstel, bij de ander is er samengevoegd."""
    team = dorp.team
    with als(team.loket):
        wacht, gedaan = (
            [_aan_de_lijn(dorp, naam, roepnaam) for roepnaam in ("Tineke", "Tine")]
            for naam in ("Dubbelink", "Tweebeek")
        )
        waarom = {"actor": team.loket, "at": dorp.nu, "toelichting": "Zelfde geboortedag, zegt ze zelf."}
        voorstel, tweede = (
            intake.propose_samenvoeging(blijft=blijft, vervalt=vervalt, **waarom)
            for blijft, vervalt in (wacht, gedaan)
        )
    with als(team.toegang):
        stand = stamp(*Inwoner.objects.filter(pk__in=[one.pk for one in gedaan]))
        intake.confirm_samenvoeging(samenvoeging=tweede, actor=team.toegang, at=dorp.nu, stand=stand)
    dorp.ding |= {"samenvoeging": voorstel, "samengevoegd": tweede}


def deuren(dorp: Dorp) -> None:
    """Een openbaar formulier, een anoniem Wvggz-signaal voor het signaleringsoverleg, en een outreachlijst met twee mensen."""
    loket = dorp.team.loket
    inhoud = {
        "hulpvraag": "Mijn buurman doet de deur niet meer open.", "melder_soort": "naaste/netwerk", "naam": "Riet Post",
        "telefoon": "070-5550177", "relatie": "buurvrouw", "over_voornaam": "Wim", "over_achternaam": "Raven",
        "veilig": "beperkt", "veilig_toelichting": "Alleen ’s ochtends bellen.", "waarom_niet": "Hij doet niet open.",
        "weet_ervan": False, "aard": "bezorgdheid/zorgmelding",
    }  # fmt: skip
    with transaction.atomic():
        ontvangst = intake.receive_formulier(
            sleutel=uuid4(), at=dorp.eerder(hours=3), bron="inwoner", inhoud=inhoud
        )
    with als(loket):
        formulier = Melding.objects.get(opgave__kenmerk=ontvangst.kenmerk)
        dorp.melding["formulier"] = formulier.nummer
        wvggz = intake.register_bezorgdheid(
            actor=loket, at=dorp.eerder(days=1), sleutel=uuid4(), soort="Wvggz verkennend onderzoek", kanaal="telefonisch",
            melder_soort="Meldpunt Bezorgd GGD", hulpvraag="Hij slaapt niet meer en praat met de muur.", melder_anoniem=True,
            overleg_reden="De buren zijn bang voor hem.", over={"over_achternaam": "Kortekaas"},
        )  # fmt: skip
        dorp.melding["wvggz"] = wvggz.nummer
        dorp.ding["signaal"] = wvggz.signalen.get()
        lijst = intake.create_outreachlijst(
            actor=loket, at=dorp.nu, naam="Alleenwonende ouderen", doel="Kennismaken voordat er hulp nodig is.",
            grondslag="Wmo 2015", team=Team.objects.get(soort=Team.Soort.VOORPORTAAL),
            eindigt_op=timezone.localdate(dorp.nu) + timedelta(days=60),
        )  # fmt: skip
        intake.add_outreachpersoon(lijst=lijst, actor=loket, at=dorp.nu, inwoner=dorp.ding["inwoner"])
        persoon = intake.add_outreachpersoon(
            lijst=lijst, actor=loket, at=dorp.nu, voornaam="Riet", achternaam="Zandstra", telefoon="070-5550199",
            contactwens="Niet voor tien uur.", aanleiding="Is vorig jaar verhuisd.",
        )  # fmt: skip
        intake.record_poging(
            persoon=persoon, actor=loket, at=dorp.nu, wijze="bellen", resultaat="niet thuis",
            uiterlijk=timezone.localdate(dorp.nu) + timedelta(days=3),
        )  # fmt: skip
        dorp.ding |= {"outreachlijst": lijst, "outreachpersoon": persoon}


def oude_lijst(dorp: Dorp) -> None:
    """Een oude loketlijst die op proef is gelezen."""
    lijst = Jaarlijst(2019)
    for _ in range(12):
        lijst.add()
    lijst.refuse(datum="31-04-2019")
    lijst.warn(Geb_datum="30-02-1950")
    beheer = dorp.team.beheer
    with als(beheer):
        offered = offer_loketlijst(
            bestandsnaam="wwz_loket_2019.csv", inhoud=lijst.inhoud, actor=beheer, at=dorp.nu
        )
    process_loketlijst(lijst_id=offered.pk, clock=timezone.now)
    dorp.ding["loketlijst"] = offered


def inrichting(dorp: Dorp) -> None:
    """De standaard, een tweede methode om en om, en een concept daarvan."""
    kwartiermaker = dorp.team.kwartiermaker
    standaard = Uitvraagmethode.objects.get(is_standaard=True)
    with als(kwartiermaker):
        tweede = intake.copy_methode(methode=standaard, actor=kwartiermaker, at=dorp.nu)
        vragen = tweede.read()
        vragen["sociaal"][0] = vragen["sociaal"][0]._replace(
            eerst=True, toelichting="Vraag ook naar de buren."
        )
        tweede, _ = intake.change_methode(
            methode=tweede,
            actor=kwartiermaker,
            at=dorp.nu,
            doel="Komt er meer boven tafel als we met mensen beginnen?",
            vragen=vragen,
            basis={},
        )
        tweede = intake.activate_methode(
            methode=tweede, actor=kwartiermaker, at=dorp.nu, vanaf=timezone.localdate(dorp.nu)
        )
        intake.assign_methode(
            methode=tweede,
            actor=kwartiermaker,
            at=dorp.nu,
            organisatie=Moederorganisatie.objects.get(code="smow"),
        )
        dorp.ding["methode"] = tweede
        dorp.ding["methode_concept"] = intake.copy_methode(methode=tweede, actor=kwartiermaker, at=dorp.nu)


def _aan_de_lijn(dorp: Dorp, achternaam: str, roepnaam: str) -> Inwoner:
    wie: dict[str, Any] = {"actor": dorp.team.loket, "at": dorp.eerder(hours=2)}
    contact = intake.register_contact(
        sleutel=uuid4(), kanaal="telefonisch", melder_soort="inwoner zelf", **wie
    )
    facts = {"achternaam": achternaam, "roepnaam": roepnaam, "geboortedatum": date(1951, 5, 4)}
    inwoner = intake.register_inwoner(**facts, **ADRES, **wie)
    intake.register_melding(
        contactmoment=contact, hulpvraag="Wie helpt mij met de was?", aard="hulpvraag", inwoner=inwoner, **wie
    )
    return inwoner
