"""Every rule of the import a few times, in other words and notations than the shared list has them."""

from collections.abc import Iterator
from datetime import date

from tests.intake.loketjaar import KOP, Jaarlijst, make_bsn


def make_jaarlijst(
    jaar: int, *, codering: str = "cp1252", teken: str = ";", kop: tuple[str, ...] = KOP, rijen: int = 240
) -> Jaarlijst:
    """Every rule a few times, among `rijen` plain rows."""
    lijst = Jaarlijst(jaar, codering, teken, kop)
    odd = _oddities(lijst)
    for _ in range(rijen):
        lijst.add()
        next(odd, None)
    for _ in odd:
        lijst.add()
    lijst.line(f"Eindtotaal {jaar}: 999" + teken * 17, "TOTAALREGEL")
    return lijst


def _oddities(lijst: Jaarlijst) -> Iterator[None]:
    for part in (_notaties, _datums, _personen, _teksten, _tekens, _structuur, _dubbel, _valkuilen):
        yield from part(lijst)


def _notaties(lijst: Jaarlijst) -> Iterator[None]:
    j = lijst.jaar
    for text in (
        f"4 mrt {j}",
        f"{j}/03/04",
        f"4.3.{j % 100:02d}",
        f"04-03-{j % 100:02d}",
        f"4 maart {j}",
        f"{j}0304",
        f"04-mrt-{j}",
        f"{j}-03-04 00:00:00",
        f"4-3-{j}",
    ):
        lijst.add("DATUM_NOTATIE", datum=text, waarden={"datum": f"{j}-03-04"})
        yield None
    for text, tijd in (
        ("9:05", "09:05"),
        ("14.30 uur", "14:30"),
        ("1430", "14:30"),
        ("14h30", "14:30"),
        ("9u", "09:00"),
        ("09:05:00", "09:05"),
        ("905", "09:05"),
    ):
        lijst.add("TIJD_NOTATIE", tijd=text, waarden={"tijd": tijd})
        yield None
    for text in ("3 juni 1948", "3-6-48", "1948/06/03", "03.06.1948", "3 jun. 1948", "19480603"):
        lijst.add("GEBDATUM_NOTATIE", Geb_datum=text, waarden={"geboortedatum": "1948-06-03"})
        yield None
    lijst.add(
        "GEBDATUM_NOTATIE", Geb_datum=f"1-2-{j % 100 - 3:02d}", waarden={"geboortedatum": f"{j - 3}-02-01"}
    )
    yield None
    for text in ("2243ox", "2243.OX", "2243-OX", "2243OX", "2243  OX", "2243 Ox"):
        lijst.add("POSTCODE_NOTATIE", postcode=text, waarden={"postcode": "2243OX"})
        yield None
    for text, number in (
        ("0031600001234", "0600001234"),
        ("+31 (0)6 0000 1235", "0600001235"),
        ("0600001236", "0600001236"),
        ("06-0000-1237", "0600001237"),
        ("(070) 555 91 23", "0705559123"),
        ("070-5559124", "0705559124"),
        ("M: 06-0000 1238", "0600001238"),
        ("06 - 0000 1239 (zoon)", "0600001239"),
        ("31600001240", "0600001240"),
        ("705559125", "0705559125"),
        ("mobiel 06/00001241", "0600001241"),
        ("+31-70-5559126", "0705559126"),
    ):
        lijst.add("TELEFOON_NOTATIE", telefoon=text, waarden={"telefoon": number})
        yield None
    for text, naam in (
        ("Kwadraad Wassenaar", "Kwadraad"),
        ("kwadrat", "Kwadraad"),
        ("smow", "SMOW"),
        ("S M O W", "SMOW"),
        ("Stichting SMOW", "SMOW"),
    ):
        lijst.add("ORGANISATIE_ALIAS", organisatie=text, waarden={"organisatie": naam})
        yield None
    for text, naam in (
        ("M.E.E.", "MEE"),
        ("Stg. JIT", "Stichting JIT"),
        ("j.i.t.", "Stichting JIT"),
        ("meldpunt bezorgd", "GGD Meldpunt Bezorgd"),
        ("veiligthuis", "Veilig Thuis"),
        ("Huisarts", "huisarts"),
        ("wmo consulent", "Wmo-consulent gemeente"),
        ("schuldhulp", "Schuldhulpverlening gemeente"),
        ("Jeugd Gezondheidszorg", "JGZ"),
        ("Taal-huis", "Taalhuis"),
        ("SJJW.", "SJJW"),
        ("Gem. Wassenaar", "gemeente"),
        ("woningbouwvereniging", "woningcorporatie"),
        ("School Advies Dienst", "SAD"),
    ):
        lijst.add("ORGANISATIE_ALIAS", Doorverwezen_naar=text, waarden={"doorverwezen": naam})
        yield None


