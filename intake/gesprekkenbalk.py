"""De balk met uw lopende gesprekken, boven elke pagina."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from intake.concepten import describe_concept
from intake.models import Concept, Kanaal
from skt.autorisatie.rules import may

VOLGENDE, VORIGE = "Alt+.", "Alt+,"
DOET = {
    (VOLGENDE,): "naar het volgende gesprek",
    (VORIGE,): "naar het vorige gesprek",
    (VOLGENDE, VORIGE): "naar het andere gesprek",
}
MAX_GESPREKKEN = 4
"""More than these don't fit beside ‘Nieuw gesprek’; all stand on the worklist under concepten."""
RECENT = timedelta(hours=12)
"""An older half-typed call isn't on the phone any more; it stands on the worklist under concepten."""


def gesprekkenbalk(request: HttpRequest, here: Concept | None) -> dict[str, Any]:
    """Own running calls with their timers; the one that is open now talks, the others wait."""
    if not may(request.user, "intake.register_contact"):
        return {}
    now = timezone.now()
    recent = Concept.objects.running(request.user).filter(begonnen_op__gte=now - RECENT)
    running = _shown(list(recent.order_by("-begonnen_op", "-pk")), here)
    latest = max((concept.bewaard_op for concept in running), default=None)
    at = next((n for n, concept in enumerate(running) if here is not None and concept.pk == here.pk), None)
    keys = _keys(len(running), at)
    return {
        "gesprekken": [
            {
                "url": reverse("intake:contact", kwargs={"sleutel": concept.sleutel}),
                "naam": describe_concept(concept),
                "begin": concept.begonnen_op,
                "actief": n == at,
                "toets": " ".join(keys.get(n, ())),
                "toets_doet": DOET.get(tuple(keys.get(n, ())), ""),
                "stand": "gesprek"
                if (n == at if here is not None else concept.bewaard_op == latest)
                else "wacht",
            }
            for n, concept in enumerate(running)
        ],
        "nieuw_gesprek_url": reverse("intake:contact_new"),
        "balie_url": f"{reverse('intake:contact_new')}?{urlencode({'kanaal': Kanaal.FYSIEK.value})}",
    }


def _keys(aantal: int, at: int | None) -> dict[int, list[str]]:
    """One key to the next call and one to the one before, round and round; from elsewhere to the newest and the oldest."""
    if aantal == 0 or (aantal == 1 and at is not None):
        return {}
    after, before = (aantal - 1, 0) if at is None else ((at + 1) % aantal, (at - 1) % aantal)
    found: dict[int, list[str]] = {}
    found.setdefault(after, []).append(VOLGENDE)
    found.setdefault(before, []).append(VORIGE)
    return found


def _shown(newest_first: list[Concept], here: Concept | None) -> list[Concept]:
    """The newest calls in the order in which they began; the one that is open now is always among them."""
    shown = newest_first[:MAX_GESPREKKEN]
    if here is not None and here in newest_first and here not in shown:
        shown[-1] = here
    return sorted(shown, key=lambda concept: (concept.begonnen_op, concept.pk))
