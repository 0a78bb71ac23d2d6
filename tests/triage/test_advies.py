"""Het advies bij een triage: het volgt het protocol, anders beslissen vraagt een reden, en het blijft staan."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from intake.models import Melding
from intake.status import MeldingStatus
from skt.kern.keuzelijsten import Leefgebied, Thema
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory, MeldingTermijnFactory, UitvraagFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.protocol import ProtocolversieFactory, TriageadviesFactory
from tests.fixtures import MAANDAG
from triage.models import (
    Aanmelding,
    Afwijkreden,
    Bord,
    Ernst,
    Nuldelijn,
    Protocolversie,
    Triage,
    Triageadvies,
    Uitkomst,
    Urgentie,
)
from triage.protocol.afwijken import find_deviations
from triage.protocol.regels import Advies
from triage.queries.protocol import advise, read_situaties
from triage.services import do_triage
from triage.services.advies import DeviationUnexplained
from triage.status import ProtocolStatus

Als = Callable[[Medewerker], AbstractContextManager[Any]]


@pytest.fixture
def melding(systeem: Any) -> Melding:
    """Rule 15 of the first protocol: to the volwassenen, regulier."""
    return MeldingFactory(in_triage=True)


def run(als: Als, melding: Melding, actor: Medewerker, **facts: Any) -> Triage:
    default = {
        "ernst": Ernst.MATIG, "urgentie": Urgentie.REGULIER, "uitkomst": Uitkomst.OVERLEG,
        "nuldelijn": Nuldelijn.PAST_NIET, "nuldelijn_toelichting": "Past niet.", "ernaast": "later",
    }  # fmt: skip
    with als(actor):
        return do_triage(melding=melding, actor=actor, at=MAANDAG, **{**default, **facts})


class TestFindDeviations:
    OVERLEG = Advies(uitkomst=Uitkomst.OVERLEG, bord=Bord.JEUGD, urgentie=Urgentie.SPOED)

    @pytest.mark.parametrize(
        ("advies", "gekozen", "anders"),
        [
            (OVERLEG, (Uitkomst.OVERLEG, Bord.JEUGD, Urgentie.SPOED), []),
            (OVERLEG, (Uitkomst.OVERLEG, Bord.VOLWASSENEN, Urgentie.SPOED), ["bord"]),
            (OVERLEG, (Uitkomst.OVERLEG, Bord.JEUGD, Urgentie.LAAG), ["urgentie"]),
            (OVERLEG, (Uitkomst.INTAKE, Bord.VOLWASSENEN, Urgentie.LAAG), ["uitkomst", "urgentie"]),
            (Advies(), (Uitkomst.INTAKE, Bord.VOLWASSENEN, Urgentie.LAAG), []),
            (Advies(bord=Bord.JEUGD), (Uitkomst.OVERLEG, Bord.VOLWASSENEN, Urgentie.LAAG), []),
        ],
    )
    def test_names_what_differs(
        self, advies: Advies, gekozen: tuple[str, str, str], anders: list[str]
    ) -> None:
        uitkomst, bord, urgentie = gekozen
        assert find_deviations(advies, uitkomst=uitkomst, bord=bord, urgentie=urgentie) == anders


class TestReadSituaties:
    def test_knows_what_a_rule_may_ask_and_nothing_else(self, systeem: Any) -> None:
        melding = MeldingFactory(
            in_triage=True, themas=[Thema.SCHULDEN.value], met_spoed=True,
            inwoner=InwonerFactory(geboortedatum=date(2008, 11, 3)), ontvangen_op=MAANDAG,
        )  # fmt: skip
        uitvraag = UitvraagFactory(
            melding=melding, scores={Leefgebied.FINANCIEN: 2, Leefgebied.SOCIAAL: None}
        )
        uitvraag.antwoorden.update(eigen_kracht="", netwerk="", wens="", lopende_hulp="")
        uitvraag.antwoorden.filter(leefgebied="financien").update(netwerk="Een zus.")
        MeldingTermijnFactory(melding=melding, soort_id="WGS-3D")

        situatie = read_situaties(Melding.objects.all())[melding.pk]

        assert situatie.themas == {Thema.SCHULDEN}
        assert situatie.leeftijd == 17  # one day before the eighteenth birthday
        assert situatie.scores == {"financien": 2}
        assert situatie.termijnen == {"WGS-3D"}
        assert situatie.genoemd == {"netwerk"}
        assert situatie.spoed

    @pytest.mark.parametrize(("jaar", "leeftijd"), [(2000, 26), (None, None)])
    def test_an_age_of_only_a_year(self, systeem: Any, jaar: int | None, leeftijd: int | None) -> None:
        melding = MeldingFactory(
            ontvangen_op=MAANDAG, inwoner=InwonerFactory(geboortedatum=None, geboortejaar=jaar)
        )

        assert read_situaties(Melding.objects.all())[melding.pk].leeftijd == leeftijd

    @pytest.mark.parametrize("aantal", [2, 20])
    def test_takes_three_queries(self, systeem: Any, aantal: int, django_assert_num_queries: Any) -> None:
        for melding in MeldingFactory.create_batch(aantal):
            UitvraagFactory(melding=melding)

        with django_assert_num_queries(3):
            assert len(read_situaties(Melding.objects.all())) == aantal


class TestDoTriage:
    def test_keeps_the_advice_with_the_lines_that_led_to_it(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        triage = run(als, melding, toegang)

        advies = Triageadvies.objects.get()
        assert (advies.triage, advies.versie.nummer) == (triage, 1)
        assert (advies.uitkomst, advies.bord, advies.urgentie) == (
            Uitkomst.OVERLEG, Bord.VOLWASSENEN, Urgentie.REGULIER
        )  # fmt: skip
        assert advies.regels == {"uitkomst": 15, "bord": 15, "urgentie": 15, "ernst": 15}
        assert (advies.afwijkt_op, advies.afwijkreden) == ([], "")

    @pytest.mark.parametrize(
        ("facts", "veld"),
        [
            ({"urgentie": Urgentie.SPOED}, "afwijkreden"),
            ({"uitkomst": Uitkomst.INFORMATIE}, "afwijkreden"),
            ({"bord": Bord.JEUGD}, "afwijkreden"),
            ({"bord": Bord.JEUGD, "afwijkreden": "zomaar"}, "afwijkreden"),
            ({"bord": Bord.JEUGD, "afwijkreden": Afwijkreden.ANDERS}, "afwijktoelichting"),
            (
                {"bord": Bord.JEUGD, "afwijkreden": Afwijkreden.WENS, "afwijktoelichting": "x" * 301},
                "afwijktoelichting",
            ),
        ],
    )
    def test_refuses_another_decision_without_a_reason_and_changes_nothing(
        self, als: Als, melding: Melding, toegang: Medewerker, facts: dict[str, Any], veld: str
    ) -> None:
        with pytest.raises(DeviationUnexplained, match=r"[.]$") as refused:
            run(als, melding, toegang, **facts)

        assert refused.value.veld == veld
        melding.refresh_from_db()
        assert melding.status == MeldingStatus.IN_TRIAGE
        assert not Triage.objects.exists()
        assert not Aanmelding.objects.exists()

    def test_keeps_the_reason(self, als: Als, melding: Melding, toegang: Medewerker) -> None:
        run(
            als, melding, toegang, urgentie=Urgentie.SPOED, bord=Bord.JEUGD,
            afwijkreden=Afwijkreden.ANDERS, afwijktoelichting=" De school belde. ",
        )  # fmt: skip

        advies = Triageadvies.objects.get()
        assert advies.afwijkt_op == ["bord", "urgentie"]
        assert (advies.afwijkreden, advies.afwijktoelichting) == ("anders", "De school belde.")
        assert advies.gekozen_bord == Bord.JEUGD

    def test_a_reason_without_a_deviation_is_let_go(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        run(als, melding, toegang, afwijkreden=Afwijkreden.WENS, afwijktoelichting="Wil ze graag.")

        assert Triageadvies.objects.get().afwijkreden == ""

    def test_without_a_bord_the_protocol_says_which(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        MeldingTermijnFactory(melding=melding, soort_id="WGS-3D")
        Protocolversie.objects.filter(status=ProtocolStatus.ACTIEF).update(status=ProtocolStatus.OUD)
        ProtocolversieFactory(
            status=ProtocolStatus.ACTIEF, actief_vanaf=MAANDAG,
            regels=[{"naam": "A", "als": {}, "dan": {"uitkomst": Uitkomst.OVERLEG.value, "bord": "gezamenlijk"}}],
        )  # fmt: skip

        run(als, melding, toegang)

        assert Aanmelding.objects.get().bord == Bord.GEZAMENLIJK

    def test_goes_on_without_advice_when_no_version_is_in_use(
        self, als: Als, melding: Melding, toegang: Medewerker
    ) -> None:
        Protocolversie.objects.filter(status=ProtocolStatus.ACTIEF).update(status=ProtocolStatus.OUD)

        run(als, melding, toegang, urgentie=Urgentie.LAAG)

        assert not Triageadvies.objects.exists()


class TestDatabase:
    def test_lets_no_concept_advise(self, systeem: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            TriageadviesFactory(versie=ProtocolversieFactory())

    def test_asks_a_reason_itself(self, systeem: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            TriageadviesFactory(afwijkt_op=["bord"])

    def test_keeps_one_version_in_use(self, systeem: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            ProtocolversieFactory(status=ProtocolStatus.ACTIEF, actief_vanaf=MAANDAG)

    def test_never_changes_what_was_in_use(self, systeem: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Protocolversie.objects.filter(nummer=1).update(regels=[])

        assert len(Protocolversie.objects.get(nummer=1).regels) == 15


class TestTriageForm:
    @pytest.fixture
    def url(self, client: Client, toegang: Medewerker, melding: Melding) -> str:
        client.force_login(toegang)
        return reverse("triage:triage_form", args=[melding.nummer])

    def filled(self, melding: Melding, **facts: Any) -> dict[str, Any]:
        return {
            "versie": melding.versie, "nuldelijn": "past_niet", "nuldelijn_toelichting": "Past niet.",
            "ernst": "matig", "urgentie": Urgentie.REGULIER.value, "uitkomst": Uitkomst.OVERLEG.value, "ernaast": "later",
            "bord": "volwassenen", **facts,
        }  # fmt: skip

    def test_shows_the_advice_the_lines_and_that_the_professional_decides(
        self, client: Client, url: str, melding: Melding
    ) -> None:
        MeldingTermijnFactory(melding=melding, soort_id="WGS-3D")

        html = client.get(url).content.decode()

        for words in (
            "Advies van het protocol", "U beslist", "Dreigende ontruiming of afsluiting", "vraag uitstel",
            "Wgs, artikel 4 lid 2", "Protocol versie 1", "regel 2",
        ):  # fmt: skip
            assert words in html

    def test_asks_for_the_reason_at_its_field_and_keeps_what_was_typed(
        self, client: Client, url: str, melding: Melding
    ) -> None:
        response = client.post(url, self.filled(melding, bord="jeugd", toelichting="De school belde."))

        html = response.content.decode()
        assert "U beslist anders dan het advies over het team. Kies waarom." in html
        assert 'id="id_afwijkreden_error"' in html
        assert "De school belde." in html
        assert not Triage.objects.exists()

    def test_takes_the_decision_with_its_reason(self, client: Client, url: str, melding: Melding) -> None:
        client.post(url, self.filled(melding, bord="jeugd", afwijkreden="ander team"))

        assert Triageadvies.objects.get().afwijkreden == "ander team"
        for pagina in ("triage:aanmelding_detail", "intake:melding_detail"):
            html = client.get(reverse(pagina, args=[melding.nummer])).content.decode()
            assert "Anders besloten over het team: " in html, pagina
            assert "raadde aan: aanmeldoverleg" in html, pagina

    def test_says_so_when_there_is_no_protocol(self, client: Client, url: str) -> None:
        Protocolversie.objects.filter(status=ProtocolStatus.ACTIEF).update(status=ProtocolStatus.OUD)

        assert "U weegt zonder advies" in client.get(url).content.decode()

    def test_advise_is_none_for_rules_that_cannot_be_read(self, systeem: Any, melding: Melding) -> None:
        Protocolversie.objects.filter(status=ProtocolStatus.ACTIEF).update(status=ProtocolStatus.OUD)
        ProtocolversieFactory(status=ProtocolStatus.ACTIEF, actief_vanaf=MAANDAG, regels=[{"naam": ""}])

        assert advise(melding) is None
