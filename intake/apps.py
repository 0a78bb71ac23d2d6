from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "voorportaal"

    def ready(self) -> None:
        # Pas als alle apps er zijn: de rechten en wat de zoekbalk hier vindt.
        from intake import permissions  # noqa: F401
        from intake.gesprekkenbalk import gesprekkenbalk
        from intake.planning import in_tijdlijn
        from intake.termijnlijst import termijnen_van_meldingen
        from intake.tijdlijn import register_bron
        from intake.zoeken import find_inwoners_en_meldingen
        from skt.termijnen.bronnen import register_termijnen
        from skt.web.balk import register_balk
        from skt.web.inrichting import Onderdeel, register_inrichting
        from skt.web.zoeken import register_zoeker

        register_balk(gesprekkenbalk)
        register_bron(in_tijdlijn)
        register_termijnen(termijnen_van_meldingen)
        register_inrichting(
            Onderdeel(
                "Standaardteksten",
                "Zinnen die het loket met één keuze in het advies zet.",
                "intake:standaardtekst_list",
                "loket.manage_standaardtekst",
                "schrijf",
            )
        )
        register_zoeker(find_inwoners_en_meldingen)
        register_inrichting(
            Onderdeel(
                "Uitvraagmethoden",
                "De vragen per leefgebied: versies, wat eerst komt en vanaf wanneer.",
                "intake:methode_list",
                "inrichting.view_methode",
                "vraag",
            ),
            Onderdeel(
                "Wie gebruikt welke methode",
                "Twee methoden naast elkaar in de pilot: op naam, per team, per organisatie of om en om.",
                "intake:methode_shares",
                "inrichting.change_methode",
                "wissel",
            ),
            Onderdeel(
                "Methoden vergelijken",
                "Hoe breed er wordt uitgevraagd, hoe lang het duurt en wat erop volgt. Alleen aantallen.",
                "intake:methode_compare",
                "inrichting.view_methode",
                "lijst",
            ),
        )
