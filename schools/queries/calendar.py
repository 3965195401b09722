"""Which term a day counts with, at one school."""

from datetime import date

from django.db.models import Q

from schools.models import AcademicYear, School, Term


def term_on(day: date, school: School) -> Term | None:
    """
    Returns the term of the academic year that began last by a day; None before the first, or where none is entered.

    A term of the school's own goes before that of its local authority.
    """
    of_school = Q(school=school)
    if school.local_authority_id is not None:
        of_school |= Q(local_authority=school.local_authority_id)
    terms = Term.objects.filter(of_school, year=AcademicYear.year_of(day))
    # the school's own come last and so take the place of the authority's
    by_season = {term.season: term for term in sorted(terms, key=lambda term: term.school_id is not None)}
    begun = [term for term in by_season.values() if term.starts_on <= day]
    return max(begun, key=lambda term: term.starts_on) if begun else None
