"""De gepubliceerde cijfers als open data: dezelfde CSV-bestanden, beschreven in woorden die andere gemeenten ook gebruiken."""
