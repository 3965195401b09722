"""
A child who is in two hubs is asked about where they were first, and nowhere else.

The greater part is about whom it must not tell anything: somebody who plants a name on a list to learn where it is.
"""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from inharmony.access.scope import Scope, figures, scoped
from inharmony.audit.models import AuditEvent
from participants.actions import attendance, destination, enrolment, hub_move
from participants.actions.at_risk import flag_at_risk
from participants.actions.enrolment import NewChild
from participants.imports.roster import preview
from participants.models import Destination, Enrolment, HubMove, Membership, RollForward
from participants.models.attendance import Mark
from participants.queries.hub_move import moved_between_hubs
from programmes.actions import closing
from tests import databases
from tests.factories import participants
from tests.factories.schools import LONG_AGO, this_year
from tests.participants.lists import UPNS, accept, class_list, outcomes, stage
from tests.trail import entry

BORN = date(2018, 3, 14)


def enrol(programme, school, by, *, upn=UPNS[0], forename="Wren", surname="Lark", born=BORN, starts_on=LONG_AGO):
    new = NewChild(forename, surname, born, school.pk, "4", "4B", upn=upn)
    (child,) = enrolment.enrol_many(
        programme=programme, children=[new], academic_year=this_year(), starts_on=starts_on, by=by
    )
    return child


def come(cast, child, session, by):
    """The child comes to a session once."""
    participants.join(session.ensemble, [child], by=by)
    session.refresh_from_db()
    marks = dict.fromkeys(attendance.expected_ids(session), Mark.PRESENT)
    attendance.take_register(session=session, marks=marks, version=session.register_version, by=by)


YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def night(committed_cast, fresh_database):
    """Lets the worker look, and returns what every hub is asked then: programme, child, day, state."""

    def look():
        with databases.connected_as("worker", fresh_database):
            hub_move.find_hub_moves()
        with scoped(committed_cast.both):
            return list(HubMove.objects.order_by("pk").values_list("programme_id", "child_id", "counts_from", "state"))

    return look


@pytest.fixture
def hubs(committed_cast):
    """Wren Lark came to Liverpool, and is on a list of Leeds from yesterday."""
    cast = committed_cast
    with scoped(cast.both):
        cast.wren = enrol(cast.liverpool, cast.saltwharf, cast.ruth)
        come(cast, cast.wren, cast.session, cast.joanne)
        cast.wren_in_leeds = enrol(cast.leeds, cast.kirkfold, cast.omar, starts_on=YESTERDAY)
    return cast


def test_a_child_known_to_another_hub_is_simply_new_in_an_import(hubs):
    with scoped(hubs.leeds_scope):
        staged = stage(hubs.omar, class_list(f"Wren,Lark,14/03/2018,{UPNS[1]}"), school=hubs.kirkfold)
        # of another number, and of the very child of Liverpool's: both are what the list says, and nothing more
        assert outcomes(staged) == {2: "close_match"}
        listed = stage(hubs.omar, class_list("Amara,Adeyemi,01/09/2017"), school=hubs.kirkfold)
        assert (outcomes(listed), listed.notes) == ({2: "new"}, [])


def test_the_hub_they_were_in_first_is_asked_and_told_a_day_and_nothing_else(hubs, night):
    assert night() == [(hubs.liverpool.pk, hubs.wren.pk, YESTERDAY, "waiting")]
    assert {field.name for field in HubMove._meta.fields} == {
        *("id", "programme", "child", "pair", "counts_from", "state", "found_at", "answered_at", "answered_by")
    }
    with scoped(hubs.both):
        pair = HubMove.objects.get().pair
    assert (len(pair), str(hubs.wren_in_leeds.pk) == pair) == (64, False)
    told = entry(act="hub_move.asked")
    assert (told.programme_id, told.children, told.actor_id, told.details) == (
        hubs.liverpool.pk,
        [hubs.wren.pk],
        None,
        {},
    )


def test_however_often_it_is_looked_a_pair_is_one_question(hubs, night):
    assert night() == night()
    with scoped(hubs.both):
        assert AuditEvent.objects.filter(act="hub_move.asked").count() == 1


