"""Invariant 5, door PostgreSQL zelf bewaakt: een aanmelding staat op precies één komend overleg, of er is besloten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from intake.models import MelderSoort, Melding
from intake.services import start_termijn
from skt.autorisatie.context import acting_as, acting_as_system
from skt.kern.errors import DomainError, TransitionNotAllowed
from skt.kern.keten import KetenBroken, check_keten
from skt.lokaal.proces import wait_until
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MandaatFactory
from tests.factories.triage import (
    DONDERDAG,
    AanmeldingFactory,
    AgendapuntFactory,
    CoordinatorFactory,
    OverlegFactory,
    TeamlidFactory,
    ToegangFactory,
    open_punt,
)
from tests.fixtures import MAANDAG
from triage.models import (
    Aanmelding,
    Agendapunt,
    Besluit,
    Ernst,
    KentGezin,
    Nuldelijn,
    Overleg,
    Terugkoppeling,
    Toekenning,
    Triage,
    Uitkomst,
    Urgentie,
)
from triage.services import (
    AlreadyDecided,
    BeyondMandaat,
    Toekenningsverzoek,
    cancel_overleg,
    decide,
    do_triage,
    finish_overleg,
    lift_kent_gezin,
    mark_kent_gezin,
    move_card,
)
from triage.services.terugkoppeling import tell_melder
from triage.status import AanmeldingStatus, OverlegStatus


class TestInvariant5:
    def test_an_aanmelding_on_no_overleg_is_refused(self, systeem: Any) -> None:
        aanmelding = AanmeldingFactory(intake=True)
        with pytest.raises(KetenBroken, match="precies één komend overleg"), transaction.atomic():
            Aanmelding.objects.filter(pk=aanmelding.pk).update(status=AanmeldingStatus.VOOR_OVERLEG)
            check_keten()

    def test_an_aanmelding_on_two_agendas_is_refused(self, systeem: Any) -> None:
        aanmelding = AanmeldingFactory()
        with pytest.raises(IntegrityError, match="agendapunt_een_komend_overleg"), transaction.atomic():
            AgendapuntFactory(aanmelding=aanmelding, overleg=OverlegFactory(week_later=True))

    @pytest.mark.parametrize("stand", [OverlegStatus.GEHOUDEN, OverlegStatus.GEANNULEERD])
    def test_an_overleg_does_not_end_with_an_open_agendapunt(self, systeem: Any, stand: str) -> None:
        overleg = open_punt().overleg
        check_keten()
        with pytest.raises(KetenBroken, match="nog niet besloten"), transaction.atomic():
            Overleg.objects.filter(pk=overleg.pk).update(status=stand)
            check_keten()

    def test_a_besluit_without_a_place_to_go_is_refused(self, systeem: Any) -> None:
        """Raw SQL, past every service: aangehouden, but on no later overleg."""
        punt = open_punt()
        with pytest.raises(KetenBroken), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE triage_agendapunt SET besluit = 'aanhouden', besloten_op = now(), besloten_door_id = %s"
                " WHERE id = %s",
                [CoordinatorFactory().pk, punt.pk],
            )
            cursor.execute(
                "UPDATE triage_aanmelding SET status = 'aangehouden' WHERE id = %s", [punt.aanmelding_id]
            )
            check_keten()

    @pytest.mark.parametrize(
        ("veld", "besluit"),
        [("casusregisseur", Besluit.CASUSREGIE), ("procesregisseur", Besluit.PROCESREGIE)],
    )
    def test_regie_without_a_regisseur_is_refused(self, systeem: Any, veld: str, besluit: str) -> None:
        punt = AgendapuntFactory(regie=True)
        with pytest.raises(IntegrityError, match="agendapunt_"), transaction.atomic():
            Agendapunt.objects.filter(pk=punt.pk).update(**{"besluit": besluit, veld: None})


def as_colleague(medewerker: Medewerker, at_once: Barrier, act: Callable[[], Any]) -> str:
    """Act on an own connection, at the same moment as the other; the name of the refusal, or ''."""
    try:
        with transaction.atomic(), acting_as(medewerker):
            at_once.wait(timeout=60)
            act()
    except DomainError as error:
        return type(error).__name__
    finally:
        connection.close()
    return ""


def together(*pairs: tuple[Medewerker, Callable[[], Any]]) -> list[str]:
    at_once = Barrier(len(pairs))
    with ThreadPoolExecutor(len(pairs)) as pool:
        running = [pool.submit(as_colleague, medewerker, at_once, act) for medewerker, act in pairs]
        return [future.result(timeout=120) for future in running]


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def until_it_waits(pid: int) -> None:
    """Until that connection waits for what another holds. By the clock: a count of questions is over sooner on a busy machine."""
    with connection.cursor() as cursor:

        def waits() -> bool:
            cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [pid])
            return bool(cursor.fetchone()[0])

        assert wait_until(waits, seconds=60), "niemand wacht"


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    """Two real connections at the same moment: one is first, and nobody's work is lost or half done."""

    def test_two_besluiten_on_one_agendapunt(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            punt, een, twee = open_punt(), CoordinatorFactory(), CoordinatorFactory()

        def besluit(actor: Medewerker) -> Callable[[], Any]:
            return lambda: decide(agendapunt=punt, besluit=Besluit.INTAKE, actor=actor, at=DONDERDAG)

        outcome = together((een, besluit(een)), (twee, besluit(twee)))

        assert sorted(outcome) == ["", AlreadyDecided.__name__]
        with transaction.atomic(), acting_as_system("proef"):
            assert Agendapunt.objects.get().besluit == Besluit.INTAKE
            assert Aanmelding.objects.get().versie == 2

    def test_two_triages_that_plan_the_same_overleg(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            een, twee = ToegangFactory(), ToegangFactory()
            meldingen = [MeldingFactory(in_triage=True) for _ in range(2)]

        def triage(actor: Medewerker, n: int) -> Callable[[], Any]:
            return lambda: do_triage(
                melding=meldingen[n], actor=actor, at=MAANDAG, ernst=Ernst.HOOG, urgentie=Urgentie.REGULIER,
                nuldelijn=Nuldelijn.PAST_NIET, nuldelijn_toelichting="Past niet.", uitkomst=Uitkomst.OVERLEG,
                ernaast="later",
            )  # fmt: skip

        assert together((een, triage(een, 0)), (twee, triage(twee, 1))) == ["", ""]
        with transaction.atomic(), acting_as_system("proef"):
            assert Overleg.objects.get().agendapunten.count() == 2

    def test_two_grants_to_one_inwoner_stay_under_the_ceiling_together(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            inwoner = InwonerFactory(voornamen="Anna Maria")
            mensen = [ToegangFactory(), ToegangFactory()]
            product = [MandaatFactory(medewerker=een).product for een in mensen].pop()
            meldingen = [MeldingFactory(in_triage=True, inwoner=inwoner) for _ in mensen]
        verzoek = Toekenningsverzoek(
            wet="wmo", product=product, bedrag=Decimal(120), per="per week",
            van=MAANDAG.date(), tot_en_met=MAANDAG.date() + timedelta(days=90),
        )  # fmt: skip

        def toekennen(n: int) -> Callable[[], Any]:
            return lambda: do_triage(
                melding=meldingen[n], actor=mensen[n], at=MAANDAG, ernst=Ernst.MATIG, urgentie=Urgentie.REGULIER,
                nuldelijn=Nuldelijn.PAST_NIET, nuldelijn_toelichting="Past niet.", uitkomst=Uitkomst.TOEKENNEN,
                toekenning=verzoek, afwijkreden="meer bekend", ernaast="ja",
            )  # fmt: skip

        outcome = together((mensen[0], toekennen(0)), (mensen[1], toekennen(1)))

        assert sorted(outcome) == ["", BeyondMandaat.__name__]
        with transaction.atomic(), acting_as_system("proef"):
            assert Toekenning.objects.count() == 1

    def test_two_triages_of_one_melding(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            een, twee, melding = ToegangFactory(), ToegangFactory(), MeldingFactory(in_triage=True)

        def triage(actor: Medewerker) -> Callable[[], Any]:
            return lambda: do_triage(
                melding=melding, actor=actor, at=MAANDAG, ernst=Ernst.HOOG, urgentie=Urgentie.REGULIER,
                nuldelijn=Nuldelijn.PAST_NIET, nuldelijn_toelichting="Past niet.", uitkomst=Uitkomst.OVERLEG,
                ernaast="later",
            )  # fmt: skip

        assert sorted(together((een, triage(een)), (twee, triage(twee)))) == ["", "NotInTriage"]
        with transaction.atomic(), acting_as_system("proef"):
            assert Triage.objects.count() == 1

    @pytest.mark.parametrize("einde", [cancel_overleg, finish_overleg])
    def test_an_overleg_ends_while_a_card_comes_to_it(self, einde: Callable[..., Any]) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            overleg, aanmelding = OverlegFactory(), AanmeldingFactory(intake=True)
            een, twee = CoordinatorFactory(), CoordinatorFactory()

        together(
            (een, lambda: einde(overleg=overleg, actor=een, at=DONDERDAG)),
            (
                twee,
                lambda: move_card(
                    aanmelding=aanmelding, naar=AanmeldingStatus.VOOR_OVERLEG, actor=twee, at=MAANDAG
                ),
            ),
        )

        with transaction.atomic(), acting_as_system("proef"):
            punt = Agendapunt.objects.select_related("overleg").get(besluit="")
            assert punt.overleg.status == OverlegStatus.GEPLAND
            assert Aanmelding.objects.get().status == AanmeldingStatus.VOOR_OVERLEG

    def test_two_who_say_to_know_a_family_and_one_who_is_let_back(self) -> None:
        """The one who is second counts what the first wrote; nobody sees the family again by somebody else's timing."""
        with transaction.atomic(), acting_as_system("proef"):
            aanmelding, toegang = AanmeldingFactory(intake=True), ToegangFactory()
            een, twee, terug = TeamlidFactory(), TeamlidFactory(), TeamlidFactory()
            kent = mark_kent_gezin(aanmelding=aanmelding, actor=terug, at=MAANDAG)

        def mark(wie: Medewerker) -> tuple[Medewerker, Callable[[], Any]]:
            return wie, lambda: mark_kent_gezin(aanmelding=aanmelding, actor=wie, at=MAANDAG)

        lift = (toegang, lambda: lift_kent_gezin(kent=kent, actor=toegang, at=MAANDAG))
        assert together(mark(een), mark(twee), lift) == ["", "", ""]
        with transaction.atomic(), acting_as_system("proef"):
            assert set(
                KentGezin.objects.filter(opgeheven_op=None).values_list("medewerker_id", flat=True)
            ) == {
                een.pk,
                twee.pk,
            }
            assert set(Aanmelding.objects.get().kenners) == {een.pk, twee.pk}
            assert set(Melding.objects.get().verborgen_voor) == {een.pk, twee.pk}

    def test_a_melder_is_told_while_the_next_besluit_is_taken(self) -> None:
        """Both take the melding first. The other way round, who tells holds what the besluit waits for, and it never ends."""
        with transaction.atomic(), acting_as_system("proef"):
            een, twee = CoordinatorFactory(), CoordinatorFactory()
            punt = open_punt(melding__contactmoment__melder_soort=MelderSoort.INWONER_ZELF)
            decide(agendapunt=punt, besluit=Besluit.AANHOUDEN, actor=een, at=DONDERDAG, toelichting="Volgt.")
            start_termijn(melding=punt.aanmelding.melding, actor=een, at=DONDERDAG, code="WMO-BEV")
            later = Agendapunt.objects.get(besluit="")
            terugkoppeling = Terugkoppeling.objects.get()
        melding_is_held, telling = Barrier(2), []

        def besluit() -> None:
            Melding.objects.select_for_update().get()
            melding_is_held.wait(timeout=60)
            until_it_waits(telling[0])
            decide(agendapunt=later, besluit=Besluit.INTAKE, actor=een, at=DONDERDAG)

        def tell() -> None:
            telling.append(backend())
            melding_is_held.wait(timeout=60)
            tell_melder(terugkoppeling=terugkoppeling, actor=twee, at=DONDERDAG, hoe="telefonisch")

        assert together((een, besluit), (twee, tell)) == ["", TransitionNotAllowed.__name__]
        with transaction.atomic(), acting_as_system("proef"):
            standen = list(Terugkoppeling.objects.order_by("pk").values_list("status", "gedaan_op"))
            assert standen == [("vervallen", None), ("te_doen", None)]

    def test_the_database_itself_keeps_an_overleg_open_for_who_comes(self) -> None:
        """Past the services: a row put on an agenda that another connection closes before it commits."""
        with transaction.atomic(), acting_as_system("proef"):
            overleg, aanmelding, een = OverlegFactory(), AanmeldingFactory(intake=True), CoordinatorFactory()

        def put_on_agenda() -> None:
            Agendapunt.objects.create(overleg=overleg, aanmelding=aanmelding, volgorde=1)
            Aanmelding.objects.filter(pk=aanmelding.pk).update(status=AanmeldingStatus.VOOR_OVERLEG)
            check_keten()

        def close() -> None:
            Overleg.objects.filter(pk=overleg.pk).update(status=OverlegStatus.GEHOUDEN)
            check_keten()

        assert sorted(together((een, put_on_agenda), (een, close))) == ["", KetenBroken.__name__]
