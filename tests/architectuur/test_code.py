"""How the code of this house reads, as far as a test can see it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

from skt.autorisatie.levenslopen import all_lives, draw
from skt.autorisatie.rules import registered
from tests.architectuur.bronnen import KAMERS, ROOT, path_of, python_files, short

SCHRIJFT = {
    "save",
    "create",
    "get_or_create",
    "update_or_create",
    "delete",
    "bulk_create",
    "bulk_update",
    "update",
    "select_for_update",
}
ONSCHULDIG = {
    # what .update() is called on when it isn't a queryset: a dictionary, a set of headers, a hash
    ("update", "context"),
    ("update", "asked"),
    ("update", "attrs"),
    ("update", "query"),
    ("update", "bewezen"),
    ("update", "gevonden[plek]"),
    # a spreadsheet that is written to memory
    ("save", "boek"),
    ("save", "document"),
}
SCHRIJFT_OOK = {
    "skt/medewerkers/models.py": ("user.",),  # create_user(), which Django's own commands call
    # sharing a dossier: the one place that writes the tables of guardian
    "skt/autorisatie/delen.py": ("table.objects.",),
    # the first medewerkers of a town: nobody is there yet to appoint them
    "skt/demo/bouwen.py": ("Medewerker.objects.", "Plaatsing.objects.", "Mandaat.objects."),
}
MAX_REGELS = 500
NIET_ONS = {"var", ".venv", "node_modules", "vendor", ".git", "migrations", "static"}


def part_of(path: Path) -> str:
    """‘views’ for intake/views.py and for intake/views/melding.py."""
    room = next(path_of(kamer) for kamer in KAMERS if path.is_relative_to(path_of(kamer)))
    return path.relative_to(room).parts[0].removesuffix(".py")


def writes_in(text: str, name: str) -> list[str]:
    """Calls that write, with their place."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SCHRIJFT
        ):
            continue
        target = ast.unparse(node.func.value)
        if (node.func.attr, target.rpartition(".")[2]) not in ONSCHULDIG:
            found.append(f"{name}:{node.lineno} {target}.{node.func.attr}()")
    return found


class TestWrites:
    def test_live_in_services(self) -> None:
        writes = [
            line
            for path in python_files()
            if part_of(path) != "services"
            for line in writes_in(path.read_text(), short(path))
            if not line.partition(" ")[2].startswith(SCHRIJFT_OOK.get(short(path), ()))
        ]

        assert writes == []

    def test_the_check_sees_them(self) -> None:
        text = "Melding.objects.filter(pk=1).update(a=1)\nform.save()\ncontext.update(a=1)\nrow.delete()"

        assert [found.partition(" ")[2] for found in writes_in(text, "proef.py")] == [
            "Melding.objects.filter(pk=1).update()",
            "form.save()",
            "row.delete()",
        ]
        assert part_of(path_of("intake") / "views" / "melding.py") == "views"


class TestServices:
    def test_take_keywords_only(self) -> None:
        """A public service function: open_casus(agendapunt=…, actor=…, at=…)."""
        loose = []
        for path in python_files():
            if part_of(path) != "services" or path.is_relative_to(path_of("skt.demo")):
                continue
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _is_atomic(node):
                    # the object it is about may come first: close_melding(melding, actor=…)
                    if len(node.args.args) > 1:
                        loose.append(f"{short(path)}: {node.name}")
        assert loose == []


class TestModels:
    def test_none_has_an_ordering(self) -> None:
        ours = [m for m in apps.get_models() if m.__module__.split(".")[0] in _top_packages()]

        assert [m.__name__ for m in ours if m._meta.ordering] == []

    def test_no_rule_lives_in_save(self) -> None:
        ours = [m for m in apps.get_models() if m.__module__.split(".")[0] in _top_packages()]

        assert [m.__name__ for m in ours if "save" in m.__dict__] == []

    def test_each_check_says_what_a_user_hears(self) -> None:
        silent = []
        for model in apps.get_models():
            if model.__module__.split(".")[0] not in _top_packages() or model._meta.app_label == "rapportage":
                continue
            for constraint in model._meta.constraints:
                default = type(constraint).default_violation_error_message
                said = str(constraint.violation_error_message)
                if said == str(default) and model.__name__ != "Dossiertoegang":
                    silent.append(constraint.name)
        # of a sleutel or a number that we make ourselves nobody hears
        assert [name for name in silent if "sleutel" not in name] == []


class TestSignals:
    def test_there_are_none(self) -> None:
        guilty = []
        for path in python_files():
            text = path.read_text()
            if "django.dispatch" in text or "db.models.signals" in text or "@receiver" in text:
                guilty.append(short(path))
        assert guilty == []


class TestFiles:
    def test_none_is_longer_than_five_hundred_lines(self) -> None:
        kinds = ("*.py", "*.html", "*.css", "*.js")
        long_ones = [
            f"{short(path)}: {lines}"
            for kind in kinds
            for path in sorted(ROOT.rglob(kind))
            if not NIET_ONS & set(path.relative_to(ROOT).parts)
            and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_REGELS
        ]

        assert long_ones == []

    def test_none_is_called_utils_or_helpers(self) -> None:
        assert [short(p) for p in python_files() if p.stem in {"utils", "helpers", "common", "misc"}] == []

    def test_none_is_a_promise(self) -> None:
        """No ‘to do’ in the code: an issue is the place for that."""
        words = ("TO" + "DO", "FIX" + "ME", "XX" + "X:")
        guilty = [
            short(p) for p in python_files(migrations=True) if any(word in p.read_text() for word in words)
        ]

        assert guilty == []


TABELLEN = {leven.naam: leven.tabel for leven in all_lives()}


class TestTransitions:
    @pytest.mark.parametrize("naam", TABELLEN)
    def test_every_right_has_a_rule(self, naam: str) -> None:
        assert {transition.recht for transition in TABELLEN[naam]} <= set(registered())

    @pytest.mark.parametrize("naam", TABELLEN)
    def test_every_guard_says_why(self, naam: str) -> None:
        guards = {guard for transition in TABELLEN[naam] for guard in transition.voorwaarden}

        assert all(guard.__module__.endswith(".guards") for guard in guards)

    def test_are_found(self) -> None:
        assert set(TABELLEN) >= {"Melding", "Aanmelding", "Casus"}

    def test_the_page_of_the_docs_is_up_to_date(self) -> None:
        """Otherwise: manage.py teken_levenslopen."""
        assert (ROOT / "docs" / "levensloop.md").read_text(encoding="utf-8") == draw()


def _is_atomic(node: ast.FunctionDef) -> bool:
    return any("transaction.atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


def _top_packages() -> set[str]:
    return {kamer.split(".")[0] for kamer in KAMERS}
