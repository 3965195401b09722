"""Choosing and ending comparison schools."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from outcomes.actions import comparison
from outcomes.models import ComparisonSchool
from programmes.actions import closing
from programmes.models import Partnership
from schools.models import AcademicYear
from tests import machinery
from tests.factories import schools
from tests.outcomes.compared import YEAR, chosen
from tests.trail import entries


def test_a_school_is_chosen_with_its_reason_and_the_trail_says_so(cast):
    one = chosen(cast)
    assert (one.programme, one.academic_year_id, one.chosen_by) == (cast.liverpool, 2023, cast.joanne)
    assert one.reason == "As many pupils, as poor."
    told = entries()[-1]
    assert (told.act, told.actor_id, told.programme_id) == ("comparison.chosen", cast.joanne.pk, cast.liverpool.pk)
    assert told.details == {"school": one.school_id, "year": "2023-24"}
    assert told.children == []


def test_a_school_is_chosen_once_at_a_time_and_by_each_hub_for_itself(cast):
    one = chosen(cast)
    before = len(entries())
    again = {"school": one.school, "year": YEAR, "reason": "Again."}
    with pytest.raises(comparison.ChosenAlreadyError, match="Farfield Primary is compared with Liverpool already"):
        comparison.choose(programme=cast.liverpool, by=cast.joanne, **again)
    assert (ComparisonSchool.objects.count(), len(entries())) == (1, before)
    comparison.choose(programme=cast.leeds, by=cast.omar, **again)
    comparison.end(comparison=one, because="It joined a trust.", by=cast.joanne)
    comparison.choose(programme=cast.liverpool, by=cast.joanne, **again)
    assert ComparisonSchool.objects.filter(programme=cast.liverpool).count() == 2


@pytest.mark.parametrize("school", ["saltwharf", "kirkfold"])
def test_a_school_that_takes_part_in_any_hub_is_no_comparison(cast, school):
    before = len(entries())
    with pytest.raises(comparison.TakesPartError, match="a school that takes part is no comparison"):
        comparison.choose(
            programme=cast.liverpool, school=getattr(cast, school), year=YEAR, reason="Near.", by=cast.joanne
        )
    assert not ComparisonSchool.objects.exists()
    assert len(entries()) == before


@pytest.mark.parametrize(("last_day", "is_refused"), [(date(2023, 9, 1), True), (date(2023, 8, 31), False)])
def test_a_school_that_took_part_before_is_one_from_the_year_after_on(cast, last_day, is_refused):
    Partnership.objects.filter(school=cast.kirkfold).update(ends_on=last_day)
    wanted = {"programme": cast.liverpool, "school": cast.kirkfold, "year": YEAR, "reason": "Near.", "by": cast.joanne}
    if is_refused:
        with pytest.raises(comparison.TakesPartError, match="worked since 2023-24, with Leeds"):
            comparison.choose(**wanted)
    else:
        assert comparison.choose(**wanted).school == cast.kirkfold


def test_an_ended_choice_stays_with_who_ended_it_and_why(cast):
    one = comparison.end(comparison=chosen(cast), because="It joined a trust.", by=cast.joanne)
    kept = ComparisonSchool.objects.get()
    assert (kept.ended_at, kept.ended_by, kept.ended_because) == (one.ended_at, cast.joanne, "It joined a trust.")
    assert entries()[-1].act == "comparison.ended"
    before = len(entries())
    with pytest.raises(comparison.EndedAlreadyError, match="somebody ended it before"):
        comparison.end(comparison=one, because="Again.", by=cast.joanne)
    assert len(entries()) == before
    assert ComparisonSchool.objects.get().ended_because == "It joined a trust."


def test_the_database_deletes_none_and_keeps_reasons(cast):
    one = chosen(cast)
    for changes in ({"reason": ""}, {"ended_because": "No."}, {"ended_by": cast.joanne}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ComparisonSchool.objects.filter(pk=one.pk).update(**changes)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        one.delete()


def test_a_closed_hub_chooses_and_ends_none(cast):
    one, school = chosen(cast), schools.school("Another Primary")
    closing.close(programme=cast.liverpool, on=date.today(), by=cast.olu)
    with pytest.raises(DatabaseError, match="Liverpool is closed"), transaction.atomic():
        comparison.choose(
            programme=cast.liverpool, school=school, year=AcademicYear(year=2024), reason="Near.", by=cast.joanne
        )
    with pytest.raises(DatabaseError, match="Liverpool is closed"), transaction.atomic():
        comparison.end(comparison=one, because="Closed.", by=cast.joanne)


def test_choosing_and_ending_tell_the_workers_that_groups_are_others(cast, django_capture_on_commit_callbacks):
    with machinery.queue() as waiting:
        with django_capture_on_commit_callbacks(execute=True):
            one = chosen(cast)
        assert waiting() == [(comparison.RECKON_DIFFERENCES, {})]
        with django_capture_on_commit_callbacks(execute=True):
            comparison.end(comparison=one, because="It joined a trust.", by=cast.joanne)
        assert waiting() == [(comparison.RECKON_DIFFERENCES, {})]
