"""Wat de smalle bron nog meer zegt, en bijzondere invoer: een leeg jaar, drie meldingen, een casus van veertien jaar."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import connections, transaction

from intake.models import Afhandeling, Melding, Metingreden
from rapportage import catalogus
from rapportage.controle import check
from rapportage.models import Grondslag, Publicatie
from rapportage.samenstellen import unpack
from rapportage.services import close_month
from rapportage.uitvoer import export
from skt.medewerkers.models import Mandaat, Wet
from tests.factories.casusregie import CasusFactory, DoelFactory
from tests.factories.intake import (
    ContactmomentFactory,
    LoketmedewerkerFactory,
    MeldingFactory,
    MetingFactory,
    UitvraagFactory,
)
from tests.factories.inwoners import InwonerFactory
from tests.factories.medewerkers import MandaatFactory
from tests.factories.rapportage import OKTOBER, SEPTEMBER
from tests.factories.triage import (
    AanmeldingFactory,
    AgendapuntFactory,
    CasusregisseurFactory,
    TriageFactory,
)
from tests.rapportage.test_bron import ALLE, DECEMBER, LATER, NL, NOVEMBER, booked, dag, systeem_schrijft
from triage.models import Nuldelijn, Uitkomst

pytestmark = pytest.mark.django_db(transaction=True, databases=ALLE)


class TestContacts:
    def test_are_their_first_melding(self) -> None:
        """Two questions in one call of one person, a third in a next month, and a call of somebody else."""
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            inwoner, ander = InwonerFactory(), InwonerFactory()
            gesprek = ContactmomentFactory(
                medewerker=medewerker, begonnen_op=dag(SEPTEMBER), beeindigd_op=None
            )
            for over, maand in ((inwoner, SEPTEMBER), (inwoner, SEPTEMBER), (ander, OKTOBER)):
                MeldingFactory(
                    contactmoment=gesprek, inwoner=over, medewerker=medewerker, ontvangen_op=dag(maand)
                )
            MeldingFactory(inwoner=ander, medewerker=medewerker, ontvangen_op=dag(OKTOBER, 20))

        close_month(maand=SEPTEMBER, at=LATER)
        close_month(maand=OKTOBER, at=LATER)

        assert booked("melding", "maand, telling") == Counter(
            {(SEPTEMBER, "beide"): 1, (SEPTEMBER, "geen"): 1, (OKTOBER, "mens"): 1, (OKTOBER, "contact"): 1}
        )


class TestNothingFitting:
    def test_counts_the_themes_of_a_triage_without_a_free_offer(self) -> None:
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            for nuldelijn, themas in (
                (Nuldelijn.PAST_NIET, ["mantelzorg", "jeugdhulp"]),
                (Nuldelijn.PAST, ["mantelzorg"]),
            ):
                melding = MeldingFactory(
                    bij_team=True, medewerker=medewerker, ontvangen_op=dag(OKTOBER), themas=themas
                )
                TriageFactory(melding=melding, nuldelijn=nuldelijn, gedaan_op=dag(OKTOBER, 11))

        close_month(maand=OKTOBER, at=LATER)

        assert booked("ontbreekt", "nuldelijn, thema") == Counter(
            {("past_niet", "mantelzorg"): 1, ("past_niet", "jeugdhulp"): 1}
        )
        assert booked("triage", "eerste, nuldelijn") == Counter({("ja", "past_niet"): 1, ("ja", "past"): 1})


class TestWaiting:
    def test_is_where_a_melding_stood_from_the_month_it_came_to_the_month_it_went(self) -> None:
        """And what is open is what was, plus what came, less what went: else the family wouldn't be published."""
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            van = {"medewerker": medewerker, "ontvangen_op": dag(SEPTEMBER)}
            MeldingFactory(**van)
            MeldingFactory(in_triage=True, **van)
            MeldingFactory(gesloten=True, gesloten_op=dag(OKTOBER), **van)
            terug = MeldingFactory(**van)
            besloten = MeldingFactory(bij_team=True, **van)
            dicht = MeldingFactory(
                **van, gesloten=True, gesloten_op=dag(NOVEMBER), afhandeling=Afhandeling.TRIAGE
            )
            for melding, stand in ((terug, "afgerond"), (besloten, "te_beleggen"), (dicht, "afgerond")):
                triage = TriageFactory(melding=melding, gedaan_op=dag(OKTOBER))
                aanmelding = AanmeldingFactory(
                    melding=melding, triage=triage, status=stand, aangemeld_op=dag(OKTOBER)
                )
                if melding is not terug:
                    AgendapuntFactory(
                        aanmelding=aanmelding,
                        besloten=True,
                        besloten_op=dag(OKTOBER if melding is dicht else NOVEMBER),
                    )
            oud = ContactmomentFactory(medewerker=medewerker, uit_oude_lijst=True)
            MeldingFactory(contactmoment=oud, **van)

        for maand in (SEPTEMBER, OKTOBER, NOVEMBER):
            assert close_month(maand=maand, at=LATER).zonder == ()

        rijen = booked("wachtend", "van, tot, plek")
        assert {
            maand: Counter(
                plek for van_, tot, plek in rijen.elements() if van_ <= maand and (tot is None or tot > maand)
            )
            for maand in (SEPTEMBER, OKTOBER, NOVEMBER)
        } == {
            SEPTEMBER: Counter({"loket": 3, "triage": 3}),
            OKTOBER: Counter(
                {"loket": 2, "triage": 1, "overleg volwassenen": 1, "na overleg volwassenen": 1}
            ),
            NOVEMBER: Counter({"loket": 2, "triage": 1, "na overleg volwassenen": 1}),
        }

    def test_is_at_an_overleg_only_while_one_has_to_decide(self) -> None:
        """Straight to an intake, decided and on the agenda again, closed before the overleg, and a second triage without a team."""
        with systeem_schrijft():
            van = {"medewerker": LoketmedewerkerFactory(), "ontvangen_op": dag(SEPTEMBER)}
            dicht = {"gesloten": True, "gesloten_op": dag(OKTOBER), "afhandeling": Afhandeling.TRIAGE}
            direct, weer = (MeldingFactory(bij_team=True, **van) for _ in range(2))
            weg, tweede = (MeldingFactory(**van, **dicht) for _ in range(2))
            for melding, stand, uitkomst in (
                (direct, "intake", Uitkomst.INTAKE), (weer, "te_beleggen", Uitkomst.OVERLEG),
                (weg, "afgerond", Uitkomst.OVERLEG), (tweede, "afgerond", Uitkomst.OVERLEG),
            ):  # fmt: skip
                aanmelding = AanmeldingFactory(
                    melding=melding,
                    triage=TriageFactory(melding=melding, gedaan_op=dag(SEPTEMBER), uitkomst=uitkomst),
                    status=stand,
                    aangemeld_op=dag(SEPTEMBER),
                )
                if melding in (weer, tweede):
                    AgendapuntFactory(aanmelding=aanmelding, besloten=True, besloten_op=dag(SEPTEMBER))
                if melding == weer:
                    AgendapuntFactory(aanmelding=aanmelding)
            TriageFactory(melding=tweede, gedaan_op=dag(OKTOBER), uitkomst=Uitkomst.INFORMATIE)

        assert close_month(maand=SEPTEMBER, at=LATER).zonder == ()

        standen = booked("wachtend", "plek, tot IS NULL OR tot > van")
        assert {plek: keer for (plek, telt), keer in standen.items() if telt} == {
            "na overleg volwassenen": 1, "overleg volwassenen": 2, "triage": 1,
        }  # fmt: skip


