"""A page as a professional without a browser uses it: what a form shows is what can be filled, what has a button can be pressed.

The test never posts a field that the page doesn't have, nor a choice that it doesn't offer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

LEEG = {"input", "br", "img", "meta", "link", "hr", "use", "path", "circle", "line", "rect", "polygon"}


@dataclass
class Knop:
    """A submit button, or with `doel` a link."""

    tekst: str = ""
    naam: str = ""
    waarde: str = ""
    doel: str = ""
    soort: str = "submit"
    uit: bool = False


@dataclass
class Formulier:
    """One form: where it goes, what stands in it now, and what each field can become."""

    doel: str
    post: bool
    id: str
    waarden: dict[str, list[str]] = field(default_factory=dict)
    keuzes: dict[str, set[str]] = field(default_factory=dict)
    vrij: set[str] = field(default_factory=set)
    knoppen: list[Knop] = field(default_factory=list)

    def fill(self, name: str, value: Any) -> None:
        values = [str(v) for v in value] if isinstance(value, list | tuple | set) else [str(value)]
        if name in self.keuzes:
            unknown = set(values) - self.keuzes[name]
            assert not unknown, f"{name} biedt {sorted(unknown)} niet aan, wel {sorted(self.keuzes[name])}"
        else:
            assert name in self.vrij, f"op deze pagina staat geen veld {name}; wel {sorted(self.names)}"
        self.waarden[name] = [value for value in values if value or name not in self.keuzes]

    @property
    def names(self) -> set[str]:
        return self.vrij | set(self.keuzes)


class _Lezer(HTMLParser):
    """Collects forms, with the fields and buttons that belong to them from elsewhere by `form=`, and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Formulier] = []
        self.links: list[Knop] = []
        self.text: list[str] = []
        self._form: Formulier | None = None
        self._select: tuple[str, str, bool] | None = None
        self._area: tuple[str, str, list[str]] | None = None
        self._label: list[tuple[str, Knop, list[str]]] = []
        self._hidden: list[str] = []
        self._loose: list[tuple[str, str, dict[str, str]]] = []

    # -- tags

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        given = {name for name, _ in attrs}
        if tag in {"script", "style", "kbd", "svg", "template"}:
            self._hidden.append(tag)
        if tag == "form" and a.get("method") != "dialog":
            self._form = Formulier(
                a.get("action", ""), a.get("method", "get").lower() == "post", a.get("id", "")
            )
            self.forms.append(self._form)
        elif tag == "input":
            self._input(a, given)
        elif tag == "textarea":
            self._area = (a.get("name", ""), a.get("form", ""), [])
        elif tag == "select":
            self._select = (a.get("name", ""), a.get("form", ""), "multiple" in given)
            self._field(*self._select[:2], lambda form, name: form.keuzes.setdefault(name, set()))
        elif tag == "option" and self._select:
            name, owner, many = self._select
            self._field(
                name,
                owner,
                lambda form, n: self._option(form, n, a.get("value", ""), "selected" in given, many),
            )
        elif tag == "button":
            knop = Knop(
                "",
                a.get("name", ""),
                a.get("value", ""),
                a.get("formaction", ""),
                a.get("type", "submit"),
                "disabled" in given,
            )
            self._label.append((tag, knop, []))
            self._field("", a.get("form", ""), lambda form, _: form.knoppen.append(knop))
        elif tag == "a" and a.get("href"):
            self._label.append((tag, Knop(doel=a["href"], soort="link"), []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in LEEG:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            name, owner, parts = self._area
            value = "".join(parts).removeprefix("\n").removeprefix("\r\n")
            self._area = None
            self._field(name, owner, lambda form, n: (form.vrij.add(n), form.waarden.__setitem__(n, [value])))
        elif self._label and tag == self._label[-1][0]:
            _, knop, parts = self._label.pop()
            knop.tekst = " ".join("".join(parts).split())
            if knop.soort == "link":
                self.links.append(knop)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[2].append(data)
        elif not self._hidden:
            self.text.append(data)
            for _, _, parts in self._label:
                parts.append(data)

    # -- fields

    def _input(self, a: dict[str, str], given: set[str]) -> None:
        name, kind = a.get("name", ""), a.get("type", "text")
        if kind in {"submit", "button", "image", "reset"}:
            knop = Knop(a.get("value", ""), name, a.get("value", ""), a.get("formaction", ""), kind)
            self._field("", a.get("form", ""), lambda form, _: form.knoppen.append(knop))
        elif name and "disabled" not in given and kind in {"checkbox", "radio"}:
            value = a.get("value", "on")
            self._field(
                name, a.get("form", ""), lambda form, n: self._tick(form, n, value, "checked" in given)
            )
        elif name and "disabled" not in given:
            add = a.get("value", "")
            self._field(
                name,
                a.get("form", ""),
                lambda form, n: (form.vrij.add(n), form.waarden.setdefault(n, []).append(add)),
            )

    @staticmethod
    def _tick(form: Formulier, name: str, value: str, on: bool) -> None:
        form.keuzes.setdefault(name, {""}).add(value)
        if on:
            form.waarden.setdefault(name, []).append(value)

    @staticmethod
    def _option(form: Formulier, name: str, value: str, on: bool, many: bool) -> None:
        is_first = not form.keuzes[name]
        form.keuzes[name].add(value)
        if on and not many:
            form.waarden[name] = [value]
        elif on or (is_first and not many):
            form.waarden.setdefault(name, []).append(value)

    def _field(self, name: str, owner: str, act: Any) -> None:
        """Now when the form is known, otherwise once the whole page is read."""
        if owner:
            self._loose.append((name, owner, act))
        elif self._form is not None:
            act(self._form, name)

    def finish(self) -> None:
        by_id = {form.id: form for form in self.forms if form.id}
        for name, owner, act in self._loose:
            assert owner in by_id, f"form={owner!r} bestaat niet op deze pagina"
            act(by_id[owner], name)


class Pagina:
    """Somebody at work: opens pages, fills forms, presses buttons, and is taken where the site takes them."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.url = ""
        self.response: HttpResponse
        self.lezer: _Lezer

    def open(self, url: str) -> "Pagina":
        return self._read(self.client.get(url, follow=True), url)

    def _read(self, response: Any, url: str, *, expect: Iterable[int] = (200,)) -> "Pagina":
        self.url = response.redirect_chain[-1][0] if response.redirect_chain else url
        self.response = response
        assert response.status_code in expect, (
            f"{self.url} gaf {response.status_code}:\n{response.content.decode()[:2000]}"
        )
        self.lezer = _Lezer()
        self.lezer.feed(response.content.decode())
        self.lezer.finish()
        return self

    @property
    def tekst(self) -> str:
        return " ".join("".join(self.lezer.text).split())

    @property
    def knoppen(self) -> list[str]:
        return [knop.tekst for form in self.lezer.forms for knop in form.knoppen]

    def volg(self, tekst: str) -> "Pagina":
        """Follow the link with this text (or the beginning of it)."""
        links = [link for link in self.lezer.links if link.tekst.startswith(tekst)]
        assert links, f"geen link ‘{tekst}’ op {self.url}; wel {[link.tekst for link in self.lezer.links]}"
        return self.open(links[0].doel)

    def heeft_knop(self, welke: "str | Callable[[Knop], bool]") -> bool:
        return bool(self._find(welke))

    def _find(self, welke: "str | Callable[[Knop], bool]") -> list[tuple[Formulier, Knop]]:
        is_it = welke if callable(welke) else lambda knop: knop.tekst.startswith(welke)
        return [
            (form, knop)
            for form in self.lezer.forms
            for knop in form.knoppen
            if knop.soort == "submit" and not knop.uit and is_it(knop)
        ]

    def druk(
        self,
        tekst: "str | Callable[[Knop], bool]",
        velden: Mapping[str, Any] | None = None,
        *,
        mag_falen: bool = False,
    ) -> "Pagina":
        """Fill the form that has this button and press it. With a refusal the page says so and the test stops, unless `mag_falen`."""
        found = self._find(tekst)
        fits = [(form, knop) for form, knop in found if form.names >= set(velden or {})]
        assert found, f"geen knop ‘{tekst}’ op {self.url}; wel {self.knoppen}"
        form, knop = (fits or found)[0]
        for name, value in (velden or {}).items():
            form.fill(name, value)
        data = {name: values for name, values in form.waarden.items() if values}
        if knop.naam:
            data[knop.naam] = [*data.get(knop.naam, []), knop.waarde]
        url = knop.doel or form.doel or self.url
        response = (self.client.post if form.post else self.client.get)(url, data, follow=True)
        self._read(response, url, expect=(200, 422) if mag_falen else (200,))
        if form.post and not mag_falen:
            assert response.redirect_chain, f"‘{tekst}’ werd geweigerd: {self.fouten()}"
        return self

    def fouten(self) -> str:
        """What the page says is wrong, for the message of a failing test."""
        context = self.response.context
        forms = [
            value for layer in context or [] for value in layer.dicts[-1].values() if hasattr(value, "errors")
        ]
        errors = [
            f"{name}: {' '.join(messages)}"
            for form in forms
            if isinstance(form.errors, dict)
            for name, messages in form.errors.items()
        ]
        return "; ".join(dict.fromkeys(errors)) or self.tekst[:1500]
