"""Class lists as schools' systems write them, made from children who are known, in many layouts.

A layout is a file and the truth about it: which sheet row is which child, and which fields the file tells of them. No
system's own file is copied; the headings are those that systems are known to write (see the field guide of the import).
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from participants.imports.roster.layout import Layout
from participants.imports.roster.upn import check_letter
from tests.inharmony.spreadsheets.workbooks import opendocument

Grid = list[list[Any]]


@dataclass(frozen=True)
class Known:
    """A child as everybody agrees it is."""

    forename: str
    surname: str
    born: date
    sex: str
    year_group: str
    school_class: str
    upn: str
    pupil_premium: bool
    fsm: bool
    fsm6: bool
    language: str
    sen: str
    ethnicity: str
    started: date
    preferred: str
    number: str


def _upn(serial: int) -> str:
    figures = f"999999925{serial:03d}"  # authority 999 is nobody's
    return check_letter(f"X{figures}") + figures


NAMES = (
    *(("Ada", "Lark"), ("Zoë", "O’Brien"), ("Siân", "Price-Évans"), ("Mohammed", "Al Hashimi"), ("Łukasz", "Nowak")),
    *(("Thảo", "Nguyễn"), ("D’Arcy", "de la Cruz"), ("Anne-Marie", "Jalapeño-Pérez"), ("Oğuz", "Yıldız")),
    *(("Jean Luc", "van der Berg"), ("Bo", "Xu"), ("Isla", "St John"), ("Olivia", "Null"), ("Noah", "Wren")),
    *(("Amelia", "Wren"), ("Harry", "'t Hooft")),
)
YEARS = ("N2", "R", "1", "2", "3", "4", "5", "6")


def known() -> list[Known]:
    """Returns the children; every code the portal keeps is there, and two are twins."""
    children = []
    for n, (forename, surname) in enumerate(NAMES):
        twin = n - 1 if (forename, surname) == ("Amelia", "Wren") else n
        year = YEARS[twin % len(YEARS)]
        age = {"N2": 3, "R": 4}.get(year) or int(year) + 4
        children.append(
            Known(
                *(forename, surname, date(2026 - age, 1 + twin % 8, 13 + twin % 15), "MF"[n % 2], year),
                *(f"{year} {('Heron', 'Owl')[twin % 2]}", _upn(n), n % 3 == 0, n % 4 == 0, n % 2 == 0),
                *(("ENG", "POL", "URD", "OTH", "ENB")[n % 5], "NKE"[n % 3]),
                *(("WBRI", "BOTH", "OOTH", "APKN", "REFU", "NOBT", "MWBC", "CHNE")[n % 8], date(2022, 9, 1 + n)),
                *({0: "Addy", 13: "Nono"}.get(n, ""), f"{n + 7:06d}"),
            )
        )
    return children


def year_words(child: Known) -> str:
    return {"R": "Reception", "N2": "Nursery"}.get(child.year_group, f"Year {child.year_group}")


Writer = Callable[[Known], Any]
# heading, what the cell holds, the field it tells and what that is (empty where the portal does not read it)
Told = tuple[str, Writer, str, Writer | None]


def _flag(name: str, yes: Any, no: Any) -> Writer:
    return lambda child: yes if getattr(child, name) else no


def _is(name: str) -> Writer:
    return lambda child: getattr(child, name)


def _is_eal(child: Known) -> bool:
    return child.language not in {"ENG", "ENB"}


def _names(forename: str = "Forename", surname: str = "Surname") -> list[Told]:
    return [
        (forename, _is("forename"), "forename", _is("forename")),
        (surname, _is("surname"), "surname", _is("surname")),
    ]


_BORN = _is("born")


def _born(heading: str = "Date of Birth", write: Writer = _BORN) -> Told:
    return heading, write, "date_of_birth", _BORN


def _upns(heading: str = "UPN") -> Told:
    return heading, _is("upn"), "upn", _is("upn")


def _sex(heading: str = "Gender", *, words: bool = False) -> Told:
    return heading, (lambda c: {"M": "Male", "F": "Female"}[c.sex]) if words else _is("sex"), "sex", _is("sex")


def _year(heading: str, write: Writer) -> Told:
    return heading, write, "year_group", _is("year_group")


def _class(heading: str) -> Told:
    return heading, _is("school_class"), "school_class", _is("school_class")


def _yes(heading: str, name: str, yes: Any = "Y", no: Any = "N") -> Told:
    return heading, _flag(name, yes, no), name, _is(name)


def _unread(heading: str, write: Writer) -> Told:
    return heading, write, "", None


MUST_NOT = (
    _unread("Home Address", lambda c: f"{c.number} Canary Row, Leeds"),
    _unread("Postcode", lambda c: "ZZ9 9ZZ"),
    _unread("Parent Email", lambda c: f"family{c.number}@canary.example"),
    _unread("Emergency Contact 1 Phone", lambda c: "07700 900123"),
    _unread("Medical Conditions", lambda c: "canary asthma"),
    _unread("SEN Type", lambda c: "canary ASD"),
    _unread("Ever in care", lambda c: "canary F"),
    _unread("NHS Number", lambda c: "999 000 0018"),
    _unread("Religion", lambda c: "canary faith"),
)

SYSTEMS: dict[str, list[Told]] = {
    "sims": [
        *_names(),
        _sex(),
        _born("DOB"),
        _year("Year", lambda c: {"R": "Year  R", "N2": "Nursery"}.get(c.year_group, f"Year  {c.year_group}")),
        _class("Reg"),
        ("English as additional language", lambda c: "TF"[not _is_eal(c)], "eal", _is_eal),
        _yes("Pupil Premium Indicator", "pupil_premium", "T", "F"),
        _yes("Eligible for free meals", "fsm", "T", "F"),
        MUST_NOT[6],
    ],
    "sims_report": [
        ("Surname Forename", lambda c: f"{c.surname}, {c.forename}", "full_name", None),
        _upns("Unique Pupil Number"),
        _born("D.O.B."),
        _class("Reg Group"),
        _year("Year taught in", year_words),
        ("SEN Status", _is("sen"), "sen", _is("sen")),
        _unread("% Attendance", lambda c: 96.3),
        ("EAL", lambda c: "Y" if _is_eal(c) else "N", "eal", _is_eal),
    ],
    "arbor": [
        *_names("Legal First Name", "Legal Last Name"),
        ("Preferred First Name", _is("preferred"), "preferred_forename", lambda c: c.preferred or None),
        _upns(),
        _sex("Sex", words=True),
        _born("Date of Birth", lambda c: c.born.isoformat()),
        _year("Year group (for today)", year_words),
        _class("Registration form"),
        _yes("Pupil Premium Recipient", "pupil_premium", "Yes", "No"),
        _yes("Ever 6 FSM", "fsm6", "Yes", "No"),
        _unread("Student number", _is("number")),
    ],
    "bromcom": [
        *_names("First Name", "Last Name")[::-1],
        _unread("Admission Number", _is("number")),
        _upns(),
        _sex(words=True),
        _year("Year Group", lambda c: {"R": "R", "N2": "N2"}.get(c.year_group, f"Yr {c.year_group}")),
        _class("Tutor Group"),
        _born("Birth Date", lambda c: f"{c.born:%d/%m/%Y}"),
        ("Ethnicity", _is("ethnicity"), "ethnicity", _is("ethnicity")),
        *MUST_NOT[:3],
    ],
    "scholarpack": [
        *_names("Forename", "Surname"),
        _born("DOB", lambda c: f"{c.born:%d-%m-%Y}"),
        _sex("Sex"),
        _year("Year", lambda c: {"R": "R", "N2": "N"}.get(c.year_group, c.year_group)),
        _class("Class"),
        _yes("PP", "pupil_premium", "Yes", "No"),
        _yes("FSM", "fsm", "Yes", "No"),
        ("SEN", _is("sen"), "sen", _is("sen")),
        ("First Language", _is("language"), "first_language", _is("language")),
        ("Ethnic Code", _is("ethnicity"), "ethnicity", _is("ethnicity")),
        *MUST_NOT[4:],
    ],
    "feed": [
        _unread("LearnerId", lambda c: int(c.number) + 4000),
        _unread("LearnerCode", _is("number")),
        *_names("Forename", "Surname"),
        ("LegalForename", _is("forename"), "", None),
        ("LegalSurname", _is("surname"), "", None),
        _sex(),
        _year(
            "Year", lambda c: {"R": 0, "N2": -1}.get(c.year_group) if not c.year_group.isdigit() else int(c.year_group)
        ),
        _born("DateOfBirth", lambda c: f"{c.born}T00:00:00"),
        _upns(),
        _unread("ServiceChild", lambda c: "canary"),
        ("SEN ProvisionTypeCode", _is("sen"), "sen", _is("sen")),
        ("DateOfEntry", lambda c: f"{c.started}T00:00:00", "start_date", _is("started")),
    ],
    "independent": [
        _unread("Id", lambda c: int(c.number)),
        _upns(),
        _unread("ULN", lambda c: None),
        _unread("Title", lambda c: "Miss"),
        _names()[0],
        _unread("Middle Names", lambda c: None),
        _names()[1],
        ("Preferred Name", _is("preferred"), "preferred_forename", lambda c: c.preferred or None),
        _born("DOB"),
        _sex(words=True),
        ("Language", _is("language"), "first_language", _is("language")),
        ("Ethnic Group", _is("ethnicity"), "ethnicity", _is("ethnicity")),
        _year(
            "NC Year",
            lambda c: {"R": "R", "N2": "N2"}.get(
                c.year_group, f"{int(c.year_group):02d}" if c.year_group.isdigit() else ""
            ),
        ),
        _class("Form/Tutor Group"),
        ("Enrolment Date", _is("started"), "start_date", _is("started")),
    ],
    "template": [
        *_names("First Name", "Last Name"),
        _sex("Gender (M/F)"),
        _born("Date of Birth YYYY-MM-DD", lambda c: c.born.isoformat()),
        _class("Class Name"),
        _upns("UPN"),
    ],
    "short": [
        *_names("First name", "Surname"),
        _born("Date Of Birth dd/mm/yyyy", lambda c: f"{c.born:%d/%m/%Y}"),
        _sex("Sex"),
        _upns(),
    ],
    "go4": [
        ("Name", lambda c: f"{c.surname}, {c.forename}", "full_name", None),
        _born("DOB", lambda c: f"{c.born:%d %b %Y}"),
        _year("Year", lambda c: {"R": "Rec", "N2": "FS1"}.get(c.year_group, f"Y{c.year_group}")),
        _yes("FSM", "fsm", "True", "False"),
        _yes("FSMEver6", "fsm6", "True", "False"),
        _yes("Disadvantaged", "pupil_premium", "True", "False"),
        _unread("Looked After", lambda c: "canary False"),
        MUST_NOT[6],
    ],
}


@dataclass
class Sheeted:
    """A sheet in the making: its cells, and the rows in which children stand (from 0)."""

    grid: Grid
    children: dict[int, Known]
    told: list[Told]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    flagged: dict[tuple[int, str], str] = field(default_factory=dict)  # cells made wrong on purpose
    layout: Layout | None = None

    def column(self, name: str) -> int:
        """Returns the column that tells a field."""
        return next(at for at, (_, _, told, _) in enumerate(self.told) if told == name)


@dataclass(frozen=True)
class Made:
    """A file with the truth about it: sheet row to child, and to fields that are wrong in it on purpose."""

    name: str
    file_name: str
    data: bytes
    children: dict[int, Known]
    told: list[Told]
    flagged: dict[tuple[int, str], str]
    layout: Layout | None = None


def plain(system: str, children: Sequence[Known]) -> Sheeted:
    """Returns headings and one row a child."""
    told = SYSTEMS[system]
    grid = [[heading for heading, *_ in told], *([write(child) for _, write, *_ in told] for child in children)]
    return Sheeted(grid, dict(enumerate(children, 1)), told)


Dress = Callable[[Sheeted], Sheeted]


def _down(sheet: Sheeted, above: Grid) -> Sheeted:
    """The same under some rows more."""
    sheet.grid = [*above, *sheet.grid]
    sheet.children = {at + len(above): child for at, child in sheet.children.items()}
    sheet.flagged = {(at + len(above), name): why for (at, name), why in sheet.flagged.items()}
    sheet.merged = [(a + len(above), b, c + len(above), d) for a, b, c, d in sheet.merged]
    return sheet


def _right(sheet: Sheeted, count: int) -> Sheeted:
    """The same with blank columns before it."""
    sheet.grid = [[None] * count + row for row in sheet.grid]
    sheet.told = [("", lambda c: None, "", None)] * count + sheet.told
    sheet.merged = [(top, left + count, bottom, right + count) for top, left, bottom, right in sheet.merged]
    return sheet


def titled(sheet: Sheeted) -> Sheeted:
    return _down(
        sheet,
        [
            ["Class list for Saltwharf Primary"],
            ["Printed 4 September 2026 by office@canary.example"],
            [],
            ["Year 4"],
            [],
        ],
    )


def below_blanks(sheet: Sheeted) -> Sheeted:
    return _right(_down(sheet, [[], [], []]), 2)


def instructed(sheet: Sheeted) -> Sheeted:
    words = ["Required: free text"] * len(sheet.grid[0])
    return _insert(sheet, 1, words)


def _insert(sheet: Sheeted, at: int, row: list[Any]) -> Sheeted:
    sheet.grid.insert(at, row)
    sheet.children = {n + (n >= at): child for n, child in sheet.children.items()}
    return sheet


def totalled(sheet: Sheeted) -> Sheeted:
    sheet.grid += [[], [f"Total pupils: {len(sheet.children)}"], ["16 pupils"]]
    return sheet


def gapped(sheet: Sheeted) -> Sheeted:
    for at in (9, 6, 3):
        sheet = _insert(sheet, at, [None] * len(sheet.grid[0]))
    return sheet


def paged(sheet: Sheeted) -> Sheeted:
    return _insert(sheet, 7, list(sheet.grid[0]))


def shouted(sheet: Sheeted) -> Sheeted:
    sheet.grid[0] = [str(heading).upper().replace(" ", "_") for heading in sheet.grid[0]]
    return sheet


def noted(sheet: Sheeted) -> Sheeted:
    return _right(sheet, 1)


def prefixed(sheet: Sheeted) -> Sheeted:
    sheet.grid[0] = [f"Pupil {heading}" if heading in {"Forename", "Surname"} else heading for heading in sheet.grid[0]]
    return sheet


def two_lines(sheet: Sheeted) -> Sheeted:
    """Pupil over forename and surname; the others stand in the upper line alone."""
    upper: list[Any] = list(sheet.grid[0])
    lower: list[Any] = [None] * len(upper)
    first, last = sheet.column("forename"), sheet.column("surname")
    lower[first], lower[last] = upper[first], upper[last]
    upper[min(first, last)], upper[max(first, last)] = "Pupil", None
    sheet.grid[0] = lower
    sheet = _down(sheet, [upper])
    sheet.merged = [(0, min(first, last), 0, max(first, last))]
    return sheet


def under_parents(sheet: Sheeted) -> Sheeted:
    """Two columns more, of a parent, that look like a child's own but for the line above."""
    wide = len(sheet.grid[0])
    upper: list[Any] = ["Pupil", *[None] * (wide - 1), "Parent", None]
    sheet.grid[0] += ["Forename", "Surname"]
    for at in sheet.children:
        sheet.grid[at] += ["Canary", "Canary"]
    sheet.told = [*sheet.told, _unread("Parent Forename", lambda c: ""), _unread("Parent Surname", lambda c: "")]
    return _down(sheet, [upper])


