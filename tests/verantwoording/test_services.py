"""What a line says: who, for whom, what, about whom, why and from where."""

import pytest

from skt.autorisatie.context import acting_as
from skt.kern.errors import ContextMissing
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel, Soort
from skt.verantwoording.services import Gelezen, record, record_aanmelding, record_read, record_refusal
from tests.factories.medewerkers import MedewerkerFactory


@pytest.fixture
def medewerker(systeem: object) -> Medewerker:
    return MedewerkerFactory(rol=Rol.TEAMLID, organisatie="smow")


class TestRecord:
    def test_knows_who_acts_for_which_organisation_from_where(self, medewerker: Medewerker) -> None:
        with acting_as(medewerker, vanaf="192.0.2.7") as context:
            record(
                action="proef.doen", subject=medewerker, inwoner_ids=[7, 9], reden="omdat", gegevens={"a": 1}
            )

        lines = Regel.objects.order_by("pk")
        assert [line.inwoner_id for line in lines] == [7, 9]
        for line in lines:
            plaatsing = medewerker.plaatsing
            assert (line.medewerker_id, line.plaatsing_id) == (medewerker.pk, plaatsing.pk)
            assert line.organisatie_id == plaatsing.moederorganisatie_id
            assert (line.object_soort, line.object_id) == ("medewerker", medewerker.pk)
            assert (line.soort, line.reden, line.vanaf) == (Soort.WIJZIGEN, "omdat", "192.0.2.7")
            assert (line.gegevens, line.verzoek) == ({"a": 1}, context.verzoek)

    def test_writes_one_line_when_nobody_is_touched(self, medewerker: Medewerker) -> None:
        record(action="proef.doen")

        assert Regel.objects.get().inwoner_id is None

    def test_gives_the_reason_of_the_system(self, systeem: object) -> None:
        record(action="proef.doen")

        assert (Regel.objects.get().medewerker_id, Regel.objects.get().reden) == (None, "proef")

    def test_refuses_without_an_actor(self, db: None) -> None:
        with pytest.raises(ContextMissing):
            record(action="proef.doen")

    def test_shortens_what_is_too_long_for_its_column(self, systeem: object) -> None:
        record(action="proef.doen", reden="x" * 900)

        assert len(Regel.objects.get().reden) == 500


class TestRecordRead:
    def test_writes_a_line_per_inwoner_shown(self, medewerker: Medewerker) -> None:
        with acting_as(medewerker):
            record_read(
                action="proef.lijst",
                rows=[Gelezen("melding", number, 100 + number) for number in range(40)],
                recht="u werkt daar",
            )

        lines = Regel.objects.filter(soort=Soort.LEZEN, recht="u werkt daar")
        assert lines.count() == 40
        assert set(lines.values_list("object_id", "inwoner_id")) == {(n, 100 + n) for n in range(40)}

    def test_an_empty_list_shows_nothing_and_logs_nothing(self, systeem: object) -> None:
        record_read(action="proef.lijst", rows=[])

        assert not Regel.objects.exists()

    def test_is_one_statement_however_long_the_list(
        self, systeem: object, django_assert_max_num_queries: object
    ) -> None:
        with django_assert_max_num_queries(1):
            record_read(action="proef.lijst", rows=[Gelezen("melding", n, n) for n in range(300)])

    def test_marks_an_emergency(self, systeem: object) -> None:
        record_read(action="proef.nood", rows=[Gelezen("casus", 1, 2)], noodtoegang=True, reden="brand")

        assert Regel.objects.get().noodtoegang


class TestRefusalsAndLogins:
    def test_a_refusal_says_what_was_asked_not_whether_it_exists(self, medewerker: Medewerker) -> None:
        with acting_as(medewerker):
            record_refusal(action="intake.view_melding", object_soort="melding", gevraagd={"pk": "12"})

        line = Regel.objects.get()
        assert (line.soort, line.object_id, line.gegevens) == (Soort.GEWEIGERD, None, {"pk": "12"})

    def test_a_failed_log_in_needs_no_actor(self, db: None, medewerker: Medewerker) -> None:
        record_aanmelding(action="web.login_mislukt", medewerker_id=None, vanaf="::1", gegevens={"n": "x"})

        assert Regel.objects.get().soort == Soort.AANMELDEN
