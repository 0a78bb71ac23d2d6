"""The log can only grow, and a chain of hashes runs over it.

The line is written in the transaction of the change itself; its link is added by a deferred trigger at commit, so that
the one lock on the head of the chain is taken last and held shortest. The hash names its columns: a column added later
must not break the chain over what stands there already (a test asks that no column of today is forgotten).
"""

from django.db import migrations

WEIGER = """
CREATE FUNCTION verantwoording_weiger() RETURNS trigger LANGUAGE plpgsql AS $functie$
BEGIN
    RAISE EXCEPTION '% is alleen aan te vullen (% geweigerd)', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $functie$;
CREATE TRIGGER regel_alleen_aanvullen BEFORE UPDATE OR DELETE ON verantwoording_regel
    FOR EACH STATEMENT EXECUTE FUNCTION verantwoording_weiger();
CREATE TRIGGER schakel_alleen_aanvullen BEFORE UPDATE OR DELETE ON verantwoording_schakel
    FOR EACH STATEMENT EXECUTE FUNCTION verantwoording_weiger();
REVOKE UPDATE ON verantwoording_regel FROM skt_web;
REVOKE ALL ON verantwoording_schakel, verantwoording_kop FROM skt_web;
INSERT INTO verantwoording_kop (id, volgnummer, hash) VALUES (1, 0, sha256('SKT-loket'::bytea));
"""

WEIGER_TERUG = """
DELETE FROM verantwoording_kop;
GRANT SELECT, INSERT, UPDATE ON verantwoording_schakel, verantwoording_kop TO skt_web;
GRANT UPDATE ON verantwoording_regel TO skt_web;
DROP TRIGGER schakel_alleen_aanvullen ON verantwoording_schakel;
DROP TRIGGER regel_alleen_aanvullen ON verantwoording_regel;
DROP FUNCTION verantwoording_weiger();
"""

KETEN = """
CREATE FUNCTION verantwoording_hash(vorige bytea, r verantwoording_regel) RETURNS bytea LANGUAGE sql STABLE
SET timezone = 'UTC' AS $functie$
    SELECT sha256(vorige || convert_to(jsonb_build_array(
        r.id, r.tijdstip, r.soort, r.actie, r.medewerker_id, r.plaatsing_id, r.organisatie_id, r.object_soort,
        r.object_id, r.inwoner_id, r.recht, r.reden, r.noodtoegang, r.vanaf, r.verzoek, r.gegevens
    )::text, 'UTF8'))
$functie$;

CREATE FUNCTION verantwoording_schakel_aan() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $functie$
DECLARE
    kop verantwoording_kop;
    nieuw bytea;
BEGIN
    SELECT * INTO STRICT kop FROM verantwoording_kop WHERE id = 1 FOR UPDATE;
    nieuw := verantwoording_hash(kop.hash, NEW);
    INSERT INTO verantwoording_schakel (volgnummer, regel_id, hash) VALUES (kop.volgnummer + 1, NEW.id, nieuw);
    UPDATE verantwoording_kop SET volgnummer = kop.volgnummer + 1, hash = nieuw WHERE id = 1;
    RETURN NULL;
END $functie$;

CREATE CONSTRAINT TRIGGER regel_in_de_keten AFTER INSERT ON verantwoording_regel
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION verantwoording_schakel_aan();

CREATE FUNCTION verantwoording_controleer() RETURNS TABLE (volgnummer bigint, regel_id bigint, bevinding text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $functie$
DECLARE
    vorige bytea := sha256('SKT-loket'::bytea);
    verwacht bigint := 0;
    kop verantwoording_kop;
    r verantwoording_regel;
    s record;
BEGIN
    -- To anybody else row-level security hides the lines, and all would seem removed.
    IF skt_context() IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'alleen het systeem controleert de keten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO kop FROM verantwoording_kop WHERE id = 1;
    IF kop IS NULL THEN
        RETURN QUERY SELECT 0::bigint, NULL::bigint, 'de kop van de keten is weg';
    END IF;
    FOR s IN SELECT k.volgnummer, k.regel_id, k.hash FROM verantwoording_schakel k ORDER BY k.volgnummer LOOP
        verwacht := verwacht + 1;
        IF s.volgnummer <> verwacht THEN
            RETURN QUERY SELECT verwacht, NULL::bigint, 'schakel ' || verwacht || ' ontbreekt';
            verwacht := s.volgnummer;
        END IF;
        SELECT * INTO r FROM verantwoording_regel WHERE id = s.regel_id;
        IF r.id IS NULL THEN
            RETURN QUERY SELECT s.volgnummer, s.regel_id, 'de regel is verwijderd';
        ELSIF verantwoording_hash(vorige, r) <> s.hash THEN
            RETURN QUERY SELECT s.volgnummer, s.regel_id, 'de regel of zijn schakel is veranderd';
        END IF;
        vorige := s.hash;
    END LOOP;
    IF kop.volgnummer IS DISTINCT FROM verwacht OR kop.hash IS DISTINCT FROM vorige THEN
        RETURN QUERY SELECT verwacht, NULL::bigint, 'het eind van de keten is afgeknipt of veranderd';
    END IF;
    RETURN QUERY SELECT NULL::bigint, x.id, 'de regel hangt niet in de keten'
        FROM verantwoording_regel x
        WHERE NOT EXISTS (SELECT 1 FROM verantwoording_schakel k WHERE k.regel_id = x.id);
END $functie$;
REVOKE EXECUTE ON FUNCTION verantwoording_schakel_aan() FROM PUBLIC;
"""

KETEN_TERUG = """
DROP FUNCTION verantwoording_controleer();
DROP TRIGGER regel_in_de_keten ON verantwoording_regel;
DROP FUNCTION verantwoording_schakel_aan();
DROP FUNCTION verantwoording_hash(bytea, verantwoording_regel);
"""


class Migration(migrations.Migration):
    dependencies = [("verantwoording", "0001_initial")]
    operations = [migrations.RunSQL(WEIGER, WEIGER_TERUG), migrations.RunSQL(KETEN, KETEN_TERUG)]
