"""Draw every life there is (status.py of each app) as a page of the docs: a diagram and a table, from the code itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import TextChoices

from skt.autorisatie.rules import registered
from skt.kern.transitions import Transition, TransitionTable

KOP = """# Levensloop

Alle statussen en overgangen, getekend uit `*/status.py` met `manage.py teken_levenslopen`; een test houdt deze pagina
bij. Een overgang die hier niet staat, bestaat niet. Wie haar mag doen, zegt het recht; wat er eerst moet gelden, zeggen
de voorwaarden.
"""


@dataclass(frozen=True)
class Levensloop:
    """One table of transitions with the words of its statuses."""

    naam: str
    module: str
    tabel: TransitionTable
    statussen: dict[str, str]


def all_lives() -> Iterator[Levensloop]:
    """Every table that an installed app keeps in its status.py, upstream first."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.status") is None:
            continue
        module = import_module(f"{config.name}.status")
        choices = [
            c
            for c in vars(module).values()
            if isinstance(c, type) and issubclass(c, TextChoices) and c.choices
        ]
        for name, table in vars(module).items():
            if isinstance(table, TransitionTable):
                yield Levensloop(
                    naam=name.removesuffix("_TRANSITIONS").capitalize(),
                    module="/".join(config.name.split(".")) + "/status.py",
                    tabel=table,
                    statussen=_words(table, choices),
                )


def draw() -> str:
    """The whole page, as Markdown with Mermaid."""
    return KOP + "".join(_draw(leven) for leven in all_lives())


def _words(table: TransitionTable, choices: list[type[TextChoices]]) -> dict[str, str]:
    used = {transition.naar for transition in table} | {status for t in table for status in t.van}
    for choice in choices:
        if used <= set(choice.values):
            return {str(value): str(label) for value, label in choice.choices}
    raise ValueError(f"geen lijst met statussen kent {sorted(used)}")


def _draw(leven: Levensloop) -> str:
    keys = {status: f"s{number}" for number, status in enumerate(leven.statussen)}
    lines = [f"\n## {leven.naam}\n", f"Uit `{leven.module}`.\n", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{label}" as {keys[status]}' for status, label in leven.statussen.items()]
    lines += [f"    [*] --> {next(iter(keys.values()))}"]
    for transition in leven.tabel:
        lines += [
            f"    {keys[status]} --> {keys[transition.naar]}: {transition.knop}"
            for status in leven.statussen
            if status in transition.van
        ]
    ends = set(leven.statussen) - {status for transition in leven.tabel for status in transition.van}
    lines += [f"    {keys[status]} --> [*]" for status in leven.statussen if status in ends]
    lines += ["```\n", "| knop | van | naar | wie | voorwaarden |", "|---|---|---|---|---|"]
    lines += [_row(transition, leven.statussen) for transition in leven.tabel]
    return "\n".join(lines) + "\n"


def _row(transition: Transition, statussen: dict[str, str]) -> str:
    rule = registered().get(transition.recht)
    return "| {} | {} | {} | {} | {} |".format(
        transition.knop,
        ", ".join(label for status, label in statussen.items() if status in transition.van),
        statussen[transition.naar],
        rule.waarom if rule else transition.recht,
        ", ".join(guard.__name__.replace("_", " ") for guard in transition.voorwaarden) or "geen",
    )
