"""Roles, database and extensions on a PostgreSQL server: the embedded one, a container's or somebody else's.

    python -m skt.lokaal.inrichten --beheerder-url postgres://beheerder:wachtwoord@server/postgres

Safe to run again: what exists stays, passwords are set anew.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import encrypt_password

from skt.lokaal.fout import Startfout

DATABASE = "skt"
MINIMUM_VERSION = 15
EIGENAAR = "skt_eigenaar"
# Environment variable -> role. The order is that in which they are shown.
ROLES = {
    "DATABASE_URL": "skt_web",
    "DATABASE_URL_EIGENAAR": EIGENAAR,
    "DATABASE_URL_RAPPORT": "skt_rapport",
    "DATABASE_URL_BELEID": "skt_beleid",
}
DATABASE_SQL = Path(__file__).with_name("database.sql")


def connect(url: str, *, what: str) -> Connection:
    """Connect outside a transaction; a refusal is one sentence that names `what`, without the password."""
    try:
        server = psycopg2.connect(url, connect_timeout=5)
    except (psycopg2.OperationalError, psycopg2.ProgrammingError, UnicodeError) as error:
        raise Startfout(describe_refusal(error, what=what)) from error
    server.autocommit = True
    return server


def describe_refusal(error: Exception, *, what: str) -> str:
    """Return one Dutch sentence for a connection that failed."""
    text = str(error).lower()
    reasons = {
        "password authentication failed": "de gebruiker of het wachtwoord klopt niet",
        "no password supplied": "er staat geen wachtwoord in",
        "does not exist": "de database of gebruiker bestaat niet",
        "could not translate host name": "de server is onbekend",
        "connection refused": "op dat adres luistert geen PostgreSQL",
        "timeout expired": "de server antwoordt niet binnen 5 seconden",
        "pg_hba.conf": "de server laat deze gebruiker vanaf hier niet toe",
        "too many clients": "de server heeft geen plaats meer voor een verbinding",
        "permission denied for database": "de gebruiker mag deze database niet in",
    }
    reason = next(
        (reason for sign, reason in reasons.items() if sign in text), "PostgreSQL weigert de verbinding"
    )
    return f"Geen verbinding met de database via {what}: {reason}."


def check_version(server: Connection, *, what: str) -> None:
    """Refuse a PostgreSQL older than MINIMUM_VERSION."""
    major = server.server_version // 10000
    if major < MINIMUM_VERSION:
        raise Startfout(
            f"De server van {what} is PostgreSQL {major}; SKT-loket heeft PostgreSQL {MINIMUM_VERSION} "
            "of nieuwer nodig."
        )


def create_roles(server: Connection, passwords: Mapping[str, str]) -> None:
    """Make the four roles, or set their passwords; none may be able to get round row-level security."""
    with server.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (is_superuser,) = cursor.fetchone() or (False,)
        for role in ROLES.values():
            name = sql.Identifier(role)
            # Encrypted here, so that the plain password can't end up in a log of the server.
            password = sql.Literal(encrypt_password(passwords[role], role, server, "scram-sha-256"))
            cursor.execute(
                "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = %s", [role]
            )
            found = cursor.fetchone()
            verb = sql.SQL("ALTER" if found else "CREATE")
            cursor.execute(sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, name, password))
            if found and found[0]:
                if not is_superuser:
                    raise Startfout(
                        f"De rol {role} bestaat al en mag te veel; laat een superuser dat terugdraaien."
                    )
                cursor.execute(sql.SQL("ALTER ROLE {} NOSUPERUSER NOBYPASSRLS NOCREATEROLE").format(name))
        # For the databases of tests and of a restore drill; it doesn't help against row-level security.
        cursor.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(EIGENAAR)))
        if not is_superuser:
            cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(EIGENAAR)))


def create_database(server: Connection, name: str, *, template: str = "template0") -> None:
    """Make a database of skt_eigenaar in which only the four roles may come; UTF-8, locale C (no ICU)."""
    locale = sql.SQL("ENCODING 'UTF8' LOCALE 'C'") if template == "template0" else sql.SQL("")
    with server.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} {}").format(
                    sql.Identifier(name), sql.Identifier(EIGENAAR), sql.Identifier(template), locale
                )
            )
        cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        roles = sql.SQL(", ").join(map(sql.Identifier, ROLES.values()))
        cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(name), roles))


def prepare_database(url: str, *, what: str) -> None:
    """Run database.sql inside the database of `url`."""
    server = connect(url, what=what)
    try:
        with server.cursor() as cursor:
            cursor.execute(DATABASE_SQL.read_text(encoding="utf-8"))
    except (errors.UndefinedFile, errors.FeatureNotSupported) as error:
        raise Startfout(
            "Op de databaseserver ontbreken uitbreidingen (pg_trgm, unaccent, btree_gist, fuzzystrmatch); "
            "installeer het pakket postgresql-contrib van dezelfde versie."
        ) from error
    finally:
        server.close()


def in_database(url: str, name: str, *, user: str | None = None, password: str | None = None) -> str:
    """Return `url` with another database, and another user when given."""
    parts = urlsplit(url)
    login = parts.netloc.rpartition("@")[0]
    host = parts.netloc.rpartition("@")[2]
    if user is not None:
        login = f"{quote(user, safe='')}:{quote(password or '', safe='')}"
    return parts._replace(netloc=f"{login}@{host}", path=f"/{quote(name, safe='')}").geturl()


def furnish(
    beheerder_url: str, passwords: Mapping[str, str], *, what: str = "--beheerder-url"
) -> dict[str, str]:
    """Make roles, database and extensions; return the four addresses by the name of their variable."""
    server = connect(beheerder_url, what=what)
    try:
        check_version(server, what=what)
        create_roles(server, passwords)
        create_database(server, DATABASE)
    except errors.InsufficientPrivilege as error:
        raise Startfout(
            f"De gebruiker van {what} mag geen rollen of databases maken; gebruik een beheerder."
        ) from error
    finally:
        server.close()
    prepare_database(in_database(beheerder_url, DATABASE), what=what)
    return {
        name: in_database(beheerder_url, DATABASE, user=role, password=passwords[role])
        for name, role in ROLES.items()
    }


def passwords_from_environment() -> dict[str, str]:
    """Return a password per role: the one in its DATABASE_URL* (or the file of it), else a new one."""
    from skt.settings.env import read

    return {
        role: unquote(urlsplit(read(name, "")).password or "") or secrets.token_urlsafe(24)
        for name, role in ROLES.items()
    }


def main(arguments: list[str] | None = None) -> int:
    """Prepare a server; print the four addresses, or write them to files that only the owner may read."""
    parser = argparse.ArgumentParser(prog="skt.lokaal.inrichten", description=__doc__)
    parser.add_argument(
        "--beheerder-url", help="adres van een beheerder; anders BEHEERDER_URL (of BEHEERDER_URL_FILE)"
    )
    parser.add_argument(
        "--map", type=Path, help="schrijf de vier adressen als bestanden in deze map (modus 0600)"
    )
    parser.add_argument("--stil", action="store_true", help="druk de adressen niet af")
    options = parser.parse_args(arguments)
    try:
        from django.core.exceptions import ImproperlyConfigured

        from skt.settings.env import read

        try:
            beheerder_url = options.beheerder_url or read("BEHEERDER_URL")
            urls = furnish(beheerder_url, passwords_from_environment())
        except ImproperlyConfigured as error:
            raise Startfout(str(error)) from error
        if options.map:
            write_files(options.map, urls)
    except Startfout as error:
        print(error, file=sys.stderr)
        return 1
    if not options.stil and not options.map:
        for name, url in urls.items():
            print(f"{name}={url}")
    return 0


def write_files(folder: Path, urls: Mapping[str, str]) -> None:
    """Write each address to a file with the lower-case name of its variable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, url in urls.items():
            handle = os.open(folder / name.lower(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(url)
    except OSError as error:
        raise Startfout(f"De map {folder} is niet te beschrijven ({error.strerror}).") from error


if __name__ == "__main__":
    raise SystemExit(main())
