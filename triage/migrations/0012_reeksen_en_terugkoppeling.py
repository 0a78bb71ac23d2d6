"""Reeksen overleggen, wie er was, en wat de melder van een besluit hoort.

Lock 2: who sees the melding sees what her melder hears; who belongs to it (noodtoegang reads only) may write that it is done.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import Grant, PointAtVisible, Protect


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0017_wie_het_gezin_kent"),
        ("triage", "0011_bord_en_vergadermodus"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Terugkoppeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "besluit",
                    models.CharField(
                        choices=[
                            ("vrij toegankelijk aanbod inzetten", "Vrij toegankelijk aanbod inzetten"),
                            ("casusregie beleggen", "Casusregie beleggen"),
                            ("verdiepende intake of huisbezoek", "Verdiepende intake of huisbezoek"),
                            ("onderzoek Wmo", "Onderzoek Wmo"),
                            ("jeugdhulp onderzoeken", "Jeugdhulp onderzoeken"),
                            ("opschalen naar procesregie", "Opschalen naar procesregie"),
                            ("terug naar voorportaal", "Terug naar voorportaal"),
                            ("aanhouden", "Aanhouden"),
                        ],
                        help_text="Ook voor wie het agendapunt niet ziet, zoals het loket.",
                        max_length=40,
                    ),
                ),
                (
                    "regel",
                    models.CharField(
                        help_text="De regel van triage/terugkoppeling.py die telde.", max_length=30
                    ),
                ),
                (
                    "mag_horen",
                    models.CharField(
                        choices=[
                            ("alles", "Het besluit zelf"),
                            ("beperkt", "Alleen dat het is opgepakt"),
                            ("niets", "Niets"),
                        ],
                        max_length=8,
                    ),
                ),
                ("voorstel", models.TextField(blank=True, verbose_name="voorstel voor wat u zegt")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("te_doen", "Te doen"),
                            ("gedaan", "Gedaan"),
                            ("niet_toegestaan", "Niet toegestaan"),
                            ("vervallen", "Vervallen"),
                        ],
                        max_length=16,
                    ),
                ),
                ("uiterlijk", models.DateField(blank=True, null=True)),
                ("gemaakt_op", models.DateTimeField()),
                ("gedaan_op", models.DateTimeField(blank=True, null=True)),
                (
                    "hoe",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("telefonisch", "Telefonisch"),
                            ("digitaal", "Digitaal"),
                            ("fysiek (frontoffice)", "Fysiek (frontoffice)"),
                            ("huisbezoek", "Huisbezoek"),
                            ("outreachend", "Outreachend"),
                            ("via ketenpartner", "Via ketenpartner"),
                        ],
                        max_length=30,
                    ),
                ),
                ("toelichting", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "terugkoppelingen",
            },
        ),
        migrations.AddField(
            model_name="overleg",
            name="aanwezigen",
            field=models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="overleg",
            name="reeks_dag",
            field=models.DateField(
                blank=True,
                help_text="De dag die de reeks noemt; die blijft staan als het overleg wordt verzet of geannuleerd.",
                null=True,
                verbose_name="dag in de reeks",
            ),
        ),
        migrations.AddField(
            model_name="overleg",
            name="versie",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="overleg",
            name="verzet_van",
            field=models.DateTimeField(
                blank=True, help_text="Het moment waarop het eerst zou zijn.", null=True
            ),
        ),
        migrations.CreateModel(
            name="Overlegreeks",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bord",
                    models.CharField(
                        choices=[
                            ("jeugd", "Jeugd/gezin"),
                            ("volwassenen", "Volwassenen"),
                            ("gezamenlijk", "Gezamenlijk"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "weekdag",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Maandag"),
                            (1, "Dinsdag"),
                            (2, "Woensdag"),
                            (3, "Donderdag"),
                            (4, "Vrijdag"),
                        ]
                    ),
                ),
                ("tijd", models.TimeField()),
                ("elke_weken", models.PositiveSmallIntegerField(default=1)),
                ("plaats", models.CharField(default="Van Heeckerenhuis", max_length=120)),
                ("van", models.DateField()),
                ("tot_en_met", models.DateField(blank=True, null=True)),
                (
                    "bij_feestdag",
                    models.CharField(
                        choices=[
                            ("overslaan", "Sla over"),
                            ("verplaatsen", "Verplaats naar de eerste werkdag erna"),
                        ],
                        default="overslaan",
                        max_length=12,
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1)),
                (
                    "voorzitter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "overlegreeksen",
            },
        ),
        migrations.AddField(
            model_name="overleg",
            name="reeks",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="overleggen",
                to="triage.overlegreeks",
            ),
        ),
        migrations.AddConstraint(
            model_name="overleg",
            constraint=models.UniqueConstraint(
                fields=("reeks", "reeks_dag"),
                name="overleg_een_per_dag_van_de_reeks",
                violation_error_message="Dit overleg van de reeks is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overleg",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reeks__isnull", True), ("reeks_dag__isnull", True)),
                    models.Q(("reeks__isnull", False), ("reeks_dag__isnull", False)),
                    _connector="OR",
                ),
                name="overleg_reeks_met_dag",
                violation_error_message="Een overleg van een reeks heeft een dag in die reeks.",
            ),
        ),
        migrations.AddField(
            model_name="terugkoppeling",
            name="agendapunt",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="terugkoppeling",
                to="triage.agendapunt",
            ),
        ),
        migrations.AddField(
            model_name="terugkoppeling",
            name="casusregisseur",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="terugkoppeling",
            name="gedaan_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="terugkoppeling",
            name="melding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="terugkoppelingen",
                to="intake.melding",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlegreeks",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdag__lte", 4)),
                name="overlegreeks_weekdag_bestaat",
                violation_error_message="Kies een dag van maandag tot en met vrijdag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlegreeks",
            constraint=models.CheckConstraint(
                condition=models.Q(("elke_weken__in", [1, 2])),
                name="overlegreeks_elke_een_of_twee_weken",
                violation_error_message="Een reeks komt elke week of elke twee weken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlegreeks",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tot_en_met__isnull", True), ("tot_en_met__gte", models.F("van")), _connector="OR"
                ),
                name="overlegreeks_eindigt_niet_voor_begin",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ),
        migrations.AddIndex(
            model_name="terugkoppeling",
            index=models.Index(fields=["status", "uiterlijk", "id"], name="terugkoppeling_status"),
        ),
        migrations.AddConstraint(
            model_name="terugkoppeling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mag_horen", "niets"), ("status", "niet_toegestaan")),
                    models.Q(
                        models.Q(("mag_horen", "niets"), _negated=True),
                        models.Q(("status", "niet_toegestaan"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="terugkoppeling_niets_is_niet_toegestaan",
                violation_error_message="Wie niets mag horen, krijgt geen terugkoppeling.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugkoppeling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "te_doen"), _negated=True),
                    ("uiterlijk__isnull", False),
                    _connector="OR",
                ),
                name="terugkoppeling_te_doen_heeft_dag",
                violation_error_message="Een terugkoppeling die nog moet, heeft een dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugkoppeling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "gedaan"), _negated=True),
                    models.Q(
                        ("gedaan_door__isnull", False),
                        ("gedaan_op__isnull", False),
                        models.Q(("hoe", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="terugkoppeling_gedaan_compleet",
                violation_error_message="Kies hoe u het de melder heeft verteld.",
            ),
        ),
        # Who turned out not to be there is taken off again.
        Grant("DELETE", "triage_overleg_aanwezigen"),
        Protect(
            "triage_terugkoppeling",
            read="skt_mag_melding(melding_id)",
            insert="skt_hoort_bij_melding(melding_id)",
            update="skt_hoort_bij_melding(melding_id)",
        ),
        PointAtVisible(
            "triage_terugkoppeling", "skt_mag_melding(melding_id)", vast=("melding_id", "agendapunt_id")
        ),
    ]
