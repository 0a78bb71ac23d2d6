"""Two inwoners become one, and two again: lock 2 on it, and the functions that do it past row-level security.

Who confirms sees both people, but not every dossier that moves along. So PostgreSQL moves them, by the register of
skt.autorisatie.verhuizing, and writes down what it moved; undoing moves exactly that back. Who may read follows by the triggers
that keep it (decision 2). See docs/besluiten/0010-bekend-of-nieuw.md.
"""

from django.db import migrations

from skt.autorisatie.rls import IK, MET_DOSSIERS, TERUG, CreateFunction, Protect, Revoke

BEIDE = "skt_mag_inwoner(blijft_id) AND skt_mag_inwoner(vervalt_id)"
BESLISSEN = "skt_heeft_rol('zorgregisseur', 'teamcoordinator')"
BEIDE_ZICHTBAAR = (
    "EXISTS (SELECT 1 FROM inwoners_inwoner i WHERE i.id = een_id)"
    " AND EXISTS (SELECT 1 FROM inwoners_inwoner i WHERE i.id = ander_id)"
)

# The columns about the person that can be taken over; never who may read.
VELDEN = [
    "achternaam", "voorvoegsel", "geboortenaam", "voornamen", "roepnaam", "geboortedatum", "geboortejaar", "geslacht", "postcode",
    "huisnummer", "toevoeging", "buurtcode", "geheim_adres", "telefoon", "email", "taal", "tolk_nodig", "veilig_contact",
    "veilig_contact_toelichting", "vertegenwoordiging",
]  # fmt: skip
ZET_VELDEN = f"""UPDATE inwoners_inwoner i SET {", ".join(f"{veld} = nw.{veld}" for veld in VELDEN)}
      FROM jsonb_populate_record(NULL::inwoners_inwoner, (SELECT to_jsonb(j) FROM inwoners_inwoner j WHERE j.id = s.blijft_id) || nieuw) nw
     WHERE i.id = s.blijft_id"""

# A dossier written for who was merged a moment ago: it waits for the merge, and then is about who stays.
VOLG = f"""
    wie := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    eerst := wie;
    WHILE wie IS NOT NULL LOOP
        SELECT i.samengevoegd_met_id INTO naar FROM inwoners_inwoner i WHERE i.id = wie FOR KEY SHARE;
        EXIT WHEN naar IS NULL;
        wie := naar;
    END LOOP;
    IF wie IS DISTINCT FROM eerst THEN
        NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], wie));
    END IF;
    {TERUG}
    RETURN NEW;
"""

VOORAF = """
    ik := skt_context();
    vorige := coalesce(current_setting('skt.context', true), '');
    SELECT * INTO s FROM inwoners_samenvoeging x WHERE x.id = welke;
    mag := s.id IS NOT NULL AND skt_mag_inwoner(s.blijft_id) AND {wie};
    bsn_recht := skt_heeft_rol('zorgregisseur');
    IF NOT mag THEN
        RETURN 'geen recht';
    END IF;
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    PERFORM 1 FROM inwoners_inwoner i WHERE i.id IN (s.blijft_id, s.vervalt_id) ORDER BY i.id FOR UPDATE;
    SELECT * INTO s FROM inwoners_samenvoeging x WHERE x.id = welke FOR UPDATE;
"""
VOORAF_DECLARE = (
    "ik bigint; vorige text; mag boolean; bsn_recht boolean; s inwoners_samenvoeging; antwoord text := '';"
)

