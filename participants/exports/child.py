"""The list of children as a spreadsheet: what the page shows, under headings that the reader of class lists knows."""

from collections.abc import Sequence

from inharmony.accounts.models import User
from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets.sheet import Value
from participants.models import Child
from participants.models.enrolment import YearGroup
from participants.queries.care import care_of
from participants.queries.child import ListedChild

_YEAR_GROUPS = dict(YearGroup.choices)
# one name only: a class list says so by a hyphen
NO_SURNAME = "-"


def names_of(child: Child) -> tuple[str, str, str | None]:
    """Returns forename, surname and the name used in class as a class list has them."""
    return child.forename, child.surname or NO_SURNAME, child.known_as or None


def children_out(found: Sequence[ListedChild], user: User, *, about: str) -> ListOut[ListedChild]:
    """
    Returns children with school, year group, class and dates.

    Dates of birth are for staff of the whole hub, as on the child's page; the UPN and whatever is special stay inside.
    """
    care = care_of([one.child.pk for one in found], user)
    whole = user.reach.whole_programmes
    columns: list[Column[ListedChild]] = [
        Column("Forename", lambda one: one.child.forename),
        Column("Surname", lambda one: names_of(one.child)[1]),
        Column("Preferred forename", lambda one: names_of(one.child)[2]),
    ]
    if whole:
        columns.append(
            Column("Date of birth", lambda one: one.child.date_of_birth if one.child.programme_id in whole else None)
        )
    columns += [
        Column("Year group", lambda one: _year_group(one.placement.year_group) if one.placement else None),
        Column("Class", lambda one: one.placement.school_class if one.placement else None),
        Column("School", lambda one: one.enrolment.school.name if one.enrolment and one.enrolment.school else None),
        Column("School URN", lambda one: one.enrolment.school_id if one.enrolment else None),
        Column("Start date", lambda one: one.enrolment.starts_on if one.enrolment else None),
        Column("Leaving date", lambda one: one.enrolment.ends_on if one.enrolment else None),
        Column("Hub", lambda one: one.child.programme.short_name),
        Column("Photos", lambda one: str(care[one.child.pk].badge) or None),
    ]
    return ListOut(
        act="children.exported",
        title="Children",
        about=about,
        columns=columns,
        rows=[one for one in found if care[one.child.pk].is_printed],
        programme_of=lambda one: one.child.programme_id,
        child_of=lambda one: one.child.pk,
    )


def _year_group(key: str) -> Value:
    # X and the two years of a nursery are read by their codes
    return _YEAR_GROUPS.get(key, key) if key.isdigit() or key == YearGroup.R else key or None
