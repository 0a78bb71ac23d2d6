"""What the narrow source says more: which triage and which uitvraag was its contact's first, themes of what was given, the lijn of
what was granted, and what was granted per person in a year: amounts without a key, summed here, for the rules of rapportage.kosten.

New columns come last, so that a year that began with the older catalogue still counts from the same views.
"""

from importlib import import_module

from django.db import migrations, models

from skt.autorisatie.rls import Grant, Revoke

_eerder = import_module("rapportage.migrations.0006_meer_te_tellen")
WIE, GROEP, TELLING = _eerder.WIE, _eerder.GROEP, _eerder.TELLING
EERSTE_UITVRAAG = import_module("rapportage.migrations.0004_smalle_bron").EERSTE_UITVRAAG


def _of_contact(tabel: str, onderwerp: str, rij: str, tijd: str) -> str:
    """Was this row the first of its kind that its contact brought up, and that is counted?"""
    return f"""CROSS JOIN LATERAL (SELECT NOT EXISTS (
            SELECT 1 FROM intake_melding em JOIN {tabel} x ON x.melding_id = em.id
              JOIN rapportage_geboekt eb ON eb.onderwerp = '{onderwerp}' AND eb.bron = x.id
             WHERE em.contactmoment_id = m.contactmoment_id
               AND (eb.maand, x.{tijd}, x.id) < (b.maand, {rij}.{tijd}, {rij}.id)) AS van_contact) c"""


VAN_UITVRAAG = f"""CROSS JOIN LATERAL (SELECT {EERSTE_UITVRAAG}) e
      {_of_contact("intake_uitvraag", "uitvraag", "u", "afgenomen_op")}"""
VAN_TRIAGE = f"""CROSS JOIN LATERAL (SELECT {_eerder.EERSTE_TRIAGE}) e
      {_of_contact("triage_triage", "triage", "t", "gedaan_op")}"""
LIJN = """coalesce((SELECT min(s.lijn)::text FROM socialekaart_voorziening s WHERE lower(s.naam) = lower(k.product)), 'onbekend')"""
MENS = "coalesce('i' || m.inwoner_id, 'm' || m.id)"
"""Whoever isn't known by name is somebody of their own."""


def _first_grant(zelfde: str) -> str:
    """'ja' for the first toekenning of this person in this calendar year with the same wet, or the same lijn."""
    return f"""CASE WHEN row_number() OVER (PARTITION BY extract(year FROM b.maand), {MENS}, {zelfde} ORDER BY b.maand, k.id) = 1
                THEN 'ja' ELSE 'nee' END"""


DAGEN = "(k.tot_en_met - k.van + 1)"
BEDRAG = f"""CASE k.per WHEN 'per week' THEN k.bedrag * {DAGEN} / 7 WHEN 'per 4 weken' THEN k.bedrag * {DAGEN} / 28
                 WHEN 'per maand' THEN k.bedrag * {DAGEN} / 30.4375 WHEN 'per jaar' THEN k.bedrag * {DAGEN} / 365.25
                 ELSE k.bedrag END"""
"""Euro over the whole time for which it was granted."""

