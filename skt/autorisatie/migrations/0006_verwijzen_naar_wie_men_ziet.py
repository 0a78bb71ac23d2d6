"""May who acts point a dossier at this inwoner? For PointAtVisible (skt.autorisatie.rls)."""

from django.db import migrations

from skt.autorisatie.rls import INWONER_ZICHTBAAR, CreateFunction


class Migration(migrations.Migration):
    dependencies = [("autorisatie", "0005_inwoner_in_de_verantwoording")]

    operations = [
        CreateFunction(
            "skt_mag_inwoner(wie bigint)",
            "boolean",
            f"RETURN EXISTS (SELECT 1 FROM inwoners_inwoner WHERE id = wie AND ({INWONER_ZICHTBAAR}));",
            public=True,
        ),
    ]
