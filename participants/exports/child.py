"""The list of children as a spreadsheet: what the page shows, under headings that the reader of class lists knows."""

from collections.abc import Iterable

from inharmony.accounts.models import User
from inharmony.pages.exporting import Column, ListOut
from inharmony.spreadsheets.sheet import Value
from participants.models import Child
from participants.models.enrolment import YearGroup
from participants.queries.care import CareOfChildren, care_of

_YEAR_GROUPS = dict(YearGroup.choices)
# one name only: a class list says so by a hyphen
NO_SURNAME = "-"


def names_of(child: Child) -> tuple[str, str, str | None]:
    """Returns forename, surname and the name used in class as a class list has them."""
    return child.forename, child.surname or NO_SURNAME, child.known_as or None


def printed(children: Iterable[Child], care: CareOfChildren) -> list[Child]:
    """Returns the children whom paper may show: a file is paper that copies itself."""
    return [child for child in children if care[child.pk].is_printed]


def children_out(children: Iterable[Child], user: User, *, about: str) -> ListOut[Child]:
    """
    Returns children that came from `children_to_take_out`.

    Dates of birth are for staff of the whole hub, as on the child's page; the UPN and whatever is special stay inside.
    """
    found = list(children)
    care = care_of([child.pk for child in found], user)
    whole = user.reach.whole_programmes

    def read(name: str) -> Column[Child]:
        return Column(_HEADINGS[name], lambda child: getattr(child, name))

    columns: list[Column[Child]] = [
        Column("Forename", lambda child: child.forename),
        Column("Surname", lambda child: names_of(child)[1]),
        Column("Preferred forename", lambda child: names_of(child)[2]),
    ]
    if whole:
        columns.append(
            Column("Date of birth", lambda child: child.date_of_birth if child.programme_id in whole else None)
        )
    columns += [
        Column("Year group", _year_group),
        *map(read, ("school_class", "school_name", "school_urn", "enrolled_from", "enrolled_until", "programme_name")),
        Column("Photos", lambda child: str(care[child.pk].badge) or None),
    ]
    return ListOut(
        act="children.exported",
        title="Children",
        about=about,
        columns=columns,
        rows=printed(found, care),
        programme_of=lambda child: child.programme_id,
        child_of=lambda child: child.pk,
    )


_HEADINGS = {
    "school_class": "Class",
    "school_name": "School",
    "school_urn": "School URN",
    "enrolled_from": "Start date",
    "enrolled_until": "Leaving date",
    "programme_name": "Hub",
}


def _year_group(child: Child) -> Value:
    key = getattr(child, "year_group", None) or ""
    # X and the two years of a nursery are read by their codes
    return _YEAR_GROUPS.get(key, key) if key.isdigit() or key == YearGroup.R else key or None
