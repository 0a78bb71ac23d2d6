"""A life is a table: every status, every transition, its right and its conditions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from skt.kern.errors import GuardFailed, TransitionNotAllowed

Guard = Callable[[Any], str]
"""A guard returns '' when the condition holds, and otherwise the Dutch sentence that says why not."""


class HasStatus(Protocol):
    status: Any


@dataclass(frozen=True)
class Transition:
    naam: str
    van: frozenset[str]
    naar: str
    recht: str
    knop: str
    voorwaarden: tuple[Guard, ...] = field(default=())

    def __init__(
        self,
        naam: str,
        van: Iterable[str],
        naar: str,
        recht: str,
        knop: str,
        voorwaarden: tuple[Guard, ...] = (),
    ) -> None:
        for key, value in {
            "naam": naam,
            "van": frozenset(str(status) for status in van),
            "naar": str(naar),
            "recht": recht,
            "knop": knop,
            "voorwaarden": voorwaarden,
        }.items():
            object.__setattr__(self, key, value)

    def refusals(self, subject: HasStatus) -> list[str]:
        """The sentences of every condition that doesn't hold for this object."""
        return [sentence for guard in self.voorwaarden if (sentence := guard(subject))]


class TransitionTable:
    """All transitions of one kind of object. Services apply them on a locked row; buttons derive from them."""

    def __init__(self, *transitions: Transition) -> None:
        names = [transition.naam for transition in transitions]
        if len(names) != len(set(names)):
            raise ValueError(f"een overgang staat dubbel in de tabel: {names}")
        self._by_name = {transition.naam: transition for transition in transitions}

    def __iter__(self) -> Iterator[Transition]:
        return iter(self._by_name.values())

    def __getitem__(self, naam: str) -> Transition:
        return self._by_name[naam]

    def apply(self, naam: str, subject: HasStatus) -> Transition:
        """Set the new status on the object (not saved).

        Raises TransitionNotAllowed when the status has no such transition, GuardFailed when a condition fails.
        """
        transition = self._by_name[naam]
        if str(subject.status) not in transition.van:
            raise TransitionNotAllowed(
                f"‘{transition.knop}’ kan niet meer: de status is nu ‘{_label(subject)}’. Ververs de pagina."
            )
        if refusals := transition.refusals(subject):
            raise GuardFailed(" ".join(refusals))
        subject.status = transition.naar
        return transition

    def available(self, subject: HasStatus) -> list[Transition]:
        """The transitions whose start and conditions fit now; rights are checked by the caller."""
        return [t for t in self if str(subject.status) in t.van and not t.refusals(subject)]


def _label(subject: Any) -> str:
    show = getattr(subject, "get_status_display", None)
    return str(show()) if show else str(subject.status)
