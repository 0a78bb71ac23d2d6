from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "skt.web"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "schermen"

    def ready(self) -> None:
        """What the shared rooms to our right bring to the index of Inrichting; they can't look this way themselves."""
        from skt.web.inrichting import Onderdeel, register_inrichting

        register_inrichting(
            Onderdeel(
                "Mandaten",
                "Wie namens het college zelf mag toekennen: wet, product, plafond en periode.",
                "mandaat_list",
                "medewerkers.view_mandaat",
                "schild",
            )
        )
