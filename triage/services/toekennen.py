"""Zelfstandig toekennen: a zorgregisseur grants by themselves, within a mandaat, and the decision stays with its terms.

The mandaat in the register decides (Wmo 2015 2.6.3): its law, its product, its ceiling in euro a year, and its period. The
ceiling holds per inwoner: all that was granted of that law and product counts, by whomever, on the day that most of it runs at
once (eigen keus; a decision cut in two is still one). What goes beyond is refused with the limit that was passed; row-level
security on the table asks the same once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from django.db import connection
from django.utils import timezone

from intake.models import Melding
from intake.services import fulfil_termijn, start_termijn
from intake.services.meldingen import TermijnRunsAlready
from skt.inwoners.models import Bsn, Inwoner
from skt.kern.errors import DomainError
from skt.kern.geld import euro
from skt.medewerkers.models import Mandaat, Medewerker, Wet
from skt.termijnen.models import Termijnsoort
from skt.verantwoording.services import record
from skt.web.datums import short_date
from triage.models import Bedragperiode, Toekenning, Triage, Urgentie
from triage.queries import running_mandaten
from triage.queries.toekenningen import granted_at_most

BEZWAAR, HEROVERWEGING = "AWB-BEZW", "WMO-HERZ"
VOLDAAN_DOOR = {Wet.WMO: ("WMO-OND", "WMO-BESL"), Wet.JEUGDWET: ("JW-BESL",)}
"""The terms that a granted decision meets, per law: they ask for this very decision."""
VOORUIT, LANGST = relativedelta(years=1), relativedelta(years=5)
"""Longer at once is no decision but for another day (eigen keus); a mandaat without an end doesn't widen it."""
EERST_LEGITIMEREN = (
    ("voornamen", "de voornamen"),
    ("geboortedatum", "de geboortedatum"),
    ("postcode", "de postcode"),
    ("huisnummer", "het huisnummer"),
)
"""Without a BSN a Wmo decision asks for these; with haste they may come later (Wmo 2015 5.2.9 lid 5 en 7)."""


class MandaatMissing(DomainError):
    """Granting by oneself needs a running mandaat (Wmo 2015 2.6.3)."""


