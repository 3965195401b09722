"""Names are taken off a closed wave: once, whole or not at all, and what stays is what may be kept."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inharmony.access.scope import figures, scoped
from inharmony.audit.models import AuditEvent
from outcomes.actions import names
from outcomes.actions import wave as acts
from outcomes.measures.structure import Informant
from outcomes.models import AskedGroup, Response, Sheet, Slip, Wave
from outcomes.tasks import close_waves, take_names_off
from participants.actions import merge_undo
from participants.actions.merge import merge
from participants.models import Merge
from participants.models.attendance import Mark
from participants.validators.identity import respondent_key
from programmes.actions import closing
from tests import databases
from tests.factories import participants, programmes
from tests.factories.evaluation import register
from tests.factories.schools import this_year
from tests.outcomes.waves import REFUSED, agree, made, plan, respond, sheet, slips_of
from tests.participants import merging


@pytest.fixture
def hub(committed_cast):
    """Liverpool, in a database where commits are real; every family of 4B agrees to surveys."""
    with scoped(committed_cast.both):
        agree(committed_cast.children, by=committed_cast.ruth)
    return committed_cast


@pytest.fixture
def as_worker(fresh_database):
    """Does something as the worker, who may take the role that reads sheets."""

    def done(act, *values):
        with databases.connected_as("worker", fresh_database):
            return act(*values)

    return done


def kept():
    """Returns every sheet, read as the worker reads them."""
    with scoped(figures()):
        return list(Sheet.objects.select_related("school").order_by("respondent"))


def closed(hub, wave):
    with scoped(hub.both):
        acts.close(wave=wave, by=hub.joanne)


def asked(hub, **values):
    with scoped(hub.both):
        wave = made(hub, **values)
        return wave, slips_of(wave)


def test_what_stays_is_the_answers_with_a_key_and_what_results_are_told_by(hub, as_worker):
    wave, (amara, yusuf, _) = asked(hub)
    with scoped(hub.both):
        type(amara.child).objects.filter(pk=amara.child_id).update(
            sex="F", sen="K", is_eal=True, is_pupil_premium=False
        )
        respond(amara, **sheet())
        respond(yusuf, like=4, bored=None)
    closed(hub, wave)
    assert as_worker(names.take_names_off, wave.pk) == names.TakenOff(2, 2)
    rows = {row.respondent: row for row in as_worker(kept)}
    assert set(rows) == {respondent_key(amara.child_id), respondent_key(yusuf.child_id)}
    one = rows[respondent_key(amara.child_id)]
    assert (one.answers, one.school, one.year_group) == (sheet(), hub.saltwharf, "4")
    assert (one.sex, one.sen, one.is_eal, one.is_pupil_premium, one.hours) == ("F", "K", True, False, None)
    assert rows[respondent_key(yusuf.child_id)].answers == {"like": 4, "bored": None}


def test_nothing_of_who_they_were_is_left(hub, as_worker):
    wave, slips = asked(hub)
    with scoped(hub.both):
        for slip in slips:
            respond(slip, **sheet())
    closed(hub, wave)
    as_worker(names.take_names_off, wave.pk)
    with scoped(hub.both):
        assert not Slip.objects.exists()
        assert not Response.objects.exists()
        counted = AskedGroup.objects.filter(wave=wave).order_by("school__name")
        assert list(counted.values_list("asked", "answered")) == [(0, 0), (3, 3)]
        assert Wave.objects.get(pk=wave.pk).names_off_at is not None
        # neither does the trail say who has answered
        told = AuditEvent.objects.filter(act="wave.names_taken_off").get()
        assert (told.children, told.details) == ([], {"responses": 3, "sheets": 3})
    # no column of any sheet holds the number of a child, or of the slip it came by
    gone = {child.pk for child in hub.children} | {slip.pk for slip in slips}
    for row in as_worker(kept):
        numbers = {value for name, value in vars(row).items() if isinstance(value, int) and name.endswith("_id")}
        assert numbers == {wave.pk, hub.liverpool.pk, hub.saltwharf.pk}
        assert not gone & {value for value in row.answers.values() if value and value > 4}


def test_whoever_says_no_by_then_leaves_no_sheet(hub, as_worker):
    wave, slips = asked(hub)
    with scoped(hub.both):
        for slip in slips:
            respond(slip, **sheet())
        agree(hub.children[:1], by=hub.ruth, answer=REFUSED)
    closed(hub, wave)
    assert as_worker(names.take_names_off, wave.pk) == names.TakenOff(3, 2)
    assert respondent_key(hub.children[0].pk) not in {row.respondent for row in as_worker(kept)}


def test_a_slip_that_was_opened_and_not_answered_counts_as_asked_alone(hub, as_worker):
    wave, (first, *_) = asked(hub)
    with scoped(hub.both):
        respond(first)
    closed(hub, wave)
    assert as_worker(names.take_names_off, wave.pk) == names.TakenOff(0, 0)
    with scoped(hub.both):
        group = AskedGroup.objects.get(wave=wave, school=hub.saltwharf)
    assert (group.asked, group.answered) == (3, 0)


def test_it_is_done_once_however_often_it_is_asked_for(hub, as_worker):
    wave, (first, *_) = asked(hub)
    with scoped(hub.both):
        respond(first, **sheet())
    closed(hub, wave)
    assert as_worker(names.take_names_off, wave.pk) is not None
    assert as_worker(names.take_names_off, wave.pk) is None
    as_worker(lambda: take_names_off(wave_id=wave.pk))
    assert as_worker(names.take_all_names_off) == 0
    assert len(as_worker(kept)) == 1


def test_an_open_wave_keeps_its_names(hub, as_worker):
    wave, slips = asked(hub)
    with pytest.raises(names.WaveOpenError):
        as_worker(names.take_names_off, wave.pk)
    with scoped(hub.both):
        assert Slip.objects.count() == len(slips)


@pytest.mark.parametrize("broken", ["_count", "audit"])
def test_stopped_half_way_nothing_is_done_and_the_next_night_does_it(hub, as_worker, monkeypatch, broken):
    wave, slips = asked(hub)
    with scoped(hub.both):
        for slip in slips:
            respond(slip, **sheet())
    closed(hub, wave)

    def stop(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(names, broken, stop)
        with pytest.raises(KeyboardInterrupt):
            as_worker(names.take_names_off, wave.pk)
    assert as_worker(kept) == []
    with scoped(hub.both):
        assert (Slip.objects.count(), Response.objects.count()) == (3, 3)
    as_worker(close_waves)
    assert len(as_worker(kept)) == 3


def test_one_wave_that_fails_keeps_no_other_back(hub, as_worker, monkeypatch):
    first, second = asked(hub)[0], asked(hub, name="Spring")[0]
    closed(hub, first)
    closed(hub, second)
    counted = names._count

    def fail(wave):
        if wave.pk == first.pk:
            raise ValueError
        counted(wave)

    monkeypatch.setattr(names, "_count", fail)
    assert as_worker(names.take_all_names_off) == 1


def test_thirty_one_days_after_the_last_day_nobody_is_named_whoever_forgot_to_close(hub, as_worker, time_machine):
    wave, slips = asked(hub)
    with scoped(hub.both):
        for slip in slips:
            respond(slip, **sheet())
        closing_day = wave.closes_on
    time_machine.move_to(closing_day + timedelta(days=31))
    as_worker(close_waves)
    with scoped(hub.both):
        assert not Slip.objects.exists()
        assert not Response.objects.exists()
    assert len(as_worker(kept)) == 3
    with connection.cursor() as cursor, scoped(hub.both):
        cursor.execute("SELECT count(*) FROM outcomes_slip WHERE child_id IS NOT NULL")
        assert cursor.fetchone() == (0,)


def test_in_a_closed_hub_names_are_taken_off_as_well(hub, as_worker):
    wave, (first, *_) = asked(hub)
    with scoped(hub.both):
        respond(first, **sheet())
        closing.close(programme=hub.liverpool, on=timezone.localdate(), by=hub.olu)
        Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now())
    as_worker(close_waves)
    assert len(as_worker(kept)) == 1
    with scoped(hub.both):
        assert not Slip.objects.exists()


def test_of_two_records_of_one_child_the_fuller_response_stays(hub, as_worker):
    with scoped(hub.both):
        one, other = merging.twice(hub)
        agree([one, other], by=hub.ruth)
    wave, slips = asked(hub, year_groups=("4", "5"))
    mine = {slip.child_id: slip for slip in slips}
    with scoped(hub.both):
        respond(mine[other.pk], at=timezone.now() - timedelta(hours=1), **sheet(2))
        respond(mine[one.pk], **{**sheet(1), "like": None})
        merge(kept=one, gone=other, theirs=(), by=hub.ruth)
    closed(hub, wave)
    assert as_worker(names.take_names_off, wave.pk).sheets == 1
    (row,) = as_worker(kept)
    assert (row.respondent, row.answers) == (respondent_key(one.pk), sheet(2))
    with scoped(hub.both):
        # and the two can be parted still: a slip that is gone need not be given back
        merge_undo.undo(act=Merge.objects.get(), by=hub.ruth)


def test_of_a_family_what_it_said_stays_and_nothing_of_the_child(hub, as_worker):
    wave, (first, *_) = asked(hub, measure="family", informant=Informant.FAMILY)
    with scoped(hub.both):
        respond(first, keep_on=5)
    closed(hub, wave)
    as_worker(names.take_names_off, wave.pk)
    (row,) = as_worker(kept)
    assert (row.answers, row.school, row.year_group) == ({"keep_on": 5}, hub.saltwharf, "")
    assert (row.respondent, row.sex, row.sen, row.is_eal, row.hours) == ("", "", "", None, None)


def test_of_adults_every_response_stays(hub, as_worker):
    wave, _ = asked(hub, measure="staff", informant=Informant.STAFF, year_groups=())
    with scoped(hub.both):
        acts.give_to_adults(wave=wave, school=hub.saltwharf, slips=3, by=hub.ruth)
        for slip in slips_of(wave)[:2]:
            respond(slip, anything=2)
    closed(hub, wave)
    assert as_worker(names.take_names_off, wave.pk) == names.TakenOff(2, 2)
    assert [(row.respondent, row.school) for row in as_worker(kept)] == [("", hub.saltwharf)] * 2


def test_hours_are_those_of_sessions_they_came_to_in_the_year_up_to_the_last_day(hub, as_worker, time_machine):
    time_machine.move_to("2026-11-16 10:00")
    wave, (amara, yusuf, ellie) = asked(hub, closes_on=date(2026, 11, 20))
    time_machine.move_to("2026-11-21 12:00")
    with scoped(hub.both):
        days = (date(2026, 8, 31), date(2026, 9, 7), date(2026, 11, 16), date(2026, 11, 20), date(2026, 11, 21))
        for place, day in enumerate(days):
            session = programmes.session(
                hub.strings, day=day, starts_at=time(9), ends_at=time(11, 20 if place % 2 else 0)
            )
            marks = {amara.child_id: Mark.PRESENT, yusuf.child_id: Mark.EXCUSED, ellie.child_id: Mark.NO_REASON}
            register(session, "".join(marks.values()), by=hub.joanne)
        for slip in (amara, yusuf, ellie):
            respond(slip, **sheet())
    closed(hub, wave)
    as_worker(names.take_names_off, wave.pk)
    hours = {row.respondent: row.hours for row in as_worker(kept)}
    # of 7 September, 16 and 20 November; what was before and after is of no year and of no wave
    assert hours[respondent_key(amara.child_id)] == Decimal(10)
    assert hours[respondent_key(yusuf.child_id)] == hours[respondent_key(ellie.child_id)] == Decimal(0)
    with scoped(hub.both):
        received = names.hours_received([amara.child_id, yusuf.child_id], wave)
    # 2 h 20 on 7 September, 2 h on 16 and 2 h 20 on 20 November
    assert received == {amara.child_id: Decimal("6.67"), yusuf.child_id: Decimal("0.00")}


@pytest.mark.parametrize(
    ("exact", "kept"), [("0", 0), ("4.99", 0), ("5", 10), ("14.99", 10), ("15", 20), ("25", 30), ("104.5", 100)]
)
def test_hours_are_kept_to_the_nearest_ten(exact, kept):
    assert names.rounded(Decimal(exact)) == kept


ANSWER = st.none() | st.integers(1, 4)
CHILD = st.tuples(
    st.booleans(),  # whether a yes stands at the end
    st.none() | st.dictionaries(st.sampled_from(("like", "bored", "team")), ANSWER, max_size=3),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(class_=st.lists(CHILD, max_size=7))
def test_whatever_a_class_answers_the_counts_are_what_came_and_the_sheets_what_may_be_kept(hub, fresh_database, class_):
    with scoped(hub.both):
        name = f"Wave {Wave.objects.count()}"
        wave = Wave.objects.create(
            programme=hub.liverpool,
            academic_year=this_year(),
            made_at=timezone.now(),
            made_by=hub.ruth,
            **plan(name=name).facts(),
        )
        group = AskedGroup.objects.create(programme=hub.liverpool, wave=wave, school=hub.saltwharf, school_class="4B")
        children = participants.children(
            hub.liverpool, hub.saltwharf, by=hub.ruth, names=[("Wren", f"Lark{n}") for n, _ in enumerate(class_)]
        )
        expected = {}
        for place, (child, (says_yes, answers)) in enumerate(zip(children, class_, strict=True)):
            slip = Slip.objects.create(
                programme=hub.liverpool, wave=wave, group=group, child=child, mark=f"{group.code}{1000 + place}"
            )
            if says_yes:
                agree([child], by=hub.ruth)
            if answers is not None:
                respond(slip, **answers)
            if says_yes and answers:
                expected[respondent_key(child.pk)] = answers
        acts.close(wave=wave, by=hub.ruth)
    with databases.connected_as("worker", fresh_database):
        done = names.take_names_off(wave.pk)
        with scoped(figures()):
            rows = dict(Sheet.objects.filter(wave=wave).values_list("respondent", "answers"))
    with scoped(hub.both):
        group.refresh_from_db()
    answered = sum(bool(answers) for _, answers in class_)
    assert (rows, done) == (expected, names.TakenOff(answered, len(expected)))
    assert (group.asked, group.answered) == (len(class_), answered)
