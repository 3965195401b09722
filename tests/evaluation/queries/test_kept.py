"""What was counted before is given again while it is what the rows say, and never a moment longer."""

import contextlib
import itertools
from contextlib import contextmanager
from datetime import UTC, date, datetime

import psycopg
import pytest
import time_machine
from django.db import connection
from django.db.models import Sum

from evaluation.figures.period import whole_year
from evaluation.models import HubChange, KeptFigures
from evaluation.queries import kept
from evaluation.queries.kept import kept_or_counted, remembered_or_counted, steadily
from evaluation.queries.live import live
from evaluation.queries.participation import participation, rows_of
from inharmony.access.scope import Scope, scope_of, scoped
from inharmony.cache import SteadyCache
from participants.models import Attendance, Child, Enrolment, Placement, Playing
from programmes.models import Closing, Ensemble, Income, Partnership, Session, Tutor
from schools.models import SchoolContext
from tests.factories import evaluation, programmes
from tests.factories.schools import this_year

YEAR = whole_year(2026)
TODAY = date(2026, 11, 17)
SUMS = KeptFigures.Kind.SUMS


def version(programme):
    return HubChange.objects.filter(programme=programme).aggregate(sum=Sum("changes", default=0))["sum"]


def add_context(cast):
    SchoolContext.objects.create(school=cast.saltwharf, academic_year=this_year(), roll=200, origin="table")


def play(cast):
    Playing.objects.create(programme=cast.liverpool, child=cast.children[0], instrument="violin", starts_on=TODAY)


