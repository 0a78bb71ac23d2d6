"""Een storm op het bord: wie ook wat verplaatst, besluit of annuleert, in welke volgorde ook, en met velen tegelijk.

De eerste proef laat hypothesis de handelingen kiezen en kijkt na elke handeling. De tweede laat echte verbindingen tegelijk
handelen op dezelfde kaarten; een weigering met een zin is goed, een vastgelopen database niet. De derde is een overleg waarin
twee besluiten en tien meekijken, met de pagina's zelf.
"""

import random
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casusregie.ketencontrole import find_violations
from skt.autorisatie.context import acting_as, acting_as_system
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory
from tests.factories.medewerkers import organisatie
from tests.factories.triage import AanmeldingFactory, CoordinatorFactory, OverlegFactory, aanbod
from tests.fixtures import MAANDAG
from tests.scenarios.bezetting import Bezetting, bezet
from triage import services as triage
from triage.models import (
    Aanmelding,
    Agendapunt,
    Besluit,
    Bord,
    Ernst,
    KentGezin,
    Nuldelijn,
    Overleg,
    Uitkomst,
    Urgentie,
)
from triage.status import AanmeldingStatus, OverlegStatus

BORDEN = [Bord.VOLWASSENEN, Bord.VOLWASSENEN, Bord.GEZAMENLIJK]
WIE = ("coordinator", "toegang", "teamlid", "casusregisseur")
WELKE = st.integers(min_value=0, max_value=9)
STAND_VRAAGT_AGENDA = (AanmeldingStatus.VOOR_OVERLEG, AanmeldingStatus.AANGEHOUDEN)


def broken() -> list[str]:
    """Wat er aan de keten en aan het bord niet klopt; leeg als er niets mis is."""
    found = [str(schending) for schending in find_violations()]
    op_de_agenda = Aanmelding.objects.annotate(
        komend=Count(
            "agendapunten",
            filter=Q(agendapunten__besluit="", agendapunten__overleg__status=OverlegStatus.GEPLAND),
        )
    )
    zonder = op_de_agenda.filter(status__in=STAND_VRAAGT_AGENDA).exclude(komend=1)
    found += [f"{a} staat op {a.komend} agenda's" for a in zonder]
    found += [f"{a} op meer dan één agenda" for a in op_de_agenda.filter(komend__gt=1)]
    over = Agendapunt.objects.filter(besluit="").exclude(overleg__status=OverlegStatus.GEPLAND)
    found += [f"{punt} van een voorbij overleg is niet besloten" for punt in over]
    belegd = Aanmelding.objects.filter(status=AanmeldingStatus.BELEGD, casusregisseur=None)
    found += [f"{a} is belegd bij niemand" for a in belegd]
    found += [
        f"{a}: wie het gezin kent heeft de regie"
        for a in Aanmelding.objects.filter(kenners__contains=[F("casusregisseur")])
    ]
    for kent in KentGezin.objects.filter(opgeheven_op=None).select_related("aanmelding__melding"):
        if kent.medewerker_id not in kent.aanmelding.kenners:
            found.append(f"{kent} en ziet de aanmelding")
        if kent.medewerker_id not in kent.aanmelding.melding.verborgen_voor:
            found.append(f"{kent} en ziet de melding")
    return found


def pick(rijen: Any, welke: int) -> Any:
    gevonden = list(rijen.order_by("pk"))
    return gevonden[welke % len(gevonden)] if gevonden else None


