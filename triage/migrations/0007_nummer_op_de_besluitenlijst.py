"""Een besluit houdt het nummer van zijn melding: die kan daarna dicht zijn voor wie de besluitenlijst leest."""

from django.db import migrations, models

# The owner is under row-level security too (FORCE), so it is lifted for this one statement; this transaction holds the lock.
VULLEN = """
ALTER TABLE triage_agendapunt NO FORCE ROW LEVEL SECURITY;
ALTER TABLE triage_aanmelding NO FORCE ROW LEVEL SECURITY;
ALTER TABLE intake_melding NO FORCE ROW LEVEL SECURITY;
UPDATE triage_agendapunt p SET nummer = m.nummer
  FROM triage_aanmelding a JOIN intake_melding m ON m.id = a.melding_id
 WHERE a.id = p.aanmelding_id AND p.besluit <> '';
ALTER TABLE intake_melding FORCE ROW LEVEL SECURITY;
ALTER TABLE triage_aanmelding FORCE ROW LEVEL SECURITY;
ALTER TABLE triage_agendapunt FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0003_verwijzen_naar_wat_men_ziet")]

    operations = [
        migrations.AddField(
            model_name="agendapunt",
            name="nummer",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                help_text="Van de melding, bij het besluit bewaard: zo klopt de besluitenlijst ook als de melding dicht is.",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(VULLEN, migrations.RunSQL.noop),
    ]
