"""The narrow source without people for the report role, frozen cubes, and who may touch them."""

from django.db import migrations

from skt.autorisatie.rls import Grant, Revoke

BRON = """
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
"""

BRON_TERUG = "DROP VIEW rapportage_bron_casus; DROP VIEW rapportage_bron_leefgebied; DROP VIEW rapportage_bron_melding;"

BEVROREN = """
CREATE FUNCTION rapportage_weiger() RETURNS trigger LANGUAGE plpgsql AS $functie$
BEGIN
    RAISE EXCEPTION 'gepubliceerde cijfers veranderen nooit (% geweigerd)', TG_OP USING ERRCODE = 'restrict_violation';
END $functie$;
CREATE TRIGGER publicatie_bevroren BEFORE UPDATE OR DELETE ON rapportage_publicatie
    FOR EACH STATEMENT EXECUTE FUNCTION rapportage_weiger();
CREATE TRIGGER cel_bevroren BEFORE UPDATE OR DELETE ON rapportage_cel
    FOR EACH STATEMENT EXECUTE FUNCTION rapportage_weiger();
"""

BEVROREN_TERUG = """
DROP TRIGGER cel_bevroren ON rapportage_cel;
DROP TRIGGER publicatie_bevroren ON rapportage_publicatie;
DROP FUNCTION rapportage_weiger();
"""

CIJFERS = "rapportage_publicatie, rapportage_cel"
BRONNEN = "rapportage_bron_melding, rapportage_bron_leefgebied, rapportage_bron_casus"


class Migration(migrations.Migration):
    dependencies = [("rapportage", "0001_initial"), ("casusregie", "0002_sloten_en_keten")]

    operations = [
        migrations.RunSQL(BRON, BRON_TERUG),
        migrations.RunSQL(BEVROREN, BEVROREN_TERUG),
        Revoke("SELECT, INSERT, UPDATE", BRONNEN),
        Revoke("SELECT, INSERT, UPDATE", CIJFERS),
        Grant("SELECT", BRONNEN, "skt_rapport"),
        Grant("SELECT, INSERT", CIJFERS, "skt_rapport"),
        Grant("SELECT", CIJFERS, "skt_beleid"),
    ]
