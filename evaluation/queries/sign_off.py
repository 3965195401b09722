"""A hub's term on its way to being signed: what is missing, what was signed, and what came after."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from evaluation.figures.cells import Source
from evaluation.figures.period import Period
from evaluation.figures.signed import signed_source
from evaluation.menu.dimensions import NOT_GIVEN
from evaluation.menu.tables import ALL, SESSIONS, by
from evaluation.models import SignedFigures, SignOff
from evaluation.queries.calendar import taught_terms
from evaluation.queries.hub import HubNumbers
from inharmony.accounts.models import User
from inharmony.pages import dates
from participants.models import Correction
from participants.queries.list_check import confirmation_due
from programmes.models import Income, Programme, Session
from schools.models import AcademicYear, Term


def last_teaching_day(programme: Programme, period: Period) -> date:
    """Returns the last day of a term anywhere in the programme; where no dates are known, the last of the period."""
    own = Q(local_authority__places__programme=programme) | Q(school__partnerships__programme=programme)
    terms = Term.objects.filter(own, year=period.year, season=period.term)
    last: date | None = terms.aggregate(last=Max("ends_on"))["last"]
    return last or period.ends_on


@dataclass(frozen=True)
class Signed:
    """A term as it was signed under one number: by whom, when, and every figure."""

    sign_off: SignOff
    figures: SignedFigures
    source: Source

    @property
    def words(self) -> str:
        """Returns "Signed by Joanne Carter, 18 December 2026, 15:10"."""
        at = dates.moment(timezone.localtime(self.sign_off.signed_at))
        return f"Signed by {self.sign_off.signed_by.name}, {at}"

    @property
    def completeness(self) -> str:
        """How complete it was."""
        return f"{self.sign_off.registers_taken:,} of {self.sign_off.registers_due:,} registers taken"


def signed_terms(programme: Programme, period: Period, user: User) -> list[Signed]:
    """Returns what was signed of a term, the last number first; one statement."""
    kept = (
        SignedFigures.objects.visible_to(user)
        .filter(programme=programme, sign_off__academic_year=period.year, sign_off__term=period.term)
        .select_related("sign_off__signed_by", "sign_off__academic_year")
        .order_by("-sign_off__number")
    )
    return [_signed(programme, period, each) for each in kept]


def last_signed(programme: Programme, period: Period, user: User) -> Signed | None:
    """Returns what was signed of a term under its last number; one statement."""
    return next(iter(signed_terms(programme, period, user)), None)


def _signed(programme: Programme, period: Period, kept: SignedFigures) -> Signed:
    sign_off = kept.sign_off
    title = f"{programme.short_name}, signed on {dates.day(timezone.localtime(sign_off.signed_at).date())}"
    return Signed(sign_off, kept, signed_source(kept.cells, period, title, sign_off.signed_at))


@dataclass(frozen=True)
class Touched:
    """An ensemble whose registers were saved after the term was signed: corrected, by reason, or taken late."""

    ensemble: int
    name: str
    late: int
    reasons: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """Returns "2 corrected: marked by mistake (1), came later than the register (1). 1 taken late."."""
        parts = []
        if corrected := sum(count for _, count in self.reasons):
            why = ", ".join(f"{words.lower()} ({count})" for words, count in self.reasons)
            parts.append(f"{corrected} correction{'s' * (corrected != 1)}: {why}.")
        if self.late:
            parts.append(f"{self.late} register{'s' * (self.late != 1)} taken late.")
        return " ".join(parts)


NO_REASON = "On the day itself"


def touched_since(programme: Programme, period: Period, signed: SignOff, user: User) -> tuple[Touched, ...]:
    """Returns what became of the term's registers after it was signed, by ensemble; two statements."""
    sessions = Session.objects.visible_to(user).filter(
        programme=programme, day__range=(period.starts_on, period.ends_on)
    )
    corrected: dict[int, Counter[str]] = {}
    names: dict[int, str] = {}
    for ensemble, name, reason in (
        Correction.objects.visible_to(user)
        .filter(session__in=sessions, at__gt=signed.signed_at)
        .values_list("session__ensemble", "session__ensemble__name", "reason")
    ):
        names[ensemble] = name
        words = str(Correction.Reason(reason).label) if reason else NO_REASON
        corrected.setdefault(ensemble, Counter())[words] += 1
    late: Counter[int] = Counter()
    for ensemble, name in sessions.filter(register_taken_at__gt=signed.signed_at, register_version=1).values_list(
        "ensemble", "ensemble__name"
    ):
        names[ensemble] = name
        late[ensemble] += 1
    order = sorted(names, key=lambda ensemble: (names[ensemble], ensemble))
    return tuple(
        Touched(ensemble, names[ensemble], late[ensemble], tuple(corrected.get(ensemble, Counter()).most_common()))
        for ensemble in order
    )


