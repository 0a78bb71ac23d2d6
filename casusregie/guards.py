"""Voorwaarden bij de overgangen van een casus; '' als het mag, anders de zin die zegt waarom niet."""

from typing import Any


def has_regisseur(casus: Any) -> str:
    if casus.lopende_toewijzing("casusregie"):
        return ""
    return "Wijs eerst een casusregisseur aan."


def has_no_open_acties(casus: Any) -> str:
    aantal = casus.acties.open().count()
    if not aantal:
        return ""
    return (
        f"Er staan nog {aantal} acties open. Rond ze af of laat ze vervallen."
        if aantal > 1
        else ("Er staat nog één actie open. Rond haar af of laat haar vervallen.")
    )


def has_no_open_doelen(casus: Any) -> str:
    aantal = casus.doelen.open().count()
    if not aantal:
        return ""
    return (
        f"Er staan nog {aantal} doelen open. Schrijf per doel op hoe het eindigt, of laat het vervallen."
        if aantal > 1
        else "Er staat nog één doel open. Schrijf op hoe het eindigt, of laat het vervallen."
    )


def has_no_planned_nazorg(casus: Any) -> str:
    if not casus.nazorg.filter(uitgevoerd_op__isnull=True).exists():
        return ""
    return "Er is nog nazorg gepland. Schrijf eerst het resultaat daarvan op."


def redt_zich(casus: Any) -> str:
    # Het laatste resultaat telt, niet een van vóór een terugval.
    gedaan = casus.nazorg.filter(uitgevoerd_op__isnull=False).order_by("-uitgevoerd_op", "-pk").first()
    if gedaan is not None and gedaan.resultaat == "redt zich zonder hulp":
        return ""
    return "Een casus gaat pas dicht als bij de nazorg blijkt dat de inwoner zich zonder hulp redt."
