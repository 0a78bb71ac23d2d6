"""Wat de melder van een besluit hoort: de tabel regel voor regel, het voorstel, en wat ermee gebeurt."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.models import (
    Aard,
    Melderrelatie,
    MelderSoort,
    Signaal,
    Signaalsoort,
)
from intake.services import close_in_chain
from intake.services.afspraken import MomentTaken
from intake.status import MeldingStatus
from skt.kern.errors import DomainError, TransitionNotAllowed
from skt.kern.werkdagen import add_werkdagen
from skt.medewerkers.models import Medewerker
from skt.verantwoording.models import Regel as Logregel
from socialekaart.models import Voorziening
from tests.factories.medewerkers import organisatie
from tests.factories.triage import (
    DONDERDAG,
    CasusregisseurFactory,
    OverlegFactory,
    TeamlidFactory,
    aanbod,
    open_punt,
)
from tests.fixtures import MAANDAG
from triage import gevolgen
from triage.models import Agendapunt, Besluit, MagHoren, Terugkoppeling
from triage.services import BesluitIncomplete, decide, finish_aanmelding
from triage.services.aanmelding import MelderNotTold
from triage.services.terugkoppeling import (
    ReasonMissing,
    TerugkoppelingInvalid,
    drop_terugkoppeling,
    tell_melder,
)
from triage.status import AanmeldingStatus, TerugkoppelingStatus
from triage.terugkoppeling import REGELS, Feiten, rule_for

Als = Callable[[Medewerker], AbstractContextManager[Any]]


pytestmark = pytest.mark.usefixtures("alleen_triage")


def punt_van(melder: str, **more: Any) -> Agendapunt:
    return open_punt(melding__contactmoment__melder_soort=melder, **more)


def run(als: Als, punt: Agendapunt, actor: Medewerker, besluit: str, **facts: Any) -> Agendapunt:
    facts.setdefault("toelichting", "Besproken.")
    with als(actor):
        return decide(agendapunt=punt, besluit=besluit, actor=actor, at=DONDERDAG, **facts)


def signaal(punt: Agendapunt, relatie: str, **more: Any) -> Signaal:
    return Signaal.objects.create(
        melding=punt.aanmelding.melding,
        gemaakt_op=MAANDAG,
        gemaakt_door=punt.aanmelding.melding.contactmoment.medewerker,
        melder_relatie=relatie,
        **({"soort": Signaalsoort.WVGGZ} | more),
    )


class TestRules:
    @pytest.mark.parametrize(
        ("melder", "weet", "mag", "code"),
        [
            (MelderSoort.INWONER_ZELF, None, MagHoren.ALLES, "zelf"),
            (MelderSoort.ANONIEM, True, MagHoren.NIETS, "anoniem"),
            (MelderSoort.NAASTE, True, MagHoren.BEPERKT, "naaste"),
            (MelderSoort.NAASTE, False, MagHoren.NIETS, "weet_niet"),
            (MelderSoort.NAASTE, None, MagHoren.NIETS, "weet_niet"),
            (MelderSoort.HUISARTS, True, MagHoren.BEPERKT, "professional"),
            (MelderSoort.POLITIE, False, MagHoren.NIETS, "weet_niet"),
            (MelderSoort.CLIENTONDERSTEUNER, True, MagHoren.ALLES, "ondersteuner"),
            (MelderSoort.CLIENTONDERSTEUNER, None, MagHoren.NIETS, "weet_niet"),
            (MelderSoort.ANDERS, True, MagHoren.BEPERKT, "anders"),
        ],
    )
    def test_say_who_may_hear_what(
        self, systeem: Any, melder: str, weet: bool | None, mag: str, code: str
    ) -> None:
        facts = {"melder_naam": "", "melder_telefoon": ""} if melder == MelderSoort.ANONIEM else {}
        punt = punt_van(
            melder,
            melding__inwoner_weet_ervan=weet,
            melding__waarom_niet="Dat vond de melder te spannend." if weet is False else "",
            **{f"melding__contactmoment__{naam}": waarde for naam, waarde in facts.items()},
        )

        regel = rule_for(Feiten(punt.aanmelding.melding, (), MAANDAG.date()))

        assert (regel.mag_horen, regel.code) == (mag, code)

    @pytest.mark.parametrize(
        ("relatie", "mag"),
        [
            (Melderrelatie.VERTEGENWOORDIGER, MagHoren.BEPERKT),
            (Melderrelatie.PARTNER, MagHoren.BEPERKT),
            (Melderrelatie.OUDER, MagHoren.BEPERKT),
            (Melderrelatie.NAASTE, MagHoren.BEPERKT),
            (Melderrelatie.FAMILIE, MagHoren.NIETS),
            (Melderrelatie.BUUR, MagHoren.NIETS),
            (Melderrelatie.PROFESSIONAL, MagHoren.NIETS),
            (Melderrelatie.ONBEKEND, MagHoren.NIETS),
        ],
    )
    def test_follow_the_wvggz(self, systeem: Any, relatie: str, mag: str) -> None:
        punt = punt_van(MelderSoort.NAASTE, melding__aard=Aard.WVGGZ, melding__inwoner_weet_ervan=True)
        gemeld = signaal(punt, relatie)

        assert rule_for(Feiten(punt.aanmelding.melding, (gemeld,), MAANDAG.date())).mag_horen == mag

    def test_keep_an_anonymous_naaste_anonymous(self, systeem: Any) -> None:
        punt = punt_van(MelderSoort.MELDPUNT_GGD, melding__aard=Aard.WVGGZ)
        gemeld = signaal(punt, Melderrelatie.PARTNER, melder_anoniem=True)

        assert rule_for(Feiten(punt.aanmelding.melding, (gemeld,), MAANDAG.date())).code == "anoniem"

    def test_let_a_parent_hear_until_sixteen(self, systeem: Any) -> None:
        for geboren, code in ((date(2015, 1, 1), "kind_ouder"), (date(2008, 1, 1), "naaste")):
            punt = punt_van(MelderSoort.NAASTE, melding__inwoner__geboortedatum=geboren)
            gemeld = signaal(punt, Melderrelatie.OUDER, soort=Signaalsoort.BEZORGDHEID)

            assert rule_for(Feiten(punt.aanmelding.melding, (gemeld,), MAANDAG.date())).code == code

    def test_all_name_their_source(self) -> None:
        assert all(regel.bron and regel.waarom and regel.wanneer for regel in REGELS)
        assert len({regel.code for regel in REGELS}) == len(REGELS)


class TestProposeTerugkoppeling:
    @pytest.mark.parametrize("besluit", [b for b in Besluit if b != "opschalen naar procesregie"])
    def test_gives_every_besluit_its_sentence(self, als: Als, coordinator: Medewerker, besluit: str) -> None:
        punt = punt_van(MelderSoort.INWONER_ZELF)
        regisseur = CasusregisseurFactory(organisatie="smow")
        run(
            als,
            punt,
            coordinator,
            besluit,
            casusregisseur=regisseur,
            uiterlijk=DONDERDAG.date() + timedelta(days=7),
        )

        rij = Terugkoppeling.objects.get(agendapunt=punt)
        assert (rij.mag_horen, rij.status) == (MagHoren.ALLES, TerugkoppelingStatus.TE_DOEN)
        assert rij.uiterlijk == add_werkdagen(DONDERDAG.date(), 2)
        assert rij.voorstel
        assert "{" not in rij.voorstel
        assert "None" not in rij.voorstel

    def test_tells_a_huisarts_only_that_it_was_taken_up(self, als: Als, coordinator: Medewerker) -> None:
        punt = punt_van(MelderSoort.HUISARTS, melding__inwoner_weet_ervan=True)
        run(als, punt, coordinator, Besluit.INTAKE)

        assert Terugkoppeling.objects.get().voorstel.startswith("Uw melding is besproken en opgepakt.")

    def test_writes_down_that_it_is_not_allowed(self, als: Als, coordinator: Medewerker) -> None:
        punt = punt_van(MelderSoort.NAASTE, melding__inwoner_weet_ervan=None)
        run(als, punt, coordinator, Besluit.INTAKE)

        rij = Terugkoppeling.objects.get()
        assert (rij.status, rij.voorstel, rij.uiterlijk) == (TerugkoppelingStatus.NIET_TOEGESTAAN, "", None)

    def test_lets_an_older_one_lapse(self, als: Als, coordinator: Medewerker) -> None:
        OverlegFactory(week_later=True)
        punt = punt_van(MelderSoort.INWONER_ZELF)
        run(als, punt, coordinator, Besluit.AANHOUDEN)
        later = Agendapunt.objects.get(aanmelding=punt.aanmelding, besluit="")
        run(als, later, coordinator, Besluit.INTAKE)

        assert [rij.status for rij in Terugkoppeling.objects.order_by("pk")] == ["vervallen", "te_doen"]

    def test_says_nothing_yet_of_what_is_kept(self, als: Als, coordinator: Medewerker) -> None:
        OverlegFactory(week_later=True)
        run(als, punt_van(MelderSoort.HUISARTS), coordinator, Besluit.AANHOUDEN)

        assert not Terugkoppeling.objects.exists()

    def test_is_undone_with_the_besluit(self, als: Als, coordinator: Medewerker) -> None:
        def refuse(*_: Any) -> None:
            raise DomainError("Dat kan hier niet.")

        gevolgen.register_gevolg(Besluit.CASUSREGIE, refuse)
        punt = punt_van(MelderSoort.INWONER_ZELF)

        with pytest.raises(DomainError, match="Dat kan hier niet"):
            run(
                als, punt, coordinator, Besluit.CASUSREGIE, uiterlijk=DONDERDAG.date(),
                casusregisseur=CasusregisseurFactory(organisatie="smow"),
            )  # fmt: skip

        punt.refresh_from_db()
        assert punt.besluit == ""
        assert not Terugkoppeling.objects.exists()


class TestBesluitenAndTheirConsequence:
    def test_wmo_is_of_the_gemeente_unless_said_otherwise(self, als: Als, coordinator: Medewerker) -> None:
        assert run(als, open_punt(), coordinator, Besluit.WMO).partij.is_gemeente
        other = run(als, open_punt(), coordinator, Besluit.WMO, partij=organisatie("smow"))
        assert other.partij.code == "smow"

    def test_wmo_starts_no_term_that_is_over_already(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt(melding__ontvangen_op=MAANDAG - timedelta(days=20))
        run(als, punt, coordinator, Besluit.WMO)

        assert [t.soort_id for t in punt.aanmelding.melding.termijnen.all()] == ["WMO-OND"]

    def test_wmo_tells_the_end_of_the_onderzoek_and_the_rights(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        punt = punt_van(MelderSoort.INWONER_ZELF)
        run(als, punt, coordinator, Besluit.WMO)

        voorstel = Terugkoppeling.objects.get().voorstel
        assert "uiterlijk maandag 14 december 2026 klaar" in voorstel
        assert "onafhankelijke cliëntondersteuner" in voorstel

    def test_free_offer_gives_what_triage_found(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt()
        past, weg = aanbod(), aanbod("Eetclub")
        Voorziening.objects.filter(pk=weg.pk).update(status="defunct")
        punt.aanmelding.triage.voorzieningen.add(past, weg)
        run(als, punt, coordinator, Besluit.VRIJ_AANBOD)

        assert [m.voorziening for m in punt.aanmelding.melding.meegegeven.all()] == [past]

    def test_aanhouden_asks_why(self, als: Als, coordinator: Medewerker) -> None:
        punt = open_punt()
        with pytest.raises(BesluitIncomplete, match="waarom u de aanmelding aanhoudt") as refused:
            run(als, punt, coordinator, Besluit.AANHOUDEN, toelichting=" ")

        assert refused.value.veld == "toelichting"
        punt.refresh_from_db()
        assert punt.besluit == ""

    def test_intake_is_planned_with_whoever_is_free(self, als: Als, coordinator: Medewerker) -> None:
        punt = punt_van(MelderSoort.INWONER_ZELF)
        begin = DONDERDAG + timedelta(days=4)
        decided = run(als, punt, coordinator, Besluit.INTAKE, afspraak_op=begin)

        melding = punt.aanmelding.melding
        melding.refresh_from_db()
        afspraak = melding.afspraken.get()
        assert (afspraak.begin, afspraak.soort, len(afspraak.lees_medewerkers)) == (
            begin,
            "verdiepende intake",
            1,
        )
        assert decided.uiterlijk == begin.date()
        assert melding.uiterlijk == begin
        assert (
            "De afspraak is op maandag 9 november 2026 om 10:00 uur." in Terugkoppeling.objects.get().voorstel
        )

    def test_intake_on_a_taken_moment_decides_nothing(self, als: Als, coordinator: Medewerker) -> None:
        begin = DONDERDAG + timedelta(days=4)
        run(als, open_punt(), coordinator, Besluit.INTAKE, afspraak_op=begin)
        punt = open_punt()

        with pytest.raises(MomentTaken):
            run(als, punt, coordinator, Besluit.INTAKE, afspraak_op=begin)

        punt.refresh_from_db()
        punt.aanmelding.refresh_from_db()
        assert (punt.besluit, punt.aanmelding.status) == ("", "voor_overleg")
        assert not punt.aanmelding.melding.afspraken.exists()
        assert not Terugkoppeling.objects.filter(agendapunt=punt).exists()


class TestTellMelder:
    def made(
        self, als: Als, coordinator: Medewerker, besluit: str = Besluit.WMO, **more: Any
    ) -> Terugkoppeling:
        punt = punt_van(more.pop("melder", MelderSoort.INWONER_ZELF), **more)
        run(als, punt, coordinator, besluit)
        return Terugkoppeling.objects.select_related("melding").get(agendapunt=punt)

    def test_keeps_who_told_and_how(self, als: Als, coordinator: Medewerker) -> None:
        rij = self.made(als, coordinator)
        lid = TeamlidFactory()
        with als(lid):
            tell_melder(terugkoppeling=rij, actor=lid, at=DONDERDAG, hoe="telefonisch")

        rij.refresh_from_db()
        assert (rij.status, rij.gedaan_door, rij.hoe) == (TerugkoppelingStatus.GEDAAN, lid, "telefonisch")
        regel = Logregel.objects.get(actie="triage.tell_melder")
        assert regel.inwoner_id == rij.melding.inwoner_id

    def test_writes_down_that_clientondersteuning_was_named(self, als: Als, coordinator: Medewerker) -> None:
        rij = self.made(als, coordinator)
        with als(coordinator):
            tell_melder(terugkoppeling=rij, actor=coordinator, at=DONDERDAG, hoe="telefonisch")

        assert rij.melding.termijnen.get(soort="WMO-OCO").voldaan_op == DONDERDAG.date()

    def test_does_not_when_somebody_else_was_told(self, als: Als, coordinator: Medewerker) -> None:
        rij = self.made(als, coordinator, melder=MelderSoort.HUISARTS)
        with als(coordinator):
            tell_melder(terugkoppeling=rij, actor=coordinator, at=DONDERDAG, hoe="telefonisch")

        assert not rij.melding.termijnen.filter(soort="WMO-OCO").exists()

    @pytest.mark.parametrize("aard", [Aard.WVGGZ, Aard.BEZORGDHEID])
    @pytest.mark.parametrize("dicht", [False, True])
    def test_meets_the_duty_of_the_wvggz_open_or_closed(
        self, als: Als, coordinator: Medewerker, aard: str, dicht: bool
    ) -> None:
        """A casus closes the melding with the besluit, and the naaste still hears of it."""
        punt = punt_van(MelderSoort.NAASTE, melding__aard=aard)
        gemeld = signaal(punt, Melderrelatie.PARTNER, terugkoppelen=True)
        run(als, punt, coordinator, Besluit.INTAKE)
        if dicht:
            with als(coordinator):
                close_in_chain(
                    melding=punt.aanmelding.melding, actor=coordinator, at=DONDERDAG, toelichting="Dicht."
                )
        loket = punt.aanmelding.melding.contactmoment.medewerker
        with als(loket):
            tell_melder(
                terugkoppeling=Terugkoppeling.objects.get(),
                actor=loket,
                at=DONDERDAG,
                hoe="telefonisch",
            )

        gemeld.refresh_from_db()
        assert gemeld.teruggekoppeld_op == DONDERDAG.date()
        assert punt.aanmelding.melding.termijnen.filter(soort="WVGGZ-TERUG").exists()

    def test_works_after_the_melding_closed(self, als: Als, coordinator: Medewerker) -> None:
        rij = self.made(als, coordinator)
        loket = rij.melding.contactmoment.medewerker
        rij.melding.status, rij.melding.gesloten_op = MeldingStatus.GESLOTEN, DONDERDAG
        rij.melding.save()
        with als(loket):
            tell_melder(terugkoppeling=rij, actor=loket, at=DONDERDAG, hoe="telefonisch")

        rij.refresh_from_db()
        assert rij.status == TerugkoppelingStatus.GEDAAN

    def test_refuses_what_is_not_allowed_or_done(self, als: Als, coordinator: Medewerker) -> None:
        niet = self.made(als, coordinator, melder=MelderSoort.NAASTE, melding__inwoner_weet_ervan=None)
        with als(coordinator), pytest.raises(TransitionNotAllowed):
            tell_melder(terugkoppeling=niet, actor=coordinator, at=DONDERDAG, hoe="telefonisch")

        niet.refresh_from_db()
        assert (niet.status, niet.gedaan_door) == (TerugkoppelingStatus.NIET_TOEGESTAAN, None)

    def test_by_a_reader_too_takes_the_melding_before_what_is_told(
        self, als: Als, coordinator: Medewerker
    ) -> None:
        """As a besluit does; otherwise that and a phone call at the same moment wait for each other."""
        rij = self.made(als, coordinator)
        loket = rij.melding.contactmoment.medewerker
        with als(loket), CaptureQueriesContext(connection) as queries:
            tell_melder(terugkoppeling=rij, actor=loket, at=DONDERDAG, hoe="telefonisch")

        sql = [str(query["sql"]) for query in queries]
        plicht = next(n for n, een in enumerate(sql) if een.startswith('INSERT INTO "intake_meldingtermijn"'))
        slot = next(
            n for n, een in enumerate(sql) if re.search('FROM "triage_terugkoppeling".* FOR UPDATE', een)
        )
        assert plicht < slot

    def test_asks_how(self, als: Als, coordinator: Medewerker) -> None:
        rij = self.made(als, coordinator)
        with als(coordinator), pytest.raises(TerugkoppelingInvalid, match="Kies hoe"):
            tell_melder(terugkoppeling=rij, actor=coordinator, at=DONDERDAG, hoe="")

        rij.refresh_from_db()
        assert rij.status == TerugkoppelingStatus.TE_DOEN

    def test_drop_asks_why(self, als: Als, coordinator: Medewerker) -> None:
        rij = self.made(als, coordinator)
        with als(coordinator), pytest.raises(ReasonMissing):
            drop_terugkoppeling(terugkoppeling=rij, actor=coordinator, at=DONDERDAG, toelichting="")
        with als(coordinator):
            drop_terugkoppeling(terugkoppeling=rij, actor=coordinator, at=DONDERDAG, toelichting="Verhuisd.")

        rij.refresh_from_db()
        assert (rij.status, rij.toelichting) == (TerugkoppelingStatus.VERVALLEN, "Verhuisd.")

    def test_the_card_stays_until_the_melder_knows(self, als: Als, coordinator: Medewerker) -> None:
        rij = self.made(als, coordinator, Besluit.VRIJ_AANBOD)
        kaart = rij.agendapunt.aanmelding
        with als(coordinator):
            with pytest.raises(MelderNotTold):
                finish_aanmelding(aanmelding=kaart, actor=coordinator, at=DONDERDAG)
            kaart.refresh_from_db()
            assert (kaart.status, kaart.melding.status) == (
                AanmeldingStatus.TE_BELEGGEN,
                MeldingStatus.BIJ_TEAM,
            )
            tell_melder(terugkoppeling=rij, actor=coordinator, at=DONDERDAG, hoe="telefonisch")
            finish_aanmelding(aanmelding=kaart, actor=coordinator, at=DONDERDAG)

        kaart.refresh_from_db()
        assert kaart.status == AanmeldingStatus.AFGEROND
