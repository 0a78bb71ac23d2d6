"""De demostad, in het klein: door dezelfde services als in het echt, en de keten sluit."""

import random
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from casusregie.models import Casus, Doel
from intake.models import Melding
from skt.autorisatie.context import acting_as_system
from skt.demo.bouwen import bouw, is_gebouwd
from skt.demo.mensen import MENSEN
from skt.demo.stad import HELFTEN, Stad, _helft_van
from skt.demo.vragen import TRIAGE, VRAGEN
from skt.inwoners.models import Inwoner, MogelijkDubbel
from skt.medewerkers.models import Medewerker
from triage.models import Bord, Overleg, Overlegreeks, Terugkoppeling, Toekenning, Triageadvies
from triage.status import OverlegStatus, TerugkoppelingStatus

ALLE = ["default", "eigenaar", "rapport", "beleid"]


class TestBouw:
    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_gives_a_town_at_work_whose_keten_closes(self) -> None:
        nu = timezone.now()
        regels: list[str] = []

        gedaan = bouw(nu=nu, inwoners=40, meld=regels.append)

        assert gedaan > 40
        assert is_gebouwd()
        call_command("ketencontrole", stdout=StringIO())
        with transaction.atomic(), acting_as_system("proef"):
            assert Medewerker.objects.count() == len(MENSEN)
            assert Inwoner.objects.count() > 20
            assert Casus.objects.exists()
            assert {"open", "behaald"} <= set(Doel.objects.values_list("status", flat=True))
            assert Melding.objects.unfinished().exists()
            assert Overleg.objects.filter(status=OverlegStatus.GEPLAND, begint_op__gt=nu).exists()
            assert not Melding.objects.filter(ontvangen_op__gt=nu).exists()
            assert sorted(reeks.bord for reeks in Overlegreeks.objects.all()) == sorted(Bord.values)
            assert Toekenning.objects.count() == 4
            assert Triageadvies.objects.exclude(afwijkt_op=[]).exists()
            assert MogelijkDubbel.objects.filter(anders_op=None).count() >= 2
            te_doen = Terugkoppeling.objects.filter(status=TerugkoppelingStatus.TE_DOEN)
            assert not te_doen.filter(uiterlijk__lt=nu - timedelta(days=30)).exists(), "melders vergeten"

    @pytest.mark.django_db(transaction=True, databases=ALLE)
    def test_stops_with_a_sentence_when_an_earlier_one_broke_off(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            Medewerker.objects.create(
                username=MENSEN[0].username, voornaam="Half", achternaam="Gebouwd", email="half@example.nl"
            )

        with pytest.raises(CommandError, match="make demo-opnieuw"):
            call_command("demostad", stdout=StringIO())


class TestHelften:
    def test_share_no_board_and_every_call_has_one(self) -> None:
        toeval = random.Random(1)

        assert sorted(bord for helft in HELFTEN for bord in helft.borden) == [
            "gezamenlijk",
            "jeugd",
            "volwassenen",
        ]
        for vraag in VRAGEN:
            naam = _helft_van(vraag, toeval)
            helft = next(helft for helft in HELFTEN if helft.naam == naam)
            assert vraag.route != TRIAGE or vraag.bord in helft.borden

    @pytest.mark.django_db
    def test_draw_the_same_calls(self) -> None:
        nu = timezone.now() - timedelta(minutes=1)
        steden = [Stad(nu=nu, inwoners=30, helft=helft) for helft in HELFTEN]

        assert list(steden[0]._gesprekken()) == list(steden[1]._gesprekken())
