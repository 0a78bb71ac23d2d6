from django.apps import AppConfig


class TermijnenConfig(AppConfig):
    name = "skt.termijnen"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "termijnen"

    def ready(self) -> None:
        from skt.termijnen import permissions  # noqa: F401 - registers its Rule
