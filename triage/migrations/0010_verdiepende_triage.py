"""De verdiepende triage: beurten, het gedeelde concept, de stappen van de meldcode, 0de lijn ernaast, en eigen filters.

A turn and a step belong to the melding; what is half typed is only for who may weigh it; a filter is only its owner's.
"""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import IK, TOEGANG, Grant, Protect

LEEST = "skt_mag_melding(melding_id)"
WEEGT = f"{TOEGANG} AND skt_mag_melding_schrijven(melding_id)"
EIGEN = f"medewerker_id = {IK}"


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0015_netwerk"),
        ("socialekaart", "0003_foutmeldingen"),
        ("triage", "0009_toekenning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Meldcodestap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stap",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1. Signalen in kaart"),
                            (2, "2. Overleg met een deskundige collega of Veilig Thuis"),
                            (3, "3. Gesprek met de betrokkene(n)"),
                            (4, "4. Wegen van het geweld"),
                            (5, "5. Beslissen over melden en hulp"),
                        ]
                    ),
                ),
                ("gedaan_op", models.DateField()),
                ("door", models.CharField(max_length=120, verbose_name="door wie")),
                ("toelichting", models.TextField(blank=True)),
                ("vastgelegd_op", models.DateTimeField()),
            ],
            options={
                "verbose_name": "stap van de meldcode",
                "verbose_name_plural": "stappen van de meldcode",
            },
        ),
        migrations.CreateModel(
            name="Triagebeurt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opgepakt_op", models.DateTimeField()),
                ("losgelaten_op", models.DateTimeField(blank=True, null=True)),
                (
                    "einde",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gewogen", "Gewogen"),
                            ("teruggegeven", "Teruggegeven"),
                            ("overgenomen", "Overgenomen"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "triagebeurten",
            },
        ),
        migrations.CreateModel(
            name="Triageconcept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gegevens", models.JSONField(default=dict)),
                ("bewaard_op", models.DateTimeField()),
                ("versie", models.PositiveIntegerField(default=1)),
                (
                    "veldversies",
                    models.JSONField(
                        default=dict,
                        help_text="Per veld de versie waarin het voor het laatst veranderde; zo voegen we samen.",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "triageconcepten",
            },
        ),
        migrations.CreateModel(
            name="Triagefilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=40)),
                ("keuzes", models.JSONField(default=dict)),
                ("standaard", models.BooleanField(default=False, verbose_name="hiermee begint de lijst")),
            ],
            options={
                "verbose_name": "bewaard filter",
                "verbose_name_plural": "bewaarde filters",
            },
        ),
        migrations.AddField(
            model_name="triage",
            name="ernaast",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ja", "Ja, het kan ernaast"),
                    ("nee", "Nee, dat kan nu niet"),
                    ("later", "Dat weegt de intake of het overleg"),
                ],
                help_text="Leeg waar de uitkomst niet naar 1ste of 2de lijn leidt.",
                max_length=8,
                verbose_name="kan de 0de lijn ernaast lopen?",
            ),
        ),
        migrations.AddField(
            model_name="triage",
            name="ernaast_toelichting",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="triage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ernaast", "nee"), _negated=True),
                    models.Q(("ernaast_toelichting", ""), _negated=True),
                    _connector="OR",
                ),
                name="triage_ernaast_uitgelegd",
                violation_error_message="Schrijf op waarom vrij toegankelijk aanbod er niet naast kan lopen.",
            ),
        ),
        migrations.AddField(
            model_name="meldcodestap",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="meldcodestap",
            name="melding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meldcodestappen",
                to="intake.melding",
            ),
        ),
        migrations.AddField(
            model_name="triagebeurt",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="triagebeurt",
            name="melding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="triagebeurten", to="intake.melding"
            ),
        ),
        migrations.AddField(
            model_name="triageconcept",
            name="bewaard_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="triageconcept",
            name="melding",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="triageconcept", to="intake.melding"
            ),
        ),
        migrations.AddField(
            model_name="triagefilter",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="meldcodestap",
            constraint=models.UniqueConstraint(
                fields=("melding", "stap"),
                name="meldcodestap_een_keer",
                violation_error_message="Deze stap van de meldcode staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meldcodestap",
            constraint=models.CheckConstraint(
                condition=models.Q(("stap__in", [1, 2, 3, 4, 5])),
                name="meldcodestap_bestaat",
                violation_error_message="Kies een stap van de meldcode: 1 tot en met 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meldcodestap",
            constraint=models.CheckConstraint(
                condition=models.Q(("door", ""), _negated=True),
                name="meldcodestap_door_iemand",
                violation_error_message="Schrijf op wie deze stap zette.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triagebeurt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("losgelaten_op__isnull", True)),
                fields=("melding",),
                name="triagebeurt_een_tegelijk",
                violation_error_message="Een collega heeft deze melding al opgepakt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triagebeurt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("einde", ""), ("losgelaten_op__isnull", True)),
                    models.Q(
                        ("losgelaten_op__gte", models.F("opgepakt_op")),
                        models.Q(("einde", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="triagebeurt_einde_compleet",
                violation_error_message="Een beurt eindigt met een moment en een reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triagefilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="triagefilter_heeft_naam",
                violation_error_message="Geef het filter een naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triagefilter",
            constraint=models.UniqueConstraint(
                models.F("medewerker"),
                django.db.models.functions.text.Lower("naam"),
                name="triagefilter_naam_een_keer",
                violation_error_message="U heeft al een filter met deze naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triagefilter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("standaard", True)),
                fields=("medewerker",),
                name="triagefilter_een_standaard",
                violation_error_message="Eén filter tegelijk kan de lijst openen.",
            ),
        ),
        Protect(
            "triage_meldcodestap",
            read=LEEST,
            insert=f"{WEEGT} AND {EIGEN}",
            update=WEEGT,
        ),
        Protect("triage_triagebeurt", read=LEEST, insert=f"{WEEGT} AND {EIGEN}", update=WEEGT),
        Protect(
            "triage_triageconcept",
            read=WEEGT,
            insert=f"{WEEGT} AND bewaard_door_id = {IK}",
            update=WEEGT,
        ),
        Protect(
            "triage_triagefilter",
            read=EIGEN,
            insert=f"{TOEGANG} AND {EIGEN}",
            update=f"{TOEGANG} AND {EIGEN}",
            delete=EIGEN,
        ),
        Grant("DELETE", "triage_triagefilter"),
    ]
