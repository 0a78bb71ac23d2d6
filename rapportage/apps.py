from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "stuurinformatie"

    def ready(self) -> None:
        from rapportage import permissions  # noqa: F401 - registreert de rechten van deze app
