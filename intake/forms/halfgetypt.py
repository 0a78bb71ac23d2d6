"""Wat half getypt is, van een formulier naar een concept en terug; en wat een pagina hoort als er bewaard is."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone

from intake.models import HalfGetypt

OPEN_GEBIED = "open_leefgebied"
"""Welk leefgebied openstond; geen veld van het formulier, wel iets om terug te vinden."""


def typed_fields(data: Any, fields: Iterable[str]) -> dict[str, list[str]]:
    """De ruwe invoer om te bewaren: alleen deze velden, alleen wat gevuld is."""
    found = {name: data.getlist(name) for name in (*fields, OPEN_GEBIED)}
    return {name: values for name, values in found.items() if any(values)}


def fill_form(form: forms.Form, gegevens: Mapping[str, Any], *, meer: Collection[str] = ()) -> None:
    """Zet als beginwaarde wat er bewaard was, ook wat nog niet klopt. `meer`: velden met meer dan één waarde."""
    for name, values in gegevens.items():
        field = form.fields.get(name)
        if field is None or not isinstance(values, list) or not values:
            continue
        is_many = isinstance(field, forms.MultipleChoiceField) or name in meer
        form.initial[name] = [str(value) for value in values] if is_many else str(values[-1])


def told_fields(
    concept: HalfGetypt,
    botsing: Mapping[str, list[str]],
    before: Mapping[str, Any],
    mine: Mapping[str, Any],
    versie: int,
    fields: Mapping[str, forms.Field],
    *,
    vernieuwt: Iterable[str],
) -> dict[str, Any]:
    """What the page hears: the new version, what another tab wrote since `versie`, and what both changed."""
    after = concept.gegevens
    elders = [
        name
        for name, since in concept.veldversies.items()
        if int(since) > versie and name not in botsing and after.get(name, []) != mine.get(name, [])
    ]
    label = {name: str(field.label or name).replace("\u00ad", "") for name, field in fields.items()}
    return {
        "versie": concept.versie,
        "tijd": f"{timezone.localtime(concept.bewaard_op):%H:%M}",
        "fouten": {},
        "vernieuw": any(before.get(name) != after.get(name) for name in vernieuwt),
        "elders": [
            {"naam": name, "label": label.get(name, name), "waarden": after.get(name, [])} for name in elders
        ],
        "botsing": [
            {"naam": name, "label": label.get(name, name), "daar": daar} for name, daar in botsing.items()
        ],
    }