BRON = f"""
CREATE OR REPLACE VIEW rapportage_bron_uitvraag AS
    SELECT b.maand, e.eerste, {GROEP}, {TELLING}
      FROM rapportage_geboekt b JOIN intake_uitvraag u ON u.id = b.bron JOIN intake_melding m ON m.id = u.melding_id
           {WIE} {VAN_UITVRAAG}
     WHERE b.onderwerp = 'uitvraag';

CREATE OR REPLACE VIEW rapportage_bron_leefgebied AS
    SELECT b.maand, e.eerste, {GROEP}, a.leefgebied, {TELLING}
      FROM rapportage_geboekt b JOIN intake_uitvraag u ON u.id = b.bron JOIN intake_melding m ON m.id = u.melding_id
           {WIE} {VAN_UITVRAAG}
      JOIN intake_antwoord a ON a.uitvraag_id = u.id
     WHERE b.onderwerp = 'uitvraag' AND a.score IS NOT NULL;

CREATE OR REPLACE VIEW rapportage_bron_triage AS
    SELECT b.maand, {GROEP}, t.urgentie, t.ernst, t.uitkomst, t.nuldelijn,
           coalesce((SELECT a.bord FROM triage_aanmelding a WHERE a.triage_id = t.id), 'geen') AS bord, e.eerste, {TELLING}
      FROM rapportage_geboekt b JOIN triage_triage t ON t.id = b.bron JOIN intake_melding m ON m.id = t.melding_id
           {WIE} {VAN_TRIAGE}
     WHERE b.onderwerp = 'triage';

CREATE OR REPLACE VIEW rapportage_bron_ontbreekt AS
    SELECT b.maand, e.eerste, t.nuldelijn, {GROEP}, th.thema, {TELLING}
      FROM rapportage_geboekt b JOIN triage_triage t ON t.id = b.bron JOIN intake_melding m ON m.id = t.melding_id
           {WIE} {VAN_TRIAGE}
      CROSS JOIN LATERAL (SELECT DISTINCT unnest(m.themas) AS thema) th
     WHERE b.onderwerp = 'triage' AND t.nuldelijn = 'past_niet';

CREATE OR REPLACE VIEW rapportage_bron_toekenning AS
    SELECT b.maand, 'toekenning' AS inzet, k.wet,
           CASE WHEN EXISTS (
                    SELECT 1 FROM intake_meegegeven g JOIN socialekaart_voorziening s ON s.id = g.voorziening_id
                     WHERE g.melding_id = t.melding_id AND s.lijn = 0)
                  OR EXISTS (
                    SELECT 1 FROM triage_triage_voorzieningen g JOIN socialekaart_voorziening s ON s.id = g.voorziening_id
                     WHERE g.triage_id = t.id AND s.lijn = 0)
                THEN 'ja' ELSE 'nee' END AS naast,
           {LIJN} AS toegekende_lijn, {_first_grant("k.wet")} AS eerste_wet,
           {_first_grant(LIJN)} AS eerste_lijn
      FROM rapportage_geboekt b JOIN triage_toekenning k ON k.id = b.bron JOIN triage_triage t ON t.id = k.triage_id
      JOIN intake_melding m ON m.id = t.melding_id
     WHERE b.onderwerp = 'toekenning';

CREATE VIEW rapportage_bron_voorziening_thema AS
    SELECT b.maand, {GROEP}, t.thema
      FROM rapportage_geboekt b JOIN intake_meegegeven v ON v.id = b.bron
      JOIN socialekaart_voorziening s ON s.id = v.voorziening_id JOIN intake_melding m ON m.id = v.melding_id {WIE}
      CROSS JOIN LATERAL (SELECT DISTINCT unnest(s.themas) AS thema) t
     WHERE b.onderwerp = 'voorziening';

CREATE VIEW rapportage_bron_kosten AS
    SELECT p.jaar, jsonb_object_agg(p.wet || '|' || p.lijn, p.bedrag) AS bedragen
      FROM (SELECT extract(year FROM b.maand)::int AS jaar, {MENS} AS mens, k.wet, {LIJN} AS lijn,
                   round(sum({BEDRAG}), 2) AS bedrag
              FROM rapportage_geboekt b JOIN triage_toekenning k ON k.id = b.bron JOIN triage_triage t ON t.id = k.triage_id
              JOIN intake_melding m ON m.id = t.melding_id
             WHERE b.onderwerp = 'toekenning' GROUP BY 1, 2, 3, 4) p
     GROUP BY p.jaar, p.mens;
COMMENT ON VIEW rapportage_bron_kosten IS
    'Een rij per mens per jaar, zonder sleutel: wat er is toegekend, per wet en lijn bij elkaar.';
"""
NIEUW = "rapportage_bron_voorziening_thema, rapportage_bron_kosten"
BEVROREN = """
CREATE TRIGGER blad_bevroren BEFORE UPDATE OR DELETE ON rapportage_blad
    FOR EACH STATEMENT EXECUTE FUNCTION rapportage_weiger();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rapportage", "0008_inzicht"),
        ("triage", "0012_reeksen_en_terugkoppeling"),
    ]

    operations = [
        migrations.CreateModel(
            name="Blad",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=80)),
                (
                    "periode",
                    models.CharField(
                        choices=[("maand", "Maand"), ("kwartaal", "Kwartaal"), ("jaar", "Jaar")],
                        max_length=10,
                    ),
                ),
                (
                    "maand",
                    models.DateField(help_text="De eerste dag van de maand, het kwartaal of het jaar."),
                ),
                ("bevroren_op", models.DateTimeField()),
                ("inhoud", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name_plural": "bladen",
                "constraints": [
                    models.UniqueConstraint(fields=("code", "periode", "maand"), name="blad_een_per_periode")
                ],
            },
        ),
        migrations.RunSQL(BEVROREN, "DROP TRIGGER blad_bevroren ON rapportage_blad;"),
        Revoke("SELECT, INSERT, UPDATE", "rapportage_blad"),
        Grant("SELECT, INSERT", "rapportage_blad", "skt_rapport"),
        Grant("SELECT", "rapportage_blad", "skt_beleid"),
        # What the older views say still stands in the newer ones; going back leaves the extra columns.
        migrations.RunSQL(BRON, f"DROP VIEW {NIEUW};"),
        Revoke("SELECT, INSERT, UPDATE", NIEUW),
        Grant("SELECT", NIEUW, "skt_rapport"),
    ]
