"""The narrow source per subject: what happened, never to whom. And the book of what has been counted.

`rapportage_geboekt` says in which month a row was counted: once, for ever. Whatever happened before the end of the month
that is being closed and isn't in the book yet is booked in that month, also when it happened earlier: a late entry never
opens a closed month. Only the owner sees the book; skt_rapport sees what stands in it through views that carry no key.
"""

from django.db import migrations

from skt.autorisatie.rls import Grant, Revoke
from skt.kern.gebieden import Gebied

BOEK = """
CREATE TABLE rapportage_geboekt (
    onderwerp text NOT NULL, bron bigint NOT NULL, maand date NOT NULL, PRIMARY KEY (onderwerp, bron)
);
CREATE INDEX rapportage_geboekt_maand ON rapportage_geboekt (onderwerp, maand);
CREATE TABLE rapportage_buurt (
    buurtcode text NOT NULL, gebied text NOT NULL, van smallint NOT NULL, tot smallint, PRIMARY KEY (buurtcode, van)
);
COMMENT ON TABLE rapportage_buurt IS 'Het gebied van een buurt, vanaf het jaar van tot het jaar tot: grenzen veranderen op 1 januari.';
"""
BOEK_TERUG = "DROP TABLE rapportage_buurt; DROP TABLE rapportage_geboekt;"

BUURTEN = (
    "INSERT INTO rapportage_buurt (buurtcode, gebied, van) VALUES "
    + ", ".join(f"('{buurt}', '{gebied.value}', 0)" for gebied in Gebied for buurt in gebied.buurtcodes)
    + ";"
)

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

BOEKEN = f"""
CREATE FUNCTION rapportage_boek(naar date) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS $functie$
BEGIN
    IF skt_context() <> 0 THEN
        RAISE EXCEPTION 'alleen het systeem boekt' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO rapportage_geboekt (onderwerp, bron, maand)
    SELECT g.onderwerp, g.bron, naar FROM ({GEBEURD}) g
     WHERE g.op < (naar + interval '1 month') AT TIME ZONE 'Europe/Amsterdam'
    ON CONFLICT DO NOTHING;
END $functie$;
REVOKE EXECUTE ON FUNCTION rapportage_boek(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rapportage_boek(date) TO skt_rapport;

CREATE FUNCTION rapportage_eerste_maand() RETURNS date LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $functie$
BEGIN
    RETURN (SELECT date_trunc('month', min(g.op) AT TIME ZONE 'Europe/Amsterdam')::date FROM ({GEBEURD}) g);
END $functie$;
REVOKE EXECUTE ON FUNCTION rapportage_eerste_maand() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rapportage_eerste_maand() TO skt_rapport;
"""
BOEKEN_TERUG = "DROP FUNCTION rapportage_eerste_maand(); DROP FUNCTION rapportage_boek(date);"

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
EERSTE_UITVRAAG = _first("intake_uitvraag", "uitvraag", "u", "afgenomen_op")
ROUTE = """CASE WHEN m.afhandeling = 'triage' THEN coalesce('triage: ' || (
                    SELECT a.bord FROM triage_aanmelding a WHERE a.melding_id = m.id ORDER BY a.id DESC LIMIT 1
                ), 'triage') WHEN m.afhandeling = '' THEN 'nog open' ELSE m.afhandeling END AS route"""
REGIE = """coalesce((SELECT o.code FROM casusregie_regietoewijzing t JOIN medewerkers_moederorganisatie o ON o.id = t.organisatie_id
                      WHERE t.casus_id = k.id AND t.soort = 'casusregie' AND t.van <= {op}
                      ORDER BY t.van DESC, t.id DESC LIMIT 1), 'onbekend') AS organisatie"""
DAG = "({} AT TIME ZONE 'Europe/Amsterdam')::date"
KLASSE = """CASE WHEN d.dagen < 1 THEN '0' WHEN d.dagen < 2 THEN '1' WHEN d.dagen < 4 THEN '2-3' WHEN d.dagen < 8 THEN '4-7'
                 WHEN d.dagen < 15 THEN '8-14' WHEN d.dagen < 29 THEN '15-28' WHEN d.dagen < 57 THEN '29-56'
                 ELSE '57+' END AS klasse"""

