"""Bezorgdheid, het Meldpunt Bezorgd en het signaleringsoverleg: wat de wet wil, en dat anoniem ook echt anoniem is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Contactmoment, Melding, Opgave, Signaal, Signaalsoort
from intake.services import (
    add_signaal,
    ask_overleg,
    record_overleg,
    record_terugkoppeling,
    register_bezorgdheid,
)
from intake.services.afhandeling import NobodyWarned
from intake.services.signalen import (
    NobodyToTell,
    NotOnTheOverleg,
    SignaalChangedMeanwhile,
    SignaalGone,
    SignaalInvalid,
)
from skt.autorisatie.context import acting_as
from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.deuren import SignaalFactory
from tests.factories.intake import MeldingFactory
from tests.fixtures import MAANDAG
from tests.intake.conftest import acties

NIEUW = "/bezorgdheid/nieuw/"
GEHEIM = {"melder_naam": "Zwijgzame Zwaan", "melder_telefoon": "070-5557799"}


def vastleggen(actor: Medewerker, **anders: Any) -> Melding:
    facts = {
        "sleutel": uuid4(),
        "soort": Signaalsoort.WVGGZ,
        "kanaal": "telefonisch",
        "melder_soort": "naaste/netwerk",
        "hulpvraag": "Hij slaapt niet meer en praat met de muur.",
        **anders,
    }
    with acting_as(actor):
        return register_bezorgdheid(actor=actor, at=MAANDAG, **facts)


def formulier(**anders: Any) -> dict[str, Any]:
    data = {
        "sleutel": str(uuid4()),
        "soort": Signaalsoort.WVGGZ.value,
        "kanaal": "telefonisch",
        "melder_soort": "naaste/netwerk",
        "melder_relatie": "onbekend",
        "hulpvraag": "Hij slaapt niet meer en praat met de muur.",
        "gevaar": "nee",
        **anders,
    }
    return {name: value for name, value in data.items() if value is not None}


def everything_stored() -> str:
    """Every row of every table, as text: what is somewhere, is in here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND has_table_privilege(oid, 'SELECT')"
        )
        tables = [name for (name,) in cursor.fetchall()]
        parts = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            parts.append(cursor.fetchone()[0])
    return " ".join(parts)


