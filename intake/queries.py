"""Reads of the voorportaal that span tables: the worklist in its groups, and earlier contact of one inwoner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection, models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from intake.models import (
    Afhandeling,
    Afspraak,
    Melding,
    MeldingTermijn,
    Outreachlijst,
    Outreachpersoon,
    Signaal,
    Terugbelverzoek,
)
from intake.models.melding import IS_CRISIS, MeldingQuerySet
from intake.status import MeldingStatus
from skt.autorisatie.rules import permitted
from skt.kern.gebieden import Gebied
from skt.kern.keuzelijsten import Thema
from skt.medewerkers.models import Medewerker, Plaatsing


class Groep(models.IntegerChoices):
    """The parts of the worklist, in the order in which work is taken up."""

    CRISIS = 0, "Crisis en spoed"
    AFSPRAAK = 1, "Afspraken vandaag"
    TERUGBELLEN = 2, "Terugbellen"
    VANDAAG = 3, "Te laat of vandaag"
    NIEUW = 4, "Nieuw, nog van niemand"
    LATER = 6, "Later"


CONCEPTEN = 5
"""Half-typed calls stand between new and later; they are no meldingen."""


def lives_in(gebied: str, langs: str = "") -> Q:
    """Who lives in this gebied, as far as that may be found: a geheim adres isn't. `langs` is the way to the melding."""
    return Q(
        **{
            f"{langs}inwoner__buurtcode__in": Gebied(gebied).buurtcodes,
            f"{langs}inwoner__geheim_adres": False,
        }
    )


def in_groups(queryset: MeldingQuerySet, at: datetime) -> MeldingQuerySet:
    """Each melding in exactly one group (`groep`), first work first."""
    tonight = end_of_today(at)
    today = tonight.replace(hour=0, minute=0, second=0, microsecond=0)
    afspraak = Afspraak.objects.planned().filter(melding=OuterRef("pk"), begin__range=(today, tonight))
    bellen = Terugbelverzoek.objects.waiting().filter(melding=OuterRef("pk"), uiterlijk__lte=tonight)
    return queryset.annotate(
        groep=Case(
            When(IS_CRISIS | Q(spoed=True), then=Value(Groep.CRISIS.value)),
            When(Exists(afspraak), then=Value(Groep.AFSPRAAK.value)),
            When(Exists(bellen), then=Value(Groep.TERUGBELLEN.value)),
            When(uiterlijk__lte=tonight, then=Value(Groep.VANDAAG.value)),
            When(verantwoordelijke=None, then=Value(Groep.NIEUW.value)),
            default=Value(Groep.LATER.value),
            output_field=models.SmallIntegerField(),
        )
    ).order_by("groep", "uiterlijk", "pk")


def end_of_today(at: datetime) -> datetime:
    """The last moment of the Dutch day of `at`."""
    return timezone.make_aware(datetime.combine(timezone.localtime(at).date(), time.max))


def filter_worklist(
    queryset: MeldingQuerySet, *, van: str, user: Medewerker, organisatie: int | None, thema: str, zoek: str
) -> MeldingQuerySet:
    """What the filters above the list ask; an empty filter asks nothing."""
    if van == "mij":
        queryset = queryset.filter(verantwoordelijke=user)
    elif van == "niemand":
        queryset = queryset.filter(verantwoordelijke=None)
    if organisatie:
        queryset = queryset.filter(organisatie_id=organisatie)
    if thema:
        queryset = queryset.filter(themas__contains=[thema])
    if zoek:
        queryset = queryset.filter(
            Q(nummer__startswith=zoek)
            | Q(inwoner__achternaam__icontains=zoek)
            | Q(inwoner__roepnaam__icontains=zoek)
            | Q(contactmoment__melder_naam__icontains=zoek)
            | Q(opgave__kenmerk=zoek.upper())
        )
    return queryset


def count_groups(queryset: MeldingQuerySet, at: datetime) -> dict[str, int]:
    """How many per group, how many of crisis nobody has, how many are too late: one query."""
    grouped = in_groups(queryset, at).order_by()
    counts = {f"groep_{groep.value}": Count("pk", filter=Q(groep=groep.value)) for groep in Groep}
    return grouped.aggregate(
        crisis_van_niemand=Count("pk", filter=Q(groep=Groep.CRISIS.value, verantwoordelijke=None)),
        te_laat=Count("pk", filter=Q(groep=Groep.VANDAAG.value, uiterlijk__lt=at)),
        bellen_te_laat=Count("pk", filter=Q(groep=Groep.TERUGBELLEN.value, uiterlijk__lt=at)),
        totaal=Count("pk"),
        **counts,
    )