BRON = f"""
CREATE VIEW rapportage_bron_melding AS
    SELECT b.maand, {EERSTE_MELDING}, {GROEP}, o.code AS organisatie, c.kanaal, c.melder_soort AS melder,
           coalesce(d.code, 'geen') AS doorverbonden, coalesce(nullif(m.spoor, ''), 'onbekend') AS spoor, m.aard, {ROUTE}
      FROM rapportage_geboekt b JOIN intake_melding m ON m.id = b.bron
      JOIN medewerkers_moederorganisatie o ON o.id = m.organisatie_id
      JOIN intake_contactmoment c ON c.id = m.contactmoment_id
      LEFT JOIN medewerkers_moederorganisatie d ON d.id = c.doorverbonden_vanuit_id {WIE}
     WHERE b.onderwerp = 'melding';

CREATE VIEW rapportage_bron_thema AS
    SELECT b.maand, {EERSTE_MELDING}, {GROEP}, t.thema
      FROM rapportage_geboekt b JOIN intake_melding m ON m.id = b.bron {WIE}
      CROSS JOIN LATERAL (SELECT DISTINCT unnest(m.themas) AS thema) t
     WHERE b.onderwerp = 'melding';

CREATE VIEW rapportage_bron_uitvraag AS
    SELECT b.maand, {EERSTE_UITVRAAG}, {GROEP}
      FROM rapportage_geboekt b JOIN intake_uitvraag u ON u.id = b.bron JOIN intake_melding m ON m.id = u.melding_id {WIE}
     WHERE b.onderwerp = 'uitvraag';

CREATE VIEW rapportage_bron_leefgebied AS
    SELECT b.maand, {EERSTE_UITVRAAG}, {GROEP}, a.leefgebied
      FROM rapportage_geboekt b JOIN intake_uitvraag u ON u.id = b.bron JOIN intake_melding m ON m.id = u.melding_id {WIE}
      JOIN intake_antwoord a ON a.uitvraag_id = u.id
     WHERE b.onderwerp = 'uitvraag' AND a.score IS NOT NULL;

CREATE VIEW rapportage_bron_triage AS
    SELECT b.maand, {GROEP}, t.urgentie, t.ernst, t.uitkomst, t.nuldelijn,
           coalesce((SELECT a.bord FROM triage_aanmelding a WHERE a.triage_id = t.id), 'geen') AS bord
      FROM rapportage_geboekt b JOIN triage_triage t ON t.id = b.bron JOIN intake_melding m ON m.id = t.melding_id {WIE}
     WHERE b.onderwerp = 'triage';

CREATE VIEW rapportage_bron_contact AS
    SELECT b.maand, o.code AS organisatie, c.kanaal, c.melder_soort AS melder, coalesce(d.code, 'geen') AS doorverbonden
      FROM rapportage_geboekt b JOIN intake_contactmoment c ON c.id = b.bron
      JOIN medewerkers_moederorganisatie o ON o.id = c.organisatie_id
      LEFT JOIN medewerkers_moederorganisatie d ON d.id = c.doorverbonden_vanuit_id
     WHERE b.onderwerp = 'contact';

CREATE VIEW rapportage_bron_casus AS
    SELECT b.maand, 'geopend' AS gebeurtenis, {REGIE.format(op="k.geopend_op")}, t.soort AS team, k.regieniveau AS niveau
      FROM rapportage_geboekt b JOIN casusregie_casus k ON k.id = b.bron JOIN medewerkers_team t ON t.id = k.team_id
     WHERE b.onderwerp = 'casus geopend'
    UNION ALL
    SELECT b.maand, 'afgesloten', {REGIE.format(op="k.gesloten_op")}, t.soort, k.regieniveau
      FROM rapportage_geboekt b JOIN casusregie_casus k ON k.id = b.bron JOIN medewerkers_team t ON t.id = k.team_id
     WHERE b.onderwerp = 'casus afgesloten';

CREATE VIEW rapportage_bron_casusstand AS
    SELECT date_trunc('month', k.geopend_op AT TIME ZONE 'Europe/Amsterdam')::date AS van,
           date_trunc('month', k.gesloten_op AT TIME ZONE 'Europe/Amsterdam')::date AS tot,
           CASE k.status WHEN 'afgesloten' THEN 'nazorg' ELSE k.status END AS status, k.regieniveau AS niveau,
           {REGIE.format(op="coalesce(k.gesloten_op, 'infinity')")}
      FROM casusregie_casus k;

CREATE VIEW rapportage_bron_schaling AS
    SELECT b.maand, s.richting, s.aanleiding, {REGIE.format(op="s.besloten_op")}
      FROM rapportage_geboekt b JOIN casusregie_schaling s ON s.id = b.bron JOIN casusregie_casus k ON k.id = s.casus_id
     WHERE b.onderwerp = 'schaling';

CREATE VIEW rapportage_bron_nazorg AS
    SELECT b.maand, n.resultaat, n.maanden::text AS na
      FROM rapportage_geboekt b JOIN casusregie_nazorg n ON n.id = b.bron
     WHERE b.onderwerp = 'nazorg';

CREATE VIEW rapportage_bron_termijn AS
    SELECT b.maand, t.soort_id AS soort, CASE WHEN t.voldaan_op <= t.uiterlijk THEN 'op tijd' ELSE 'te laat' END AS termijn
      FROM rapportage_geboekt b JOIN intake_meldingtermijn t ON t.id = b.bron
     WHERE b.onderwerp = 'termijn';

CREATE VIEW rapportage_bron_stap AS
    SELECT d.maand, d.stap, {KLASSE} FROM (
        SELECT b.maand, 'melding tot triage' AS stap, {DAG.format("t.gedaan_op")} - {DAG.format("m.ontvangen_op")} AS dagen
          FROM rapportage_geboekt b JOIN triage_triage t ON t.id = b.bron JOIN intake_melding m ON m.id = t.melding_id
         WHERE b.onderwerp = 'triage'
        UNION ALL
        SELECT b.maand, 'triage tot besluit', {DAG.format("a.besloten_op")} - {DAG.format("t.gedaan_op")}
          FROM rapportage_geboekt b JOIN triage_agendapunt a ON a.id = b.bron
          JOIN triage_aanmelding n ON n.id = a.aanmelding_id JOIN triage_triage t ON t.id = n.triage_id
         WHERE b.onderwerp = 'besluit'
        UNION ALL
        SELECT b.maand, 'melding tot afgehandeld', {DAG.format("m.gesloten_op")} - {DAG.format("m.ontvangen_op")}
          FROM rapportage_geboekt b JOIN intake_melding m ON m.id = b.bron
         WHERE b.onderwerp = 'afgehandeld' AND m.gesloten_op IS NOT NULL
        UNION ALL
        SELECT b.maand, 'casus van open tot dicht', {DAG.format("k.gesloten_op")} - {DAG.format("k.geopend_op")}
          FROM rapportage_geboekt b JOIN casusregie_casus k ON k.id = b.bron
         WHERE b.onderwerp = 'casus afgesloten' AND k.gesloten_op IS NOT NULL
    ) d;

CREATE VIEW rapportage_bron_voorziening AS
    SELECT b.maand, {GROEP}, s.lijn::text AS lijn
      FROM rapportage_geboekt b JOIN intake_meegegeven v ON v.id = b.bron
      JOIN socialekaart_voorziening s ON s.id = v.voorziening_id JOIN intake_melding m ON m.id = v.melding_id {WIE}
     WHERE b.onderwerp = 'voorziening';

CREATE VIEW rapportage_bron_voorziening_leefgebied AS
    SELECT b.maand, {GROEP}, t.leefgebied
      FROM rapportage_geboekt b JOIN intake_meegegeven v ON v.id = b.bron
      JOIN socialekaart_voorziening s ON s.id = v.voorziening_id JOIN intake_melding m ON m.id = v.melding_id {WIE}
      CROSS JOIN LATERAL (SELECT DISTINCT unnest(s.leefgebieden) AS leefgebied) t
     WHERE b.onderwerp = 'voorziening';

CREATE VIEW rapportage_bron_lijst AS
    SELECT 'organisatie' AS kenmerk, o.code::text AS waarde, o.naam::text AS label, o.id AS volgorde FROM medewerkers_moederorganisatie o
    UNION ALL
    SELECT 'soort', s.code, s.naam, row_number() OVER (ORDER BY s.code) FROM termijnen_termijnsoort s;
"""