def merged_classes(sheet: Sheeted) -> Sheeted:
    """Children by class, the class written once and merged over its children."""
    column = sheet.column("school_class")
    rows = sorted(sheet.children.values(), key=lambda child: child.school_class)
    sheet.grid[1:] = [[write(child) for _, write, *_ in sheet.told] for child in rows]
    sheet.children = dict(enumerate(rows, 1))
    start = 1
    for at in range(2, len(rows) + 2):
        if at > len(rows) or rows[at - 1].school_class != rows[start - 1].school_class:
            sheet.merged.append((start, column, at - 1, column))
            for blank in range(start + 1, at):
                sheet.grid[blank][column] = None
            start = at
    return sheet


def without_headings(sheet: Sheeted) -> Sheeted:
    clear = {"full_name", "upn", "date_of_birth", "year_group"}
    sheet.told = [told if told[2] in clear else ("", told[1], "", None) for told in sheet.told]
    sheet.grid = sheet.grid[1:]
    sheet.children = {at - 1: child for at, child in sheet.children.items()}
    return sheet


def only_yes(sheet: Sheeted) -> Sheeted:
    """Pupil premium is Y or blank, and somebody said that a blank is a no."""
    column = sheet.column("pupil_premium")
    for at, child in sheet.children.items():
        sheet.grid[at][column] = "Y" if child.pupil_premium else None
    sheet.layout = Layout(blanks={"pupil_premium": False})
    return sheet


