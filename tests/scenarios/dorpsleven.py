"""Het dorp als ding: wie er werkt en wat er ligt, onder een korte naam te vinden."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from casusregie import services as casusregie
from casusregie.models import Casus
from intake import services as intake
from intake.models import Melding
from skt.medewerkers.models import Medewerker
from socialekaart.models import Voorziening
from tests.scenarios.bezetting import Bezetting
from tests.scenarios.handelend import als
from tests.scenarios.vignetten import Vignet, read_vignetten
from triage import services as triage
from triage.models import Afwijkreden, Agendapunt, Besluit, Nuldelijn, Overleg, Uitkomst

ADRES = {"postcode": "2244 QF", "huisnummer": 17}
"""Een postcode die niet bestaat."""
ROUTE = {
    "informatie en advies": intake.Route.INFORMATIE,
    "hulpverlening": intake.Route.HULPVERLENING,
    "andere toegang": intake.Route.ANDERE_TOEGANG,
    "crisisroute": intake.Route.CRISISROUTE,
}


@dataclass
class Dorp:
    """Wie er werkt, en wat er ligt: onder een korte naam te vinden."""

    nu: datetime
    team: Bezetting
    melding: dict[str, str] = field(default_factory=dict)
    """Het nummer van de melding van een beller."""
    ding: dict[str, Any] = field(default_factory=dict)
    vignetten: dict[str, Vignet] = field(default_factory=lambda: {v.id: v for v in read_vignetten()})

    def eerder(self, **hoeveel: int) -> datetime:
        return self.nu - timedelta(**hoeveel)

    # -- het loket

    def bel(self, wie: str, op: datetime, door: Medewerker | None = None, **anders: Any) -> Melding:
        """Een beller, zoals het loket haar invoert. `anders` vervangt wat finish_concept krijgt."""
        vignet, actor = self.vignetten[wie], door or self.team.loket
        vraag = vignet.eerste
        verwacht = vraag.verwacht
        route = intake.Route.TRIAGE if vraag.bord else ROUTE[vraag.route]
        voorzieningen = Voorziening.objects.offered().filter(code__in=verwacht["voorzieningen_0delijn"][:2])
        facts: dict[str, Any] = {
            "route": route,
            "contact": {"kanaal": vignet.gegevens["kanaal"], "melder_soort": vignet.gegevens["melder_soort"]},
            "melding": {
                "hulpvraag": vignet.gegevens["gesprek"], "aard": verwacht["aard"], "themas": verwacht["themas"],
                "spoor": verwacht["spoor"] or "", "meervoudigheid": verwacht["meervoudigheid"],
                "spoed": verwacht["urgentie"].startswith("spoed"),
            },
            "afronding": self._afronding(route, op),
            "nieuwe_inwoner": self._inwoner(vignet),
            "antwoorden": self._antwoorden(vignet),
            "termijnen": verwacht["termijnen"],
            "voorzieningen": list(voorzieningen) if not vraag.bord else [],
        }  # fmt: skip
        with als(actor):
            concept = intake.start_concept(actor=actor, at=op)
            melding = intake.finish_concept(
                sleutel=concept.sleutel, actor=actor, at=op, **{**facts, **anders}
            )
        self.melding[wie] = melding.nummer
        return melding

    def _afronding(self, route: str, op: datetime) -> dict[str, Any]:
        match route:
            case intake.Route.HULPVERLENING:
                over_een_week = timezone.localtime(op).date() + timedelta(days=7)
                return {
                    "toelichting": "Langsgaan.",
                    "volgende_stap": "Huisbezoek",
                    "uiterlijk": over_een_week,
                }
            case intake.Route.CRISISROUTE:
                return {
                    "toelichting": "Niet terugbellen.",
                    "gewaarschuwd": "Politie, 112",
                    "gewaarschuwd_op": op,
                }
            case intake.Route.TRIAGE:
                return {"toelichting": "Er spelen meer dingen tegelijk."}
            case _:
                return {"toelichting": "Uitgelegd waar dit kan, en het nummer gegeven."}

    def _inwoner(self, vignet: Vignet) -> dict[str, Any]:
        over = vignet.eerste.betreft
        if not over:
            return {}
        geboren = over["geboortedatum"]
        return {
            "roepnaam": over["roepnaam"] or "",
            "achternaam": over["achternaam"].removesuffix(" (vermoedelijk)"),
            "geboortedatum": date.fromisoformat(geboren) if geboren else None,
            "buurtcode": (over["buurt"] or {}).get("code", ""),
            **ADRES,
        }

    @staticmethod
    def _antwoorden(vignet: Vignet) -> dict[str, dict[str, Any]]:
        scores = vignet.eerste.scores
        found: dict[str, dict[str, Any]] = {gebied: {"score": score} for gebied, score in scores.items()}
        for gebied in list(found)[:1]:
            found[gebied] |= {
                "toelichting": vignet.eerste.verwacht["toelichting"],
                "eigen_kracht": "Zoekt zelf hulp en houdt bij wat er gebeurt.",
                "netwerk": "Een zus komt elke week langs.",
                "lopende_hulp": "De praktijkondersteuner van de huisarts.",
                "wens": "Dat het thuis weer rustig wordt.",
            }
        return found

    # -- triage en het overleg

    def trieer(self, wie: str, op: datetime, **anders: Any) -> Melding:
        vraag, actor = self.vignetten[wie].eerste, self.team.toegang
        verwacht = vraag.verwacht
        aanbod = list(Voorziening.objects.offered().filter(code__in=verwacht["voorzieningen_0delijn"][:2]))
        past = {"nuldelijn": Nuldelijn.PAST, "voorzieningen": aanbod}
        past_niet = {
            "nuldelijn": Nuldelijn.PAST_NIET,
            "nuldelijn_toelichting": "Eerst moet het thuis veilig zijn.",
        }
        facts = {
            "ernst": verwacht["ernst"], "urgentie": verwacht["urgentie"], "uitkomst": Uitkomst.OVERLEG, "bord": vraag.bord,
            "eigen_kracht": "Zoekt zelf hulp.", "netwerk": "Een zus komt elke week.", "toelichting": verwacht["toelichting"],
            "afwijkreden": Afwijkreden.MEER_BEKEND, "ernaast": "later", **(past if aanbod else past_niet),
        }  # fmt: skip
        with als(actor):
            melding = Melding.objects.get(nummer=self.melding[wie])
            triage.do_triage(melding=melding, actor=actor, at=op, **{**facts, **anders})
        return melding

    def besluit(self, wie: str, besluit: Besluit, **anders: Any) -> Agendapunt:
        """Het besluit valt in het overleg waar de aanmelding op staat, op dat moment."""
        actor = self.team.coordinator
        with als(actor):
            punt = Agendapunt.objects.select_related("overleg").get(
                aanmelding__melding__nummer=self.melding[wie], besluit=""
            )
            op = punt.overleg.begint_op
            facts = {
                "toelichting": "Besproken met iedereen aan tafel.",
                "uiterlijk": timezone.localtime(op).date() + timedelta(days=7),
            }
            return triage.decide(agendapunt=punt, besluit=besluit, actor=actor, at=op, **{**facts, **anders})

    def sluit_overleggen(self) -> None:
        """Wat voor nu begon en waarover alles besloten is, gaat dicht."""
        actor = self.team.coordinator
        with als(actor):
            voorbij = Overleg.objects.filter(status="gepland", begint_op__lt=self.nu).exclude(
                agendapunten__besluit=""
            )
            for overleg in voorbij:
                triage.finish_overleg(overleg=overleg, actor=actor, at=overleg.begint_op + timedelta(hours=1))

    # -- de casus

    def open_casus(self, wie: str, naam: str, weken: int) -> Casus:
        """Zoveel weken geleden gebeld; het overleg van die week belegde de regie bij Kwadraad."""
        op = self.eerder(weeks=weken, days=2)
        self.bel(wie, op)
        self.trieer(wie, op + timedelta(hours=3))
        punt = self.besluit(wie, Besluit.CASUSREGIE, casusregisseur=self.team.casusregisseur)
        with als(self.team.casusregisseur):
            casus = Casus.objects.get(agendapunt=punt)
        self.ding[naam] = casus
        return casus

    def start(self, casus: Casus, weken: int) -> None:
        regisseur = self.team.casusregisseur
        with als(regisseur):
            casusregie.start_casus(casus=casus, actor=regisseur, at=self.eerder(weeks=weken))
