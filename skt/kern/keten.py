"""The sluitende keten as the user hears it: a sentence for each constraint trigger PostgreSQL keeps (domein 5)."""

from django.db import IntegrityError, connection

from skt.kern.errors import DomainError

ZINNEN = {
    "keten_verantwoordelijke_heeft_plaatsing": "De gekozen verantwoordelijke werkt hier niet (meer). Kies iemand anders.",
    "keten_plaatsing_overgedragen": "Deze medewerker is nog ergens voor verantwoordelijk. Draag dat eerst over.",
    "keten_aanmelding_op_een_overleg": "Een aanmelding staat op precies één komend overleg, of er is over besloten.",
    "keten_overleg_alles_besloten": "Over een of meer aanmeldingen van dit overleg is nog niet besloten.",
    "keten_wie_kent_gezin_beslist_niet": "Wie dit gezin kent, kan er niet over gaan. Kies iemand anders.",
    "keten_casus_heeft_regisseur": "Een casus heeft altijd precies één casusregisseur van een betrokken organisatie.",
    "keten_casus_heeft_actie": "Een casus heeft altijd een open actie of geplande nazorg. Voeg eerst een nieuwe toe.",
    "keten_casus_heeft_procesregisseur": "Een casus in procesregie heeft precies één procesregisseur.",
    "keten_casus_sluit_na_nazorg": "Een casus gaat pas dicht als bij de nazorg blijkt dat de inwoner zich redt.",
}
TRIGGERS = (
    "melding_keten",
    "plaatsing_keten_melding",
    "plaatsing_keten_afspraak",
    "outreachpersoon_keten",
    "plaatsing_keten_outreach",
    "aanmelding_keten",
    "agendapunt_keten",
    "overleg_keten",
    "casusregie_casus_keten",
    "casusregie_betrokkenheid_keten",
    "casusregie_regietoewijzing_keten",
    "casusregie_actie_keten",
    "casusregie_nazorg_keten",
    "plaatsing_keten_casus",
)


class KetenBroken(DomainError):
    """What was asked would let a resident go: one of the invariants of domein 5 wouldn't hold."""


def sentence_of(error: IntegrityError) -> str | None:
    """The Dutch sentence for an invariant, or None when the error is about something else."""
    diag = getattr(error.__cause__, "diag", None)
    return ZINNEN.get(diag.constraint_name or "") if diag else None


def check_keten() -> None:
    """Ask PostgreSQL now what it would ask at commit, so that a service can refuse with a sentence.

    Call last in a service, inside its transaction. Raises KetenBroken.
    """
    names = ", ".join(TRIGGERS)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE; SET CONSTRAINTS {names} DEFERRED")
    except IntegrityError as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise KetenBroken(sentence) from error
