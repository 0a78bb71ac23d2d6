"""Who knows the family doesn't see the melding any more, whatever their role allows. triage keeps who that is."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from skt.autorisatie.rls import GuardDerived, HideFrom

# Functions of the database write meldingen too, and know nothing of this column.
KENT_NIET = """
ALTER TABLE intake_melding ALTER COLUMN verborgen_voor SET DEFAULT '{}';
ALTER TABLE intake_melding ADD CONSTRAINT keten_wie_kent_gezin_beslist_niet
    CHECK (verantwoordelijke_id IS NULL OR NOT (verantwoordelijke_id = ANY(verborgen_voor)));
"""
KENT_NIET_TERUG = """
ALTER TABLE intake_melding DROP CONSTRAINT keten_wie_kent_gezin_beslist_niet;
ALTER TABLE intake_melding ALTER COLUMN verborgen_voor DROP DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0016_werkvoorraad_van_triage")]

    operations = [
        migrations.AddField(
            model_name="melding",
            name="verborgen_voor",
            field=ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                editable=False,
                help_text="Wie dit gezin kent: voor hen bestaat de melding niet, wat hun rol verder ook mag.",
                size=None,
            ),
        ),
        GuardDerived("intake_melding", "verborgen_voor", naam="verborgen"),
        HideFrom("intake_melding", "verborgen_voor"),
        migrations.RunSQL(KENT_NIET, KENT_NIET_TERUG),
    ]
