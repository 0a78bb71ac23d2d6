from intake.models.afspraak import Afspraak, AfspraakReden, AfspraakSoort, Bezetting, Plaats
from intake.models.concept import Concept, HalfGetypt
from intake.models.contactmoment import Contactmoment, Kanaal, MelderSoort
from intake.models.loketlijst import Lijststatus, Loketlijst, Loketlijstinhoud, Loketlijstrij, Uitkomst, Wijze
from intake.models.melding import (
    Aanvulling,
    Aard,
    Afhandeling,
    Meegegeven,
    Meervoudigheid,
    Melding,
    MeldingTermijn,
    Spoor,
)
from intake.models.methode import Methodetoewijzing, Uitvraagmethode
from intake.models.netwerk import Netwerklid, Relatie, Werking
from intake.models.opgave import Opgave
from intake.models.outreach import Grondslag, Outreachlijst, Outreachpersoon, Outreachpoging, Resultaat
from intake.models.signaal import Melderrelatie, Signaal, Signaalsoort
from intake.models.standaardtekst import Standaardtekst
from intake.models.terugbellen import Terugbelverzoek
from intake.models.uitvraag import Antwoord, Meting, Metingantwoord, Metingreden, Score, Uitvraag
from intake.models.werktijd import Agendasleutel, Weekdag, Werktijd, Werkuitzondering

__all__ = [
    "Aanvulling",
    "Aard",
    "Afhandeling",
    "Afspraak",
    "AfspraakReden",
    "AfspraakSoort",
    "Agendasleutel",
    "Antwoord",
    "Bezetting",
    "Concept",
    "Contactmoment",
    "Grondslag",
    "HalfGetypt",
    "Kanaal",
    "Lijststatus",
    "Loketlijst",
    "Loketlijstinhoud",
    "Loketlijstrij",
    "Meegegeven",
    "Meervoudigheid",
    "MelderSoort",
    "Melderrelatie",
    "Melding",
    "MeldingTermijn",
    "Methodetoewijzing",
    "Meting",
    "Metingantwoord",
    "Metingreden",
    "Netwerklid",
    "Opgave",
    "Outreachlijst",
    "Outreachpersoon",
    "Outreachpoging",
    "Plaats",
    "Relatie",
    "Resultaat",
    "Score",
    "Signaal",
    "Signaalsoort",
    "Spoor",
    "Standaardtekst",
    "Terugbelverzoek",
    "Uitkomst",
    "Uitvraag",
    "Uitvraagmethode",
    "Weekdag",
    "Werking",
    "Werktijd",
    "Werkuitzondering",
    "Wijze",
]