def chosen(sheet: Sheeted) -> Sheeted:
    """Headings in words that nobody knows, and a person who says what they are."""
    sheet.layout = Layout(columns={at: name for at, (_, _, name, _) in enumerate(sheet.told) if name})
    sheet.grid[0] = [f"Kolom {at}" if sheet.told[at][2] else text for at, text in enumerate(sheet.grid[0])]
    return sheet


def _rewritten(name: str, write: Callable[[Any], Any]) -> Dress:
    def dress(sheet: Sheeted) -> Sheeted:
        column = sheet.column(name)
        for at in sheet.children:
            sheet.grid[at][column] = write(sheet.children[at])
        return sheet

    return dress


def _spoilt(name: str, *values: Any) -> Dress:
    """Wrong cells in the first rows of a column: each has to be flagged."""

    def dress(sheet: Sheeted) -> Sheeted:
        column = sheet.column(name)
        for at, value in zip(sorted(sheet.children), values, strict=False):
            sheet.grid[at][column] = value
            sheet.flagged[at, name] = str(value)
        return sheet

    return dress


DATES: dict[str, Writer] = {
    "slashes": lambda c: f"{c.born:%d/%m/%Y}",
    "dots": lambda c: f"{c.born:%d.%m.%Y}",
    "hyphens": lambda c: f"{c.born.day}-{c.born.month}-{c.born.year}",
    "iso": lambda c: c.born.isoformat(),
    "long": lambda c: f"{c.born:%A, %d %B %Y}",
    "months": lambda c: f"{c.born:%d-%b-%Y}",
    "american_words": lambda c: f"{c.born:%B} {c.born.day}, {c.born.year}",
    "forced": lambda c: f"'{c.born:%d/%m/%Y}",
    "eight_figures": lambda c: f"{c.born:%Y%m%d}",
    "with_time": lambda c: f"{c.born:%d/%m/%Y} 00:00:00",
    "moment": lambda c: datetime(c.born.year, c.born.month, c.born.day),  # noqa: DTZ001 - as in a sheet
}
# read, with a question at every cell
DOUBTED_DATES: dict[str, Writer] = {
    "two_figures": lambda c: f"{c.born:%d/%m/%y}",
    "day_numbers": lambda c: (c.born - date(1899, 12, 30)).days,
}


