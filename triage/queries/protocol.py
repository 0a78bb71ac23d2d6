"""Het protocol lezen: de versie die geldt, wat zij van een melding weet, en wat zij aanraadt."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from intake.models import Antwoord, Melding, MeldingTermijn
from skt.termijnen.models import Termijnsoort
from triage.models import Protocolversie, Triage
from triage.protocol.regels import ANTWOORDEN, Regel, RegelInvalid, read_regels
from triage.protocol.weging import Situatie, Weging, weigh
from triage.status import ProtocolStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet

VELDEN = (
    "pk", "themas", "aard", "spoor", "meervoudigheid", "spoed", "ontvangen_op", "inwoner__geboortedatum",
    "inwoner__geboortejaar",
)  # fmt: skip
"""Meer van een melding vraagt een protocol niet: geen naam, geen adres, geen tekst."""


@dataclass(frozen=True)
class Raad:
    """Het advies bij één melding: van welke versie, met haar regels, en hoe die wogen."""

    versie: Protocolversie
    regels: list[Regel]
    weging: Weging


def active_versie() -> Protocolversie | None:
    return Protocolversie.objects.filter(status=ProtocolStatus.ACTIEF).first()


def advise(melding: Melding) -> Raad | None:
    """What the version in use advises on this melding; None when no version is in use that can be read."""
    versie = active_versie()
    if versie is None:
        return None
    try:
        regels = read_regels(versie.regels)
    except RegelInvalid:
        return None
    situatie = read_situaties(Melding.objects.filter(pk=melding.pk)).get(melding.pk)
    return Raad(versie, regels, weigh(regels, situatie)) if situatie else None


def read_situaties(meldingen: "QuerySet[Melding]", *, bij_de_triage: bool = False) -> dict[int, Situatie]:
    """What a protocol knows of each melding, by its id: three queries, however many meldingen.

    `bij_de_triage`: without the terms that only began after the day of the last triage, which could not count in it.
    """
    rijen = list(meldingen.values_list(*VELDEN))
    pks = [rij[0] for rij in rijen]
    scores: dict[int, dict[str, int]] = {}
    genoemd: dict[int, set[str]] = {}
    for pk, gebied, score, *teksten in Antwoord.objects.filter(uitvraag__melding_id__in=pks).values_list(
        "uitvraag__melding_id", "leefgebied", "score", *ANTWOORDEN
    ):
        if score is not None:
            scores.setdefault(pk, {})[gebied] = score
        said = {naam for naam, tekst in zip(ANTWOORDEN, teksten, strict=True) if tekst}
        genoemd[pk] = genoemd.get(pk, set()) | said
    termijnen: dict[int, set[str]] = {}
    lopend = MeldingTermijn.objects.filter(melding_id__in=pks)
    if bij_de_triage:
        laatste = Triage.objects.filter(melding=OuterRef("melding")).order_by("-pk").values("gedaan_op__date")
        lopend = lopend.annotate(gewogen_op=Subquery(laatste[:1])).filter(
            Q(gewogen_op=None) | Q(begonnen_op__lte=F("gewogen_op"))
        )
    for pk, code in lopend.values_list("melding_id", "soort_id"):
        termijnen.setdefault(pk, set()).add(code)
    return {
        pk: Situatie(
            themas=frozenset(themas),
            aard=aard,
            spoor=spoor,
            meervoudigheid=meervoudigheid,
            leeftijd=_age(geboren, jaar, ontvangen),
            scores=scores.get(pk, {}),
            termijnen=frozenset(termijnen.get(pk, ())),
            spoed=spoed,
            genoemd=frozenset(genoemd.get(pk, ())),
        )
        for pk, themas, aard, spoor, meervoudigheid, spoed, ontvangen, geboren, jaar in rijen
    }


def _age(geboren: date | None, jaar: int | None, ontvangen: datetime) -> int | None:
    """In whole years on the day the melding came in, as the proposal of the board counts it too."""
    dag = timezone.localtime(ontvangen).date()
    if geboren:
        return dag.year - geboren.year - ((dag.month, dag.day) < (geboren.month, geboren.day))
    return dag.year - jaar if jaar else None


def term_names() -> dict[str, str]:
    """Code → name of every term there is, for the sentences and the lists."""
    soorten = list(Termijnsoort.objects.order_by("naam", "code").values_list("code", "naam"))
    namen = [naam for _, naam in soorten]
    return {code: naam if namen.count(naam) == 1 else f"{naam} ({code})" for code, naam in soorten}


NA_DE_TRIAGE = ("beschikking", "einde van het onderzoek", "einde van het dossier", "elk gegeven")
"""Waarbij een termijn begint die geen enkele melding bij de triage al heeft."""


def terms_after_triage() -> set[str]:
    """De codes van termijnen waar een regel niets aan heeft: zij beginnen pas met wat er op de triage volgt."""
    return set(Termijnsoort.objects.filter(begint_bij__in=NA_DE_TRIAGE).values_list("code", flat=True))
