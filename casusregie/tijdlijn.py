"""Wat er in een casus gebeurde, op volgorde; en wat de melding ervóór daarvan laat zien."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import reverse

from casusregie.models import Actie, Betrokkenheid, Casus, Doel, Nazorg, Notitie, Regietoewijzing, Schaling
from casusregie.status import DoelStatus
from intake.models import Melding
from intake.tijdlijn import Gebeurtenis


def casussen_of_melding(melding: Melding) -> Iterable[Gebeurtenis]:
    """Voor de melding: dat er een casus is. Row-level security laat alleen zien wat wie nu kijkt mag zien."""
    for casus in Casus.objects.filter(melding=melding):
        url = reverse("casusregie:casus_detail", args=[casus.nummer])
        yield Gebeurtenis(casus.geopend_op, f"Casus {casus.nummer} geopend", "mensen", url=url, zwaar=True)
        if casus.gesloten_op:
            yield Gebeurtenis(casus.gesloten_op, f"Casus {casus.nummer} afgesloten", "vink", url=url)


SOORTEN = (
    ("notities", "Notities"), ("acties", "Acties"), ("doelen", "Doelen"), ("regie", "Regie"), ("nazorg", "Nazorg"),
)  # fmt: skip
"""Waarop de tijdlijn te filteren is."""
BRONNEN = {
    "notities": ["notitie"],
    "acties": ["actie"],
    "doelen": ["doel", "uitkomst"],
    "regie": ["regie", "schaling", "erbij", "eraf"],
    "nazorg": ["nazorg"],
}
ALLES = ["geopend", "gesloten", *(bron for bronnen in BRONNEN.values() for bron in bronnen)]

# One list of moments over all tables; the rows themselves are fetched for the page that is shown. The cursor is a row of
# the list, not a moment: two things at the same second are both shown, once.
MOMENTEN = """
    WITH momenten AS (
        SELECT c.geopend_op AS op, 'geopend' AS bron, c.id FROM casusregie_casus c WHERE c.id = %(casus)s
        UNION ALL SELECT c.gesloten_op, 'gesloten', c.id FROM casusregie_casus c
                   WHERE c.id = %(casus)s AND c.gesloten_op IS NOT NULL
        UNION ALL SELECT n.geschreven_op, 'notitie', n.id FROM casusregie_notitie n WHERE n.casus_id = %(casus)s
        UNION ALL SELECT a.afgerond_op, 'actie', a.id FROM casusregie_actie a
                   WHERE a.casus_id = %(casus)s AND a.status <> 'open'
        UNION ALL SELECT d.gezet_op, 'doel', d.id FROM casusregie_doel d WHERE d.casus_id = %(casus)s
        UNION ALL SELECT d.afgerond_op, 'uitkomst', d.id FROM casusregie_doel d
                   WHERE d.casus_id = %(casus)s AND d.afgerond_op IS NOT NULL
        UNION ALL SELECT r.van, 'regie', r.id FROM casusregie_regietoewijzing r WHERE r.casus_id = %(casus)s
        UNION ALL SELECT s.besloten_op, 'schaling', s.id FROM casusregie_schaling s WHERE s.casus_id = %(casus)s
        UNION ALL SELECT b.van, 'erbij', b.id FROM casusregie_betrokkenheid b WHERE b.casus_id = %(casus)s
        UNION ALL SELECT b.tot, 'eraf', b.id FROM casusregie_betrokkenheid b
                   WHERE b.casus_id = %(casus)s AND b.tot IS NOT NULL
        UNION ALL SELECT z.uitgevoerd_op, 'nazorg', z.id FROM casusregie_nazorg z
                   WHERE z.casus_id = %(casus)s AND z.uitgevoerd_op IS NOT NULL
    ), anker AS (
        SELECT m.op, m.bron, m.id FROM momenten m WHERE m.bron = %(na_bron)s AND m.id = %(na_id)s
    )
    SELECT m.bron, m.id FROM momenten m
     WHERE m.bron = ANY(%(bronnen)s)
       AND (NOT EXISTS (SELECT 1 FROM anker)
            OR (m.op, m.bron, m.id) < (SELECT k.op, k.bron, k.id FROM anker k))
     ORDER BY m.op DESC, m.bron DESC, m.id DESC LIMIT %(aantal)s
