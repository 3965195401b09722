"""The turn of the year: a year group on, once, over nobody's placement, and back in one press."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import connection

from inharmony.access.scope import scoped
from participants.actions import roll_forward
from participants.actions.roster import RosterChangedError
from participants.models import Enrolment, Membership, Placement, RollForward, RosterImport
from participants.models.enrolment import YearGroup
from participants.queries.roll_forward import rolling
from tests.factories import participants
from tests.participants.lists import accept, class_list, stage
from tests.participants.turn import london, next_year
from tests.trail import entries, entry, history


@pytest.fixture
def year():
    return next_year()


@pytest.fixture
def september(cast, year, time_machine):
    """The first of September after the cast was gathered, inside Liverpool."""
    time_machine.move_to(london(year.starts_on), tick=False)
    with scoped(cast.liverpool_scope):
        yield cast


def keys(cast, year, name="", *, by=None):
    """The classes that could move, all with one new name."""
    from django.utils import timezone

    return {row.key: name for row in rolling(cast.liverpool, by or cast.ruth, year, timezone.localdate())}


def move(cast, year, name="", **more):
    return roll_forward.move_up(
        programme=cast.liverpool, academic_year=year, classes=keys(cast, year, name) | more, by=cast.ruth
    )


def placed(year):
    """Year group and class of each child in a year."""
    found = Placement.objects.filter(academic_year_id=year.pk)
    return {child: (group, name) for child, group, name in found.values_list("child_id", "year_group", "school_class")}


def test_everybody_moves_a_year_group_on_and_stays_in_their_ensembles(september, year):
    cast = september
    before = list(Membership.objects.order_by("pk").values())
    act = move(cast, year)
    everyone = [*cast.children, *cast.others]
    assert placed(year) == {child.pk: ("5", "") for child in everyone}
    assert (act.kind, act.children, act.school, act.academic_year_id) == ("moved", 5, None, year.pk)
    told = entry(act="children.moved_up")
    assert (told.actor_id, told.children) == (cast.ruth.pk, sorted(child.pk for child in everyone))
    assert told.details == {"academic_year": year.pk, "school": None}
    # the year that is over stays as it was
    assert set(placed(next_year_before(year)).values()) == {("4", "4B")}
    assert list(Membership.objects.order_by("pk").values()) == before


def next_year_before(year):
    return type(year)(year=year.pk - 1)


def test_only_the_classes_named_move_each_with_its_new_name(september, year):
    cast = september
    mine = {key: "5 Heron" for key in keys(cast, year) if key.startswith(str(cast.saltwharf.pk))}
    act = roll_forward.move_up(programme=cast.liverpool, academic_year=year, classes=mine, by=cast.ruth)
    assert placed(year) == {child.pk: ("5", "5 Heron") for child in cast.children}
    assert act.school == cast.saltwharf


def test_run_twice_it_has_one_effect(september, year):
    cast = september
    classes = keys(cast, year)
    roll_forward.move_up(programme=cast.liverpool, academic_year=year, classes=classes, by=cast.ruth)
    again = roll_forward.move_up(programme=cast.liverpool, academic_year=year, classes=classes, by=cast.ruth)
    assert (again, RollForward.objects.count(), len(entries(act="children.moved_up"))) == (None, 1, 1)
    assert len(placed(year)) == 5


def test_half_done_it_goes_on_with_the_rest(september, year):
    cast = september
    one = {key: "" for key in keys(cast, year) if key.startswith(str(cast.marigold.pk))}
    roll_forward.move_up(programme=cast.liverpool, academic_year=year, classes=one, by=cast.ruth)
    assert move(cast, year).children == 3


def test_a_placement_of_a_class_list_is_never_overwritten(september, year):
    cast = september
    amara = cast.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,3,3 Wren"
    accept(cast.ruth, stage(cast.ruth, class_list(row), school=cast.saltwharf, year=year))
    classes = keys(cast, year) | {f"{cast.saltwharf.pk}|4|5|4B": "5B"}
    roll_forward.move_up(programme=cast.liverpool, academic_year=year, classes=classes, by=cast.ruth)
    assert placed(year)[amara.pk] == ("3", "3 Wren")
    assert placed(year)[cast.children[1].pk] == ("5", "5B")


def test_a_class_list_that_comes_after_says_the_class_and_keeps_its_own_undo(september, year):
    cast = september
    move(cast, year)
    amara = cast.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,5,5 Wren"
    listed = stage(cast.ruth, class_list(row, "Bo,Wren,14/03/2018"), school=cast.saltwharf, year=year)
    accept(cast.ruth, listed)
    assert placed(year)[amara.pk] == ("5", "5 Wren")
    # nobody was listed before: a newcomer of the first list counts from the first day
    assert Enrolment.objects.get(child__forename="Bo").starts_on == year.starts_on


def test_a_newcomer_of_the_first_list_counts_from_september_though_it_comes_in_october(september, year, time_machine):
    cast = september
    move(cast, year)
    time_machine.move_to(london(date(year.year, 10, 8)), tick=False)
    accept(cast.ruth, stage(cast.ruth, class_list("Bo,Wren,14/03/2018"), school=cast.saltwharf, year=year))
    accept(cast.ruth, stage(cast.ruth, class_list("Cy,Finch,15/03/2018"), school=cast.saltwharf, year=year))
    starts = dict(
        Enrolment.objects.filter(child__forename__in=("Bo", "Cy")).values_list("child__forename", "starts_on")
    )
    assert starts == {"Bo": year.starts_on, "Cy": date(year.year, 10, 8)}


def test_who_moved_up_by_rote_and_is_on_another_schools_list_changed_school_in_summer(september, year, time_machine):
    cast = september
    move(cast, year)
    time_machine.move_to(london(date(year.year, 9, 20)), tick=False)
    amara = cast.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,5,5 Wren"
    accept(cast.ruth, stage(cast.ruth, class_list(row), school=cast.marigold, year=year))
    stays = list(Enrolment.objects.filter(child=amara).order_by("starts_on").values_list("school_id", "ends_on"))
    assert stays == [(cast.saltwharf.pk, year.starts_on - timedelta(days=1)), (cast.marigold.pk, None)]


def test_who_has_left_by_september_does_not_move_and_who_leaves_later_does(september, year):
    cast = september
    gone, going, _ = cast.children
    Enrolment.objects.filter(child=gone).update(ends_on=year.starts_on - timedelta(days=1))
    Enrolment.objects.filter(child=going).update(ends_on=year.starts_on)
    move(cast, year)
    assert (gone.pk in placed(year), placed(year)[going.pk]) == (False, ("5", ""))


def test_children_at_risk_move_like_everybody(september, year):
    cast = september
    type(cast.children[0]).objects.filter(pk=cast.children[0].pk).update(is_at_risk=True)
    assert move(cast, year).children == 5


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("N1", "N2"), ("N2", "R"), ("R", "1"), ("1", "2"), ("5", "6"), ("6", None), ("X", "X"), ("", ""), ("8", None)],
)
def test_each_year_group_moves_to_its_own(september, year, was, becomes):
    cast = september
    Placement.objects.filter(child__in=cast.children).update(year_group=was)
    move(cast, year)
    assert placed(year).get(cast.children[0].pk) == (None if becomes is None else (becomes, ""))


@pytest.mark.parametrize(
    ("phase", "high_age", "was", "moves"),
    [
        ("primary", 7, "2", False),
        ("primary", 7, "1", True),
        ("primary", 9, "4", False),
        ("all_through", None, "6", True),
        ("all_through", 16, "10", True),
        ("all_through", 16, "11", False),
        ("special", 19, "13", True),
        ("special", 19, "14", False),
        ("nursery", None, "N2", False),
        ("secondary", 18, "13", False),
    ],
)
def test_who_passes_the_top_of_their_school_is_left_for_the_leavers(september, year, phase, high_age, was, moves):
    cast = september
    type(cast.saltwharf).objects.filter(pk=cast.saltwharf.pk).update(phase=phase, high_age=high_age)
    Placement.objects.filter(child__in=cast.children).update(year_group=was)
    move(cast, year)
    assert (cast.children[0].pk in placed(year)) is moves


def test_educated_at_home_nobody_leaves_a_school(september, year):
    cast = september
    Enrolment.objects.filter(child__in=cast.children).update(school=None)
    Placement.objects.filter(child__in=cast.children).update(year_group="6")
    move(cast, year)
    assert placed(year)[cast.children[0].pk] == ("7", "")


def test_a_year_that_was_missed_is_caught_up(september, year, time_machine):
    cast, later = september, type(year)(year=year.pk + 1)
    time_machine.move_to(london(later.starts_on), tick=False)
    move(cast, later)
    assert placed(later)[cast.children[0].pk] == ("6", "")


def test_before_june_the_next_year_is_refused_and_from_june_it_can_be_planned(cast, year, time_machine):
    with scoped(cast.liverpool_scope):
        time_machine.move_to(london(date(year.year, 5, 31), time(23, 59)), tick=False)
        with pytest.raises(roll_forward.OtherYearError, match=f"move up into {year.pk - 1}-"):
            move(cast, year)
        assert (RollForward.objects.count(), entries(act="children.moved_up")) == (0, [])
        time_machine.move_to(london(date(year.year, 6, 1), time(0, 1)), tick=False)
        assert move(cast, year).children == 5
        assert not Enrolment.objects.exclude(ends_on=None).exists()


def test_a_page_opened_before_midnight_of_31_august_is_good_after_it(cast, year, time_machine):
    with scoped(cast.liverpool_scope):
        time_machine.move_to(london(date(year.year, 8, 31), time(23, 59)), tick=False)
        classes = keys(cast, year)
        time_machine.move_to(london(year.starts_on, time(0, 1)), tick=False)
        assert keys(cast, year) == classes
        act = roll_forward.move_up(programme=cast.liverpool, academic_year=year, classes=classes, by=cast.ruth)
    assert act.children == 5


def test_it_works_late_in_october(cast, year, time_machine):
    time_machine.move_to(london(date(year.year, 10, 20)), tick=False)
    with scoped(cast.liverpool_scope):
        assert move(cast, year).children == 5


def test_the_hub_next_door_is_not_moved(september, year):
    cast = september
    move(cast, year)
    with scoped(cast.both):
        assert not Placement.objects.filter(programme=cast.leeds, academic_year_id=year.pk).exists()


# undone


def test_undo_takes_back_what_the_press_made_and_it_can_be_done_again(september, year):
    cast = september
    act = move(cast, year)
    assert roll_forward.undo(act=act, by=cast.joanne) == 0
    assert placed(year) == {}
    found = RollForward.objects.get()
    assert (found.undone_by, entry(act="children.moved_back").children) == (
        cast.joanne,
        sorted(c.pk for c in [*cast.children, *cast.others]),
    )
    assert {(table, verb) for table, verb, *_ in history()} == {("Placement", "delete")}
    assert move(cast, year).children == 5


def test_undone_twice_it_is_undone_once(september, year):
    cast = september
    act = move(cast, year)
    roll_forward.undo(act=act, by=cast.ruth)
    roll_forward.undo(act=act, by=cast.joanne)
    assert (RollForward.objects.get().undone_by, len(entries(act="children.moved_back"))) == (cast.ruth, 1)


def test_undo_leaves_who_was_changed_since_or_stands_in_a_list_since(september, year, time_machine):
    cast = september
    act = move(cast, year)
    amara, yusuf, ellie = cast.children
    time_machine.shift(60)
    same = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,5,"
    other = f"{yusuf.forename},{yusuf.surname},{yusuf.date_of_birth:%d/%m/%Y},,5,5 Wren"
    accept(cast.ruth, stage(cast.ruth, class_list(same, other), school=cast.saltwharf, year=year))
    assert roll_forward.undo(act=act, by=cast.ruth) == 2
    assert placed(year) == {amara.pk: ("5", ""), yusuf.pk: ("5", "5 Wren")}
    assert ellie.pk not in placed(year)


def test_undo_of_what_was_changed_altogether_is_refused_and_leaves_no_trace(september, year):
    cast = september
    act = move(cast, year)
    Placement.objects.filter(rolled_in=act).update(revision=2)
    with pytest.raises(roll_forward.ChangedSinceError, match="Undo the list first"):
        roll_forward.undo(act=act, by=cast.ruth)
    assert (RollForward.objects.get().undone_at, entries(act="children.moved_back")) == (None, [])


@pytest.mark.parametrize(("days", "is_late"), [(30, False), (31, True)])
def test_what_was_planned_in_june_can_be_undone_until_october(cast, year, time_machine, days, is_late):
    time_machine.move_to(london(date(year.year, 6, 12)), tick=False)
    with scoped(cast.liverpool_scope):
        act = move(cast, year)
        time_machine.move_to(london(year.starts_on + timedelta(days=days)), tick=False)
        if is_late:
            with pytest.raises(roll_forward.UndoTooLateError, match="could be undone until 1 October"):
                roll_forward.undo(act=act, by=cast.ruth)
        else:
            assert roll_forward.undo(act=act, by=cast.ruth) == 0


# at once


def at_once(cast, *acts):
    """Does each act in a thread of its own, all begun together; returns what they answered, and what went wrong."""
    started, answers, wrong = threading.Barrier(len(acts)), [], []

    def press(act):
        try:
            started.wait(5)
            with scoped(cast.liverpool_scope):
                answers.append(act())
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, wrong


def test_four_who_press_at_once_move_each_child_once(committed_cast, year, time_machine):
    cast = committed_cast
    time_machine.move_to(london(year.starts_on), tick=True)
    answers, wrong = at_once(cast, *[lambda: move(cast, year)] * 4)
    with scoped(cast.liverpool_scope):
        assert (wrong, len(placed(year)), Placement.objects.filter(academic_year_id=year.pk).count()) == ([], 5, 5)
        assert (sum(answer is not None for answer in answers), RollForward.objects.count()) == (1, 1)


def accept_as_shown(cast, listed):
    """Accepts a list: a page of before it was compared again, and one of before children moved, is refused once each."""
    for _ in range(2):
        try:
            accept(cast.ruth, RosterImport.objects.get(pk=listed.pk))
        except RosterChangedError:
            continue
        return
    accept(cast.ruth, RosterImport.objects.get(pk=listed.pk))


def test_a_class_list_accepted_at_the_same_moment_places_each_child_once(committed_cast, year, time_machine):
    cast = committed_cast
    time_machine.move_to(london(year.starts_on), tick=True)
    with scoped(cast.liverpool_scope):
        rows = [f"{c.forename},{c.surname},{c.date_of_birth:%d/%m/%Y},,5,5 Wren" for c in cast.children]
        listed = stage(cast.ruth, class_list(*rows), school=cast.saltwharf, year=year)
    _, wrong = at_once(cast, lambda: move(cast, year), lambda: accept(cast.ruth, listed))
    with scoped(cast.liverpool_scope):
        assert Placement.objects.filter(academic_year_id=year.pk).count() == 5
        if wrong:  # the list was looked at before the children moved: it is shown again, and then accepted
            accept_as_shown(cast, listed)
        assert {placed(year)[child.pk] for child in cast.children} == {("5", "5 Wren")}


@pytest.mark.parametrize("size", [1, 7])
def test_the_statements_are_the_same_whatever_the_number_of_children(september, year, size, django_assert_num_queries):
    cast = september
    Placement.objects.all().delete()
    participants.children(cast.liverpool, cast.marigold, by=cast.ruth, names=participants.NAMES[:size])
    Placement.objects.update(academic_year_id=year.pk - 1)
    classes = keys(cast, year)
    # savepoint; lock; who; schools; year; act; placements, and of whom; trail; savepoint
    with django_assert_num_queries(10):
        act = roll_forward.move_up(programme=cast.liverpool, academic_year=year, classes=classes, by=cast.ruth)
    assert act.children == size


def test_every_year_group_has_one_after_it_but_the_last():
    assert [group.after(1) for group in YearGroup if group.after(1) is None] == [None]
    assert YearGroup.X.after(3) is YearGroup.X
