"""Lock 2 on casussen, and invariants 2, 3, 4 and 6 of the sluitende keten as deferred constraint triggers."""

from django.db import migrations

from skt.autorisatie.rls import (
    IK,
    MIJN_COORDINATIE,
    ORGANISATIES,
    TERUG,
    CreateFunction,
    Grant,
    Protect,
)

IN_OPSTART = f"(status = 'in opstart' AND NOT afgeschermd AND geopend_door_id = {IK})"

TOEGANG_OF_TEAM = "(SELECT skt_heeft_rol('zorgregisseur', 'teamlid', 'casusregisseur', 'procesregisseur', 'teamcoordinator'))"

LEZEN = f"""
    {IK} = ANY(lees_medewerkers)
    OR {IN_OPSTART}
    OR (NOT afgeschermd AND (lees_organisaties && {ORGANISATIES} OR team_id = ANY({MIJN_COORDINATIE})))
"""

# All of it: the casus- and procesregisseur; the teamcoördinator can always hand the regie over; and whoever wrote the
# besluit, until the casusregisseur has started.
BEHEREN = f"{IK} = ANY(regisseurs) OR {IN_OPSTART} OR (NOT afgeschermd AND team_id = ANY({MIJN_COORDINATIE}))"

MAG_CASUS = f"RETURN EXISTS (SELECT 1 FROM casusregie_casus WHERE id = welke AND ({LEZEN}));"
MAG_CASUS_ZIEN = "RETURN EXISTS (SELECT 1 FROM casusregie_casus WHERE id = welke);"
MAG_CASUS_BEHEREN = f"RETURN EXISTS (SELECT 1 FROM casusregie_casus WHERE id = welke AND ({BEHEREN}));"

# Everything that decides who may read: once, from the rows that say so.
VERVERS = f"""
    SELECT coalesce(array_agg(DISTINCT b.organisatie_id), '{{}}') INTO organisaties
      FROM casusregie_betrokkenheid b WHERE b.casus_id = welke AND b.tot IS NULL;
    SELECT coalesce(array_agg(DISTINCT r.medewerker_id), '{{}}') INTO regie
      FROM casusregie_regietoewijzing r WHERE r.casus_id = welke AND r.tot IS NULL;
    SELECT regie || coalesce(array_agg(DISTINCT u.user_id), '{{}}') INTO medewerkers
      FROM casusregie_casususerobjectpermission u WHERE u.content_object_id = welke;
    UPDATE casusregie_casus SET lees_organisaties = organisaties, lees_medewerkers = medewerkers, regisseurs = regie
     WHERE id = welke
       AND (lees_organisaties, lees_medewerkers, regisseurs) IS DISTINCT FROM (organisaties, medewerkers, regie);
    SELECT * INTO dossier FROM casusregie_casus x WHERE x.id = welke;
    UPDATE intake_melding m SET
        lees_organisaties = CASE WHEN dossier.afgeschermd THEN '{{}}'::bigint[] ELSE organisaties END,
        lees_medewerkers = medewerkers,
        lees_teams = CASE WHEN dossier.afgeschermd THEN '{{}}'::bigint[] ELSE m.lees_teams END,
        lees_coordinaties = CASE WHEN dossier.afgeschermd THEN '{{}}'::bigint[] ELSE ARRAY[dossier.team_id] END,
        afgeschermd = dossier.afgeschermd
     WHERE m.id = dossier.melding_id;
    UPDATE triage_aanmelding a SET afgeschermd = dossier.afgeschermd
     WHERE a.melding_id = dossier.melding_id AND a.afgeschermd <> dossier.afgeschermd;
    PERFORM skt_zet_toegang(
        l.inwoner_id, 'casus:' || welke, false, false,
        CASE WHEN dossier.afgeschermd THEN '{{}}'::bigint[] ELSE organisaties END, '{{}}',
        CASE WHEN dossier.afgeschermd THEN '{{}}'::bigint[] ELSE ARRAY[dossier.team_id] END, medewerkers
    ) FROM casusregie_casuslid l WHERE l.casus_id = welke;
    {TERUG}
    RETURN NULL;
"""