"""


@dataclass(frozen=True)
class Tijdlijn:
    """Eén bladzijde, nieuwste eerst; `volgende` is de plek waar de volgende begint (leeg: dit is het eind)."""

    items: list[Gebeurtenis]
    volgende: str = ""


def read_tijdlijn(casus: Casus, *, soort: str = "", na: str = "", aantal: int = 30) -> Tijdlijn:
    """Wat er gebeurde vóór de plek `na` (van een vorige bladzijde), of vanaf nu; een onbekende plek is: vanaf nu.

    Het kost ten hoogste negen queries, hoe lang de tijdlijn ook is.
    """
    bron, _, sleutel = na.partition("-")
    facts = {
        "casus": casus.pk,
        "bronnen": BRONNEN.get(soort, ALLES),
        "na_bron": bron,
        "na_id": int(sleutel) if sleutel.isdecimal() and len(sleutel) <= 18 else 0,
        "aantal": aantal + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(MOMENTEN, facts)
        gevonden: list[tuple[str, int]] = cursor.fetchall()
    getoond = gevonden[:aantal]
    rijen = _rows(casus, getoond)
    items = [MAKERS[bron](rijen[bron][pk]) for bron, pk in getoond]
    return Tijdlijn(items, "-".join(map(str, getoond[-1])) if len(gevonden) > aantal else "")


def _rows(casus: Casus, getoond: list[tuple[str, int]]) -> Mapping[str, Mapping[int, Any]]:
    """De rijen van één bladzijde, per bron in één query."""
    ids: dict[str, list[int]] = {}
    for bron, pk in getoond:
        ids.setdefault(TABEL_VAN.get(bron, bron), []).append(pk)
    querysets: dict[str, Any] = {
        "notitie": Notitie.objects.select_related("medewerker"),
        "actie": Actie.objects.select_related("medewerker"),
        "doel": Doel.objects.select_related("gezet_door"),
        "regie": Regietoewijzing.objects.select_related("medewerker", "organisatie"),
        "schaling": Schaling.objects.select_related("medewerker"),
        "betrokkenheid": Betrokkenheid.objects.select_related("organisatie"),
        "nazorg": Nazorg.objects.select_related("medewerker"),
    }
    tabellen: dict[str, Any] = {
        tabel: querysets[tabel].in_bulk(pks) if tabel in querysets else {casus.pk: casus}
        for tabel, pks in ids.items()
    }
    return {bron: tabellen.get(TABEL_VAN.get(bron, bron), {}) for bron in ALLES}


def _opened(casus: Casus) -> Gebeurtenis:
    return Gebeurtenis(casus.geopend_op, "Casus geopend", "mensen", str(casus.geopend_door or ""), zwaar=True)


def _closed(casus: Casus) -> Gebeurtenis:
    return Gebeurtenis(casus.gesloten_op or casus.geopend_op, "Casus afgesloten", "vink", zwaar=True)


def _notitie(notitie: Notitie) -> Gebeurtenis:
    return Gebeurtenis(notitie.geschreven_op, "Notitie", "notitie", str(notitie.medewerker), notitie.tekst)


def _actie(actie: Actie) -> Gebeurtenis:
    klaar = actie.status == Actie.Status.KLAAR
    wie = str(actie.medewerker or actie.get_uitvoerder_display())
    titel = f"{'Klaar' if klaar else 'Vervallen'}: {actie.wat}"
    return Gebeurtenis(
        actie.afgerond_op or actie.gemaakt_op, titel, "vink" if klaar else "kruis", wie, actie.toelichting
    )


def _doel(doel: Doel) -> Gebeurtenis:
    titel = f"Doel {doel.get_leefgebied_display().lower()}: van {doel.startscore} naar {doel.doelscore}"
    return Gebeurtenis(doel.gezet_op, titel, "plus", str(doel.gezet_door), doel.wat)


def _uitkomst(doel: Doel) -> Gebeurtenis:
    """Wie het opschreef staat in de verantwoording."""
    van = f"van {doel.startscore} naar {doel.eindscore}" if doel.eindscore else ""
    return Gebeurtenis(
        doel.afgerond_op or doel.gezet_op,
        f"Doel {doel.get_leefgebied_display().lower()} {doel.get_status_display().lower()}",
        "kruis" if doel.status == DoelStatus.VERVALLEN else "vink",
        van,
        "\n".join(filter(None, [doel.wat, doel.toelichting])),
    )


def _regie(regie: Regietoewijzing) -> Gebeurtenis:
    titel = f"{regie.get_soort_display()}: {regie.medewerker}"
    return Gebeurtenis(regie.van, titel, "mensen", str(regie.organisatie), regie.reden)


def _schaling(schaling: Schaling) -> Gebeurtenis:
    op = schaling.richting == Schaling.Richting.OP
    titel = "Opgeschaald naar procesregie" if op else "Afgeschaald naar casusregie"
    tekst = f"{schaling.get_aanleiding_display()}. Besproken met: {schaling.besproken_met}."
    return Gebeurtenis(
        schaling.besloten_op,
        titel,
        "omhoog" if op else "omlaag-lijn",
        str(schaling.medewerker),
        f"{tekst} {schaling.toelichting}".strip(),
        zwaar=True,
    )


def _joined(deel: Betrokkenheid) -> Gebeurtenis:
    return Gebeurtenis(deel.van, f"{deel.organisatie} doet mee", "plus", tekst=deel.rol)


def _left(deel: Betrokkenheid) -> Gebeurtenis:
    return Gebeurtenis(deel.tot or deel.van, f"{deel.organisatie} doet niet meer mee", "kruis")


def _nazorg(nazorg: Nazorg) -> Gebeurtenis:
    titel = f"Nazorg: {nazorg.get_resultaat_display().lower()}"
    return Gebeurtenis(
        nazorg.uitgevoerd_op,  # type: ignore[arg-type]  # the list of moments only holds what was done
        titel,
        "bel",
        str(nazorg.medewerker),
        nazorg.toelichting,
    )


TABEL_VAN = {
    "uitkomst": "doel",
    "geopend": "casus",
    "gesloten": "casus",
    "erbij": "betrokkenheid",
    "eraf": "betrokkenheid",
}
MAKERS: dict[str, Callable[[Any], Gebeurtenis]] = {
    "geopend": _opened,
    "gesloten": _closed,
    "notitie": _notitie,
    "actie": _actie,
    "doel": _doel,
    "uitkomst": _uitkomst,
    "regie": _regie,
    "schaling": _schaling,
    "erbij": _joined,
    "eraf": _left,
    "nazorg": _nazorg,
}
