"""Plausible terms, half-terms and closures for the demonstration; a local authority's real dates may differ."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from evaluation.demonstration.schools import DemoSchool
from schools.actions.staging import write_many
from schools.bank_holidays import easter
from schools.models import AcademicYear, Closure, Term

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MONDAY, FRIDAY = 0, 4
Half = tuple[date, date]


def on_or_after(day: date, weekday: int) -> date:
    """Returns the first day of the week from a day on; Monday is 0."""
    return day + DAY * ((weekday - day.weekday()) % 7)


def on_or_before(day: date, weekday: int) -> date:
    """Returns the last day of the week up to a day; Monday is 0."""
    return day - DAY * ((day.weekday() - weekday) % 7)


def terms_of(year: int) -> list[tuple[str, date, date, date, date]]:
    """Returns season, first and last day, first and last day of the half-term break, of the three terms of a year."""
    start = date(year, 9, 2)
    if start.weekday() > FRIDAY:
        start = on_or_after(start, MONDAY)
    autumn_break = on_or_after(date(year, 10, 24), MONDAY)
    spring_break = on_or_after(date(year + 1, 2, 14), MONDAY)
    spring_ends = easter(year + 1) - 9 * DAY
    summer_break = on_or_before(date(year + 1, 5, 31), MONDAY)
    return [
        ("autumn", start, on_or_before(date(year, 12, 20), FRIDAY), autumn_break, autumn_break + 4 * DAY),
        ("spring", on_or_after(date(year + 1, 1, 3), MONDAY), spring_ends, spring_break, spring_break + 4 * DAY),
        (
            "summer",
            spring_ends + 17 * DAY,
            on_or_after(date(year + 1, 7, 17), FRIDAY),
            summer_break,
            summer_break + 4 * DAY,
        ),
    ]


def may_day(year: int) -> date:
    """Returns the early May bank holiday of the summer term."""
    return on_or_after(date(year + 1, 5, 1), MONDAY)


def make_calendar(years: Iterable[int], authorities: Iterable[str], schools: Iterable[DemoSchool]) -> None:
    """Writes academic years, terms of the authorities that have none, and closures."""
    years = list(years)
    for year in years:
        AcademicYear.objects.get_or_create(year=year)
    known = set(Term.objects.filter(year__in=years).values_list("local_authority_id", flat=True))
    authorities = [code for code in sorted(set(authorities)) if code not in known]
    write_many(
        Term,
        ["year", "season", "local_authority", "starts_on", "ends_on", "half_term_starts_on", "half_term_ends_on"],
        [
            (year, season, code, starts, ends, break_starts, break_ends)
            for code in authorities
            for year in years
            for season, starts, ends, break_starts, break_ends in terms_of(year)
        ],
    )
    fields = ["local_authority", "school", "starts_on", "ends_on", "reason"]
    bank_holidays = [(code, None, may_day(y), may_day(y), "Bank holiday") for code in authorities for y in years]
    write_many(Closure, fields, [*bank_holidays, *_inset_days(years, schools)])


def _inset_days(years: list[int], schools: Iterable[DemoSchool]) -> Iterator[tuple[None, int, date, date, str]]:
    for school in schools:
        for year in years:
            autumn, spring, _ = terms_of(year)
            for day in (autumn[1], spring[1] + (school.number % 3) * DAY):
                yield None, school.urn, day, day, "INSET day"
