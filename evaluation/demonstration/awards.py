"""What the invented children reached: medals in the first years, grades later, an Arts Award; some did not pass."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from evaluation.demonstration.children import DemoChild, Stay, stays_of
from evaluation.demonstration.instruments import played
from evaluation.demonstration.timetable import Timetable
from outcomes.awards.boards import BY_KEY
from outcomes.awards.structure import AwardKind
from outcomes.models import Award
from schools.actions.staging import write_many

# by year group: the award, the month and day it is taken on, and by how many of ten
TAKEN = {
    3: (("abrsm.medal.copper", (6, 20), 3),),
    4: (("abrsm.medal.bronze", (6, 20), 3), ("arts_award.level.discover", (11, 10), 2)),
    5: (("abrsm.practical.initial", (6, 20), 2), ("abrsm.medal.silver", (11, 10), 2)),
    6: (
        ("abrsm.practical.1", (11, 10), 2),
        ("abrsm.practical.2", (6, 20), 2),
        ("arts_award.level.explore", (6, 12), 2),
    ),
    8: (("trinity.graded.3", (3, 14), 3),),
}
FIELDS = [
    *("programme", "child", "taken_on", "board", "award", "grade", "instrument", "mark", "result"),
    *("recorded_by", "recorded_at"),
]
# of ten who take an award without marks, how many reach the best result that it has, and the next
BEST, NEXT = 3, 6


def write_awards(
    children: Sequence[DemoChild],
    ids: Mapping[int, int],
    timetable: Timetable,
    recorders: Mapping[int, int],
    today: date,
    seed: int,
) -> int:
    """Writes the awards of each child up to today; returns how many. `recorders`: who wrote them down, by programme."""
    # its own chance: the children of a seed stay the same
    random = Random(seed + 2)  # noqa: S311 - invents marks
    return write_many(Award, FIELDS, _rows(children, ids, timetable, recorders, today, random))


def _rows(
    children: Sequence[DemoChild],
    ids: Mapping[int, int],
    timetable: Timetable,
    recorders: Mapping[int, int],
    today: date,
    random: Random,
) -> Iterator[tuple[Any, ...]]:
    for child, stay in stays_of(list(children)):
        for kind, day in _taken(stay, today, random):
            mark, result = _reached(kind, random)
            instrument = _instrument(child, stay, timetable, day, today) if kind.syllabus.of_instrument else ""
            told = datetime.combine(day, time(15), UTC)
            what = (kind.syllabus.board, kind.syllabus.key, kind.grade.key, instrument, mark, result)
            yield child.programme_id, ids[child.number], day, *what, recorders[child.programme_id], told


def _taken(stay: Stay, today: date, random: Random) -> Iterator[tuple[AwardKind, date]]:
    for year, group in stay.groups.items():
        for key, (month, day_of_month), often in TAKEN.get(group, ()):
            day = date(year if month > 8 else year + 1, month, day_of_month)
            starts, ends = stay.days_in(year, today)
            takes = random.random() * 10 < often
            if takes and starts <= day <= min(ends or today, today):
                yield BY_KEY[key], day


def _reached(kind: AwardKind, random: Random) -> tuple[int | None, str]:
    marks = kind.syllabus.marks
    if marks is not None:
        # most pass, some with merit: around two thirds to nine tenths of what there is to have
        mark = round(marks.most * random.triangular(0.6, 0.98, 0.77))
        return mark, marks.result(mark).value
    results, chance = kind.results, random.random() * 10
    return None, results[0 if chance < BEST else min(1 if chance < BEST + NEXT else 2, len(results) - 1)].value


def _instrument(child: DemoChild, stay: Stay, timetable: Timetable, day: date, today: date) -> str:
    of_day = [
        instrument
        for _, instrument, starts, ends in played(child, stay, timetable.ensembles, today)
        if starts <= day and (ends is None or day <= ends)
    ]
    return of_day[0] if of_day else ""
