"""Doelen van het ondersteuningsplan: wie de casus leest ziet ze, wie haar beheert schrijft ze, en een uitkomst staat vast."""

from importlib import import_module

import django.db.models.deletion
import django.db.models.functions
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import CreateFunction, DropFunction, Protect

ZICHTBAAR = import_module("casusregie.migrations.0002_sloten_en_keten").ZICHTBAAR
BEHEER = import_module("casusregie.migrations.0002_sloten_en_keten").BEHEER
MEEKIJKERS = import_module("casusregie.migrations.0003_werklast_en_meekijkers").MEEKIJKERS
MET_DOELEN = MEEKIJKERS.replace(
    "SELECT 'casus', welke",
    "SELECT 'casus', welke UNION ALL SELECT 'doel', d.id FROM casusregie_doel d WHERE d.casus_id = welke",
)
FUNCTIE = {
    "signature": "casusregie_meekijkers(welke bigint, voor bigint, aantal integer)",
    "returns": "TABLE (id bigint, tijdstip timestamptz, medewerker text, organisatie text, actie text, soort text,"
    " noodtoegang boolean)",
    "declare": "vorige text;",
    "volatility": "VOLATILE",
    "public": True,
}


class Migration(migrations.Migration):
    dependencies = [
        ("casusregie", "0009_terugkoppeling_volgt_de_regie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Doel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "leefgebied",
                    models.CharField(
                        choices=[
                            ("huisvesting", "Huisvesting"),
                            ("financien", "Financiën"),
                            ("sociaal", "Sociaal functioneren"),
                            ("psychisch", "Psychisch functioneren"),
                            ("zingeving", "Zingeving"),
                            ("lichamelijk", "Lichamelijk functioneren"),
                            ("praktisch", "Praktisch functioneren"),
                            ("dagbesteding", "Dagbesteding"),
                        ],
                        max_length=12,
                    ),
                ),
                ("wat", models.CharField(max_length=200)),
                (
                    "startscore",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1 acuut"),
                            (2, "2 niet zelfredzaam"),
                            (3, "3 beperkt"),
                            (4, "4 voldoende"),
                            (5, "5 redt zich helemaal"),
                        ],
                        verbose_name="start",
                    ),
                ),
                (
                    "doelscore",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1 acuut"),
                            (2, "2 niet zelfredzaam"),
                            (3, "3 beperkt"),
                            (4, "4 voldoende"),
                            (5, "5 redt zich helemaal"),
                        ],
                        verbose_name="doel",
                    ),
                ),
                ("uiterlijk", models.DateField()),
                (
                    "akkoord_op",
                    models.DateField(
                        blank=True,
                        help_text="Leeg: nog niet besproken.",
                        null=True,
                        verbose_name="de inwoner is akkoord sinds",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("deels behaald", "Deels behaald"),
                            ("behaald", "Behaald"),
                            ("niet behaald", "Niet behaald"),
                            ("vervallen", "Vervallen"),
                        ],
                        default="open",
                        max_length=14,
                    ),
                ),
                ("gezet_op", models.DateTimeField()),
                ("afgerond_op", models.DateTimeField(blank=True, null=True)),
                (
                    "eindscore",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "1 acuut"),
                            (2, "2 niet zelfredzaam"),
                            (3, "3 beperkt"),
                            (4, "4 voldoende"),
                            (5, "5 redt zich helemaal"),
                        ],
                        null=True,
                    ),
                ),
                ("toelichting", models.CharField(blank=True, max_length=300)),
                ("versie", models.PositiveIntegerField(default=1)),
                (
                    "casus",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doelen",
                        to="casusregie.casus",
                    ),
                ),
                (
                    "gezet_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "doelen",
                "indexes": [models.Index(fields=["casus", "status", "uiterlijk"], name="doel_casus_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("wat", ""), _negated=True),
                        name="doel_zegt_wat",
                        violation_error_message="Schrijf op wat de inwoner wil bereiken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("doelscore__gte", models.F("startscore")),
                            ("doelscore__range", (1, 5)),
                            ("startscore__range", (1, 5)),
                        ),
                        name="doel_niet_onder_de_start",
                        violation_error_message="Het doel is lager dan de start. Kies dezelfde score of een hogere.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("afgerond_op__isnull", True), ("status", "open")),
                            models.Q(
                                models.Q(("status", "open"), _negated=True),
                                ("afgerond_op__gte", models.F("gezet_op")),
                                ("afgerond_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="doel_afgerond_heeft_datum",
                        violation_error_message="Een uitkomst heeft een dag, en die is niet van voor het doel.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("eindscore__isnull", True), ("status__in", ("open", "vervallen"))),
                            models.Q(
                                ("eindscore__isnull", False),
                                ("eindscore__range", (models.F("doelscore"), 5)),
                                ("status", "behaald"),
                            ),
                            models.Q(
                                ("eindscore__gte", 1),
                                ("eindscore__isnull", False),
                                ("eindscore__lt", models.F("doelscore")),
                                ("status__in", ("deels behaald", "niet behaald")),
                            ),
                            _connector="OR",
                        ),
                        name="doel_uitkomst_past_bij_score",
                        violation_error_message="De uitkomst past niet bij de score.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "vervallen"), ("toelichting", ""), _negated=True),
                        name="doel_vervalt_met_reden",
                        violation_error_message="Schrijf op waarom het doel vervalt.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("casus", "leefgebied", "wat"),
                        name="doel_een_keer_open",
                        violation_error_message="Dit doel staat er al.",
                    ),
                ],
            },
        ),
        Protect(
            "casusregie_doel",
            read=ZICHTBAAR,
            insert=BEHEER,
            update=f"{BEHEER} AND status = 'open'",
            update_check=BEHEER,
        ),
        DropFunction(body=MEEKIJKERS, **FUNCTIE),
        CreateFunction(body=MET_DOELEN, **FUNCTIE),
    ]
