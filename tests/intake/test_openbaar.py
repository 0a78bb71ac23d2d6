"""Het openbare formulier: wat erin komt, wat de melder hoort, en wat het loket ermee doet."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from intake.models import Melding, Opgave
from intake.services import Uitkomst, receive_formulier, send_ontvangstbevestiging
from intake.services.formulier import kenmerk_of
from intake.tasks import send_ontvangstbevestigingen
from skt.autorisatie.context import acting_as, acting_as_system
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.inwoners import InwonerFactory
from tests.fixtures import MAANDAG
from tests.intake.openbaar import (
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
class TestFormulier:
    def test_lands_on_the_worklist_with_its_receipt_confirmed(self, buiten: Browser) -> None:
        answer = buiten.post(INWONER, ingevuld())

        assert answer.status_code == 302
        melding = de_melding()
        contact, opgave = melding.contactmoment, melding.opgave
        assert (contact.kanaal, contact.melder_soort, contact.medewerker) == (
            "digitaal",
            "inwoner zelf",
            None,
        )
        assert (contact.melder_naam, contact.melder_telefoon) == ("Annie Verhage", "070-5550218")
        assert (melding.status, melding.verantwoordelijk_team.soort, melding.verantwoordelijke) == (
            "open",
            "voorportaal",
            None,
        )
        assert melding.volgende_stap.startswith("Bellen")
        vandaag = timezone.localdate()
        assert timezone.localdate(melding.uiterlijk) == add_werkdagen(vandaag, 2)
        assert melding.inwoner is None
        assert (opgave.over_achternaam, opgave.over_postcode, opgave.over_huisnummer) == (
            "Verhage",
            "2244 QF",
            "17",
        )
        with acting_as_system("proef"):
            termijn = melding.termijnen.get()
            regel = Regel.objects.get()
        assert (termijn.soort_id, termijn.voldaan_op) == ("WMO-BEV", vandaag)
        assert (regel.actie, regel.medewerker_id, regel.vanaf) == ("intake.receive_formulier", None, "")
        assert regel.gegevens == {"kenmerk": opgave.kenmerk, "formulier": "inwoner"}

    def test_says_what_happens_next_and_when(self, buiten: Browser) -> None:
        page = buiten.post(INWONER, ingevuld(), follow=True)

        text = page.content.decode()
        assert page.status_code == 200
        assert de_melding().opgave.kenmerk in text
        assert "Wij nemen uiterlijk" in text
        assert "112" in text
        assert "Verhage" not in text
        assert "no-store" in page.headers["Cache-Control"]

    def test_sets_no_cookie(self, buiten: Browser) -> None:
        buiten.get(INWONER)
        buiten.post(INWONER, ingevuld(), follow=True)

        assert not buiten.cookies

    def test_of_a_professional_says_which_entrance_was_used(self, buiten: Browser) -> None:
        buiten.post(
            PROFESSIONAL, professional(werkgever="skt-kwadraad", weet_ervan="oneens", waarom_niet="Wil rust.")
        )

        melding = de_melding()
        assert melding.contactmoment.doorverbonden_vanuit.code == "kwadraad"
        assert melding.contactmoment.melder_soort == "professional/hulpverlener"
        assert melding.opgave.organisatie == "Kwadraad"
        assert melding.inwoner_weet_ervan is True
        assert melding.waarom_niet == "Is het er niet mee eens: Wil rust."

    def test_for_somebody_who_does_not_know_is_a_worry(self, buiten: Browser) -> None:
        buiten.post(
            INWONER,
            ingevuld(
                voor_wie="ander",
                over_achternaam="Post",
                relatie="buurman",
                weet_ervan="nee",
                waarom_niet="Doet niet open.",
            ),
        )

        melding = de_melding()
        assert (melding.aard, melding.inwoner_weet_ervan) == ("bezorgdheid/zorgmelding", False)
        assert (melding.opgave.over_achternaam, melding.opgave.naam) == ("Post", "Annie Verhage")

    def test_who_can_not_be_called_safely_is_kept_safe(self, buiten: Browser) -> None:
        buiten.post(INWONER, ingevuld(contactwijze="niet", telefoon=None))

        melding = de_melding()
        assert melding.opgave.veilig == "niet"
        assert "belt zelf" in melding.volgende_stap

    def test_that_can_not_wait_comes_first_and_sooner(self, buiten: Browser) -> None:
        buiten.post(INWONER, ingevuld(kan_wachten="nee", spoed_reden="Morgen gaat het gas eraf."))

        melding = de_melding()
        assert melding.spoed
        assert timezone.localdate(melding.uiterlijk) == add_werkdagen(timezone.localdate(), 1)

    @pytest.mark.parametrize(
        ("anders", "veld"),
        [
            ({"achternaam": ""}, "achternaam"),
            ({"hulpvraag": "  "}, "hulpvraag"),
            ({"telefoon": ""}, "telefoon"),
            ({"telefoon": "12"}, "telefoon"),
            ({"contactwijze": "mailen"}, "email"),
            ({"email": "geen adres"}, "email"),
            ({"veilig": "beperkt"}, "veilig_toelichting"),
            ({"veilig": None}, "veilig"),
            ({"kan_wachten": "nee"}, "spoed_reden"),
            ({"voor_wie": "ander"}, "weet_ervan"),
            ({"voor_wie": "iedereen"}, "voor_wie"),
            ({"bevestiging": "on"}, "email"),
            ({"postcode": "abc"}, "postcode"),
            ({"hulpvraag": "x" * 5001}, "hulpvraag"),
        ],
    )
    def test_keeps_what_was_typed_and_links_the_error_to_its_field(
        self, buiten: Browser, anders: dict[str, Any], veld: str
    ) -> None:
        page = buiten.post(INWONER, ingevuld(voornaam="Zeldzame voornaam", **anders))

        text = page.content.decode()
        assert page.status_code == 422
        assert re.search(rf'href="#id_{veld}(_0)?"', text)
        assert "Zeldzame voornaam" in text
        assert aantal_meldingen() == 0


@pytest.mark.django_db
class TestTwice:
    def test_is_once(self, buiten: Browser) -> None:
        data = ingevuld()
        first = buiten.post(INWONER, data, follow=True)
        again = buiten.post(INWONER, data, follow=True)

        kenmerk = de_melding().opgave.kenmerk
        assert kenmerk in first.content.decode()
        assert kenmerk in again.content.decode()
        assert "één keer bewaard" in again.content.decode()

    def test_by_the_back_button_is_once_too(self, buiten: Browser) -> None:
        """The page comes anew, with another seal, and the browser fills in what was typed."""
        first = buiten.post(INWONER, ingevuld(), follow=True)
        again = buiten.post(INWONER, ingevuld(), follow=True)
        ander = buiten.post(INWONER, ingevuld(), REMOTE_ADDR="192.0.2.7")

        kenmerk = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", first.content.decode())
        assert kenmerk is not None
        assert kenmerk[0] in again.content.decode()
        assert ander.status_code == 302
        assert aantal_meldingen() == 2

    def test_with_another_text_asks_first(self, buiten: Browser) -> None:
        data = ingevuld()
        buiten.post(INWONER, data)
        changed = buiten.post(INWONER, data | {"hulpvraag": "Nog iets: de huur."})

        text = changed.content.decode()
        assert changed.status_code == 409
        assert "Nog iets: de huur." in text
        assert aantal_meldingen() == 1

        nieuw = re.search(r'name="zegel" value="([^"]+)"', text)
        assert nieuw is not None
        assert nieuw[1] != data["zegel"]

        again = buiten.post(INWONER, data | {"hulpvraag": "Nog iets: de huur.", "zegel": zegel()})
        assert again.status_code == 302
        assert aantal_meldingen() == 2


@pytest.mark.django_db
class TestReceive:
    def test_gives_a_reference_that_follows_from_a_secret(self) -> None:
        sleutel = uuid4()
        first = receive_formulier(sleutel=sleutel, at=MAANDAG, bron="inwoner", inhoud=INHOUD)
        again = receive_formulier(sleutel=sleutel, at=MAANDAG, bron="inwoner", inhoud=INHOUD)
        other = receive_formulier(
            sleutel=sleutel, at=MAANDAG, bron="inwoner", inhoud={**INHOUD, "hulpvraag": "Anders"}
        )

        assert [o.uitkomst for o in (first, again, other)] == [
            Uitkomst.NIEUW,
            Uitkomst.ZELFDE,
            Uitkomst.ANDERS,
        ]
        assert first.kenmerk == again.kenmerk == kenmerk_of(sleutel)
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", first.kenmerk)
        assert kenmerk_of(uuid4()) != first.kenmerk
        assert aantal_meldingen() == 1

    def test_queues_the_mail_only_when_asked_and_only_after_commit(
        self, django_capture_on_commit_callbacks: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with django_capture_on_commit_callbacks() as callbacks:
            receive_formulier(sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud=INHOUD)
            receive_formulier(
                sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud={**INHOUD, "bevestiging_gevraagd": False}
            )

        assert len(callbacks) == 1


@pytest.mark.django_db
class TestConfirmation:
    def test_is_mailed_once_without_anything_personal(self) -> None:
        ontvangst = receive_formulier(
            sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud={**INHOUD, "naam": "Annie Verhage"}
        )
        send_ontvangstbevestigingen()
        send_ontvangstbevestigingen()

        assert len(mail.outbox) == 1
        bericht = mail.outbox[0]
        assert bericht.to == ["annie@voorbeeld.invalid"]
        assert ontvangst.kenmerk in bericht.body
        assert "woensdag 4 november 2026" in bericht.body
        for geheim in ("Annie", "Verhage", "helpen?"):
            assert geheim not in bericht.body + bericht.subject
        with acting_as_system("proef"):
            assert Opgave.objects.get().bevestigd_op is not None
            assert Regel.objects.filter(actie="intake.send_ontvangstbevestiging").count() == 1

    def test_of_an_unknown_reference_is_nothing(self) -> None:
        with acting_as_system("proef"):
            assert not send_ontvangstbevestiging(kenmerk="0000-0000-0000", at=MAANDAG)

        assert mail.outbox == []

    def test_needs_the_system(self, loket: Medewerker) -> None:
        receive_formulier(sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud=INHOUD)
        kenmerk = Opgave.objects.get().kenmerk

        with acting_as(loket):
            assert not send_ontvangstbevestiging(kenmerk=str(kenmerk), at=MAANDAG)
        assert mail.outbox == []


class TestAtTheLoket:
    """Wat het loket er daarna mee doet."""

    def test_shows_what_was_given_and_that_nobody_checked_it(self, aan: Client) -> None:
        receive_formulier(
            sleutel=uuid4(),
            at=MAANDAG,
            bron="inwoner",
            inhoud={**INHOUD, "veilig": "beperkt", "veilig_toelichting": "Nooit inspreken."},
        )
        melding = Melding.objects.get()
        page = aan.get(f"/meldingen/{melding.nummer}/").content.decode()

        assert "niet nagekeken" in page
        assert "Nooit inspreken." in page
        assert "de melder zelf" in page

    def test_is_found_by_its_reference(self, aan: Client) -> None:
        kenmerk = receive_formulier(sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud=INHOUD).kenmerk
        receive_formulier(sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud=INHOUD)

        page = aan.get("/werkvoorraad/", {"zoek": kenmerk.lower()})

        assert page.context["aantal"] == "1 melding"

    def test_is_found_by_its_reference_in_the_search_box(self, aan: Client) -> None:
        kenmerk = receive_formulier(sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud=INHOUD).kenmerk
        melding = Melding.objects.get()

        assert melding.nummer in aan.get("/zoeken/", {"q": kenmerk.lower()}).content.decode()
        assert melding.nummer not in aan.get("/zoeken/", {"q": "0000-0000-0000"}).content.decode()

    def test_fills_in_about_whom_it_is(self, aan: Client) -> None:
        inhoud = {
            **INHOUD,
            "over_voornaam": "Annie",
            "over_achternaam": "Verhage",
            "over_postcode": "2244 QF",
        }
        receive_formulier(sleutel=uuid4(), at=MAANDAG, bron="inwoner", inhoud=inhoud)
        InwonerFactory(achternaam="Verhage", roepnaam="Annie", aan_het_loket=True)
        melding = Melding.objects.get()
        page = aan.get(f"/meldingen/{melding.nummer}/wie/").content.decode()

        assert 'value="Verhage"' in page
        assert 'value="2244 QF"' in page
        assert "Misschien bekend" in page
