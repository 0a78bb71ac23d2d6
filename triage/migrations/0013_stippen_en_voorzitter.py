"""The dots of a whole board at once, and the voorzitter of the overleg shows an aanmelding again to who said to know the family.

An answer asks for its melding row by row (measured: 60 cards, 350 answers, 35 ms). `triage_stippen` asks it once per melding, as
who acts, and reads the answers of only those.
"""

from django.db import migrations

from skt.autorisatie.rls import IK, MIJN_COORDINATIE, SYSTEEM, TOEGANG, CreateFunction

STIPPEN = """
    SELECT array_agg(m.id) INTO te_zien FROM intake_melding m WHERE m.id = ANY(welke);
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT u.melding_id, a.leefgebied::text, a.score::integer
          FROM intake_uitvraag u JOIN intake_antwoord a ON a.uitvraag_id = u.id WHERE u.melding_id = ANY(te_zien);
    RETURN QUERY
        SELECT m.melding_id, a.leefgebied::text, a.score::integer
          FROM intake_meting m JOIN intake_metingantwoord a ON a.meting_id = m.id
         WHERE m.melding_id = ANY(te_zien) AND m.reden = 'triage' AND a.score IS NOT NULL
         ORDER BY m.afgenomen_op, a.id;
    PERFORM set_config('skt.context', vorige, true);
"""

AANMELDING = "SELECT 1 FROM triage_aanmelding a WHERE a.id = aanmelding_id AND NOT a.afgeschermd"
BESLIST = f"EXISTS ({AANMELDING} AND ({TOEGANG} OR a.teams && {MIJN_COORDINATIE}))"
# What stands undecided on an overleg that they chair themselves; the aanmelding still has to be visible to them.
ZIT_VOOR = f"""EXISTS ({AANMELDING} AND EXISTS (
    SELECT 1 FROM triage_agendapunt p JOIN triage_overleg o ON o.id = p.overleg_id
     WHERE p.aanmelding_id = a.id AND p.besluit = '' AND o.status = 'gepland' AND o.voorzitter_id = {IK}))"""


def policy(condition: str) -> str:
    whole = f"{SYSTEEM} OR ({condition})"
    return f"ALTER POLICY triage_kentgezin_wijzigen ON triage_kentgezin USING ({whole}) WITH CHECK ({whole});"


class Migration(migrations.Migration):
    dependencies = [("triage", "0012_reeksen_en_terugkoppeling")]

    operations = [
        CreateFunction(
            "triage_stippen(welke bigint[])",
            "TABLE (melding bigint, leefgebied text, score integer)",
            STIPPEN,
            declare="te_zien bigint[]; vorige text := coalesce(current_setting('skt.context', true), '');",
            volatility="VOLATILE",
            public=True,
        ),
        migrations.RunSQL(policy(f"{BESLIST} OR {ZIT_VOOR}"), policy(BESLIST)),
    ]
