"""The words in which the matrix is written: a line of it, who is meant by a name, and the lines of one melding or casus."""

from dataclasses import dataclass

from tests.rechten import nieuw
from tests.rechten.nieuw import Maker
from tests.rechten.wereld import MENSEN

LEEST, WIJZIGT = "leest", "wijzigt"


@dataclass(frozen=True)
class Vraag:
    """One line of the matrix."""

    ding: str
    doet: str
    wie: frozenset[str]
    slot1: tuple[tuple[str, str], ...]
    """(right, object) pairs of which one must hold; an empty object asks may() of a role."""
    maakt: Maker | None = None
    """For a row that is added: what lock 2 tries to insert. None: SELECT or UPDATE of the object itself."""
    slot2_ook: frozenset[str] = frozenset()
    """Whom lock 2 lets through on top, because the act is part of another one that lock 1 asks about."""
    omdat: str = ""

    def __str__(self) -> str:
        return f"{self.ding}: {self.doet}"


def wie(*namen: str | frozenset[str]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for naam in namen:
        found |= {naam} if isinstance(naam, str) else naam
    assert found <= set(MENSEN), found - set(MENSEN)
    return found


NIEMAND = wie()
LOKET = wie("loket", "loket_ander", "toegang", "nood_toegang")
TOEGANG = wie("toegang", "nood_toegang")
VOLWASSENEN = wie("regisseur", "betrokken", "teamgenoot", "procesregisseur", "coordinator")
GEMEENTE = wie("toegang", "procesregisseur", "coordinator")
TEAMS = wie(
    VOLWASSENEN, "vreemd", "genodigde", "procesregisseur_ander", "coordinator_ander", "nood", "nood_voorbij"
)
NOOD = wie("nood", "nood_toegang")
ALLEN = wie(*(set(MENSEN) - {"vertrokken", "geblokkeerd", "tijdelijk"}))
# The melding that went to the board came in at SMOW, and the gemeente did the triage.
OP_BORD = wie("loket_ander", GEMEENTE, VOLWASSENEN, TOEGANG)
REGIE = wie("regisseur", "coordinator")
BETROKKEN = wie(REGIE, "betrokken")
OPGESCHAALD = wie(BETROKKEN, "procesregisseur")
OP_NAAM = wie("regisseur", "genodigde")
PROTOCOL = wie("kwartiermaker", "coordinator", "coordinator_ander", "toegang", "nood_toegang")
INRICHTING = wie("kwartiermaker", "coordinator", "coordinator_ander")
# A casus gives its melding to whoever may read it; SMOW had that melding at the loket.
CASUSMELDING = wie(BETROKKEN, "loket_ander", NOOD)


def leest(ding: str, recht: str, mogen: frozenset[str], *, van: str = "", **rest: object) -> Vraag:
    return Vraag(ding, LEEST, mogen, ((recht, van or ding),) if recht else (), **rest)


def wijzigt(ding: str, recht: str, mogen: frozenset[str], *, van: str = "", **rest: object) -> Vraag:
    return Vraag(ding, WIJZIGT, mogen, ((recht, van or ding),) if recht else (), **rest)


def maakt(wat: str, recht: str, van: str, mogen: frozenset[str], maker: Maker, **rest: object) -> Vraag:
    return Vraag(van or "nieuw", f"maakt {wat}", mogen, ((recht, van),) if recht else (), maker, **rest)


def melding_lines(status: str, mogen_lezen: frozenset[str], mogen_schrijven: frozenset[str]) -> list[Vraag]:
    """A melding at the loket with all that hangs on it."""
    melding = f"melding_{status}"
    recht = "intake.triage_melding" if status == "in_triage" else "intake.change_melding"
    rights = (("intake.change_melding", melding), (recht, melding))
    return [
        leest(melding, "intake.view_melding", mogen_lezen),
        Vraag(melding, WIJZIGT, mogen_schrijven, rights),
        leest(f"contact_{status}", "intake.view_melding", mogen_lezen, van=melding),
        leest(f"aanvulling_{status}", "intake.view_melding", mogen_lezen, van=melding),
        wijzigt(f"aanvulling_{status}", "", NIEMAND),
        leest(f"uitvraag_{status}", "intake.view_melding", mogen_lezen, van=melding),
        leest(f"antwoord_{status}", "intake.view_melding", mogen_lezen, van=melding),
        Vraag(f"antwoord_{status}", WIJZIGT, mogen_schrijven, rights),
        leest(f"termijn_{status}", "intake.view_melding", mogen_lezen, van=melding),
        wijzigt(f"termijn_{status}", "intake.manage_termijn", mogen_lezen, van=melding),
        leest(f"opgave_{status}", "intake.view_melding", mogen_lezen, van=melding),
        wijzigt(f"opgave_{status}", "", NIEMAND),
        leest(f"signaal_{status}", "intake.view_melding", mogen_lezen, van=melding),
        wijzigt(f"signaal_{status}", "intake.append_melding", mogen_lezen, van=melding),
        maakt("signaal", "intake.append_melding", melding, mogen_lezen, nieuw.signaal(melding)),
        maakt("aanvulling", "intake.append_melding", melding, mogen_lezen, nieuw.aanvulling(melding)),
        leest(f"inwoner_{status}", "inwoners.view_inwoner", mogen_lezen),
        wijzigt(f"inwoner_{status}", "inwoners.change_inwoner", mogen_lezen),
    ]


def casus_lines(
    casus: str,
    *,
    lezen: frozenset[str],
    doen: frozenset[str],
    beheren: frozenset[str],
    bsn: frozenset[str] = NIEMAND,
) -> list[Vraag]:
    """A casus: who reads it, who works in it, and who has all of it."""
    delen = (
        "actie_regisseur", "actie_betrokken", "notitie", "lid", "regie", "betrokkenheid_jit", "nazorg", "doel",
    )  # fmt: skip
    view, manage, contribute = (f"casusregie.{verb}_casus" for verb in ("view", "manage", "contribute"))
    own = wie("betrokken") & doen
    return [
        leest(casus, view, lezen),
        wijzigt(casus, manage, beheren),
        *(leest(f"{casus}_{deel}", view, lezen, van=casus) for deel in delen),
        *(wijzigt(f"{casus}_{deel}", manage, beheren, van=casus) for deel in delen[3:]),
        wijzigt(f"{casus}_notitie", "", NIEMAND),
        Vraag(
            f"{casus}_actie_regisseur",
            WIJZIGT,
            beheren,
            ((manage, casus), ("casusregie.complete_actie", f"{casus}_actie_regisseur")),
        ),
        Vraag(
            f"{casus}_actie_betrokken",
            WIJZIGT,
            wie(beheren, own),
            ((manage, casus), ("casusregie.complete_actie", f"{casus}_actie_betrokken")),
        ),
        maakt("notitie", contribute, casus, doen, nieuw.notitie(casus)),
        maakt("actie", contribute, casus, doen, nieuw.actie(casus)),
        maakt("doel", manage, casus, beheren, nieuw.doel(casus)),
        maakt("schaling", manage, casus, beheren, nieuw.schaling(casus)),
        maakt("deling met een mens", manage, casus, beheren, nieuw.deling_mens(casus)),
        maakt("deling met een organisatie", manage, casus, beheren, nieuw.deling_organisatie(casus)),
        leest(f"{casus}_bsn", "inwoners.view_bsn", bsn, van=f"{casus}_inwoner"),
    ]
