"""Verzonnen hulpvragen met wat er bij hoort. De woorden zijn van niemand; alles is fictief."""

from dataclasses import dataclass, field

from skt.kern.keuzelijsten import Thema


@dataclass(frozen=True)
class Vraag:
    """Eén soort gesprek: wat de beller zegt, wat er speelt, en hoe het meestal verder gaat."""

    tekst: str
    themas: tuple[str, ...]
    scores: dict[str, int]
    route: str
    bord: str = "volwassenen"
    aard: str = "hulpvraag"
    spoor: str = "sociaal"
    leeftijd: tuple[int, int] = (25, 85)
    termijnen: tuple[str, ...] = ()
    titel: str = ""
    ernst: str = "matig"
    eigen_kracht: str = ""
    netwerk: str = ""
    actie: str = ""
    extra: dict[str, str] = field(default_factory=dict)


INFO, HULP, TRIAGE, ELDERS, CRISIS = "informatie", "hulp", "triage", "elders", "crisis"

VRAGEN: tuple[Vraag, ...] = (
    Vraag("Waar kan ik in de buurt op taalles? Mijn man past ’s ochtends op de baby.", (Thema.PARTICIPATIE,),
          {"dagbesteding": 3, "sociaal": 3}, INFO, aard="informatie en advies", leeftijd=(20, 55)),
    Vraag("Ik zoek een eettafel voor mijn vader van 82, hij eet altijd alleen.", (Thema.PARTICIPATIE, Thema.OUDEREN),
          {"sociaal": 3, "praktisch": 4}, INFO, aard="informatie en advies", leeftijd=(70, 92)),
    Vraag("Hoe vraag ik een parkeerkaart voor gehandicapten aan?", (Thema.ANDERS,), {"lichamelijk": 3}, INFO,
          aard="informatie en advies", leeftijd=(45, 88)),
    Vraag("Wanneer is het inloopspreekuur voor formulieren? Ik heb een brief van de belasting.", (Thema.SCHULDEN,),
          {"financien": 3}, INFO, aard="informatie en advies"),
    Vraag("Is er een cursus opvoeden voor ouders van pubers?", (Thema.OPVOEDING,), {"sociaal": 4}, INFO,
          aard="informatie en advies", leeftijd=(35, 55)),
    Vraag("Kan ik ergens vrijwilliger worden? Ik ben met pensioen en zit veel thuis.", (Thema.PARTICIPATIE,),
          {"dagbesteding": 3, "zingeving": 3}, INFO, aard="informatie en advies", leeftijd=(62, 78)),
    Vraag("Welke rijdienst brengt mijn moeder naar het ziekenhuis?", (Thema.MANTELZORG,), {"praktisch": 3}, INFO,
          aard="sociale-kaartvraag", leeftijd=(70, 92)),
    Vraag("Het nummer van de klussendienst op de website klopt niet meer.", (Thema.ANDERS,), {}, INFO,
          aard="sociale-kaartvraag"),
    Vraag("Mijn vrouw is in januari overleden en de stapel post groeit me boven het hoofd.",
          (Thema.PSYCHOSOCIAAL, Thema.SCHULDEN), {"financien": 3, "zingeving": 3}, HULP, leeftijd=(60, 88)),
    Vraag("Ik durf niet naar het gesprek op school over mijn zoon. Kunt u met mij oefenen wat ik zeg?",
          (Thema.OPVOEDING,), {"sociaal": 3}, HULP, leeftijd=(30, 50)),
    Vraag("Ik ga scheiden en weet niet waar ik moet beginnen met regelen.", (Thema.RELATIE,),
          {"sociaal": 3, "psychisch": 3}, HULP, leeftijd=(30, 60)),
    Vraag("Ik slaap slecht sinds mijn ontslag. Ik wil gewoon even mijn verhaal doen.", (Thema.PSYCHOSOCIAAL,),
          {"psychisch": 3, "dagbesteding": 3}, HULP, spoor="mentaal", leeftijd=(28, 62)),
    Vraag("Hoe vertel ik mijn zus dat ik het zorgen voor onze moeder niet meer alleen kan?", (Thema.MANTELZORG,),
          {"sociaal": 3}, HULP, leeftijd=(45, 70)),
    Vraag("Er komt steeds een incassobureau over één oude rekening die ik al heb betaald.", (Thema.SCHULDEN,),
          {"financien": 3}, HULP, termijnen=("WGS-4W",)),
    Vraag("Al weken pijn in mijn rug en de wachtkamer zit vol. Bij wie moet ik zijn?", (Thema.ANDERS,),
          {"lichamelijk": 2}, ELDERS, leeftijd=(30, 80)),
    Vraag("De straatlantaarn voor mijn deur is al een maand kapot.", (Thema.ANDERS,), {}, ELDERS, aard="klacht"),
    Vraag("Ik zoek een tandarts die nieuwe mensen aanneemt.", (Thema.ANDERS,), {"lichamelijk": 3}, ELDERS,
          aard="informatie en advies"),
    Vraag("Mijn moeder laat de pan droogkoken en zegt dat er niets is. Ik woon ver weg en slaap er niet van.",
          (Thema.OUDEREN, Thema.MANTELZORG), {"praktisch": 2, "psychisch": 3, "sociaal": 3}, TRIAGE,
          leeftijd=(76, 92), termijnen=("WMO-BEV", "WMO-PLAN", "WMO-OCO", "WMO-OND"), titel="Veilig thuis blijven wonen",
          ernst="hoog", eigen_kracht="Wil zelf blijven koken en wandelt elke dag.",
          netwerk="Dochter belt elke avond, de buurvrouw heeft een sleutel.", actie="Huisbezoek met de dochter erbij"),
    Vraag("Er stond een deurwaarder aan de deur. Ik maak de post al maanden niet open.",
          (Thema.SCHULDEN, Thema.WONEN), {"financien": 1, "huisvesting": 2, "psychisch": 3}, TRIAGE, leeftijd=(25, 60),
          termijnen=("WGS-3D",), titel="Schulden en dreigende ontruiming", ernst="zeer hoog",
          eigen_kracht="Belt zelf en heeft alle post in één doos.", netwerk="Broer wil helpen met de papieren.",
          actie="Verhuurder bellen over uitstel"),
    Vraag("Sinds de scheiding lukt niets meer: geld, slapen, en mijn dochter wil niet naar school.",
          (Thema.RELATIE, Thema.SCHULDEN, Thema.OPVOEDING), {"financien": 2, "psychisch": 2, "sociaal": 3}, TRIAGE,
          bord="gezamenlijk", leeftijd=(30, 50), termijnen=("WGS-4W",), titel="Weer rust in het gezin", ernst="hoog",
          eigen_kracht="Werkt drie dagen en houdt dat vol.", netwerk="Haar zus vangt de dochter op woensdag op.",
          actie="Gesprek met school plannen"),
    Vraag("Mijn zoon van vijftien komt zijn kamer niet meer uit en slaat deuren kapot.",
          (Thema.OPVOEDING, Thema.JEUGDHULP), {"psychisch": 2, "sociaal": 2, "dagbesteding": 2}, TRIAGE, bord="jeugd",
          leeftijd=(12, 17), titel="Weer samen aan tafel", ernst="hoog", spoor="mentaal",
          eigen_kracht="Gamet met een vaste groep vrienden.", netwerk="De trainer van het voetbal kent hem goed.",
          actie="Kennismaken bij de trainer"),
    Vraag("Onze dochter van zes wordt gepest en plast weer in bed. Wij weten het niet meer.",
          (Thema.OPVOEDING, Thema.ONTWIKKELING), {"psychisch": 3, "sociaal": 3}, TRIAGE, bord="jeugd", leeftijd=(5, 11),
          titel="Zonder buikpijn naar school", eigen_kracht="Beide ouders zoeken zelf hulp.",
          netwerk="Oma haalt twee keer per week van school.", actie="Gesprek met de leerkracht"),
    Vraag("Ik kom uit de kliniek en heb over twee weken geen dak boven mijn hoofd.",
          (Thema.WONEN, Thema.PSYCHOSOCIAAL), {"huisvesting": 1, "psychisch": 2, "dagbesteding": 2}, TRIAGE,
          spoor="mentaal", leeftijd=(20, 50), titel="Een plek om te wonen", ernst="zeer hoog",
          eigen_kracht="Komt afspraken na en wil werken.", netwerk="Zijn ouders wonen in het dorp.",
          actie="Plek voor de eerste weken zoeken"),
    Vraag("Mijn man heeft alzheimer, ik val zelf om van moeheid en de kinderen wonen in het buitenland.",
          (Thema.MANTELZORG, Thema.OUDEREN), {"praktisch": 2, "lichamelijk": 3, "sociaal": 3}, TRIAGE, leeftijd=(68, 90),
          termijnen=("WMO-BEV", "WMO-PLAN", "WMO-OCO", "WMO-OND"), titel="Zorgen volhouden", ernst="hoog",
          eigen_kracht="Doet nog alles zelf en kookt elke dag.", netwerk="Twee buren willen om de beurt oppassen.",
          actie="Even Vrij laten kennismaken"),
    Vraag("Na de verhuizing ken ik niemand, ik huil veel en kom de deur niet uit.",
          (Thema.PSYCHOSOCIAAL, Thema.PARTICIPATIE), {"psychisch": 2, "sociaal": 2, "zingeving": 3}, TRIAGE,
          spoor="mentaal", leeftijd=(25, 70), titel="Weer onder de mensen", eigen_kracht="Tekent graag en veel.",
          netwerk="Een nicht belt elke zondag.", actie="Samen naar de inloop"),
    Vraag("De buurman loopt ’s nachts in pyjama op straat en herkent ons niet.", (Thema.BEZORGDHEID, Thema.OUDEREN),
          {"praktisch": 1, "psychisch": 2, "huisvesting": 3}, TRIAGE, aard="bezorgdheid/zorgmelding",
          leeftijd=(74, 92), titel="Veilig in de nacht", ernst="hoog", eigen_kracht="Doet overdag zelf boodschappen.",
          netwerk="De buren houden een oogje in het zeil.", actie="Huisarts en dochter bellen"),
    Vraag("Mijn man dreigt ons wat aan te doen. Ik zit met de kinderen in de badkamer.", (Thema.RELATIE, Thema.BEZORGDHEID),
          {"huisvesting": 1, "psychisch": 1}, CRISIS, spoor="crisis", leeftijd=(25, 50)),
    Vraag("Ik wil niet meer leven en heb alles klaargelegd.", (Thema.PSYCHOSOCIAAL,), {"psychisch": 1, "zingeving": 1},
          CRISIS, spoor="crisis", leeftijd=(20, 75)),
)  # fmt: skip
