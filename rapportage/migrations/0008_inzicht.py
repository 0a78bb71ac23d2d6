"""What the pilot wants to learn (nota, stap 3), as counts: narrow functions that say how many and how long, never who.

Who leads the pilot or a team asks them (and the nightly count, as the system); nobody else gets a row. Below ten nothing is told
(NULL), every count is a multiple of five, a lead time needs ten, and the period is three, six or twelve whole months: no two
answers differ by one day. What was told is kept per period: counting a hundred thousand meldingen takes a second, reading doesn't.
"""

from django.db import migrations, models

from skt.autorisatie.rls import CreateFunction, Protect

DAG = "({} AT TIME ZONE 'Europe/Amsterdam')::date"
VERTEL = "CASE WHEN cel.n >= 10 THEN (round(cel.n / 5.0) * 5)::integer END"
WIE_LEIDT = "(SELECT skt_heeft_rol('kwartiermaker', 'teamcoordinator'))"

INZICHT = f"""
    IF NOT (skt_heeft_rol('kwartiermaker', 'teamcoordinator') OR skt_context() = 0) THEN
        RETURN;
    END IF;
    IF maanden_ NOT IN (3, 6, 12) OR tot_ <> date_trunc('month', tot_)::date THEN
        RAISE EXCEPTION 'deze periode is er niet' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    van_ := (tot_ - make_interval(months => maanden_))::date;
    begin_ := van_::timestamp AT TIME ZONE 'Europe/Amsterdam';
    eind_ := tot_::timestamp AT TIME ZONE 'Europe/Amsterdam';
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
    WITH dag AS MATERIALIZED (
        -- Every day with its number among the werkdagen; `vrij_` are the public holidays.
        SELECT d::date AS op,
               (count(*) FILTER (WHERE extract(isodow FROM d) < 6 AND d::date <> ALL (vrij_)) OVER (ORDER BY d))::integer AS nr
          FROM generate_series(van_ - interval '3 years', tot_::timestamp, interval '1 day') d
    ), m AS MATERIALIZED (
        SELECT m.id, m.afhandeling, m.ontvangen_op, c.begonnen_op,
               CASE WHEN c.doorverbonden_vanuit_id IS NULL THEN c.kanaal ELSE 'doorverbonden' END AS deur
          FROM intake_melding m JOIN intake_contactmoment c ON c.id = m.contactmoment_id
         WHERE m.ontvangen_op >= begin_ AND m.ontvangen_op < eind_ AND NOT c.uit_oude_lijst
    ), weging AS MATERIALIZED (
        SELECT t.melding_id, min(t.gedaan_op) AS op FROM triage_triage t GROUP BY t.melding_id
    ), tafel AS MATERIALIZED (
        -- One aanmelding at the table: first meeting, last besluit that isn't to wait.
        SELECT p.aanmelding_id, min(o.begint_op) FILTER (WHERE o.status <> 'geannuleerd') AS overleg_op,
               max(p.besloten_op) FILTER (WHERE p.besluit NOT IN ('', 'aanhouden')) AS besluit_op,
               (array_agg(p.besluit ORDER BY p.besloten_op DESC, p.id DESC)
                   FILTER (WHERE p.besluit NOT IN ('', 'aanhouden')))[1] AS besluit
          FROM triage_agendapunt p JOIN triage_overleg o ON o.id = p.overleg_id GROUP BY p.aanmelding_id
    ), aanmelding AS MATERIALIZED (
        SELECT DISTINCT ON (a.melding_id) a.melding_id, a.id, a.bord FROM triage_aanmelding a ORDER BY a.melding_id, a.id DESC
    ), daad AS MATERIALIZED (
        SELECT k.melding_id, p.besloten_op, x.op
          FROM (SELECT a.casus_id, min(a.afgerond_op) AS op FROM casusregie_actie a WHERE a.status = 'klaar' GROUP BY a.casus_id) x
          JOIN casusregie_casus k ON k.id = x.casus_id JOIN triage_agendapunt p ON p.id = k.agendapunt_id
         WHERE x.op >= begin_ AND x.op < eind_
    ), stap AS (
        -- A step counts in the period in which it ended: what still waits is counted where it waits.
        SELECT 'melding' AS naam, m.begonnen_op AS van, m.ontvangen_op AS tot FROM m
        UNION ALL
        SELECT 'triage', m.ontvangen_op, w.op FROM weging w JOIN intake_melding m ON m.id = w.melding_id
         WHERE w.op >= begin_ AND w.op < eind_
        UNION ALL
        SELECT 'overleg', t.gedaan_op, f.overleg_op FROM tafel f JOIN triage_aanmelding a ON a.id = f.aanmelding_id
          JOIN triage_triage t ON t.id = a.triage_id WHERE f.overleg_op >= begin_ AND f.overleg_op < eind_
        UNION ALL
        SELECT 'besluit', f.overleg_op, f.besluit_op FROM tafel f
         WHERE f.overleg_op IS NOT NULL AND f.besluit_op >= begin_ AND f.besluit_op < eind_
        UNION ALL
        SELECT 'actie', d.besloten_op, d.op FROM daad d
        UNION ALL
        SELECT 'geheel', c.begonnen_op, d.op FROM daad d JOIN intake_melding m ON m.id = d.melding_id
          JOIN intake_contactmoment c ON c.id = m.contactmoment_id
    ), tijd AS MATERIALIZED (
        SELECT h.naam, greatest(0, h.tot - h.van) AS dagen, greatest(0, e.nr - coalesce(b.nr, 0)) AS werkdagen, h.n
          FROM (SELECT s.naam, {DAG.format("s.van")} AS van, {DAG.format("s.tot")} AS tot, count(*) AS n
                  FROM stap s GROUP BY 1, 2, 3) h
          JOIN dag e ON e.op = h.tot LEFT JOIN dag b ON b.op = h.van
    ), verdeling AS (
        SELECT r.*, sum(r.n) OVER (PARTITION BY r.naam, r.soort ORDER BY r.waarde) AS tot_hier,
               sum(r.n) OVER (PARTITION BY r.naam, r.soort) AS samen
          FROM (SELECT t.naam, 'dagen' AS soort, t.dagen AS waarde, sum(t.n) AS n FROM tijd t GROUP BY t.naam, t.dagen
                UNION ALL SELECT t.naam, 'werkdagen', t.werkdagen, sum(t.n) FROM tijd t GROUP BY t.naam, t.werkdagen) r
    ), weg AS MATERIALIZED (
        SELECT m.deur, CASE WHEN a.bord IS NOT NULL THEN 'triage' WHEN m.afhandeling = '' THEN 'nog open' ELSE m.afhandeling END AS route,
               CASE WHEN a.bord IS NOT NULL THEN a.bord WHEN m.afhandeling <> 'triage' THEN NULL
                    WHEN w.melding_id IS NULL THEN 'wacht op triage' ELSE 'zonder overleg' END AS team,
               CASE WHEN a.bord IS NOT NULL THEN coalesce(f.besluit, 'nog geen besluit') END AS besluit, count(*) AS n
          FROM m LEFT JOIN weging w ON w.melding_id = m.id LEFT JOIN aanmelding a ON a.melding_id = m.id
          LEFT JOIN tafel f ON f.aanmelding_id = a.id GROUP BY 1, 2, 3, 4
    ), gesprek AS MATERIALIZED (
        SELECT to_char(c.begonnen_op AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM') AS maand, o.code, count(*) AS n
          FROM intake_contactmoment c JOIN medewerkers_moederorganisatie o ON o.id = c.doorverbonden_vanuit_id
         WHERE c.begonnen_op >= begin_ AND c.begonnen_op < eind_ AND NOT c.uit_oude_lijst GROUP BY 1, 2
    ), cel AS (
        SELECT 'meldingen' AS maat_, '{{}}'::text[] AS sleutel_, sum(w.n) AS n FROM weg w
        UNION ALL SELECT 'stap', ARRAY[t.naam], sum(t.n) FROM tijd t GROUP BY t.naam
        UNION ALL SELECT 'deur', ARRAY[w.deur, w.route], sum(w.n) FROM weg w GROUP BY w.deur, w.route
        UNION ALL SELECT 'team', ARRAY['triage', w.team], sum(w.n) FROM weg w WHERE w.team IS NOT NULL GROUP BY w.team
        UNION ALL SELECT 'besluit', ARRAY[w.team, w.besluit], sum(w.n) FROM weg w WHERE w.besluit IS NOT NULL GROUP BY w.team, w.besluit
        UNION ALL SELECT 'door', ARRAY[g.code, g.maand], g.n FROM gesprek g
        UNION ALL SELECT 'door_samen', ARRAY[g.maand], sum(g.n) FROM gesprek g GROUP BY g.maand
    )
    SELECT cel.maat_::text, cel.sleutel_::text[], {VERTEL} FROM cel WHERE cel.n > 0
    UNION ALL
    SELECT 'duur', ARRAY[v.naam, v.soort, x.deel::text], (min(v.waarde) FILTER (WHERE v.tot_hier >= x.deel * v.samen))::integer
      FROM verdeling v CROSS JOIN (VALUES (0.5), (0.9)) AS x(deel) WHERE v.samen >= 10 GROUP BY v.naam, v.soort, x.deel;
    PERFORM set_config('skt.context', vorige, true);
"""

