from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "triage en aanmeldoverleg"

    def ready(self) -> None:
        """Meld de rechten van deze app aan, en wat zij op de tijdlijn van een melding zet."""
        from intake.tijdlijn import register_bron
        from skt.termijnen.bronnen import register_termijnen
        from triage import permissions  # noqa: F401 - registers its Rules
        from triage.termijnlijst import te_doen_terugkoppelingen
        from triage.tijdlijn import read_triage

        register_bron(read_triage)
        register_termijnen(te_doen_terugkoppelingen)
