"""Rows that somebody might try to add: what lock 2 is asked to insert, per row of the matrix."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.db.models import Model
from django.utils import timezone

from casusregie.models import (
    Actie,
    Casus,
    CasusGroupObjectPermission,
    Casuslid,
    CasusUserObjectPermission,
    Doel,
    Notitie,
    Schaling,
)
from intake.models import (
    Aanvulling,
    Afspraak,
    Bezetting,
    Contactmoment,
    Grondslag,
    Loketlijstinhoud,
    Loketlijstrij,
    Melding,
    MeldingTermijn,
    Methodetoewijzing,
    Meting,
    Netwerklid,
    Opgave,
    Outreachlijst,
    Outreachpersoon,
    Outreachpoging,
    Resultaat,
    Signaal,
    Signaalsoort,
    Terugbelverzoek,
    Uitvraag,
    Uitvraagmethode,
    Werktijd,
)
from rapportage.models import Bevolking, Toelichting
from skt.inwoners.models import Bsn, Inwoner, Samenvoeging
from skt.medewerkers.models import Medewerker, Plaatsing, Rol
from skt.verantwoording.models import Regel
from tests.factories.medewerkers import organisatie, team
from tests.fixtures import MAANDAG
from tests.rechten.wereld import Wereld
from triage.models import (
    Aanmelding,
    Agendapunt,
    KentGezin,
    Meldcodestap,
    Nuldelijn,
    Protocolproef,
    Protocolversie,
    Toekenning,
    Triage,
    Triageadvies,
    Triagebeurt,
    Triageconcept,
    Triagefilter,
    Uitkomst,
    Urgentie,
)

Maker = Callable[[Wereld, Medewerker], Model]


def aanvulling(melding: str) -> Maker:
    return lambda w, ik: Aanvulling(
        melding_id=w.pk(melding), tekst="Belde terug.", medewerker=ik, geschreven_op=MAANDAG
    )


def uitvraag(melding: str) -> Maker:
    return lambda w, ik: Uitvraag(
        melding_id=w.pk(melding),
        methode_id=w.ding["uitvraag_open"].methode_id,
        medewerker=ik,
        afgenomen_op=MAANDAG,
    )


def meting(melding: str) -> Maker:
    return lambda w, ik: Meting(
        melding_id=w.pk(melding),
        methode_id=w.pk("methode"),
        medewerker=ik,
        reden="evaluatie",
        afgenomen_op=MAANDAG,
    )


def methode(w: Wereld, ik: Medewerker) -> Model:
    return Uitvraagmethode(
        naam="Proef van slot 2", versie=1, vragen=w.ding["methode"].vragen, gemaakt_door=ik
    )


def toewijzing(w: Wereld, ik: Medewerker) -> Model:
    return Methodetoewijzing(
        methode_id=w.pk("methode"),
        organisatie=organisatie("smow"),
        van=MAANDAG.date(),
        gemaakt_door=ik,
        gemaakt_op=MAANDAG,
    )


def termijn(melding: str) -> Maker:
    return lambda w, ik: MeldingTermijn(
        melding_id=w.pk(melding), soort_id="WMO-PLAN", begonnen_op=MAANDAG.date(), uiterlijk=MAANDAG.date()
    )


def afspraak(melding: str) -> Maker:
    return lambda w, ik: Afspraak(
        melding_id=w.pk(melding),
        soort="huisbezoek",
        plaats="thuis",
        begin=MAANDAG,
        eind=MAANDAG + timedelta(hours=1),
        gepland_op=MAANDAG,
        gepland_door=ik,
    )


def bezetting(afspraak: str, wie: str) -> Maker:
    def make(w: Wereld, ik: Medewerker) -> Model:
        row = w.ding[afspraak]
        return Bezetting(
            afspraak=row, medewerker=w.mens[wie], melding_id=row.melding_id, periode=(row.begin, row.eind)
        )

    return make


def terugbellen(melding: str) -> Maker:
    return lambda w, ik: Terugbelverzoek(
        melding_id=w.pk(melding),
        medewerker=w.mens["loket"],
        telefoon="070-5550218",
        uiterlijk=MAANDAG,
        gemaakt_op=MAANDAG,
        gemaakt_door=ik,
    )


def opgave(melding: str) -> Maker:
    return lambda w, ik: Opgave(melding_id=w.pk(melding), bron=Opgave.Bron.LOKET, gegeven_op=MAANDAG)


def signaal(melding: str) -> Maker:
    return lambda w, ik: Signaal(
        melding_id=w.pk(melding), soort=Signaalsoort.BEZORGDHEID, gemaakt_op=MAANDAG, gemaakt_door=ik
    )


def outreachlijst(soort: str) -> Maker:
    return lambda w, ik: Outreachlijst(
        naam="Proef",
        doel="Proef",
        grondslag=Grondslag.WMO,
        team=team(soort),
        begint_op=MAANDAG.date(),
        eindigt_op=MAANDAG.date(),
        gemaakt_op=MAANDAG,
        gemaakt_door=ik,
    )


def werktijd(wie: str) -> Maker:
    return lambda w, ik: Werktijd(medewerker=w.mens[wie], weekdag=3)


def outreachpersoon(lijst: str, inwoner: str = "") -> Maker:
    return lambda w, ik: Outreachpersoon(
        lijst_id=w.pk(lijst),
        inwoner_id=w.pk(inwoner) if inwoner else None,
        achternaam="" if inwoner else "Nieuw",
        eigenaar=ik,
        uiterlijk=MAANDAG.date(),
        toegevoegd_op=MAANDAG,
        toegevoegd_door=ik,
    )


def outreachpoging(persoon: str) -> Maker:
    return lambda w, ik: Outreachpoging(
        persoon_id=w.pk(persoon),
        op=MAANDAG,
        wijze=Outreachpoging.Wijze.BELLEN,
        resultaat=Resultaat.NIET_THUIS,
        medewerker=ik,
    )


def triage(melding: str) -> Maker:
    return lambda w, ik: Triage(
        melding_id=w.pk(melding),
        ernst="hoog",
        urgentie=Urgentie.REGULIER,
        nuldelijn=Nuldelijn.PAST,
        uitkomst=Uitkomst.OVERLEG,
        medewerker=ik,
        gedaan_op=MAANDAG,
    )


def meldcodestap(melding: str) -> Maker:
    return lambda w, ik: Meldcodestap(
        melding_id=w.pk(melding),
        stap=2,
        gedaan_op=MAANDAG.date(),
        door="Veilig Thuis",
        medewerker=ik,
        vastgelegd_op=MAANDAG,
    )


def triagebeurt(melding: str) -> Maker:
    return lambda w, ik: Triagebeurt(melding_id=w.pk(melding), medewerker=ik, opgepakt_op=MAANDAG)


def triageconcept(melding: str) -> Maker:
    return lambda w, ik: Triageconcept(melding_id=w.pk(melding), bewaard_op=MAANDAG, bewaard_door=ik)


def triagefilter(w: Wereld, ik: Medewerker) -> Model:
    return Triagefilter(medewerker=ik, naam="Volwassenen")


def netwerklid(inwoner: str) -> Maker:
    return lambda w, ik: Netwerklid(
        inwoner_id=w.pk(inwoner),
        naam="Joke",
        relatie="buur",
        werking="steunend",
        opgeschreven_op=MAANDAG,
        opgeschreven_door=ik,
    )


def toekenning(w: Wereld, ik: Medewerker) -> Model:
    """Within the mandaat of the toegang, by their own triage."""
    return Toekenning(
        triage_id=w.pk("triage_vrij"),
        mandaat_id=w.pk("mandaat"),
        wet="wmo",
        product=w.ding["mandaat"].product,
        bedrag=100,
        per="per week",
        van=MAANDAG.date(),
        tot_en_met=MAANDAG.date() + timedelta(days=90),
        besluitdatum=MAANDAG.date(),
        bezwaar_tot=MAANDAG.date() + timedelta(weeks=6),
    )


def triageadvies(triage: str) -> Maker:
    return lambda w, ik: Triageadvies(triage_id=w.pk(triage), versie=w.ding["protocol"])


def protocol(w: Wereld, ik: Medewerker) -> Model:
    return Protocolversie(nummer=99, gemaakt_door=ik, gemaakt_op=MAANDAG)


def protocolproef(w: Wereld, ik: Medewerker) -> Model:
    return Protocolproef(
        versie=w.ding["protocol"], bewerking=1, tegen=w.ding["protocol"], van=MAANDAG.date(),
        tot=MAANDAG.date() + timedelta(days=1), gestart_door=ik, gestart_op=MAANDAG,
    )  # fmt: skip


def aanmelding_van(melding: str) -> Maker:
    return lambda w, ik: Aanmelding(
        melding_id=w.pk(melding),
        triage_id=w.pk("triage_vrij"),
        bord="volwassenen",
        teams=[team("volwassenen").pk],
        urgentie=Urgentie.REGULIER,
        aangemeld_op=MAANDAG,
    )


def kent_gezin(w: Wereld, ik: Medewerker) -> Model:
    return KentGezin(aanmelding_id=w.pk("aanmelding"), medewerker=ik, gemeld_op=MAANDAG)


def melding_over(inwoner: str, contact: str) -> Maker:
    def make(w: Wereld, ik: Medewerker) -> Model:
        eigen = ik.moederorganisatie or w.mens["loket"].moederorganisatie
        return Melding(
            nummer="2099-0001",
            contactmoment_id=w.pk(contact),
            inwoner_id=w.pk(inwoner),
            organisatie=eigen,
            eigen_organisaties=[eigen.pk],
            hulpvraag="Proef",
            verantwoordelijke=ik,
            volgende_stap="Bellen",
            uiterlijk=MAANDAG,
            ontvangen_op=MAANDAG,
        )

    return make


def nieuwe_casus(melding: str) -> Maker:
    return lambda w, ik: Casus(
        nummer="2099-0002",
        agendapunt_id=w.pk("agendapunt"),
        melding_id=w.pk(melding),
        team=team("volwassenen"),
        titel="Proef",
        geopend_op=MAANDAG,
        geopend_door=ik,
    )


def casuslid(inwoner: str) -> Maker:
    return lambda w, ik: Casuslid(casus_id=w.pk("casus"), inwoner_id=w.pk(inwoner))


def agendapunt(w: Wereld, ik: Medewerker) -> Model:
    return Agendapunt(
        overleg_id=w.pk("overleg"),
        aanmelding_id=w.pk("aanmelding"),
        volgorde=99,
        besluit="aanhouden",
        besloten_op=MAANDAG,
        besloten_door=ik,
    )


def contact(w: Wereld, ik: Medewerker) -> Model:
    organisatie = ik.moederorganisatie or w.mens["loket"].moederorganisatie
    return Contactmoment(
        kanaal="telefonisch",
        begonnen_op=MAANDAG,
        melder_soort="inwoner zelf",
        medewerker=ik,
        organisatie=organisatie,
    )


def inwoner(w: Wereld, ik: Medewerker) -> Model:
    return Inwoner(achternaam="Nieuw", aangemaakt_op=MAANDAG, aangemaakt_door=ik)


def samenvoeging(blijft: str, vervalt: str) -> Maker:
    return lambda w, ik: Samenvoeging(
        blijft_id=w.pk(blijft),
        vervalt_id=w.pk(vervalt),
        toelichting="Zelfde persoon, zegt ze.",
        voorgesteld_door=ik,
        voorgesteld_op=MAANDAG,
    )


def bsn(inwoner: str) -> Maker:
    return lambda w, ik: Bsn(inwoner_id=w.pk(inwoner), versleuteld=b"x", laatste_cijfers="123")


def notitie(casus: str) -> Maker:
    return lambda w, ik: Notitie(casus_id=w.pk(casus), tekst="Gebeld.", medewerker=ik, geschreven_op=MAANDAG)


def actie(casus: str) -> Maker:
    return lambda w, ik: Actie(
        casus_id=w.pk(casus), wat="Bellen", uitvoerder="inwoner", uiterlijk=MAANDAG.date(), gemaakt_op=MAANDAG
    )


def doel(casus: str) -> Maker:
    return lambda w, ik: Doel(
        casus_id=w.pk(casus), leefgebied="zingeving", wat="Meedoen", startscore=2, doelscore=3,
        uiterlijk=MAANDAG.date(), gezet_op=MAANDAG, gezet_door=ik,
    )  # fmt: skip


def schaling(casus: str) -> Maker:
    return lambda w, ik: Schaling(
        casus_id=w.pk(casus),
        richting="opschalen",
        aanleiding="veiligheid",
        besproken_met="Team",
        evaluatie_op=MAANDAG.date(),
        medewerker=ik,
        besloten_op=MAANDAG,
    )


def share() -> Permission:
    return Permission.objects.get(codename="share_casus")


def deling_mens(casus: str) -> Maker:
    return lambda w, ik: CasusUserObjectPermission(
        content_object_id=w.pk(casus), user=w.mens["vreemd"], permission=share()
    )


def deling_organisatie(casus: str) -> Maker:
    return lambda w, ik: CasusGroupObjectPermission(
        content_object_id=w.pk(casus), group=w.mens["vreemd"].moederorganisatie.groep, permission=share()
    )


def regel(w: Wereld, ik: Medewerker) -> Model:
    return Regel(
        tijdstip=timezone.now(),
        soort="wijzigen",
        actie="proef.namens_een_ander",
        medewerker_id=w.mens["teamgenoot"].pk,
        verzoek="00000000-0000-0000-0000-000000000001",
    )


def plaatsing(naam: str) -> Maker:
    return lambda w, ik: Plaatsing(
        medewerker=w.mens[naam] if naam else ik,
        moederorganisatie=w.mens["loket"].moederorganisatie,
        team=team("voorportaal"),
        rol=Rol.LOKETPROFESSIONAL,
        van=MAANDAG.date() + timedelta(days=900),
    )


def medewerker(w: Wereld, ik: Medewerker) -> Model:
    return Medewerker(username="indringer", voornaam="In", achternaam="Dringer", password="!")


def loketlijst_inhoud(w: Wereld, ik: Medewerker) -> Model:
    return Loketlijstinhoud(lijst_id=w.pk("loketlijst_leeg"), versleuteld=b"x", bewaard_op=MAANDAG)


def loketlijst_rij(w: Wereld, ik: Medewerker) -> Model:
    return Loketlijstrij(
        lijst_id=w.pk("loketlijst_leeg"),
        nummer=9,
        regel=9,
        uitkomst="overnemen",
        organisatie=w.mens["loket"].moederorganisatie,
    )


def toelichting(wie: str = "") -> Maker:
    """In one's own name, or in that of somebody else."""
    return lambda w, ik: Toelichting(
        figuur="route-route",
        periode="maand",
        begin=MAANDAG.date().replace(day=1),
        versie=1,
        tekst="Meer dan in de zomer.",
        geschreven_door=w.mens[wie] if wie else ik,
        geschreven_op=MAANDAG,
    )


def bevolking(_w: Wereld, _ik: Medewerker) -> Model:
    return Bevolking(jaar=2026, gebied="kieviet", inwoners=5200, ingelezen_op=MAANDAG)
