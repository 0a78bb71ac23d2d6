"""De moederorganisaties van de nota (hoofdstuk 5) onder de naam die men zegt, de gemeente zelf, en de vijf teams.

SMOW: Stichting Maatschappelijke Ondersteuning Wassenaar; SAD: Schooladviesdienst; SJJW: Stichting Jeugd- en Jongerenwerk; JGZ:
Jeugdgezondheidszorg.
"""

from django.db import migrations

ORGANISATIES = [
    ("kwadraad", "Kwadraad", "070-555 02 11"),
    ("mee", "MEE", "070-555 02 12"),
    ("smow", "SMOW", "070-555 02 13"),
    ("sad", "SAD", "070-555 02 14"),
    ("sjjw", "SJJW", "070-555 02 15"),
    ("jgz", "JGZ", "070-555 02 16"),
    ("jit", "Stichting JIT", "070-555 02 31"),
    ("gemeente", "Gemeente Wassenaar", "070-555 02 10"),
]
TEAMS = [
    ("voorportaal", "Voorportaal"),
    ("jeugd", "Team jeugd/gezin"),
    ("volwassenen", "Team volwassenen"),
    ("beleid", "Beleid"),
    ("beheer", "Beheer"),
]


def forward(apps, schema_editor):
    using = schema_editor.connection.alias
    group = apps.get_model("auth", "Group").objects.using(using)
    organisatie = apps.get_model("medewerkers", "Moederorganisatie").objects.using(using)
    for code, naam, telefoon in ORGANISATIES:
        groep = group.create(name=f"organisatie:{code}")
        organisatie.create(
            code=code, naam=naam, telefoon_coordinator=telefoon, is_gemeente=code == "gemeente", groep=groep
        )
    for soort, naam in TEAMS:
        apps.get_model("medewerkers", "Team").objects.using(using).create(soort=soort, naam=naam)


def backward(apps, schema_editor):
    """De groepen staan in een tabel van Django, en die blijft als 0001 teruggaat. Plaatsingen wijzen naar de rest."""
    using = schema_editor.connection.alias
    apps.get_model("medewerkers", "Plaatsing").objects.using(using).all().delete()
    apps.get_model("medewerkers", "Team").objects.using(using).all().delete()
    apps.get_model("medewerkers", "Moederorganisatie").objects.using(using).all().delete()
    apps.get_model("auth", "Group").objects.using(using).filter(name__startswith="organisatie:").delete()


class Migration(migrations.Migration):
    dependencies = [("medewerkers", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
