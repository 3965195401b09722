"""Writing the digest of each day that is over, and finding the days on which the trail is not what it was."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db import connection, transaction

from inharmony.audit.digest import (
    DAY,
    NOTHING,
    Digest,
    Sum,
    UnreadableError,
    columns_of,
    days,
    first_day,
    kept,
    names,
    read,
    sums,
    write,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Differing:
    """A day that is not what it was, where, and in which way."""

    day: date
    table: str
    why: str


@dataclass(frozen=True)
class Checked:
    """How many days and rows were looked at, and what differs."""

    days: int
    rows: int
    differing: list[Differing]


@transaction.atomic
def keep_digests(*, today: date) -> list[Digest]:
    """Writes the digest of each day before today that has none yet, from the trail's first day on; returns them."""
    with connection.cursor() as cursor:
        # two workers at once write one file a day
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('inharmony.audit.digest'))")
    before = [read(name) for name in names()]
    first = before[-1].day + DAY if before else first_day() or today
    columns = {table: columns_of(model) for table, (model, _) in kept().items()}
    found = {table: sums(table, named, since=first, until=today - DAY) for table, named in columns.items()}
    last = before[-1].sha256() if before else ""
    made = []
    for day in days(first, today - DAY):
        digest = Digest(day, last, columns, {table: of.get(day, NOTHING) for table, of in found.items()})
        write(digest)
        last = digest.sha256()
        made.append(digest)
        # the log goes elsewhere too, and one hash vouches for all days before it
        log.info("The trail of %s: %s rows, digest %s", day, sum(each.rows for each in digest.sums.values()), last)
    return made


def check_trail(*, today: date) -> Checked:
    """
    Works out again what is kept and returns the days that differ: rows changed, gone or put in later, files gone or
    changed. The day before today may still wait for its digest.
    """
    before, differing = _readable(today)
    rows = sum(found.rows for digest in before for found in digest.sums.values())
    differing += [*_broken_chain(before), *_without_digest(before, today), *_other_rows(before)]
    return Checked(len(before), rows, sorted(differing, key=lambda each: (each.day, each.table)))


def _readable(today: date) -> tuple[list[Digest], list[Differing]]:
    found, differing = [], []
    for name in names():
        try:
            found.append(read(name))
        except UnreadableError as error:
            differing.append(Differing(today, "", str(error)))
    return found, differing


def _broken_chain(before: list[Digest]) -> list[Differing]:
    broken = [
        Differing(later.day, "", "its file does not follow from the file of the day before")
        for earlier, later in pairwise(before)
        if later.before != earlier.sha256()
    ]
    if before and before[0].before:
        broken.append(Differing(before[0].day, "", "the files of the days before it are gone"))
    return broken


def _without_digest(before: list[Digest], today: date) -> list[Differing]:
    """Days that should have a file and have none: in between, at the end, and rows older than the first."""
    there = {digest.day for digest in before}
    first = min([first_day() or today, *there])
    return [Differing(day, "", "it has no digest") for day in days(first, today - 2 * DAY) if day not in there]


def _other_rows(before: list[Digest]) -> Iterator[Differing]:
    # days whose digest is over the same columns of a table are worked out in one statement
    same: dict[tuple[str, tuple[str, ...]], list[Digest]] = defaultdict(list)
    for digest in before:
        for table, columns in digest.columns.items():
            same[table, tuple(columns)].append(digest)
    for (table, columns), of_days in same.items():
        model, _ = kept().get(table, (None, ""))
        if model is None or not set(columns) <= set(columns_of(model)):
            yield Differing(of_days[-1].day, table, "the table, or a column of it, is no longer there to compare")
            continue
        found = sums(table, columns, since=of_days[0].day, until=of_days[-1].day)
        for digest in of_days:
            if why := _difference(digest.sums[table], found.get(digest.day, NOTHING)):
                yield Differing(digest.day, table, why)


def _difference(was: Sum, now: Sum) -> str:
    if was == now:
        return ""
    if was.rows > now.rows:
        return f"{was.rows - now.rows} of {was.rows} rows are gone"
    if was.rows < now.rows:
        return f"{now.rows - was.rows} rows were put in later"
    return "rows were changed"
