"""Samenvoegen per veld, een stilliggend gesprek overnemen, en standaardteksten.

Lock 2: a running draft that lies still for fifteen minutes may be read and taken by a colleague at the loket (one joint
loket, domein 4), and only onto that colleague's own name; the first lock says the same (intake.take_concept).
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from skt.autorisatie.rls import AAN_HET_LOKET, IK

STIL = (
    f"{AAN_HET_LOKET} AND verwerkt_op IS NULL AND weggegooid_op IS NULL"
    " AND bewaard_op < statement_timestamp() - interval '15 minutes'"
)

TEKSTEN = {
    "Terugbellen afgesproken": "Afgesproken: wij bellen terug. De beller is overdag bereikbaar op het genoemde nummer.",
    "Nummer gegeven": "Telefoonnummer en openingstijden gegeven. De beller neemt zelf contact op.",
    "Cliëntondersteuning genoemd": "Verteld dat gratis, onafhankelijke cliëntondersteuning kan, ook voor de mantelzorger.",
    "Eigen plan kan": "Verteld dat een eigen plan kan, binnen zeven dagen na vandaag.",
    "Huisarts eerst": "Geadviseerd om eerst de huisarts te bellen. Bij gevaar: 112.",
    "Bel gerust weer": "Gezegd: lukt het niet, of verandert er iets, bel dan gerust weer.",
}


def add_teksten(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("intake", "Standaardtekst").objects.using(schema_editor.connection.alias)
    for titel, tekst in TEKSTEN.items():
        rows.create(titel=titel, tekst=tekst, gewijzigd_op=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0012_bekend_of_nieuw"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="concept",
            name="veldversies",
            field=models.JSONField(
                default=dict,
                help_text="Per veld de versie waarin het voor het laatst veranderde; zo voegen we samen.",
            ),
        ),
        migrations.RunSQL(
            f"CREATE POLICY intake_concept_stil_lezen ON intake_concept FOR SELECT USING ({STIL});"
            f"CREATE POLICY intake_concept_overnemen ON intake_concept FOR UPDATE USING ({STIL})"
            f" WITH CHECK (medewerker_id = {IK});",
            "DROP POLICY intake_concept_overnemen ON intake_concept;"
            "DROP POLICY intake_concept_stil_lezen ON intake_concept;",
        ),
        migrations.CreateModel(
            name="Standaardtekst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("titel", models.CharField(max_length=60, unique=True)),
                ("tekst", models.TextField(max_length=1000)),
                ("in_gebruik", models.BooleanField(default=True)),
                ("gewijzigd_op", models.DateTimeField()),
                (
                    "gewijzigd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name_plural": "standaardteksten"},
        ),
        migrations.RunPython(add_teksten, migrations.RunPython.noop),
    ]
