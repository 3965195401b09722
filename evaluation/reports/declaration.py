"""What a report is: declared once, complete or not at all, the same on screen and on paper."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.utils.text import slugify

from evaluation.charts.chart import Chart
from evaluation.figures.defined import defined_by
from evaluation.figures.definitions import ALL as DEFINITIONS
from evaluation.figures.figure import Definition, Figure
from evaluation.figures.period import Period
from evaluation.figures.table import Row, Table
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from participants.queries.photo import IN_REPORT, InReport
from programmes.models import Programme
from schools.models import School

# rows of a table that is kept together on one page
SHORT = 15
# the same below a chart over the whole width
SHORT_BELOW_CHART = 8


class IncompleteReportError(Exception):
    """A declaration that lacks something; the text says what."""


class NothingToReportError(Exception):
    """A report that cannot be made of what is there; the text says why and what to do."""


class ShownNoMoreError(Exception):
    """A family, or whoever shared it, took back what stands in the report: it is thrown away and made again."""


class Of(StrEnum):
    """What a report is about."""

    PROGRAMME = "programme"
    SCHOOL = "school"
    COUNTRY = "country"


@dataclass(frozen=True)
class Subject:
    """Whom one report is about: a programme, a school of a programme, or, without either, the country."""

    programme: Programme | None = None
    school: School | None = None

    @property
    def of(self) -> Of:
        """Which kind of report it has."""
        if self.programme is None:
            return Of.COUNTRY
        return Of.SCHOOL if self.school else Of.PROGRAMME

    @property
    def hub(self) -> Programme:
        """The programme; raises NothingToReportError of the country."""
        if self.programme is None:
            raise NothingToReportError("Name the programme that the report is about.")
        return self.programme

    @property
    def partner(self) -> School:
        """The school; raises NothingToReportError where it is about none."""
        if self.school is None:
            raise NothingToReportError("Name the school that the report is about.")
        return self.school

    @property
    def name(self) -> str:
        """Returns "Liverpool", "Saltwharf Primary, Liverpool" or "the country"."""
        hub = self.programme.short_name if self.programme else "the country"
        return f"{self.school.name}, {hub}" if self.school else hub

    @property
    def key(self) -> str:
        """What tells it from every other."""
        hub = str(self.programme.pk) if self.programme else "country"
        return f"{hub}/{self.school.pk}" if self.school else hub


@dataclass(frozen=True)
class Standing:
    """As what a report is printed: a draft, marked so on each page, or issued under a number."""

    words: str
    is_draft: bool = False


DRAFT = Standing("Draft, not issued", is_draft=True)


@dataclass(frozen=True)
class Part:
    """A table and, beside it or above it (`is_wide`), the chart of the same numbers."""

    table: Table
    chart: Chart | None = None
    is_wide: bool = False

    @property
    def has_chart(self) -> bool:
        """Whether there is a chart, and anything to draw in it."""
        return self.chart is not None and bool(self.table.rows)

    @property
    def shape(self) -> str:
        """The class that says how the part stands on the page."""
        if self.has_chart:
            return "part-above" if self.is_wide else "part-beside"
        return "part-narrow" if len(self.table.columns) == 1 else "part-alone"

    @property
    def is_short(self) -> bool:
        """Whether it fits on a page and must not be split."""
        return len(self.table.rows) <= (SHORT_BELOW_CHART if self.has_chart and self.is_wide else SHORT)


@dataclass(frozen=True)
class Line:
    """What is said of one thing in sentences; `note` is what they do not show."""

    title: str
    words: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Quote:
    """
    A quotation or case study; `mark` says which one, as it was shared (`outcomes.queries.story`), `turn` how soon it is
    chosen where there is not room for all.
    """

    mark: str
    title: str
    paragraphs: tuple[str, ...]
    said_by: str
    turn: int = 0
    is_case_study: bool = False


@dataclass(frozen=True)
class Section:
    """A headed part of a report; `words` say what to look for, `lines` and `points` what there is in sentences."""

    title: str
    words: str
    parts: tuple[Part, ...]
    lines: tuple[Line, ...] = ()
    points: tuple[str, ...] = ()
    # running text
    paragraphs: tuple[str, ...] = ()
    # all that may be shown, and for how many there is room (None: for all), one case study among them: `quoted`
    quotes: tuple[Quote, ...] = ()
    room: int | None = None
    # all that may be shown, of which there is room for the first (`pictures`)
    photos: tuple[InReport, ...] = ()
    # it stands in the summary, before the annex
    is_summary: bool = False

    @property
    def place(self) -> str:
        """What it is found by in the list of contents."""
        return slugify(self.title)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of what stands in it by consent, in order."""
        return (*(quote.mark for quote in self.quoted), *(photo.mark for photo in self.pictures))

    @property
    def quoted(self) -> tuple[Quote, ...]:
        """The quotations and case studies that are shown, in their order, whatever their turns were."""
        if self.room is None:
            return self.quotes
        in_turn = sorted(self.quotes, key=lambda quote: quote.turn)
        long = next((quote for quote in in_turn if quote.is_case_study), None)
        chosen = [quote for quote in in_turn if quote is long or not quote.is_case_study][: self.room]
        return tuple(quote for quote in self.quotes if quote in chosen)

    @property
    def pictures(self) -> tuple[InReport, ...]:
        """The photos that are shown."""
        return self.photos[:IN_REPORT]

    @property
    def says_something(self) -> bool:
        """Whether there is more to it than its heading."""
        return any((self.parts, self.lines, self.points, self.paragraphs, self.quotes, self.photos))

    @property
    def is_wide(self) -> bool:
        """Whether it begins a page: it begins with a chart over the whole width."""
        return not self.lines and any(part.is_wide and part.has_chart for part in self.parts)


