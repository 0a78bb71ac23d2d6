"""Which connection does what: everything reads and writes as the site's role; only the owner migrates."""

from typing import Any


class EigenaarMigreert:
    """Database router: four aliases of one database, and migrations through one of them."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        """Read through `default` (role skt_web), unless a query says using()."""
        return "default"

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        """Write through `default` (role skt_web)."""
        return "default"

    def allow_relation(self, _obj1: Any, _obj2: Any, **_hints: Any) -> bool:
        """All aliases are the same database, so any relation may exist."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool:
        """Only the owner makes or changes tables."""
        return db == "eigenaar"