class TestScores:
    def test_are_compared_between_the_beginning_and_the_end_of_the_help(self) -> None:
        with systeem_schrijft():
            melding = MeldingFactory(ontvangen_op=dag(SEPTEMBER))
            UitvraagFactory(
                melding=melding,
                afgenomen_op=dag(SEPTEMBER),
                scores={"financien": 2, "huisvesting": 3, "dagbesteding": 4},
            )
            MetingFactory(melding=melding, afgenomen_op=dag(OKTOBER), scores={"financien": 5})
            MetingFactory(
                melding=melding,
                reden=Metingreden.EINDE,
                afgenomen_op=dag(OKTOBER, 20),
                scores={"financien": 4, "huisvesting": 3, "lichamelijk": 5},
            )

        close_month(maand=SEPTEMBER, at=LATER)
        close_month(maand=OKTOBER, at=LATER)

        assert booked("verloop", "maand, leefgebied, verloop") == Counter(
            {(OKTOBER, "financien", "vooruit"): 1, (OKTOBER, "huisvesting", "gelijk gebleven"): 1}
        )


class TestDoelen:
    def test_count_once_in_the_month_of_their_outcome(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One ends in December, one stays open, one is written down when December was closed already.

        2026 began without them: its catalogue is frozen, so its months close as they did. 2027 has the figure.
        """
        januari = date(2027, 1, 1)
        with systeem_schrijft():
            casus = CasusFactory(geopend_op=dag(NOVEMBER))
            DoelFactory(casus=casus)
            DoelFactory(casus=casus, behaald=True, afgerond_op=dag(DECEMBER))
        with monkeypatch.context() as toen:
            zonder = tuple(familie for familie in catalogus.FAMILIES if familie.stam.code != "doel")
            toen.setattr(catalogus, "FAMILIES", zonder)
            close_month(maand=NOVEMBER, at=LATER)
        close_month(maand=DECEMBER, at=LATER)
        with systeem_schrijft():
            DoelFactory(
                casus=casus,
                leefgebied="zingeving",
                status="deels behaald",
                eindscore=3,
                afgerond_op=dag(DECEMBER, 20),
            )

        close_month(maand=januari, at=LATER)

        assert booked("doel", "maand, doel, leefgebied") == Counter(
            {(DECEMBER, "behaald", "financien"): 1, (januari, "deels behaald", "zingeving"): 1}
        )
        geteld = Grondslag.objects.using("rapport").filter(kubus="doel")
        assert [(rij.maand, unpack(rij.waar).sum()) for rij in geteld] == [(januari, 1)]
        assert set(
            Publicatie.objects.using("rapport")
            .filter(kubus__startswith="doel", periode="maand")
            .values_list("kubus", "maand")
        ) == {(code, januari) for code in ("doelen", "doel", "doel-leefgebied")}


def grant(melding: Melding, mandaat: Mandaat, bedrag: int) -> None:
    """What was granted, by the owner of the table: its lock asks for the zorgregisseur who acts, and stays off in this copy."""
    with systeem_schrijft():
        triage = TriageFactory(
            melding=melding,
            gedaan_op=dag(DECEMBER, 11),
            medewerker=mandaat.medewerker,
            uitkomst=Uitkomst.TOEKENNEN,
        )
    with transaction.atomic(using="eigenaar"), connections["eigenaar"].cursor() as cursor:
        cursor.execute("ALTER TABLE triage_toekenning NO FORCE ROW LEVEL SECURITY")
        cursor.execute(
            "INSERT INTO triage_toekenning (triage_id, mandaat_id, wet, product, bedrag, per, van, tot_en_met, besluitdatum,"
            " bezwaar_tot) VALUES (%s, %s, %s, 'Begeleiding', %s, 'per 4 weken', '2026-12-01', '2026-12-28', '2026-12-01',"
            " '2027-01-12')",
            [triage.pk, mandaat.pk, mandaat.wet, bedrag],
        )


class TestAmounts:
    def test_of_thirty_people_are_published_and_those_of_three_are_not(self) -> None:
        """Wmo: thirty people, one of them twice. Jeugdwet: three. All of one lijn, which less the Wmo would be those three."""
        with systeem_schrijft():
            medewerker = LoketmedewerkerFactory()
            wmo = MandaatFactory(medewerker=medewerker)
            jeugd = MandaatFactory(medewerker=medewerker, wet=Wet.JEUGDWET)
            mensen = [InwonerFactory() for _ in range(30)]
            meldingen = [
                MeldingFactory(bij_team=True, medewerker=medewerker, ontvangen_op=dag(DECEMBER), inwoner=mens)
                for mens in [*mensen, mensen[0], *[None] * 3]
            ]
        for nummer, melding in enumerate(meldingen):
            grant(melding, wmo if nummer < 31 else jeugd, 1000)

        close_month(maand=DECEMBER, at=LATER)

        assert booked("kosten", "jaar, bedragen::text") == Counter(
            {
                (2026, '{"wmo|onbekend": 1000.00}'): 29,
                (2026, '{"wmo|onbekend": 2000.00}'): 1,
                (2026, '{"jeugdwet|onbekend": 1000.00}'): 3,
            }
        )
        bestanden = export("beleid").bestanden
        aantal = dict(rij.split(",") for rij in bestanden["jaar/2026/mensen-inzet-wet.csv"].decode().split())
        assert bestanden["jaar/2026/kosten-wet.csv"].decode().splitlines()[:3] == [
            "wet,gemiddeld,bedrag", f"wmo,1000,{1000 * int(aantal['wmo'])}", "jeugdwet,geen cijfer,geen cijfer",
        ]  # fmt: skip
        assert "onbekend,geen cijfer,geen cijfer" in bestanden["jaar/2026/kosten-lijn.csv"].decode()
        assert "1033" not in "".join(bestand.decode() for bestand in bestanden.values())
        assert check(bestanden).in_orde


class TestStrangeMonths:
    @pytest.mark.parametrize("aantal", [0, 3])
    def test_are_published_like_any_other(self, aantal: int) -> None:
        with systeem_schrijft():
            for _ in range(aantal):
                MeldingFactory(ontvangen_op=dag(SEPTEMBER))

        close_month(maand=SEPTEMBER, at=LATER)
        close_month(maand=OKTOBER, at=LATER)

        per_maand = [Publicatie.objects.using("beleid").filter(maand=m).count() for m in (SEPTEMBER, OKTOBER)]
        assert per_maand[0] == per_maand[1] > 50

    def test_a_casus_of_fourteen_years_is_counted_as_any_other(self) -> None:
        open_op = datetime(2012, 10, 4, 10, tzinfo=NL)
        with systeem_schrijft():
            regisseur = CasusregisseurFactory()
            CasusFactory(
                regisseur=regisseur,
                melding__ontvangen_op=open_op - timedelta(days=3),
                geopend_op=open_op,
                gesloten=True,
                gesloten_op=dag(NOVEMBER),
            )

        for maand in (OKTOBER, NOVEMBER):
            close_month(maand=maand, at=LATER)

        assert booked("casus", "maand, gebeurtenis") == Counter(
            {(OKTOBER, "geopend"): 1, (NOVEMBER, "afgesloten"): 1}
        )
        assert ("casus van open tot dicht", "57+") in booked("stap", "stap, klasse")
        assert booked("casusstand", "van, tot") == Counter({(date(2012, 10, 1), NOVEMBER): 1})
