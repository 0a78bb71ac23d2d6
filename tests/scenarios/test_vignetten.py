"""De 36 bellers: elk ingevoerd zoals een professional het doet, en elk op de route die erbij hoort."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from intake.models import Afhandeling, Melding
from intake.status import MeldingStatus
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel, Soort
from socialekaart.services.laden import load_sociale_kaart
from tests.scenarios.bezetting import Bezetting, bezet
from tests.scenarios.ketencontrole import find_violations
from tests.scenarios.loketwerk import Klok, Werkdag, doe_triage, stel_nog_een_vraag, voer_gesprek
from tests.scenarios.vignetten import Vignet, Vraag, read_vignetten
from triage.models import Aanmelding, Bord
from triage.status import AanmeldingStatus, OverlegStatus

pytestmark = pytest.mark.django_db

VIGNETTEN = read_vignetten()
AFHANDELING = {
    "informatie en advies": Afhandeling.INFORMATIE,
    "hulpverlening": Afhandeling.HULPVERLENING,
    "andere toegang": Afhandeling.ANDERE_TOEGANG,
    "crisisroute": Afhandeling.CRISISROUTE,
}


@pytest.fixture
def klok(monkeypatch: pytest.MonkeyPatch) -> Klok:
    return Klok(monkeypatch)


@pytest.fixture
def team(systeem: Any) -> Bezetting:
    load_sociale_kaart()
    return bezet()


@pytest.mark.parametrize("vignet", VIGNETTEN, ids=str)
class TestBeller:
    def test_ends_on_the_route_it_should(self, vignet: Vignet, team: Bezetting, klok: Klok) -> None:
        werkdag = Werkdag(klok)
        aan_het_loket = werkdag.begin(team.loket, vignet.ontvangen_op)
        nummers = [(voer_gesprek(aan_het_loket, klok, vignet), vignet.eerste)]
        if vignet.tweede:
            nummers.append((stel_nog_een_vraag(aan_het_loket, klok, vignet), vignet.tweede))
        for nummer, vraag in nummers:
            melding = Melding.objects.get(nummer=nummer)
            check_registered(melding, vignet, vraag, team.loket)
            if vraag.bord:
                assert (melding.status, melding.afhandeling) == (MeldingStatus.IN_TRIAGE, Afhandeling.TRIAGE)
                doe_triage(werkdag.begin(team.toegang, klok.nu + timedelta(hours=1)), nummer, vraag)
                check_on_board(melding, vraag, klok)
            elif vraag.route == "crisisroute":
                check_crisis(melding, klok, team.loket)
            else:
                assert (melding.status, melding.afhandeling) == (
                    MeldingStatus.GESLOTEN,
                    AFHANDELING[vraag.route],
                )
        if vignet.tweede:
            check_separate(*Melding.objects.filter(nummer__in=[nummer for nummer, _ in nummers]))
        assert find_violations() == ""


def check_registered(melding: Melding, vignet: Vignet, vraag: Vraag, loket: Medewerker) -> None:
    """What was said stands there, in the caller's own words, with exactly the terms that start; and the log knows who and about whom."""
    verwacht = vraag.verwacht
    assert melding.hulpvraag == vignet.gegevens["gesprek"]
    assert melding.contactmoment.kanaal == vignet.gegevens["kanaal"]
    assert melding.contactmoment.melder_soort == vignet.gegevens["melder_soort"]
    assert bool(melding.contactmoment.doorverbonden_vanuit) == bool(vignet.gegevens["doorverbonden_vanuit"])
    assert (melding.aard, sorted(melding.themas)) == (verwacht["aard"], sorted(verwacht["themas"]))
    assert (melding.spoor or None, melding.meervoudigheid) == (verwacht["spoor"], verwacht["meervoudigheid"])
    assert sorted(melding.termijnen.values_list("soort_id", flat=True)) == sorted(verwacht["termijnen"])
    scores = dict(melding.uitvraag.antwoorden.values_list("leefgebied", "score")) if vraag.scores else {}
    assert scores == vraag.scores
    if vraag.is_over_iemand and vraag.betreft:
        assert melding.inwoner is not None
        assert melding.inwoner.achternaam in vraag.betreft["achternaam"]
        assert str(melding.inwoner.geboortedatum or "") == (vraag.betreft["geboortedatum"] or "")
    else:
        assert melding.inwoner is None
    logged = Regel.objects.filter(soort=Soort.WIJZIGEN, object_soort="melding", object_id=melding.pk)
    assert {"intake.register_melding"} <= set(logged.values_list("actie", flat=True))
    assert set(logged.values_list("medewerker_id", "inwoner_id")) == {(loket.pk, melding.inwoner_id)}


