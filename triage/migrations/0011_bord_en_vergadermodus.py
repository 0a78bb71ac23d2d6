"""Who knows the family stays out of it, what lies on the table, and who moved a card last."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from skt.autorisatie.rls import (
    IK,
    MIJN_COORDINATIE,
    TERUG,
    TOEGANG,
    CreateFunction,
    GuardDerived,
    HideFrom,
    PointAtVisible,
    Protect,
)

AANMELDING = "EXISTS (SELECT 1 FROM triage_aanmelding a WHERE a.id = aanmelding_id)"
BESLIST = (
    "EXISTS (SELECT 1 FROM triage_aanmelding a WHERE a.id = aanmelding_id"
    f" AND NOT a.afgeschermd AND ({TOEGANG} OR a.teams && {MIJN_COORDINATIE}))"
)

# The aanmelding before the melding, as every service locks them. A melding that comes to a board again takes it along.
VERBERG = f"""
    SELECT a.melding_id INTO welke FROM triage_aanmelding a WHERE a.id = NEW.aanmelding_id;
    SELECT coalesce(array_agg(DISTINCT k.medewerker_id), '{{}}') INTO wie FROM triage_kentgezin k
      JOIN triage_aanmelding a ON a.id = k.aanmelding_id
     WHERE a.melding_id = welke AND k.opgeheven_op IS NULL;
    UPDATE triage_aanmelding SET kenners = wie WHERE melding_id = welke;
    UPDATE intake_melding SET verborgen_voor = wie WHERE id = welke;
    {TERUG}
    RETURN NULL;
"""
NEEM_MEE = f"""
    SELECT m.verborgen_voor INTO NEW.kenners FROM intake_melding m WHERE m.id = NEW.melding_id;
    {TERUG}
    RETURN NEW;
"""

# Whoever knows a family is told where it stands and no more, so that their board and agenda count as everybody else's.
WAT_IK_KEN = f"""
    RETURN QUERY
        SELECT k.aanmelding_id, a.bord::text, a.status::text, a.urgentie::text, p.id, p.overleg_id,
               p.volgorde::integer, p.besluit <> ''
          FROM triage_kentgezin k JOIN triage_aanmelding a ON a.id = k.aanmelding_id
          LEFT JOIN triage_agendapunt p ON p.aanmelding_id = a.id
         WHERE k.medewerker_id = ik AND k.opgeheven_op IS NULL AND NOT a.afgeschermd;
    {TERUG}
"""

TRIGGERS = """
CREATE TRIGGER kentgezin_verbergt AFTER INSERT OR UPDATE OF opgeheven_op ON triage_kentgezin
    FOR EACH ROW EXECUTE FUNCTION triage_verberg();
CREATE TRIGGER b_triage_aanmelding_kenners BEFORE INSERT ON triage_aanmelding
    FOR EACH ROW EXECUTE FUNCTION triage_neem_kenners_mee();
ALTER TABLE triage_aanmelding ADD CONSTRAINT keten_wie_kent_gezin_beslist_niet
    CHECK (casusregisseur_id IS NULL OR NOT (casusregisseur_id = ANY(kenners)));
"""
TRIGGERS_TERUG = """
ALTER TABLE triage_aanmelding DROP CONSTRAINT keten_wie_kent_gezin_beslist_niet;
DROP TRIGGER b_triage_aanmelding_kenners ON triage_aanmelding;
DROP TRIGGER kentgezin_verbergt ON triage_kentgezin;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("triage", "0010_verdiepende_triage"),
        ("intake", "0017_wie_het_gezin_kent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "aanmelding",
            "gewijzigd_door",
            models.ForeignKey(
                blank=True,
                help_text="Wie haar het laatst verplaatste of erover besloot.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("aanmelding", "gewijzigd_op", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "aanmelding",
            "kenners",
            ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                editable=False,
                help_text="Wie dit gezin kent; houdt de database bij uit KentGezin. Voor hen bestaat de aanmelding niet.",
                size=None,
            ),
        ),
        migrations.CreateModel(
            name="KentGezin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gemeld_op", models.DateTimeField()),
                ("opgeheven_op", models.DateTimeField(blank=True, null=True)),
                (
                    "aanmelding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kent_gezin",
                        to="triage.aanmelding",
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opgeheven_door",
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
                "verbose_name_plural": "bekenden van een gezin",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(opgeheven_op__isnull=True),
                        fields=["aanmelding", "medewerker"],
                        name="kentgezin_een_keer",
                        violation_error_message="U heeft al gezegd dat u dit gezin kent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(opgeheven_op__isnull=True)
                        | models.Q(opgeheven_door__isnull=False),
                        name="kentgezin_opgeheven_door_iemand",
                        violation_error_message="Bij opheffen hoort wie dat deed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tafel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sinds", models.DateTimeField()),
                (
                    "overleg",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tafel",
                        to="triage.overleg",
                    ),
                ),
                (
                    "punt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triage.agendapunt",
                    ),
                ),
                (
                    "gelegd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name_plural": "tafels"},
        ),
        GuardDerived("triage_aanmelding", "kenners", naam="kenners"),
        HideFrom("triage_aanmelding", "kenners"),
        Protect(
            "triage_kentgezin",
            read=f"medewerker_id = {IK} OR {AANMELDING}",
            insert=f"medewerker_id = {IK}",
            update=BESLIST,
        ),
        PointAtVisible("triage_kentgezin", AANMELDING, vast=("aanmelding_id", "medewerker_id")),
        CreateFunction(
            "triage_verberg()", "trigger", VERBERG, declare="welke bigint; wie bigint[];", als_systeem=True
        ),
        CreateFunction("triage_neem_kenners_mee()", "trigger", NEEM_MEE, als_systeem=True),
        CreateFunction(
            "triage_wat_ik_ken()",
            "TABLE (aanmelding bigint, bord text, status text, urgentie text, punt bigint, overleg bigint,"
            " volgorde integer, besloten boolean)",
            WAT_IK_KEN,
            declare="ik bigint := skt_ik();",
            als_systeem=True,
            public=True,
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
    ]
