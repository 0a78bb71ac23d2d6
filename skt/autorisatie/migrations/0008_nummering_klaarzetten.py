"""A new year's numbering can be put ready on its own.

The first number of a year makes its sequence, and whoever needs it meanwhile waits for that transaction to end. Two long
transactions (imports, the demo town) that each made one kind and want the other's would wait for each other for ever.
"""

from django.db import migrations

from skt.autorisatie.rls import CreateFunction

KLAARZETTEN = """
    naam := format('skt_nummer_%s_%s', soort, jaar);
    IF soort !~ '^[a-z]+$' OR jaar NOT BETWEEN 2000 AND 2200 THEN
        RAISE EXCEPTION 'onbekende nummering';
    END IF;
    IF to_regclass(naam) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext(naam));
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', naam);
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("autorisatie", "0007_afgeleide_kolommen")]
    operations = [
        CreateFunction(
            "skt_zet_nummering_klaar(soort text, jaar integer)",
            "void",
            KLAARZETTEN,
            declare="naam text;",
            volatility="VOLATILE",
            public=True,
        )
    ]
