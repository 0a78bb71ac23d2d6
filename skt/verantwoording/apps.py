from django.apps import AppConfig


class VerantwoordingConfig(AppConfig):
    name = "skt.verantwoording"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "verantwoording"
