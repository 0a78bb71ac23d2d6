"""De poort van het openbare formulier: wat er niet door komt, dat er niets uitkomt, en dat geen woord verloren gaat."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import ProgrammingError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.exceptions import RedisError

from intake.forms import InwonerFormulier, ProfessionalFormulier
from intake.models import Contactmoment, Melding, Opgave
from intake.services import receive_formulier
from skt.autorisatie.context import acting_as_system
from skt.autorisatie.rules import permitted
from skt.inwoners.models import Inwoner
from skt.kern.errors import ContextMissing
from skt.medewerkers.models import Medewerker
from tests.factories.inwoners import InwonerFactory
from tests.fixtures import MAANDAG
from tests.intake.openbaar import (
    FORM,
    INHOUD,
    INWONER,
    PROFESSIONAL,
    Browser,
    aantal_meldingen,
    de_melding,
    ingevuld,
    professional,
    zegel,
)


@pytest.mark.django_db
class TestGate:
    def test_a_page_that_was_open_too_long_keeps_its_text_and_can_be_sent_again(
        self, buiten: Browser
    ) -> None:
        page = buiten.post(INWONER, ingevuld(zegel=zegel(timedelta(hours=25))))

        text = page.content.decode()
        assert page.status_code == 422
        assert "stond lang open" in text
        assert "Ik kom er niet meer uit met de post." in text
        assert zegel() != re.search(r'name="zegel" value="([^"]+)"', text)[1]  # type: ignore[index]
        assert aantal_meldingen() == 0

    @pytest.mark.parametrize("vals", ["", "x", "a.b:c", "bijna", "0" * 5000])
    def test_a_seal_that_is_not_ours_gets_a_new_one(self, buiten: Browser, vals: str) -> None:
        page = buiten.post(INWONER, ingevuld(zegel=zegel() + "x" if vals == "bijna" else vals))

        assert page.status_code == 422
        assert "Ik kom er niet meer uit met de post." in page.content.decode()
        assert aantal_meldingen() == 0

    def test_who_is_too_quick_presses_again(self, buiten: Browser) -> None:
        page = buiten.post(INWONER, ingevuld(zegel=zegel(timedelta())))

        assert "erg snel" in page.content.decode()
        assert aantal_meldingen() == 0

    def test_a_machine_is_told_so_and_a_person_loses_nothing(self, buiten: Browser) -> None:
        page = buiten.post(INWONER, ingevuld(website="https://voorbeeld.invalid"))

        text = page.content.decode()
        assert page.status_code == 422
        assert "Maak dit veld leeg" in text
        assert "Ik kom er niet meer uit met de post." in text
        assert aantal_meldingen() == 0

    def test_another_site_can_not_send_for_somebody(self, buiten: Browser) -> None:
        page = buiten.post(INWONER, ingevuld(), headers={"Sec-Fetch-Site": "cross-site"})

        assert page.status_code == 422
        assert aantal_meldingen() == 0

    def test_counts_per_address(self, buiten: Browser, settings: Any) -> None:
        settings.SKT_FORMULIEREN_PER_UUR = 2
        codes = [
            buiten.post(INWONER, ingevuld(hulpvraag=str(n)), REMOTE_ADDR="192.0.2.1").status_code
            for n in range(3)
        ]
        ander = buiten.post(INWONER, ingevuld(), REMOTE_ADDR="192.0.2.2").status_code

        assert codes == [302, 302, 429]
        assert ander == 302
        assert aantal_meldingen() == 3

    def test_counts_the_visitor_not_our_front(self, buiten: Browser, settings: Any) -> None:
        settings.SKT_FORMULIEREN_PER_UUR, settings.SKT_PROXIES = 1, 1
        codes = [
            buiten.post(INWONER, ingevuld(), headers={"X-Forwarded-For": forwarded}).status_code
            for forwarded in ("verzonnen, 192.0.2.1", "iets anders, 192.0.2.1", "192.0.2.9")
        ]

        assert codes == [302, 429, 302]

    def test_is_shut_when_nobody_can_count(
        self, buiten: Browser, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        def away(*_args: Any, **_kwargs: Any) -> None:
            raise RedisError

        monkeypatch.setattr(cache, "add", away)
        page = buiten.post(INWONER, ingevuld())

        text = page.content.decode()
        assert page.status_code == 503
        assert settings.SKT_LOKET_TELEFOON in text
        assert "Ik kom er niet meer uit met de post." in text
        assert aantal_meldingen() == 0


@pytest.mark.django_db
class TestOddInput:
    @pytest.mark.parametrize("path", [INWONER, PROFESSIONAL])
    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b"", FORM),
            (b"\xff\xfe\x00", FORM),
            (b"hulpvraag=%00%ff%ed%a0%80", FORM),
            (b"a=1&" * 1900, FORM),
            (b"a=1&" * 2100, FORM),
            (b"hulpvraag=" + b"x" * 3_000_000, FORM),
            (b"hulpvraag=x", f"{FORM}; charset=hex"),
            (b"hulpvraag=x", f"{FORM}; charset=utf-7"),
            (b"hulpvraag=x", f"{FORM}; charset=bestaat-niet"),
            (b"--x\r\n", "multipart/form-data; boundary=x"),
            (b"--x", "multipart/form-data"),
            (b"{}", "application/json"),
            (b"x", ""),
        ],
    )
    def test_is_never_an_error_of_ours(self, buiten: Browser, path: str, body: bytes, kind: str) -> None:
        answer = buiten.post(path, body, content_type=kind)

        assert answer.status_code in {400, 413, 422}
        assert "Versturen" in answer.content.decode()
        assert aantal_meldingen() == 0

    def test_characters_that_can_not_be_kept_are_left_out(self, buiten: Browser) -> None:
        buiten.post(INWONER, ingevuld(hulpvraag="Hallo\x00 wereld\x07 😢 مرحبا\r\nregel"))

        assert de_melding().hulpvraag == "Hallo wereld 😢 مرحبا\nregel"

    def test_text_is_text(self, buiten: Browser) -> None:
        page = buiten.post(INWONER, ingevuld(achternaam="", hulpvraag="<script>alert(1)</script>{{ 7*7 }}"))

        assert "<script>alert" not in page.content.decode()

    @pytest.mark.parametrize("bewijs", ["x", "a:b:c", "é", "x" * 4000])
    def test_a_proof_that_is_not_ours_is_not_found(self, buiten: Browser, bewijs: str) -> None:
        assert buiten.get(f"/hulp-vragen/ontvangen/{bewijs}/").status_code == 404

    @pytest.mark.parametrize("method", ["put", "delete", "patch"])
    def test_has_no_other_method(self, buiten: Browser, method: str) -> None:
        assert getattr(buiten, method)(INWONER).status_code == 405


@pytest.mark.django_db
class TestNothingComesOut:
    def test_the_request_asks_postgresql_one_thing(
        self, buiten: Browser, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(3) as asked:
            buiten.post(INWONER, ingevuld())

        real = [q["sql"] for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
        assert len(real) == 1
        assert real[0].startswith("SELECT intake_ontvang_formulier(")

    def test_the_same_answer_whether_somebody_is_known_or_not(self, buiten: Browser) -> None:
        with acting_as_system("proef"):
            InwonerFactory(achternaam="Verhage", telefoon="070-5550218")
        answers = []
        for naam in ("Verhage", "Onbekendman"):
            page = buiten.post(INWONER, ingevuld(achternaam=naam), follow=True)
            answers.append(re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", "", page.content.decode()))

        assert answers[0] == answers[1]
        with acting_as_system("proef"):
            assert Melding.objects.filter(inwoner__isnull=False).count() == 0

    def test_nothing_is_visible_to_who_sends(self) -> None:
        with acting_as_system("proef"):
            InwonerFactory()
        receive_formulier(sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud=INHOUD)

        with pytest.raises(ContextMissing):
            permitted(None, "intake.view_melding", Melding.objects.all())
        for model in (Melding, Contactmoment, Opgave, Inwoner):
            assert model.objects.count() == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('skt.context', true)")
            assert cursor.fetchone()[0] in ("", None)

    def test_the_tables_can_not_be_written_beside_the_function(self) -> None:
        with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute(
                "INSERT INTO intake_contactmoment (sleutel, kanaal, begonnen_op, melder_soort, melder_naam, melder_telefoon,"
                " organisatie_id, samenvatting) VALUES (gen_random_uuid(), 'digitaal', now(), 'anders', '', '', 1, '')"
            )

    def test_who_is_logged_in_acts_no_differently(
        self, buiten: Browser, loket: Medewerker, django_assert_max_num_queries: Any
    ) -> None:
        buiten.force_login(loket)
        buiten.post(INWONER, ingevuld())

        melding = Melding.objects.select_related("contactmoment").get()
        assert melding.contactmoment.medewerker is None
        assert melding.verantwoordelijke is None


FIELDS = [*InwonerFormulier.base_fields, *ProfessionalFormulier.base_fields, "onzin"]
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        "zelf",
        "ander",
        "ja",
        "nee",
        "beperkt",
        "niet",
        "bellen",
        "skt-kwadraad",
        "huisarts",
        "070-5550218",
        "a@b.nl",
        "2244 QF",
    ]
)


@pytest.mark.django_db
class TestWhateverIsSent:
    @settings(max_examples=150, deadline=None, database=None)
    @given(
        path=st.sampled_from([INWONER, PROFESSIONAL]), data=st.dictionaries(st.sampled_from(FIELDS), ANYTHING)
    )
    def test_gets_an_answer(self, path: str, data: dict[str, str]) -> None:
        cache.clear()
        base = ingevuld() if path == INWONER else professional()
        with transaction.atomic():
            answer = Browser().post(path, base | data | {"zegel": zegel()})
            transaction.set_rollback(True)

        assert answer.status_code in {302, 422}
