"""What children play: what their class learns that year, the same one for as long as it is learned; some never said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from evaluation.demonstration.children import DemoChild, Stay, stays_of
from evaluation.demonstration.timetable import DemoEnsemble, Key, Timetable
from participants.models import Playing
from schools.actions.staging import write_many

# of one child in so many nobody has said what they play
NOT_SAID = 12
LAST = 6
Played = tuple[DemoEnsemble, str, date, date | None]


def write_instruments(children: Sequence[DemoChild], ids: Mapping[int, int], timetable: Timetable, today: date) -> int:
    """Writes what each child plays and has played; returns how many rows."""
    return write_many(
        Playing,
        ["programme", "child", "ensemble", "instrument", "starts_on", "ends_on"],
        _rows(children, ids, timetable.ensembles, today),
    )


def _rows(
    children: Sequence[DemoChild], ids: Mapping[int, int], ensembles: Mapping[Key, DemoEnsemble], today: date
) -> Iterator[tuple[Any, ...]]:
    for child, stay in stays_of(list(children)):
        if child.number % NOT_SAID:
            for ensemble, instrument, starts, ends in played(child, stay, ensembles, today):
                yield child.programme_id, ids[child.number], ensemble.id, instrument, starts, ends


def played(child: DemoChild, stay: Stay, ensembles: Mapping[Key, DemoEnsemble], today: date) -> list[Played]:
    """Returns the instruments of a stay with the ensemble in which each was begun, first and last day."""
    found: list[Played] = []
    for year, group in stay.groups.items():
        starts, ends = stay.days_in(year, today)
        if ends is not None and ends < starts:
            continue
        ensemble = ensembles["class", stay.school.number, group]
        before = found[-1] if found else None
        goes_on = before is not None and before[3] == starts - timedelta(days=1)
        # in the orchestra some come back to strings
        goes_on = goes_on and not (group == LAST and child.number % 2)
        if before is not None and goes_on and before[1] in ensemble.instruments:
            found[-1] = (*before[:3], ends)
        else:
            # more first violins than anything else
            which = max(0, child.number % (2 * len(ensemble.instruments)) - len(ensemble.instruments))
            found.append((ensemble, ensemble.instruments[which], starts, ends))
    return found
