"""De eerste uitvraagmethode: eigen vragen per leefgebied. De kwartiermaker maakt nieuwe versies, deze blijft."""

from datetime import date

from django.db import migrations

VRAGEN = {
    "huisvesting": ["Hoe woont u nu?", "Kunt u daar blijven, en voelt u zich er veilig?"],
    "financien": ["Komt u rond?", "Zijn er schulden of brieven die u niet durft te openen?"],
    "sociaal": ["Wie ziet of spreekt u in een gewone week?", "Op wie kunt u terugvallen?"],
    "psychisch": ["Hoe gaat het in uw hoofd, en hoe slaapt u?", "Wat helpt als het tegenzit?"],
    "zingeving": ["Waar komt u uw bed voor uit?", "Wat is voor u belangrijk?"],
    "lichamelijk": ["Hoe is uw gezondheid?", "Wat kunt u daardoor niet, en wat wel?"],
    "praktisch": ["Lukt het huishouden, koken en boodschappen doen?", "Wie helpt daar nu bij?"],
    "dagbesteding": ["Wat doet u op een gewone dag?", "Wat zou u willen doen?"],
}


def forward(apps, schema_editor):
    apps.get_model("intake", "Uitvraagmethode").objects.using(schema_editor.connection.alias).get_or_create(
        naam="Integrale uitvraag",
        versie=1,
        defaults={"vragen": VRAGEN, "geldig_van": date(2022, 2, 1), "is_standaard": True},
    )


def backward(apps, schema_editor):
    """De methode blijft: antwoorden wijzen ernaar. De tabel gaat in 0001 weg."""


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_sloten_en_keten")]
    operations = [migrations.RunPython(forward, backward)]
