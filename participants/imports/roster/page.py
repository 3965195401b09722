"""A staged import as the pages show it: rows by kind, what would change, in the words of the field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.imports.roster.aliases import is_home_postcode
from participants.imports.roster.columns import FIELDS
from participants.imports.roster.planning import Outcome
from participants.imports.roster.rereading import UPNS
from participants.imports.roster.rows import FLAGS
from participants.models import RosterImport, RosterRow
from participants.models.enrolment import YearGroup
from participants.queries.care import Care, CareOfChildren, care_of
from participants.queries.roster import candidates
from programmes.models import Ensemble
from schools.models import School

FIRST = 25
EVERY = 10_000  # of those who are on roll at one school
QUESTIONS = "questions"
# kind: heading, what it means, open at first
KINDS: dict[str, tuple[str, str, bool]] = {
    Outcome.REFUSED: ("Not readable", "left out until they are mended here", True),
    Outcome.CLOSE_MATCH: ("Close matches", "may be a child who is already here", True),
    Outcome.CHANGED: ("Changed", "what stands now, and what the file says", True),
    Outcome.SCHOOL_MOVE: ("School moves", "here already, at another school of the hub", True),
    Outcome.LEAVER: ("Not on the list", "on roll here; they stay unless you say that they left", False),
    QUESTIONS: ("Read with a question", "they go in; look whether they are right", False),
    Outcome.NEW: ("New", "not here before", False),
    Outcome.UNCHANGED: ("Unchanged", "nothing to do", False),
}
_LABELS = {
    "forename": "Forename",
    "surname": "Surname",
    "known_as": "Known as",
    "date_of_birth": "Date of birth",
    "sex": "Sex",
    "upn_hash": "UPN",
    "ethnicity": "Ethnicity",
    "first_language": "First language",
    "is_eal": "English as an additional language",
    "sen": "Special educational needs",
    "is_pupil_premium": "Pupil Premium",
    "is_fsm": "Free school meals",
    "is_fsm6": "Free school meals, ever 6",
    "home_decile": "Deprivation of the home (decile)",
}
READ_ORDER = ("full_name", "forename", "preferred_forename", "surname", "date_of_birth", *FIELDS)
_YEAR_GROUPS = dict(YearGroup.choices)


@dataclass
class Change:
    """One field of a child, now and by the file."""

    label: str
    now: str
    then: str


@dataclass
class Fault:
    """A problem of a row, with the cell that a person can mend where it is about one."""

    column: str
    message: str
    refused: bool
    field: str = ""
    # what stands in the cell now; of a UPN nothing, it is typed anew
    text: str = ""
    # what was sent, where a person put something else
    was: str = ""


@dataclass
class ShownRow:
    """One row on the page."""

    row: int | None
    name: str
    born: str
    school_class: str
    faults: list[Fault]
    changes: list[Change] = field(default_factory=list)
    decision: str = ""
    why: str = ""
    candidate: Any = None
    # what to heed of the child who is here already; None of one who is not
    care: Care | None = None
    child_id: int | None = None
    outcome: str = ""
    is_mended: bool = False

    @property
    def is_out(self) -> bool:
        """Whether a person left the row out."""
        return self.decision == RosterRow.Decision.OUT

    @property
    def kind(self) -> str:
        """Returns what the row would do, in a word or two."""
        return "Left out" if self.is_out else KINDS[self.outcome][0]

    @property
    def is_off_paper(self) -> bool:
        """Whether the row is about a child whom no paper may show."""
        return self.care is not None and not self.care.is_printed


@dataclass
class Kind:
    """The rows of one kind: how many, and those that are shown."""

    key: str
    title: str
    about: str
    size: int
    is_open: bool
    rows: list[ShownRow]
    page: Page[Any]

    @property
    def off_paper(self) -> int:
        """How many of the rows shown are kept off paper."""
        return sum(row.is_off_paper for row in self.rows)


def kinds(
    roster_import: RosterImport, user: User, *, only: str = "", page: str | int = 1, every: bool = False
) -> list[Kind]:
    """Returns the kinds that hold rows, each with its first rows; `only` one of them with a page (or all) of them."""
    rows = RosterRow.objects.filter(roster_import=roster_import).order_by("row")
    counts = dict(roster_import.counts)
    found = []
    for key, (title, about, is_open) in KINDS.items():
        if (only and key != only) or not (key == QUESTIONS or counts.get(key)):
            continue
        listed = _questions(rows) if key == QUESTIONS else rows.filter(outcome=key)
        size = EVERY if every else FIRST * 2 if only else FIRST
        shown = Paginator(listed, size).get_page(page if only else 1)
        if shown.paginator.count:
            found.append(Kind(key, title, about, shown.paginator.count, is_open or bool(only), [], shown))
    staged = [row for kind in found for row in kind.page]
    shaped = _Shaping(staged, roster_import, user)
    for kind in found:
        kind.rows = [shaped.row(row) for row in kind.page]
    return found


def children_shown(kinds: Iterable[Kind]) -> list[int]:
    """Returns the ids of the children whose rows, or who as a possible match, are on the page."""
    rows = [row for kind in kinds for row in kind.page]
    return sorted({child for row in rows for child in (row.child_id, row.fields.get("candidate")) if child})


def _questions(rows: QuerySet[RosterRow]) -> QuerySet[RosterRow]:
    return rows.filter(problems__contains=[{"refused": False}]).exclude(outcome=Outcome.REFUSED)


def shown_row(roster_import: RosterImport, row: RosterRow, user: User) -> ShownRow:
    """Returns one row as the page shows it."""
    return _Shaping([row], roster_import, user).row(row)


class _Shaping:
    """Turns staged rows into shown ones; what they point at is read once for all of them."""

    def __init__(self, rows: Sequence[RosterRow], roster_import: RosterImport, user: User) -> None:
        self.schools = School.objects.in_bulk(list(_school_ids(rows)))
        ids = {row.fields["candidate"] for row in rows if row.fields.get("candidate")}
        ids |= {row.child_id for row in rows if row.outcome == Outcome.LEAVER and row.child_id}
        self.candidates = candidates(user, ids, roster_import.academic_year_id) if ids else {}
        known = ids | {row.child_id for row in rows if row.child_id}
        self.care = care_of(known, user) if known else CareOfChildren()

    def row(self, row: RosterRow) -> ShownRow:
        file = row.fields["file"]
        name = f"{file.get('forename', '')} {file.get('surname', '')}".strip()
        meant = row.child_id or row.fields.get("candidate")
        if row.outcome == Outcome.LEAVER:
            return self._leaver(row)
        return ShownRow(
            row=row.row,
            name=name or str(row.cells.get("full_name", "")) or "No name",
            born=_day(file.get("date_of_birth")) or row.cells.get("date_of_birth", ""),
            school_class=file.get("school_class", ""),
            faults=list(_faults(row)),
            child_id=row.child_id,
            outcome=row.outcome,
            is_mended=bool(row.mended),
            changes=[] if row.fields["does"] == "create" else list(self._changes(row)),
            decision=row.decision,
            why=row.fields.get("why", ""),
            candidate=self.candidates.get(row.fields.get("candidate", 0)),
            care=self.care[meant] if meant else None,
        )

    def _leaver(self, row: RosterRow) -> ShownRow:
        child = self.candidates.get(row.child_id or 0, {})
        return ShownRow(
            row=None,
            name=child.get("name", ""),
            born=dates.day(child["born"]) if child else "",
            school_class=child.get("school_class", ""),
            faults=[],
            decision=row.decision,
            child_id=row.child_id,
            outcome=row.outcome,
            care=self.care[row.child_id] if row.child_id else None,
        )

    def _changes(self, row: RosterRow) -> Iterable[Change]:
        before, then = row.before.get("child", {}), row.fields.get("child", {})
        for column, label in _LABELS.items():
            if column in then and then[column] != before.get(column):
                yield Change(label, _words(column, before.get(column)), _words(column, then[column]))
        yield from self._whereabouts(row)
        placed, was = row.fields.get("placement", {}), row.before.get("placement", row.before.get("was", {}))
        for name, label in (("year_group", "Year group"), ("school_class", "Class")):
            if placed.get(name, "") != was.get(name, ""):
                yield Change(label, _words(name, was.get(name)), _words(name, placed[name]))

    def _whereabouts(self, row: RosterRow) -> Iterable[Change]:
        opened, closed = row.fields.get("open"), row.fields.get("close")
        if opened:
            was = self._school(row.before["close"].get("school")) if closed else "Not enrolled"
            yield Change("School", was, f"{self._school(opened['school'])} from {_day(opened['starts_on'])}")
        elif closed:
            yield Change("Enrolled until", _day(row.before["close"]["ends_on"]) or "No end", _day(closed["ends_on"]))

    def _school(self, urn: int | None) -> str:
        return self.schools[urn].name if urn in self.schools else "No school"


def _faults(row: RosterRow) -> Iterable[Fault]:
    for problem in row.problems:
        name = problem.get("field", "")
        _, was, text = row.mended.get(name, (0, "", row.cells.get(name, "")))
        yield Fault(
            problem["column"],
            problem["message"],
            problem["refused"],
            field=name,
            text="" if name in UPNS or "•" in text else text,
            was=was if name in row.mended else "",
        )


def _school_ids(rows: Iterable[RosterRow]) -> set[int]:
    found = {row.fields["open"]["school"] for row in rows if "open" in row.fields}
    found |= {row.before["close"].get("school") for row in rows if "close" in row.before}
    return found - {None}


def _day(written: str | None) -> str:
    return dates.day(date.fromisoformat(written)) if written else ""


def _words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if name == "upn_hash":
        return "A UPN" if value else "None"
    if name == "date_of_birth":
        return _day(value)
    if name == "year_group" and value:
        return str(_YEAR_GROUPS.get(value, value))
    return str(value) if value not in (None, "") else "Not given"


def columns_read(roster_import: RosterImport) -> list[str]:
    """Returns the headings that were read, names first."""
    return [roster_import.mapped[name] for name in dict.fromkeys(READ_ORDER) if name in roster_import.mapped]


@dataclass(frozen=True)
class Postcodes:
    """The headings of postcodes of homes: of those looked up and forgotten, and of those dropped."""

    used: list[str]
    dropped: list[str]

    @property
    def headings(self) -> set[str]:
        """Returns all of them."""
        return {*self.used, *self.dropped}


def postcodes(roster_import: RosterImport) -> Postcodes:
    """Returns what became of the postcodes of a list, by their headings."""
    found = [column for column in roster_import.columns if is_home_postcode(column["heading"])]
    return Postcodes(
        used=[column["heading"] for column in found if not column["forbidden"]],
        dropped=[column["heading"] for column in found if column["forbidden"]],
    )


@dataclass(frozen=True)
class Ready:
    """How many rows there are, how many of them accepting takes, how many change something, and who leaves with it."""

    total: int
    taken: int
    written: int
    leaving: int

    @property
    def left_out(self) -> int:
        """Returns how many rows do not go in."""
        return self.total - self.taken


def ready(roster_import: RosterImport) -> Ready:
    """Returns what accepting would take of a list, or took; one statement."""
    counts = roster_import.counts
    rows = RosterRow.objects.filter(roster_import=roster_import, outcome__in=(Outcome.CLOSE_MATCH, Outcome.LEAVER))
    decided = rows.aggregate(
        undecided=Count("pk", filter=Q(outcome=Outcome.CLOSE_MATCH) & ~Q(decision__in=("same", "another"))),
        leaving=Count("pk", filter=Q(decision=RosterRow.Decision.LEAVES)),
    )
    total = counts.get("total", 0)
    taken = total - counts.get("refused", 0) - decided["undecided"]
    return Ready(total, taken, taken - counts.get("unchanged", 0), decided["leaving"])


def blanks(roster_import: RosterImport) -> list[dict[str, Any]]:
    """Returns the columns of yes or no of which a blank means something: field, heading, and what was said of it."""
    said_ = roster_import.choices.get("blanks", {})
    asked = roster_import.asks.get("blanks", [])
    return [
        {"field": name, "heading": roster_import.mapped[name], "is_asked": name in asked, "means": said_.get(name)}
        for name in FLAGS
        if name in roster_import.mapped and (name in asked or name in said_)
    ]


def joins(roster_import: RosterImport) -> list[str]:
    """Returns which school classes join which ensembles with the list, in words."""
    chosen = roster_import.joins
    ensembles = Ensemble.objects.filter(pk__in=[each["ensemble"] for each in chosen])
    names = dict(ensembles.values_list("pk", "name")) if chosen else {}
    return [f"{each['school_class']} joins {names.get(each['ensemble'], 'an ensemble')}" for each in chosen]


def may_be_undone_until(roster_import: RosterImport, days: int) -> date | None:
    """Returns the last day on which an accepted import can be undone, or None when it is over or never was."""
    if roster_import.state != RosterImport.State.ACCEPTED or roster_import.accepted_at is None:
        return None
    last = timezone.localtime(roster_import.accepted_at).date() + timedelta(days=days)
    return last if last >= timezone.localdate() else None
