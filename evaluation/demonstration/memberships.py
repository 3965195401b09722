"""Who plays where: everybody in the group of their class, some in choir and orchestra, a few across the programme."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from evaluation.demonstration.children import DemoChild, Stay, stays_of
from evaluation.demonstration.timetable import DemoEnsemble, Key, Timetable
from participants.models import Membership
from schools.actions.staging import stage

YOUNGEST_AFTER_SCHOOL = 4
Played = tuple[DemoEnsemble, date, date | None]


def write_memberships(children: Sequence[DemoChild], ids: Mapping[int, int], timetable: Timetable, today: date) -> None:
    """Writes memberships, and leaves them staged with the children's numbers for the marks."""
    stage(
        "playing",
        {
            "programme_id": "bigint",
            "ensemble_id": "bigint",
            "child_id": "bigint",
            "child_number": "integer",
            "starts_on": "date",
            "ends_on": "date",
        },
        _rows(children, ids, timetable, today),
    )
    with connection.cursor() as cursor:
        # sessions and marks look up who plays in an ensemble
        cursor.execute("CREATE INDEX ON pg_temp.playing (ensemble_id, starts_on)")
        cursor.execute(
            f"INSERT INTO {Membership._meta.db_table} (programme_id, ensemble_id, child_id, starts_on, ends_on) "  # noqa: S608 - our own table
            "SELECT programme_id, ensemble_id, child_id, starts_on, ends_on FROM pg_temp.playing"
        )


def _rows(
    children: Sequence[DemoChild], ids: Mapping[int, int], timetable: Timetable, today: date
) -> Iterator[tuple[Any, ...]]:
    for child, stay in stays_of(list(children)):
        for ensemble, starts, ends in played(child, stay, timetable.ensembles, today):
            yield child.programme_id, ensemble.id, ids[child.number], child.number, starts, ends


def played(child: DemoChild, stay: Stay, ensembles: Mapping[Key, DemoEnsemble], today: date) -> Iterator[Played]:
    """Yields ensemble, first and last day of each membership of a stay; none where the stay ended before it began."""
    school = stay.school.number
    for year, group in stay.groups.items():
        starts, ends = stay.days_in(year, today)
        if ends is None or starts <= ends:
            yield ensembles["class", school, group], starts, ends
    begun = [year for year, group in stay.groups.items() if group >= YOUNGEST_AFTER_SCHOOL]
    if not begun:
        return
    starts = max(stay.starts_on, date(begun[0], 9, 14))
    if starts <= today and (stay.ends_on is None or starts <= stay.ends_on):
        for key in _beyond_class(child, stay):
            yield ensembles[key], starts, stay.ends_on


def _beyond_class(child: DemoChild, stay: Stay) -> Iterator[Key]:
    if child.sings:
        yield "choir", stay.school.number
    if child.plays:
        yield "orchestra", stay.school.number
        if child.number % 3 == 0:
            yield "area", child.programme_id
        if child.number % 4 == 0:
            yield "saturdays", child.programme_id
    if child.comes_to_holidays:
        yield "course", child.programme_id
