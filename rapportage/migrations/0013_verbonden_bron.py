"""De bron zegt zelf of wat twee families tellen hetzelfde is. De echte wel; een generator die haar views vult, zegt hier `false`.

Where it says so, true numbers that differ are a fault in how we count, and what depends on them isn't published.
"""

from django.db import migrations

from skt.autorisatie.rls import Grant, Revoke

VERBAND = "rapportage_bron_verband"
BRON = f"""
CREATE VIEW {VERBAND} AS SELECT true AS verbonden;
COMMENT ON VIEW {VERBAND} IS 'Tellen de families van deze bron één werkelijkheid? Een proef met verzonnen aantallen zegt nee.';
"""


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0012_inzicht_uit_de_kubussen")]

    operations = [
        migrations.RunSQL(BRON, f"DROP VIEW {VERBAND};"),
        Revoke("SELECT, INSERT, UPDATE", VERBAND),
        Grant("SELECT", VERBAND, "skt_rapport"),
    ]
