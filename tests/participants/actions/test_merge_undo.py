"""One record becomes two again: every row as it was, and what was changed since is named and left."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.queries.drift import drift_of_kept_counts
from inharmony.access.scope import figures, scoped
from participants.actions import merge, merge_undo
from participants.actions.at_risk import flag_at_risk
from participants.actions.merge import CHOICES
from participants.models import (
    AccessNote,
    Attendance,
    Child,
    Destination,
    Enrolment,
    Identity,
    Membership,
    Merge,
    Placement,
    Playing,
    RollForward,
)
from participants.models.attendance import Mark
from tests import databases
from tests.factories import programmes
from tests.factories.schools import this_year
from tests.participants.lists import accept, class_list, stage
from tests.participants.merging import DAY, TODAY, everything, furnish, mark, record, stays_of, twice
from tests.trail import entry


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        yield cast


@pytest.fixture
def pair(hub):
    one, other = twice(hub)
    furnish(hub, one, other)
    return one, other


def merged(cast, one, other, *theirs):
    return merge.merge(kept=one, gone=other, theirs=theirs, by=cast.ruth)


def parted(cast, act):
    return merge_undo.undo(act=act, by=cast.ruth).left


def months():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t) FROM participants_childmonth t ORDER BY child_id, ensemble_id, month")
        return cursor.fetchall()


@pytest.mark.parametrize("theirs", [(), CHOICES, ("whereabouts",), ("instrument", "upn")])
def test_every_row_of_both_is_as_it_was(hub, pair, theirs):
    before, counted = everything(*pair), months()
    act = merged(hub, *pair, *theirs)
    assert everything(*pair) != before
    assert parted(hub, act) == []
    after = everything(*pair)
    after["participants_merge"] = {}
    assert after == before
    assert months() == counted


def test_the_link_across_hubs_is_as_it_was(committed_cast, fresh_database):
    def links():
        with databases.connected_as("worker", fresh_database), scoped(figures()):
            return list(Identity.objects.order_by("pk").values()), drift_of_kept_counts().drift

    cast = committed_cast
    with scoped(cast.liverpool_scope):
        one, other = twice(cast)
        furnish(cast, one, other)
    before = links()
    with scoped(cast.liverpool_scope):
        act = merged(cast, one, other, "upn", "forename")
    assert links() != before
    with scoped(cast.liverpool_scope):
        parted(cast, act)
    assert links() == before


SCHOOLS = ("saltwharf", "marigold", None)


def dated(data, most):
    """Spans of days that do not meet, the last of them perhaps without an end."""
    spans, begins = [], -500
    for _ in range(data.draw(st.integers(0, most))):
        begins += data.draw(st.integers(1, 90))
        ends = begins + data.draw(st.integers(0, 90))
        spans.append((TODAY + begins * DAY, TODAY + ends * DAY))
        begins = ends + 1
    if spans and data.draw(st.booleans()):
        spans[-1] = (spans[-1][0], None)
    return spans


def scatter(cast, child, data, year):
    """Gives a record any stays, places, memberships, instruments, marks, a note and where it went."""
    Placement.objects.filter(child=child).delete()
    Enrolment.objects.filter(child=child).delete()
    of_child = {"programme": cast.liverpool, "child": child}
    for at, (starts, ends) in enumerate(dated(data, 3)):
        school = data.draw(st.sampled_from(SCHOOLS))
        stay = Enrolment.objects.create(
            **of_child, school=getattr(cast, school) if school else None, starts_on=starts, ends_on=ends
        )
        if data.draw(st.booleans()):
            Placement.objects.create(
                **of_child, enrolment=stay, academic_year=year, year_group=data.draw(st.sampled_from("456"))
            )
        if ends is not None and data.draw(st.booleans()):
            Destination.objects.create(
                **of_child, enrolment=stay, goes_to="away", plays="unknown", last_day=ends, act=cast.act
            )
        assert at < 3
    scatter_playing(cast, child, data)
    if data.draw(st.booleans()):
        AccessNote.objects.create(
            **of_child,
            words="Near",
            told_by="child",
            condition="consent",
            noted_at=datetime.now(tz=ZoneInfo("UTC")),
            noted_by=cast.ruth,
        )
    if data.draw(st.booleans()):
        flag_at_risk(child=child, by=cast.ruth)


def scatter_playing(cast, child, data):
    of_child = {"programme": cast.liverpool, "child": child}
    for ensemble in (cast.strings, cast.brass):
        for starts, ends in dated(data, 3):
            Membership.objects.create(**of_child, ensemble=ensemble, starts_on=starts, ends_on=ends)
    for starts, ends in dated(data, 2):
        Playing.objects.create(
            **of_child, instrument=data.draw(st.sampled_from(["violin", "cello"])), starts_on=starts, ends_on=ends
        )
    for session in cast.sessions:
        if letter := data.draw(st.sampled_from(["", *Mark.values])):
            Attendance.objects.create(**of_child, session=session, mark=letter)


def test_any_two_records_merged_and_parted_are_as_they_were(hub):
    year = this_year()
    hub.act = RollForward.objects.create(
        programme=hub.liverpool, academic_year_id=year.pk, kind="left", children=1, by=hub.ruth
    )
    hub.sessions = [
        programmes.session(ensemble, day=TODAY - n * DAY) for ensemble in (hub.strings, hub.brass) for n in (1, 2)
    ]
    tried = 0

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def round_trip(data):
        nonlocal tried
        with transaction.atomic():
            one, other = twice(hub)
            for child in (one, other):
                scatter(hub, child, data, year)
            theirs = data.draw(st.sets(st.sampled_from(CHOICES)))
            before, counted = everything(one, other), months()
            act = merged(hub, one, other, *theirs)
            # nothing overlaps, or the database would have said so; nobody is lost
            assert not Child.objects.filter(pk=other.pk).exists()
            assert not any(
                row["child_id"] == other.pk
                for rows in list(everything(one, other).values())[1:]
                for row in rows.values()
            )
            assert parted(hub, act) == []
            after = everything(one, other) | {"participants_merge": {}}
            assert after == before
            assert months() == counted
            tried += 1
            transaction.set_rollback(True)

    round_trip()
    assert tried >= 60


# changed since


def test_a_field_changed_since_stays_and_is_named(hub, pair):
    one, other = pair
    act = merged(hub, one, other, "forename", "is_eal", "sen")
    Child.objects.filter(pk=one.pk).update(forename="Wrenn", revision=3)
    assert [left.words for left in parted(hub, act)] == ["forename"]
    one.refresh_from_db()
    assert (one.forename, one.sen, one.is_eal, one.sort_key) == ("Wrenn", "K", None, "lark wrenn")
    assert Child.objects.get(pk=other.pk).forename == "Wrenna"


def test_stays_changed_since_stay_together_and_are_named(hub, pair):
    one, other = pair
    act = merged(hub, one, other, "whereabouts")
    stay = Enrolment.objects.get(child=one, ends_on=None)
    Enrolment.objects.filter(pk=stay.pk).update(ends_on=TODAY, revision=stay.revision + 1)
    before = stays_of(one)
    (left,) = parted(hub, act)
    assert left.words == "where the child is enrolled, with year group and class"
    assert stays_of(one) == before
    assert stays_of(other) == []


def test_a_place_that_came_since_keeps_its_stay(hub, pair):
    one, other = pair
    act = merged(hub, one, other, "whereabouts")
    accept(hub.ruth, stage(hub.ruth, class_list("Wren,Lark,14/03/2018,,5,5A"), school=hub.marigold))
    assert [left.words for left in parted(hub, act)] == ["where the child is enrolled, with year group and class"]
    assert len(stays_of(one)) == 2


def test_a_mark_corrected_since_stays_and_the_others_go_back(hub, pair):
    one, other = pair
    act = merged(hub, one, other)
    mark(hub, hub.session, {one: "e"})
    assert [left.words for left in parted(hub, act)] == ["a mark in a register"]
    assert Attendance.objects.get(session=hub.session, child=one).mark == "e"
    assert not Attendance.objects.filter(session=hub.session, child=other).exists()
    assert Attendance.objects.filter(child=other).count() == 1


def test_a_membership_ended_since_stays_and_the_other_ensemble_goes_back(hub, pair):
    one, other = pair
    act = merged(hub, one, other)
    Membership.objects.filter(child=one, ensemble=hub.brass).update(ends_on=TODAY)
    assert [left.words for left in parted(hub, act)] == ["who is in an ensemble"]
    assert [row.ensemble for row in Membership.objects.filter(child=other)] == [hub.strings]


def test_a_upn_given_to_somebody_since_is_not_theirs_any_more(hub, pair):
    one, other = pair
    act = merged(hub, one, other)
    new = record(hub, forename="Finch", upn="F999999925001")
    assert [left.words for left in parted(hub, act)] == ["the UPN, which another record has by now"]
    assert Child.objects.get(pk=other.pk).upn_hash == ""
    assert Child.objects.get(pk=new.pk).upn_hash == other.upn_hash


def test_who_was_protected_since_is_by_both_records(hub, pair):
    one, other = pair
    act = merged(hub, one, other)
    one.refresh_from_db()
    flag_at_risk(child=one, by=hub.ruth)
    parted(hub, act)
    assert set(Child.objects.filter(pk__in=[one.pk, other.pk]).values_list("is_at_risk", flat=True)) == {True}
    assert set(Enrolment.objects.filter(child=other).values_list("is_at_risk", flat=True)) == {True}


# when, and by what way


def test_it_can_be_undone_once_and_what_was_kept_for_it_is_forgotten(hub, pair):
    act = merged(hub, *pair)
    parted(hub, act)
    act.refresh_from_db()
    assert (act.images, act.undone_by) == ({}, hub.ruth)
    with pytest.raises(merge_undo.UndoTooLateError):
        parted(hub, act)
    told = entry(act="children.parted")
    assert (told.children, told.details) == ([child.pk for child in pair], {"left": 0})


def test_it_can_be_undone_for_thirty_days(hub, pair, time_machine):
    act = merged(hub, *pair)
    noon = datetime.now(tz=ZoneInfo("Europe/London")).replace(hour=12)
    time_machine.move_to(noon + timedelta(days=31), tick=False)
    with pytest.raises(merge_undo.UndoTooLateError, match="could be undone until"):
        parted(hub, act)


def test_one_after_the_other_is_undone_the_other_way_round(hub, pair):
    one, other = pair
    third = record(hub, forename="Wrennie")
    before = everything(one, other, third)
    first = merged(hub, one, other)
    second = merged(hub, third, one)
    with pytest.raises(merge_undo.MergedOnError):
        parted(hub, first)
    assert parted(hub, second) == []
    assert parted(hub, first) == []
    after = everything(one, other, third) | {"participants_merge": {}}
    assert after == before
    assert Merge.objects.standing().count() == 0
