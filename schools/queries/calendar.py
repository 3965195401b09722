"""The calendar of a school or of a local authority: which term a day counts with, and why no session is held on it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from schools.bank_holidays import bank_holidays
from schools.models import AcademicYear, Closure, School, Term


@dataclass(frozen=True)
class CalendarOwner:
    """Whose calendar it is: a school's own before its authority's, or an authority's alone."""

    school: int | None = None
    authority: str | None = None


def owner_of(school: School) -> CalendarOwner:
    """Returns the owner of the calendar of a school."""
    return CalendarOwner(school.pk, school.local_authority_id)


@dataclass(frozen=True)
class Calendar:
    """Terms and closures that hold at one place; of a year without any term nothing is known."""

    terms: tuple[Term, ...] = ()
    closures: tuple[Closure, ...] = ()
    years: frozenset[int] = field(default_factory=frozenset)

    def knows(self, day: date) -> bool:
        """Returns whether any term of the day's academic year is entered."""
        return AcademicYear.year_of(day) in self.years

    def why_shut(self, day: date, *, in_holidays: bool = False) -> str:
        """
        Returns why nothing is held on a day, as people say it; an empty text where something is.

        A course in the holidays (`in_holidays`) takes place outside terms and in half-terms.
        """
        for closure in self.closures:
            if closure.starts_on <= day <= closure.ends_on:
                return closure.reason
        if holiday := bank_holidays(day.year).get(day):
            return holiday
        if in_holidays or not self.knows(day):
            return ""
        term = next((term for term in self.terms if term.starts_on <= day <= term.ends_on), None)
        if term is None:
            return "Outside the terms"
        is_half_term = term.half_term_starts_on is not None and term.half_term_ends_on is not None
        if is_half_term and term.half_term_starts_on <= day <= term.half_term_ends_on:  # type: ignore[operator] # both are days
            return "Half-term"
        return ""


def calendars(owners: Collection[CalendarOwner], first: date, last: date) -> dict[CalendarOwner, Calendar]:
    """Returns the calendar of each owner over some days, in two statements however many they are."""
    concerned = Q(school__in={o.school for o in owners if o.school is not None}) | Q(
        local_authority__in={o.authority for o in owners if o.authority is not None}
    )
    years = range(AcademicYear.year_of(first), AcademicYear.year_of(last) + 1)
    terms = list(Term.objects.filter(concerned, year__in=years))
    closures = list(Closure.objects.filter(concerned, starts_on__lte=last, ends_on__gte=first))
    return {owner: _calendar(owner, terms, closures) for owner in owners}


def _calendar(owner: CalendarOwner, terms: Iterable[Term], closures: Iterable[Closure]) -> Calendar:
    kept = _in_force(term for term in terms if _is_of(term, owner))
    in_order = tuple(sorted(kept.values(), key=lambda term: term.starts_on))
    shut = tuple(closure for closure in closures if _is_of(closure, owner))
    return Calendar(in_order, shut, frozenset(term.year_id for term in in_order))


def _is_of(row: Term | Closure, owner: CalendarOwner) -> bool:
    if row.school_id is not None:
        return row.school_id == owner.school
    return row.local_authority_id == owner.authority


def _in_force(terms: Iterable[Term]) -> Mapping[tuple[int, str], Term]:
    """A term of the school's own goes before that of its local authority."""
    # the school's own come last and so take the place of the authority's
    own_last = sorted(terms, key=lambda term: term.school_id is not None)
    return {(term.year_id, term.season): term for term in own_last}


def term_on(day: date, school: School) -> Term | None:
    """
    Returns the term of the academic year that began last by a day; None before the first, or where none is entered.

    A term of the school's own goes before that of its local authority.
    """
    of_school = Q(school=school)
    if school.local_authority_id is not None:
        of_school |= Q(local_authority=school.local_authority_id)
    terms = Term.objects.filter(of_school, year=AcademicYear.year_of(day))
    begun = [term for term in _in_force(terms).values() if term.starts_on <= day]
    return max(begun, key=lambda term: term.starts_on) if begun else None
