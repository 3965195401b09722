"""Whole schools beside comparison schools: reckoned by the worker, anew when schools or numbers are others."""

from datetime import date
from decimal import Decimal

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from outcomes.actions import comparison, difference
from outcomes.analysis.difference import SchoolRow, difference_in_differences
from outcomes.models import SchoolDifference
from outcomes.tasks import reckon_differences
from programmes.actions import partnership
from programmes.models import Partnership
from schools.models import AcademicYear
from tests.databases import connected_as
from tests.factories import schools
from tests.outcomes.changed import OTHERS, OWN, compare
from tests.outcomes.compared import YEAR, chosen, publish

TAKE = "SELECT pg_advisory_xact_lock(hashtext('outcomes_schooldifference'), %s)"


@pytest.fixture
def due(fresh_database):
    """Reckons what is due as the worker, and returns of how many hubs that was."""

    def reckon():
        with connected_as("worker", fresh_database):
            return difference.reckon_due()

    return reckon


def kept(**of):
    return list(SchoolDifference.objects.filter(**of).order_by("measure"))


def test_the_numbers_are_those_of_the_analysis_on_the_published_tables(committed_cast, due):
    compare(committed_cast)
    assert due() == 1
    (one,) = kept()
    rows = [
        SchoolRow(f"{part} {n}", part == "own", at, at + by)
        for part, group in (("own", OWN), ("other", OTHERS))
        for n, (at, by) in enumerate(group)
    ]
    found = difference_in_differences(rows, what="School attendance")
    assert (one.programme, one.measure) == (committed_cast.liverpool, "attendance_percent")
    assert (one.first_year_id, one.last_year_id) == (2021, 2023)
    # by hand: 9 points in five schools, none in four
    assert (one.result["difference"], found.difference) == (pytest.approx(1.8), pytest.approx(1.8))
    assert (one.result["in_harmony"]["schools"], one.result["comparison"]["schools"]) == (5, 4)
    assert one.result["interval"]["low"] == pytest.approx(found.interval.low)
    assert one.result["interval"]["high"] == pytest.approx(found.interval.high)
    assert (one.result["p_value"], one.result["arrangements"]) == (pytest.approx(found.p_value), 126)
    assert one.words == found.words
    assert one.result["assumptions"] == list(found.assumptions)


def test_nothing_is_done_twice_and_nothing_where_nothing_is_other(committed_cast, due):
    compare(committed_cast)
    assert due() == 1
    before = [(one.pk, one.made_at) for one in kept()]
    assert due() == 0
    assert [(one.pk, one.made_at) for one in kept()] == before


def test_choosing_and_ending_a_school_has_it_reckoned_anew(committed_cast, due):
    compare(committed_cast)
    due()
    other = chosen(committed_cast, "Far Away", year=AcademicYear(year=2022))
    # of which nothing is published: what is reckoned with is the same
    assert due() == 0
    publish(2021, {other.school: {"attendance_percent": Decimal(90)}})
    publish(2023, {other.school: {"attendance_percent": Decimal(95)}})
    assert due() == 1
    (one,) = kept()
    assert (one.result["comparison"]["schools"], one.result["difference"]) == (5, pytest.approx(0.8))
    comparison.end(comparison=other, because="It joined a trust.", by=committed_cast.joanne)
    assert due() == 1
    assert kept()[0].result["difference"] == pytest.approx(1.8)


def test_a_school_that_begins_or_a_table_of_a_new_year_has_it_reckoned_anew(committed_cast, due):
    partners, choices = compare(committed_cast)
    due()
    new = schools.school("Own and new")
    publish(2021, {new: {"attendance_percent": Decimal(90)}})
    publish(2023, {new: {"attendance_percent": Decimal(90)}})
    begun = Partnership(programme=committed_cast.liverpool, school=new, starts_on=date(2023, 9, 1))
    partnership.begin(partnership=begun, by=committed_cast.joanne)
    assert due() == 1
    assert kept()[0].result["in_harmony"]["schools"] == 6
    publish(2024, {one: {"attendance_percent": Decimal(95)} for one in (*partners, *(one.school for one in choices))})
    assert due() == 1
    assert kept()[0].last_year_id == 2024


def test_of_few_schools_no_interval_is_kept_and_of_one_no_number(committed_cast, due):
    _, choices = compare(committed_cast, OWN[:3])
    due()
    (one,) = kept()
    assert (one.result["arrangements"], one.result["interval"]) == (35, None)
    assert "with so few schools no interval can be given" in one.words
    for choice in choices[1:]:
        comparison.end(comparison=choice, because="Too far away.", by=committed_cast.joanne)
    due()
    (one,) = kept()
    assert one.result == {}
    assert one.words.startswith("3 of the schools take part and 1 are for comparison")


def test_of_a_hub_that_compares_no_more_nothing_stays(committed_cast, due):
    _, choices = compare(committed_cast)
    due()
    for choice in choices:
        comparison.end(comparison=choice, because="Too far away.", by=committed_cast.joanne)
    assert due() == 1
    assert kept() == []
    assert due() == 0


def test_attainment_is_worded_as_the_evaluations_found_it(committed_cast, due):
    compare(committed_cast, field="expected_percent")
    due()
    (one,) = kept()
    assert one.words.startswith("The share at the expected standard changed by 1.8 on average in the 5 In Harmony")
    assert one.words.endswith("no extra progress for In Harmony pupils, and this comparison does not show otherwise.")
    assert "went up" not in one.words


def test_a_hub_that_fails_keeps_no_other_back_and_is_tried_again(committed_cast, fresh_database, due, caplog):
    compare(committed_cast)
    one, by = schools.school("Of Leeds"), committed_cast.omar
    comparison.choose(programme=committed_cast.leeds, school=one, year=YEAR, reason="Near.", by=by)
    for year in (2021, 2023):
        publish(year, {school: {"attendance_percent": Decimal(90)} for school in (one, committed_cast.kirkfold)})
    with (
        connected_as("worker", fresh_database),
        psycopg.connect(**connection.get_connection_params()) as holder,
        connection.cursor() as cursor,
    ):
        holder.execute(TAKE, [committed_cast.liverpool.pk])
        cursor.execute("SET lock_timeout = '50ms'")
        assert difference.reckon_due() == 1
    assert [row.programme_id for row in kept()] == [committed_cast.leeds.pk]
    assert f"The schools of programme {committed_cast.liverpool.pk} could not be compared" in caplog.text
    assert due() == 1
    assert kept(programme=committed_cast.liverpool) != []


def test_the_task_does_what_is_due(committed_cast, fresh_database):
    compare(committed_cast)
    with connected_as("worker", fresh_database):
        reckon_differences()
    assert len(kept()) == 1


def test_no_page_writes_or_changes_a_result(committed_cast, due):
    compare(committed_cast)
    due()
    for act in (
        lambda: SchoolDifference.objects.update(words="Better."),
        lambda: SchoolDifference.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act()
