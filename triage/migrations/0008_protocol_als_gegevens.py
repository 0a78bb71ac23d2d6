"""Het protocol als gegevens: versies van regels, een proef op wat er al was, en het advies bij elke triage.

Wat PostgreSQL hier zelf bewaakt: er is er hoogstens één in gebruik; alleen een concept verandert nog; een advies komt nooit
van een concept; alleen de kwartiermaker richt in; en wie afwijkingen telt, krijgt afgeronde aantallen waar kleine weg zijn.
"""

import json
from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

from skt.autorisatie.rls import IK, WIE, CreateFunction, Protect, Revoke

KWARTIERMAKER = "(SELECT skt_heeft_rol('kwartiermaker'))"
EERSTE = Path(__file__).parents[1] / "gegevens" / "eerste_protocol.json"

BEWAAK_PROTOCOL = """
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'een protocolversie verdwijnt niet' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.status <> 'concept' THEN
        IF (OLD.nummer, OLD.regels, OLD.toelichting, OLD.gebaseerd_op_id) IS DISTINCT FROM (NEW.nummer, NEW.regels, NEW.toelichting, NEW.gebaseerd_op_id)
           OR NEW.status = 'concept' OR (OLD.status = 'oud' AND NEW.status <> OLD.status) THEN
            RAISE EXCEPTION 'protocolversie % is in gebruik of geweest en verandert niet meer', OLD.nummer
                USING ERRCODE = 'check_violation', CONSTRAINT = 'protocolversie_staat_vast';
        END IF;
    END IF;
    IF jsonb_typeof(NEW.regels) <> 'array' THEN
        RAISE EXCEPTION 'regels zijn een lijst' USING ERRCODE = 'check_violation', CONSTRAINT = 'protocolversie_regels_geldig';
    END IF;
    RETURN NEW;
"""

GEEN_CONCEPT = """
    IF EXISTS (SELECT 1 FROM triage_protocolversie v WHERE v.id = NEW.versie_id AND v.status = 'concept') THEN
        RAISE EXCEPTION 'een concept geeft geen advies' USING ERRCODE = 'check_violation', CONSTRAINT = 'triageadvies_niet_van_concept';
    END IF;
    RETURN NEW;
"""

TRIGGERS = """
CREATE TRIGGER protocolversie_bewaakt BEFORE INSERT OR UPDATE OR DELETE ON triage_protocolversie
    FOR EACH ROW EXECUTE FUNCTION triage_bewaak_protocol();
CREATE TRIGGER triageadvies_geen_concept BEFORE INSERT ON triage_triageadvies
    FOR EACH ROW EXECUTE FUNCTION triage_advies_geen_concept();
"""
TRIGGERS_TERUG = """
DROP TRIGGER triageadvies_geen_concept ON triage_triageadvies;
DROP TRIGGER protocolversie_bewaakt ON triage_protocolversie;
"""

# Counts of one version and nothing else, for who leads the pilot or a team: how often each part and each line was advised, how
# often it was decided otherwise, into what, and for which reason. Below ten nothing is told (NULL), every count is a multiple of
# five, and there is no period to choose: two periods that differ by a day would tell what happened that day.
TEL_AFWIJKINGEN = """
    IF NOT skt_heeft_rol('kwartiermaker', 'teamcoordinator') THEN
        RETURN;
    END IF;
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
    WITH a AS MATERIALIZED (
        SELECT v.*, t.uitkomst AS koos_uitkomst, t.urgentie AS koos_urgentie
          FROM triage_triageadvies v JOIN triage_triage t ON t.id = v.triage_id WHERE v.versie_id = welke
    ), d AS MATERIALIZED (
        SELECT x.deel, x.raad, x.koos, a.regels ->> x.deel AS regel, x.deel = ANY (a.afwijkt_op) AS anders, a.afwijkreden AS reden
          FROM a CROSS JOIN LATERAL (VALUES ('uitkomst', a.uitkomst, a.koos_uitkomst), ('bord', a.bord, a.gekozen_bord),
               ('urgentie', a.urgentie, a.koos_urgentie)) AS x(deel, raad, koos) WHERE x.raad <> ''
    ), cel AS (
        SELECT 'totaal' AS m, '' AS s, count(*) AS n, count(*) FILTER (WHERE a.afwijkt_op <> '{}') AS k FROM a
        UNION ALL SELECT 'onderdeel', d.deel, count(*), count(*) FILTER (WHERE d.anders) FROM d GROUP BY d.deel
        UNION ALL SELECT 'regel', d.regel || '|' || d.deel, count(*), count(*) FILTER (WHERE d.anders) FROM d GROUP BY d.regel, d.deel
        UNION ALL SELECT 'koos', d.deel || '|' || d.raad || '|' || d.koos, count(*), count(*) FROM d WHERE d.anders GROUP BY d.deel, d.raad, d.koos
        UNION ALL SELECT 'reden', a.afwijkreden, count(*), count(*) FROM a WHERE a.afwijkt_op <> '{}' GROUP BY a.afwijkreden
        UNION ALL SELECT 'regelreden', d.regel || '|' || d.deel || '|' || d.reden, count(*), count(*) FROM d WHERE d.anders GROUP BY d.regel, d.deel, d.reden
    )
    SELECT cel.m::text, cel.s::text,
           CASE WHEN cel.n = 0 THEN 0 WHEN cel.n >= 10 THEN round(cel.n / 5.0)::integer * 5 END,
           CASE WHEN cel.k = 0 THEN 0 WHEN cel.k >= 10 THEN round(cel.k / 5.0)::integer * 5 END
      FROM cel;
    PERFORM set_config('skt.context', vorige, true);
"""