VOEG_SAMEN = f"""
    {VOORAF.format(wie="skt_mag_inwoner(s.vervalt_id) AND " + BESLISSEN)}
    SELECT count(*), count(DISTINCT b.laatste_cijfers) INTO bsns, cijfers FROM inwoners_bsn b
     WHERE b.inwoner_id IN (s.blijft_id, s.vervalt_id);
    antwoord := CASE
        WHEN s.status <> 'voorgesteld' THEN 'al beoordeeld'
        WHEN s.voorgesteld_door_id = ik THEN 'eigen voorstel'
        WHEN EXISTS (SELECT 1 FROM inwoners_inwoner i WHERE i.id IN (s.blijft_id, s.vervalt_id) AND i.samengevoegd_met_id IS NOT NULL)
            THEN 'al samengevoegd'
        WHEN cijfers > 1 THEN 'bsn verschilt'
        WHEN bsns > 1 AND NOT bsn_recht THEN 'bsn nagaan'
        ELSE '' END;
    IF antwoord = '' THEN
        SELECT to_jsonb(i), concat_ws(' ', nullif(coalesce(nullif(i.roepnaam, ''), i.voornamen), ''), nullif(i.voorvoegsel, ''), i.achternaam)
          INTO hunne, naam FROM inwoners_inwoner i WHERE i.id = s.vervalt_id;
        SELECT to_jsonb(i) INTO onze FROM inwoners_inwoner i WHERE i.id = s.blijft_id;
        mee := jsonb_build_object('zonder_dossier', hunne -> 'zonder_dossier', 'blijft_zonder_dossier', onze -> 'zonder_dossier',
            'bronnen', (SELECT coalesce(jsonb_agg(t.bron), '[]') FROM inwoners_dossiertoegang t WHERE t.inwoner_id = s.vervalt_id
                AND NOT EXISTS (SELECT 1 FROM inwoners_dossiertoegang u WHERE u.inwoner_id = s.blijft_id AND u.bron = t.bron)));
        rijen := '{{}}';
        FOR r IN SELECT * FROM inwoners_verhuizing v ORDER BY v.id LOOP
            weg := '[]'; vlaggen := '[]';
            IF r.uniek <> '' THEN
                EXECUTE format('WITH weg AS (DELETE FROM %1$I t WHERE t.%2$I = $1 AND EXISTS (SELECT 1 FROM %1$I u WHERE u.%2$I = $2'
                    ' AND u.%3$I = t.%3$I) RETURNING to_jsonb(t) AS rij) SELECT coalesce(jsonb_agg(rij), ''[]'') FROM weg',
                    r.tabel, r.kolom, r.uniek) INTO weg USING s.vervalt_id, s.blijft_id;
            END IF;
            IF r.vlag <> '' THEN
                EXECUTE format('WITH op AS (UPDATE %1$I t SET %4$I = true WHERE t.%2$I = $1 AND NOT t.%4$I AND t.%3$I::text IN'
                    ' (SELECT e ->> %3$L FROM jsonb_array_elements($2) e WHERE (e ->> %4$L)::boolean) RETURNING t.id)'
                    ' SELECT coalesce(jsonb_agg(id), ''[]'') FROM op',
                    r.tabel, r.kolom, r.uniek, r.vlag) INTO vlaggen USING s.blijft_id, weg;
            END IF;
            EXECUTE format('WITH om AS (UPDATE %1$I SET %2$I = $2 WHERE %2$I = $1 RETURNING id)'
                ' SELECT coalesce(jsonb_agg(id), ''[]'') FROM om', r.tabel, r.kolom) INTO ids USING s.vervalt_id, s.blijft_id;
            rijen := rijen || jsonb_build_object(r.tabel || '.' || r.kolom,
                jsonb_build_object('ids', ids, 'weggelegd', weg, 'vlaggen', vlaggen));
        END LOOP;
        mee := mee || jsonb_build_object('rijen', rijen);
        -- A copy: the number of who goes stays where it is, so that undoing only takes the copy away.
        IF bsns = 1 AND NOT EXISTS (SELECT 1 FROM inwoners_bsn b WHERE b.inwoner_id = s.blijft_id) THEN
            INSERT INTO inwoners_bsn (inwoner_id, versleuteld, laatste_cijfers)
            SELECT s.blijft_id, b.versleuteld, b.laatste_cijfers FROM inwoners_bsn b WHERE b.inwoner_id = s.vervalt_id;
            mee := mee || '{{"bsn": true}}';
        END IF;
        -- Who broke in for four hours sees the same person for the rest of them.
        WITH nood AS (
            UPDATE autorisatie_noodtoegang n SET inwoner_ids = n.inwoner_ids || s.blijft_id
             WHERE s.vervalt_id = ANY(n.inwoner_ids) AND s.blijft_id <> ALL(n.inwoner_ids) AND n.eindigt_op > now() RETURNING n.id
        ) SELECT mee || jsonb_build_object('nood', coalesce(jsonb_agg(nood.id), '[]')) INTO mee FROM nood;
        SELECT coalesce(jsonb_object_agg(o.veld, hunne -> o.veld), '{{}}') INTO nieuw FROM unnest(s.overnemen) AS o (veld)
         WHERE o.veld = ANY('{{{",".join(VELDEN)}}}'::text[]) AND onze -> o.veld IS DISTINCT FROM hunne -> o.veld;
        {ZET_VELDEN};
        DELETE FROM inwoners_dossiertoegang t WHERE t.inwoner_id = s.vervalt_id;
        UPDATE inwoners_inwoner SET samengevoegd_met_id = s.blijft_id, zonder_dossier = false WHERE id = s.vervalt_id;
        UPDATE inwoners_samenvoeging x SET status = 'samengevoegd', besloten_door_id = ik, besloten_op = op, naam_vervallen = naam,
            verhuisd = mee,
            gewijzigd = (SELECT coalesce(jsonb_object_agg(n.key, jsonb_build_object('oud', onze -> n.key, 'nieuw', n.value)), '{{}}')
                           FROM jsonb_each(nieuw) n)
         WHERE x.id = welke;
    END IF;
    PERFORM set_config('skt.context', vorige, true);
    RETURN antwoord;
"""

