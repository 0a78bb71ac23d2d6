"""The matrix itself: complete, without contradictions, and what domein 4 says in words holds in its rows."""

import pytest

from casusregie.models import Casus
from intake.models import Afspraak, Concept, Melding, Outreachlijst, Terugbelverzoek
from skt.autorisatie.context import acting_as, acting_as_system
from skt.autorisatie.rules import permitted
from skt.inwoners.models import Bsn, Inwoner
from tests.architectuur.tabellen import ALLEEN_TRIGGERS, OVER_INWONERS, OVER_MEDEWERKERS
from tests.rechten.matrix import MATRIX
from tests.rechten.vocabulaire import LEEST, Vraag
from tests.rechten.wereld import MENSEN, ZONDER_DOSSIERS, Wereld
from triage.models import Aanmelding


def table_of(wereld: Wereld, vraag: Vraag) -> str:
    return str(wereld.ding[vraag.ding]._meta.db_table) if vraag.ding in wereld.ding else ""


class TestMatrix:
    def test_has_each_question_once(self) -> None:
        asked = [(vraag.ding, vraag.doet) for vraag in MATRIX]

        assert sorted(asked) == sorted(set(asked))

    def test_asks_about_every_protected_table(self, wereld: Wereld) -> None:
        """A new table about people needs a row here, or this fails."""
        read = {table_of(wereld, vraag) for vraag in MATRIX if vraag.doet == LEEST}

        assert (OVER_INWONERS | OVER_MEDEWERKERS) - ALLEEN_TRIGGERS - read == set()

    def test_shows_nothing_about_a_resident_to_who_does_not_work_with_dossiers(self, wereld: Wereld) -> None:
        about_residents = [vraag for vraag in MATRIX if table_of(wereld, vraag) in OVER_INWONERS]

        assert len(about_residents) > 100
        for vraag in about_residents:
            seen = (vraag.wie | vraag.slot2_ook) & ZONDER_DOSSIERS
            assert seen <= {"privacy"}, vraag
            if seen:  # the privacy officer reads the log and the emergencies, nothing else
                assert table_of(wereld, vraag) in {"verantwoording_regel", "autorisatie_noodtoegang"}, vraag

    def test_says_why_where_lock_2_is_wider(self) -> None:
        assert all(vraag.omdat for vraag in MATRIX if vraag.slot2_ook)

    def test_is_read_only_in_an_emergency(self) -> None:
        written = {vraag for vraag in MATRIX if vraag.doet != LEEST and "nood" in vraag.wie}

        assert {str(vraag) for vraag in written} == {"nieuw: maakt inwoner"}


class TestBothLocks:
    """Not row by row but all at once: whatever is in the town, both let the same rows through."""

    KINDS = [
        ("intake.view_melding", Melding),
        ("intake.own_concept", Concept),
        ("intake.view_afspraak", Afspraak),
        ("intake.view_terugbelverzoek", Terugbelverzoek),
        ("intake.view_outreachlijst", Outreachlijst),
        ("inwoners.view_inwoner", Inwoner),
        ("triage.view_aanmelding", Aanmelding),
        ("casusregie.view_casus", Casus),
    ]

    @pytest.mark.parametrize(("recht", "model"), KINDS)
    def test_show_the_same_rows(self, wereld: Wereld, recht: str, model: type) -> None:
        for naam in MENSEN:
            user = wereld.actor(naam)
            with acting_as(user):
                by_lock_2 = set(model.objects.values_list("pk", flat=True))
                by_both = set(permitted(user, recht, model.objects).values_list("pk", flat=True))
                if model is Concept:
                    still = permitted(user, "intake.take_concept", Concept.objects)
                    by_both |= set(still.values_list("pk", flat=True))
            with acting_as_system("proef"):
                by_lock_1 = set(permitted(user, recht, model.objects).values_list("pk", flat=True))
            if model is Concept:  # the system sees none, so lock 1 can only be asked together with lock 2
                by_lock_1 = by_both
            assert by_lock_1 == by_lock_2 == by_both, naam

    def test_show_the_same_bsn(self, wereld: Wereld) -> None:
        for naam in MENSEN:
            user = wereld.actor(naam)
            with acting_as(user):
                by_lock_2 = set(Bsn.objects.values_list("pk", flat=True))
            with acting_as_system("proef"):
                known = Inwoner.objects.filter(pk__in=Bsn.objects.values("pk"))
                by_lock_1 = set(permitted(user, "inwoners.view_bsn", known).values_list("pk", flat=True))
            assert by_lock_1 == by_lock_2, naam
