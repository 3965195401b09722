"""Sheets of earlier years: what accepting writes, what it never writes over, and that undoing leaves nothing."""

import threading
from datetime import date, time, timedelta
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from evaluation.queries.drift import drift_of_kept_counts
from inharmony.access.scope import scope_of, scoped
from participants.actions import at_risk, attendance
from participants.actions import past_registers as acts
from participants.actions import past_registers_undo as undoing
from participants.imports.registers import preview
from participants.imports.registers.planning import EMPTY, MAKES, REFUSED, STANDS, TAKES
from participants.models import (
    Attendance,
    ChildMonth,
    Correction,
    Enrolment,
    Membership,
    PastRegister,
    RegisterTally,
)
from participants.models.attendance import Mark
from programmes.models import OperationalCount, Session, SharingAgreement
from schools.models import AcademicYear
from tests.factories import participants, programmes
from tests.participants.sheets import accept, as_csv, keep, say
from tests.trail import entries, entry

YEAR = 2023
TIMES = (time(10, 15), time(11, 0))
DAYS = [date(2023, 9, 14), date(2023, 9, 21), date(2023, 9, 28)]
ROWS = [
    ("Name", "14/9", "21/9", "28/9"),
    ("Amara Adeyemi", "/", "A", "L"),
    ("Yusuf Ali", "/", "/", None),
    ("Barrow, Ellie", "I", "V", "/"),
]


@pytest.fixture
def inside(cast):
    with scoped(cast.liverpool_scope):
        yield cast


def staged(cast, rows=ROWS, *, times=TIMES, ensemble=None, **letters):
    """A sheet of Liverpool's strings that Ruth sent, its letters said."""
    kept = keep(cast.ruth, as_csv(rows), ensemble or cast.strings, year=YEAR)
    say(cast.ruth, kept, times, **letters)
    return kept


def plan(cast, kept):
    return preview.plan_of(kept, cast.ruth)


def marks(cast):
    """What stands: by day and child's forename, the mark."""
    rows = Attendance.objects.filter(session__day__lt=date(2024, 9, 1)).select_related("child", "session")
    return {(row.session.day, row.child.forename): row.mark for row in rows}


def everything():
    """Every row that accepting could touch, as it stands; keys of new rows count."""
    tables = (Attendance, RegisterTally, ChildMonth, Membership, Enrolment, Session, Correction)
    rows = {model.__name__: sorted(model.objects.values_list(), key=str) for model in tables}
    counts = OperationalCount.objects.exclude(planned=0, held=0, cancelled=0)
    return rows | {"OperationalCount": sorted(counts.values_list("day", "planned", "held", "minutes_held"))}


def no_drift():
    return drift_of_kept_counts().drift


def test_accepting_makes_sessions_and_takes_their_registers(inside):
    cast = inside
    kept = staged(cast)
    assert {day.does for day in plan(cast, kept).days} == {MAKES}
    accept(cast.ruth, kept)
    assert marks(cast) == {
        (DAYS[0], "Amara"): "p",
        (DAYS[1], "Amara"): "a",
        (DAYS[2], "Amara"): "l",
        (DAYS[0], "Yusuf"): "p",
        (DAYS[1], "Yusuf"): "p",
        (DAYS[0], "Ellie"): "r",
        (DAYS[1], "Ellie"): "e",
        (DAYS[2], "Ellie"): "p",
    }
    made = Session.objects.filter(day__in=DAYS)
    assert {(each.ensemble_id, each.starts_at, each.ends_at, each.register_version) for each in made} == {
        (cast.strings.pk, *TIMES, 1)
    }
    assert {each.register_taken_by_id for each in made} == {cast.ruth.pk}
    kept.refresh_from_db()
    assert (kept.state, kept.counts["marks"], kept.counts["sessions"], kept.counts["children"]) == ("accepted", 8, 3, 3)
    assert no_drift() == 0


def test_the_trail_says_who_brought_in_whose_marks_and_names_no_child(inside):
    cast = inside
    accept(cast.ruth, staged(cast))
    told = entry(act="past_register.accepted")
    assert (told.actor_id, told.details["marks"]) == (cast.ruth.pk, 8)
    assert told.children == sorted(child.pk for child in cast.children)
    assert not any(word in repr([each.details for each in entries()]) for word in ("Amara", "Adeyemi", "Barrow"))


