"""Alles wat de sociale kaart verandert: voorzieningen, hun controle, en wat collega's als fout melden."""

from socialekaart.services.foutmeldingen import FoutAlreadyHandled, handle_fout, report_fout
from socialekaart.services.laden import load_sociale_kaart
from socialekaart.services.voorzieningen import (
    CodeTaken,
    VoorzieningChanged,
    change_voorziening,
    check_voorziening,
    create_voorziening,
)

__all__ = [
    "CodeTaken",
    "FoutAlreadyHandled",
    "VoorzieningChanged",
    "change_voorziening",
    "check_voorziening",
    "create_voorziening",
    "handle_fout",
    "load_sociale_kaart",
    "report_fout",
]