def test_the_other_hub_sees_nothing_of_it(hubs, night):
    night()
    with scoped(hubs.leeds_scope):
        assert not HubMove.objects.exists()
        assert not AuditEvent.objects.filter(act__startswith="hub_move").exists()
    with scoped(Scope(schools=frozenset({hubs.saltwharf.pk}))):
        assert not HubMove.objects.exists()


def test_no_page_could_look_itself(committed_cast):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), scoped(figures()):
        moved_between_hubs(timezone.localdate())


@pytest.mark.parametrize(
    "other",
    [
        {"upn": UPNS[1]},
        {"upn": ""},
        {"forename": "Wrenna"},
        {"born": date(2018, 3, 15)},
    ],
    ids=lambda other: "other " + next(iter(other)),
)
def test_the_number_or_the_name_alone_links_nobody(committed_cast, night, other):
    cast = committed_cast
    with scoped(cast.both):
        child = enrol(cast.liverpool, cast.saltwharf, cast.ruth)
        come(cast, child, cast.session, cast.joanne)
        enrol(cast.leeds, cast.kirkfold, cast.omar, starts_on=YESTERDAY, **other)
    assert night() == []


def test_two_without_a_number_are_not_linked_by_their_name(committed_cast, night):
    cast = committed_cast
    with scoped(cast.both):
        come(cast, enrol(cast.liverpool, cast.saltwharf, cast.ruth, upn=""), cast.session, cast.joanne)
        enrol(cast.leeds, cast.kirkfold, cast.omar, upn="", starts_on=YESTERDAY)
    assert night() == []


def test_who_was_in_both_from_the_same_day_was_first_in_neither(hubs, night):
    with scoped(hubs.both):
        Enrolment.objects.filter(child=hubs.wren_in_leeds).update(starts_on=LONG_AGO)
    assert night() == []


def test_who_has_left_one_of_the_two_is_not_asked_about(hubs, night):
    with scoped(hubs.both):
        Enrolment.objects.filter(child=hubs.wren_in_leeds).update(starts_on=YESTERDAY, ends_on=YESTERDAY)
    assert night() == []


# who wants to learn something


def test_a_name_planted_after_the_child_was_elsewhere_learns_nothing_whatever_day_it_says(hubs, night):
    """Somebody in Leeds plants a list that says the child came to them years ago, and has it come to a session."""
    with scoped(hubs.both):
        Enrolment.objects.filter(child=hubs.wren_in_leeds).update(starts_on=LONG_AGO - timedelta(days=400))
        come(hubs, hubs.wren_in_leeds, hubs.leeds_session, hubs.omar)
    # who was first by one clock and not by the other is asked about nowhere
    assert night() == []


def test_a_child_who_came_is_rewritten_into_somebody_elses_and_learns_nothing(committed_cast, night):
    """A record of Leeds, old and real, is given the name, birthday and number of a child of Liverpool."""
    cast = committed_cast
    with scoped(cast.both):
        old = enrol(cast.leeds, cast.kirkfold, cast.omar, upn=UPNS[1], starts_on=LONG_AGO - timedelta(days=400))
        come(cast, old, cast.leeds_session, cast.omar)
        child = enrol(cast.liverpool, cast.saltwharf, cast.ruth, surname="Finch")
        come(cast, child, cast.session, cast.joanne)
        # two lists: another name under its number, then another number under that name
        accept(cast.omar, stage(cast.omar, class_list(f"Wren,Finch,14/03/2018,{UPNS[1]}"), school=cast.kirkfold))
        second = stage(cast.omar, class_list(f"Wren,Finch,14/03/2018,{UPNS[0]}"), school=cast.kirkfold)
        preview.decide(second, {2: "same"}, by=cast.omar)
        accept(cast.omar, second)
        old.refresh_from_db()
        assert (old.surname, old.upn_hash, old.created_at < child.created_at) == ("Finch", child.upn_hash, True)
    assert night() == []


