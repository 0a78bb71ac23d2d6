"""Verdiepen: leefgebieden opnieuw naast de eerste, de meldcode in stappen, het netwerk, de 0de lijn ernaast, en niets kwijt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Antwoord, Melding, Meting, Metingreden, Netwerklid
from intake.services import Netwerkfeiten, add_netwerklid, change_netwerklid, end_netwerklid
from intake.services.netwerk import NetwerklidChanged, NetwerklidGone, NetwerklidInvalid
from intake.status import MeldingStatus
from skt.kern.errors import DomainError
from skt.kern.keuzelijsten import Leefgebied
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel
from tests.factories.intake import LoketmedewerkerFactory, MeldingFactory, NetwerklidFactory, UitvraagFactory
from tests.factories.triage import TeamlidFactory, ToegangFactory
from tests.fixtures import MAANDAG
from tests.triage.test_do_triage import run
from triage.models import Ernaast, Meldcodestap, Nuldelijn, Triage, Triagebeurt, Triageconcept, Uitkomst
from triage.queries import read_uitvraag, scores_by_melding
from triage.services import (
    AlreadyClaimed,
    ErnaastNotAsked,
    NotInTriage,
    Stap,
    StapRefused,
    claim_melding,
    do_triage,
    merge_concept,
)

Als = Callable[[Medewerker], AbstractContextManager[Any]]
FIN, SOC = Leefgebied.FINANCIEN.value, Leefgebied.SOCIAAL.value


def form_url(melding: Melding) -> str:
    return reverse("triage:triage_form", args=[melding.nummer])


class TestLeefgebieden:
    def test_a_new_score_stands_beside_the_first(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        UitvraagFactory(melding=melding, scores={FIN: 3})

        run(als, melding, toegang, antwoorden={FIN: {"score": 1, "toelichting": "Drie maanden huurschuld."}})

        assert Antwoord.objects.get(leefgebied=FIN).score == 3
        meting = Meting.objects.get()
        assert (meting.reden, meting.antwoorden.get().score) == (Metingreden.TRIAGE, 1)
        beeld = read_uitvraag(melding.pk)
        assert beeld.scores[FIN] == 1
        assert "Drie maanden huurschuld." in beeld.toelichtingen[FIN]
        assert scores_by_melding([melding.pk])[melding.pk][FIN] == 1

    def test_what_was_never_asked_completes_the_uitvraag(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        UitvraagFactory(melding=melding, scores={FIN: 3})

        run(als, melding, toegang, antwoorden={SOC: {"score": 2}})

        assert Antwoord.objects.get(leefgebied=SOC).score == 2
        assert not Meting.objects.exists()

    def test_words_alone_keep_the_score(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        UitvraagFactory(melding=melding, scores={FIN: 3})

        run(als, melding, toegang, antwoorden={FIN: {"score": None, "netwerk": "Zus helpt met post."}})

        assert Meting.objects.get().antwoorden.get().score == 3

    def test_without_an_uitvraag_it_is_the_first(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        run(als, melding, toegang, antwoorden={FIN: {"score": 2}})

        assert Antwoord.objects.get().score == 2
        assert not Meting.objects.exists()

    def test_nothing_said_changes_nothing(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        UitvraagFactory(melding=melding, scores={FIN: 3})

        run(als, melding, toegang, antwoorden={FIN: {"score": None, "toelichting": ""}})

        assert not Meting.objects.exists()

    def test_shows_the_first_beside_the_new(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        uitvraag = UitvraagFactory(melding=melding, scores={FIN: 3})
        uitvraag.antwoorden.update(toelichting="Twee rekeningen te laat.")

        html = client.get(form_url(melding)).content.decode()

        assert "Toen:" in html
        assert html.count("Twee rekeningen te laat.") >= 2
        assert "was" in html


class TestMeldcode:
    def test_each_step_has_its_day_its_person_and_its_note(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        dag = MAANDAG.date() - timedelta(days=1)
        stappen = {1: Stap(dag), 2: Stap(MAANDAG.date(), "Veilig Thuis", "Advies: zelf spreken.")}

        triage = run(als, melding, toegang, meldcodestappen=stappen)

        assert triage.meldcode == 2
        een, twee = Meldcodestap.objects.order_by("stap")
        assert (een.gedaan_op, een.door) == (dag, toegang.naam)
        assert (twee.door, twee.toelichting) == ("Veilig Thuis", "Advies: zelf spreken.")
        assert Regel.objects.filter(actie="triage.record_meldcode").exists()

    @pytest.mark.parametrize(
        ("stappen", "veld"),
        [
            ({2: Stap(MAANDAG.date())}, "stap2_op"),
            ({1: Stap(MAANDAG.date()), 5: Stap(MAANDAG.date())}, "stap5_op"),
            ({1: Stap(MAANDAG.date() + timedelta(days=1))}, "stap1_op"),
        ],
    )
    def test_refuses_a_step_that_cannot_be(
        self, als: Als, toegang: Medewerker, melding: Melding, stappen: dict[int, Stap], veld: str
    ) -> None:
        with pytest.raises(StapRefused) as fout:
            run(als, melding, toegang, meldcodestappen=stappen)

        assert fout.value.veld == veld
        assert not Meldcodestap.objects.exists()
        assert not Triage.objects.exists()


class TestErnaast:
    @pytest.mark.parametrize("uitkomst", [Uitkomst.OVERLEG, Uitkomst.TOEKENNEN])
    def test_nobody_answers_it_for_who_leaves_it_open(
        self, als: Als, toegang: Medewerker, melding: Melding, uitkomst: str
    ) -> None:
        with pytest.raises(ErnaastNotAsked):
            run(als, melding, toegang, uitkomst=uitkomst, ernaast="")
        assert not Triage.objects.exists()

    def test_no_needs_a_reason(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        with pytest.raises(ErnaastNotAsked) as fout:
            run(als, melding, toegang, ernaast=Ernaast.NEE)
        assert fout.value.veld == "ernaast_toelichting"
        assert not Triage.objects.exists()

    def test_is_kept_with_its_reason(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        triage = run(als, melding, toegang, ernaast=Ernaast.JA, ernaast_toelichting="Maatje naast de hulp.")
        assert (triage.ernaast, triage.ernaast_toelichting) == ("ja", "Maatje naast de hulp.")

    def test_is_not_asked_where_no_care_follows(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        triage = run(als, melding, toegang, uitkomst=Uitkomst.ZELF_HELPEN, ernaast=Ernaast.JA)
        assert triage.ernaast == ""


class TestHolder:
    def test_nobody_weighs_what_a_colleague_has(
        self, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        ander = ToegangFactory()
        with als(ander):
            claim_melding(melding=melding, actor=ander, at=MAANDAG)

        with pytest.raises(AlreadyClaimed):
            run(als, melding, toegang)
        assert not Triage.objects.exists()

    def test_the_turn_ends_with_the_triage(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        with als(toegang):
            claim_melding(melding=melding, actor=toegang, at=MAANDAG)
        run(als, melding, toegang)
        assert Triagebeurt.objects.get().einde == "gewogen"


class TestNetwerk:
    FEITEN = Netwerkfeiten(naam="Ria", relatie="buur", werking="steunend")

    def test_is_written_changed_and_ended(self, als: Als, toegang: Medewerker, melding: Melding) -> None:
        with als(toegang):
            lid = add_netwerklid(inwoner=melding.inwoner, actor=toegang, at=MAANDAG, feiten=self.FEITEN)
            mantelzorger = replace(self.FEITEN, relatie="mantelzorger")
            change_netwerklid(lid=lid, actor=toegang, at=MAANDAG, feiten=mantelzorger, versie=1)
            with pytest.raises(NetwerklidChanged):
                change_netwerklid(lid=lid, actor=toegang, at=MAANDAG, feiten=self.FEITEN, versie=1)
            lid.refresh_from_db()
            assert lid.is_mantelzorger
            end_netwerklid(lid=lid, actor=toegang, at=MAANDAG)
            with pytest.raises(NetwerklidGone):
                change_netwerklid(lid=lid, actor=toegang, at=MAANDAG, feiten=self.FEITEN, versie=3)
        assert not Netwerklid.objects.current().exists()
        assert Netwerklid.objects.get().beeindigd_door == toegang

    @pytest.mark.parametrize("fout", [{"naam": " "}, {"relatie": "neef"}, {"werking": ""}])
    def test_refuses_what_cannot_be(
        self, als: Als, toegang: Medewerker, melding: Melding, fout: dict[str, str]
    ) -> None:
        with als(toegang), pytest.raises(NetwerklidInvalid):
            add_netwerklid(
                inwoner=melding.inwoner, actor=toegang, at=MAANDAG, feiten=replace(self.FEITEN, **fout)
            )
        assert not Netwerklid.objects.exists()

    def test_who_saves_second_sees_both_and_decides(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        lid = add_netwerklid(inwoner=melding.inwoner, actor=toegang, at=MAANDAG, feiten=self.FEITEN)
        change_netwerklid(
            lid=lid, actor=toegang, at=MAANDAG, feiten=replace(self.FEITEN, telefoon="0705550199"), versie=1
        )
        mine = {
            "nw_pk": lid.pk, "nw_versie": 1, "nw_naam": "Ria van 14", "nw_relatie": "buur", "nw_werking": "beide",
            "lid": "bewaar", "netwerk": "", "eigen_kracht": "",
        }  # fmt: skip

        eerst = client.post(form_url(melding), mine)

        html = eerst.content.decode()
        assert "Een collega heeft Ria net gewijzigd" in html
        assert 'value="Ria van 14"' in html
        assert "070-5550199" in html or "0705550199" in html
        lid.refresh_from_db()
        assert lid.naam == "Ria"
        client.post(form_url(melding), {**mine, "nw_versie": 2})
        lid.refresh_from_db()
        assert (lid.naam, lid.versie) == ("Ria van 14", 3)

    def test_is_added_on_the_page_and_drawn(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        velden = {"nw_naam": "Kees", "nw_relatie": "zoon/dochter", "nw_werking": "belastend"}
        response = client.post(
            form_url(melding),
            {**velden, "lid": "bewaar", "netwerk": "", "eigen_kracht": "Kookt zelf."},
            follow=True,
        )

        html = response.content.decode()
        assert Netwerklid.objects.get().naam == "Kees"
        assert "Kees, zoon of dochter, belastend" in html
        assert "skt-netwerk__lijn--belastend" in html
        assert "Kookt zelf." in html, "wat er getypt was, staat er nog"
        assert 'value="Kees"' not in html, "de velden zijn weer leeg"

    def test_says_what_is_wrong_at_its_field(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        html = client.post(
            form_url(melding), {"lid": "bewaar", "netwerk": "", "nw_relatie": "buur"}
        ).content.decode()
        assert "Schrijf op wie het is." in html
        assert not Netwerklid.objects.exists()

    def test_is_changed_and_taken_away_on_the_page(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        lid = NetwerklidFactory(inwoner=melding.inwoner, naam="Ria")
        html = client.post(form_url(melding), {"lid": f"wijzig-{lid.pk}"}, follow=True).content.decode()
        assert "Wijzig Ria" in html

        velden = {
            "nw_pk": lid.pk,
            "nw_versie": lid.versie,
            "nw_naam": "Ria B.",
            "nw_relatie": "buur",
            "nw_werking": "beide",
        }
        client.post(form_url(melding), {**velden, "lid": "bewaar", "netwerk": ""})
        lid.refresh_from_db()
        assert (lid.naam, lid.werking) == ("Ria B.", "beide")

        client.post(form_url(melding), {"lid": f"weg-{lid.pk}"})
        lid.refresh_from_db()
        assert lid.beeindigd_op is not None

    def test_of_another_inwoner_is_left_alone(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        ander = NetwerklidFactory(inwoner=MeldingFactory(in_triage=True).inwoner)
        client.post(form_url(melding), {"lid": f"weg-{ander.pk}"})
        ander.refresh_from_db()
        assert ander.beeindigd_op is None

    def test_half_typed_it_holds_the_triage_back(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        response = client.post(form_url(melding), {"nw_naam": "Kees"})
        assert "Zet de persoon bij het netwerk er eerst in" in response.content.decode()
        assert not Triage.objects.exists()


class TestConcept:
    def save(self, client: Client, melding: Melding, **velden: Any) -> Any:
        data = {**velden, "gewijzigd": [naam for naam in velden if naam != "versie"]}
        return client.post(reverse("triage:concept_save", args=[melding.nummer]), data)

    def test_is_there_for_a_colleague_too(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        assert self.save(client, melding, versie=1, toelichting="Half een zin").json()["versie"] == 2
        client.force_login(ToegangFactory())

        html = client.get(form_url(melding)).content.decode()

        assert "Half een zin" in html
        assert f"door {toegang.naam}" in html

    def test_two_who_change_the_same_are_asked(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        self.save(client, melding, versie=1, toelichting="Van de een")
        client.force_login(ToegangFactory())

        clash = self.save(client, melding, versie=1, toelichting="Van de ander", eigen_kracht="Kookt").json()

        assert clash["botsing"][0]["daar"] == ["Van de een"]
        assert Triageconcept.objects.get().gegevens == {
            "toelichting": ["Van de een"],
            "eigen_kracht": ["Kookt"],
        }

    def test_without_script_a_stale_page_overwrites_nothing(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        self.save(client, melding, versie=1, toelichting="Van de een")
        client.force_login(ToegangFactory())

        response = client.post(
            form_url(melding), {"versie": 1, "toelichting": "Van de ander", "actie": "bewaar"}
        )

        html = response.content.decode()
        assert "veranderde intussen" in html
        assert "Van de een" in html
        assert "Van de ander" in html
        assert Triageconcept.objects.get().gegevens["toelichting"] == ["Van de een"]

    def test_is_gone_once_weighed_and_says_by_whom(
        self, client: Client, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        self.save(client, melding, versie=1, toelichting="Half")
        ander = ToegangFactory(voornaam="Sanne", achternaam="de Vries")
        run(als, melding, ander)

        assert Triageconcept.objects.get().gegevens == {}
        late = self.save(client, melding, versie=2, toelichting="Te laat")
        assert (late.status_code, "Sanne de Vries heeft" in late.json()["zin"]) == (410, True)
        response = client.post(form_url(melding), {"toelichting": "Te laat"})
        html = response.content.decode()
        assert "Sanne de Vries heeft" in html
        assert "Te laat" in html, "wat er getypt is, staat er nog"
        assert Triage.objects.count() == 1
        assert client.get(form_url(melding)).status_code == 302

    def test_of_a_logged_out_page_says_so(self, client: Client, melding: Melding) -> None:
        assert self.save(client, melding, versie=1, toelichting="x").status_code == 401
        url = reverse("triage:concept_state", args=[melding.nummer])
        assert client.get(url).status_code == 401

    def test_state_tells_whether_it_is_still_to_be_weighed(
        self, client: Client, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        url = reverse("triage:concept_state", args=[melding.nummer])
        assert client.get(url).json()["loopt"] is True
        run(als, melding, toegang)
        assert client.get(url).json()["loopt"] is False

    @pytest.mark.parametrize("wie", [TeamlidFactory, LoketmedewerkerFactory])
    def test_is_not_there_for_who_may_not_weigh(
        self, client: Client, systeem: Any, melding: Melding, wie: Any
    ) -> None:
        client.force_login(wie())
        assert self.save(client, melding, versie=1, toelichting="x").status_code == 404
        assert client.get(reverse("triage:concept_state", args=[melding.nummer])).status_code == 404
        assert not Triageconcept.objects.exists()

    @pytest.mark.parametrize("versie", ["", "x", "9" * 30])
    def test_survives_a_strange_version(
        self, client: Client, toegang: Medewerker, melding: Melding, versie: str
    ) -> None:
        assert self.save(client, melding, versie=versie, toelichting="x").status_code in {200, 422}
        assert client.post(form_url(melding), {"versie": versie, "actie": "bewaar"}).status_code == 302

    def test_refuses_in_a_service_what_left_triage(self, als: Als, toegang: Medewerker) -> None:
        weg = MeldingFactory(bij_team=True)
        with als(toegang), pytest.raises(NotInTriage):
            merge_concept(melding=weg, actor=toegang, at=MAANDAG, gegevens={}, gewijzigd=[], versie=1)


class TestPage:
    def test_has_a_sentence_at_every_level(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        html = client.get(form_url(melding)).content.decode()
        assert "Iemand loopt gevaar, of het leven staat stil." in html
        assert "Vandaag nog: wachten is niet veilig." in html

    def test_says_all_that_is_wrong_in_one_go(
        self, client: Client, toegang: Medewerker, melding: Melding
    ) -> None:
        sent = {
            "melding_versie": melding.versie,
            "nuldelijn": Nuldelijn.PAST_NIET.value,
            "nuldelijn_toelichting": "Het Steunpunt is al geprobeerd.",
            "ernst": "hoog",
            "urgentie": "spoed (binnen 3 werkdagen)",
            "uitkomst": "aanmeldoverleg",
            "bord": "volwassenen",
            "ernaast": "nee",
            "stap1_op": f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}",
            "stap4_op": f"{timezone.localdate():%Y-%m-%d}",
        }
        page = client.post(form_url(melding), sent)

        assert {"ernaast_toelichting", "stap1_op", "stap4_op"} <= set(page.context["form"].errors)
        assert "Stap 4 kan pas na stap 2." in page.content.decode()
        assert not Triage.objects.exists()

    def test_whole_weighing_in_one_go(
        self, client: Client, als: Als, toegang: Medewerker, melding: Melding
    ) -> None:
        UitvraagFactory(melding=melding, scores={FIN: 3})
        client.post(
            form_url(melding),
            {
                "melding_versie": melding.versie,
                "nuldelijn": Nuldelijn.PAST_NIET.value,
                "nuldelijn_toelichting": "Het Steunpunt is al geprobeerd.",
                "ernst": "hoog",
                "urgentie": "spoed (binnen 3 werkdagen)",
                "uitkomst": "aanmeldoverleg",
                "bord": "volwassenen",
                "ernaast": "ja",
                "ernaast_toelichting": "Een maatje.",
                "afwijkreden": "meer bekend",
                f"score_{FIN}": "1",
                f"toelichting_{FIN}": "Huurschuld.",
                "stap1_op": f"{timezone.localdate():%Y-%m-%d}",
                "stap1_noot": "Blauwe plek gezien.",
            },
        )

        triage = Triage.objects.get()
        assert (triage.ernaast, triage.meldcode) == ("ja", 1)
        assert Meting.objects.get().reden == Metingreden.TRIAGE
        assert Meldcodestap.objects.get().door == toegang.naam
        melding.refresh_from_db()
        assert melding.status == MeldingStatus.BIJ_TEAM

    @pytest.mark.parametrize("aantal", [1, 10])
    def test_takes_the_same_few_queries(
        self,
        client: Client,
        toegang: Medewerker,
        melding: Melding,
        aantal: int,
        django_assert_max_num_queries: Any,
    ) -> None:
        UitvraagFactory(melding=melding, scores=dict.fromkeys(list(Leefgebied)[: max(1, aantal - 2)], 2))
        NetwerklidFactory.create_batch(aantal, inwoner=melding.inwoner)
        for stap in range(1, min(aantal, 5) + 1):
            Meldcodestap.objects.create(
                melding=melding, stap=stap, gedaan_op=date(2026, 11, 1), door="x", medewerker=toegang,
                vastgelegd_op=MAANDAG,
            )  # fmt: skip

        with django_assert_max_num_queries(40):
            client.get(form_url(melding))


def test_the_service_speaks_its_own_errors(als: Als, toegang: Medewerker, melding: Melding) -> None:
    with als(toegang), pytest.raises(DomainError):
        do_triage(
            melding=melding, actor=toegang, at=MAANDAG, ernst="", urgentie="", nuldelijn="", uitkomst=""
        )
