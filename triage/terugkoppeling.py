"""Wat de melder van een besluit hoort. Eén tabel: wie meldde, wat die mag horen, en waar dat staat.

De eerste regel die past telt. De professional ziet de regel en de reden erbij; wie meer wil zeggen vraagt het eerst de inwoner.
Bronnen: Wvggz 5:2 (terugkoppelen aan naasten, anoniem blijven), Wmo 2015 2.3.2 en 5.3.2 (rechten van de inwoner; wie hem
vertegenwoordigt), AVG 5 lid 1 onder c (niet meer dan nodig); [V] is een eigen afspraak.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from intake.models import Aard, Melderrelatie, MelderSoort, Melding, Signaal, Signaalsoort
from intake.models.signaal import MAG_HOREN
from skt.inwoners.models import VeiligContact
from skt.web.datums import clock, long_date
from triage.models import Agendapunt, Besluit, MagHoren


@dataclass(frozen=True)
class Feiten:
    """Waar de regels naar kijken: de melding, haar melder, en wat er over hem is opgeschreven."""

    melding: Melding
    signalen: tuple[Signaal, ...]
    vandaag: date

    @property
    def melder(self) -> str:
        return self.melding.contactmoment.melder_soort

    @property
    def is_anoniem(self) -> bool:
        return self.melder == MelderSoort.ANONIEM or any(s.melder_anoniem for s in self.signalen)

    @property
    def is_wvggz(self) -> bool:
        return self.melding.aard == Aard.WVGGZ or any(s.soort == Signaalsoort.WVGGZ for s in self.signalen)

    @property
    def relatie_mag_horen(self) -> bool:
        return any(s.melder_relatie in MAG_HOREN for s in self.signalen)

    @property
    def vertegenwoordigt(self) -> bool:
        return any(s.melder_relatie == Melderrelatie.VERTEGENWOORDIGER for s in self.signalen)

    @property
    def is_jonger_dan_16(self) -> bool:
        inwoner = self.melding.inwoner
        geboren = inwoner.geboortedatum if inwoner else None
        return geboren is not None and relativedelta(self.vandaag, geboren).years < 16

    @property
    def weet_ervan(self) -> bool:
        return self.melding.inwoner_weet_ervan is True


@dataclass(frozen=True)
class Regel:
    code: str
    wanneer: str
    mag_horen: MagHoren
    waarom: str
    bron: str
    past: Callable[[Feiten], bool]


SAMENWERKENDEN = {
    MelderSoort.PROFESSIONAL, MelderSoort.HUISARTS, MelderSoort.SCHOOL, MelderSoort.POLITIE, MelderSoort.WONINGCORPORATIE,
    MelderSoort.VROEGSIGNALERING, MelderSoort.MELDPUNT_GGD,
}  # fmt: skip

A, B, N = MagHoren.ALLES, MagHoren.BEPERKT, MagHoren.NIETS
REGELS: tuple[Regel, ...] = (
    Regel(
        "anoniem",
        "De melder is of blijft anoniem",
        N,
        "Er is niemand om te bellen, en niemand hoort wie het was.",
        "Wvggz 5:2 lid 7",
        lambda f: f.is_anoniem,
    ),
    Regel(
        "zelf",
        "De inwoner meldde zelf",
        A,
        "Het gaat over de inwoner zelf: die hoort het besluit en zijn rechten.",
        "Wmo 2015 2.3.2",
        lambda f: f.melder == MelderSoort.INWONER_ZELF,
    ),
    Regel(
        "wvggz_naaste",
        "Wvggz: vertegenwoordiger, partner, ouder of essentiële naaste",
        B,
        "Deze naaste hoort of er een verkennend onderzoek was en wat de uitkomst is, en verder niets.",
        "Wvggz 5:2 lid 3-5",
        lambda f: f.is_wvggz and f.relatie_mag_horen,
    ),
    Regel(
        "wvggz_ander",
        "Wvggz: ieder ander",
        N,
        "Alleen vertegenwoordiger, partner, ouder of essentiële naaste mag horen wat ermee gebeurt.",
        "Wvggz 5:2 lid 3-5",
        lambda f: f.is_wvggz,
    ),
    Regel(
        "vertegenwoordigt",
        "De melder is de wettelijke vertegenwoordiger",
        A,
        "De vertegenwoordiger hoort wat de inwoner zou horen.",
        "Wmo 2015 5.3.2",
        lambda f: f.vertegenwoordigt,
    ),
    Regel(
        "kind_ouder",
        "Een kind tot 16 jaar, gemeld door een ouder",
        A,
        "Tot 16 jaar hoort ook de ouder met gezag het. Ga na wie het gezag heeft.",
        "Wmo 2015 5.3.2",
        lambda f: (
            f.is_jonger_dan_16
            and f.melder == MelderSoort.NAASTE
            and any(s.melder_relatie == Melderrelatie.OUDER for s in f.signalen)
        ),
    ),
    Regel(
        "ondersteuner",
        "Cliëntondersteuner, en de inwoner weet ervan",
        A,
        "Die staat de inwoner bij. Vraag de inwoner of het goed is.",
        "Wmo 2015 2.3.2 lid 3",
        lambda f: f.melder == MelderSoort.CLIENTONDERSTEUNER and f.weet_ervan,
    ),
    Regel(
        "weet_niet",
        "De inwoner weet niet van de melding (of dat is onbekend)",
        N,
        "Wat wij doen met een inwoner die niet van de melding weet, hoort eerst de inwoner.",
        "AVG 5 lid 1 onder a en c",
        lambda f: not f.weet_ervan,
    ),
    Regel(
        "professional",
        "Professional of ketenpartner, en de inwoner weet ervan",
        B,
        "Die hoort dat het is opgepakt. Meer alleen als de inwoner dat goed vindt.",
        "AVG 5 lid 1 onder c",
        lambda f: f.melder in SAMENWERKENDEN,
    ),
    Regel(
        "naaste",
        "Naaste of netwerk, en de inwoner weet ervan",
        B,
        "Die hoort dat het is opgepakt. Meer alleen als de inwoner dat goed vindt.",
        "AVG 5 lid 1 onder c",
        lambda f: f.melder == MelderSoort.NAASTE,
    ),
    Regel(
        "anders",
        "Ieder ander, en de inwoner weet ervan",
        B,
        "Die hoort dat het is opgepakt, en verder niets.",
        "AVG 5 lid 1 onder c",
        lambda _: True,
    ),
)
REGEL_VAN = {regel.code: regel for regel in REGELS}

OPGEPAKT = (
    "Uw melding is besproken en opgepakt. Meer mogen wij u niet vertellen; de inwoner hoort het van ons zelf."
)
OPGEPAKT_WVGGZ = "Uw melding is besproken en opgepakt. U hoort van ons of er een verkennend onderzoek is en wat de uitkomst is."
ZINNEN = {
    Besluit.VRIJ_AANBOD: "We denken dat een voorziening in de buurt u kan helpen.{partij_belt}",
    Besluit.CASUSREGIE: "U krijgt één vast aanspreekpunt: {wie}.{uiterlijk_belt}",
    Besluit.INTAKE: "We willen eerst met u praten, bij u thuis of bij ons.{partij_belt}",
    Besluit.WMO: (
        "De gemeente onderzoekt samen met u wat u nodig heeft (Wmo).{klaar} U mag zelf een plan inleveren. Er kan gratis een"
        " onafhankelijke cliëntondersteuner met u meedenken."
    ),
    Besluit.JEUGDHULP: "We onderzoeken welke hulp er voor uw kind en uw gezin nodig is.{partij_belt}",
    Besluit.PROCESREGIE: "U krijgt één vast aanspreekpunt: {wie}. Ook kijkt iemand mee die alle hulp samen regelt.{uiterlijk_belt}",
    Besluit.TERUG: "We hebben nog een vraag voordat we kunnen besluiten. Het loket belt u.",
    Besluit.AANHOUDEN: "We zijn er nog niet uit.{opnieuw} U hoort daarna van ons.",
}
"""Wat u zegt als de melder het besluit mag horen; elk besluit heeft zijn zin."""
MET_GESPREK = (Besluit.INTAKE, Besluit.JEUGDHULP)


def rule_for(feiten: Feiten) -> Regel:
    """De eerste regel die past."""
    return next(regel for regel in REGELS if regel.past(feiten))


def proposal(
    regel: Regel, punt: Agendapunt, onderzoek_klaar: date | None = None, afspraak_op: datetime | None = None
) -> str:
    """Wat u kunt zeggen; leeg als de melder niets mag horen."""
    if regel.mag_horen == MagHoren.NIETS:
        return ""
    if regel.mag_horen == MagHoren.BEPERKT:
        return OPGEPAKT_WVGGZ if regel.code == "wvggz_naaste" else OPGEPAKT
    uiterlijk = f" uiterlijk {long_date(punt.uiterlijk)}" if punt.uiterlijk else ""
    partij = f" {punt.partij} neemt{uiterlijk} contact met u op." if punt.partij else ""
    if afspraak_op and punt.besluit in MET_GESPREK:
        moment = timezone.localtime(afspraak_op)
        partij = f" De afspraak is op {long_date(moment.date())} om {clock(moment)} uur."
    return ZINNEN[Besluit(punt.besluit)].format(
        wie=f"{punt.casusregisseur} van {punt.partij}",
        partij_belt=partij or (f" U hoort{uiterlijk} van ons." if uiterlijk else ""),
        uiterlijk_belt=f" Die neemt{uiterlijk} contact met u op." if uiterlijk else "",
        klaar=f" Het onderzoek is uiterlijk {long_date(onderzoek_klaar)} klaar." if onderzoek_klaar else "",
        opnieuw=f" We bespreken het opnieuw op {long_date(punt.uiterlijk)}." if punt.uiterlijk else "",
    )


def contact_warning(melding: Melding) -> str:
    """Wat u moet weten voordat u belt, als contact niet zomaar veilig is."""
    inwoner = melding.inwoner
    if inwoner is None or melding.contactmoment.melder_soort != MelderSoort.INWONER_ZELF:
        return ""
    if inwoner.veilig_contact == VeiligContact.JA:
        return ""
    return f"Let op: {inwoner.get_veilig_contact_display().lower()}. Kijk eerst bij de inwoner hoe en wanneer u mag bellen."
