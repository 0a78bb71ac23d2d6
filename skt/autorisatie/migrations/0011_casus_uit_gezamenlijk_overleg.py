"""In the gezamenlijk overleg the coordinator of either team opens the casus, also when the casusregisseur works in the other.

Both teams decide there with one besluit, but a casus could only be opened in a team one coordinates oneself. Now also in a
team of the aanmelding, by who wrote that very besluit about it. What they may do with it afterwards stays as it was: until
the casusregisseur has started.
"""

from django.db import migrations

from skt.autorisatie.rls import IK, MIJN_COORDINATIE, SYSTEEM, TOEGANG

EIGEN_TEAM = f"team_id = ANY({MIJN_COORDINATIE}) OR {TOEGANG}"
EIGEN_BESLUIT = f"""EXISTS (
    SELECT 1 FROM triage_agendapunt p JOIN triage_aanmelding a ON a.id = p.aanmelding_id
     WHERE p.id = agendapunt_id AND p.besloten_door_id = {IK}
       AND p.besluit IN ('casusregie beleggen', 'opschalen naar procesregie')
       AND NOT a.afgeschermd AND a.teams && {MIJN_COORDINATIE} AND casusregie_casus.team_id = ANY(a.teams))"""


def policy(condition: str) -> str:
    return (
        "ALTER POLICY casusregie_casus_toevoegen ON casusregie_casus"
        f" WITH CHECK ({SYSTEEM} OR (geopend_door_id = {IK} AND ({condition})));"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("autorisatie", "0010_samenvoegen"),
        ("casusregie", "0008_werklast_gewogen"),
        ("triage", "0012_reeksen_en_terugkoppeling"),
    ]
    operations = [migrations.RunSQL(policy(f"{EIGEN_TEAM} OR {EIGEN_BESLUIT}"), policy(EIGEN_TEAM))]
