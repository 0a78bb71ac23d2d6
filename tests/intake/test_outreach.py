"""Outreach: lijsten met een doel en een einde, veilig contact van nu, en wat het benaderen oplevert."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import (
    Contactmoment,
    Grondslag,
    Melding,
    Outreachlijst,
    Outreachpersoon,
    Outreachpoging,
    Resultaat,
)
from intake.queries import find_bekenden
from intake.services import (
    add_outreachpersoon,
    assign_outreachpersoon,
    close_outreachlijst,
    create_outreachlijst,
    record_poging,
    update_inwoner,
)
from intake.services.outreach import (
    DateMissing,
    NothingAsked,
    NotToBeApproached,
    OutreachClosed,
    OutreachInvalid,
    OwnerUnfit,
    PersoonChangedMeanwhile,
    PersoonGone,
)
from intake.services.rijen import NotAtLoket
from skt.autorisatie.context import acting_as
from skt.inwoners.models import Inwoner, VeiligContact
from skt.kern.errors import DomainError
from skt.kern.keten import KetenBroken, check_keten
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.verantwoording.models import Regel
from tests.factories.deuren import OutreachlijstFactory, OutreachpersoonFactory
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MedewerkerFactory, team
from tests.fixtures import MAANDAG

DAG = MAANDAG.date()


@pytest.fixture
def lijst(loket: Medewerker) -> Outreachlijst:
    """Loopt van maandag af, en ook vandaag nog."""
    return OutreachlijstFactory(
        gemaakt_door=loket, eindigt_op=max(DAG, timezone.localdate()) + timedelta(days=60)
    )


@pytest.fixture
def coordinator(loket: Medewerker) -> Medewerker:
    return MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="gemeente", team="volwassenen")


@pytest.fixture
def bekende(loket: Medewerker) -> Inwoner:
    """Bij de gemeente bekend door een gesloten melding; een collega van een andere organisatie ziet hem niet."""
    inwoner = InwonerFactory(
        achternaam="Bekenden", roepnaam="Bep", telefoon="070-5550111", aangemaakt_door=loket
    )
    MeldingFactory(medewerker=loket, inwoner=inwoner, gesloten=True)
    inwoner.refresh_from_db()
    return inwoner


def wens(inwoner: Inwoner, loket: Medewerker, veilig: str, toelichting: str = "") -> None:
    with acting_as(loket):
        update_inwoner(
            inwoner=inwoner,
            actor=loket,
            at=MAANDAG,
            veilig_contact=veilig,
            veilig_contact_toelichting=toelichting,
        )


class TestCreate:
    def test_has_a_goal_a_ground_and_an_end(self, loket: Medewerker) -> None:
        facts = {
            "naam": "Ouderen",
            "doel": "Kennismaken",
            "grondslag": Grondslag.WMO,
            "team": team("voorportaal"),
        }
        with acting_as(loket):
            made = create_outreachlijst(actor=loket, at=MAANDAG, eindigt_op=DAG + timedelta(days=30), **facts)
            for fout in ({"doel": " "}, {"grondslag": "zomaar"}, {"eindigt_op": DAG - timedelta(days=1)},
                         {"eindigt_op": DAG + timedelta(days=400)}, {"team": team("beleid")}):  # fmt: skip
                with pytest.raises(OutreachInvalid):
                    create_outreachlijst(
                        actor=loket, at=MAANDAG, **{**facts, "eindigt_op": DAG + timedelta(days=30), **fout}
                    )

        assert Outreachlijst.objects.get() == made
        assert Regel.objects.get().actie == "intake.create_outreachlijst"


class TestAdd:
    def test_of_a_known_inwoner_copies_nothing(
        self, loket: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        with acting_as(loket):
            persoon = add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG, inwoner=bekende)

        assert (persoon.achternaam, persoon.telefoon) == ("", "")
        assert (persoon.eigenaar, persoon.uiterlijk) == (loket, date(2026, 11, 9))

    def test_knows_the_wish_of_today(
        self, loket: Medewerker, collega: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        with acting_as(loket):
            persoon = add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG, inwoner=bekende)
        wens(bekende, loket, VeiligContact.BEPERKT, "Alleen na zes uur.")

        with acting_as(collega):
            assert not Inwoner.objects.filter(pk=bekende.pk).exists()
            gevonden = find_bekenden([persoon.pk])[persoon.pk]
        assert (gevonden.naam, gevonden.telefoon) == ("Bep Bekenden", "070-5550111")
        assert gevonden.veilig_toelichting == "Alleen na zes uur."

    def test_refuses_who_must_not_be_approached(
        self, loket: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        wens(bekende, loket, VeiligContact.NIET)
        bekende.refresh_from_db()
        with acting_as(loket), pytest.raises(NotToBeApproached):
            add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG, inwoner=bekende)

        assert not Outreachpersoon.objects.exists()

    def test_puts_nobody_on_twice(self, loket: Medewerker, lijst: Outreachlijst, bekende: Inwoner) -> None:
        with acting_as(loket):
            add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG, inwoner=bekende)
            with pytest.raises(OutreachInvalid, match="staat al op de lijst"):
                add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG, inwoner=bekende)
            with pytest.raises(OutreachInvalid, match="achternaam"):
                add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG)

    def test_gives_it_only_to_who_can(
        self, loket: Medewerker, lijst: Outreachlijst, teamlid: Medewerker
    ) -> None:
        with acting_as(loket), pytest.raises(OwnerUnfit):
            add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG, achternaam="Vos", eigenaar=teamlid)

    def test_not_after_the_last_day(self, loket: Medewerker, lijst: Outreachlijst) -> None:
        with acting_as(loket), pytest.raises(OutreachClosed):
            add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG + timedelta(days=900), achternaam="Vos")


class TestBekenden:
    def test_tells_nothing_to_who_does_not_work_with_the_list(
        self,
        loket: Medewerker,
        lijst: Outreachlijst,
        bekende: Inwoner,
        teamlid: Medewerker,
        beleid: Medewerker,
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst, bekend=bekende)
        for ander in (teamlid, beleid):
            with acting_as(ander):
                assert find_bekenden([persoon.pk]) == {}

    def test_leaves_a_secret_address_out(
        self, loket: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst, bekend=bekende)
        with acting_as(loket):
            update_inwoner(inwoner=bekende, actor=loket, at=MAANDAG, geheim_adres=True)
            assert (find_bekenden([persoon.pk])[persoon.pk].postcode) == ""

    def test_does_not_name_who_is_shielded(
        self, loket: Medewerker, collega: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst, bekend=bekende)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE intake_melding SET afgeschermd = true WHERE inwoner_id = %s", [bekende.pk])
        with acting_as(collega):
            gevonden = find_bekenden([persoon.pk])[persoon.pk]
            with pytest.raises(NotToBeApproached):
                record_poging(
                    persoon=persoon, actor=collega, at=MAANDAG, wijze="bellen", resultaat=Resultaat.GEEN_HULP
                )

        assert (gevonden.naam, gevonden.telefoon, gevonden.veilig_contact) == ("Afgeschermd", "", "niet")
        assert "Bep" not in str(gevonden)


class TestPointing:
    def test_goes_only_to_somebody_who_is_seen(
        self, loket: Medewerker, collega: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst, bekend=InwonerFactory(aangemaakt_door=collega))
        same = "UPDATE intake_outreachpersoon SET versie = versie + 1, inwoner_id = inwoner_id WHERE id = %s"
        other = "UPDATE intake_outreachpersoon SET inwoner_id = %s WHERE id = %s"
        with acting_as(collega), connection.cursor() as cursor:
            with pytest.raises(ProgrammingError, match="niet te zien"), transaction.atomic():
                cursor.execute(other, [bekende.pk, persoon.pk])
            cursor.execute(same, [persoon.pk])
        with acting_as(loket), connection.cursor() as cursor:
            cursor.execute(other, [bekende.pk, persoon.pk])

        persoon.refresh_from_db()
        assert (persoon.inwoner, persoon.versie) == (bekende, 2)


class TestPoging:
    def poging(
        self, persoon: Outreachpersoon, actor: Medewerker, resultaat: str, **anders: Any
    ) -> Outreachpersoon:
        with acting_as(actor):
            return record_poging(
                persoon=persoon, actor=actor, at=MAANDAG, wijze="bellen", resultaat=resultaat, **anders
            )

    @pytest.mark.parametrize("resultaat", [Resultaat.NIET_THUIS, Resultaat.LATER])
    def test_without_success_asks_a_next_day(
        self, loket: Medewerker, lijst: Outreachlijst, resultaat: Resultaat
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst)
        with pytest.raises(DateMissing):
            self.poging(persoon, loket, resultaat)
        assert not Outreachpoging.objects.exists()

        self.poging(persoon, loket, resultaat, uiterlijk=DAG + timedelta(days=3))
        persoon.refresh_from_db()
        assert (persoon.resultaat, persoon.uiterlijk) == ("", DAG + timedelta(days=3))

    @pytest.mark.parametrize("resultaat", [Resultaat.GEEN_HULP, Resultaat.NIET_BENADEREN])
    def test_finishes_it(self, loket: Medewerker, lijst: Outreachlijst, resultaat: Resultaat) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst)
        self.poging(persoon, loket, resultaat)

        persoon.refresh_from_db()
        assert persoon.resultaat == resultaat
        with pytest.raises(PersoonGone):
            self.poging(persoon, loket, resultaat)

    def test_that_brings_a_question_makes_a_melding(
        self, loket: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst, bekend=bekende)
        with pytest.raises(NothingAsked):
            self.poging(persoon, loket, Resultaat.MELDING)
        done = self.poging(persoon, loket, Resultaat.MELDING, hulpvraag="Ik eet altijd alleen.")

        assert done.melding is not None
        assert (done.melding.inwoner, done.melding.contactmoment.kanaal) == (bekende, "outreachend")

    def test_that_brings_a_question_of_somebody_unseen_or_typed_is_linked_later(
        self, collega: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        for persoon, naam in (
            (OutreachpersoonFactory(lijst=lijst, bekend=bekende), "Bekenden"),
            (OutreachpersoonFactory(lijst=lijst), "Zandstra"),
        ):
            done = self.poging(persoon, collega, Resultaat.MELDING, hulpvraag="Ik eet altijd alleen.")
            assert done.melding is not None
            assert done.melding.inwoner is None
            assert done.melding.opgave.over_achternaam == naam

    def test_of_who_works_at_no_loket_makes_no_melding(self, coordinator: Medewerker) -> None:
        lijst = OutreachlijstFactory(gemaakt_door=coordinator, team=team("volwassenen"))
        persoon = OutreachpersoonFactory(lijst=lijst)
        with pytest.raises(NotAtLoket):
            self.poging(persoon, coordinator, Resultaat.MELDING, hulpvraag="Ik eet altijd alleen.")

        assert not Contactmoment.objects.exists()
        assert not Outreachpoging.objects.exists()

    def test_of_who_does_not_want_it_any_more_can_only_be_ended(
        self, loket: Medewerker, lijst: Outreachlijst, bekende: Inwoner
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst, bekend=bekende)
        wens(bekende, loket, VeiligContact.NIET)
        with pytest.raises(NotToBeApproached):
            self.poging(persoon, loket, Resultaat.GEEN_HULP)

        assert self.poging(persoon, loket, Resultaat.NIET_BENADEREN).resultaat == Resultaat.NIET_BENADEREN

    def test_hears_that_a_colleague_saved_first(
        self, loket: Medewerker, collega: Medewerker, lijst: Outreachlijst
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst)
        with acting_as(collega):
            assign_outreachpersoon(
                persoon=persoon, actor=collega, at=MAANDAG, eigenaar=collega, uiterlijk=DAG, versie=1
            )
        with pytest.raises(PersoonChangedMeanwhile):
            self.poging(persoon, loket, Resultaat.GEEN_HULP, versie=1)


class TestKeten:
    """Wie weggaat, draagt eerst over wie er nog benaderd wordt (domein 5, invariant 6)."""

    def test_a_placement_does_not_end_under_somebody_to_approach(
        self, loket: Medewerker, collega: Medewerker, lijst: Outreachlijst
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst, eigenaar=collega)
        check_keten()
        gisteren = timezone.localdate() - timedelta(days=1)
        with pytest.raises(KetenBroken, match="nog ergens voor verantwoordelijk"), transaction.atomic():
            Plaatsing.objects.filter(medewerker=collega).update(tot=gisteren)
            check_keten()

        with acting_as(loket):
            assign_outreachpersoon(persoon=persoon, actor=loket, at=MAANDAG, eigenaar=loket, uiterlijk=DAG)
        Plaatsing.objects.filter(medewerker=collega).update(tot=gisteren)
        check_keten()

    def test_nobody_without_a_placement_approaches(self, loket: Medewerker, lijst: Outreachlijst) -> None:
        vreemd = MedewerkerFactory()
        with pytest.raises(KetenBroken, match="werkt hier niet"), transaction.atomic():
            OutreachpersoonFactory(lijst=lijst, eigenaar=vreemd)
            check_keten()


class TestClose:
    def test_marks_the_people_to_be_wiped_and_stops_everything(
        self, loket: Medewerker, lijst: Outreachlijst
    ) -> None:
        persoon = OutreachpersoonFactory(lijst=lijst)
        with acting_as(loket):
            closed = close_outreachlijst(lijst=lijst, actor=loket, at=MAANDAG)
            acts: list[Any] = [
                lambda: close_outreachlijst(lijst=lijst, actor=loket, at=MAANDAG),
                lambda: add_outreachpersoon(lijst=lijst, actor=loket, at=MAANDAG, achternaam="Vos"),
                lambda: record_poging(
                    persoon=persoon, actor=loket, at=MAANDAG, wijze="bellen", resultaat=Resultaat.GEEN_HULP
                ),
                lambda: assign_outreachpersoon(
                    persoon=persoon, actor=loket, at=MAANDAG, eigenaar=loket, uiterlijk=DAG
                ),
            ]
            for act in acts:
                with pytest.raises(DomainError):
                    act()

        assert closed.wissen_op == DAG + timedelta(days=30)


class TestPages:
    def test_from_list_to_melding(self, aan: Client, lijst: Outreachlijst, bekende: Inwoner) -> None:
        add = reverse("intake:outreach_add", kwargs={"uuid": lijst.uuid})
        gezocht = aan.post(add, {"achternaam": "Bekenden", "roepnaam": "Bep", "zoek": "1"})
        assert "Bep Bekenden" in gezocht.content.decode()

        aan.post(add, {"achternaam": "Bekenden", "kies": str(bekende.pk), "aanleiding": "Woont alleen."})
        aan.post(add, {"achternaam": "Vosmaer", "telefoon": "070-5550188"})
        page = aan.get(reverse("intake:outreach_detail", kwargs={"uuid": lijst.uuid})).content.decode()
        for text in ("Bep Bekenden", "070-5550111", "Vosmaer", "070-5550188", lijst.doel):
            assert text in page

        persoon = Outreachpersoon.objects.get(inwoner=bekende)
        url = reverse("intake:outreach_attempt", kwargs={"uuid": lijst.uuid, "pk": persoon.pk})
        morgen = timezone.localdate() + timedelta(days=1)
        aan.post(url, {"versie": "1", "wijze": "bellen", "resultaat": "niet thuis", "uiterlijk": morgen})
        answer = aan.post(
            url,
            {
                "versie": "2",
                "wijze": "huisbezoek",
                "resultaat": "gesproken: melding gemaakt",
                "hulpvraag": "Ik eet alleen.",
            },
        )
        melding = Melding.objects.get(hulpvraag="Ik eet alleen.")
        assert answer.url == reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})
        assert Outreachpoging.objects.count() == 2

    def test_who_looks_known_is_not_typed_by_accident(
        self, aan: Client, collega: Medewerker, lijst: Outreachlijst
    ) -> None:
        elders = InwonerFactory(achternaam="Elders", telefoon="070-5550122", aangemaakt_door=collega)
        MeldingFactory(medewerker=collega, inwoner=elders, gesloten=True)
        add = reverse("intake:outreach_add", kwargs={"uuid": lijst.uuid})
        data = {"achternaam": "Elders", "telefoon": "070-5550122"}
        page = aan.post(add, data)

        assert page.status_code == 422
        assert "Bekend bij Kwadraad" in page.content.decode()
        assert aan.post(add, {**data, "kies": str(elders.pk)}).status_code == 404
        assert not Outreachpersoon.objects.exists()

        aan.post(add, {**data, "kies": "nieuw"})
        assert Outreachpersoon.objects.get().achternaam == "Elders"

    @pytest.mark.parametrize(
        "data",
        [
            {}, {"achternaam": "x" * 500}, {"achternaam": "a\x00"}, {"achternaam": "Vos", "uiterlijk": "1-1-1900"},
            {"achternaam": "Vos", "eigenaar": "9" * 40}, {"achternaam": "Vos", "veilig_contact": "niet"}, {"kies": "x"},
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, aan: Client, lijst: Outreachlijst, data: dict[str, str]) -> None:
        page = aan.post(reverse("intake:outreach_add", kwargs={"uuid": lijst.uuid}), data)

        assert page.status_code == 422
        assert not Outreachpersoon.objects.exists()

    def test_logs_each_person_shown_in_a_fixed_number_of_queries(
        self, aan: Client, loket: Medewerker, lijst: Outreachlijst, django_assert_max_num_queries: Any
    ) -> None:
        url = reverse("intake:outreach_detail", kwargs={"uuid": lijst.uuid})
        for _ in range(2):
            OutreachpersoonFactory(lijst=lijst, bekend=InwonerFactory(aangemaakt_door=loket))
        with django_assert_max_num_queries(22):
            aan.get(url)
        for _ in range(15):
            OutreachpersoonFactory(lijst=lijst, bekend=InwonerFactory(aangemaakt_door=loket))
        with django_assert_max_num_queries(22):
            aan.get(url)

        assert Regel.objects.filter(actie="intake.view_outreachlijst").count() == 2 + 17

    def test_pages_through_a_long_list(
        self, aan: Client, lijst: Outreachlijst, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("intake.views.outreach.PER_BLADZIJDE", 2)
        for naam in ("Een", "Twee", "Drie"):
            OutreachpersoonFactory(lijst=lijst, achternaam=naam)
        url = reverse("intake:outreach_detail", kwargs={"uuid": lijst.uuid})
        first = aan.get(url)
        second = aan.get(first.context["volgende_url"])

        assert "Drie" not in first.content.decode()
        assert "Drie" in second.content.decode()

    def test_a_list_is_made_and_closed(self, aan: Client, loket: Medewerker) -> None:
        data = {
            "naam": "Alleen thuis",
            "doel": "Kennismaken",
            "grondslag": "Wmo 2015",
            "team": team("voorportaal").pk,
            "eindigt_op": timezone.localdate() + timedelta(days=20),
        }
        assert aan.post("/outreach/nieuw/", {**data, "doel": ""}).status_code == 422
        aan.post("/outreach/nieuw/", data)
        lijst = Outreachlijst.objects.get()
        assert "Alleen thuis" in aan.get("/outreach/").content.decode()
        aan.post(reverse("intake:outreach_close", kwargs={"uuid": lijst.uuid}))

        lijst.refresh_from_db()
        assert lijst.gesloten_op is not None
        assert "Alleen thuis" in aan.get("/outreach/", {"toon": "gesloten"}).content.decode()

    def test_a_coordinator_makes_one_for_the_own_team_only(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        client.force_login(coordinator)
        data = {
            "naam": "Onze mensen", "doel": "Kennismaken", "grondslag": "Wmo 2015",
            "eindigt_op": timezone.localdate() + timedelta(days=20),
        }  # fmt: skip
        assert client.post("/outreach/nieuw/", {**data, "team": team("voorportaal").pk}).status_code == 422
        assert client.post("/outreach/nieuw/", {**data, "team": team("volwassenen").pk}).status_code == 302

    def test_stands_on_the_worklist(self, aan: Client, lijst: Outreachlijst) -> None:
        OutreachpersoonFactory(lijst=lijst)

        assert "Outreach: 1 mens te benaderen" in aan.get("/werkvoorraad/").content.decode()
