"""Het netwerk van een inwoner, en een meting bij de verdiepende triage.

Who sees the inwoner sees the network; who may point a dossier at the inwoner (not by an emergency) writes it down.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from skt.autorisatie.rls import IK, Protect
from skt.autorisatie.verhuizing import MoveWithInwoner

MAG = "skt_mag_inwoner(inwoner_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0014_niet_langer_dan_nodig"),
        ("inwoners", "0002_bekend_of_nieuw"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Netwerklid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=80)),
                (
                    "relatie",
                    models.CharField(
                        choices=[
                            ("ouder", "Ouder"),
                            ("partner", "Partner"),
                            ("zoon/dochter", "Zoon of dochter"),
                            ("familielid", "Familielid"),
                            ("buur", "Buur"),
                            ("vriend(in)/kennis", "Vriend(in) of kennis"),
                            ("mantelzorger", "Mantelzorger"),
                            ("bewindvoerder", "Bewindvoerder"),
                            ("mentor", "Mentor"),
                            ("voogd", "Voogd"),
                            ("cliëntondersteuner", "Cliëntondersteuner"),
                            ("huisarts", "Huisarts"),
                            ("werkgever", "Werkgever"),
                            ("anders", "Anders"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_mantelzorger", models.BooleanField(default=False, verbose_name="mantelzorger")),
                (
                    "werking",
                    models.CharField(
                        choices=[
                            ("steunend", "Steunend"),
                            ("belastend", "Belastend"),
                            ("beide", "Steunend en belastend"),
                            ("onbekend", "Nog niet bekend"),
                        ],
                        max_length=10,
                        verbose_name="steunend of belastend",
                    ),
                ),
                ("telefoon", models.CharField(blank=True, max_length=20)),
                ("toelichting", models.CharField(blank=True, max_length=200)),
                ("opgeschreven_op", models.DateTimeField()),
                ("beeindigd_op", models.DateTimeField(blank=True, null=True)),
                ("versie", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "lid van het netwerk",
                "verbose_name_plural": "netwerk",
            },
        ),
        migrations.RemoveConstraint(
            model_name="meting",
            name="meting_reden_bestaat",
        ),
        migrations.AlterField(
            model_name="meting",
            name="reden",
            field=models.CharField(
                choices=[
                    ("triage", "Verdiepende triage"),
                    ("evaluatie", "Evaluatie"),
                    ("einde", "Einde van de hulp"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="meting",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden__in", ["triage", "evaluatie", "einde"])),
                name="meting_reden_bestaat",
                violation_error_message="Kies waarom u opnieuw meet: triage, evaluatie of einde van de hulp.",
            ),
        ),
        migrations.AddField(
            model_name="netwerklid",
            name="beeindigd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="netwerklid",
            name="inwoner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="netwerk", to="inwoners.inwoner"
            ),
        ),
        migrations.AddField(
            model_name="netwerklid",
            name="opgeschreven_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="netwerklid",
            index=models.Index(fields=["inwoner", "beeindigd_op"], name="netwerklid_inwoner"),
        ),
        migrations.AddConstraint(
            model_name="netwerklid",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="netwerklid_heeft_naam",
                violation_error_message="Schrijf op wie het is; een voornaam of ‘de buurvrouw’ is genoeg.",
            ),
        ),
        migrations.AddConstraint(
            model_name="netwerklid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "relatie__in",
                        [
                            "ouder",
                            "partner",
                            "zoon/dochter",
                            "familielid",
                            "buur",
                            "vriend(in)/kennis",
                            "mantelzorger",
                            "bewindvoerder",
                            "mentor",
                            "voogd",
                            "cliëntondersteuner",
                            "huisarts",
                            "werkgever",
                            "anders",
                        ],
                    )
                ),
                name="netwerklid_relatie_bestaat",
                violation_error_message="Kies wat deze persoon is van de inwoner.",
            ),
        ),
        migrations.AddConstraint(
            model_name="netwerklid",
            constraint=models.CheckConstraint(
                condition=models.Q(("werking__in", ["steunend", "belastend", "beide", "onbekend"])),
                name="netwerklid_werking_bestaat",
                violation_error_message="Kies of deze persoon steunt of belast.",
            ),
        ),
        migrations.AddConstraint(
            model_name="netwerklid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("beeindigd_door__isnull", True), ("beeindigd_op__isnull", True)),
                    models.Q(
                        ("beeindigd_door__isnull", False), ("beeindigd_op__gte", models.F("opgeschreven_op"))
                    ),
                    _connector="OR",
                ),
                name="netwerklid_einde_compleet",
                violation_error_message="Bij het einde hoort wie het opschreef en wanneer.",
            ),
        ),
        Protect(
            "intake_netwerklid",
            read="EXISTS (SELECT 1 FROM inwoners_inwoner i WHERE i.id = intake_netwerklid.inwoner_id)",
            insert=f"{MAG} AND opgeschreven_door_id = {IK}",
            update=MAG,
        ),
        MoveWithInwoner("intake_netwerklid", "inwoner_id"),
    ]
