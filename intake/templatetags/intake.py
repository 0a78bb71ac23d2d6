"""Wat een pagina van het voorportaal in woorden zegt."""

from django import template

from intake.models import Terugbelverzoek

register = template.Library()


@register.filter
def poging(verzoek: Terugbelverzoek) -> str:
    """‘2e poging’: de hoeveelste keer bellen het nu wordt."""
    return f"{len(verzoek.pogingen) + 1}e poging"
