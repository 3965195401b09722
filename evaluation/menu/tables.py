"""The tables that are made of figures: the same ones of a release, of a hub's own live numbers, on page and paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evaluation.menu.dimensions import DIMENSIONS, Dimension
from outcomes.measures.shipped import NEWEST
from outcomes.measures.structure import TOTAL, Informant, Measure, Part, Total
from programmes.models import Ensemble, Income, Indicator, Session

# the row of the whole: the country, or the hub
ALL = "all"


class Counts(StrEnum):
    """What a table's numbers are of, which says by which rules it may leave a programme."""

    CHILDREN = "children"  # counts of children: every rule
    MEANS = "means"  # a share of marks or a mean over children: rules 5, 6 and 7
    ANSWERS = "answers"  # means of what people answered: rules 4, 6, 7 and 8, on numbers of their own
    NO_CHILD = "no_child"  # sessions, schools, money: exact


class Rows(StrEnum):
    """What the rows of a table are."""

    ONE = "one"  # the whole alone
    PROGRAMMES = "programmes"  # by slug, and the whole
    CATEGORIES = "categories"  # of the table's dimension, and the whole
    KINDS = "kinds"  # of ensembles


@dataclass(frozen=True)
class Column:
    """A column of a table: its key in cells, its heading, its unit, and the places its numbers have."""

    key: str
    heading: str
    unit: str = ""
    places: int = 0


@dataclass(frozen=True)
class TableSpec:
    """One table of the menu; `definitions` are keys of `figures.definitions`."""

    key: str
    caption: str
    heading: str
    counts: Counts
    rows: Rows
    columns: tuple[Column, ...]
    definitions: tuple[str, ...]
    dimension: str = ""
    note: str = ""

    @property
    def of(self) -> Dimension:
        """Its dimension; raises KeyError where it has none."""
        return DIMENSIONS[self.dimension]


CHILDREN = "children"
TWICE = "twice"
BY_PROGRAMME = "children_by_programme"
REGISTERS = "registers"
ATTENDANCE = "attendance"
INTENSITY = "intensity"
SESSIONS = "sessions"
CANCELLED = "cancelled"
PROVISION = "provision"
KINDS = "ensembles_by_kind"
INCOME = "income"
ROLL = "roll"

COUNT = Column("", "Children")
WHO_ANSWERS = {Informant.FAMILY: "families", Informant.STAFF: "school staff", Informant.TUTOR: "tutors"}


def by(dimension: str) -> str:
    """Returns the key of the table of children by a dimension."""
    return f"children_by_{dimension}"


def programmes_by(dimension: str) -> str:
    """Returns the key of the table of programmes by a dimension: children of a programme in a category."""
    return f"programmes_by_{dimension}"


def attendance_by(dimension: str) -> str:
    """Returns the key of the table of attendance by a dimension."""
    return f"attendance_by_{dimension}"


def hours_by(dimension: str) -> str:
    """Returns the key of the table of hours received by a dimension."""
    return f"hours_by_{dimension}"


def change_of(measure: str, part: str) -> str:
    """Returns the key of the table of how a part of a children's measure changed."""
    return f"change_{measure}_{part}"


def answers_to(measure: str, part: str) -> str:
    """Returns the key of the table of what adults answered to a part of a measure."""
    return f"answers_{measure}_{part}"


def _of(dimension: Dimension) -> tuple[TableSpec, ...]:
    key, title = dimension.key, dimension.title
    return (
        TableSpec(
            by(key),
            f"Children taking part, by {title}",
            dimension.heading,
            Counts.CHILDREN,
            Rows.CATEGORIES,
            (COUNT,),
            ("children_reached",),
            key,
        ),
        TableSpec(
            programmes_by(key),
            f"Children of each programme, by {title}",
            "Programme",
            Counts.CHILDREN,
            Rows.PROGRAMMES,
            tuple(Column(category, words) for category, words in dimension.categories.items()),
            ("children_reached",),
            key,
        ),
        TableSpec(
            attendance_by(key),
            f"Attendance, by {title}",
            dimension.heading,
            Counts.MEANS,
            Rows.CATEGORIES,
            (Column("", "Attendance", "%"),),
            ("attendance",),
            key,
        ),
        TableSpec(
            hours_by(key),
            f"Hours received a week, by {title}",
            dimension.heading,
            Counts.MEANS,
            Rows.CATEGORIES,
            (Column("", "Hours a week", places=1),),
            ("hours_received",),
            key,
        ),
    )


def _by_programme(
    key: str, caption: str, counts: Counts, columns: tuple[Column, ...], definitions: tuple[str, ...], note: str = ""
) -> TableSpec:
    return TableSpec(key, caption, "Programme", counts, Rows.PROGRAMMES, columns, definitions, note=note)


def _of_change(measure: Measure, of: Part | Total) -> TableSpec:
    key = _key(of)
    return _by_programme(
        change_of(measure.key, key),
        f"{measure.title_of(key)}: change between two times of asking",
        Counts.ANSWERS,
        (
            Column("both", "Children who answered both times"),
            Column("before", "At the start", places=1),
            Column("after", "Later", places=1),
            Column("change", "Change", places=1),
            Column("low", "Interval from", places=1),
            Column("high", "Interval to", places=1),
        ),
        ("answered_both", "change"),
        f"{_run(of)} A change between two times of asking does not show what brought it about.",
    )


