"""Stories go three years after their academic year, or with the children who left."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import scoped
from outcomes.actions.story_keeping import destroy_due, first_kept
from outcomes.models import Story
from participants.models import Enrolment
from programmes.models import Closing, SharedStory
from schools.models import AcademicYear
from tests.factories import stories
from tests.factories.schools import this_year
from tests.trail import entries


@pytest.fixture
def today():
    return timezone.localdate()


def keys(cast):
    with scoped(cast.both):
        return set(Story.objects.values_list("key", flat=True))


def of_year(cast, year):
    AcademicYear.objects.get_or_create(year=year)
    with scoped(cast.liverpool_scope):
        return stories.story(
            cast.liverpool,
            by=cast.ruth,
            written=stories.of_adult(academic_year=year),
            is_nobody=True,
            is_shared=True,
        )


@pytest.mark.parametrize(("day", "first"), [(date(2030, 8, 31), 2026), (date(2030, 9, 1), 2027)])
def test_a_year_is_kept_until_three_years_after_its_last_day(day, first):
    assert first_kept(day) == first


def test_a_story_goes_three_years_after_its_year(cast, today):
    now = this_year().pk
    old, young = of_year(cast, now - 4), of_year(cast, now - 3)
    assert destroy_due(today=today) == 1
    assert keys(cast) == {young.key}
    assert set(SharedStory.objects.values_list("key", flat=True)) == {young.key}
    told = entries()[-1]
    assert (told.act, told.actor_id, told.subject_id) == ("story.destroyed", None, old.pk)
    assert destroy_due(today=today) == 0


def test_a_story_goes_once_every_child_in_it_has_left(cast, today):
    one, two, _ = cast.children
    with scoped(cast.liverpool_scope):
        both = stories.story(cast.liverpool, by=cast.ruth, of=[one, two])
        stories.story(cast.liverpool, by=cast.ruth, of=[one])
        nobodys = stories.story(cast.liverpool, by=cast.ruth)
        Enrolment.objects.filter(child=one).update(ends_on=today - timedelta(days=1))
    assert destroy_due(today=today) == 1
    assert keys(cast) == {both.key, nobodys.key}


def test_of_a_closed_hub_stories_go_too(cast, today):
    of_year(cast, this_year().pk - 4)
    Closing.objects.create(programme=cast.liverpool, closed_on=today, closed_by=cast.olu)
    assert destroy_due(today=today) == 1
