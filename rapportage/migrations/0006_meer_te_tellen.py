"""What the narrow source says more: which melding was its contact's first, who came to triage for the first time this
year, for which theme there was no free offer, and whether scores went up between the beginning and the end of the help.

New columns come last, so that a year that began with the older catalogue still counts from the same views.
"""

from django.db import migrations

from skt.autorisatie.rls import Grant, Revoke

VAN_NU = "JOIN intake_contactmoment w ON w.id = m.contactmoment_id WHERE NOT w.uit_oude_lijst"
"""What came over from the list of before the SKT is history of another office: no figure counts it."""
GEBEURD = f"""
    SELECT 'melding' AS onderwerp, m.id AS bron, m.ontvangen_op AS op FROM intake_melding m {VAN_NU}
    UNION ALL SELECT 'uitvraag', u.id, u.afgenomen_op FROM intake_uitvraag u
    UNION ALL SELECT 'contact', c.id, c.begonnen_op FROM intake_contactmoment c WHERE NOT c.uit_oude_lijst
    UNION ALL SELECT 'afgehandeld', m.id, m.gesloten_op FROM intake_melding m {VAN_NU} AND m.gesloten_op IS NOT NULL
    UNION ALL SELECT 'voorziening', v.id, v.gegeven_op FROM intake_meegegeven v
    UNION ALL SELECT 'termijn', t.id, (CASE WHEN t.voldaan_op <= t.uiterlijk THEN t.voldaan_op ELSE t.uiterlijk + 1 END)::timestamp
                AT TIME ZONE 'Europe/Amsterdam' FROM intake_meldingtermijn t
    UNION ALL SELECT 'triage', t.id, t.gedaan_op FROM triage_triage t
    UNION ALL SELECT 'besluit', a.id, a.besloten_op FROM triage_agendapunt a WHERE a.besluit NOT IN ('', 'aanhouden')
    UNION ALL SELECT 'casus geopend', k.id, k.geopend_op FROM casusregie_casus k
    UNION ALL SELECT 'casus afgesloten', k.id, k.gesloten_op FROM casusregie_casus k WHERE k.gesloten_op IS NOT NULL
    UNION ALL SELECT 'schaling', s.id, s.besloten_op FROM casusregie_schaling s
    UNION ALL SELECT 'nazorg', n.id, n.uitgevoerd_op FROM casusregie_nazorg n WHERE n.uitgevoerd_op IS NOT NULL
"""
NIEUW_GEBEURD = """
    UNION ALL SELECT 'meting', t.id, t.afgenomen_op FROM intake_meting t WHERE t.reden = 'einde'
    UNION ALL SELECT 'toekenning', k.id, t.gedaan_op FROM triage_toekenning k JOIN triage_triage t ON t.id = k.triage_id
"""


def _functions(gebeurd: str) -> str:
    """Booking and the first month, over these events."""
    return f"""
CREATE OR REPLACE FUNCTION rapportage_boek(naar date) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $functie$
BEGIN
    IF skt_context() <> 0 THEN
        RAISE EXCEPTION 'alleen het systeem boekt' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO rapportage_geboekt (onderwerp, bron, maand)
    SELECT g.onderwerp, g.bron, naar FROM ({gebeurd}) g
     WHERE g.op < (naar + interval '1 month') AT TIME ZONE 'Europe/Amsterdam'
    ON CONFLICT DO NOTHING;
END $functie$;
CREATE OR REPLACE FUNCTION rapportage_eerste_maand() RETURNS date LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $functie$
BEGIN
    RETURN (SELECT date_trunc('month', min(g.op) AT TIME ZONE 'Europe/Amsterdam')::date FROM ({gebeurd}) g);
END $functie$;
"""


