from django.apps import AppConfig


class CasusregieConfig(AppConfig):
    name = "casusregie"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "casusregie"

    def ready(self) -> None:
        from casusregie import permissions, queries, tijdlijn  # noqa: F401  (rechten, en wat de keten ervóór toont)
        from casusregie.services.openen import open_casus
        from casusregie.termijnlijst import of_open_casus, termijnen_van_casussen
        from intake.termijnlijst import register_volger
        from intake.tijdlijn import register_bron
        from skt.medewerkers.overdracht import register_overdracht
        from skt.termijnen.bronnen import register_termijnen
        from skt.web.zoeken import register_zoeker
        from triage.gevolgen import register_gevolg
        from triage.models import Besluit
        from triage.werklast import register_werkgewicht, register_werklast

        def open_from_besluit(agendapunt, actor, at):  # type: ignore[no-untyped-def]
            return open_casus(agendapunt=agendapunt, actor=actor, at=at)

        register_gevolg(Besluit.CASUSREGIE, open_from_besluit)
        register_gevolg(Besluit.PROCESREGIE, open_from_besluit)
        register_werklast(queries.count_running_regie)
        register_werkgewicht(queries.weigh_running_regie)
        register_overdracht(queries.read_over_te_dragen)
        register_bron(tijdlijn.casussen_of_melding)
        register_termijnen(termijnen_van_casussen)
        register_volger(of_open_casus)
        register_zoeker(queries.find_casussen)
