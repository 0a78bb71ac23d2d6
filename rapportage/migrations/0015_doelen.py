"""The narrow source tells how doelen ended: the outcome and the leefgebied, booked once, in the month it got its outcome."""

from importlib import import_module

from django.db import migrations

from skt.autorisatie.rls import Grant, Revoke

_eerder = import_module("rapportage.migrations.0006_meer_te_tellen")
book_and_begin = _eerder._functions  # noqa: SLF001  # one text for both, also here
TOEN = _eerder.GEBEURD + _eerder.NIEUW_GEBEURD
DOELEN = """
    UNION ALL SELECT 'doel', d.id, d.afgerond_op FROM casusregie_doel d WHERE d.status <> 'open'
"""
BRON = """
CREATE VIEW rapportage_bron_doel AS
    SELECT b.maand, d.status AS doel, d.leefgebied
      FROM rapportage_geboekt b JOIN casusregie_doel d ON d.id = b.bron
     WHERE b.onderwerp = 'doel';
"""
# Who went back past the table of doelen and comes again, begins with new numbers: the book may not know those already.
# The owner is under row-level security too (FORCE): it is lifted for this one statement.
VERWEESD = """
ALTER TABLE casusregie_doel NO FORCE ROW LEVEL SECURITY;
DELETE FROM rapportage_geboekt b WHERE b.onderwerp = 'doel' AND NOT EXISTS (SELECT 1 FROM casusregie_doel d WHERE d.id = b.bron);
ALTER TABLE casusregie_doel FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0014_waar_meldingen_wachten"), ("casusregie", "0010_doelen")]

    operations = [
        migrations.RunSQL(VERWEESD, migrations.RunSQL.noop),
        migrations.RunSQL(book_and_begin(TOEN + DOELEN), book_and_begin(TOEN)),
        migrations.RunSQL(BRON, "DROP VIEW rapportage_bron_doel;"),
        Revoke("SELECT, INSERT, UPDATE", "rapportage_bron_doel"),
        Grant("SELECT", "rapportage_bron_doel", "skt_rapport"),
    ]
