"""
Partner schools beside comparison schools: who they are, how alike they are, and their results by year.

Of both groups only what is published is read: a hub must not learn what a school told another hub by choosing it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from outcomes.analysis.balance import Balance, standardised_differences
from outcomes.analysis.evidence import told
from outcomes.models import ComparisonSchool
from programmes.models import Partnership, Programme
from schools.models import AcademicYear, School
from schools.queries.context import MEASURES, Context, Measure, published_by, published_contexts

BY_FIELD = {measure.field: measure for measure in MEASURES}
# what the groups are compared on beforehand: whom the schools teach, and where they started
MATCHED = ("roll", "fsm_percent", "eal_percent", "sen_percent", "attendance_percent", "expected_percent")
TITLES = {field: BY_FIELD[field].name for field in MATCHED}
RESULTS = ("attendance_percent", "persistent_absence_percent", "expected_percent", "higher_percent")
ATTAINMENT = ("expected_percent", "higher_percent")
# what the register of schools knows of every school, where no table of the year is loaded
OF_REGISTER = {"roll": "pupils", "fsm_percent": "fsm_percent"}
Numbers = dict[str, float | None]


@dataclass(frozen=True)
class HubLine:
    """A hub in the list, with how many schools it compares with."""

    programme: Programme
    compared: int


def hubs_seen(user: User) -> list[HubLine]:
    """Returns the hubs whose comparison schools the person sees, by name; one statement."""
    reach, permission = user.reach, Permission.SEE_SCHOOL_CONTEXT
    hubs = Programme.objects.all()
    if not (reach.may_everywhere(permission) or (reach.is_national and reach.may(permission))):
        hubs = hubs.filter(pk__in=reach.programmes_for(permission))
    going_on = Count("comparison_schools", filter=Q(comparison_schools__ended_at__isnull=True))
    return [HubLine(hub, hub.compared) for hub in hubs.annotate(compared=going_on).order_by("short_name")]


@dataclass(frozen=True)
class GroupMean:
    """The mean of a group's schools, each counted once, and of how many the number is published."""

    schools: int
    mean: float | None


@dataclass(frozen=True)
class YearLine:
    """A number in one year, in both groups; the difference is that of the means, in points."""

    year: AcademicYear
    in_harmony: GroupMean
    comparison: GroupMean

    @property
    def difference(self) -> float | None:
        if self.in_harmony.mean is None or self.comparison.mean is None:
            return None
        return self.in_harmony.mean - self.comparison.mean

    @property
    def apart(self) -> str:
        """Returns the difference as it stands in a table; empty where there is none."""
        return "" if self.difference is None else told(self.difference)[0]


@dataclass(frozen=True)
class ResultTable:
    """One measure of school attendance or attainment, the latest year first."""

    measure: Measure
    lines: tuple[YearLine, ...]


@dataclass(frozen=True)
class Choice:
    """A choice with the names of who made and who ended it; of neither for national staff, who see no account."""

    made: ComparisonSchool
    chosen_by: str
    ended_by: str


@dataclass(frozen=True)
class Comparison:
    """Both groups of a hub: schools, choices and ended ones, how alike they are in a year, results, what is known."""

    partners: tuple[School, ...]
    chosen: tuple[Choice, ...]
    ended: tuple[Choice, ...]
    year: AcademicYear | None
    balance: Balance
    phases: tuple[tuple[str, int, int], ...]
    results: tuple[ResultTable, ...]
    published: Mapping[int, Sequence[Context]]

    @property
    def has_attainment(self) -> bool:
        """Whether a result is one of attainment."""
        return any(table.measure.field in ATTAINMENT for table in self.results)

    @property
    def has_other_phases(self) -> bool:
        """Whether one group holds schools of a phase that the other has none of."""
        return any(not ours or not theirs for _, ours, theirs in self.phases)


