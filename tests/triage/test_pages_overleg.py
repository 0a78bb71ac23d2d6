"""Vergadermodus en de agenda, zoals voorzitter, secretaris en teamlid ze gebruiken."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from skt.kern.keuzelijsten import Leefgebied
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from skt.web.datums import long_date
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory, UitvraagFactory
from tests.factories.medewerkers import PlaatsingFactory, organisatie, team
from tests.factories.triage import (
    AanmeldingFactory,
    AgendapuntFactory,
    CasusregisseurFactory,
    CoordinatorFactory,
    OverlegFactory,
    ProcesregisseurFactory,
    TeamlidFactory,
    ToegangFactory,
    aanbod,
    open_punt,
)
from triage import gevolgen, werklast
from triage.models import Aanmelding, Agendapunt, Besluit, Nuldelijn, Overleg
from triage.status import AanmeldingStatus, OverlegStatus

AGENDA = "/aanmeldoverleg/agenda/"


@pytest.fixture(autouse=True)
def alleen_triage(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms do with a besluit is theirs to test."""
    monkeypatch.setattr(gevolgen, "_gevolgen", {})
    monkeypatch.setattr(werklast, "_tellers", [])


def url(overleg: Overleg) -> str:
    return reverse("triage:overleg_detail", args=[overleg.pk])


def next_week() -> date:
    return next_werkdag(timezone.localdate() + timedelta(days=7))


def post(client: Client, punt: Agendapunt, besluit: str, **facts: Any) -> Any:
    data = {"punt": punt.pk, "versie": punt.aanmelding.versie, "besluit": besluit, **facts}
    return client.post(url(punt.overleg), data, follow=True)


def errors(response: Any) -> str:
    return str(response.context["form"].errors)


