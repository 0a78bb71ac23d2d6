"""An aanmelding opens its melding to a team: it may only be of a melding that its writer sees, and stays so."""

from django.db import migrations

from skt.autorisatie.rls import GuardDerived, PointAtVisible


class Migration(migrations.Migration):
    dependencies = [
        ("triage", "0002_sloten_en_keten"),
        ("intake", "0005_verwijzen_naar_wie_men_ziet"),
        ("autorisatie", "0007_afgeleide_kolommen"),
    ]

    operations = [
        PointAtVisible("triage_aanmelding", "skt_hoort_bij_melding(melding_id)", vast=("melding_id",)),
        GuardDerived("triage_aanmelding", "afgeschermd"),
    ]
