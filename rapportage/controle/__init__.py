"""De controleur: deelt geen regel code met wie de cijfers maakt, en ziet alleen wat gepubliceerd is.

`check_uitgave` takes the files of an export (name → bytes), with catalogus.json among them. It asserts, per file: the
bytes are those that were frozen, every cell of the classification is there once, nothing between 1 and 9 is published,
everything is a multiple of five. Between files: tables add up over features and over time, no more people than
questions, no more mentions than questions. And over all releases together: what an attacker can work out (programma).

That is all `check` ever sees of what was published before. In the transaction that closes a month, on the owner's side, it
also gets the maker's finest cells and the true ones (getuige): whether every published number is within the bound of the
truth can't be seen from files.
"""

from rapportage.controle.controle import Bevinding, Verslag, check, check_uitgave

__all__ = ["Bevinding", "Verslag", "check", "check_uitgave"]
