"""A melding is about an inwoner, and of a conversation, that its writer may see: lock 2 on what it points at."""

from django.db import migrations

from skt.autorisatie.rls import CreateFunction, PointAtVisible


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0004_spoed_en_volgende_vraag"),
        ("autorisatie", "0006_verwijzen_naar_wie_men_ziet"),
    ]

    operations = [
        CreateFunction(
            "skt_mag_contact(welk bigint)",
            "boolean",
            "RETURN EXISTS (SELECT 1 FROM intake_contactmoment WHERE id = welk);",
            public=True,
        ),
        PointAtVisible(
            "intake_melding",
            "(inwoner_id IS NULL OR skt_mag_inwoner(inwoner_id)) AND skt_mag_contact(contactmoment_id)",
            vast=("contactmoment_id",),
            ook_later=True,
        ),
    ]
