"""Lock 2 on the rooms to the right of autorisatie: inwoners, their BSN, the log and the noodtoegang."""

from django.db import migrations

from skt.autorisatie.rls import (
    IK,
    INWONER_ZICHTBAAR,
    MET_DOSSIERS,
    TERUG,
    TOEGANG,
    WIE,
    CreateFunction,
    Protect,
    Revoke,
)

HERBEREKEN = f"""
    wie := coalesce(NEW.inwoner_id, OLD.inwoner_id);
    PERFORM 1 FROM inwoners_inwoner WHERE id = wie FOR UPDATE;
    UPDATE inwoners_inwoner i SET
        zonder_dossier = false,
        aan_het_loket = d.aan_het_loket,
        bij_de_toegang = d.bij_de_toegang,
        lees_organisaties = d.organisaties,
        lees_teams = d.teams,
        lees_coordinaties = d.coordinaties,
        lees_medewerkers = d.medewerkers
    FROM (
        SELECT coalesce(bool_or(t.aan_het_loket), false) AS aan_het_loket,
               coalesce(bool_or(t.bij_de_toegang), false) AS bij_de_toegang,
               (SELECT coalesce(array_agg(DISTINCT x), '{{}}') FROM inwoners_dossiertoegang s, unnest(s.organisaties) x
                 WHERE s.inwoner_id = wie) AS organisaties,
               (SELECT coalesce(array_agg(DISTINCT x), '{{}}') FROM inwoners_dossiertoegang s, unnest(s.teams) x
                 WHERE s.inwoner_id = wie) AS teams,
               (SELECT coalesce(array_agg(DISTINCT x), '{{}}') FROM inwoners_dossiertoegang s, unnest(s.coordinaties) x
                 WHERE s.inwoner_id = wie) AS coordinaties,
               (SELECT coalesce(array_agg(DISTINCT x), '{{}}') FROM inwoners_dossiertoegang s, unnest(s.medewerkers) x
                 WHERE s.inwoner_id = wie) AS medewerkers
        FROM inwoners_dossiertoegang t WHERE t.inwoner_id = wie
    ) d
    WHERE i.id = wie;
    {TERUG}
    RETURN NULL;
"""

ZET_TOEGANG = f"""
    IF wie IS NOT NULL THEN
        INSERT INTO inwoners_dossiertoegang (inwoner_id, bron, aan_het_loket, bij_de_toegang, organisaties, teams,
            coordinaties, medewerkers)
        VALUES (wie, bron_, loket_, toegang_, organisaties_, teams_, coordinaties_, medewerkers_)
        ON CONFLICT (inwoner_id, bron) DO UPDATE SET aan_het_loket = excluded.aan_het_loket,
            bij_de_toegang = excluded.bij_de_toegang,
            organisaties = excluded.organisaties, teams = excluded.teams, coordinaties = excluded.coordinaties,
            medewerkers = excluded.medewerkers
        WHERE (inwoners_dossiertoegang.aan_het_loket, inwoners_dossiertoegang.bij_de_toegang,
               inwoners_dossiertoegang.organisaties,
               inwoners_dossiertoegang.teams, inwoners_dossiertoegang.coordinaties,
               inwoners_dossiertoegang.medewerkers)
            IS DISTINCT FROM (excluded.aan_het_loket, excluded.bij_de_toegang, excluded.organisaties, excluded.teams,
                excluded.coordinaties, excluded.medewerkers);
    END IF;
    {TERUG}
"""

TRIGGER = """
CREATE TRIGGER dossiertoegang_naar_inwoner AFTER INSERT OR UPDATE OR DELETE ON inwoners_dossiertoegang
    FOR EACH ROW EXECUTE FUNCTION inwoners_herbereken();
"""

