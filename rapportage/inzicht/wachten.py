"""Waar de meldingen nu wachten die wie kijkt zelf mag openen: een telling van diens eigen werk, met het recht op elke rij.

Live numbers of everybody's meldingen would tell, asked again after a day, what happened that day. So nobody gets them: a
teamcoördinator counts what stands in their own lists, and who may open none (the kwartiermaker) is not shown this figure.
Where all of them waited at the end of a month stands in the cubes (`wachtend`).
"""

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db.models import Case, CharField, Count, FilteredRelation, Q, Value, When
from django.utils import timezone

from intake.models import Melding
from intake.status import MeldingStatus
from rapportage.beeld.figuren import Figuur, Tabel
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker, Rol
from skt.web.grafieken import figure
from triage.models import Bord
from triage.status import AanmeldingStatus

KLASSEN = (
    (3, "tot 3 dagen"),
    (8, "3 tot en met 7 dagen"),
    (15, "8 tot en met 14 dagen"),
    (29, "15 tot en met 28 dagen"),
)
LANGER = "langer dan 28 dagen"
LANG = {KLASSEN[3][1], LANGER}
LAAT = "over de datum"
WACHT = (MeldingStatus.OPEN, MeldingStatus.IN_TRIAGE, MeldingStatus.BIJ_TEAM)
KORT: dict[str, str] = {Bord.GEZAMENLIJK: "Samen", AanmeldingStatus.INTAKE: "Intake"}
"""What fits beside a bar."""
PLEKKEN = {
    (MeldingStatus.OPEN.value, "", ""): "Bij het loket",
    (MeldingStatus.IN_TRIAGE.value, "", ""): "Op triage",
    **{
        (MeldingStatus.BIJ_TEAM.value, bord.value, stand.value): f"{KORT.get(bord, bord.label)}: {KORT.get(stand, stand.label).lower()}"
        for bord in Bord
        for stand in AanmeldingStatus
    },
    (MeldingStatus.BIJ_TEAM.value, "", ""): "Bij een team",
}  # fmt: skip
"""Where something waits, in the order of the chain."""


def waiting(wie: Medewerker, at: datetime) -> Figuur | None:
    """The open meldingen that `wie` may open, by where they stand and how old they are; None for who coordinates no team."""
    if not wie.heeft_rol(Rol.TEAMCOORDINATOR):
        return None
    geteld = _count(wie, at)
    samen = {plek: sum(n for klasse, n in per.items() if klasse != LAAT) for plek, per in geteld.items()}
    titel = "Er wacht nu geen melding die u kunt openen"
    if samen:
        plek = max(samen, key=lambda deze: samen[deze])
        titel = f"De meeste meldingen wachten {plek[0].lower()}{plek[1:]}: {figure(samen[plek])}"
    klassen = [*(label for _, label in KLASSEN), LANGER]
    lang = {plek: sum(geteld[plek][klasse] for klasse in LANG) for plek in geteld}
    return Figuur(
        "wachten",
        "Waar uw meldingen nu wachten",
        titel,
        "De open meldingen die u zelf kunt openen, naar waar ze nu staan en hoe lang ze er zijn. Dit is uw eigen werk van"
        " dit moment en geen stuurinformatie: deze aantallen zijn precies en neemt u niet mee.",
        soort="staven" if geteld else "",
        grafiek={
            "reeksen": ["tot en met 14 dagen", "langer dan 14 dagen"],
            "rijen": [{"label": plek, "waarden": [samen[plek] - lang[plek], lang[plek]]} for plek in geteld],
        },
        legenda=[
            {"soort": "vlak", "label": "tot en met 14 dagen"},
            {"soort": "arcering", "label": "langer dan 14 dagen"},
        ],
        tabel=Tabel(
            "Waar open meldingen wachten, nu",
            ["Waar", "Samen", *klassen, LAAT.capitalize()],
            [
                [plek, samen[plek], *(per[klasse] for klasse in klassen), per[LAAT]]
                for plek, per in geteld.items()
            ],
        ),
        bron="SKT-registratie, nu",
        breedte=12,
    )


def _count(wie: Medewerker, at: datetime) -> dict[str, Counter[str]]:
    """Per place: how many per class of days, and how many over their date."""
    vandaag = timezone.localtime(at).date()
    sinds = [
        When(ontvangen_op__gte=_midnight(vandaag - timedelta(days=dagen - 1)), then=Value(label))
        for dagen, label in KLASSEN
    ]
    rijen = (
        permitted(wie, "intake.view_melding", Melding.objects.filter(status__in=WACHT))
        .order_by()
        .annotate(lopend=FilteredRelation("aanmeldingen", condition=~Q(aanmeldingen__status=AanmeldingStatus.AFGEROND)))
        .annotate(klasse=Case(*sinds, default=Value(LANGER), output_field=CharField()))
        .values_list("status", "lopend__bord", "lopend__status", "klasse")
        .annotate(samen=Count("pk", distinct=True), laat=Count("pk", distinct=True, filter=Q(uiterlijk__lt=at)))
    )  # fmt: skip
    gevonden: dict[str, Counter[str]] = {plek: Counter() for plek in PLEKKEN.values()}
    for status, bord, stand, klasse, samen, laat in rijen:
        bij_team = status == MeldingStatus.BIJ_TEAM and bord
        plek = PLEKKEN[(status, bord, stand) if bij_team else (status, "", "")]
        gevonden[plek].update({klasse: samen, LAAT: laat})
    return {plek: per for plek, per in gevonden.items() if per}


def _midnight(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time.min))
