"""
What is counted without counting a child: sessions, registers, schools, ensembles, tutors, money, the schools' rolls.

Exact wherever it is shown. Of the country in the `figures` role, of one hub inside its own scope: by programme id.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek

from evaluation.figures.cells import Cells, Place, Said
from evaluation.figures.figure import rounded
from evaluation.figures.period import Period
from evaluation.figures.sessions import hours
from evaluation.menu import tables
from evaluation.menu.tables import ALL
from programmes.models import Ensemble, Income, Joining, Partnership, Session
from schools.models import SchoolContext

LENGTH = ExpressionWrapper(F("ends_at") - F("starts_at"), DurationField())
# shares of a school's whole roll, by the menu's column
ROLL = {"pupil_premium": "pupil_premium_percent", "sen": "sen_percent", "eal": "eal_percent"}


@dataclass(frozen=True)
class OperationalRows:
    """The rows that are counted without counting a child: of any programme and time, as far as they may be seen."""

    sessions: QuerySet[Session]
    partnerships: QuerySet[Partnership]
    income: QuerySet[Income]

    @classmethod
    def everybodys(cls) -> "OperationalRows":
        """Returns the rows of all programmes."""
        return cls(Session.objects.all(), Partnership.objects.all(), Income.objects.all())

    def of(self, period: Period, slugs: Iterable[int]) -> "OperationalRows":
        """Returns those of some programmes in a period; money is of the year."""
        ids = list(slugs)
        return OperationalRows(
            self.sessions.filter(programme__in=ids, day__range=(period.starts_on, period.ends_on)),
            self.partnerships.filter(_in_force(period), programme__in=ids),
            self.income.filter(programme__in=ids, academic_year=period.year),
        )


def operations(
    period: Period, slugs: Mapping[int, str], today: date, everything: OperationalRows | None = None
) -> Cells:
    """
    Returns the tables that count no child, of some programmes and of all these together; six statements.

    `everything` narrows what is counted to what somebody may see.
    """
    rows = (everything or OperationalRows.everybodys()).of(period, slugs)
    schools, ensembles = set(rows.partnerships.values_list("programme", "school").order_by()), _ensembles(rows)
    return {
        **_sessions(rows, slugs, today),
        tables.PROVISION: _provision(rows, slugs, schools, ensembles),
        tables.KINDS: _kinds(ensembles),
        tables.INCOME: _income(rows, period, slugs),
        tables.ROLL: _roll(period, slugs, schools),
    }


def weeks_of(period: Period, slugs: Mapping[int, str]) -> dict[str, int]:
    """Returns the weeks, Monday to Sunday, in which each programme took a register with names; one statement."""
    taken = OperationalRows.everybodys().of(period, slugs).sessions.filter(tally__isnull=False)
    weeks = taken.values("programme").annotate(weeks=Count(TruncWeek("day"), distinct=True)).order_by()
    counted = dict(weeks.values_list("programme", "weeks"))
    return {slug: counted.get(pk, 0) for pk, slug in slugs.items()}


def _summed(
    rows: Mapping[int, Mapping[str, Any]], slugs: Mapping[int, str], columns: Iterable[str]
) -> dict[Place, Said]:
    """A row for each programme and one for all, the latter first."""
    columns = list(columns)
    zero: Mapping[str, Any] = dict.fromkeys(columns, 0)
    own = {(slug, column): rows.get(pk, zero)[column] or 0 for pk, slug in slugs.items() for column in columns}
    whole = {(ALL, column): sum(own[slug, column] for slug in slugs.values()) for column in columns}
    return {place: Said(value) for place, value in (whole | own).items()}


def _sessions(found: OperationalRows, slugs: Mapping[int, str], today: date) -> Cells:
    held, off, past = Q(register_taken_at__isnull=False), Q(cancelled_at__isnull=False), Q(day__lt=today)
    reasons = [reason.value for reason in Session.CancelReason]
    rows: dict[int, dict[str, Any]] = {
        row["programme"]: {**row, "hours": hours(row["length"] or timedelta())}
        for row in found.sessions.values("programme")
        .annotate(
            planned=Count("pk"),
            held=Count("pk", filter=held),
            taken=Count("pk", filter=held),
            cancelled=Count("pk", filter=off),
            due=Count("pk", filter=held | ~off & past),
            length=Sum(LENGTH, filter=held),
            **{reason: Count("pk", filter=Q(cancel_reason=reason)) for reason in reasons},
        )
        .order_by()
    }
    sums = _summed(rows, slugs, ("planned", "held", "cancelled"))
    lengths = [row["length"] or timedelta() for row in rows.values()]
    # the whole is of all minutes, not of hours that were rounded already
    in_all = {(ALL, "hours"): Said(hours(sum(lengths, timedelta())))}
    return {
        tables.SESSIONS: _in_order({**sums, **_summed(rows, slugs, ("hours",)), **in_all}, slugs),
        tables.CANCELLED: _summed(rows, slugs, reasons),
        tables.REGISTERS: _summed(rows, slugs, ("taken", "due")),
    }


def _in_order(cells: Mapping[Place, Said], slugs: Mapping[int, str]) -> dict[Place, Said]:
    rows = [ALL, *slugs.values()]
    return dict(sorted(cells.items(), key=lambda item: rows.index(item[0][0])))


def _in_force(period: Period) -> Q:
    ends = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
    return ends & Q(starts_on__lte=period.ends_on)


def _ensembles(rows: OperationalRows) -> dict[tuple[int, str, str], int]:
    """Ensembles that play in a session of the period, their own or one they join, by programme, kind and level."""
    sessions = rows.sessions.filter(cancelled_at__isnull=True).order_by()
    joined = Joining.objects.filter(session__in=sessions.values("pk")).values("ensemble")
    found = Ensemble.objects.filter(Q(pk__in=sessions.values("ensemble")) | Q(pk__in=joined)).order_by()
    counted = found.values_list("programme", "kind", "level").annotate(Count("pk"))
    return {(programme, kind, level): count for programme, kind, level, count in counted}


def _provision(
    rows: OperationalRows,
    slugs: Mapping[int, str],
    schools: set[tuple[int, int]],
    ensembles: Mapping[tuple[int, str, str], int],
) -> dict[Place, Said]:
    partners = Counter(programme for programme, _ in schools)
    # who led: the tutor of a session, or, where none was named, the ensemble's own
    sessions = rows.sessions.filter(cancelled_at__isnull=True)
    named = sessions.filter(tutor__isnull=False).values_list("programme", "tutor")
    own = sessions.filter(tutor__isnull=True, ensemble__tutors__isnull=False).values_list(
        "programme", "ensemble__tutors"
    )
    tutors: dict[int, set[int]] = defaultdict(set)
    for programme, tutor in named.order_by().union(own.order_by()):
        tutors[programme].add(tutor)
    played: Counter[int] = Counter()
    for (programme, _, _), many in ensembles.items():
        played[programme] += many
    counts = {pk: {"schools": partners[pk], "ensembles": played[pk], "tutors": len(tutors[pk])} for pk in slugs}
    cells = _summed(counts, slugs, ("schools", "ensembles", "tutors"))
    # a school may work with two programmes
    cells[ALL, "schools"] = Said(len({school for _, school in schools}))
    return cells


def _kinds(ensembles: Mapping[tuple[int, str, str], int]) -> dict[Place, Said]:
    counts: Counter[tuple[str, str]] = Counter()
    for (_, kind, level), count in ensembles.items():
        counts[kind, level] += count
    levels = [level.value for level in Ensemble.Level]
    kinds = [kind.value for kind in Ensemble.Kind if any(counts[kind.value, level] for level in levels)]
    cells: dict[Place, Said] = {}
    for kind in [ALL, *kinds]:
        members = kinds if kind == ALL else [kind]
        own = {level: sum(counts[row, level] for row in members) for level in levels}
        cells |= {(kind, level): Said(count) for level, count in own.items()}
        cells[kind, ALL] = Said(sum(own.values()))
    return cells


def _income(found: OperationalRows, period: Period, slugs: Mapping[int, str]) -> dict[Place, Said]:
    """Of the whole year: money is not of a term. Nothing at all where nobody wrote any down."""
    if period.term:
        return {}
    rows: dict[int, dict[str, Any]] = {}
    sources = [source.value for source in Income.Source]
    for programme, source, amount in found.income.values_list("programme", "source", "amount"):
        row = rows.setdefault(programme, dict.fromkeys([*sources, ALL], Decimal(0)))
        row[source] += amount
        row[ALL] += amount
    if not rows:
        return {}
    cells = _summed(rows, slugs, [*sources, ALL])
    unknown = {slug for pk, slug in slugs.items() if pk not in rows}
    return {place: Said(symbol="x") if place[0] in unknown else _pounds(said) for place, said in cells.items()}


def _pounds(said: Said) -> Said:
    return Said(int(rounded(Decimal(said.value or 0), "1")))


def _roll(period: Period, slugs: Mapping[int, str], partners: set[tuple[int, int]]) -> dict[Place, Said]:
    """The schools' own rolls, by the last published table up to the year; a share is of the pupils it is known of."""
    schools: dict[str, set[int]] = {slug: set() for slug in [ALL, *slugs.values()]}
    for programme, school in partners:
        schools[slugs[programme]].add(school)
        schools[ALL].add(school)
    known = {
        context["school"]: context
        for context in SchoolContext.objects.filter(
            school__in=schools[ALL],
            academic_year__lte=period.year,
            origin=SchoolContext.Origin.TABLE,
            roll__isnull=False,
        )
        .order_by("school", "academic_year")
        .values("school", "roll", *ROLL.values(), "by_hand")
    }
    cells: dict[Place, Said] = {}
    for row, own in schools.items():
        contexts = [known[school] for school in own if school in known and "roll" not in known[school]["by_hand"]]
        pupils = sum(context["roll"] for context in contexts)
        cells[row, "pupils"] = Said(pupils) if pupils else Said(symbol="x")
        for column, field in ROLL.items():
            cells[row, column] = _weighed(contexts, field)
    return cells


def _weighed(contexts: Iterable[Mapping[str, Any]], field: str) -> Said:
    told = [one for one in contexts if one[field] is not None and field not in one["by_hand"]]
    pupils = sum(one["roll"] for one in told)
    if not pupils:
        return Said(symbol="x")
    return Said(int(rounded(Decimal(sum(one["roll"] * one[field] for one in told)) / pupils, "1")))
