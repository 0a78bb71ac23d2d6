"""Een protocol op proef: telt op wat er al was, laat van niemand iets zien, en kan stoppen."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from skt.celery import app
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory, MeldingTermijnFactory, UitvraagFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.protocol import (
    REGULIER,
    KwartiermakerFactory,
    ProtocolproefFactory,
    ProtocolversieFactory,
    TriageadviesFactory,
    first_protocol,
    regel,
)
from tests.factories.triage import CoordinatorFactory, ToegangFactory, TriageFactory
from tests.fixtures import MAANDAG
from triage.models import Proefstatus, Protocolproef, Protocolversie, Uitkomst
from triage.protocol.klein import KLEIN, VERBORGEN, hide_rounded, hide_small, say
from triage.queries.afwijkingen import count_deviations
from triage.queries.protocol import read_situaties
from triage.services import proef as proeven
from triage.services.proef import ProefRunning, run_proef, start_proef, stop_proef
from triage.services.protocol import ProtocolFaulty

Als = Callable[[Medewerker], AbstractContextManager[Any]]
pytestmark = pytest.mark.django_db
TOT_21 = [
    regel("Tot 21", {"leeftijd_tot": 20}, {"uitkomst": Uitkomst.OVERLEG.value, "bord": "jeugd"}),
    regel("Anders", {}, REGULIER),
]


@pytest.fixture
def kwartiermaker(systeem: Any) -> Medewerker:
    return KwartiermakerFactory()


@pytest.fixture
def concept(systeem: Any) -> Protocolversie:
    return ProtocolversieFactory(regels=TOT_21)


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    sent: list[Any] = []
    monkeypatch.setattr(app, "send_task", lambda name, kwargs: sent.append((name, kwargs)))
    return sent


def people(aantal: int, jaar: int, **facts: Any) -> list[Melding]:
    nu = timezone.now() - timedelta(days=30)
    return [
        MeldingFactory(
            in_triage=True, ontvangen_op=nu, inwoner=InwonerFactory(geboortedatum=date(jaar, 1, 1)), **facts
        )
        for _ in range(aantal)
    ]


def run(proef: Protocolproef) -> Protocolproef:
    run_proef(proef_id=proef.pk, clock=timezone.now)
    proef.refresh_from_db()
    return proef


class TestHideSmall:
    @pytest.mark.parametrize(
        ("counts", "hidden"),
        [
            ({"a": 12, "b": 30}, {"a": 12, "b": 30}),
            ({"a": 3, "b": 30, "c": 12}, {"a": KLEIN, "b": 30, "c": VERBORGEN}),
            ({"a": 3, "b": 9, "c": 12}, {"a": KLEIN, "b": KLEIN, "c": 12}),
            ({"a": 3}, {"a": KLEIN}),
            ({"a": 0, "b": 10}, {"a": 0, "b": 10}),
        ],
    )
    def test_never_leaves_one_small_count_to_be_worked_out(
        self, counts: dict[str, int], hidden: dict[str, Any]
    ) -> None:
        assert hide_small(counts) == hidden

    def test_says_and_rounds(self) -> None:
        assert [say(hide_rounded(n)) for n in (0, 9, 10, 12, 13)] == ["0", "<10", "10", "10", "15"]


class TestRunProef:
    def test_puts_what_was_done_beside_the_advice_now_and_of_the_new_version(
        self, als: Als, kwartiermaker: Medewerker, concept: Protocolversie, queue: list[Any],
        django_capture_on_commit_callbacks: Any,
    ) -> None:  # fmt: skip
        jaar = timezone.localdate().year
        people(12, jaar - 10)
        people(13, jaar - 20)
        for melding in people(20, 1960):
            TriageFactory(melding=melding, uitkomst=Uitkomst.INTAKE)
        people(3, 1960, themas=[])
        MeldingFactory(in_triage=True, ontvangen_op=timezone.now() - timedelta(days=500))
        MeldingFactory()
        with django_capture_on_commit_callbacks(execute=True), als(kwartiermaker):
            proef = start_proef(versie=concept, actor=kwartiermaker, at=timezone.now())
        assert queue == [("triage.run_proef", {"proef_id": proef.pk})]

        proef = run(proef)

        assert (proef.status, proef.totaal, proef.gedaan) == (Proefstatus.KLAAR, 48, 48)
        assert proef.uitslag["anders"] == 13
        assert proef.uitslag["nu.waarheen"] == {"aanmeldoverleg|jeugd": 12, "aanmeldoverleg|volwassenen": 36}
        assert proef.uitslag["nieuw.waarheen"] == {
            "aanmeldoverleg|jeugd": 25, "aanmeldoverleg|volwassenen": 23
        }  # fmt: skip
        assert proef.uitslag["echt.waarheen"] == {Uitkomst.INTAKE: 20}
        assert proef.uitslag["verschuivingen"] == [["aanmeldoverleg|volwassenen", "aanmeldoverleg|jeugd", 15]]
        assert proef.uitslag["geraakt"] == [25, 50]

    def test_counts_no_term_that_began_after_the_triage(self, systeem: Any) -> None:
        dag = MAANDAG.date()
        for begonnen_op in (dag, dag + timedelta(days=1)):
            triage = TriageFactory(gedaan_op=MAANDAG)
            MeldingTermijnFactory(melding=triage.melding, begonnen_op=begonnen_op, uiterlijk=begonnen_op)
        MeldingTermijnFactory(melding=MeldingFactory(in_triage=True), begonnen_op=dag, uiterlijk=dag)

        toen = read_situaties(Melding.objects.order_by("pk"), bij_de_triage=True)
        nu = read_situaties(Melding.objects.order_by("pk"))

        term = frozenset({"WMO-OND"})
        assert [toen[pk].termijnen for pk in sorted(toen)] == [term, frozenset(), term]
        assert [nu[pk].termijnen for pk in sorted(nu)] == [term] * 3

    def test_keeps_no_small_count(self, concept: Protocolversie, kwartiermaker: Medewerker) -> None:
        people(3, timezone.localdate().year - 10)
        proef = run(ProtocolproefFactory(versie=concept, gestart_door=kwartiermaker, **_last_year()))

        assert proef.uitslag["aantal"] == KLEIN
        assert proef.uitslag["nieuw.waarheen"] == {"aanmeldoverleg|jeugd": KLEIN}
        assert "3" not in str(proef.uitslag.values())

    def test_run_again_changes_nothing_that_is_done(self, concept: Protocolversie) -> None:
        proef = run(ProtocolproefFactory(versie=concept, **_last_year()))
        people(12, 1960)

        assert run(proef).totaal == 0

    def test_stops_between_two_portions(
        self, als: Als, concept: Protocolversie, kwartiermaker: Medewerker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        people(6, 1960)
        proef = ProtocolproefFactory(versie=concept, gestart_door=kwartiermaker, **_last_year())
        monkeypatch.setattr(proeven, "PORTIE", 2)
        asked: list[int] = []
        before = proeven.count_portion

        def count_and_stop(*given: Any) -> None:
            asked.append(1)
            if len(asked) == 2:
                with als(kwartiermaker):
                    stop_proef(proef=proef, actor=kwartiermaker, at=timezone.now())
            before(*given)

        monkeypatch.setattr(proeven, "count_portion", count_and_stop)
        run(proef)

        assert (proef.status, len(asked), proef.uitslag) == (Proefstatus.GESTOPT, 2, {})

    def test_what_was_finished_meanwhile_stays_so(
        self, concept: Protocolversie, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The queue delivers a message again when a worker was lost; a slow first one must not undo the second."""
        people(2, 1960)
        proef = ProtocolproefFactory(versie=concept, **_last_year())
        before, once = proeven.count_portion, [1]

        def overtaken(*given: Any) -> None:
            if once:
                once.pop()
                run_proef(proef_id=proef.pk, clock=timezone.now)
            before(*given)

        monkeypatch.setattr(proeven, "count_portion", overtaken)
        run(proef)

        assert (proef.status, proef.gedaan, bool(proef.uitslag)) == (Proefstatus.KLAAR, 2, True)

    def test_stands_as_failed_with_a_sentence(
        self, concept: Protocolversie, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        people(1, 1960)
        proef = ProtocolproefFactory(versie=concept, **_last_year())

        def fail(*_given: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(proeven, "count_portion", fail)
        with pytest.raises(ZeroDivisionError):
            run(proef)

        proef.refresh_from_db()
        assert (proef.status, proef.fout) == (Proefstatus.MISLUKT, proeven.ONVERWACHT)

    @pytest.mark.parametrize("aantal", [4, 40])
    def test_takes_the_same_few_queries(
        self, concept: Protocolversie, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        for melding in people(aantal, 1960):
            UitvraagFactory(melding=melding, scores={Leefgebied.FINANCIEN: 2})
        proef = ProtocolproefFactory(versie=concept, **_last_year())

        with django_assert_max_num_queries(34):
            run(proef)


class TestStartAndStop:
    def test_one_at_a_time(self, als: Als, kwartiermaker: Medewerker, concept: Protocolversie) -> None:
        with als(kwartiermaker):
            start_proef(versie=concept, actor=kwartiermaker, at=timezone.now())
            with pytest.raises(ProefRunning, match="loopt al"):
                start_proef(versie=concept, actor=kwartiermaker, at=timezone.now())

        assert Protocolproef.objects.count() == 1

    def test_refuses_what_contradicts_itself(self, als: Als, kwartiermaker: Medewerker) -> None:
        fout = ProtocolversieFactory(regels=[*TOT_21, regel("Nooit", {"leeftijd_tot": 2}, REGULIER)])
        with als(kwartiermaker), pytest.raises(ProtocolFaulty):
            start_proef(versie=fout, actor=kwartiermaker, at=timezone.now())

        assert not Protocolproef.objects.exists()

    def test_what_waits_stops_at_once_and_only_once(
        self, als: Als, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        with als(kwartiermaker):
            proef = start_proef(versie=concept, actor=kwartiermaker, at=timezone.now())
            assert stop_proef(proef=proef, actor=kwartiermaker, at=timezone.now()).status == "gestopt"
            with pytest.raises(ProefRunning, match="niets te stoppen"):
                stop_proef(proef=proef, actor=kwartiermaker, at=timezone.now())


class TestPages:
    def test_start_follow_and_read(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        jaar = timezone.localdate().year
        people(12, jaar - 10)
        people(13, jaar - 20)
        people(20, 1960)
        client.force_login(kwartiermaker)
        busy = client.post(reverse("triage:proef_start", args=[concept.pk]), follow=True)
        proef = Protocolproef.objects.get()
        assert "Wacht op de achtergrond." in busy.content.decode()
        assert client.get(busy.request["PATH_INFO"], headers={"HX-Request": "true"}).status_code == 200
        run(proef)

        getest = proef.versie.regels[0]["naam"]
        proef.versie.regels = [{**regel, "naam": "Later zo genoemd"} for regel in proef.versie.regels]
        proef.versie.save(update_fields=["regels"])
        url = reverse("triage:proef_detail", args=[proef.pk])
        html = client.get(url).content.decode()
        assert (getest in html, "Later zo genoemd" in html) == (True, False)
        assert "Van 45 meldingen krijgen er 13 een ander advies." in html
        assert "Met deze versie: 25 naar aanmeldoverleg, team jeugd/gezin, in plaats van 12." in html
        assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"

    def test_a_killed_worker_shows_and_the_trial_can_be_stopped_at_once(
        self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie
    ) -> None:
        nu = timezone.now()
        proef = ProtocolproefFactory(
            versie=concept, status=Proefstatus.BEZIG, totaal=900, gedaan=250, gestart_op=nu, gezien_op=nu
        )
        client.force_login(kwartiermaker)
        url = reverse("triage:proef_detail", args=[proef.pk])
        assert "Er gebeurt niets" not in client.get(url).content.decode()
        Protocolproef.objects.update(gezien_op=nu - timedelta(minutes=2))

        html = client.get(url).content.decode()
        client.post(reverse("triage:proef_stop", args=[proef.pk]))

        assert "Bezig: 250 van 900" in html
        assert "Er gebeurt niets." in html
        assert Protocolproef.objects.get().status == Proefstatus.GESTOPT

    def test_stop(self, client: Client, kwartiermaker: Medewerker, concept: Protocolversie) -> None:
        client.force_login(kwartiermaker)
        proef = ProtocolproefFactory(versie=concept)
        html = client.post(reverse("triage:proef_stop", args=[proef.pk]), follow=True).content.decode()

        assert "Gestopt." in html

    @pytest.mark.parametrize("wie", [ToegangFactory, CoordinatorFactory])
    def test_is_nobody_elses(self, client: Client, concept: Protocolversie, wie: Any) -> None:
        proef = ProtocolproefFactory(versie=concept)
        client.force_login(wie())

        assert client.post(reverse("triage:proef_start", args=[concept.pk])).status_code == 404
        assert client.post(reverse("triage:proef_stop", args=[proef.pk])).status_code == 404
        assert client.get(reverse("triage:proef_detail", args=[proef.pk])).status_code == 404
        proef.refresh_from_db()
        assert (proef.status, Protocolproef.objects.count()) == (Proefstatus.WACHT, 1)


class TestDeviations:
    @pytest.fixture
    def advies(self, systeem: Any) -> None:
        for n in range(23):
            anders = (
                {"afwijkt_op": ["bord"], "afwijkreden": "wens", "gekozen_bord": "jeugd"} if n < 12 else {}
            )
            TriageadviesFactory(triage__uitkomst=Uitkomst.OVERLEG, **anders)
        TriageadviesFactory(afwijkt_op=["urgentie"], afwijkreden="gevaar")

    def test_counts_rounded_with_the_small_ones_gone(
        self, als: Als, kwartiermaker: Medewerker, advies: None
    ) -> None:
        with als(kwartiermaker):
            found = count_deviations(first_protocol())

        assert (found.totaal.gegeven, found.totaal.afgeweken, found.totaal.procent) == (25, 15, 60)
        assert [(een.naam, een.gegeven, een.afgeweken) for een in found.onderdelen] == [
            ("Waarheen", 25, 0), ("Team", 25, 10), ("Urgentie", 25, None),
        ]  # fmt: skip
        assert found.redenen == [("De inwoner wil het anders", 10), ("Er is nu gevaar", None)]
        assert ("Team", "Volwassenen", "Jeugd/gezin", 10) in found.verschuivingen
        assert [een.naam for een in found.regels] == ["Anders: waarheen", "Anders: team", "Anders: urgentie"]

    @pytest.mark.parametrize(("wie", "ziet"), [(CoordinatorFactory, 25), (ToegangFactory, 0)])
    def test_only_for_who_leads(self, als: Als, advies: None, wie: Any, ziet: int) -> None:
        with als(wie()):
            assert count_deviations(first_protocol()).totaal.gegeven == ziet

    def test_gives_the_caller_its_own_context_back(
        self, als: Als, kwartiermaker: Medewerker, advies: None
    ) -> None:
        with als(kwartiermaker):
            count_deviations(first_protocol())
            assert not Melding.objects.exists()

    def test_the_page(self, client: Client, kwartiermaker: Medewerker, advies: None) -> None:
        client.force_login(kwartiermaker)
        url = reverse("triage:protocol_deviations")
        html = client.get(url).content.decode()

        assert "Bij ongeveer 15 van de 25 adviezen is anders besloten (60%)." in html
        assert "Minder dan tien keer: Er is nu gevaar" in html
        assert client.get(f"{url}?versie=99999999999999999999").status_code == 200

    def test_the_page_before_anything_was_weighed(self, client: Client, kwartiermaker: Medewerker) -> None:
        client.force_login(kwartiermaker)

        assert "Nog geen adviezen." in client.get(reverse("triage:protocol_deviations")).content.decode()


def _last_year() -> dict[str, date]:
    vandaag = timezone.localdate()
    return {"van": vandaag - timedelta(days=365), "tot": vandaag + timedelta(days=1)}