class TestRegisterBezorgdheid:
    def test_of_the_wvggz_starts_its_fourteen_days(self, loket: Medewerker) -> None:
        melding = vastleggen(loket, melder_soort="Meldpunt Bezorgd GGD")

        signaal = melding.signalen.get()
        termijn = melding.termijnen.get()
        assert (melding.aard, signaal.soort) == ("signaal Wvggz", "Wvggz verkennend onderzoek")
        assert (termijn.soort_id, termijn.voldaan_op) == ("WVGGZ-VO", None)
        assert termijn.uiterlijk == next_werkdag((MAANDAG + timedelta(days=14)).date())
        assert melding.volgende_stap == "Verkennend onderzoek beginnen"
        assert acties("intake.register_melding", "intake.add_signaal") == [
            "intake.register_melding",
            "intake.add_signaal",
        ]

    def test_twice_is_once(self, loket: Medewerker) -> None:
        sleutel = uuid4()

        assert vastleggen(loket, sleutel=sleutel) == vastleggen(loket, sleutel=sleutel)
        assert Melding.objects.count() == Signaal.objects.count() == Contactmoment.objects.count() == 1

    def test_anonymous_leaves_no_name_anywhere(self, loket: Medewerker) -> None:
        melding = vastleggen(
            loket, melder_anoniem=True, terugkoppelen=True, melder_relatie="partner", **GEHEIM
        )

        stored = everything_stored()
        assert "Zwaan" not in stored
        assert "5557799" not in stored
        signaal = melding.signalen.get()
        assert (signaal.melder_anoniem, signaal.terugkoppelen) == (True, False)
        assert melding.contactmoment.melder_soort == "anoniem"
        assert {t.soort_id for t in melding.termijnen.all()} == {"WVGGZ-VO", "WVGGZ-ANON"}

    def test_anonymous_through_the_ggd_stays_the_ggd(self, loket: Medewerker) -> None:
        melding = vastleggen(loket, melder_anoniem=True, melder_soort="Meldpunt Bezorgd GGD", **GEHEIM)

        contact = melding.contactmoment
        assert (contact.melder_soort, contact.melder_naam, contact.melder_telefoon) == (
            "Meldpunt Bezorgd GGD",
            "",
            "",
        )

    @pytest.mark.parametrize(
        ("relatie", "mag"),
        [
            ("vertegenwoordiger", True), ("partner", True), ("ouder", True), ("essentiële naaste", True),
            ("ander familielid", False), ("buur", False), ("professional", False), ("onbekend", False),
        ],
    )  # fmt: skip
    def test_is_told_only_to_whom_the_law_names(self, loket: Medewerker, relatie: str, mag: bool) -> None:
        melding = vastleggen(loket, terugkoppelen=True, melder_relatie=relatie, **GEHEIM)

        assert melding.signalen.get().moet_terugkoppelen is mag

    def test_with_danger_takes_the_crisisroute_at_once(self, loket: Medewerker) -> None:
        melding = vastleggen(loket, gewaarschuwd="Politie, 112", gewaarschuwd_op=MAANDAG)

        assert melding.afhandeling == "crisisroute"
        assert melding.volgende_stap == "Nabellen na crisis"
        assert melding.signalen.get().gevaar_nu

    def test_with_danger_that_is_not_true_yet_keeps_nothing(self, loket: Medewerker) -> None:
        with pytest.raises(NobodyWarned):
            vastleggen(loket, gewaarschuwd="Politie", gewaarschuwd_op=MAANDAG + timedelta(days=1))

        assert not Melding.objects.exists()
        assert not Regel.objects.exists()

    def test_violence_needs_its_step_of_the_meldcode(self, loket: Medewerker) -> None:
        with pytest.raises(SignaalInvalid, match="meldcode"):
            vastleggen(loket, soort=Signaalsoort.GEWELD)
        assert not Melding.objects.exists()

        melding = vastleggen(loket, soort=Signaalsoort.GEWELD, meldcode_stap=2)
        assert melding.signalen.get().meldcode_stap == 2
        assert not melding.termijnen.exists()

    def test_keeps_what_was_said_about_whom_apart(self, loket: Medewerker) -> None:
        melding = vastleggen(
            loket, over={"over_achternaam": "Raven", "over_geboren": "ongeveer 40", "anders": "x"}
        )

        assert (melding.opgave.over_achternaam, melding.opgave.bron) == ("Raven", Opgave.Bron.LOKET)
        assert melding.inwoner is None


class TestAddSignaal:
    def test_on_a_closed_melding_can_still_be_noted(self, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)
        with acting_as(loket):
            signaal = add_signaal(
                melding=melding,
                actor=loket,
                at=MAANDAG,
                soort=Signaalsoort.VERWIJSINDEX,
                toelichting="Match.",
            )

        assert signaal.toelichting == "Match."

    def test_of_the_wvggz_needs_an_open_melding(self, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket, gesloten=True)
        with acting_as(loket), pytest.raises(SignaalInvalid, match="gesloten"):
            add_signaal(melding=melding, actor=loket, at=MAANDAG, soort=Signaalsoort.WVGGZ)

        assert not Signaal.objects.exists()

    def test_twice_of_the_wvggz_keeps_one_term(self, loket: Medewerker) -> None:
        melding = MeldingFactory(medewerker=loket)
        with acting_as(loket):
            for _ in range(2):
                add_signaal(melding=melding, actor=loket, at=MAANDAG, soort=Signaalsoort.WVGGZ)

        assert melding.termijnen.count() == 1


