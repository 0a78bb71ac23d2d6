"""PostgreSQL and Valkey for as long as somebody uses them: started by the first, stopped by the last."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from skt.lokaal import geheimen, inrichten, proces
from skt.lokaal.fout import Startfout
from skt.lokaal.postgres import Postgres, find_programs
from skt.lokaal.slot import Gebruikers, exclusive
from skt.lokaal.valkey import Valkey

ROOT = geheimen.ROOT


def var_dir() -> Path:
    """Return the folder for everything the running product writes."""
    return Path(os.environ.get("SKT_VAR_DIR") or ROOT / "var").resolve()


def given(name: str) -> bool:
    """Does the environment give this address itself?"""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def say(text: str) -> None:
    """Tell a person what is going on; on stderr, so that the output of a command stays its own."""
    print(text, file=sys.stderr, flush=True)


class Diensten:
    """The embedded servers of one folder."""

    def __init__(self, folder: Path, *, safe: bool = True, tell: Callable[[str], None] = say) -> None:
        self.folder = folder
        self.tell = tell
        self.safe = safe
        self.gebruikers = Gebruikers(folder / "gebruikers.slot")
        self.secrets: dict[str, str] = {}
        self.started: list[str] = []
        self.urls: dict[str, str] = {}
        self._servers: tuple[Postgres, Valkey] | None = None

    # -- parts

    def servers(self) -> tuple[Postgres, Valkey]:
        """Return the two servers of this folder, running or not."""
        if self._servers is None:
            self.secrets = geheimen.load_or_create(self.folder)
            log = self.folder / "log"
            log.mkdir(exist_ok=True)
            self._servers = (
                Postgres(self.folder / "postgres", log / "postgres.log", self.secrets, safe=self.safe),
                Valkey(self.folder / "valkey", log / "valkey.log", self.secrets["valkey"]),
            )
        return self._servers

    def _ports(self) -> dict[str, int]:
        try:
            found: dict[str, int] = json.loads((self.folder / "poorten.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found

    def _remember(self, name: str, port: int) -> None:
        text = json.dumps({**self._ports(), name: port})
        (self.folder / "poorten.json").write_text(text, encoding="utf-8")

    # -- using them

    def acquire(self, *, postgres: bool = True, valkey: bool = True) -> dict[str, str]:
        """Start what isn't running yet; return the addresses by name of their variable."""
        with exclusive(self.folder / "starten.slot"):
            self.gebruikers.join()
            try:
                self.urls = self._acquire(postgres=postgres, valkey=valkey)
            except BaseException:
                self._leave()
                raise
        return self.urls

    def _acquire(self, *, postgres: bool, valkey: bool) -> dict[str, str]:
        try:
            database, queue = self.servers()
            urls: dict[str, str] = {}
            if postgres:
                urls |= self._start_postgres(database)
            if valkey:
                urls["REDIS_URL"] = queue.url(self._start_valkey(queue))
        except OSError as error:
            raise Startfout(
                f"De map {self.folder} is niet te beschrijven of vol ({error.strerror}: {error.filename}); "
                "maak ruimte, of wijs met SKT_VAR_DIR een andere map aan."
            ) from error
        return urls

    def _start_postgres(self, database: Postgres) -> dict[str, str]:
        found = database.running()
        if found is None:
            programs = find_programs()
            database.check_programs(programs)
            if not database.exists():
                self.tell("PostgreSQL: nieuwe gegevensmap maken ...")
                (self.folder / "demo.json").unlink(missing_ok=True)
                database.create(programs)
            port = database.start(programs, preferred_port=self._ports().get("postgres"))
            self.started.append("postgres")
            self._remember("postgres", port)
        else:
            port = found[1]
        return {
            name: database.url(port, user=role, database=inrichten.DATABASE)
            for name, role in inrichten.ROLES.items()
        }

    def _start_valkey(self, queue: Valkey) -> int:
        found = queue.running()
        if found is not None:
            return found[1]
        port = queue.start(preferred_port=self._ports().get("valkey"))
        self.started.append("valkey")
        self._remember("valkey", port)
        return port

    def superuser_url(self) -> str:
        """Return the address of the cluster's own superuser: for test databases, never for the site."""
        database, _ = self.servers()
        found = database.running()
        if found is None:
            raise Startfout("PostgreSQL draait niet.")
        return database.url(found[1])

    def failed_part(self, *, postgres: bool, valkey: bool) -> tuple[str, Path] | None:
        """Return the name and log of a server that should run and doesn't."""
        database, queue = self.servers()
        if postgres and database.running() is None:
            return "PostgreSQL", database.log
        if valkey and queue.running() is None:
            return "Valkey", queue.log
        return None

    def release(self) -> None:
        """Stop being a user; the last one stops the servers."""
        with exclusive(self.folder / "starten.slot"):
            self._leave()

    def _leave(self) -> None:
        last = self.gebruikers.leave()
        if self._servers is None:
            return
        for server in reversed(self._servers):
            if last:
                server.stop()
            else:
                proces.forget(server.process)

    def wipe(self) -> None:
        """Throw the data away; refuse while somebody uses it."""
        with exclusive(self.folder / "starten.slot"):
            if not self.gebruikers.alone():
                raise Startfout(
                    "De demo of een andere opdracht draait nog; stop die eerst en probeer het opnieuw."
                )
            if (self.folder / geheimen.FILE_NAME).exists():
                database, queue = self.servers()
                queue.stop()
                database.stop()
            self._servers = None
            for name in ("postgres", "postgres.nieuw", "valkey", "beat", "mail", "bestanden"):
                if (self.folder / name).exists():
                    shutil.rmtree(self.folder / name)
            for name in ("demo.json", "poorten.json", geheimen.FILE_NAME):
                (self.folder / name).unlink(missing_ok=True)


@contextmanager
def running_services() -> Iterator[Diensten | None]:
    """Fill the environment with addresses of embedded servers, for what it doesn't give itself.

    Keys for skt.settings.local come along. Yields None when everything was given and nothing was needed.
    """
    postgres, valkey = not given("DATABASE_URL"), not given("REDIS_URL")
    if not postgres and not valkey:
        yield None
        return
    diensten = Diensten(var_dir())
    urls = diensten.acquire(postgres=postgres, valkey=valkey)
    try:
        for name, value in urls.items():
            os.environ[name] = value
            os.environ.pop(f"{name}_FILE", None)
        yield diensten
    finally:
        diensten.release()
