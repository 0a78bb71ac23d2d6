"""Lock 2: row-level security as migration operations. The words of a policy live here, once.

Each `(SELECT f())` is evaluated once per statement (measured: a function per row costs a factor ten on a count).
`IK` is whoever acts, as long as a placement with a dossierrol runs: who left, or now makes policy, is nobody to a dossier,
also where their name still stands. `WIE` is whoever acts, in any role: only for what isn't about a resident.
"""

from typing import Any

from django.db import migrations

SYSTEEM = "(SELECT skt_context()) = 0"
WIE = "(SELECT skt_context())"
IK = "(SELECT skt_ik())"
ORGANISATIES = "((SELECT skt_organisaties())::bigint[])"
TEAMS = "((SELECT skt_teams('teamlid', 'casusregisseur', 'procesregisseur', 'teamcoordinator'))::bigint[])"
MIJN_COORDINATIE = "((SELECT skt_teams('teamcoordinator'))::bigint[])"
AAN_HET_LOKET = "(SELECT skt_heeft_rol('loketprofessional', 'zorgregisseur'))"
TOEGANG = "(SELECT skt_heeft_rol('zorgregisseur'))"
MET_DOSSIERS = "(SELECT cardinality(skt_organisaties()) > 0)"

INWONER_ZICHTBAAR = f"""
    (zonder_dossier AND aangemaakt_door_id = {IK})
    OR (aan_het_loket AND {AAN_HET_LOKET})
    OR (bij_de_toegang AND {TOEGANG})
    OR lees_organisaties && {ORGANISATIES}
    OR lees_teams && {TEAMS}
    OR lees_coordinaties && {MIJN_COORDINATIE}
    OR {IK} = ANY(lees_medewerkers)
"""
"""By which an inwoner is visible, an emergency apart."""


class Protect(migrations.RunSQL):
    """Put a table about people behind row-level security; nothing is visible or writable beyond these policies.

    read, insert, update and delete are SQL conditions; one left out means: nobody. `update_check` is what a row may become
    (as `update` when left out). The system (a task or a check with a
    reason) may read, and write what a person could write; delete also needs a GRANT.
    """

    def __init__(
        self,
        table: str,
        *,
        read: str,
        insert: str = "",
        update: str = "",
        update_check: str = "",
        delete: str = "",
        systeem: bool = True,
    ) -> None:
        forward = [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        ]
        reverse = [
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]
        for name, command, condition, template in (
            ("lezen", "SELECT", read, "USING ({0})"),
            ("toevoegen", "INSERT", insert, "WITH CHECK ({0})"),
            ("wijzigen", "UPDATE", update, "USING ({0}) WITH CHECK ({1})"),
            ("wissen", "DELETE", delete, "USING ({0})"),
        ):
            if not condition:
                continue
            whole, after = (
                f"{SYSTEEM} OR ({part})" if systeem else part
                for part in (condition, update_check or condition)
            )
            forward.append(
                f"CREATE POLICY {table}_{name} ON {table} FOR {command} " + template.format(whole, after)
            )
            reverse.insert(0, f"DROP POLICY {table}_{name} ON {table}")
        super().__init__(";\n".join(forward) + ";", ";\n".join(reverse) + ";", elidable=False)


class PointAtVisible(migrations.RunSQL):
    """What a new row points at must be visible to who writes it, on top of Protect.

    A dossier opens its inwoner and its melding to others, so pointing at somebody unseen would be a way to see them; a
    foreign key asks nothing. `vast` are the columns that point, and never point elsewhere afterwards; with `ook_later`
    the condition is asked again of each changed row.
    """

    def __init__(
        self, table: str, condition: str, *, vast: tuple[str, ...] = (), ook_later: bool = False
    ) -> None:
        whole = f"{SYSTEEM} OR ({condition})"
        forward = [f"CREATE POLICY {table}_wijst ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({whole})"]
        reverse = [f"DROP POLICY {table}_wijst ON {table}"]
        if ook_later:
            forward.append(
                f"CREATE POLICY {table}_wijst_later ON {table} AS RESTRICTIVE FOR UPDATE WITH CHECK ({whole})"
            )
            reverse.append(f"DROP POLICY {table}_wijst_later ON {table}")
        if vast:
            columns = ", ".join(vast)
            words = ", ".join(f"'{column}'" for column in vast)
            forward.append(
                f"CREATE TRIGGER {table}_wijst_vast BEFORE UPDATE OF {columns} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION skt_vaste_verwijzing({words})"
            )
            reverse.append(f"DROP TRIGGER {table}_wijst_vast ON {table}")
        super().__init__(";\n".join(forward) + ";", ";\n".join(reverse) + ";")


