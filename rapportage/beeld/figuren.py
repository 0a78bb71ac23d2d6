"""Figuren: een plan en de cijfers worden een titel die de bevinding zegt, een tekening, een zin eronder en een tabel."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from rapportage.beeld import kaart as kaarten
from rapportage.beeld.bron import GEEN, Bron, Snede
from rapportage.beeld.dagen import Stap, dagen, in_words
from rapportage.beeld.figuur import BREEDTE, Figuur, Getal, Tabel, frame, missing, source
from rapportage.beeld.keuze import VAKER, NietGeboden
from rapportage.beeld.plannen import Plan
from rapportage.beeld.zinnen import (
    decimal,
    euro,
    in_line,
    inside,
    ranked,
    rates,
    slower,
    spread,
    sure_amount,
    words,
)
from rapportage.doorlooptijden import lead_time
from rapportage.models import Periode
from rapportage.tijdvak import Tijdvak
from skt.kern.gebieden import Gebied
from skt.web.grafieken import KLEIN, figure
from skt.web.verloop import Lijn, verloop

LOS = 3
"""So many counts too small to show are drawn one by one; more of them stand together."""


def build(bron: Bron, plannen: Sequence[Plan]) -> list[Figuur]:
    """The figures of these plans, in their order; one that isn't there says why."""
    return [_build(bron, plan) for plan in plannen]


def _build(bron: Bron, plan: Plan) -> Figuur:
    plaats = bron.find(plan.tabel)
    if isinstance(plaats, NietGeboden):
        return missing(plan, plaats)
    nu = bron.cut(plan.tabel)
    if nu is None:
        return missing(plan, NietGeboden(f"Over {bron.tijdvak.naam} is deze figuur er niet."))
    return _BOUWERS[plan.soort](bron, plan, nu)


# -- what the title says


def finding(bron: Bron, plan: Plan, nu: Snede, *, zonder: Sequence[str] = ()) -> str:
    """What is counted, with the largest sure difference with the period beside it."""
    eerder = bron.cut(plan.tabel, bron.keuze.eerder)
    if not any(aantal for s in (nu, eerder) if s for w, aantal in s.waarden.items() if w not in zonder):
        return f"{plan.titel}: overal minder dan 10"
    if eerder is None:
        return plan.titel
    rijen = [
        (waarde, bron.compare(aantal, eerder.waarden[waarde], nu, eerder))
        for waarde, aantal in nu.waarden.items()
        if waarde not in zonder and waarde in eerder.waarden
    ]
    if not rijen:
        return plan.titel
    waarde, grootste = max(rijen, key=lambda rij: abs(rij[1].verschil))
    if not grootste.zeker:
        return _alike(bron, plan)
    return f"{plan.titel}: {in_line(nu, waarde)} van {words(grootste.eerder)} naar {words(grootste.nu)}"


def _alike(bron: Bron, plan: Plan) -> str:
    return f"{plan.titel}: geen duidelijk verschil met {bron.keuze.eerder.in_zin}"


# -- drawings


