"""Small indexes for what is rare and asked for often: emergencies and refusals."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("verantwoording", "0002_keten")]

    operations = [
        migrations.AddIndex(
            model_name="regel",
            index=models.Index(
                condition=models.Q(noodtoegang=True), fields=["-tijdstip", "-id"], name="regel_noodtoegang"
            ),
        ),
        migrations.AddIndex(
            model_name="regel",
            index=models.Index(
                condition=models.Q(soort="geweigerd"), fields=["-tijdstip", "-id"], name="regel_geweigerd"
            ),
        ),
    ]
