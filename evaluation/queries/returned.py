"""A hub's answers to a list of questions: of its own exact figures of the year, and of what it wrote itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evaluation.figures.catalogue import FIGURES, OF_THE_YEAR
from evaluation.figures.cells import Source
from evaluation.figures.figure import POUND, Figure
from evaluation.figures.own import BESIDE_ROLL
from evaluation.figures.period import Period
from evaluation.figures.signed import revised
from evaluation.figures.table import Cell
from evaluation.menu.tables import ALL, INCOME, TABLES
from evaluation.models import HubWords
from evaluation.queries.hub import HubNumbers
from evaluation.queries.sign_off import Signed, last_signed
from evaluation.queries.words import standing_words
from evaluation.returns.counting import words_in
from evaluation.returns.structure import NotHeld, OfFigure, OfTable, OfTerms, Part, Question, Return, Written

# units that stand at the number itself; all others are words beside it
AT_NUMBER = (POUND, "%")


@dataclass(frozen=True)
class Line:
    """One line of an answer: of what, its numbers, and where it opens that is of one term."""

    heading: str
    cells: tuple[Cell, ...]
    term: str = ""
    note: str = ""


@dataclass(frozen=True)
class Answer:
    """
    What a hub answers to a question.

    `opens` is the key of the figure or table whose page shows the rows behind its numbers, of words that of the list;
    `columns` are the headings of each line's numbers. `words` is what was written, None where nobody wrote. `empty`
    says why there is no line, `note` what must be known of the lines.
    """

    question: Question
    columns: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    heading: str = ""
    opens: str = ""
    words: HubWords | None = None
    empty: str = ""
    note: str = ""

    @property
    def is_of_words(self) -> bool:
        """Whether the hub answers in words of its own."""
        return isinstance(self.question.answer, Written)

    @property
    def is_held(self) -> bool:
        """Whether the portal can answer at all."""
        return not isinstance(self.question.answer, NotHeld)

    @property
    def is_figure(self) -> bool:
        """Whether its numbers open as a figure, not as a table."""
        return isinstance(self.question.answer, OfFigure | OfTerms)

    @property
    def is_answered(self) -> bool:
        """Whether anything stands there: a word at least, or a number or its symbol."""
        if self.is_of_words:
            return self.words is not None and words_in(self.words.words) > 0
        return any(cell.written != NOTHING for line in self.lines for cell in line.cells)

    @property
    def is_frozen(self) -> bool:
        """Whether a sign-off freezes its numbers: figures and tables of the menu, but money, which is of no term."""
        match self.question.answer:
            case OfFigure(key):
                return key not in OF_THE_YEAR
            case OfTable(key, _):
                return key == BESIDE_ROLL or (key in TABLES and key != INCOME)
            case OfTerms(_):
                return True
            case _:
                return False

    @property
    def only(self) -> Cell | None:
        """Its number, where it is one alone."""
        return self.lines[0].cells[0] if len(self.lines) == 1 and self.columns == ("",) else None

    @property
    def unit(self) -> str:
        """What is counted, in words; empty where the sign at the number says it."""
        return "" if self.question.unit in AT_NUMBER else self.question.unit

    @property
    def limit(self) -> int:
        """How many words it may have; 0 of what is not answered in words."""
        return self.question.answer.limit if isinstance(self.question.answer, Written) else 0

    @property
    def why(self) -> str:
        """Why it is not answered here; empty where it is."""
        return self.question.answer.why if isinstance(self.question.answer, NotHeld) else ""


NOTHING = Cell().written
NO_SIGN_OFF = "Counted now: no sign-off freezes it"
# a sign-off is of a term: of a year's number nobody signed anything
COUNTED_NOW = "the year is counted now"


@dataclass(frozen=True)
class TermStanding:
    """One term of the year: what was signed of it, its figures of now where it has begun, and how many differ."""

    period: Period
    source: Source | None
    signed: Signed | None
    differs: int
    is_over: bool

    @property
    def is_settled(self) -> bool:
        """Whether it is signed off, and nothing differs since."""
        return self.signed is not None and not self.differs

    @property
    def words(self) -> str:
        """Returns "autumn term 2026-27: not signed off yet", and the like."""
        title = self.period.title
        if self.source is None:
            return f"{title}: not begun"
        if self.signed is None:
            return f"{title}: not signed off yet" if self.is_over else f"{title}: not over, and not signed off yet"
        if self.differs:
            numbers = "1 number differs" if self.differs == 1 else f"{self.differs:,} numbers differ"
            return f"{title}: {_lower(self.signed.words)}; revised since, {numbers}"
        return f"{title}: {_lower(self.signed.words)}"


@dataclass(frozen=True)
class Returned:
    """A list as a hub answers it."""

    paper: Return
    source: Source
    parts: tuple[tuple[Part, tuple[Answer, ...]], ...]
    terms: tuple[TermStanding, ...]

    @cached_property
    def answers(self) -> tuple[Answer, ...]:
        """All answers in their order."""
        return tuple(answer for _, answers in self.parts for answer in answers)

    @property
    def is_settled(self) -> bool:
        """Whether every term of the year is signed off and none was revised since."""
        return all(term.is_settled for term in self.terms)

    @property
    def has_every_term_signed(self) -> bool:
        """Whether every term of the year is signed off, revised since or not."""
        return all(term.signed for term in self.terms)

    @property
    def terms_words(self) -> str:
        """Returns "All three terms are signed off", "1 of 3 terms signed off", and which were revised since."""
        signed = [term for term in self.terms if term.signed]
        if not signed:
            return "No term is signed off yet"
        every = "All three terms are signed off"
        said = every if self.has_every_term_signed else f"{len(signed)} of {len(self.terms)} terms signed off"
        return "".join([said, *(f", {term.period.term} revised since" for term in signed if term.differs)])

    @property
    def standing_words(self) -> str:
        """What stands at every number of the year: how its terms stand, and that the number itself is counted now."""
        return f"{self.terms_words}; {COUNTED_NOW}"

    def standing_of(self, answer: Answer, line: Line) -> str:
        """Returns what is to be said of a line's numbers: what was signed, what is counted now beside what was."""
        return line.note or (self.standing_words if answer.is_frozen else NO_SIGN_OFF)

    @property
    def held(self) -> int:
        """How many questions the portal can answer."""
        return sum(answer.is_held for answer in self.answers)

    @property
    def answered(self) -> int:
        """How many of them are answered."""
        return sum(answer.is_answered for answer in self.answers)

    @property
    def wait_for_words(self) -> list[Answer]:
        """The questions that wait for the hub's own words."""
        return [answer for answer in self.answers if answer.is_of_words and not answer.is_answered]

    @property
    def empty(self) -> list[Answer]:
        """The questions of figures to which nothing is there yet."""
        return [one for one in self.answers if one.is_held and not one.is_of_words and not one.is_answered]

    @property
    def not_held(self) -> list[Answer]:
        """The questions that the portal cannot answer."""
        return [answer for answer in self.answers if not answer.is_held]


