"""A casus opens its melding and its inwoners to everybody involved: they must be visible to who puts them there."""

from django.db import migrations

from skt.autorisatie.rls import PointAtVisible


class Migration(migrations.Migration):
    dependencies = [
        ("casusregie", "0003_werklast_en_meekijkers"),
        ("triage", "0003_verwijzen_naar_wat_men_ziet"),
    ]

    operations = [
        PointAtVisible("casusregie_casus", "skt_hoort_bij_melding(melding_id)", vast=("melding_id",)),
        PointAtVisible("casusregie_casuslid", "skt_mag_inwoner(inwoner_id)", vast=("casus_id", "inwoner_id")),
    ]
