from django.apps import AppConfig


class MedewerkersConfig(AppConfig):
    name = "skt.medewerkers"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "medewerkers en organisaties"
