from django.apps import AppConfig


class SocialekaartConfig(AppConfig):
    name = "socialekaart"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "sociale kaart"

    def ready(self) -> None:
        from skt.web.zoeken import register_zoeker
        from socialekaart import permissions  # noqa: F401 - registreert de rechten van deze app
        from socialekaart.zoeker import find_voorzieningen

        register_zoeker(find_voorzieningen)
