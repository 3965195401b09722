"""
What is set against each other: the change of a hub's schools, and that of the schools it compares with.

Which schools, years and numbers that is, is read here, by pages too; it is reckoned by the worker
(actions/difference.py). What was reckoned of other schools or numbers than those of now is not shown.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from inharmony.accounts.models import User
from outcomes.analysis.evidence import Interval, counted, told
from outcomes.models import ComparisonSchool, SchoolDifference
from outcomes.queries.comparison import RESULTS, Comparison, ResultTable, partner_schools
from programmes.models import Partnership, Programme
from schools.models import AcademicYear
from schools.queries.context import Context, published_contexts

# how each number is called in a sentence
CALLED = dict(
    zip(
        RESULTS,
        (
            "School attendance",
            "Persistent absence",
            "The share at the expected standard",
            "The share at the higher standard",
        ),
        strict=True,
    )
)
NOT_SHOWN = (
    "It does not show what brought a change about, nor anything of one school or child: both groups are told by their "
    "means."
)


@dataclass(frozen=True)
class Compared:
    """A school with the same number in two years, and whether it takes part."""

    urn: int
    takes_part: bool
    before: float
    after: float


@dataclass(frozen=True)
class Asked:
    """
    One number of whole schools whose changes are set against each other: of which schools, from which year to which.

    `refusal` says why no two years can be compared; else the years are there. `left_out` says of how many schools and
    why, `caution` at how many the first year is not one before the programme.
    """

    field: str
    before: AcademicYear | None = None
    after: AcademicYear | None = None
    schools: tuple[Compared, ...] = ()
    left_out: tuple[str, ...] = ()
    caution: str = ""
    refusal: str = ""

    @property
    def basis(self) -> str:
        """Returns a hash of everything that is reckoned with, the code that reckons among it."""
        rows = [(one.urn, one.takes_part, one.before, one.after) for one in self.schools]
        years = [year and year.pk for year in (self.before, self.after)]
        return hashlib.sha256(json.dumps([self.field, years, rows, edition()]).encode()).hexdigest()


@dataclass(frozen=True)
class Shown:
    """What is shown of one number: what was reckoned, why it cannot be said, or that it is still to be reckoned."""

    asked: Asked
    kept: SchoolDifference | None

    @property
    def words(self) -> str:
        """Returns the sentence, or why there is none; empty while it is to be reckoned."""
        if self.asked.refusal:
            return self.asked.refusal
        return self.kept.words if self.kept and self.is_of_now else ""

    @property
    def is_of_now(self) -> bool:
        """Whether what was reckoned is of the schools and numbers that stand now."""
        return self.kept is not None and self.kept.basis == self.asked.basis

    @property
    def is_out_of_date(self) -> bool:
        """Whether something was reckoned, of other schools or numbers."""
        return self.kept is not None and not self.is_of_now

    @property
    def result(self) -> dict[str, Any]:
        """Returns the analysis' value; empty where there is none of now."""
        return self.kept.result if self.kept and self.is_of_now and not self.asked.refusal else {}

    @property
    def difference(self) -> str:
        """Returns the difference as it stands in the sentence, in points."""
        return told(self.result["difference"])[0] if self.result else ""

    @property
    def interval(self) -> str:
        """Returns the interval in words; empty where none can be given."""
        found = self.result.get("interval")
        return Interval(**found).words if found else ""

    @property
    def p_value(self) -> str:
        """Returns the two-sided p value to two places."""
        value = self.result.get("p_value", 1.0)
        return "under 0.01" if value < 0.01 else f"{value:.2f}"

    @property
    def ways(self) -> str:
        """Returns in how many ways as many of these schools could take part, of those that were looked at."""
        return f"{self.result.get('arrangements', 0):,}"

    @property
    def notes(self) -> list[str]:
        """Returns who is left out, and what the first year is not, in sentences."""
        return [*self.asked.left_out, *filter(None, [self.asked.caution])]

    @property
    def assumptions(self) -> list[str]:
        """Returns what the sentence takes for granted."""
        return list(self.result.get("assumptions", ()))


@dataclass(frozen=True)
class _Groups:
    """Both groups: when each own school began, from which year each other is compared, which of them worked when."""

    began: Mapping[int, date]
    compared_from: Mapping[int, int]
    worked: Sequence[tuple[int, date, date | None]]
    published: Mapping[int, Sequence[Context]]


def asked_of(programme: Programme) -> list[Asked]:
    """Returns what is set against each other of a hub, each number once; empty without comparison schools."""
    partners = [school.pk for school in partner_schools(programme)]
    choices = list(ComparisonSchool.objects.filter(programme=programme).going_on())
    published = published_contexts([*partners, *(one.school_id for one in choices)])
    return _asked(partners, choices, published)


def beside_tables(user: User, programme: Programme, found: Comparison) -> list[tuple[ResultTable, Shown | None]]:
    """Returns each table of a hub's comparison with what is reckoned of it; two statements."""
    choices = [one.made for one in found.chosen]
    asked = _asked([school.pk for school in found.partners], choices, found.published)
    shown = {one.asked.field: one for one in _shown(user, programme, asked)}
    return [(table, shown.get(table.measure.field)) for table in found.results]


