"""What is installed, what is only named, and what is left alone."""

import os
import venv
from pathlib import Path

import pytest

from inharmony.servers import machine
from inharmony.servers.machine import REPOSITORY, make_environment, missing_pdf_libraries, provide


def test_user_without_the_right_is_told_what_to_install_and_what_is_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    provide(["libpango-1.0-0", "libpangoft2-1.0-0"], "PDFs", "Reports as PDF are off.")
    assert capsys.readouterr().out == (
        "Missing for PDFs: libpango-1.0-0 libpangoft2-1.0-0. Only root can install them, with "
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0. Reports as PDF are off.\n"
    )


def test_root_sees_what_is_installed_and_that_it_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >> {asked}\nexit 1\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    provide(["chromium"], "browser tests", "The browser tests are skipped.")
    assert asked.read_text().splitlines() == ["-qq install -y --no-install-recommends chromium", "-qq update"]
    assert capsys.readouterr().out == (
        "Installing for browser tests: chromium (apt-get)\n"
        "apt-get could not install chromium. The browser tests are skipped.\n"
    )


def test_library_that_does_not_load_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PDF_LIBRARIES", {"libc6": "libc.so.6", "libnone-1": "libnone-1.so.0"})
    assert missing_pdf_libraries() == ["libnone-1"]


def test_environment_with_the_packages_of_the_lock_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=False)
    locks = ("requirements-dev.lock", "requirements.lock")
    (folder / "installed").write_text("\n".join(machine._digest(lock) for lock in locks))
    for lock in locks:
        make_environment(lock, folder)
    assert capsys.readouterr().out == ""


def test_changed_lock_is_installed_and_a_failure_leaves_no_stamp(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "environment"
    venv.create(folder, with_pip=False)  # so that the installation fails
    with pytest.raises(SystemExit, match=r"The packages of requirements\.lock could not be installed"):
        make_environment("requirements.lock", folder)
    assert not (folder / "installed").exists()
    assert "Installing the packages of requirements.lock" in capfd.readouterr().out


def test_development_lock_holds_every_package_of_the_other_at_the_same_version() -> None:
    def pins(lock: str) -> set[str]:
        lines = (REPOSITORY / lock).read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line and not line.lstrip().startswith("#")}

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()
