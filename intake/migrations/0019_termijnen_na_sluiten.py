"""A term that still runs when its melding is closed can be met: by whoever belongs to that melding (an emergency only reads)."""

from django.db import migrations

from skt.autorisatie.rls import SYSTEEM

OPEN = "skt_mag_melding_schrijven(melding_id)"
OOK_DICHT = f"""{OPEN} OR (skt_hoort_bij_melding(melding_id) AND EXISTS (
    SELECT 1 FROM intake_melding m WHERE m.id = melding_id AND m.status = 'gesloten'
))"""


def _wijzigen(wie: str) -> str:
    return (
        "ALTER POLICY intake_meldingtermijn_wijzigen ON intake_meldingtermijn"
        f" USING ({SYSTEEM} OR ({wie})) WITH CHECK ({SYSTEEM} OR ({wie}));"
    )


class Migration(migrations.Migration):
    dependencies = [("intake", "0018_termijnen_stilzetten")]

    operations = [migrations.RunSQL(_wijzigen(OOK_DICHT), _wijzigen(OPEN))]
