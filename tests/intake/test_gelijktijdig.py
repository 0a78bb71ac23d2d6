"""Echt tegelijk, in twee verbindingen: twee keer verstuurd is één melding, en twee collega's pakken niet hetzelfde op."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from intake.models import Contactmoment, Melding
from intake.services import propose_samenvoeging, start_concept
from skt.autorisatie.context import acting_as, acting_as_system
from skt.inwoners.models import Inwoner
from skt.inwoners.vergelijken import stamp
from skt.medewerkers.models import Medewerker, Rol
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory
from tests.factories.medewerkers import MedewerkerFactory
from tests.fixtures import MAANDAG
from tests.intake.conftest import GESPREK
from tests.intake.openbaar import INWONER, Browser, ingevuld

pytestmark = pytest.mark.django_db(transaction=True)


def post(user: Medewerker, url: str, data: dict[str, object]) -> tuple[int, str]:
    """Eén verzoek in een eigen draad, met een eigen verbinding."""
    try:
        client = Client()
        client.force_login(user)
        response = client.post(url, data)
        return response.status_code, response.headers.get("Location", "")
    finally:
        connections.close_all()


def together(*requests: tuple[Medewerker, str, dict[str, object]]) -> list[tuple[int, str]]:
    with ThreadPoolExecutor(len(requests)) as pool:
        return [
            future.result(timeout=120) for future in [pool.submit(post, *request) for request in requests]
        ]


class TestTogether:
    def test_the_same_call_sent_twice_makes_one_melding_and_two_colleagues_take_two(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            loket, collega = LoketmedewerkerFactory(), LoketmedewerkerFactory(organisatie="smow")
            vrij = {MeldingFactory(medewerker=loket, van_niemand=True).pk for _ in range(2)}
        with transaction.atomic(), acting_as(loket):
            concept = start_concept(actor=loket, at=MAANDAG)

        url = reverse("intake:contact", kwargs={"sleutel": concept.sleutel})
        data = {**GESPREK, "versie": 1, "actie": "triage", "achternaam": "Tegelijk"}
        answers = together((loket, url, data), (loket, url, data), (loket, url, data))

        volgende = reverse("intake:worklist_next")
        together((loket, volgende, {}), (collega, volgende, {}))

        assert {status for status, _ in answers} == {302}
        assert len({location for _, location in answers}) == 1
        with transaction.atomic(), acting_as_system("proef"):
            assert Melding.objects.filter(inwoner__achternaam="Tegelijk").count() == 1
            assert Inwoner.objects.filter(achternaam="Tegelijk").count() == 1
            assert Contactmoment.objects.filter(sleutel=concept.sleutel).count() == 1
            holders = dict(Melding.objects.filter(pk__in=vrij).values_list("verantwoordelijke", "pk"))
            assert set(holders) == {loket.pk, collega.pk}

    def test_two_judges_at_once_merge_once(self) -> None:
        with transaction.atomic(), acting_as_system("proef"):
            loket = LoketmedewerkerFactory()
            judges = [MedewerkerFactory(rol=Rol.ZORGREGISSEUR) for _ in range(2)]
            blijft, vervalt = (MeldingFactory(medewerker=loket).inwoner for _ in range(2))
        with transaction.atomic(), acting_as(loket):
            row = propose_samenvoeging(
                blijft=blijft, vervalt=vervalt, actor=loket, at=MAANDAG, toelichting="Zelfde geboortedag."
            )
        url = reverse("intake:samenvoeging_detail", kwargs={"uuid": row.uuid})
        with transaction.atomic(), acting_as_system("proef"):
            stand = stamp(*Inwoner.objects.filter(pk__in=[blijft.pk, vervalt.pk]))
        data: dict[str, object] = {"bevestig": "1", "stand": stand}

        answers = together(*((judge, url, data) for judge in judges))

        assert min(status for status, _ in answers) == 302
        with transaction.atomic(), acting_as_system("proef"):
            row.refresh_from_db()
            assert row.status == "samengevoegd"
            assert Melding.objects.filter(inwoner=blijft).count() == 2
            assert Regel.objects.filter(actie="intake.confirm_merge").count() == 2


def send(data: dict[str, object]) -> str:
    """Een bezoeker in een eigen draad verstuurt het openbare formulier."""
    try:
        return str(Browser().post(INWONER, data).status_code)
    finally:
        connections.close_all()


class TestPublicForm:
    def test_the_same_form_sent_by_six_clicks_is_one_melding(self) -> None:
        data = ingevuld()
        with ThreadPoolExecutor(6) as pool:
            answers = set(pool.map(send, [data] * 6))

        assert answers == {"302"}
        with transaction.atomic(), acting_as_system("proef"):
            assert Melding.objects.count() == Contactmoment.objects.count() == 1
            assert Regel.objects.count() == 1