WIJS_AF = f"""
    {VOORAF.format(wie="skt_mag_inwoner(s.vervalt_id) AND (s.voorgesteld_door_id = skt_ik() OR " + BESLISSEN + ")")}
    IF s.status <> 'voorgesteld' THEN
        antwoord := 'al beoordeeld';
    ELSE
        UPDATE inwoners_samenvoeging x SET status = 'afgewezen', besloten_door_id = ik, besloten_op = op, reden = left(waarom, 500)
         WHERE x.id = welke;
    END IF;
    PERFORM set_config('skt.context', vorige, true);
    RETURN antwoord;
"""

# Only what moved then, and only where it still stands: what came or changed since stays with who stays.
DRAAI_TERUG = f"""
    {VOORAF.format(wie=BESLISSEN)}
    IF s.status <> 'samengevoegd' THEN
        antwoord := 'niet samengevoegd';
    ELSIF EXISTS (SELECT 1 FROM inwoners_inwoner i WHERE i.id = s.blijft_id AND i.samengevoegd_met_id IS NOT NULL) THEN
        antwoord := 'eerst de latere';
    ELSE
        UPDATE inwoners_inwoner SET samengevoegd_met_id = NULL WHERE id = s.vervalt_id;
        FOR r IN SELECT * FROM inwoners_verhuizing v ORDER BY v.id LOOP
            deel := s.verhuisd -> 'rijen' -> (r.tabel || '.' || r.kolom);
            CONTINUE WHEN deel IS NULL;
            EXECUTE format('UPDATE %1$I SET %2$I = $2 WHERE %2$I = $1 AND id IN (SELECT e::bigint FROM jsonb_array_elements_text($3) e)',
                r.tabel, r.kolom) USING s.blijft_id, s.vervalt_id, deel -> 'ids';
            IF r.uniek <> '' THEN
                EXECUTE format('INSERT INTO %1$I SELECT p.* FROM jsonb_array_elements($1) e, jsonb_populate_record(NULL::%1$I, e) p'
                    ' ON CONFLICT DO NOTHING', r.tabel) USING deel -> 'weggelegd';
            END IF;
            IF r.vlag <> '' THEN
                EXECUTE format('UPDATE %1$I SET %2$I = false WHERE id IN (SELECT e::bigint FROM jsonb_array_elements_text($1) e)',
                    r.tabel, r.vlag) USING deel -> 'vlaggen';
            END IF;
        END LOOP;
        IF s.verhuisd ? 'bsn' THEN
            DELETE FROM inwoners_bsn b WHERE b.inwoner_id = s.blijft_id AND b.versleuteld =
                (SELECT c.versleuteld FROM inwoners_bsn c WHERE c.inwoner_id = s.vervalt_id);
        END IF;
        UPDATE autorisatie_noodtoegang n SET inwoner_ids = array_remove(n.inwoner_ids, s.blijft_id)
         WHERE n.id IN (SELECT e::bigint FROM jsonb_array_elements_text(s.verhuisd -> 'nood') e);
        DELETE FROM inwoners_dossiertoegang t WHERE t.inwoner_id = s.blijft_id
            AND t.bron IN (SELECT e FROM jsonb_array_elements_text(s.verhuisd -> 'bronnen') e);
        UPDATE inwoners_inwoner i SET zonder_dossier = true
         WHERE (i.id = s.vervalt_id AND (s.verhuisd ->> 'zonder_dossier')::boolean
                OR i.id = s.blijft_id AND (s.verhuisd ->> 'blijft_zonder_dossier')::boolean)
           AND NOT EXISTS (SELECT 1 FROM inwoners_dossiertoegang t WHERE t.inwoner_id = i.id);
        SELECT coalesce(jsonb_object_agg(g.key, g.value -> 'oud'), '{{}}') INTO nieuw
          FROM jsonb_each(s.gewijzigd) g, inwoners_inwoner i
         WHERE i.id = s.blijft_id AND to_jsonb(i) -> g.key IS NOT DISTINCT FROM g.value -> 'nieuw';
        {ZET_VELDEN};
        UPDATE inwoners_samenvoeging x SET status = 'teruggedraaid', teruggedraaid_door_id = ik, teruggedraaid_op = op,
            reden = left(waarom, 500) WHERE x.id = welke;
    END IF;
    PERFORM set_config('skt.context', vorige, true);
    RETURN antwoord;
"""

