"""Full text search in Dutch: accents don't count, words count by where they stand (name and keywords most)."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# `array_to_string` is only STABLE for every type, so that PostgreSQL refuses it in a generated column; for text it
# never changes, which this function promises.
WOORDEN = """
CREATE TEXT SEARCH CONFIGURATION public.skt_nl (COPY = pg_catalog.dutch);
ALTER TEXT SEARCH CONFIGURATION public.skt_nl
    ALTER MAPPING FOR word, hword, hword_part WITH public.unaccent, pg_catalog.dutch_stem;

CREATE FUNCTION socialekaart_zoekvector(
    naam text, trefwoorden text[], doelgroep text, themas text[], aanbieder text, omschrijving text
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $functie$
    SELECT setweight(to_tsvector('public.skt_nl', coalesce(naam, '')), 'A')
        || setweight(to_tsvector('public.skt_nl', coalesce(array_to_string(trefwoorden, ' '), '')), 'A')
        || setweight(to_tsvector('public.skt_nl', coalesce(doelgroep, '')), 'B')
        || setweight(to_tsvector('public.skt_nl', coalesce(array_to_string(themas, ' '), '')), 'D')
        || setweight(to_tsvector('public.skt_nl', coalesce(aanbieder, '')), 'D')
        || setweight(to_tsvector('public.skt_nl', coalesce(omschrijving, '')), 'C')
$functie$;
"""

WOORDEN_TERUG = """
DROP FUNCTION socialekaart_zoekvector(text, text[], text, text[], text, text);
DROP TEXT SEARCH CONFIGURATION public.skt_nl;
"""


class Migration(migrations.Migration):
    dependencies = [("socialekaart", "0001_initial")]

    operations = [
        migrations.RunSQL(WOORDEN, WOORDEN_TERUG),
        migrations.AddField(
            model_name="voorziening",
            name="zoekvector",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "naam",
                    "trefwoorden",
                    "doelgroep",
                    "themas",
                    "aanbieder",
                    "omschrijving",
                    function="socialekaart_zoekvector",
                ),
                help_text="De woorden waarop gezocht wordt; PostgreSQL houdt ze zelf bij.",
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="voorziening",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["zoekvector"], name="voorziening_zoekvector"
            ),
        ),
    ]
