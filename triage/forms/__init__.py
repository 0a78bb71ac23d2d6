"""De formulieren van triage, het bord en het overleg."""
