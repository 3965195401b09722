"""What stands beside a hub's words at the end of a year: its targets, and what funders asked for and pay on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q

from evaluation.figures.period import Period
from evaluation.queries.returned import Answer, of_words
from evaluation.queries.words import standing_words
from evaluation.returns.structure import Part, Return
from evaluation.returns.year_end import AGAINST_TARGETS, HEADLINES, comment, reached
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.pages import dates
from inharmony.pages.money import pounds
from outcomes.forms.target import written
from outcomes.indicators import INDICATORS
from outcomes.models import Target
from outcomes.queries.target import targets_by_indicator
from programmes.models import FundingAgreement, FundingMilestone, Programme
from schools.models import AcademicYear


@dataclass(frozen=True)
class Milestone:
    """What a funder asked for by a day of the year, whether it is met, and what is paid then."""

    due_on: date
    words: str
    amount: Decimal | None
    met_on: date | None
    is_late: bool
    note: str

    @property
    def state(self) -> str:
        """Returns "Met on 3 June 2027", "Not met" once its day is over, or "Due"."""
        if self.met_on:
            return f"Met on {dates.day(self.met_on)}"
        return "Not met" if self.is_late else "Due"


@dataclass(frozen=True)
class Paying:
    """An agreement in force in the year: who pays, how much, on which conditions, and what was due."""

    pk: int
    title: str
    funder: str
    # of a whole organisation, of which In Harmony is one part
    is_of_whole: bool
    when: str
    amount: str
    conditions: str
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True)
class Wanted:
    """A target in words, and its number with its unit where one says it."""

    words: str
    number: str


@dataclass(frozen=True)
class OnIndicator:
    """An indicator with a target, or of which something was written: what was wanted, and the hub's words on it."""

    title: str
    target: str
    number: str
    reached: Answer
    comment: Answer


@dataclass(frozen=True)
class YearEnd:
    """The form as a hub has filled it."""

    paper: Return
    headlines: tuple[Answer, ...]
    indicators: tuple[OnIndicator, ...]
    # None for who does not keep the record: what is not in print is not theirs to read
    agreements: tuple[Paying, ...] | None

    @property
    def wait_for_words(self) -> list[Answer]:
        """What is still to be written: on each indicator with a target, and one achievement at least."""
        waiting = [one.reached for one in self.indicators if one.target and not one.reached.is_answered]
        return waiting if any(one.is_answered for one in self.headlines) else [self.headlines[0], *waiting]


def year_end(programme: Programme, period: Period, paper: Return, user: User, today: date) -> YearEnd:
    """
    Returns the form of a hub's year; four statements.

    What funders agreed to and ask for is read for who keeps the hub's record, as the record itself has it.
    """
    words = standing_words(programme, period.year, paper.key, user)

    def answers(part: Part) -> dict[str, Answer]:
        return {one.id: of_words(paper, one, words) for one in part.questions}

    targets = targets_by_indicator(user, programme, AcademicYear(year=period.year))
    keeps_record = user.reach.may(Permission.KEEP_RECORD, programme_id=programme.pk)
    return YearEnd(
        paper,
        tuple(answers(HEADLINES).values()),
        tuple(_on_indicators(targets, answers(AGAINST_TARGETS))),
        tuple(_agreements(programme, period, today)) if keeps_record else None,
    )


def _on_indicators(targets: dict[str, list[Target]], answers: dict[str, Answer]) -> Sequence[OnIndicator]:
    found = []
    for one in INDICATORS:
        target = next(iter(targets[one.key]), None)
        on = OnIndicator(
            one.title,
            target.words if target else "",
            _number(target) if target else "",
            answers[reached(one.key)],
            answers[comment(one.key)],
        )
        if on.target or on.reached.words or on.comment.words:
            found.append(on)
    return found


def target_beside(programme: Programme, year: int, question: str, user: User) -> Wanted | None:
    """
    Returns the target that a question of the form is about, None where none is set.

    One statement; none for a question that is about no indicator.
    """
    for one in INDICATORS:
        if question in (reached(one.key), comment(one.key)):
            set_of = Target.objects.visible_to(user).filter(
                programme=programme, academic_year_id=year, indicator=one.key
            )
            target = set_of.order_by("-pk").first()
            return Wanted(target.words, _number(target)) if target and target.words else None
    return None


def _number(target: Target) -> str:
    return "" if target.value is None else " ".join(filter(None, (written(target.value), target.unit)))


def _agreements(programme: Programme, period: Period, today: date) -> list[Paying]:
    """Agreements of the hub alone: what is In Harmony's as a whole has no conditions of one hub."""
    in_year = (period.starts_on, period.ends_on)
    due = FundingMilestone.objects.shown().filter(due_on__range=in_year).order_by("due_on", "pk")
    in_force = Q(starts_on__lte=period.ends_on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on))
    # what is due after the last day of an agreement is still due
    late = Q(milestones__due_on__range=in_year, milestones__withdrawn_on__isnull=True)
    rows = (
        FundingAgreement.objects.shown()
        .filter(in_force | late, programme=programme)
        .distinct()
        .select_related("funder")
        .prefetch_related(Prefetch("milestones", due, to_attr="due"))
        .order_by("starts_on", "pk")
    )
    return [_paying(row, today) for row in rows]


def _paying(row: FundingAgreement, today: date) -> Paying:
    if row.amount is None:
        amount = "Not written down"
    else:
        amount = f"{pounds(row.amount)} a year" if row.is_a_year else pounds(row.amount)
    return Paying(
        row.pk,
        row.title,
        row.funder.name,
        not row.is_in_harmony_only,
        dates.printed_span(row.starts_on, row.ends_on, row.precision),
        amount,
        row.conditions,
        tuple(_milestone(one, today) for one in row.due),  # type: ignore[attr-defined]  # the prefetch above
    )


def _milestone(one: FundingMilestone, today: date) -> Milestone:
    is_late = one.met_on is None and one.due_on < today
    return Milestone(one.due_on, one.words, one.amount, one.met_on, is_late, one.note)