class ToekenningRefused(DomainError):
    """Something of the decision is missing or can't be; `veld` says which field of it."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


class BeyondMandaat(ToekenningRefused):
    """It passes a limit of the mandaat; the sentence says which."""


@dataclass(frozen=True)
class Toekenningsverzoek:
    """What a zorgregisseur wants to grant; `bedrag` in euro `per` period, and the last day counts."""

    wet: str
    product: str
    bedrag: Decimal
    per: str
    van: date
    tot_en_met: date

    @property
    def jaarbedrag(self) -> Decimal:
        return self.bedrag * Bedragperiode(self.per).per_jaar


def check_toekenning(
    *, verzoek: Toekenningsverzoek | None, melding: Melding, urgentie: str, actor: Medewerker, at: datetime
) -> Mandaat:
    """The mandaat under which `actor` may grant this on the day of `at`; writes nothing, and until the transaction ends nobody
    else grants this inwoner anything.

    Raises MandaatMissing, ToekenningRefused, BeyondMandaat.
    """
    dag = timezone.localtime(at).date()
    lopend = list(running_mandaten(actor, dag).order_by("-plafond", "pk"))
    if not lopend:
        raise MandaatMissing(
            "U heeft nu geen lopend mandaat om zelf toe te kennen. Kies een andere uitkomst."
        )
    if verzoek is None:
        raise ToekenningRefused("product", "Kies wat u toekent.")
    _check_facts(verzoek, melding, dag)
    mandaat = _covering(verzoek, lopend)
    _check_together(_check_who(melding.inwoner, verzoek, urgentie), verzoek, mandaat)
    return mandaat


def _check_facts(verzoek: Toekenningsverzoek, melding: Melding, dag: date) -> None:
    if verzoek.per not in Bedragperiode.values:
        raise ToekenningRefused("per", "Kies waar het bedrag voor geldt.")
    if verzoek.bedrag <= 0:
        raise ToekenningRefused("bedrag", "Vul een bedrag boven nul in.")
    if verzoek.tot_en_met < verzoek.van:
        raise ToekenningRefused("tot_en_met", "De laatste dag ligt voor de eerste dag.")
    if verzoek.van > dag + VOORUIT:
        raise ToekenningRefused("van", "Begin binnen een jaar.")
    if verzoek.tot_en_met >= verzoek.van + LANGST:
        raise ToekenningRefused("tot_en_met", "Ken niet langer dan vijf jaar achter elkaar toe.")
    binnen = timezone.localtime(melding.ontvangen_op).date()
    if verzoek.van < binnen:
        raise ToekenningRefused(
            "van", f"De melding kwam binnen op {short_date(binnen)}. Begin niet eerder dan die dag."
        )


def _covering(verzoek: Toekenningsverzoek, lopend: list[Mandaat]) -> Mandaat:
    """The first mandaat that fits whole; otherwise the limit that is passed, in the order law, product, ceiling, period."""
    van_wet = [m for m in lopend if m.wet == verzoek.wet]
    if not van_wet:
        raise BeyondMandaat(
            "product",
            f"Uw mandaat geldt niet voor deze wet, wel voor {_named(m.get_wet_display() for m in lopend)}.",
        )
    passend = [m for m in van_wet if _same(m.product, verzoek.product)]
    if not passend:
        raise BeyondMandaat(
            "product",
            f"Uw mandaat geldt niet voor ‘{verzoek.product}’, wel voor {_named(m.product for m in van_wet)}.",
        )
    ruim = [m for m in passend if verzoek.jaarbedrag <= m.plafond]
    if not ruim:
        raise BeyondMandaat("bedrag", _beyond_ceiling(verzoek, passend[0]))
    gedekt = [m for m in ruim if m.van <= verzoek.van and (m.tot is None or verzoek.tot_en_met < m.tot)]
    if not gedekt:
        raise BeyondMandaat(*_beyond_period(verzoek, ruim[0]))
    return gedekt[0]


def _beyond_ceiling(verzoek: Toekenningsverzoek, mandaat: Mandaat) -> str:
    per = Bedragperiode(verzoek.per)
    jaar = "" if per.per_jaar == 1 else f" is {euro(verzoek.jaarbedrag)} per jaar. Dat"
    hoeveel = euro(verzoek.bedrag) + ("" if per == Bedragperiode.TOTAAL else f" {per.label}")
    return (
        f"{hoeveel}{jaar} is meer dan uw mandaat: dat gaat tot {euro(mandaat.plafond)} per jaar."
        " Breng de aanvraag in het aanmeldoverleg."
    )


def _beyond_period(verzoek: Toekenningsverzoek, mandaat: Mandaat) -> tuple[str, str]:
    if verzoek.van < mandaat.van:
        return "van", f"Uw mandaat begint op {short_date(mandaat.van)}. Begin niet eerder dan die dag."
    einde = date.fromordinal((mandaat.tot or date.max).toordinal() - 1)
    zin = f"Uw mandaat geldt tot en met {short_date(einde)}. Kies een eerdere laatste dag, of breng de aanvraag in het aanmeldoverleg."
    return "tot_en_met", zin


def _check_who(inwoner: Inwoner | None, verzoek: Toekenningsverzoek, urgentie: str) -> Inwoner:
    if inwoner is None:
        raise ToekenningRefused(
            "product", "U kunt niets toekennen aan wie anoniem is. Leg eerst vast om wie het gaat."
        )
    if verzoek.wet != Wet.WMO or urgentie in (Urgentie.SPOED, Urgentie.CRISIS):
        return inwoner
    ontbreekt = [naam for veld, naam in EERST_LEGITIMEREN if not getattr(inwoner, veld)]
    if ontbreekt and not Bsn.objects.filter(inwoner=inwoner).exists():
        raise ToekenningRefused(
            "product",
            f"Voor een besluit Wmo zonder BSN moet ook bekend zijn: {', '.join(ontbreekt)}. Vul dat aan bij de inwoner.",
        )
    return inwoner


def _check_together(inwoner: Inwoner, verzoek: Toekenningsverzoek, mandaat: Mandaat) -> None:
    """What runs already for this inwoner counts too. Two zorgregisseurs at once: the second waits here, and then sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('toekenning'), %s)", [inwoner.pk])
    loopt = granted_at_most(
        inwoner.pk, mandaat.wet, mandaat.product, verzoek.van, verzoek.tot_en_met, verzoek.per
    )
    if loopt + verzoek.jaarbedrag > mandaat.plafond:
        raise BeyondMandaat(
            "bedrag",
            f"Aan deze inwoner is voor ‘{mandaat.product}’ in deze periode al {euro(loopt)} per jaar toegekend, door u of een collega."
            f" Samen wordt dat {euro(loopt + verzoek.jaarbedrag)}; uw mandaat gaat tot {euro(mandaat.plafond)} per jaar."
            " Breng de aanvraag in het aanmeldoverleg.",
        )


