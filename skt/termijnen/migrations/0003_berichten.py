"""Het dagelijkse bericht over termijnen: wie het wil en hoe laat, en een rij per verzonden bericht.

Lock 2: ieder leest en schrijft de eigen voorkeur; de berichten schrijft alleen de taak.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import IK, Protect


class Migration(migrations.Migration):
    dependencies = [
        ("autorisatie", "0010_samenvoegen"),
        ("termijnen", "0002_termijnsoorten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Berichtvoorkeur",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aan", models.BooleanField(default=True, verbose_name="stuur mij op werkdagen een bericht")),
                ("uur", models.PositiveSmallIntegerField(default=7, help_text="Vanaf dit uur (Amsterdam).")),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="berichtvoorkeur",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "berichtvoorkeuren",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("uur__gte", 6), ("uur__lte", 17)),
                        name="berichtvoorkeur_in_de_werkdag",
                        violation_error_message="Kies een uur tussen 6 en 17.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Termijnbericht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("dag", models.DateField()),
                ("verlopen", models.PositiveIntegerField()),
                ("bijna", models.PositiveIntegerField()),
                ("gemaakt_op", models.DateTimeField()),
                ("verzonden_op", models.DateTimeField(blank=True, null=True)),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "termijnberichten",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("medewerker", "dag"),
                        name="termijnbericht_een_per_dag",
                        violation_error_message="Voor deze dag is er al een bericht.",
                    )
                ],
            },
        ),
        Protect(
            "termijnen_berichtvoorkeur",
            read=f"medewerker_id = {IK}",
            insert=f"medewerker_id = {IK}",
            update=f"medewerker_id = {IK}",
        ),
        Protect("termijnen_termijnbericht", read=f"medewerker_id = {IK}", insert="false", update="false"),
    ]
