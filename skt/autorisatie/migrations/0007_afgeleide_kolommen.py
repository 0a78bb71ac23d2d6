"""Who may read stands in columns that only triggers keep (decision 2); now PostgreSQL holds everybody else to that."""

from django.db import migrations

from skt.autorisatie.rls import CreateFunction, GuardDerived

BEWAAK = """
    IF skt_context() = 0 THEN
        RETURN NEW;
    END IF;
    FOREACH kolom IN ARRAY TG_ARGV LOOP
        vast := vast || jsonb_build_object(kolom, CASE
            WHEN TG_OP = 'UPDATE' THEN to_jsonb(OLD) -> kolom
            WHEN jsonb_typeof(to_jsonb(NEW) -> kolom) = 'array' THEN '[]'::jsonb
            ELSE to_jsonb(NEW) -> kolom END);
    END LOOP;
    RETURN jsonb_populate_record(NEW, vast);
"""


class Migration(migrations.Migration):
    dependencies = [("autorisatie", "0006_verwijzen_naar_wie_men_ziet")]

    operations = [
        CreateFunction(
            "skt_bewaak_afgeleid()",
            "trigger",
            BEWAAK,
            declare="kolom text; vast jsonb := '{}';",
            volatility="VOLATILE",
        ),
        GuardDerived(
            "inwoners_inwoner",
            "zonder_dossier",
            "aan_het_loket",
            "bij_de_toegang",
            "lees_organisaties",
            "lees_teams",
            "lees_coordinaties",
            "lees_medewerkers",
        ),
    ]