def signed_in(programme: Programme, year: int) -> frozenset[str]:
    """Returns the terms of a year that are signed; one statement."""
    signed = SignOff.objects.filter(programme=programme, academic_year=year).order_by()
    return frozenset(signed.values_list("term", flat=True))


def term_to_sign(
    programme: Programme, terms: Sequence[tuple[Period, date]], signed: Collection[str], today: date, user: User
) -> Period | None:
    """
    Returns the term of now or the one before it that can be signed and is not; the earlier first.

    `terms` are those of the year, in order, each with the day until which it is taught (`taught_terms`), `signed` those
    of them that are; the one before the autumn is last year's summer. No statement while spring or summer is taught.
    """
    begun = [(term, taught_until, term.term in signed) for term, taught_until in terms if term.starts_on <= today]
    if len(begun) == 1:
        begun.insert(0, _summer_before(programme, begun[0][0].year))
    for term, taught_until, is_signed in begun[-2:]:
        if is_signed or taught_until > today:
            continue
        if term.ends_on >= today and last_teaching_day(programme, term) > today:
            continue
        taken = Session.objects.visible_to(user).filter(programme=programme, register_taken_at__isnull=False)
        if taken.filter(day__range=(term.starts_on, term.ends_on)).exists():
            return term
    return None


def _summer_before(programme: Programme, year: int) -> tuple[Period, date, bool]:
    term, taught_until = taught_terms(year - 1, programme)[Term.Season.SUMMER]
    return term, taught_until, Term.Season.SUMMER in signed_in(programme, term.year)


@dataclass(frozen=True)
class Check:
    """One thing that a term should have before it is signed: whether it has, in words, and where to mend it."""

    is_done: bool
    words: str
    href: str = ""
    action: str = ""


def checks_of(numbers: HubNumbers, today: date) -> list[Check]:
    """Returns what to look at before a term is signed, none of which forbids it; three statements."""
    programme, period, user = numbers.programme, numbers.period, numbers.user
    source, slug = numbers.source, programme.slug
    complete, to_come = source.completeness(), _to_come(source)
    no_group = source.number(by("year_group"), NOT_GIVEN)
    due = confirmation_due(programme, AcademicYear(year=period.year), user, today)
    has_income = Income.objects.visible_to(user).filter(programme=programme, academic_year=period.year).exists()
    return [
        Check(
            complete.taken == complete.due,
            f"Registers complete: {complete.taken:,} of {complete.due:,}",
            f"{reverse('evaluation:hub-schools', args=[slug])}?year={period.written_year}&term={period.term}",
            "See where",
        ),
        Check(not to_come, f"{_sessions(to_come)} still to come" if to_come else "No session is still to come"),
        Check(
            not no_group,
            f"{_children(no_group)} without a year group" if no_group else "Every child has a year group",
            reverse("participants:children"),
            "Look for them",
        ),
        Check(
            not due.unconfirmed,
            f"Class lists confirmed by {due.schools - due.unconfirmed} of {due.schools} schools",
            reverse("participants:list-checks", args=[slug]),
            "See which",
        ),
        Check(
            has_income,
            f"Income of {period.written_year} written down" if has_income else NO_INCOME.format(period),
            f"{reverse('programmes:income', args=[slug])}?year={period.written_year}",
            "Write it down",
        ),
    ]


NO_INCOME = "Income of {0.written_year} not written down yet"


def _to_come(source: Source) -> int:
    planned, cancelled = (source.number(SESSIONS, ALL, column) for column in ("planned", "cancelled"))
    return planned - cancelled - source.completeness().due


def _sessions(count: int) -> str:
    return f"{count:,} {'session is' if count == 1 else 'sessions are'}"


def _children(count: int) -> str:
    return f"{count:,} {'child' if count == 1 else 'children'}"
