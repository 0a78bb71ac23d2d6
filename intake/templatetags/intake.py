"""De balk met uw lopende gesprekken, boven elke pagina van het voorportaal."""

from datetime import timedelta
from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils import timezone

from intake.concepten import describe_concept
from intake.models import Concept, Terugbelverzoek
from skt.autorisatie.rules import may

register = template.Library()

MAX_GESPREKKEN = 4
"""More than these don't fit beside ‘Nieuw gesprek’; all stand on the worklist under concepten."""
RECENT = timedelta(hours=12)
"""An older half-typed call isn't on the phone any more; it stands on the worklist under concepten."""


@register.filter
def poging(verzoek: Terugbelverzoek) -> str:
    """‘2e poging’: de hoeveelste keer bellen het nu wordt."""
    return f"{len(verzoek.pogingen) + 1}e poging"


@register.inclusion_tag("components/gesprekken.html", takes_context=True)
def gesprekkenbalk(context: RequestContext) -> dict[str, Any]:
    """Own running calls with their timers; the one that is open now talks, the others wait."""
    request = context["request"]
    if not request.user.is_authenticated or not may(request.user, "intake.register_contact"):
        return {}
    now, here = timezone.now(), context.get("concept")
    recent = Concept.objects.running(request.user).filter(begonnen_op__gte=now - RECENT)
    running = _shown(list(recent.order_by("-begonnen_op", "-pk")), here)
    latest = max((concept.bewaard_op for concept in running), default=None)
    return {
        "gesprekken": [
            {
                "url": reverse("intake:contact", kwargs={"sleutel": concept.sleutel}),
                "naam": describe_concept(concept),
                "begin": concept.begonnen_op,
                "actief": here is not None and concept.pk == here.pk,
                "stand": "gesprek"
                if (concept.pk == here.pk if here is not None else concept.bewaard_op == latest)
                else "wacht",
            }
            for concept in running
        ],
        "nieuw_gesprek_url": reverse("intake:contact_new"),
        "gesprekken_stand": context.get("bewaard", ""),
    }


def _shown(newest_first: list[Concept], here: Concept | None) -> list[Concept]:
    """The newest calls in the order in which they began; the one that is open now is always among them."""
    shown = newest_first[:MAX_GESPREKKEN]
    if here is not None and here in newest_first and here not in shown:
        shown[-1] = here
    return sorted(shown, key=lambda concept: (concept.begonnen_op, concept.pk))