def _of_adults(measure: Measure, of: Part | Total) -> TableSpec:
    key = _key(of)
    return _by_programme(
        answers_to(measure.key, key),
        f"{measure.title_of(key)}: what {WHO_ANSWERS[measure.informants[0]]} answered",
        Counts.ANSWERS,
        (Column("answered", "Answers"), Column("score", "Mean score", places=1)),
        ("answers", "mean_score"),
        f"{_run(of)} Who answers is often who is in touch already.",
    )


def _key(of: Part | Total) -> str:
    return TOTAL if isinstance(of, Total) else of.key


def _run(of: Part | Total) -> str:
    return f"Scores run from {of.least} to {of.most}, the {'less' if of.is_difficulty else 'more'} the better."


def _of_measures() -> tuple[TableSpec, ...]:
    """A table for each part of what is answered that feeds an indicator, and for a total where there is one."""
    made: list[TableSpec] = []
    for measure in NEWEST.values():
        numbers: list[Part | Total] = [part for part in measure.parts if part.feeds]
        if measure.total:
            numbers.append(measure.total)
        of = _of_change if Informant.CHILD in measure.informants else _of_adults
        made += [of(measure, number) for number in numbers]
    return tuple(made)


# in this order they are cut, shown and exported
TABLES: Mapping[str, TableSpec] = {
    spec.key: spec
    for spec in (
        TableSpec(
            CHILDREN,
            "Children taking part, each counted once",
            "Children",
            Counts.CHILDREN,
            Rows.ONE,
            (COUNT,),
            ("children_reached", "children_twice"),
        ),
        _by_programme(
            BY_PROGRAMME,
            "Children taking part, by programme",
            Counts.CHILDREN,
            (COUNT,),
            ("children_reached",),
            "A child who came to two programmes is counted in both rows and once in the total.",
        ),
        *(spec for dimension in DIMENSIONS.values() for spec in _of(dimension)),
        _by_programme(
            ATTENDANCE, "Attendance at sessions", Counts.MEANS, (Column("", "Attendance", "%"),), ("attendance",)
        ),
        _by_programme(
            INTENSITY,
            "Hours for each child in each week",
            Counts.MEANS,
            (
                Column("offered_in", "Offered, in school time", places=1),
                Column("offered_out", "Offered, outside it", places=1),
                Column("received_in", "Received, in school time", places=1),
                Column("received_out", "Received, outside it", places=1),
                Column("offered", "Offered, in all", places=1),
                Column("received", "Received, in all", places=1),
            ),
            ("hours_offered", "hours_received"),
            "Each hour is rounded on its own, so the parts may not add to the whole.",
        ),
        _by_programme(
            SESSIONS,
            "Sessions",
            Counts.NO_CHILD,
            (
                Column("planned", "Planned"),
                Column("held", "Held"),
                Column("cancelled", "Cancelled"),
                Column("hours", "Hours held"),
            ),
            ("sessions_planned", "sessions_held", "sessions_cancelled", "hours_held"),
        ),
        _by_programme(
            CANCELLED,
            "Sessions cancelled, by reason",
            Counts.NO_CHILD,
            tuple(Column(reason.value, str(reason.label)) for reason in Session.CancelReason),
            ("sessions_cancelled",),
        ),
        _by_programme(
            REGISTERS,
            "Registers taken",
            Counts.NO_CHILD,
            (Column("taken", "Taken"), Column("due", "Due")),
            ("registers_taken",),
        ),
        _by_programme(
            PROVISION,
            "Schools, ensembles and tutors",
            Counts.NO_CHILD,
            (Column("schools", "Partner schools"), Column("ensembles", "Ensembles"), Column("tutors", "Tutors")),
            ("schools", "ensembles", "tutors"),
        ),
        TableSpec(
            KINDS,
            "Ensembles, by kind and level",
            "Kind",
            Counts.NO_CHILD,
            Rows.KINDS,
            (
                *(Column(level.value, str(level.label)) for level in Ensemble.Level),
                Column(ALL, "All"),
            ),
            ("ensembles",),
        ),
        _by_programme(
            INCOME,
            "Income, by source",
            Counts.NO_CHILD,
            (
                *(Column(source.value, str(source.label), "£") for source in Income.Source),
                Column(ALL, "All", "£"),
            ),
            ("income",),
        ),
        _by_programme(
            ROLL,
            "The whole roll of the partner schools",
            Counts.NO_CHILD,
            (
                Column("pupils", "Pupils"),
                Column("pupil_premium", "Pupil Premium", "%"),
                Column("sen", "Special educational needs", "%"),
                Column("eal", "English as an additional language", "%"),
            ),
            ("roll",),
            "From published tables of schools, weighed by their pupils. Where a school’s number is not published, the "
            "others stand for it.",
        ),
        *_of_measures(),
    )
}
OF_ANSWERS = tuple(key for key, spec in TABLES.items() if spec.counts is Counts.ANSWERS)
# those of people who were asked twice
CHANGES = tuple(key for key in OF_ANSWERS if "change" in {column.key for column in TABLES[key].columns})


def feeding(indicator: Indicator) -> tuple[str, ...]:
    """Returns the keys of the tables of answers that feed an indicator, in the menu's order; a total with its parts."""
    found: list[str] = []
    for measure in NEWEST.values():
        of = change_of if Informant.CHILD in measure.informants else answers_to
        keys = [of(measure.key, part.key) for part in measure.parts if part.feeds is indicator]
        if keys and measure.total:
            keys.append(of(measure.key, TOTAL))
        found += [key for key in keys if key in TABLES]
    return tuple(found)
