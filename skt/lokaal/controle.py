"""Start-up checks: the site refuses to run where its promises would be hollow.

Called by skt.wsgi and the Celery worker before they serve anything, and by `manage.py check --database
default`.
"""

import sys
from collections.abc import Sequence
from typing import Any

import psycopg2
import redis
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from psycopg2.extensions import connection as Connection

from skt.lokaal import inrichten
from skt.lokaal.fout import Startfout
from skt.settings.base import DATABASE_VARIABLES

SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 5
CONTEXT_KEY_LENGTH = 64
DEFAULT_SECRETS = ("django-insecure-", "changeme", "verander", "geheim", "secret", "alleen-voor-tests")


def find_setting_problems(conf: Any) -> list[str]:
    """Return what is wrong with the settings of a production site; elsewhere nothing is."""
    if getattr(conf, "OMGEVING", "") != "productie":
        return []
    problems = []
    if conf.DEBUG:
        problems.append("DEBUG staat aan; dat mag in productie nooit.")
    for name in ("SECRET_KEY", "CONTEXT_KEY"):
        value = str(getattr(conf, name, ""))
        if (
            len(value) < SHORTEST_SECRET
            or len(set(value)) < FEWEST_CHARACTERS
            or value.lower().startswith(DEFAULT_SECRETS)
        ):
            problems.append(f"{name} is een standaardwaarde of te kort; maak een lange, willekeurige waarde.")
    key = str(getattr(conf, "CONTEXT_KEY", ""))
    if len(key) != CONTEXT_KEY_LENGTH or any(character not in "0123456789abcdef" for character in key):
        problems.append("CONTEXT_KEY moet uit 64 hexadecimale tekens bestaan (kleine letters).")
    if not conf.ALLOWED_HOSTS or "*" in conf.ALLOWED_HOSTS:
        problems.append("ALLOWED_HOSTS is leeg of laat alles toe; noem de naam van de site.")
    return problems


def find_database_problems(server: Connection, *, what: str, production: bool) -> list[str]:
    """Return why this login or this server may not carry the site."""
    with server.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        role, is_superuser, bypasses = cursor.fetchone() or ("", True, True)
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')"
            " AND pg_has_role(current_user, c.relowner, 'MEMBER'))"
        )
        (owns,) = cursor.fetchone() or (True,)
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE (rolsuper OR rolbypassrls)"
            " AND pg_has_role(current_user, oid, 'MEMBER'))"
        )
        (may_become,) = cursor.fetchone() or (True,)
        cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('fsync')")
        commit, fsync = cursor.fetchone() or ("off", "off")
    problems = []
    if is_superuser:
        problems.append(
            f"De rol {role} van {what} is superuser en omzeilt de beveiliging per rij; gebruik skt_web."
        )
    elif bypasses or may_become:
        problems.append(
            f"De rol {role} van {what} mag de beveiliging per rij omzeilen (BYPASSRLS); gebruik skt_web."
        )
    elif owns:
        problems.append(f"De rol {role} van {what} is eigenaar van de tabellen; gebruik skt_web.")
    if commit == "off":
        problems.append(
            "synchronous_commit staat uit: bevestigd werk kan verloren gaan; zet het aan op de server."
        )
    if production and fsync == "off":
        problems.append("fsync staat uit: bevestigd werk kan verloren gaan; zet het aan op de server.")
    return problems


def connect_default(conf: Any) -> Connection:
    """Open a connection of our own with the site's login (Django's would be shared with forked workers)."""
    entry = conf.DATABASES["default"]
    what = DATABASE_VARIABLES["default"]
    try:
        server = psycopg2.connect(
            dbname=entry["NAME"], user=entry["USER"], password=entry["PASSWORD"], host=entry["HOST"],
            port=entry["PORT"], **{"connect_timeout": 5, **entry.get("OPTIONS", {})},
        )  # fmt: skip
    except (psycopg2.OperationalError, psycopg2.ProgrammingError) as error:
        raise Startfout(inrichten.describe_refusal(error, what=what)) from error
    server.autocommit = True
    return server


def check_valkey(conf: Any) -> None:
    """Refuse to start without the queue."""
    client: redis.Redis | None = None
    try:
        client = redis.Redis.from_url(conf.REDIS_URL, socket_connect_timeout=3, socket_timeout=3)
        client.ping()
    except redis.AuthenticationError as error:
        raise Startfout("Valkey weigert het wachtwoord in REDIS_URL.") from error
    except (redis.RedisError, ValueError, OSError) as error:
        raise Startfout(
            "Valkey antwoordt niet op het adres in REDIS_URL; start Valkey of verbeter het adres."
        ) from error
    finally:
        if client is not None:
            client.close()


def check_start(conf: Any = settings) -> None:
    """Raise Startfout with the first thing that is wrong; silent when the site may start."""
    problems = find_setting_problems(conf)
    if problems:
        raise Startfout(problems[0])
    production = getattr(conf, "OMGEVING", "") == "productie"
    server = connect_default(conf)
    try:
        inrichten.check_version(server, what=DATABASE_VARIABLES["default"])
        problems = find_database_problems(server, what=DATABASE_VARIABLES["default"], production=production)
    finally:
        server.close()
    if problems:
        raise Startfout(problems[0])
    check_valkey(conf)


def refuse_bad_start() -> None:
    """End the process with one sentence when the site may not start."""
    try:
        check_start()
    except Startfout as error:
        print(f"SKT-loket start niet: {error}", file=sys.stderr, flush=True)
        raise SystemExit(1) from error


@register(Tags.security, deploy=True)
def check_settings(**_options: Any) -> Sequence[CheckMessage]:
    """`manage.py check --deploy`: the settings of a production site."""
    return [Error(problem, id="skt.E001") for problem in find_setting_problems(settings)]


@register(Tags.database)
def check_database(databases: Sequence[str] | None = None, **_options: Any) -> Sequence[CheckMessage]:
    """`manage.py check --database default`: settings, login, server and queue."""
    if "default" not in (databases or ()):
        return []
    try:
        check_start()
    except Startfout as error:
        return [Error(str(error), id="skt.E002")]
    return []
