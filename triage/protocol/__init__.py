"""Protocollen: regels als gegevens die een advies geven, met erbij waarom. De professional beslist.

`regels` leest en schrijft ze, `weging` past ze toe op één melding, `nakijken` vindt wat elkaar tegenspreekt of nooit aan bod
komt. Hier wordt niets uit de database gelezen en niets geschreven.
"""
