"""Een tijdelijk wachtwoord geeft nog geen rechten, en een gebruikersnaam is uniek zonder op hoofdletters te letten."""

import django.core.validators
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("medewerkers", "0002_organisaties_en_teams")]

    operations = [
        migrations.AddField(
            model_name="medewerker",
            name="wachtwoord_tijdelijk",
            field=models.BooleanField(
                default=False,
                help_text="Door de beheerder gegeven; tot de medewerker een eigen kiest, mag het account niets.",
            ),
        ),
        migrations.AlterField(
            model_name="medewerker",
            name="username",
            field=models.CharField(
                max_length=60,
                unique=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-z0-9]+([._-][a-z0-9]+)*\\Z",
                        "Gebruik kleine letters en cijfers, met een punt, streepje of liggend streepje ertussen.",
                    )
                ],
                verbose_name="gebruikersnaam",
            ),
        ),
        migrations.AddConstraint(
            model_name="medewerker",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="medewerker_gebruikersnaam_een_keer",
                violation_error_message="Deze gebruikersnaam bestaat al. Kies een andere.",
            ),
        ),
    ]