class TestOverlegDetail:
    def test_shows_the_first_undecided_large_beside_the_agenda(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        overleg = OverlegFactory()
        gedaan = AgendapuntFactory(besloten=True, overleg=overleg)
        punt = open_punt(overleg=overleg, melding__hulpvraag="Er stond een deurwaarder aan de deur.")
        UitvraagFactory(melding=punt.aanmelding.melding, scores={Leefgebied.FINANCIEN: 1})

        response = client.get(url(overleg))

        html = response.content.decode()
        assert "Er stond een deurwaarder aan de deur." in html
        assert "financiën 1." in html
        assert gedaan.aanmelding.melding.over_wie in html
        assert (response.context["besloten"], response.context["te_gaan"]) == (1, 1)

    def test_takes_spoed_first(self, client: Client, coordinator: Medewerker) -> None:
        open_punt()
        spoed = open_punt(met_spoed=True)

        assert client.get(url(spoed.overleg)).context["huidige"].punt == spoed

    def test_tells_what_is_known_from_before(self, client: Client, coordinator: Medewerker) -> None:
        eerder = AgendapuntFactory(besloten=True, toelichting="Steunpunt Mantelzorg geprobeerd.", aanmelding__afgerond=True,
                                   aanmelding__intake=False, aanmelding__melding__medewerker__organisatie="kwadraad")  # fmt: skip
        punt = open_punt(melding__inwoner=eerder.aanmelding.melding.inwoner, triage__nuldelijn=Nuldelijn.PAST)
        punt.aanmelding.triage.voorzieningen.add(aanbod())

        html = client.get(f"{url(punt.overleg)}?punt={punt.pk}").content.decode()

        assert "Steunpunt Mantelzorg geprobeerd." in html
        assert "Thuisadministratie" in html

    def test_shows_how_full_the_hands_of_each_candidate_are(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        vol, leeg = CasusregisseurFactory(organisatie="smow"), CasusregisseurFactory(organisatie="mee")
        CasusregisseurFactory(team="jeugd")
        werklast.register_werklast(lambda ids: {pk: 12 for pk in ids if pk == vol.pk})

        response = client.get(url(open_punt().overleg))

        aantallen = {k.medewerker: (k.kort, k.aantal) for k in response.context["kandidaten"]}
        assert aantallen == {vol: ("SMOW", 12), leeg: ("MEE", 0)}
        assert "12 van 12 · vol" in response.content.decode()

    def test_reads_only_for_a_teamlid(self, client: Client, systeem: Any) -> None:
        punt = open_punt()
        client.force_login(TeamlidFactory())

        html = client.get(url(punt.overleg)).content.decode()

        assert punt.aanmelding.melding.hulpvraag in html
        assert "data-besluit" not in html
        assert post(client, punt, Besluit.INTAKE).status_code == 404
        assert Agendapunt.objects.get().besluit == ""

    def test_logs_everybody_whose_name_it_showed(self, client: Client, coordinator: Medewerker) -> None:
        overleg = OverlegFactory()
        punten = [open_punt(overleg=overleg), AgendapuntFactory(besloten=True, overleg=overleg)]

        client.get(url(overleg))

        regels = Regel.objects.filter(actie="triage.overleg_detail")
        assert {regel.inwoner_id for regel in regels} == {p.aanmelding.melding.inwoner_id for p in punten}

    def test_keeps_a_line_without_a_name_for_who_left_the_board(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        punt = AgendapuntFactory(
            besloten=True, besluit=Besluit.TERUG, aanmelding__afgerond=True, aanmelding__intake=False,
            aanmelding__melding__medewerker__organisatie="mee",
        )  # fmt: skip

        html = client.get(url(punt.overleg)).content.decode()

        assert "Niet (meer) op uw bord" in html
        assert str(punt.aanmelding.melding.inwoner) not in html

    def test_asks_no_besluit_of_who_cannot_see_the_melding(self, client: Client, systeem: Any) -> None:
        punt = open_punt()
        Melding.objects.filter(pk=punt.aanmelding.melding_id).update(afgeschermd=True)
        Aanmelding.objects.filter(pk=punt.aanmelding_id).update(afgeschermd=True)
        client.force_login(ToegangFactory(organisatie="mee"))

        html = client.get(url(punt.overleg)).content.decode()

        assert "data-besluit" not in html
        assert str(punt.aanmelding.melding.inwoner) not in html
        assert post(client, punt, Besluit.INTAKE).status_code == 404
        assert Agendapunt.objects.get().besluit == ""

    @pytest.mark.parametrize("vraag", ["punt=abc", "punt=99999999999999999999", "punt=0"])
    def test_is_not_there_for_a_strange_punt(
        self, client: Client, coordinator: Medewerker, vraag: str
    ) -> None:
        assert client.get(f"{url(open_punt().overleg)}?{vraag}").status_code == 404

    @pytest.mark.parametrize("pk", [0, 10**30])
    def test_is_not_there_for_an_overleg_that_is_not(
        self, client: Client, coordinator: Medewerker, pk: int
    ) -> None:
        assert client.get(f"/aanmeldoverleg/{pk}/").status_code == 404

    @pytest.mark.parametrize("aantal", [5, 30])
    def test_takes_the_same_few_queries(
        self, client: Client, coordinator: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        overleg = OverlegFactory()
        van = {"melding__medewerker": LoketmedewerkerFactory(), "triage__medewerker": ToegangFactory()}
        AanmeldingFactory.create_batch(aantal, overleg=overleg, **van)

        with django_assert_max_num_queries(40):
            client.get(url(overleg))

    def test_says_that_the_agenda_is_empty(self, client: Client, coordinator: Medewerker) -> None:
        assert "nog niets op de agenda" in client.get(url(OverlegFactory())).content.decode()


class TestBesluit:
    def test_is_recorded_and_the_next_comes_up(self, client: Client, coordinator: Medewerker) -> None:
        eerste, tweede = open_punt(), open_punt()

        response = post(client, eerste, Besluit.INTAKE, toelichting="Samen langs.")

        eerste.refresh_from_db()
        assert (eerste.besluit, eerste.besloten_door) == (Besluit.INTAKE, coordinator)
        assert response.context["huidige"].punt == tweede
        assert "Vastgelegd: " in response.content.decode()

    def test_of_regie_takes_partij_and_regisseur(self, client: Client, coordinator: Medewerker) -> None:
        punt, regisseur = open_punt(), CasusregisseurFactory(organisatie="smow")

        post(
            client, punt, Besluit.CASUSREGIE, casusregisseur=regisseur.pk,
            partij=organisatie("smow").pk, uiterlijk=next_week().strftime("%d-%m-%Y"),
        )  # fmt: skip

        punt.refresh_from_db()
        assert (punt.casusregisseur, punt.uiterlijk) == (regisseur, next_week())
        assert Aanmelding.objects.get().status == AanmeldingStatus.BELEGD

    def test_tells_that_a_day_off_became_a_werkdag(self, client: Client, coordinator: Medewerker) -> None:
        punt, vandaag = open_punt(), timezone.localdate()
        zondag = vandaag + timedelta(days=14 - vandaag.isoweekday())

        response = post(
            client, punt, Besluit.INTAKE, toelichting="Samen langs.", uiterlijk=zondag.isoformat()
        )

        punt.refresh_from_db()
        assert punt.uiterlijk == next_werkdag(zondag)
        assert f"is geen werkdag: de datum is nu {long_date(punt.uiterlijk)}." in response.content.decode()

    def test_of_opschalen_takes_a_procesregisseur(self, client: Client, coordinator: Medewerker) -> None:
        punt, regisseur, proces = open_punt(), CasusregisseurFactory(), ProcesregisseurFactory(team="jeugd")

        post(
            client, punt, Besluit.PROCESREGIE, casusregisseur=regisseur.pk, procesregisseur=proces.pk,
            uiterlijk=next_week().isoformat(),
        )  # fmt: skip

        punt.refresh_from_db()
        assert punt.procesregisseur == proces

    @pytest.mark.parametrize(
        ("besluit", "facts", "zin"),
        [
            ("", {}, "Kies een besluit."),
            ("zomaar", {}, "Kies een besluit uit de lijst."),
            (Besluit.CASUSREGIE, {}, "Kies wie de casusregisseur wordt."),
            (Besluit.INTAKE, {"uiterlijk": "1-1-2020"}, "Deze datum is al voorbij."),
            (Besluit.INTAKE, {"uiterlijk": "morgen"}, "Schrijf de dag als dag-maand-jaar"),
            (Besluit.INTAKE, {"uiterlijk": "1-1-2999"}, "erg ver weg"),
            (Besluit.INTAKE, {"partij": "999999"}, "Kies iets uit de lijst."),
            (Besluit.INTAKE, {"partij": "9" * 40}, "Kies iets uit de lijst."),
            (Besluit.CASUSREGIE, {"casusregisseur": "999999"}, "Kies iets uit de lijst."),
            (Besluit.TERUG, {}, "Schrijf op wat het voorportaal nog moet uitzoeken."),
            (Besluit.INTAKE, {"toelichting": "nul\x00"}, "tekens die we niet kunnen bewaren"),
            (Besluit.INTAKE, {"versie": "7"}, "Een collega heeft deze aanmelding gewijzigd."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, coordinator: Medewerker, besluit: str, facts: dict[str, str], zin: str
    ) -> None:
        punt = open_punt()

        response = post(client, punt, besluit, **{"toelichting": "", **facts})

        assert response.status_code == 200
        assert zin in errors(response)
        punt.refresh_from_db()
        assert punt.besluit == ""
        assert Aanmelding.objects.get().status == AanmeldingStatus.VOOR_OVERLEG

    def test_can_be_sent_again_after_a_colleague_saved(self, client: Client, coordinator: Medewerker) -> None:
        punt = open_punt()
        Aanmelding.objects.update(versie=4)
        response = post(client, punt, Besluit.INTAKE, toelichting="Samen langs.")

        assert "Samen langs." in response.content.decode()
        assert response.context["form"]["versie"].value() == 4

    def test_a_second_one_tells_who_was_first_and_keeps_the_words(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        punt = open_punt()
        Agendapunt.objects.update(
            besluit=Besluit.INTAKE, besloten_op=timezone.now(), besloten_door=coordinator
        )
        Aanmelding.objects.update(status=AanmeldingStatus.INTAKE)

        html = post(client, punt, Besluit.TERUG, toelichting="Toch terug.").content.decode()

        assert "Hierover is al besloten" in html
        assert "Toch terug." in html
        assert Agendapunt.objects.get().besluit == Besluit.INTAKE

    def test_is_not_taken_in_an_overleg_that_is_closed(self, client: Client, coordinator: Medewerker) -> None:
        punt = AgendapuntFactory(overleg=OverlegFactory(gehouden=True))

        response = post(client, punt, Besluit.INTAKE, toelichting="Samen langs.")

        assert response.status_code == 422
        assert "Dit overleg is intussen gehouden" in response.content.decode()
        assert "Samen langs." in response.content.decode()
        assert Agendapunt.objects.get().besluit == ""

    def test_keeps_the_words_when_the_overleg_was_cancelled_meanwhile(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        punt = AgendapuntFactory(overleg=OverlegFactory(begint_op=timezone.now() + timedelta(days=9)))
        ander = CoordinatorFactory(team="jeugd")
        oud = url(punt.overleg)
        client.post(reverse("triage:overleg_cancel", args=[punt.overleg_id]))

        response = client.post(oud, {"punt": punt.pk, "besluit": Besluit.TERUG, "toelichting": "Toch terug."})
        client.force_login(ander)
        vreemd = client.post(oud, {"punt": punt.pk, "besluit": Besluit.TERUG})

        html = response.content.decode()
        assert (response.status_code, vreemd.status_code) == (422, 404)
        assert "Dit overleg is intussen geannuleerd" in html
        assert "Toch terug." in html
        assert str(Besluit.TERUG.label) in html
        assert Agendapunt.objects.get().besluit == ""

    def test_of_another_overleg_is_not_there(self, client: Client, coordinator: Medewerker) -> None:
        punt, ander = open_punt(), OverlegFactory(week_later=True)
        response = client.post(url(ander), {"punt": punt.pk, "besluit": Besluit.INTAKE})

        assert response.status_code == 404
        assert Agendapunt.objects.get().besluit == ""


class TestOverlegList:
    def test_shows_what_comes_and_what_was(self, client: Client, coordinator: Medewerker) -> None:
        OverlegFactory(begint_op=timezone.now() + timedelta(days=3))
        OverlegFactory(begint_op=timezone.now() - timedelta(days=3), gehouden=True)
        OverlegFactory(bord="jeugd")

        response = client.get(AGENDA)

        assert (len(response.context["komend"]), len(response.context["geweest"])) == (1, 1)

    def test_plans(self, client: Client, coordinator: Medewerker) -> None:
        dag = next_werkdag(next_week())

        response = client.post(
            AGENDA,
            {
                "bord": "volwassenen",
                "begint_op": f"{dag:%Y-%m-%d}T13:30",
                "plaats": "",
                "voorzitter": coordinator.pk,
            },
            follow=True,
        )

        overleg = Overleg.objects.get()
        assert timezone.localtime(overleg.begint_op).hour == 13
        assert (overleg.plaats, overleg.voorzitter) == ("Van Heeckerenhuis", coordinator)
        assert "staat op de agenda" in response.content.decode()

    @pytest.mark.parametrize(
        ("facts", "veld"),
        [
            ({"bord": "jeugd"}, "bord"),
            ({"begint_op": "straks"}, "begint_op"),
            ({"begint_op": "2020-01-06T10:00"}, "begint_op"),
            ({"begint_op": "2999-01-06T10:00"}, "begint_op"),
            ({"voorzitter": "999999"}, "voorzitter"),
            ({"plaats": "x" * 200}, "plaats"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(
        self, client: Client, coordinator: Medewerker, facts: dict[str, str], veld: str
    ) -> None:
        goed = {"bord": "volwassenen", "begint_op": f"{next_werkdag(next_week()):%Y-%m-%d}T10:00"}

        response = client.post(AGENDA, {**goed, **facts})

        assert veld in response.context["form"].errors
        assert not Overleg.objects.exists()

    def test_is_read_only_for_a_teamlid(self, client: Client, systeem: Any) -> None:
        overleg = OverlegFactory()
        client.force_login(TeamlidFactory())

        assert client.get(AGENDA).context["form"] is None
        assert client.post(AGENDA, {"bord": "volwassenen"}).status_code == 404
        for naam in ("overleg_cancel", "overleg_finish"):
            assert client.post(reverse(f"triage:{naam}", args=[overleg.pk])).status_code == 404
        assert Overleg.objects.get().status == OverlegStatus.GEPLAND

    def test_cancels_and_takes_the_cards_along(self, client: Client, coordinator: Medewerker) -> None:
        punt = open_punt()

        client.post(reverse("triage:overleg_cancel", args=[punt.overleg_id]))

        punt.refresh_from_db()
        assert punt.overleg.status == OverlegStatus.GEPLAND
        assert Overleg.objects.count() == 2

    def test_says_why_an_overleg_cannot_close(self, client: Client, coordinator: Medewerker) -> None:
        punt = open_punt(overleg=OverlegFactory(begint_op=timezone.now() - timedelta(hours=2)))

        html = client.post(
            reverse("triage:overleg_finish", args=[punt.overleg_id]), follow=True
        ).content.decode()

        assert "Over 1 aanmelding is nog niet besloten." in html

    def test_closes_when_all_is_decided(self, client: Client, coordinator: Medewerker) -> None:
        overleg = OverlegFactory(begint_op=timezone.now() - timedelta(hours=2))

        client.post(reverse("triage:overleg_finish", args=[overleg.pk]))

        overleg.refresh_from_db()
        assert overleg.status == OverlegStatus.GEHOUDEN

    def test_of_another_team_is_not_there(self, client: Client, coordinator: Medewerker) -> None:
        jeugd = OverlegFactory(bord="jeugd")

        assert client.get(url(jeugd)).status_code == 404
        assert client.post(reverse("triage:overleg_cancel", args=[jeugd.pk])).status_code == 404
        jeugd.refresh_from_db()
        assert jeugd.status == OverlegStatus.GEPLAND

    def test_of_a_team_one_only_works_in_is_for_who_coordinates_that(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        PlaatsingFactory(medewerker=coordinator, team=team("jeugd"), rol=Rol.TEAMLID)
        jeugd, gezamenlijk = OverlegFactory(bord="jeugd"), OverlegFactory(bord="gezamenlijk")

        assert client.get(url(jeugd)).status_code == 200
        assert client.post(reverse("triage:overleg_cancel", args=[jeugd.pk])).status_code == 404
        assert client.get(reverse("triage:overleg_change", args=[jeugd.pk])).status_code == 404
        choices = dict(client.get(AGENDA).context["form"].fields["bord"].choices)
        assert set(choices) == {"volwassenen", "gezamenlijk"}
        client.post(reverse("triage:overleg_cancel", args=[gezamenlijk.pk]))
        jeugd.refresh_from_db()
        gezamenlijk.refresh_from_db()
        assert (jeugd.status, gezamenlijk.status) == (OverlegStatus.GEPLAND, OverlegStatus.GEANNULEERD)


class TestAnonymousMelding:
    def test_is_shown_as_anoniem_and_can_be_decided(self, client: Client, coordinator: Medewerker) -> None:
        punt = open_punt(melding=MeldingFactory(bij_team=True, anoniem=True))

        assert "Anoniem" in client.get(url(punt.overleg)).content.decode()
        assert "over wie het gaat" in errors(
            post(
                client,
                punt,
                Besluit.CASUSREGIE,
                casusregisseur=CasusregisseurFactory().pk,
                uiterlijk=next_week(),
            )
        )
