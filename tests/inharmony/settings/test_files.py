"""Where files lie: in a folder, or wherever the environment says."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import InvalidStorageError, StorageHandler

from inharmony.settings.files import storage
from tests.inharmony.settings.test_production import GIVEN, manage
from tests.object_store import ObjectStore

STORE = "tests.object_store.ObjectStore"


def test_without_a_word_files_lie_in_a_folder_that_only_their_owner_reads(tmp_path):
    found = StorageHandler({"default": storage(tmp_path, "", "")})["default"]
    assert (found.location, found.file_permissions_mode) == (str(tmp_path), 0o600)


def test_any_storage_of_django_is_made_with_the_options_given(tmp_path):
    found = StorageHandler({"default": storage(Path("/nowhere"), STORE, json.dumps({"location": str(tmp_path)}))})
    assert isinstance(found["default"], ObjectStore)
    assert found["default"].location == tmp_path


def test_a_storage_that_is_not_installed_is_named():
    with pytest.raises(InvalidStorageError, match="No module named 'storages'"):
        StorageHandler({"default": storage(Path("/nowhere"), "storages.backends.s3.S3Storage", "")})["default"]


@pytest.mark.parametrize(
    ("backend", "options", "words"),
    [
        (STORE, "{location", "FILES_STORAGE_OPTIONS is no JSON ("),
        (STORE, "[1]", "FILES_STORAGE_OPTIONS is no JSON object"),
        ("", '{"location": "/srv"}', "FILES_STORAGE_OPTIONS is set and FILES_STORAGE is not"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(backend, options, words):
    with pytest.raises(ImproperlyConfigured) as refused:
        storage(Path("/nowhere"), backend, options)
    assert words in str(refused.value)
    assert "docs/deployment.md" in str(refused.value)


def test_the_environment_says_which(tmp_path):
    given = GIVEN | {"FILES_STORAGE": STORE, "FILES_STORAGE_OPTIONS": json.dumps({"location": str(tmp_path)})}
    asked = "from django.core.files.storage import default_storage; print(default_storage.location)"
    assert manage("shell", "--no-imports", "--command", asked, **given) == (0, f"{tmp_path}\n")
