"""Looking at and ending processes that we started, also those started by an earlier command."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def alive(pid: int, program: str) -> bool:
    """Is `pid` a running process of `program`? A zombie is not, nor a number that another program got."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    status = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            name, _, rest = status.read_text().partition("(")[2].rpartition(")")
        except OSError:
            return False
        return rest.split()[0] not in ("Z", "X") and program in name
    shown = subprocess.run(
        ["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return program in shown.stdout and not shown.stdout.lstrip().startswith("Z")


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Return True as soon as `condition` holds, False when it doesn't within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True


def stop(pid: int, program: str, *, signals: tuple[tuple[signal.Signals, float], ...]) -> None:
    """Send each signal in turn and give the process so many seconds, until it is gone."""
    for number, seconds in signals:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if wait_until(lambda: not alive(pid, program), seconds=seconds):
            return


def forget(process: subprocess.Popen[bytes] | None) -> None:
    """Leave a child that goes on to whoever uses it last: it is no longer ours to wait for."""
    if process is not None and process.poll() is None:
        process.returncode = 0


def die_with_parent() -> None:
    """In a child, before it becomes another program: on Linux, end when the parent is killed outright."""
    if sys.platform == "linux":
        import ctypes

        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def tail(path: Path, lines: int = 5) -> str:
    """Return the last lines of a log file, or nothing when there is none."""
    try:
        return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
