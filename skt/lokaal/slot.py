"""Locks between processes that the kernel drops when a process is killed (flock)."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skt.lokaal.fout import Startfout


def open_lock_file(path: Path) -> int:
    """Open (and make) a lock file; a folder that can't be written gives one sentence."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Startfout(
            f"De map {path.parent} is niet te beschrijven ({error.strerror}); zet het project op een plek "
            "waar u mag schrijven, of wijs met SKT_VAR_DIR een andere map aan."
        ) from error


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Let one process at a time in; wait for the turn."""
    handle = open_lock_file(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


class Gebruikers:
    """Who uses the embedded servers: everyone holds a shared lock; who can take it alone is the last one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle: int | None = None

    def join(self) -> None:
        """Count as a user until leave(), or until this process ends in any way."""
        self.handle = open_lock_file(self.path)
        fcntl.flock(self.handle, fcntl.LOCK_SH)

    def leave(self) -> bool:
        """Stop being a user; return True when nobody else was."""
        if self.handle is None:
            return False
        handle, self.handle = self.handle, None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            return True
        finally:
            os.close(handle)

    def alone(self) -> bool:
        """Is nobody using the servers right now? For one who is no user."""
        self.join()
        return self.leave()
