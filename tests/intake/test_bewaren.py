"""Wat het loket niet langer bewaart dan nodig: een gesloten outreachlijst en een afgerond concept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Concept, Outreachpersoon, Outreachpoging, Resultaat
from intake.services import (
    close_outreachlijst,
    discard_concept,
    record_poging,
    save_concept,
    start_concept,
    update_inwoner,
)
from intake.services.bewaren import CONCEPT_BEWAREN, empty_concepten, wipe_outreachlijsten
from intake.services.outreach import WISSEN_NA
from skt.autorisatie.context import acting_as
from skt.inwoners.models import VeiligContact
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.deuren import OutreachlijstFactory, OutreachpersoonFactory
from tests.factories.intake import MeldingFactory
from tests.factories.inwoners import InwonerFactory
from tests.fixtures import MAANDAG

pytestmark = pytest.mark.usefixtures("systeem")


class TestOutreach:
    def test_nobody_can_be_found_after_the_day_and_before_it_everybody(
        self, loket: Medewerker, client: Client
    ) -> None:
        lijst = OutreachlijstFactory(gemaakt_door=loket, eindigt_op=(MAANDAG + timedelta(days=60)).date())
        inwoner = InwonerFactory(achternaam="Bekenden", aangemaakt_door=loket)
        MeldingFactory(medewerker=loket, inwoner=inwoner)
        bekende = OutreachpersoonFactory(lijst=lijst, bekend=inwoner)
        getypt = OutreachpersoonFactory(
            lijst=lijst, achternaam="Zandstra", telefoon="+31705550199", aanleiding="Alleen"
        )
        with acting_as(loket):
            record_poging(
                persoon=getypt,
                actor=loket,
                at=MAANDAG,
                wijze="bellen",
                resultaat=Resultaat.GEEN_HULP,
                toelichting="Zoon komt elke week.",
            )
            update_inwoner(
                inwoner=inwoner, actor=loket, at=MAANDAG, veilig_contact=VeiligContact.BEPERKT,
                veilig_contact_toelichting="Na zessen.",
            )  # fmt: skip
            close_outreachlijst(lijst=lijst, actor=loket, at=MAANDAG)

        assert wipe_outreachlijsten(at=MAANDAG + WISSEN_NA - timedelta(days=1)) == 0
        assert Outreachpersoon.objects.get(pk=getypt.pk).achternaam == "Zandstra"

        op_de_dag = MAANDAG + WISSEN_NA
        assert wipe_outreachlijsten(at=op_de_dag) == 1
        for persoon in Outreachpersoon.objects.filter(pk__in=[bekende.pk, getypt.pk]):
            assert persoon.inwoner_id is None
            assert (persoon.achternaam, persoon.voornaam, persoon.telefoon, persoon.aanleiding) == (
                "(gewist)", "", "", "",
            )  # fmt: skip
        poging = Outreachpoging.objects.get()
        assert (poging.toelichting, poging.resultaat) == ("", Resultaat.GEEN_HULP)
        assert Regel.objects.get(actie="intake.wipe_outreachlijst").gegevens["mensen"] == 2
        assert wipe_outreachlijsten(at=op_de_dag) == 0

        client.force_login(loket)
        page = client.get(reverse("intake:outreach_detail", kwargs={"uuid": lijst.uuid}) + "?toon=klaar")
        assert "zijn gewist op" in page.content.decode()
        assert "Zandstra" not in page.content.decode()


class TestConcepten:
    def test_an_ended_draft_is_emptied_after_a_month_and_a_running_one_never(self, loket: Medewerker) -> None:
        with acting_as(loket):
            weg = start_concept(actor=loket, at=MAANDAG)
            loopt = start_concept(actor=loket, at=MAANDAG, kanaal="digitaal")
            for concept in (weg, loopt):
                save_concept(
                    sleutel=concept.sleutel,
                    actor=loket,
                    gegevens={"hulpvraag": ["De trap"]},
                    versie=concept.versie,
                    at=MAANDAG,
                )
            discard_concept(sleutel=weg.sleutel, actor=loket, at=MAANDAG)

        assert empty_concepten(at=MAANDAG + CONCEPT_BEWAREN) == 0
        assert empty_concepten(at=MAANDAG + CONCEPT_BEWAREN + timedelta(minutes=1)) == 1
        assert Concept.objects.get(pk=weg.pk).gegevens == {}
        assert empty_concepten(at=MAANDAG + 2 * CONCEPT_BEWAREN) == 0
        with acting_as(loket):
            assert Concept.objects.get(pk=loopt.pk).gegevens == {"hulpvraag": ["De trap"]}
