"""A port for a server of a test."""

import os
import random
import socket

LAAGSTE, AANTAL = 20_000, 2_000


def free_port() -> int:
    """A port that nothing uses, also not between this answer and the moment that the server takes it.

    Below what systems hand out by themselves (from 32768), so no connection made meanwhile gets it; and each of the first
    six processes of the tests draws from its own range.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 6
    ports = range(LAAGSTE + worker * AANTAL, LAAGSTE + (worker + 1) * AANTAL)
    for port in random.sample(ports, AANTAL):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("geen poort vrij")
