"""
A hub's answers to a list of questions as a workbook: a sheet for each part, every number a number that opens its page.

A row torn out still says which question it answers, of what, what was signed, and where it is from.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from django.utils import timezone

from evaluation.exports.hub import NOT_FOR_PUBLICATION, FileOut
from evaluation.exports.table import ABOUT, INVENTED, SYMBOLS, UNPUBLISHED, value_of
from evaluation.figures import definitions
from evaluation.figures.cells import Source
from evaluation.figures.defined import defined_by
from evaluation.figures.table import Cell
from evaluation.queries.returned import AT_NUMBER, Answer, Line, Returned
from evaluation.queries.year_end import Paying, YearEnd
from evaluation.returns.structure import Return
from inharmony.pages.dates import moment
from inharmony.spreadsheets.sheet import CellOut, Linked, SheetOut, Value
from inharmony.spreadsheets.writing import ODS, XLSX, file_name, write
from programmes.models import Programme

# no text file: it has no sheets, no types and no links
KINDS = (XLSX, ODS)
HEADINGS = (
    "Question",
    "In words",
    "Of what",
    "Answer",
    "Unit",
    "Sign-off",
    "What is counted",
    "Known from",
    "Opens at",
)
WRITTEN = ("Question", "In words", "Target", "Answer", "Words at most", "Known from", "Opens at")
MILESTONES = ("Agreement", "Funder", "Due on", "Asked for", "Met", "Met on", "Paid then (£)", "Conditions", "Note")
NOT_WRITTEN = "Not written yet"

# the absolute address of the page that shows what is behind a line of an answer
Address = Callable[[Answer, Line | None], str]


def returned_out(found: Returned, programme: Programme, kind: str, address: Address) -> FileOut:
    """Returns the answers to a list as a workbook of the kind; `address` says where each opens."""
    first = f"{_whose(found.paper, programme, found.source)} {found.standing_words}."
    sheets = [
        SheetOut(part.key, [first], [HEADINGS, *(row for one in answers for row in _rows(one, found, address))])
        for part, answers in found.parts
    ]
    signed = [("Sign-off", term.words) for term in found.terms]
    return _file(found.paper, programme, found.source, kind, [*sheets, _about(found.paper, found.source, signed)])


def year_end_out(found: YearEnd, programme: Programme, source: Source, kind: str, address: Address) -> FileOut:
    """Returns the form at the end of a year as a workbook of the kind; `source` says of when."""
    first = _whose(found.paper, programme, source)
    headlines, targets = found.paper.parts
    achieved = [_written(one, "", address) for one in found.headlines]
    on_targets = [
        _written(answer, " ".join(filter(None, (each.target, each.number))), address)
        for each in found.indicators
        for answer in (each.reached, each.comment)
    ]
    sheets = [
        SheetOut(headlines.key, [first], [WRITTEN, *achieved]),
        SheetOut(targets.key, [first], [WRITTEN, *on_targets]),
    ]
    if found.agreements is not None:
        due = [row for each in found.agreements for row in _milestones(each)]
        sheets.append(SheetOut("Milestones", [first], [MILESTONES, *due]))
    return _file(found.paper, programme, source, kind, [*sheets, _about(found.paper, source, [])])


def _rows(answer: Answer, found: Returned, address: Address) -> Iterator[Sequence[CellOut]]:
    asked = answer.question
    known = " ".join(filter(None, ("; ".join(asked.known_from), asked.reading)))
    if answer.is_of_words:
        opens = Linked("The page where it is written", address(answer, None))
        limit = f"words, {answer.limit} at most"
        yield asked.id, asked.words, "", _words(answer), limit, "", "The hub’s own words.", known, opens
    elif not answer.lines:
        yield asked.id, asked.words, "", "", answer.unit, "", answer.why or answer.empty, known, ""
    for line in answer.lines:
        href = address(answer, line)
        beside = (
            found.standing_of(answer, line),
            _counted(answer),
            known,
            Linked("The page that shows the rows", href),
        )
        for column, cell in zip(answer.columns, line.cells, strict=True):
            of = ", ".join(filter(None, (line.heading, column)))
            unit = cell.unit if cell.unit in AT_NUMBER else answer.unit
            yield asked.id, asked.words, of, _number(cell, href), unit, *beside


def _number(cell: Cell, href: str) -> Linked | None:
    number = value_of(cell)
    return None if number is None else Linked(number, href)


def _words(answer: Answer) -> str:
    return answer.words.words if answer.words else NOT_WRITTEN


def _counted(answer: Answer) -> str:
    """What is counted, by the definition that stands at the number everywhere."""
    keys = (definitions.ALL[answer.opens],) if answer.is_figure else defined_by(answer.opens)
    return " ".join(filter(None, [*(f"{one.name}: {one.counts}" for one in keys), answer.note]))


def _written(answer: Answer, target: str, address: Address) -> Sequence[CellOut]:
    asked, opens = answer.question, Linked("The page where it is written", address(answer, None))
    return asked.id, asked.words, target, _words(answer), answer.limit, "; ".join(asked.known_from), opens


def _milestones(paying: Paying) -> Iterator[Sequence[Value]]:
    for one in paying.milestones:
        met = "Yes" if one.met_on else "No" if one.is_late else "Not due yet"
        asked_for = (paying.title, paying.funder, one.due_on, one.words, met, one.met_on)
        yield *asked_for, _pounds(one.amount), paying.conditions, one.note
    if not paying.milestones:
        yield paying.title, paying.funder, None, "Nothing was due in the year", None, None, None, paying.conditions, ""


def _pounds(amount: Decimal | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _whose(paper: Return, programme: Programme, source: Source) -> str:
    said = (
        f"{NOT_FOR_PUBLICATION}. {programme.short_name}, {source.period.title}: {paper.name}, version {paper.version}"
    )
    said += f", as at {_as_at(source)}."
    return f"{said} {INVENTED}" if source.is_demonstration else said


def _about(paper: Return, source: Source, signed: Sequence[tuple[str, str]]) -> SheetOut:
    lines = [
        ("List of questions", paper.name),
        ("Version", str(paper.version)),
        ("Known from", paper.source),
        ("Source", source.title),
        ("Period", source.period.title),
        ("As at", _as_at(source)),
        ("Complete", source.completeness().words),
        ("Notice", f"{INVENTED} {UNPUBLISHED}" if source.is_demonstration else UNPUBLISHED),
        *signed,
        *SYMBOLS.items(),
    ]
    return SheetOut(ABOUT, ("What", "Words"), lines)


def _as_at(source: Source) -> str:
    return moment(timezone.localtime(source.as_at))


def _file(paper: Return, programme: Programme, source: Source, kind: str, sheets: Sequence[SheetOut]) -> FileOut:
    invented = "demonstration " if source.is_demonstration else ""
    name = f"{invented}{NOT_FOR_PUBLICATION} {programme.slug} {source.period.written_year} {paper.name}"
    title = f"{NOT_FOR_PUBLICATION}. {programme.short_name} {source.period.title}: {paper.name}"
    return FileOut(file_name(name, kind), write(kind, sheets, title=title))
