"""Reports of wrong entries, for the keeper of the sociale kaart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("socialekaart", "0002_zoeken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Foutmelding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tekst", models.CharField(max_length=1000, verbose_name="wat klopt er niet?")),
                ("gemeld_op", models.DateTimeField()),
                ("afgehandeld_op", models.DateTimeField(blank=True, null=True)),
                (
                    "uitkomst",
                    models.CharField(blank=True, max_length=500, verbose_name="wat is ermee gedaan?"),
                ),
                (
                    "afgehandeld_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "gemeld_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voorziening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="foutmeldingen",
                        to="socialekaart.voorziening",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "foutmeldingen",
                "indexes": [
                    models.Index(
                        condition=models.Q(("afgehandeld_op__isnull", True)),
                        fields=["gemeld_op", "id"],
                        name="foutmelding_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True),
                        name="foutmelding_heeft_tekst",
                        violation_error_message="Schrijf op wat er niet klopt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("afgehandeld_door__isnull", True),
                                ("afgehandeld_op__isnull", True),
                                ("uitkomst", ""),
                            ),
                            models.Q(
                                ("afgehandeld_door__isnull", False),
                                ("afgehandeld_op__isnull", False),
                                models.Q(("uitkomst", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="foutmelding_afgehandeld_compleet",
                        violation_error_message="Schrijf op wat u met de foutmelding heeft gedaan.",
                    ),
                ],
            },
        ),
    ]