def test_a_session_that_stands_keeps_its_times_and_gets_its_register(inside):
    cast = inside
    stood = programmes.session(cast.strings, day=DAYS[0], starts_at=time(9), ends_at=time(10))
    kept = staged(cast)
    assert [day.does for day in plan(cast, kept).days] == [TAKES, MAKES, MAKES]
    accept(cast.ruth, kept)
    stood.refresh_from_db()
    assert (stood.starts_at, stood.register_version) == (time(9), 1)
    assert Session.objects.filter(day__in=DAYS).count() == 3


def test_a_register_that_stands_is_compared_and_never_written_over(inside):
    cast = inside
    amara, yusuf, ellie = cast.children
    stood = programmes.session(cast.strings, day=DAYS[0])
    theirs = {amara.pk: Mark.PRESENT, yusuf.pk: Mark.LATE, ellie.pk: Mark.REASON_KNOWN}
    attendance.take_register(session=stood, marks=theirs, version=0, by=cast.priya)
    kept = staged(cast)
    found = plan(cast, kept)
    assert (found.days[0].does, found.days[0].unchanged, found.days[0].conflicts) == (STANDS, 2, 1)
    (conflict,) = found.conflicts
    assert (conflict.row, conflict.column, conflict.child.id) == (3, "B", yusuf.pk)
    assert conflict.message == ("The register of 14 September 2023 says “Late”, and stays. The sheet says “Present”.")
    accept(cast.ruth, kept)
    assert dict(Attendance.objects.filter(session=stood).values_list("child", "mark")) == theirs
    undoing.undo(past_register=kept, by=cast.ruth)
    assert dict(Attendance.objects.filter(session=stood).values_list("child", "mark")) == theirs


def test_a_child_who_was_not_in_the_ensemble_comes_along_and_memberships_stay(inside):
    cast = inside
    participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=[("Mia", "Fox"), ("Bo", "Wren")])
    before = list(Membership.objects.order_by("pk").values_list())
    kept = staged(cast, [*ROWS, ("Mia Fox", "/", "/", "A")])
    found = plan(cast, kept)
    assert found.counts()["walk_ins"] == 3
    accept(cast.ruth, kept)
    assert marks(cast)[DAYS[2], "Mia"] == "a"
    assert list(Membership.objects.order_by("pk").values_list()) == before


def test_a_mark_outside_any_enrolment_is_refused_with_its_cell(inside):
    cast = inside
    amara = cast.children[0]
    Enrolment.objects.filter(child=amara).update(starts_on=DAYS[1])
    kept = staged(cast)
    (trouble,) = plan(cast, kept).troubles
    assert (trouble.row, trouble.column, trouble.value, trouble.child.id) == (2, "B", "/", amara.pk)
    assert trouble.message.startswith("Amara Adeyemi was not in the hub on 14 September 2023.")
    accept(cast.ruth, kept)
    assert (DAYS[0], "Amara") not in marks(cast)
    assert (DAYS[1], "Amara") in marks(cast)


def test_a_protected_child_is_no_walk_in(inside):
    cast = inside
    amara = cast.children[0]
    at_risk.flag_at_risk(child=amara, by=cast.joanne)
    assert plan(cast, staged(cast)).troubles == []
    Membership.objects.filter(child=amara).update(starts_on=DAYS[1])
    (trouble,) = plan(cast, staged(cast)).troubles
    assert "is protected and was not in the ensemble on 14 September 2023" in trouble.message


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("30/8/2023", "30 August 2023 is not in 2023-24"),
        ("Fri 14 Sep", "14 September 2023 is a Thursday"),
        ("31/9", "September 2023 has 30 days"),
        ("21/9", "21 September 2023 stands over columns B, C"),
    ],
)
def test_a_date_that_cannot_be_is_named_and_its_column_left_out(inside, heading, words):
    cast = inside
    rows = [("Name", heading, "21/9", "28/9"), *ROWS[1:]]
    found = plan(cast, staged(cast, rows))
    assert words in found.troubles[0].message
    assert (found.troubles[0].row, found.troubles[0].column) == (1, "B")
    assert DAYS[2] in {day.day for day in found.writes}
    assert DAYS[0] not in {day.day for day in found.writes}


def test_a_day_still_to_come_is_refused(inside):
    cast = inside
    year = AcademicYear.year_of(timezone.localdate())
    tomorrow, past = timezone.localdate() + timedelta(days=1), timezone.localdate() - timedelta(days=5)
    rows = [("Name", tomorrow, past, past - timedelta(days=7)), ROWS[1]]
    kept = keep(cast.ruth, as_csv(rows), cast.strings, year=year)
    say(cast.ruth, kept, TIMES)
    assert any("is still to come" in trouble.message for trouble in plan(cast, kept).troubles)
    assert tomorrow not in {day.day for day in plan(cast, kept).days}


