"""The functions with which PostgreSQL knows who acts, and what that person's running placements give."""

from django.db import migrations

from skt.autorisatie.rls import CreateFunction, Revoke

CONTEXT = """
    ruw := nullif(current_setting('skt.context', true), '');
    IF ruw IS NULL THEN
        RETURN NULL;
    END IF;
    deel := string_to_array(ruw, ':');
    SELECT s.binnen, s.buiten INTO binnen, buiten FROM autorisatie_contextsleutel s WHERE s.id = 1;
    IF array_length(deel, 1) IS DISTINCT FROM 3
       OR binnen IS NULL
       OR encode(sha256(buiten || sha256(binnen || convert_to(deel[1] || ':' || deel[2], 'UTF8'))), 'hex')
          IS DISTINCT FROM deel[3]
       OR deel[2]::bigint < extract(epoch FROM statement_timestamp()) THEN
        RAISE EXCEPTION 'skt.context is niet ondertekend of verlopen' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN deel[1]::bigint;
"""

SYSTEEMTOKEN = """
    bericht := '0:' || (extract(epoch FROM clock_timestamp())::bigint + 7200);
    SELECT s.binnen, s.buiten INTO binnen, buiten FROM autorisatie_contextsleutel s WHERE s.id = 1;
    RETURN bericht || ':' || encode(sha256(buiten || sha256(binnen || convert_to(bericht, 'UTF8'))), 'hex');
"""

LOPEND = """
    FROM medewerkers_plaatsing p JOIN medewerkers_medewerker m ON m.id = p.medewerker_id AND m.is_active AND NOT m.wachtwoord_tijdelijk
    WHERE p.medewerker_id = skt_context() AND p.van <= skt_vandaag() AND (p.tot IS NULL OR p.tot > skt_vandaag())
"""

DOSSIERROLLEN = "ARRAY['loketprofessional','zorgregisseur','teamlid','casusregisseur','procesregisseur','teamcoordinator']"

NUMMER = """
    naam := format('skt_nummer_%s_%s', soort, jaar);
    IF soort !~ '^[a-z]+$' OR jaar NOT BETWEEN 2000 AND 2200 THEN
        RAISE EXCEPTION 'onbekende nummering';
    END IF;
    IF to_regclass(naam) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext(naam));
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', naam);
    END IF;
    RETURN nextval(naam::regclass);
"""


class Migration(migrations.Migration):
    dependencies = [("autorisatie", "0001_initial"), ("medewerkers", "0003_tijdelijk_wachtwoord")]

    operations = [
        Revoke("ALL", "autorisatie_contextsleutel"),
        CreateFunction(
            "skt_context()",
            "bigint",
            CONTEXT,
            declare="ruw text; deel text[]; binnen bytea; buiten bytea;",
            public=True,
        ),
        CreateFunction(
            "skt_systeemtoken()",
            "text",
            SYSTEEMTOKEN,
            declare="bericht text; binnen bytea; buiten bytea;",
            volatility="VOLATILE",
        ),
        CreateFunction(
            "skt_vandaag()", "date", "RETURN (now() AT TIME ZONE 'Europe/Amsterdam')::date;", public=True
        ),
        CreateFunction(
            "skt_teams(VARIADIC rollen text[])",
            "bigint[]",
            f"RETURN (SELECT coalesce(array_agg(DISTINCT p.team_id), '{{}}') {LOPEND} AND p.rol = ANY(rollen));",
            public=True,
        ),
        CreateFunction(
            "skt_heeft_rol(VARIADIC rollen text[])",
            "boolean",
            f"RETURN EXISTS (SELECT 1 {LOPEND} AND p.rol = ANY(rollen));",
            public=True,
        ),
        CreateFunction(
            "skt_organisaties()",
            "bigint[]",
            f"RETURN (SELECT coalesce(array_agg(DISTINCT p.moederorganisatie_id), '{{}}') {LOPEND}"
            f" AND p.rol = ANY({DOSSIERROLLEN}));",
            public=True,
        ),
        # Who acts, while a dossierrol runs; otherwise NULL. A name in a dossier outlives the placement, the right doesn't.
        CreateFunction(
            "skt_ik()",
            "bigint",
            "RETURN CASE WHEN cardinality(skt_organisaties()) > 0 THEN skt_context() END;",
            public=True,
        ),
        # A blocked account still has its placement: blocking takes the right away, not the responsibility.
        CreateFunction(
            "skt_loopt_plaatsing(wie bigint, organisatie bigint)",
            "boolean",
            "RETURN EXISTS (SELECT 1 FROM medewerkers_plaatsing p WHERE p.medewerker_id = wie"
            " AND (organisatie IS NULL OR p.moederorganisatie_id = organisatie)"
            " AND p.van <= skt_vandaag() AND (p.tot IS NULL OR p.tot > skt_vandaag()));",
            public=True,
        ),
        CreateFunction(
            "skt_volgend_nummer(soort text, jaar integer)",
            "bigint",
            NUMMER,
            declare="naam text;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "skt_noodcasussen()",
            "bigint[]",
            "RETURN (SELECT coalesce(array_agg(n.casus_id), '{}') FROM autorisatie_noodtoegang n"
            " WHERE n.medewerker_id = skt_ik() AND now() BETWEEN n.begint_op AND n.eindigt_op);",
            public=True,
        ),
        CreateFunction(
            "skt_noodinwoners()",
            "bigint[]",
            "RETURN (SELECT coalesce(array_agg(i), '{}') FROM autorisatie_noodtoegang n, unnest(n.inwoner_ids) i"
            " WHERE n.medewerker_id = skt_ik() AND now() BETWEEN n.begint_op AND n.eindigt_op);",
            public=True,
        ),
        CreateFunction(
            "skt_noodmeldingen()",
            "bigint[]",
            "RETURN (SELECT coalesce(array_agg(i), '{}') FROM autorisatie_noodtoegang n, unnest(n.melding_ids) i"
            " WHERE n.medewerker_id = skt_ik() AND now() BETWEEN n.begint_op AND n.eindigt_op);",
            public=True,
        ),
    ]
