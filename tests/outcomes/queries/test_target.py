from datetime import date

from outcomes.actions.target import Aim
from outcomes.queries.target import hub_lines, targets_by_indicator, years_of_targets
from schools.models import AcademicYear
from tests.outcomes.actions.test_target import PLAY_ON, TODAY, WELL, YEAR, put


def lines(user):
    return [(line.programme.slug, line.many) for line in hub_lines(user, YEAR, TODAY)]


def test_hubs_are_listed_with_how_many_targets_stand(cast, django_assert_num_queries):
    put(cast, {"music": PLAY_ON, "wellbeing": WELL})
    put(cast, {"music": PLAY_ON})
    put(cast, {"wellbeing": WELL}, hub=cast.leeds, by=cast.omar)
    put(cast, {"viability": WELL}, year=AcademicYear(year=2027))
    assert dict(lines(cast.nia)).items() >= {"liverpool": 1, "leeds": 1}.items()
    assert lines(cast.priya) == lines(cast.joanne) == [("liverpool", 1)]
    assert lines(cast.omar) == [("leeds", 1)]
    assert lines(cast.sam) == lines(cast.olu) == []
    reach = cast.nia.reach
    with django_assert_num_queries(2):
        assert len(hub_lines(cast.nia, YEAR, TODAY)) >= 2
    assert reach.is_national


def test_what_was_set_stands_by_indicator_the_last_first(cast):
    put(cast, {"music": PLAY_ON})
    put(cast, {"music": Aim("Other")})
    found = targets_by_indicator(cast.joanne, cast.liverpool, YEAR)
    assert [row.words for row in found["music"]] == ["Other", PLAY_ON.words]
    assert found["wellbeing"] == []
    assert targets_by_indicator(cast.omar, cast.liverpool, YEAR)["music"] == []


def test_years_begin_with_the_first_that_has_a_target(cast):
    assert [year.pk for year in years_of_targets(cast.joanne, cast.liverpool, TODAY)] == [2027, 2026]
    put(cast, {"music": PLAY_ON}, year=AcademicYear(year=2024), today=date(2025, 3, 1))
    assert [year.pk for year in years_of_targets(cast.joanne, cast.liverpool, TODAY)] == [2027, 2026, 2025, 2024]
    assert [year.pk for year in years_of_targets(cast.omar, cast.leeds, TODAY)] == [2027, 2026]
