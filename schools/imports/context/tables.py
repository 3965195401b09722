"""Takes published tables about schools into the portal: one file, one academic year, only schools that are known."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from inharmony.accounts.models import User
from inharmony.spreadsheets.sheet import Unreadable
from schools.actions.context import ContextFacts, HandStands, keep_contexts
from schools.imports.context.columns import DERIVED, FILLS, HEADINGS, SCHOOLS, TAKERS, WHICH, year_told
from schools.imports.gias.columns import undated
from schools.imports.outcome import Outcome, Problem
from schools.imports.table import Table, TableRow, open_table
from schools.models import AcademicYear, School

HUNDRED = Decimal(100)


@dataclass
class ContextOutcome(Outcome):
    """
    As of any published table, and: rows set aside (of schools that are not in the portal, of authorities, of other
    years), and numbers that stand as they were entered by hand, though the table says otherwise.

    `rows` is new + changed + unchanged + refused + set_aside.
    """

    set_aside: int = 0
    by_hand: int = 0

    def more_words(self) -> list[str]:
        """Returns what became of the rest."""
        words = [f"{self.set_aside:,} rows are of no school of the portal, or of another year."] * bool(self.set_aside)
        stand = f"{self.by_hand:,} numbers entered by hand stand, though the table says otherwise; see above."
        return words + [stand] * bool(self.by_hand)


def import_school_context(path: Path, *, year: AcademicYear, source: str, by: User | None) -> ContextOutcome:
    """
    Adds and corrects what a published table says of schools in one year. A cell without a number takes nothing off.

    Raises Unreadable, whose text is for the person, when the file as a whole cannot be taken.
    """
    with open_table(path, HEADINGS, undated=undated) as table:
        _check(table, year)
        outcome = ContextOutcome(ignored_columns=table.ignored, noun="schools")
        reader = _Reader(year, outcome)
        facts = list(_of_schools(table, reader, outcome))
        kept, stands = keep_contexts(facts=facts, year=year, source=source, by=by)
    for stand in stands:
        outcome.by_hand += 1
        outcome.note(_told(table, reader.met[stand.urn], stand))
    outcome.with_kept(kept)
    return outcome


def _check(table: Table, year: AcademicYear) -> None:
    """Refuses a file without a school or a number, or of another year than the one that was said."""
    named = {"urn"} <= table.fields or {"laestab"} <= table.fields or {"authority", "number"} <= table.fields
    if not named:
        table.require("urn", known=HEADINGS)
    if not table.fields - WHICH:
        wanted = "; ".join(heading for heading, name in HEADINGS.items() if name not in WHICH)
        raise Unreadable(
            "headings",
            f"No column holds a number about schools. Headings looked for: {wanted}. Send the file as published.",
        )
    for heading in table.heading_of.values():
        told = year_told(heading)
        if told is not None and told != year.pk:
            raise Unreadable(
                "year",
                f"The column “{heading}” is of {AcademicYear(year=told)}, and --year says {year}: nothing was changed. "
                f"Import it with --year {AcademicYear(year=told)}.",
            )


def _of_schools(table: Table, reader: "_Reader", outcome: ContextOutcome) -> Iterator[ContextFacts]:
    for facts in table.read(reader.facts, outcome):
        if facts is None:
            outcome.set_aside += 1
        else:
            yield facts


@dataclass
class _Reader:
    """Reads rows of one file; remembers which school stood in which row."""

    year: AcademicYear
    outcome: ContextOutcome
    met: dict[int, int] = field(default_factory=dict)
    schools: frozenset[int] = field(init=False)
    numbers: dict[tuple[str, int], int] = field(init=False)

    def __post_init__(self) -> None:
        found = School.objects.order_by("closed_on", "opened_on").values_list(
            "urn", "local_authority_id", "establishment_number", "status"
        )
        rows = list(found)
        self.schools = frozenset(urn for urn, *_ in rows)
        held = sorted(rows, key=lambda row: row[3] == School.Status.OPEN)  # of two with one number, the open one
        self.numbers = {(code, number): urn for urn, code, number, _ in held if code and number is not None}

    def facts(self, row: TableRow) -> ContextFacts | None:
        """Returns what a row says; None for a row of no school of the portal, or of another year."""
        if row.told("rectype") not in SCHOOLS or row.told("level").casefold() not in ("", "school"):
            return None
        if row.told("period") and row.told("period") not in self._periods():
            return None
        urn = self._school(row)
        if urn is None:
            return None
        if urn in self.met:
            raise row.refused("urn", f"this school stands in row {self.met[urn]} already: remove one of the two")
        values = {name: row.take(name, taker) for name, taker in TAKERS.items() if name in row.cells}
        self.met[urn] = row.number
        return ContextFacts(urn, _numbers(values), {to: values[name] for name, to in FILLS.items() if name in values})

    def _periods(self) -> tuple[str, ...]:
        first = self.year.pk
        return f"{first}{(first + 1) % 100:02d}", str(self.year), f"{first}/{(first + 1) % 100:02d}"

    def _school(self, row: TableRow) -> int | None:
        written = row.told("urn")
        if written:
            if not (written.isascii() and written.isdigit() and len(written) == 6):
                raise row.refused("urn", "not a URN: it has six digits, as in 104505. Look the school up in GIAS")
            return int(written) if int(written) in self.schools else None
        code, number = row.told("authority"), row.told("number")
        if row.told("laestab"):
            digits = row.told("laestab").replace("/", "")
            if not (digits.isascii() and digits.isdigit() and len(digits) == 7):
                raise row.refused("laestab", "not a LAESTAB: it has seven digits, as in 3412008")
            code, number = digits[:3], digits[3:]
        if not code and not number:
            return None
        if not (number.isascii() and number.isdigit() and len(number) <= 4):
            raise row.refused("number", "not the number of a school: it has four digits, as in 2008")
        return self.numbers.get((code, int(number)))


def _numbers(values: dict[str, int | Decimal | None]) -> dict[str, int | Decimal | None]:
    """Returns the numbers by the names of the model's fields, some of them worked out."""
    numbers = {name: value for name, value in values.items() if name not in DERIVED and name not in FILLS}
    absence = values.get("absence")
    if absence is not None:
        numbers["attendance_percent"] = HUNDRED - absence
    plan, support = values.get("sen_plan"), values.get("sen_support")
    if plan is not None and support is not None:
        numbers["sen_percent"] = min(HUNDRED, Decimal(plan) + Decimal(support))
    return numbers


def _told(table: Table, number: int, stand: HandStands) -> Problem:
    heading = next((h for name, h in table.heading_of.items() if _fills(name) == stand.field), stand.field)
    message = (
        f"{stand.by_hand} was entered by hand and stands. To take the number of the table, empty the field on the "
        "school’s page and import again"
    )
    return Problem(number, heading, str(stand.table), message, refused=False)


def _fills(name: str) -> str:
    return DERIVED.get(name) or FILLS.get(name) or name
