"""No Docker engine is needed to know that what Dockerfile and docker-compose.yml name exists and starts."""

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
import yaml
from django.core.management import get_commands

from skt.lokaal import demo, gezond, inrichten, proces, proefproductie
from skt.lokaal.diensten import ROOT
from skt.lokaal.valkey import find_program
from tests.lokaal.poort import free_port

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = ("inrichten", "migratie", "web", "worker", "beat", "beheer")
# What the images' own start scripts read.
OF_THE_IMAGE = {
    "POSTGRES_PASSWORD",
    "POSTGRES_INITDB_ARGS",
    "DJANGO_SETTINGS_MODULE",
    "SKT_DOMEIN",
    "WACHTWOORD",
}


def services() -> dict[str, dict[str, Any]]:
    """Return the services of docker-compose.yml by name."""
    found: dict[str, dict[str, Any]] = COMPOSE["services"]
    return found


def command_of(name: str) -> list[str]:
    service = services()[name]
    return [*service.get("entrypoint", []), *service.get("command", [])]


class TestServices:
    @pytest.mark.parametrize("name", services())
    def test_runs_as_an_ordinary_user_on_a_read_only_disk(self, name: str) -> None:
        service = services()[name]
        assert int(service["user"].partition(":")[0]) > 0
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]

    @pytest.mark.parametrize("name", sorted(set(services()) - {"inrichten", "migratie", "beheer"}))
    def test_that_goes_on_has_a_health_check(self, name: str) -> None:
        assert services()[name]["healthcheck"]["test"]
        assert services()[name]["restart"] == "unless-stopped"

    @pytest.mark.parametrize("name", services())
    def test_uses_only_an_image_that_is_pinned_or_built_here(self, name: str) -> None:
        service = services()[name]
        if "build" in service:
            assert f" AS {service['build']['target']}\n" in DOCKERFILE
        else:
            assert re.fullmatch(r"[a-z/]+:\d[\w.-]*@sha256:[0-9a-f]{64}", service["image"])

    @pytest.mark.parametrize("name", services())
    def test_gets_every_secret_it_names_and_no_other(self, name: str) -> None:
        service = services()[name]
        named = set(re.findall(r"/run/secrets/(\w+)", str(service.get("environment", {}))))
        assert named == set(service.get("secrets", []))
        assert named <= set(COMPOSE["secrets"])

    @pytest.mark.parametrize("name", OURS)
    def test_sets_only_variables_that_the_code_reads(self, name: str) -> None:
        sources = [*(ROOT / "skt" / "settings").glob("*.py"), *(ROOT / "skt" / "lokaal").glob("*.py")]
        sources.append(ROOT / "docker" / "gunicorn.conf.py")
        code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
        for variable in services()[name]["environment"]:
            plain = variable.removesuffix("_FILE")
            assert plain in OF_THE_IMAGE or f'"{plain}"' in code, variable

    @pytest.mark.parametrize("name", services())
    def test_waits_only_for_services_that_exist(self, name: str) -> None:
        for other, wanted in services()[name].get("depends_on", {}).items():
            if wanted["condition"] == "service_healthy":
                assert "healthcheck" in services()[other]
            else:
                assert services()[other]["restart"] == "no"

    @pytest.mark.parametrize("name", services())
    def test_mounts_only_what_exists(self, name: str) -> None:
        for volume in services()[name].get("volumes", []):
            source = volume.partition(":")[0]
            assert (ROOT / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]

    def test_keeps_the_owners_password_from_what_faces_people(self) -> None:
        holders = {name for name, service in services().items() if "eigenaar" in str(service.get("secrets"))}
        assert holders == {"inrichten", "migratie", "beheer"}

    def test_keeps_the_role_that_counts_from_what_faces_people(self) -> None:
        holders = {name for name, service in services().items() if "rapport" in str(service.get("secrets"))}
        assert holders == {"inrichten", "worker", "beheer"}

    def test_opens_no_port_but_those_of_the_front(self) -> None:
        assert {name for name, service in services().items() if "ports" in service} == {"caddy"}
        assert COMPOSE["networks"]["binnen"]["internal"] is True


class TestCommands:
    @pytest.mark.parametrize("part", ["web", "worker", "beat"])
    def test_are_those_of_the_demo(self, part: str) -> None:
        outside = demo.Demo.commands(object.__new__(demo.Demo))[part]
        assert outside[:2] == [sys.executable, "-m"]
        assert command_of(part) == outside[2:]

    @pytest.mark.parametrize("name", OURS)
    def test_name_modules_and_management_commands_that_exist(self, name: str) -> None:
        text = " ".join(command_of(name))
        known = {*get_commands(), "help"}
        for command in re.findall(r"manage\.py (\w+)", text):
            assert command in known
        for module in re.findall(r"-m (\S+)|--app (\S+):app", text):
            path = ROOT / "/".join("".join(module).split("."))
            assert path.with_suffix(".py").is_file()
        for path in re.findall(r"\S+\.conf\.py|manage\.py", text):
            assert (ROOT / path).is_file()

    def test_of_the_comments_and_the_manual_exist(self) -> None:
        texts = [ROOT / "docker-compose.yml", ROOT / "docs" / "operatie.md"]
        named = [
            command
            for path in texts
            for command in re.findall(r"run --rm beheer (\w+)", path.read_text(encoding="utf-8"))
            if not command.isupper()
        ]
        assert "maak_beheerder" in named
        assert set(named) <= {*get_commands(), "help"}

    @pytest.mark.parametrize("name", ["web", "worker", "beat"])
    def test_of_health_checks_exist(self, name: str) -> None:
        test = services()[name]["healthcheck"]["test"]
        program = test[1] if test[1] != "python" else test[3].split(".")[-1]
        assert program in ("celery", "gezond")
        if program == "gezond":
            assert test[4] == name


