"""Known or new: how an inwoner can be found, kept as narrow keys beside the row, and the one function that searches them.

Under row-level security only leakproof operators reach an index, and of all that could compare names only `=` is. So every
likeness is a key that is equal or not (how a surname sounds, the same with one letter left out, its beginning, the day of
birth, the address, the phone), and the score is the sum of the best key per fact. No name is compared by PostgreSQL but of
the sixty best that who asks may see. See docs/besluiten/0010-bekend-of-nieuw.md.
"""

from importlib import import_module

from django.db import migrations

from skt.autorisatie.rls import MET_DOSSIERS, TERUG, CreateFunction, DropFunction, Protect, Revoke

VOORHEEN = import_module("skt.autorisatie.migrations.0003_inwoners_en_verantwoording")

# -- what is left of a name

TUSSENVOEGSELS = "van von de den der het t te ten ter in op aan el al la le du di da do dos del des vd vdr vdn v d s vander vanden zu"

WOORDEN = f"""
    FOREACH woord IN ARRAY regexp_split_to_array(
        translate(lower(unaccent(coalesce(naam, ''))), '''’`´', ''), '[^a-z]+') LOOP
        IF woord <> '' THEN
            alle := alle || woord;
            IF woord <> ALL ('{{{TUSSENVOEGSELS.replace(" ", ",")}}}'::text[]) AND length(woord) > 1 THEN
                over := over || woord;
            END IF;
        END IF;
    END LOOP;
    RETURN (CASE WHEN cardinality(over) > 0 THEN over ELSE alle END)[1:6];
"""

