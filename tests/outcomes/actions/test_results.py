"""Entering what is published of a comparison school."""

from decimal import Decimal

import pytest

from outcomes.actions import results
from schools.actions import context
from schools.actions.context import ContextRefusedError, Entered
from schools.models import AcademicYear, SchoolContext
from tests.outcomes.compared import YEAR, chosen
from tests.trail import entries

PUBLISHED = Entered({"expected_percent": Decimal("61.0")}, "Compare school performance, 2024", is_published=True)


def test_what_is_published_is_kept_with_its_source(cast):
    one = chosen(cast)
    row = results.enter_published(comparison=one, year=YEAR, entered=PUBLISHED, seen=None, by=cast.joanne)
    assert (row.school_id, row.expected_percent, row.is_published) == (one.school_id, Decimal("61.0"), True)
    assert row.source_by_hand == "Compare school performance, 2024"
    assert entries()[-1].act == "school_context.entered"


def test_what_a_school_told_its_own_hub_is_neither_published_nor_overwritten(cast):
    one = chosen(cast)
    told = Entered({"roll": 33}, "The school’s return", is_published=False)
    context.enter(school=one.school, year=AcademicYear(year=2023), entered=told, seen=None, by=cast.olu)
    before, told_so_far = SchoolContext.objects.values().get(), len(entries())
    for seen in (None, before["kept_at"]):
        with pytest.raises(results.NotPublishedError, match="not published, and must not be mixed"):
            results.enter_published(comparison=one, year=YEAR, entered=PUBLISHED, seen=seen, by=cast.joanne)
    assert SchoolContext.objects.values().get() == before
    assert len(entries()) == told_so_far


def test_it_refuses_what_the_form_of_a_partner_school_refuses(cast):
    nothing = Entered({}, "Compare school performance, 2024", is_published=True)
    with pytest.raises(ContextRefusedError, match="Enter at least one number"):
        results.enter_published(comparison=chosen(cast), year=YEAR, entered=nothing, seen=None, by=cast.joanne)
    assert not SchoolContext.objects.exists()
