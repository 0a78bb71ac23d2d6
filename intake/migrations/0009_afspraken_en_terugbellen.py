"""Afspraken, terugbelafspraken en werktijden, met hun slot: niemand dubbel geboekt, en niemand leest andermans agenda.

Whoever may read the melding reads its afspraak; the medewerker who is booked reads its time. Of everybody else a page only
learns when they are free or taken, by the two functions below, which say nothing more.
"""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import (
    IK,
    MET_DOSSIERS,
    TERUG,
    WIE,
    CreateFunction,
    GuardDerived,
    PointAtVisible,
    Protect,
)

OPENINGSTIJDEN = """
INSERT INTO intake_werktijd (team_id, weekdag, van, tot)
    SELECT t.id, dag, CASE t.soort WHEN 'voorportaal' THEN '08:30'::time ELSE '09:00'::time END, '17:00'::time
      FROM medewerkers_team t, generate_series(1, 5) dag WHERE t.soort IN ('voorportaal', 'jeugd', 'volwassenen');
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

# An afspraak of now or later, and who answers for the phone: the same question as for a melding (keten 6).
PLAATSING = f"""
    IF NOT skt_loopt_plaatsing(NEW.medewerker_id, NULL) THEN
        houdt := EXISTS (SELECT 1 FROM intake_bezetting b
                          WHERE b.medewerker_id = NEW.medewerker_id AND b.telt AND upper(b.periode) > now())
              OR EXISTS (SELECT 1 FROM intake_terugbelverzoek t
                          WHERE t.medewerker_id = NEW.medewerker_id AND t.status = 'open');
    END IF;
    {TERUG}
    IF houdt THEN
        RAISE EXCEPTION 'keten 6: er staan nog afspraken op naam van medewerker %', NEW.medewerker_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_plaatsing_overgedragen';
    END IF;
    RETURN NULL;
"""

# One queue per medewerker: two bookings of the same moment wait for each other here, and don't end in a deadlock.
BEZETTING = f"""
    PERFORM pg_advisory_xact_lock(hashtext('intake_bezetting'), NEW.medewerker_id::integer);
    SELECT a.melding_id, tstzrange(a.begin, a.eind), a.status = 'gepland'
      INTO NEW.melding_id, NEW.periode, NEW.telt FROM intake_afspraak a WHERE a.id = NEW.afspraak_id;
    loopt := skt_loopt_plaatsing(NEW.medewerker_id, NULL);
    {TERUG}
    IF TG_OP = 'INSERT' AND NEW.telt AND NOT loopt THEN
        RAISE EXCEPTION 'keten 1: medewerker % heeft geen lopende plaatsing', NEW.medewerker_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_verantwoordelijke_heeft_plaatsing';
    END IF;
    RETURN NEW;
"""

NAAR_AFSPRAAK = f"""
    UPDATE intake_afspraak a
       SET lees_medewerkers = (SELECT array_agg(b.medewerker_id ORDER BY b.medewerker_id)
                                 FROM intake_bezetting b WHERE b.afspraak_id = a.id)
     WHERE a.id = NEW.afspraak_id;
    {TERUG}
    RETURN NULL;
"""

NAAR_BEZETTING = f"""
    UPDATE intake_bezetting SET telt = telt WHERE afspraak_id = NEW.id;
    {TERUG}
    RETURN NULL;
"""

# Whoever has the melding calls back: taken over or handed over, the promise goes along.
NAAR_BELLER = f"""
    UPDATE intake_terugbelverzoek SET medewerker_id = NEW.verantwoordelijke_id, team_id = NEW.verantwoordelijk_team_id
     WHERE melding_id = NEW.id AND status = 'open';
    {TERUG}
    RETURN NULL;
"""

TRIGGERS = """
CREATE TRIGGER melding_naar_beller AFTER UPDATE OF verantwoordelijke_id, verantwoordelijk_team_id ON intake_melding
    FOR EACH ROW WHEN (NEW.status <> 'gesloten' AND (OLD.verantwoordelijke_id, OLD.verantwoordelijk_team_id)
        IS DISTINCT FROM (NEW.verantwoordelijke_id, NEW.verantwoordelijk_team_id))
    EXECUTE FUNCTION intake_melding_naar_beller();
CREATE TRIGGER bezetting_van_afspraak BEFORE INSERT OR UPDATE ON intake_bezetting
    FOR EACH ROW EXECUTE FUNCTION intake_bezetting_van_afspraak();