VIEWS = (
    "rapportage_bron_melding", "rapportage_bron_thema", "rapportage_bron_uitvraag", "rapportage_bron_leefgebied",
    "rapportage_bron_triage", "rapportage_bron_contact", "rapportage_bron_casus", "rapportage_bron_casusstand",
    "rapportage_bron_schaling", "rapportage_bron_nazorg", "rapportage_bron_termijn", "rapportage_bron_stap",
    "rapportage_bron_voorziening", "rapportage_bron_voorziening_leefgebied", "rapportage_bron_lijst",
)  # fmt: skip
BRON_TERUG = "".join(f"DROP VIEW {view};" for view in VIEWS)

OUDE_BRON = """
CREATE VIEW rapportage_bron_melding AS
    SELECT date_trunc('month', m.ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS maand,
           CASE WHEN m.afhandeling = 'triage' THEN coalesce('triage: ' || (
                    SELECT a.bord FROM triage_aanmelding a WHERE a.melding_id = m.id ORDER BY a.id DESC LIMIT 1
                ), 'triage') WHEN m.afhandeling = '' THEN 'nog open' ELSE m.afhandeling END AS route,
           c.kanaal AS kanaal
      FROM intake_melding m JOIN intake_contactmoment c ON c.id = m.contactmoment_id;
CREATE VIEW rapportage_bron_leefgebied AS
    SELECT date_trunc('month', m.ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS maand, a.leefgebied
      FROM intake_melding m JOIN intake_uitvraag u ON u.melding_id = m.id JOIN intake_antwoord a ON a.uitvraag_id = u.id
     WHERE a.score IS NOT NULL;
CREATE VIEW rapportage_bron_casus AS
    SELECT date_trunc('month', k.geopend_op AT TIME ZONE 'Europe/Amsterdam')::date AS maand, 'geopend' AS gebeurtenis
      FROM casusregie_casus k
    UNION ALL
    SELECT date_trunc('month', k.gesloten_op AT TIME ZONE 'Europe/Amsterdam')::date, 'afgesloten'
      FROM casusregie_casus k WHERE k.gesloten_op IS NOT NULL;
REVOKE SELECT, INSERT, UPDATE ON rapportage_bron_melding, rapportage_bron_leefgebied, rapportage_bron_casus FROM skt_web;
GRANT SELECT ON rapportage_bron_melding, rapportage_bron_leefgebied, rapportage_bron_casus TO skt_rapport;
"""
OUDE_BRON_WEG = "DROP VIEW rapportage_bron_casus; DROP VIEW rapportage_bron_leefgebied; DROP VIEW rapportage_bron_melding;"