def as_csv(
    sheet: Sheeted, *, separator: str = ",", encoding: str = "utf-8", end: str = "\r\n", mark: str = ""
) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=end)
    for row in sheet.grid:
        writer.writerow(
            [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else "" if cell is None else cell for cell in row]
        )
    return (mark + out.getvalue()).encode(encoding)


def as_xlsx(
    sheet: Sheeted, *, calendar_1904: bool = False, sheets: Sequence[str] = ("List",), hidden: str = ""
) -> bytes:
    book = openpyxl.Workbook()
    if calendar_1904:
        book.epoch = CALENDAR_MAC_1904
    page = book.active
    page.title = sheets[0]
    for at, row in enumerate(sheet.grid, 1):
        for column, cell in enumerate(row, 1):
            if cell is not None and cell != "":
                page.cell(at, column, cell)
    for top, left, bottom, right in sheet.merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for name in sheets[1:]:
        other = book.create_sheet(name)
        other.append(["Code", "Meaning"])
        other.append(["K", "SEN support"])
    if hidden:
        secret = book.create_sheet(hidden)
        secret.append(["Forename", "Surname", "DOB"])
        secret.append(["Canary", "Canary", date(2018, 1, 1)])
        secret.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(sheet: Sheeted) -> bytes:
    """An OpenDocument table, blank rows and cells written as repetitions."""
    rows = []
    firsts = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merged}
    for at, row in enumerate(sheet.grid):
        cells = "".join(_ods_cell(cell, firsts.get((at, column))) for column, cell in enumerate(row))
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    rows.append(
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="900"/>'
        "</table:table-row>"
    )
    return opendocument("".join(rows))