def partner_schools(programme: Programme) -> list[School]:
    """Returns the schools that work with a hub today, by name."""
    partnerships = Partnership.objects.on(timezone.localdate()).filter(programme=programme)
    return list(School.objects.filter(pk__in=partnerships.values("school")).order_by("name", "urn"))


def began_in(programme: Programme) -> AcademicYear | None:
    """Returns the year in which the first of the schools that work with a hub today began; None where none does."""
    first = Partnership.objects.on(timezone.localdate()).filter(programme=programme).aggregate(Min("starts_on"))
    day = first["starts_on__min"]
    return AcademicYear(year=AcademicYear.year_of(day)) if day else None


def partners_since(year: AcademicYear) -> QuerySet[Partnership]:
    """Returns the partnerships, of any hub, that were in force at any time since the first day of a year."""
    return Partnership.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=year.starts_on))


def choices_of(user: User, programme: Programme) -> list[ComparisonSchool]:
    """Returns all choices of a hub that the person sees, those that were ended too, by name."""
    rows = ComparisonSchool.objects.visible_to(user).filter(programme=programme)
    return list(rows.select_related("school", "academic_year"))


def _with_names(user: User, choices: Sequence[ComparisonSchool]) -> list[Choice]:
    people = {key for one in choices for key in (one.chosen_by_id, one.ended_by_id) if key is not None}
    known = {} if user.reach.is_national else dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    office = "The hub’s office"
    return [
        Choice(one, known.get(one.chosen_by_id, office), known.get(one.ended_by_id or 0, office)) for one in choices
    ]


def comparison_of(user: User, programme: Programme) -> Comparison:
    """Returns both groups of a hub as the person sees them; four statements however many schools."""
    partners, choices = partner_schools(programme), choices_of(user, programme)
    theirs = [one.school for one in choices if one.ended_at is None]
    named = _with_names(user, choices)
    published = published_contexts([school.pk for school in (*partners, *theirs)])
    year = fullest(Counter(one.year.pk for contexts in published.values() for one in contexts))
    ours, others = (
        [numbers_of(school, published.get(school.pk, ()), year) for school in group] for group in (partners, theirs)
    )
    return Comparison(
        tuple(partners),
        tuple(one for one in named if one.made.ended_at is None),
        tuple(one for one in named if one.made.ended_at is not None),
        year,
        standardised_differences(ours, others, titles=TITLES),
        _phases(partners, theirs),
        _results(published, partners, theirs),
        published,
    )


def fullest(schools: Mapping[int, int]) -> AcademicYear | None:
    """Returns the last year of which half as many schools are known as of any; None where nothing is of any year."""
    most = max(schools.values(), default=0)
    return AcademicYear(year=max(year for year, many in schools.items() if many * 2 >= most)) if most else None


def numbers_of(school: School, contexts: Iterable[Context], year: AcademicYear | None) -> Numbers:
    """Returns what is published of a school in a year, by field; roll and free meals else as the register has them."""
    of_year = next((one for one in contexts if year is not None and one.year.pk == year.pk), None)
    numbers: Numbers = {field: _number(getattr(of_year, field, None)) for field in MATCHED}
    for field, name in OF_REGISTER.items():
        if numbers[field] is None:
            numbers[field] = _number(getattr(school, name))
    return numbers


@dataclass(frozen=True)
class Beside:
    """One measure of a school, with the mean of the hub's own schools; None where it is not known."""

    measure: Measure
    here: float | None
    own: GroupMean


def beside(programme: Programme, school: School) -> tuple[AcademicYear | None, list[Beside]]:
    """Returns a school's numbers beside those of the hub's own schools, in the last year published of it."""
    partners = partner_schools(programme)
    published = published_contexts([school.pk, *(one.pk for one in partners)])
    year = next((one.year for one in published.get(school.pk, ())), None)
    numbers = numbers_of(school, published.get(school.pk, ()), year)
    own = [numbers_of(one, published.get(one.pk, ()), year) for one in partners]
    return year, [Beside(BY_FIELD[field], numbers[field], _mean([one[field] for one in own])) for field in MATCHED]


