"""`make demo` with parts that do nothing: run by test_demo, to try what holds the parts together.

Argument: which part ends by itself (web, worker or beat), `afval` for a Ctrl-C that goes astray, or nothing.
"""

import http.server
import os
import signal
import sys

from skt.lokaal import demo


class Gezond(http.server.BaseHTTPRequestHandler):
    """Answers 200 to everything."""

    def do_GET(self) -> None:
        """Answer as the health check does."""
        self.send_response(200)
        self.end_headers()


def serve() -> None:
    """Be the site."""
    port = int(os.environ["SKT_BIND"].rpartition(":")[2])
    http.server.HTTPServer(("127.0.0.1", port), Gezond).serve_forever()


class Afval:
    """Presses Ctrl-C while it is cleared away: Python drops what is raised there."""

    def __del__(self) -> None:
        """Press."""
        os.kill(os.getpid(), signal.SIGINT)


class NepDemo(demo.Demo):
    """The real thing, with other commands and nothing to prepare."""

    def prepare(self) -> str:
        """Leave the database empty."""
        if "afval" in sys.argv:
            Afval()
        return "geen inlognamen"

    def commands(self) -> dict[str, list[str]]:
        """Return three parts; the one named on the command line ends with code 3."""
        wait = [sys.executable, "-c", "import time; time.sleep(600)"]
        end = [sys.executable, "-c", "import time; time.sleep(1); raise SystemExit(3)"]
        commands = {
            "web": [sys.executable, __file__, "dien", os.environ["SKT_VAR_DIR"]],
            "worker": wait,
            "beat": wait,
        }
        return {name: end if name in sys.argv[1:] else command for name, command in commands.items()}


if __name__ == "__main__":
    if sys.argv[1:2] == ["dien"]:
        serve()
    demo.Demo = NepDemo
    sys.exit(demo.main(["--opnieuw"] if "opnieuw" in sys.argv else []))
