"""Leaving a school at the turn of the year: ended on a day, written down, and back in one press."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from inharmony.access.scope import scoped
from participants.actions import at_risk, attendance, destination, enrolment, membership, roll_forward
from participants.actions import playing as instruments
from participants.actions.destination import Going
from participants.models import Child, Destination, Enrolment, Membership, Placement, RollForward
from participants.models.attendance import Mark
from participants.queries.roll_forward import rolling
from programmes.instruments import Instrument
from tests.factories import participants, programmes, schools
from tests.participants.actions.test_roll_forward import at_once
from tests.participants.lists import accept, class_list, stage
from tests.participants.turn import london, next_year
from tests.trail import entries, entry, history

GoesTo, Plays = Destination.GoesTo, Destination.Plays
STOPS = Going(GoesTo.AWAY, Plays.STOPS)


@pytest.fixture
def year():
    return next_year()


@pytest.fixture
def last_day(year):
    return year.starts_on - timedelta(days=1)


@pytest.fixture
def september(cast, year, time_machine):
    """The first of September, inside Liverpool; the children of Saltwharf have passed Year 6 and play in two ensembles."""
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child__in=cast.children).update(year_group="6")
        area = programmes.ensemble(cast.liverpool, "Area Band")
        participants.join(area, cast.children, by=cast.ruth)
        time_machine.move_to(london(year.starts_on), tick=False)
        cast.area = area
        yield cast


def stay_of(child):
    return Enrolment.objects.filter(child=child).order_by("starts_on").first()


def leave(cast, year, last_day, *going, children=None):
    """Each child goes as told, all alike where one way is told."""
    children = children or cast.children
    ways = going * len(children) if len(going) == 1 else going
    return destination.leave_school(
        programme=cast.liverpool,
        academic_year=year,
        going={stay_of(child).pk: way for child, way in zip(children, ways, strict=True)},
        last_day=last_day,
        by=cast.ruth,
    )


def playing(child):
    """The ensembles of a child by name, each with the last day in it."""
    return dict(Membership.objects.filter(child=child).values_list("ensemble__name", "ends_on"))


def everything():
    models = (Child, Enrolment, Placement, Membership)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def test_who_leaves_has_a_last_day_at_the_school_and_in_every_ensemble(september, year, last_day):
    cast = september
    act = leave(cast, year, last_day, STOPS)
    for child in cast.children:
        assert (stay_of(child).ends_on, stay_of(child).revision) == (last_day, 2)
        assert playing(child) == {"Year 4 Strings": last_day, "Area Band": last_day}
    assert (act.kind, act.children, act.school) == ("left", 3, cast.saltwharf)
    assert set(Destination.objects.values_list("goes_to", "plays", "last_day", "next_enrolment")) == {
        ("away", "stops", last_day, None)
    }
    told = entry(act="children.left_school")
    assert (told.actor_id, told.children) == (cast.ruth.pk, sorted(child.pk for child in cast.children))
    # nothing of who stays
    assert playing(cast.others[0]) == {"Year 5 Brass": None}
    assert not any(row.is_leaving for row in rolling(cast.liverpool, cast.ruth, year, year.starts_on))


def test_who_goes_on_is_enrolled_anew_and_stays_in_the_ensembles_of_no_one_school(september, year, last_day):
    cast, high = september, schools.school("Kingcup High", phase="secondary")
    leave(cast, year, last_day, Going(GoesTo.SCHOOL, Plays.HERE, high.pk), Going(GoesTo.OTHER, Plays.HERE), STOPS)
    at_school, at_none, gone = cast.children
    for child, school in ((at_school, high.pk), (at_none, None)):
        now = Enrolment.objects.get(child=child, ends_on=None)
        assert (now.school_id, now.starts_on) == (school, year.starts_on)
        place = Placement.objects.get(enrolment=now)
        assert (place.academic_year_id, place.year_group, place.school_class) == (year.pk, "7", "")
        assert playing(child) == {"Year 4 Strings": last_day, "Area Band": None}
        assert Destination.objects.get(child=child).next_enrolment == now
    assert not Enrolment.objects.filter(child=gone, ends_on=None).exists()
    # they are the hub's children as before, and move up next year
    later = type(year)(year=year.pk + 1)
    assert {row.child_id for row in rolling(cast.liverpool, cast.ruth, later, later.starts_on)} >= {
        at_school.pk,
        at_none.pk,
    }


def test_a_child_at_risk_goes_on_at_risk(september, year, last_day):
    cast = september
    Child.objects.filter(pk=cast.children[0].pk).update(is_at_risk=True)
    leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.HERE))
    assert Enrolment.objects.get(child=cast.children[0], ends_on=None).is_at_risk is True


def test_a_membership_that_would_end_later_ends_with_the_school_and_is_put_back(september, year, last_day):
    cast = september
    later = last_day + timedelta(days=60)
    membership.leave(ensemble=cast.area, children=cast.children[:1], last_day=later, by=cast.ruth)
    act = leave(cast, year, last_day, STOPS)
    assert playing(cast.children[0])["Area Band"] == last_day
    destination.undo(act=act, by=cast.ruth)
    assert playing(cast.children[0])["Area Band"] == later


def test_run_twice_it_has_one_effect(september, year, last_day):
    cast = september
    leave(cast, year, last_day, STOPS)
    assert leave(cast, year, last_day, Going(GoesTo.OTHER, Plays.HERE)) is None
    assert (RollForward.objects.count(), Destination.objects.count(), Enrolment.objects.count()) == (1, 3, 5)
    assert len(entries(act="children.left_school")) == 1


def test_who_was_placed_meanwhile_by_a_class_list_does_not_leave(september, year, last_day):
    cast = september
    amara = cast.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,6,6 Wren"
    accept(cast.ruth, stage(cast.ruth, class_list(row), school=cast.saltwharf, year=year))
    assert leave(cast, year, last_day, STOPS).children == 2
    assert stay_of(amara).ends_on is None


def test_an_enrolment_of_the_hub_next_door_does_not_end(cast, year, last_day, time_machine):
    with scoped(cast.both):
        time_machine.move_to(london(year.starts_on), tick=False)
        assert leave(cast, year, last_day, STOPS, children=cast.leeds_children) is None
        assert stay_of(cast.leeds_children[0]).ends_on is None


@pytest.mark.parametrize("days", [-93, 366])
def test_a_last_day_of_another_year_is_refused_and_nothing_is_left_behind(september, year, days):
    before = everything()
    with pytest.raises(destination.LastDayError, match=f"between 1 June {year.year} and 31 August {year.year + 1}"):
        leave(september, year, year.starts_on + timedelta(days=days), STOPS)
    assert (everything(), RollForward.objects.count(), entries(act="children.left_school")) == (before, 0, [])


def test_a_mark_after_the_last_day_is_refused_and_says_of_whom_and_when(september, year, last_day, time_machine):
    cast = september
    day = date(year.year, 9, 14)
    time_machine.move_to(london(day), tick=False)
    session = programmes.session(cast.area, day=day)
    marks = {child.pk: Mark.PRESENT for child in cast.children}
    attendance.take_register(session=session, marks=marks, version=0, by=cast.joanne)
    before = everything()
    with pytest.raises(destination.StaysLongerError, match=f"the last on 14 September {day.year}") as refused:
        leave(cast, year, last_day, STOPS)
    assert (refused.value.children, everything(), Destination.objects.count()) == (set(marks), before, 0)
    # who goes on stays in that ensemble, so there is nothing in the way
    assert leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.HERE), children=cast.children[:1]).children == 1
    assert leave(cast, year, day, STOPS, children=cast.children[1:]).children == 2


def test_who_joins_an_ensemble_after_the_last_day_is_named(september, year, last_day):
    cast = september
    participants.join(cast.brass, cast.children[:1], by=cast.ruth, starts_on=year.starts_on)
    with pytest.raises(destination.StaysLongerError, match="1 child joined an ensemble after that day") as refused:
        leave(cast, year, last_day, STOPS)
    assert refused.value.children == {cast.children[0].pk}


def test_who_came_after_the_last_day_is_named(september, year, last_day):
    cast = september
    Enrolment.objects.filter(child=cast.children[1]).update(starts_on=year.starts_on)
    with pytest.raises(destination.StaysLongerError, match="1 child began at the school after that day") as refused:
        leave(cast, year, last_day, STOPS)
    assert refused.value.children == {cast.children[1].pk}


@pytest.mark.parametrize("way", [STOPS, Going(GoesTo.OTHER, Plays.HERE)])
def test_who_is_enrolled_again_after_the_last_day_is_named(september, year, last_day, way):
    cast, child = september, september.children[1]
    december = date(year.pk, 12, 31)
    Enrolment.objects.filter(child=child).update(ends_on=december)
    Enrolment.objects.create(
        programme=cast.liverpool, child=child, school=cast.marigold, starts_on=december + timedelta(days=1)
    )
    before = everything()
    with pytest.raises(destination.StaysLongerError, match="1 child is enrolled again after that day") as refused:
        leave(cast, year, last_day, way)
    assert (refused.value.children, everything()) == ({child.pk}, before)


def test_who_stayed_longer_than_planned_by_a_class_list_leaves_once_more(september, year, last_day, time_machine):
    cast, child = september, september.children[0]
    time_machine.move_to(london(date(year.pk, 7, 1)), tick=False)
    planned = leave(cast, year, last_day, STOPS, children=[child])
    christmas = date(year.pk, 12, 18)
    Enrolment.objects.filter(child=child).update(ends_on=christmas, revision=F("revision") + 1)
    time_machine.move_to(london(year.starts_on), tick=False)
    act = leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.HUB), children=[child])
    assert [(each.act, each.plays) for each in Destination.objects.filter(child=child)] == [(act, "hub")]
    with pytest.raises(roll_forward.ChangedSinceError):
        destination.undo(act=planned, by=cast.ruth)
    assert destination.undo(act=act, by=cast.ruth) == 0
    assert stay_of(child).ends_on == christmas


def test_in_may_the_next_year_is_refused(september, year, time_machine):
    time_machine.move_to(london(date(year.year, 5, 31)), tick=False)
    with pytest.raises(roll_forward.OtherYearError):
        leave(september, year, date(year.year, 8, 31), STOPS)


def test_planned_in_june_they_are_enrolled_until_the_last_day(september, year, last_day, time_machine):
    time_machine.move_to(london(date(year.year, 6, 2)), tick=False)
    cast = september
    leave(cast, year, last_day, STOPS)
    assert Enrolment.objects.on(timezone.localdate()).filter(child__in=cast.children).count() == 3
    assert Enrolment.objects.on(year.starts_on).filter(child__in=cast.children).count() == 0


# undone


def test_undo_puts_everything_back_as_it_was(september, year, last_day):
    cast, high = september, schools.school("Kingcup High", phase="secondary")
    before = everything()
    act = leave(cast, year, last_day, Going(GoesTo.SCHOOL, Plays.HERE, high.pk), STOPS, STOPS)
    assert destination.undo(act=act, by=cast.joanne) == 0
    assert (everything(), Destination.objects.count()) == (before, 0)
    assert RollForward.objects.get().undone_by == cast.joanne
    assert entry(act="children.came_back").children == sorted(child.pk for child in cast.children)
    assert [verb for table, verb, *_ in history() if table == "Destination"] == ["delete"] * 3
    assert leave(cast, year, last_day, STOPS).children == 3


def test_undone_twice_it_is_undone_once(september, year, last_day):
    cast = september
    act = leave(cast, year, last_day, STOPS)
    for by in (cast.ruth, cast.joanne):
        destination.undo(act=act, by=by)
    assert (RollForward.objects.get().undone_by, len(entries(act="children.came_back"))) == (cast.ruth, 1)


def came_again(cast, year):
    amara = cast.children[0]
    row = f"{amara.forename},{amara.surname},{amara.date_of_birth:%d/%m/%Y},,7,7 Wren"
    accept(cast.ruth, stage(cast.ruth, class_list(row), school=cast.marigold, year=year))


def joined_again(cast, year):
    participants.join(cast.area, cast.children[:1], by=cast.ruth, starts_on=year.starts_on + timedelta(days=9))


def enrolment_changed(cast, year):
    Enrolment.objects.filter(child=cast.children[0]).update(revision=7)


@pytest.mark.parametrize("change", [came_again, joined_again, enrolment_changed])
def test_undo_leaves_who_was_changed_since(september, year, last_day, change):
    cast = september
    act = leave(cast, year, last_day, STOPS)
    change(cast, year)
    kept = everything()["Enrolment"][0]
    assert destination.undo(act=act, by=cast.ruth) == 1
    assert Destination.objects.get().child == cast.children[0]
    assert (everything()["Enrolment"][0], stay_of(cast.children[1]).ends_on) == (kept, None)


def test_undo_leaves_who_goes_on_and_has_been_given_a_class(september, year, last_day):
    cast = september
    act = leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.HERE))
    Placement.objects.filter(child=cast.children[0], rolled_in=act).update(school_class="7 Wren", revision=2)
    assert destination.undo(act=act, by=cast.ruth) == 2 - 1
    assert Enrolment.objects.filter(child=cast.children[0], ends_on=None).exists()


def test_undo_is_refused_where_the_ensemble_has_ended_since(september, year, last_day, time_machine):
    cast = september
    act = leave(cast, year, last_day, STOPS)
    cast.session.delete()
    membership.end_ensemble(ensemble=cast.strings, last_day=year.starts_on, by=cast.ruth)
    with pytest.raises(roll_forward.ChangedSinceError):
        destination.undo(act=act, by=cast.ruth)
    assert Destination.objects.count() == 3
    time_machine.move_to(london(year.starts_on + timedelta(days=31)), tick=False)
    with pytest.raises(roll_forward.UndoTooLateError):
        destination.undo(act=act, by=cast.ruth)


# amended


def test_what_is_known_later_is_amended_and_leaves_a_history(september, year, last_day):
    cast = september
    leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.UNKNOWN))
    first, second, _ = Destination.objects.order_by("pk")
    told = {first.pk: Going(GoesTo.AWAY, Plays.HUB), second.pk: Going(GoesTo.UNKNOWN, Plays.UNKNOWN)}
    assert destination.amend(programme=cast.liverpool, going=told, by=cast.joanne) == [first.child_id]
    assert destination.amend(programme=cast.liverpool, going=told, by=cast.joanne) == []
    assert ("Destination", "update", first.child_id, ["goes_to", "plays"]) in history()
    assert entry(act="children.destination_amended").children == [first.child_id]


def test_amended_of_the_hub_next_door_or_of_who_goes_on_it_changes_nothing(september, year, last_day):
    cast = september
    leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.HERE))
    told = dict.fromkeys(Destination.objects.values_list("pk", flat=True), STOPS)
    for programme in (cast.liverpool, cast.leeds):
        assert destination.amend(programme=programme, going=told, by=cast.ruth) == []
    assert set(Destination.objects.values_list("plays", flat=True)) == {"here"}


def test_undo_takes_back_what_was_amended_too(september, year, last_day):
    cast = september
    act = leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.UNKNOWN))
    told = dict.fromkeys(Destination.objects.values_list("pk", flat=True), STOPS)
    destination.amend(programme=cast.liverpool, going=told, by=cast.ruth)
    destination.undo(act=act, by=cast.ruth)
    assert Destination.objects.count() == 0


# held by the database


@pytest.mark.parametrize("wrong", [{"goes_to": "school"}, {"plays": "here"}, {"goes_to": "moon"}])
def test_a_destination_that_says_two_things_is_refused_by_the_database(september, year, last_day, wrong):
    leave(september, year, last_day, STOPS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Destination.objects.update(**wrong)


def test_four_who_press_at_once_let_each_child_leave_once(committed_cast, year, last_day, time_machine):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child__in=cast.children).update(year_group="6")
    time_machine.move_to(london(year.starts_on), tick=True)
    answers, wrong = at_once(cast, *[lambda: leave(cast, year, last_day, Going(GoesTo.UNKNOWN, Plays.HERE))] * 4)
    with scoped(cast.liverpool_scope):
        assert (wrong, sum(answer is not None for answer in answers)) == ([], 1)
        assert (Destination.objects.count(), Enrolment.objects.filter(child__in=cast.children).count()) == (3, 6)


def test_leaving_waits_for_who_protects_the_children_or_writes_down_what_they_play(
    committed_cast, year, last_day, time_machine
):
    cast, started, wrong = committed_cast, threading.Barrier(3), []
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child__in=cast.children).update(year_group="6")
        chosen = dict.fromkeys(cast.children, Instrument.CELLO)
        instruments.set_instruments(chosen=chosen, starts_on=date(2025, 9, 1), by=cast.ruth)
    time_machine.move_to(london(year.starts_on), tick=False)

    def leaving(_):
        act = leave(cast, year, last_day, STOPS, *[Going(GoesTo.OTHER, Plays.HERE)] * 2)
        destination.undo(act=act, by=cast.ruth)

    def protecting(number):
        for child in cast.children:
            act = at_risk.clear_at_risk if number % 2 else at_risk.flag_at_risk
            act(child=Child.objects.get(pk=child.pk), by=cast.ruth)

    def writing(number):
        chosen = dict.fromkeys(cast.children, Instrument.HORN if number % 2 else Instrument.VIOLA)
        instruments.set_instruments(chosen=chosen, starts_on=last_day - timedelta(days=30), by=cast.ruth)

    def often(act):
        try:
            started.wait(5)
            for number in range(20):
                with scoped(cast.liverpool_scope):
                    act(number)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=often, args=[act]) for act in (leaving, protecting, writing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("size", [2, 7])
def test_the_statements_are_the_same_whatever_the_number_of_children(
    september, year, last_day, size, django_assert_num_queries
):
    cast = september
    new = [
        enrolment.NewChild(f"Bo{number}", "Wren", date(2016, 1, 1), cast.saltwharf.pk, "6", "6W")
        for number in range(size)
    ]
    before = type(year)(year=year.pk - 1)
    made = enrolment.enrol_many(
        programme=cast.liverpool, children=new, academic_year=before, starts_on=before.starts_on, by=cast.ruth
    )
    participants.join(cast.strings, made, by=cast.ruth, starts_on=before.starts_on)
    going = {stay_of(child).pk: STOPS for child in made[1:]} | {stay_of(made[0]).pk: Going(GoesTo.OTHER, Plays.HERE)}
    # savepoint, lock; who, schools; children, enrolments, later ones; joined or began later, marks; year, act; memberships, ended;
    # instruments; enrolments; anew and placed; destinations of before, and now; trail; savepoint
    with django_assert_num_queries(26):
        act = destination.leave_school(
            programme=cast.liverpool, academic_year=year, going=going, last_day=last_day, by=cast.ruth
        )
    assert act.children == size
    with django_assert_num_queries(24):
        destination.undo(act=act, by=cast.ruth)


def test_a_mark_in_a_joint_session_is_one_of_every_ensemble_in_it(september, year, last_day):
    cast = september
    session = programmes.session(cast.brass, day=year.starts_on, joined_by=[cast.area])
    marks = {child.pk: Mark.PRESENT for child in (*cast.children, *cast.others)}
    attendance.take_register(session=session, marks=marks, version=0, by=cast.joanne)
    with pytest.raises(destination.StaysLongerError, match="stood in a register after that day") as refused:
        leave(cast, year, last_day, STOPS)
    assert set(refused.value.children) == {child.pk for child in cast.children}