class Grant(migrations.RunSQL):
    """An exception to the default privileges (SELECT, INSERT, UPDATE for skt_web; nothing for the others)."""

    def __init__(self, privileges: str, what: str, role: str = "skt_web") -> None:
        super().__init__(
            f"GRANT {privileges} ON {what} TO {role};", f"REVOKE {privileges} ON {what} FROM {role};"
        )


class Revoke(migrations.RunSQL):
    """Take a default privilege away."""

    def __init__(self, privileges: str, what: str, role: str = "skt_web") -> None:
        super().__init__(
            f"REVOKE {privileges} ON {what} FROM {role};", f"GRANT {privileges} ON {what} TO {role};"
        )


class CreateFunction(migrations.RunSQL):
    """A SECURITY DEFINER function with a fixed search_path; `als_systeem` lets it see past row-level security.

    Only functions that answer a narrow question, or keep a derived column, may be made this way. `public` means that the
    site may call it; what skt_rapport needs too (behind a view of it) is a Grant of its own, and skt_beleid calls none.
    """

    def __init__(
        self,
        signature: str,
        returns: str,
        body: str,
        *,
        declare: str = "",
        volatility: str = "STABLE",
        als_systeem: bool = False,
        public: bool = False,
    ) -> None:
        name = signature.split("(", maxsplit=1)[0]
        arguments = signature[len(name) :]
        if als_systeem:
            declare = f"{declare} _vorige text := coalesce(current_setting('skt.context', true), '');"
            volatility = "VOLATILE"
            body = f"PERFORM set_config('skt.context', skt_systeemtoken(), true);\n{body}"
        forward = (
            f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE plpgsql {volatility} SECURITY DEFINER\n"
            f"{'PARALLEL SAFE' if volatility != 'VOLATILE' else ''} SET search_path = public, pg_temp AS $functie$\n"
            f"DECLARE {declare or '_niets boolean;'}\nBEGIN\n{body}\nEND $functie$;"
        )
        function = f"FUNCTION {name}{_types(arguments)}"
        forward += f"\nREVOKE EXECUTE ON {function} FROM PUBLIC;"
        if public:
            forward += f"\nGRANT EXECUTE ON {function} TO skt_web;"
        super().__init__(forward, f"DROP {function};")


class DropFunction(CreateFunction):
    """Away with a function made by CreateFunction with these very arguments; going back makes it again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sql, self.reverse_sql = str(self.reverse_sql), self.sql


TERUG = "PERFORM set_config('skt.context', _vorige, true);"
"""Last words of an `als_systeem` function before it returns: give the caller its own context back."""


def _types(arguments: str) -> str:
    """'(a text, VARIADIC b text[])' → '(text, VARIADIC text[])'."""
    inner = arguments.strip()[1:-1].strip()
    if not inner:
        return "()"
    parts = []
    for part in inner.split(","):
        words = part.split()
        variadic = words[0] == "VARIADIC"
        parts.append(("VARIADIC " if variadic else "") + words[-1])
    return f"({', '.join(parts)})"


class GuardDerived(migrations.RunSQL):
    """Columns only the database itself keeps: what anybody else writes there is put back, without an error.

    Two reasons: a stale `save()` must not undo what a trigger just wrote, and an injected UPDATE must not widen who may read.
    """

    def __init__(self, table: str, *columns: str, naam: str = "afgeleid") -> None:
        """`naam` tells the columns of a later migration from those of an earlier one."""
        names = ", ".join(columns)
        arguments = ", ".join(f"'{column}'" for column in columns)
        super().__init__(
            f"CREATE TRIGGER a_{table}_{naam} BEFORE INSERT OR UPDATE OF {names} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION skt_bewaak_afgeleid({arguments});",
            f"DROP TRIGGER a_{table}_{naam} ON {table};",
        )


class HideFrom(migrations.RunSQL):
    """On top of Protect: a row doesn't exist for whoever stands in its array `column`, whatever else lets them through."""

    def __init__(self, table: str, column: str) -> None:
        super().__init__(
            f"CREATE POLICY {table}_verborgen ON {table} AS RESTRICTIVE"
            f" USING ({SYSTEEM} OR ({IK} = ANY({column})) IS NOT TRUE);",
            f"DROP POLICY {table}_verborgen ON {table};",
        )
