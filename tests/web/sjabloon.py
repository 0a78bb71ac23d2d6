"""A piece of a template drawn, and its elements read."""

from html.parser import HTMLParser

from django.template import Context, Template


def draw(source: str, **context: object) -> str:
    return Template("{% load skt crispy_forms_tags %}" + source).render(Context(context))


class Page(HTMLParser):
    """The elements of a fragment: tag and attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.elements if attrs.get("name") == name]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if attrs.get("id")]

    def dangling(self) -> list[str]:
        """Ids that are pointed at by for or aria-describedby but are not there."""
        wanted = [attrs["for"] for attrs in self.all("label") if attrs.get("for")]
        for _, attrs in self.elements:
            wanted += (attrs.get("aria-describedby") or "").split() + (
                attrs.get("aria-labelledby") or ""
            ).split()
        return [name for name in wanted if name not in self.ids]
