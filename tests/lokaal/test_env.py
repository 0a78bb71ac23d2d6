"""Reading the environment: values, files and one sentence when something is wrong."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from skt.settings import env


class TestRead:
    def test_prefers_the_value_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SKT_PROEF", "waarde")
        assert env.read("SKT_PROEF") == "waarde"

    def test_reads_the_file_that_holds_the_value(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        secret = tmp_path / "geheim"
        secret.write_text("uit een bestand\n", encoding="utf-8")
        monkeypatch.setenv("SKT_PROEF_FILE", str(secret))
        assert env.read("SKT_PROEF") == "uit een bestand"

    def test_names_a_file_that_cannot_be_read(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("SKT_PROEF_FILE", str(tmp_path / "weg"))
        with pytest.raises(ImproperlyConfigured, match=r"SKT_PROEF_FILE wijst naar .* niet te lezen"):
            env.read("SKT_PROEF")

    def test_names_what_is_absent(self) -> None:
        with pytest.raises(ImproperlyConfigured, match=r"De instelling SKT_PROEF .* ontbreekt"):
            env.read("SKT_PROEF")


class TestReadBool:
    @pytest.mark.parametrize(
        ("text", "expected"), [("ja", True), ("1", True), ("TRUE", True), ("nee", False), ("0", False)]
    )
    def test_takes_dutch_and_english(
        self, monkeypatch: pytest.MonkeyPatch, text: str, expected: bool
    ) -> None:
        monkeypatch.setenv("SKT_PROEF", text)
        assert env.read_bool("SKT_PROEF", default=not expected) is expected

    def test_refuses_anything_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SKT_PROEF", "misschien")
        with pytest.raises(ImproperlyConfigured, match="ja of nee"):
            env.read_bool("SKT_PROEF", default=False)


class TestReadInt:
    @pytest.mark.parametrize("text", ["-1", "0", "tien", "1.5"])
    def test_refuses_what_is_no_number_from_one(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setenv("SKT_PROEF", text)
        with pytest.raises(ImproperlyConfigured, match="heel getal"):
            env.read_int("SKT_PROEF", default=1)


class TestParseDatabaseUrl:
    def test_takes_apart_every_part(self) -> None:
        entry = env.parse_database_url("postgresql://skt_web:p%40ss@db.intern:6543/skt?sslmode=require")
        assert (entry["USER"], entry["PASSWORD"], entry["HOST"]) == ("skt_web", "p@ss", "db.intern")
        assert (entry["PORT"], entry["NAME"], entry["OPTIONS"]["sslmode"]) == ("6543", "skt", "require")

    @pytest.mark.parametrize(
        "url", ["", "onzin", "mysql://a:geheim@b/c", "postgres://:geheim@b/c", "postgres://a:geheim@b:x/c"]
    )
    def test_refuses_without_showing_the_password(self, url: str) -> None:
        with pytest.raises(ImproperlyConfigured) as refusal:
            env.parse_database_url(url)
        assert "DATABASE_URL" in str(refusal.value)
        assert "geheim" not in str(refusal.value)
