"""
What was counted of a hub before, given again while its rows are still the same: 0 seconds stale, whoever writes.

The version of a hub's rows is the sum of its changes (`models.kept`). It is read before anything is counted: what is
committed while one counts is either in the count or not, and in the version of every later reader, who counts again.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.db import connection

from evaluation.figures.period import Period
from evaluation.models import KeptFigures
from programmes.models import Programme

Read = TypeVar("Read")
# seconds; the version is what makes it good, this only makes room
REMEMBERED_FOR = 24 * 60 * 60
# one statement, so that version and figures are of one moment; a period that is over no longer depends on the day
READ = """
SELECT rows.version, rows.many, kept.figures
FROM (
  SELECT coalesce(sum(changes), 0)::bigint AS version, count(*) AS many
  FROM evaluation_hubchange WHERE programme_id = %(programme)s
) AS rows
LEFT JOIN evaluation_keptfigures AS kept
  ON kept.programme_id = %(programme)s AND kept.kind = %(kind)s AND kept.year = %(year)s AND kept.term = %(term)s
  AND kept.starts_on = %(starts_on)s AND kept.ends_on = %(ends_on)s AND kept.edition = %(edition)s
  AND kept.version = rows.version
  AND (kept.counted_on = %(today)s OR kept.counted_on > kept.ends_on AND %(today)s > kept.ends_on)
"""
# the same of whole years: a row for each that is kept, and one without figures where none is
READ_YEARS = """
SELECT rows.version, rows.many, kept.year, kept.figures
FROM (
  SELECT coalesce(sum(changes), 0)::bigint AS version, count(*) AS many
  FROM evaluation_hubchange WHERE programme_id = %(programme)s
) AS rows
LEFT JOIN evaluation_keptfigures AS kept
  ON kept.programme_id = %(programme)s AND kept.kind = %(kind)s AND kept.year = ANY(%(years)s) AND kept.term = ''
  AND kept.starts_on = make_date(kept.year, 9, 1) AND kept.ends_on = make_date(kept.year + 1, 8, 31)
  AND kept.edition = %(edition)s AND kept.version = rows.version
  AND (kept.counted_on = %(today)s OR kept.counted_on > kept.ends_on AND %(today)s > kept.ends_on)
"""
# whoever keeps something of the hub at the same time keeps it alone: nobody waits, nor would two wait for each other
KEEP = """
WITH alone AS MATERIALIZED (
  SELECT pg_try_advisory_xact_lock(hashtext('evaluation_keptfigures'), %(programme)s) AS got
)
INSERT INTO evaluation_keptfigures
  (programme_id, kind, year, term, starts_on, ends_on, version, counted_on, edition, figures)
SELECT %(programme)s, %(kind)s, %(year)s, %(term)s, %(starts_on)s, %(ends_on)s, %(version)s, %(today)s, %(edition)s,
       %(figures)s
FROM alone WHERE got
ON CONFLICT (programme_id, kind, year, term, starts_on, ends_on) DO UPDATE SET
  version = excluded.version, counted_on = excluded.counted_on, edition = excluded.edition, figures = excluded.figures
