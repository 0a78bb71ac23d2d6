"""A trial tells when it was last worked on, so that one whose worker was killed can be told from one that runs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("triage", "0014_plafond_samen")]

    operations = [
        migrations.AddField(
            model_name="protocolproef",
            name="gezien_op",
            field=models.DateTimeField(
                blank=True, help_text="Wanneer de achtergrond er het laatst aan werkte.", null=True
            ),
        ),
    ]
