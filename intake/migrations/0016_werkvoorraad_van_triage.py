"""Wat de werkvoorraad van triage per melding moet weten, in de melding zelf.

Under row-level security a term or an answer asks for its melding row by row (measured: 2,000 meldingen, 0.7 to 2 s). Two columns that
only triggers keep answer the same at once: the running term that ends first, and where the uitvraag found something needed.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from skt.autorisatie.rls import TERUG, CreateFunction

TERMIJN = f"""
    UPDATE intake_melding m SET eerste_termijn = t.eerst
      FROM (SELECT min(x.uiterlijk) AS eerst FROM intake_meldingtermijn x
             WHERE x.melding_id = NEW.melding_id AND x.voldaan_op IS NULL) t
     WHERE m.id = NEW.melding_id AND m.eerste_termijn IS DISTINCT FROM t.eerst;
    {TERUG}
    RETURN NULL;
"""

# Once per statement: eight answers come together.
NODIG = """
    UPDATE intake_melding m SET leefgebieden = t.nodig
      FROM (SELECT u.melding_id, coalesce(array_agg(a.leefgebied ORDER BY a.leefgebied) FILTER (WHERE a.score <= 3), '{}') AS nodig
              FROM intake_uitvraag u JOIN intake_antwoord a ON a.uitvraag_id = u.id
             %s GROUP BY u.melding_id) t
     WHERE m.id = t.melding_id AND m.leefgebieden IS DISTINCT FROM t.nodig;
"""
LEEFGEBIEDEN = f"""
    {NODIG % "WHERE u.id IN (SELECT n.uitvraag_id FROM nieuw n)"}
    {TERUG}
    RETURN NULL;
"""

# The guard of 0006 once more, for these two.
TRIGGERS = """
CREATE TRIGGER a_intake_melding_afgeleid_werk BEFORE INSERT OR UPDATE OF eerste_termijn, leefgebieden ON intake_melding
    FOR EACH ROW EXECUTE FUNCTION skt_bewaak_afgeleid('eerste_termijn', 'leefgebieden');
CREATE TRIGGER meldingtermijn_naar_melding AFTER INSERT OR UPDATE OF uiterlijk, voldaan_op ON intake_meldingtermijn
    FOR EACH ROW EXECUTE FUNCTION intake_termijn_naar_melding();
CREATE TRIGGER antwoord_nieuw_naar_melding AFTER INSERT ON intake_antwoord REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION intake_antwoord_naar_melding();
CREATE TRIGGER antwoord_anders_naar_melding AFTER UPDATE ON intake_antwoord REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION intake_antwoord_naar_melding();
"""
TRIGGERS_TERUG = """
DROP TRIGGER a_intake_melding_afgeleid_werk ON intake_melding;
DROP TRIGGER antwoord_anders_naar_melding ON intake_antwoord;
DROP TRIGGER antwoord_nieuw_naar_melding ON intake_antwoord;
DROP TRIGGER meldingtermijn_naar_melding ON intake_meldingtermijn;
"""

TABELLEN = ("intake_melding", "intake_meldingtermijn", "intake_uitvraag", "intake_antwoord")
VULLEN = f"""
{"".join(f"ALTER TABLE {tabel} NO FORCE ROW LEVEL SECURITY;" for tabel in TABELLEN)}
UPDATE intake_melding m SET eerste_termijn = t.eerst
  FROM (SELECT melding_id, min(uiterlijk) AS eerst FROM intake_meldingtermijn WHERE voldaan_op IS NULL GROUP BY melding_id) t
 WHERE m.id = t.melding_id;
{NODIG % ""}
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
{"".join(f"ALTER TABLE {tabel} FORCE ROW LEVEL SECURITY;" for tabel in TABELLEN)}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0015_netwerk"),
    ]

    operations = [
        migrations.AddField(
            model_name="melding",
            name="eerste_termijn",
            field=models.DateField(
                editable=False,
                help_text="Houdt de database bij: de lopende wettelijke termijn die het eerst afloopt.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="melding",
            name="leefgebieden",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                default=list,
                editable=False,
                help_text="Houdt de database bij: waar volgens de uitvraag iets nodig is (een score van ten hoogste 3).",
                size=None,
            ),
        ),
        # intake_ontvang_formulier writes a melding without knowing this column.
        migrations.RunSQL(
            "ALTER TABLE intake_melding ALTER COLUMN leefgebieden SET DEFAULT '{}'",
            "ALTER TABLE intake_melding ALTER COLUMN leefgebieden DROP DEFAULT",
        ),
        migrations.RunSQL(VULLEN, migrations.RunSQL.noop),
        CreateFunction("intake_termijn_naar_melding()", "trigger", TERMIJN, als_systeem=True),
        CreateFunction("intake_antwoord_naar_melding()", "trigger", LEEFGEBIEDEN, als_systeem=True),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
    ]
