"""De werkvoorraad van triage: per team, de volgorde, oppakken met twee tegelijk, en eigen filters."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.aanwezigheid import show_up
from intake.models import Melding, MeldingTermijn
from intake.services import record_uitvraag, start_termijn
from skt.autorisatie.context import acting_as_system
from skt.kern.gebieden import Gebied
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.triage import TeamlidFactory, ToegangFactory
from tests.fixtures import MAANDAG
from tests.triage.test_keten import together
from triage.models import Triagebeurt, Triageconcept, Triagefilter
from triage.services import (
    AlreadyClaimed,
    FilterInvalid,
    NothingToWeigh,
    NotInTriage,
    NotYourTurn,
    claim_melding,
    claim_next,
    release_melding,
    save_filter,
)

Als = Callable[[Medewerker], AbstractContextManager[Any]]
LIJST = "/triage/"


def held(melding: Melding) -> int | None:
    return Melding.objects.values_list("verantwoordelijke", flat=True).get(pk=melding.pk)


class TestOrder:
    def test_crisis_then_spoed_then_what_ends_first(self, client: Client, toegang: Medewerker) -> None:
        nu = timezone.now()
        later = MeldingFactory(in_triage=True, uiterlijk=nu + timedelta(days=4))
        eerder = MeldingFactory(in_triage=True, uiterlijk=nu + timedelta(days=3))
        spoed = MeldingFactory(in_triage=True, met_spoed=True, uiterlijk=nu + timedelta(days=9))
        crisis = MeldingFactory(in_triage=True, spoor="crisis", uiterlijk=nu + timedelta(days=9))

        html = client.get(LIJST).content.decode()

        places = [html.index(een.nummer) for een in (crisis, spoed, eerder, later)]
        assert places == sorted(places)
        assert "Crisis: nu" in html

    def test_a_legal_term_that_ends_sooner_goes_first(self, client: Client, toegang: Medewerker) -> None:
        nu = timezone.now()
        eerst = MeldingFactory(in_triage=True, uiterlijk=nu + timedelta(days=3))
        wet = MeldingFactory(in_triage=True, uiterlijk=nu + timedelta(days=20))
        MeldingTermijn.objects.create(
            melding=wet,
            soort_id="WGS-3D",
            begonnen_op=nu.date() - timedelta(days=3),
            uiterlijk=nu.date() + timedelta(days=1),
        )

        html = client.get(LIJST).content.decode()

        assert html.index(wet.nummer) < html.index(eerst.nummer)
        assert "Wettelijk: " in html

    def test_a_term_that_is_met_counts_no_more(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        with als(toegang):
            termijn = start_termijn(melding=melding, actor=toegang, at=timezone.now(), code="WMO-OND")
            melding.refresh_from_db()
            assert melding.eerste_termijn == termijn.uiterlijk
            MeldingTermijn.objects.filter(pk=termijn.pk).update(voldaan_op=termijn.begonnen_op)
        melding.refresh_from_db()
        assert melding.eerste_termijn is None

    def test_nobody_writes_the_derived_columns_by_hand(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        with als(toegang):
            Melding.objects.filter(pk=melding.pk).update(leefgebieden=["sociaal"])
        melding.refresh_from_db()
        assert melding.leefgebieden == []


class TestFilters:
    def test_by_leefgebied_where_something_is_needed(
        self, client: Client, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        anders = MeldingFactory(in_triage=True)
        for een, score in ((melding, 2), (anders, 5)):
            with als(toegang):
                record_uitvraag(
                    melding=een,
                    actor=toegang,
                    at=MAANDAG,
                    antwoorden={Leefgebied.FINANCIEN: {"score": score}},
                )

        html = client.get(f"{LIJST}?leefgebied=financien").content.decode()

        assert melding.nummer in html
        assert anders.nummer not in html

    def test_by_organisation_that_took_it_in(self, client: Client, toegang: Medewerker) -> None:
        smow = MeldingFactory(in_triage=True, medewerker=LoketmedewerkerFactory(organisatie="smow"))
        mee = MeldingFactory(in_triage=True, medewerker=LoketmedewerkerFactory(organisatie="mee"))

        html = client.get(f"{LIJST}?organisatie={smow.organisatie_id}").content.decode()

        assert smow.nummer in html
        assert mee.nummer not in html

    def test_by_gebied_never_finds_a_geheim_adres(self, client: Client, toegang: Medewerker) -> None:
        buurt = Gebied.values[0], Gebied(Gebied.values[0]).buurtcodes[0]
        gewoon, geheim = (
            MeldingFactory(in_triage=True, inwoner__buurtcode=buurt[1], inwoner__geheim=stil)
            for stil in (False, True)
        )

        html = client.get(f"{LIJST}?gebied={buurt[0]}").content.decode()

        assert gewoon.nummer in html
        assert geheim.nummer not in html

    def test_tabs_count_each_team_with_the_other_filters(self, client: Client, toegang: Medewerker) -> None:
        MeldingFactory(in_triage=True, themas=["jeugdhulp"], spoor="mentaal")
        MeldingFactory(in_triage=True, spoor="mentaal")
        MeldingFactory(in_triage=True, spoor="sociaal")

        tabs = client.get(f"{LIJST}?spoor=mentaal").context["tabs"]

        assert {tab["label"]: tab["aantal"] for tab in tabs} == {
            "Alle teams": 2, "Jeugd/gezin": 1, "Volwassenen": 1, "Gezamenlijk": 0,
        }  # fmt: skip
        assert all("spoor=mentaal" in tab["url"] for tab in tabs)


class TestSavedFilters:
    def test_is_saved_named_and_opens_the_list(self, client: Client, toegang: Medewerker) -> None:
        client.post(
            reverse("triage:filter_save"),
            {
                "naam": "Jeugd met spoed",
                "standaard": "on",
                "bord": "jeugd",
                "spoor": "mentaal",
                "zoek": "Jansen",
            },
        )

        response = client.get(LIJST)
        assert response.status_code == 302
        assert "bord=jeugd" in response["Location"]
        assert "Jansen" not in response["Location"]
        assert "Jeugd met spoed" in client.get(response["Location"]).content.decode()
        assert Triagefilter.objects.get().keuzes == {"bord": "jeugd", "spoor": "mentaal"}

    def test_is_renamed_and_deleted(self, client: Client, als: Als, toegang: Medewerker) -> None:
        with als(toegang):
            bewaard = save_filter(actor=toegang, naam="Oud", keuzes={"bord": "jeugd"}, standaard=True)
        url = reverse("triage:filter_edit", args=[bewaard.pk])

        assert client.post(url, {"naam": "Nieuw"}).status_code == 302
        with als(toegang):
            row = Triagefilter.objects.get()
            assert (row.naam, row.standaard, row.keuzes) == ("Nieuw", False, {"bord": "jeugd"})
        assert client.post(url, {"verwijder": "1"}).status_code == 302
        with als(toegang):
            assert not Triagefilter.objects.exists()

    def test_of_a_colleague_is_not_there(self, client: Client, als: Als, toegang: Medewerker) -> None:
        ander = ToegangFactory()
        with als(ander):
            bewaard = save_filter(actor=ander, naam="Geheim filter", keuzes={"bord": "jeugd"})
        url = reverse("triage:filter_edit", args=[bewaard.pk])

        assert client.get(url).status_code == 404
        assert client.post(url, {"verwijder": "1"}).status_code == 404
        assert "Geheim filter" not in client.get(LIJST).content.decode()
        with als(ander):
            assert Triagefilter.objects.get().naam == "Geheim filter"

    @pytest.mark.parametrize(
        ("data", "zin"),
        [
            ({"naam": " ", "bord": "jeugd"}, "Geef het filter een naam."),
            ({"naam": "x" * 41, "bord": "jeugd"}, "Maak de tekst korter"),
            ({"naam": "Niets"}, "Kies eerst een filter"),
            ({"naam": "nul\x00", "bord": "jeugd"}, "tekens die we niet kunnen bewaren"),
        ],
    )
    def test_says_what_is_wrong(
        self, client: Client, als: Als, toegang: Medewerker, data: dict[str, str], zin: str
    ) -> None:
        response = client.post(reverse("triage:filter_save"), data)

        assert response.status_code == 422
        assert zin in response.content.decode()
        with als(toegang):
            assert not Triagefilter.objects.exists()

    def test_the_same_name_replaces_and_a_taken_name_is_refused(
        self, client: Client, als: Als, toegang: Medewerker
    ) -> None:
        with als(toegang):
            een = save_filter(actor=toegang, naam="Een", keuzes={"bord": "jeugd"})
            save_filter(actor=toegang, naam="Twee", keuzes={"bord": "volwassenen"})
            save_filter(actor=toegang, naam="EEN", keuzes={"spoor": "crisis"})
            assert Triagefilter.objects.get(pk=een.pk).keuzes == {"spoor": "crisis"}

        response = client.post(reverse("triage:filter_edit", args=[een.pk]), {"naam": "twee"})
        assert "U heeft al een filter met deze naam." in response.content.decode()

    def test_a_strange_choice_is_not_kept(self, als: Als, toegang: Medewerker) -> None:
        with als(toegang), pytest.raises(FilterInvalid):
            save_filter(actor=toegang, naam="Raar", keuzes={"zoek": "Jansen", "van": "x"})

    def test_who_is_not_in_the_toegang_has_none(self, client: Client, systeem: Any) -> None:
        client.force_login(TeamlidFactory())
        data = {"naam": "Jeugd", "bord": "jeugd"}

        assert client.post(reverse("triage:filter_save"), data).status_code == 404


class TestClaim:
    def test_puts_it_on_ones_name_and_opens_it(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        response = client.post(reverse("triage:claim", args=[melding.nummer]))

        assert response["Location"] == reverse("triage:triage_form", args=[melding.nummer])
        assert held(melding) == toegang.pk
        assert Triagebeurt.objects.get().medewerker == toegang
        assert Regel.objects.filter(actie="triage.claim_melding").exists()

    def test_the_second_hears_who_and_when(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        ander = ToegangFactory(voornaam="Sanne", achternaam="de Vries")
        with als(ander):
            claim_melding(melding=melding, actor=ander, at=MAANDAG)

        with als(toegang), pytest.raises(AlreadyClaimed, match=r"Sanne de Vries was u voor: .* om 09:30"):
            claim_melding(melding=melding, actor=toegang, at=MAANDAG + timedelta(minutes=5))
        assert held(melding) == ander.pk

    def test_is_taken_over_only_from_whom_one_saw(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        een, twee = ToegangFactory(), ToegangFactory()
        with als(een):
            claim_melding(melding=melding, actor=een, at=MAANDAG)
        with als(toegang):
            with pytest.raises(AlreadyClaimed):
                claim_melding(melding=melding, actor=toegang, at=MAANDAG, van=twee.pk)
            claim_melding(melding=melding, actor=toegang, at=MAANDAG, van=een.pk)

        assert held(melding) == toegang.pk
        assert [beurt.einde for beurt in Triagebeurt.objects.order_by("pk")] == ["overgenomen", ""]

    def test_twice_by_the_same_is_once(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        with als(toegang):
            for _ in range(2):
                claim_melding(melding=melding, actor=toegang, at=MAANDAG)
        assert Triagebeurt.objects.count() == 1

    def test_is_given_back_only_by_who_has_it(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        ander = ToegangFactory()
        with als(toegang):
            claim_melding(melding=melding, actor=toegang, at=MAANDAG)
        with als(ander), pytest.raises(NotYourTurn):
            release_melding(melding=melding, actor=ander, at=MAANDAG)
        assert held(melding) == toegang.pk

        with als(toegang):
            release_melding(melding=melding, actor=toegang, at=MAANDAG)
        assert held(melding) is None
        assert Triagebeurt.objects.get().einde == "teruggegeven"

    def test_the_next_is_the_most_urgent_without_owner(self, als: Als, toegang: Medewerker) -> None:
        MeldingFactory(in_triage=True)
        spoed = MeldingFactory(in_triage=True, met_spoed=True)
        with als(toegang):
            assert claim_next(actor=toegang, at=MAANDAG).pk == spoed.pk

    def test_says_so_when_nothing_waits(self, client: Client, als: Als, toegang: Medewerker) -> None:
        with als(toegang), pytest.raises(NothingToWeigh):
            claim_next(actor=toegang, at=MAANDAG)
        html = client.post(reverse("triage:claim_first"), follow=True).content.decode()
        assert "Alles is opgepakt" in html

    def test_on_the_form_what_was_typed_is_saved_first(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        """A plain form, without JavaScript: both buttons send what was typed with them."""
        url = reverse("triage:triage_form", args=[melding.nummer])

        html = client.post(url, {"actie": "pak op", "van": "", "eigen_kracht": "Kookt zelf."}, follow=True)

        assert held(melding) == toegang.pk
        assert "Kookt zelf." in html.content.decode()
        client.post(url, {"actie": "geef terug", "eigen_kracht": "Kookt zelf, ook voor de buurman."})
        assert held(melding) is None
        assert Triageconcept.objects.get().gegevens["eigen_kracht"] == ["Kookt zelf, ook voor de buurman."]

    def test_outside_triage_nothing_is_claimed(self, als: Als, toegang: Medewerker) -> None:
        open_ = MeldingFactory()
        with als(toegang), pytest.raises(NotInTriage):
            claim_melding(melding=open_, actor=toegang, at=MAANDAG)
        assert not Triagebeurt.objects.exists()

    @pytest.mark.parametrize(
        ("naam", "actie"), [("claim", ""), ("triage_form", "pak op"), ("triage_form", "geef terug")]
    )
    def test_who_may_not_finds_nothing(
        self, client: Client, systeem: Any, melding: Melding, naam: str, actie: str
    ) -> None:
        client.force_login(TeamlidFactory())
        voor = held(melding)

        assert (
            client.post(reverse(f"triage:{naam}", args=[melding.nummer]), {"actie": actie}).status_code == 404
        )
        assert held(melding) == voor
        assert not Triagebeurt.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_one_gets_it_and_the_other_hears(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            een, twee, melding = ToegangFactory(), ToegangFactory(), MeldingFactory(in_triage=True)

        def claim(actor: Medewerker) -> Callable[[], Any]:
            return lambda: claim_melding(melding=melding, actor=actor, at=MAANDAG)

        assert sorted(together((een, claim(een)), (twee, claim(twee)))) == ["", "AlreadyClaimed"]
        with transaction.atomic(), acting_as_system("proef"):
            assert Triagebeurt.objects.count() == 1

    def test_two_who_take_the_next_get_two(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            een, twee = ToegangFactory(), ToegangFactory()
            MeldingFactory.create_batch(2, in_triage=True)

        def take(actor: Medewerker) -> Callable[[], Any]:
            return lambda: claim_next(actor=actor, at=MAANDAG)

        assert together((een, take(een)), (twee, take(twee))) == ["", ""]
        with transaction.atomic(), acting_as_system("proef"):
            assert set(Melding.objects.values_list("verantwoordelijke", flat=True)) == {een.pk, twee.pk}


class TestWhoIsBusy:
    def test_shows_who_has_it_open_and_who_weighs_what(
        self, client: Client, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        ander = ToegangFactory(voornaam="Sanne", achternaam="de Vries")
        with als(ander):
            claim_melding(melding=melding, actor=ander, at=MAANDAG)
        show_up(melding.pk, ander.pk)

        html = client.get(LIJST).content.decode()

        assert "Nu open bij Sanne de Vries" in html
        assert "1 melding" in html

    @pytest.mark.parametrize("aantal", [3, 25])
    def test_takes_the_same_few_queries(
        self, client: Client, toegang: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        for n, melding in enumerate(MeldingFactory.create_batch(aantal, in_triage=True)):
            Melding.objects.filter(pk=melding.pk, nummer__endswith=str(n % 10)).update(
                verantwoordelijke=toegang, verantwoordelijk_team=None
            )

        with django_assert_max_num_queries(20):
            client.get(LIJST)
