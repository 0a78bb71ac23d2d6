"""Een verzonnen bevolking om in te zoeken, en dezelfde mensen zoals een beller ze noemt: verspeld, verkort, omgedraaid.

Alles volgt uit een vast zaad. Nummers beginnen met 06-00 (aan niemand gegeven), postcodes hebben een letter die niet bestaat.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from skt.inwoners.roepnamen import VORMEN


def words(text: str) -> list[str]:
    return text.split()


GEWOON = words(
    "Jong Jansen Vries Berg Bakker Dijk Visser Janssen Smit Meijer Boer Mulder Groot Bos Vos Peters Hendriks Leeuwen Dekker"
    " Brouwer Wit Dijkstra Smits Graaf Meer Linden Kok Jacobs Haan Vermeulen Heuvel Veen Broek Schouten Hoekstra Willems"
    " Verhoeven Bruijn Heijden Schipper Koning Wal Prins Huisman Blom Kuiper Kuijpers Peeters Post Hermans Postma Vliet"
    " Gerritsen Martens Maas Molenaar Leeuw Kuipers Hofman Driessen Verbeek Bosch Wouters Sanders Scholten Evers Timmer"
    " Kramer Zwart Philips Ekker Schmidt Çelik Yılmaz Nowak Nguyen Amrani Bouzid Özdemir Müller Schäfer Hernández François"
)
VOOR = words(
    "Haver Ooster Wester Noord Zuid Klein Groen Rozen Linden Eiken Beuken Water Zand Steen Veen Broek Heide Dijk Molen Kerk"
    " Hage Winkel Brinke Schaap Vogel Visser Paarde Kloos Boom Berken Spijk Duijn Weijden Phil Zwaan Kraaij Vogelen Hoeve"
)
ACHTER = words(
    "man stra sma huis berg dijk hof veld kamp sen ink horst wijk meijer aar ema steeg laan beek brug bosch mans hout"
    " meer poel zande weg bakker kooi stee"
)
TUSSEN = ["", "", "", "", "", "", "van", "de", "van der", "van den", "van de", "ten"]
NAMEN = [
    *sorted(VORMEN),
    *words(
        "Sanne Lotte Emma Julia Sophie Fleur Noor Daan Sem Luuk Thijmen Ruben Lars Stijn Bram Tess Eva "
        "Femke Iris Merel Youssef Amina Samira Mehmet Ayse Agnieszka Tomasz Katarzyna Linh Priya Arjen "
        "Sjoerd Wietse Tjitske Jelle Froukje Bart Jeroen "
    ),
]
PLEKKEN = [
    f"{cijfers} {a}{b}" for cijfers in range(2240, 2246) for a in "ABCDEFGHKLMNPRSTVW" for b in "FIOQUY"
]


@dataclass(frozen=True)
class Mens:
    nummer: int
    roepnaam: str
    voorvoegsel: str
    achternaam: str
    geboortenaam: str
    geboren: date
    postcode: str
    huisnummer: int
    telefoon: str

    @property
    def rij(self) -> tuple[Any, ...]:
        return (
            self.achternaam, self.geboortenaam, self.voorvoegsel, self.roepnaam, self.geboren, self.postcode,
            self.huisnummer, self.telefoon,
        )  # fmt: skip


@dataclass
class Beller:
    """Hoe iemand genoemd wordt, en wat daaraan anders is dan wat er staat."""

    mens: Mens
    vraag: dict[str, Any]
    anders: list[str] = field(default_factory=list)


def people(aantal: int, zaad: int = 1) -> list[Mens]:
    """Huishoudens van een tot vier: wie samenwoont deelt adres en vaak naam en telefoon."""
    rng = random.Random(zaad)
    found: list[Mens] = []
    while len(found) < aantal:
        postcode, nummer = rng.choice(PLEKKEN), rng.randint(1, 250)
        achternaam, tussen = _surname(rng), rng.choice(TUSSEN)
        vast = _phone(rng)
        for plek in range(rng.choice((1, 1, 2, 2, 2, 3, 4))):
            eigen = achternaam
            geboortenaam = ""
            if plek == 1 and rng.random() < 0.5:
                geboortenaam = _surname(rng)
                eigen = rng.choice((f"{achternaam}-{geboortenaam}", achternaam, geboortenaam))
            found.append(
                Mens(
                    len(found), rng.choice(NAMEN).capitalize(), tussen, eigen, geboortenaam,
                    date(1925, 1, 1) + timedelta(days=rng.randint(0, 365 * 96)), postcode, nummer,
                    vast if rng.random() < 0.5 else _phone(rng),
                )
            )  # fmt: skip
    return found[:aantal]


def _surname(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return GEWOON[min(int(rng.expovariate(0.05)), len(GEWOON) - 1)]
    return rng.choice(VOOR) + rng.choice(ACHTER)


def _phone(rng: random.Random) -> str:
    return f"06-00{rng.randint(0, 999_999):06d}"


# -- the same person, told differently


KLINKT = (
    ("ij", "y"), ("ij", "ei"), ("y", "ij"), ("ei", "ij"), ("ph", "f"), ("f", "ph"), ("ck", "k"), ("k", "ck"), ("k", "c"),
    ("c", "k"), ("dt", "t"), ("d", "dt"), ("aa", "ae"), ("ae", "aa"), ("oo", "o"), ("ee", "e"), ("ss", "s"), ("s", "ss"),
    ("s", "z"), ("z", "s"), ("v", "f"), ("f", "v"), ("ch", "g"), ("ou", "au"), ("ui", "uij"), ("uij", "uy"), ("mm", "m"),
    ("n", "nn"), ("l", "ll"), ("tt", "t"), ("uu", "u"), ("ie", "i"),
)  # fmt: skip


def _sounds(rng: random.Random, woord: str) -> str:
    low = woord.lower()
    fits = [(van, naar) for van, naar in KLINKT if van in low[1:]]
    if not fits:
        return _slip(rng, woord)
    van, naar = rng.choice(fits)
    at = low.index(van, 1)
    return woord[:at] + naar + woord[at + len(van) :]


def _slip(rng: random.Random, woord: str) -> str:
    """Een letter te veel, te weinig, verkeerd of omgedraaid."""
    at = rng.randint(1, max(1, len(woord) - 2))
    letter = rng.choice("abdeghiklmnorstu")
    return rng.choice(
        [
            woord[:at] + woord[at + 1 :],
            woord[:at] + letter + woord[at:],
            woord[:at] + letter + woord[at + 1 :],
            woord[:at] + woord[at + 1 : at + 2] + woord[at] + woord[at + 2 :],
        ]
    )


def _naam(soort: str, rng: random.Random, mens: Mens) -> str:
    naam = mens.achternaam
    match soort:
        case "klank":
            return _sounds(rng, naam)
        case "tikfout":
            return _slip(rng, naam)
        case "dubbel":
            parts = naam.split("-")
            return rng.choice(["-".join(reversed(parts)), parts[-1], parts[0], " ".join(parts)])
        case "meisjesnaam":
            return mens.geboortenaam
        case "begin":
            return naam[: max(4, len(naam) - 3)]
        case "tussenvoegsel":
            kort = {"van": "v.", "de": "d", "van der": "v.d.", "van den": "vd", "van de": "v/d"}
            return f"{kort.get(mens.voorvoegsel, mens.voorvoegsel)} {naam}"
    return naam


def _voornaam(soort: str, rng: random.Random, naam: str) -> str:
    match soort:
        case "voorletter":
            return f"{naam[0]}."
        case "roepnaam":
            return rng.choice(sorted(VORMEN.get(naam.lower(), {naam}))).capitalize()
    return naam


def _dag(soort: str, rng: random.Random, dag: date) -> date:
    tekst = f"{dag:%d%m%Y}"
    if soort == "dag en maand om":
        tekst = tekst[2:4] + tekst[:2] + tekst[4:]
    elif soort == "cijfer mis":
        at = rng.randint(0, 7)
        tekst = tekst[:at] + str(rng.randint(0, 9)) + tekst[at + 1 :]
    try:
        found = date(int(tekst[4:]), int(tekst[2:4]), int(tekst[:2]))
    except ValueError:
        return dag
    return found if 1900 <= found.year <= 2026 else dag


def _telefoon(soort: str, nummer: str) -> str:
    cijfers = nummer.replace("-", "")
    return {"+31": f"+31 {cijfers[1:2]} {cijfers[2:]}", "0031": f"0031{cijfers[1:]}"}.get(soort, nummer)


NAAMVORMEN = ("klank", "klank", "tikfout", "dubbel", "meisjesnaam", "tussenvoegsel", "begin")


def callers(mensen: list[Mens], aantal: int, zaad: int = 2) -> list[Beller]:
    """Elk met een achternaam en een tot drie andere feiten; in elk een tot drie dingen anders."""
    rng = random.Random(zaad)
    found = []
    for mens in rng.sample(mensen, aantal):
        soorten = [
            s
            for s in NAAMVORMEN
            if (s != "dubbel" or "-" in mens.achternaam)
            and (s != "meisjesnaam" or mens.geboortenaam)
            and (s != "tussenvoegsel" or mens.voorvoegsel)
        ]
        naam = rng.choice([*soorten, "", ""])
        voor = rng.choice(("voorletter", "roepnaam", ""))
        dag = rng.choice(("dag en maand om", "cijfer mis", "jaar", ""))
        nummer = rng.choice(("+31", "0031", ""))
        # What is said: at least one of day, address and phone; a year alone with a first name or an address.
        noemt = set(rng.sample(["dag", "adres", "telefoon"], rng.choice((1, 1, 2, 3))))
        if rng.random() < 0.7 or noemt == {"dag"}:
            noemt.add("voornaam")
        if dag == "jaar" and not noemt & {"adres", "telefoon"}:
            dag = "dag en maand om"
        vraag: dict[str, Any] = {"naam": _naam(naam, rng, mens)}
        anders = [naam]
        if "voornaam" in noemt:
            vraag["voornaam"] = _voornaam(voor, rng, mens.roepnaam)
            anders.append(voor)
        if "dag" in noemt:
            if dag == "jaar":
                vraag["geboortejaar"] = mens.geboren.year
            else:
                vraag["geboren"] = _dag(dag, rng, mens.geboren)
            anders.append(dag)
        if "adres" in noemt:
            vraag["postcode"], vraag["huisnummer"] = mens.postcode.lower().replace(" ", ""), mens.huisnummer
        if "telefoon" in noemt:
            vraag["telefoon"] = _telefoon(nummer, mens.telefoon)
            anders.append(nummer)
        found.append(Beller(mens, vraag, [a for a in anders if a] or ["niets"]))
    return found


def doubles(mensen: list[Mens], aantal: int, zaad: int = 3) -> list[Mens]:
    """Dezelfde mensen nog eens ingevoerd, anders geschreven; `nummer` blijft dat van de eerste."""
    rng = random.Random(zaad)
    change: list[Callable[[Mens], Mens]] = [
        lambda m: replace(m, achternaam=_sounds(rng, m.achternaam)),
        lambda m: replace(m, geboren=_dag("dag en maand om", rng, m.geboren)),
        lambda m: replace(m, roepnaam=_voornaam("roepnaam", rng, m.roepnaam), telefoon=""),
        lambda m: replace(m, geboren=_dag("cijfer mis", rng, m.geboren), roepnaam=m.roepnaam[0]),
        lambda m: replace(m, achternaam=m.geboortenaam or m.achternaam, telefoon=""),
    ]
    return [rng.choice(change)(mens) for mens in rng.sample(mensen, aantal)]
