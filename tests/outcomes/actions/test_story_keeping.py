"""Stories go three years after their academic year, or with the children who left."""

from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from inharmony.access.scope import scoped
from outcomes.actions.story import destroy
from outcomes.actions.story_keeping import destroy_due, first_kept, goes_on
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


def test_a_story_goes_once_every_child_in_it_left_a_while_ago_and_its_year_can_be_told_no_more(cast, today):
    one, two, _ = cast.children
    long_ago, now = today.year - 2, this_year().pk
    AcademicYear.objects.get_or_create(year=long_ago)
    with scoped(cast.liverpool_scope):
        made = {
            name: stories.story(cast.liverpool, by=cast.ruth, of=of, academic_year=year)
            for name, of, year in (
                ("both", [one, two], long_ago),
                ("one", [one], long_ago),
                ("of this year", [one], now),
                ("nobodys", [], long_ago),
            )
        }
        kept = {story.key for name, story in made.items() if name != "one"}
        left_on = today - timedelta(days=30)
        Enrolment.objects.filter(child=one).update(ends_on=left_on)
        dates = {name: goes_on(story) for name, story in made.items()}
    assert dates == {
        "both": date(long_ago + 4, 9, 1),
        "one": max(today + timedelta(days=1), date(long_ago + 2, 1, 1)),
        "of this year": max(date(now + 2, 1, 1), today + timedelta(days=1)),
        "nobodys": date(long_ago + 4, 9, 1),
    }
    assert destroy_due(today=today) == 0
    assert destroy_due(today=today + timedelta(days=1)) == 1
    assert keys(cast) == kept


def test_who_is_here_again_by_the_time_it_goes_keeps_it(cast, today):
    with scoped(cast.liverpool_scope):
        made = stories.story(cast.liverpool, by=cast.ruth, of=cast.children[:1])
        # found as due before the lock, and not any more under it
        assert destroy(story=made, due=Q(state="shared")) is False
        made.delete()
        assert destroy(story=made, due=Q()) is False


def test_of_a_closed_hub_stories_go_too(cast, today):
    of_year(cast, this_year().pk - 4)
    Closing.objects.create(programme=cast.liverpool, closed_on=today, closed_by=cast.olu)
    assert destroy_due(today=today) == 1
