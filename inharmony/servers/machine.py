"""What the portal wants of the machine: packages in `.venv`, two libraries for PDFs, a browser for its tests.

Nothing but the standard library, because the set-up runs it by path with the system's Python:

    python3 inharmony/servers/machine.py requirements.lock
    python3 inharmony/servers/machine.py requirements-dev.lock --browser
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
OLDEST = (3, 11)
# Whoever has the packages of the second has those of the first.
LOCKS = {"requirements.lock": (), "requirements-dev.lock": ("requirements.lock",)}
PDF_LIBRARIES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing_pdf_libraries() -> list[str]:
    """Returns the Debian packages of the libraries that WeasyPrint loads and this machine lacks."""
    return [package for package, library in PDF_LIBRARIES.items() if not _loads(library)]


def browser_is_missing() -> bool:
    return not any(shutil.which(name) for name in BROWSERS)


def provide(packages: list[str], purpose: str, without: str) -> None:
    """Installs Debian packages where this user may; else, or when that fails, says what is then not to be had."""
    names = " ".join(packages)
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"Missing for {purpose}: {names}. Only root can install them, with apt-get install {names}. {without}")
        return
    say(f"Installing for {purpose}: {names} (apt-get)")
    if not (_apt("install", *packages) or (_apt("update") and _apt("install", *packages))):
        say(f"apt-get could not install {names}. {without}")


def _apt(command: str, *packages: str) -> bool:
    options = ["-y", "--no-install-recommends"] if command == "install" else []
    run = subprocess.run(
        ["apt-get", "-qq", command, *options, *packages],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return run.returncode == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def say(line: str) -> None:
    print(line, flush=True)


def make_environment(lock: str, folder: Path) -> None:
    """Installs the locked packages into `folder`, unless its stamp says that they are there; exits with the reason."""
    stamp = folder / "installed"
    python = folder / "bin/python"
    if _runs(python) and stamp.exists() and _digest(lock) in stamp.read_text().split():
        return
    say(f"Installing the packages of {lock} into {folder.name}")
    if not _runs(python):
        _make(folder)
    install = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
    if subprocess.run([*install, "--require-hashes", "-r", lock], cwd=REPOSITORY, check=False).returncode:
        sys.exit(f"The packages of {lock} could not be installed; see above. Is a package index within reach?")
    stamp.write_text("\n".join(_digest(name) for name in (lock, *LOCKS[lock])))


def _make(folder: Path) -> None:
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False).returncode:
        sys.exit(
            f"{sys.executable} could not make a virtual environment in {folder}. On Debian and Ubuntu: "
            "apt-get install python3-venv"
        )


def _runs(python: Path) -> bool:
    return python.exists() and subprocess.run([python, "-c", ""], check=False).returncode == 0


def _digest(lock: str) -> str:
    return hashlib.sha256((REPOSITORY / lock).read_bytes()).hexdigest()


def main(arguments: list[str]) -> None:
    lock, *wishes = arguments
    if sys.version_info < OLDEST:
        sys.exit(
            f"The portal needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is {sys.version.split()[0]}. "
            "Name another one: make demo PYTHON=python3.11"
        )
    make_environment(lock, REPOSITORY / ".venv")
    provide(missing_pdf_libraries(), "PDFs", "Everything else works; reports as PDF are off.")
    if "--browser" in wishes and browser_is_missing():
        provide(["chromium"], "browser tests", "The browser tests are skipped.")


if __name__ == "__main__":
    main(sys.argv[1:])