# An old address leads to who stays; to who may see that one, and to nobody else.
WAARHEEN = """
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    WITH RECURSIVE keten AS (
        SELECT i.id, i.uuid, i.samengevoegd_met_id AS naar FROM inwoners_inwoner i WHERE i.uuid = welke
        UNION SELECT i.id, i.uuid, i.samengevoegd_met_id FROM inwoners_inwoner i JOIN keten k ON i.id = k.naar
    ) SELECT k.uuid INTO eind FROM keten k WHERE k.naar IS NULL AND k.uuid <> welke;
    PERFORM set_config('skt.context', vorige, true);
    RETURN (SELECT i.uuid FROM inwoners_inwoner i WHERE i.uuid = eind);
"""

# Who looks like this inwoner, among all: kept for who may see both. It tells its caller nothing.
ZOEK_DUBBEL = f"""
    IF NOT ({MET_DOSSIERS} OR skt_context() = 0) THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    SELECT * INTO i FROM inwoners_inwoner x WHERE x.id = wie AND x.samengevoegd_met_id IS NULL;
    IF i.id IS NOT NULL THEN
        SELECT array_agg(v.wie), array_agg(v.punten) INTO lijkt, punten_
          FROM inwoners_vergelijk(concat_ws(' ', i.achternaam, i.geboortenaam), i.geboortedatum, i.geboortejaar,
              CASE WHEN i.geheim_adres THEN '' ELSE i.postcode END, i.huisnummer, i.telefoon,
              concat_ws(' ', i.roepnaam, i.voornamen), vormen_, current_setting('skt.context', true), true) v
         WHERE v.wie <> i.id AND NOT v.anders AND v.punten >= 1.8;
        DELETE FROM inwoners_mogelijkdubbel d WHERE (d.een_id = i.id OR d.ander_id = i.id) AND d.anders_op IS NULL
            AND CASE WHEN d.een_id = i.id THEN d.ander_id ELSE d.een_id END <> ALL (coalesce(lijkt, '{{}}'));
        INSERT INTO inwoners_mogelijkdubbel (een_id, ander_id, score, gevonden_op)
        SELECT least(i.id, l.id), greatest(i.id, l.id), l.punten, op FROM unnest(lijkt, punten_) AS l (id, punten)
        ON CONFLICT (een_id, ander_id) DO UPDATE SET score = excluded.score WHERE inwoners_mogelijkdubbel.anders_op IS NULL;
    END IF;
    PERFORM set_config('skt.context', vorige, true);
"""

# Two that somebody chose to tell apart need not have been found: then the pair is made to say so.
ANDERS = """
    ik := skt_ik();
    IF ik IS NULL OR NOT (skt_mag_inwoner(deze) AND skt_mag_inwoner(die)) OR deze = die THEN
        RETURN false;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    INSERT INTO inwoners_mogelijkdubbel (een_id, ander_id, score, gevonden_op, anders_op, anders_door_id)
    VALUES (least(deze, die), greatest(deze, die), 0, op, op, ik)
    ON CONFLICT (een_id, ander_id) DO UPDATE SET anders_op = excluded.anders_op, anders_door_id = excluded.anders_door_id
    WHERE inwoners_mogelijkdubbel.anders_op IS NULL;
    PERFORM set_config('skt.context', vorige, true);
    RETURN true;
"""