class TestDockerfile:
    def test_pins_every_base_image(self) -> None:
        bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
        assert bases
        for base in bases:
            assert re.fullmatch(r"[a-z/]+:\d[\w.-]*@sha256:[0-9a-f]{64}", base)

    def test_copies_only_what_exists_and_every_room(self) -> None:
        sources = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
        ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
        for source in sources:
            assert (ROOT / source).exists()
            assert source not in ignored
        rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
        assert rooms <= set(sources)

    def test_starts_the_site_as_compose_does(self) -> None:
        (command,) = re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
        assert yaml.safe_load(command) == command_of("web")

    def test_ends_as_an_ordinary_user(self) -> None:
        users = re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
        assert users == [services()["web"]["user"], services()["caddy"]["user"]]

    def test_gathers_static_files_without_any_secret(self, tmp_path: Path) -> None:
        (command,) = re.findall(r"RUN /opt/venv/bin/python -m (\S+ collectstatic \S+)", DOCKERFILE)
        environment = {**os.environ, "SKT_STATIC_ROOT": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-m", *shlex.split(command)], cwd=ROOT, env=environment, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "staticfiles.json").is_file()


class TestSecrets:
    @pytest.fixture
    def secrets(self, tmp_path: Path) -> Path:
        script = ROOT / "docker" / "geheimen.sh"
        subprocess.run(["sh", str(script), str(tmp_path / "secrets")], check=True, capture_output=True)
        return tmp_path / "secrets"

    def test_are_all_made(self, secrets: Path) -> None:
        assert {path.name for path in secrets.iterdir()} == set(COMPOSE["secrets"])
        assert secrets.stat().st_mode & 0o777 == 0o700

    def test_are_never_made_twice(self, secrets: Path) -> None:
        before = (secrets / "secret_key").read_text()
        script = ROOT / "docker" / "geheimen.sh"
        again = subprocess.run(["sh", str(script), str(secrets)], check=False, capture_output=True, text=True)
        assert again.returncode == 1
        assert (secrets / "secret_key").read_text() == before

    def test_are_good_enough_for_production(self, secrets: Path) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DATABASE_URL", "REDIS", "DJANGO_ALLOW_ASYNC"))
        }
        for variable, value in services()["web"]["environment"].items():
            environment[variable] = str(value).replace("/run/secrets", str(secrets))
        environment |= {"ALLOWED_HOSTS": "loket.voorbeeld.invalid"}
        done = subprocess.run(
            [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], cwd=ROOT,
            env=environment, check=False, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def test_fit_the_roles_that_are_made_with_them(
        self, secrets: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, role in inrichten.ROLES.items():
            monkeypatch.delenv(name, raising=False)
            monkeypatch.setenv(f"{name}_FILE", str(secrets / name.lower()))
            assert f"//{role}:" in (secrets / name.lower()).read_text()
        passwords = inrichten.passwords_from_environment()
        assert passwords["skt_web"] in (secrets / "database_url").read_text()


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """Run a program for as long as the block lasts, also when the block fails."""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()


class TestValkeyScript:
    def test_starts_valkey_with_the_password_of_the_secret(self, tmp_path: Path) -> None:
        port = free_port()
        (tmp_path / "wachtwoord").write_text("proef123")
        environment = {
            **os.environ,
            "WACHTWOORD_FILE": str(tmp_path / "wachtwoord"),
            "GEGEVENSMAP": str(tmp_path),
            "POORT": str(port),
            "INSTELLINGEN": str(tmp_path / "valkey.conf"),
            "VALKEY_SERVER": str(find_program()),
        }
        script = ROOT / services()["valkey"]["volumes"][1].partition(":")[0]
        with running(["sh", str(script)], environment):
            with redis.Redis(port=port, password="proef123", decode_responses=True) as client:
                assert proces.wait_until(lambda: answers(client), seconds=60)
                assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            with redis.Redis(port=port) as stranger, pytest.raises(redis.AuthenticationError):
                stranger.ping()


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


class TestGezond:
    def test_asks_the_site_under_its_own_name(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_urls: dict[str, str], valkey_url: str
    ) -> None:
        """The site as the container starts it, on our own servers."""
        port = free_port()
        environment = {
            **os.environ,
            **proefproductie.environment(),
            **database_urls,
            "REDIS_URL": valkey_url,
            "SKT_BIND": f"127.0.0.1:{port}",
            "SKT_STATIC_ROOT": str(tmp_path),
            "SKT_WEB_WORKERS": "1",
            # The tests' servers are fast instead of safe, which a production site refuses.
            "DJANGO_SETTINGS_MODULE": "tests.lokaal.bijna_productie",
        }
        monkeypatch.setenv("SKT_BIND", f"127.0.0.1:{port}")
        monkeypatch.setenv("ALLOWED_HOSTS", environment["ALLOWED_HOSTS"])
        with running([sys.executable, "-m", *command_of("web")], environment):
            assert proces.wait_until(gezond.web, seconds=60)
            monkeypatch.setenv("ALLOWED_HOSTS", "anders.nl")
            assert not gezond.web()

    def test_sees_that_nothing_answers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SKT_BIND", "127.0.0.1:1")
        assert gezond.main(["web"]) == 1

    def test_sees_whether_the_scheduler_writes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        schedule = tmp_path / "schema"
        monkeypatch.setenv("SKT_BEAT_BESTAND", str(schedule))
        assert gezond.main(["beat"]) == 1
        schedule.with_suffix(".db").touch()
        assert gezond.main(["beat"]) == 0
        old = time.time() - gezond.BEAT_SECONDS - 1
        os.utime(schedule.with_suffix(".db"), (old, old))
        assert gezond.main(["beat"]) == 1
