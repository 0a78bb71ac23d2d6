"""Het contact, de melding en wat erbij geschreven wordt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from intake.models import Contactmoment, Melding
from intake.services import (
    append_aanvulling,
    fulfil_termijn,
    give_voorziening,
    link_inwoner,
    record_uitvraag,
    register_contact,
    register_melding,
    start_termijn,
)
from intake.services.meldingen import (
    AanvullingEmpty,
    ContactInvalid,
    ContactOfAnother,
    InwonerKnownAlready,
    LeefgebiedUnknown,
    MeldingInvalid,
    TermijnRunsAlready,
    TermijnUnknown,
    VoorzieningUnavailable,
)
from intake.services.rijen import ColleagueSavedFirst, MeldingClosed, MeldingNotYours, NotAtLoket
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from socialekaart.models import Voorziening
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
Maak = Callable[..., Melding]
STRAKS = MAANDAG + timedelta(hours=1)


class TestRegisterContact:
    def ask(self, actor: Medewerker, **anders: Any) -> Contactmoment:
        facts = {"sleutel": uuid4(), "kanaal": "telefonisch", "melder_soort": "inwoner zelf", **anders}
        return register_contact(actor=actor, at=MAANDAG, **facts)

    def test_keeps_the_organisation_and_one_spelling_of_the_phone(self, als: Als, loket: Medewerker) -> None:
        with als(loket):
            contact = self.ask(loket, melder_telefoon="+31 70 555 02 18")

        assert contact.organisatie == loket.moederorganisatie
        assert (contact.melder_telefoon, contact.begonnen_op) == ("070-5550218", MAANDAG)

    def test_gives_the_same_row_for_the_same_key(self, als: Als, loket: Medewerker) -> None:
        sleutel = uuid4()
        with als(loket):
            first, again = (
                self.ask(loket, sleutel=sleutel),
                self.ask(loket, sleutel=sleutel, kanaal="digitaal"),
            )

        assert again == first
        assert acties() == ["intake.register_contact"]

    def test_refuses_the_key_of_a_colleague(
        self, systeem: Werkcontext, loket: Medewerker, collega: Medewerker
    ) -> None:
        sleutel = uuid4()
        self.ask(loket, sleutel=sleutel)

        with pytest.raises(ContactOfAnother):
            self.ask(collega, sleutel=sleutel)

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"melder_soort": "anoniem", "melder_naam": "Toch een naam"}, "anonieme melder"),
            ({"kanaal": "postduif"}, "kanaal uit de lijst"),
            ({"melder_soort": "de buurt"}, "wie er belt"),
            ({"beeindigd_op": MAANDAG - timedelta(minutes=1)}, "eindigen voordat het begint"),
        ],
    )
    def test_refuses_nonsense_in_the_words_of_the_constraint(
        self, als: Als, loket: Medewerker, anders: dict[str, Any], zin: str
    ) -> None:
        with als(loket):
            with pytest.raises(ContactInvalid, match=zin):
                self.ask(loket, **anders)
            assert not Contactmoment.objects.exists()

        assert acties() == []

    def test_refuses_who_does_not_work_at_the_loket(self, als: Als, teamlid: Medewerker) -> None:
        with als(teamlid), pytest.raises(NotAtLoket):
            self.ask(teamlid)


class TestRegisterMelding:
    def test_is_open_and_of_who_wrote_it_down(self, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket, themas=["mantelzorg", "mantelzorg"])

        assert (melding.status, melding.verantwoordelijke, melding.verantwoordelijk_team) == (
            "open",
            loket,
            None,
        )
        assert melding.eigen_organisaties == [loket.moederorganisatie.pk]
        assert (melding.volgende_stap, melding.themas) == ("Afhandelen", ["mantelzorg"])
        assert melding.uiterlijk.isoformat() == "2026-11-03T17:00:00+01:00"

    def test_makes_the_inwoner_visible_to_the_whole_loket(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, collega: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)

        with als(collega):
            assert (
                Melding.objects.select_related("inwoner").get(pk=melding.pk).inwoner.achternaam == "Verhage"
            )

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"hulpvraag": "  "}, "Schrijf op wat de vraag is"),
            ({"themas": ["weer"]}, "thema's uit de lijst"),
            ({"inwoner_weet_ervan": False, "waarom_niet": " "}, "waarom de inwoner"),
        ],
    )
    def test_refuses_nonsense_in_the_words_of_the_constraint(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker, anders: dict[str, Any], zin: str
    ) -> None:
        contact = nieuwe_melding(loket).contactmoment
        with als(loket):
            with pytest.raises(MeldingInvalid, match=zin):
                register_melding(
                    contactmoment=contact, actor=loket, at=MAANDAG, **{"hulpvraag": "Iets", **anders}
                )
            assert Melding.objects.count() == 1


class TestRecordUitvraag:
    def test_replaces_what_is_given_and_keeps_the_rest(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            record_uitvraag(
                melding=melding,
                actor=loket,
                at=MAANDAG,
                antwoorden={"sociaal": {"score": 2}, "zingeving": {}, "praktisch": {"wens": "Zelf koken"}},
            )
            uitvraag = record_uitvraag(
                melding=melding,
                actor=loket,
                at=STRAKS,
                antwoorden={"sociaal": {"score": 3, "netwerk": "Buurvrouw"}},
            )
            antwoorden = {a.leefgebied: (a.score, a.netwerk, a.wens) for a in uitvraag.antwoorden.all()}

        assert antwoorden == {"sociaal": (3, "Buurvrouw", ""), "praktisch": (None, "", "Zelf koken")}
        assert uitvraag.afgenomen_op == MAANDAG
        assert str(uitvraag.methode) == "Integrale uitvraag versie 1"

    def test_logs_nothing_when_nothing_changed(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            for _ in range(2):
                record_uitvraag(
                    melding=melding, actor=loket, at=MAANDAG, antwoorden={"sociaal": {"score": 2}}
                )

        assert acties().count("intake.record_uitvraag") == 1

    @pytest.mark.parametrize(
        ("antwoorden", "fout"),
        [({"weer": {"score": 1}}, LeefgebiedUnknown), ({"sociaal": {"score": 9}}, MeldingInvalid)],
    )
    def test_refuses_nonsense(
        self,
        als: Als,
        nieuwe_melding: Maak,
        loket: Medewerker,
        antwoorden: dict[str, Any],
        fout: type[Exception],
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            with pytest.raises(fout):
                record_uitvraag(melding=melding, actor=loket, at=MAANDAG, antwoorden=antwoorden)
            melding.refresh_from_db()

        assert not hasattr(melding, "uitvraag")

    def test_refuses_who_saw_an_older_version(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            record_uitvraag(
                melding=melding, actor=loket, at=MAANDAG, antwoorden={"sociaal": {"score": 2}}, versie=1
            )
            with pytest.raises(ColleagueSavedFirst):
                record_uitvraag(
                    melding=melding, actor=loket, at=MAANDAG, antwoorden={"sociaal": {"score": 5}}, versie=1
                )
            melding.refresh_from_db()

        assert melding.uitvraag.antwoorden.get().score == 2


class TestAppendAanvulling:
    def test_adds_to_a_closed_melding_of_the_own_organisation(self, als: Als, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)
        with als(loket):
            append_aanvulling(melding=melding, actor=loket, at=STRAKS, tekst=" Dochter belde. ")

        assert melding.aanvullingen.get().tekst == "Dochter belde."

    def test_refuses_nothing(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket)
        with als(loket), pytest.raises(AanvullingEmpty):
            append_aanvulling(melding=melding, actor=loket, at=STRAKS, tekst=" \n")

        assert "intake.append_aanvulling" not in acties()


class TestTermijnen:
    def test_counts_from_the_day_the_melding_came_in(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            termijn = start_termijn(
                melding=melding, actor=loket, at=MAANDAG + timedelta(days=3), code="WMO-OND"
            )
            plicht = start_termijn(melding=melding, actor=loket, at=MAANDAG, code="WMO-OCO")

        assert (termijn.begonnen_op, termijn.uiterlijk, termijn.voldaan_op) == (
            date(2026, 11, 2),
            date(2026, 12, 14),
            None,
        )
        assert plicht.voldaan_op == date(2026, 11, 2)

    def test_refuses_a_second_and_an_unknown_one(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            start_termijn(melding=melding, actor=loket, at=MAANDAG, code="WGS-4W")
            with pytest.raises(TermijnRunsAlready):
                start_termijn(melding=melding, actor=loket, at=MAANDAG, code="WGS-4W")
            with pytest.raises(TermijnUnknown):
                start_termijn(melding=melding, actor=loket, at=MAANDAG, code="BESTAAT-NIET")

        assert melding.termijnen.count() == 1

    def test_keeps_the_first_day_it_was_fulfilled(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket)
        with als(loket):
            termijn = start_termijn(melding=melding, actor=loket, at=MAANDAG, code="WMO-BEV")
            fulfil_termijn(termijn=termijn, actor=loket, at=MAANDAG)
            fulfil_termijn(termijn=termijn, actor=loket, at=MAANDAG + timedelta(days=9))
            termijn.refresh_from_db()

        assert termijn.voldaan_op == date(2026, 11, 2)
        assert acties().count("intake.fulfil_termijn") == 1


class TestGiveVoorziening:
    def make(self, **anders: Any) -> Voorziening:
        return Voorziening.objects.create(
            code=f"vz-{uuid4().hex[:8]}", naam="Steunpunt", aanbieder="SMOW", omschrijving="Helpt.", **anders
        )

    def test_counts_once(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding, voorziening = nieuwe_melding(loket), self.make()
        with als(loket):
            for _ in range(2):
                give_voorziening(melding=melding, actor=loket, at=STRAKS, voorziening=voorziening)

        assert melding.meegegeven.count() == 1
        assert acties().count("intake.give_voorziening") == 1

    def test_refuses_what_has_stopped(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding, voorziening = nieuwe_melding(loket), self.make(status="defunct")
        with als(loket), pytest.raises(VoorzieningUnavailable, match="Steunpunt"):
            give_voorziening(melding=melding, actor=loket, at=STRAKS, voorziening=voorziening)

        assert not melding.meegegeven.exists()


class TestLinkInwoner:
    def test_gives_an_anonymous_melding_a_person(
        self, als: Als, nieuwe_melding: Maak, loket: Medewerker
    ) -> None:
        melding = nieuwe_melding(loket, inwoner=None, melder_soort="anoniem")
        inwoner = InwonerFactory(aangemaakt_door=loket)
        with als(loket):
            linked = link_inwoner(melding=melding, actor=loket, at=STRAKS, inwoner=inwoner)

        assert linked.inwoner == inwoner

    def test_refuses_a_second_person(self, als: Als, nieuwe_melding: Maak, loket: Medewerker) -> None:
        melding = nieuwe_melding(loket)
        with als(loket), pytest.raises(InwonerKnownAlready):
            link_inwoner(
                melding=melding, actor=loket, at=STRAKS, inwoner=InwonerFactory(aangemaakt_door=loket)
            )


class TestLockMelding:
    def test_refuses_a_closed_melding(self, als: Als, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)
        with als(loket), pytest.raises((MeldingClosed, MeldingNotYours)):
            start_termijn(melding=melding, actor=loket, at=STRAKS, code="WMO-OND")

        assert not melding.termijnen.exists()

    def test_refuses_who_may_only_read(self, als: Als, systeem: Werkcontext, teamlid: Medewerker) -> None:
        melding = MeldingFactory(lees_teams=teamlid.team_ids("teamlid"))
        with als(teamlid):
            assert Melding.objects.filter(pk=melding.pk).exists()
            with pytest.raises(MeldingNotYours, match="niet \\(meer\\) wijzigen"):
                record_uitvraag(
                    melding=melding, actor=teamlid, at=STRAKS, antwoorden={"sociaal": {"score": 1}}
                )
