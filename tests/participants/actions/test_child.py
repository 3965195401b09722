"""What becomes of one child within a year: leaves, comes into another class, is written otherwise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inharmony.access.scope import figures, scoped
from participants.actions import attendance
from participants.actions import child as acts
from participants.actions.playing import set_instruments
from participants.models import Attendance, Child, Enrolment, Identity, Membership, Placement, Playing
from participants.models.attendance import Mark
from participants.validators.identity import person_hash
from programmes.instruments import Instrument
from tests import databases
from tests.factories import participants
from tests.factories.schools import LONG_AGO, this_year
from tests.trail import entries, entry, history

A_DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


def stay(child):
    return Enrolment.objects.filter(child=child).earliest("starts_on")


def leave(cast, child, last_day):
    with scoped(cast.liverpool_scope):
        return acts.leave(enrolment=stay(child), last_day=last_day, by=cast.ruth)


def test_who_leaves_leaves_their_ensembles_and_instrument_too(cast, today):
    child, other = cast.children[:2]
    with scoped(cast.liverpool_scope):
        set_instruments(chosen={child: Instrument.VIOLIN}, starts_on=today - 9 * A_DAY, by=cast.ruth)
    ended = leave(cast, child, today - A_DAY)
    assert (ended.ends_on, ended.revision) == (today - A_DAY, 2)
    with scoped(cast.liverpool_scope):
        assert [m.ends_on for m in Membership.objects.filter(child=child)] == [today - A_DAY]
        assert [p.ends_on for p in Playing.objects.filter(child=child)] == [today - A_DAY]
        assert [m.ends_on for m in Membership.objects.filter(child=other)] == [None]
        assert stay(other).ends_on is None
    told = entry(act="child.left_school")
    assert (told.children, told.details) == ([child.pk], {"fields": ["ends_on"], "ensembles": 1})
    assert ("Enrolment", "update", child.pk, ["ends_on"]) in history()


def test_a_form_sent_twice_ends_it_once(cast, today):
    for _ in range(2):
        leave(cast, cast.children[0], today)
    assert len(entries(act="child.left_school")) == 1


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("before it began", "began at the school on 1 September 2020, after that day"),
        ("left before", "left the school on .* already"),
        ("enrolled again", "enrolled again after that day"),
        ("joined", "joined an ensemble after that day"),
        ("plays", "began an instrument after that day"),
        ("marked", "stood in a register after that day, the last on"),
    ],
)
def test_a_last_day_that_cannot_be_is_refused_and_nothing_is_written(cast, today, after, words):
    child, last_day = cast.children[0], today - A_DAY
    with scoped(cast.liverpool_scope):
        if after == "before it began":
            last_day = LONG_AGO - A_DAY
        elif after == "left before":
            Enrolment.objects.filter(child=child).update(ends_on=today - 9 * A_DAY)
        elif after == "enrolled again":
            Enrolment.objects.filter(child=child).update(ends_on=today)
            Enrolment.objects.create(
                programme=cast.liverpool, child=child, school=cast.marigold, starts_on=today + A_DAY
            )
        elif after == "joined":
            participants.join(cast.brass, [child], by=cast.ruth, starts_on=today)
        elif after == "plays":
            set_instruments(chosen={child: Instrument.VIOLIN}, starts_on=today, by=cast.ruth)
        else:
            marks = {each.pk: Mark.PRESENT for each in cast.children}
            attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.ruth)
        before = list(Enrolment.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    with pytest.raises(acts.LeavingRefusedError, match=words):
        leave(cast, child, last_day)
    with scoped(cast.liverpool_scope):
        after = list(Enrolment.objects.order_by("pk").values()), list(Membership.objects.order_by("pk").values())
    assert (after, entries(act="child.left_school")) == (before, [])


def test_marks_up_to_the_last_day_stay(cast, today):
    with scoped(cast.liverpool_scope):
        marks = {each.pk: Mark.PRESENT for each in cast.children}
        attendance.take_register(session=cast.session, marks=marks, version=0, by=cast.ruth)
    leave(cast, cast.children[0], today)
    with scoped(cast.liverpool_scope):
        assert Attendance.objects.filter(child=cast.children[0]).count() == 1


def test_a_child_comes_into_another_class(cast):
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        for _ in range(2):
            place = acts.move_class(
                enrolment=stay(child), academic_year=this_year(), year_group="4", school_class="4A", by=cast.ruth
            )
        assert (place.year_group, place.school_class, place.revision) == ("4", "4A", 2)
        assert Placement.objects.filter(child=child).count() == 1
    assert entry(act="child.moved_class").details == {"fields": ["school_class"]}


def test_a_child_without_a_class_this_year_gets_one(cast):
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        Placement.objects.filter(child=child).delete()
        acts.move_class(enrolment=stay(child), academic_year=this_year(), year_group="5", school_class="", by=cast.ruth)
        (place,) = Placement.objects.filter(child=child)
    assert (place.year_group, place.school_class, place.programme_id) == ("5", "", cast.liverpool.pk)


def test_a_name_is_written_otherwise_with_all_that_follows_from_it(cast):
    child = cast.children[0]
    with scoped(cast.liverpool_scope):
        for _ in range(2):
            acts.rename(child=child, forename="Zoë", surname="Ábel", by=cast.ruth)
        found = Child.objects.get(pk=child.pk)
    assert (found.name, found.sort_key, found.revision) == ("Zoë Ábel", "abel zoe", 2)
    told = entry(act="child.renamed")
    assert (told.children, told.details) == ([child.pk], {"fields": ["forename", "surname"]})
    assert ("Child", "update", child.pk, ["forename", "surname", "sort_key"]) in history()


def test_who_is_renamed_is_known_again_by_the_new_name(committed_cast, fresh_database):
    cast, child = committed_cast, committed_cast.children[0]
    with scoped(cast.liverpool_scope):
        acts.rename(child=child, forename="Zoë", surname="Abel", by=cast.ruth)
    with databases.connected_as("worker", fresh_database), scoped(figures()):
        assert Identity.objects.get(child=child.pk).person_hash == person_hash("Zoë", "Abel", child.date_of_birth)


def test_none_of_it_is_done_to_a_child_of_another_hub(cast):
    child = cast.leeds_children[0]
    with scoped(cast.liverpool_scope), pytest.raises(Child.DoesNotExist):
        acts.rename(child=child, forename="Zoë", surname="Abel", by=cast.ruth)
    with scoped(cast.leeds_scope):
        enrolment = stay(child)
    with scoped(cast.liverpool_scope), pytest.raises(Child.DoesNotExist):
        acts.leave(enrolment=enrolment, last_day=timezone.localdate(), by=cast.ruth)
