"""What import-linter can't see: string foreign keys, and the links and includes of templates."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architectuur.bronnen import KAMERS, ROOT, may_look, path_of, python_files, room_of, short

LABEL_VAN = {kamer.rpartition(".")[2]: kamer for kamer in KAMERS}
URL_TAG = re.compile(r"""{%-?\s*url\s+['"]([\w:-]+)['"]""")
INCLUDE_TAG = re.compile(r"""{%-?\s*(?:include|extends)\s+['"]([\w./-]+?)(?:#[\w-]+)?['"]""")
GEDEELD = {"", "components", "skt"}
"""Template folders of the design system: everybody's."""


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def room_of_template(name: str) -> str:
    """templates/intake/… is of intake; base, components and the crispy pack are of skt.web (see GEDEELD)."""
    folder = name.split("/", maxsplit=1)[0] if "/" in name else ""
    return LABEL_VAN.get(folder, "skt.web")


@cache
def url_rooms() -> dict[str, str]:
    """URL name → room whose view answers it."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            else:
                module = pattern.callback.__module__
                module = getattr(pattern.callback, "view_class", pattern.callback).__module__ or module
                found[f"{prefix}{pattern.name}"] = next(
                    (kamer for kamer in KAMERS if module == kamer or module.startswith(f"{kamer}.")),
                    "skt.web",
                )

    walk(get_resolver().url_patterns, "")
    return found


class TestTemplates:
    @pytest.mark.parametrize("path", templates(), ids=short)
    def test_link_only_to_their_right(self, path: Path) -> None:
        name = str(path.relative_to(ROOT / "templates"))
        own, rooms, text = room_of_template(name), url_rooms(), path.read_text()
        shared = (name.split("/", maxsplit=1)[0] if "/" in name else "") in GEDEELD

        for url in URL_TAG.findall(text):
            # The frame around every page may lead home, to the search, the profile and out.
            if shared and url in {"home", "search", "profile", "login", "logout"}:
                continue
            if url in {"login", "logout"}:
                continue
            assert url in rooms, f"{name}: URL {url} bestaat niet"
            assert may_look(own, rooms[url]), f"{name} ({own}) verwijst naar {url} ({rooms[url]})"

    @pytest.mark.parametrize("path", templates(), ids=short)
    def test_include_only_from_their_right(self, path: Path) -> None:
        name = str(path.relative_to(ROOT / "templates"))
        own = room_of_template(name)

        for included in INCLUDE_TAG.findall(path.read_text()):
            assert (ROOT / "templates" / included).is_file(), f"{name}: {included} bestaat niet"
            folder = included.split("/")[0] if "/" in included else ""
            if folder not in GEDEELD:
                assert may_look(own, room_of_template(included)), f"{name} gebruikt {included}"


class TestForeignKeys:
    def test_point_only_to_the_right(self) -> None:
        for model in apps.get_models():
            own = LABEL_VAN.get(model._meta.app_label)
            if own is None:
                continue
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if target is None or field.auto_created:
                    continue
                room = LABEL_VAN.get(target._meta.app_label)
                assert room is None or may_look(own, room), f"{model.__name__}.{field.name} wijst naar {room}"

    def test_a_name_in_a_string_is_one_of_their_right_too(self) -> None:
        """reverse(), redirect() and {% url %} by name: a view may not know what comes after it."""
        rooms = url_rooms()
        for path in python_files():
            if path == path_of("skt.web") / "navigatie.py":  # the one place that knows every door
                continue
            for text in _strings(path):
                if text in rooms and ":" in text:
                    assert may_look(room_of(path), rooms[text]), f"{short(path)} noemt {text}"


class TestReporting:
    def test_never_imports_people(self) -> None:
        for path in python_files():
            if room_of(path) == "rapportage":
                assert "skt.inwoners" not in path.read_text(), short(path)


def _strings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text())
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
