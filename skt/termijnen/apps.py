from django.apps import AppConfig


class TermijnenConfig(AppConfig):
    name = "skt.termijnen"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "termijnen"