def _datums(lijst: Jaarlijst) -> Iterator[None]:
    j = lijst.jaar
    serial = (date(j, 9, 12) - date(1899, 12, 30)).days
    for text in (str(serial), f"{serial},75", f"{serial}.5", f"{serial},0"):
        lijst.warn("DATUM_EXCEL", datum=text, waarden={"datum": f"{j}-09-12"})
        yield None
    lijst.warn("DATUM_EXCEL", "DATUM_BUITEN_JAAR", datum=str(serial - 366 * 2), waarden={})
    yield None
    for text in (f"31-12-{j - 1}", f"03-01-{j + 1}", "14-03-2009"):
        lijst.warn("DATUM_BUITEN_JAAR", datum=text)
        yield None
    lijst.warn("DATUM_BUITEN_JAAR", "DATUM_NOTATIE", datum=f"3-1-{j + 1}")
    yield None
    for text in ("24:10", "12:75", "ochtend", "99u99", "?"):
        lijst.warn("TIJD_ONGELDIG", tijd=text, waarden={"tijd": None})
        yield None
    for text in ("17687", "17687,0"):
        lijst.warn("GEBDATUM_EXCEL", Geb_datum=text, waarden={"geboortedatum": "1948-06-03"})
        yield None
    for text in ("30-02-1950", "1950", "13-13-1950", "onleesbaar", "29-02-1949", "00-00-0000"):
        lijst.warn("GEBDATUM_ONGELDIG", Geb_datum=text, waarden={"geboortedatum": None})
        yield None
    for text in (f"01-12-{j + 1}", "03-06-2068", "09-09-9999"):
        lijst.warn("GEBDATUM_TOEKOMST", Geb_datum=text, waarden={"geboortedatum": None})
        yield None
    for text in ("01-01-1901", "11-11-1811", "01-01-1900"):
        lijst.warn("GEBDATUM_ONWAARSCHIJNLIJK", Geb_datum=text, waarden={"geboortedatum": None})
        yield None
    for text in (f"31-04-{j}", "0-0-0", "volgende week", "??", f"32-01-{j}", f"{j}-02-30", "", "n.v.t."):
        lijst.refuse("DATUM_ONGELDIG", datum=text)
        yield None


