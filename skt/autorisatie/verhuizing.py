"""What moves along when two inwoners become one: each room says so in a migration, and PostgreSQL does it.

skt.inwoners may not import who points at an inwoner, and who confirms a merge doesn't see every row that moves; so the
register is a table that only migrations write, and one narrow function walks it (autorisatie 0010_samenvoegen). A test walks
the foreign keys of the catalogue: who points at an inwoner and isn't in the register, fails it.
"""

from django.db import migrations


class MoveWithInwoner(migrations.RunSQL):
    """Rows of `table` follow their inwoner: when two become one, back when that is undone, and when written too late.

    `uniek` is the column that with the inwoner may stand there once: of two such rows one is laid aside, and put back when it
    is undone. `vlag` is a yes that survives of either. The table has a key `id`; with `uniek` the system may delete in it.
    """

    def __init__(self, table: str, column: str, *, uniek: str = "", vlag: str = "") -> None:
        trigger = (
            f"CREATE TRIGGER b_{table}_{column}_volgt BEFORE INSERT OR UPDATE OF {column} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION inwoners_volg('{column}')"
        )
        forward = [
            f"INSERT INTO inwoners_verhuizing (tabel, kolom, uniek, vlag) VALUES ('{table}', '{column}', '{uniek}', '{vlag}')",
            trigger,
        ]
        reverse = [
            f"DROP TRIGGER b_{table}_{column}_volgt ON {table}",
            f"DELETE FROM inwoners_verhuizing WHERE tabel = '{table}' AND kolom = '{column}'",
        ]
        if uniek:
            forward.append(
                f"CREATE POLICY {table}_samenvoegen ON {table} FOR DELETE USING ((SELECT skt_context()) = 0)"
            )
            reverse.insert(0, f"DROP POLICY {table}_samenvoegen ON {table}")
        super().__init__(";\n".join(forward) + ";", ";\n".join(reverse) + ";")
