"""May who acts point a dossier at this inwoner? For PointAtVisible (skt.autorisatie.rls)."""

from django.db import migrations

from skt.autorisatie.rls import INWONER_ZICHTBAAR, CreateFunction

VASTE_VERWIJZING = """
    FOREACH kolom IN ARRAY TG_ARGV LOOP
        IF to_jsonb(NEW) ->> kolom IS DISTINCT FROM to_jsonb(OLD) ->> kolom THEN
            RAISE EXCEPTION '%.% wijst altijd naar hetzelfde', TG_TABLE_NAME, kolom USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
"""


class Migration(migrations.Migration):
    dependencies = [("autorisatie", "0005_inwoner_in_de_verantwoording")]

    operations = [
        CreateFunction(
            "skt_mag_inwoner(wie bigint)",
            "boolean",
            f"RETURN EXISTS (SELECT 1 FROM inwoners_inwoner WHERE id = wie AND ({INWONER_ZICHTBAAR}));",
            public=True,
        ),
        CreateFunction(
            "skt_vaste_verwijzing()",
            "trigger",
            VASTE_VERWIJZING,
            declare="kolom text;",
            volatility="VOLATILE",
        ),
    ]
