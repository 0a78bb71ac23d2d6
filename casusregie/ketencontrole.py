"""De sluitende keten nagelezen (domein 5): wat nu niet klopt, los van de triggers die het tegenhouden.

Elke vraag geeft (nummer van de invariant, wat, nummer van het dossier, wat eraan mankeert). Stel ze als het
systeem: wie maar een deel van de dossiers ziet, ziet ook maar een deel van de schendingen.
"""

from dataclasses import dataclass

from django.db import connection

LOOPT = """EXISTS (SELECT 1 FROM medewerkers_plaatsing p WHERE p.medewerker_id = {wie}{bij}
    AND p.van <= skt_vandaag() AND (p.tot IS NULL OR p.tot > skt_vandaag()))"""


def _loopt(wie: str, bij: str = "") -> str:
    return LOOPT.format(wie=wie, bij=f" AND p.moederorganisatie_id = {bij}" if bij else "")


MELDINGEN = f"""
    SELECT 1, 'melding', m.nummer, CASE
        WHEN m.verantwoordelijke_id IS NULL AND m.verantwoordelijk_team_id IS NULL THEN 'is van niemand'
        WHEN m.verantwoordelijke_id IS NOT NULL AND m.verantwoordelijk_team_id IS NOT NULL
            THEN 'is van twee tegelijk'
        WHEN m.volgende_stap = '' THEN 'heeft geen volgende stap'
        WHEN m.uiterlijk IS NULL THEN 'heeft geen uiterlijke datum'
        ELSE 'is van iemand zonder lopende plaatsing' END
      FROM intake_melding m
     WHERE m.status <> 'gesloten'
       AND ((m.verantwoordelijke_id IS NULL) = (m.verantwoordelijk_team_id IS NULL)
            OR m.volgende_stap = '' OR m.uiterlijk IS NULL
            OR (m.verantwoordelijke_id IS NOT NULL AND NOT {_loopt("m.verantwoordelijke_id")}))
"""

REGIE = f"""
    SELECT 2, 'casus', c.nummer, 'heeft niet precies één casusregisseur van een betrokken organisatie'
      FROM casusregie_casus c
     WHERE c.status <> 'afgesloten'
       AND (SELECT count(*) FROM casusregie_regietoewijzing r
             WHERE r.casus_id = c.id AND r.soort = 'casusregie' AND r.tot IS NULL
               AND {_loopt("r.medewerker_id", "r.organisatie_id")}
               AND EXISTS (SELECT 1 FROM casusregie_betrokkenheid b WHERE b.casus_id = c.id
                            AND b.organisatie_id = r.organisatie_id AND b.tot IS NULL)) <> 1
"""

VOLGENDE_STAP = """
    SELECT 2, 'casus', c.nummer, 'heeft geen open actie of geplande nazorg'
      FROM casusregie_casus c
     WHERE c.status <> 'afgesloten'
       AND NOT EXISTS (SELECT 1 FROM casusregie_actie a WHERE a.casus_id = c.id AND a.status = 'open')
       AND NOT EXISTS (SELECT 1 FROM casusregie_nazorg n WHERE n.casus_id = c.id AND n.uitgevoerd_op IS NULL)
"""

PROCESREGIE = f"""
    SELECT 3, 'casus', c.nummer, CASE WHEN c.regieniveau = 'procesregie'
           THEN 'is opgeschaald zonder precies één procesregisseur'
           ELSE 'heeft een procesregisseur zonder opschaling' END
      FROM casusregie_casus c
     WHERE c.status <> 'afgesloten'
       AND (SELECT count(*) FROM casusregie_regietoewijzing r
             WHERE r.casus_id = c.id AND r.soort = 'procesregie' AND r.tot IS NULL
               AND {_loopt("r.medewerker_id", "r.organisatie_id")})
           <> CASE WHEN c.regieniveau = 'procesregie' THEN 1 ELSE 0 END
"""

NAZORG = """
    SELECT 4, 'casus', c.nummer, 'is gesloten zonder nazorg waarin de inwoner zich redt'
      FROM casusregie_casus c
     WHERE c.status = 'afgesloten'
       AND (SELECT n.resultaat FROM casusregie_nazorg n
             WHERE n.casus_id = c.id AND n.uitgevoerd_op IS NOT NULL
             ORDER BY n.uitgevoerd_op DESC, n.id DESC LIMIT 1) IS DISTINCT FROM 'redt zich zonder hulp'
"""

OVERLEG = """
    SELECT 5, 'melding', m.nummer, 'staat niet op precies één komend aanmeldoverleg'
      FROM triage_aanmelding a JOIN intake_melding m ON m.id = a.melding_id
     WHERE a.status IN ('voor_overleg', 'aangehouden')
       AND (SELECT count(*) FROM triage_agendapunt p JOIN triage_overleg o ON o.id = p.overleg_id
             WHERE p.aanmelding_id = a.id AND p.besluit = '' AND o.status = 'gepland') <> 1
"""

VERTROKKEN = f"""
    SELECT 6, 'casus', c.nummer, 'heeft een open actie van iemand zonder lopende plaatsing'
      FROM casusregie_actie a JOIN casusregie_casus c ON c.id = a.casus_id
     WHERE a.status = 'open' AND c.status <> 'afgesloten' AND a.medewerker_id IS NOT NULL
       AND NOT {_loopt("a.medewerker_id")}
"""

VRAGEN = (MELDINGEN, REGIE, VOLGENDE_STAP, PROCESREGIE, NAZORG, OVERLEG, VERTROKKEN)
ALLES = " UNION ".join(VRAGEN) + " ORDER BY 1, 2, 3, 4"


@dataclass(frozen=True)
class Schending:
    """Eén invariant die voor één dossier niet houdt."""

    invariant: int
    soort: str
    nummer: str
    zin: str

    def __str__(self) -> str:
        return f"keten {self.invariant}: {self.soort} {self.nummer}: {self.zin}"


def find_violations() -> list[Schending]:
    """Alle schendingen van nu, op volgorde van de invarianten; leeg is goed."""
    with connection.cursor() as cursor:
        cursor.execute(ALLES)
        return [Schending(*row) for row in cursor.fetchall()]
