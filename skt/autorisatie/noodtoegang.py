"""Which dossiers a medewerker may read just now because of a noodtoegang (four hours, read-only; domein 4)."""

from django.utils import timezone

from skt.autorisatie.models import Noodtoegang
from skt.medewerkers.models import Medewerker


def _running(user: Medewerker) -> list[Noodtoegang]:
    now = timezone.now()
    return list(Noodtoegang.objects.filter(medewerker=user, begint_op__lte=now, eindigt_op__gte=now))


def emergency_casus_ids(user: Medewerker) -> list[int]:
    """The casussen that were broken open."""
    return [toegang.casus_id for toegang in _running(user)]


def emergency_inwoner_ids(user: Medewerker) -> list[int]:
    """The people who are in them."""
    return [inwoner for toegang in _running(user) for inwoner in toegang.inwoner_ids]


def emergency_melding_ids(user: Medewerker) -> list[int]:
    """The meldingen they came from."""
    return [melding for toegang in _running(user) for melding in toegang.melding_ids]
