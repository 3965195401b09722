"""The layout of a data folder, and who may use it."""

import os
import socket
import tempfile
from pathlib import Path

import pytest

from inharmony.servers.folders import LOG_KEPT, Folders
from inharmony.servers.refusal import ServersError


def test_socket_fits_however_deep_the_data_folder_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / ("crescendo/" * 20)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / ("temporary" * 20)))
    folders = Folders(deep)
    folders.create()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(folders.sockets / ".s.PGSQL.5432"))
    (folders.sockets / ".s.PGSQL.5432").unlink()
    folders.sockets.rmdir()


def test_folders_are_private(data_dir: Path) -> None:
    folders = Folders(data_dir)
    folders.create()
    private = [folders.valkey, folders.files, folders.run, folders.log, folders.built, folders.sockets]
    assert {oct(folder.stat().st_mode & 0o777) for folder in private} == {"0o700"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another user's folder")
def test_socket_folder_of_another_user_is_refused(data_dir: Path) -> None:
    folders = Folders(data_dir)
    folders.create()
    folders.sockets.chmod(0o777)
    with pytest.raises(ServersError, match="is not a private folder of this user"):
        folders.create()


def test_data_folder_that_cannot_be_made_names_itself_and_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServersError, match=r"file/data cannot be made: .* Set DATA_DIR"):
        Folders(tmp_path / "file/data").create()


def test_long_log_starts_anew_and_keeps_the_last(data_dir: Path) -> None:
    folders = Folders(data_dir)
    folders.create()
    (folders.log / "web.log").write_bytes(b"x" * (LOG_KEPT + 1))
    os.close(folders.open_log("web"))
    assert (folders.log / "web.log").stat().st_size == 0
    assert (folders.log / "web.log.1").stat().st_size == LOG_KEPT + 1
