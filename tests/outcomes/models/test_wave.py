"""What the database keeps of waves by itself: closed is closed, and who holds a slip sees that slip and no other."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from outcomes.models import AskedGroup, Response, Sheet, Slip, Wave
from tests.outcomes import planting


@pytest.fixture
def asked(cast):
    """A wave of Liverpool that is open, one school class of it, and a slip for each of its children."""
    with scoped(cast.liverpool_scope):
        wave = planting.wave(cast.liverpool, cast.joanne)
        group = planting.group(wave)
        return wave, group, planting.slips(group, cast.children)


def respond(slip, **answers):
    return Response.objects.create(
        programme_id=slip.programme_id, wave_id=slip.wave_id, slip=slip, answers=answers, begun_at=timezone.now()
    )


def refused(act):
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        act()
    return str(caught.value)


def test_who_holds_a_slip_sees_it_and_its_group_and_nobody_elses(asked):
    _, group, (first, *_) = asked
    with scoped(Scope(link=first.mark)):
        assert list(Slip.objects.values_list("pk", flat=True)) == [first.pk]
        assert list(AskedGroup.objects.values_list("pk", flat=True)) == [group.pk]
    with scoped(Scope(link=group.code)):
        assert not Slip.objects.exists()
        assert list(AskedGroup.objects.values_list("pk", flat=True)) == [group.pk]


def test_who_holds_a_slip_answers_by_it_and_by_no_other(asked):
    _, _, (first, second, *_) = asked
    with scoped(Scope(link=first.mark)):
        respond(first, like=4)
        assert "row-level security" in refused(lambda: respond(second, like=4))
        assert Response.objects.get().answers == {"like": 4}
    with scoped(Scope(link=second.mark)):
        assert not Response.objects.exists()


def test_who_holds_a_slip_changes_neither_it_nor_its_group(asked):
    _, group, (first, second, *_) = asked
    with scoped(Scope(link=first.mark)):
        assert "row-level security" in refused(lambda: Slip.objects.filter(pk=first.pk).update(child=second.child_id))
        assert "row-level security" in refused(lambda: AskedGroup.objects.filter(pk=group.pk).update(asked=1))


@pytest.mark.parametrize("days", [-2, 8], ids=["before it opens", "after its last day"])
def test_a_slip_opens_no_answer_outside_the_days_of_its_wave(cast, asked, days):
    wave, _, (first, *_) = asked
    with scoped(cast.liverpool_scope):
        Slip.objects.exclude(pk=first.pk).delete()
        length = wave.closes_on - wave.opens_on
        opens = timezone.localdate() + (timedelta(1) if days < 0 else -length - timedelta(1))
        other = planting.wave(cast.liverpool, cast.joanne, name="Other", opens_on=opens, closes_on=opens + length)
        (slip,) = planting.slips(planting.group(other), [None])
    with scoped(Scope(link=slip.mark)):
        assert "row-level security" in refused(lambda: respond(slip, like=4))


def test_nothing_is_answered_or_changed_in_a_closed_wave(cast, asked):
    wave, group, (first, second, *_) = asked
    with scoped(cast.liverpool_scope):
        given = respond(first, like=4)
        Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now(), closed_by=cast.joanne)
        assert "is closed" in refused(lambda: respond(second, like=4))
        assert "is closed" in refused(lambda: Response.objects.filter(pk=given.pk).update(answers={"like": 1}))
        assert "is closed" in refused(lambda: planting.slips(planting.group(wave, school_class="4 Ash"), [None]))
        assert "is closed" in refused(lambda: Wave.objects.filter(pk=wave.pk).update(name="Another"))
        assert "is closed" in refused(lambda: Wave.objects.filter(pk=wave.pk).update(closed_at=None))
    assert group.wave_id == wave.pk


def test_what_was_given_out_asks_the_same_to_its_end(cast, asked):
    wave, *_ = asked
    with scoped(cast.liverpool_scope):
        Wave.objects.filter(pk=wave.pk).update(closes_on=wave.closes_on + timedelta(days=7))
        assert "is not changed" in refused(lambda: Wave.objects.filter(pk=wave.pk).update(version="2"))
        assert "is not changed" in refused(lambda: Wave.objects.filter(pk=wave.pk).update(measure="family"))


def test_names_are_taken_off_once(cast, asked):
    wave, *_ = asked
    with scoped(cast.liverpool_scope):
        Wave.objects.filter(pk=wave.pk).update(closed_at=timezone.now())
        Wave.objects.filter(pk=wave.pk).update(names_off_at=timezone.now())
        assert "already" in refused(lambda: Wave.objects.filter(pk=wave.pk).update(names_off_at=None))


def test_nobody_but_the_worker_in_its_role_reads_a_sheet(cast, asked):
    with scoped(cast.liverpool_scope):
        assert "permission denied" in refused(lambda: list(Sheet.objects.all()))


def test_the_hub_next_door_sees_no_slip_and_no_answer(cast, asked):
    _, _, (first, *_) = asked
    with scoped(Scope(link=first.mark)):
        respond(first, like=4)
    with scoped(Scope(frozenset({cast.leeds.pk}))):
        assert not Slip.objects.exists()
        assert not Response.objects.exists()
        assert not AskedGroup.objects.exists()


def test_a_code_holds_no_letter_that_a_child_takes_for_another(cast, asked):
    _, group, _ = asked
    assert set(group.code).isdisjoint("0O1IL2Z5S8BAEU")
