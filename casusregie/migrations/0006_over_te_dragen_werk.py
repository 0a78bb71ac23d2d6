"""A narrow question past row-level security: whose placement ends while work is held, and how much (domein 5, 6)."""

from django.db import migrations

from skt.autorisatie.rls import SYSTEEM, CreateFunction

DOSSIERROLLEN = "ARRAY['loketprofessional','zorgregisseur','teamlid','casusregisseur','procesregisseur','teamcoordinator']"

# The beheerder gets numbers of everybody, a teamcoördinator those of the own team. A placement is named when nothing
# that works with dossiers takes over on the day it ends (or today, when it ended already); of several that end, the last.
OVER_TE_DRAGEN = f"""
    alles := {SYSTEEM} OR (SELECT skt_heeft_rol('functioneel_beheerder'));
    mijn_teams := (SELECT skt_teams('teamcoordinator'));
    IF NOT coalesce(alles, false) AND cardinality(mijn_teams) = 0 THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        WITH eindigt AS (
            SELECT DISTINCT ON (p.medewerker_id, p.moederorganisatie_id)
                   p.id, p.medewerker_id, p.moederorganisatie_id, p.team_id, p.tot, greatest(p.tot, skt_vandaag()) AS vanaf
              FROM medewerkers_plaatsing p
             WHERE p.tot <= tot_en_met AND p.rol = ANY({DOSSIERROLLEN})
             ORDER BY p.medewerker_id, p.moederorganisatie_id, p.tot DESC, p.id DESC
        ), blijft AS (
            SELECT e.*,
                   EXISTS (SELECT 1 FROM medewerkers_plaatsing n WHERE n.medewerker_id = e.medewerker_id
                            AND n.rol = ANY({DOSSIERROLLEN}) AND n.van <= e.vanaf AND (n.tot IS NULL OR n.tot > e.vanaf)) AS ergens,
                   EXISTS (SELECT 1 FROM medewerkers_plaatsing n WHERE n.medewerker_id = e.medewerker_id
                            AND n.moederorganisatie_id = e.moederorganisatie_id
                            AND n.rol = ANY({DOSSIERROLLEN}) AND n.van <= e.vanaf AND (n.tot IS NULL OR n.tot > e.vanaf)) AS hier,
                   row_number() OVER (PARTITION BY e.medewerker_id ORDER BY e.tot DESC, e.id DESC) = 1 AS laatste
              FROM eindigt e
        ), werk AS (
            SELECT b.id, b.team_id, b.tot,
                   CASE WHEN b.laatste AND NOT b.ergens THEN (
                       SELECT count(*) FROM intake_melding m
                        WHERE m.verantwoordelijke_id = b.medewerker_id AND m.status <> 'gesloten') ELSE 0 END AS m,
                   CASE WHEN NOT b.hier THEN (
                       SELECT count(DISTINCT c.id) FROM casusregie_regietoewijzing r JOIN casusregie_casus c ON c.id = r.casus_id
                        WHERE r.medewerker_id = b.medewerker_id AND r.organisatie_id = b.moederorganisatie_id
                          AND r.tot IS NULL AND c.status <> 'afgesloten') ELSE 0 END AS c,
                   CASE WHEN b.laatste AND NOT b.ergens THEN (
                       SELECT count(*) FROM casusregie_actie a
                        WHERE a.medewerker_id = b.medewerker_id AND a.status = 'open') ELSE 0 END AS a
              FROM blijft b WHERE NOT b.hier
        )
        SELECT w.id, w.m, w.c, w.a FROM werk w
         WHERE w.m + w.c + w.a > 0 AND (alles OR w.team_id = ANY(mijn_teams))
         ORDER BY w.tot, w.id;
    PERFORM set_config('skt.context', vorige, true);
"""


class Migration(migrations.Migration):
    dependencies = [("casusregie", "0005_afgeleide_kolommen"), ("intake", "0007_koppel_een_bekende")]

    operations = [
        CreateFunction(
            "casusregie_over_te_dragen(tot_en_met date)",
            "TABLE (plaatsing bigint, meldingen bigint, casussen bigint, acties bigint)",
            OVER_TE_DRAGEN,
            declare="vorige text; alles boolean; mijn_teams bigint[];",
            volatility="VOLATILE",
            public=True,
        )
    ]
