"""Toelichtingen van het beleid, en inwoners per gebied van het CBS, met hun slot.

Neither is about a resident. A toelichting is only ever added, by a beleidsmedewerker and in their own name.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import WIE, Protect, Revoke

BELEID = "(SELECT skt_heeft_rol('beleidsmedewerker'))"
LEZERS = "(SELECT skt_heeft_rol('beleidsmedewerker', 'teamcoordinator', 'kwartiermaker'))"
INLEZERS = "(SELECT skt_heeft_rol('functioneel_beheerder', 'kwartiermaker'))"


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("rapportage", "0004_smalle_bron"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bevolking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("jaar", models.PositiveSmallIntegerField()),
                (
                    "gebied",
                    models.CharField(
                        choices=[
                            ("centrum", "Centrum-dorp"),
                            ("oostdorp", "Oostdorp en Zijlwatering"),
                            ("polder", "Deijleroord, Maaldrift en polder"),
                            ("duinrell", "Rijksdorp en Duinrell"),
                            ("kieviet", "De Kieviet en Oud-Wassenaar"),
                            ("kerkehout", "Kerkehout en Meijendel"),
                        ],
                        max_length=20,
                    ),
                ),
                ("inwoners", models.PositiveIntegerField()),
                ("ingelezen_op", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "bevolkingscijfers",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jaar", "gebied"),
                        name="bevolking_een_per_jaar",
                        violation_error_message="Van dit gebied staan de inwoners van dit jaar er al.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Toelichting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figuur", models.SlugField(max_length=80)),
                (
                    "periode",
                    models.CharField(
                        choices=[("maand", "Maand"), ("kwartaal", "Kwartaal"), ("jaar", "Jaar")],
                        max_length=10,
                    ),
                ),
                (
                    "begin",
                    models.DateField(help_text="De eerste dag van de maand, het kwartaal of het jaar."),
                ),
                ("versie", models.PositiveSmallIntegerField()),
                ("tekst", models.TextField(blank=True)),
                ("geschreven_op", models.DateTimeField()),
                (
                    "geschreven_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "toelichtingen",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("figuur", "periode", "begin", "versie"),
                        name="toelichting_versie_uniek",
                        violation_error_message="Een collega heeft dit net opgeslagen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("versie__gte", 1)),
                        name="toelichting_versie_vanaf_een",
                        violation_error_message="Versies tellen vanaf 1.",
                    ),
                ],
            },
        ),
        Protect(
            "rapportage_toelichting",
            read=LEZERS,
            insert=f"{BELEID} AND geschreven_door_id = {WIE}",
        ),
        Revoke("UPDATE", "rapportage_toelichting"),
        # Numbers of the CBS: anybody may read them.
        Protect("rapportage_bevolking", read="true", insert=INLEZERS, update=INLEZERS),
    ]
