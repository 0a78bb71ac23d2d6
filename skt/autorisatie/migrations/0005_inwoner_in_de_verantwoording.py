"""The privacy officer asks the log about one inwoner by its public id, without ever reading the inwoner."""

from django.db import migrations

from skt.autorisatie.rls import CreateFunction

VAN_UUID = """
    IF NOT skt_heeft_rol('privacy_officer') THEN
        RETURN NULL;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    SELECT i.id INTO gevonden FROM inwoners_inwoner i WHERE i.uuid = welke;
    PERFORM set_config('skt.context', vorige, true);
    RETURN gevonden;
"""


class Migration(migrations.Migration):
    dependencies = [("autorisatie", "0004_uitzonderingen")]

    operations = [
        CreateFunction(
            "verantwoording_inwoner(welke uuid)",
            "bigint",
            VAN_UUID,
            declare="vorige text; gevonden bigint;",
            volatility="VOLATILE",
            public=True,
        ),
    ]
