"""Two colleagues who say at once that they know a family both stay out of it: who counts them waits for the other first."""

from django.db import migrations

from skt.autorisatie.rls import TERUG, CreateFunction

TEL = """
    SELECT coalesce(array_agg(DISTINCT k.medewerker_id), '{}') INTO wie FROM triage_kentgezin k
      JOIN triage_aanmelding a ON a.id = k.aanmelding_id
     WHERE a.melding_id = welke AND k.opgeheven_op IS NULL;
"""


def verberg(eerst: str) -> str:
    """The function of triage 0011, with what it does before it counts."""
    body = f"""
    SELECT a.melding_id INTO welke FROM triage_aanmelding a WHERE a.id = NEW.aanmelding_id;
    {eerst}{TEL}
    UPDATE triage_aanmelding SET kenners = wie WHERE melding_id = welke;
    UPDATE intake_melding SET verborgen_voor = wie WHERE id = welke;
    {TERUG}
    RETURN NULL;
"""
    made = CreateFunction(
        "triage_verberg()", "trigger", body, declare="welke bigint; wie bigint[];", als_systeem=True
    )
    return str(made.sql).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


# Whoever waits here counts after the other's commit: each statement of the function has a snapshot of its own.
OP_SLOT = "PERFORM 1 FROM triage_aanmelding a WHERE a.melding_id = welke ORDER BY a.id FOR NO KEY UPDATE;"


class Migration(migrations.Migration):
    dependencies = [("triage", "0015_proef_hartslag")]

    operations = [migrations.RunSQL(verberg(OP_SLOT), verberg(""))]
