"""What every page of the voorportaal does: one line in the log for each person it shows, and reading what was sent."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict

from intake.models import Melding
from skt.verantwoording.services import Gelezen, record_read


def log_meldingen(action: str, meldingen: Iterable[Melding]) -> None:
    """A list of meldingen was shown."""
    record_read(action=action, rows=[Gelezen("melding", m.pk, m.inwoner_id) for m in meldingen])


def log_melding(action: str, melding: Melding, redenen: Iterable[str]) -> None:
    """One melding was shown whole, on these grounds."""
    grounds = list(redenen)
    record_read(
        action=action,
        rows=[Gelezen("melding", melding.pk, melding.inwoner_id)],
        recht="; ".join(grounds),
        noodtoegang=grounds == ["u heeft noodtoegang"],
    )


def log_inwoners(action: str, inwoner_ids: Iterable[int], recht: str = "", reden: str = "") -> None:
    """People were shown: as candidates, as a search result or on their own page."""
    record_read(
        action=action, rows=[Gelezen("inwoner", pk, pk) for pk in inwoner_ids], recht=recht, reden=reden
    )


def sent(request: HttpRequest) -> QueryDict | None:
    """What the form was sent with; None when it is only opened. An empty form that was sent is sent."""
    return request.POST if request.method == "POST" else None
