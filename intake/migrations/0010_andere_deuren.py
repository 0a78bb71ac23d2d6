"""The other doors: what people give themselves on a form, signalen, and the outreach; each behind both locks."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import (
    AAN_HET_LOKET,
    IK,
    MIJN_COORDINATIE,
    TERUG,
    CreateFunction,
    PointAtVisible,
    Protect,
)

# Only takes in: nobody is looked up, and the caller hears no more than whether this key was new, the same, or used for
# something else. So whoever takes over the code of the form can add a melding, and reads nothing (decision 11).
ONTVANG = f"""
    SELECT o.vingerafdruk INTO eerder
      FROM intake_contactmoment c JOIN intake_melding m ON m.contactmoment_id = c.id
      LEFT JOIN intake_opgave o ON o.melding_id = m.id
     WHERE c.sleutel = sleutel_;
    IF FOUND THEN
        antwoord := CASE WHEN eerder = inhoud ->> 'vingerafdruk' THEN 'zelfde' ELSE 'anders' END;
    ELSE
        SELECT id INTO STRICT gemeente FROM medewerkers_moederorganisatie WHERE is_gemeente;
        INSERT INTO intake_contactmoment (sleutel, kanaal, begonnen_op, beeindigd_op, melder_soort, melder_naam,
            melder_telefoon, doorverbonden_vanuit_id, organisatie_id, samenvatting)
        VALUES (sleutel_, 'digitaal', op, op, inhoud ->> 'melder_soort', inhoud ->> 'naam', inhoud ->> 'telefoon',
            (SELECT id FROM medewerkers_moederorganisatie WHERE code = inhoud ->> 'vanuit'), gemeente, '')
        ON CONFLICT (sleutel) DO NOTHING RETURNING id INTO contact;
        IF contact IS NULL THEN
            antwoord := 'zelfde';  -- the same form at the same moment: the other one is kept
        ELSE
            INSERT INTO intake_melding (nummer, contactmoment_id, organisatie_id, eigen_organisaties, hulpvraag, aard, themas,
                spoor, meervoudigheid, spoed, inwoner_weet_ervan, waarom_niet, status, afhandeling, afhandeling_toelichting,
                gewaarschuwd, verantwoordelijk_team_id, volgende_stap, uiterlijk, ontvangen_op, versie, afgeschermd,
                lees_organisaties, lees_teams, lees_coordinaties, lees_medewerkers)
            VALUES (jaar || '-' || lpad(skt_volgend_nummer('melding', jaar)::text, 4, '0'), contact, gemeente, ARRAY[gemeente],
                inhoud ->> 'hulpvraag', inhoud ->> 'aard', '{{}}', '', '', (inhoud ->> 'spoed')::boolean,
                (inhoud ->> 'weet_ervan')::boolean, inhoud ->> 'waarom_niet', 'open', '', '', '',
                (SELECT id FROM medewerkers_team WHERE soort = 'voorportaal'), inhoud ->> 'volgende_stap', uiterlijk_, op, 1,
                false, '{{}}', '{{}}', '{{}}', '{{}}')
            RETURNING id INTO melding;
            INSERT INTO intake_opgave (melding_id, bron, kenmerk, vingerafdruk, naam, functie, organisatie, telefoon, email,
                relatie, contactwijze, over_voornaam, over_achternaam, over_geboren, over_postcode, over_huisnummer,
                over_telefoon, veilig, veilig_toelichting, spoed_reden, al_gedaan, bevestiging_gevraagd, gegeven_op)
            SELECT melding, x.bron, x.kenmerk, x.vingerafdruk, x.naam, x.functie, x.organisatie, x.telefoon, x.email, x.relatie,
                x.contactwijze, x.over_voornaam, x.over_achternaam, x.over_geboren, x.over_postcode, x.over_huisnummer,
                x.over_telefoon, x.veilig, x.veilig_toelichting, x.spoed_reden, x.al_gedaan, x.bevestiging_gevraagd, op
              FROM jsonb_populate_record(NULL::intake_opgave, inhoud) x;
            -- Wmo 2015 2.3.2 lid 1: the page that follows, and the mail if asked, confirm the receipt.
            INSERT INTO intake_meldingtermijn (melding_id, soort_id, begonnen_op, uiterlijk, voldaan_op)
            VALUES (melding, 'WMO-BEV', dag, dag, dag);
            INSERT INTO verantwoording_regel (tijdstip, soort, actie, object_soort, object_id, recht, reden, noodtoegang,
                vanaf, verzoek, gegevens)
            VALUES (now(), 'wijzigen', 'intake.receive_formulier', 'melding', melding, '', 'openbaar formulier', false, '',
                gen_random_uuid(), jsonb_build_object('kenmerk', inhoud ->> 'kenmerk', 'formulier', inhoud ->> 'bron'));
            antwoord := 'nieuw';
        END IF;
    END IF;
    {TERUG}
    RETURN antwoord;
