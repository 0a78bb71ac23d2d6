"""Who belongs to a casus follows their inwoner when two become one; once per casus, and a hoofdpersoon stays one."""

from django.db import migrations

from skt.autorisatie.verhuizing import MoveWithInwoner


class Migration(migrations.Migration):
    dependencies = [
        ("casusregie", "0006_over_te_dragen_werk"),
        ("autorisatie", "0010_samenvoegen"),
    ]

    operations = [
        MoveWithInwoner("casusregie_casuslid", "inwoner_id", uniek="casus_id", vlag="is_hoofdpersoon")
    ]
