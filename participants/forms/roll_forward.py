"""What the page of the turn of the year sends: the year it was opened for, and each class with its new name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from participants.models import Placement
from participants.queries.roll_forward import MovingSchool

LONGEST = Placement._meta.get_field("school_class").max_length or 0
# how the names of classes can be filled in, by what stands in the address
NAMES = (("", "Leave them empty"), ("next", "One year on: 4B becomes 5B"), ("same", "The same as now"))


def field_of(key: str) -> str:
    """Returns the name of the field for the new name of a class."""
    return f"class|{key}"


@dataclass(frozen=True)
class Sent:
    """The classes that were on the page, by key, each with its new name; the year; and what is wrong, by class."""

    classes: dict[str, str]
    year: int
    problems: dict[str, str] = field(default_factory=dict)


def read(posted: Mapping[str, str]) -> Sent:
    """Returns what was sent; a name that cannot be one is among the problems."""
    start = field_of("")
    classes = {
        name.removeprefix(start): " ".join(value.split()) for name, value in posted.items() if name.startswith(start)
    }
    year = posted.get("year", "")
    return Sent(
        classes,
        int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
        {key: problem for key, name in classes.items() if (problem := _problem(name))},
    )


def _problem(name: str) -> str:
    if len(name) > LONGEST:
        return f"A class name has {LONGEST} letters at most. Shorten it."
    if not name.isprintable():
        return "This name holds a sign that cannot be printed. Type it anew."
    return ""


@dataclass(frozen=True)
class Row:
    """A class on the page: its field, the name in it, and what is wrong with that name."""

    id: str
    field: str
    school_class: str
    was: str
    becomes: str
    children: int
    name: str
    problem: str


def rows_of(school: MovingSchool, how: str, labels: Mapping[str, str], sent: Sent | None) -> list[Row]:
    """Returns the classes of a school as the page shows them: with the names sent, else filled in as asked."""
    return [
        Row(
            f"class-{school.key}-{place}",
            field_of(each.key),
            each.school_class,
            labels.get(each.was, ""),
            labels.get(each.becomes, ""),
            each.children,
            sent.classes.get(each.key, "") if sent else each.named(how),
            sent.problems.get(each.key, "") if sent else "",
        )
        for place, each in enumerate(school.classes)
    ]
