from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "triage en aanmeldoverleg"

    def ready(self) -> None:
        """Meld de rechten van deze app aan, en wat zij op de tijdlijn van een melding zet."""
        from intake.nabellen import register_nabellen
        from intake.tijdlijn import register_bron
        from skt.termijnen.bronnen import register_termijnen
        from skt.web.inrichting import Onderdeel, register_inrichting
        from triage import permissions  # noqa: F401 - registers its Rules
        from triage.termijnlijst import te_doen_nabellen, te_doen_terugkoppelingen
        from triage.tijdlijn import read_triage

        register_bron(read_triage)
        register_nabellen(te_doen_nabellen)
        register_termijnen(te_doen_terugkoppelingen)
        register_inrichting(
            Onderdeel(
                "Protocol van triage",
                "De regels die bij elke triage een advies geven: versies, proef en vergelijken.",
                "triage:protocol_list",
                "inrichting.view_protocol",
                "lijst",
            ),
            Onderdeel(
                "Afwijken van het protocol",
                "Hoe vaak er anders is besloten dan het advies, en waarom. Alleen aantallen.",
                "triage:protocol_deviations",
                "inrichting.view_afwijkingen",
                "wissel",
            ),
        )
