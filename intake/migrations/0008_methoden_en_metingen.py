"""De uitvraagmethode met een levensloop, wie welke gebruikt, en latere metingen naast de uitvraag van het begin.

Wat PostgreSQL hier zelf bewaakt: alleen een concept verandert nog; een antwoord blijft wijzen naar de versie die het vroeg; een
score verandert niet meer als er een latere meting is; alleen de kwartiermaker richt in; en wie vergelijkt, krijgt afgeronde
aantallen waar kleine groepen uit weg zijn.
"""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import intake.vragen
from skt.autorisatie.rls import IK, CreateFunction, Protect, Revoke

KWARTIERMAKER = "(SELECT skt_heeft_rol('kwartiermaker'))"
LEEFGEBIEDEN = "ARRAY['dagbesteding','financien','huisvesting','lichamelijk','praktisch','psychisch','sociaal','zingeving']"

# Version 1 had lists of plain sentences. The words stay what they were; only the shape becomes that of every version.
NIEUWE_VORM = """
UPDATE intake_uitvraagmethode SET status = 'in_gebruik', vragen = (
    SELECT jsonb_object_agg(g.key, (
        SELECT coalesce(jsonb_agg(CASE jsonb_typeof(v) WHEN 'string'
            THEN jsonb_build_object('vraag', v #>> '{}', 'eerst', false, 'toelichting', '') ELSE v END), '[]')
          FROM jsonb_array_elements(g.value) v))
      FROM jsonb_each(vragen) g);
"""
OUDE_VORM = """
UPDATE intake_uitvraagmethode SET vragen = (
    SELECT jsonb_object_agg(g.key, (
        SELECT coalesce(jsonb_agg(v -> 'vraag'), '[]') FROM jsonb_array_elements(g.value) v))
      FROM jsonb_each(vragen) g);
"""

# Once every version had a first day, also a concept.
ALTIJD_EEN_DAG = "UPDATE intake_uitvraagmethode SET geldig_van = current_date WHERE geldig_van IS NULL;"

# The eight leefgebieden, each a list of questions of the known shape; and what was in use once, never changes.
BEWAAK_METHODE = f"""
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'een uitvraagmethode verdwijnt niet' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.status <> 'concept' THEN
        IF (OLD.naam, OLD.versie, OLD.vragen, OLD.gebaseerd_op_id) IS DISTINCT FROM (NEW.naam, NEW.versie, NEW.vragen, NEW.gebaseerd_op_id)
           OR NEW.status = 'concept' OR (OLD.status = 'buiten_gebruik' AND NEW.status <> OLD.status) THEN
            RAISE EXCEPTION 'methode % versie % is in gebruik of geweest en verandert niet meer', OLD.naam, OLD.versie
                USING ERRCODE = 'check_violation', CONSTRAINT = 'uitvraagmethode_staat_vast';
        END IF;
    END IF;
    goed := jsonb_typeof(NEW.vragen) = 'object';
    goed := goed AND (SELECT array_agg(k ORDER BY k COLLATE "C") FROM jsonb_object_keys(NEW.vragen) k) = {LEEFGEBIEDEN};
    goed := goed AND NOT EXISTS (SELECT 1 FROM jsonb_each(NEW.vragen) g WHERE jsonb_typeof(g.value) <> 'array');
    goed := goed AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(NEW.vragen) g, jsonb_array_elements(g.value) v
         WHERE CASE WHEN jsonb_typeof(v) <> 'object' THEN true
               ELSE v - 'vraag' - 'eerst' - 'toelichting' <> '{{}}' OR coalesce(jsonb_typeof(v -> 'vraag'), '') <> 'string'
                    OR trim(v ->> 'vraag') = '' OR coalesce(jsonb_typeof(v -> 'eerst'), 'boolean') <> 'boolean'
                    OR coalesce(jsonb_typeof(v -> 'toelichting'), 'string') <> 'string' END);
    IF goed IS NOT TRUE THEN
        RAISE EXCEPTION 'de vragen hebben niet de vorm van acht leefgebieden' USING ERRCODE = 'check_violation', CONSTRAINT = 'uitvraagmethode_vragen_geldig';
    END IF;
    RETURN NEW;
"""

