"""Op welke grond iemand een casus ziet, en de regel daarvan in de verantwoording."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from casusregie.models import Casus
from casusregie.permissions import NOOD
from casusregie.queries import log_shown
from skt.autorisatie.models import Noodtoegang
from skt.autorisatie.rules import explain
from skt.medewerkers.models import Medewerker


def log_casus(user: Medewerker, casus: Casus, action: str = "casusregie.view_casus") -> list[str]:
    """Leg vast dat deze casus is getoond, en geef de gronden waarop."""
    redenen = explain(user, "casusregie.view_casus", casus)
    log_shown([casus], action, recht="; ".join(redenen), noodtoegang=is_emergency(redenen))
    return redenen


def is_emergency(redenen: Iterable[str]) -> bool:
    """Is noodtoegang de enige grond? Dan kan er alleen gelezen worden."""
    return list(redenen) == [NOOD]


def emergency_until(user: Medewerker, casus: Casus) -> datetime | None:
    """Tot wanneer de noodtoegang van deze medewerker tot deze casus loopt."""
    toegangen = Noodtoegang.objects.filter(medewerker=user, casus_id=casus.pk, eindigt_op__gte=timezone.now())
    return toegangen.order_by("-eindigt_op").values_list("eindigt_op", flat=True).first()