def _ods_cell(cell: Any, spanned: tuple[int, int] | None) -> str:
    span = f' table:number-rows-spanned="{spanned[0]}" table:number-columns-spanned="{spanned[1]}"' if spanned else ""
    if cell is None or cell == "":
        return f"<table:table-cell{span}/>"
    if isinstance(cell, bool):
        kind, text = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"', str(cell)
    elif isinstance(cell, (int, float)):
        kind, text = f'office:value-type="float" office:value="{cell}"', str(cell)
    elif isinstance(cell, date):
        kind, text = f'office:value-type="date" office:date-value="{cell.isoformat()[:10]}"', f"{cell:%d/%m/%y}"
    else:
        kind, text = 'office:value-type="string"', escape(str(cell))
    return f"<table:table-cell{span} {kind}><text:p>{text}</text:p></table:table-cell>"


WRITERS: dict[str, tuple[str, Callable[[Sheeted], bytes]]] = {
    "xlsx": ("list.xlsx", as_xlsx),
    "xlsx_1904": ("list.xlsx", lambda sheet: as_xlsx(sheet, calendar_1904=True)),
    "xlsx_sheets": ("list.xlsx", lambda sheet: as_xlsx(sheet, sheets=("List", "Codes"), hidden="Old list")),
    "ods": ("list.ods", as_ods),
    "csv": ("list.csv", as_csv),
    "csv_mark": ("list.csv", lambda sheet: as_csv(sheet, encoding="utf-8-sig")),
    "csv_1252": ("list.csv", lambda sheet: as_csv(sheet, encoding="windows-1252")),
    "csv_semicolons_1252": ("list.csv", lambda sheet: as_csv(sheet, separator=";", encoding="windows-1252")),
    "csv_sep": ("list.csv", lambda sheet: as_csv(sheet, separator=";", mark="sep=;\r\n")),
    "csv_bars": ("list.csv", lambda sheet: as_csv(sheet, separator="|", end="\n")),
    "tsv": ("list.tsv", lambda sheet: as_csv(sheet, separator="\t", end="\n")),
    "tsv_utf16": ("list.txt", lambda sheet: as_csv(sheet, separator="\t", encoding="utf-16")),
}