"""
# what one reader sees as many changes the next sees as one of as many
PUT_TOGETHER = """
WITH gone AS (
  DELETE FROM evaluation_hubchange WHERE id IN (
    SELECT id FROM evaluation_hubchange WHERE programme_id = %(programme)s FOR UPDATE SKIP LOCKED
  ) RETURNING changes
)
INSERT INTO evaluation_hubchange (programme_id, changes)
SELECT %(programme)s, sum(changes) FROM gone HAVING count(*) > 0
"""
# as many rows are added up in less time than they are put together in
MANY = 50
VERSION = "SELECT coalesce(sum(changes), 0)::bigint FROM evaluation_hubchange"
# and whether this transaction has written anything
VERSION_UNCHANGED = """
SELECT coalesce(sum(changes), 0)::bigint, pg_current_xact_id_if_assigned() IS NOT NULL
FROM evaluation_hubchange WHERE programme_id = %s
"""


def version_of(programme: Programme | None = None) -> int:
    """Returns the version of a hub's rows, or of all hubs' together; one statement."""
    with connection.cursor() as cursor:
        if programme is None:
            cursor.execute(VERSION)
        else:
            cursor.execute(f"{VERSION} WHERE programme_id = %s", [programme.pk])
        return int(cursor.fetchone()[0])


def steadily(read: Callable[[], Read], programme: Programme | None = None, *, tries: int = 3) -> tuple[Read, bool]:
    """
    Returns what is read in several statements of a hub, or of all, and whether nothing of it changed in between.

    Where something did it is read again, so many times at most: the last is returned.
    """
    before = version_of(programme)
    while True:
        found = read()
        after = version_of(programme)
        tries -= 1
        if after == before or not tries:
            return found, after == before
        before = after


def kept_or_counted(
    programme: Programme, period: Period, kind: KeptFigures.Kind, today: date, count: Callable[[], Any]
) -> Any:
    """
    Returns what `count` returns (as JSON has it), or has returned for the same rows, day and code before.

    For who sees the programme whole, in a scope of it. One statement where it was kept; else three or four besides.
    """
    key = _key(programme, period, kind, today)
    with connection.cursor() as cursor:
        cursor.execute(READ, key)
        version, many, figures = cursor.fetchone()
    if figures is not None:
        return json.loads(figures)
    figures = count()
    _keep(key, version, figures, is_many=many > MANY)
    return figures


def years_kept_or_counted(
    programme: Programme,
    years: Sequence[Period],
    kind: KeptFigures.Kind,
    today: date,
    count: Callable[[Period], Any],
) -> list[Any]:
    """
    Returns of each of several whole years what `kept_or_counted` returns of it, in their order.

    One statement where all were kept; else those of `count`, and one or two besides, for each that was not.
    """
    asked: dict[str, Any] = {"years": [year.year for year in years], "programme": programme.pk, "kind": kind.value}
    with connection.cursor() as cursor:
        cursor.execute(READ_YEARS, {**asked, "today": today, "edition": edition()})
        rows = cursor.fetchall()
    version, many = rows[0][:2]
    kept = {year: json.loads(figures) for _, _, year, figures in rows if figures is not None}
    found = []
    for year in years:
        if year.year not in kept:
            kept[year.year] = count(year)
            _keep(_key(programme, year, kind, today), version, kept[year.year], is_many=many > MANY)
        found.append(kept[year.year])
    return found


def _key(programme: Programme, period: Period, kind: KeptFigures.Kind, today: date) -> dict[str, Any]:
    return {
        "programme": programme.pk,
        "kind": kind.value,
        "year": period.year,
        "term": period.term,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "today": today,
        "edition": edition(),
    }


def _keep(key: Mapping[str, Any], version: int, figures: Any, *, is_many: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {**key, "version": version, "figures": json.dumps(figures)})
        if cursor.rowcount and is_many:
            cursor.execute(PUT_TOGETHER, key)


def remembered_or_counted(
    programme: Programme, part: str, period: Period, today: date, count: Callable[[], Read]
) -> Read:
    """
    Returns what `count` returns of a part of a hub's rows (`part` is one word), or has for the same rows, day and code.

    As `kept_or_counted`, in the cache that all processes share, which may forget it: one statement where it has not.
    A transaction that has written counts by itself: taken back, its version would be another's.
    """
    days = f"{period.year}{period.term}:{period.starts_on}:{period.ends_on}"
    key = f"part:{edition()}:{programme.pk}:{part}:{days}"
    with connection.cursor() as cursor:
        cursor.execute(VERSION_UNCHANGED, [programme.pk])
        version, has_written = cursor.fetchone()
    if has_written:
        return count()
    good = (version, min(today, period.ends_on + timedelta(days=1)))
    found = shared_cache.shared(lambda shared: shared.get(key))  # type: ignore[attr-defined]  # inharmony.cache.SteadyCache
    if found is not None and found[0] == good:
        remembered: Read = found[1]
        return remembered
    figures = count()
    shared_cache.shared(lambda shared: shared.set(key, (good, figures), REMEMBERED_FOR))  # type: ignore[attr-defined]
    return figures


@cache
def edition() -> str:
    """Returns what names the code that counts: what other code has kept is counted again."""
    digest = hashlib.sha256()
    for path in _counting():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _counting() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    # the lists of kinds, reasons, sources and marks are beside the models
    for folder in (
        "evaluation/menu",
        "evaluation/figures",
        "evaluation/queries",
        "participants/models",
        "programmes/models",
    ):
        yield from sorted((base / folder).glob("*.py"))
    yield base / "programmes/instruments.py"
