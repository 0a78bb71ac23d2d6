"""Voor de teamcoördinator: wiens plaatsing afloopt terwijl er nog werk ligt, en welk werk dat is."""

from datetime import date
from typing import Any

from django.urls import reverse

from casusregie.models import Casus
from casusregie.queries import held_casussen
from intake.models import Melding
from intake.status import MeldingStatus
from skt.autorisatie.rules import permitted
from skt.medewerkers.models import Medewerker, Rol
from skt.medewerkers.overdracht import VOORUIT, over_te_dragen
from skt.verantwoording.services import Gelezen, record_read


def handovers(user: Medewerker, vandaag: date) -> list[dict[str, Any]]:
    """Voor components/overdracht.html; leeg voor wie geen team coördineert.

    De aantallen zijn van de database; met naam staat er wat deze coördinator mag zien, en dat is gelezen.
    """
    regels = over_te_dragen(vandaag + VOORUIT) if user.heeft_rol(Rol.TEAMCOORDINATOR) else []
    if not regels:
        return []
    wie = {regel.plaatsing.medewerker_id for regel in regels}
    casussen = held_casussen(permitted(user, "casusregie.manage_casus", Casus.objects.running()), wie)
    meldingen = list(
        permitted(user, "intake.view_melding", Melding.objects.exclude(status=MeldingStatus.GESLOTEN)).filter(
            verantwoordelijke__in=wie
        )
    )
    record_read(
        action="casusregie.view_handover",
        rows=[
            *(Gelezen("casus", c.pk, inwoner) for c, _ in casussen for inwoner in c.inwoner_ids or [None]),
            *(Gelezen("melding", melding.pk, melding.inwoner_id) for melding in meldingen),
        ],
    )
    dossiers: dict[int, list[dict[str, str]]] = {pk: [] for pk in wie}
    for casus, houders in casussen:
        url = reverse("casusregie:casus_detail", args=[casus.nummer])
        for houder in houders:
            dossiers[houder].append({"label": f"casus {casus.nummer}", "url": url})
    for melding in meldingen:
        url = reverse("intake:melding_detail", args=[melding.nummer])
        dossiers[melding.verantwoordelijke_id or 0].append({"label": f"melding {melding.nummer}", "url": url})
    return [
        {
            "plaatsing": regel.plaatsing,
            "wat": regel.wat,
            "voorbij": regel.voorbij,
            "dossiers": dossiers[regel.plaatsing.medewerker_id],
        }
        for regel in regels
    ]
