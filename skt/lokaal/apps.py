"""App without models: the commands, the router and the start-up checks."""

from django.apps import AppConfig


class LokaalConfig(AppConfig):
    """Registers the checks of skt.lokaal.controle."""

    name = "skt.lokaal"
    label = "lokaal"

    def ready(self) -> None:
        """Importing registers the checks."""
        import skt.lokaal.controle  # noqa: F401 - apps are not ready before this