class TestOverleg:
    def test_goes_on_the_list_with_a_reason_and_comes_off_with_an_outcome(self, loket: Medewerker) -> None:
        signaal = SignaalFactory(melding__medewerker=loket)
        with acting_as(loket):
            ask_overleg(signaal=signaal, actor=loket, at=MAANDAG, reden="Geschreeuw.", versie=1)
            done = record_overleg(
                signaal=signaal,
                actor=loket,
                at=MAANDAG,
                besproken_op=MAANDAG.date(),
                uitkomst="Wijkagent gaat langs.",
                versie=2,
            )

        assert (done.wacht_op_overleg, done.overleg_uitkomst, done.versie) == (
            False,
            "Wijkagent gaat langs.",
            3,
        )

    @pytest.mark.parametrize("reden", ["", "   "])
    def test_needs_a_reason(self, loket: Medewerker, reden: str) -> None:
        signaal = SignaalFactory(melding__medewerker=loket)
        with acting_as(loket), pytest.raises(SignaalInvalid):
            ask_overleg(signaal=signaal, actor=loket, at=MAANDAG, reden=reden)

        signaal.refresh_from_db()
        assert signaal.overleg_gevraagd_op is None
        assert not Regel.objects.exists()

    def test_has_no_outcome_before_it_was_asked_nor_in_the_future(self, loket: Medewerker) -> None:
        los = SignaalFactory(melding__medewerker=loket)
        op_lijst = SignaalFactory(melding__medewerker=loket, te_bespreken=True)
        later = (MAANDAG + timedelta(days=1)).date()
        uitkomst = {"actor": loket, "at": MAANDAG, "uitkomst": "Besproken."}
        with acting_as(loket):
            with pytest.raises(NotOnTheOverleg):
                record_overleg(signaal=los, besproken_op=MAANDAG.date(), **uitkomst)
            with pytest.raises(SignaalInvalid, match="toekomst"):
                record_overleg(signaal=op_lijst, besproken_op=later, **uitkomst)

        op_lijst.refresh_from_db()
        assert op_lijst.wacht_op_overleg

    def test_a_colleague_who_saved_first_is_heard(self, loket: Medewerker, collega: Medewerker) -> None:
        signaal = SignaalFactory(melding__medewerker=loket)
        with acting_as(collega):
            ask_overleg(signaal=signaal, actor=collega, at=MAANDAG, reden="Eerst.", versie=1)
        with acting_as(loket), pytest.raises(SignaalChangedMeanwhile):
            ask_overleg(signaal=signaal, actor=loket, at=MAANDAG, reden="Ook.", versie=1)

    def test_is_nobody_elses(self, loket: Medewerker, teamlid: Medewerker) -> None:
        signaal = SignaalFactory(melding__medewerker=loket)
        with acting_as(teamlid), pytest.raises(SignaalGone):
            ask_overleg(signaal=signaal, actor=teamlid, at=MAANDAG, reden="Nieuwsgierig.")


class TestTerugkoppeling:
    def test_is_recorded_once_and_keeps_the_duty(self, loket: Medewerker) -> None:
        melding = vastleggen(loket, terugkoppelen=True, melder_relatie="ouder", **GEHEIM)
        signaal = melding.signalen.get()
        with acting_as(loket):
            record_terugkoppeling(signaal=signaal, actor=loket, at=MAANDAG)
            with pytest.raises(NobodyToTell):
                record_terugkoppeling(signaal=signaal, actor=loket, at=MAANDAG)

        assert melding.termijnen.get(soort_id="WVGGZ-TERUG").voldaan_op == MAANDAG.date()