VAST = """
    FOREACH kolom IN ARRAY TG_ARGV LOOP
        {systeem}IF to_jsonb(NEW) ->> kolom IS DISTINCT FROM to_jsonb(OLD) ->> kolom THEN
            RAISE EXCEPTION '%.% wijst altijd naar hetzelfde', TG_TABLE_NAME, kolom USING ERRCODE = 'insufficient_privilege';
        END IF;
    END LOOP;
    RETURN NEW;
"""
VAST_OPNIEUW = (
    "CREATE OR REPLACE FUNCTION skt_vaste_verwijzing() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER\n"
    " SET search_path = public, pg_temp AS $functie$\nDECLARE kolom text;\nBEGIN\n{0}\nEND $functie$;"
)
SYSTEEM_MAG = "CONTINUE WHEN kolom = 'inwoner_id' AND skt_context() = 0;\n        "


class Migration(migrations.Migration):
    dependencies = [("autorisatie", "0009_bekend_of_nieuw")]

    operations = [
        Revoke("INSERT, UPDATE", "inwoners_verhuizing"),
        Protect(
            "inwoners_samenvoeging",
            read=f"skt_mag_inwoner(blijft_id) AND (status = 'samengevoegd' OR ({BEIDE}))",
            insert=f"voorgesteld_door_id = {IK} AND status = 'voorgesteld' AND besloten_door_id IS NULL AND {BEIDE}",
            update="false",
        ),
        Protect(
            "inwoners_mogelijkdubbel", read=BEIDE_ZICHTBAAR, insert="false", update="false", delete="false"
        ),
        # Only the functions below: a person goes, a pointer moves, and a number is copied by nothing else.
        migrations.RunSQL(
            "CREATE POLICY inwoners_bsn_samenvoegen ON inwoners_bsn FOR DELETE USING ((SELECT skt_context()) = 0);"
            "CREATE POLICY autorisatie_noodtoegang_samenvoegen ON autorisatie_noodtoegang FOR UPDATE"
            " USING ((SELECT skt_context()) = 0);"
            "CREATE TRIGGER a_inwoners_inwoner_samengevoegd BEFORE INSERT OR UPDATE OF samengevoegd_met_id ON inwoners_inwoner"
            " FOR EACH ROW EXECUTE FUNCTION skt_bewaak_afgeleid('samengevoegd_met_id');",
            "DROP TRIGGER a_inwoners_inwoner_samengevoegd ON inwoners_inwoner;"
            "DROP POLICY autorisatie_noodtoegang_samenvoegen ON autorisatie_noodtoegang;"
            "DROP POLICY inwoners_bsn_samenvoegen ON inwoners_bsn;",
        ),
        # What points for ever may follow its inwoner; only as the system.
        migrations.RunSQL(
            VAST_OPNIEUW.format(VAST.format(systeem=SYSTEEM_MAG)),
            VAST_OPNIEUW.format(VAST.format(systeem="")),
        ),
        CreateFunction(
            "inwoners_volg()",
            "trigger",
            VOLG,
            declare="wie bigint; eerst bigint; naar bigint;",
            als_systeem=True,
        ),
        CreateFunction(
            "inwoners_voeg_samen(welke bigint, op timestamptz)",
            "text",
            VOEG_SAMEN,
            declare=VOORAF_DECLARE
            + " r record; bsns integer; cijfers integer; hunne jsonb; onze jsonb; naam text; mee jsonb;"
            " rijen jsonb; weg jsonb; vlaggen jsonb; ids jsonb; nieuw jsonb;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "inwoners_wijs_af(welke bigint, waarom text, op timestamptz)",
            "text",
            WIJS_AF,
            declare=VOORAF_DECLARE,
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "inwoners_draai_terug(welke bigint, waarom text, op timestamptz)",
            "text",
            DRAAI_TERUG,
            declare=VOORAF_DECLARE + " r record; deel jsonb; nieuw jsonb;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "inwoners_waarheen(welke uuid)",
            "uuid",
            WAARHEEN,
            declare="vorige text; eind uuid;",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "inwoners_zoek_dubbel(wie bigint, vormen_ text[], op timestamptz)",
            "void",
            ZOEK_DUBBEL,
            declare="vorige text; i inwoners_inwoner; lijkt bigint[]; punten_ real[];",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "inwoners_zijn_anders(deze bigint, die bigint, op timestamptz)",
            "boolean",
            ANDERS,
            declare="ik bigint; vorige text;",
            volatility="VOLATILE",
            public=True,
        ),
    ]
