"""Two records of one child become one: nothing of either is lost, and what cannot stand twice is settled by a rule."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.queries.drift import drift_of_kept_counts
from inharmony.access.scope import figures, scoped
from participants.actions import merge
from participants.actions.at_risk import flag_at_risk
from participants.actions.merge import CHOICES, FIELDS
from participants.models import (
    AccessNote,
    Attendance,
    Child,
    ChildMonth,
    Consent,
    Enrolment,
    HubMove,
    Identity,
    KnownAbsence,
    Membership,
    Merge,
    Placement,
    Playing,
    RosterRow,
)
from participants.queries import merge as reads
from participants.validators.identity import person_hash
from tests import databases
from tests.factories import programmes
from tests.factories.schools import LONG_AGO
from tests.participants.lists import class_list, stage
from tests.participants.merging import DAY, TODAY, furnish, mark, plays, record, stays_of, twice
from tests.trail import entry


@pytest.fixture
def hub(cast):
    with scoped(cast.liverpool_scope):
        yield cast


@pytest.fixture
def pair(hub):
    return twice(hub)


def merged(cast, one, other, *theirs):
    act = merge.merge(kept=one, gone=other, theirs=theirs, by=cast.ruth)
    one.refresh_from_db()
    return act


# the project as a whole


def test_of_every_table_that_points_at_a_child_it_is_said_what_becomes_of_its_rows():
    pointing = {relation.related_model for relation in reads.relations()}
    assert {model.__name__ for model in pointing} == set(reads.RULES)
    # by one column of one name: what the images and the carrying over are made of
    assert {relation.field.column for relation in reads.relations()} == {"child_id"}
    for model in pointing:
        reads.rule_of(model)


def test_a_table_nobody_has_spoken_of_is_refused(monkeypatch):
    monkeypatch.delitem(reads.RULES, "Playing")
    with pytest.raises(reads.UnknownTableError, match=r"participants\.Playing points at a child"):
        reads.tables()


def test_every_column_of_a_child_is_chosen_or_not_to_be_chosen():
    chosen = {column for columns in FIELDS.values() for column in columns}
    kept = {"id", "programme", "sort_key", "is_at_risk", "roster_import", "revision", "created_at"}
    assert {field.name for field in Child._meta.concrete_fields} == chosen | kept


# fields


@pytest.mark.parametrize("field", FIELDS)
def test_of_each_field_the_value_stands_that_was_chosen(hub, pair, field):
    one, other = pair
    before = {column: getattr(one, column) for columns in FIELDS.values() for column in columns}
    merged(hub, one, other, field)
    chosen = {column: getattr(other, column) for column in FIELDS[field]}
    assert {column: getattr(one, column) for column in before} == before | chosen
    assert not Child.objects.filter(pk=other.pk).exists()


def test_nothing_chosen_leaves_the_record_as_it_was(hub, pair):
    one, other = pair
    before = Child.objects.filter(pk=one.pk).values().get()
    merged(hub, one, other)
    after = Child.objects.filter(pk=one.pk).values().get()
    assert after == before | {"revision": before["revision"] + 1}


def test_the_link_across_hubs_follows_name_and_number(committed_cast, fresh_database):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        one, other = twice(cast)
        merged(cast, one, other, "forename", "upn")
    with databases.connected_as("worker", fresh_database), scoped(figures()):
        assert not Identity.objects.filter(pk=other.pk).exists()
        link = Identity.objects.get(pk=one.pk)
        assert (link.upn_hash, link.person_hash) == (other.upn_hash, person_hash("Wrenna", "Lark", one.date_of_birth))


# what hangs on them


def test_everything_of_the_record_that_goes_is_the_other_ones(hub, pair):
    one, other = pair
    furnish(hub, one, other)
    staged = stage(hub.ruth, class_list("Wrenna,Lark,14/03/2018"), school=hub.marigold)
    assert RosterRow.objects.get(roster_import=staged, row=2).child_id == other.pk
    merged(hub, one, other)
    assert RosterRow.objects.get(roster_import=staged, row=2).child_id == one.pk
    for model in (Attendance, Consent, KnownAbsence, HubMove):
        assert not model.objects.filter(child=other.pk).exists()
        assert model.objects.filter(child=one).count() == 2
    assert {row.ended_at is None for row in AccessNote.objects.filter(child=one)} == {True, False}


def test_of_two_marks_at_one_session_the_one_stands_that_says_the_child_was_there(hub, pair):
    one, other = pair
    furnish(hub, one, other)
    merged(hub, one, other)
    assert Attendance.objects.get(session=hub.session, child=one).mark == "l"


@pytest.mark.parametrize(
    ("mine", "theirs", "stands"), [("p", "a", "p"), ("a", "p", "p"), ("a", "r", "r"), ("e", "r", "e"), ("l", "e", "l")]
)
def test_which_mark_says_more(hub, pair, mine, theirs, stands):
    one, other = pair
    for child in pair:
        Membership.objects.create(programme=hub.liverpool, ensemble=hub.strings, child=child, starts_on=LONG_AGO)
    mark(hub, hub.session, {one: mine, other: theirs})
    merged(hub, one, other)
    assert Attendance.objects.get(session=hub.session, child=one).mark == stands


def test_the_counts_follow(committed_cast, fresh_database):
    cast = committed_cast
    with scoped(cast.liverpool_scope):
        one, other = twice(cast)
        furnish(cast, one, other)
        merged(cast, one, other)
        assert ChildMonth.objects.filter(child=one).count() == 2
        assert not ChildMonth.objects.filter(child=other.pk).exists()
    with databases.connected_as("worker", fresh_database), scoped(figures()):
        assert drift_of_kept_counts().drift == 0


@pytest.mark.parametrize("which", [0, 1])
def test_whoever_was_at_risk_by_one_record_is(hub, pair, which):
    one, other = pair
    flag_at_risk(child=pair[which], by=hub.ruth)
    merged(hub, one, other)
    assert one.is_at_risk
    assert set(Enrolment.objects.filter(child=one).values_list("is_at_risk", flat=True)) == {True}


# where they are


def test_where_both_were_enrolled_at_once_the_record_that_stays_is_right_unless_told(hub, pair):
    one, other = pair
    merged(hub, one, other)
    assert stays_of(one) == [(hub.saltwharf.pk, LONG_AGO, None)]


def test_or_the_other_one_and_what_was_before_stays(hub, pair):
    one, other = pair
    merged(hub, one, other, "whereabouts")
    assert stays_of(one) == [
        (hub.saltwharf.pk, LONG_AGO, TODAY - 61 * DAY),
        (hub.marigold.pk, TODAY - 60 * DAY, None),
    ]
    assert Placement.objects.filter(child=one).count() == 2


def test_times_that_do_not_meet_are_added_up(hub, pair):
    one, other = pair
    Enrolment.objects.filter(child=one).update(ends_on=TODAY - 61 * DAY)
    merged(hub, one, other)
    assert len(stays_of(one)) == 2


def test_a_year_group_only_the_other_record_has_is_kept(hub):
    one, other = record(hub), record(hub, forename="Wrenna", year_group="5")
    Placement.objects.filter(child=one).delete()
    merged(hub, one, other)
    (place,) = Placement.objects.filter(child=one)
    assert (place.year_group, place.enrolment.child_id) == ("5", one.pk)


# ensembles and instruments


def test_memberships_of_one_ensemble_become_one_from_the_first_day_to_the_last(hub, pair):
    one, other = pair

    def member(child, starts, ends):
        days = {"starts_on": TODAY + starts * DAY, "ends_on": None if ends is None else TODAY + ends * DAY}
        return Membership.objects.create(programme=hub.liverpool, ensemble=hub.strings, child=child, **days)

    member(one, -300, -200)
    member(one, -150, -100)
    member(other, -220, -140)
    member(other, -50, None)
    merged(hub, one, other)
    spans = Membership.objects.filter(child=one).order_by("starts_on").values_list("starts_on", "ends_on")
    assert [tuple(day and (day - TODAY).days for day in span) for span in spans] == [(-300, -100), (-50, None)]


def test_the_instrument_stands_that_was_chosen(hub, pair):
    one, other = pair
    plays(hub, one, "violin", TODAY - 300 * DAY)
    plays(hub, other, "cello", TODAY - 20 * DAY)
    merged(hub, one, other, "instrument")
    assert list(Playing.objects.filter(child=one).order_by("starts_on").values_list("instrument", "ends_on")) == [
        ("violin", TODAY - 21 * DAY),
        ("cello", None),
    ]


# the act


def test_it_is_one_audited_act_that_names_both_and_no_value(hub, pair):
    one, other = pair
    act = merged(hub, one, other, "forename", "nonsense")
    told = entry(act="children.merged")
    assert (told.children, told.actor_id, told.subject_id) == ([one.pk, other.pk], hub.ruth.pk, act.pk)
    assert told.details == {"fields": ["forename"]}
    assert (act.child_id, act.gone, act.by, act.undo_until) == (one.pk, other.pk, hub.ruth, TODAY + timedelta(days=30))


def test_a_record_of_another_hub_the_record_itself_and_one_that_is_gone_are_refused(cast):
    with scoped(cast.both):
        one, other = twice(cast)
        for wrong in (cast.leeds_children[0], one):
            with pytest.raises(merge.NotTwoRecordsError):
                merge.merge(kept=one, gone=wrong, theirs=(), by=cast.ruth)
        merge.merge(kept=one, gone=other, theirs=CHOICES, by=cast.ruth)
        with pytest.raises(merge.NotTwoRecordsError):
            merge.merge(kept=one, gone=other, theirs=(), by=cast.ruth)
        assert Merge.objects.count() == 1


def statements(cast, furnishing):
    one, other = twice(cast)
    furnishing(one, other)
    with CaptureQueriesContext(
        connection,
    ) as counted:
        merge.merge(kept=one, gone=other, theirs=("whereabouts",), by=cast.ruth)
    return len(counted)


def test_statements_do_not_grow_with_what_hangs_on_the_records(hub):
    def little(one, other):
        furnish(hub, one, other)

    def much(one, other):
        furnish(hub, one, other, day=TODAY - 9 * DAY)
        for days in range(1, 6):
            mark(hub, programmes.session(hub.strings, day=TODAY - days * DAY), {one: "a", other: "p"})
            plays(hub, one, "viola", TODAY - (600 + days) * DAY, TODAY - (600 + days) * DAY)

    few = statements(hub, little)
    Child.objects.filter(upn_hash__gt="").update(upn_hash="")
    assert statements(hub, much) == few
    assert few <= 30