CREATE TRIGGER bezetting_naar_afspraak AFTER INSERT ON intake_bezetting
    FOR EACH ROW EXECUTE FUNCTION intake_bezetting_naar_afspraak();
CREATE TRIGGER afspraak_naar_bezetting AFTER UPDATE OF status ON intake_afspraak
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION intake_afspraak_naar_bezetting();
CREATE CONSTRAINT TRIGGER plaatsing_keten_afspraak AFTER UPDATE OF van, tot ON medewerkers_plaatsing
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_plaatsing_keten_afspraak();
"""

TRIGGERS_TERUG = """
DROP TRIGGER plaatsing_keten_afspraak ON medewerkers_plaatsing;
DROP TRIGGER melding_naar_beller ON intake_melding;
DROP TRIGGER afspraak_naar_bezetting ON intake_afspraak;
DROP TRIGGER bezetting_naar_afspraak ON intake_bezetting;
DROP TRIGGER bezetting_van_afspraak ON intake_bezetting;
"""

DOSSIERROLLEN = "ARRAY['loketprofessional','zorgregisseur','teamlid','casusregisseur','procesregisseur','teamcoordinator']"
VOORAF = f"""
    IF NOT {MET_DOSSIERS} AND {WIE} IS DISTINCT FROM 0 THEN
        RETURN;
    END IF;
    IF cardinality(wie) > 500 THEN
        RAISE EXCEPTION 'te veel gevraagd' USING ERRCODE = 'program_limit_exceeded';
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
"""

# Which hours hold: the own exception, a day on which the team is closed, the own week, the team's exception, the team's week.
VRIJ = f"""
    {VOORAF}
    IF cardinality(dagen) > 31 OR duur NOT BETWEEN 5 AND 600 OR stap NOT BETWEEN 5 AND 120 THEN
        RAISE EXCEPTION 'te veel gevraagd' USING ERRCODE = 'program_limit_exceeded';
    END IF;
    RETURN QUERY
    -- Found by the begin of the afspraak: under row-level security the index of a range isn't used (&& isn't leakproof).
    WITH bezet AS MATERIALIZED (
        SELECT b.medewerker_id AS wie, b.periode FROM intake_afspraak a JOIN intake_bezetting b ON b.afspraak_id = a.id
         WHERE a.begin >= (SELECT min(d) FROM unnest(dagen) d) - interval '8 days'
           AND a.begin < (SELECT max(d) FROM unnest(dagen) d) + interval '8 days'
           AND b.telt AND b.medewerker_id = ANY(intake_vrije_momenten.wie)
    ), paar AS (
        SELECT m.id AS wie, d.dag, array_agg(DISTINCT p.team_id) AS teams
          FROM unnest(dagen) AS d(dag)
          CROSS JOIN medewerkers_medewerker m
          JOIN medewerkers_plaatsing p ON p.medewerker_id = m.id AND p.van <= d.dag AND (p.tot IS NULL OR p.tot > d.dag)
         WHERE m.id = ANY(intake_vrije_momenten.wie) AND m.is_active AND p.rol = ANY({DOSSIERROLLEN})
         GROUP BY m.id, d.dag
    ), uren AS (
        SELECT paar.wie, paar.dag, u.van, u.tot FROM paar CROSS JOIN LATERAL (
            SELECT x.van, x.tot, rank() OVER (ORDER BY x.rang) AS volgorde FROM (
                SELECT 1 AS rang, e.van, e.tot FROM intake_werkuitzondering e
                 WHERE e.medewerker_id = paar.wie AND NOT e.vervallen AND paar.dag BETWEEN e.eerste_dag AND e.laatste_dag
                UNION ALL
                SELECT 2, e.van, e.tot FROM intake_werkuitzondering e
                 WHERE e.team_id = ANY(paar.teams) AND e.van IS NULL AND NOT e.vervallen
                   AND paar.dag BETWEEN e.eerste_dag AND e.laatste_dag
                UNION ALL
                SELECT 3, w.van, w.tot FROM intake_werktijd w
                 WHERE w.medewerker_id = paar.wie AND w.weekdag = extract(isodow FROM paar.dag)
                UNION ALL
                SELECT 3, NULL, NULL WHERE EXISTS (SELECT 1 FROM intake_werktijd w WHERE w.medewerker_id = paar.wie)
                UNION ALL
                SELECT 4, e.van, e.tot FROM intake_werkuitzondering e
                 WHERE e.team_id = ANY(paar.teams) AND NOT e.vervallen
                   AND paar.dag BETWEEN e.eerste_dag AND e.laatste_dag
                UNION ALL
                SELECT 5, w.van, w.tot FROM intake_werktijd w
                 WHERE w.team_id = ANY(paar.teams) AND w.weekdag = extract(isodow FROM paar.dag)
            ) x
        ) u WHERE u.volgorde = 1 AND u.van IS NOT NULL
    ), venster AS (
        SELECT u.wie, (u.dag + u.van) AT TIME ZONE 'Europe/Amsterdam' AS open,
               (u.dag + u.tot) AT TIME ZONE 'Europe/Amsterdam' - make_interval(mins => duur) AS laatste
          FROM uren u
    ), moment AS (
        SELECT DISTINCT v.wie, g.op FROM venster v
         CROSS JOIN LATERAL generate_series(v.open, v.laatste, make_interval(mins => stap)) AS g(op)
         WHERE precies IS NULL
        UNION
        SELECT v.wie, precies FROM venster v WHERE precies BETWEEN v.open AND v.laatste
    )
    SELECT m.op,
           array_agg(m.wie ORDER BY CASE WHEN precies IS NULL THEN 0 ELSE (
               SELECT count(*) FROM bezet z WHERE z.wie = m.wie
                  AND z.periode && tstzrange(m.op - interval '7 days', m.op + interval '7 days')) END, m.wie)
      FROM moment m
     WHERE m.op >= vanaf AND NOT EXISTS (
           SELECT 1 FROM bezet z WHERE z.wie = m.wie
              AND z.periode && tstzrange(m.op, m.op + make_interval(mins => duur)))
     GROUP BY m.op ORDER BY m.op;
    PERFORM set_config('skt.context', vorige, true);