def returned(numbers: HubNumbers, paper: Return, terms: Sequence[Period], today: date) -> Returned:
    """
    Returns the answers of a hub to a list, of a whole year; `numbers` are those of the year, `terms` its three.

    The numbers of the year are counted now, as every page of the hub counts them. Children do not add up over terms, so
    what was signed of three terms is no number of a year, and proves none: changes can leave the numbers of each term
    as they were and move the year's. So the year is never called signed; it is said which terms are, and which were
    revised since. What is asked by term is what was signed, where it was.
    """
    standing = tuple(term_standing(numbers, term, today) for term in terms)
    words = standing_words(numbers.programme, numbers.period.year, paper.key, numbers.user)
    parts = tuple(
        (part, tuple(_answer(one, numbers, standing, of_words(paper, one, words)) for one in part.questions))
        for part in paper.parts
    )
    return Returned(paper, numbers.source, parts, standing)


def term_standing(numbers: HubNumbers, term: Period, today: date) -> TermStanding:
    """Returns how a term of the year stands on a day: signed or not, and what differs."""
    if term.starts_on > today:
        return TermStanding(term, None, None, 0, is_over=False)
    now = HubNumbers(numbers.programme, term, numbers.user).source
    signed = last_signed(numbers.programme, term, numbers.user)
    differs = len(revised(signed.source.cells, now.cells)) if signed else 0
    return TermStanding(term, now, signed, differs, is_over=term.ends_on < today)


def of_words(paper: Return, question: Question, words: Mapping[str, HubWords]) -> Answer:
    """Returns what was written to a question of a list, of the words that stand by question."""
    return Answer(question, opens=paper.key, words=words.get(question.id))


def _answer(question: Question, numbers: HubNumbers, terms: Sequence[TermStanding], written: Answer) -> Answer:
    match question.answer:
        case OfFigure(key):
            return Answer(question, ("",), (Line("", (_cell(FIGURES[key](numbers.source, ALL)),)),), opens=key)
        case OfTerms(key):
            lines = tuple(_of_term(key, term) for term in terms)
            return Answer(question, (question.unit.capitalize(),), lines, "Term", key)
        case OfTable(key, columns):
            return _of_table(question, numbers, key, columns)
        case _:
            return written


def _cell(figure: Figure) -> Cell:
    return Cell(figure.value, figure.unit if figure.unit in AT_NUMBER else "", figure.symbol)


def _of_term(key: str, term: TermStanding) -> Line:
    """What was signed of the term; of one that is not signed, what is counted now."""
    heading = f"{term.period.term.capitalize()} term"
    source = term.signed.source if term.signed else term.source
    if source is None:
        return Line(heading, (Cell(),), term.period.term, "Not begun")
    cell = _cell(FIGURES[key](source, ALL))
    return Line(heading, (cell,), term.period.term, _note_of(key, term, cell))


def _note_of(key: str, term: TermStanding, cell: Cell) -> str:
    """Returns "Signed off", with what is counted now where that is another number, or "Not signed off yet"."""
    if not term.signed:
        return "Not signed off yet"
    now = _cell(FIGURES[key](term.source, ALL)) if term.source else cell
    return "Signed off" if now == cell else f"Signed off, revised since: {now.written} now"


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def _of_table(question: Question, numbers: HubNumbers, key: str, wanted: tuple[str, ...]) -> Answer:
    table = numbers.table(key)
    columns = wanted or table.columns
    if not table.rows:
        return Answer(question, columns, heading=table.heading, opens=key, empty=table.empty)
    places = [table.columns.index(column) for column in columns]
    rows = (*table.rows, *([table.total] if table.total else ()))
    lines = tuple(Line(row.heading, tuple(row.cells[place] for place in places)) for row in rows)
    return Answer(question, columns, lines, table.heading, key, note=table.note)
