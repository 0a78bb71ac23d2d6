"""De pagina's van reeksen en van één overleg: wat wie ziet, en een zin bij het veld als iets niet kan."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from skt.kern.werkdagen import next_werkdag
from skt.medewerkers.models import Medewerker
from tests.factories.triage import (
    AanmeldingFactory,
    CoordinatorFactory,
    OverlegFactory,
    TeamlidFactory,
)
from tests.fixtures import MAANDAG
from tests.triage.test_reeksen import start
from triage.models import Overleg, Overlegreeks
from triage.services import (
    start_reeks,
)
from triage.status import OverlegStatus
from triage.views.reeks import tell_feestdagen

Als = Callable[[Medewerker], AbstractContextManager[Any]]


class TestPages:
    @pytest.fixture
    def reeks(self, als: Als, coordinator: Medewerker, client: Client) -> Overlegreeks:
        client.force_login(coordinator)
        with als(coordinator):
            return start_reeks(
                bord="volwassenen", weekdag=1, tijd=time(10), van=timezone.localdate(), actor=coordinator,
                at=timezone.now(),
            )  # fmt: skip

    def post_new(self, client: Client, **more: Any) -> Any:
        data = {
            "bord": "volwassenen", "weekdag": 2, "tijd": "13.30", "elke_weken": 1, "bij_feestdag": "overslaan",
            "van": f"{timezone.localdate():%d-%m-%Y}", "tot_en_met": "", "plaats": "", "voorzitter": "",
        }  # fmt: skip
        return client.post(reverse("triage:reeks_new"), data | more, follow=True)

    def test_begins_one_and_tells_how_many(self, client: Client, coordinator: Medewerker) -> None:
        client.force_login(coordinator)

        response = self.post_new(client)

        assert "staan op de agenda" in response.content.decode()
        assert Overlegreeks.objects.get().plaats == "Van Heeckerenhuis"

    @pytest.mark.parametrize(
        ("more", "zin"),
        [
            ({"van": "1-1-2020"}, "al voorbij"),
            ({"tijd": "25 uur"}, "Schrijf de tijd als"),
            ({"tijd": "03:00"}, "tussen 7:00 en 21:00"),
            ({"weekdag": "9"}, "Kies een dag uit de lijst"),
            ({"bord": "jeugd"}, "Kies iets uit de lijst"),
            ({"tot_en_met": "1-1-2099"}, "erg ver weg"),
            ({"voorzitter": "999999999999999999999"}, "Kies iets uit de lijst"),
        ],
    )
    def test_keeps_what_was_typed_with_a_sentence(
        self, client: Client, coordinator: Medewerker, more: dict[str, str], zin: str
    ) -> None:
        client.force_login(coordinator)

        html = self.post_new(client, **more).content.decode()

        assert zin in html
        assert not Overlegreeks.objects.exists()

    @pytest.mark.parametrize(
        ("bij_feestdag", "zin"),
        [
            ("overslaan", " Vrijdag 25 december 2026 is een feestdag: dan is er geen overleg."),
            (
                "verplaatsen",
                " Vrijdag 25 december 2026 is een feestdag: dat overleg is maandag 28 december 2026.",
            ),
        ],
    )
    def test_tells_what_a_holiday_changes(
        self, als: Als, coordinator: Medewerker, bij_feestdag: str, zin: str
    ) -> None:
        with als(coordinator):
            reeks = start(als, coordinator, weekdag=4, bij_feestdag=bij_feestdag)

            assert tell_feestdagen(reeks, MAANDAG).startswith(zin)

    def test_changes_and_stops(self, client: Client, reeks: Overlegreeks) -> None:
        data = {
            "versie": reeks.versie,
            "weekdag": 3,
            "tijd": "11:00",
            "elke_weken": 1,
            "bij_feestdag": "overslaan",
        }
        changed = client.post(reverse("triage:reeks_change", args=[reeks.pk]), data, follow=True)
        stopped = client.post(reverse("triage:reeks_stop", args=[reeks.pk]), follow=True)

        assert "verzet, met alles wat erop stond" in changed.content.decode()
        assert "De reeks is gestopt" in stopped.content.decode()
        assert not Overleg.objects.filter(status=OverlegStatus.GEPLAND, begint_op__gt=timezone.now()).exists()

    def test_shows_what_a_colleague_saved_and_keeps_what_was_typed(
        self, client: Client, reeks: Overlegreeks
    ) -> None:
        overleg = reeks.overleggen.order_by("begint_op").first()
        Overleg.objects.filter(pk=overleg.pk).update(plaats="Raadhuis", versie=5)
        Overlegreeks.objects.update(plaats="Raadhuis", versie=5)
        moment = f"{timezone.localtime(overleg.begint_op):%d-%m-%Y %H:%M}"
        van_een = {"wat": "moment", "versie": 1, "begint_op": moment, "plaats": "De Kom"}
        van_alle = {
            "versie": 1, "weekdag": 1, "tijd": "10:00", "elke_weken": 1, "bij_feestdag": "overslaan",
            "plaats": "De Kom",
        }  # fmt: skip

        for naam, row, data in (("overleg_change", overleg, van_een), ("reeks_change", reeks, van_alle)):
            url = reverse(f"triage:{naam}", args=[row.pk])
            response = client.post(url, data)
            form = response.context["form"]
            assert "Raadhuis, voorzitter nog niemand" in response.content.decode()
            assert (form["plaats"].value(), form["versie"].value()) == ("De Kom", 5)
            row.refresh_from_db()
            assert row.plaats == "Raadhuis"
            client.post(
                url,
                {naam: form[naam].value() for naam in form.fields if form[naam].value()} | {"wat": "moment"},
            )
            row.refresh_from_db()
            assert row.plaats == "De Kom"

    def test_is_only_read_by_a_teamlid(self, client: Client, reeks: Overlegreeks) -> None:
        client.force_login(TeamlidFactory())

        html = client.get(reverse("triage:reeks_list")).content.decode()

        assert "Volwassenen, elke dinsdag om 10:00" in html
        assert "reeks_stop" not in html
        assert reverse("triage:reeks_stop", args=[reeks.pk]) not in html
        assert client.get(reverse("triage:reeks_change", args=[reeks.pk])).status_code == 404
        assert client.post(reverse("triage:reeks_stop", args=[reeks.pk])).status_code == 404
        reeks.refresh_from_db()
        assert reeks.tot_en_met is None

    def test_is_not_there_for_another_team(self, client: Client, reeks: Overlegreeks) -> None:
        client.force_login(CoordinatorFactory(team="jeugd"))

        assert "Volwassenen, elke" not in client.get(reverse("triage:reeks_list")).content.decode()
        assert client.post(reverse("triage:reeks_stop", args=[reeks.pk])).status_code == 404

    def test_moves_one_overleg_and_says_what_went_along(
        self, client: Client, coordinator: Medewerker
    ) -> None:
        client.force_login(coordinator)
        dag = next_werkdag(timezone.localdate() + timedelta(days=8))
        overleg = OverlegFactory(begint_op=timezone.make_aware(datetime.combine(dag, time(10))))
        AanmeldingFactory(overleg=overleg)

        response = client.post(
            reverse("triage:overleg_change", args=[overleg.pk]),
            {
                "wat": "moment",
                "versie": 1,
                "begint_op": f"{dag:%d-%m-%Y} 15:00",
                "plaats": "Raadhuis",
                "voorzitter": "",
            },
            follow=True,
        )

        html = response.content.decode()
        assert "Het overleg is verzet. 1 aanmelding ging mee." in html
        assert "verzet van" in html

    @pytest.mark.parametrize("data", [{"plaats": "Raadhuis"}, {"wat": "aanwezigen"}])
    def test_says_that_it_was_cancelled_and_keeps_what_was_typed(
        self, client: Client, coordinator: Medewerker, data: dict[str, str]
    ) -> None:
        client.force_login(coordinator)
        overleg = OverlegFactory(geannuleerd=True)

        response = client.post(reverse("triage:overleg_change", args=[overleg.pk]), data)

        assert response.status_code == 422
        assert "Dit overleg is intussen geannuleerd" in response.content.decode()
        assert data.get("plaats", "") in response.content.decode()
        overleg.refresh_from_db()
        assert (overleg.plaats, overleg.aanwezigen.count()) == ("Van Heeckerenhuis", 0)

    def test_ticks_who_was_there(self, client: Client, coordinator: Medewerker) -> None:
        client.force_login(coordinator)
        overleg, lid = OverlegFactory(gehouden=True), TeamlidFactory()
        url = reverse("triage:overleg_change", args=[overleg.pk])

        client.post(url, {"wat": "aanwezigen", "aanwezigen": [lid.pk]})
        refused = client.post(url, {"wat": "aanwezigen", "aanwezigen": ["999999"]})

        assert list(overleg.aanwezigen.all()) == [lid]
        assert "Kies alleen iets uit de lijst" in refused.content.decode()

    @pytest.mark.parametrize("aantal", [1, 4])
    def test_asks_as_much_for_many_as_for_few(
        self,
        client: Client,
        als: Als,
        coordinator: Medewerker,
        aantal: int,
        django_assert_max_num_queries: Any,
    ) -> None:
        for dag in range(aantal):
            start(als, coordinator, weekdag=dag)
        client.force_login(coordinator)
        client.get(reverse("triage:reeks_list"))

        with django_assert_max_num_queries(18):
            client.get(reverse("triage:reeks_list"))
