"""Naming the columns of a list: what each is, once the row of headings is found.

What a column is, is said by a person, else remembered of the school's last list, else told by its heading, else by its
values. A column that the portal must not hold is none of these: its heading says so, or, where the heading says
nothing, its values do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from itertools import zip_longest

from inharmony.spreadsheets import Cell, Sheet
from participants.imports.roster.aliases import ALIASES, is_home_postcode, key, meaning
from participants.imports.roster.heading_lines import LONGEST_HEADING, Lines, is_forbidden
from participants.imports.roster.homes import Homes, LookUp, homes_in
from participants.imports.roster.layout import Layout
from participants.imports.roster.problem import Problem
from participants.imports.roster.shapes import PRIVATE_SHARE, Shape, characters, is_private, private_among
from participants.imports.roster.text import plain
from participants.imports.roster.upn import looks_like_one, masked

EXAMPLE = 40
LOOKED_THROUGH = 20_000_000  # different characters of columns that no heading explains; a class list has fewer
_UPNS = ("upn", "former_upn")
FIELDS = tuple(ALIASES)
SAYS = {
    "date_of_birth": "date of birth",
    "full_name": "full name",
    "upn": "UPN",
    "fsm6": "FSM ever 6",
    "eal": "EAL",
    "home_decile": "deprivation of the home (decile)",
}


@dataclass(frozen=True)
class Column:
    """A column as a person is shown it, to say what it is.

    `how` is chosen, remembered, alias or shape where `field` was settled so, and empty where nobody said anything.
    `example` is the first value, cut short; empty for a forbidden column, all but four characters dotted out for a UPN.
    """

    index: int
    letters: str
    heading: str
    field: str
    how: str
    forbidden: bool
    example: str
    filled: int

    @property
    def name(self) -> str:
        """Returns the heading, or the column by its letters where it has none."""
        return self.heading or f"Column {self.letters}"


class NotARosterError(Exception):
    """The sheet is refused as a whole; the text says what was looked for, where, and what to do.

    `columns` and `heading_row` say what was found, so that a person can say what the columns are; `kept` is the sheet
    as it may be stored meanwhile. Where nothing was found that could be a list, `columns` is empty.
    """

    def __init__(
        self,
        message: str,
        columns: Sequence["Column"] = (),
        heading_row: int | None = None,
        kept: Sheet | None = None,
    ) -> None:
        super().__init__(message)
        self.columns = list(columns)
        self.heading_row = heading_row
        self.kept = kept


class LayoutError(NotARosterError):
    """What somebody said of the columns cannot be so."""


@dataclass
class Found:
    """What is settled of one column while the others are still looked at."""

    index: int
    heading: str
    cells: Sequence[Cell]
    forbidden: bool = False
    field: str = ""
    how: str = ""
    private: set[Cell] = made(default_factory=set)
    # of postcodes or deciles of homes: what stands in their place
    homes: Homes | None = None

    @property
    def is_there(self) -> bool:
        """Whether anything stands in it, or somebody said what it is."""
        return bool(self.heading or self.how) or any(cell is not None for cell in self.cells)

    @property
    def is_open(self) -> bool:
        """Whether neither a person nor the heading said anything of it."""
        return not self.forbidden and not self.how


def name_columns(
    lines: Lines | None, bodies: Sequence[Sequence[Cell]], today: date, layout: Layout, look_up: LookUp
) -> tuple[list[Found], list[Found]]:
    """Returns the columns with what each is, and those of them that are told by their values; raises LayoutError."""
    found = _of_headings(lines, bodies, look_up)
    _take_chosen(found, layout)
    _take_told(found, lines, layout)
    _settle_names(found)
    return found, _take_shaped(found, today) if len(found) <= 200 else []


def _of_headings(lines: Lines | None, bodies: Sequence[Sequence[Cell]], look_up: LookUp) -> list[Found]:
    """The columns, with those that must not be held: by their heading, or else by what stands in them."""
    texts = lines.texts if lines else ()
    found = []
    left = LOOKED_THROUGH
    for index, (said, cells) in enumerate(zip_longest(texts, bodies, fillvalue=())):
        column = Found(index, said[0] if said else "", cells)
        column.forbidden = is_forbidden(said, lines is not None and index in lines.far)
        if _is_of_homes(said, is_forbidden=column.forbidden):
            column.homes = homes_in(cells, said, look_up)
            column.forbidden = column.homes is None
            if column.homes:
                column.cells = [column.homes(cell) for cell in cells]
        elif not column.forbidden and not any(meaning(text) for text in said):
            left -= characters(cells)
            if left < 0:  # what was not looked through is not kept
                column.forbidden = True
            else:
                column.private = private_among(cells)
            if column.private:
                filled = sum(cell is not None for cell in cells)
                column.forbidden = sum(cell in column.private for cell in cells) >= PRIVATE_SHARE * filled
        if column.forbidden:
            column.private = set()
        found.append(column)
    return found


def _is_of_homes(said: Sequence[str], *, is_forbidden: bool) -> bool:
    """Whether a column holds postcodes of homes, which are never kept, or deciles, among which one may stand."""
    if is_forbidden:
        return is_home_postcode(said[0])
    return any(told is not None and told[0] == "home_decile" for told in map(meaning, said))


def _take_chosen(found: list[Found], layout: Layout) -> None:
    taken: dict[str, Found] = {}
    for index, name in sorted(layout.columns.items()):
        if index >= len(found) or index < 0 or (name and name not in ALIASES):
            raise LayoutError(f"There is no column {column_letters(max(index, 0))} that could be the {said(name)}.")
        column = found[index]
        label = f"Column {column_letters(index)}" + (f" (“{column.heading}”)" if column.heading else "")
        if column.forbidden and name:
            raise LayoutError(
                f"{label} holds what the portal must not hold (an address, a telephone number, health and the like), so"
                f" it cannot be read as the {said(name)}. Choose another column."
            )
        if name and name in taken:
            first = column_letters(taken[name].index)
            raise LayoutError(f"{label} and column {first} cannot both be the {said(name)}. Choose one of the two.")
        column.field, column.how = name, "chosen"
        if name:
            taken[name] = column
    if "full_name" in taken and {"forename", "surname"} & taken.keys():
        raise LayoutError(
            "A list has one column with the whole name, or two with forename and surname, not both. Choose one way."
        )


def _take_told(found: list[Found], lines: Lines | None, layout: Layout) -> None:
    """What headings meant last time, then what they mean by the aliases; the better alias is taken."""
    texts = lines.texts if lines else ()
    taken = {column.field for column in found if column.field}
    for column, said_ in zip(found, texts, strict=False):
        if column.is_open and (known := next((key(text) for text in said_ if key(text) in layout.remembered), None)):
            name = layout.remembered[known]
            if name and (name in taken or name not in ALIASES):
                continue
            column.field, column.how = name, "remembered"
            taken |= {name}
    best: dict[str, tuple[int, Found]] = {}
    for column, said_ in zip(found, texts, strict=False):
        told = next((means for text in said_ if len(text) <= LONGEST_HEADING and (means := meaning(text))), None)
        if column.homes and told is None:
            told = ("home_decile", len(ALIASES["home_decile"]))  # a decile that was sent goes before a postcode
        if not column.is_open or told is None:
            continue
        name, rank = told
        column.how = "alias"  # known for what it is, whether it is read or not
        if name not in taken and (name not in best or rank < best[name][0]):
            best[name] = (rank, column)
    for name, (_, column) in best.items():
        column.field = name


def _settle_names(found: list[Found]) -> None:
    """One way to a name: two columns go before one, and a preferred forename stands in for a missing forename."""
    by_field = {column.field: column for column in found if column.field}
    if "forename" not in by_field and "surname" in by_field and "preferred_forename" in by_field:
        stand_in = by_field.pop("preferred_forename")
        stand_in.field = "forename"
        by_field["forename"] = stand_in
    whole = by_field.get("full_name")
    pair = [by_field[name] for name in ("forename", "surname") if name in by_field]
    if whole is None:
        return
    if any(column.how == "chosen" for column in pair) or (len(pair) == 2 and whole.how != "chosen"):
        whole.field = ""
    else:
        for column in pair:
            column.field = ""


def _take_shaped(found: list[Found], today: date) -> list[Found]:
    """Fields that have no column yet and are told by what stands in just one of the columns left."""
    have = {column.field for column in found if column.field}
    left = {column.index: Shape(column.cells, today) for column in found if column.is_open and not column.private}
    shaped: list[Found] = []

    def take(index: int, name: str) -> None:
        found[index].field, found[index].how = name, "shape"
        shaped.append(found[index])
        del left[index]
        have.add(name)

    for name, fits in _SHAPES:
        if name not in have:
            fitting = [index for index, shape in left.items() if shape.filled and fits(shape)]
            if len(fitting) == 1:
                take(fitting[0], name)
    if not have & {"full_name", "forename", "surname"}:
        whole = [index for index, shape in left.items() if shape.is_full_names]
        if len(whole) == 1:
            take(whole[0], "full_name")
    missing = [name for name in ("forename", "surname") if name not in have] if "full_name" not in have else []
    names = [index for index, shape in left.items() if missing and shape.is_names]
    if len(missing) == 1 and len(names) == 1:
        take(names[0], missing[0])
    elif len(missing) == 2 and len(names) == 2:
        first, second = sorted(names, key=lambda index: -left[index].forenames)
        if left[first].forenames >= 0.25 and left[first].forenames >= 3 * left[second].forenames:
            take(first, "forename")
            take(second, "surname")
    return shaped


_SHAPES: tuple[tuple[str, Callable[[Shape], bool]], ...] = (
    ("upn", lambda shape: shape.is_upns),
    ("date_of_birth", lambda shape: shape.is_births),
    ("ethnicity", lambda shape: shape.is_ethnicities),
    ("sex", lambda shape: shape.is_sexes),
    ("year_group", lambda shape: shape.is_year_groups),
)


def of_shape(row: int, name: str, column: Found) -> Problem:
    """A fault of the sheet: somebody should look whether the values were understood."""
    letters = column_letters(column.index)
    words = f"Column {letters} is read as the {said(column.field)}, because of what stands in it. Check that it is."
    return Problem(row, name, "", words, refused=False, field=column.field)


def said(name: str) -> str:
    """Returns a field in words, for a sentence."""
    return SAYS.get(name, name.replace("_", " ")) if name else "column that is not read"


def shown(found: Found) -> Column:
    cells = [cell for cell in found.cells if cell is not None]
    example = ""
    if not found.forbidden:
        example = next((text for cell in cells if cell not in found.private and (text := plain(cell))), "")
        if found.field in _UPNS or looks_like_one(example):
            example = masked(example)
        example = example if len(example) <= EXAMPLE else f"{example[: EXAMPLE - 1]}…"
    return Column(
        index=found.index,
        letters=column_letters(found.index),
        heading="" if is_private(found.heading) else found.heading,
        field=found.field,
        how=found.how if found.field or found.how in {"chosen", "remembered"} else "",
        forbidden=found.forbidden,
        example=example,
        filled=len(cells),
    )


def column_letters(index: int) -> str:
    """Returns the column as the spreadsheet program names it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