def test_a_name_planted_before_waits_for_nobody_unless_the_child_comes(committed_cast, night):
    cast = committed_cast
    with scoped(cast.both):
        enrol(cast.liverpool, cast.saltwharf, cast.ruth)
        enrol(cast.leeds, cast.kirkfold, cast.omar, starts_on=YESTERDAY)
    assert night() == []


@pytest.mark.parametrize("which", ["wren", "wren_in_leeds"])
def test_of_a_child_at_risk_in_either_hub_no_hub_is_asked(hubs, night, which):
    child = getattr(hubs, which)
    with scoped(hubs.both):
        flag_at_risk(child=child, by=hubs.joanne if which == "wren" else hubs.omar)
    assert night() == []


def test_a_child_at_risk_since_is_asked_about_no_more(hubs, night):
    night()
    with scoped(hubs.both):
        flag_at_risk(child=hubs.wren_in_leeds, by=hubs.omar)
    assert [state for *_, state in night()] == ["over"]


# answers


def move_of(hubs):
    return HubMove.objects.select_related("child").get(child=hubs.wren)


def test_still_with_us_changes_nothing_and_is_not_asked_again(hubs, night):
    night()
    with scoped(hubs.liverpool_scope):
        answered = hub_move.is_still_here(move=move_of(hubs), by=hubs.ruth)
        assert (answered.state, answered.answered_by) == ("here", hubs.ruth)
        assert Enrolment.objects.get(child=hubs.wren).ends_on is None
        with pytest.raises(hub_move.AnsweredAlreadyError):
            hub_move.is_still_here(move=move_of(hubs), by=hubs.ruth)
    assert [state for *_, state in night()] == ["here"]
    told = entry(act="hub_move.answered")
    assert (told.actor_id, told.children, told.details) == (hubs.ruth.pk, [hubs.wren.pk], {"answer": "here"})


def test_has_left_ends_what_the_child_has_here_and_undone_it_is_asked_again(hubs, night):
    night()
    today = timezone.localdate()
    with scoped(hubs.liverpool_scope):
        answered = hub_move.has_left(move=move_of(hubs), last_day=today, by=hubs.ruth)
        assert answered.state == "left"
        assert Enrolment.objects.get(child=hubs.wren).ends_on == today
        assert Membership.objects.get(child=hubs.wren).ends_on == today
        went = Destination.objects.get(child=hubs.wren)
        assert (went.goes_to, went.plays, went.last_day) == ("away", "unknown", today)
    assert [state for *_, state in night()] == ["waiting"], "today is the last day, and still one of two hubs"
    with scoped(hubs.liverpool_scope):
        assert destination.undo(act=RollForward.objects.get(), by=hubs.ruth) == 0
        assert Enrolment.objects.get(child=hubs.wren).ends_on is None
    assert [state for *_, state in night()] == ["waiting"]


def test_the_last_day_is_one_on_which_the_child_was_here(hubs, night):
    night()
    today = timezone.localdate()
    with scoped(hubs.liverpool_scope):
        for day in (today + timedelta(days=1), LONG_AGO - timedelta(days=1), YESTERDAY):
            # the child came today
            with pytest.raises((destination.LastDayError, destination.StaysLongerError)):
                hub_move.has_left(move=move_of(hubs), last_day=day, by=hubs.ruth)
        assert (move_of(hubs).state, Enrolment.objects.get(child=hubs.wren).ends_on) == ("waiting", None)


def test_who_left_by_another_door_is_told_so(hubs, night):
    night()
    with scoped(hubs.liverpool_scope):
        Enrolment.objects.filter(child=hubs.wren).update(ends_on=LONG_AGO)
        with pytest.raises(destination.NotEnrolledError):
            hub_move.has_left(move=move_of(hubs), last_day=timezone.localdate(), by=hubs.ruth)
    assert [state for *_, state in night()] == ["over"]


def test_a_closed_hub_is_asked_nothing(hubs, night):
    closing.close(programme=hubs.liverpool, on=timezone.localdate(), by=hubs.olu)
    assert night() == []
