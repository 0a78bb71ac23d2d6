"""De werkvoorraad van triage en het triageformulier, zoals een zorgregisseur ze gebruikt."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Melding
from intake.status import MeldingStatus
from skt.kern.keuzelijsten import Leefgebied, Thema
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import MeldingFactory, UitvraagFactory
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MandaatFactory
from tests.factories.triage import aanbod
from triage.models import Aanmelding, Afwijkreden, Bord, Ernaast, Ernst, Nuldelijn, Triage, Uitkomst, Urgentie

LIJST = "/triage/"


def form_url(melding: Melding) -> str:
    return reverse("triage:triage_form", args=[melding.nummer])


def filled(melding: Melding, **facts: Any) -> dict[str, Any]:
    """Een triageformulier dat naar het aanmeldoverleg leidt; `facts` zegt wat anders is."""
    default = {
        "melding_versie": melding.versie,
        "ernaast": Ernaast.LATER.value,
        "nuldelijn": Nuldelijn.PAST_NIET.value,
        "nuldelijn_toelichting": "Het Steunpunt is al geprobeerd.",
        "ernst": Ernst.HOOG.value,
        "urgentie": Urgentie.REGULIER.value,
        "uitkomst": Uitkomst.OVERLEG.value,
        "bord": Bord.VOLWASSENEN.value,
        "afwijkreden": Afwijkreden.MEER_BEKEND.value,
    }
    return {**default, **facts}


class TestWorklist:
    def test_shows_what_the_loket_passed_on_most_urgent_first(
        self, client: Client, toegang: Medewerker
    ) -> None:
        later = MeldingFactory(in_triage=True, uiterlijk=timezone.now() + timedelta(days=9))
        te_laat = MeldingFactory(in_triage=True, uiterlijk=timezone.now() - timedelta(days=9))
        spoed = MeldingFactory(in_triage=True, met_spoed=True, uiterlijk=timezone.now() + timedelta(days=9))
        MeldingFactory()

        html = client.get(LIJST).content.decode()

        places = [html.index(melding.nummer) for melding in (spoed, te_laat, later)]
        assert places == sorted(places)
        assert "3 meldingen" in html

    def test_says_so_when_all_is_done(self, client: Client, toegang: Medewerker) -> None:
        assert "Alles is gewogen." in client.get(LIJST).content.decode()

    @pytest.mark.parametrize(
        ("vraag", "past"),
        [
            ("bord=jeugd", {"inwoner__geboortedatum": date(2014, 1, 1)}),
            ("thema=jeugdhulp", {"themas": [Thema.JEUGDHULP.value]}),
            ("spoor=crisis", {"spoor": "crisis"}),
            ("gebied=oostdorp", {"inwoner__buurtcode": "BU06290102"}),
            ("zoek=Zonnebloem", {"inwoner__achternaam": "Zonnebloem"}),
        ],
    )
    def test_filters(self, client: Client, toegang: Medewerker, vraag: str, past: dict[str, Any]) -> None:
        anders = MeldingFactory(in_triage=True)
        gezocht = MeldingFactory(in_triage=True, **past)

        html = client.get(f"{LIJST}?{vraag}").content.decode()

        assert gezocht.nummer in html
        assert anders.nummer not in html

    def test_shows_only_mine_when_asked(self, client: Client, toegang: Medewerker) -> None:
        anders = MeldingFactory(in_triage=True)
        mijn = MeldingFactory(in_triage=True, verantwoordelijk_team=None, verantwoordelijke=toegang)

        html = client.get(f"{LIJST}?mij=on").content.decode()

        assert mijn.nummer in html
        assert anders.nummer not in html

    @pytest.mark.parametrize(
        "vraag", ["bord=x", "zoek=%00", "gebied=mars", "na=abc", "na=99999999999999999999", "thema='"]
    )
    def test_survives_a_strange_question(self, client: Client, toegang: Medewerker, vraag: str) -> None:
        assert client.get(f"{LIJST}?{vraag}").status_code == 200

    def test_turns_pages_without_showing_a_row_twice(self, client: Client, toegang: Medewerker) -> None:
        meldingen = MeldingFactory.create_batch(30, in_triage=True)
        eerste = client.get(LIJST)
        tweede = client.get(eerste.context["volgende_url"])

        getoond = [
            rij["nummer"]
            for pagina in (eerste, tweede)
            for groep in pagina.context["groepen"]
            for rij in groep["rijen"]
        ]
        assert sorted(getoond) == sorted(melding.nummer for melding in meldingen)
        assert tweede.context["volgende_url"] == ""

    def test_logs_whom_it_showed(self, client: Client, toegang: Medewerker, melding: Melding) -> None:
        client.get(LIJST)

        regel = Regel.objects.get(actie="triage.worklist")
        assert (regel.medewerker_id, regel.inwoner_id, regel.soort) == (
            toegang.pk,
            melding.inwoner_id,
            "lezen",
        )

    @pytest.mark.parametrize("aantal", [3, 25])
    def test_takes_the_same_few_queries(
        self, client: Client, toegang: Medewerker, aantal: int, django_assert_max_num_queries: Any
    ) -> None:
        MeldingFactory.create_batch(aantal, in_triage=True)

        with django_assert_max_num_queries(18):
            client.get(LIJST)


class TestTriageForm:
    def test_shows_the_question_the_uitvraag_and_the_offer(self, client: Client, toegang: Medewerker) -> None:
        melding = MeldingFactory(in_triage=True, hulpvraag="De rekeningen stapelen zich op.")
        uitvraag = UitvraagFactory(melding=melding, scores={Leefgebied.FINANCIEN: 1})
        uitvraag.antwoorden.update(eigen_kracht="Houdt een lijst bij.", lopende_hulp="De huisarts.")
        aanbod()

        html = client.get(form_url(melding)).content.decode()

        assert "De rekeningen stapelen zich op." in html
        assert "Score per leefgebied, van 1 (acuut) tot 5: financiën 1." in html
        assert "Thuisadministratie" in html
        assert "Financiën: Houdt een lijst bij." in html
        assert "De huisarts." in html

    def test_saves_and_says_where_it_went(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        response = client.post(form_url(melding), filled(melding), follow=True)

        melding.refresh_from_db()
        assert melding.status == MeldingStatus.BIJ_TEAM
        assert f"{melding.nummer} staat nu op het bord Volwassenen." in response.content.decode()
        assert Triage.objects.get().medewerker == toegang

    def test_keeps_what_was_ticked_and_what_was_typed_by_name(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        aangevinkt, getypt = aanbod(), aanbod("Steunpunt Mantelzorg")

        client.post(
            form_url(melding),
            filled(
                melding, nuldelijn=Nuldelijn.PAST.value, nuldelijn_toelichting="",
                voorzieningen=[aangevinkt.pk], ander_aanbod="steunpunt mantelzorg",
            ),
        )  # fmt: skip

        assert set(Triage.objects.get().voorzieningen.all()) == {aangevinkt, getypt}

    @pytest.mark.parametrize(
        ("facts", "veld", "zin"),
        [
            ({"nuldelijn": ""}, "nuldelijn", "Onderzoek eerst of vrij toegankelijk aanbod past."),
            ({"nuldelijn": "past"}, "voorzieningen", "Kies welk vrij toegankelijk aanbod past."),
            ({"nuldelijn_toelichting": " "}, "nuldelijn_toelichting", "Schrijf op waarom er geen"),
            ({"ernst": "erg"}, "ernst", "Kies iets uit de lijst."),
            ({"urgentie": ""}, "urgentie", "Kies hoe snel er iets moet gebeuren."),
            ({"uitkomst": ""}, "uitkomst", "Kies wat er uit de triage komt."),
            ({"stap1_op": "ooit"}, "stap1_op", "Schrijf de dag als"),
            ({"stap2_op": "2026-11-02"}, "stap2_op", "kan pas na stap 1"),
            ({"stap1_door": "Veilig Thuis"}, "stap1_op", "Vul de dag in"),
            ({"ernaast": ""}, "ernaast", "Kies of vrij toegankelijk aanbod ernaast kan lopen."),
            ({"ernaast": "nee"}, "ernaast_toelichting", "Schrijf op waarom"),
            ({"score_financien": "9"}, "score_financien", "Kies iets uit de lijst."),
            ({"voorzieningen": ["abc"]}, "voorzieningen", "Kies alleen aanbod van de sociale kaart."),
            ({"voorzieningen": ["9" * 30]}, "voorzieningen", "Kies alleen aanbod van de sociale kaart."),
            ({"voorzieningen": ["987654"]}, "voorzieningen", "Kies alleen aanbod van de sociale kaart."),
            ({"ander_aanbod": "Bestaat niet echt"}, "ander_aanbod", "Dit staat niet op de sociale kaart."),
            ({"uitkomst": "crisisroute"}, "gewaarschuwd", "wie u heeft gewaarschuwd"),
            (
                {"uitkomst": "crisisroute", "gewaarschuwd": "112", "gewaarschuwd_op": "gisteren"},
                "gewaarschuwd_op",
                "Vul de dag en de tijd in",
            ),
            (
                {"uitkomst": "informatie en advies", "urgentie": "crisis (direct)"},
                "uitkomst",
                "Bij een crisis",
            ),
            ({"toelichting": "nul\x00"}, "toelichting", "tekens die we niet kunnen bewaren"),
            ({"melding_versie": "99"}, None, "Een collega heeft deze melding net gewijzigd."),
            ({"melding_versie": "x"}, "melding_versie", "Ververs de pagina"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(
        self,
        client: Client,
        toegang: Medewerker,
        melding: Melding,
        facts: dict[str, Any],
        veld: str | None,
        zin: str,
    ) -> None:
        response = client.post(form_url(melding), filled(melding, **facts))

        assert response.status_code == 200
        assert zin in str(response.context["form"].errors.get(veld or "__all__"))
        melding.refresh_from_db()
        assert melding.status == MeldingStatus.IN_TRIAGE
        assert not Triage.objects.exists()
        assert "Het Steunpunt" in response.content.decode() or "nuldelijn_toelichting" in facts

    def test_says_which_names_look_like_what_was_typed(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        aanbod("Koffiehuis Noord"), aanbod("Koffiehuis Zuid")

        response = client.post(form_url(melding), filled(melding, ander_aanbod="koffiehuis"))

        fout = str(response.context["form"].errors["ander_aanbod"])
        assert "Koffiehuis Noord" in fout
        assert "Koffiehuis Zuid" in fout

    def test_offers_granting_only_to_who_has_a_mandaat(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        before = client.get(form_url(melding)).content.decode()
        MandaatFactory(medewerker=toegang)
        after = client.get(form_url(melding)).content.decode()

        assert "Zelfstandig toekennen" not in before
        assert "Zelfstandig toekennen" in after

    def test_finds_other_offers_while_typing(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        aanbod("Koffiehuis Noord")

        html = client.get(
            form_url(melding), {"ander_aanbod": "koffiehuis"}, headers={"HX-Request": "true"}
        ).content.decode()

        assert "Koffiehuis Noord" in html
        assert "<html" not in html

    @pytest.mark.parametrize("tekst", ["\x00", "%", "'; DROP", "x" * 5000])
    def test_survives_a_strange_search(
        self, client: Client, toegang: Medewerker, melding: Melding, tekst: str
    ) -> None:
        assert client.get(form_url(melding), {"ander_aanbod": tekst}).status_code == 200

    def test_is_not_there_for_a_melding_outside_triage(self, client: Client, toegang: Medewerker) -> None:
        melding = MeldingFactory()

        assert client.get(form_url(melding)).status_code == 404
        assert client.post(form_url(melding), filled(melding)).status_code == 404
        assert not Aanmelding.objects.exists()

    def test_logs_the_reading(self, client: Client, toegang: Medewerker, melding: Melding) -> None:
        client.get(form_url(melding))

        assert Regel.objects.get(actie="triage.triage_form").inwoner_id == melding.inwoner_id

    def test_proposes_a_team_and_leaves_the_choice(self, client: Client, toegang: Medewerker) -> None:
        melding = MeldingFactory(in_triage=True, inwoner=InwonerFactory(geboortedatum=date(2015, 1, 1)))

        html = client.get(form_url(melding)).content.decode()

        assert "Voorstel: Jeugd/gezin." in html
        assert "U beslist." in html
