"""`make demo`: servers, site, worker and scheduler as one program; Ctrl-C ends all it started.

A second start leaves out what is already done, by a fingerprint of what it depends on (var/demo.json).
"""

import argparse
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType, SimpleNamespace

from django.core.exceptions import ImproperlyConfigured

from skt.lokaal import controle, inrichten, proces
from skt.lokaal.diensten import ROOT, Diensten, given, running_services, say, var_dir
from skt.lokaal.fout import Startfout
from skt.lokaal.geheimen import local_secret
from skt.settings.env import parse_database_url, read

START_SECONDS = 60
STOP_SECONDS = 12
# One worker has no neighbours to greet, which would cost it a second.
WORKER_OPTIONS = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")
PACKAGES = ("skt", "socialekaart", "intake", "triage", "casusregie", "rapportage")


class Onderdeel:
    """One part of the demo: a process group of its own and a log file."""

    def __init__(self, name: str, command: list[str], log: Path) -> None:
        self.name = name
        self.log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                start_new_session=True, preexec_fn=proces.die_with_parent,
            )  # fmt: skip

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group; a group that is gone is fine."""
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """Return a hash of the contents of files and folders."""
    digest = hashlib.sha256("\n".join(extra).encode())
    for path in sorted(paths):
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def read_port() -> int:
    """Return PORT from the environment, checked to be free."""
    given_port = os.environ.get("PORT") or "8000"
    if not given_port.isdecimal() or not 1 <= int(given_port) <= 65535:
        raise Startfout(
            f"PORT={given_port} is geen poortnummer; kies een getal, bijvoorbeeld PORT=8001 make demo."
        )
    port = int(given_port)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Startfout(
                f"Poort {port} is bezet of niet toegestaan; kies een andere, "
                f"bijvoorbeeld PORT={min(port, 65000) + 1} make demo."
            ) from error
    return port


def check_given_servers() -> None:
    """Servers that somebody else runs: everything needed must be there before anything starts."""
    try:
        if given("REDIS_URL"):
            controle.check_valkey(SimpleNamespace(REDIS_URL=read("REDIS_URL")))
        if given("DATABASE_URL"):
            check_given_database()
    except ImproperlyConfigured as error:
        raise Startfout(str(error)) from error


def check_given_database() -> None:
    """All four roles must be able to come in, and that of the site must not be able to do too much."""
    missing = [name for name in inrichten.ROLES if not given(name)]
    if missing:
        raise Startfout(
            f"DATABASE_URL is opgegeven, maar {' en '.join(missing)} niet; "
            "'python -m skt.lokaal.inrichten --beheerder-url ...' maakt de rollen en noemt de adressen."
        )
    for name in inrichten.ROLES:
        parse_database_url(read(name), name=name)
        server = inrichten.connect(read(name), what=name)
        try:
            inrichten.check_version(server, what=name)
            if name == "DATABASE_URL":
                problems = controle.find_database_problems(server, what=name, production=False)
                if problems:
                    raise Startfout(problems[0])
        finally:
            server.close()


class Demo:
    """One run of `make demo`."""

    def __init__(self, diensten: Diensten | None, port: int) -> None:
        self.diensten = diensten
        self.port = port
        self.address = f"http://127.0.0.1:{port}/"
        self.folder = var_dir()
        self.parts: list[Onderdeel] = []
        self.embedded = (not given_at_start("DATABASE_URL"), not given_at_start("REDIS_URL"))

    # -- what must be done before the site can start

    def _done(self) -> dict[str, str]:
        """Return what an earlier run did; another server may have been emptied since, so then nothing."""
        try:
            found: dict[str, str] = json.loads((self.folder / "demo.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not self.embedded[0]:
            return {name: value for name, value in found.items() if name == "static"}
        return found

    def _remember(self, **done: str) -> None:
        path = self.folder / "demo.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({**self._done(), **done}), encoding="utf-8")

    def manage(self, *command: str, capture: bool = False) -> str:
        """Run one of Django's commands; its own output is the progress. Raises Startfout when it fails."""
        log = self.folder / "log" / f"{command[0]}.log"
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command], cwd=ROOT, text=True, check=False,
            stdout=subprocess.PIPE if capture else sys.stderr,
        )  # fmt: skip
        if capture:
            log.write_text(done.stdout, encoding="utf-8")
        if done.returncode != 0:
            raise Startfout(
                f"De demo start niet: 'manage.py {command[0]}' is mislukt (code {done.returncode})."
            )
        return done.stdout or ""

    def prepare(self) -> str:
        """Bring database and static files up to date; return the table of demo logins."""
        done = self._done()
        lock = ROOT / "requirements" / "basis.txt"
        migrations = [path for package in PACKAGES for path in (ROOT / package).rglob("migrations")]
        key = os.environ.get("CONTEXT_KEY") or local_secret("CONTEXT_KEY")
        schema = fingerprint([lock, *migrations], key)
        static = fingerprint([lock, ROOT / "static"])
        town = fingerprint([ROOT / "skt" / "demo"], schema)
        if done.get("schema") != schema:
            say("Database bijwerken ...")
            self.manage("migrate", "--verbosity", "1")
            self.manage("contextsleutel")
            self._remember(schema=schema)
        if done.get("static") != static or not (self.folder / "static").exists():
            say("Stijl en scripts klaarzetten ...")
            self.manage("collectstatic", "--noinput", "--clear", capture=True)
            self._remember(static=static)
        if done.get("town") != town:
            say("Demostad vullen (hooguit een minuut) ...")
            self.manage("demostad")
            self._remember(town=town, logins=self.manage("demologins", capture=True))
        return self._done().get("logins") or self.manage("demologins", capture=True)

    # -- running

    def commands(self) -> dict[str, list[str]]:
        """Return how each part is started; docker-compose.yml starts them the same way."""
        python = [sys.executable, "-m"]
        celery = [*python, "celery", "--app", "skt.celery:app"]
        return {
            "web": [*python, "gunicorn", "--config", "docker/gunicorn.conf.py", "skt.wsgi:application"],
            "worker": [*celery, "worker", "--concurrency", "2", *WORKER_OPTIONS],
            "beat": [*celery, "beat", "--loglevel", "INFO"],
        }

    def start(self) -> None:
        """Start the site, the worker and the scheduler."""
        os.environ["SKT_BIND"] = f"127.0.0.1:{self.port}"
        (self.folder / "beat").mkdir(exist_ok=True)
        for name, command in self.commands().items():
            self.parts.append(Onderdeel(name, command, self.folder / "log" / f"{name}.log"))

    def check_parts(self) -> None:
        """Raise Startfout when one part has stopped."""
        names = {
            "web": "De website",
            "worker": "De achtergrondverwerking (Celery-worker)",
            "beat": "De planner (Celery-beat)",
        }
        for part in self.parts:
            code = part.process.poll()
            if code is not None:
                refused = [
                    line
                    for line in proces.tail(part.log).splitlines()
                    if line.startswith("SKT-loket start niet")
                ]
                why = refused[-1].removeprefix("SKT-loket start niet: ") if refused else f"zie {part.log}"
                raise Startfout(
                    f"{names[part.name]} is gestopt (code {code}): {why}; de rest is ook gestopt."
                )
        if self.diensten is not None:
            failed = self.diensten.failed_part(postgres=self.embedded[0], valkey=self.embedded[1])
            if failed:
                raise Startfout(f"{failed[0]} is gestopt, zie {failed[1]}; de rest is ook gestopt.")

    def wait_until_ready(self) -> None:
        """Wait for the health check; a part that stops meanwhile ends the wait."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            check_stop_asked()
            self.check_parts()
            try:
                with opener.open(f"{self.address}gezond/", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise Startfout(
            f"De website antwoordt niet binnen {START_SECONDS} seconden; zie {self.parts[0].log}."
        )

    def watch(self) -> None:
        """Stay until Ctrl-C, or until a part stops."""
        while not STOP_ASKED.wait(0.5):
            self.check_parts()
        check_stop_asked()

    def stop(self) -> None:
        """End every part, first politely."""
        for part in self.parts:
            if part.process.poll() is None:
                part.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for part in self.parts:
            try:
                part.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{part.name} stopt niet vanzelf en wordt afgebroken.")
            # Also what the part left behind in its group.
            part.signal(signal.SIGKILL)
            part.process.wait()


GIVEN_AT_START: Mapping[str, bool] = {}
STOP_ASKED = threading.Event()


def given_at_start(name: str) -> bool:
    """Did somebody else give this address, before we filled in our own?"""
    return GIVEN_AT_START.get(name, False)


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """End the demo; remembered as well, because an exception that lands in a `__del__` goes nowhere."""
    STOP_ASKED.set()
    raise KeyboardInterrupt


def check_stop_asked() -> None:
    """Raise KeyboardInterrupt when an earlier one was lost on its way."""
    if STOP_ASKED.is_set():
        raise KeyboardInterrupt


def run(*, fresh: bool) -> None:
    """Do the whole of `make demo`; returns after Ctrl-C."""
    global GIVEN_AT_START
    GIVEN_AT_START = {name: given(name) for name in ("DATABASE_URL", "REDIS_URL")}
    began = time.monotonic()
    port = read_port()
    check_given_servers()
    if fresh:
        if given("DATABASE_URL"):
            raise Startfout(
                "'make demo-opnieuw' wist alleen de ingebouwde database; maak die van DATABASE_URL zelf leeg "
                "en gebruik 'make demo'."
            )
        say("Oude gegevens weggooien ...")
        Diensten(var_dir()).wipe()
    say("PostgreSQL en Valkey ...")
    with running_services() as diensten:
        if diensten is None:
            Diensten(var_dir()).servers()
        demo = Demo(diensten, port)
        try:
            logins = demo.prepare()
            check_stop_asked()
            say("Website, achtergrondverwerking en planner ...")
            demo.start()
            demo.wait_until_ready()
            print(f"\nSKT-loket draait op {demo.address} (na {time.monotonic() - began:.1f} s)\n\n{logins}")
            print("Stoppen: Ctrl-C.", flush=True)
            demo.watch()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            demo.stop()


def main(arguments: list[str] | None = None) -> int:
    """Run the demo; Ctrl-C is its ordinary end."""
    parser = argparse.ArgumentParser(prog="skt.lokaal.demo", description="SKT-loket met een fictieve stad.")
    parser.add_argument("--opnieuw", action="store_true", help="begin met lege gegevens")
    options = parser.parse_args(arguments)
    # A terminal that closes ends the demo as Ctrl-C does.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        run(fresh=options.opnieuw)
    except KeyboardInterrupt:
        say("\nGestopt.")
        return 0
    except Startfout as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
