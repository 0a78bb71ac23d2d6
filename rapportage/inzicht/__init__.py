"""Wat de pilot wil leren (nota, stap 3): welke weg een vraag gaat, hoe lang elke stap duurt, wie doorverbindt, waar het wacht.

What is past comes from the frozen cubes and from nowhere else: a second count of the same things would be a second rounding
of them (docs/besluiten/0020). What waits now is counted only among the meldingen that the one who looks may open.
"""