def grant(
    *,
    triage: Triage,
    verzoek: Toekenningsverzoek,
    mandaat: Mandaat,
    actor: Medewerker,
    at: datetime,
) -> Toekenning:
    """Keep the decision, start its terms and meet those that asked for it. Call after check_toekenning, while the melding is
    open, in the transaction of do_triage."""
    melding = triage.melding
    dag = timezone.localtime(at).date()
    for termijn in melding.termijnen.filter(
        soort__in=VOLDAAN_DOOR.get(Wet(verzoek.wet), ()), voldaan_op=None
    ).order_by("pk"):
        fulfil_termijn(termijn=termijn, actor=actor, at=at)
    toekenning = Toekenning(
        triage=triage,
        mandaat=mandaat,
        wet=mandaat.wet,
        product=mandaat.product,
        bedrag=verzoek.bedrag,
        per=verzoek.per,
        van=verzoek.van,
        tot_en_met=verzoek.tot_en_met,
        besluitdatum=dag,
        bezwaar_tot=_start(melding, actor, at, BEZWAAR),
    )
    if mandaat.wet == Wet.WMO and _lasts(verzoek, dag):
        toekenning.heroverwegen_op = _start(melding, actor, at, HEROVERWEGING)
    toekenning.save(force_insert=True)
    record(
        action="triage.grant",
        subject=toekenning,
        inwoner_ids=melding.inwoner_ids,
        gegevens={"mandaat": mandaat.besluitnummer, "wet": mandaat.wet, "melding": melding.nummer},
    )
    return toekenning


def _lasts(verzoek: Toekenningsverzoek, dag: date) -> bool:
    """Does it still run when the law wants it looked at again? What has ended by then needs no second look."""
    soort = Termijnsoort.objects.get(pk=HEROVERWEGING)
    return verzoek.tot_en_met >= soort.uiterlijk(dag)


def _start(melding: Melding, actor: Medewerker, at: datetime, code: str) -> date:
    """The last day of this term, that counts from the day of the decision."""
    try:
        return start_termijn(melding=melding, actor=actor, at=at, code=code).uiterlijk
    except TermijnRunsAlready:
        return Termijnsoort.objects.get(pk=code).uiterlijk(timezone.localtime(at).date())


def describe_toekenning(toekenning: Toekenning) -> str:
    """One sentence for the melding and its timeline."""
    per = "" if toekenning.per == Bedragperiode.TOTAAL else f" {toekenning.get_per_display()}"
    return (
        f"Toegekend: {toekenning.product} ({toekenning.get_wet_display()}), {euro(toekenning.bedrag)}{per},"
        f" van {short_date(toekenning.van)} tot en met {short_date(toekenning.tot_en_met)}."
        f" Bezwaar kan tot en met {short_date(toekenning.bezwaar_tot)}."
    )


def _same(een: str, ander: str) -> bool:
    return " ".join(een.split()).casefold() == " ".join(ander.split()).casefold()


def _named(namen: Iterable[str]) -> str:
    return " en ".join(dict.fromkeys(namen))
