from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "voorportaal"

    def ready(self) -> None:
        # Pas als alle apps er zijn: de rechten en wat de zoekbalk hier vindt.
        from intake import permissions  # noqa: F401
        from intake.zoeken import find_inwoners_en_meldingen
        from skt.web.zoeken import register_zoeker

        register_zoeker(find_inwoners_en_meldingen)
