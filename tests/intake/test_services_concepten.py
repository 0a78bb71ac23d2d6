"""Half getypte gesprekken: niets gaat verloren, en twee tabbladen schrijven elkaar niet over."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import uuid4

import pytest

from intake.models import Concept, Contactmoment, Melding
from intake.services import Route, discard_concept, finish_concept, save_concept, start_concept
from intake.services.afhandeling import NobodyWarned
from intake.services.concepten import MAX_TEKENS, ConceptGone, ConceptOlder, ConceptTooLarge
from intake.services.rijen import NotAtLoket
from skt.inwoners.models import Inwoner
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
STRAKS = MAANDAG + timedelta(minutes=12)


class TestStartConcept:
    def test_begins_an_own_call_and_logs_it(self, als: Als, loket: Medewerker) -> None:
        with als(loket):
            concept = start_concept(actor=loket, at=MAANDAG)

        assert (concept.medewerker, concept.begonnen_op, concept.versie) == (loket, MAANDAG, 1)
        assert acties() == ["intake.start_concept"]

    def test_takes_an_empty_call_again(self, als: Als, loket: Medewerker, concept: Concept) -> None:
        with als(loket):
            again = start_concept(actor=loket, at=STRAKS)

        assert again == concept
        assert again.begonnen_op == STRAKS

    def test_begins_another_when_something_was_typed(
        self, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            save_concept(sleutel=concept.sleutel, actor=loket, gegevens={"a": ["b"]}, versie=1, at=MAANDAG)
            assert start_concept(actor=loket, at=STRAKS) != concept

    def test_refuses_who_does_not_work_at_the_loket(self, als: Als, teamlid: Medewerker) -> None:
        with als(teamlid), pytest.raises(NotAtLoket):
            start_concept(actor=teamlid, at=MAANDAG)

        assert acties() == []


class TestSaveConcept:
    def test_keeps_what_was_typed_and_counts(self, als: Als, loket: Medewerker, concept: Concept) -> None:
        with als(loket):
            saved = save_concept(
                sleutel=concept.sleutel, actor=loket, gegevens={"hulpvraag": ["Gas"]}, versie=1, at=STRAKS
            )
            again = save_concept(
                sleutel=concept.sleutel, actor=loket, gegevens={"hulpvraag": ["Gas"]}, versie=2, at=STRAKS
            )

        assert (saved.versie, saved.gegevens, saved.bewaard_op) == (2, {"hulpvraag": ["Gas"]}, STRAKS)
        assert again.versie == 2

    def test_refuses_an_older_tab_and_overwrites_nothing(
        self, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            save_concept(
                sleutel=concept.sleutel, actor=loket, gegevens={"a": ["nieuw"]}, versie=1, at=MAANDAG
            )
            with pytest.raises(ConceptOlder, match="ander tabblad"):
                save_concept(
                    sleutel=concept.sleutel, actor=loket, gegevens={"a": ["oud"]}, versie=1, at=STRAKS
                )
            concept.refresh_from_db()

        assert (concept.gegevens, concept.versie) == ({"a": ["nieuw"]}, 2)

    def test_refuses_another_medewerker(
        self, als: Als, loket: Medewerker, collega: Medewerker, concept: Concept
    ) -> None:
        with als(collega), pytest.raises(ConceptGone):
            save_concept(sleutel=concept.sleutel, actor=collega, gegevens={"a": ["b"]}, versie=1, at=STRAKS)
        with als(loket):
            concept.refresh_from_db()

        assert concept.gegevens == {}

    def test_refuses_too_much_and_drops_what_postgresql_cannot_keep(
        self, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            with pytest.raises(ConceptTooLarge):
                save_concept(
                    sleutel=concept.sleutel,
                    actor=loket,
                    gegevens={"a": ["x" * MAX_TEKENS, "x"]},
                    versie=1,
                    at=STRAKS,
                )
            saved = save_concept(
                sleutel=concept.sleutel, actor=loket, gegevens={"a": ["b\x00🙂"]}, versie=1, at=STRAKS
            )

        assert saved.gegevens == {"a": ["b🙂"]}

    def test_refuses_an_unknown_key(self, als: Als, loket: Medewerker) -> None:
        with als(loket), pytest.raises(ConceptGone):
            save_concept(sleutel=uuid4(), actor=loket, gegevens={}, versie=1, at=STRAKS)


class TestDiscardConcept:
    def test_ends_it_for_good(self, als: Als, loket: Medewerker, concept: Concept) -> None:
        with als(loket):
            discard_concept(sleutel=concept.sleutel, actor=loket, at=STRAKS)
            with pytest.raises(ConceptGone):
                save_concept(sleutel=concept.sleutel, actor=loket, gegevens={}, versie=1, at=STRAKS)
            assert not Concept.objects.running(loket).exists()

        assert acties()[-1] == "intake.discard_concept"


class TestFinishConcept:
    def ask(self, concept: Concept, actor: Medewerker, **anders: object) -> Melding:
        gesprek: dict[str, object] = {
            "route": Route.TRIAGE,
            "contact": {"kanaal": "telefonisch", "melder_soort": "naaste/netwerk", "melder_naam": "Marijke"},
            "nieuwe_inwoner": {"achternaam": "Verhage", "roepnaam": "Annie"},
            "melding": {"hulpvraag": "De pan stond droog.", "themas": ["mantelzorg"]},
            "antwoorden": {"praktisch": {"score": 2}},
            "termijnen": ["WMO-OND", "WMO-OCO"],
            "afronding": {"toelichting": ""},
        }
        return finish_concept(sleutel=concept.sleutel, actor=actor, at=STRAKS, **{**gesprek, **anders})

    def test_registers_the_whole_call(self, als: Als, loket: Medewerker, concept: Concept) -> None:
        with als(loket):
            melding = self.ask(concept, loket)
            concept.refresh_from_db()

        assert (melding.status, melding.inwoner.naam, melding.nummer) == (
            "in_triage",
            "Annie Verhage",
            "2026-0001",
        )
        contact = melding.contactmoment
        assert (contact.sleutel, contact.begonnen_op, contact.beeindigd_op) == (
            concept.sleutel,
            MAANDAG,
            STRAKS,
        )
        assert melding.uitvraag.antwoorden.get().score == 2
        assert set(melding.termijnen.values_list("soort_id", flat=True)) == {"WMO-OND", "WMO-OCO"}
        assert (concept.verwerkt_op, concept.melding, concept.gegevens) == (STRAKS, melding, {})
        assert acties()[1:] == [
            "intake.register_contact",
            "intake.register_inwoner",
            "intake.register_melding",
            "intake.record_uitvraag",
            "intake.start_termijn",
            "intake.start_termijn",
            "intake.send_to_triage",
        ]

    def test_gives_the_same_melding_when_sent_again(
        self, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            first = self.ask(concept, loket)
            again = self.ask(concept, loket, route=Route.INFORMATIE)

        assert again == first
        assert (Melding.objects.count(), Contactmoment.objects.count(), Inwoner.objects.count()) == (1, 1, 1)

    def test_leaves_nothing_when_one_part_is_refused(
        self, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            with pytest.raises(NobodyWarned):
                self.ask(
                    concept,
                    loket,
                    route=Route.CRISISROUTE,
                    afronding={"gewaarschuwd": "", "gewaarschuwd_op": None},
                )
            concept.refresh_from_db()

        assert concept.verwerkt_op is None
        assert (Melding.objects.count(), Contactmoment.objects.count(), Inwoner.objects.count()) == (0, 0, 0)
        assert acties() == ["intake.start_concept"]

    def test_puts_a_next_question_on_the_same_contactmoment(
        self, als: Als, loket: Medewerker, concept: Concept
    ) -> None:
        with als(loket):
            first = self.ask(concept, loket)
            volgende = start_concept(actor=loket, at=STRAKS, contactmoment=first.contactmoment)
            second = self.ask(volgende, loket, nieuwe_inwoner={"achternaam": "Verhage", "roepnaam": "Thijs"})

        assert second != first
        assert second.contactmoment == first.contactmoment
        assert Contactmoment.objects.count() == 1
