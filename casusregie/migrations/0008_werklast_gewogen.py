"""How heavy somebody's casussen are together: one narrow question past row-level security, beside how many there are."""

from django.db import migrations

from skt.autorisatie.rls import MET_DOSSIERS, CreateFunction

# [V] What a casus asks of who has the regie: the start most, winding down half, nazorg a quarter; procesregie doubles it.
GEWICHT = """
    CASE c.status WHEN 'in opstart' THEN 1.5 WHEN 'in afbouw' THEN 0.5 WHEN 'nazorg' THEN 0.25 ELSE 1 END
    * CASE c.regieniveau WHEN 'procesregie' THEN 2 ELSE 1 END
"""
WERKGEWICHT = f"""
    IF NOT {MET_DOSSIERS} THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT r.medewerker_id, sum({GEWICHT})::double precision
          FROM casusregie_regietoewijzing r JOIN casusregie_casus c ON c.id = r.casus_id
         WHERE r.tot IS NULL AND c.status <> 'afgesloten' AND r.medewerker_id = ANY(wie) GROUP BY r.medewerker_id;
    PERFORM set_config('skt.context', vorige, true);
"""


class Migration(migrations.Migration):
    dependencies = [("casusregie", "0007_samenvoegen")]

    operations = [
        CreateFunction(
            "casusregie_werkgewicht(wie bigint[])",
            "TABLE (medewerker bigint, gewicht double precision)",
            WERKGEWICHT,
            declare="vorige text;",
            volatility="VOLATILE",
            public=True,
        )
    ]