def _fits(child: Known, writer: str) -> bool:
    """Windows-1252 has no ễ; a school that uses it has no such list."""
    try:
        f"{child.forename}{child.surname}".encode("windows-1252")
    except UnicodeEncodeError:
        return "1252" not in writer
    return True


@dataclass(frozen=True)
class Recipe:
    """How one layout is made: a system's list, dressed and written."""

    system: str
    writer: str
    dresses: tuple[tuple[str, Dress], ...]

    @property
    def name(self) -> str:
        """Returns what tells it from every other."""
        return "-".join((self.system, self.writer, *(name for name, _ in self.dresses)))

    def make(self) -> Made:
        """Returns the file and the truth about it."""
        sheet = plain(self.system, [child for child in known() if _fits(child, self.writer)])
        for _, dress in self.dresses:
            sheet = dress(sheet)
        file_name, write = WRITERS[self.writer]
        return Made(
            name=self.name,
            file_name=file_name,
            data=write(sheet),
            children={at + 1: child for at, child in sheet.children.items()},
            told=sheet.told,
            flagged={(at + 1, name): why for (at, name), why in sheet.flagged.items()},
            layout=sheet.layout,
        )


def recipe(system: str, writer: str, *dresses: tuple[str, Dress]) -> Recipe:
    return Recipe(system, writer, dresses)


