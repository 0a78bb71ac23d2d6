"""Who acts now: carried beside the database's own setting, so that the log and the rules know the same actor."""

from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from skt.kern.errors import ContextMissing


@dataclass(frozen=True)
class Werkcontext:
    """The acting medewerker (or the system, with a reason), and from where."""

    medewerker_id: int | None
    plaatsing_id: int | None = None
    organisatie_id: int | None = None
    systeem_reden: str = ""
    vanaf: str = ""
    verzoek: UUID = field(default_factory=uuid4)

    @property
    def is_systeem(self) -> bool:
        return self.medewerker_id is None


_huidig: ContextVar[Werkcontext | None] = ContextVar("werkcontext", default=None)


def current() -> Werkcontext:
    """The acting context. Raises ContextMissing when nobody has been set: no silent emptiness."""
    context = _huidig.get()
    if context is None:
        raise ContextMissing(
            "Er is geen handelende medewerker gezet; gebruik acting_as() of acting_as_system()."
        )
    return context


def current_or_none() -> Werkcontext | None:
    """Who acts now; None where nobody does, as on the public form."""
    return _huidig.get()


def activate(context: Werkcontext | None) -> Token[Werkcontext | None]:
    return _huidig.set(context)


def restore(token: Token[Werkcontext | None]) -> None:
    _huidig.reset(token)
