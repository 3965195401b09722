"""Photos go on their date, with the children who left, and files go with them."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions.photo_files import keep_files
from participants.actions.photo_keeping import destroy_due
from participants.models import Enrolment, Photo
from participants.models.photo import new_key
from participants.queries.photo import file_name
from programmes.models import Closing
from tests.factories import photos
from tests.trail import entries


@pytest.fixture
def today():
    return timezone.localdate()


def keys(cast):
    with scoped(cast.both):
        return set(Photo.objects.values_list("key", flat=True))


def test_a_photo_goes_three_years_after_it_was_taken(cast, today, django_capture_on_commit_callbacks):
    with scoped(cast.both):
        old = photos.photo(
            cast.liverpool, by=cast.ruth, is_nobody=True, is_public=True, taken_on=today.replace(year=today.year - 3)
        )
        young = photos.photo(
            cast.leeds, by=cast.omar, is_nobody=True, taken_on=today.replace(year=today.year - 3) + timedelta(days=1)
        )
    with django_capture_on_commit_callbacks(execute=True):
        assert destroy_due(today=today) == 1
    assert keys(cast) == {young.key}
    assert not default_storage.exists(file_name(old.key, 480))
    assert default_storage.exists(file_name(young.key, 480))
    told = entries()[-1]
    assert (told.act, told.actor_id, told.programme_id) == ("photo.destroyed", None, cast.liverpool.pk)
    assert destroy_due(today=today) == 0


def test_a_photo_goes_thirty_days_after_every_child_named_on_it_has_left(cast, today):
    one, two, _ = cast.children
    with scoped(cast.liverpool_scope):
        both = photos.photo(cast.liverpool, by=cast.ruth, on=[one, two])
        alone = photos.photo(cast.liverpool, by=cast.ruth, on=[one])
        Enrolment.objects.filter(child=one).update(ends_on=today - timedelta(days=30))
    # a list that was wrong can be taken back until then
    assert destroy_due(today=today) == 0
    assert destroy_due(today=today + timedelta(days=1)) == 1
    assert keys(cast) == {both.key}
    assert alone.key not in keys(cast)


def test_of_a_closed_hub_photos_go_too(cast, today):
    with scoped(cast.liverpool_scope):
        photos.photo(cast.liverpool, by=cast.ruth, on=cast.children, taken_on=today.replace(year=today.year - 4))
    Closing.objects.create(programme=cast.liverpool, closed_on=today, closed_by=cast.olu)
    assert destroy_due(today=today) == 1


def test_files_without_a_photo_go_once_they_have_settled(cast, today):
    key, fresh = new_key(), new_key()
    for each in (key, fresh):
        keep_files(each, photos.picture())
    past = time.time() - 7200
    for width in photos.picture().widths:
        os.utime(default_storage.path(file_name(key, width)), (past, past))
    destroy_due(today=today)
    assert not default_storage.exists(file_name(key, 480))
    assert default_storage.exists(file_name(fresh, 480))
