"""Musical progression of a hub's children as tables: awards by level and result, ensembles, where leavers play on."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.figures.figure import per_cent
from evaluation.figures.table import Cell, Row, Table
from outcomes.awards.boards import KINDS
from outcomes.awards.structure import AwardKind, Level, Result
from participants.models import Destination
from participants.models.enrolment import YearGroup
from programmes.instruments import FAMILIES

AWARDS_BY_LEVEL, CHILDREN_BY_LEVEL, AWARDS_BY_RESULT = "awards_by_level", "children_by_award_level", "awards_by_result"
REACHED_SAFELY = "awards_reached_safely"
INSTRUMENTS, ENSEMBLES_BY_LEVEL, AFTER_YEAR_6 = "instruments_learned", "ensembles_by_level", "playing_on_after_year_6"
NO_LEVEL, NOT_KNOWN, WHOLE = "No level", "Year group not known", "All"
LEVELS = tuple(Level)
NO_AWARD = "No award is recorded of this period yet. The office records them from an ensemble’s page."
LEVELS_NOTE = (
    "Levels are those of A Common Approach (Music Mark). Music Medals above Bronze and the Arts Award Discover stand "
    "for none that is in print. Year group is that of the academic year."
)


@dataclass(frozen=True)
class Awarded:
    """An award that was taken: whose, which, what came of it, and the child's year group, empty where not known."""

    child: int
    kind: AwardKind
    result: Result
    year_group: str

    @property
    def level(self) -> Level | None:
        """The level its grade stands for."""
        return self.kind.grade.level


@dataclass(frozen=True)
class LevelTally:
    """The ensembles of one level, and the children in them, each counted once."""

    ensembles: int = 0
    children: int = 0


def awards_by_level(awards: Iterable[Awarded]) -> Table:
    """Returns how many awards were reached at which level, by year group; a child may have several."""
    many = Counter((one.year_group, one.level) for one in awards if one.result.is_passed)
    return _by_year_group(
        AWARDS_BY_LEVEL, "Awards reached, by year group and level", many, f"Each award counted. {LEVELS_NOTE}"
    )


def children_by_level(awards: Iterable[Awarded]) -> Table:
    """Returns how many children reached an award, each once at the highest level they reached, by year group."""
    highest: dict[int, Awarded] = {}
    for one in awards:
        if one.result.is_passed and (one.child not in highest or _height(one) > _height(highest[one.child])):
            highest[one.child] = one
    many = Counter((one.year_group, one.level) for one in highest.values())
    note = f"Each child counted once, at the highest level reached in the period. {LEVELS_NOTE}"
    return _by_year_group(CHILDREN_BY_LEVEL, "Children with an award, by year group and highest level", many, note)


def _height(one: Awarded) -> int:
    return LEVELS.index(one.level) if one.level else -1


def _by_year_group(key: str, caption: str, many: Mapping[tuple[str, Level | None], int], note: str) -> Table:
    labels = {**dict(YearGroup.choices), "": NOT_KNOWN}
    levels: Sequence[Level | None] = (*LEVELS, None)
    there = {group for group, _ in many}
    rows = [
        Row(group or "unknown", str(label), _cells(many.get((group, level), 0) for level in levels))
        for group, label in labels.items()
        if group in there
    ]
    total = Row("all", WHOLE, _cells(sum(many.get((group, level), 0) for group in there) for level in levels))
    return Table(
        key,
        caption,
        "Year group",
        (*(str(level.label) for level in LEVELS), NO_LEVEL, WHOLE),
        tuple(rows),
        total if rows else None,
        note=note,
        empty=NO_AWARD,
    )


def _cells(numbers: Iterable[int]) -> tuple[Cell, ...]:
    """The numbers, and what they add up to."""
    given = tuple(numbers)
    return (*(Cell(number) for number in given), Cell(sum(given)))


def awards_by_result(awards: Iterable[Awarded]) -> Table:
    """Returns what came of each award that was taken, in the order of the boards; those not reached are in it."""
    many = Counter((one.kind.key, one.result) for one in awards)
    results = [result for result in Result if any(found == result for _, found in many)]
    taken = {key for key, _ in many}
    rows = tuple(
        Row(kind.key, kind.title, _cells(many[kind.key, result] for result in results))
        for kind in KINDS
        if kind.key in taken
    )
    total = Row("all", WHOLE, _cells(sum(many[key, result] for key in taken) for result in results))
    return Table(
        AWARDS_BY_RESULT,
        "Awards taken, by grade and result",
        "Award",
        (*(str(result.label) for result in results), WHOLE),
        rows,
        total if rows else None,
        note="Each award counted, those that were not reached too. A result follows from the mark by the board’s own "
        "pass marks.",
        empty=NO_AWARD,
    )


def reached_safely(awards: Iterable[Awarded], fewest: int) -> Table:
    """
    Returns the awards that at least so many children reached, with those children: for who knows them.

    Neither those few reached nor those not reached are told, and no whole from which they could be worked out.
    """
    children: dict[str, set[int]] = {}
    for one in awards:
        if one.result.is_passed:
            children.setdefault(one.kind.key, set()).add(one.child)
    return Table(
        REACHED_SAFELY,
        "Children who reached an award",
        "Award",
        ("Children",),
        tuple(
            Row(kind.key, kind.title, (Cell(len(children[kind.key])),))
            for kind in KINDS
            if len(children.get(kind.key, ())) >= fewest
        ),
        note=f"Each child counted once an award. Awards that fewer than {fewest} children reached are not told.",
        empty=f"There is no award of this year that at least {fewest} children of the school reached.",
    )


def instruments_learned(children: Mapping[str, int]) -> Table:
    """Returns how many children learned which instrument, in the order of the families."""
    rows = tuple(
        Row(one.value, f"{one.label}, {family.lower()}", (Cell(children[one.value]),))
        for family, members in FAMILIES.items()
        for one in members
        if children.get(one.value)
    )
    return Table(
        INSTRUMENTS,
        "Instruments learned",
        "Instrument",
        ("Children",),
        rows,
        note="Children who played it at some time in the period; who changed instrument stands at each.",
        empty="No instrument of a child is written down in this period.",
    )


def ensembles_by_level(tallies: Mapping[str, LevelTally]) -> Table:
    """Returns the ensembles that played in the period by level, with the children in them."""
    rows = tuple(
        Row(level.value, str(level.label), (Cell(tallies[level].ensembles), Cell(tallies[level].children)))
        for level in LEVELS
        if level in tallies
    )
    return Table(
        ENSEMBLES_BY_LEVEL,
        "Ensembles, by level",
        "Level",
        ("Ensembles", "Children"),
        rows,
        note="Children who were in an ensemble of the level in the period, each counted once a level.",
        empty="No ensemble played in this period.",
    )


def after_year_6(plays: Iterable[str]) -> Table:
    """Returns how the children go on playing who left their school from Year 6 in the period."""
    many = Counter(plays)
    whole = sum(many.values())
    rows = tuple(
        Row(one.value, str(one.label), (Cell(many[one.value]), Cell(per_cent(many[one.value], whole), "%")))
        for one in Destination.Plays
    )
    return Table(
        AFTER_YEAR_6,
        "Playing on after Year 6",
        "How they go on",
        ("Children", "Share"),
        rows if whole else (),
        Row("all", WHOLE, (Cell(whole), Cell(per_cent(whole, whole), "%"))) if whole else None,
        note="Of the children who left their school from Year 6 in the period and of whom somebody wrote down where "
        "they went. Who is not known stands in the share.",
        empty="Nobody who left Year 6 in this period is written down yet.",
    )