CHANGES = {
    "a register is taken": lambda cast: evaluation.register(cast.session, "pla", by=cast.priya),
    "a mark is changed": lambda cast: Attendance.objects.filter(child=cast.children[0]).update(mark="a"),
    "a mark is taken away": lambda cast: Attendance.objects.filter(child=cast.children[0]).delete(),
    "a session is planned": lambda cast: programmes.session(cast.strings, day=date(2026, 11, 20)),
    "a session is moved": lambda cast: Session.objects.filter(ensemble=cast.strings).update(day=date(2026, 11, 18)),
    "a child is described": lambda cast: Child.objects.filter(pk=cast.children[0].pk).update(sen="K"),
    "a child leaves": lambda cast: Enrolment.objects.filter(child=cast.children[0]).update(ends_on=TODAY),
    "a child moves up": lambda cast: Placement.objects.filter(child=cast.children[0]).update(year_group="5"),
    "a child plays": play,
    "an ensemble is another kind": lambda cast: Ensemble.objects.filter(pk=cast.strings.pk).update(kind="brass"),
    "an ensemble has a tutor": lambda cast: cast.brass.tutors.set(Tutor.objects.filter(programme=cast.liverpool)),
    "a partnership ends": lambda cast: Partnership.objects.filter(school=cast.saltwharf).update(ends_on=TODAY),
    "money comes in": lambda cast: Income.objects.create(
        programme=cast.liverpool, academic_year=this_year(), source="families", amount=100
    ),
    "a school's table is published": add_context,
    "a school has a new name": lambda cast: (
        type(cast.saltwharf).objects.filter(pk=cast.saltwharf.pk).update(name="New")
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_a_row_that_figures_are_made_of_says_so(cast, name):
    with scoped(cast.both):
        if name.startswith("a mark"):
            evaluation.register(cast.session, "pla", by=cast.priya)
        before, next_door = version(cast.liverpool), version(cast.leeds)
        CHANGES[name](cast)
        assert version(cast.liverpool) > before
        # and nothing of the hub next door is counted again for it
        assert version(cast.leeds) == next_door


def test_a_row_that_goes_to_another_hub_is_a_change_of_both(cast):
    with scoped(cast.both):
        before = version(cast.liverpool), version(cast.leeds)
        Partnership.objects.filter(school=cast.saltwharf).update(programme=cast.leeds)
        assert (version(cast.liverpool), version(cast.leeds)) == (before[0] + 1, before[1] + 1)


def test_what_is_kept_is_read_with_one_statement_until_something_changes(cast, django_assert_num_queries):
    with scoped(cast.liverpool_scope):
        evaluation.register(cast.session, "pla", by=cast.priya)
        assert cast.joanne.reach.whole_programmes
        first = live(cast.liverpool, YEAR, cast.joanne)
        with django_assert_num_queries(1):
            assert live(cast.liverpool, YEAR, cast.joanne).cells == first.cells
        CHANGES["a mark is changed"](cast)
        assert live(cast.liverpool, YEAR, cast.joanne).cells != first.cells


def test_at_midnight_a_register_is_due_that_was_to_come(cast):
    def due():
        with scoped(cast.liverpool_scope):
            return live(cast.liverpool, YEAR, cast.joanne).number("registers", column="due")

    assert due() == 0
    with time_machine.travel(datetime(2026, 11, 18, 0, 1, tzinfo=UTC)):
        assert due() == 1


def test_a_year_that_is_over_is_counted_once_for_all_days(cast):
    last = whole_year(2025)
    counted = []

    def look(today):
        return kept_or_counted(cast.liverpool, last, SUMS, today, lambda: counted.append(today) or {"n": len(counted)})

    with scoped(cast.liverpool_scope):
        # on its last day its own session may still be taken
        assert [look(day)["n"] for day in (date(2026, 8, 31), date(2026, 9, 1), TODAY, TODAY)] == [1, 2, 2, 2]


def test_what_other_code_has_kept_is_counted_again(cast, monkeypatch):
    with scoped(cast.liverpool_scope):
        assert kept_or_counted(cast.liverpool, YEAR, SUMS, TODAY, lambda: 1) == 1
        monkeypatch.setattr(kept, "edition", lambda: "another")
        assert kept_or_counted(cast.liverpool, YEAR, SUMS, TODAY, lambda: 2) == 2


def test_kept_figures_stand_behind_the_wall(cast):
    with scoped(cast.liverpool_scope):
        live(cast.liverpool, YEAR, cast.joanne)
        assert KeptFigures.objects.count() == 1
        assert KeptFigures.objects.visible_to(cast.omar).count() == 0
    with scoped(cast.leeds_scope):
        assert KeptFigures.objects.count() == 0


def test_who_does_not_see_the_hub_whole_reads_and_keeps_nothing_of_it(cast):
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
        assert live(cast.liverpool, YEAR, cast.joanne).number("children") == 2
        assert live(cast.liverpool, YEAR, cast.omar).number("children") == 0
        assert live(cast.liverpool, YEAR, cast.joanne).number("children") == 2


def test_a_closed_hub_is_read_and_what_is_counted_of_it_kept(cast, django_assert_num_queries):
    Closing.objects.create(
        programme=cast.liverpool,
        closed_on=TODAY,
        closed_by=cast.olu,
    )
    with scoped(cast.liverpool_scope):
        first = live(cast.liverpool, YEAR, cast.joanne)
        with django_assert_num_queries(1):
            assert live(cast.liverpool, YEAR, cast.joanne).cells == first.cells


def test_many_changes_are_put_together_in_one_of_the_same_sum(cast):
    with scoped(cast.liverpool_scope):
        for number in range(kept.MANY + 1):
            Child.objects.filter(pk=cast.children[0].pk).update(revision=number + 2)
        before = version(cast.liverpool)
        live(cast.liverpool, YEAR, cast.joanne)
        assert HubChange.objects.filter(programme=cast.liverpool).count() == 1
        assert version(cast.liverpool) == before


@pytest.fixture
def writers(committed_cast, fresh_database):
    """Two connections besides Django's own, in the scope of Liverpool, each in a transaction of its own."""

    @contextmanager
    def connected():
        settings = connection.settings_dict
        with psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"],
            dbname=fresh_database,
            user="web",
            password=settings["PASSWORD"] or None,
            options=f"-c inharmony.programmes={{{committed_cast.liverpool.pk}}}",
        ) as opened:
            yield opened

    with connected() as one, connected() as other:
        yield {"A": one, "B": other}


def orders():
    """Every order in which two transactions write and commit while somebody looks twice."""
    steps = ["A writes", "A commits", "B writes", "B commits", "look", "look"]
    for order in sorted(set(itertools.permutations(steps))):
        if order.index("A writes") < order.index("A commits") and order.index("B writes") < order.index("B commits"):
            yield order


def test_no_order_of_two_commits_leaves_a_reader_with_what_was(committed_cast, writers):
    cast, sql = committed_cast, "UPDATE participants_child SET sen = %s WHERE id = %s"
    children = {"A": cast.children[0].pk, "B": cast.children[1].pk}

    def told():
        return dict(Child.objects.filter(pk__in=children.values()).values_list("pk", "sen"))

    def look():
        with scoped(cast.liverpool_scope):
            found = kept_or_counted(cast.liverpool, YEAR, SUMS, TODAY, lambda: {str(k): v for k, v in told().items()})
            assert found == {str(pk): sen for pk, sen in told().items()}

    tried = 0
    for order in orders():
        tried += 1
        for step in [*order, "look"]:
            who, _, does = step.partition(" ")
            if does == "writes":
                writers[who].execute(sql, ["NKE"[tried % 3], children[who]])
            elif does == "commits":
                writers[who].commit()
            else:
                look()
    assert tried == 90


@pytest.mark.parametrize("is_before", [True, False])
def test_what_is_committed_while_somebody_counts_is_in_what_the_next_is_told(committed_cast, writers, is_before):
    cast = committed_cast

    def count():
        if is_before:
            writers["A"].commit()
        found = Child.objects.filter(sen="E").count()
        if not is_before:
            writers["A"].commit()
        return found

    writers["A"].execute("UPDATE participants_child SET sen = 'E' WHERE id = %s", [cast.children[0].pk])
    with scoped(cast.liverpool_scope):
        kept_or_counted(cast.liverpool, YEAR, SUMS, TODAY, count)
    with scoped(cast.liverpool_scope):
        assert kept_or_counted(cast.liverpool, YEAR, SUMS, TODAY, Child.objects.filter(sen="E").count) == 1


def test_who_counts_while_another_keeps_does_not_wait(committed_cast, writers):
    cast = committed_cast
    writers["A"].execute("SET LOCAL lock_timeout = '2s'")
    writers["A"].execute("SELECT pg_advisory_xact_lock(hashtext('evaluation_keptfigures'), %s)", [cast.liverpool.pk])
    with scoped(cast.liverpool_scope), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1ms'")
        assert kept_or_counted(cast.liverpool, YEAR, SUMS, TODAY, lambda: 5) == 5
        assert KeptFigures.objects.count() == 0


def test_changes_that_are_put_together_count_once_for_who_writes_meanwhile(committed_cast, writers):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        for number in range(kept.MANY + 1):
            Child.objects.filter(pk=cast.children[0].pk).update(revision=number + 2)
        before = version(cast.liverpool)
    writers["A"].execute("UPDATE participants_child SET sen = 'K' WHERE id = %s", [cast.children[1].pk])
    with scoped(cast.liverpool_scope):
        kept_or_counted(cast.liverpool, YEAR, SUMS, TODAY, lambda: 1)
        assert version(cast.liverpool) == before
        # to everybody else nothing has happened yet
        seen = writers["B"].execute(
            "SELECT sum(changes), count(*) FROM evaluation_hubchange WHERE programme_id = %s", [cast.liverpool.pk]
        )
        assert seen.fetchone()[0] == before
        writers["A"].commit()
    assert version(cast.liverpool) == before + 1


def test_what_changes_while_it_is_read_is_read_again_and_said_when_it_never_stands_still(cast):
    told = []

    def read(*, moves):
        told.append(len(told))
        if len(told) <= moves:
            with scoped(cast.both):
                HubChange.objects.create(programme=cast.liverpool)
        return told[-1]

    assert steadily(lambda: read(moves=0), cast.liverpool) == (0, True)
    told.clear()
    assert steadily(lambda: read(moves=2), cast.liverpool) == (2, True)
    told.clear()
    # what moves next door is nothing to this hub, and something to the country
    assert steadily(lambda: read(moves=9), cast.leeds) == (0, True)
    assert steadily(lambda: read(moves=9), tries=4) == (4, False)


def remembered(cast, counts, hub=None, today=TODAY, period=YEAR):
    """Counts a part of a hub, or is told what it was; what is counted is how often it has been."""

    def count():
        counts.append(1)
        return len(counts)

    programme = hub or cast.liverpool
    with scoped(Scope(frozenset({programme.pk}))):
        return remembered_or_counted(programme, "a-part", period, today, count)


def test_what_is_remembered_is_read_with_one_statement_until_something_changes(
    committed_cast, django_assert_num_queries
):
    cast, counts = committed_cast, []
    assert [remembered(cast, counts) for _ in range(3)] == [1, 1, 1]
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
    assert [remembered(cast, counts) for _ in range(2)] == [2, 2]
    # of the hub next door nothing has changed: it is another's count
    assert [remembered(cast, counts, cast.leeds) for _ in range(2)] == [3, 3]
    with scoped(cast.both), django_assert_num_queries(1):
        assert remembered_or_counted(cast.liverpool, "a-part", YEAR, TODAY, list) == 2


def test_what_is_remembered_is_of_its_day_until_the_period_is_over(committed_cast):
    counts, later = [], date(2026, 11, 18)
    assert [remembered(committed_cast, counts, today=day) for day in (TODAY, later, later)] == [1, 2, 2]
    over = whole_year(2024)
    assert [remembered(committed_cast, counts, today=day, period=over) for day in (TODAY, later)] == [3, 3]


def test_who_has_written_and_may_take_it_back_leaves_nothing_to_remember(committed_cast):
    cast, counts = committed_cast, []
    remembered(cast, counts)
    with contextlib.suppress(ZeroDivisionError), scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
        assert (
            remembered_or_counted(cast.liverpool, "a-part", YEAR, TODAY, lambda: "never committed") == "never committed"
        )
        raise ZeroDivisionError
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
    assert remembered(cast, counts) == 2


def test_while_the_shared_cache_is_away_each_counts(committed_cast, monkeypatch):
    monkeypatch.setattr(SteadyCache, "shared", lambda _cache, _act: None)
    counts = []
    assert [remembered(committed_cast, counts) for _ in range(2)] == [1, 2]


def test_a_schools_figures_are_remembered_for_whoever_sees_the_hub_whole(committed_cast, django_assert_num_queries):
    cast = committed_cast
    with scoped(cast.both):
        evaluation.register(cast.session, "pla", by=cast.priya)
    with scoped(scope_of(cast.joanne)):
        counted = participation(rows_of(cast.liverpool, YEAR, cast.joanne, cast.saltwharf))
    # the clock that drafts by itself is told the same, of the school and not of the hub
    with scoped(Scope(frozenset({cast.liverpool.pk}))), django_assert_num_queries(1):
        again = participation(rows_of(cast.liverpool, YEAR, None, cast.saltwharf))
    assert [(one.key, one.value) for one in again.figures] == [(one.key, one.value) for one in counted.figures]
    assert {one.key: one.value for one in again.figures}["children_reached"] == 2


def test_nothing_is_remembered_of_who_sees_a_part_of_the_hub(committed_cast):
    cast = committed_cast
    assert rows_of(cast.liverpool, YEAR, cast.priya, cast.saltwharf).part == ""
    with scoped(Scope(role="national")):
        assert rows_of(cast.liverpool, YEAR, None, cast.saltwharf).part == ""
    with scoped(Scope(schools=frozenset({cast.saltwharf.pk}))):
        assert rows_of(cast.liverpool, YEAR, None, cast.saltwharf).part == ""
