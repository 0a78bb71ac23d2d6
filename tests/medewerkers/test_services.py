"""Accounts, placements and mandaten: what the domain refuses, and what stays unchanged then."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from skt.kern.errors import DomainError
from skt.medewerkers import services
from skt.medewerkers.models import Mandaat, Medewerker, Plaatsing, Rol, Wet
from tests.factories.medewerkers import MedewerkerFactory, PlaatsingFactory, organisatie, team
from tests.fixtures import MAANDAG

VANDAAG = MAANDAG.date()
GOED = "kat-op-het-dak-zingt"


@pytest.fixture(autouse=True)
def _systeem(systeem: object) -> None:
    """Factories write as the system."""


class TestCreateMedewerker:
    def test_makes_an_account_that_may_nothing_yet(self) -> None:
        medewerker = services.create_medewerker(
            username="s.jansen",
            voornaam="Sanne",
            achternaam="Jansen",
            password=GOED,
            wachtwoord_tijdelijk=True,
        )

        assert medewerker.check_password(GOED)
        assert medewerker.lopende_plaatsingen == []

    @pytest.mark.parametrize(
        ("username", "password", "zin"),
        [
            ("bestaat", GOED, "bestaat al"),
            ("BESTAAT", GOED, "kleine letters"),
            ("met spatie", GOED, "kleine letters"),
            ("", GOED, "leeg"),
            ("nieuw", "kort", "kort"),
            ("nieuw", "123456789012", "cijfers"),
        ],
    )
    def test_refuses_with_a_sentence(self, username: str, password: str, zin: str) -> None:
        MedewerkerFactory(username="bestaat")

        with pytest.raises(DomainError, match=zin):
            services.create_medewerker(
                username=username, voornaam="Sanne", achternaam="Jansen", password=password
            )

        assert Medewerker.objects.count() == 1

    def test_a_name_differs_by_more_than_its_capitals_in_the_database_too(self) -> None:
        MedewerkerFactory(username="sanne")

        with pytest.raises(IntegrityError), transaction.atomic():
            MedewerkerFactory(username="Sanne")

    def test_generates_passwords_that_pass_our_own_rules(self) -> None:
        made = {services.generate_password() for _ in range(50)}

        assert len(made) == 50
        assert all(len(password) == 19 and not set(password) & set("ilo01") for password in made)


class TestChangePassword:
    def test_refuses_the_same_again(self) -> None:
        medewerker = MedewerkerFactory()
        services.change_password(medewerker=medewerker, password=GOED)

        with pytest.raises(services.PasswordRefused, match="ander wachtwoord"):
            services.change_password(medewerker=medewerker, password=GOED)

    def test_a_temporary_one_takes_every_right_until_its_owner_chooses(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.LOKETPROFESSIONAL)

        services.change_password(medewerker=medewerker, password=GOED, wachtwoord_tijdelijk=True)
        assert Medewerker.objects.get(pk=medewerker.pk).lopende_plaatsingen == []

        services.change_password(medewerker=medewerker, password=GOED + "!")
        assert Medewerker.objects.get(pk=medewerker.pk).heeft_rol(Rol.LOKETPROFESSIONAL)


class TestSetActive:
    def test_blocks_and_unblocks(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)

        services.set_active(medewerker=medewerker, actief=False)
        assert Medewerker.objects.get(pk=medewerker.pk).lopende_plaatsingen == []

        services.set_active(medewerker=medewerker, actief=True)
        assert Medewerker.objects.get(pk=medewerker.pk).heeft_rol(Rol.TEAMLID)

    def test_says_when_there_is_nothing_to_do(self) -> None:
        medewerker = MedewerkerFactory()

        with pytest.raises(services.MedewerkerRefused, match="al actief"):
            services.set_active(medewerker=medewerker, actief=True)


class TestPlace:
    def place(self, medewerker: Medewerker, rol: str = Rol.TEAMLID, **other: object) -> Plaatsing:
        fields = {"moederorganisatie": organisatie(), "team": team(), "van": VANDAAG, **other}
        return services.place(medewerker=medewerker, rol=rol, **fields)

    def test_gives_the_role_from_its_first_day(self) -> None:
        medewerker = MedewerkerFactory()

        self.place(medewerker, van=date(2020, 1, 1))

        assert Medewerker.objects.get(pk=medewerker.pk).heeft_rol(Rol.TEAMLID)

    def test_may_hold_two_roles_of_one_employer(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)

        self.place(medewerker, Rol.CASUSREGISSEUR)

        assert medewerker.plaatsingen.count() == 2

    @pytest.mark.parametrize(
        ("rol", "other", "zin"),
        [
            (Rol.TEAMLID, {}, "al in .een deel van. deze periode"),
            (Rol.CASUSREGISSEUR, {"org": "smow"}, "andere organisatie"),
            (Rol.CASUSREGISSEUR, {"tot": VANDAAG}, "na de begindatum"),
            ("baas", {}, "rol uit de lijst"),
            (Rol.FUNCTIONEEL_BEHEERDER, {}, "nooit iets over een inwoner"),
            (Rol.BELEIDSMEDEWERKER, {}, "nooit iets over een inwoner"),
            (Rol.PRIVACY_OFFICER, {}, "nooit iets over een inwoner"),
        ],
    )
    def test_refuses_with_a_sentence(self, rol: str, other: dict[str, object], zin: str) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)
        if "org" in other:
            other = {"moederorganisatie": organisatie("smow")}

        with pytest.raises(services.PlaatsingRefused, match=zin):
            self.place(medewerker, rol, **other)

        assert medewerker.plaatsingen.count() == 1

    def test_who_hands_out_rights_does_not_check_them(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.FUNCTIONEEL_BEHEERDER)

        with pytest.raises(services.PlaatsingRefused, match="controleert zichzelf niet"):
            self.place(medewerker, Rol.PRIVACY_OFFICER, team=team("beheer"))

    def test_may_change_from_dossiers_to_policy(self) -> None:
        medewerker = MedewerkerFactory()
        PlaatsingFactory(medewerker=medewerker, van=date(2025, 1, 1), tot=VANDAAG)

        self.place(medewerker, Rol.BELEIDSMEDEWERKER, team=team("beleid"), van=VANDAAG)

        assert medewerker.plaatsingen.count() == 2


class TestEndPlaatsing:
    def test_takes_the_role_at_once(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.TEAMLID)

        services.end_plaatsing(plaatsing=medewerker.plaatsingen.get(), tot=VANDAAG, at=MAANDAG)

        assert Medewerker.objects.get(pk=medewerker.pk).lopende_plaatsingen == []

    def test_may_be_planned(self) -> None:
        plaatsing = MedewerkerFactory(rol=Rol.TEAMLID).plaatsingen.get()

        must_hand_over = services.end_plaatsing(
            plaatsing=plaatsing, tot=VANDAAG + timedelta(days=30), at=MAANDAG
        )

        assert must_hand_over is False
        plaatsing.refresh_from_db()
        assert plaatsing.tot == VANDAAG + timedelta(days=30)

    def test_refuses_a_day_before_it_began(self) -> None:
        plaatsing = MedewerkerFactory(rol=Rol.TEAMLID).plaatsingen.get()

        with pytest.raises(services.PlaatsingRefused, match="na de begindatum"):
            services.end_plaatsing(plaatsing=plaatsing, tot=plaatsing.van, at=MAANDAG)

        plaatsing.refresh_from_db()
        assert plaatsing.tot is None

    def test_refuses_one_that_ended(self) -> None:
        plaatsing = PlaatsingFactory(beeindigd=True)

        with pytest.raises(services.PlaatsingRefused, match="al beëindigd"):
            services.end_plaatsing(plaatsing=plaatsing, tot=VANDAAG, at=MAANDAG)


class TestMandaat:
    def grant(self, medewerker: Medewerker, **other: object) -> Mandaat:
        fields = {"product": "Begeleiding", "plafond": 5000, "van": VANDAAG, **other}
        return services.grant_mandaat(medewerker=medewerker, besluitnummer="B-1", wet=Wet.WMO, **fields)

    def test_is_recorded_and_ended(self) -> None:
        mandaat = self.grant(MedewerkerFactory(rol=Rol.ZORGREGISSEUR))

        services.end_mandaat(mandaat=mandaat, tot=VANDAAG + timedelta(days=1), at=MAANDAG)

        mandaat.refresh_from_db()
        assert mandaat.tot == VANDAAG + timedelta(days=1)

    def test_refuses_a_second_for_the_same_product(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.ZORGREGISSEUR)
        self.grant(medewerker)

        with pytest.raises(services.MandaatRefused, match="al een mandaat"):
            self.grant(medewerker, van=VANDAAG + timedelta(days=10))

        assert Mandaat.objects.count() == 1

    def test_refuses_nothing_as_a_ceiling(self) -> None:
        with pytest.raises(services.MandaatRefused, match="boven nul"):
            self.grant(MedewerkerFactory(rol=Rol.ZORGREGISSEUR), plafond=0)

    def test_refuses_an_end_before_its_begin(self) -> None:
        mandaat = self.grant(MedewerkerFactory(rol=Rol.ZORGREGISSEUR))

        with pytest.raises(services.MandaatRefused, match="na de begindatum"):
            services.end_mandaat(mandaat=mandaat, tot=VANDAAG - timedelta(days=1), at=MAANDAG)

    @pytest.mark.parametrize(
        ("anders", "veld", "zin"),
        [
            ({"wet": Wet.GEEN}, "wet", "Kies welke"),
            ({"product": "   "}, "product", "voor welk product"),
            ({"plafond": -1}, "plafond", "boven nul"),
            ({"tot": VANDAAG}, "tot", "na de begindatum"),
        ],
    )
    def test_says_at_which_field(self, anders: dict[str, object], veld: str, zin: str) -> None:
        fields = {"wet": Wet.WMO, "product": "Begeleiding", "plafond": 5000, "van": VANDAAG, **anders}

        with pytest.raises(services.MandaatRefused, match=zin) as refused:
            services.grant_mandaat(
                medewerker=MedewerkerFactory(rol=Rol.ZORGREGISSEUR), besluitnummer="B-1", **fields
            )

        assert refused.value.veld == veld
        assert not Mandaat.objects.exists()

    def test_is_only_for_a_zorgregisseur(self) -> None:
        with pytest.raises(services.MandaatRefused, match="geen zorgregisseur"):
            self.grant(MedewerkerFactory(rol=Rol.TEAMLID))

        assert not Mandaat.objects.exists()

    def test_the_same_product_in_other_letters_is_the_same(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.ZORGREGISSEUR)
        self.grant(medewerker)

        with pytest.raises(services.MandaatRefused, match="al een mandaat: B-1"):
            self.grant(medewerker, product="  begeleiding ", van=VANDAAG + timedelta(days=10))

        assert Mandaat.objects.count() == 1

    def test_one_after_the_other_may(self) -> None:
        medewerker = MedewerkerFactory(rol=Rol.ZORGREGISSEUR)
        self.grant(medewerker, tot=VANDAAG + timedelta(days=10))

        self.grant(medewerker, van=VANDAAG + timedelta(days=10))

        assert Mandaat.objects.count() == 2

    @pytest.mark.parametrize(("tot", "zin"), [(-1, "niet in het verleden"), (200, "nieuwe mandaatbesluit")])
    def test_ends_not_before_today_and_never_later_than_it_did(self, tot: int, zin: str) -> None:
        einde = VANDAAG + timedelta(days=100)
        mandaat = self.grant(
            MedewerkerFactory(rol=Rol.ZORGREGISSEUR), van=VANDAAG - timedelta(days=30), tot=einde
        )

        with pytest.raises(services.MandaatRefused, match=zin):
            services.end_mandaat(mandaat=mandaat, tot=VANDAAG + timedelta(days=tot), at=MAANDAG)

        mandaat.refresh_from_db()
        assert mandaat.tot == einde