# In this order: longer before shorter, so that ‘uij’ isn't read as ‘ij’.
KLANKEN = [
    ("eij", "y"), ("uij", "1"), ("uy", "1"), ("ui", "1"), ("ij", "y"), ("ei", "y"), ("ey", "y"),
    ("ouw", "2"), ("auw", "2"), ("ou", "2"), ("au", "2"), ("oe", "u"), ("ae", "a"), ("aa", "a"), ("ee", "e"),
    ("oo", "o"), ("uu", "u"), ("ue", "u"), ("ie", "i"), ("sch", "sg"), ("ch", "g"), ("gh", "g"), ("kh", "g"),
    ("ck", "k"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("tz", "s"), ("qu", "kw"), ("q", "k"), ("x", "ks"),
    ("z", "s"), ("v", "f"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("c", "k"),
]  # fmt: skip


def _nested(text: str) -> str:
    for van, naar in KLANKEN:
        text = f"replace({text}, '{van}', '{naar}')"
    return text


KLANK_BEGIN = f"RETURN regexp_replace({_nested('woord')}, '(.)\\1+', '\\1', 'g');"

# How a whole word ends: Brand and Brant, Verhagen and Verhage.
KLANK = """
    klank := inwoners_klank_begin(woord);
    IF length(klank) > 3 AND right(klank, 2) = 'en' THEN
        RETURN left(klank, -1);
    ELSIF right(klank, 1) = 'd' THEN
        RETURN left(klank, -1) || 't';
    END IF;
    RETURN klank;
"""

# What differs from a word or its sound by one letter, left out, put in, wrong or swapped: asked for, never stored.
BIJNA = """
    IF length(klank) < 4 THEN
        RETURN '{}'::text[];
    END IF;
    RETURN (SELECT array_agg(DISTINCT b.anders) FROM (
        SELECT left(klank, plek - 1) || substr(klank, plek + 1) FROM generate_series(1, length(klank)) plek
        UNION ALL SELECT left(klank, plek - 1) || substr(klank, plek + 1, 1) || substr(klank, plek, 1) || substr(klank, plek + 2)
          FROM generate_series(1, length(klank) - 1) plek
        UNION ALL SELECT left(klank, plek - 1) || letter || substr(klank, plek + 1)
          FROM generate_series(1, length(klank)) plek, unnest(string_to_array('abcdefghijklmnopqrstuvwxyz12', NULL)) letter
        UNION ALL SELECT left(klank, plek) || letter || substr(klank, plek + 1)
          FROM generate_series(0, length(klank)) plek, unnest(string_to_array('abcdefghijklmnopqrstuvwxyz12', NULL)) letter
    ) b (anders) WHERE b.anders <> klank);
"""

TELEFOON = """
    cijfers := regexp_replace(coalesce(telefoon, ''), '[^0-9]', '', 'g');
    RETURN CASE WHEN length(cijfers) >= 9 THEN right(cijfers, 9) END;
"""

# A glued prefix: Vandenberg is also looked for as Berg.
DELEN = """
    delen := inwoners_woorden(naam);
    FOREACH woord IN ARRAY delen LOOP
        los := regexp_replace(woord, '^(vanden|vander|vande|van)(?=....)', '');
        IF los <> woord THEN
            delen := delen || los;
        END IF;
    END LOOP;
    RETURN delen;
"""

SLEUTELS = """
    IF wie.samengevoegd_met_id IS NOT NULL THEN
        RETURN '{}'::text[];
    END IF;
    voornamen := inwoners_woorden(concat_ws(' ', wie.roepnaam, wie.voornamen));
    FOREACH woord IN ARRAY inwoners_delen(concat_ws(' ', wie.achternaam, wie.geboortenaam)) LOOP
        klank := inwoners_klank(woord);
        begin_ := inwoners_klank_begin(woord);
        sleutels := sleutels || ('w:' || woord) || ('n:' || klank) || ('q:' || left(begin_, 3)) || ('q:' || left(begin_, 4))
            || ('q:' || left(begin_, 6)) || ('p:' || left(woord, 3));
        FOREACH voornaam IN ARRAY voornamen LOOP
            sleutels := sleutels || ('j:' || klank || '|' || inwoners_klank(voornaam))
                || ('i:' || klank || '|' || left(voornaam, 1));
        END LOOP;
        IF coalesce(extract(year FROM wie.geboortedatum)::integer, wie.geboortejaar) IS NOT NULL THEN
            sleutels := sleutels
                || ('y:' || klank || '|' || coalesce(extract(year FROM wie.geboortedatum)::integer, wie.geboortejaar));
        END IF;
    END LOOP;
    IF wie.geboortedatum IS NOT NULL THEN
        sleutels := sleutels || ('d:' || to_char(wie.geboortedatum, 'DDMMYYYY'));
    END IF;
    IF inwoners_nummer(wie.telefoon) IS NOT NULL THEN
        sleutels := sleutels || ('t:' || inwoners_nummer(wie.telefoon));
    END IF;
    -- A secret address is nothing to be found by: that it is the same would tell where somebody lives.
    IF wie.postcode <> '' AND NOT wie.geheim_adres THEN
        sleutels := sleutels || ('c:' || replace(wie.postcode, ' ', ''));
        IF wie.huisnummer IS NOT NULL THEN
            sleutels := sleutels || ('a:' || replace(wie.postcode, ' ', '') || '|' || wie.huisnummer);
        END IF;
    END IF;
    RETURN sleutels;
"""

SCHRIJF = """
    INSERT INTO inwoners_zoeksleutel (sleutel, inwoner_id)
    SELECT DISTINCT left(s, 100), i.id FROM {bron} i CROSS JOIN LATERAL unnest(inwoners_sleutels(i)) s
"""

BIJ_NIEUW = f"""
    {SCHRIJF.format(bron="nieuw n JOIN inwoners_inwoner").replace("inwoners_inwoner i ", "inwoners_inwoner i ON i.id = n.id ")};
    {TERUG}
    RETURN NULL;
"""

BIJ_WIJZIGEN = f"""
    SELECT array_agg(n.id) INTO wie FROM nieuw n JOIN oud o ON o.id = n.id
     WHERE (n.achternaam, n.geboortenaam, n.roepnaam, n.voornamen, n.geboortedatum, n.geboortejaar, n.telefoon, n.postcode,
            n.huisnummer, n.geheim_adres, n.samengevoegd_met_id)
        IS DISTINCT FROM (o.achternaam, o.geboortenaam, o.roepnaam, o.voornamen, o.geboortedatum, o.geboortejaar, o.telefoon,
            o.postcode, o.huisnummer, o.geheim_adres, o.samengevoegd_met_id);
    IF wie IS NOT NULL THEN
        DELETE FROM inwoners_zoeksleutel WHERE inwoner_id = ANY(wie);
        {SCHRIJF.format(bron="inwoners_inwoner")} WHERE i.id = ANY(wie);
    END IF;
    {TERUG}
    RETURN NULL;
"""

BIJ_WISSEN = f"""
    DELETE FROM inwoners_zoeksleutel WHERE inwoner_id IN (SELECT o.id FROM oud o);
    {TERUG}
    RETURN NULL;
"""

TRIGGERS = """
CREATE TRIGGER inwoner_zoekbaar_weg AFTER DELETE ON inwoners_inwoner REFERENCING OLD TABLE AS oud
    FOR EACH STATEMENT EXECUTE FUNCTION inwoners_zoekbaar_weg();
CREATE TRIGGER inwoner_zoekbaar_nieuw AFTER INSERT ON inwoners_inwoner REFERENCING NEW TABLE AS nieuw
    FOR EACH STATEMENT EXECUTE FUNCTION inwoners_zoekbaar_nieuw();
CREATE TRIGGER inwoner_zoekbaar_gewijzigd AFTER UPDATE ON inwoners_inwoner
    REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw FOR EACH STATEMENT EXECUTE FUNCTION inwoners_zoekbaar_gewijzigd();
"""
TRIGGERS_TERUG = """
DROP TRIGGER inwoner_zoekbaar_weg ON inwoners_inwoner;
DROP TRIGGER inwoner_zoekbaar_gewijzigd ON inwoners_inwoner;
DROP TRIGGER inwoner_zoekbaar_nieuw ON inwoners_inwoner;
"""

# For who is already in: the owner may look past the lock for the length of this migration.
VUL = f"""
TRUNCATE inwoners_zoeksleutel;
ALTER TABLE inwoners_inwoner NO FORCE ROW LEVEL SECURITY;
{SCHRIJF.format(bron="inwoners_inwoner")};
ALTER TABLE inwoners_inwoner FORCE ROW LEVEL SECURITY;
"""

# -- the question

# Each fact with the keys that would be in it and what each is worth. A day of birth: as it is, day and month swapped, two
# figures next to each other swapped, or one figure wrong. `ruim`: names that differ by a letter, or begin so, as well.
VRAAG = """
    FOREACH woord IN ARRAY inwoners_delen(naam_) LOOP
        klank := inwoners_klank(woord);
        sl := sl || ('w:' || woord); soort := soort || 'w'::text; gewicht := gewicht || 0.1::real;
        sl := sl || ('n:' || klank); soort := soort || 'n'::text; gewicht := gewicht || 1.0::real;
        FOREACH s IN ARRAY vormen_ LOOP
            sl := sl || ('j:' || klank || '|' || inwoners_klank(s)); soort := soort || 'v'::text; gewicht := gewicht || 0.5::real;
        END LOOP;
        FOREACH s IN ARRAY mijne_ LOOP
            sl := sl || ('j:' || klank || '|' || inwoners_klank(s)); soort := soort || 'v'::text; gewicht := gewicht || 0.5::real;
            sl := sl || ('i:' || klank || '|' || left(s, 1)); soort := soort || 'v'::text; gewicht := gewicht || 0.25::real;
        END LOOP;
        IF coalesce(extract(year FROM geboren)::integer, jaar_) IS NOT NULL THEN
            sl := sl || ('y:' || klank || '|' || coalesce(extract(year FROM geboren)::integer, jaar_));
            soort := soort || 'd'::text; gewicht := gewicht || (CASE WHEN geboren IS NULL THEN 0.5 ELSE 0.3 END)::real;
        END IF;
        IF ruim THEN
            FOREACH s IN ARRAY inwoners_bijna(klank) LOOP
                sl := sl || ('n:' || s); soort := soort || 'n'::text; gewicht := gewicht || 0.7::real;
            END LOOP;
            FOREACH s IN ARRAY inwoners_bijna(woord) LOOP
                sl := sl || ('w:' || s); soort := soort || 'n'::text; gewicht := gewicht || 0.7::real;
            END LOOP;
            begin_ := inwoners_klank_begin(woord);
            IF length(begin_) >= 3 THEN
                sl := sl || ('q:' || left(begin_, CASE WHEN length(begin_) = 5 THEN 4 ELSE 6 END));
                soort := soort || 'n'::text; gewicht := gewicht || 0.5::real;
            ELSIF length(woord) >= 3 THEN
                sl := sl || ('p:' || left(woord, 3)); soort := soort || 'n'::text; gewicht := gewicht || 0.5::real;
            END IF;
        END IF;
    END LOOP;
    IF geboren IS NOT NULL THEN
        dag := to_char(geboren, 'DDMMYYYY');
        SELECT sl || array_agg('d:' || b.vorm), soort || array_agg('d'::text), gewicht || array_agg(0.6::real)
          INTO sl, soort, gewicht FROM (
            SELECT overlay(dag PLACING cijfer::text FROM plek FOR 1) FROM generate_series(1, 8) plek, generate_series(0, 9) cijfer
            UNION SELECT overlay(dag PLACING reverse(substr(dag, plek, 2)) FROM plek FOR 2) FROM generate_series(1, 7) plek
          ) b (vorm) WHERE b.vorm <> dag;
        sl := sl || ('d:' || dag); soort := soort || 'd'::text; gewicht := gewicht || 1.0::real;
        sl := sl || ('d:' || substr(dag, 3, 2) || left(dag, 2) || right(dag, 4));
        soort := soort || 'd'::text; gewicht := gewicht || 0.85::real;
    END IF;
    IF postcode_ <> '' THEN
        sl := sl || ('c:' || replace(postcode_, ' ', '')); soort := soort || 'a'::text; gewicht := gewicht || 0.2::real;
        IF nummer_ IS NOT NULL THEN
            sl := sl || ('a:' || replace(postcode_, ' ', '') || '|' || nummer_);
            soort := soort || 'a'::text; gewicht := gewicht || 0.7::real;
        END IF;
    END IF;
    IF inwoners_nummer(telefoon_) IS NOT NULL THEN
        sl := sl || ('t:' || inwoners_nummer(telefoon_)); soort := soort || 't'::text; gewicht := gewicht || 0.8::real;
    END IF;
"""

# Who has any of the keys, best first. Of those who may be seen by `kijkt` the best are looked at by name: sixty by their
# keys, and forty that share a day, an address or a phone while the surname is written otherwise. Another first name, or quite
# another day of birth, tells two people of one house apart. Runs in the context of its caller: the system.
VERGELIJK = f"""
    stelsel := current_setting('skt.context', true);
    mijne_ := CASE WHEN voornaam_ = '' THEN '{{}}' ELSE inwoners_woorden(voornaam_) END;
    {VRAAG}
    SELECT array_agg(k.id), array_agg(k.som), array_agg(k.hard) INTO ids, sommen, hard
      FROM (
        SELECT p.id, sum(p.punten)::real AS som, bool_or(p.soort IN ('d', 'a', 't')) AND NOT bool_or(p.soort = 'n') AS hard
          FROM (
            SELECT z.inwoner_id AS id, q.soort, max(q.gewicht) AS punten
              FROM unnest(sl, soort, gewicht) AS q (sleutel, soort, gewicht)
              JOIN inwoners_zoeksleutel z ON z.sleutel = q.sleutel
             GROUP BY z.inwoner_id, q.soort
          ) p GROUP BY p.id ORDER BY som DESC, p.id LIMIT 5000
      ) k;
    -- Mostly the best few hundred have enough of whom one may see; who sees little is looked for further.
    PERFORM set_config('skt.context', kijkt, true);
    SELECT array_agg(i.id) INTO zichtbaar FROM inwoners_inwoner i WHERE i.id = ANY(ids[1:600]);
    IF cardinality(ids) > 600 AND coalesce(cardinality(zichtbaar), 0) < 60 THEN
        SELECT zichtbaar || array_agg(i.id) INTO zichtbaar FROM inwoners_inwoner i WHERE i.id = ANY(ids[601:]);
    END IF;
    PERFORM set_config('skt.context', stelsel, true);
    RETURN QUERY
        WITH alle AS (
            SELECT k.id, k.som, k.hard FROM unnest(ids, sommen, hard) AS k (id, som, hard) JOIN unnest(zichtbaar) z (id) ON z.id = k.id
        ), beste AS (
            (SELECT a.id FROM alle a ORDER BY a.som DESC, a.id LIMIT 60)
            UNION
            (SELECT a.id FROM alle a JOIN inwoners_inwoner i ON i.id = a.id WHERE a.hard
              ORDER BY a.som + word_similarity(naam_, concat_ws(' ', i.achternaam, i.geboortenaam)) DESC, a.id LIMIT 40)
        ), punten AS (
            SELECT z.inwoner_id AS id, jsonb_object_agg(q.soort, q.gewicht ORDER BY q.gewicht) AS wat
              FROM unnest(sl, soort, gewicht) AS q (sleutel, soort, gewicht)
              JOIN inwoners_zoeksleutel z ON z.sleutel = q.sleutel
             WHERE z.inwoner_id = ANY(ARRAY(SELECT b.id FROM beste b)) GROUP BY z.inwoner_id
        ), met AS (
            SELECT p.id, p.wat || jsonb_strip_nulls(jsonb_build_object(
                       'n', CASE WHEN NOT p.wat ? 'n' AND naam_ <> '' THEN
                                inwoners_achternaam(concat_ws(' ', i.achternaam, i.geboortenaam), naam_) END,
                       'v', CASE WHEN cardinality(mijne_) > 0 AND i.roepnaam || i.voornamen <> '' THEN
                                inwoners_voornaam(inwoners_woorden(concat_ws(' ', i.roepnaam, i.voornamen)), mijne_, vormen_) END
                   )) AS wat, i.geboortedatum AS dag, coalesce(i.geboortejaar, extract(year FROM i.geboortedatum)) AS jaar
              FROM punten p JOIN inwoners_inwoner i ON i.id = p.id
        ), gewogen AS (
            SELECT m.id, m.wat, (m.wat ->> 'v')::real = 0 IS TRUE AS andere_naam,
                   (geboren IS NOT NULL AND m.dag IS NOT NULL AND NOT m.wat ? 'd')
                       OR (jaar_ IS NOT NULL AND m.jaar <> jaar_) IS TRUE AS andere_dag
              FROM met m
        )
        SELECT g.id, ((SELECT sum(w.value::real) FROM jsonb_each_text(g.wat) w) - CASE WHEN g.andere_naam THEN 0.4 ELSE 0 END
                      - CASE WHEN g.andere_dag THEN 0.4 ELSE 0 END)::real, g.wat, g.andere_naam OR g.andere_dag
          FROM gewogen g ORDER BY 2 DESC, 1 LIMIT 10;
"""

# A first try with the surname as it sounds; when that finds nobody who has that and something more, a wider one.
ZOEK_ZICHTBAAR = """
    ruim := geboren IS NULL AND inwoners_nummer(telefoon_) IS NULL AND (postcode_ = '' OR nummer_ IS NULL);
    SELECT array_agg(v.wie), array_agg(v.punten), array_agg(v.gelijk), array_agg(v.anders) INTO wie_, punten_, gelijk_, anders_
      FROM inwoners_vergelijk(naam_, geboren, jaar_, postcode_, nummer_, telefoon_, voornaam_, vormen_, vorige, ruim) v;
    IF NOT ruim AND naam_ <> '' AND coalesce((SELECT max(p) FROM unnest(punten_) p), 0) < 1.5 THEN
        SELECT array_agg(v.wie), array_agg(v.punten), array_agg(v.gelijk), array_agg(v.anders) INTO wie_, punten_, gelijk_, anders_
          FROM inwoners_vergelijk(naam_, geboren, jaar_, postcode_, nummer_, telefoon_, voornaam_, vormen_, vorige, true) v;
    END IF;
    RETURN QUERY SELECT u.w, true, NULL::bigint[], u.p, u.g, u.a FROM unnest(wie_, punten_, gelijk_, anders_) u (w, p, g, a);
"""

# 1 it sounds the same, 0.7 one letter off, 0.6 its beginning: the best of any part with any part.
ACHTERNAAM = """
    FOREACH mijn IN ARRAY inwoners_delen(gevraagd) LOOP
        FOREACH hun IN ARRAY inwoners_delen(hunne) LOOP
            k := inwoners_klank(hun); m := inwoners_klank(mijn);
            beste := greatest(beste, CASE
                WHEN k = m THEN 1.0
                WHEN length(m) > 3 AND levenshtein_less_equal(k, m, 2) <= CASE WHEN length(m) > 6 THEN 2 ELSE 1 END
                    OR length(mijn) > 5 AND levenshtein_less_equal(hun, mijn, 2) <= 2 THEN 0.7
                WHEN length(m) > 2 AND starts_with(inwoners_klank_begin(hun), inwoners_klank_begin(mijn)) THEN 0.6
                ELSE 0 END);
        END LOOP;
    END LOOP;
    RETURN nullif(beste, 0);
"""

# 0.5 the same name or another form of it, 0.35 an initial that fits, 0.3 one letter off, 0.15 the same first letter, 0 another.
VOORNAAM = """
    FOREACH hun IN ARRAY hunne LOOP
        FOREACH mijn IN ARRAY mijne || vormen LOOP
            IF inwoners_klank(hun) = inwoners_klank(mijn) AND length(hun) > 1 THEN
                RETURN 0.5;
            END IF;
        END LOOP;
        FOREACH mijn IN ARRAY mijne LOOP
            IF left(hun, 1) = left(mijn, 1) THEN
                beste := greatest(beste, CASE WHEN length(hun) = 1 OR length(mijn) = 1 THEN 0.35 ELSE 0.15 END);
            END IF;
            IF length(hun) > 3 AND length(mijn) > 3 AND levenshtein(hun, mijn) <= 1 THEN
                beste := greatest(beste, 0.3);
            END IF;
        END LOOP;
    END LOOP;
    RETURN beste;
"""

# A full match: the surname as it is written (whatever its accents and voorvoegsels) with day of birth, address or phone.
# It stands in for seeing, so nothing in it may be nearly right, and a secret address is no part of it.
KLOPT = """
    RETURN wie.samengevoegd_met_id IS NULL AND cardinality(inwoners_woorden(naam_)) > 0
       AND inwoners_woorden(wie.achternaam) = inwoners_woorden(naam_) AND coalesce(
            wie.geboortedatum = geboren
            OR (NOT wie.geheim_adres AND postcode_ <> '' AND wie.postcode = postcode_ AND wie.huisnummer = nummer_)
            OR inwoners_nummer(wie.telefoon) = inwoners_nummer(telefoon_), false);
"""

ZOEK = f"""
    IF NOT {MET_DOSSIERS} THEN
        RETURN;
    END IF;
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    {ZOEK_ZICHTBAAR}
    -- Who may not be seen: only on a full match, and then only with whom they are known.
    SELECT array_agg(z.inwoner_id) INTO precies FROM inwoners_zoeksleutel z
     WHERE z.sleutel = ANY(ARRAY['d:' || to_char(geboren, 'DDMMYYYY'), 't:' || inwoners_nummer(telefoon_),
                                 'a:' || replace(postcode_, ' ', '') || '|' || nummer_]);
    SELECT array_agg(i.id) INTO precies FROM inwoners_inwoner i
     WHERE i.id = ANY(precies) AND inwoners_klopt(i, naam_, geboren, postcode_, nummer_, telefoon_);
    PERFORM set_config('skt.context', vorige, true);
    SELECT coalesce(array_agg(i.id), '{{}}') INTO zichtbaar FROM inwoners_inwoner i WHERE i.id = ANY(precies);
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT i.id, false, i.lees_organisaties, 9::real, NULL::jsonb, false FROM inwoners_inwoner i
         WHERE i.id = ANY(precies) AND i.id <> ALL(zichtbaar) ORDER BY i.id LIMIT 10;
    PERFORM set_config('skt.context', vorige, true);
"""


class Reken(migrations.RunSQL):
    """A function that only calculates: it reads no table, so it needs nobody's rights and may be as cheap as can be."""

    def __init__(self, signature: str, returns: str, body: str, *, declare: str = "") -> None:
        name, _, arguments = signature.partition("(")
        types = ", ".join(part.split()[-1] for part in arguments.rstrip(")").split(","))
        super().__init__(
            f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE plpgsql STABLE PARALLEL SAFE AS $functie$\n"
            f"DECLARE {declare or '_niets boolean;'}\nBEGIN\n{body}\nEND $functie$;\n"
            f"REVOKE EXECUTE ON FUNCTION {name}({types}) FROM PUBLIC;",
            f"DROP FUNCTION {name}({types});",
        )


VRAAGVELDEN = "naam_ text, geboren date, jaar_ integer, postcode_ text, nummer_ integer, telefoon_ text, voornaam_ text, vormen_ text[]"


class Migration(migrations.Migration):
    dependencies = [
        ("autorisatie", "0008_nummering_klaarzetten"),
        ("inwoners", "0002_bekend_of_nieuw"),
    ]

    operations = [
        Reken(
            "inwoners_woorden(naam text)",
            "text[]",
            WOORDEN,
            declare="woord text; alle text[] := '{}'; over text[] := '{}';",
        ),
        Reken("inwoners_klank_begin(woord text)", "text", KLANK_BEGIN),
        Reken("inwoners_klank(woord text)", "text", KLANK, declare="klank text;"),
        Reken("inwoners_bijna(klank text)", "text[]", BIJNA),
        Reken("inwoners_nummer(telefoon text)", "text", TELEFOON, declare="cijfers text;"),
        Reken("inwoners_delen(naam text)", "text[]", DELEN, declare="delen text[]; woord text; los text;"),
        Reken(
            "inwoners_voornaam(hunne text[], mijne text[], vormen text[])",
            "real",
            VOORNAAM,
            declare="hun text; mijn text; beste real := 0;",
        ),
        Reken(
            "inwoners_achternaam(hunne text, gevraagd text)",
            "real",
            ACHTERNAAM,
            declare="hun text; mijn text; k text; m text; beste real := 0;",
        ),
        Reken(
            "inwoners_sleutels(wie inwoners_inwoner)",
            "text[]",
            SLEUTELS,
            declare="sleutels text[] := '{}'; voornamen text[]; woord text; voornaam text; klank text; begin_ text;",
        ),
        migrations.RunSQL(VUL, migrations.RunSQL.noop),
        Protect("inwoners_zoeksleutel", read="false", insert="false", delete="false"),
        Revoke("ALL", "inwoners_zoeksleutel"),
        CreateFunction("inwoners_zoekbaar_nieuw()", "trigger", BIJ_NIEUW, als_systeem=True),
        CreateFunction(
            "inwoners_zoekbaar_gewijzigd()",
            "trigger",
            BIJ_WIJZIGEN,
            declare="wie bigint[];",
            als_systeem=True,
        ),
        CreateFunction("inwoners_zoekbaar_weg()", "trigger", BIJ_WISSEN, als_systeem=True),
        migrations.RunSQL(TRIGGERS, TRIGGERS_TERUG),
        CreateFunction(
            "inwoners_vergelijk(" + VRAAGVELDEN + ", kijkt text, ruim boolean)",
            "TABLE (wie bigint, punten real, gelijk jsonb, anders boolean)",
            VERGELIJK,
            declare="stelsel text; mijne_ text[]; woord text; klank text; begin_ text; s text; dag text;"
            " sl text[] := '{}'; soort text[] := '{}'; gewicht real[] := '{}';"
            " ids bigint[]; sommen real[]; hard boolean[]; zichtbaar bigint[];",
            volatility="VOLATILE",
        ),
        CreateFunction(
            "inwoners_klopt(wie inwoners_inwoner, naam_ text, geboren date, postcode_ text, nummer_ integer, telefoon_ text)",
            "boolean",
            KLOPT,
        ),
        # The old one looked at the beginning of the surname only.
        DropFunction(
            "inwoners_zoek(naam_ text, geboren date, postcode_ text, nummer_ integer, telefoon_ text)",
            "TABLE (inwoner_id bigint, is_zichtbaar boolean, organisatie_ids bigint[])",
            VOORHEEN.ZOEK,
            declare="vorige text; kandidaten bigint[]; precies bigint[]; zichtbaar bigint[];",
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "inwoners_zoek(" + VRAAGVELDEN + ")",
            "TABLE (inwoner_id bigint, is_zichtbaar boolean, organisatie_ids bigint[], punten real, gelijk jsonb, anders boolean)",
            ZOEK,
            declare="vorige text; precies bigint[]; zichtbaar bigint[]; ruim boolean; wie_ bigint[]; punten_ real[];"
            " gelijk_ jsonb[]; anders_ boolean[];",
            volatility="VOLATILE",
            public=True,
        ),
    ]