KETEN = f"""
    SELECT c.nummer, c.status, c.regieniveau, c.afgeschermd,
        (SELECT count(*) FROM casusregie_regietoewijzing r WHERE r.casus_id = c.id AND r.soort = 'casusregie'
            AND r.tot IS NULL AND skt_loopt_plaatsing(r.medewerker_id, r.organisatie_id)
            AND EXISTS (SELECT 1 FROM casusregie_betrokkenheid b WHERE b.casus_id = c.id
                         AND b.organisatie_id = r.organisatie_id AND b.tot IS NULL)) AS regisseurs,
        (SELECT count(*) FROM casusregie_regietoewijzing r WHERE r.casus_id = c.id AND r.soort = 'procesregie'
            AND r.tot IS NULL AND skt_loopt_plaatsing(r.medewerker_id, r.organisatie_id)) AS procesregisseurs,
        (SELECT count(*) FROM casusregie_actie a WHERE a.casus_id = c.id AND a.status = 'open')
        + (SELECT count(*) FROM casusregie_nazorg n WHERE n.casus_id = c.id AND n.uitgevoerd_op IS NULL) AS stappen,
        coalesce((SELECT n.resultaat = 'redt zich zonder hulp' FROM casusregie_nazorg n
                   WHERE n.casus_id = c.id AND n.uitgevoerd_op IS NOT NULL
                   ORDER BY n.uitgevoerd_op DESC, n.id DESC LIMIT 1), false) AS redt_zich
      INTO k FROM casusregie_casus c WHERE c.id = welke;
    {TERUG}
    IF k.nummer IS NULL THEN
        RETURN NULL;
    END IF;
    IF k.status <> 'afgesloten' AND k.regisseurs <> 1 THEN
        RAISE EXCEPTION 'keten 2: casus % heeft niet precies één casusregisseur van een betrokken organisatie', k.nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_casus_heeft_regisseur';
    END IF;
    IF k.status <> 'afgesloten' AND k.stappen = 0 THEN
        RAISE EXCEPTION 'keten 2: casus % heeft geen open actie of geplande nazorg', k.nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_casus_heeft_actie';
    END IF;
    IF k.status <> 'afgesloten' AND (k.regieniveau = 'procesregie') <> (k.procesregisseurs = 1) THEN
        RAISE EXCEPTION 'keten 3: casus % in procesregie heeft precies één procesregisseur, en anders geen', k.nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_casus_heeft_procesregisseur';
    END IF;
    IF k.status = 'afgesloten' AND NOT k.redt_zich THEN
        RAISE EXCEPTION 'keten 4: casus % is gesloten zonder nazorg waarin de inwoner zich redt', k.nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_casus_sluit_na_nazorg';
    END IF;
    RETURN NULL;
"""

PLAATSING = f"""
    SELECT c.nummer INTO nummer FROM casusregie_regietoewijzing r JOIN casusregie_casus c ON c.id = r.casus_id
     WHERE r.medewerker_id = NEW.medewerker_id AND r.tot IS NULL AND c.status <> 'afgesloten'
       AND NOT skt_loopt_plaatsing(r.medewerker_id, r.organisatie_id) LIMIT 1;
    IF nummer IS NULL AND NOT skt_loopt_plaatsing(NEW.medewerker_id, NULL) THEN
        SELECT c.nummer INTO nummer FROM casusregie_actie a JOIN casusregie_casus c ON c.id = a.casus_id
         WHERE a.medewerker_id = NEW.medewerker_id AND a.status = 'open' LIMIT 1;
    END IF;
    {TERUG}
    IF nummer IS NOT NULL THEN
        RAISE EXCEPTION 'keten 6: casus % heeft nog geen nieuwe verantwoordelijke', nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_plaatsing_overgedragen';
    END IF;
    RETURN NULL;
"""

WELKE = """CASE TG_TABLE_NAME WHEN 'casusregie_casus' THEN (to_jsonb(rij) ->> 'id')::bigint
    ELSE coalesce(to_jsonb(rij) ->> 'casus_id', to_jsonb(rij) ->> 'content_object_id')::bigint END"""

VAN_DE_RIJ = f"""
    IF TG_OP = 'DELETE' THEN rij := OLD; ELSE rij := NEW; END IF;
    welke := {WELKE};
"""

NOODTOEGANG = f"""
    IF NOT {TOEGANG_OF_TEAM} OR length(trim(waarom)) < 10 THEN
        RETURN NULL;
    END IF;
    ik := skt_context();
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    SELECT x.id, x.melding_id INTO gevonden FROM casusregie_casus x WHERE x.nummer = welk_nummer;
    IF gevonden.id IS NOT NULL THEN
        INSERT INTO autorisatie_noodtoegang (medewerker_id, casus_id, inwoner_ids, melding_ids, reden, begint_op, eindigt_op)
        SELECT ik, gevonden.id, coalesce(array_agg(l.inwoner_id), '{{}}'), ARRAY[gevonden.melding_id], left(trim(waarom), 500), now(),
               now() + interval '4 hours'
          FROM casusregie_casuslid l WHERE l.casus_id = gevonden.id;
    END IF;
    PERFORM set_config('skt.context', vorige, true);
    RETURN gevonden.id;
"""

