"""What the web role may do beyond, or not do of, its default privileges; and who may change roles."""

from django.db import migrations

from skt.autorisatie.rls import WIE, CreateFunction, Grant, Protect, Revoke

BEHEERDER = "(SELECT skt_heeft_rol('functioneel_beheerder'))"
VAST = (
    "auth_permission, auth_group_permissions, django_content_type, django_migrations, termijnen_termijnsoort"
)
ONGEBRUIKT = (
    "medewerkers_medewerker_groups, medewerkers_medewerker_user_permissions,"
    " guardian_userobjectpermission, guardian_groupobjectpermission"
)

# Nobody gives themselves a role: a beheerder is placed, and leaves, by a colleague.
NIET_ZICHZELF = f"{BEHEERDER} AND medewerker_id <> {WIE}"

# Of one's own row only the password, and then it is no longer temporary; the rest is the beheerder's.
ALLEEN_WACHTWOORD = """
    IF skt_context() <> 0 AND NOT skt_heeft_rol('functioneel_beheerder')
       AND (to_jsonb(NEW) - ARRAY['password', 'wachtwoord_tijdelijk']
                IS DISTINCT FROM to_jsonb(OLD) - ARRAY['password', 'wachtwoord_tijdelijk']
            OR (OLD.wachtwoord_tijdelijk AND NOT NEW.wachtwoord_tijdelijk AND NEW.password = OLD.password)) THEN
        RAISE EXCEPTION 'alleen het eigen wachtwoord' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
"""
TRIGGER = """
CREATE TRIGGER medewerker_alleen_eigen_wachtwoord BEFORE UPDATE ON medewerkers_medewerker
    FOR EACH ROW EXECUTE FUNCTION medewerkers_alleen_eigen_wachtwoord();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("autorisatie", "0003_inwoners_en_verantwoording"),
        ("medewerkers", "0002_organisaties_en_teams"),
        ("termijnen", "0002_termijnsoorten"),
        ("sessions", "0001_initial"),
        ("guardian", "0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more"),
        ("axes", "0010_accessattemptexpiration"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        Grant("DELETE", "django_session, axes_accessattempt, axes_accesslog, axes_accessfailurelog"),
        Grant("DELETE", "axes_accessattemptexpiration"),
        Revoke("INSERT, UPDATE", VAST),
        Revoke(
            "INSERT, UPDATE", f"auth_group, medewerkers_moederorganisatie, medewerkers_team, {ONGEBRUIKT}"
        ),
        Protect("medewerkers_medewerker", read="true", insert=BEHEERDER, update=f"{BEHEERDER} OR id = {WIE}"),
        CreateFunction("medewerkers_alleen_eigen_wachtwoord()", "trigger", ALLEEN_WACHTWOORD),
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER medewerker_alleen_eigen_wachtwoord ON medewerkers_medewerker;"
        ),
        Protect("medewerkers_plaatsing", read="true", insert=NIET_ZICHZELF, update=NIET_ZICHZELF),
        Protect("medewerkers_mandaat", read="true", insert=BEHEERDER, update=BEHEERDER),
    ]