def check_on_board(melding: Melding, vraag: Vraag, klok: Klok) -> None:
    """The aanmelding stands on the right board and on exactly one coming overleg; the team answers for the melding."""
    melding.refresh_from_db()
    assert (melding.status, melding.afhandeling) == (MeldingStatus.BIJ_TEAM, Afhandeling.TRIAGE)
    aanmelding = Aanmelding.objects.get(melding=melding)
    assert (aanmelding.bord, aanmelding.status) == (vraag.bord, AanmeldingStatus.VOOR_OVERLEG)
    assert aanmelding.urgentie == vraag.verwacht["urgentie"] == aanmelding.triage.urgentie
    assert aanmelding.triage.ernst == vraag.verwacht["ernst"]
    aanbod = vraag.verwacht["voorzieningen_0delijn"]
    assert list(aanmelding.triage.voorzieningen.values_list("code", flat=True)) == aanbod[:1]
    (punt,) = aanmelding.agendapunten.all()
    assert punt.besluit == ""
    assert (punt.overleg.bord, punt.overleg.status) == (vraag.bord, OverlegStatus.GEPLAND)
    assert punt.overleg.begint_op > klok.nu
    assert melding.verantwoordelijk_team is not None
    assert melding.verantwoordelijk_team.soort in Bord(vraag.bord).teamsoorten
    assert melding.uiterlijk is not None
    assert klok.nu < melding.uiterlijk <= punt.overleg.begint_op
    assert Regel.objects.filter(
        actie="triage.do_triage", inwoner_id=melding.inwoner_id, soort=Soort.WIJZIGEN
    ).exists()


def check_crisis(melding: Melding, klok: Klok, loket: Medewerker) -> None:
    """It says who was warned and when, and stays open, of who took the call, to call back on the next werkdag."""
    assert (melding.status, melding.afhandeling) == (MeldingStatus.OPEN, Afhandeling.CRISISROUTE)
    assert melding.gewaarschuwd
    assert melding.gewaarschuwd_op == klok.nu - timedelta(minutes=2)
    assert (melding.verantwoordelijke, melding.volgende_stap) == (loket, "Nabellen na crisis")
    assert melding.uiterlijk is not None
    assert timedelta(0) < melding.uiterlijk - klok.nu < timedelta(days=4)


def check_separate(eerste: Melding, tweede: Melding) -> None:
    """Two questions in one call: one contactmoment, two meldingen, about two people."""
    assert eerste.contactmoment_id == tweede.contactmoment_id
    assert len({eerste.nummer, tweede.nummer}) == len({eerste.inwoner_id, tweede.inwoner_id}) == 2


class TestData:
    def test_are_all_thirty_six(self) -> None:
        assert len({vignet.id for vignet in VIGNETTEN}) == 36

    def test_hold_every_route(self) -> None:
        routes = {vignet.eerste.route for vignet in VIGNETTEN}

        assert routes == {
            "informatie en advies", "hulpverlening", "andere toegang", "crisisroute", "triage→team jeugd",
            "triage→team volwassenen", "triage→team gezamenlijk",
        }  # fmt: skip


class TestOpenedTwice:
    def test_the_same_call_gives_one_melding(self, team: Bezetting, klok: Klok) -> None:
        """The professional who goes back and presses again is taken to the melding that is there."""
        vignet = VIGNETTEN[0]
        pagina = Werkdag(klok).begin(team.loket, vignet.ontvangen_op)
        pagina.open(reverse("intake:contact_new"))
        gesprek = pagina.url
        nummer = voer_gesprek(pagina, klok, vignet)

        pagina.open(gesprek)

        assert nummer in pagina.url
        assert Melding.objects.count() == 1
