"""De 21 CBS-buurten van gemeente Wassenaar (GM0629, 2022), zoals een beller ze noemt."""

from django.db import models


class Buurt(models.TextChoices):
    DRIE_PAPEGAAIEN = "BU06290000", "Drie Papegaaien"
    OUD_WASSENAAR = "BU06290001", "Oud-Wassenaar"
    NIEUW_WASSENAAR = "BU06290002", "Nieuw-Wassenaar"
    DUINDIGT = "BU06290003", "Duindigt met Groenendaal"
    OUD_CLINGENDAAL = "BU06290004", "Oud-Clingendaal"
    DE_KIEVIET = "BU06290005", "De Kieviet"
    KERKEHOUT = "BU06290006", "Kerkehout"
    KLINGENBOSCH = "BU06290007", "Klingenbosch"
    EIKENHORST = "BU06290008", "Eikenhorst"
    MEIJENDEL = "BU06290009", "Meijendel"
    DE_PAAUW = "BU06290100", "De Paauw"
    DORP = "BU06290101", "Dorp Wassenaar"
    OOSTDORP = "BU06290102", "Oostdorp"
    ZIJLWATERING = "BU06290103", "Zijlwatering en haven"
    DE_DEIJL = "BU06290104", "De Deijl"
    DEIJLEROORD = "BU06290105", "Groot Deijleroord en Ter Weer"
    RIJKSDORP = "BU06290106", "Rijksdorp met De Pan"
    MAALDRIFT = "BU06290107", "Maaldrift"
    RAAPHORST = "BU06290108", "Raaphorst en polder"
    DUINRELL = "BU06290109", "Duinrell en Wassenaarse Slag"
    WETERINGPARK = "BU06290110", "Weteringpark"


def name_of(buurtcode: str) -> str:
    """De naam bij een code; een code van elders of uit een ander jaar blijft zoals ze is."""
    return str(Buurt(buurtcode).label) if buurtcode in Buurt.values else buurtcode