def first_protocol(apps, schema_editor):
    """Version 1, in use at once: from now on every triage has an advice."""
    nu = timezone.now()
    apps.get_model("triage", "Protocolversie").objects.using(schema_editor.connection.alias).create(
        nummer=1,
        status="actief",
        toelichting="De eerste regels, uit de nota en de vignetten.",
        regels=json.loads(EERSTE.read_text(encoding="utf-8")),
        gemaakt_op=nu,
        actief_vanaf=nu,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("triage", "0007_nummer_op_de_besluitenlijst"),
        ("autorisatie", "0010_samenvoegen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Protocolversie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveIntegerField(unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("concept", "Concept"), ("actief", "In gebruik"), ("oud", "Buiten gebruik")],
                        default="concept",
                        max_length=10,
                    ),
                ),
                (
                    "toelichting",
                    models.CharField(blank=True, max_length=300, verbose_name="wat is er anders, en waarom?"),
                ),
                (
                    "regels",
                    models.JSONField(
                        default=list, help_text="Op volgorde; zoals triage.protocol.regels ze schrijft."
                    ),
                ),
                ("gemaakt_op", models.DateTimeField()),
                ("gewijzigd_op", models.DateTimeField(blank=True, null=True)),
                (
                    "actief_vanaf",
                    models.DateTimeField(blank=True, null=True, verbose_name="in gebruik vanaf"),
                ),
                ("actief_tot", models.DateTimeField(blank=True, null=True, verbose_name="in gebruik tot")),
                (
                    "bewerking",
                    models.PositiveIntegerField(
                        default=1, help_text="Telt wijzigingen: wie op een oude pagina bewaart, hoort het."
                    ),
                ),
                (
                    "gebaseerd_op",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opvolgers",
                        to="triage.protocolversie",
                    ),
                ),
                (
                    "gemaakt_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
            options={
                "verbose_name_plural": "protocolversies",
            },
        ),
        migrations.CreateModel(
            name="Protocolproef",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bewerking",
                    models.PositiveIntegerField(help_text="Die van de versie toen de proef begon."),
                ),
                ("van", models.DateField()),
                ("tot", models.DateField(help_text="De eerste dag die niet meetelt.")),
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
                ("totaal", models.PositiveIntegerField(default=0)),
                ("gedaan", models.PositiveIntegerField(default=0)),
                ("uitslag", models.JSONField(default=dict)),
                ("stop_gevraagd", models.BooleanField(default=False)),
                ("fout", models.CharField(blank=True, max_length=300)),
                ("gestart_op", models.DateTimeField()),
                ("klaar_op", models.DateTimeField(blank=True, null=True)),
                (
                    "gestart_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tegen",
                    models.ForeignKey(
                        help_text="Wat toen in gebruik was.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triage.protocolversie",
                    ),
                ),
                (
                    "versie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proeven",
                        to="triage.protocolversie",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "protocolproeven",
            },
        ),
        migrations.CreateModel(
            name="Triageadvies",
            fields=[
                (
                    "triage",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="advies",
                        serialize=False,
                        to="triage.triage",
                    ),
                ),
                ("uitkomst", models.CharField(blank=True, max_length=40)),
                ("bord", models.CharField(blank=True, max_length=12)),
                ("urgentie", models.CharField(blank=True, max_length=40)),
                ("ernst", models.CharField(blank=True, max_length=10)),
                (
                    "regels",
                    models.JSONField(
                        default=dict,
                        help_text="Onderdeel van het advies → nummer (vanaf 1) van de regel die het gaf.",
                    ),
                ),
                (
                    "geraakt",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("gekozen_bord", models.CharField(blank=True, max_length=12)),
                (
                    "afwijkt_op",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                    ),
                ),
                (
                    "afwijkreden",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meer bekend", "Ik weet meer dan er in de uitvraag staat"),
                            ("gevaar", "Er is nu gevaar"),
                            ("ernstiger", "Het is ernstiger dan het lijkt"),
                            ("lichter", "Het is minder ernstig dan het lijkt"),
                            ("wens", "De inwoner wil het anders"),
                            ("hulp loopt", "Er loopt al hulp"),
                            ("ander team", "Een ander team kent deze mensen al"),
                            ("vrij aanbod", "Vrij toegankelijk aanbod is genoeg"),
                            ("regel past niet", "De regel klopt hier niet"),
                            ("anders", "Iets anders"),
                        ],
                        max_length=20,
                    ),
                ),
                ("afwijktoelichting", models.CharField(blank=True, max_length=300)),
                (
                    "versie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="triage.protocolversie",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "adviezen bij triage",
            },
        ),
        migrations.AddConstraint(
            model_name="protocolversie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "actief")),
                fields=("status",),
                name="protocolversie_een_actief",
                violation_error_message="Er is al een versie in gebruik. Ververs de pagina.",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolversie",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["concept", "actief", "oud"])),
                name="protocolversie_status_bestaat",
                violation_error_message="Een versie is concept, in gebruik of buiten gebruik.",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolversie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "actief"), _negated=True),
                    ("actief_vanaf__isnull", False),
                    _connector="OR",
                ),
                name="protocolversie_actief_vanaf",
                violation_error_message="Van een versie in gebruik staat vast sinds wanneer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolversie",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("actief_tot__isnull", True),
                    ("actief_tot__gte", models.F("actief_vanaf")),
                    _connector="OR",
                ),
                name="protocolversie_stopt_na_begin",
                violation_error_message="Een versie kan niet stoppen voordat zij inging.",
            ),
        ),
        migrations.AddIndex(
            model_name="protocolproef",
            index=models.Index(fields=["versie", "-id"], name="protocolproef_versie"),
        ),
        migrations.AddConstraint(
            model_name="protocolproef",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["wacht", "bezig", "gestopt", "klaar", "mislukt"])),
                name="protocolproef_status_bestaat",
                violation_error_message="Een proef wacht, is bezig, gestopt, klaar of mislukt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolproef",
            constraint=models.CheckConstraint(
                condition=models.Q(("tot__gt", models.F("van"))),
                name="protocolproef_eindigt_na_begin",
                violation_error_message="De proef gaat over minstens één dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolproef",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["wacht", "bezig"])),
                fields=("versie",),
                name="protocolproef_een_tegelijk",
                violation_error_message="Er loopt al een proef met deze versie. Wacht tot die klaar is, of stop haar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triageadvies",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afwijkt_op", []), models.Q(("afwijkreden", ""), _negated=True), _connector="OR"
                ),
                name="triageadvies_afwijken_heeft_reden",
                violation_error_message="Kies waarom u anders beslist dan het advies.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triageadvies",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("afwijkreden", ""),
                    (
                        "afwijkreden__in",
                        [
                            "meer bekend",
                            "gevaar",
                            "ernstiger",
                            "lichter",
                            "wens",
                            "hulp loopt",
                            "ander team",
                            "vrij aanbod",
                            "regel past niet",
                            "anders",
                        ],
                    ),
                    _connector="OR",
                ),
                name="triageadvies_reden_bestaat",
                violation_error_message="Kies een reden uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="triageadvies",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("afwijkreden", "anders"), _negated=True),
                    models.Q(("afwijktoelichting", ""), _negated=True),
                    _connector="OR",
                ),
                name="triageadvies_anders_is_uitgelegd",
                violation_error_message="Schrijf op waarom u anders beslist.",
            ),
        ),
        migrations.RunPython(first_protocol, migrations.RunPython.noop),
        Protect("triage_protocolversie", read="true", insert=KWARTIERMAKER, update=KWARTIERMAKER),
        Protect(
            "triage_protocolproef",
            read=KWARTIERMAKER,
            insert=f"gestart_door_id = {WIE} AND {KWARTIERMAKER}",
            update=KWARTIERMAKER,
        ),
        # Written with the triage it belongs to, by who does that triage; and then it stays as it is.
        Protect(
            "triage_triageadvies",
            read="EXISTS (SELECT 1 FROM triage_triage t WHERE t.id = triage_id)",
            insert=f"EXISTS (SELECT 1 FROM triage_triage t WHERE t.id = triage_id AND t.medewerker_id = {IK})",
        ),
        Revoke("UPDATE", "triage_triageadvies"),
        CreateFunction("triage_bewaak_protocol()", "trigger", BEWAAK_PROTOCOL, volatility="VOLATILE"),
        CreateFunction("triage_advies_geen_concept()", "trigger", GEEN_CONCEPT, volatility="VOLATILE"),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
        CreateFunction(
            "triage_tel_afwijkingen(welke bigint)",
            "TABLE (maat text, sleutel text, gegeven integer, afgeweken integer)",
            TEL_AFWIJKINGEN,
            declare="vorige text := coalesce(current_setting('skt.context', true), '');",
            volatility="VOLATILE",
            public=True,
        ),
    ]
