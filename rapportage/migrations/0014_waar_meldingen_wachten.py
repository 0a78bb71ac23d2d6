"""Waar meldingen aan het eind van een maand wachten: op welke plek, van dan tot dan, nooit welke melding.

A row per melding per place it stood at, as far as the chain keeps it: at the loket or on triage, on the board of a team before the overleg
decided, and after that. What stands at the loket or on triage now is taken to have stood there since it came in. Together the rows of a
melding last from the month it came in to the month it was closed, so that a stand is the one before, plus the meldingen, less those that
were closed. A melding without any route yet is at the loket: it is `nog open` among the routes as well.
"""

from django.db import migrations

from skt.autorisatie.rls import Grant, Revoke

VIEW = "rapportage_bron_wachtend"


def _month(moment: str) -> str:
    return f"date_trunc('month', {moment} AT TIME ZONE 'Europe/Amsterdam')::date"


IN_DE_KETEN = "m.afhandeling <> '' AND (m.status IN ('in_triage', 'bij_team') OR (m.status = 'gesloten' AND m.afhandeling = 'triage'))"
BRON = f"""
CREATE VIEW {VIEW} AS
    SELECT p.van, p.tot, p.plek
      FROM intake_melding m JOIN intake_contactmoment w ON w.id = m.contactmoment_id
      LEFT JOIN LATERAL (
            SELECT a.id, a.bord, a.status, a.aangemeld_op FROM triage_aanmelding a
             WHERE a.melding_id = m.id AND {IN_DE_KETEN} AND m.status <> 'in_triage' ORDER BY a.id DESC LIMIT 1) a ON true
      CROSS JOIN LATERAL (
            SELECT {_month("m.ontvangen_op")} AS begin, {_month("m.gesloten_op")} AS eind,
                   greatest({_month("m.ontvangen_op")}, {_month("a.aangemeld_op")}) AS team,
                   CASE WHEN a.status NOT IN ('voor_overleg', 'aangehouden') THEN (
                        SELECT greatest({_month("m.ontvangen_op")}, {_month("a.aangemeld_op")}, {_month("max(g.besloten_op)")})
                          FROM triage_agendapunt g WHERE g.aanmelding_id = a.id AND g.besluit NOT IN ('', 'aanhouden')
                        HAVING max(g.besloten_op) IS NOT NULL) END AS besloten) d
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