def test_a_cancelled_session_a_joint_one_and_one_counted_by_heads_are_not_taken(inside):
    cast = inside
    cancelled = programmes.session(cast.strings, day=DAYS[0])
    cancelled.cancelled_at, cancelled.cancel_reason = timezone.now(), "other"
    cancelled.save()
    programmes.session(cast.brass, day=DAYS[1], joined_by=[cast.strings])
    programmes.session(cast.strings, day=DAYS[2], kind="family", is_headcount=True)
    found = plan(cast, staged(cast))
    assert [day.does for day in found.days] == [REFUSED] * 3
    assert [
        word in day.why for day, word in zip(found.days, ("cancelled", "with others", "by heads"), strict=True)
    ] == [True] * 3
    assert not found.is_ready


def test_of_two_sessions_on_a_day_the_one_at_the_time_is_meant(inside):
    cast = inside
    programmes.session(cast.strings, day=DAYS[0], starts_at=time(9), ends_at=time(10))
    right = programmes.session(cast.strings, day=DAYS[0], starts_at=TIMES[0], ends_at=TIMES[1])
    assert plan(cast, staged(cast)).days[0].session == right
    other = plan(cast, staged(cast, times=(time(14), time(15))))
    assert (other.days[0].does, "2 sessions" in other.days[0].why) == (REFUSED, True)


def test_days_outside_the_ensemble_are_refused(inside):
    cast = inside
    cast.strings.starts_on = DAYS[1]
    cast.strings.save()
    found = plan(cast, staged(cast))
    assert [day.does for day in found.days] == [REFUSED, MAKES, MAKES]
    assert "begins on 21 September 2023" in found.days[0].why


def test_a_day_without_a_mark_makes_no_session(inside):
    cast = inside
    rows = [ROWS[0], ("Amara Adeyemi", "/", "#", "/"), ("Yusuf Ali", "/", None, "/")]
    found = plan(cast, staged(cast, rows))
    assert [day.does for day in found.days] == [MAKES, EMPTY, MAKES]


def test_an_unknown_letter_blocks_until_it_is_said(inside):
    cast = inside
    rows = [*ROWS, ("Bo Wren", "?", "?", "?")]
    participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=[("Bo", "Wren")])
    kept = keep(cast.ruth, as_csv(rows), cast.strings, year=YEAR)
    assert [letter.letter for letter in plan(cast, kept).unknown] == ["?"]
    with pytest.raises(acts.PastRegisterRefusedError, match="say first what each letter means"):
        accept(cast.ruth, kept)
    say(cast.ruth, kept, TIMES, **{"?": "a"})
    accept(cast.ruth, kept)
    assert marks(cast)[DAYS[0], "Bo"] == "a"
    again = keep(cast.ruth, as_csv(rows[:1] + rows[-1:]), cast.strings, year=YEAR)
    assert {letter.letter: (letter.means, letter.is_said) for letter in plan(cast, again).letters} == {
        "?": ("a", False)
    }


def test_what_letters_meant_is_of_one_hub(inside):
    cast = inside
    kept = staged(cast, [ROWS[0], ("Amara Adeyemi", "?", "?", "/")], **{"?": "e"})
    accept(cast.ruth, kept)
    with scoped(cast.leeds_scope):
        theirs = keep(cast.omar, as_csv([ROWS[0], ("Zoë O’Connell", "?", "?", "/")]), cast.leeds_strings, year=YEAR)
        assert [letter.letter for letter in preview.plan_of(theirs, cast.omar).unknown] == ["?"]


def test_nothing_is_made_before_the_times_are_said(inside):
    cast = inside
    kept = staged(cast, times=None)
    assert plan(cast, kept).needs_times
    with pytest.raises(acts.PastRegisterRefusedError, match="from when to when"):
        accept(cast.ruth, kept)
    with pytest.raises(acts.PastRegisterRefusedError, match="ends after it starts"):
        say(cast.ruth, kept, (time(11), time(10)))


def test_who_of_the_ensemble_has_no_mark_is_counted(inside):
    cast = inside
    found = plan(cast, staged(cast))
    assert [day.unmarked for day in found.days] == [0, 0, 1]


