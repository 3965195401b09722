"""Files are whole or not there, under names nobody can guess."""

import contextlib
import errno
import os
import resource
import stat

import pytest

from evaluation.reports import shelf as shelf_of
from tests import object_store


def test_a_file_is_kept_whole_for_its_owner_only(shelf):
    name = shelf_of.put(b"%PDF whole")
    (file,) = shelf.iterdir()
    assert name == f"reports/{file.name}"
    assert shelf_of.get(name) == b"%PDF whole"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert shelf_of.is_there(name)


def test_two_files_have_two_names(shelf):
    assert shelf_of.put(b"a") != shelf_of.put(b"a")


def test_a_file_that_does_not_fit_leaves_nothing(shelf):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            shelf_of.put(b"x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(shelf.iterdir()) == []


@pytest.mark.parametrize(("number", "is_kept"), [(errno.EINVAL, True), (errno.EIO, False)])
def test_a_network_folder_that_flushes_no_folders_will_do_and_a_broken_one_will_not(
    shelf, monkeypatch, number, is_kept
):
    flush = os.fsync

    def refuse_folders(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    with contextlib.nullcontext() if is_kept else pytest.raises(OSError, match="Input/output"):
        assert shelf_of.get(shelf_of.put(b"%PDF whole")) == b"%PDF whole"


def test_what_is_gone_is_none(shelf):
    name = shelf_of.put(b"a")
    shelf_of.drop(name)
    assert (shelf_of.get(name), shelf_of.is_there(name), shelf_of.is_there("")) == (None, False, False)


def test_a_file_is_kept_in_a_store_that_has_no_folders(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {"default": object_store.at(tmp_path)}
    name = shelf_of.put(b"%PDF whole")
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes() == b"%PDF whole"
    assert (shelf_of.get(name), shelf_of.is_there(name)) == (b"%PDF whole", True)
    shelf_of.drop(name)
    shelf_of.drop(name)
    assert (shelf_of.get(name), shelf_of.is_there(name)) == (None, False)
    assert list(tmp_path.iterdir()) == []
