"""Lock 2 on the voorportaal, and the parts of the sluitende keten that PostgreSQL itself keeps."""

from django.db import migrations

from skt.autorisatie.rls import (
    AAN_HET_LOKET,
    IK,
    MIJN_COORDINATIE,
    ORGANISATIES,
    TEAMS,
    TERUG,
    TOEGANG,
    CreateFunction,
    Protect,
)

# Open at the loket: one joint loket. Closed: the own moederorganisatie. After triage: whoever the chain let in.
LEZEN = f"""
    (NOT afgeschermd AND (
        (status IN ('open', 'in_triage') AND {AAN_HET_LOKET})
        OR (status = 'bij_team' AND {TOEGANG})
        OR eigen_organisaties && {ORGANISATIES}
        OR lees_teams && {TEAMS}
        OR lees_coordinaties && {MIJN_COORDINATIE}
        OR lees_organisaties && {ORGANISATIES}
    ))
    OR {IK} = ANY(lees_medewerkers)
"""

# Who has it open writes; in triage the toegang; at a team that team.
SCHRIJVEN = f"""
    (NOT afgeschermd AND (
        (status IN ('open', 'in_triage') AND {AAN_HET_LOKET})
        OR (status IN ('in_triage', 'bij_team') AND ({TOEGANG} OR lees_teams && {TEAMS}))
    ))
"""

# What it may become: also closed, as long as the own moederorganisatie keeps it.
NA_SCHRIJVEN = f"NOT afgeschermd AND ({AAN_HET_LOKET} OR {TOEGANG} OR lees_teams && {TEAMS})"

MAG_MELDING = "RETURN EXISTS (SELECT 1 FROM intake_melding WHERE id = welke);"

# By something else than an emergency: that is for reading, not for adding to it or opening it to others.
HOORT_BIJ_MELDING = f"RETURN EXISTS (SELECT 1 FROM intake_melding WHERE id = welke AND ({LEZEN}));"

MAG_MELDING_SCHRIJVEN = f"""
    RETURN EXISTS (SELECT 1 FROM intake_melding WHERE id = welke AND ({SCHRIJVEN}));
"""

NAAR_INWONER = f"""
    IF TG_OP = 'UPDATE' AND OLD.inwoner_id IS DISTINCT FROM NEW.inwoner_id THEN
        PERFORM skt_zet_toegang(OLD.inwoner_id, 'melding:' || NEW.id, false, false, '{{}}', '{{}}', '{{}}', '{{}}');
    END IF;
    PERFORM skt_zet_toegang(
        NEW.inwoner_id, 'melding:' || NEW.id,
        NOT NEW.afgeschermd AND NEW.status IN ('open', 'in_triage'),
        NOT NEW.afgeschermd AND NEW.status = 'bij_team',
        CASE WHEN NEW.afgeschermd THEN '{{}}'::bigint[] ELSE NEW.lees_organisaties || NEW.eigen_organisaties END,
        CASE WHEN NEW.afgeschermd THEN '{{}}'::bigint[] ELSE NEW.lees_teams END,
        CASE WHEN NEW.afgeschermd THEN '{{}}'::bigint[] ELSE NEW.lees_coordinaties END,
        NEW.lees_medewerkers
    );
    {TERUG}
    RETURN NULL;
"""

VERANTWOORDELIJKE = f"""
    SELECT m.nummer INTO nummer FROM intake_melding m
     WHERE m.id = NEW.id AND m.status <> 'gesloten' AND m.verantwoordelijke_id IS NOT NULL
       AND NOT skt_loopt_plaatsing(m.verantwoordelijke_id, NULL);
    {TERUG}
    IF nummer IS NOT NULL THEN
        RAISE EXCEPTION 'keten 1: de verantwoordelijke van melding % heeft geen lopende plaatsing', nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_verantwoordelijke_heeft_plaatsing';
    END IF;
    RETURN NULL;
"""

PLAATSING = f"""
    IF NOT skt_loopt_plaatsing(NEW.medewerker_id, NULL) THEN
        SELECT m.nummer INTO nummer FROM intake_melding m
         WHERE m.status <> 'gesloten' AND m.verantwoordelijke_id = NEW.medewerker_id LIMIT 1;
    END IF;
    {TERUG}
    IF nummer IS NOT NULL THEN
        RAISE EXCEPTION 'keten 6: melding % heeft nog geen nieuwe verantwoordelijke', nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_plaatsing_overgedragen';
    END IF;
    RETURN NULL;
"""

TRIGGERS = """
CREATE TRIGGER melding_naar_inwoner AFTER INSERT OR UPDATE OF inwoner_id, status, eigen_organisaties, afgeschermd,
    lees_organisaties, lees_teams, lees_coordinaties, lees_medewerkers ON intake_melding
    FOR EACH ROW EXECUTE FUNCTION intake_melding_naar_inwoner();
CREATE CONSTRAINT TRIGGER melding_keten AFTER INSERT OR UPDATE OF verantwoordelijke_id, status ON intake_melding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_melding_keten();
CREATE CONSTRAINT TRIGGER plaatsing_keten_melding AFTER UPDATE OF van, tot ON medewerkers_plaatsing
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_plaatsing_keten();
"""

