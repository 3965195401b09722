"""Registers taken as they are in life, so that figures have something to count."""

import re

from django.utils import timezone

from evaluation.queries.calendar import period_of
from evaluation.queries.participation import participation, rows_of
from inharmony.access.scope import Scope, scoped
from participants.actions.attendance import take_register
from participants.models.attendance import Mark
from participants.queries.attendance import expected_ids
from schools.models import AcademicYear
from tests.factories import participants, programmes
from tests.factories.schools import school


def register(session, letters: str, *, by):
    """Takes a session's register: one letter a child expected (p l r a e), in the order the children were made."""
    marks = dict(zip(sorted(expected_ids(session)), map(Mark, letters), strict=True))
    return take_register(session=session, marks=marks, version=session.register_version, by=by)


def cancel(session, reason: str = "tutor_away"):
    """Cancels a session."""
    session.cancelled_at, session.cancel_reason = timezone.now(), reason
    session.save()
    return session


def hub_figures(programme, *, user=None, term: str = "", year: int | None = None):
    """Returns a hub's participation of this year; call it inside a scope."""
    period = period_of(year if year is not None else AcademicYear.current().year, term, programme)
    return participation(rows_of(programme, period, user))


def values(found) -> dict[str, str]:
    """Returns what each figure writes, by key."""
    return {figure.key: figure.written for figure in found.figures}


def values_on(page) -> dict[str, str]:
    """Returns what a page says: the value and unit of each figure, by name."""
    found = re.findall(
        r'class="figure-name">([^<]+)</p><p class="figure-value">(?:<span class="symbol">)?([^<]+?)\s*(?:<small>([^<]*)'
        r"</small>|</span>)?</p>",
        page.content.decode(),
    )
    return {name: f"{value} {unit}".strip() for name, value, unit in found}


def rows_on(page, caption: str) -> dict[str, tuple[str, ...]]:
    """Returns the rows of the table with that caption, by heading, as the page writes them."""
    table = re.search(rf"<caption>{caption}.*?</table>", page.content.decode(), re.DOTALL)[0]
    rows = re.findall(r'<tr><th scope="row">(.+?)</th>(.*?)</tr>', table, re.DOTALL)
    return {
        heading: tuple(re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td.*?</td>", cells))
        for heading, cells in rows
    }


def cells(table) -> dict[str, tuple[str, ...]]:
    """Returns what each row of a table writes, by heading."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    return {row.heading: tuple(cell.written for cell in row.cells) for row in rows}


def country(cast):
    """
    Adds hubs large enough to publish to the cast, each register taken today; opens its own scopes.

        Liverpool   20 of Year 4, 20 of Year 5 at another school
        Leeds       20 of Year 4, 12 of whom came to Liverpool too; 20 of Year 5
        Lambeth     25 of Year 4, 25 of Year 5, 4 of Year 6

    So 40, 40 and 54 children, 122 in all: 53 of Year 4, 65 of Year 5, 4 of Year 6.
    """
    lambeth = programmes.programme("Lambeth")
    with scoped(Scope(frozenset({cast.liverpool.pk, cast.leeds.pk, lambeth.pk}))):
        for programme, sizes, shared in (
            (cast.liverpool, {"4": 20, "5": 20}, 12),
            (cast.leeds, {"4": 20, "5": 20}, 12),
            (lambeth, {"4": 25, "5": 25, "6": 4}, 0),
        ):
            for group, size in sizes.items():
                place = school(f"{programme.short_name} School {group}")
                programmes.partner(programme, place)
                names = [
                    ("Shared", f"Child {number}")
                    if group == "4" and number < shared
                    else (programme.short_name, f"Child {group} {number}")
                    for number in range(size)
                ]
                children = participants.children(programme, place, by=cast.joanne, names=names, year_group=group)
                ensemble = programmes.ensemble(programme, f"Year {group}", school=place)
                participants.join(ensemble, children, by=cast.joanne)
                register(programmes.session(ensemble), "p" * size, by=cast.joanne)
    return lambeth
