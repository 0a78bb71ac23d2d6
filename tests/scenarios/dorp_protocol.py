"""Het protocol in het dorp: een concept met een regel te veel, een proef die klaar is en een die loopt."""

from django.utils import timezone

from tests.scenarios.dorpsleven import Dorp
from tests.scenarios.handelend import als
from triage.models import Bord, Protocolversie, Uitkomst
from triage.protocol.regels import read_regel
from triage.services.proef import run_proef, start_proef
from triage.services.protocol import add_rule, copy_protocol
from triage.status import ProtocolStatus

SAMEN = {"uitkomst": Uitkomst.OVERLEG.value, "bord": Bord.GEZAMENLIJK.value}


def protocol(dorp: Dorp) -> None:
    kwartiermaker = dorp.team.kwartiermaker
    wie = {"actor": kwartiermaker, "at": dorp.nu}
    with als(kwartiermaker):
        concept = copy_protocol(versie=Protocolversie.objects.get(status=ProtocolStatus.ACTIEF), **wie)
        samen = read_regel({"naam": "Schulden in een gezin", "als": {"leeftijd_tot": 17}, "dan": SAMEN})
        concept = add_rule(versie=concept, regel=samen, na="", **wie)
        # Rule 11 says otherwise of the same children now: that is what the page has to say.
        dorp.ding["protocol_concept"] = concept
        ander = copy_protocol(versie=Protocolversie.objects.get(nummer=1), **wie)
        dorp.ding["protocolproef"] = start_proef(versie=ander, **wie)
    run_proef(proef_id=dorp.ding["protocolproef"].pk, clock=timezone.now)
    with als(kwartiermaker):
        dorp.ding["protocolproef_loopt"] = start_proef(versie=ander, **wie)
