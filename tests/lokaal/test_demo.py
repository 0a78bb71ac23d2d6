"""`make demo` as one program: starts together, ends together, one sentence when something is wrong."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from skt.lokaal import proces
from skt.lokaal.diensten import ROOT, Diensten
from tests.lokaal.poort import free_port

NEPDEMO = str(Path(__file__).with_name("nepdemo.py"))
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "var"
    path.mkdir()
    yield path
    for server in Diensten(path).servers():
        server.stop()


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Start a demo with parts that do nothing; ended afterwards, however the test went."""
    started: list[subprocess.Popen[str]] = []

    def start_demo(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL")}
        process = subprocess.Popen(
            [sys.executable, NEPDEMO, *arguments], cwd=ROOT, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**kept, "PYTHONPATH": str(ROOT), "SKT_VAR_DIR": str(folder),
                 "PORT": str(free_port()), **environment},
        )  # fmt: skip
        started.append(process)
        return process

    yield start_demo
    for process in started:
        process.kill()
        process.communicate()


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    """Read until the demo says how to stop it."""
    assert process.stdout is not None
    assert any("Ctrl-C" in line for line in iter(process.stdout.readline, "")), process.communicate()


def group_of(part: str) -> list[int]:
    """Return the processes whose command holds `part`."""
    shown = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True
    ).stdout
    return [int(line.split()[0]) for line in shown.splitlines() if part in line]


def nothing_left(folder: Path) -> bool:
    """Of this demo: another process of these tests has its own folder, and may run at the same time."""
    return not group_of(str(folder))


class TestStop:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_ends_everything_it_started(self, start: Start, folder: Path, number: signal.Signals) -> None:
        process = start()
        wait_until_ready(process)
        assert group_of(str(folder))
        process.send_signal(number)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0
        assert "Gestopt." in errors
        assert nothing_left(folder)

    def test_hears_a_ctrl_c_that_landed_where_exceptions_are_dropped(self, start: Start) -> None:
        process = start("afval")
        _, errors = process.communicate(timeout=120)
        assert "Exception ignored in" in errors
        assert process.returncode == 0
        assert errors.endswith("Gestopt.\n")

    def test_leaves_servers_that_another_command_uses(self, start: Start, folder: Path) -> None:
        other = Diensten(folder, safe=False)
        other.acquire()
        process = start()
        wait_until_ready(process)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
        assert other.failed_part(postgres=True, valkey=True) is None
        other.release()
        assert nothing_left(folder)

    def test_takes_its_parts_along_when_it_is_killed(self, start: Start, folder: Path) -> None:
        process = start()
        wait_until_ready(process)
        process.kill()
        process.communicate()
        # Only Linux tells a child that its parent was killed.
        linux = sys.platform == "linux"
        gone = proces.wait_until(lambda: not group_of(f"{NEPDEMO} dien {folder}"), seconds=60 if linux else 5)
        assert gone is linux
        for left in group_of(f"{NEPDEMO} dien {folder}"):
            os.kill(left, signal.SIGKILL)


class TestCrash:
    @pytest.mark.parametrize(
        ("part", "name"),
        [("web", "De website"), ("worker", "De achtergrondverwerking"), ("beat", "De planner")],
    )
    def test_of_one_part_stops_the_rest(self, start: Start, folder: Path, part: str, name: str) -> None:
        process = start(part)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 1
        last = errors.strip().splitlines()[-1]
        assert last.startswith(name)
        assert f"log/{part}.log" in last
        assert "Traceback" not in errors
        assert nothing_left(folder)

    @pytest.mark.parametrize("number", [0, 1])
    def test_of_a_server_stops_the_rest(self, start: Start, folder: Path, number: int) -> None:
        process = start()
        wait_until_ready(process)
        pid, _ = Diensten(folder).servers()[number].running() or (0, 0)
        os.kill(pid, signal.SIGKILL)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 1
        assert errors.strip().splitlines()[-1].startswith(("PostgreSQL", "Valkey")[number] + " is gestopt")
        assert nothing_left(folder)


class TestRefusal:
    def refuse(self, process: subprocess.Popen[str]) -> str:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "Traceback" not in errors
        return errors.strip().splitlines()[-1]

    def test_of_a_taken_port(self, start: Start) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            assert f"Poort {port} is bezet" in self.refuse(start(PORT=str(port)))

    @pytest.mark.parametrize("port", ["0", "99999", "tachtig"])
    def test_of_what_is_no_port(self, start: Start, port: str) -> None:
        assert "is geen poortnummer" in self.refuse(start(PORT=port))

    def test_of_addresses_that_are_not_complete(self, start: Start) -> None:
        refusal = self.refuse(start(DATABASE_URL="postgres://skt_web:x@127.0.0.1:1/skt"))
        assert "DATABASE_URL_EIGENAAR" in refusal
        assert "skt.lokaal.inrichten" in refusal

    def test_of_a_fresh_start_while_another_runs(self, start: Start) -> None:
        first = start()
        wait_until_ready(first)
        assert "draait nog" in self.refuse(start("opnieuw"))
        assert first.poll() is None
