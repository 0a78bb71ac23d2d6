"""Wat de pilot wil leren (nota, stap 3): hoe lang elke stap duurt, waar het wacht, welke weg een vraag gaat, wie doorverbindt.

Only counts, and only through one function of PostgreSQL (migration 0010): no row about a person comes this way, whoever asks.
"""
