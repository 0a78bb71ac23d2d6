"""The ceiling of a mandaat holds for one inwoner: whatever was granted for the same law and product counts, whoever granted it."""

from django.db import migrations

from skt.autorisatie.rls import SYSTEEM, TERUG, CreateFunction

PER_JAAR = "CASE per WHEN 'per week' THEN 52 WHEN 'per 4 weken' THEN 13 WHEN 'per maand' THEN 12 ELSE 1 END"

# What is granted once weighs for a year from its first day; the rest as long as it runs. The most at once is reached on the first
# day of one of them, or on the first day asked about. Only an amount comes out: no row of a colleague, and only for the toegang, of whom it sees.
TOEGEKEND = f"""
    IF skt_context() <> 0 AND NOT (skt_heeft_rol('zorgregisseur') AND skt_mag_inwoner(welke)) THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    IF hoe = 'totaal' THEN
        eind_ := (begin_ + interval '1 year')::date - 1;
    END IF;
    WITH eis AS (
        SELECT k.van, k.bedrag * {PER_JAAR} AS jaar,
               CASE k.per WHEN 'totaal' THEN (k.van + interval '1 year')::date - 1 ELSE k.tot_en_met END AS eind
          FROM triage_toekenning k JOIN triage_triage t ON t.id = k.triage_id JOIN intake_melding m ON m.id = t.melding_id
         WHERE m.inwoner_id = welke AND k.wet = volgens AND lower(k.product) = lower(wat)
    ), dag AS (
        SELECT greatest(van, begin_) AS op FROM eis WHERE van <= eind_ AND eind >= begin_
    )
    SELECT coalesce(max((SELECT sum(eis.jaar) FROM eis WHERE dag.op BETWEEN eis.van AND eis.eind)), 0) INTO hoogst FROM dag;
    {TERUG}
    RETURN hoogst;
"""

SAMEN_BINNEN_PLAFOND = f"""
CREATE POLICY triage_toekenning_samen ON triage_toekenning AS RESTRICTIVE FOR INSERT WITH CHECK ({SYSTEEM} OR EXISTS (
    SELECT 1 FROM triage_triage t JOIN intake_melding m ON m.id = t.melding_id
      JOIN medewerkers_mandaat a ON a.id = triage_toekenning.mandaat_id
     WHERE t.id = triage_id
       AND triage_toekenning.bedrag * {PER_JAAR}
           + triage_toegekend(
               m.inwoner_id, triage_toekenning.wet, triage_toekenning.product, triage_toekenning.van,
               triage_toekenning.tot_en_met, triage_toekenning.per
             ) <= a.plafond
));
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0013_stippen_en_voorzitter")]

    operations = [
        CreateFunction(
            "triage_toegekend(welke bigint, volgens text, wat text, begin_ date, eind_ date, hoe text)",
            "numeric",
            TOEGEKEND,
            declare="hoogst numeric; _vorige text := coalesce(current_setting('skt.context', true), '');",
            volatility="VOLATILE",
            public=True,
        ),
        migrations.RunSQL(SAMEN_BINNEN_PLAFOND, "DROP POLICY triage_toekenning_samen ON triage_toekenning;"),
    ]
