"""Het advies bij een triage: een ander besluit vraagt een reden, en wat er is aangeraden blijft staan."""

from skt.kern.errors import DomainError
from triage.models import Afwijkreden, Bord, Triage, Triageadvies, Uitkomst, Urgentie
from triage.protocol.afwijken import find_deviations
from triage.queries.protocol import Raad

LANGSTE_REDEN = 300


class DeviationUnexplained(DomainError):
    """Deciding otherwise than the protocol advises asks for a reason; `veld` says what is missing."""

    def __init__(self, veld: str, zin: str) -> None:
        super().__init__(zin)
        self.veld = veld


def weigh_deviation(
    *, raad: Raad | None, triage: Triage, bord: str, afwijkreden: str, afwijktoelichting: str
) -> Triageadvies | None:
    """The advice as it will be kept beside this triage (not saved); None when no protocol gave any.

    A reason without a deviation is let go. Raises DeviationUnexplained.
    """
    if raad is None:
        return None
    advies = raad.weging.advies
    anders = find_deviations(advies, uitkomst=triage.uitkomst, bord=bord, urgentie=triage.urgentie)
    reden = afwijkreden if anders else ""
    uitleg = " ".join(afwijktoelichting.split()) if anders else ""
    check_reason(anders, reden, uitleg)
    return Triageadvies(
        versie=raad.versie,
        uitkomst=advies.uitkomst,
        bord=advies.bord,
        urgentie=advies.urgentie,
        ernst=advies.ernst,
        regels=dict(raad.weging.regels),
        geraakt=list(raad.weging.geraakt),
        gekozen_bord=bord,
        afwijkt_op=anders,
        afwijkreden=reden,
        afwijktoelichting=uitleg,
    )


def check_reason(anders: list[str], reden: str, uitleg: str) -> None:
    """Raises DeviationUnexplained when there is a deviation without a reason, or ‘iets anders’ without words."""
    if not anders:
        return
    if reden not in Afwijkreden.values:
        raise DeviationUnexplained(
            "afwijkreden", f"U beslist anders dan het advies over {name_parts(anders)}. Kies waarom."
        )
    if reden == Afwijkreden.ANDERS and not uitleg.strip():
        raise DeviationUnexplained("afwijktoelichting", "Schrijf op waarom u anders beslist.")
    if len(uitleg) > LANGSTE_REDEN:
        raise DeviationUnexplained(
            "afwijktoelichting", f"Maak de tekst korter: ten hoogste {LANGSTE_REDEN} tekens."
        )


def name_parts(anders: list[str]) -> str:
    """‘de uitkomst en de urgentie’."""
    namen = [
        {"uitkomst": "de uitkomst", "bord": "het team", "urgentie": "de urgentie"}[deel] for deel in anders
    ]
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} en {namen[-1]}"


def describe_kept(advies: Triageadvies) -> str:
    """One sentence: what the protocol advised at the time, and why somebody decided otherwise."""
    aangeraden = [
        zin
        for zin in (
            Uitkomst(advies.uitkomst).label.lower() if advies.uitkomst else "",
            f"bord {Bord(advies.bord).label.lower()}" if advies.bord else "",
            Urgentie(advies.urgentie).kort if advies.urgentie else "",
        )
        if zin
    ]
    if not aangeraden:
        return f"Het protocol (versie {advies.versie.nummer}) had hier geen advies."
    zin = f"Het protocol (versie {advies.versie.nummer}) raadde aan: {', '.join(aangeraden)}."
    if not advies.afwijkt_op:
        return f"{zin} Zo is besloten."
    uitleg = f" {advies.afwijktoelichting}" if advies.afwijktoelichting else ""
    return f"{zin} Anders besloten over {name_parts(advies.afwijkt_op)}: {advies.get_afwijkreden_display().lower()}.{uitleg}"