WIE = """
      LEFT JOIN inwoners_inwoner i ON i.id = m.inwoner_id
      LEFT JOIN rapportage_buurt r ON r.buurtcode = i.buurtcode AND r.van <= extract(year FROM b.maand)
            AND (r.tot IS NULL OR extract(year FROM b.maand) < r.tot)
      CROSS JOIN LATERAL (SELECT CASE
            WHEN i.geboortedatum IS NOT NULL
                THEN extract(year FROM age((b.maand + interval '1 month - 1 day')::timestamp, i.geboortedatum::timestamp))
            ELSE extract(year FROM b.maand) - i.geboortejaar END AS jaren) l
"""
GROEP = """coalesce(r.gebied, 'onbekend') AS gebied,
           CASE WHEN l.jaren IS NULL THEN 'onbekend' WHEN l.jaren < 12 THEN '0-11' WHEN l.jaren < 18 THEN '12-17'
                WHEN l.jaren < 27 THEN '18-26' WHEN l.jaren < 65 THEN '27-64' WHEN l.jaren < 80 THEN '65-79'
                ELSE '80+' END AS leeftijd"""


def _first(tabel: str, onderwerp: str, rij: str, tijd: str) -> str:
    """'ja' for the first row of this person that is counted this calendar year. No key of a person leaves the view."""
    koppel = "e.melding_id = em.id" if tabel != "intake_melding" else "e.id = em.id"
    return f"""CASE WHEN m.inwoner_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM intake_melding em JOIN {tabel} e ON {koppel}
                  JOIN rapportage_geboekt eb ON eb.onderwerp = '{onderwerp}' AND eb.bron = e.id
                 WHERE em.inwoner_id = m.inwoner_id
                   AND date_trunc('year', eb.maand::timestamp) = date_trunc('year', b.maand::timestamp)
                   AND (eb.maand, e.{tijd}, e.id) < (b.maand, {rij}.{tijd}, {rij}.id)
            ) THEN 'ja' ELSE 'nee' END AS eerste"""


EERSTE_MELDING = _first("intake_melding", "melding", "m", "ontvangen_op")
EERSTE_TRIAGE = _first("triage_triage", "triage", "t", "gedaan_op")
TELLING = """CASE WHEN e.eerste = 'ja' THEN CASE WHEN c.van_contact THEN 'beide' ELSE 'mens' END
                ELSE CASE WHEN c.van_contact THEN 'contact' ELSE 'geen' END END AS telling"""
VAN_CONTACT = f"""CROSS JOIN LATERAL (SELECT {EERSTE_MELDING}) e
      CROSS JOIN LATERAL (SELECT NOT EXISTS (
            SELECT 1 FROM intake_melding em
              JOIN rapportage_geboekt eb ON eb.onderwerp = 'melding' AND eb.bron = em.id
             WHERE em.contactmoment_id = m.contactmoment_id
               AND (eb.maand, em.ontvangen_op, em.id) < (b.maand, m.ontvangen_op, m.id)) AS van_contact) c"""
ROUTE = """CASE WHEN m.afhandeling = 'triage' THEN coalesce('triage: ' || (
                    SELECT a.bord FROM triage_aanmelding a WHERE a.melding_id = m.id ORDER BY a.id DESC LIMIT 1
                ), 'triage') WHEN m.afhandeling = '' THEN 'nog open' ELSE m.afhandeling END AS route"""

