"""The weekly mail about registers that were never taken."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from inharmony.access.scope import scoped
from inharmony.accounts.models import RoleAssignment, User
from participants.actions import attendance
from participants.models.attendance import Mark
from programmes.actions import closing
from programmes.actions.reminder import remind_of_registers
from programmes.models import RegisterReminder, Session
from programmes.tasks import remind_of_registers as task
from tests.factories import programmes

MONDAY = date(2026, 11, 23)


@pytest.fixture
def term(cast, time_machine):
    """A Monday in November: two of the strings' registers and one of the brass's are missing, one of Leeds too."""
    time_machine.move_to("2026-11-23T07:00:00+00:00")
    programmes.forget(Session.objects.all())
    for ensemble, days in ((cast.strings, (3, 10)), (cast.brass, (4,)), (cast.leeds_strings, (5,))):
        for day in days:
            programmes.session(ensemble, day=date(2026, 11, day))
    return cast


def run(callbacks, **said):
    with callbacks(execute=True):
        return remind_of_registers(**said)


def mails():
    return {message.to[0]: message for message in mail.outbox}


def test_each_is_written_to_about_their_own(term, django_capture_on_commit_callbacks):
    run(django_capture_on_commit_callbacks)
    found = mails()
    assert set(found) == {term.priya.email, term.ruth.email}
    assert found[term.priya.email].subject == "2 registers to take"
    assert found[term.ruth.email].subject == "3 registers to take"
    body = found[term.priya.email].body
    assert "Year 4 Strings, Liverpool: Tuesday 3 November, Tuesday 10 November" in body
    assert ("Brass" in body, "/today/" in body) == (False, True)


def test_no_child_is_in_it(term, django_capture_on_commit_callbacks):
    run(django_capture_on_commit_callbacks)
    said = " ".join(message.body for message in mail.outbox)
    everyone = [*term.children, *term.others, *term.leeds_children]
    assert [child.pk for child in everyone if child.forename in said or child.surname in said] == []


def test_a_week_is_written_about_once_however_often_it_runs(term, django_capture_on_commit_callbacks, time_machine):
    assert len(run(django_capture_on_commit_callbacks)) == 2
    assert run(django_capture_on_commit_callbacks) == []
    time_machine.move_to("2026-11-29T23:59:00+00:00")
    assert run(django_capture_on_commit_callbacks) == []
    time_machine.move_to("2026-11-30T07:00:00+00:00")
    assert len(run(django_capture_on_commit_callbacks)) == 2
    assert set(RegisterReminder.objects.values_list("week", flat=True)) == {MONDAY, MONDAY + timedelta(days=7)}


def test_who_has_taken_all_is_left_in_peace(term, django_capture_on_commit_callbacks):
    with scoped(term.liverpool_scope):
        for session in Session.objects.filter(ensemble=term.strings):
            marks = {child.pk: Mark.PRESENT for child in term.children}
            attendance.take_register(session=session, marks=marks, version=0, by=term.priya)
    run(django_capture_on_commit_callbacks)
    assert set(mails()) == {term.ruth.email}


@pytest.mark.parametrize(
    "change",
    [
        lambda cast: User.objects.filter(pk=cast.priya.pk).update(is_active=False),
        lambda cast: RoleAssignment.objects.filter(user=cast.priya).update(ends_on="2026-11-22"),
        lambda cast: Session.objects.filter(ensemble=cast.strings).update(
            cancelled_at=timezone.now(), cancel_reason="no_room"
        ),
        # last year's are over
        lambda cast: Session.objects.filter(ensemble=cast.strings).update(day="2026-08-31", starts_at="09:00"),
        # today's can still be taken
        lambda cast: Session.objects.filter(ensemble=cast.strings).update(day=MONDAY),
    ],
    ids=["account shut", "role ended", "cancelled", "last year", "today"],
)
def test_nobody_is_written_to_about_what_is_not_theirs_to_take(term, django_capture_on_commit_callbacks, change):
    programmes.forget(Session.objects.filter(ensemble=term.strings, day="2026-11-10"))
    change(term)
    run(django_capture_on_commit_callbacks)
    assert term.priya.email not in mails()


def test_a_closed_hub_takes_no_register_and_gets_no_mail(term, django_capture_on_commit_callbacks):
    closing.close(programme=term.liverpool, on=MONDAY, by=term.olu)
    run(django_capture_on_commit_callbacks)
    assert set(mails()) == set()


def test_the_task_does_it(term, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        task()
    assert len(mail.outbox) == RegisterReminder.objects.count() == 2