def test_sessions_made_are_of_the_kind_the_ensemble_plays(inside):
    cast = inside
    programmes.session(cast.strings, day=date(2024, 1, 8), kind=Session.Kind.EXTRA)
    Session.objects.filter(pk=cast.session.pk).update(day=date(2022, 1, 8))
    accept(cast.ruth, staged(cast))
    assert set(Session.objects.filter(day__in=DAYS).values_list("kind", flat=True)) == {Session.Kind.EXTRA}


def test_two_blocks_of_one_child_come_together(inside):
    cast = inside
    rows = [*ROWS, (), ("Name", "5/10", "12/10", "19/10"), ("Ali, Yusuf", "/", "L", "A")]
    accept(cast.ruth, staged(cast, rows))
    assert marks(cast)[date(2023, 10, 12), "Yusuf"] == "l"
    assert len(marks(cast)) == 11


def test_accepting_takes_the_same_few_statements_whatever_the_size(inside, django_assert_max_num_queries):
    cast = inside
    letters = "abcdefghijklmnopqrst"
    names = [[(f"Child{letter}", surname) for letter in letters] for surname in ("Demonstration", "Hillson", "Vale")]
    children = [
        child
        for some in names
        for child in participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=some)
    ]
    days = [DAYS[0] + timedelta(days=at) for at in range(60)]
    rows = [("Name", *days), *((child.name, *("/" * len(days))) for child in children)]
    kept = staged(cast, rows)
    with django_assert_max_num_queries(40):
        accept(cast.ruth, kept)
    assert Attendance.objects.filter(session__day__in=days).count() == 3_600
    with django_assert_max_num_queries(40):
        undoing.undo(past_register=kept, by=cast.ruth)


LETTERS = {"/": "p", "L": "l", "I": "r", "A": "a", "V": "e"}


@pytest.mark.parametrize("seed", range(12))
def test_any_sheet_writes_what_it_says_where_nothing_stood_and_undone_leaves_nothing(inside, seed):
    cast, rng = inside, Random(seed)
    days = [DAYS[0] + timedelta(weeks=week) for week in sorted(rng.sample(range(20), 8))]
    stood = {}
    for day in rng.sample(days, 4):
        session = programmes.session(cast.strings, day=day)
        if rng.random() < 0.5:
            stood[day] = {child.pk: rng.choice(list(Mark)) for child in cast.children}
            attendance.take_register(session=session, marks=stood[day], version=0, by=cast.priya)
    Membership.objects.filter(child=cast.children[0]).update(starts_on=rng.choice(days))
    Enrolment.objects.filter(child=cast.children[1]).update(starts_on=(begins := rng.choice(days)))
    sheet = {child: {day: rng.choice(["", *LETTERS]) for day in days} for child in cast.children}
    rows = [("Name", *days), *((child.name, *said.values()) for child, said in sheet.items())]
    before = everything()
    kept = staged(cast, rows)
    said = {
        (day, child.forename): LETTERS[letter]
        for child, of_child in sheet.items()
        for day, letter in of_child.items()
        if letter and day not in stood and (child != cast.children[1] or day >= begins)
    }
    standing = {
        (day, child.forename): theirs[child.pk].value for day, theirs in stood.items() for child in cast.children
    }
    accept(cast.ruth, kept)
    assert marks(cast) == said | standing
    assert no_drift() == 0
    undoing.undo(past_register=kept, by=cast.ruth)
    assert (everything(), no_drift()) == (before, 0)


# who may, and when


def test_no_sheet_comes_in_before_the_agreement_is_signed(inside):
    cast = inside
    SharingAgreement.objects.filter(programme=cast.liverpool).delete()
    with pytest.raises(acts.PastRegisterRefusedError, match="no sharing agreement has been recorded"):
        keep(cast.ruth, b"%PDF-1.7", cast.strings, year=YEAR)
    assert not PastRegister.objects.exists()


@pytest.mark.parametrize("act", [acts.discard, acts.say_rows, acts.say_letters, acts.choose_sheet])
def test_only_who_sent_it_decides(inside, act):
    cast = inside
    kept = staged(cast)
    given = {
        acts.discard: {},
        acts.say_rows: {"rows": {2: "out"}},
        acts.say_letters: {"letters": {"/": "a"}, "times": None},
        acts.choose_sheet: {"place": 0, "sheet": ""},
    }[act]
    with pytest.raises(acts.NotTheSenderError):
        act(past_register=kept, by=cast.joanne, **given)