def differences_of(user: User, programme: Programme, *, year: int) -> list[Shown]:
    """Returns what was reckoned of a hub that was not refused, of years up to that one; five statements."""
    shown = _shown(user, programme, asked_of(programme))
    return [one for one in shown if one.result and one.asked.after and one.asked.after.pk <= year]


def _shown(user: User, programme: Programme, asked: Sequence[Asked]) -> list[Shown]:
    rows = SchoolDifference.objects.visible_to(user).filter(programme=programme)
    kept = {row.measure: row for row in rows}
    return [Shown(one, kept.get(one.field)) for one in asked]


def _asked(
    partners: Sequence[int], choices: Sequence[ComparisonSchool], published: Mapping[int, Sequence[Context]]
) -> list[Asked]:
    if not choices:
        return []
    compared_from = {one.school_id: one.academic_year_id for one in choices}
    rows = Partnership.objects.filter(school__in=[*partners, *compared_from]).order_by("starts_on", "pk")
    worked = list(rows.values_list("school_id", "starts_on", "ends_on"))
    first = {urn: starts_on for urn, starts_on, _ in reversed(worked)}
    groups = _Groups({urn: first[urn] for urn in partners}, compared_from, worked, published)
    return [one for field in RESULTS if (one := _of_field(field, groups)) is not None]


def _of_field(field: str, groups: _Groups) -> Asked | None:
    numbers = {
        urn: {one.year.pk: float(value) for one in contexts if (value := getattr(one, field)) is not None}
        for urn, contexts in groups.published.items()
    }
    if not any(numbers.values()):
        return None
    known = [{year for urn in group for year in numbers.get(urn, ())} for group in (groups.began, groups.compared_from)]
    full = _full(numbers, groups.began) & _full(numbers, groups.compared_from)
    if not full:
        return Asked(field, refusal="No year is published of both groups yet." if all(known) else _of_one_group(known))
    last = AcademicYear(year=max(full))
    began = {urn: AcademicYear.year_of(day) for urn, day in groups.began.items() if day <= last.ends_on}
    if not began:
        return Asked(field, refusal=f"The last year published is {last}, before the programme began at any school.")
    earlier = [year for year in full if year < min(began.values())]
    first = AcademicYear(year=max(earlier) if earlier else min(full))
    if first == last:
        return Asked(field, refusal=f"Only {last} is published of both groups: a change takes two years.")
    return _between(Asked(field, first, last), began, groups, numbers)


def _full(numbers: Mapping[int, Mapping[int, float]], group: Collection[int]) -> set[int]:
    """Returns the years of which half as many schools of a group are known as of any."""
    many = Counter(year for urn in group for year in numbers.get(urn, ()))
    return {year for year, count in many.items() if count * 2 >= max(many.values())}


def _of_one_group(known: Sequence[Collection[int]]) -> str:
    there = "comparison schools" if known[1] else "In Harmony schools"
    return f"It is published of {there} alone so far."


def _between(
    years: Asked, began: Mapping[int, int], groups: _Groups, numbers: Mapping[int, Mapping[int, float]]
) -> Asked:
    """Returns the schools of which there is a number of both years, with who is left out and why."""
    first, last = years.before, years.after
    assert first is not None
    assert last is not None
    working = {
        urn
        for urn, starts_on, ends_on in groups.worked
        if starts_on <= last.ends_on and (ends_on is None or ends_on >= first.starts_on)
    }
    # chosen from the first year of the programme on, or from the year before: so the page asks for it
    later = {urn for urn, year in groups.compared_from.items() if year > first.pk + 1}
    others = [urn for urn in groups.compared_from if urn not in working | later]
    schools = tuple(
        Compared(urn, takes_part, numbers[urn][first.pk], numbers[urn][last.pk])
        for takes_part, group in ((True, began), (False, others))
        for urn in sorted(group)
        if {first.pk, last.pk} <= numbers.get(urn, {}).keys()
    )
    own = [one.urn for one in schools if one.takes_part]
    left_out = (
        (len(groups.began) - len(began), "school", f"where the programme began after {last}"),
        (len(working & groups.compared_from.keys()), "comparison school", "working with a hub in these years"),
        (len(later - working), "comparison school", f"compared only from a later year than {first} on"),
        (len(began) + len(others) - len(schools), "school", "of which no number of both years is published"),
    )
    said = tuple(f"Left out: {counted(many, who)} {why}." for many, who, why in left_out if many)
    already = sum(began[urn] <= first.pk for urn in own)
    caution = (
        f"At {already} of the {len(own)} schools the programme was at work in {first} already: of these it is what "
        "changed since then, not since it began."
    )
    return replace(years, schools=schools, left_out=said, caution=caution if already else "")


@cache
def edition() -> str:
    """Returns what names the code that reckons: what other code has reckoned is reckoned again."""
    digest = hashlib.sha256()
    for path in _reckoning():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _reckoning() -> Iterator[Path]:
    base = Path(settings.BASE_DIR) / "outcomes"
    yield from (base / "analysis/difference.py", base / "analysis/evidence.py", base / "queries/difference.py")
