"""Files of photos lie under a key nobody guesses and go with their photo."""

import os

from django.core.files.storage import default_storage

from participants.actions import photo_files
from participants.models.photo import new_key
from participants.queries.photo import file_name, file_of
from tests import object_store
from tests.factories import photos


def test_each_width_is_a_file_and_all_of_them_go_together():
    key = new_key()
    photo_files.keep_files(key, photos.picture())
    assert file_of(key, 960).startswith(b"\xff\xd8\xff")
    assert photo_files.forget_files([key]) == 1
    assert not default_storage.exists(file_name(key, 480))
    assert file_of(key, 960) is None
    assert photo_files.forget_files([key, "nothing"]) == 0


def test_files_that_were_only_just_written_may_belong_to_a_photo_not_committed_yet():
    key = new_key()
    photo_files.keep_files(key, photos.picture())
    assert key not in photo_files.keys_in_storage()
    photo_files.forget_files([key])


def test_keys_are_long_and_never_the_same():
    assert len({new_key() for _ in range(100)}) == 100
    assert {len(new_key()) for _ in range(10)} == {22}


def test_in_a_store_that_has_no_folders_the_files_go_too(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {"default": object_store.at(tmp_path)}
    key, fresh = new_key(), new_key()
    for each in (key, fresh):
        photo_files.keep_files(each, photos.picture())
    for width in (480, 960):
        os.utime(default_storage._object(file_name(key, width)), (0, 0))
    assert photo_files.keys_in_storage() == {key}
    assert photo_files.forget_files([key, "nothing"]) == 1
    assert (file_of(key, 960), file_of(fresh, 960)) == (None, photos.picture().files[960])
    assert photo_files.keys_in_storage() == set()
