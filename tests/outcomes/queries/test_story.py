"""What stands beside a quotation says of whom it is no more than that there are ten or more."""

import pytest

from inharmony.access.scope import scoped
from outcomes.models import Story
from outcomes.queries.story import children_in, children_to_name, said_by, shared_stories
from outcomes.queries.year_group import LEAST, year_group_of
from participants.actions import at_risk
from participants.models import Placement
from programmes.models import SharedStory
from tests.factories import participants, stories


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        stories.consent(cast.children, by=cast.ruth)
        yield cast


def more(hub, many, year_group):
    names = [(f"Nova{chr(97 + n)}", f"Other{chr(97 + n)}") for n in range(many)]
    return participants.children(hub.liverpool, hub.saltwharf, by=hub.ruth, names=names, year_group=year_group)


@pytest.mark.parametrize(("many", "told"), [(LEAST - 1, "A child"), (LEAST, "A child in Year 2")])
def test_the_year_group_is_told_from_ten_children_on(hub, many, told):
    made = more(hub, many, "2")
    stories.consent(made[:1], by=hub.ruth)
    story = stories.story(hub.liverpool, by=hub.ruth, of=made[:1], is_shared=True)
    (shown,) = shared_stories(year=story.academic_year_id)
    assert (shown.said_by, shown.programme) == (told, "Liverpool")


def test_of_children_of_two_year_groups_of_families_and_of_tutors_it_is_not_told(hub):
    second, third = more(hub, LEAST, "2"), more(hub, LEAST, "3")
    both = stories.story(hub.liverpool, by=hub.ruth, of=[second[0], third[0]])
    assert year_group_of(both) == ""
    family = stories.of_adult(stories.SaidBy.FAMILY)
    assert year_group_of(stories.story(hub.liverpool, by=hub.ruth, of=second[:1], written=family)) == ""
    assert year_group_of(stories.story(hub.liverpool, by=hub.ruth)) == ""
    assert year_group_of(stories.story(hub.liverpool, by=hub.ruth, of=second[:2])) == "2"


def test_the_year_group_goes_when_other_children_are_in_it(hub):
    from outcomes.actions import story as acts

    second = more(hub, LEAST, "2")
    stories.consent(second, by=hub.ruth)
    story = stories.story(hub.liverpool, by=hub.ruth, of=second[:1], is_shared=True)
    assert SharedStory.objects.get().year_group == "2"
    acts.name_child(story=story, child=hub.children[0], by=hub.ruth)
    assert (SharedStory.objects.get().year_group, Story.objects.get(pk=story.pk).state) == ("", "shared")


@pytest.mark.parametrize(("number", "group"), [(9, "3"), (0, "3"), (0, "")])
def test_the_year_group_goes_once_fewer_are_of_it_or_the_child_is_of_another(hub, number, group):
    second = more(hub, LEAST + (number == 0), "2")
    stories.consent(second[:1], by=hub.ruth)
    story = stories.story(hub.liverpool, by=hub.ruth, of=second[:1], is_shared=True)
    Placement.objects.filter(child=hub.children[0]).update(year_group="5")
    assert SharedStory.objects.get().year_group == "2"
    Placement.objects.filter(child=second[number]).update(year_group=group)
    assert (SharedStory.objects.get().year_group, Story.objects.get(pk=story.pk).state) == ("", "shared")


@pytest.mark.parametrize(
    ("who", "group", "words"),
    [
        ("child", "5", "A child in Year 5"),
        ("child", "R", "A child in Reception"),
        ("child", "", "A child"),
        ("family", "", "A parent or carer"),
        ("tutor", "", "A tutor"),
        ("school_staff", "", "A member of school staff"),
        ("", "", ""),
    ],
)
def test_who_said_it_is_told_without_a_name(who, group, words):
    assert said_by(who, group) == words


def test_a_shown_story_holds_nothing_that_says_who(hub):
    story = stories.story(
        hub.liverpool, by=hub.ruth, of=hub.children[:1], written=stories.of_adult("family"), is_shared=True
    )
    (shown,) = shared_stories(year=story.academic_year_id)
    said = repr(shown)
    for secret in (hub.children[0].surname, story.permission, hub.ruth.name):
        assert secret not in said


def test_the_read_is_one_statement(hub, django_assert_num_queries):
    for child in hub.children:
        stories.story(hub.liverpool, by=hub.ruth, of=[child], is_shared=True)
    year = Story.objects.values_list("academic_year", flat=True).first()
    with django_assert_num_queries(1):
        assert len(shared_stories(year=year, programme=hub.liverpool)) == 3


def test_who_is_found_to_be_named_is_who_the_person_sees(hub):
    story = stories.story(hub.liverpool, by=hub.ruth, of=hub.children[:1])
    names = [each.child for each in children_to_name(story, hub.ruth, hub.others[0].surname)]
    assert names == [hub.others[0]]
    assert children_to_name(story, hub.ruth, hub.children[0].surname) == []
    assert children_to_name(story, hub.priya, hub.others[0].surname) == []
    assert children_to_name(story, hub.ruth, " ") == []
    at_risk.flag_at_risk(child=hub.children[0], by=hub.ruth)
    assert [each.is_blocking for each in children_in(story, hub.ruth)] == [True]