# Known or new? Permitted people come back with their id; of others only that they are known, and to whom. That is said
# only on a full match (surname with date of birth, address or phone), so that nobody can browse.
ZOEK = f"""
    IF NOT {MET_DOSSIERS} THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    SELECT array_agg(k.id) INTO kandidaten FROM (
        SELECT i.id FROM inwoners_inwoner i WHERE telefoon_ <> '' AND i.telefoon = telefoon_
        UNION SELECT i.id FROM inwoners_inwoner i WHERE i.geboortedatum = geboren
            AND (naam_ = '' OR i.achternaam ILIKE left(naam_, 1) || '%' OR similarity(i.achternaam, naam_) > 0.3)
        UNION SELECT i.id FROM inwoners_inwoner i
            WHERE postcode_ <> '' AND i.postcode = postcode_ AND (nummer_ IS NULL OR i.huisnummer = nummer_)
        UNION (SELECT i.id FROM inwoners_inwoner i WHERE length(naam_) >= 2
            AND i.achternaam ILIKE replace(replace(naam_, '%', ''), '_', '') || '%' LIMIT 100)
        LIMIT 200
    ) k;
    SELECT array_agg(i.id) INTO precies FROM inwoners_inwoner i
        WHERE i.id = ANY(kandidaten) AND lower(i.achternaam) = lower(naam_) AND (
            i.geboortedatum = geboren
            OR (postcode_ <> '' AND i.postcode = postcode_ AND i.huisnummer = nummer_)
            OR (telefoon_ <> '' AND i.telefoon = telefoon_));
    PERFORM set_config('skt.context', vorige, true);
    SELECT coalesce(array_agg(i.id), '{{}}') INTO zichtbaar FROM inwoners_inwoner i WHERE i.id = ANY(kandidaten);
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT i.id, i.id = ANY(zichtbaar), CASE WHEN i.id = ANY(zichtbaar) THEN NULL ELSE i.lees_organisaties END
          FROM inwoners_inwoner i
         WHERE i.id = ANY(zichtbaar) OR i.id = ANY(precies)
         ORDER BY (lower(i.achternaam) = lower(naam_))::int + coalesce((i.geboortedatum = geboren)::int, 0)
                + (telefoon_ <> '' AND i.telefoon = telefoon_)::int
                + (postcode_ <> '' AND i.postcode = postcode_)::int DESC NULLS LAST, i.id
         LIMIT 10;
    PERFORM set_config('skt.context', vorige, true);
"""

PRIVACY_OFFICER = "(SELECT skt_heeft_rol('privacy_officer'))"


class Migration(migrations.Migration):
    dependencies = [
        ("autorisatie", "0002_werkcontext"),
        ("inwoners", "0001_initial"),
        ("verantwoording", "0002_keten"),
    ]

    operations = [
        Protect(
            "inwoners_inwoner",
            read=f"{INWONER_ZICHTBAAR} OR id = ANY((SELECT skt_noodinwoners())::bigint[])",
            insert=f"{MET_DOSSIERS} AND aangemaakt_door_id = {IK} AND zonder_dossier",
            update=INWONER_ZICHTBAAR,
        ),
        CreateFunction(
            "skt_mag_bsn(wie bigint)",
            "boolean",
            f"RETURN {TOEGANG} AND EXISTS (SELECT 1 FROM inwoners_inwoner WHERE id = wie AND ({INWONER_ZICHTBAAR}));",
            public=True,
        ),
        CreateFunction(
            "inwoners_zoek(naam_ text, geboren date, postcode_ text, nummer_ integer, telefoon_ text)",
            "TABLE (inwoner_id bigint, is_zichtbaar boolean, organisatie_ids bigint[])",
            ZOEK,
            declare="vorige text; kandidaten bigint[]; precies bigint[]; zichtbaar bigint[];",
            volatility="VOLATILE",
            public=True,
        ),
        Protect(
            "inwoners_bsn",
            # Not by a noodtoegang: that is for the dossier, not for the number.
            read="skt_mag_bsn(inwoner_id)",
            insert="skt_mag_bsn(inwoner_id)",
            update="skt_mag_bsn(inwoner_id)",
        ),
        Protect("inwoners_dossiertoegang", read="false", insert="false", update="false", delete="false"),
        Revoke("ALL", "inwoners_dossiertoegang"),
        CreateFunction(
            "inwoners_herbereken()", "trigger", HERBEREKEN, declare="wie bigint;", als_systeem=True
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER dossiertoegang_naar_inwoner ON inwoners_dossiertoegang;"),
        CreateFunction(
            "skt_zet_toegang(wie bigint, bron_ text, loket_ boolean, toegang_ boolean, organisaties_ bigint[], teams_ bigint[],"
            " coordinaties_ bigint[], medewerkers_ bigint[])",
            "void",
            ZET_TOEGANG,
            als_systeem=True,
        ),
        Protect(
            "autorisatie_noodtoegang",
            read=f"medewerker_id = {IK} OR {PRIVACY_OFFICER}",
            insert="false",  # only by casusregie_open_noodtoegang(), which asks for a reason
        ),
        Protect(
            "verantwoording_regel",
            read=PRIVACY_OFFICER,
            insert=f"medewerker_id = {WIE} OR (medewerker_id IS NULL AND soort IN ('geweigerd', 'aanmelden'))",
        ),
    ]
