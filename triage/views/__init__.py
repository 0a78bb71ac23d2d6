"""De pagina's van triage, het bord en het aanmeldoverleg."""
