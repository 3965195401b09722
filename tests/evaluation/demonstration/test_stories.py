"""The demonstration's stories say that they are invented, and those that are shared name children who may be shown."""

from inharmony.access.scope import Scope, scoped
from outcomes.models import Story
from outcomes.queries.story import children_in, shared_stories
from programmes.models import Programme, SharedStory
from schools.models import AcademicYear
from tests.evaluation.demonstration.conftest import TODAY


def test_shared_ones_name_children_who_may_be_shown_and_one_a_hub_waits_for_a_refusal(filled):
    with scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True)))):
        told = list(Story.objects.select_related("written_by", "programme"))
        assert {story.programme.slug for story in told} == {"leeds", "liverpool"}
        assert all(story.words.startswith("Invented: ") for story in told)
        waiting = [story for story in told if story.state == "waiting"]
        for story in told:
            named = children_in(story, story.written_by)
            assert story.is_shared == (story not in waiting)
            assert any(each.is_blocking for each in named) == (story in waiting)
        assert sorted(story.programme.slug for story in waiting) == ["leeds", "liverpool"]
        assert SharedStory.objects.count() == len(told) - len(waiting)
        year = AcademicYear.year_of(TODAY)
        for each in (year, year - 1):
            shown = shared_stories(year=each, programme=Programme.objects.get(slug="liverpool"))
            assert {story.is_case_study for story in shown} == {True, False}
