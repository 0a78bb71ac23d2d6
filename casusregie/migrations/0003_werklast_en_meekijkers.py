"""Three narrow questions past row-level security: how full somebody's hands are, who read along, and who broke in."""

from django.db import migrations

from skt.autorisatie.rls import MET_DOSSIERS, CreateFunction

NAAM = "nullif(concat_ws(' ', m.voornaam, nullif(m.voorvoegsel, ''), m.achternaam), '')"

WERKLAST = f"""
    IF NOT {MET_DOSSIERS} THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT r.medewerker_id, count(*) FROM casusregie_regietoewijzing r JOIN casusregie_casus c ON c.id = r.casus_id
         WHERE r.tot IS NULL AND c.status <> 'afgesloten' AND r.medewerker_id = ANY(wie) GROUP BY r.medewerker_id;
    PERFORM set_config('skt.context', vorige, true);
"""

# One act is one line here, however many residents it touched; `voor` turns the page.
MEEKIJKERS = f"""
    IF NOT skt_mag_casus_beheren(welke) THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        WITH delen (soort, sleutel) AS (
            SELECT 'casus', welke
            UNION ALL SELECT 'actie', a.id FROM casusregie_actie a WHERE a.casus_id = welke
            UNION ALL SELECT 'notitie', n.id FROM casusregie_notitie n WHERE n.casus_id = welke
            UNION ALL SELECT 'nazorg', z.id FROM casusregie_nazorg z WHERE z.casus_id = welke
            UNION ALL SELECT 'betrokkenheid', b.id FROM casusregie_betrokkenheid b WHERE b.casus_id = welke
            UNION ALL SELECT 'schaling', s.id FROM casusregie_schaling s WHERE s.casus_id = welke
        ), regels AS (
            SELECT min(r.id) AS id, min(r.tijdstip) AS tijdstip, r.medewerker_id, r.organisatie_id, r.actie, r.soort,
                   bool_or(r.noodtoegang) AS noodtoegang
              FROM delen d JOIN verantwoording_regel r ON r.object_soort = d.soort AND r.object_id = d.sleutel
             WHERE voor IS NULL OR r.id < voor
             GROUP BY r.verzoek, r.actie, r.soort, r.object_soort, r.object_id, r.medewerker_id, r.organisatie_id
             ORDER BY 1 DESC LIMIT aantal
        )
        SELECT g.id, g.tijdstip, coalesce({NAAM}, 'Het systeem'), coalesce(o.naam, '')::text, g.actie::text,
               g.soort::text, g.noodtoegang
          FROM regels g
          LEFT JOIN medewerkers_medewerker m ON m.id = g.medewerker_id
          LEFT JOIN medewerkers_moederorganisatie o ON o.id = g.organisatie_id
         ORDER BY g.id DESC;
    PERFORM set_config('skt.context', vorige, true);
"""

# Whoever answers for the casus sees at once that it was broken open, by whom and why (domein 4).
NOODTOEGANGEN = f"""
    IF NOT skt_mag_casus_beheren(welke) THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT {NAAM}, coalesce((
                   SELECT o.naam FROM medewerkers_plaatsing p JOIN medewerkers_moederorganisatie o ON o.id = p.moederorganisatie_id
                    WHERE p.medewerker_id = m.id AND p.van <= n.begint_op::date AND (p.tot IS NULL OR p.tot > n.begint_op::date)
                    ORDER BY p.van, p.id LIMIT 1
               ), '')::text, n.reden::text, n.begint_op, n.eindigt_op
          FROM autorisatie_noodtoegang n JOIN medewerkers_medewerker m ON m.id = n.medewerker_id
         WHERE n.casus_id = welke AND n.begint_op >= sinds ORDER BY n.begint_op DESC LIMIT 20;
    PERFORM set_config('skt.context', vorige, true);
"""


class Migration(migrations.Migration):
    dependencies = [("casusregie", "0002_sloten_en_keten")]

    operations = [
        CreateFunction(
            "casusregie_werklast(wie bigint[])",
            "TABLE (medewerker bigint, aantal bigint)",
            WERKLAST,
            declare="vorige text;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "casusregie_meekijkers(welke bigint, voor bigint, aantal integer)",
            "TABLE (id bigint, tijdstip timestamptz, medewerker text, organisatie text, actie text, soort text,"
            " noodtoegang boolean)",
            MEEKIJKERS,
            declare="vorige text;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "casusregie_noodtoegangen(welke bigint, sinds timestamptz)",
            "TABLE (medewerker text, organisatie text, reden text, begint_op timestamptz, eindigt_op timestamptz)",
            NOODTOEGANGEN,
            declare="vorige text;",
            volatility="VOLATILE",
            public=True,
        ),
    ]
