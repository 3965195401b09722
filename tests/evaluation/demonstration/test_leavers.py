"""Every Year 6 that is over has gone somewhere, and the last can be called back like what was done by hand."""

from datetime import date

from evaluation.demonstration.scale import Scale, SchoolPlan
from inharmony.access.scope import Scope, scoped
from participants.actions import destination
from participants.models import Destination, Enrolment, Membership, Placement, RollForward
from programmes.models import Programme
from schools.models import School

PRIMARY = Scale({"liverpool": SchoolPlan(2, (5, 6), 1), "leeds": SchoolPlan(1, (4, 5), 1)}, (6, 8), 2)


def everywhere():
    return scoped(Scope(frozenset(Programme.objects.values_list("pk", flat=True))))


def test_each_who_passed_year_six_went_somewhere_and_is_counted_in_an_act(invented, time_machine):
    time_machine.move_to("2026-09-10 09:00:00+00:00", tick=False)
    with invented(scale=PRIMARY, years=3, today=date(2026, 9, 10)) as filled, everywhere():
        over = Placement.objects.filter(year_group="6", enrolment__ends_on__month=8, enrolment__ends_on__day=31)
        went = Destination.objects.values_list("enrolment_id", flat=True)
        assert set(went) == set(over.values_list("enrolment_id", flat=True))
        acts = list(RollForward.objects.order_by("at"))
        assert sum(act.children for act in acts) == Destination.objects.count() > 15
        # the turns of 2025 and 2026, each at two schools
        assert [(act.kind, act.academic_year_id) for act in acts] == [("left", 2025)] * 2 + [("left", 2026)] * 2
        # beside the schools that take part
        assert School.objects.filter(phase="secondary", is_demonstration=True).count() == 1
        assert School.objects.filter(is_demonstration=True, partnerships__isnull=False).count() == filled.schools
        last = acts[-1]
        children = list(Destination.objects.filter(act=last).values_list("child_id", flat=True))
        assert destination.undo(act=last, by=last.by) == 0
        assert Enrolment.objects.filter(child__in=children, ends_on=None).count() == len(children)
        assert Membership.objects.filter(child__in=children, ends_on=None).count() >= len(children)
