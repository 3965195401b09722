"""The invented hubs have invented income of each source, and no source is there in every year."""

from collections import Counter

from evaluation.demonstration.income import SOURCES
from evaluation.demonstration.timetable import AREA, CHOIR, CLASS_GROUPS, COURSE, ORCHESTRA, SATURDAYS
from programmes.models import Ensemble, Income


def test_income_is_of_years_that_are_over_and_says_it_is_invented(filled):
    rows = list(Income.objects.select_related("academic_year"))
    assert {str(row.academic_year) for row in rows} == {"2025-26"}
    assert {row.note for row in rows} == {"Demonstration: invented"}
    assert Counter(row.source for row in rows)[Income.Source.ARTS_COUNCIL] == filled.programmes == 2


def test_no_source_is_left_out():
    assert set(SOURCES) == set(Income.Source)
    assert all(0 < least < most and often > 0 for least, most, often in SOURCES.values())


def test_there_are_ensembles_of_each_level():
    named = (*CLASS_GROUPS.values(), CHOIR, ORCHESTRA, AREA, SATURDAYS, COURSE)
    assert {level for _, _, level in named} == set(Ensemble.Level)