def layouts() -> Iterator[Recipe]:
    """Yields how to make every layout."""
    for system in SYSTEMS:
        yield recipe(system, "xlsx")
        yield recipe(system, "csv_mark", ("titled", titled))
        yield recipe(system, "ods", ("below_blanks", below_blanks), ("totalled", totalled))
    writers = iter(WRITERS)
    for system in SYSTEMS:
        yield recipe(system, next(writers), ("gapped", gapped), ("paged", paged), ("totalled", totalled))
    for writer in WRITERS:
        yield recipe("sims", writer, ("titled", titled), ("instructed", instructed))
    for system in ("sims", "feed", "independent"):
        yield recipe(system, "xlsx", ("two_lines", two_lines), ("titled", titled))
        yield recipe(system, "csv", ("two_lines", two_lines))
        yield recipe(system, "ods", ("two_lines", two_lines), ("below_blanks", below_blanks))
        yield recipe(system, "xlsx", ("under_parents", under_parents))
        yield recipe(system, "csv_semicolons_1252", ("under_parents", under_parents), ("titled", titled))
    for system in ("sims", "arbor", "bromcom", "scholarpack", "independent"):
        yield recipe(system, "xlsx", ("merged_classes", merged_classes), ("below_blanks", below_blanks))
        yield recipe(system, "ods", ("merged_classes", merged_classes), ("titled", titled))
        yield recipe(system, "csv", ("shouted", shouted))
        yield recipe(system, "xlsx", ("chosen", chosen))
    for name, write in (DATES | DOUBTED_DATES).items():
        yield recipe("scholarpack", "csv", (name, _rewritten("date_of_birth", write)))
        yield recipe("sims", "xlsx", (name, _rewritten("date_of_birth", write)))
    for system in ("sims", "arbor", "scholarpack", "go4"):
        yield recipe(system, "xlsx", ("only_yes", only_yes))
    yield recipe("sims_report", "csv", ("without_headings", without_headings))
    yield recipe("short", "xlsx", ("prefixed", prefixed))
    yield from _with_faults()


def _with_faults() -> Iterator[Recipe]:
    """Yields lists with wrong cells of every kind, each of which has to be flagged."""
    spoilt: dict[str, tuple[Any, ...]] = {
        "date_of_birth": ("31/02/2018", "3/20/2018", "soon", None, 12, "2018"),
        "forename": (None, "=1+1", "12", date(2018, 5, 1), "JosÃ©", "n/a"),
        "surname": (None, "@SUM(A1)", "Jos\ufffd", "Lark2", "...", "?"),
        "upn": ("A999999999999", "9.99999E+11", "F99999992500", "not yet", 999999925001, "I999999925001"),
        "sex": ("X", "Q", 3, "Mx"),
        "year_group": (date(2026, 3, 1), "Kestrel", "15", "3/4"),
        "school_class": (date(2026, 4, 3), "x" * 41),
        "ethnicity": ("ZZZZ", "White-ish"),
        "sen": ("A", "S", "SEN maybe"),
        "pupil_premium": ("maybe", "2"),
        "start_date": ("1/13/2022", "autumn"),
    }
    for name, values in spoilt.items():
        for system in ("independent", "scholarpack", "arbor"):
            if any(told == name for _, _, told, _ in SYSTEMS[system]):
                yield recipe(system, "xlsx", (f"spoilt_{name}", _spoilt(name, *values)))
                break
    yield recipe("sims", "xlsx", ("spoilt_by_formulas", _spoilt("school_class", "=A1&B1", "=NOW()")))
    yield recipe("sims", "xlsx", ("spoilt_by_errors", _spoilt("surname", "#REF!", "#N/A", "#VALUE!")))
