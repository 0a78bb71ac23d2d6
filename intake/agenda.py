"""De agenda zoals zij getoond wordt: wat u mag zien met naam, en van een ander verder alleen dat hij bezet is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from intake.models import Afspraak, Melding, Terugbelverzoek
from intake.rijen import naam_van
from intake.status import AfspraakStatus
from intake.vrij import taken
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker

GETOOND = (AfspraakStatus.GEPLAND, AfspraakStatus.GEHOUDEN, AfspraakStatus.NIET_VERSCHENEN)
SOORT_VAN = {
    AfspraakStatus.GEPLAND: "",
    AfspraakStatus.GEHOUDEN: "groen",
    AfspraakStatus.NIET_VERSCHENEN: "amber",
}


@dataclass(frozen=True)
class Regel:
    """One line of the agenda."""

    begin: datetime
    eind: datetime | None
    wie: str
    titel: str
    bij: str = ""
    url: str = ""
    status: str = ""
    status_soort: str = ""
    bezet: bool = False
    bellen: bool = False


@dataclass(frozen=True)
class Dag:
    dag: date
    is_vandaag: bool
    regels: list[Regel] = field(default_factory=list)


@dataclass(frozen=True)
class Blik:
    """A range of days, and whom it showed: each of them is logged."""

    dagen: list[Dag]
    meldingen: list[Melding]


def read_agenda(
    user: Medewerker, medewerkers: Mapping[int, str], *, eerste: date, dagen: int, team_id: int | None = None
) -> Blik:
    """The agenda of these medewerkers (id → name) in a fixed number of queries; `dagen` is at most 31."""
    van = _start(eerste)
    tot = _start(eerste + timedelta(days=dagen))
    ids = list(medewerkers)
    seen = list(
        permitted(
            user,
            "intake.view_afspraak",
            Afspraak.objects.filter(
                begin__gte=van, begin__lt=tot, status__in=GETOOND, lees_medewerkers__overlap=ids
            ),
        )
    )
    bellen = _calls(user, ids, team_id, van, tot)
    meldingen = {
        melding.pk: melding
        for melding in permitted(
            user,
            "intake.view_melding",
            Melding.objects.filter(pk__in={row.melding_id for row in (*seen, *bellen)}),
        ).select_related("inwoner", "contactmoment")
    }
    booked = [(afspraak, pk) for afspraak in seen for pk in afspraak.lees_medewerkers if pk in medewerkers]
    known = {(pk, afspraak.begin) for afspraak, pk in booked if afspraak.status == AfspraakStatus.GEPLAND}
    lines = [
        *(_afspraak(one, meldingen.get(one.melding_id), medewerkers[pk]) for one, pk in booked),
        *(_bellen(v, meldingen[v.melding_id], medewerkers) for v in bellen if v.melding_id in meldingen),
        *(
            Regel(one.begin, one.eind, medewerkers[one.medewerker_id], "Bezet", bezet=True)
            for one in taken(ids, van, tot)
            if (one.medewerker_id, one.begin) not in known
        ),
    ]
    vandaag = timezone.localdate()
    per_dag = [eerste + timedelta(days=n) for n in range(dagen)]
    return Blik(
        [Dag(dag, dag == vandaag, _on(dag, lines)) for dag in per_dag],
        [meldingen[pk] for pk in sorted(meldingen)],
    )


def _calls(
    user: Medewerker, ids: list[int], team_id: int | None, van: datetime, tot: datetime
) -> list[Terugbelverzoek]:
    whose = Q(medewerker__in=ids) | (Q(team=team_id) if team_id else Q(pk__in=[]))
    waiting = Terugbelverzoek.objects.waiting().filter(whose, uiterlijk__gte=van, uiterlijk__lt=tot)
    return list(permitted(user, "intake.view_terugbelverzoek", waiting).select_related("team"))


def _afspraak(afspraak: Afspraak, melding: Melding | None, wie: str) -> Regel:
    status = AfspraakStatus(afspraak.status)
    return Regel(
        begin=afspraak.begin,
        eind=afspraak.eind,
        wie=wie,
        titel=f"{afspraak.get_soort_display()}: {naam_van(melding)}"
        if melding
        else afspraak.get_soort_display(),
        bij=afspraak.waar,
        url=reverse("intake:afspraak_detail", kwargs={"uuid": afspraak.uuid}),
        status="" if status == AfspraakStatus.GEPLAND else str(status.label),
        status_soort=SOORT_VAN[status],
    )


def _bellen(verzoek: Terugbelverzoek, melding: Melding, medewerkers: Mapping[int, str]) -> Regel:
    return Regel(
        begin=verzoek.uiterlijk,
        eind=None,
        wie=medewerkers.get(verzoek.medewerker_id or 0, str(verzoek.team or "")),
        titel=f"Terugbellen: {naam_van(melding)}",
        bij=verzoek.telefoon,
        url=reverse("intake:melding_detail", kwargs={"nummer": melding.nummer}),
        bellen=True,
    )


def _on(dag: date, lines: Iterable[Regel]) -> list[Regel]:
    found = [line for line in lines if timezone.localtime(line.begin).date() == dag]
    return sorted(found, key=lambda line: (line.begin, line.wie, line.titel))


def _start(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))
