"""The hubs as anybody reads of them: who leads each, since when, how many children, who pays, what it is today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from inharmony.pages.dates import printed
from inharmony.public import wording
from inharmony.public.figures.children import day_of, is_at_a_time
from programmes.models import (
    OrganisationRole,
    Partnership,
    Place,
    Programme,
    ProgrammeStatus,
    PublishedFigure,
)
from schools.figures.distance import Point, miles

RUNS = (ProgrammeStatus.Status.PILOT, ProgrammeStatus.Status.RUNNING, ProgrammeStatus.Status.DISPUTED)
TAGS = {
    ProgrammeStatus.Status.PILOT: ("Pilot", "ok"),
    ProgrammeStatus.Status.RUNNING: ("Running", "ok"),
    ProgrammeStatus.Status.DISPUTED: ("Sources disagree", "warn"),
    ProgrammeStatus.Status.LEFT: ("Left In Harmony", "calm"),
}


@dataclass(frozen=True)
class Body:
    """An organisation and since when it leads or pays."""

    name: str
    since: str


@dataclass(frozen=True)
class Children:
    """The newest number of children in print: "Over 1,750 children, weekly reach", of when, by whom."""

    said: str
    when: str
    source: str


@dataclass(frozen=True)
class Where:
    """A place or a partner school of a hub that has a position."""

    name: str
    point: Point
    is_school: bool = False


@dataclass(frozen=True)
class Hub:
    """A hub in the list and on the map. `number` stands beside it and in its dot."""

    number: int
    slug: str
    name: str
    full_name: str
    leads: tuple[Body, ...]
    payers: tuple[Body, ...]
    since: str
    children: Children | None
    status: str
    status_words: str
    tag: str
    note: str
    places: tuple[str, ...]
    positions: tuple[Where, ...]

    @property
    def led_by(self) -> str:
        """Who leads it, by name."""
        return ", ".join(body.name for body in self.leads)

    @property
    def led_by_since(self) -> str:
        """Who leads it, each with the time."""
        return ", ".join(f"{body.name} {body.since}" for body in self.leads)

    @property
    def paid_by_since(self) -> str:
        """Who pays, each with the time."""
        return ", ".join(f"{body.name} {body.since}" for body in self.payers)

    @property
    def is_running(self) -> bool:
        """Whether it runs today, as far as sources agree, or disagree."""
        return self.status in RUNS

    def nearest_to(self, point: Point) -> tuple[float, Where] | None:
        """Returns how far its nearest place or school is, and which; None where no position is known."""
        reached = [(miles(point, where.point), where) for where in self.positions]
        return min(reached, key=lambda pair: pair[0], default=None)


def hubs(today: date) -> list[Hub]:
    """Returns every hub that has begun, those that run first, each by name; five statements."""
    roles = OrganisationRole.objects.select_related("organisation")
    programmes = (
        Programme.objects.filter(statuses__starts_on__lte=today)
        .distinct()
        .prefetch_related("statuses", "places", Prefetch("organisation_roles", queryset=roles))
    )
    schools, children = _schools(today), newest_children()
    found = [(one, status) for one in programmes if (status := status_on(one.statuses.all(), today)) is not None]
    found.sort(key=lambda pair: (pair[1].status not in RUNS, pair[0].short_name))
    return [
        _hub(number, one, status, children.get(one.pk), schools.get(one.pk, []), today)
        for number, (one, status) in enumerate(found, 1)
    ]


def status_on(statuses: Iterable[ProgrammeStatus], day: date) -> ProgrammeStatus | None:
    """Returns what a hub was on a day, or, after the last entry ended, what it was last; None before it began."""
    begun = [status for status in statuses if status.starts_on <= day]
    return max(begun, key=lambda status: status.starts_on, default=None)


def newest_children() -> dict[int, PublishedFigure]:
    """
    Returns the newest number of children in print by programme; of several of one time, the first entered.

    A number of children at a time goes before one counted over years, however new; an undated one comes last.
    """
    shown = PublishedFigure.objects.shown().filter(measure=PublishedFigure.Measure.CHILDREN, programme__isnull=False)
    newest: dict[int, PublishedFigure] = {}
    for figure in sorted(shown, key=_newness, reverse=True):
        assert figure.programme_id is not None
        newest.setdefault(figure.programme_id, figure)
    return newest


def _newness(figure: PublishedFigure) -> tuple[bool, date, int]:
    return is_at_a_time(figure), day_of(figure) or date.min, -figure.pk


def bodies(roles: Iterable[OrganisationRole], kind: str, day: date) -> tuple[Body, ...]:
    """Returns who has a role on a day; of one that has ended altogether, who had it last."""
    of_kind = sorted((role for role in roles if role.kind == kind), key=lambda role: role.starts_on)
    held = [role for role in of_kind if role.starts_on <= day and (role.ends_on is None or role.ends_on >= day)]
    return tuple(
        Body(role.organisation.name, wording.span(role.starts_on, role.ends_on)) for role in held or of_kind[-1:]
    )


def _hub(
    number: int,
    one: Programme,
    status: ProgrammeStatus,
    children: PublishedFigure | None,
    schools: list[Where],
    today: date,
) -> Hub:
    runs = status.status in RUNS
    until = today if runs else status.starts_on
    places = [place for place in _by_start(one.places.all()) if not runs or _in_force(place, today)]
    words, tag = TAGS[ProgrammeStatus.Status(status.status)]
    return Hub(
        number=number,
        slug=one.slug,
        name=one.short_name,
        full_name=one.name,
        leads=bodies(one.organisation_roles.all(), OrganisationRole.Kind.LEAD, until),
        payers=bodies(one.organisation_roles.all(), OrganisationRole.Kind.FUNDER, until),
        since=str(one.delivery_started_on.year if one.delivery_started_on else status.starts_on.year),
        children=_children(children),
        status=status.status,
        status_words=words if runs else f"{words}, {printed(status.starts_on, 'month')}",
        tag=tag,
        note=status.note,
        places=tuple(place.name for place in places),
        positions=(
            *(
                Where(place.name, Point(place.latitude, place.longitude))
                for place in places
                if place.latitude is not None and place.longitude is not None
            ),
            *schools,
        ),
    )


def _by_start(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.starts_on, place.pk))


def _in_force(place: Place, day: date) -> bool:
    return place.starts_on <= day and (place.ends_on is None or place.ends_on >= day)


def _children(figure: PublishedFigure | None) -> Children | None:
    if figure is None:
        return None
    return Children(wording.counted(figure), figure.when, figure.source)


def _schools(today: date) -> dict[int, list[Where]]:
    """Real partner schools of today that have a position, by programme; one statement."""
    partners = Partnership.objects.on(today).filter(school__is_demonstration=False, school__latitude__isnull=False)
    found: dict[int, list[Where]] = {}
    for one in partners.select_related("school").order_by("school__name"):
        school = one.school
        if school.latitude is not None and school.longitude is not None:
            where = Where(school.name, Point(school.latitude, school.longitude), is_school=True)
            found.setdefault(one.programme_id, []).append(where)
    return found