def deadlines_of(user: Medewerker, at: datetime) -> MeldingQuerySet:
    """What this medewerker has to do today or should have done, by the clock; at most ten."""
    return (
        Melding.objects.at_loket()
        .filter(verantwoordelijke=user, uiterlijk__lte=end_of_today(at))
        .select_related("inwoner", "contactmoment")[:10]
    )


def nearing_termijnen(at: datetime, dagen: int = 7) -> "models.QuerySet[MeldingTermijn]":
    """Legal terms of open meldingen at the loket that end within so many days, or ended; at most six."""
    until: date = timezone.localtime(at).date() + timedelta(days=dagen)
    return (
        MeldingTermijn.objects.filter(
            voldaan_op=None,
            opgeschort_op=None,
            uiterlijk__lte=until,
            melding__status__in=[MeldingStatus.OPEN, MeldingStatus.IN_TRIAGE],
        )
        .select_related("soort", "melding", "melding__inwoner")
        .order_by("uiterlijk", "pk")[:6]
    )


def organisaties_van(medewerker_ids: Iterable[int | None]) -> dict[int, str]:
    """For whom each of these medewerkers works now, as short as the list can show; one query for all of them."""
    running = (
        Plaatsing.objects.running()
        .filter(medewerker__in={pk for pk in medewerker_ids if pk})
        .order_by("-van", "-pk")
        .values_list("medewerker_id", "moederorganisatie__naam", "moederorganisatie__is_gemeente")
    )
    return {pk: "Gemeente" if is_gemeente else naam for pk, naam, is_gemeente in running}


@dataclass(frozen=True)
class EerderContact:
    """Enough to help a repeat caller, and no more (domein 4)."""

    melding_id: int
    nummer: str
    op: datetime
    themas: list[str]
    afhandeling: str
    status: str
    verantwoordelijk: str

    @property
    def tekst(self) -> str:
        themas = ", ".join(str(Thema(thema).label) for thema in self.themas if thema in Thema.values)
        if self.status == MeldingStatus.GESLOTEN:
            hoe = Afhandeling(self.afhandeling).label if self.afhandeling in Afhandeling.values else ""
            stand = ", ".join(filter(None, [str(hoe), "gesloten"]))
        else:
            stand = f"{MeldingStatus(self.status).label}, nu bij {self.verantwoordelijk}"
        return ". ".join(filter(None, [themas, stand])) + "."


def earlier_meldingen(inwoner_id: int) -> list[EerderContact]:
    """The last twenty meldingen of one inwoner, also of other organisations: only for the loket.

    The caller has made sure that this inwoner may be seen or was fully matched.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_eerdere_meldingen(%s)", [inwoner_id])
        return [EerderContact(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Bekende:
    """What is known today of an inwoner on an outreach list; of a shielded one nothing but that they stay away from."""

    afgeschermd: bool
    voornaam: str
    achternaam: str
    postcode: str
    huisnummer: str
    telefoon: str
    veilig_contact: str
    veilig_toelichting: str
    tolk: str

    @property
    def naam(self) -> str:
        return "Afgeschermd" if self.afgeschermd else " ".join(filter(None, [self.voornaam, self.achternaam]))


def find_bekenden(persoon_ids: Iterable[int]) -> dict[int, Bekende]:
    """By person on a list: name, number and contact wish of now, for who may work with that list."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM intake_outreach_bekenden(%s)", [list(persoon_ids)])
        return {row[0]: Bekende(*row[1:]) for row in cursor.fetchall()}


def count_outreach(user: Medewerker) -> int:
    """How many people wait to be approached, at most a thousand, on the lists of who asks."""
    lijsten = permitted(user, "intake.view_outreachlijst", Outreachlijst.objects.all())
    return Outreachpersoon.objects.open().filter(lijst__in=lijsten)[:1000].count()


def count_overleg() -> int:
    """How many signalen wait for the signaleringsoverleg, of the meldingen that who acts may see; at most a thousand."""
    return Signaal.objects.filter(overleg_gevraagd_op__isnull=False, besproken_op=None)[:1000].count()
