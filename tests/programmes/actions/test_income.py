"""The income of a hub's year: written down as a whole, by one act."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from inharmony.access.closing import refusal_of
from inharmony.access.scope import scoped
from programmes.actions.income import IncomeChangedError, Line, keep_income, standing_income, version_of
from programmes.models import Closing, Income
from schools.models import AcademicYear
from tests.trail import entries, entry

YEAR = AcademicYear(year=2025)
ACE, SCHOOLS, FAMILIES = Income.Source.ARTS_COUNCIL, Income.Source.SCHOOLS, Income.Source.FAMILIES


def keep(cast, *, seen=None, hub=None, by=None, year=YEAR, **lines):
    hub = hub or cast.liverpool
    seen = version_of(standing_income(hub, year)) if seen is None else seen
    said = {source: line if isinstance(line, Line) else Line(Decimal(line)) for source, line in lines.items()}
    return keep_income(programme=hub, year=year, lines=said, seen=seen, by=by or cast.joanne)


def kept(cast, year=YEAR):
    return {
        row.source: (row.amount, row.note)
        for row in Income.objects.filter(programme=cast.liverpool, academic_year=year.pk)
    }


@pytest.fixture
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield cast


def test_a_year_is_written_down_changed_and_taken_off(inside):
    assert keep(inside, arts_council="95000", schools=Line(Decimal("12500.50"), "12 schools")) == [ACE, SCHOOLS]
    assert kept(inside) == {ACE: (Decimal("95000.00"), ""), SCHOOLS: (Decimal("12500.50"), "12 schools")}
    assert keep(inside, arts_council="95000", families="0") == [SCHOOLS, FAMILIES]
    assert kept(inside) == {ACE: (Decimal("95000.00"), ""), FAMILIES: (Decimal("0.00"), "")}
    assert set(Income.objects.values_list("kept_by", flat=True)) == {inside.joanne.pk}


def test_the_trail_says_what_each_sum_was_and_became(inside):
    keep(inside, arts_council="95000")
    keep(inside, arts_council="96000", families="10")
    told = entries(act="income.kept")[-1]
    assert (told.actor_id, told.programme_id, told.subject_id) == (
        inside.joanne.pk,
        inside.liverpool.pk,
        inside.liverpool.pk,
    )
    assert told.details == {
        "year": "2025-26",
        "fields": ["income_arts_council", "income_families"],
        "amounts": {"arts_council": ["95000.00", "96000.00"], "families": [None, "10.00"]},
    }


def test_nothing_new_is_not_written_at_all(inside):
    keep(inside, arts_council="95000")
    at = Income.objects.get().kept_at
    assert keep(inside, arts_council="95000.00") == []
    assert Income.objects.get().kept_at == at
    assert entry(act="income.kept")


def test_years_and_hubs_are_kept_apart(cast):
    with scoped(cast.liverpool_scope):
        keep(cast, arts_council="1")
        keep(cast, arts_council="2", year=AcademicYear(year=2024))
    with scoped(cast.leeds_scope):
        keep(cast, hub=cast.leeds, by=cast.omar, arts_council="3")
        keep(cast, hub=cast.leeds, by=cast.omar)
    assert sorted(Income.objects.values_list("academic_year", "amount")) == [(2024, 2), (2025, 1)]


def test_who_saw_other_income_than_stands_writes_nothing(inside):
    seen = version_of({})
    keep(inside, arts_council="95000")
    with pytest.raises(IncomeChangedError, match="Somebody else wrote down income"):
        keep(inside, seen=seen, arts_council="1", families="2")
    assert kept(inside) == {ACE: (Decimal("95000.00"), "")}
    assert entry(act="income.kept")


def test_of_two_managers_at_once_one_is_told(committed_cast):
    both = Barrier(2)

    def write(amount):
        try:
            with scoped(committed_cast.liverpool_scope):
                both.wait(10)
                keep(committed_cast, seen=version_of({}), arts_council=amount)
        except IncomeChangedError:
            return "told"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, ("1", "2"))) == ["kept", "told"]
    assert Income.objects.count() == 1


def test_of_a_closed_hub_nothing_is_written(inside):
    keep(inside, arts_council="1")
    today = timezone.localdate()
    Closing.objects.create(programme=inside.liverpool, closed_on=today - timedelta(days=1), closed_by=inside.olu)
    with pytest.raises(DatabaseError) as error:
        keep(inside, arts_council="2")
    assert "is closed since" in refusal_of(error.value)
