"""Een termijn van een melding kan stilstaan, met een reden; bij hervatten schuift het einde op."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0017_wie_het_gezin_kent"),
        ("termijnen", "0004_opschorten"),
    ]

    operations = [
        migrations.AddField(
            model_name="meldingtermijn",
            name="opgeschort_op",
            field=models.DateField(
                blank=True,
                help_text="Vanaf deze dag staat de termijn stil; bij hervatten schuift het einde op.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="meldingtermijn",
            name="opgeschort_reden",
            field=models.CharField(blank=True, db_default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="meldingtermijn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opgeschort_op__isnull", True),
                    models.Q(models.Q(("opgeschort_reden", ""), _negated=True), ("voldaan_op__isnull", True)),
                    _connector="OR",
                ),
                name="meldingtermijn_stil_met_reden",
                violation_error_message="Een termijn staat alleen stil met een reden, en niet als hij gehaald is.",
            ),
        ),
    ]
