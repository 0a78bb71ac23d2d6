"""Een klaar rapport aan de raad gaat niet weer open, ook niet buiten de dienst om: slot 2 laat er geen wijziging meer aan toe."""

from django.db import migrations

from skt.autorisatie.rls import SYSTEEM

BELEID = "(SELECT skt_heeft_rol('beleidsmedewerker'))"
ZOLANG_NIET_KLAAR = (
    "ALTER POLICY rapportage_raadsrapport_wijzigen ON rapportage_raadsrapport"
    f" USING ({SYSTEEM} OR ({BELEID} AND status <> 'klaar'));"
)
ALTIJD = f"ALTER POLICY rapportage_raadsrapport_wijzigen ON rapportage_raadsrapport USING ({SYSTEEM} OR ({BELEID}));"


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0010_conceptrapport")]

    operations = [migrations.RunSQL(ZOLANG_NIET_KLAAR, ALTIJD)]
