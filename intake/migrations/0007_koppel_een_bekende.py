"""A repeat caller who is known elsewhere: on a full match the new melding may be about that same person.

Lock 2 lets a melding point only at somebody its writer sees. PostgreSQL itself checks here that what was typed fits
completely (as inwoners_zoek does), and that no dossier of the person is shielded; then it opens the person to who acts, by
name, until the melding stands there. The caller takes that away again in the same transaction.
"""

from django.db import migrations

from skt.autorisatie.rls import AAN_HET_LOKET, CreateFunction

VOORAF = f"""
    IF NOT {AAN_HET_LOKET} THEN
        RETURN false;
    END IF;
    ik := skt_context();
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
"""

ZET = """PERFORM skt_zet_toegang(wie, 'koppeling:' || ik, loket_ => false, toegang_ => false,
            organisaties_ => '{}', teams_ => '{}', coordinaties_ => '{}', medewerkers_ => %s);"""

KOPPEL = f"""{VOORAF}
    klopt := EXISTS (
        SELECT 1 FROM inwoners_inwoner i
         WHERE i.id = wie AND naam_ <> '' AND lower(i.achternaam) = lower(naam_) AND (
            i.geboortedatum = geboren
            OR (postcode_ <> '' AND i.postcode = postcode_ AND i.huisnummer = nummer_)
            OR (telefoon_ <> '' AND i.telefoon = telefoon_))
    ) AND NOT EXISTS (SELECT 1 FROM intake_melding m WHERE m.inwoner_id = wie AND m.afgeschermd);
    IF klopt THEN
        {ZET % "ARRAY[ik]"}
    END IF;
    PERFORM set_config('skt.context', vorige, true);
    RETURN klopt;
"""

LOS = f"""{VOORAF}
    klopt := EXISTS (SELECT 1 FROM inwoners_dossiertoegang d WHERE d.inwoner_id = wie AND d.bron = 'koppeling:' || ik);
    IF klopt THEN
        {ZET % "'{}'"}
    END IF;
    PERFORM set_config('skt.context', vorige, true);
    RETURN klopt;
"""

DECLARE = "ik bigint; vorige text; klopt boolean;"


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_afgeleide_kolommen")]

    operations = [
        CreateFunction(
            "intake_koppel(wie bigint, naam_ text, geboren date, postcode_ text, nummer_ integer, telefoon_ text)",
            "boolean",
            KOPPEL,
            declare=DECLARE,
            volatility="VOLATILE",
            public=True,
        ),
        CreateFunction(
            "intake_koppel_los(wie bigint)",
            "boolean",
            LOS,
            declare=DECLARE,
            volatility="VOLATILE",
            public=True,
        ),
    ]
