"""What a report of a hub or a school is made of, as one mark: under the same mark its contents are the same."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from evaluation.queries.kept import version_of
from evaluation.queries.words import words_stand
from evaluation.reports.declaration import Report, Subject
from inharmony.access import scope
from inharmony.accounts.models import User
from outcomes.queries.comparison import choices_stand


def made_of(report: Report, about: Subject, year: int, user: User | None) -> str:
    """
    Returns the SHA-256 of the version of the hub's rows (`queries.kept`), the day, and the code that counts and words.

    To be asked before anything is counted, in the scope it is counted in; one statement, of a hub two or three. Empty,
    which is like nothing, of the country, whose rows have no version of their own, and for whoever does not see the hub
    whole.
    """
    hub = about.programme
    if hub is None:
        return ""
    sees_whole = user is not None and hub.pk in user.reach.whole_programmes
    if not (sees_whole or (user is None and scope.reads_whole(hub.pk))):
        return ""
    # what is published of schools beside which the hub's are set is in its impact report, and no row of the hub
    beside = choices_stand(hub) if report.id == "impact" and about.school is None else ""
    said = words_stand(hub) if about.school is None else 0
    rows = (version_of(hub), said, beside)
    parts = (report.id, report.edition, about.key, year, *rows, timezone.localdate(), code(), settings.DEMO)
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


@cache
def code() -> str:
    """Returns what names the code of this process: all of it that can be told by a report."""
    digest = hashlib.sha256()
    for path in _telling():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _telling() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    for folder in ("evaluation", "outcomes", "participants", "programmes", "schools", "inharmony"):
        yield from (path for path in sorted((base / folder).rglob("*.py")) if "migrations" not in path.parts)
