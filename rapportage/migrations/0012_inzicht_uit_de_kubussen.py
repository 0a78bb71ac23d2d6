"""Het inzicht in de pilot telt niets meer zelf: wat voorbij is komt uit de bevroren kubussen (docs/besluiten/0020).

Its own counts were a second rounding of numbers that the cubes publish too, made again each night.
"""

from importlib import import_module

from django.db import migrations

from skt.autorisatie.rls import DropFunction, Protect

TOEN = import_module("rapportage.migrations.0008_inzicht")
SLOT = Protect("rapportage_inzichtstand", read=TOEN.WIE_LEIDT, insert="false", update="false")


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0011_klaar_blijft_klaar"), ("autorisatie", "0012_functies_per_rol")]

    operations = [
        DropFunction(
            "rapportage_inzicht(tot_ date, maanden_ integer, vrij_ date[])",
            TOEN.RIJEN,
            TOEN.INZICHT,
            declare=f"{TOEN.VORIGE} van_ date; begin_ timestamptz; eind_ timestamptz;",
            volatility="VOLATILE",
            public=True,
        ),
        DropFunction(
            "rapportage_wacht(nu_ timestamptz)",
            TOEN.RIJEN,
            TOEN.WACHT,
            declare=TOEN.VORIGE,
            volatility="VOLATILE",
            public=True,
        ),
        migrations.RunSQL(migrations.RunSQL.noop, SLOT.sql),
        migrations.DeleteModel(name="Inzichtstand"),
    ]