WACHT = f"""
    IF NOT skt_heeft_rol('kwartiermaker', 'teamcoordinator') THEN
        RETURN;
    END IF;
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
    WITH w AS MATERIALIZED (
        SELECT CASE m.status WHEN 'open' THEN 'loket' WHEN 'in_triage' THEN 'triage' ELSE coalesce(a.bord, 'team') END AS plek,
               CASE WHEN m.status = 'bij_team' THEN coalesce(a.status, '') ELSE '' END AS stand,
               m.uiterlijk < nu_ AS laat, {DAG.format("nu_")} - {DAG.format("m.ontvangen_op")} AS dagen, count(*) AS n
          FROM intake_melding m LEFT JOIN triage_aanmelding a ON a.melding_id = m.id AND a.status <> 'afgerond'
         WHERE m.status IN ('open', 'in_triage', 'bij_team') GROUP BY 1, 2, 3, 4
    ), k AS (
        SELECT w.*, CASE WHEN w.dagen < 3 THEN '0-2' WHEN w.dagen < 8 THEN '3-7' WHEN w.dagen < 15 THEN '8-14'
                         WHEN w.dagen < 29 THEN '15-28' ELSE '29+' END AS klasse FROM w
    ), cel AS (
        SELECT 'wacht' AS maat_, ARRAY[k.plek, k.stand] AS sleutel_, sum(k.n) AS n FROM k GROUP BY k.plek, k.stand
        UNION ALL SELECT 'wacht_laat', ARRAY[k.plek, k.stand], sum(k.n) FROM k WHERE k.laat GROUP BY k.plek, k.stand
        UNION ALL SELECT 'wacht_lang', ARRAY[k.plek, k.stand], sum(k.n) FROM k WHERE k.dagen > 14 GROUP BY k.plek, k.stand
        UNION ALL SELECT 'wacht_klasse', ARRAY[k.plek, k.stand, k.klasse], sum(k.n) FROM k GROUP BY k.plek, k.stand, k.klasse
        UNION ALL SELECT 'wachtend', '{{}}', sum(k.n) FROM k
        UNION ALL SELECT 'laat', '{{}}', sum(k.n) FROM k WHERE k.laat
    )
    SELECT cel.maat_::text, cel.sleutel_::text[], {VERTEL} FROM cel WHERE cel.n > 0;
    PERFORM set_config('skt.context', vorige, true);
"""
VORIGE = "vorige text := coalesce(current_setting('skt.context', true), '');"
RIJEN = "TABLE (maat text, sleutel text[], aantal integer)"


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0007_raadsrapport")]

    operations = [
        CreateFunction(
            "rapportage_inzicht(tot_ date, maanden_ integer, vrij_ date[])",
            RIJEN,
            INZICHT,
            declare=f"{VORIGE} van_ date; begin_ timestamptz; eind_ timestamptz;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "rapportage_wacht(nu_ timestamptz)",
            RIJEN,
            WACHT,
            declare=VORIGE,
            volatility="VOLATILE",
            public=True,
        ),
        migrations.CreateModel(
            name="Inzichtstand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tot", models.DateField(help_text="De eerste dag na de periode.")),
                ("maanden", models.PositiveSmallIntegerField()),
                ("geteld_op", models.DateTimeField()),
                ("cellen", models.JSONField()),
            ],
            options={
                "verbose_name_plural": "inzichtstanden",
                "constraints": [
                    models.UniqueConstraint(fields=("tot", "maanden"), name="inzichtstand_een_per_periode")
                ],
            },
        ),
        Protect("rapportage_inzichtstand", read=WIE_LEIDT, insert="false", update="false"),
    ]
