"""Rapporten aan de raad: hoever ze zijn, en hun bestand dat nooit meer verandert. Niet over een inwoner.

Policy asks and stops, in their own name; only the task writes the file, once.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import WIE, Protect, Revoke

BELEID = "(SELECT skt_heeft_rol('beleidsmedewerker'))"
LEZERS = "(SELECT skt_heeft_rol('beleidsmedewerker', 'teamcoordinator', 'kwartiermaker'))"
BEVROREN = """
CREATE TRIGGER raadsrapportbestand_bevroren BEFORE UPDATE OR DELETE ON rapportage_raadsrapportbestand
    FOR EACH STATEMENT EXECUTE FUNCTION rapportage_weiger();
"""
BEVROREN_TERUG = "DROP TRIGGER raadsrapportbestand_bevroren ON rapportage_raadsrapportbestand;"


class Migration(migrations.Migration):
    dependencies = [
        ("rapportage", "0006_meer_te_tellen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Raadsrapport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "periode",
                    models.CharField(
                        choices=[("maand", "Maand"), ("kwartaal", "Kwartaal"), ("jaar", "Jaar")],
                        max_length=10,
                    ),
                ),
                ("begin", models.DateField(help_text="De eerste dag van het kwartaal of het jaar.")),
                ("versie", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("wacht", "Wacht"),
                            ("bezig", "Bezig"),
                            ("gestopt", "Gestopt"),
                            ("klaar", "Klaar"),
                            ("mislukt", "Mislukt"),
                        ],
                        default="wacht",
                        max_length=10,
                    ),
                ),
                (
                    "stap",
                    models.CharField(blank=True, help_text="Waar de taak nu aan werkt.", max_length=100),
                ),
                ("gedaan", models.PositiveSmallIntegerField(default=0)),
                ("stop_gevraagd", models.BooleanField(default=False)),
                ("fout", models.CharField(blank=True, max_length=300)),
                ("gevraagd_op", models.DateTimeField()),
                ("klaar_op", models.DateTimeField(blank=True, null=True)),
                (
                    "inhoud_sha256",
                    models.CharField(blank=True, help_text="Van cijfers en toelichtingen.", max_length=64),
                ),
                ("sha256", models.CharField(blank=True, help_text="Van het PDF-bestand.", max_length=64)),
                ("grootte", models.PositiveIntegerField(default=0, help_text="In bytes.")),
                (
                    "toelichtingen",
                    models.PositiveSmallIntegerField(default=0, help_text="Zoveel staan er in."),
                ),
                (
                    "gevraagd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "raadsrapporten",
            },
        ),
        migrations.CreateModel(
            name="Raadsrapportbestand",
            fields=[
                (
                    "rapport",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="bestand",
                        serialize=False,
                        to="rapportage.raadsrapport",
                    ),
                ),
                ("pdf", models.BinaryField()),
            ],
            options={
                "verbose_name_plural": "bestanden van raadsrapporten",
            },
        ),
        migrations.AddIndex(
            model_name="raadsrapport",
            index=models.Index(fields=["-gevraagd_op", "-id"], name="raadsrapport_gevraagd"),
        ),
        migrations.AddConstraint(
            model_name="raadsrapport",
            constraint=models.UniqueConstraint(
                fields=("periode", "begin", "versie"),
                name="raadsrapport_een_per_versie",
                violation_error_message="Een collega heeft dit rapport net gevraagd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="raadsrapport",
            constraint=models.CheckConstraint(
                condition=models.Q(("periode__in", ["kwartaal", "jaar"])),
                name="raadsrapport_kwartaal_of_jaar",
                violation_error_message="Een rapport gaat over een kwartaal of een jaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="raadsrapport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("grootte__gt", 0),
                        ("klaar_op__isnull", False),
                        ("status", "klaar"),
                        models.Q(("sha256", ""), _negated=True),
                        models.Q(("inhoud_sha256", ""), _negated=True),
                    ),
                    models.Q(models.Q(("status", "klaar"), _negated=True), ("grootte", 0), ("sha256", "")),
                    _connector="OR",
                ),
                name="raadsrapport_klaar_heeft_bestand",
                violation_error_message="Een klaar rapport heeft een bestand, en alleen een klaar rapport.",
            ),
        ),
        Protect(
            "rapportage_raadsrapport",
            read=LEZERS,
            insert=f"{BELEID} AND gevraagd_door_id = {WIE} AND status = 'wacht'",
            update=BELEID,
            update_check=f"{BELEID} AND status <> 'klaar'",
        ),
        Protect("rapportage_raadsrapportbestand", read=LEZERS, insert="false"),
        Revoke("UPDATE", "rapportage_raadsrapportbestand"),
        migrations.RunSQL(BEVROREN, BEVROREN_TERUG),
    ]
