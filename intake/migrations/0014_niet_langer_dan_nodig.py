"""A closed outreach list is really emptied on its day, and so is a draft that ended: by the system, and by nobody else.

A running draft stays unseen by the system too.
"""

from django.db import migrations, models

from skt.autorisatie.rls import SYSTEEM

AFGELOPEN = f"{SYSTEEM} AND (verwerkt_op IS NOT NULL OR weggegooid_op IS NOT NULL)"


class Migration(migrations.Migration):
    dependencies = [("intake", "0013_niets_kwijt")]

    operations = [
        migrations.AddField(
            model_name="outreachlijst",
            name="gewist_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "CREATE POLICY intake_outreachpoging_wissen ON intake_outreachpoging FOR UPDATE"
            f" USING ({SYSTEEM}) WITH CHECK ({SYSTEEM})",
            "DROP POLICY intake_outreachpoging_wissen ON intake_outreachpoging",
        ),
        migrations.RunSQL(
            f"CREATE POLICY intake_concept_afgelopen ON intake_concept FOR SELECT USING ({AFGELOPEN});"
            f"CREATE POLICY intake_concept_legen ON intake_concept FOR UPDATE USING ({AFGELOPEN});",
            "DROP POLICY intake_concept_legen ON intake_concept;"
            "DROP POLICY intake_concept_afgelopen ON intake_concept;",
        ),
    ]
