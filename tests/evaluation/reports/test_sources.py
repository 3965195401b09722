"""Sources: what a report is made of stands in it, once, and is part of what it says."""

from dataclasses import replace

from evaluation.reports import sources
from evaluation.reports.declaration import Subject
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from inharmony.access.scope import scope_of, scoped
from outcomes.measures.shipped import NEWEST
from tests.factories.schools import this_year
from tests.outcomes.compared import publish


def contents_of(cast):
    with scoped(scope_of(cast.joanne)):
        return PROGRAMME_PARTICIPATION.contents(Subject(cast.liverpool), this_year().year, cast.joanne)


def test_of_rolls_the_last_table_up_to_the_year_is_named_with_its_year(cast):
    for year in (2023, 2024, 2030):
        publish(year, {cast.saltwharf: {"roll": 200}})
    publish(2025, {cast.saltwharf: {"expected_percent": 50}})
    assert sources.rolls_of([cast.saltwharf, cast.marigold], 2026) == ("DfE, 2024 (2024-25)",)
    assert "Whole schools: DfE, 2024 (2024-25)." in contents_of(cast).sources


def test_a_measure_that_was_answered_twice_is_named_once_with_version_and_licence():
    music = NEWEST["music"]
    (line,) = sources.of_measures([music, music])
    assert line == f"{music.title}, version {music.version}: {music.source}. {music.licence.words}"


def test_a_hubs_report_says_that_its_numbers_are_its_own_registers_and_record(cast):
    first, second, *_ = contents_of(cast).sources
    assert "the registers that In Harmony Liverpool took" in first
    assert "income: what In Harmony Liverpool wrote down of itself" in second


def test_another_source_is_another_report(cast):
    contents = contents_of(cast)
    assert replace(contents, sources=(*contents.sources, "Another.")).hash() != contents.hash()