TRIGGERS = "\n".join(
    [
        f"CREATE TRIGGER {table}_ververs AFTER INSERT OR UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION casusregie_ververs();"
        for table in (
            "casusregie_betrokkenheid",
            "casusregie_regietoewijzing",
            "casusregie_casuslid",
            "casusregie_casususerobjectpermission",
        )
    ]
    + [
        "CREATE TRIGGER casusregie_casus_ververs AFTER INSERT OR UPDATE OF afgeschermd, team_id ON casusregie_casus"
        " FOR EACH ROW EXECUTE FUNCTION casusregie_ververs();"
    ]
    + [
        f"CREATE CONSTRAINT TRIGGER {table}_keten AFTER INSERT OR UPDATE{columns} ON {table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casusregie_keten();"
        for table, columns in (
            ("casusregie_casus", " OF status, regieniveau"),
            ("casusregie_betrokkenheid", ""),
            ("casusregie_regietoewijzing", ""),
            ("casusregie_actie", " OF status"),
            ("casusregie_nazorg", ""),
        )
    ]
    + [
        "CREATE CONSTRAINT TRIGGER plaatsing_keten_casus AFTER UPDATE OF van, tot ON medewerkers_plaatsing"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casusregie_plaatsing_keten();"
    ]
)

TRIGGERS_TERUG = "\n".join(
    ["DROP TRIGGER plaatsing_keten_casus ON medewerkers_plaatsing;"]
    + [
        f"DROP TRIGGER {table}_keten ON {table};"
        for table in (
            "casusregie_nazorg",
            "casusregie_actie",
            "casusregie_regietoewijzing",
            "casusregie_betrokkenheid",
            "casusregie_casus",
        )
    ]
    + [
        f"DROP TRIGGER {table}_ververs ON {table};"
        for table in (
            "casusregie_casus",
            "casusregie_casususerobjectpermission",
            "casusregie_casuslid",
            "casusregie_regietoewijzing",
            "casusregie_betrokkenheid",
        )
    ]
)

BIJ_DE_CASUS = "skt_mag_casus(casus_id)"
ZICHTBAAR = "skt_mag_casus_zien(casus_id)"
BEHEER = "skt_mag_casus_beheren(casus_id)"


class Migration(migrations.Migration):
    dependencies = [("casusregie", "0001_initial"), ("triage", "0002_sloten_en_keten")]

    operations = [
        Protect(
            "casusregie_casus",
            read=f"{LEZEN} OR id = ANY((SELECT skt_noodcasussen())::bigint[])",
            insert=f"geopend_door_id = {IK} AND (team_id = ANY({MIJN_COORDINATIE}) OR (SELECT skt_heeft_rol('zorgregisseur')))",
            update=BEHEREN,
        ),
        CreateFunction("skt_mag_casus(welke bigint)", "boolean", MAG_CASUS, public=True),
        CreateFunction("skt_mag_casus_zien(welke bigint)", "boolean", MAG_CASUS_ZIEN, public=True),
        CreateFunction("skt_mag_casus_beheren(welke bigint)", "boolean", MAG_CASUS_BEHEREN, public=True),
        *[
            Protect(table, read=ZICHTBAAR, insert=BEHEER, update=BEHEER)
            for table in (
                "casusregie_casuslid",
                "casusregie_regietoewijzing",
                "casusregie_betrokkenheid",
                "casusregie_schaling",
                "casusregie_nazorg",
            )
        ],
        Protect(
            "casusregie_actie",
            read=ZICHTBAAR,
            insert=BIJ_DE_CASUS,
            update=f"{BEHEER} OR (medewerker_id = {IK} AND {BIJ_DE_CASUS})",
        ),
        Protect("casusregie_notitie", read=ZICHTBAAR, insert=f"medewerker_id = {IK} AND {BIJ_DE_CASUS}"),
        Protect(
            "casusregie_casususerobjectpermission",
            read=f"user_id = {IK} OR skt_mag_casus_zien(content_object_id)",
            insert="skt_mag_casus_beheren(content_object_id)",
            delete="skt_mag_casus_beheren(content_object_id)",
        ),
        Protect(
            "casusregie_casusgroupobjectpermission",
            read="skt_mag_casus_zien(content_object_id)",
            insert="skt_mag_casus_beheren(content_object_id)",
            delete="skt_mag_casus_beheren(content_object_id)",
        ),
        Grant("DELETE", "casusregie_casususerobjectpermission, casusregie_casusgroupobjectpermission"),
        CreateFunction(
            "casusregie_ververs()",
            "trigger",
            VAN_DE_RIJ + VERVERS,
            declare="rij record; welke bigint; organisaties bigint[]; regie bigint[]; medewerkers bigint[];"
            " dossier casusregie_casus;",
            als_systeem=True,
        ),
        CreateFunction(
            "casusregie_keten()",
            "trigger",
            VAN_DE_RIJ + KETEN,
            declare="rij record; welke bigint; k record;",
            als_systeem=True,
        ),
        CreateFunction(
            "casusregie_plaatsing_keten()", "trigger", PLAATSING, declare="nummer text;", als_systeem=True
        ),
        CreateFunction(
            "casusregie_open_noodtoegang(welk_nummer text, waarom text)",
            "bigint",
            NOODTOEGANG,
            declare="ik bigint; vorige text; gevonden record;",
            volatility="VOLATILE",
            public=True,
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
    ]
