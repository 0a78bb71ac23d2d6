"""Van gepubliceerde getallen naar zinnen. Een verschil heet pas een verschil als het afronden alleen het niet kan verklaren."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from rapportage.bedragen import Bedrag
from rapportage.beeld.bron import Bron, Snede, Vergelijking
from rapportage.beeld.dagen import in_words
from rapportage.beeld.plannen import Plan, Zin
from rapportage.doorlooptijden import KLASSEN, lead_time
from rapportage.queries import bounds, shown
from rapportage.tijdvak import Tijdvak
from skt.kern.gebieden import Gebied
from skt.web.grafieken import figure
from skt.web.leefgebieden import enumerate_words


def words(aantal: int | None) -> str:
    """The number in a running sentence."""
    return "minder dan 10" if aantal is None else figure(aantal)


def inside(tijdvak: Tijdvak) -> str:
    """in oktober 2026, in het 4e kwartaal van 2026, in 2026"""
    return f"in {tijdvak.in_zin}"


# -- shares


@dataclass(frozen=True)
class Deel:
    """A share of published numbers, and between which the true share lies."""

    procent: int
    laag: int
    hoog: int

    def differs(self, ander: "Deel") -> bool:
        return self.laag > ander.hoog or self.hoog < ander.laag


def share(teller: int | None, totaal: int | None, grens: int) -> Deel | None:
    """None for a part or a whole that is too small to show."""
    if teller is None or totaal is None:
        return None
    rest = max(0, totaal - teller)
    laag = Fraction(max(0, teller - grens), max(1, max(0, teller - grens) + rest + 2 * grens))
    hoog = Fraction(teller + grens, max(1, teller + grens + max(0, rest - 2 * grens)))
    procent = min(100, round(Fraction(100 * teller, totaal)))
    return Deel(procent, int(100 * laag), min(100, -int(-100 * hoog // 1)))


# -- lead times


def spread(snede: Snede | None, stap: str) -> dict[str, int] | None:
    """The published numbers per class of days of one step, for `lead_time` and `slower`: those tell what is shown, and no more."""
    if snede is None:
        return None
    gevonden = {cel[-1]: aantal for cel, aantal in snede.cellen.items() if cel[0] == stap}
    return gevonden or None


def median_bounds(aantallen: Mapping[str, int], grens: int) -> tuple[str, str] | None:
    """The classes between which the median lies, whatever the true numbers are; None when nothing can be said.

    From what is shown: of a class too small to show only that it is.
    """
    minst, meest = zip(
        *(bounds(shown(aantallen.get(klasse, 0)), grens) for klasse, _, _ in KLASSEN), strict=True
    )
    laag, hoog = _first_half(meest, minst), _first_half(minst, meest)
    return None if laag is None or hoog is None else (laag, hoog)


def _first_half(eerst: Sequence[int], later: Sequence[int]) -> str | None:
    """The class of the median, with the numbers of `eerst` up to it and those of `later` behind it."""
    for index, (klasse, _, _) in enumerate(KLASSEN):
        tot_hier, erna = sum(eerst[: index + 1]), sum(later[index + 1 :])
        if tot_hier + erna and tot_hier >= erna:
            return klasse
    return None


# -- the sentences above the figures


def sentences(bron: Bron, zinnen: tuple[Zin, ...]) -> list[dict[str, Any]]:
    gemaakt = [_MAKERS[zin.soort](bron, zin) for zin in zinnen]
    return [zin for zin in gemaakt if zin]


def _earlier_words(vergelijking: Vergelijking, eerder: Tijdvak) -> str:
    was = words(vergelijking.eerder)
    if vergelijking.zeker:
        return f"{inside(eerder).capitalize()} waren het er {was}."
    return f"Dat is niet duidelijk anders dan {inside(eerder)} ({was})."


def _total(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    nu, eerder = bron.cut(zin.tabel), bron.cut(zin.tabel, bron.keuze.eerder)
    if nu is None:
        return None
    tekst = format_html("{} {}.", _own(zin.tekst), inside(bron.tijdvak))
    if eerder is not None:
        vergelijking = bron.compare(nu.totaal, eerder.totaal, nu, eerder)
        tekst = format_html("{} {}", tekst, _earlier_words(vergelijking, bron.keuze.eerder))
    return {"getal": figure(nu.totaal), "tekst": tekst}


def _cell(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    """One cell, and how it was before."""
    nu, eerder = bron.cut(zin.tabel), bron.cut(zin.tabel, bron.keuze.eerder)
    if nu is None or zin.waarde not in nu.waarden:
        return None
    aantal = nu.waarden[zin.waarde]
    tekst = format_html("{} {}.", _own(zin.tekst), inside(bron.tijdvak))
    if eerder is not None and zin.waarde in eerder.waarden:
        vergelijking = bron.compare(aantal, eerder.waarden[zin.waarde], nu, eerder)
        tekst = format_html("{} {}", tekst, _earlier_words(vergelijking, bron.keuze.eerder))
    return {"getal": figure(aantal), "tekst": tekst}


def _most(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    """The largest cell, and whether it is surely the largest."""
    nu = bron.cut(zin.tabel)
    if nu is None:
        return None
    volgorde = [rij for rij in ranked(nu) if rij[0] not in zin.zonder]
    waarde, aantal = volgorde[0]
    if aantal is None:
        return {
            "getal": figure(None),
            "tekst": format_html("{}. Te weinig om te vergelijken.", _own(zin.klein)),
        }
    zeker = len(volgorde) == 1 or bron.compare(aantal, volgorde[1][1], nu, nu).zeker
    rest = "Dat kwam het vaakst voor." if zeker else "Er is geen duidelijke uitschieter."
    eerder = bron.cut(zin.tabel, bron.keuze.eerder)
    if eerder is not None and waarde in eerder.waarden:
        vergelijking = bron.compare(aantal, eerder.waarden[waarde], nu, eerder)
        if vergelijking.zeker:
            rest += f" {_earlier_words(vergelijking, bron.keuze.eerder)}"
    tekst = format_html("{}. {}", format_html(zin.tekst, in_line(nu, waarde)), rest)
    return {"getal": figure(aantal), "tekst": tekst}


def in_line(snede: Snede, waarde: str) -> str:
    """The name of a cell in a running sentence: a place or an organisation keeps its capital."""
    label = snede.label(waarde)
    if snede.kenmerken[0].code in {"gebied", "organisatie", "doorverbonden", "wet"}:
        return label
    return label[:1].lower() + label[1:]


def ranked(snede: Snede) -> list[tuple[str, int | None]]:
    """From many to few; what is too small to show keeps the order of the catalogue."""
    return sorted(snede.waarden.items(), key=lambda rij: -(rij[1] or 0))


def _share(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    nu, eerder = _share_of(bron, zin, bron.tijdvak), _share_of(bron, zin, bron.keuze.eerder)
    if nu is None:
        return _no_share(bron, zin)
    zeker = f"Het echte deel ligt tussen {nu.laag}% en {nu.hoog}%."
    if eerder is not None:
        zeker += (
            f" {inside(bron.keuze.eerder).capitalize()} was het {eerder.procent}%."
            if nu.differs(eerder)
            else f" Dat is niet duidelijk anders dan {inside(bron.keuze.eerder)} ({eerder.procent}%)."
        )
    tekst = format_html("{}. {}", _own(zin.tekst), zeker)
    return {"getal": f"{nu.procent}%", "tekst": tekst}


def _no_share(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    """The part is too small to show: then of how many it is a part says something still, unless those are few as well."""
    snede, geheel = bron.cut(zin.tabel), bron.cut(zin.totaal) if zin.totaal else None
    if snede is None or zin.waarde not in snede.waarden:
        return None
    if geheel is None or not geheel.totaal or snede.waarden.get(zin.waarde) is not None:
        return _too_few(zin)
    tekst = format_html("{}. Samen waren het er {}.", _own(zin.tekst), figure(geheel.totaal))
    return {"getal": figure(None), "tekst": tekst}


def _share_of(bron: Bron, zin: Zin, tijdvak: Tijdvak) -> Deel | None:
    snede = bron.cut(zin.tabel, tijdvak)
    if snede is None:
        return None
    if zin.totaal:
        geheel = bron.cut(zin.totaal, tijdvak)
        return share(snede.waarden.get(zin.waarde), geheel.totaal, snede.grens) if geheel else None
    teller, rest = snede.waarden.get(zin.waarde), [a for w, a in snede.waarden.items() if w != zin.waarde]
    if teller is None or len(rest) != 1:
        return None
    return share(teller, teller + (rest[0] or 0), snede.grens)


def _days(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    snede = bron.cut(zin.tabel)
    if snede is None:
        return None
    nu = spread(snede, zin.waarde)
    tijd = lead_time(nu) if nu else None
    if tijd is None or nu is None:
        return _too_few(zin)
    tekst = format_html("{}.", _own(zin.tekst))
    eerder_snede = bron.cut(zin.tabel, bron.keuze.eerder)
    eerder = spread(eerder_snede, zin.waarde)
    was = lead_time(eerder) if eerder else None
    if was is not None and eerder is not None and eerder_snede is not None:
        anders = slower(nu, snede.grens, eerder, eerder_snede.grens)
        woorden = in_words(was.mediaan)
        rest = (
            f"{inside(bron.keuze.eerder).capitalize()} was dat {woorden}."
            if anders
            else f"Dat is niet duidelijk anders dan {inside(bron.keuze.eerder)} ({woorden})."
        )
        tekst = format_html("{} {}", tekst, rest)
    return {"getal": in_words(tijd.mediaan), "tekst": tekst}


def _too_few(zin: Zin) -> dict[str, Any] | None:
    return {"getal": "Te weinig", "tekst": format_html("{}.", _own(zin.klein))} if zin.klein else None


def _own(tekst: str) -> SafeString:
    """Words of ours, with the marks that are in them."""
    return mark_safe(tekst)  # noqa: S308


def _per_thousand(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    """The gebied with the most per 1,000 inwoners, when those are known."""
    nu = bron.cut(zin.tabel)
    per_gebied = rates(nu, bron.bevolking.get(bron.tijdvak.jaar, {})) if nu is not None else {}
    if nu is None or len(per_gebied) < 2:
        return None
    eerste, *rest = sorted(per_gebied, key=lambda gebied: -per_gebied[gebied].getal)
    meest = per_gebied[eerste]
    zeker = all(meest.laag > per_gebied[gebied].hoog for gebied in rest)
    tekst = format_html(
        "{}. {} In het echt zijn het er {} tot {}.",
        format_html(zin.tekst, nu.label(eerste)),
        "Dat is het meest." if zeker else "Er is geen duidelijke uitschieter.",
        decimal(meest.laag),
        decimal(meest.hoog),
    )
    return {"getal": decimal(meest.getal), "tekst": tekst}


@dataclass(frozen=True)
class Per1000:
    """So many per 1,000 inwoners, and between which the true number lies."""

    getal: float
    laag: float
    hoog: float


def rates(snede: Snede, inwoners: Mapping[str, int]) -> dict[str, Per1000]:
    """Per gebied that has inwoners and a number that may be shown."""
    gevonden = {}
    for gebied in map(str, Gebied.values):
        mensen, aantal = inwoners.get(gebied, 0), snede.waarden.get(gebied)
        if mensen and aantal is not None:
            laag, hoog = bounds(aantal, snede.grens)
            gevonden[gebied] = Per1000(1000 * aantal / mensen, 1000 * laag / mensen, 1000 * hoog / mensen)
    return gevonden


def _amount(bron: Bron, zin: Zin) -> dict[str, Any] | None:
    """The largest amount that may be told, in a period that has amounts."""
    nu, bedragen = bron.cut(zin.tabel), bron.bedragen.get((zin.blad, bron.tijdvak))
    if nu is None or not bedragen:
        return None
    waarde, meest = max(
        ((w, bedrag) for w, bedrag in bedragen.items() if w not in zin.zonder),
        key=lambda rij: rij[1].samen,
        default=("", None),
    )
    if meest is None:
        return None
    tekst = format_html(
        "{} {}, het hoogste bedrag. {}",
        format_html(zin.tekst, in_line(nu, waarde)),
        inside(bron.tijdvak),
        sure_amount(nu, waarde, meest),
    )
    return {"getal": euro(meest.samen), "tekst": tekst}


def sure_amount(snede: Snede, waarde: str, bedrag: Bedrag) -> str:
    """How far the rounding of the number of people carries."""
    laag, hoog = bounds(snede.waarden.get(waarde), snede.grens)
    return (
        f"Dat is {euro(bedrag.gemiddeld)} per mens; met {figure(laag)} tot en met {figure(hoog)} mensen in het echt wordt het "
        f"{euro(bedrag.gemiddeld * laag)} tot {euro(bedrag.gemiddeld * hoog)}."
    )


def euro(bedrag: int) -> str:
    return f"€ {figure(bedrag)}"


def decimal(getal: float) -> str:
    return f"{getal:.1f}".replace(".", ",")


def slower(nu: Mapping[str, int], grens_nu: int, eerder: Mapping[str, int], grens_eerder: int) -> int:
    """1 when the median surely lies in later classes than before, -1 in earlier ones, 0 when nothing is sure."""
    a, b = median_bounds(nu, grens_nu), median_bounds(eerder, grens_eerder)
    if a is None or b is None:
        return 0
    plek = {klasse: index for index, (klasse, _, _) in enumerate(KLASSEN)}
    if plek[a[0]] > plek[b[1]]:
        return 1
    return -1 if plek[a[1]] < plek[b[0]] else 0


_MAKERS = {
    "totaal": _total,
    "cel": _cell,
    "meest": _most,
    "deel": _share,
    "dagen": _days,
    "per_duizend": _per_thousand,
    "bedrag": _amount,
}


# -- the sentence below a figure


def meaning(
    plan: Plan, snede: Snede, waarden: Mapping[str, int | None], klein: Sequence[str] = ()
) -> SafeString:
    """What the figure says, and how sure it is: with the largest number of the figure as the example.

    `klein`: what was too small to be drawn by itself.
    """
    groot = max((rij for rij in waarden.items() if rij[1] is not None), key=lambda r: r[1] or 0, default=None)
    if groot is None:
        zeker = f"Alle aantallen zijn kleiner dan 10; het echte aantal is 0 tot en met {5 + snede.grens}."
    else:
        laag, hoog = bounds(groot[1], snede.grens)
        zeker = f"Bij {_named(snede, groot[0])} staat {figure(groot[1])}: in het echt zijn dat er {figure(laag)} tot en met {figure(hoog)}."
    rest = (
        f"Minder dan 10: {enumerate_words([in_line(snede, waarde) for waarde in klein])}. " if klein else ""
    )
    return format_html("{}{} <b>Hoe zeker:</b> {}", rest, plan.betekenis, zeker)


def _named(snede: Snede, waarde: str) -> str:
    return f"‘{snede.label(waarde)}’" if snede.kenmerken else "alles samen"