@dataclass(frozen=True)
class Contents:
    """Everything one report says: what its template shows, and what its hash is made of."""

    title: str
    period: Period
    as_at: datetime
    # stands on every page: what may be done with this report
    mark: str
    colour: str
    # who leads the programme, for the foot of the cover
    led_by: str
    # the release the children's figures are of; empty while figures are live
    release: str
    is_demonstration: bool
    lead: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    shows_not: tuple[str, ...]
    # what it is made of, a sentence each
    sources: tuple[str, ...] = ()

    @property
    def summary(self) -> tuple[Section, ...]:
        """The sections of the first two pages."""
        return tuple(section for section in self.sections if section.is_summary)

    @property
    def opening(self) -> Section | None:
        """The section whose first photo stands in the summary; None where there is no photo."""
        return next((section for section in self.sections if section.pictures), None)

    @property
    def annex(self) -> tuple[Section, ...]:
        """The sections after the summary: without the photo that stands in it."""
        found = []
        for section in self.sections:
            left = replace(section, photos=section.pictures[1:]) if section is self.opening else section
            if not section.is_summary and (left is section or left.says_something):
                found.append(left)
        return tuple(found)

    @property
    def meanings(self) -> tuple[Definition, ...]:
        """What the figures and then the tables count, each once; of a table that is not there nothing."""
        found = {figure.key: figure.definition for figure in self.figures}
        for table in self.tables:
            for definition in defined_by(table.key) if table.rows else ():
                found.setdefault(definition.key, definition)
        return tuple(found.values())

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order."""
        return tuple(part.table for section in self.sections for part in section.parts)

    @property
    def shown(self) -> tuple[str, ...]:
        """The marks of what stands in it by consent, in order: it may have to go."""
        return tuple(mark for section in self.sections for mark in section.marks)

    @property
    def photos(self) -> tuple[InReport, ...]:
        """All photos that are shown, in order."""
        return tuple(photo for section in self.sections for photo in section.pictures)

    @property
    def drawn_parts(self) -> tuple[Part, ...]:
        """The parts with a chart, in order."""
        return tuple(part for section in self.sections for part in section.parts if part.has_chart)

    @property
    def complete(self) -> str:
        """How complete the registers are, in words."""
        return next((figure.words for figure in self.figures if figure.key == "registers_taken"), "")

    @property
    def has_symbols(self) -> bool:
        """Whether a legend of the symbols is needed."""
        return any(table.has_symbols for table in self.tables) or any(figure.symbol for figure in self.figures)

    def showing_only(self, marks: Collection[str]) -> "Contents":
        """Returns the same with what stands in it by consent only where it bears one of the marks."""
        only = (
            replace(
                section,
                quotes=tuple(quote for quote in section.quotes if quote.mark in marks),
                photos=tuple(photo for photo in section.photos if photo.mark in marks),
            )
            for section in self.sections
        )
        # one that held nothing but what goes, goes too; one of words alone stays
        kept = tuple(
            section
            for section, before in zip(only, self.sections, strict=True)
            if section.says_something or not before.marks
        )
        return replace(self, sections=kept)

    def without_shown(self) -> "Contents":
        """Returns the same without what stands in it by consent, and without sections that held nothing else."""
        return self.showing_only(())

    def hash(self) -> str:
        """Returns the SHA-256 of all that the report says, but not of when it was said."""
        said = {
            "report": [self.title, self.period.title, self.mark, self.colour, self.led_by, self.release, self.lead],
            "figures": [[figure.key, figure.written, figure.note, figure.words] for figure in self.figures],
            "tables": [
                [table.key, *([row.heading, *(cell.written for cell in row.cells)] for row in _all_rows(table))]
                for table in self.tables
            ],
            "lines": [
                [
                    section.title,
                    section.is_summary,
                    section.words,
                    section.points,
                    section.paragraphs,
                    [[line.title, *line.words, line.note] for line in section.lines],
                ]
                for section in self.sections
            ],
            "quotes": [
                [section.title, quote.title, *quote.paragraphs, quote.said_by]
                for section in self.sections
                for quote in section.quoted
            ],
            "notes": [[table.caption, table.heading, *table.columns, table.note, table.empty] for table in self.tables],
            "ends": [list(self.shows_not), list(self.sources)],
            "charts": [part.chart.words for part in self.drawn_parts if part.chart],
            "demonstration": self.is_demonstration,
            "meanings": [[one.name, one.counts] for one in self.meanings],
        }
        if self.photos:
            said["photos"] = [[one.key, one.alternative, one.caption, one.credit] for one in self.photos]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _all_rows(table: Table) -> tuple[Row, ...]:
    return (*table.rows, *([table.total] if table.total else []))


# whom it is about, first calendar year, and the person whose reach it is made with (None: the operator)
MakeContents = Callable[[Subject, int, User | None], Contents]


@dataclass(frozen=True)
class Report:
    """A declared report. Declaring an incomplete one raises IncompleteReportError while the code is loaded."""

    id: str
    of: Of
    title: str
    audience: str
    permission: Permission
    figures: tuple[str, ...]
    template: str
    page_budget: int
    contents: MakeContents
    # counted up when the same figures would be printed otherwise: then they are another report
    edition: int = 3

    def __post_init__(self) -> None:
        missing = [name for name in ("id", "title", "audience", "figures", "template") if not getattr(self, name)]
        if missing:
            raise IncompleteReportError(f"The report {self.id or '?'} does not declare: {', '.join(missing)}.")
        if unknown := [key for key in self.figures if key not in DEFINITIONS]:
            raise IncompleteReportError(f"The report {self.id} names figures nobody defines: {', '.join(unknown)}.")
        if self.page_budget < 1:
            raise IncompleteReportError(f"The report {self.id} needs a page budget of at least 1.")

    def chosen(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Returns the declared figures in their declared order; raises NothingToReportError when one is not there."""
        found = {figure.key: figure for figure in figures}
        if lacking := [DEFINITIONS[key].name for key in self.figures if key not in found]:
            raise NothingToReportError(f"These figures cannot be had yet: {', '.join(lacking)}.")
        return tuple(found[key] for key in self.figures)
