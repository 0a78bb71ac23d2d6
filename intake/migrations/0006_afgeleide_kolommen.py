"""The columns of a melding that follow from the chain after it can't be written by hand."""

from django.db import migrations

from skt.autorisatie.rls import GuardDerived


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0005_verwijzen_naar_wie_men_ziet"),
        ("autorisatie", "0007_afgeleide_kolommen"),
    ]

    operations = [
        GuardDerived(
            "intake_melding",
            "afgeschermd",
            "lees_organisaties",
            "lees_teams",
            "lees_coordinaties",
            "lees_medewerkers",
        )
    ]
