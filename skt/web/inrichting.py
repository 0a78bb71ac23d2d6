"""The index of what the kwartiermaker sets up: each app adds its own parts at start-up, so that no app knows another's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Onderdeel:
    """One line of the index; who may not do `action` doesn't see it."""

    titel: str
    tekst: str
    url_name: str
    action: str
    icon: str = "lijst"


_onderdelen: list[Onderdeel] = []


def register_inrichting(*onderdelen: Onderdeel) -> None:
    """Add parts at start-up, in the order in which they should stand; twice is once."""
    for onderdeel in onderdelen:
        if onderdeel not in _onderdelen:
            _onderdelen.append(onderdeel)


def registered() -> tuple[Onderdeel, ...]:
    return tuple(_onderdelen)