"""

LIJST_ZICHTBAAR = f"{AAN_HET_LOKET} OR team_id = ANY({MIJN_COORDINATIE})"
OP_DE_LIJST = "EXISTS (SELECT 1 FROM intake_outreachlijst l WHERE l.id = lijst_id)"
BIJ_PERSOON = "EXISTS (SELECT 1 FROM intake_outreachpersoon p WHERE p.id = persoon_id)"

# What is known now of the inwoners on a list, for whoever may work with that list: to call somebody safely needs the name,
# the number and the wish of today. A shielded inwoner stays unnamed, a secret address is left out.
BEKENDEN = """
    vorige := coalesce(current_setting('skt.context', true), '');
    SELECT coalesce(array_agg(p.id), '{}') INTO mag FROM intake_outreachpersoon p
     WHERE p.id = ANY(welke) AND p.inwoner_id IS NOT NULL;
    PERFORM set_config('skt.context', skt_systeemtoken(), true);
    RETURN QUERY
        SELECT p.id, s.dicht,
               CASE WHEN s.dicht THEN '' ELSE coalesce(nullif(i.roepnaam, ''), i.voornamen)::text END,
               CASE WHEN s.dicht THEN '' ELSE concat_ws(' ', nullif(i.voorvoegsel, ''), i.achternaam) END,
               CASE WHEN s.dicht OR i.geheim_adres THEN '' ELSE i.postcode::text END,
               CASE WHEN s.dicht OR i.geheim_adres THEN '' ELSE concat(i.huisnummer, i.toevoeging) END,
               CASE WHEN s.dicht THEN '' ELSE i.telefoon::text END,
               CASE WHEN s.dicht THEN 'niet' ELSE i.veilig_contact::text END,
               CASE WHEN s.dicht THEN '' ELSE i.veilig_contact_toelichting::text END,
               CASE WHEN i.tolk_nodig AND NOT s.dicht THEN coalesce(nullif(i.taal, ''), 'tolk')::text ELSE '' END
          FROM intake_outreachpersoon p JOIN inwoners_inwoner i ON i.id = p.inwoner_id,
               LATERAL (SELECT EXISTS (SELECT 1 FROM intake_melding m WHERE m.inwoner_id = i.id AND m.afgeschermd) AS dicht) s
         WHERE p.id = ANY(mag);
    PERFORM set_config('skt.context', vorige, true);
"""

# Who is to approach somebody works here, and hands that over before leaving (domein 5, invariant 6).
OPEN = """FROM intake_outreachpersoon p JOIN intake_outreachlijst l ON l.id = p.lijst_id
     WHERE p.resultaat = '' AND l.gesloten_op IS NULL"""

EIGENAAR = f"""
    over := EXISTS (SELECT 1 {OPEN} AND p.id = NEW.id AND NOT skt_loopt_plaatsing(p.eigenaar_id, NULL));
    {TERUG}
    IF over THEN
        RAISE EXCEPTION 'keten 6: wie iemand van een outreachlijst benadert heeft een lopende plaatsing'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_verantwoordelijke_heeft_plaatsing';
    END IF;
    RETURN NULL;
"""

VERTREK = f"""
    over := NOT skt_loopt_plaatsing(NEW.medewerker_id, NULL)
        AND EXISTS (SELECT 1 {OPEN} AND p.eigenaar_id = NEW.medewerker_id);
    {TERUG}
    IF over THEN
        RAISE EXCEPTION 'keten 6: er staan nog mensen op een outreachlijst op deze naam'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'keten_plaatsing_overgedragen';
    END IF;
    RETURN NULL;
