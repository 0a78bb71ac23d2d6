from django.apps import AppConfig


class RapportageConfig(AppConfig):
    name = "rapportage"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "stuurinformatie"

    def ready(self) -> None:
        from rapportage import permissions  # noqa: F401 - registreert de rechten van deze app
        from skt.web.inrichting import Onderdeel, register_inrichting

        register_inrichting(
            Onderdeel(
                "Bevolking per gebied",
                "Inwoners van het CBS inlezen, voor cijfers per 1.000 inwoners.",
                "rapportage:bevolking",
                "rapportage.import_bevolking",
                "mensen",
            )
        )
