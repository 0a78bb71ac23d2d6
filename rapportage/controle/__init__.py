"""De controleur: ziet alleen wat gepubliceerd is, en deelt geen regel code met wie het maakt.

`check_uitgave` takes the files of an export (name → bytes), with catalogus.json among them. It asserts, per file: the
bytes are those that were frozen, every cell of the classification is there once, nothing between 1 and 9 is published,
everything is a multiple of five. Between files: tables add up over features and over time, no more people than
questions, no more mentions than questions. And over all releases together: what an attacker can work out (programma).
"""

from rapportage.controle.controle import Bevinding, Verslag, check, check_uitgave

__all__ = ["Bevinding", "Verslag", "check", "check_uitgave"]