# A concept still changes, so no answer may lean on it.
GEEN_CONCEPT = """
    IF EXISTS (SELECT 1 FROM intake_uitvraagmethode m WHERE m.id = NEW.methode_id AND m.status = 'concept') THEN
        RAISE EXCEPTION 'met een concept wordt niet gevraagd' USING ERRCODE = 'check_violation', CONSTRAINT = 'uitvraag_niet_met_concept';
    END IF;
    RETURN NEW;
"""

ANTWOORD_VAST = """
    IF NEW.score IS DISTINCT FROM OLD.score AND EXISTS (
        SELECT 1 FROM intake_uitvraag u JOIN intake_meting m ON m.melding_id = u.melding_id WHERE u.id = OLD.uitvraag_id) THEN
        RAISE EXCEPTION 'er is een latere meting; deze score blijft' USING ERRCODE = 'check_violation', CONSTRAINT = 'antwoord_staat_vast';
    END IF;
    RETURN NEW;
"""

TRIGGERS = """
CREATE TRIGGER uitvraagmethode_bewaakt BEFORE INSERT OR UPDATE OR DELETE ON intake_uitvraagmethode
    FOR EACH ROW EXECUTE FUNCTION intake_bewaak_methode();
CREATE TRIGGER uitvraag_wijst_vast BEFORE UPDATE OF melding_id, methode_id ON intake_uitvraag
    FOR EACH ROW EXECUTE FUNCTION skt_vaste_verwijzing('melding_id', 'methode_id');
CREATE TRIGGER uitvraag_geen_concept BEFORE INSERT ON intake_uitvraag
    FOR EACH ROW EXECUTE FUNCTION intake_geen_concept();
CREATE TRIGGER meting_geen_concept BEFORE INSERT ON intake_meting
    FOR EACH ROW EXECUTE FUNCTION intake_geen_concept();
CREATE TRIGGER antwoord_staat_vast BEFORE UPDATE OF score ON intake_antwoord
    FOR EACH ROW EXECUTE FUNCTION intake_antwoord_vast();
"""
TRIGGERS_TERUG = """
DROP TRIGGER antwoord_staat_vast ON intake_antwoord;
DROP TRIGGER meting_geen_concept ON intake_meting;
DROP TRIGGER uitvraag_geen_concept ON intake_uitvraag;
DROP TRIGGER uitvraag_wijst_vast ON intake_uitvraag;
DROP TRIGGER uitvraagmethode_bewaakt ON intake_uitvraagmethode;
"""

