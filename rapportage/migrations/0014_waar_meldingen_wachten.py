"""Waar meldingen aan het eind van een maand wachten: op welke plek, van dan tot dan, nooit welke melding.

A row per melding per place it stood at, as far as the chain keeps it: at the loket or on triage, on the board of a team while an overleg has
to decide, and there after it decided or without any. What stands at the loket or on triage now is taken to have stood there since it came
in; what its last triage didn't bring to a team wasn't with one, whatever an earlier round did. Together the rows of a
melding last from the month it came in to the month it was closed, so that a stand is the one before, plus the meldingen, less those that
were closed. A melding without any route yet is at the loket: it is `nog open` among the routes as well.
"""

from django.db import migrations

from skt.autorisatie.rls import Grant, Revoke

VIEW = "rapportage_bron_wachtend"


def _month(moment: str) -> str:
    return f"date_trunc('month', {moment} AT TIME ZONE 'Europe/Amsterdam')::date"


IN_DE_KETEN = "m.afhandeling <> '' AND (m.status IN ('in_triage', 'bij_team') OR (m.status = 'gesloten' AND m.afhandeling = 'triage'))"
BESLOTEN = "FROM triage_agendapunt g WHERE g.aanmelding_id = a.id AND g.besluit NOT IN ('', 'aanhouden')"
WACHT = f"""(a.status IN ('voor_overleg', 'aangehouden')
                         OR EXISTS (SELECT 1 FROM triage_agendapunt g WHERE g.aanmelding_id = a.id AND g.besluit = '')
                         OR a.status = 'afgerond' AND a.uitkomst = 'aanmeldoverleg' AND NOT EXISTS (SELECT 1 {BESLOTEN}))"""
"""Does an overleg have to decide on it still, or was it closed before one did?"""
BRON = f"""
CREATE VIEW {VIEW} AS
    SELECT p.van, p.tot, p.plek
      FROM intake_melding m JOIN intake_contactmoment w ON w.id = m.contactmoment_id
      LEFT JOIN LATERAL (
            SELECT a.id, a.bord, a.status, a.aangemeld_op, t.uitkomst
              FROM (SELECT id, uitkomst FROM triage_triage WHERE melding_id = m.id ORDER BY id DESC LIMIT 1) t
              JOIN triage_aanmelding a ON a.triage_id = t.id
             WHERE {IN_DE_KETEN} AND m.status <> 'in_triage') a ON true
      CROSS JOIN LATERAL (
            SELECT {_month("m.ontvangen_op")} AS begin, {_month("m.gesloten_op")} AS eind,
                   greatest({_month("m.ontvangen_op")}, {_month("a.aangemeld_op")}) AS team,
                   CASE WHEN NOT {WACHT} THEN
                        greatest({_month("m.ontvangen_op")}, {_month("a.aangemeld_op")},
                                 (SELECT {_month("max(g.besloten_op)")} {BESLOTEN})) END AS besloten) d
      CROSS JOIN LATERAL (
            SELECT d.begin AS van, CASE WHEN a.id IS NULL THEN d.eind ELSE least(d.team, d.eind) END AS tot,
                   CASE WHEN {IN_DE_KETEN} THEN 'triage' ELSE 'loket' END AS plek
            UNION ALL
            SELECT d.team, least(d.besloten, d.eind), 'overleg ' || a.bord WHERE a.id IS NOT NULL
            UNION ALL
            SELECT d.besloten, d.eind, 'na overleg ' || a.bord WHERE d.besloten IS NOT NULL) p
     WHERE NOT w.uit_oude_lijst;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rapportage", "0013_verbonden_bron"),
        ("triage", "0016_kenners_op_slot"),
    ]

    operations = [
        migrations.RunSQL(BRON, f"DROP VIEW {VIEW};"),
        Revoke("SELECT, INSERT, UPDATE", VIEW),
        Grant("SELECT", VIEW, "skt_rapport"),
    ]