BEVROREN = """
CREATE TRIGGER indeling_bevroren BEFORE UPDATE OR DELETE ON rapportage_indeling
    FOR EACH STATEMENT EXECUTE FUNCTION rapportage_weiger();
CREATE TRIGGER grondslag_bevroren BEFORE UPDATE OR DELETE ON rapportage_grondslag
    FOR EACH STATEMENT EXECUTE FUNCTION rapportage_weiger();
"""
BEVROREN_TERUG = "DROP TRIGGER grondslag_bevroren ON rapportage_grondslag; DROP TRIGGER indeling_bevroren ON rapportage_indeling;"


class Migration(migrations.Migration):
    dependencies = [
        ("rapportage", "0003_kubussen_en_perioden"),
        ("casusregie", "0007_samenvoegen"),
        ("triage", "0003_verwijzen_naar_wat_men_ziet"),
        ("intake", "0013_niets_kwijt"),
        ("socialekaart", "0003_foutmeldingen"),
        ("termijnen", "0002_termijnsoorten"),
    ]

    operations = [
        migrations.RunSQL(OUDE_BRON_WEG, OUDE_BRON),
        migrations.RunSQL(BOEK, BOEK_TERUG),
        migrations.RunSQL(BUURTEN, migrations.RunSQL.noop),
        migrations.RunSQL(BOEKEN, BOEKEN_TERUG),
        migrations.RunSQL(BRON, BRON_TERUG),
        migrations.RunSQL(BEVROREN, BEVROREN_TERUG),
        Revoke("SELECT, INSERT, UPDATE", "rapportage_geboekt, rapportage_buurt"),
        Revoke("SELECT, INSERT, UPDATE", ", ".join(VIEWS)),
        Revoke("SELECT, INSERT, UPDATE", "rapportage_indeling, rapportage_grondslag"),
        Grant("SELECT", ", ".join(VIEWS), "skt_rapport"),
        Grant("SELECT, INSERT", "rapportage_indeling, rapportage_grondslag", "skt_rapport"),
        Grant("SELECT", "rapportage_indeling", "skt_beleid"),
    ]