TRIGGERS_TERUG = """
DROP TRIGGER plaatsing_keten_melding ON medewerkers_plaatsing;
DROP TRIGGER melding_keten ON intake_melding;
DROP TRIGGER melding_naar_inwoner ON intake_melding;
"""

# Enough to help a repeat caller, and no more (domein 4): date, thema's, afhandeling, who is responsible now.
EERDER = f"""
    IF NOT {AAN_HET_LOKET} THEN
        RETURN;
    END IF;
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT m.id, m.nummer, m.ontvangen_op, m.themas::text[], m.afhandeling, m.status,
               coalesce(trim(w.voornaam || ' ' || w.achternaam), t.naam, o.naam)
          FROM intake_melding m
          LEFT JOIN medewerkers_medewerker w ON w.id = m.verantwoordelijke_id
          LEFT JOIN medewerkers_team t ON t.id = m.verantwoordelijk_team_id
          JOIN medewerkers_moederorganisatie o ON o.id = m.organisatie_id
         WHERE m.inwoner_id = wie AND NOT m.afgeschermd
         ORDER BY m.ontvangen_op DESC LIMIT 20;
    PERFORM set_config('skt.context', vorige, true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
        ("autorisatie", "0003_inwoners_en_verantwoording"),
    ]

    operations = [
        Protect(
            "intake_melding",
            read=f"{LEZEN} OR id = ANY((SELECT skt_noodmeldingen())::bigint[])",
            insert=f"{AAN_HET_LOKET} AND organisatie_id = ANY({ORGANISATIES}) AND eigen_organisaties = ARRAY[organisatie_id]",
            update=SCHRIJVEN,
            update_check=NA_SCHRIJVEN,
        ),
        CreateFunction("skt_mag_melding(welke bigint)", "boolean", MAG_MELDING, public=True),
        CreateFunction("skt_hoort_bij_melding(welke bigint)", "boolean", HOORT_BIJ_MELDING, public=True),
        CreateFunction(
            "skt_mag_melding_schrijven(welke bigint)", "boolean", MAG_MELDING_SCHRIJVEN, public=True
        ),
        Protect(
            "intake_contactmoment",
            read=f"medewerker_id = {IK} OR EXISTS (SELECT 1 FROM intake_melding m WHERE m.contactmoment_id = intake_contactmoment.id)",
            insert=f"{AAN_HET_LOKET} AND medewerker_id = {IK} AND organisatie_id = ANY({ORGANISATIES})",
            update=f"medewerker_id = {IK}",
        ),
        Protect(
            "intake_aanvulling",
            read="skt_mag_melding(melding_id)",
            insert=f"medewerker_id = {IK} AND skt_hoort_bij_melding(melding_id)",
        ),
        Protect(
            "intake_meegegeven",
            read="skt_mag_melding(melding_id)",
            insert="skt_mag_melding_schrijven(melding_id)",
        ),
        Protect(
            "intake_meldingtermijn",
            read="skt_mag_melding(melding_id)",
            insert="skt_mag_melding_schrijven(melding_id)",
            update="skt_mag_melding_schrijven(melding_id)",
        ),
        Protect(
            "intake_uitvraag",
            read="skt_mag_melding(melding_id)",
            insert="skt_mag_melding_schrijven(melding_id)",
            update="skt_mag_melding_schrijven(melding_id)",
        ),
        Protect(
            "intake_antwoord",
            read="EXISTS (SELECT 1 FROM intake_uitvraag u WHERE u.id = uitvraag_id)",
            insert="EXISTS (SELECT 1 FROM intake_uitvraag u WHERE u.id = uitvraag_id AND skt_mag_melding_schrijven(u.melding_id))",
            update="EXISTS (SELECT 1 FROM intake_uitvraag u WHERE u.id = uitvraag_id AND skt_mag_melding_schrijven(u.melding_id))",
        ),
        Protect(
            "intake_concept",
            read=f"medewerker_id = {IK}",
            insert=f"medewerker_id = {IK} AND {AAN_HET_LOKET}",
            update=f"medewerker_id = {IK}",
            systeem=False,
        ),
        CreateFunction("intake_melding_naar_inwoner()", "trigger", NAAR_INWONER, als_systeem=True),
        CreateFunction(
            "intake_melding_keten()", "trigger", VERANTWOORDELIJKE, declare="nummer text;", als_systeem=True
        ),
        CreateFunction(
            "intake_plaatsing_keten()", "trigger", PLAATSING, declare="nummer text;", als_systeem=True
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
        CreateFunction(
            "intake_eerdere_meldingen(wie bigint)",
            "TABLE (id bigint, nummer text, ontvangen_op timestamptz, themas text[], afhandeling text, status text,"
            " verantwoordelijk text)",
            EERDER.replace("m.nummer,", "m.nummer::text,")
            .replace("m.afhandeling,", "m.afhandeling::text,")
            .replace("m.status,", "m.status::text,"),
            declare="vorige text := coalesce(current_setting('skt.context', true), '');",
            volatility="VOLATILE",
            public=True,
        ),
    ]
