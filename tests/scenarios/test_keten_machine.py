"""Wie ook wat doet, in welke volgorde ook: na elke handeling valt er niemand uit de keten.

Hypothesis kiest de handelingen; de services van intake, triage en casusregie voeren ze uit als de medewerker die ze mag. Een
weigering met een zin is goed. Na elke stap vragen we de triggers en, los daarvan, de controle van elke nacht.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from casusregie import services as casusregie
from casusregie.ketencontrole import find_violations
from casusregie.models import Actie, Casus, Nazorg, Schaling
from casusregie.status import CasusStatus
from intake import services as intake
from intake.models import Aard, Kanaal, MelderSoort, Melding
from intake.status import MeldingStatus
from skt.autorisatie.context import acting_as
from skt.kern.errors import DomainError
from skt.kern.keten import check_keten
from skt.medewerkers.models import Medewerker, Plaatsing
from skt.medewerkers.services import end_plaatsing
from tests.factories.medewerkers import organisatie, team
from tests.factories.triage import aanbod
from tests.scenarios.bezetting import Bezetting, bezet
from triage import services as triage
from triage.models import (
    Afwijkreden,
    Agendapunt,
    Besluit,
    Bord,
    Ernst,
    Nuldelijn,
    Overleg,
    Uitkomst,
    Urgentie,
)
from triage.status import OverlegStatus

BEGIN = datetime.fromisoformat("2026-11-02T09:30:00+01:00")
PER_HANDELING = timedelta(minutes=20)
WELKE = st.integers(min_value=0, max_value=7)
"""Welke van de rijen die er zijn; modulo hun aantal."""


class Keten(RuleBasedStateMachine):
    mensen: ClassVar[Bezetting]

    def __init__(self) -> None:
        super().__init__()
        self.nu = BEGIN
        self.stap = 0
        self.terug = transaction.atomic()
        self.terug.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.terug.__exit__(None, None, None)

    @invariant()
    def nobody_is_let_go(self) -> None:
        check_keten()
        assert [str(schending) for schending in find_violations()] == []

    def doe(self, wie: Medewerker, service: Callable[..., Any], **feiten: Any) -> Any:
        """Eén handeling; een weigering met een zin laat niets achter."""
        self.stap += 1
        self.nu += PER_HANDELING
        try:
            with acting_as(wie):
                return service(actor=wie, at=self.nu, **feiten)
        except DomainError as refused:
            if not str(refused).endswith("."):
                raise
            return None

    def dag(self, dagen: int) -> Any:
        return (self.nu + timedelta(days=dagen)).date()

    def zorgt_voor(self, casus: Casus) -> Medewerker:
        return casus.lopende_toewijzing("casusregie").medewerker

    @initialize(besluiten=st.lists(st.sampled_from(Besluit.values), min_size=1, max_size=2))
    def begin(self, besluiten: list[str]) -> None:
        """Een loket waar al iets loopt: twee casussen (een met procesregie), twee aanmeldingen en een open melding."""
        besloten = [Besluit.CASUSREGIE, Besluit.PROCESREGIE, *besluiten]
        for _ in [*besloten, "nog niet"]:
            self.bel("triage")
            self.trieer(0, Uitkomst.OVERLEG, Bord.VOLWASSENEN)
        for besluit in besloten:
            self.besluit(0, besluit)
        self.stap_in_de_casus(0, casusregie.start_casus)
        self.bel("triage")
        self.bel("later")

    # -- het loket

    @rule(route=st.sampled_from(["triage", "crisis", "later", "vervolg", "informatie"]))
    def bel(self, route: str) -> None:
        wie = self.mensen.loket
        inwoner = self.doe(wie, intake.register_inwoner, achternaam=f"Fictief{self.stap}")
        contact = self.doe(
            wie,
            intake.register_contact,
            sleutel=f"00000000-0000-4000-8000-{self.stap:012d}",
            kanaal=Kanaal.TELEFONISCH,
            melder_soort=MelderSoort.INWONER_ZELF,
        )
        melding = self.doe(
            wie,
            intake.register_melding,
            contactmoment=contact,
            hulpvraag="Ik red het niet meer.",
            aard=Aard.HULPVRAAG,
            inwoner=inwoner,
            inwoner_weet_ervan=True,
        )
        stap = {"volgende_stap": "Nabellen", "uiterlijk": self.nu + timedelta(days=2)}
        match route:
            case "informatie":
                self.doe(wie, intake.give_information, melding=melding, toelichting="Uitgelegd.")
            case "vervolg":
                self.doe(wie, intake.give_help, melding=melding, toelichting="Geholpen.", **stap)
            case "triage":
                self.doe(wie, intake.send_to_triage, melding=melding, toelichting="Meer dan één vraag.")
            case "crisis":
                self.doe(
                    wie,
                    intake.start_crisisroute,
                    melding=melding,
                    gewaarschuwd="Politie, 112",
                    gewaarschuwd_op=self.nu,
                )
            case _:
                self.doe(wie, intake.keep_for_later, melding=melding, toelichting="Later.", **stap)

    @rule(welke=WELKE, hoe=st.sampled_from(["collega", "team", "sluit", "pak"]))
    def werk_aan_een_open_melding(self, welke: int, hoe: str) -> None:
        melding = kies(Melding.objects.filter(status=MeldingStatus.OPEN), welke)
        if melding is None:
            return
        wie = melding.verantwoordelijke or self.mensen.loket
        match hoe:
            case "collega":
                self.doe(wie, intake.hand_over, melding=melding, medewerker=self.mensen.collega)
            case "team":
                self.doe(wie, intake.hand_over, melding=melding, team=team("voorportaal"))
            case "sluit":
                self.doe(wie, intake.close_melding, melding=melding, toelichting="Klaar.")
            case _:
                self.doe(self.mensen.collega, intake.take_over, melding=melding)

    # -- triage en overleg

    @rule(
        welke=WELKE,
        uitkomst=st.sampled_from(
            [Uitkomst.OVERLEG, Uitkomst.OVERLEG, Uitkomst.VRIJ_AANBOD, Uitkomst.INTAKE, Uitkomst.CRISISROUTE]
        ),
        bord=st.sampled_from([Bord.VOLWASSENEN, Bord.VOLWASSENEN, Bord.GEZAMENLIJK]),
    )
    def trieer(self, welke: int, uitkomst: str, bord: str) -> None:
        melding = kies(Melding.objects.filter(status=MeldingStatus.IN_TRIAGE), welke)
        if melding is None:
            return
        crisis = (
            {"gewaarschuwd": "112", "gewaarschuwd_op": self.nu} if uitkomst == Uitkomst.CRISISROUTE else {}
        )
        self.doe(
            self.mensen.toegang,
            triage.do_triage,
            melding=melding,
            ernst=Ernst.HOOG,
            urgentie=Urgentie.REGULIER,
            nuldelijn=Nuldelijn.PAST,
            voorzieningen=[aanbod()],
            uitkomst=uitkomst,
            toelichting="Meer dan één leefgebied.",
            bord=bord if uitkomst in (Uitkomst.OVERLEG, Uitkomst.INTAKE) else None,
            afwijkreden=Afwijkreden.MEER_BEKEND,
            **crisis,
        )

    @rule(
        welke=WELKE,
        besluit=st.sampled_from(
            [Besluit.CASUSREGIE, Besluit.CASUSREGIE, Besluit.PROCESREGIE, *Besluit.values]
        ),
    )
    def besluit(self, welke: int, besluit: str) -> None:
        punten = Agendapunt.objects.filter(besluit="", overleg__status=OverlegStatus.GEPLAND)
        punt = kies(punten.select_related("aanmelding__melding", "overleg"), welke)
        if punt is None:
            return
        regie = besluit in (Besluit.CASUSREGIE, Besluit.PROCESREGIE)
        self.doe(
            self.mensen.coordinator,
            triage.decide,
            agendapunt=punt,
            besluit=besluit,
            toelichting="Besproken.",
            uiterlijk=self.dag(7),
            partij=organisatie("kwadraad") if besluit == Besluit.VRIJ_AANBOD else None,
            casusregisseur=self.mensen.casusregisseur if regie else None,
            procesregisseur=self.mensen.procesregisseur if besluit == Besluit.PROCESREGIE else None,
        )

    @rule(welke=WELKE, hoe=st.sampled_from([triage.cancel_overleg, triage.finish_overleg]))
    def overleg_voorbij(self, welke: int, hoe: Callable[..., Any]) -> None:
        overleg = kies(Overleg.objects.filter(status=OverlegStatus.GEPLAND), welke)
        if overleg is not None:
            self.doe(self.mensen.coordinator, hoe, overleg=overleg)

    # -- de casus

    @rule(
        welke=WELKE,
        hoe=st.sampled_from(
            [casusregie.start_casus, casusregie.taper_casus, casusregie.resume_casus, casusregie.close_casus]
        ),
    )
    def stap_in_de_casus(self, welke: int, hoe: Callable[..., Any]) -> None:
        casus = kies(Casus.objects.all(), welke)
        if casus is not None:
            self.doe(self.zorgt_voor(casus), hoe, casus=casus)

    @rule(welke=WELKE, rond_af=st.booleans())
    def naar_nazorg(self, welke: int, rond_af: bool) -> None:
        casus = kies(Casus.objects.exclude(status=CasusStatus.AFGESLOTEN), welke)
        if casus is not None:
            self.doe(self.zorgt_voor(casus), casusregie.start_nazorg, casus=casus, rond_acties_af=rond_af)

    @rule(welke=WELKE, resultaat=st.sampled_from(Nazorg.Resultaat.values), later=st.sampled_from([None, 3]))
    def bel_na(self, welke: int, resultaat: str, later: int | None) -> None:
        nazorg = kies(Nazorg.objects.filter(uitgevoerd_op=None).select_related("casus"), welke)
        if nazorg is not None:
            wie = self.zorgt_voor(nazorg.casus)
            self.doe(wie, casusregie.record_nazorg, nazorg=nazorg, resultaat=resultaat, maanden_later=later)

    @rule(
        welke=WELKE,
        hoe=st.sampled_from([casusregie.complete_actie, casusregie.drop_actie]),
        met_nieuwe=st.booleans(),
    )
    def actie_af(self, welke: int, hoe: Callable[..., Any], met_nieuwe: bool) -> None:
        actie = kies(Actie.objects.filter(status=Actie.Status.OPEN).select_related("casus"), welke)
        if actie is not None:
            nieuwe = {"wat": "Bel de school", "uitvoerder": "inwoner", "uiterlijk": self.dag(5)}
            wie = self.zorgt_voor(actie.casus)
            self.doe(wie, hoe, actie=actie, toelichting="Af.", nieuwe=nieuwe if met_nieuwe else None)

    @rule(welke=WELKE, reden=st.sampled_from(["Verhuisd naar een ander team", ""]))
    def draag_over(self, welke: int, reden: str) -> None:
        casus = kies(Casus.objects.all(), welke)
        if casus is not None:
            oude = self.zorgt_voor(casus)
            ander = self.mensen.teamlid if oude == self.mensen.casusregisseur else self.mensen.casusregisseur
            self.doe(oude, casusregie.transfer_regie, casus=casus, medewerker=ander, reden=reden)

    @rule(welke=WELKE, op=st.booleans())
    def schaal(self, welke: int, op: bool) -> None:
        casus = kies(Casus.objects.all(), welke)
        if casus is None:
            return
        feiten = {
            "aanleiding": Schaling.Aanleiding.COMPLEX,
            "besproken_met": "School",
            "evaluatie_op": self.dag(30),
            **({"procesregisseur": self.mensen.procesregisseur} if op else {}),
        }
        hoe = casusregie.scale_up if op else casusregie.scale_down
        self.doe(self.zorgt_voor(casus), hoe, casus=casus, **feiten)

    @rule(welke=WELKE, code=st.sampled_from(["smow", "kwadraad", "mee"]), erbij=st.booleans())
    def betrek(self, welke: int, code: str, erbij: bool) -> None:
        casus = kies(Casus.objects.all(), welke)
        if casus is None:
            return
        wie, partij = self.zorgt_voor(casus), organisatie(code)
        if erbij:
            self.doe(wie, casusregie.add_betrokkenheid, casus=casus, organisatie=partij, rol="Coach")
        elif deel := casus.betrokkenheden.filter(organisatie=partij, tot=None).first():
            self.doe(wie, casusregie.end_betrokkenheid, betrokkenheid=deel)

    # -- wie er werkt

    @rule(
        wie=st.sampled_from(
            ["loket", "collega", "casusregisseur", "teamlid", "procesregisseur", "coordinator"]
        )
    )
    def laat_vertrekken(self, wie: str) -> None:
        """Een plaatsing eindigen mag alleen als er niets meer van afhangt; daarna is het voor de proef weer teruggedraaid."""
        plaatsing = Plaatsing.objects.get(medewerker=getattr(self.mensen, wie))
        with transaction.atomic():
            try:
                with acting_as(self.mensen.beheer):
                    end_plaatsing(plaatsing=plaatsing, tot=self.nu.date(), at=self.nu)
            except DomainError:
                pass
            else:
                self.nobody_is_let_go()
            transaction.set_rollback(True)


def kies(rijen: Any, welke: int) -> Any:
    """Eén van de rijen, of None als er geen zijn."""
    gevonden = list(rijen.order_by("pk"))
    return gevonden[welke % len(gevonden)] if gevonden else None


@pytest.mark.usefixtures("systeem")
def test_nobody_falls_out_of_the_keten() -> None:
    Keten.mensen = bezet()
    run_state_machine_as_test(
        Keten,
        settings=settings(
            derandomize=True,
            database=None,
            deadline=None,
            max_examples=18,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