class Handeling:
    """Eén handeling op een willekeurige rij; wie er handelt ziet alleen wat hij mag zien."""

    def __init__(self, mensen: Bezetting) -> None:
        self.mensen = mensen

    def move(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        aanmelding = pick(Aanmelding.objects.exclude(status=AanmeldingStatus.AFGEROND), welke)
        if aanmelding is not None:
            versie = aanmelding.versie if keus % 3 else None
            naar = AanmeldingStatus.values[keus % len(AanmeldingStatus.values)]
            triage.move_card(aanmelding=aanmelding, naar=naar, actor=wie, at=at, versie=versie)

    def decide(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        punten = Agendapunt.objects.filter(besluit="").select_related("aanmelding__melding", "overleg")
        punt = pick(punten, welke)
        if punt is None:
            return
        besluit = Besluit.values[keus % len(Besluit.values)]
        regie = besluit in (Besluit.CASUSREGIE, Besluit.PROCESREGIE)
        regisseurs = (self.mensen.casusregisseur, self.mensen.teamlid, self.mensen.beleid)
        triage.decide(
            agendapunt=punt, besluit=besluit, actor=wie, at=at, toelichting="Besproken." if keus % 5 else "",
            uiterlijk=(at + timedelta(days=7 if keus % 7 else -7)).date(),
            partij=organisatie("kwadraad") if keus % 4 == 0 else None,
            casusregisseur=regisseurs[keus % 3] if regie else None,
            procesregisseur=self.mensen.procesregisseur if regie and keus % 6 else None,
            versie=punt.aanmelding.versie,
        )  # fmt: skip

    def cancel(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        if overleg := pick(Overleg.objects.filter(status=OverlegStatus.GEPLAND), welke):
            triage.cancel_overleg(overleg=overleg, actor=wie, at=at)

    def finish(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        if overleg := pick(Overleg.objects.filter(status=OverlegStatus.GEPLAND), welke):
            triage.finish_overleg(overleg=overleg, actor=wie, at=at)

    def plan(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        begint_op = at + timedelta(days=keus % 15, hours=welke)
        triage.plan_overleg(bord=BORDEN[keus % 3], begint_op=begint_op, actor=wie, at=at)

    def finish_card(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        aanmelding = pick(Aanmelding.objects.all(), welke)
        if aanmelding is not None:
            triage.finish_aanmelding(aanmelding=aanmelding, actor=wie, at=at, toelichting="Klaar.")

    def put_on_table(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        punt = pick(Agendapunt.objects.select_related("overleg"), welke)
        if punt is not None:
            triage.put_on_table(overleg=punt.overleg, agendapunt=punt, actor=wie, at=at)

    def know(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        aanmelding = pick(Aanmelding.objects.select_related("melding"), welke)
        if aanmelding is not None:
            triage.mark_kent_gezin(aanmelding=aanmelding, actor=wie, at=at)

    def know_not(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        if kent := pick(KentGezin.objects.filter(opgeheven_op=None).exclude(medewerker=wie), welke):
            triage.lift_kent_gezin(kent=kent, actor=wie, at=at)

    def triage(self, wie: Medewerker, at: Any, welke: int, keus: int) -> None:
        with acting_as_system("proef"):
            melding = MeldingFactory(in_triage=True)
        with acting_as(self.mensen.toegang):
            triage.do_triage(
                melding=melding, actor=self.mensen.toegang, at=at, ernst=Ernst.HOOG, urgentie=Urgentie.values[keus % 4],
                nuldelijn=Nuldelijn.PAST, voorzieningen=[aanbod()], toelichting="Meer dan één leefgebied.",
                uitkomst=Uitkomst.INTAKE if keus % 3 == 0 else Uitkomst.OVERLEG, bord=BORDEN[keus % 3], ernaast="later",
            )  # fmt: skip


DOET = (
    "move",
    "decide",
    "cancel",
    "finish",
    "plan",
    "finish_card",
    "put_on_table",
    "know",
    "know_not",
    "triage",
)
VAAK = ("move", "decide", "move", "decide", "move", "decide", *DOET)


class Storm(RuleBasedStateMachine):
    mensen: ClassVar[Bezetting]

    def __init__(self) -> None:
        super().__init__()
        self.at = MAANDAG
        self.handeling = Handeling(self.mensen)
        self.terug = transaction.atomic()
        self.terug.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.terug.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        aanbod()
        AanmeldingFactory.create_batch(3)
        AanmeldingFactory(gezamenlijk=True)
        AanmeldingFactory(intake=True)
        AanmeldingFactory(aangehouden=True)

    @invariant()
    def nothing_is_broken(self) -> None:
        check_keten()
        assert broken() == []

    @rule(wat=st.sampled_from(VAAK), wie=st.sampled_from(WIE), welke=WELKE, keus=st.integers(0, 200))
    def somebody_acts(self, wat: str, wie: str, welke: int, keus: int) -> None:
        self.at += timedelta(minutes=11)
        actor = getattr(self.mensen, wie)
        before = Aanmelding.objects.values_list("pk", "versie", "status")
        stand = list(before.order_by("pk"))
        try:
            with transaction.atomic(), acting_as(actor):
                getattr(self.handeling, wat)(actor, self.at, welke, keus)
        except DomainError as refused:
            if not str(refused).endswith(".") or list(before.order_by("pk").all()) != stand:
                raise


@pytest.mark.usefixtures("systeem")
def test_nothing_breaks_in_a_storm_of_moves() -> None:
    Storm.mensen = bezet()
    run_state_machine_as_test(
        Storm,
        settings=settings(
            derandomize=True, database=None, deadline=None, max_examples=10, stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


@contextmanager
def as_system() -> Iterator[None]:
    with transaction.atomic(), acting_as_system("proef"):
        yield


@pytest.mark.django_db(transaction=True)
class TestAllAtOnce:
    ELK = 45

    def storm(self, mensen: Bezetting, wie: Medewerker, seed: int, at_once: Barrier) -> dict[str, int]:
        """Zoveel willekeurige handelingen, elk in een eigen transactie, zoals verzoeken dat doen."""
        kans, handeling, outcome = random.Random(seed), Handeling(mensen), {}
        try:
            at_once.wait(timeout=60)
            for beurt in range(self.ELK):
                wat = kans.choice([w for w in VAAK if w != "triage"])
                try:
                    with transaction.atomic(), acting_as(wie):
                        getattr(handeling, wat)(
                            wie, MAANDAG + timedelta(minutes=beurt), kans.randrange(10), kans.randrange(200)
                        )
                    outcome["gelukt"] = outcome.get("gelukt", 0) + 1
                except DomainError as refused:
                    naam = type(refused).__name__
                    outcome[naam] = outcome.get(naam, 0) + 1
        finally:
            connection.close()
        return outcome

    @pytest.mark.parametrize("seed", [1, 2])
    def test_real_connections_racing_for_the_same_cards(self, seed: int) -> None:
        with as_system():
            mensen = bezet()
            AanmeldingFactory.create_batch(5)
            AanmeldingFactory.create_batch(2, gezamenlijk=True)
            AanmeldingFactory.create_batch(2, intake=True)
            wie = [mensen.coordinator, mensen.toegang, CoordinatorFactory(), mensen.teamlid]
        at_once = Barrier(len(wie))

        with ThreadPoolExecutor(len(wie)) as pool:
            running = [
                pool.submit(self.storm, mensen, een, seed * 100 + n, at_once) for n, een in enumerate(wie)
            ]
            outcomes = [future.result(timeout=120) for future in running]

        with as_system():
            check_keten()
            assert broken() == []
            assert Agendapunt.objects.exclude(besluit="").count() > 5
        assert sum(outcome.get("gelukt", 0) for outcome in outcomes) > 20

    def test_two_decide_while_ten_look_along(self) -> None:
        """Met de pagina's zelf: elk besluit valt één keer, en aan het eind ziet iedereen hetzelfde."""
        with as_system():
            mensen = bezet()
            overleg = OverlegFactory()
            AanmeldingFactory.create_batch(12, overleg=overleg)
            secretarissen = [mensen.coordinator, mensen.toegang]
            kijkers = [*secretarissen, mensen.teamlid, mensen.casusregisseur] * 2 + [
                mensen.procesregisseur
            ] * 2
        zaal = Zaal(reverse("triage:overleg_detail", args=[overleg.pk]), len(secretarissen), len(kijkers))

        with ThreadPoolExecutor(len(secretarissen) + len(kijkers)) as pool:
            besluiten = [pool.submit(zaal.secretary, wie) for wie in secretarissen]
            beelden = [pool.submit(zaal.watcher, wie) for wie in kijkers]
            outcomes = [future.result(timeout=120) for future in besluiten]
            seen = {future.result(timeout=120)[0] for future in beelden}

        assert sum(outcome["vastgelegd"] for outcome in outcomes) == 12
        assert seen == {"|".join(["Verdiepende intake"] * 12)}
        with as_system():
            assert broken() == []
            assert Agendapunt.objects.filter(besluit=Besluit.INTAKE).count() == 12


def text(answer: Any) -> str:
    """De pagina zelf: wat de testclient over sjablonen bijhoudt, haalt verbindingen door elkaar."""
    return " ".join(answer.content.decode().split())


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    return match[1] if match else ""


def logged_in(wie: Medewerker) -> Client:
    client = Client()
    client.force_login(wie)
    return client


class Zaal:
    """Een overleg met secretarissen die besluiten en mensen die meekijken, ieder op een eigen verbinding."""

    def __init__(self, url: str, secretarissen: int, kijkers: int) -> None:
        self.url = url
        self.secretarissen = secretarissen
        self.at_once = Barrier(secretarissen + kijkers)
        self.klaar: list[str] = []

    def secretary(self, wie: Medewerker) -> dict[str, int]:
        """Besluit over wat er op tafel ligt tot er niets meer ligt; een ander kan net eerder zijn."""
        outcome = {"vastgelegd": 0, "te laat": 0}
        try:
            client = logged_in(wie)
            self.at_once.wait(timeout=60)
            while 'class="skt-besluit" id="besluit"' in (page := text(client.get(self.url))):
                data = {
                    "punt": found(r'data-punt="([0-9]+)"', page),
                    "versie": found(r'name="versie" value="([0-9]+)"', page),
                    "besluit": Besluit.INTAKE,
                    "toelichting": f"{wie} besloot dit.",
                }
                answer = client.post(self.url, data)
                assert answer.status_code in (200, 302)
                outcome["vastgelegd" if answer.status_code == 302 else "te laat"] += 1
        finally:
            self.klaar.append(wie.username)
            connection.close()
        return outcome

    def watcher(self, wie: Medewerker) -> tuple[str, int]:
        """Vraag steeds of er iets veranderde, nog één keer nadat alles besloten is; wat er dan staat."""
        stand, seen, answers = "", "", 0
        try:
            client = logged_in(wie)
            self.at_once.wait(timeout=60)
            over = False
            while not over:
                over = len(self.klaar) == self.secretarissen
                answer = client.get(f"{self.url}?stand={stand}", headers={"HX-Request": "true"})
                assert answer.status_code in (200, 204)
                answers += 1
                if answer.status_code == 200:
                    page = text(answer)
                    stand = found(r'data-stand="([^"]+)"', page)
                    seen = "|".join(re.findall(r'skt-agenda__bij"> ?([^<]+?) ?<', page))
        finally:
            connection.close()
        return seen, answers
