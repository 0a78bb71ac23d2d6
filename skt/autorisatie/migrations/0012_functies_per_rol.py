"""Each role calls only the functions it needs: the site the public ones, the report what stands behind its views, policy none.

PostgreSQL lets everybody call a new function. So skt_beleid and skt_rapport, which may come into the schema, could call what
was made for the site: `intake_ontvang_formulier` writes contactmomenten and meldingen for whoever calls it. From here on a
function belongs to nobody until a migration says so.
"""

from django.db import migrations

from skt.autorisatie.rls import Grant

# A function for triggers needs nobody's right: PostgreSQL asked it of the owner when the trigger was made.
SLUITEN = """
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
DO $sluiten$
DECLARE functie record;
BEGIN
    FOR functie IN
        SELECT p.oid::regprocedure AS naam, p.prorettype = 'trigger'::regtype AS is_trigger FROM pg_proc p
         WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole AND EXISTS (
            SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
             WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', functie.naam);
        IF NOT functie.is_trigger THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO skt_web', functie.naam);
        END IF;
    END LOOP;
END $sluiten$;
"""

OPENEN = """
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
DO $openen$
DECLARE functie record;
BEGIN
    FOR functie IN
        SELECT p.oid::regprocedure AS naam FROM pg_proc p
         WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = current_user::regrole AND EXISTS (
            SELECT 1 FROM aclexplode(p.proacl) a
             WHERE a.grantee = 'skt_web'::regrole AND a.privilege_type = 'EXECUTE')
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', functie.naam);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM skt_web', functie.naam);
    END LOOP;
END $openen$;
"""

# What the policies on the tables behind the narrow views ask; PostgreSQL asks it with the right of whoever reads the view.
ACHTER_DE_BRON = (
    "FUNCTION skt_context(), skt_heeft_rol(text[]), skt_ik(), skt_mag_casus_zien(bigint), skt_mag_melding(bigint),"
    " skt_noodcasussen(), skt_noodinwoners(), skt_noodmeldingen(), skt_organisaties(), skt_teams(text[])"
)


class Migration(migrations.Migration):
    dependencies = [
        ("autorisatie", "0011_casus_uit_gezamenlijk_overleg"),
        ("casusregie", "0009_terugkoppeling_volgt_de_regie"),
        ("intake", "0020_stilstaand_en_plicht"),
        ("inwoners", "0002_bekend_of_nieuw"),
        ("medewerkers", "0003_tijdelijk_wachtwoord"),
        ("rapportage", "0010_conceptrapport"),
        ("socialekaart", "0003_foutmeldingen"),
        ("termijnen", "0004_opschorten"),
        ("triage", "0016_kenners_op_slot"),
        ("verantwoording", "0003_zeldzame_regels"),
    ]

    operations = [
        migrations.RunSQL(SLUITEN, OPENEN),
        Grant("EXECUTE", ACHTER_DE_BRON, "skt_rapport"),
    ]
