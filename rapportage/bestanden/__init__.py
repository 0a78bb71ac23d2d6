"""Gepubliceerde cijfers als bestand om te bewaren of door te geven: rekenbladen, beelden en PDF.

The same frozen numbers give the same bytes, whoever asks and whenever. Nothing here reads a database.
"""
