"""
What schools were like, year by year, as values.

`published_context` is what any page may show. What the hub entered and nobody published is read by `seen_context`, for
who may see it: the share of a small school can give a child away.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.models import AuditEvent
from schools.models import AcademicYear, School, SchoolContext
from schools.models.context import NUMBERS, schools_seen_by

Number = int | Decimal | None


@dataclass(frozen=True)
class Measure:
    """One number about a school: its name, its unit, and what exactly it says."""

    field: str
    name: str
    unit: str
    definition: str


MEASURES = (
    Measure("roll", "Pupils on roll", "", "Pupils at the school at the January census."),
    Measure("fsm_percent", "Free school meals", "%", "Share of pupils who are eligible for free school meals now."),
    Measure(
        "pupil_premium_percent",
        "Pupil Premium",
        "%",
        "Share of pupils who were eligible for free school meals at any time in six years (Ever 6), by which Pupil "
        "Premium is paid; where no such number is published, disadvantaged pupils at the end of key stage 2.",
    ),
    Measure("eal_percent", "English as an additional language", "%", "Pupils whose first language is another."),
    Measure("sen_percent", "Special educational needs", "%", "Share of pupils with SEN support or with a plan (EHCP)."),
    Measure("imd_decile", "Deprivation decile (IMD)", "", "Of the school’s own place; 1 is the most deprived tenth."),
    Measure(
        "idaci_decile", "Deprivation decile, children (IDACI)", "", "As above, by the income of families with children."
    ),
    Measure(
        "attendance_percent",
        "School attendance",
        "%",
        "Half days attended of those possible, as the Department counts them: 100 less overall absence. Never ours.",
    ),
    Measure(
        "persistent_absence_percent", "Persistent absence", "%", "Pupils who missed a tenth of their half days or more."
    ),
    Measure(
        "expected_percent",
        "Expected standard, key stage 2",
        "%",
        "Of pupils at its end, in reading, writing and mathematics together.",
    ),
    Measure("higher_percent", "Higher standard, key stage 2", "%", "Of the same pupils, in all three together."),
)


@dataclass(frozen=True)
class Context:
    """What a school was like in one year. A number is None where nothing is known, or nothing may be shown."""

    urn: int
    year: AcademicYear
    roll: int | None
    fsm_percent: Decimal | None
    pupil_premium_percent: Decimal | None
    eal_percent: Decimal | None
    sen_percent: Decimal | None
    imd_decile: int | None
    idaci_decile: int | None
    attendance_percent: Decimal | None
    persistent_absence_percent: Decimal | None
    expected_percent: Decimal | None
    higher_percent: Decimal | None
    source: str
    # of this record: fields that were entered by hand, and whether those can be read elsewhere
    by_hand: tuple[str, ...] = ()
    is_published: bool = True
    kept_at: datetime | None = None

    def numbers(self) -> dict[str, Number]:
        """Returns the numbers by the names of their fields, in the order of the page."""
        return {name: getattr(self, name) for name in NUMBERS}


def published_context(urn: int) -> list[Context]:
    """Returns what is published of a school, the latest year first; years of which nothing is are left out."""
    return published_contexts([urn]).get(urn, [])


def published_contexts(urns: Collection[int] | None = None, *, year: int | None = None) -> dict[int, list[Context]]:
    """Returns what is published of schools (of all unless some are named), by URN; one statement however many."""
    rows = SchoolContext.objects.order_by("school_id", "-academic_year_id")
    rows = rows if urns is None else rows.filter(school__in=urns)
    rows = rows if year is None else rows.filter(academic_year=year)
    found: dict[int, list[Context]] = {}
    for row in rows:
        hidden = () if row.is_published else tuple(row.by_hand)
        context = _context(row, hidden, _sources(row, with_hand=row.is_published))
        if any(value is not None for value in context.numbers().values()):
            found.setdefault(row.school_id, []).append(context)
    return found


def published_by(contexts: Iterable[Context]) -> tuple[str, ...]:
    """Returns who published some numbers, each source once with the years they are of, by name."""
    years: dict[str, set[AcademicYear]] = {}
    for one in contexts:
        years.setdefault(one.source, set()).add(one.year)
    return tuple(
        f"{source} ({', '.join(map(str, sorted(of, key=lambda year: year.pk)))})"
        for source, of in sorted(years.items())
        if source
    )


def seen_context(user: User, school: School) -> list[Context]:
    """Returns everything the person sees of a school, hand-entered numbers among it, the latest year first."""
    rows = SchoolContext.objects.visible_to(user).filter(school=school).order_by("-academic_year_id")
    return [_context(row, (), _sources(row, with_hand=True)) for row in rows]


def _context(row: SchoolContext, hidden: Collection[str], source: str) -> Context:
    numbers = {name: None if name in hidden else getattr(row, name) for name in NUMBERS}
    by_hand = tuple(name for name in row.by_hand if name not in hidden)
    return Context(
        urn=row.school_id,
        year=AcademicYear(year=row.academic_year_id),
        source=source,
        by_hand=by_hand,
        is_published=row.is_published,
        kept_at=row.kept_at,
        **numbers,
    )


def _sources(row: SchoolContext, *, with_hand: bool) -> str:
    return "; ".join(filter(None, (row.source, row.source_by_hand if with_hand else "")))


@dataclass(frozen=True)
class SchoolLine:
    """A school in the list: the years of which numbers are kept, the latest first."""

    school: School
    years: tuple[str, ...]
    has_unpublished: bool


def schools_with_years(user: User, permission: Permission = Permission.SEE_SCHOOL_CONTEXT) -> list[SchoolLine]:
    """Returns the schools the person sees numbers of, by name, with the years there are; two statements."""
    kept: dict[int, list[SchoolContext]] = {}
    for row in SchoolContext.objects.visible_to(user).order_by("-academic_year_id"):
        kept.setdefault(row.school_id, []).append(row)
    return [
        SchoolLine(
            school,
            tuple(str(AcademicYear(year=row.academic_year_id)) for row in kept.get(school.pk, ())),
            any(row.by_hand and not row.is_published for row in kept.get(school.pk, ())),
        )
        for school in schools_seen_by(user, permission).order_by("name", "urn")
    ]


def exported(user: User) -> Iterable[tuple[School, Context | None]]:
    """Yields each school with each of its years, and once with none where there is no year."""
    kept: dict[int, list[Context]] = {}
    for row in SchoolContext.objects.visible_to(user).order_by("-academic_year_id"):
        kept.setdefault(row.school_id, []).append(_context(row, (), _sources(row, with_hand=True)))
    for school in schools_seen_by(user, Permission.SEE_SCHOOL_CONTEXT).order_by("name", "urn"):
        for context in kept.get(school.pk, [None]):
            yield school, context


@dataclass(frozen=True)
class Change:
    """Who entered which numbers when."""

    at: datetime
    who: str
    year: str
    fields: tuple[str, ...]


def changes_of(school: School) -> list[Change]:
    """Returns who entered numbers of a school by hand, the last first."""
    ids = SchoolContext.objects.filter(school=school).values_list("pk", flat=True)
    told = AuditEvent.objects.filter(
        act="school_context.entered", subject=SchoolContext._meta.label_lower, subject_id__in=list(ids)
    )
    entries = list(told.order_by("-at")[:100])
    names = dict(User.objects.filter(pk__in={entry.actor_id for entry in entries}).values_list("pk", "name"))
    words = {measure.field: measure.name for measure in MEASURES}
    return [
        Change(
            entry.at,
            names.get(entry.actor_id or 0, "Somebody"),
            str(entry.details.get("year", "")),
            tuple(words.get(name, name) for name in entry.details.get("fields", ())),
        )
        for entry in entries
    ]
