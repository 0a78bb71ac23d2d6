"""Alleen de termijn van een aanvraag mag stilstaan, zolang die niet compleet is (Awb 4:15)."""

from django.db import migrations, models

AAN = "UPDATE termijnen_termijnsoort SET opschortbaar = true WHERE code IN ('WMO-BESL', 'JW-BESL');"


class Migration(migrations.Migration):
    dependencies = [
        ("termijnen", "0003_berichten"),
    ]

    operations = [
        migrations.AddField(
            model_name="termijnsoort",
            name="opschortbaar",
            field=models.BooleanField(
                default=False, help_text="Mag stilstaan zolang de aanvraag niet compleet is (Awb 4:15)."
            ),
        ),
        migrations.RunSQL(AAN, migrations.RunSQL.noop),
    ]
