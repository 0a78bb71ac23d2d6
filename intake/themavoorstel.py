"""Welke thema's u waarschijnlijk kiest, uit de woorden van de beller. Een voorstel is een chip; u vinkt hem zelf aan."""

import re
from collections.abc import Iterable

from skt.kern.keuzelijsten import Thema

PLAATS = 3
"""So many chips fit in one row: chosen ones first, then proposals."""
VAAK = (Thema.OUDEREN, Thema.MANTELZORG, Thema.SCHULDEN)
"""Wat het loket het meest kiest, zolang er nog niets is opgeschreven [V]."""

WOORDEN: dict[Thema, str] = {
    Thema.PSYCHOSOCIAAL: r"somber|depress|angst|paniek|slaap|piekeren|verslav|drinkt|drank|gamen|verward|overspannen|burn",
    Thema.SCHULDEN: r"schuld|geld|huurachterstand|deurwaarder|incasso|uitkering|bijstand|toeslag|rekening|afgesloten|kindpakket",
    Thema.OPVOEDING: r"opvoed|peuter|kleuter|puber|driftig|luistert niet|bijt|gedrag|onze zoon|onze dochter",
    Thema.PARTICIPATIE: r"eenzaam|alleen|gezelschap|contact|vrijwilliger|werk zoek|taal|nederlands leren|vrije tijd|vereniging",
    Thema.ONTWIKKELING: r"school|leraar|juf|meester|studie|leerplicht|spijbel|leerling",
    Thema.RELATIE: r"scheid|gescheiden|ex-|ruzie|relatie|omgang|echtgenoot",
    Thema.BEZORGDHEID: r"bezorgd|zorgen over|maak me zorgen|buurman|buurvrouw|buren|verwaarlo|mishandel|schreeuw",
    Thema.WONEN: r"huisvesting|ontruim|dakloos|woning|kamer|beschermd wonen|urgentie",
    Thema.OUDEREN: r"moeder|vader|\bma\b|\bpa\b|opa|oma|dement|vergeet|trap|gevallen|val alarm|huishouden|thuiszorg",
    Thema.JEUGDHULP: r"jeugdhulp|pleeg|kinderbescherming|jeugdzorg|gezinscoach",
    Thema.MANTELZORG: r"mantelzorg|zorg voor mijn|regel alles|ik doe alles|overbelast|houd het niet vol",
}
PATRONEN = {thema: re.compile(rf"(?<!\w)(?:{woorden})", re.IGNORECASE) for thema, woorden in WOORDEN.items()}


def propose_themas(tekst: str, gekozen: Iterable[str] = ()) -> list[str]:
    """The themas that the text points to most and that weren't chosen yet, as far as there is PLAATS."""
    chosen = set(gekozen)
    room = max(0, PLAATS - len(chosen))
    if not tekst.strip():
        return [thema.value for thema in VAAK if thema.value not in chosen][:room]
    hits = {
        thema: len(patroon.findall(tekst)) for thema, patroon in PATRONEN.items() if thema.value not in chosen
    }
    best = sorted((thema for thema, aantal in hits.items() if aantal), key=lambda thema: -hits[thema])
    return [thema.value for thema in best[:room]]
