"""Een rapport aan de raad dat de taak zelf maakte, als concept, heeft niemand die erom vroeg."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Back again a draft needs somebody. The owner is under row-level security too (FORCE): it is lifted for this one statement.
IEMAND = """
ALTER TABLE rapportage_raadsrapport NO FORCE ROW LEVEL SECURITY;
UPDATE rapportage_raadsrapport SET gevraagd_door_id = (SELECT min(id) FROM medewerkers_medewerker) WHERE gevraagd_door_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE rapportage_raadsrapport FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0009_contacten_en_kosten")]

    operations = [
        migrations.AlterField(
            model_name="raadsrapport",
            name="gevraagd_door",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg: vanzelf gemaakt, als concept.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, IEMAND),
    ]