"""

BEZET = f"""
    {VOORAF}
    RETURN QUERY
        SELECT b.medewerker_id, a.begin, a.eind FROM intake_afspraak a JOIN intake_bezetting b ON b.afspraak_id = a.id
         WHERE a.begin >= van_ AND a.begin < least(tot_, van_ + interval '31 days')
           AND b.telt AND b.medewerker_id = ANY(intake_bezet.wie)
         ORDER BY 2, 1;
    PERFORM set_config('skt.context', vorige, true);
"""

# Who knows the key of an agenda knows 256 random bits; the answer is a medewerker, nothing about a resident.
SLEUTEL = """
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    SELECT s.medewerker_id INTO gevonden FROM intake_agendasleutel s WHERE s.hash = hash_ AND s.ingetrokken_op IS NULL;
    PERFORM set_config('skt.context', vorige, true);
    RETURN gevonden;
"""

BOEKT = "skt_mag_melding_schrijven(melding_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0008_methoden_en_metingen"),
        ("autorisatie", "0007_afgeleide_kolommen"),
        ("medewerkers", "0003_tijdelijk_wachtwoord"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Afspraak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "casus_id",
                    models.BigIntegerField(
                        blank=True,
                        help_text="De casus waarvoor zij is; als getal, want deze kamer kent geen casus.",
                        null=True,
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("telefonisch", "Telefonisch"),
                            ("gesprek loket", "Gesprek loket"),
                            ("huisbezoek", "Huisbezoek"),
                            ("verdiepende intake", "Verdiepende intake"),
                            ("evaluatie", "Evaluatie"),
                            ("nazorg", "Nazorg"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "plaats",
                    models.CharField(
                        choices=[
                            ("telefoon", "Telefonisch"),
                            ("loket", "Van Heeckerenhuis"),
                            ("thuis", "Bij de inwoner thuis"),
                            ("anders", "Andere plek"),
                        ],
                        max_length=10,
                    ),
                ),
                ("plaats_bij", models.CharField(blank=True, max_length=120, verbose_name="waar precies")),
                ("begin", models.DateTimeField()),
                ("eind", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gepland", "Gepland"),
                            ("gehouden", "Gehouden"),
                            ("niet verschenen", "Niet verschenen"),
                            ("verzet", "Verzet"),
                            ("geannuleerd", "Geannuleerd"),
                        ],
                        default="gepland",
                        max_length=16,
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("inwoner", "De inwoner kan niet"),
                            ("wij", "Wij kunnen niet"),
                            ("niet nodig", "Niet meer nodig"),
                            ("fout", "Verkeerd gepland"),
                        ],
                        max_length=12,
                    ),
                ),
                ("gepland_op", models.DateTimeField()),
                (
                    "afgerond_op",
                    models.DateTimeField(
                        blank=True,
                        help_text="Wanneer zij gehouden, gemist, verzet of geannuleerd is.",
                        null=True,
                    ),
                ),
                ("mail_gevraagd", models.BooleanField(default=False, verbose_name="bevestiging per e-mail")),
                ("gemaild_op", models.DateTimeField(blank=True, null=True)),
                (
                    "lees_medewerkers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, editable=False, size=None
                    ),
                ),
                (
                    "gepland_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="afspraken",
                        to="intake.melding",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        help_text="Gevuld als het team gevraagd is; het systeem koos dan wie er vrij was.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="medewerkers.team",
                    ),
                ),
                (
                    "verzet_naar",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verzet_van",
                        to="intake.afspraak",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "afspraken",
            },
        ),
        migrations.CreateModel(
            name="Agendasleutel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("gemaakt_op", models.DateTimeField()),
                ("ingetrokken_op", models.DateTimeField(blank=True, null=True)),
                (
                    "medewerker",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "agendasleutels",
            },
        ),
        migrations.CreateModel(
            name="Bezetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("periode", django.contrib.postgres.fields.ranges.DateTimeRangeField(editable=False)),
                (
                    "telt",
                    models.BooleanField(
                        default=True, editable=False, help_text="Zolang de afspraak gepland staat."
                    ),
                ),
                (
                    "afspraak",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bezettingen",
                        to="intake.afspraak",
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
                    "melding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.melding",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "bezettingen",
            },
        ),
        migrations.CreateModel(
            name="Terugbelverzoek",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("telefoon", models.CharField(max_length=20)),
                ("toelichting", models.CharField(blank=True, max_length=500)),
                ("niet_eerder_dan", models.DateTimeField(blank=True, null=True)),
                ("uiterlijk", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("gedaan", "Gesproken"),
                            ("andere weg", "Drie keer geen gehoor"),
                            ("vervallen", "Vervallen"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                (
                    "pogingen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(),
                        blank=True,
                        default=list,
                        help_text="Wanneer er gebeld is en niemand opnam.",
                        size=None,
                    ),
                ),
                ("gemaakt_op", models.DateTimeField()),
                ("afgerond_op", models.DateTimeField(blank=True, null=True)),
                (
                    "gemaakt_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "medewerker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terugbelverzoeken",
                        to="intake.melding",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="medewerkers.team",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "terugbelverzoeken",
            },
        ),
        migrations.CreateModel(
            name="Werktijd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekdag",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Maandag"),
                            (2, "Dinsdag"),
                            (3, "Woensdag"),
                            (4, "Donderdag"),
                            (5, "Vrijdag"),
                            (6, "Zaterdag"),
                            (7, "Zondag"),
                        ]
                    ),
                ),
                ("van", models.TimeField(blank=True, null=True)),
                ("tot", models.TimeField(blank=True, null=True)),
                (
                    "medewerker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="medewerkers.team",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "werktijden",
            },
        ),
        migrations.CreateModel(
            name="Werkuitzondering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("eerste_dag", models.DateField()),
                ("laatste_dag", models.DateField()),
                ("van", models.TimeField(blank=True, null=True)),
                ("tot", models.TimeField(blank=True, null=True)),
                ("vervallen", models.BooleanField(default=False)),
                (
                    "medewerker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="medewerkers.team",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "werkuitzonderingen",
            },
        ),
        migrations.AddIndex(
            model_name="afspraak",
            index=models.Index(fields=["begin", "id"], name="afspraak_begin"),
        ),
        migrations.AddIndex(
            model_name="afspraak",
            index=models.Index(fields=["melding", "begin"], name="afspraak_melding_begin"),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(("eind__gt", models.F("begin"))),
                name="afspraak_eindigt_na_begin",
                violation_error_message="Een afspraak eindigt na het begin.",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        [
                            "telefonisch",
                            "gesprek loket",
                            "huisbezoek",
                            "verdiepende intake",
                            "evaluatie",
                            "nazorg",
                        ],
                    )
                ),
                name="afspraak_soort_bestaat",
                violation_error_message="Kies een soort afspraak uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(("plaats__in", ["telefoon", "loket", "thuis", "anders"])),
                name="afspraak_plaats_bestaat",
                violation_error_message="Kies een plaats uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("plaats", "thuis"), _negated=True), ("plaats_bij", ""), _connector="OR"
                ),
                name="afspraak_thuis_zonder_adres",
                violation_error_message="Het adres staat bij de inwoner; schrijf het niet bij de afspraak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("plaats", "anders"), _negated=True),
                    models.Q(("plaats_bij", ""), _negated=True),
                    _connector="OR",
                ),
                name="afspraak_andere_plek_heet_iets",
                violation_error_message="Schrijf op waar de afspraak is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("afgerond_op__isnull", True), ("status", "gepland")),
                    models.Q(models.Q(("status", "gepland"), _negated=True), ("afgerond_op__isnull", False)),
                    _connector="OR",
                ),
                name="afspraak_afgerond_heeft_moment",
                violation_error_message="Een afgeronde afspraak heeft een moment waarop dat gebeurde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="afspraak",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["verzet", "geannuleerd"]), _negated=True),
                    models.Q(("reden", ""), _negated=True),
                    _connector="OR",
                ),
                name="afspraak_niet_door_heeft_reden",
                violation_error_message="Kies waarom de afspraak niet doorgaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendasleutel",
            constraint=models.CheckConstraint(
                condition=models.Q(("hash__regex", "^[0-9a-f]{64}$")),
                name="agendasleutel_is_hash",
                violation_error_message="De sleutel wordt alleen als hash bewaard.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezetting",
            constraint=models.UniqueConstraint(
                fields=("afspraak", "medewerker"),
                name="bezetting_een_keer",
                violation_error_message="Deze collega staat al bij de afspraak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezetting",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("telt", True)),
                expressions=[("medewerker", "="), ("periode", "&&")],
                name="bezetting_niet_dubbel",
                violation_error_message="Dit moment is net bezet geraakt. Kies een ander moment.",
            ),
        ),
        migrations.AddIndex(
            model_name="terugbelverzoek",
            index=models.Index(fields=["medewerker", "uiterlijk"], name="terugbellen_van_wie"),
        ),
        migrations.AddConstraint(
            model_name="terugbelverzoek",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")),
                fields=("melding",),
                name="terugbellen_een_open",
                violation_error_message="Bij deze melding staat al een terugbelafspraak.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugbelverzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("medewerker__isnull", False), ("team__isnull", True)),
                    models.Q(("medewerker__isnull", True), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="terugbellen_heeft_een_beller",
                violation_error_message="Kies één collega of één team om terug te bellen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugbelverzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("niet_eerder_dan__isnull", True),
                    ("uiterlijk__gt", models.F("niet_eerder_dan")),
                    _connector="OR",
                ),
                name="terugbellen_eindigt_na_begin",
                violation_error_message="‘Uiterlijk’ ligt na ‘niet eerder dan’.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugbelverzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(("telefoon", ""), _negated=True),
                name="terugbellen_heeft_nummer",
                violation_error_message="Vul in op welk nummer u terugbelt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugbelverzoek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("afgerond_op__isnull", True), ("status", "open")),
                    models.Q(models.Q(("status", "open"), _negated=True), ("afgerond_op__isnull", False)),
                    _connector="OR",
                ),
                name="terugbellen_afgerond_heeft_moment",
                violation_error_message="Een afgeronde terugbelafspraak heeft een moment waarop dat gebeurde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="werktijd",
            constraint=models.UniqueConstraint(
                fields=("team", "weekdag"),
                name="werktijd_een_per_team_en_dag",
                violation_error_message="Voor deze dag staan al openingstijden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="werktijd",
            constraint=models.UniqueConstraint(
                fields=("medewerker", "weekdag"),
                name="werktijd_een_per_medewerker_en_dag",
                violation_error_message="Voor deze dag staan al werktijden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="werktijd",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("medewerker__isnull", True), ("team__isnull", False)),
                    models.Q(("medewerker__isnull", False), ("team__isnull", True)),
                    _connector="OR",
                ),
                name="werktijd_van_een",
                violation_error_message="Werktijden zijn van één team of van één medewerker.",
            ),
        ),
        migrations.AddConstraint(
            model_name="werktijd",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("van__isnull", True), ("tot__isnull", True)),
                    ("tot__gt", models.F("van")),
                    _connector="OR",
                ),
                name="werktijd_eindigt_na_begin",
                violation_error_message="De eindtijd ligt na de begintijd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="werktijd",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdag__range", (1, 7))),
                name="werktijd_weekdag_bestaat",
                violation_error_message="Kies een dag van de week.",
            ),
        ),
        migrations.AddIndex(
            model_name="werkuitzondering",
            index=models.Index(fields=["medewerker", "laatste_dag"], name="uitzondering_van_wie"),
        ),
        migrations.AddConstraint(
            model_name="werkuitzondering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("medewerker__isnull", True), ("team__isnull", False)),
                    models.Q(("medewerker__isnull", False), ("team__isnull", True)),
                    _connector="OR",
                ),
                name="uitzondering_van_een",
                violation_error_message="Een uitzondering is van één team of van één medewerker.",
            ),
        ),
        migrations.AddConstraint(
            model_name="werkuitzondering",
            constraint=models.CheckConstraint(
                condition=models.Q(("laatste_dag__gte", models.F("eerste_dag"))),
                name="uitzondering_dagen",
                violation_error_message="De laatste dag ligt op of na de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="werkuitzondering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("van__isnull", True), ("tot__isnull", True)),
                    ("tot__gt", models.F("van")),
                    _connector="OR",
                ),
                name="uitzondering_eindigt_na_begin",
                violation_error_message="De eindtijd ligt na de begintijd.",
            ),
        ),
        # Before the lock, because the owner has no context.
        migrations.RunSQL(OPENINGSTIJDEN, migrations.RunSQL.noop),
        Protect(
            "intake_afspraak",
            read=f"skt_mag_melding(melding_id) OR {IK} = ANY(lees_medewerkers)",
            insert=f"{BOEKT} AND gepland_door_id = {IK}",
            update=f"{BOEKT} OR {IK} = ANY(lees_medewerkers)",
        ),
        PointAtVisible("intake_afspraak", "skt_mag_melding(melding_id)", vast=("melding_id",)),
        GuardDerived("intake_afspraak", "lees_medewerkers"),
        Protect(
            "intake_bezetting",
            read=f"medewerker_id = {IK} OR skt_mag_melding(melding_id)",
            insert=BOEKT,
            update="false",  # only by the trigger that follows the afspraak
        ),
        Protect(
            "intake_terugbelverzoek",
            read="skt_mag_melding(melding_id)",
            insert=f"{BOEKT} AND gemaakt_door_id = {IK}",
            update=BOEKT,
        ),
        PointAtVisible("intake_terugbelverzoek", "skt_mag_melding(melding_id)", vast=("melding_id",)),
        # When somebody works is no secret here; on which days somebody is away is theirs alone.
        Protect(
            "intake_werktijd",
            read=f"{WIE} IS NOT NULL",
            insert=f"medewerker_id = {IK}",
            update=f"medewerker_id = {IK}",
        ),
        Protect(
            "intake_werkuitzondering",
            read=f"medewerker_id = {IK} OR (team_id IS NOT NULL AND {WIE} IS NOT NULL)",
            insert=f"medewerker_id = {IK}",
            update=f"medewerker_id = {IK}",
        ),
        Protect(
            "intake_agendasleutel",
            read=f"medewerker_id = {IK}",
            insert=f"medewerker_id = {IK}",
            update=f"medewerker_id = {IK}",
        ),
        CreateFunction(
            "intake_bezetting_van_afspraak()",
            "trigger",
            BEZETTING,
            declare="loopt boolean;",
            als_systeem=True,
        ),
        CreateFunction("intake_bezetting_naar_afspraak()", "trigger", NAAR_AFSPRAAK, als_systeem=True),
        CreateFunction("intake_afspraak_naar_bezetting()", "trigger", NAAR_BEZETTING, als_systeem=True),
        CreateFunction("intake_melding_naar_beller()", "trigger", NAAR_BELLER, als_systeem=True),
        CreateFunction(
            "intake_plaatsing_keten_afspraak()",
            "trigger",
            PLAATSING,
            declare="houdt boolean := false;",
            als_systeem=True,
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
        CreateFunction(
            "intake_vrije_momenten(wie bigint[], dagen date[], duur integer, stap integer, vanaf timestamptz,"
            " precies timestamptz)",
            "TABLE (begin timestamptz, vrij bigint[])",
            VRIJ,
            declare="vorige text;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "intake_bezet(wie bigint[], van_ timestamptz, tot_ timestamptz)",
            "TABLE (medewerker_id bigint, begin timestamptz, eind timestamptz)",
            BEZET,
            declare="vorige text;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "intake_agendasleutel_van(hash_ text)",
            "bigint",
            SLEUTEL,
            declare="gevonden bigint; vorige text := coalesce(current_setting('skt.context', true), '');",
            volatility="VOLATILE",
            public=True,
        ),
    ]