def _personen(lijst: Jaarlijst) -> Iterator[None]:
    lijst.warn("NAAM_LEEG", Naam_inwoner="", waarden={"naam_inwoner": None})
    yield None
    for text in ("onbekend", "(onbekend)", "-", "n.n.b. ?"[-1], "N.V.T.", "xxx"):
        lijst.warn("NAAM_LEEG", "LEEGMARKERING", Naam_inwoner=text, waarden={"naam_inwoner": None})
        yield None
    for veld, kolom in (
        ("telefoon", "telefoon"),
        ("Geb_datum", "geboortedatum"),
        ("postcode", "postcode"),
        ("huisnr", "huisnr"),
    ):
        for text in ("onbekend", "n.v.t.", "--", "??", "geen", "niet bekend"):
            lijst.warn("LEEGMARKERING", waarden={kolom: None}, **{veld: text})
            yield None
    for text in ("2243", "OX 2243", "2243 O", "22A3 OX", "Wassenaar"):
        lijst.warn("POSTCODE_ONGELDIG", postcode=text, waarden={"postcode": None})
        yield None
    lijst.warn("POSTCODE_BUITEN_WASSENAAR", postcode="2501 OX", waarden={"postcode": "2501OX"})
    yield None
    lijst.warn(
        "POSTCODE_BUITEN_WASSENAAR", "POSTCODE_NOTATIE", postcode="1011fi", waarden={"postcode": "1011FI"}
    )
    yield None
    for text in ("06-", "5550123", "12345", "3,16E+10", "06-0000 12345", "geheim nummer", "0000000000"):
        lijst.warn("TELEFOON_ONGELDIG", telefoon=text, waarden={"telefoon": None})
        yield None
    for text in (
        "06-0000 8881 of 06-0000 9999",
        "06-0000 8881 en 070-555 01 23",
        "06-0000 8881 / 06-0000 9998",
        "06-0000 8881 070-555 01 23",
    ):
        lijst.warn(
            "TELEFOON_MEERDERE",
            "NAAM_LEEG",
            telefoon=text,
            Naam_inwoner="",
            waarden={"telefoon": "0600008881"},
        )
        yield None
    for veld, kolom in (("organisatie", "organisatie"), ("Doorverwezen_naar", "doorverwezen")):
        for text in ("Zorgbureau De Duif", "stagiaire", "zzp’er"):
            lijst.warn("ORGANISATIE_ONBEKEND", waarden={kolom: None}, **{veld: text})
            yield None
    yield from _spellingen(lijst)


def _spellingen(lijst: Jaarlijst) -> Iterator[None]:
    """One person in several spellings, each in a contact of its own."""
    for nummer, namen in enumerate(
        (
            ("Willem van der Zwaard", "Wim v.d. Zwaard", "ZWAARD, W. VAN DER", "dhr. W. van der Zwaard"),
            ("Mechtild Ruys", "Mechteld Ruijs", "MECHTILD RUYS"),
            ("Johanna Bloem-de Wit", "Joke Bloem - de Wit", "J. Bloem-de Wit"),
            ("Hélène Coppens", "Helene Coppens", "Coppens, Hélène"),
        )
    ):
        first = lijst.gewoon() | {"Naam inwoner": namen[0], "Geb.datum": f"0{nummer + 1}-05-1944"}
        lijst.add(cells=first, persoon=f"S{nummer}")
        yield None
        for naam in namen[1:]:
            other = lijst.gewoon()
            same = {head: first[head] for head in ("Geb.datum", "Postcode", "Huisnr", "Telefoon")}
            lijst.warn("NAAM_SPELLING", cells=other | same | {"Naam inwoner": naam}, persoon=f"S{nummer}")
            yield None
    bekend = lijst.gewoon() | {"Naam inwoner": "Sietske Wybenga", "Geb.datum": "12-09-1951"}
    lijst.add(cells=bekend, persoon="T1")
    for leeg in ({"Geb.datum": ""}, {"Telefoon": ""}, {"Postcode": "", "Huisnr": "", "Geb.datum": ""}):
        again = lijst.gewoon()
        same = {
            head: bekend[head] for head in ("Naam inwoner", "Geb.datum", "Postcode", "Huisnr", "Telefoon")
        }
        lijst.add(cells=again | same | leeg, persoon="T1")
        yield None
    for code, over in (
        ("N1", {"Geb.datum": "13-09-1977", "Telefoon": "06-0000 7001"}),
        ("N2", {"Geb.datum": "01-02-1933", "Telefoon": "06-0000 7002"}),
    ):
        for _ in range(2):
            again = (
                lijst.gewoon()
                | {head: bekend[head] for head in ("Naam inwoner", "Postcode", "Huisnr")}
                | over
            )
            lijst.add(cells=again, persoon=code)
            yield None
    tweeling = lijst.gewoon() | {"Naam inwoner": "Anne Twijnstra", "Geb.datum": "02-02-2010"}
    lijst.add(cells=tweeling, persoon="Z1")
    other = lijst.gewoon() | {h: tweeling[h] for h in ("Geb.datum", "Postcode", "Huisnr", "Telefoon")}
    lijst.add(cells=other | {"Naam inwoner": "Bram Twijnstra"}, persoon="Z2")
    yield None


