"""A melding follows its inwoner when two become one; a repeat caller is known by number; and who is reached unseen by a full
match, is matched as inwoners_zoek does it: not who was merged away, and never on a secret address.
"""

from importlib import import_module

from django.db import migrations, models

from skt.autorisatie.rls import AAN_HET_LOKET, CreateFunction, DropFunction
from skt.autorisatie.verhuizing import MoveWithInwoner

VOORHEEN = import_module("intake.migrations.0007_koppel_een_bekende")
KOPPEL = f"""
    IF NOT {AAN_HET_LOKET} THEN
        RETURN false;
    END IF;
    ik := skt_context();
    vorige := coalesce(current_setting('skt.context', true), '');
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    klopt := EXISTS (
        SELECT 1 FROM inwoners_inwoner i
         WHERE i.id = wie AND inwoners_klopt(i, naam_, geboren, postcode_, nummer_, telefoon_)
    ) AND NOT EXISTS (SELECT 1 FROM intake_melding m WHERE m.inwoner_id = wie AND m.afgeschermd);
    IF klopt THEN
        PERFORM skt_zet_toegang(wie, 'koppeling:' || ik, loket_ => false, toegang_ => false,
            organisaties_ => '{{}}', teams_ => '{{}}', coordinaties_ => '{{}}', medewerkers_ => ARRAY[ik]);
    END IF;
    PERFORM set_config('skt.context', vorige, true);
    RETURN klopt;
"""
KOPPELEN = (
    "intake_koppel(wie bigint, naam_ text, geboren date, postcode_ text, nummer_ integer, telefoon_ text)"
)
DECLARE = "ik bigint; vorige text; klopt boolean;"


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0011_oude_loketlijst"),
        ("autorisatie", "0010_samenvoegen"),
    ]

    operations = [
        MoveWithInwoner("intake_melding", "inwoner_id"),
        MoveWithInwoner("intake_outreachpersoon", "inwoner_id"),
        MoveWithInwoner("intake_loketlijstrij", "inwoner_id"),
        MoveWithInwoner("intake_loketlijstrij", "lijkt_op_id"),
        migrations.AddIndex(
            model_name="contactmoment",
            index=models.Index(
                fields=["melder_telefoon"],
                name="contact_melder_telefoon",
                condition=~models.Q(melder_telefoon=""),
            ),
        ),
        DropFunction(
            KOPPELEN, "boolean", VOORHEEN.KOPPEL, declare=DECLARE, volatility="VOLATILE", public=True
        ),
        CreateFunction(KOPPELEN, "boolean", KOPPEL, declare=DECLARE, volatility="VOLATILE", public=True),
    ]
