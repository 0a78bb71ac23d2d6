"""De termijnen van domein 6; bron per rij."""

from django.db import migrations

SOORTEN = [
    (
        "WMO-BEV",
        "Ontvangst van de melding bevestigen",
        "melding",
        1,
        "werkdag",
        "Wmo 2015 2.3.2 lid 1 (lengte: eigen afspraak)",
    ),
    ("WMO-PLAN", "Inwoner kan een persoonlijk plan inleveren", "melding", 7, "dag", "Wmo 2015 2.3.2 lid 2"),
    (
        "WMO-OCO",
        "Wijs op gratis onafhankelijke cliëntondersteuning",
        "voor het onderzoek",
        None,
        "geen",
        "Wmo 2015 2.3.2 lid 3",
    ),
    ("WMO-OND", "Onderzoek afronden", "melding", 6, "week", "Wmo 2015 2.3.2 lid 1"),
    (
        "WMO-VERSLAG",
        "Uitkomst van het onderzoek op schrift",
        "einde van het onderzoek",
        None,
        "geen",
        "Wmo 2015 2.3.2 lid 8",
    ),
    ("WMO-BESL", "Beschikking op de aanvraag", "aanvraag", 2, "week", "Wmo 2015 2.3.5 lid 2"),
    (
        "WMO-SPOED",
        "Tijdelijke maatwerkvoorziening bij spoed",
        "melding",
        48,
        "uur",
        "Wmo 2015 2.3.3 (lengte: eigen afspraak)",
    ),
    (
        "WMO-HERZ",
        "Beschikking opnieuw bekijken",
        "beschikking",
        12,
        "maand",
        "Wmo 2015 2.3.9 (lengte: eigen afspraak)",
    ),
    ("WGS-4W", "Eerste gesprek over schulden", "hulpvraag bij schulden", 4, "week", "Wgs 4 lid 1"),
    (
        "WGS-3D",
        "Eerste gesprek bij een bedreigende schuld",
        "hulpvraag bij schulden",
        3,
        "werkdag",
        "Wgs 4 lid 2",
    ),
    ("WVGGZ-VO", "Verkennend onderzoek en zo nodig aanvraag", "melding", 14, "dag", "Wvggz 5:2"),
    (
        "WVGGZ-TERUG",
        "Terugkoppelen aan de naaste die meldde",
        "melding Wvggz",
        None,
        "geen",
        "Wvggz 5:2 lid 3-5",
    ),
    ("WVGGZ-ANON", "De melder blijft anoniem", "melding Wvggz", None, "geen", "Wvggz 5:2 lid 7"),
    ("JW-BESL", "Besluit op de aanvraag voor jeugdhulp", "aanvraag", 8, "week", "Awb 4:13"),
    ("AWB-BEZW", "Bezwaar maken tegen de beschikking", "beschikking", 6, "week", "Awb 6:7"),
    ("AVG-INZ", "Antwoord op een inzageverzoek", "inzageverzoek", 1, "maand", "AVG 12 lid 3"),
    ("BEW-WMO", "Bewaren", "elk gegeven", 15, "jaar", "Wmo 2015 5.3.4"),
    ("BEW-JW", "Bewaren", "einde van het dossier", 20, "jaar", "Jeugdwet 7.3.8"),
]


def forward(apps, schema_editor):
    soort = apps.get_model("termijnen", "Termijnsoort")
    soort.objects.using(schema_editor.connection.alias).bulk_create(
        soort(code=code, naam=naam, begint_bij=begin, lengte=lengte, eenheid=eenheid, bron=bron)
        for code, naam, begin, lengte, eenheid, bron in SOORTEN
    )


def backward(apps, schema_editor):
    apps.get_model("termijnen", "Termijnsoort").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("termijnen", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