def _teksten(lijst: Jaarlijst) -> Iterator[None]:
    b = make_bsn
    for n, text in enumerate(
        (
            f"{b(1)}",
            f"bsn:{b(2)}.",
            f"sofi {b(3)[:4]} {b(3)[4:6]} {b(3)[6:]} van mw.",
            f"{b(4)[:4]}.{b(4)[4:6]}.{b(4)[6:]}",
            f"nr {b(5)[:3]} {b(5)[3:6]} {b(5)[6:]}",
            f"bel 06-0000 1234, bsn {b(6)}",
            f"(BSN {b(7)})",
            f"BSN{b(8)}",
            f"{b(9)} en {b(10)}",
        )
    ):
        lijst.warn("BSN_IN_TEKST", **{("opmerking", "vraag")[n % 2]: text})
        yield None
    for text in (
        "=SOM(A1)",
        "@A1",
        "+A1+B2",
        "-2+3",
        "=cmd|' /C calc'!A0",
        "+SUM(1)",
        "-SUM(1)",
        "=1",
        "@SOM(B2:B9)",
    ):
        lijst.warn("FORMULE_IN_CEL", opmerking=text)
        yield None
    for text in (
        "<a href='x'>klik</a>",
        "regel<br>regel",
        "<img src=x onerror=alert(1)>",
        "</p>",
        "<SCRIPT>x</SCRIPT>",
    ):
        lijst.warn("HTML_IN_TEKST", opmerking=text)
        yield None
    lijst.warn("VELD_ZEER_LANG", opmerking="woord " * 700 + "eind")
    yield None
    for veld, text in (
        ("vraag", "Belt morgen terug "),
        ("medewerker", " Els"),
        ("opmerking", "twee  spaties"),
        ("Naam_beller", "\xa0Jan Vis"),
        ("onderwerp", "Vervoer\xa0"),
        ("huisnr", "12 "),
    ):
        lijst.add("WITRUIMTE", **{veld: text})
        yield None
    lijst.add("REGELEINDE_IN_VELD", opmerking="eerste regel\r\ntweede regel")
    yield None
    lijst.add("REGELEINDE_IN_VELD", vraag="eerste regel\n\nderde regel")
    yield None
    if lijst.teken not in ("\t", ","):
        lijst.add("SCHEIDINGSTEKEN_IN_VELD", opmerking=f"eerst{lijst.teken} daarna")
        yield None
        lijst.add("SCHEIDINGSTEKEN_IN_VELD", vraag=f'zei "ja"{lijst.teken} of niet')
        yield None


def _tekens(lijst: Jaarlijst) -> Iterator[None]:
    if lijst.codering == "cp1252":
        for raw in (b"\x8d", b"\x90", b"\x8f\x81"):
            lijst.warn("TEKEN_ONGELDIG", opmerking="teken @@ hier", bytes_in={"@@": raw})
            yield None
        for raw in ("ö", "€", "😀", "”", "…"):
            lijst.warn("CODERING_VERDACHT", opmerking="teken @@ hier", bytes_in={"@@": raw.encode()})
            yield None
    else:
        lijst.warn("TEKEN_ONGELDIG", opmerking="teken @@ hier", bytes_in={"@@": b"\x81"})
        yield None
        lijst.warn("CODERING_VERDACHT", opmerking="teken @@ hier", bytes_in={"@@": b"\xe9"})
        yield None
        lijst.warn("CODERING_VERDACHT", opmerking="cafÃ© om de hoek")
        yield None
        lijst.add(opmerking="fijn gesprek 😀")
        yield None
    lijst.add(opmerking="crème brûlée, “heel” fijn – ÉÉN keer’s")
    yield None


