"""What the loket doesn't keep longer than it needs: a closed outreach list and a finished draft (AVG 5 lid 1 e)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intake.models import Concept, Outreachlijst, Outreachpersoon, Outreachpoging
from skt.verantwoording.services import record

CONCEPT_BEWAREN = timedelta(days=30)
"""After it was registered or thrown away; until then a mistake can still be looked up (own choice)."""
GEWIST = "(gewist)"


@transaction.atomic
def wipe_outreachlijsten(*, at: datetime) -> int:
    """Empty the people on each list whose day to be wiped has come; returns how many lists. As the system.

    What stays is the list with its goal, and per row the result and the day: that is counted, nobody can be found in it.
    A melding that came of it is kept by its own term.
    """
    due = Outreachlijst.objects.filter(
        wissen_op__lte=timezone.localtime(at).date(), gewist_op=None
    ).select_for_update()
    wiped = 0
    for lijst in due:
        mensen = Outreachpersoon.objects.filter(lijst=lijst)
        pogingen = Outreachpoging.objects.filter(persoon__lijst=lijst).update(toelichting="")
        aantal = mensen.update(
            inwoner=None, voornaam="", achternaam=GEWIST, postcode="", huisnummer="", telefoon="",
            contactwens="", aanleiding="",
        )  # fmt: skip
        lijst.gewist_op = at
        lijst.save(update_fields=["gewist_op"])
        record(
            action="intake.wipe_outreachlijst",
            subject=lijst,
            gegevens={"mensen": aantal, "pogingen": pogingen},
        )
        wiped += 1
    return wiped


@transaction.atomic
def empty_concepten(*, at: datetime) -> int:
    """Empty drafts that ended long enough ago; the row stays, so that sending one again still makes no second melding."""
    before = at - CONCEPT_BEWAREN
    ended = Concept.objects.filter(Q(verwerkt_op__lt=before) | Q(weggegooid_op__lt=before)).exclude(
        gegevens={}
    )
    emptied = ended.update(gegevens={}, veldversies={})
    if emptied:
        record(action="intake.empty_concepten", gegevens={"concepten": emptied})
    return emptied