class TestPages:
    def test_a_worry_is_registered_and_asks_about_whom_it_is(self, aan: Client, loket: Medewerker) -> None:
        answer = aan.post(NIEUW, formulier(over_achternaam="Raven", over_voornaam="Wim"))

        melding = Melding.objects.get()
        assert answer.url == reverse("intake:melding_person", kwargs={"nummer": melding.nummer})
        assert 'value="Raven"' in aan.get(answer.url).content.decode()

    def test_what_an_anonymous_melder_said_of_themselves_is_dropped(self, aan: Client) -> None:
        answer = aan.post(NIEUW, formulier(melder_anoniem="on", **GEHEIM), follow=True)

        assert "Zwaan" not in everything_stored()
        assert "Zwaan" not in answer.content.decode()
        assert "melder blijft anoniem" in answer.content.decode()

    @pytest.mark.parametrize(
        ("anders", "zin"),
        [
            ({"soort": None}, "Kies wat voor melding het is."),
            ({"melder_soort": ""}, "Kies wie meldt."),
            ({"hulpvraag": ""}, "Schrijf op wat er aan de hand is."),
            ({"gevaar": "ja"}, "Schrijf op wie u heeft gewaarschuwd."),
            (
                {"gevaar": "ja", "gewaarschuwd": "Politie", "gewaarschuwd_op": "31-31-2026"},
                "Vul de dag en de tijd in",
            ),
            ({"soort": Signaalsoort.GEWELD.value}, "Kies in welke stap van de meldcode u bent."),
            ({"terugkoppelen": "on", "melder_relatie": "buur"}, "Terugkoppelen mag alleen aan"),
            ({"terugkoppelen": "on", "melder_relatie": "ouder"}, "Vul de naam in van de melder"),
            ({"inwoner_weet_ervan": "nee"}, "Schrijf op waarom de inwoner niet van deze melding weet."),
            ({"sleutel": "x"}, "Verborgen"),
            ({"hulpvraag": "a\x00b"}, "tekens die we niet kunnen bewaren"),
        ],
    )
    def test_says_what_is_missing(self, aan: Client, anders: dict[str, Any], zin: str) -> None:
        page = aan.post(NIEUW, formulier(**anders))

        assert page.status_code == 422
        assert zin in page.content.decode() or zin == "Verborgen"
        assert not Melding.objects.exists()

    def test_the_list_shows_what_waits_and_logs_it(
        self, aan: Client, loket: Medewerker, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(2):
            SignaalFactory(melding__medewerker=loket, te_bespreken=True)
        with django_assert_max_num_queries(25):
            aan.get("/signaleringsoverleg/")
        for _ in range(12):
            SignaalFactory(melding__medewerker=loket, te_bespreken=True)
        with django_assert_max_num_queries(25):
            page = aan.get("/signaleringsoverleg/")

        assert page.content.decode().count("Uitkomst vastleggen") == 14
        assert Regel.objects.filter(actie="intake.view_overleglijst").count() == 16

    def test_what_was_discussed_is_on_the_other_list(self, aan: Client, loket: Medewerker) -> None:
        signaal = SignaalFactory(melding__medewerker=loket, te_bespreken=True)
        url = reverse("intake:signaal_overleg", kwargs={"nummer": signaal.melding.nummer, "pk": signaal.pk})
        aan.post(
            url, {"versie": "1", "besproken_op": timezone.localdate(), "uitkomst": "Wijkagent gaat langs."}
        )

        assert "Wijkagent" not in aan.get("/signaleringsoverleg/").content.decode()
        assert "Wijkagent" in aan.get("/signaleringsoverleg/", {"toon": "besproken"}).content.decode()

    def test_is_told_by_a_button(self, aan: Client, loket: Medewerker, als: Callable[..., Any]) -> None:
        melding = vastleggen(loket, terugkoppelen=True, melder_relatie="ouder", **GEHEIM)
        signaal = melding.signalen.get()
        url = reverse("intake:signaal_told", kwargs={"nummer": melding.nummer, "pk": signaal.pk})
        aan.post(url, {"versie": signaal.versie})
        aan.post(url, {"versie": "99"})

        signaal.refresh_from_db()
        assert signaal.teruggekoppeld_op == timezone.localdate()

    @pytest.mark.parametrize("pk", [1, 10**30])
    def test_a_signaal_of_another_melding_is_not_there(self, aan: Client, loket: Medewerker, pk: int) -> None:
        melding = MeldingFactory(medewerker=loket)

        assert aan.get(f"/meldingen/{melding.nummer}/signaal/{pk}/").status_code == 404
