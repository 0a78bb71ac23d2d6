"""The import of the old loket list: its job, its file (encrypted, the system's only), and what became of each row."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import MIJN_COORDINATIE, ORGANISATIES, Protect

# Whose contact it was, as with a closed melding (domein 4); and who coordinates the voorportaal, to judge what is doubtful.
LEZEN = f"""
    organisatie_id = ANY({ORGANISATIES})
    OR (SELECT EXISTS (
        SELECT 1 FROM medewerkers_team t WHERE t.soort = 'voorportaal' AND t.id = ANY({MIJN_COORDINATIE})
    ))
"""
# Only a beheerder or kwartiermaker hands over a file; afterwards nobody but the system opens it.
INLEZEN = "(SELECT skt_heeft_rol('functioneel_beheerder', 'kwartiermaker'))"


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0010_andere_deuren"),
        ("inwoners", "0001_initial"),
        ("medewerkers", "0003_tijdelijk_wachtwoord"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Loketlijst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("bestandsnaam", models.CharField(max_length=200)),
                ("grootte", models.PositiveIntegerField(help_text="In bytes.")),
                ("sha256", models.CharField(max_length=64)),
                ("jaar", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "wijze",
                    models.CharField(
                        choices=[("proef", "Proef"), ("uitvoeren", "Uitvoeren")],
                        default="proef",
                        max_length=10,
                    ),
                ),
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
                ("aangemaakt_op", models.DateTimeField()),
                ("begonnen_op", models.DateTimeField(blank=True, null=True)),
                ("klaar_op", models.DateTimeField(blank=True, null=True)),
                ("rijen", models.PositiveIntegerField(default=0)),
                (
                    "beoordeeld",
                    models.PositiveIntegerField(default=0, help_text="Zoveel rijen zijn er al beoordeeld."),
                ),
                ("over_te_nemen", models.PositiveIntegerField(default=0)),
                ("geschreven", models.PositiveIntegerField(default=0)),
                ("stonden_er_al", models.PositiveIntegerField(default=0)),
                ("totalen", models.JSONField(default=dict)),
                ("stop_gevraagd", models.BooleanField(default=False)),
                ("fout", models.CharField(blank=True, max_length=300)),
                (
                    "gestart_door",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leeg: vanaf de opdrachtregel.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "loketlijsten",
            },
        ),
        migrations.AddField(
            model_name="contactmoment",
            name="uit_oude_lijst",
            field=models.BooleanField(
                default=False,
                db_default=False,
                editable=False,
                help_text="Overgenomen uit de loketlijst van voor het SKT: geschiedenis, geen werk van dit loket.",
            ),
        ),
        migrations.CreateModel(
            name="Loketlijstinhoud",
            fields=[
                (
                    "lijst",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="inhoud",
                        serialize=False,
                        to="intake.loketlijst",
                    ),
                ),
                ("versleuteld", models.BinaryField(blank=True)),
                ("bewaard_op", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "inhoud van loketlijsten",
            },
        ),
        migrations.CreateModel(
            name="Loketlijstrij",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveIntegerField(help_text="Zoals Excel telt: de kopregel is 1.")),
                ("regel", models.PositiveIntegerField()),
                (
                    "uitkomst",
                    models.CharField(
                        choices=[
                            ("overnemen", "Overnemen"),
                            ("overnemen met waarschuwing", "Overnemen met waarschuwing"),
                            ("weigeren", "Weigeren"),
                            ("dubbel", "Dubbel"),
                            ("geen gegevensrij", "Geen gegevensrij"),
                        ],
                        max_length=30,
                    ),
                ),
                ("dubbel_van", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "redenen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("verwijst", models.JSONField(default=dict, help_text="Reden → de eerdere rij.")),
                (
                    "kern",
                    models.JSONField(
                        default=dict, help_text="Volgnummer, datum en naam, tot de rij geschreven is."
                    ),
                ),
                (
                    "cellen",
                    models.JSONField(
                        default=dict,
                        help_text="Wat er in een geweigerde rij stond, tot iemand haar heeft afgehandeld.",
                    ),
                ),
                (
                    "persoon",
                    models.CharField(
                        blank=True, help_text="Rijen met dezelfde code gaan over één mens.", max_length=12
                    ),
                ),
                (
                    "sleutel",
                    models.UUIDField(
                        blank=True,
                        help_text="Vingerafdruk van het contact: dezelfde in elk bestand waarin het staat.",
                        null=True,
                    ),
                ),
                ("stond_er_al", models.BooleanField(default=False)),
                ("ter_beoordeling", models.BooleanField(default=False)),
                ("beoordeeld_op", models.DateTimeField(blank=True, null=True)),
                (
                    "beoordeeld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contactmoment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.contactmoment",
                    ),
                ),
                (
                    "inwoner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inwoners.inwoner",
                    ),
                ),
                (
                    "lijkt_op",
                    models.ForeignKey(
                        blank=True,
                        help_text="Een bekende inwoner die het misschien is; niet zeker genoeg om te koppelen.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inwoners.inwoner",
                    ),
                ),
                (
                    "lijst",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regels",
                        to="intake.loketlijst",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.melding",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="medewerkers.moederorganisatie",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "loketlijstrijen",
            },
        ),
        migrations.AddIndex(
            model_name="loketlijst",
            index=models.Index(fields=["-aangemaakt_op", "-id"], name="loketlijst_aangemaakt"),
        ),
        migrations.AddIndex(
            model_name="loketlijst",
            index=models.Index(fields=["sha256"], name="loketlijst_sha256"),
        ),
        migrations.AddConstraint(
            model_name="loketlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["wacht", "bezig", "gestopt", "klaar", "mislukt"])),
                name="loketlijst_status_bestaat",
                violation_error_message="Kies een stand uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="loketlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(("wijze__in", ["proef", "uitvoeren"])),
                name="loketlijst_wijze_bestaat",
                violation_error_message="Kies proef of uitvoeren.",
            ),
        ),
        migrations.AddIndex(
            model_name="loketlijstrij",
            index=models.Index(fields=["lijst", "uitkomst", "nummer"], name="loketlijstrij_uitkomst"),
        ),
        migrations.AddIndex(
            model_name="loketlijstrij",
            index=models.Index(
                condition=models.Q(("ter_beoordeling", True)),
                fields=["lijst", "nummer"],
                name="loketlijstrij_oordeel",
            ),
        ),
        migrations.AddConstraint(
            model_name="loketlijstrij",
            constraint=models.UniqueConstraint(
                fields=("lijst", "nummer"),
                name="loketlijstrij_een_keer",
                violation_error_message="Deze rij staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="loketlijstrij",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "uitkomst__in",
                        ["overnemen", "overnemen met waarschuwing", "weigeren", "dubbel", "geen gegevensrij"],
                    )
                ),
                name="loketlijstrij_uitkomst_bestaat",
                violation_error_message="Kies een uitkomst uit de lijst.",
            ),
        ),
        Protect("intake_loketlijstinhoud", read="false", insert=INLEZEN, update="false"),
        Protect("intake_loketlijstrij", read=LEZEN, insert="false", update=LEZEN),
    ]