def test_a_token_is_of_one_person_and_one_file(inside):
    cast = inside
    kept = staged(cast)
    stolen = acts.token_for(kept, cast.joanne, plan(cast, kept).fingerprint())
    for token in ("", "forged", stolen):
        with pytest.raises(acts.PastRegisterRefusedError, match="was not complete"):
            preview.accept(kept, token, by=cast.ruth)
    assert marks(cast) == {}


def test_what_changed_meanwhile_is_looked_at_again(inside):
    cast = inside
    kept = staged(cast)
    token = acts.token_for(kept, cast.ruth, plan(cast, kept).fingerprint())
    programmes.session(cast.strings, day=DAYS[0])
    with pytest.raises(acts.ChangedMeanwhileError):
        preview.accept(kept, token, by=cast.ruth)
    assert marks(cast) == {}


def test_the_act_itself_refuses_a_register_taken_and_a_child_not_enrolled(inside):
    cast = inside
    kept = staged(cast)
    amara = cast.children[0]
    leeds = acts.DayToTake(DAYS[0], None, {cast.leeds_children[0].pk: Mark.PRESENT})
    gone = acts.DayToTake(DAYS[0] - timedelta(days=400 * 5), None, {amara.pk: Mark.PRESENT})
    held = programmes.session(cast.strings, day=DAYS[0])
    attendance.take_register(
        session=held, marks={child.pk: Mark.LATE for child in cast.children}, version=0, by=cast.ruth
    )
    taken = acts.DayToTake(DAYS[0], held.pk, {amara.pk: Mark.PRESENT})
    others = acts.DayToTake(cast.leeds_session.day, cast.leeds_session.pk, {amara.pk: Mark.PRESENT})
    before = everything()
    for to_take in (leeds, gone, taken, others):
        with pytest.raises(acts.PastRegisterRefusedError):
            acts.accept(past_register=kept, to_take=[to_take], times=TIMES, counts={}, by=cast.ruth)
    assert everything() == before


def test_the_same_sheet_is_brought_in_once(inside):
    cast = inside
    first, second = staged(cast), staged(cast)
    accept(cast.ruth, first)
    assert plan(cast, second).counts()["unchanged"] == 8
    assert not plan(cast, second).is_ready
    with pytest.raises(acts.PastRegisterRefusedError):
        accept(cast.ruth, second)
    with pytest.raises(preview.AlreadyInError, match="was brought in on"):
        staged(cast)


def test_accepted_twice_at_once_it_is_there_once(committed_cast):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        kept = [staged(cast) for _ in range(3)]
        tokens = [acts.token_for(each, cast.ruth, plan(cast, each).fingerprint()) for each in kept]
    ended = []

    def press(one, token):
        try:
            with scoped(scope_of(cast.ruth)):
                preview.accept(one, token, by=cast.ruth)
            ended.append("accepted")
        except acts.PastRegisterRefusedError as refusal:
            ended.append(type(refusal).__name__)
        finally:
            connection.close()

    pressed = [*zip(kept, tokens, strict=True), (kept[0], tokens[0])]
    threads = [threading.Thread(target=press, args=each) for each in pressed]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (ended.count("accepted"), len(ended)) == (1, 4)
    with scoped(cast.liverpool_scope):
        assert len(marks(cast)) == 8
        assert Session.objects.filter(day__in=DAYS).count() == 3
        assert PastRegister.objects.filter(state="accepted").count() == 1
        assert no_drift() == 0


@pytest.mark.parametrize("at", [1, 5, 10, 15, 20])
def test_ended_half_way_nothing_is_there(committed_cast, at):
    """The connection breaks at some statement of the act: nothing of it stays."""
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        kept = staged(cast)
        token = acts.token_for(kept, cast.ruth, plan(cast, kept).fingerprint())
    with scoped(cast.liverpool_scope):
        before = everything()
    done = []

    def breaking(execute, sql, params, many, context):
        done.append(sql)
        if len(done) == at:
            raise KeyboardInterrupt
        return execute(sql, params, many, context)

    with pytest.raises(KeyboardInterrupt), scoped(cast.liverpool_scope), connection.execute_wrapper(breaking):
        preview.accept(kept, token, by=cast.ruth)
    with scoped(cast.liverpool_scope):
        assert everything() == before
        assert PastRegister.objects.get().state == "preview"


def test_nothing_of_a_sheet_reaches_another_hub(inside):
    cast = inside
    staged(cast)
    with scoped(cast.leeds_scope):
        assert PastRegister.objects.count() == 0
        assert PastRegister.objects.visible_to(cast.omar).count() == 0
