"""Een latere meting komt erbij; wat er stond verandert nooit."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.metingen import last_scores, read_metingen
from intake.models import Melding, Meting, Metingantwoord
from intake.services import record_meting, record_uitvraag
from intake.services.meldingen import LeefgebiedUnknown, MeldingInvalid, ScoreFixed
from intake.services.metingen import MetingEmpty, MetingTooEarly, MetingWithoutStart
from skt.kern.werkcontext import Werkcontext
from skt.medewerkers.models import Medewerker
from tests.factories.intake import MeldingFactory, MetingFactory, UitvraagFactory
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

Als = Callable[[Medewerker], AbstractContextManager[Werkcontext]]
LATER = MAANDAG + timedelta(days=30)


@pytest.fixture
def melding(loket: Medewerker) -> Melding:
    melding = MeldingFactory(medewerker=loket)
    UitvraagFactory(melding=melding, scores={"sociaal": 2, "financien": 4})
    return melding


def measure(melding: Melding, actor: Medewerker, **anders: Any) -> Meting:
    facts = {
        "at": LATER,
        "reden": "evaluatie",
        "antwoorden": {"sociaal": {"score": 4, "toelichting": "Gaat naar de inloop."}},
        "sleutel": uuid4(),
    } | anders
    return record_meting(melding=melding, actor=actor, **facts)


class TestRecordMeting:
    def test_is_added_and_leaves_the_beginning(self, als: Als, loket: Medewerker, melding: Melding) -> None:
        with als(loket):
            meting = measure(melding, loket)
            begin, nu = read_metingen([melding.pk])

        assert (begin.reden, begin.scores) == ("Begin", {"financien": 4, "sociaal": 2})
        assert (nu.reden, nu.scores, nu.wie) == ("Evaluatie", {"sociaal": 4}, str(loket))
        assert last_scores([begin, nu]) == {"financien": 4, "sociaal": 4}
        assert meting.methode.is_standaard
        assert "intake.record_meting" in acties()

    def test_is_once_when_it_is_sent_twice(self, als: Als, loket: Medewerker, melding: Melding) -> None:
        sleutel = uuid4()
        with als(loket):
            first, second = (measure(melding, loket, sleutel=sleutel) for _ in range(2))

        assert first == second
        assert Metingantwoord.objects.count() == 1

    @pytest.mark.parametrize(
        ("anders", "fout"),
        [
            ({"antwoorden": {"sociaal": {"toelichting": "Alleen tekst"}}}, MetingEmpty),
            ({"antwoorden": {"weer": {"score": 3}}}, LeefgebiedUnknown),
            ({"antwoorden": {"sociaal": {"score": 7}}}, MeldingInvalid),
            ({"reden": "zomaar"}, MeldingInvalid),
            ({"afgenomen_op": MAANDAG - timedelta(days=1)}, MetingTooEarly),
            ({"afgenomen_op": LATER + timedelta(days=1)}, MetingTooEarly),
        ],
    )
    def test_refuses_nonsense(
        self, als: Als, loket: Medewerker, melding: Melding, anders: dict[str, Any], fout: type[Exception]
    ) -> None:
        with als(loket), pytest.raises(fout), transaction.atomic():
            measure(melding, loket, **anders)

        assert not Meting.objects.exists()

    def test_wants_a_beginning(self, als: Als, loket: Medewerker) -> None:
        with als(loket), pytest.raises(MetingWithoutStart):
            measure(MeldingFactory(medewerker=loket), loket)

        assert not Meting.objects.exists()

    def test_is_refused_by_postgresql_for_who_does_not_belong_to_it(
        self, als: Als, collega: Medewerker, loket: Medewerker
    ) -> None:
        dicht = MeldingFactory(medewerker=loket, gesloten=True)
        UitvraagFactory(melding=dicht)
        with als(collega), pytest.raises((MetingWithoutStart, ProgrammingError)), transaction.atomic():
            measure(dicht, collega)

        assert not Meting.objects.exists()


class TestTheBeginning:
    def test_keeps_a_score_of_an_earlier_day(self, als: Als, loket: Medewerker, melding: Melding) -> None:
        with als(loket):
            with pytest.raises(ScoreFixed, match="nieuwe meting"):
                record_uitvraag(melding=melding, actor=loket, at=LATER, antwoorden={"sociaal": {"score": 5}})
            record_uitvraag(
                melding=melding,
                actor=loket,
                at=LATER,
                antwoorden={"sociaal": {"score": 2, "wens": "Kaarten"}, "praktisch": {"score": 3}},
            )
            scores = read_metingen([melding.pk])[0].scores

        assert scores == {"financien": 4, "sociaal": 2, "praktisch": 3}

    def test_never_changes_once_there_is_a_later_one(self, melding: Melding) -> None:
        MetingFactory(melding=melding)
        antwoord = melding.uitvraag.antwoorden.get(leefgebied="sociaal")
        antwoord.score = 5
        with pytest.raises(IntegrityError, match="deze score blijft"), transaction.atomic():
            antwoord.save()
        antwoord.refresh_from_db()

        assert antwoord.score == 2

    def test_a_meting_itself_is_not_to_be_changed(
        self, als: Als, loket: Medewerker, melding: Melding
    ) -> None:
        meting = MetingFactory(melding=melding)
        for rij in (meting, meting.antwoorden.get()):
            with als(loket), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                rij.save()

        assert meting.antwoorden.get().score == 4


class TestMetingPage:
    def test_shows_the_earlier_score_and_keeps_both(
        self, client: Client, loket: Medewerker, melding: Melding
    ) -> None:
        client.force_login(loket)
        url = reverse("intake:meting_new", kwargs={"nummer": melding.nummer})
        page = client.get(url)
        sleutel = page.context["form"]["sleutel"].value()
        assert "was" in page.content.decode()
        for _ in range(2):
            sent = client.post(
                url,
                {"sleutel": sleutel, "reden": "einde", "score_sociaal": "4", "open_leefgebied": "sociaal"},
            )
            assert sent.status_code == 302
        whole = client.get(
            reverse("intake:melding_detail", kwargs={"nummer": melding.nummer})
        ).content.decode()

        assert Meting.objects.get().reden == "einde"
        assert "2 hoger" in whole
        assert "Vooruit: sociaal functioneren." in whole
        assert "Score per leefgebied bij het begin en nu" in whole
        assert "Zo is het toen gevraagd: Integrale uitvraag versie 1" in whole

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"reden": ""}, "Kies waarom u opnieuw meet."),
            ({"score_sociaal": ""}, "Alleen wat u besprak krijgt een score."),
            ({"afgenomen_op": "2001-01-01T10:00"}, "na de eerste uitvraag"),
            ({"afgenomen_op": "2999-01-01T10:00"}, "in de toekomst"),
            ({"afgenomen_op": "gisteren"}, "Vul de dag en de tijd in"),
            ({"sleutel": "x"}, "Ververs de pagina."),
            ({"reden": "zomaar"}, "Kies iets uit de lijst."),
        ],
    )
    def test_says_what_is_missing(
        self, client: Client, loket: Medewerker, melding: Melding, anders: dict[str, str], zin: str
    ) -> None:
        client.force_login(loket)
        url = reverse("intake:meting_new", kwargs={"nummer": melding.nummer})
        page = client.post(
            url, {"sleutel": str(uuid4()), "reden": "evaluatie", "score_sociaal": "4"} | anders
        )

        assert page.status_code == 422
        assert zin in page.content.decode()
        assert not Meting.objects.exists()

    def test_takes_the_place_of_completing_the_uitvraag(
        self, client: Client, loket: Medewerker, melding: Melding
    ) -> None:
        MetingFactory(melding=melding)
        client.force_login(loket)
        page = client.post(
            reverse("intake:melding_uitvraag", kwargs={"nummer": melding.nummer}), {"score_sociaal": "5"}
        )

        assert page.status_code == 302
        assert page.url.endswith("/meting/")
        assert melding.uitvraag.antwoorden.get(leefgebied="sociaal").score == 2

    def test_says_at_the_field_that_a_score_stays(
        self, client: Client, loket: Medewerker, melding: Melding
    ) -> None:
        client.force_login(loket)
        page = client.post(
            reverse("intake:melding_uitvraag", kwargs={"nummer": melding.nummer}),
            {"score_sociaal": "5", "score_financien": "4"},
        )

        assert page.status_code == 422
        assert "en blijft staan" in page.context["form"].errors["score_sociaal"][0]

    def test_stands_on_the_page_of_the_inwoner_with_a_new_melding(
        self, client: Client, loket: Medewerker, melding: Melding
    ) -> None:
        again = MeldingFactory(medewerker=loket, inwoner=melding.inwoner)
        UitvraagFactory(melding=again, scores={"sociaal": 5}, afgenomen_op=timezone.now())
        client.force_login(loket)
        page = client.get(reverse("intake:inwoner_detail", kwargs={"uuid": melding.inwoner.uuid}))

        assert [moment.reden for moment in page.context["metingen"]] == ["Begin", "Nieuwe melding"]
        assert "3 hoger" in page.content.decode()
        assert "intake.view_metingen" in acties()

    def test_reads_in_a_fixed_number_of_queries(
        self, systeem: Werkcontext, melding: Melding, django_assert_max_num_queries: Any
    ) -> None:
        for meer in (1, 8):
            MetingFactory.create_batch(meer, melding=melding)
            with django_assert_max_num_queries(4):
                read_metingen([melding.pk])