def _structuur(lijst: Jaarlijst) -> Iterator[None]:
    t = lijst.teken
    lijst.add("LEGE_KOLOMMEN_ACHTERAAN", erachter=t)
    yield None
    lijst.add("LEGE_KOLOMMEN_ACHTERAAN", erachter=t * 5)
    yield None
    lijst.refuse("TE_VEEL_KOLOMMEN", erachter=f"{t}los")
    yield None
    lijst.refuse("GEEN_INHOUD", vraag="", onderwerp="", opmerking="")
    yield None
    lijst.line(
        t.join(["900", f"05-05-{lijst.jaar}", "10:00", "telefoon", "Jan"]), "TE_WEINIG_KOLOMMEN", "weigeren"
    )
    lijst.line(t.join(["901", *["x"] * 16]), "TE_WEINIG_KOLOMMEN", "weigeren")
    yield None
    for text, reden in (
        ("", "LEGE_REGEL"),
        (t * 17, "LEGE_REGEL"),
        ("   ", "LEGE_REGEL"),
        (t.join(lijst.kop), "HERHAALDE_KOP"),
        (t.join(lijst.kop).upper(), "HERHAALDE_KOP"),
        ("Subtotaal januari: 30" + t * 17, "TUSSENTOTAAL"),
        (f"Totaal 1e kwartaal{t}95" + t * 16, "TUSSENTOTAAL"),
        ("Tussentotaal Q2: 77", "TUSSENTOTAAL"),
    ):
        lijst.line(text, reden)
        yield None
    first = lijst.add()
    lijst.warn("VOLGNR_DUBBEL", volgnr=first["Volgnr"], waarden={"volgnr": None})
    yield None
    lijst.warn("VOLGNR_LEEG", volgnr="", waarden={"volgnr": None})
    yield None


def _dubbel(lijst: Jaarlijst) -> Iterator[None]:
    first = lijst.add()
    at = lijst.nummer - 1
    yield None
    lijst.add("EXACT_DUBBEL", uitkomst=f"dubbel van rij {at}", cells=first)
    yield None
    for over in (
        {"Volgnr": "8001"},
        {"Volgnr": "8002", "Vraag": first["Vraag"].upper()},
        {"Volgnr": "8003", "Opmerking": "  "},
        {"Volgnr": "8004", "Postcode": first["Postcode"].replace(" ", "").lower()},
    ):
        lijst.add("DUBBEL_ANDER_VOLGNR", uitkomst=f"dubbel van rij {at}", cells=first | over)
        yield None
    lijst.verwacht[at].persoon = "M1"
    lijst.warn(
        "MOGELIJK_DUBBEL",
        cells=first | {"Volgnr": "8005", "Tijd": "16:59", "Vraag": "Een andere tekst over hetzelfde."},
        persoon="M1",
    )
    yield None


def _valkuilen(lijst: Jaarlijst) -> Iterator[None]:
    """Looks wrong, is fine."""
    for text in (
        "nummer 999911111",
        "- belt terug",
        "+31 6 0000 1234 is van de zoon",
        "-10 graden in huis",
        "+ partner",
        "fijn <3",
        "gewicht < 50 kg en > 40",
        "rekening NL00SKTO0123456789",
        "gebeld 12-03-2019 en 14-03-2019",
        "tel 070 555 01 23",
        "-",
        "woord " * 666 + "vier",
    ):
        lijst.add(opmerking=text)
        yield None
    for naam in ("Aleida Leeg", "Piet Geen", "Nel van 't Niet"):
        lijst.add(Naam_inwoner=naam)
        yield None
    for text in ("nvt", "n.v.t.", "-", "geen"):
        lijst.add(Doorverwezen_naar=text, waarden={"doorverwezen": None})
        yield None
    lijst.add(Naam_beller="anoniem", relatie="anoniem")
    yield None
    lijst.add(Geb_datum="29-02-1936", waarden={"geboortedatum": "1936-02-29"})
    yield None
