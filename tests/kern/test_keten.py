"""The sluitende keten speaks: each invariant that PostgreSQL keeps has a sentence, and a service hears it in time."""

import re

import pytest
from django.db import IntegrityError, connection, transaction

from intake.models import Melding
from skt.kern.keten import TRIGGERS, ZINNEN, KetenBroken, check_keten, sentence_of
from skt.medewerkers.models import Plaatsing
from tests.architectuur.bronnen import python_files
from tests.factories.intake import MeldingFactory
from tests.fixtures import MAANDAG


class TestSentences:
    def test_every_constraint_raised_in_sql_has_one(self) -> None:
        raised = {
            name
            for path in python_files(migrations=True)
            for name in re.findall(r"(?:CONSTRAINT = '|ADD CONSTRAINT )(keten_\w+)", path.read_text())
        }

        assert raised == set(ZINNEN)

    def test_each_is_a_whole_sentence_without_technical_words(self) -> None:
        for sentence in ZINNEN.values():
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert not re.search(r"keten|constraint|trigger|transactie|database", sentence, re.IGNORECASE)

    @pytest.mark.django_db
    def test_every_deferred_trigger_is_asked(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgdeferrable AND tginitdeferred AND NOT tgisinternal"
            )
            deferred = {name for (name,) in cursor.fetchall()}

        assert deferred - {"regel_in_de_keten"} == set(TRIGGERS)


class TestCheckKeten:
    def test_is_quiet_when_all_is_well(self, systeem: object) -> None:
        MeldingFactory()

        check_keten()

    def test_says_now_what_the_commit_would_say(self, systeem: object) -> None:
        melding = MeldingFactory()
        check_keten()

        with pytest.raises(KetenBroken, match="Draag dat eerst over"), transaction.atomic():
            Plaatsing.objects.filter(medewerker=melding.verantwoordelijke).update(tot=MAANDAG.date())
            check_keten()

        assert Plaatsing.objects.get(medewerker=melding.verantwoordelijke).tot is None

    def test_leaves_the_triggers_deferred(self, systeem: object) -> None:
        """Within one service a resident may be without a holder for a moment."""
        melding = MeldingFactory()
        check_keten()

        plaatsingen = Plaatsing.objects.filter(medewerker=melding.verantwoordelijke)
        with transaction.atomic():
            plaatsingen.update(tot=MAANDAG.date())
            plaatsingen.update(tot=None)
            check_keten()

    def test_does_not_hide_another_mistake(self, systeem: object) -> None:
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            Melding.objects.filter(pk=MeldingFactory().pk).update(hulpvraag="")

        assert sentence_of(error.value) is None
