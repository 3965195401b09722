"""Every child who was on a register of a period, of all programmes, with what a release tells them apart by."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Max, Q, Sum

from evaluation.figures.nation import Marked
from evaluation.figures.period import Period, whole_year
from evaluation.figures.tallies import CAME
from evaluation.menu.categories import categories
from participants.models import Attendance, Child, ChildMonth, Enrolment, Identity, Placement, Playing
from participants.models.attendance import Mark
from programmes.models import Session

LENGTH = ExpressionWrapper(F("session__ends_at") - F("session__starts_at"), DurationField())
IN_SCHOOL = Q(session__kind=Session.Kind.CURRICULAR)


MINUTES = ("offered", "offered_in", "received", "received_in")


def marked_everywhere(period: Period) -> list[Marked]:
    """Returns every child's row on a register of the period, by id; seven statements, in the `figures` role."""
    marks = list(_marks(period))
    children = {row["pk"]: row for row in _children([row["child_id"] for row in marks])}
    placed = {row["child_id"]: row for row in _placements(period)}
    instruments = dict(_playing(period))
    before, hashes = _came_before(period)
    left = _left(period)
    return [
        _marked(
            row,
            children[row["child_id"]],
            placed.get(row["child_id"], {}),
            {
                "instrument": instruments.get(row["child_id"], ""),
                "came_before": row["child_id"] in before,
                "has_left": row["child_id"] in left,
            },
            hashes,
        )
        for row in marks
    ]


def _marked(
    row: Mapping[str, Any],
    child: Mapping[str, Any],
    place: Mapping[str, Any],
    more: dict[str, Any],
    came_before: frozenset[str],
) -> Marked:
    known_by = child["identity__upn_hash"] or "", child["identity__person_hash"] or ""
    return Marked(
        row["child_id"],
        row["programme_id"],
        *known_by,
        place.get("enrolment__school_id"),
        categories({**child, "year_group": place.get("year_group", ""), **more}),
        row["last"],
        row["attended"],
        row["possible"],
        {key: round((row[key] or timedelta()).total_seconds()) // 60 for key in MINUTES},
        not came_before.isdisjoint(known_by),
    )


def _came_before(period: Period) -> tuple[set[int], frozenset[str]]:
    """The rows that came to a session of an earlier academic year, and the hashes by which those children are known."""
    months = ChildMonth.objects.filter(came__gt=0, month__lt=whole_year(period.year).starts_on)
    children = set(months.order_by().values_list("child", flat=True).distinct())
    known = Identity.objects.filter(child__in=children).values_list("upn_hash", "person_hash")
    return children, frozenset(key for both in known for key in both if key)


def _marks(period: Period) -> Iterable[Mapping[str, Any]]:
    return (
        Attendance.objects.filter(session__day__range=(period.starts_on, period.ends_on))
        .values("child_id", "programme_id")
        .annotate(
            last=Max("session__day", filter=CAME),
            attended=Count("child_id", filter=CAME),
            possible=Count("child_id", filter=~Q(mark=Mark.EXCUSED)),
            offered=Sum(LENGTH),
            offered_in=Sum(LENGTH, filter=IN_SCHOOL),
            received=Sum(LENGTH, filter=CAME),
            received_in=Sum(LENGTH, filter=CAME & IN_SCHOOL),
        )
        .order_by("child_id")
    )


def _children(ids: list[int]) -> Iterable[Mapping[str, Any]]:
    fields = ("sex", "is_pupil_premium", "sen", "is_eal", "ethnicity", "home_decile")
    rows: Iterable[Mapping[str, Any]] = Child.objects.filter(pk__in=ids).values(
        "pk", *fields, "identity__upn_hash", "identity__person_hash"
    )
    return rows


def _placements(period: Period) -> Iterable[Mapping[str, Any]]:
    """Of a child who changed school in the year, the last."""
    return (
        Placement.objects.filter(academic_year_id=period.year)
        .order_by("child_id", "-enrolment__starts_on", "-pk")
        .distinct("child_id")
        .values("child_id", "year_group", "enrolment__school_id")
    )


def _playing(period: Period) -> Iterable[tuple[int, str]]:
    """What each child played last in the period."""
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
    return (
        Playing.objects.filter(in_force, starts_on__lte=period.ends_on)
        .order_by("child_id", "-starts_on", "-pk")
        .distinct("child_id")
        .values_list("child_id", "instrument")
    )


def _left(period: Period) -> set[int]:
    """The children with an enrolment that ended in the period, and none that goes on after its last day."""
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gt=period.ends_on)
    ended = Enrolment.objects.filter(ends_on__range=(period.starts_on, period.ends_on))
    # two sets: an anti-join of the two would read either index row by row
    staying = set(Enrolment.objects.filter(goes_on).values_list("child_id", flat=True))
    return set(ended.values_list("child_id", flat=True)) - staying
