"""Lock 2 on triage and the boards, and invariant 5: an aanmelding stands on exactly one coming overleg, or is decided."""

from django.db import migrations

from skt.autorisatie.rls import IK, MIJN_COORDINATIE, TEAMS, TERUG, TOEGANG, CreateFunction, Protect, Revoke

# The toegang and the team(s) of the board; nobody of them once the casus that came of it is shielded.
BORD = f"(NOT afgeschermd AND ({TOEGANG} OR teams && {TEAMS}))"
SCHRIJVEN = f"(NOT afgeschermd AND ({TOEGANG} OR teams && {MIJN_COORDINATIE}))"

# The board opens the melding behind it to the team(s), until the aanmelding is finished.
NAAR_MELDING = f"""
    UPDATE intake_melding SET lees_teams = (
        SELECT coalesce(array_agg(DISTINCT t), '{{}}') FROM triage_aanmelding a, unnest(a.teams) t
         WHERE a.melding_id = NEW.melding_id AND a.status <> 'afgerond'
    ) WHERE id = NEW.melding_id AND NOT afgeschermd;
    {TERUG}
    RETURN NULL;
"""

# The meeting is locked first, so that it cannot be cancelled or closed in another transaction between check and commit.
OP_EEN_OVERLEG = f"""
    PERFORM 1 FROM triage_overleg o WHERE o.id IN (
        SELECT p.overleg_id FROM triage_agendapunt p WHERE p.besluit = '' AND p.aanmelding_id =
            CASE TG_TABLE_NAME WHEN 'triage_agendapunt' THEN (to_jsonb(NEW) ->> 'aanmelding_id')::bigint
                               ELSE (to_jsonb(NEW) ->> 'id')::bigint END) FOR SHARE;
    SELECT m.nummer INTO nummer FROM triage_aanmelding a JOIN intake_melding m ON m.id = a.melding_id
     WHERE a.id = CASE TG_TABLE_NAME WHEN 'triage_agendapunt' THEN (to_jsonb(NEW) ->> 'aanmelding_id')::bigint
                                     ELSE (to_jsonb(NEW) ->> 'id')::bigint END
       AND a.status IN ('voor_overleg', 'aangehouden')
       AND (SELECT count(*) FROM triage_agendapunt p JOIN triage_overleg o ON o.id = p.overleg_id
             WHERE p.aanmelding_id = a.id AND p.besluit = '' AND o.status = 'gepland') <> 1;
    {TERUG}
    IF nummer IS NOT NULL THEN
        RAISE EXCEPTION 'keten 5: aanmelding % staat niet op precies één komend overleg', nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_aanmelding_op_een_overleg';
    END IF;
    RETURN NULL;
"""

OVERLEG_WEG = f"""
    SELECT m.nummer INTO nummer FROM triage_agendapunt p
      JOIN triage_aanmelding a ON a.id = p.aanmelding_id JOIN intake_melding m ON m.id = a.melding_id
     WHERE p.overleg_id = NEW.id AND p.besluit = ''
       AND (SELECT o.status FROM triage_overleg o WHERE o.id = NEW.id) <> 'gepland' LIMIT 1;
    {TERUG}
    IF nummer IS NOT NULL THEN
        RAISE EXCEPTION 'keten 5: over aanmelding % is nog niet besloten', nummer
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_overleg_alles_besloten';
    END IF;
    RETURN NULL;
"""

TRIGGERS = """
CREATE TRIGGER aanmelding_naar_melding AFTER INSERT OR UPDATE OF teams, status ON triage_aanmelding
    FOR EACH ROW EXECUTE FUNCTION triage_naar_melding();
CREATE CONSTRAINT TRIGGER aanmelding_keten AFTER INSERT OR UPDATE OF status ON triage_aanmelding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION triage_op_een_overleg();
CREATE CONSTRAINT TRIGGER agendapunt_keten AFTER INSERT OR UPDATE OF besluit, overleg_id ON triage_agendapunt
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION triage_op_een_overleg();
CREATE CONSTRAINT TRIGGER overleg_keten AFTER UPDATE OF status ON triage_overleg
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION triage_overleg_weg();
"""

TRIGGERS_TERUG = """
DROP TRIGGER overleg_keten ON triage_overleg;
DROP TRIGGER agendapunt_keten ON triage_agendapunt;
DROP TRIGGER aanmelding_keten ON triage_aanmelding;
DROP TRIGGER aanmelding_naar_melding ON triage_aanmelding;
"""


class Migration(migrations.Migration):
    dependencies = [("triage", "0001_initial"), ("intake", "0002_sloten_en_keten")]

    operations = [
        Protect(
            "triage_triage",
            read="skt_mag_melding(melding_id)",
            insert=f"medewerker_id = {IK} AND {TOEGANG} AND skt_mag_melding_schrijven(melding_id)",
        ),
        Revoke("UPDATE", "triage_triage"),
        Protect(
            "triage_triage_voorzieningen",
            read="EXISTS (SELECT 1 FROM triage_triage t WHERE t.id = triage_id)",
            insert="EXISTS (SELECT 1 FROM triage_triage t WHERE t.id = triage_id)",
        ),
        Protect(
            "triage_aanmelding",
            read=f"{BORD} OR casusregisseur_id = {IK}",
            insert=TOEGANG,
            update=f"{SCHRIJVEN} OR casusregisseur_id = {IK}",
        ),
        Protect(
            "triage_agendapunt",
            read="EXISTS (SELECT 1 FROM triage_aanmelding a WHERE a.id = aanmelding_id)",
            insert=f"EXISTS (SELECT 1 FROM triage_aanmelding a WHERE a.id = aanmelding_id AND {SCHRIJVEN})",
            update=f"EXISTS (SELECT 1 FROM triage_aanmelding a WHERE a.id = aanmelding_id AND {SCHRIJVEN})",
        ),
        CreateFunction("triage_naar_melding()", "trigger", NAAR_MELDING, als_systeem=True),
        CreateFunction(
            "triage_op_een_overleg()", "trigger", OP_EEN_OVERLEG, declare="nummer text;", als_systeem=True
        ),
        CreateFunction(
            "triage_overleg_weg()", "trigger", OVERLEG_WEG, declare="nummer text;", als_systeem=True
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
    ]
