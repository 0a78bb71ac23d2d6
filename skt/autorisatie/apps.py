from django.apps import AppConfig


class AutorisatieConfig(AppConfig):
    name = "skt.autorisatie"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "autorisatie"

    def ready(self) -> None:
        from skt.autorisatie import permissions  # noqa: F401  (registreert de rechten van de gedeelde kamers)
