"""Layout objects of the crispy template pack "skt": NL Design System forms in Dutch (docs/vormgeving.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crispy_forms.layout import Fieldset as CrispyFieldset
from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

__all__ = ["Actiebalk", "Chips", "Duo", "Eigenschappen", "Fieldset", "Invoer", "Knop", "Segment", "Tekst"]


@contextmanager
def within(context: Context, **values: Any) -> Iterator[None]:
    """Values for what is drawn inside. Crispy piles up layers of its own, so all of them go at the end."""
    depth = len(context.dicts)
    context.push(**values)
    try:
        yield
    finally:
        del context.dicts[depth:]


class Invoer(LayoutObject):
    """One field, with its own heading, hint or attributes.

    `kop` replaces the label, `hint` the help text; `vraag` makes the large question field, `kort` a narrow
    one. `soms_verplicht`: another field decides whether it must be filled in, so the label says nothing about it.
    Other keywords become attributes of the widget (`rows=3`, `autocomplete="off"`; `_` becomes a dash).
    """

    template = "%s/field.html"
    soort = ""

    def __init__(
        self,
        field: str,
        *,
        kop: str = "",
        hint: str = "",
        vraag: bool = False,
        kort: bool = False,
        soms_verplicht: bool = False,
        **attrs: Any,
    ) -> None:
        self.fields = [field]
        self.kop = kop
        self.hint = hint
        self.extra: dict[str, Any] = {"vraag": vraag, "kort": kort, "weergave": self.soort}
        if soms_verplicht:
            self.extra["toon_optioneel"] = False
        self.attrs = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **_: Any
    ) -> SafeString:
        name = self.fields[0]
        if name in form.fields:
            bound = form[name]
            bound.label = self.kop or bound.label
            bound.help_text = self.hint or bound.help_text
        return render_field(
            name,
            form,
            context,
            template=self.get_template_name(template_pack),
            attrs=self.attrs,
            template_pack=template_pack,
            extra_context=self.extra,
        )


class Segment(Invoer):
    """A radio field of two to four short words, side by side."""

    soort = "segment"


class Chips(Invoer):
    """A checkbox-multiple field as chips."""

    soort = "chips"


class _Group(LayoutObject):
    """Layout objects or field names, drawn together by one template."""

    template = ""
    context: dict[str, Any] = {}

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **_: Any
    ) -> SafeString:
        with within(context, **self.context):
            inner = self.get_rendered_fields(form, context, template_pack)
        return render_to_string(self.get_template_name(template_pack), {"groep": self, "inhoud": inner})


class Eigenschappen(_Group):
    """Fields with their label at the left: quick to scan, little height."""

    template = "%s/layout/eigenschappen.html"
    context = {"compact": True}


class Duo(_Group):
    """Two fields in one row; the second is short unless `gelijk`."""

    template = "%s/layout/duo.html"

    def __init__(self, eerste: Any, tweede: Any, *, gelijk: bool = False) -> None:
        super().__init__(eerste, tweede)
        self.gelijk = gelijk

    def render(
        self, form: BaseForm, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """In a compact list the pair is one row with the label of the first; the second's name is unseen."""
        if not context.get("compact"):
            return super().render(form, context, template_pack, **kwargs)
        first, second = (field if isinstance(field, LayoutObject) else Invoer(field) for field in self.fields)
        second.extra = {**second.extra, "kaal": True}
        shown = second.render(form, context, template_pack)
        with within(context, duo_tweede=shown, duo_veld=form[second.fields[0]]):
            return first.render(form, context, template_pack)


class Fieldset(CrispyFieldset):
    """Fields under one heading: Fieldset("De vraag", "vraag", "themas")."""

    template = "%s/layout/fieldset.html"


class Tekst(LayoutObject):
    """A paragraph between fields; plain text, escaped."""

    template = "%s/layout/tekst.html"

    def __init__(self, tekst: str) -> None:
        self.fields: list[Any] = []
        self.tekst = tekst

    def render(
        self, _form: BaseForm, _context: Context, template_pack: str = TEMPLATE_PACK, **_: Any
    ) -> SafeString:
        return render_to_string(self.get_template_name(template_pack), {"tekst": self.tekst})


class Knop(LayoutObject):
    """A submit button. Kinds: eerste (one per page), tweede, subtiel, crisis."""

    template = "%s/layout/knop.html"
    SOORTEN = {
        "eerste": "utrecht-button--primary-action",
        "tweede": "utrecht-button--secondary-action",
        "subtiel": "utrecht-button--subtle",
        "crisis": "skt-button--crisis",
    }

    def __init__(
        self,
        tekst: str,
        *,
        naam: str = "",
        waarde: str = "1",
        soort: str = "eerste",
        icon: str = "",
        toets: str = "",
    ) -> None:
        self.fields: list[Any] = []
        self.tekst = tekst
        self.naam = naam
        self.waarde = waarde
        self.klasse = self.SOORTEN[soort]
        self.icon = icon
        self.toets = toets

    def render(
        self, _form: BaseForm, _context: Context, template_pack: str = TEMPLATE_PACK, **_: Any
    ) -> SafeString:
        return render_to_string(self.get_template_name(template_pack), {"knop": self})


class Actiebalk(_Group):
    """The buttons below a form, and a way back."""

    template = "%s/layout/actiebalk.html"

    def __init__(self, *knoppen: Any, annuleer_url: str = "", annuleer: str = "Annuleren") -> None:
        super().__init__(*knoppen)
        self.annuleer_url = annuleer_url
        self.annuleer = annuleer
