from django.db.models import Count, Q

from inharmony.access.scope import Scope, scoped
from participants.models import Attendance, Membership
from programmes.models import Programme, Session


def everywhere():
    return scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True))))


def test_a_register_has_one_mark_for_each_child_expected_and_for_no_other(filled):
    with everywhere():
        held = Session.objects.held().filter(is_headcount=False).annotate(marks=Count("attendance")).order_by("pk")
        for session in held[:: max(1, held.count() // 60)]:
            expected = Membership.objects.on(session.day).filter(ensemble=session.ensemble_id)
            assert set(session.attendance.values_list("child_id", flat=True)) == set(
                expected.values_list("child_id", flat=True)
            )
            assert session.marks > 0


def test_registers_were_taken_of_past_sessions_only_and_nearly_all(filled):
    today = "2026-11-17"
    assert not Session.objects.held().filter(day__gte=today).exists()
    past = Session.objects.filter(day__lt=today).aggregate(
        all=Count("pk"),
        missing=Count("pk", filter=Q(cancelled_at=None, register_taken_at=None)),
        cancelled=Count("pk", filter=Q(cancelled_at__isnull=False)),
    )
    assert 0.005 < past["missing"] / past["all"] < 0.04
    assert 0.01 < past["cancelled"] / past["all"] < 0.05
    assert Session.objects.filter(cancelled_at__isnull=False).values("cancel_reason").distinct().count() > 2


def test_about_nine_in_ten_come(filled):
    with everywhere():
        marks = dict(Attendance.objects.values_list("mark").annotate(Count("pk")).order_by())
    assert set(marks) == {"p", "l", "r", "a", "e"}
    assert 0.87 < (marks["p"] + marks["l"]) / (sum(marks.values()) - marks["e"]) < 0.93


def test_children_have_habits_of_their_own(filled):
    with everywhere():
        away = [
            one["away"] / one["all"]
            for one in Attendance.objects.values("child").annotate(
                all=Count("pk"), away=Count("pk", filter=Q(mark__in="ra"))
            )
            if one["all"] > 60
        ]
    assert max(away) > 2 * (min(away) + 0.01)
