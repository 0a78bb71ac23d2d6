"""A term that stands still doesn't count as running; a duty that is done may be written down by whoever belongs to the melding.

The worklist of triage reads the running term from the melding itself: that one now lets go of what is suspended, and takes it up
again. A duty (eenheid ‘geen’) is met at once, also when the melding is closed already, as with the answer to a naaste (Wvggz 5:2).
"""

from django.db import migrations

from skt.autorisatie.rls import SYSTEEM, TERUG

LOOPT = "x.voldaan_op IS NULL"
LOOPT_EN_STAAT_NIET_STIL = f"{LOOPT} AND x.opgeschort_op IS NULL"


def _functie(loopt: str) -> str:
    """The function of 0016 with another condition; its owner and grants stay."""
    return f"""
CREATE OR REPLACE FUNCTION intake_termijn_naar_melding() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp AS $functie$
DECLARE _vorige text := coalesce(current_setting('skt.context', true), '');
BEGIN
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    UPDATE intake_melding m SET eerste_termijn = t.eerst
      FROM (SELECT min(x.uiterlijk) AS eerst FROM intake_meldingtermijn x
             WHERE x.melding_id = NEW.melding_id AND {loopt}) t
     WHERE m.id = NEW.melding_id AND m.eerste_termijn IS DISTINCT FROM t.eerst;
    {TERUG}
    RETURN NULL;
END $functie$;
"""


def _trigger(kolommen: str) -> str:
    return f"""
DROP TRIGGER meldingtermijn_naar_melding ON intake_meldingtermijn;
CREATE TRIGGER meldingtermijn_naar_melding AFTER INSERT OR UPDATE OF {kolommen} ON intake_meldingtermijn
    FOR EACH ROW EXECUTE FUNCTION intake_termijn_naar_melding();
"""


def _vullen(loopt: str) -> str:
    tabellen = ("intake_melding", "intake_meldingtermijn")
    return f"""
{"".join(f"ALTER TABLE {tabel} NO FORCE ROW LEVEL SECURITY;" for tabel in tabellen)}
ALTER TABLE intake_melding DISABLE TRIGGER a_intake_melding_afgeleid_werk;
UPDATE intake_melding m SET eerste_termijn = t.eerst
  FROM (SELECT s.melding_id, min(x.uiterlijk) AS eerst FROM intake_meldingtermijn s
          LEFT JOIN intake_meldingtermijn x ON x.melding_id = s.melding_id AND {loopt}
         WHERE s.opgeschort_op IS NOT NULL GROUP BY s.melding_id) t
 WHERE m.id = t.melding_id AND m.eerste_termijn IS DISTINCT FROM t.eerst;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE intake_melding ENABLE TRIGGER a_intake_melding_afgeleid_werk;
{"".join(f"ALTER TABLE {tabel} FORCE ROW LEVEL SECURITY;" for tabel in tabellen)}
"""


SCHRIJFT = "skt_mag_melding_schrijven(melding_id)"
OOK_EEN_PLICHT = f"""{SCHRIJFT} OR (voldaan_op IS NOT NULL AND skt_hoort_bij_melding(melding_id) AND EXISTS (
    SELECT 1 FROM termijnen_termijnsoort s WHERE s.code = soort_id AND s.eenheid = 'geen'
))"""


def _toevoegen(wie: str) -> str:
    return f"ALTER POLICY intake_meldingtermijn_toevoegen ON intake_meldingtermijn WITH CHECK ({SYSTEEM} OR ({wie}));"


class Migration(migrations.Migration):
    dependencies = [("intake", "0019_termijnen_na_sluiten"), ("termijnen", "0004_opschorten")]

    operations = [
        migrations.RunSQL(_functie(LOOPT_EN_STAAT_NIET_STIL), _functie(LOOPT)),
        migrations.RunSQL(
            _trigger("uiterlijk, voldaan_op, opgeschort_op"), _trigger("uiterlijk, voldaan_op")
        ),
        migrations.RunSQL(_vullen(LOOPT_EN_STAAT_NIET_STIL), _vullen(LOOPT)),
        migrations.RunSQL(_toevoegen(OOK_EEN_PLICHT), _toevoegen(SCHRIJFT)),
    ]
