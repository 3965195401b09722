"""Files are whole or not there, under names nobody can guess."""

import resource
import stat

import pytest

from evaluation.reports import shelf as shelf_of


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


def test_what_is_gone_is_none(shelf):
    name = shelf_of.put(b"a")
    shelf_of.drop(name)
    assert (shelf_of.get(name), shelf_of.is_there(name), shelf_of.is_there("")) == (None, False, False)