def _bars(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    eerder = bron.cut(plan.tabel, bron.keuze.eerder)
    rijen, klein = [], []
    for waarde, aantal in ranked(nu):
        if waarde in plan.zonder:
            continue
        rij: dict[str, Any] = {"label": nu.label(waarde), "waarden": [aantal]}
        if eerder is not None and waarde in eerder.waarden:
            was = eerder.waarden[waarde]
            if bron.compare(aantal, was, nu, eerder).zeker:
                rij["vorige"] = was
        if aantal is None and "vorige" not in rij:
            klein.append(waarde)
        rijen.append(rij)
    if len(klein) == len(rijen):
        rijen, klein = [], []
    elif len(klein) > LOS:
        rijen = [rij for rij in rijen if rij["waarden"] != [None] or "vorige" in rij]
        rijen.append({"label": f"Nog {len(klein)}", "waarden": [None], "tekst": f"elk {KLEIN}"})
    else:
        klein = []
    legenda = [{"soort": "vlak", "label": nu.tijdvak.naam}]
    if any("vorige" in rij for rij in rijen):
        legenda.append(
            {"soort": "vorige", "label": f"{bron.keuze.eerder.naam}, waar het duidelijk anders was"}
        )
    return Figuur(
        titel=finding(bron, plan, nu, zonder=plan.zonder),
        onder=f"{plan.onder}, {nu.tijdvak.naam}.",
        soort="staven" if rijen else "",
        grafiek={"reeksen": [nu.tijdvak.naam], "rijen": rijen, "breedte": BREEDTE[plan.breedte]},
        legenda=legenda if len(legenda) > 1 else (),
        tabel=_compared(bron, plan, nu),
        **frame(plan, nu, klein=klein),
    )


def _columns(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    """Small multiples: the same scale for each value, the last periods next to each other."""
    reeks = bron.series(plan.tabel)
    waarden, zonder = _chosen(plan, nu)
    labels = [snede.tijdvak.kort for snede in reeks]
    rijen = [[nu.label(w), *(snede.get(w) for snede in reeks)] for w in waarden]
    klein = [w for w in waarden if not any(snede.waarden.get(w) for snede in reeks)]
    if len(klein) <= LOS and len(klein) < len(waarden):
        klein = []
    getekend = [w for w in waarden if w not in klein]
    return Figuur(
        titel=finding(bron, plan, nu, zonder=zonder),
        onder=f"{_span(reeks).capitalize()}. Overal dezelfde schaal.",
        soort="kolommen" if getekend else "",
        grafiek=[
            {"titel": nu.label(w), "labels": labels, "waarden": [snede.get(w) for snede in reeks]}
            for w in getekend
        ],
        legenda=[{"soort": "vlak", "label": nu.tijdvak.naam}, {"soort": "eerder", "label": "eerder"}]
        if getekend
        else (),
        tabel=Tabel(
            f"{plan.titel}, {_span(reeks)}", [nu.kenmerken[0].titel, *(s.tijdvak.kort for s in reeks)], rijen
        ),
        **frame(plan, nu, waarden, klein=klein if getekend else ()),
    )


def _line_of_all(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    reeks = bron.series(plan.tabel)
    eerder = bron.cut(plan.tabel, bron.keuze.eerder)
    titel = plan.titel
    if eerder is not None:
        vergelijking = bron.compare(nu.totaal, eerder.totaal, nu, eerder)
        titel = (
            f"{inside(nu.tijdvak).capitalize()} {vergelijking.woord} {plan.wat} dan {inside(eerder.tijdvak)}"
            if vergelijking.zeker
            else _alike(bron, plan)
        )
    lijn = Lijn(plan.wat, [snede.totaal for snede in reeks], nu.grens)
    return _lines(plan, nu, reeks, [lijn], titel, [["Meldingen", *lijn.waarden]])


def _chosen(plan: Plan, nu: Snede) -> tuple[list[str], list[str]]:
    """The values that are drawn, and those that are not."""
    waarden = [w for w in nu.waarden if (w in plan.alleen if plan.alleen else w not in plan.zonder)]
    return waarden, [w for w in nu.waarden if w not in waarden]


def _line_per_value(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    waarden, zonder = _chosen(plan, nu)
    reeks = [snede for snede in bron.series(plan.tabel) if snede.waarden.keys() >= {*waarden[:3]}]
    lijnen = [Lijn(nu.label(w), [snede.waarden[w] for snede in reeks], nu.grens) for w in waarden[:3]]
    return _lines(
        plan,
        nu,
        reeks,
        lijnen,
        finding(bron, plan, nu, zonder=zonder),
        [[lijn.naam, *lijn.waarden] for lijn in lijnen],
    )


def _lines(
    plan: Plan, nu: Snede, reeks: Sequence[Snede], lijnen: Sequence[Lijn], titel: str, rijen: Sequence[Any]
) -> Figuur:
    kop = [nu.kenmerken[0].titel if nu.kenmerken else "Wat", *(snede.tijdvak.kort for snede in reeks)]
    alleen = _chosen(plan, nu)[0] if nu.kenmerken else None
    return Figuur(
        titel=titel,
        onder=f"{plan.onder}, {_span(reeks)}.",
        beeld=verloop([snede.tijdvak.kort for snede in reeks], lijnen, BREEDTE[plan.breedte]),
        tabel=Tabel(f"{plan.titel}, {_span(reeks)}", kop, rijen),
        **frame(plan, nu, alleen),
    )


def _map(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    waarden, namen = nu.waarden, {str(g.value): nu.label(str(g.value)) for g in Gebied}
    if not waarden.keys() >= namen.keys():
        return missing(
            plan, NietGeboden(f"De gebieden van {nu.tijdvak.jaar} waren andere dan die op onze kaart.")
        )
    titel, wat = plan.titel, plan.wat
    keuzes: Sequence[tuple[str, str, bool]] = ()
    if plan.kies:
        vakken = bron.catalogi[nu.tijdvak.jaar].kenmerken[plan.kies].vakken
        gekozen = dict(vakken)[bron.keuze.kaart].lower()
        titel, wat = f"{titel}: {gekozen}", f"{wat} over {gekozen}"
        keuzes = [(waarde, label, waarde == bron.keuze.kaart) for waarde, label in vakken]
    op_kaart = {code: waarden[code] for code in namen}
    klassen = kaarten.classes(op_kaart)
    (eerste, meest), (_, daarna) = sorted(op_kaart.items(), key=lambda rij: -(rij[1] or 0))[:2]
    zeker = bron.compare(meest, daarna, nu, nu).zeker
    return Figuur(
        titel=f"De meeste {wat} komen uit {namen[eerste]} ({figure(meest)})" if zeker else titel,
        kies=keuzes,
        onder=f"{plan.onder}, {nu.tijdvak.naam}.",
        beeld=kaarten.kaart(op_kaart, namen),
        legenda=[{"teken": kaarten.legend_sign(k.nummer), "label": k.label} for k in klassen],
        tabel=_compared(bron, plan, nu),
        tabel_open=True,
        **frame(plan, nu) | {"bron": f"{source(nu)}; {kaarten.BRON}"},
    )


def _rates(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    """Per 1,000 inwoners of the same year; without those, no rate."""
    inwoners = bron.bevolking.get(nu.tijdvak.jaar)
    if not inwoners:
        return missing(
            plan,
            NietGeboden(
                f"De inwoners per gebied van {nu.tijdvak.jaar} zijn niet ingelezen. Zonder die cijfers rekenen we niets per 1.000 "
                "inwoners; met die van een ander jaar ook niet."
            ),
        )
    per_gebied = rates(nu, inwoners)
    rijen: list[list[Getal]] = []
    for code in map(str, Gebied.values):
        deel = per_gebied.get(code)
        woorden = (
            [decimal(deel.getal), f"{decimal(deel.laag)} tot {decimal(deel.hoog)}"] if deel else [GEEN] * 2
        )
        rijen.append([nu.label(code), nu.get(code), inwoners.get(code, 0), *woorden])
    volgorde = sorted(per_gebied, key=lambda code: -per_gebied[code].getal)
    zeker = "Alle aantallen zijn kleiner dan 10: daar rekenen we niet mee."
    titel = plan.titel
    if volgorde:
        meest = per_gebied[volgorde[0]]
        zeker = (
            f"In {nu.label(volgorde[0])} zijn het er in het echt {decimal(meest.laag)} tot {decimal(meest.hoog)} "
            "per 1.000 inwoners."
        )
        if all(meest.laag > per_gebied[code].hoog for code in volgorde[1:]):
            titel = f"{plan.titel}: de meeste in {nu.label(volgorde[0])} ({decimal(meest.getal)})"
    return Figuur(
        titel=titel,
        onder=f"{plan.onder}, {nu.tijdvak.naam}.",
        soort="staven",
        grafiek={
            "reeksen": ["per 1.000"],
            "breedte": BREEDTE[plan.breedte],
            "rijen": [
                {
                    "label": nu.label(code),
                    "waarden": [round(per_gebied[code].getal)],
                    "tekst": decimal(per_gebied[code].getal),
                }
                for code in volgorde
            ],
        },
        tabel=Tabel(
            f"{plan.titel}, {nu.tijdvak.naam}",
            [nu.kenmerken[0].titel, "Meldingen", "Inwoners", "Per 1.000", "In het echt tussen"],
            rijen,
        ),
        **frame(plan, nu)
        | {
            "zin": format_html("{} <b>Hoe zeker:</b> {}", plan.betekenis, zeker),
            "bron": f"{source(nu)}; inwoners: CBS, 1 januari {nu.tijdvak.jaar}",
        },
    )


def _amounts(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    """What was granted, of the values that may be told; the others say that they may not."""
    bedragen = bron.bedragen.get((plan.blad, bron.tijdvak))
    if bedragen is None:
        waarom = (
            f"Over {bron.tijdvak.naam} zijn er geen bedragen vastgezet."
            if bron.tijdvak.soort == Periode.JAAR
            else f"Bedragen zijn er alleen per jaar: {VAKER[bron.tijdvak.soort]} staan er te weinig mensen achter."
        )
        return missing(
            plan, NietGeboden(waarom, None if bron.tijdvak.soort == Periode.JAAR else Periode.JAAR)
        )
    eerder = bron.bedragen.get((plan.blad, bron.tijdvak.year_before()), {})
    volgorde = sorted(bedragen, key=lambda waarde: -bedragen[waarde].samen)
    rijen: list[list[Getal]] = [
        [
            nu.label(w),
            nu.waarden[w],
            euro(b.gemiddeld),
            euro(b.samen),
            euro(eerder[w].samen) if w in eerder else GEEN,
        ]
        for w in volgorde
        for b in (bedragen[w],)
    ]
    rijen += [
        [nu.label(w), n, "zeggen we niet", "zeggen we niet", GEEN]
        for w, n in nu.waarden.items()
        if w not in bedragen
    ]
    titel = f"{plan.titel}: achter geen bedrag staan genoeg mensen"
    zeker = SafeString(plan.betekenis)
    if volgorde:
        meest = volgorde[0]
        titel = f"{plan.titel}: {in_line(nu, meest)} {euro(bedragen[meest].samen)}"
        zeker = format_html(
            "{} <b>Hoe zeker:</b> Bij ‘{}’ staat {}. {}",
            plan.betekenis, nu.label(meest), euro(bedragen[meest].samen), sure_amount(nu, meest, bedragen[meest]),
        )  # fmt: skip
    return Figuur(
        titel=titel,
        onder=f"{plan.onder}, {nu.tijdvak.naam}.",
        soort="staven" if volgorde else "",
        grafiek={
            "reeksen": ["euro"],
            "breedte": BREEDTE[plan.breedte],
            "rijen": [
                {"label": nu.label(w), "waarden": [bedragen[w].samen], "tekst": euro(bedragen[w].samen)}
                for w in volgorde
            ],
        },
        tabel=Tabel(
            f"{plan.titel}, {nu.tijdvak.naam}",
            [nu.kenmerken[0].titel, "Mensen", "Per mens", "Samen", f"Samen, {nu.tijdvak.year_before().kort}"],
            rijen,
        ),
        **frame(plan, nu) | {"zin": zeker, "marge": "", "bestand": (nu.tijdvak.code, plan.blad)},
        alleen_csv=True,
    )


def _lead_times(bron: Bron, plan: Plan, nu: Snede) -> Figuur:
    """Median and p90 per step, from the published classes of days."""
    eerder = bron.cut(plan.tabel, bron.keuze.eerder)
    stappen, rijen, titel = [], [], _alike(bron, plan) if eerder is not None else plan.titel
    gelijk = titel
    namen = dict(nu.kenmerken[0].vakken)
    for code in dict.fromkeys(cel[0] for cel in nu.cellen):
        klassen = spread(nu, code) or {}
        tijd, was = lead_time(klassen), lead_time(spread(eerder, code) or {})
        naam = namen.get(code, code)
        stappen.append(
            Stap(naam, tijd.mediaan, tijd.p90, meest_bekend=tijd.p90_bekend)
            if tijd
            else Stap(naam, None, None, bekend=False)
        )
        meest = in_words(tijd.p90) if tijd and tijd.p90_bekend else "te weinig"
        kolommen = [in_words(tijd.mediaan) if tijd else "te weinig", meest]
        rijen.append([naam, *kolommen, in_words(was.mediaan) if was else GEEN])
        if tijd and was and eerder is not None and titel == gelijk:
            kant = slower(klassen, nu.grens, spread(eerder, code) or {}, eerder.grens)
            if kant:
                woord = "langer" if kant > 0 else "korter"
                stap = naam[:1].lower() + naam[1:]
                titel = (
                    f"{plan.titel}: {stap} {woord}, van {in_words(was.mediaan)} naar {in_words(tijd.mediaan)}"
                )
    return Figuur(
        titel=titel,
        onder=f"{plan.onder}, {nu.tijdvak.naam}.",
        beeld=dagen(stappen),
        legenda=[
            {"soort": "vlak", "label": "de helft is klaar"},
            {"soort": "arcering", "label": "negen van de tien zijn klaar"},
        ],
        tabel=Tabel(
            f"{plan.titel}, {nu.tijdvak.naam}",
            ["Stap", "De helft binnen", "Negen van de tien binnen", f"De helft, {bron.keuze.eerder.kort}"],
            rijen,
        ),
        **frame(plan, nu)
        | {
            "zin": SafeString(
                f"{plan.betekenis} Een verschil noemen we pas als het afronden het niet kan verklaren."
            )
        },
    )


# -- around it


def _compared(bron: Bron, plan: Plan, nu: Snede) -> Tabel:
    """Now, the period before and a year ago, and whether the difference with what was chosen is sure."""
    naast = [t for t in _neighbours(bron.tijdvak) if bron.cut(plan.tabel, t) is not None]
    sneden = {t: bron.cut(plan.tabel, t) for t in naast}
    gekozen = sneden.get(bron.keuze.eerder)
    verschil = [f"Verschil met {bron.keuze.eerder.kort}"] if gekozen is not None else []
    rijen: list[list[Getal]] = []
    for waarde, aantal in ranked(nu):
        if waarde in plan.zonder:
            continue
        rij: list[Getal] = [nu.label(waarde), aantal]
        rij += [snede.get(waarde) for snede in sneden.values() if snede is not None]
        if gekozen is not None:
            bekend = waarde in gekozen.waarden
            rij.append(bron.compare(aantal, gekozen.waarden[waarde], nu, gekozen).woord if bekend else GEEN)
        rijen.append(rij)
    return Tabel(
        f"{plan.titel}, {nu.tijdvak.naam}",
        [nu.kenmerken[0].titel, nu.tijdvak.kort, *(t.kort for t in naast), *verschil],
        rijen,
        _foot(bron, plan, naast, gekozen),
    )


def _foot(bron: Bron, plan: Plan, naast: Sequence[Tijdvak], gekozen: Snede | None) -> Sequence[Getal]:
    """All together, where that is a published number itself: a sum of cells would have another margin."""
    samen = bron.cut(plan.totaal) if plan.totaal else None
    if samen is None or samen.kenmerken:
        return ()
    rij: list[Getal] = ["Samen", samen.totaal]
    for tijdvak in naast:
        toen = bron.cut(plan.totaal, tijdvak)
        rij.append(toen.totaal if toen else GEEN)
    if gekozen is not None:
        toen = bron.cut(plan.totaal, gekozen.tijdvak)
        rij.append(bron.compare(samen.totaal, toen.totaal, samen, toen).woord if toen else GEEN)
    return rij


def _neighbours(tijdvak: Tijdvak) -> list[Tijdvak]:
    return list(dict.fromkeys([tijdvak.previous(), tijdvak.year_before()]))


def _span(reeks: Sequence[Snede]) -> str:
    if len(reeks) == 1:
        return reeks[0].tijdvak.naam
    return f"{reeks[0].tijdvak.naam} tot en met {reeks[-1].tijdvak.naam}"


_BOUWERS = {
    "staven": _bars,
    "kolommen": _columns,
    "verloop": _line_of_all,
    "lijnen": _line_per_value,
    "kaart": _map,
    "per_duizend": _rates,
    "dagen": _lead_times,
    "bedragen": _amounts,
}
