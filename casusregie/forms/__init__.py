"""De formulieren van casusregie: velden en indeling, geen regels van het domein."""