BRON = f"""
CREATE OR REPLACE VIEW rapportage_bron_melding AS
    SELECT b.maand, e.eerste, {GROEP}, o.code AS organisatie, k.kanaal, k.melder_soort AS melder,
           coalesce(d.code, 'geen') AS doorverbonden, coalesce(nullif(m.spoor, ''), 'onbekend') AS spoor, m.aard, {ROUTE},
           {TELLING}
      FROM rapportage_geboekt b JOIN intake_melding m ON m.id = b.bron
      JOIN medewerkers_moederorganisatie o ON o.id = m.organisatie_id
      JOIN intake_contactmoment k ON k.id = m.contactmoment_id
      LEFT JOIN medewerkers_moederorganisatie d ON d.id = k.doorverbonden_vanuit_id {WIE} {VAN_CONTACT}
     WHERE b.onderwerp = 'melding';

CREATE OR REPLACE VIEW rapportage_bron_thema AS
    SELECT b.maand, e.eerste, {GROEP}, t.thema, {TELLING}
      FROM rapportage_geboekt b JOIN intake_melding m ON m.id = b.bron {WIE} {VAN_CONTACT}
      CROSS JOIN LATERAL (SELECT DISTINCT unnest(m.themas) AS thema) t
     WHERE b.onderwerp = 'melding';

CREATE OR REPLACE VIEW rapportage_bron_triage AS
    SELECT b.maand, {GROEP}, t.urgentie, t.ernst, t.uitkomst, t.nuldelijn,
           coalesce((SELECT a.bord FROM triage_aanmelding a WHERE a.triage_id = t.id), 'geen') AS bord, {EERSTE_TRIAGE}
      FROM rapportage_geboekt b JOIN triage_triage t ON t.id = b.bron JOIN intake_melding m ON m.id = t.melding_id {WIE}
     WHERE b.onderwerp = 'triage';

CREATE VIEW rapportage_bron_ontbreekt AS
    SELECT b.maand, {EERSTE_TRIAGE}, t.nuldelijn, {GROEP}, th.thema
      FROM rapportage_geboekt b JOIN triage_triage t ON t.id = b.bron JOIN intake_melding m ON m.id = t.melding_id {WIE}
      CROSS JOIN LATERAL (SELECT DISTINCT unnest(m.themas) AS thema) th
     WHERE b.onderwerp = 'triage' AND t.nuldelijn = 'past_niet';

CREATE VIEW rapportage_bron_verloop AS
    SELECT b.maand, CASE WHEN n.score > a.score THEN 'vooruit' WHEN n.score = a.score THEN 'gelijk gebleven'
                         ELSE 'achteruit' END AS verloop, n.leefgebied
      FROM rapportage_geboekt b JOIN intake_meting t ON t.id = b.bron JOIN intake_uitvraag u ON u.melding_id = t.melding_id
      JOIN intake_metingantwoord n ON n.meting_id = t.id AND n.score IS NOT NULL
      JOIN intake_antwoord a ON a.uitvraag_id = u.id AND a.leefgebied = n.leefgebied AND a.score IS NOT NULL
     WHERE b.onderwerp = 'meting';

CREATE VIEW rapportage_bron_toekenning AS
    SELECT b.maand, 'toekenning' AS inzet, k.wet,
           CASE WHEN EXISTS (
                    SELECT 1 FROM intake_meegegeven g JOIN socialekaart_voorziening s ON s.id = g.voorziening_id
                     WHERE g.melding_id = t.melding_id AND s.lijn = 0)
                  OR EXISTS (
                    SELECT 1 FROM triage_triage_voorzieningen g JOIN socialekaart_voorziening s ON s.id = g.voorziening_id
                     WHERE g.triage_id = t.id AND s.lijn = 0)
                THEN 'ja' ELSE 'nee' END AS naast
      FROM rapportage_geboekt b JOIN triage_toekenning k ON k.id = b.bron JOIN triage_triage t ON t.id = k.triage_id
     WHERE b.onderwerp = 'toekenning';
"""
NIEUW = "rapportage_bron_ontbreekt, rapportage_bron_verloop, rapportage_bron_toekenning"


class Migration(migrations.Migration):
    dependencies = [
        ("rapportage", "0005_toelichting_en_bevolking"),
        ("intake", "0013_niets_kwijt"),
        ("triage", "0009_toekenning"),
    ]

    operations = [
        migrations.RunSQL(_functions(GEBEURD + NIEUW_GEBEURD), _functions(GEBEURD)),
        # What the older views say still stands in the newer ones; going back leaves the extra columns.
        migrations.RunSQL(BRON, f"DROP VIEW {NIEUW};"),
        Revoke("SELECT, INSERT, UPDATE", NIEUW),
        Grant("SELECT", NIEUW, "skt_rapport"),
    ]
