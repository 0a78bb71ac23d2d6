"""The columns of a casus that follow from betrokkenheid, regie and invitations can't be written by hand."""

from django.db import migrations

from skt.autorisatie.rls import GuardDerived


class Migration(migrations.Migration):
    dependencies = [
        ("casusregie", "0004_verwijzen_naar_wie_men_ziet"),
        ("intake", "0006_afgeleide_kolommen"),
    ]

    operations = [GuardDerived("casusregie_casus", "lees_organisaties", "lees_medewerkers", "regisseurs")]