def _mean(known: Iterable[float | None]) -> GroupMean:
    values = [value for value in known if value is not None]
    return GroupMean(len(values), fmean(values) if values else None)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _phases(ours: Collection[School], theirs: Collection[School]) -> tuple[tuple[str, int, int], ...]:
    """Returns each phase there is with how many schools of each group are of it."""
    counts = [[school.phase for school in group] for group in (ours, theirs)]
    return tuple(
        (str(label), counts[0].count(phase), counts[1].count(phase))
        for phase, label in School.Phase.choices
        if phase in counts[0] or phase in counts[1]
    )


def _results(
    published: Mapping[int, Sequence[Context]], ours: Collection[School], theirs: Collection[School]
) -> tuple[ResultTable, ...]:
    years = sorted({one.year.pk for contexts in published.values() for one in contexts}, reverse=True)
    by_year = {(urn, one.year.pk): one for urn, contexts in published.items() for one in contexts}

    def mean(field: str, year: int, group: Collection[School]) -> GroupMean:
        return _mean(_number(getattr(by_year.get((school.pk, year)), field, None)) for school in group)

    tables = []
    for field in RESULTS:
        lines = (YearLine(AcademicYear(year=y), mean(field, y, ours), mean(field, y, theirs)) for y in years)
        known = tuple(line for line in lines if line.in_harmony.schools or line.comparison.schools)
        if known:
            tables.append(ResultTable(BY_FIELD[field], known))
    return tuple(tables)


def choices_stand(programme: Programme) -> str:
    """
    Returns what names the comparison schools of a hub and what is kept of them, another where any changes; one
    statement.

    Their rows are no rows of the hub's, whose version (`evaluation.queries.kept`) does not tell of them.
    """
    found = ComparisonSchool.objects.filter(programme=programme).aggregate(
        made=Count("pk", distinct=True),
        ended=Max("ended_at"),
        last=Max("pk"),
        years=Count("school__contexts"),
        kept=Max("school__contexts__kept_at"),
    )
    return "|".join(map(str, found.values()))


@dataclass(frozen=True)
class PublishedResults:
    """Results of partner schools, beside those of comparison schools where there are any, and who published them."""

    tables: tuple[ResultTable, ...]
    sources: tuple[str, ...]


def results_until(programme: Programme, partners: Sequence[School], year: int, user: User | None) -> PublishedResults:
    """
    Returns what is published of some partner schools of a hub and of its comparison schools, up to an academic year by
    its first calendar year; two statements.

    Without a person (a draft by the portal, the operator's command) the choices are all of the hub's that go on.
    """
    rows = ComparisonSchool.objects.all() if user is None else ComparisonSchool.objects.visible_to(user)
    theirs = [one.school for one in rows.going_on().filter(programme=programme).select_related("school")]
    published = {
        urn: [one for one in contexts if one.year.pk <= year]
        for urn, contexts in published_contexts([school.pk for school in (*partners, *theirs)]).items()
    }
    used = [
        one
        for contexts in published.values()
        for one in contexts
        if any(getattr(one, field) is not None for field in RESULTS)
    ]
    return PublishedResults(_results(published, partners, theirs), published_by(used))


def exported(user: User, programme: Programme) -> Iterable[tuple[School, ComparisonSchool | None, Context | None]]:
    """Yields each school of both groups with each published year, and once with none where there is no year."""
    chosen = [one for one in choices_of(user, programme) if one.ended_at is None]
    both = [*((school, None) for school in partner_schools(programme)), *((one.school, one) for one in chosen)]
    published = published_contexts([school.pk for school, _ in both])
    for school, choice in both:
        for context in published.get(school.pk, [None]):
            yield school, choice, context
