"""What a zorgregisseur grants by themselves, within a mandaat: kept for good, and asked of the register once more here."""

import django.db.models.deletion
from django.db import migrations, models

from skt.autorisatie.rls import IK, TOEGANG, Protect, Revoke

PER_JAAR = "CASE per WHEN 'per week' THEN 52 WHEN 'per 4 weken' THEN 13 WHEN 'per maand' THEN 12 ELSE 1 END"

# Law, product, ceiling and the whole period, of a mandaat of whoever acts that runs on the day of the decision. The columns of
# the new row bear its table's name: the mandaat has some of the same names.
BINNEN_MANDAAT = f"""
    {TOEGANG} AND EXISTS (
        SELECT 1 FROM triage_triage t JOIN medewerkers_mandaat m ON m.medewerker_id = t.medewerker_id
         WHERE t.id = triage_id AND t.medewerker_id = {IK} AND skt_mag_melding_schrijven(t.melding_id)
           AND m.id = triage_toekenning.mandaat_id
           AND m.wet = triage_toekenning.wet AND m.product = triage_toekenning.product
           AND triage_toekenning.bedrag * {PER_JAAR} <= m.plafond
           AND m.van <= least(triage_toekenning.van, triage_toekenning.besluitdatum)
           AND (m.tot IS NULL OR m.tot > greatest(triage_toekenning.tot_en_met, triage_toekenning.besluitdatum))
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("triage", "0008_protocol_als_gegevens"),
        ("medewerkers", "0003_tijdelijk_wachtwoord"),
        ("autorisatie", "0010_samenvoegen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Toekenning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wet",
                    models.CharField(
                        choices=[
                            ("wmo", "Wmo"),
                            ("jeugdwet", "Jeugdwet"),
                            ("participatiewet", "Participatiewet"),
                            ("wgs", "Wgs"),
                            ("geen", "Geen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("product", models.CharField(max_length=120)),
                (
                    "bedrag",
                    models.DecimalField(decimal_places=2, max_digits=10, verbose_name="bedrag in euro"),
                ),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("per week", "per week"),
                            ("per 4 weken", "per 4 weken"),
                            ("per maand", "per maand"),
                            ("per jaar", "per jaar"),
                            ("totaal", "één keer, in totaal"),
                        ],
                        max_length=12,
                    ),
                ),
                ("van", models.DateField(verbose_name="geldt van")),
                ("tot_en_met", models.DateField(verbose_name="geldt tot en met")),
                ("besluitdatum", models.DateField()),
                ("bezwaar_tot", models.DateField(verbose_name="bezwaar kan tot en met")),
                (
                    "heroverwegen_op",
                    models.DateField(blank=True, null=True, verbose_name="opnieuw bekijken uiterlijk"),
                ),
                (
                    "mandaat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="medewerkers.mandaat",
                    ),
                ),
                (
                    "triage",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="toekenning",
                        to="triage.triage",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "toekenningen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("bedrag__gt", 0)),
                        name="toekenning_bedrag_positief",
                        violation_error_message="Vul een bedrag boven nul in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tot_en_met__gte", models.F("van"))),
                        name="toekenning_eindigt_na_begin",
                        violation_error_message="De laatste dag ligt voor de eerste dag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("per__in", ["per week", "per 4 weken", "per maand", "per jaar", "totaal"])
                        ),
                        name="toekenning_per_bestaat",
                        violation_error_message="Kies waar het bedrag voor geldt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wet__in", ["wmo", "jeugdwet", "participatiewet", "wgs"])),
                        name="toekenning_heeft_wet",
                        violation_error_message="Kies een wet.",
                    ),
                ],
            },
        ),
        Protect(
            "triage_toekenning",
            read="EXISTS (SELECT 1 FROM triage_triage t WHERE t.id = triage_id)",
            insert=BINNEN_MANDAAT,
        ),
        Revoke("UPDATE", "triage_toekenning"),
    ]
