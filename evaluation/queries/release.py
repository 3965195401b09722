"""What a release is cut from (in the `figures` role), and what a release says (in any)."""

from django.db.models import Count, Max

from evaluation.figures.once import ReachedChild
from evaluation.figures.period import Period
from evaluation.figures.released import Published
from evaluation.figures.tallies import CAME
from evaluation.models import Release, ReleaseCell
from participants.models import Attendance, Placement


def reached_everywhere(period: Period) -> list[ReachedChild]:
    """Returns every child's row that came in the period, of all programmes; needs the `figures` role."""
    came = Attendance.objects.filter(CAME, session__day__range=(period.starts_on, period.ends_on))
    groups = dict(
        Placement.objects.filter(academic_year_id=period.year)
        .order_by("child_id", "-enrolment__starts_on", "-pk")
        .distinct("child_id")
        .values_list("child_id", "year_group")
    )
    rows = (
        came.values("child_id", "programme_id", "child__identity__upn_hash", "child__identity__person_hash")
        .annotate(last=Max("session__day"))
        .order_by("child_id")
    )
    return [
        ReachedChild(
            row["child_id"],
            row["programme_id"],
            row["child__identity__upn_hash"] or "",
            row["child__identity__person_hash"] or "",
            groups.get(row["child_id"], ""),
            row["last"],
        )
        for row in rows
    ]


def schools_behind(period: Period) -> dict[int, int]:
    """Returns the number of schools at which children of a programme came, by its id; needs the `figures` role."""
    return dict(
        Attendance.objects.filter(CAME, session__day__range=(period.starts_on, period.ends_on))
        .values("programme")
        .annotate(schools=Count("session__ensemble__school", distinct=True))
        .order_by()
        .values_list("programme", "schools")
    )


def latest_release(period: Period) -> Published | None:
    """
    Returns the latest release of the period, or, while there is none, of the latest year before it; two statements.

    What is shown always names its own period.
    """
    release = (
        Release.objects.filter(term=period.term, academic_year_id__lte=period.year)
        .select_related("academic_year")
        .order_by("-academic_year_id", "-number")
        .first()
    )
    return published(release) if release else None


def published(release: Release) -> Published:
    """Returns the release with its cells; one statement."""
    cells: dict[str, dict[tuple[str, str], ReleaseCell]] = {}
    for cell in ReleaseCell.objects.filter(release=release).order_by("pk"):
        cells.setdefault(cell.table, {})[cell.row, cell.column] = cell
    return Published(release, cells)
