"""How a form field of Django becomes a field of NL Design System: kind, widget, options, errors."""

import copy
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

NATIVE = {
    forms.DateInput: ("date", "%Y-%m-%d"),
    forms.DateTimeInput: ("datetime-local", "%Y-%m-%dT%H:%M"),
    forms.TimeInput: ("time", "%H:%M"),
}
"""Widgets that become the browser's own picker, with the form in which it wants its value."""

CLASSES = {
    "lijst": "utrecht-select utrecht-select--html-select",
    "tekstvak": "utrecht-textarea utrecht-textarea--html-textarea",
    "vink": "utrecht-checkbox utrecht-checkbox--html-input",
}
INPUT_CLASSES = "utrecht-textbox utrecht-textbox--html-input"


def kind(field: BoundField) -> str:
    """One of: verborgen, vink, vinken, keuze, lijst, tekstvak, bestand, tekst."""
    widget = field.field.widget
    kinds: tuple[tuple[type, str], ...] = (
        (forms.CheckboxSelectMultiple, "vinken"),
        (forms.RadioSelect, "keuze"),
        (forms.Select, "lijst"),
        (forms.CheckboxInput, "vink"),
        (forms.Textarea, "tekstvak"),
        (forms.FileInput, "bestand"),
    )
    if widget.is_hidden:
        return "verborgen"
    return next((name for cls, name in kinds if isinstance(widget, cls)), "tekst")


def _native(field: BoundField) -> forms.Widget:
    """A copy of a date or time widget as the browser's own picker; another widget as it is.

    What was sent and could not be read stays a text field, so that the words are still there to correct.
    """
    widget = field.field.widget
    sent = field.value() if field.errors else None
    for cls, (input_type, value_format) in NATIVE.items():
        if type(widget) is cls and getattr(widget, "input_type", "") == "text":
            if isinstance(sent, str) and sent and not _fits(sent, value_format):
                return widget
            changed = copy.deepcopy(widget)
            changed.input_type = input_type  # type: ignore[attr-defined]
            changed.format = value_format  # type: ignore[attr-defined]
            return changed
    return widget


def _fits(text: str, value_format: str) -> bool:
    """Can the browser's own picker show this text?"""
    try:
        datetime.strptime(text, value_format)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        return False
    return True


def render_input(field: BoundField, **attrs: Any) -> SafeString:
    """The widget with its classes; Django itself ties description and errors to it (aria-describedby)."""
    widget = field.field.widget
    if isinstance(widget, forms.MultiWidget):
        for part in widget.widgets:
            part.attrs.setdefault("class", INPUT_CLASSES)
        return field.as_widget()
    classes = f"{CLASSES.get(kind(field), INPUT_CLASSES)} {widget.attrs.get('class', '')}".strip()
    given = {name.replace("_", "-"): value for name, value in attrs.items() if value not in {None, ""}}
    return field.as_widget(widget=_native(field), attrs={"class": classes, **given})


def form_attributes(attrs: dict[str, Any] | None) -> SafeString:
    """Attributes of the <form>: our class, and no messages of the browser in place of our own."""
    given = {name.replace("_", "-"): value for name, value in (attrs or {}).items() if name != "method"}
    classes = f"skt-formulier {given.pop('class', '')}".strip()
    return flatatt({"class": classes, "novalidate": True, **given})


class Optie(NamedTuple):
    id: str
    naam: str
    waarde: str
    label: str
    gekozen: bool
    attrs: SafeString


def options(field: BoundField) -> list[tuple[str | None, list[Optie]]]:
    """The options of a radio or checkbox field, by group (None for options without one)."""
    widget = field.field.widget
    attrs = field.build_widget_attrs({"id": field.auto_id}, widget)
    for of_the_group in ("aria-describedby", "aria-invalid", "required"):
        attrs.pop(of_the_group, None)
    value = widget.format_value(field.value())
    groups = widget.optgroups(field.html_name, value, attrs)
    shown = {"id", "checked", "class"}

    def one(option: dict[str, Any]) -> Optie:
        rest = {key: value for key, value in option["attrs"].items() if key not in shown}
        return Optie(
            id=str(option["attrs"].get("id", "")),
            naam=option["name"],
            waarde="" if option["value"] is None else str(option["value"]),
            label=str(option["label"]),
            gekozen=bool(option["selected"]),
            attrs=flatatt(rest),
        )

    return [(name, [one(option) for option in found]) for name, found, _ in groups]


class Fout(NamedTuple):
    id: str
    """The id of the element to go to; empty for the form as a whole."""
    label: str
    teksten: list[str]


def _target(field: BoundField) -> str:
    """The id that a link in the error summary goes to."""
    return f"{field.auto_id}_0" if kind(field) in {"keuze", "vinken"} else field.auto_id


def _of_form(form: BaseForm) -> list[Fout]:
    found = [Fout("", "", [str(text)]) for text in form.non_field_errors()]
    for field in form:
        texts = [str(text) for text in field.errors]
        if texts:
            hidden = kind(field) == "verborgen"
            found.append(Fout("" if hidden else _target(field), str(field.label).rstrip("?"), texts))
    return found


def find_errors(form: BaseForm | BaseFormSet) -> list[Fout]:
    """Every error of a form or formset, in the order of the page."""
    if isinstance(form, BaseFormSet):
        own = [Fout("", "", [str(text)]) for text in form.non_form_errors()]
        return own + [error for one in form for error in _of_form(one)]
    return _of_form(form)