# Counts and nothing else, for who leads the pilot or a team. Below ten nothing is told (NULL), every count is a multiple of
# five, and the length of a talk needs three medewerkers: it is about the method, not about a colleague. `samen` counts only
# from the day on which the youngest methode in use began, so that what is compared ran side by side. There is no other period to
# choose: two periods that differ by a day would tell what happened that day.
VERGELIJK = """
    IF NOT skt_heeft_rol('kwartiermaker', 'teamcoordinator') THEN
        RETURN;
    END IF;
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    IF samen THEN
        SELECT max(m.geldig_van) INTO begin_ FROM intake_uitvraagmethode m
         WHERE m.status = 'in_gebruik' AND (SELECT count(*) FROM intake_uitvraag q WHERE q.methode_id = m.id) >= 10;
    END IF;
    RETURN QUERY
    WITH u AS MATERIALIZED (
        SELECT q.id AS uid, q.methode_id AS m, g.afhandeling AS route, g.contactmoment_id AS contact, q.medewerker_id AS wie
          FROM intake_uitvraag q JOIN intake_melding g ON g.id = q.melding_id
         WHERE begin_ IS NULL OR (q.afgenomen_op AT TIME ZONE 'Europe/Amsterdam')::date >= begin_
    ), a AS MATERIALIZED (
        SELECT u.m, u.uid, w.leefgebied AS gebied, w.score AS punt FROM u JOIN intake_antwoord w ON w.uitvraag_id = u.uid WHERE w.score IS NOT NULL
    ), groot AS (SELECT u.m FROM u GROUP BY u.m HAVING count(*) >= 10),
    dekking AS (SELECT u.m, u.uid, count(a.gebied) AS k FROM u LEFT JOIN a ON a.uid = u.uid GROUP BY u.m, u.uid),
    gesprek AS (
        SELECT DISTINCT u.m, c.id, u.wie, extract(epoch FROM c.beeindigd_op - c.begonnen_op) AS s
          FROM u JOIN intake_contactmoment c ON c.id = u.contact WHERE c.beeindigd_op > c.begonnen_op
    ), cel AS (
        SELECT u.m, 'uitvragen' AS maat_, '' AS sleutel_, count(*) AS n FROM u GROUP BY u.m
        UNION ALL SELECT a.m, 'besproken', a.gebied, count(*) FROM a GROUP BY a.m, a.gebied
        UNION ALL SELECT a.m, 'score', a.punt::text, count(*) FROM a GROUP BY a.m, a.punt
        UNION ALL SELECT u.m, 'route', coalesce(nullif(u.route, ''), 'nog open'), count(*) FROM u GROUP BY u.m, u.route
    )
    SELECT cel.m::bigint, cel.maat_::text, cel.sleutel_::text, CASE WHEN cel.n >= 10 THEN (round(cel.n / 5.0) * 5)::numeric END
      FROM cel WHERE cel.maat_ = 'uitvragen' OR cel.m IN (SELECT groot.m FROM groot)
    UNION ALL
    SELECT d.m::bigint, 'dekking', x.naam, round(CASE x.naam WHEN 'gemiddeld' THEN avg(d.k) ELSE stddev_samp(d.k) END, 2)
      FROM dekking d CROSS JOIN (VALUES ('gemiddeld'), ('spreiding')) AS x(naam) WHERE d.m IN (SELECT groot.m FROM groot) GROUP BY d.m, x.naam
    UNION ALL
    SELECT s.m::bigint, 'duur', 'mediaan', CASE WHEN count(*) >= 10 AND count(DISTINCT s.wie) >= 3
           THEN (round(percentile_cont(0.5) WITHIN GROUP (ORDER BY s.s)::numeric / 30) * 30)::numeric END
      FROM gesprek s WHERE s.m IN (SELECT groot.m FROM groot) GROUP BY s.m
    UNION ALL SELECT 0, 'sinds', begin_::text, NULL WHERE begin_ IS NOT NULL;
    PERFORM set_config('skt.context', vorige, true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_koppel_een_bekende"),
        ("medewerkers", "0003_tijdelijk_wachtwoord"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="uitvraagmethode",
            name="status",
            field=models.CharField(
                choices=[
                    ("concept", "Concept"),
                    ("in_gebruik", "In gebruik"),
                    ("buiten_gebruik", "Buiten gebruik"),
                ],
                default="concept",
                max_length=20,
            ),
        ),
        migrations.RunSQL(NIEUWE_VORM, OUDE_VORM),
        migrations.CreateModel(
            name="Methodetoewijzing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "aandeel",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99),
                        ],
                        verbose_name="aandeel in procenten",
                    ),
                ),
                ("van", models.DateField(verbose_name="vanaf")),
                (
                    "tot",
                    models.DateField(
                        blank=True, help_text="De eerste dag dat het niet meer geldt.", null=True
                    ),
                ),
                ("gemaakt_op", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "methodetoewijzingen",
            },
        ),
        migrations.CreateModel(
            name="Meting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        choices=[("evaluatie", "Evaluatie"), ("einde", "Einde van de hulp")], max_length=12
                    ),
                ),
                ("sleutel", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("afgenomen_op", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "metingen",
            },
        ),
        migrations.CreateModel(
            name="Metingantwoord",
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
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "Acute problematiek"),
                            (2, "Niet zelfredzaam"),
                            (3, "Beperkt zelfredzaam"),
                            (4, "Voldoende zelfredzaam"),
                            (5, "Volledig zelfredzaam"),
                        ],
                        null=True,
                    ),
                ),
                ("toelichting", models.TextField(blank=True)),
                ("eigen_kracht", models.TextField(blank=True)),
                ("netwerk", models.TextField(blank=True)),
                ("lopende_hulp", models.TextField(blank=True)),
                ("wens", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "metingantwoorden",
            },
        ),
        migrations.AddField(
            model_name="uitvraagmethode",
            name="doel",
            field=models.CharField(blank=True, max_length=300, verbose_name="wat willen we ermee leren?"),
        ),
        migrations.AddField(
            model_name="uitvraagmethode",
            name="gebaseerd_op",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opvolgers",
                to="intake.uitvraagmethode",
            ),
        ),
        migrations.AddField(
            model_name="uitvraagmethode",
            name="geldig_tot",
            field=models.DateField(
                blank=True,
                help_text="De eerste dag dat ze niet meer gevraagd wordt.",
                null=True,
                verbose_name="in gebruik tot",
            ),
        ),
        migrations.AddField(
            model_name="uitvraagmethode",
            name="gemaakt_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="uitvraagmethode",
            name="gemaakt_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="uitvraagmethode",
            name="gewijzigd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="uitvraagmethode",
            name="gewijzigd_op",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="uitvraagmethode",
            name="geldig_van",
            field=models.DateField(blank=True, null=True, verbose_name="in gebruik vanaf"),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, ALTIJD_EEN_DAG),
        migrations.AlterField(
            model_name="uitvraagmethode",
            name="vragen",
            field=models.JSONField(
                help_text="Per leefgebied een lijst vragen, in de volgorde waarin ze gesteld worden.",
                validators=[intake.vragen.validate_vragen],
            ),
        ),
        migrations.AddConstraint(
            model_name="uitvraagmethode",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="uitvraagmethode_heeft_naam",
                violation_error_message="Geef de methode een naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitvraagmethode",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["concept", "in_gebruik", "buiten_gebruik"])),
                name="uitvraagmethode_status_bestaat",
                violation_error_message="Een methode is concept, in gebruik of buiten gebruik.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitvraagmethode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "in_gebruik"), _negated=True),
                    ("geldig_van__isnull", False),
                    _connector="OR",
                ),
                name="uitvraagmethode_in_gebruik_vanaf",
                violation_error_message="Kies de dag waarop de methode ingaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitvraagmethode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_tot__isnull", True), ("geldig_tot__gte", models.F("geldig_van")), _connector="OR"
                ),
                name="uitvraagmethode_stopt_na_begin",
                violation_error_message="De methode kan niet stoppen voordat ze ingaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitvraagmethode",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_standaard", False), ("status", "in_gebruik"), _connector="OR"),
                name="uitvraagmethode_standaard_in_gebruik",
                violation_error_message="Alleen een methode die in gebruik is kan de standaard zijn.",
            ),
        ),
        migrations.AddField(
            model_name="methodetoewijzing",
            name="gemaakt_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="methodetoewijzing",
            name="medewerker",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="methodetoewijzing",
            name="methode",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="toewijzingen",
                to="intake.uitvraagmethode",
            ),
        ),
        migrations.AddField(
            model_name="methodetoewijzing",
            name="organisatie",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="medewerkers.moederorganisatie",
            ),
        ),
        migrations.AddField(
            model_name="methodetoewijzing",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="medewerkers.team",
            ),
        ),
        migrations.AddField(
            model_name="meting",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="meting",
            name="melding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="metingen", to="intake.melding"
            ),
        ),
        migrations.AddField(
            model_name="meting",
            name="methode",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.uitvraagmethode"
            ),
        ),
        migrations.AddField(
            model_name="metingantwoord",
            name="meting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="antwoorden", to="intake.meting"
            ),
        ),
        migrations.AddConstraint(
            model_name="methodetoewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("aandeel", None),
                        ("medewerker__isnull", False),
                        ("organisatie", None),
                        ("team", None),
                    ),
                    models.Q(
                        ("aandeel", None),
                        ("medewerker", None),
                        ("organisatie", None),
                        ("team__isnull", False),
                    ),
                    models.Q(
                        ("aandeel", None),
                        ("medewerker", None),
                        ("organisatie__isnull", False),
                        ("team", None),
                    ),
                    models.Q(
                        ("aandeel__isnull", False),
                        ("medewerker", None),
                        ("organisatie", None),
                        ("team", None),
                    ),
                    _connector="OR",
                ),
                name="methodetoewijzing_een_doel",
                violation_error_message="Kies één medewerker, één team, één organisatie of een aandeel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodetoewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(("aandeel", None), ("aandeel__range", (1, 99)), _connector="OR"),
                name="methodetoewijzing_aandeel_1_tot_99",
                violation_error_message="Een aandeel is 1 tot en met 99 procent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodetoewijzing",
            constraint=models.CheckConstraint(
                condition=models.Q(("tot__isnull", True), ("tot__gte", models.F("van")), _connector="OR"),
                name="methodetoewijzing_eindigt_na_begin",
                violation_error_message="De einddatum ligt niet voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodetoewijzing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("medewerker", "="),
                    (
                        models.Func(
                            "van",
                            "tot",
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="methodetoewijzing_medewerker_een",
                violation_error_message="Voor deze medewerker is in deze tijd al een methode gekozen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodetoewijzing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("team", "="),
                    (
                        models.Func(
                            "van",
                            "tot",
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="methodetoewijzing_team_een",
                violation_error_message="Voor dit team is in deze tijd al een methode gekozen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodetoewijzing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("organisatie", "="),
                    (
                        models.Func(
                            "van",
                            "tot",
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="methodetoewijzing_organisatie_een",
                violation_error_message="Voor deze organisatie is in deze tijd al een methode gekozen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodetoewijzing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("aandeel__isnull", False)),
                expressions=[
                    (
                        models.Func(
                            "van",
                            "tot",
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    )
                ],
                name="methodetoewijzing_aandeel_een",
                violation_error_message="Er loopt in deze tijd al een verdeling om en om.",
            ),
        ),
        migrations.AddIndex(
            model_name="meting",
            index=models.Index(fields=["melding", "afgenomen_op"], name="meting_melding_op"),
        ),
        migrations.AddConstraint(
            model_name="meting",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden__in", ["evaluatie", "einde"])),
                name="meting_reden_bestaat",
                violation_error_message="Kies waarom u opnieuw meet: evaluatie of einde van de hulp.",
            ),
        ),
        migrations.AddConstraint(
            model_name="metingantwoord",
            constraint=models.UniqueConstraint(
                fields=("meting", "leefgebied"),
                name="metingantwoord_een_per_leefgebied",
                violation_error_message="Over dit leefgebied staat al een antwoord.",
            ),
        ),
        migrations.AddConstraint(
            model_name="metingantwoord",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__isnull", True), ("score__range", (1, 5)), _connector="OR"),
                name="metingantwoord_score_1_tot_5",
                violation_error_message="Een score is 1 tot en met 5, of niet besproken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="metingantwoord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "leefgebied__in",
                        [
                            "huisvesting",
                            "financien",
                            "sociaal",
                            "psychisch",
                            "zingeving",
                            "lichamelijk",
                            "praktisch",
                            "dagbesteding",
                        ],
                    )
                ),
                name="metingantwoord_leefgebied_bestaat",
                violation_error_message="Kies een van de acht leefgebieden.",
            ),
        ),
        Protect("intake_uitvraagmethode", read="true", insert=KWARTIERMAKER, update=KWARTIERMAKER),
        Protect("intake_methodetoewijzing", read="true", insert=KWARTIERMAKER, update=KWARTIERMAKER),
        # A meting is added, as an aanvulling is: by who belongs to the melding or to the casus that came of it.
        Protect(
            "intake_meting",
            read="skt_mag_melding(melding_id)",
            insert=f"medewerker_id = {IK} AND skt_hoort_bij_melding(melding_id)",
        ),
        Protect(
            "intake_metingantwoord",
            read="EXISTS (SELECT 1 FROM intake_meting m WHERE m.id = meting_id)",
            insert=f"EXISTS (SELECT 1 FROM intake_meting m WHERE m.id = meting_id AND m.medewerker_id = {IK})",
        ),
        Revoke("UPDATE", "intake_meting, intake_metingantwoord"),
        CreateFunction(
            "intake_bewaak_methode()",
            "trigger",
            BEWAAK_METHODE,
            declare="goed boolean;",
            volatility="VOLATILE",
        ),
        CreateFunction("intake_geen_concept()", "trigger", GEEN_CONCEPT, volatility="VOLATILE"),
        CreateFunction("intake_antwoord_vast()", "trigger", ANTWOORD_VAST, volatility="VOLATILE"),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
        CreateFunction(
            "intake_vergelijk_methoden(samen boolean)",
            "TABLE (methode_id bigint, maat text, sleutel text, aantal numeric)",
            VERGELIJK,
            declare="vorige text := coalesce(current_setting('skt.context', true), ''); begin_ date;",
            volatility="VOLATILE",
            public=True,
        ),
    ]
