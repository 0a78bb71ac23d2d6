"""Twee inwoners worden één en weer twee: alles verhuist mee en terug, en wie mag lezen klopt op elk moment."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction

from casusregie.models import Casus, Casuslid
from intake.models import Melding
from intake.services import (
    confirm_samenvoeging,
    mark_different,
    propose_samenvoeging,
    reject_samenvoeging,
    undo_samenvoeging,
    update_inwoner,
)
from intake.services.samenvoegen import BsnDiffers, MergeChanged, MergeReasonMissing, MergeRefused
from skt.autorisatie.context import acting_as_system
from skt.autorisatie.models import Noodtoegang
from skt.inwoners.models import Bsn, Inwoner, MogelijkDubbel, Samenvoeging
from skt.inwoners.queries import search_inwoners
from skt.inwoners.vergelijken import compare, stamp
from skt.inwoners.versleuteling import encrypt
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.casusregie import CasusFactory
from tests.factories.deuren import OutreachlijstFactory, OutreachpersoonFactory
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.inwoners import BsnFactory, InwonerFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
WAAROM = "Zelfde geboortedag en zelfde adres, ze zei het zelf."
LEZEN = (
    "zonder_dossier", "aan_het_loket", "bij_de_toegang", "lees_organisaties", "lees_teams", "lees_coordinaties",
    "lees_medewerkers",
)  # fmt: skip


@pytest.fixture
def collega(collega: Medewerker) -> Medewerker:
    return collega


@pytest.fixture
def annie(loket: Medewerker) -> Inwoner:
    """Open bij het loket, van de gemeente."""
    inwoner = InwonerFactory(
        achternaam="Verhage", roepnaam="Annie", telefoon="070-5550218", aangemaakt_door=loket
    )
    MeldingFactory(medewerker=loket, inwoner=inwoner)
    return inwoner


@pytest.fixture
def anna(collega: Medewerker) -> Inwoner:
    """Dezelfde, nog eens, bij Kwadraad; met een casus en een gesloten melding die het loket niet ziet."""
    inwoner = InwonerFactory(
        achternaam="Verhaege", roepnaam="Anna", voornamen="Anna Maria", geboortedatum=date(1942, 8, 3),
        telefoon="06-00001111", email="anna@example.nl", geheim_adres=True, aangemaakt_door=collega,
    )  # fmt: skip
    MeldingFactory(medewerker=collega, inwoner=inwoner)
    MeldingFactory(medewerker=collega, inwoner=inwoner, gesloten=True)
    CasusFactory(melding__inwoner=inwoner, melding__medewerker=collega)
    return inwoner


def readers(*inwoners: Inwoner) -> list[dict[str, Any]]:
    return [Inwoner.objects.filter(pk=one.pk).values(*LEZEN).get() for one in inwoners]


def together(*parts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in LEZEN:
        values = [part[name] for part in parts]
        found[name] = (
            sorted({one for value in values for one in value})
            if isinstance(values[0], list)
            else (all(values) if name == "zonder_dossier" else any(values))
        )
    return found


def whole(*inwoners: Inwoner) -> list[Any]:
    """Everything that points at these people, and the people themselves."""
    pks = [one.pk for one in inwoners]
    return [
        list(Inwoner.objects.filter(pk__in=pks).order_by("pk").values()),
        list(Melding.objects.filter(inwoner__in=pks).order_by("pk").values("pk", "inwoner_id", *LEZEN[3:])),
        list(Casuslid.objects.filter(inwoner__in=pks).order_by("pk").values()),
        list(Bsn.objects.filter(inwoner__in=pks).order_by("pk").values_list("pk", "laatste_cijfers")),
        list(Casus.objects.order_by("pk").values("pk", "lees_organisaties", "lees_medewerkers")),
    ]


@pytest.fixture
def voorstel(als: Als, loket: Medewerker, annie: Inwoner, anna: Inwoner) -> Samenvoeging:
    with als(loket):
        return propose_samenvoeging(
            blijft=annie,
            vervalt=anna,
            actor=loket,
            at=MAANDAG,
            toelichting=WAAROM,
            overnemen=["email", "adres"],
        )


def confirm(als: Als, wie: Medewerker, voorstel: Samenvoeging) -> Samenvoeging:
    with als(wie):
        pair = Inwoner.objects.filter(pk__in=[voorstel.blijft_id, voorstel.vervalt_id])
        return confirm_samenvoeging(samenvoeging=voorstel, actor=wie, at=MAANDAG, stand=stamp(*pair))


class TestConfirm:
    def test_moves_everything_and_leaves_a_pointer(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        before = readers(annie, anna)
        assert before[0] != before[1]

        confirm(als, zorgregisseur, voorstel)

        anna.refresh_from_db()
        annie.refresh_from_db()
        assert anna.samengevoegd_met_id == annie.pk
        assert Melding.objects.filter(inwoner=annie).count() == 4
        assert not Melding.objects.filter(inwoner=anna).exists()
        assert Casuslid.objects.get().inwoner_id == annie.pk
        assert (annie.email, annie.geheim_adres) == ("anna@example.nl", True)
        assert (annie.roepnaam, annie.telefoon) == ("Annie", "070-5550218")
        after = readers(annie, anna)
        assert after[0] == together(*before)
        assert after[1] == {name: [] if name.startswith("lees") else False for name in LEZEN}

    def test_is_logged_for_both(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        confirm(als, zorgregisseur, voorstel)

        lines = Regel.objects.filter(actie="intake.confirm_merge")
        assert {line.inwoner_id for line in lines} == {annie.pk, anna.pk}
        assert {line.medewerker_id for line in lines} == {zorgregisseur.pk}

    def test_lets_search_find_only_who_stays(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner
    ) -> None:
        confirm(als, zorgregisseur, voorstel)

        with als(zorgregisseur):
            found = search_inwoners(naam="Verhage", geboren=date(1942, 3, 8))
        assert [one.inwoner_id for one in found] == [annie.pk]

    def test_lets_an_old_address_lead_there(
        self,
        als: Als,
        zorgregisseur: Medewerker,
        voorstel: Samenvoeging,
        annie: Inwoner,
        anna: Inwoner,
        beleid: Medewerker,
    ) -> None:
        confirm(als, zorgregisseur, voorstel)

        with als(zorgregisseur), connection.cursor() as cursor:
            cursor.execute("SELECT inwoners_waarheen(%s)", [anna.uuid])
            assert cursor.fetchone() == (annie.uuid,)
        with als(beleid), connection.cursor() as cursor:
            cursor.execute("SELECT inwoners_waarheen(%s)", [anna.uuid])
            assert cursor.fetchone() == (None,)

    def test_lets_a_dossier_that_came_too_late_follow(
        self,
        als: Als,
        zorgregisseur: Medewerker,
        loket: Medewerker,
        voorstel: Samenvoeging,
        annie: Inwoner,
        anna: Inwoner,
    ) -> None:
        confirm(als, zorgregisseur, voorstel)

        late = MeldingFactory(medewerker=loket, inwoner=anna)

        late.refresh_from_db()
        assert late.inwoner_id == annie.pk

    def test_joins_two_members_of_one_casus(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        casus = Casus.objects.get()
        Casuslid.objects.create(casus=casus, inwoner=annie)
        before = whole(annie, anna)
        confirm(als, zorgregisseur, voorstel)

        lid = casus.leden.get()
        assert (lid.inwoner_id, lid.is_hoofdpersoon) == (annie.pk, True)
        with als(zorgregisseur):
            undo_samenvoeging(samenvoeging=voorstel, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)
        assert whole(annie, anna) == before

    def test_takes_the_bsn_along(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        BsnFactory(inwoner=anna)
        confirm(als, zorgregisseur, voorstel)

        assert Bsn.objects.get(inwoner=annie).laatste_cijfers == "019"
        with als(zorgregisseur):
            undo_samenvoeging(samenvoeging=voorstel, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)
        assert set(Bsn.objects.values_list("inwoner_id", flat=True)) == {anna.pk}

    def test_lets_an_emergency_see_the_same_person(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        from django.utils import timezone

        nu = timezone.now()
        nood = Noodtoegang.objects.create(
            medewerker=MedewerkerFactory(rol=Rol.TEAMLID), casus_id=1, inwoner_ids=[anna.pk], reden="Politie.",
            begint_op=nu, eindigt_op=nu + timezone.timedelta(hours=4),
        )  # fmt: skip
        confirm(als, zorgregisseur, voorstel)
        nood.refresh_from_db()
        assert nood.inwoner_ids == [anna.pk, annie.pk]
        with als(zorgregisseur):
            undo_samenvoeging(samenvoeging=voorstel, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)
        nood.refresh_from_db()
        assert nood.inwoner_ids == [anna.pk]


class TestConfirmRefuses:
    def refused(
        self, als: Als, wie: Medewerker, voorstel: Samenvoeging, error: type[Exception], match: str
    ) -> None:
        pair = list(Inwoner.objects.filter(pk__in=[voorstel.blijft_id, voorstel.vervalt_id]))
        before = whole(*pair)
        with pytest.raises(error, match=match), transaction.atomic():
            confirm(als, wie, voorstel)
        assert whole(*pair) == before
        assert Samenvoeging.objects.get().status == "voorgesteld"

    def test_who_proposed_it(
        self, als: Als, zorgregisseur: Medewerker, annie: Inwoner, anna: Inwoner
    ) -> None:
        with als(zorgregisseur):
            own = propose_samenvoeging(
                blijft=annie, vervalt=anna, actor=zorgregisseur, at=MAANDAG, toelichting=WAAROM
            )
        self.refused(als, zorgregisseur, own, MergeRefused, "zelf voor")

    def test_who_is_no_judge(self, als: Als, collega: Medewerker, voorstel: Samenvoeging) -> None:
        self.refused(als, collega, voorstel, MergeRefused, "niet")

    def test_who_sees_only_one_of_them(self, als: Als, voorstel: Samenvoeging, anna: Inwoner) -> None:
        vreemd = MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="jit", team="jeugd")
        self.refused(als, vreemd, voorstel, MergeRefused, "niet")

    def test_two_other_bsns(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        BsnFactory(inwoner=annie)
        BsnFactory(inwoner=anna, versleuteld=encrypt("999990032"), laatste_cijfers="032")
        self.refused(als, zorgregisseur, voorstel, BsnDiffers, "ander BSN")

    def test_two_other_bsns_with_the_same_end(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        BsnFactory(inwoner=annie)
        BsnFactory(inwoner=anna, versleuteld=encrypt("999991019"))
        self.refused(als, zorgregisseur, voorstel, BsnDiffers, "ander BSN")

    def test_two_bsns_before_a_coordinator(
        self, als: Als, loket: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        BsnFactory(inwoner=annie)
        BsnFactory(inwoner=anna)
        coordinator = MedewerkerFactory(rol=Rol.TEAMCOORDINATOR, organisatie="gemeente", team="volwassenen")
        MeldingFactory(medewerker=loket, inwoner=anna)
        self.refused(als, coordinator, voorstel, MergeRefused, "zorgregisseur")

    def test_two_who_are_both_to_be_reached_from_one_list(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        lijst = OutreachlijstFactory()
        for inwoner in (annie, anna):
            OutreachpersoonFactory(lijst=lijst, bekend=inwoner)
        self.refused(als, zorgregisseur, voorstel, MergeRefused, "dezelfde outreachlijst")
        assert {persoon.inwoner_id for persoon in lijst.mensen.all()} == {annie.pk, anna.pk}

    def test_people_who_changed_since(
        self,
        als: Als,
        zorgregisseur: Medewerker,
        loket: Medewerker,
        voorstel: Samenvoeging,
        annie: Inwoner,
        anna: Inwoner,
    ) -> None:
        seen = stamp(annie, anna)
        with als(loket):
            update_inwoner(inwoner=anna, actor=loket, at=MAANDAG, geboortedatum=date(1980, 1, 1))
        with pytest.raises(MergeChanged), als(zorgregisseur):
            confirm_samenvoeging(samenvoeging=voorstel, actor=zorgregisseur, at=MAANDAG, stand=seen)
        anna.refresh_from_db()
        assert anna.samengevoegd_met_id is None

    def test_a_second_time(self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging) -> None:
        confirm(als, zorgregisseur, voorstel)
        with pytest.raises(MergeRefused):
            confirm(als, zorgregisseur, voorstel)


class TestUndo:
    def test_puts_everything_back(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        before = whole(annie, anna)
        confirm(als, zorgregisseur, voorstel)
        assert whole(annie, anna) != before

        with als(zorgregisseur):
            undo_samenvoeging(samenvoeging=voorstel, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)

        assert whole(annie, anna) == before
        with als(zorgregisseur):
            found = search_inwoners(naam="Verhage", geboren=date(1942, 3, 8))
        assert {one.inwoner_id for one in found} == {annie.pk, anna.pk}

    def test_puts_back_who_had_no_dossier(self, als: Als, zorgregisseur: Medewerker) -> None:
        """Somebody just written down is seen by who did that, before and after."""
        leeg, vol = (
            InwonerFactory(aangemaakt_door=zorgregisseur),
            InwonerFactory(aangemaakt_door=zorgregisseur),
        )
        ander = MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL)
        MeldingFactory(medewerker=ander, inwoner=vol)
        before = whole(leeg, vol)
        with acting_as_system("proef"):
            row = Samenvoeging.objects.create(
                blijft=leeg, vervalt=vol, toelichting=WAAROM, voorgesteld_door=ander, voorgesteld_op=MAANDAG
            )
        confirm(als, zorgregisseur, row)
        with als(zorgregisseur):
            undo_samenvoeging(samenvoeging=row, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)
        assert whole(leeg, vol) == before

    def test_leaves_what_came_and_changed_since(
        self,
        als: Als,
        zorgregisseur: Medewerker,
        loket: Medewerker,
        voorstel: Samenvoeging,
        annie: Inwoner,
        anna: Inwoner,
    ) -> None:
        confirm(als, zorgregisseur, voorstel)
        since = MeldingFactory(medewerker=loket, inwoner=annie)
        annie.refresh_from_db()
        with als(loket):
            update_inwoner(inwoner=annie, actor=loket, at=MAANDAG, email="annie@example.nl")

        with als(zorgregisseur):
            undo_samenvoeging(samenvoeging=voorstel, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)

        since.refresh_from_db()
        annie.refresh_from_db()
        assert since.inwoner_id == annie.pk
        assert (annie.email, annie.geheim_adres) == ("annie@example.nl", False)
        assert Melding.objects.filter(inwoner=anna).count() == 3

    def test_goes_last_in_first_out(
        self,
        als: Als,
        zorgregisseur: Medewerker,
        loket: Medewerker,
        voorstel: Samenvoeging,
        annie: Inwoner,
        anna: Inwoner,
    ) -> None:
        derde = InwonerFactory(aangemaakt_door=loket)
        MeldingFactory(medewerker=loket, inwoner=derde)
        before = whole(annie, anna, derde)
        confirm(als, zorgregisseur, voorstel)
        annie.refresh_from_db()
        with als(loket):
            later = propose_samenvoeging(
                blijft=derde, vervalt=annie, actor=loket, at=MAANDAG, toelichting=WAAROM
            )
        confirm(als, zorgregisseur, later)
        with als(zorgregisseur), connection.cursor() as cursor:
            cursor.execute("SELECT inwoners_waarheen(%s)", [anna.uuid])
            assert cursor.fetchone() == (derde.uuid,)

        with pytest.raises(MergeRefused), als(zorgregisseur):
            undo_samenvoeging(samenvoeging=voorstel, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)
        for one in (later, voorstel):
            with als(zorgregisseur):
                undo_samenvoeging(samenvoeging=one, actor=zorgregisseur, at=MAANDAG, reden=WAAROM)
        assert whole(annie, anna, derde) == before

    def test_is_for_judges(
        self, als: Als, zorgregisseur: Medewerker, loket: Medewerker, voorstel: Samenvoeging
    ) -> None:
        confirm(als, zorgregisseur, voorstel)
        with pytest.raises(MergeRefused), als(loket):
            undo_samenvoeging(samenvoeging=voorstel, actor=loket, at=MAANDAG, reden=WAAROM)
        assert Samenvoeging.objects.get().status == "samengevoegd"


class TestPropose:
    def test_wants_a_reason(self, als: Als, loket: Medewerker, annie: Inwoner, anna: Inwoner) -> None:
        with als(loket), pytest.raises(MergeReasonMissing):
            propose_samenvoeging(blijft=annie, vervalt=anna, actor=loket, at=MAANDAG, toelichting="ja")
        assert not Samenvoeging.objects.exists()

    @pytest.mark.parametrize("turned", [False, True])
    def test_is_asked_once(
        self, als: Als, loket: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner, turned: bool
    ) -> None:
        pair = (anna, annie) if turned else (annie, anna)
        with als(loket), pytest.raises(MergeRefused, match="al een voorstel"):
            propose_samenvoeging(blijft=pair[0], vervalt=pair[1], actor=loket, at=MAANDAG, toelichting=WAAROM)
        assert Samenvoeging.objects.count() == 1

    def test_takes_the_side_that_protects(self, annie: Inwoner, anna: Inwoner) -> None:
        chosen = {regel.groep.sleutel for regel in compare(annie, anna) if regel.overnemen}
        assert chosen == {"adres", "email", "voornamen"}


class TestReject:
    def test_keeps_them_apart_and_may_say_for_ever(
        self, als: Als, zorgregisseur: Medewerker, voorstel: Samenvoeging, annie: Inwoner, anna: Inwoner
    ) -> None:
        before = whole(annie, anna)
        with als(zorgregisseur):
            reject_samenvoeging(
                samenvoeging=voorstel,
                actor=zorgregisseur,
                at=MAANDAG,
                reden="Moeder en dochter.",
                anders=True,
            )
        assert whole(annie, anna) == before
        assert Samenvoeging.objects.get().status == "afgewezen"
        assert MogelijkDubbel.objects.get().anders_door_id == zorgregisseur.pk

    def test_is_for_who_proposed_too_but_not_for_a_colleague(
        self, als: Als, loket: Medewerker, collega: Medewerker, voorstel: Samenvoeging
    ) -> None:
        with pytest.raises(MergeRefused), als(collega):
            reject_samenvoeging(samenvoeging=voorstel, actor=collega, at=MAANDAG, reden="Moeder en dochter.")
        with als(loket):
            reject_samenvoeging(samenvoeging=voorstel, actor=loket, at=MAANDAG, reden="Moeder en dochter.")
        assert Samenvoeging.objects.get().status == "afgewezen"


class TestMogelijkDubbel:
    def test_is_noted_when_somebody_is_written_down_and_gone_when_told_apart(
        self, als: Als, loket: Medewerker, annie: Inwoner, anna: Inwoner
    ) -> None:
        with als(loket):
            update_inwoner(inwoner=anna, actor=loket, at=MAANDAG, telefoon="070-5550218", geheim_adres=False)
            (pair,) = MogelijkDubbel.objects.filter(anders_op=None)
            assert {pair.een_id, pair.ander_id} == {annie.pk, anna.pk}
            mark_different(een=anna, ander=annie, actor=loket, at=MAANDAG)
            update_inwoner(inwoner=annie, actor=loket, at=MAANDAG, roepnaam="Anna")
            assert not MogelijkDubbel.objects.filter(anders_op=None).exists()

    def test_does_not_take_twins_for_one(self, als: Als, loket: Medewerker) -> None:
        with als(loket):
            from intake.services import register_inwoner

            facts = {
                "achternaam": "Verhage",
                "geboortedatum": date(1942, 3, 8),
                "postcode": "2244 QF",
                "huisnummer": 17,
            }
            for naam in ("Ilse", "Karin"):
                register_inwoner(actor=loket, at=MAANDAG, roepnaam=naam, **facts)
            assert not MogelijkDubbel.objects.exists()

    def test_is_seen_by_who_sees_both(self, als: Als, loket: Medewerker, annie: Inwoner) -> None:
        jan = LoketmedewerkerFactory(organisatie="smow")
        verborgen = InwonerFactory(achternaam="Verhage", roepnaam="Annie", aangemaakt_door=jan)
        MeldingFactory(medewerker=jan, inwoner=verborgen, gesloten=True)
        with als(loket):
            update_inwoner(inwoner=annie, actor=loket, at=MAANDAG, voornamen="Anna")
            assert not MogelijkDubbel.objects.exists()
        assert MogelijkDubbel.objects.count() == 1