"""

# Later too it points only at somebody who is seen; a colleague who doesn't see them can still write the row.
WIJST = """
    IF NEW.inwoner_id IS DISTINCT FROM OLD.inwoner_id AND NEW.inwoner_id IS NOT NULL
       AND skt_context() IS DISTINCT FROM 0 AND NOT skt_mag_inwoner(NEW.inwoner_id) THEN
        RAISE EXCEPTION 'deze inwoner is niet te zien' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
"""

KETEN = """
CREATE TRIGGER outreachpersoon_inwoner BEFORE UPDATE OF inwoner_id ON intake_outreachpersoon
    FOR EACH ROW EXECUTE FUNCTION intake_outreach_wijst();
CREATE CONSTRAINT TRIGGER outreachpersoon_keten AFTER INSERT OR UPDATE OF eigenaar_id, resultaat ON intake_outreachpersoon
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_outreach_keten();
CREATE CONSTRAINT TRIGGER plaatsing_keten_outreach AFTER UPDATE OF van, tot ON medewerkers_plaatsing
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION intake_plaatsing_outreach();
"""

KETEN_TERUG = """
DROP TRIGGER plaatsing_keten_outreach ON medewerkers_plaatsing;
DROP TRIGGER outreachpersoon_keten ON intake_outreachpersoon;
DROP TRIGGER outreachpersoon_inwoner ON intake_outreachpersoon;
"""

SLOTEN = [
    Protect(
        "intake_opgave",
        read="skt_mag_melding(melding_id)",
        insert="skt_mag_melding_schrijven(melding_id)",
        update="false",  # only the system, to note that the receipt was confirmed
    ),
    CreateFunction(
        "intake_ontvang_formulier(sleutel_ uuid, op timestamptz, uiterlijk_ timestamptz, inhoud jsonb)",
        "text",
        ONTVANG,
        declare="eerder text; antwoord text; gemeente bigint; contact bigint; melding bigint;"
        " dag date := (op AT TIME ZONE 'Europe/Amsterdam')::date; jaar integer := extract(year FROM dag)::integer;",
        als_systeem=True,
        public=True,
    ),
    Protect(
        "intake_signaal",
        read="skt_mag_melding(melding_id)",
        insert=f"skt_hoort_bij_melding(melding_id) AND gemaakt_door_id = {IK}",
        update="skt_hoort_bij_melding(melding_id)",
    ),
    PointAtVisible("intake_signaal", "skt_mag_melding(melding_id)", vast=("melding_id",)),
    Protect(
        "intake_outreachlijst",
        read=LIJST_ZICHTBAAR,
        insert=f"({LIJST_ZICHTBAAR}) AND gemaakt_door_id = {IK}",
        update=LIJST_ZICHTBAAR,
    ),
    Protect(
        "intake_outreachpersoon",
        read=OP_DE_LIJST,
        insert=f"{OP_DE_LIJST} AND toegevoegd_door_id = {IK}",
        update=OP_DE_LIJST,
    ),
    PointAtVisible(
        "intake_outreachpersoon",
        "inwoner_id IS NULL OR skt_mag_inwoner(inwoner_id)",
        vast=("lijst_id",),
    ),
    Protect(
        "intake_outreachpoging",
        read=BIJ_PERSOON,
        insert=f"{BIJ_PERSOON} AND medewerker_id = {IK}",
    ),
    CreateFunction(
        "intake_outreach_bekenden(welke bigint[])",
        "TABLE (persoon_id bigint, afgeschermd boolean, voornaam text, achternaam text, postcode text, huisnummer text,"
        " telefoon text, veilig_contact text, veilig_toelichting text, tolk text)",
        BEKENDEN,
        declare="vorige text; mag bigint[];",
        volatility="VOLATILE",
        public=True,
    ),
    CreateFunction("intake_outreach_wijst()", "trigger", WIJST, volatility="VOLATILE"),
    CreateFunction("intake_outreach_keten()", "trigger", EIGENAAR, declare="over boolean;", als_systeem=True),
    CreateFunction(
        "intake_plaatsing_outreach()", "trigger", VERTREK, declare="over boolean;", als_systeem=True
    ),
    migrations.RunSQL(KETEN, KETEN_TERUG),
]


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0009_afspraken_en_terugbellen"),
        ("inwoners", "0001_initial"),
        ("medewerkers", "0003_tijdelijk_wachtwoord"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opgave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bron",
                    models.CharField(
                        choices=[
                            ("inwoner", "Formulier voor inwoners"),
                            ("professional", "Formulier voor professionals"),
                            ("loket", "Genoemd aan het loket"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "kenmerk",
                    models.CharField(
                        blank=True,
                        help_text="Wat de melder van ons kreeg; niet te raden.",
                        max_length=14,
                        null=True,
                        unique=True,
                    ),
                ),
                (
                    "vingerafdruk",
                    models.CharField(
                        blank=True,
                        help_text="Van de inhoud: twee keer versturen is twee keer hetzelfde.",
                        max_length=64,
                    ),
                ),
                ("naam", models.CharField(blank=True, max_length=120, verbose_name="naam van de melder")),
                ("functie", models.CharField(blank=True, max_length=80)),
                ("organisatie", models.CharField(blank=True, max_length=120)),
                ("telefoon", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "relatie",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="wie de melder is van de inwoner"
                    ),
                ),
                (
                    "contactwijze",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("bellen", "Bellen"),
                            ("mailen", "E-mailen"),
                            ("niet", "Geen contact opnemen: de melder belt zelf"),
                        ],
                        max_length=10,
                    ),
                ),
                ("over_voornaam", models.CharField(blank=True, max_length=60)),
                ("over_achternaam", models.CharField(blank=True, max_length=80)),
                ("over_geboren", models.CharField(blank=True, max_length=40)),
                ("over_postcode", models.CharField(blank=True, max_length=7)),
                ("over_huisnummer", models.CharField(blank=True, max_length=20)),
                ("over_telefoon", models.CharField(blank=True, max_length=20)),
                (
                    "veilig",
                    models.CharField(
                        choices=[
                            ("ja", "Ja, zoals hieronder"),
                            ("beperkt", "Alleen zoals afgesproken"),
                            ("niet", "Niet zelf benaderen"),
                        ],
                        default="ja",
                        max_length=10,
                    ),
                ),
                ("veilig_toelichting", models.CharField(blank=True, max_length=200)),
                ("spoed_reden", models.CharField(blank=True, max_length=500)),
                ("al_gedaan", models.TextField(blank=True, verbose_name="wat is er al gedaan")),
                ("bevestiging_gevraagd", models.BooleanField(default=False)),
                ("bevestigd_op", models.DateTimeField(blank=True, null=True)),
                ("gegeven_op", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "opgaven",
            },
        ),
        migrations.CreateModel(
            name="Outreachlijst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("naam", models.CharField(max_length=120)),
                (
                    "doel",
                    models.TextField(
                        help_text="Wat wilt u bereiken, en waarom bij deze mensen?", verbose_name="doel"
                    ),
                ),
                (
                    "grondslag",
                    models.CharField(
                        choices=[
                            ("Wmo 2015", "Wmo 2015, artikel 2.1.2: preventie en vroeg signaleren"),
                            ("Jeugdwet", "Jeugdwet, artikel 2.1 en 2.2: preventie"),
                            ("Wgs", "Wgs, artikel 3: vroegsignalering van schulden"),
                            ("Wpg", "Wet publieke gezondheid, artikel 5a: gezondheid van ouderen"),
                            ("toestemming", "De inwoner gaf zelf toestemming"),
                        ],
                        max_length=20,
                    ),
                ),
                ("begint_op", models.DateField()),
                ("eindigt_op", models.DateField(verbose_name="laatste dag")),
                ("gemaakt_op", models.DateTimeField()),
                ("gesloten_op", models.DateTimeField(blank=True, null=True)),
                (
                    "wissen_op",
                    models.DateField(
                        blank=True,
                        help_text="Vanaf deze dag worden de mensen op de lijst gewist (docs/operatie.md).",
                        null=True,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "outreachlijsten",
            },
        ),
        migrations.CreateModel(
            name="Outreachpersoon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("voornaam", models.CharField(blank=True, max_length=60)),
                ("achternaam", models.CharField(blank=True, max_length=80)),
                ("postcode", models.CharField(blank=True, max_length=7)),
                ("huisnummer", models.CharField(blank=True, max_length=20)),
                ("telefoon", models.CharField(blank=True, max_length=20)),
                (
                    "contactwens",
                    models.CharField(blank=True, max_length=200, verbose_name="hoe veilig contact opnemen"),
                ),
                ("aanleiding", models.CharField(blank=True, max_length=200)),
                ("uiterlijk", models.DateField(blank=True, null=True)),
                (
                    "resultaat",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("niet thuis", "Niet thuis of niet opgenomen"),
                            ("later nog eens", "Later nog eens"),
                            ("gesproken: wil geen hulp", "Gesproken: wil geen hulp"),
                            ("gesproken: melding gemaakt", "Gesproken: er komt een melding"),
                            ("niet benaderen", "Niet (meer) benaderen"),
                        ],
                        max_length=30,
                    ),
                ),
                ("afgerond_op", models.DateTimeField(blank=True, null=True)),
                ("toegevoegd_op", models.DateTimeField()),
                ("versie", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name_plural": "mensen op een outreachlijst",
            },
        ),
        migrations.CreateModel(
            name="Outreachpoging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField()),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            ("bellen", "Gebeld"),
                            ("huisbezoek", "Aangebeld"),
                            ("brief", "Brief of kaart"),
                            ("anders", "Anders"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "resultaat",
                    models.CharField(
                        choices=[
                            ("niet thuis", "Niet thuis of niet opgenomen"),
                            ("later nog eens", "Later nog eens"),
                            ("gesproken: wil geen hulp", "Gesproken: wil geen hulp"),
                            ("gesproken: melding gemaakt", "Gesproken: er komt een melding"),
                            ("niet benaderen", "Niet (meer) benaderen"),
                        ],
                        max_length=30,
                    ),
                ),
                ("toelichting", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name_plural": "pogingen",
            },
        ),
        migrations.CreateModel(
            name="Signaal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("bezorgdheid", "Bezorgdheid"),
                            ("Wvggz verkennend onderzoek", "Wvggz: verkennend onderzoek"),
                            ("huiselijk geweld/kindermishandeling", "Huiselijk geweld of kindermishandeling"),
                            ("verwijsindex", "Verwijsindex"),
                            (
                                "signaleringsoverleg zorg en veiligheid",
                                "Signaleringsoverleg zorg en veiligheid",
                            ),
                            ("vroegsignalering schulden", "Vroegsignalering schulden"),
                        ],
                        max_length=40,
                    ),
                ),
                ("toelichting", models.TextField(blank=True)),
                (
                    "melder_anoniem",
                    models.BooleanField(
                        default=False,
                        help_text="De melder vroeg om anoniem te blijven: van deze mens staat nergens een naam of nummer.",
                    ),
                ),
                (
                    "melder_relatie",
                    models.CharField(
                        choices=[
                            ("vertegenwoordiger", "Vertegenwoordiger"),
                            ("partner", "Partner"),
                            ("ouder", "Ouder"),
                            ("essentiële naaste", "Essentiële naaste"),
                            ("ander familielid", "Ander familielid"),
                            ("buur", "Buur"),
                            ("professional", "Professional"),
                            ("anders", "Anders"),
                            ("onbekend", "Niet bekend"),
                        ],
                        default="onbekend",
                        max_length=20,
                    ),
                ),
                ("terugkoppelen", models.BooleanField(default=False)),
                ("teruggekoppeld_op", models.DateField(blank=True, null=True)),
                ("meldcode_stap", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("gevaar_nu", models.BooleanField(default=False)),
                ("gemaakt_op", models.DateTimeField()),
                (
                    "overleg_reden",
                    models.TextField(blank=True, verbose_name="waarom naar het signaleringsoverleg"),
                ),
                ("overleg_gevraagd_op", models.DateTimeField(blank=True, null=True)),
                ("besproken_op", models.DateField(blank=True, null=True)),
                ("overleg_uitkomst", models.TextField(blank=True)),
                ("versie", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name_plural": "signalen",
            },
        ),
        migrations.AlterField(
            model_name="contactmoment",
            name="medewerker",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg bij een openbaar formulier: de melder schreef het zelf op.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contactmomenten",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="contactmoment",
            constraint=models.CheckConstraint(
                condition=models.Q(("medewerker__isnull", False), ("kanaal", "digitaal"), _connector="OR"),
                name="contactmoment_zonder_medewerker_is_digitaal",
                violation_error_message="Alleen een digitaal formulier komt zonder medewerker binnen.",
            ),
        ),
        migrations.AddField(
            model_name="opgave",
            name="melding",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="opgave", to="intake.melding"
            ),
        ),
        migrations.AddField(
            model_name="outreachlijst",
            name="gemaakt_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="outreachlijst",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="medewerkers.team"
            ),
        ),
        migrations.AddField(
            model_name="outreachpersoon",
            name="eigenaar",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outreachpersoon",
            name="inwoner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="inwoners.inwoner",
            ),
        ),
        migrations.AddField(
            model_name="outreachpersoon",
            name="lijst",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mensen", to="intake.outreachlijst"
            ),
        ),
        migrations.AddField(
            model_name="outreachpersoon",
            name="melding",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.melding",
            ),
        ),
        migrations.AddField(
            model_name="outreachpersoon",
            name="toegevoegd_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="outreachpoging",
            name="medewerker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="outreachpoging",
            name="persoon",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pogingen",
                to="intake.outreachpersoon",
            ),
        ),
        migrations.AddField(
            model_name="signaal",
            name="gemaakt_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="signaal",
            name="melding",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="signalen", to="intake.melding"
            ),
        ),
        migrations.AddField(
            model_name="signaal",
            name="overleg_gevraagd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="opgave",
            index=models.Index(
                condition=models.Q(("bevestigd_op__isnull", True), ("bevestiging_gevraagd", True)),
                fields=["gegeven_op"],
                name="opgave_nog_bevestigen",
            ),
        ),
        migrations.AddConstraint(
            model_name="opgave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bron", "loket"), ("kenmerk__isnull", True)),
                    models.Q(models.Q(("bron", "loket"), _negated=True), ("kenmerk__isnull", False)),
                    _connector="OR",
                ),
                name="opgave_formulier_heeft_kenmerk",
                violation_error_message="Alleen een formulier heeft een kenmerk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="opgave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("veilig", "beperkt"), _negated=True),
                    models.Q(("veilig_toelichting", ""), _negated=True),
                    _connector="OR",
                ),
                name="opgave_veilig_uitgelegd",
                violation_error_message="Schrijf op wanneer en hoe het veilig is om contact op te nemen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="opgave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bevestiging_gevraagd", False), models.Q(("email", ""), _negated=True), _connector="OR"
                ),
                name="opgave_bevestigen_naar_een_adres",
                violation_error_message="Vul een e-mailadres in voor de bevestiging.",
            ),
        ),
        migrations.AddIndex(
            model_name="outreachlijst",
            index=models.Index(fields=["gesloten_op", "eindigt_op", "id"], name="outreachlijst_stand"),
        ),
        migrations.AddConstraint(
            model_name="outreachlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("doel", ""), _negated=True), models.Q(("naam", ""), _negated=True)
                ),
                name="outreachlijst_heeft_doel",
                violation_error_message="Een lijst heeft een naam en een doel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(("grondslag__in", ["Wmo 2015", "Jeugdwet", "Wgs", "Wpg", "toestemming"])),
                name="outreachlijst_grondslag_bestaat",
                violation_error_message="Kies op grond waarvan u deze mensen mag benaderen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(("eindigt_op__gte", models.F("begint_op"))),
                name="outreachlijst_eindigt_na_begin",
                violation_error_message="De laatste dag kan niet voor de eerste liggen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachlijst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gesloten_op__isnull", True), ("wissen_op__isnull", True)),
                    models.Q(("gesloten_op__isnull", False), ("wissen_op__isnull", False)),
                    _connector="OR",
                ),
                name="outreachlijst_dicht_wordt_gewist",
                violation_error_message="Een gesloten lijst heeft een dag waarop zij wordt gewist.",
            ),
        ),
        migrations.AddIndex(
            model_name="outreachpersoon",
            index=models.Index(fields=["lijst", "uiterlijk", "id"], name="outreachpersoon_lijst"),
        ),
        migrations.AddIndex(
            model_name="outreachpersoon",
            index=models.Index(
                condition=models.Q(("resultaat", "")), fields=["uiterlijk", "id"], name="outreachpersoon_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachpersoon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("achternaam", ""),
                        ("inwoner__isnull", False),
                        ("postcode", ""),
                        ("telefoon", ""),
                        ("voornaam", ""),
                    ),
                    models.Q(("inwoner__isnull", True), models.Q(("achternaam", ""), _negated=True)),
                    _connector="OR",
                ),
                name="outreachpersoon_is_iemand",
                violation_error_message="Kies een bekende inwoner, of vul een achternaam in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachpersoon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("resultaat", "")),
                fields=("lijst", "inwoner"),
                name="outreachpersoon_een_keer_op_de_lijst",
                violation_error_message="Deze inwoner staat al op de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachpersoon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resultaat", ""), _negated=True),
                    models.Q(("eigenaar__isnull", False), ("uiterlijk__isnull", False)),
                    _connector="OR",
                ),
                name="outreachpersoon_open_heeft_eigenaar",
                violation_error_message="Wie nog benaderd wordt, heeft iemand die dat doet en een dag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachpersoon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("afgerond_op__isnull", True), ("resultaat", "")),
                    models.Q(
                        ("afgerond_op__isnull", False),
                        (
                            "resultaat__in",
                            ["gesproken: wil geen hulp", "gesproken: melding gemaakt", "niet benaderen"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="outreachpersoon_resultaat_rondt_af",
                violation_error_message="Kies een resultaat uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outreachpersoon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("melding__isnull", False), ("resultaat", "gesproken: melding gemaakt")),
                    models.Q(
                        models.Q(("resultaat", "gesproken: melding gemaakt"), _negated=True),
                        ("melding__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="outreachpersoon_melding_bij_resultaat",
                violation_error_message="Bij dit resultaat hoort een melding.",
            ),
        ),
        migrations.AddIndex(
            model_name="outreachpoging",
            index=models.Index(fields=["persoon", "-op"], name="outreachpoging_persoon"),
        ),
        migrations.AddConstraint(
            model_name="outreachpoging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "resultaat__in",
                        [
                            "niet thuis",
                            "later nog eens",
                            "gesproken: wil geen hulp",
                            "gesproken: melding gemaakt",
                            "niet benaderen",
                        ],
                    )
                ),
                name="outreachpoging_resultaat_bestaat",
                violation_error_message="Kies een resultaat uit de lijst.",
            ),
        ),
        migrations.AddIndex(
            model_name="signaal",
            index=models.Index(
                condition=models.Q(("besproken_op__isnull", True), ("overleg_gevraagd_op__isnull", False)),
                fields=["overleg_gevraagd_op", "id"],
                name="signaal_te_bespreken",
            ),
        ),
        migrations.AddIndex(
            model_name="signaal",
            index=models.Index(fields=["-besproken_op", "-id"], name="signaal_besproken"),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        [
                            "bezorgdheid",
                            "Wvggz verkennend onderzoek",
                            "huiselijk geweld/kindermishandeling",
                            "verwijsindex",
                            "signaleringsoverleg zorg en veiligheid",
                            "vroegsignalering schulden",
                        ],
                    )
                ),
                name="signaal_soort_bestaat",
                violation_error_message="Kies een signaal uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("meldcode_stap__isnull", False),
                        ("meldcode_stap__range", (1, 5)),
                        ("soort", "huiselijk geweld/kindermishandeling"),
                    ),
                    models.Q(
                        models.Q(("soort", "huiselijk geweld/kindermishandeling"), _negated=True),
                        ("meldcode_stap__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="signaal_meldcode_bij_geweld",
                violation_error_message="Kies bij huiselijk geweld of kindermishandeling de stap van de meldcode, 1 tot en met 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("terugkoppelen", False),
                    models.Q(
                        ("melder_anoniem", False),
                        (
                            "melder_relatie__in",
                            ["vertegenwoordiger", "partner", "ouder", "essentiële naaste"],
                        ),
                    ),
                    _connector="OR",
                ),
                name="signaal_terug_alleen_naaste",
                violation_error_message="Terugkoppelen mag alleen aan een bekende vertegenwoordiger, partner, ouder of essentiële naaste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("overleg_gevraagd_door__isnull", True),
                        ("overleg_gevraagd_op__isnull", True),
                        ("overleg_reden", ""),
                    ),
                    models.Q(
                        ("overleg_gevraagd_door__isnull", False),
                        ("overleg_gevraagd_op__isnull", False),
                        models.Q(("overleg_reden", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="signaal_overleg_met_reden",
                violation_error_message="Schrijf op waarom dit naar het signaleringsoverleg gaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besproken_op__isnull", True), ("overleg_uitkomst", "")),
                    models.Q(
                        ("besproken_op__isnull", False),
                        ("overleg_gevraagd_op__isnull", False),
                        models.Q(("overleg_uitkomst", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="signaal_uitkomst_na_overleg",
                violation_error_message="Schrijf op wat de uitkomst van het overleg is, en op welke dag het was.",
            ),
        ),
        *SLOTEN,
    ]
