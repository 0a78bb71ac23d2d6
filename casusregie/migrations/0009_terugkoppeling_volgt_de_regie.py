"""What a melder still has to hear is of who has the regie now, also where the regie was handed over before this release."""

from django.db import migrations

TABELLEN = ("triage_terugkoppeling", "casusregie_casus", "casusregie_regietoewijzing")
BIJWERKEN = f"""
{"".join(f"ALTER TABLE {tabel} NO FORCE ROW LEVEL SECURITY;" for tabel in TABELLEN)}
UPDATE triage_terugkoppeling t SET casusregisseur_id = r.medewerker_id
  FROM casusregie_casus c JOIN casusregie_regietoewijzing r ON r.casus_id = c.id AND r.soort = 'casusregie' AND r.tot IS NULL
 WHERE c.melding_id = t.melding_id AND t.status = 'te_doen' AND t.casusregisseur_id IS DISTINCT FROM r.medewerker_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
{"".join(f"ALTER TABLE {tabel} FORCE ROW LEVEL SECURITY;" for tabel in TABELLEN)}
"""


class Migration(migrations.Migration):
    dependencies = [("casusregie", "0008_werklast_gewogen"), ("triage", "0012_reeksen_en_terugkoppeling")]

    operations = [migrations.RunSQL(BIJWERKEN, migrations.RunSQL.noop)]
