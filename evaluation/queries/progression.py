"""Musical progression of a hub in a period, counted from its rows: of what the person sees, in a scope of the hub."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from evaluation.figures import progression as figures
from evaluation.figures.period import Period
from evaluation.figures.progression import Awarded, LevelTally
from evaluation.figures.table import Table
from evaluation.queries.seen import seen
from inharmony.accounts.models import User
from outcomes.awards.boards import BY_KEY
from outcomes.awards.structure import Result
from outcomes.models import Award
from participants.models import Destination, Enrolment, Membership, Placement, Playing
from participants.models.enrolment import YearGroup
from programmes.models import Ensemble, Programme
from schools.models import School

LAST_OF_PRIMARY = YearGroup.Y6


@dataclass(frozen=True)
class Progression:
    """The awards of a period, its instruments, its ensembles by level, and how those play on who left Year 6."""

    awards: tuple[Awarded, ...]
    instruments: Mapping[str, int]
    levels: Mapping[str, LevelTally]
    plays: tuple[str, ...]

    def table(self, key: str) -> Table:
        """Returns a table by its key; raises KeyError for a key that is of none of these."""
        return TABLES[key](self)


TABLES: Mapping[str, Callable[[Progression], Table]] = {
    figures.CHILDREN_BY_LEVEL: lambda found: figures.children_by_level(found.awards),
    figures.AWARDS_BY_LEVEL: lambda found: figures.awards_by_level(found.awards),
    figures.AWARDS_BY_RESULT: lambda found: figures.awards_by_result(found.awards),
    figures.INSTRUMENTS: lambda found: figures.instruments_learned(found.instruments),
    figures.ENSEMBLES_BY_LEVEL: lambda found: figures.ensembles_by_level(found.levels),
    figures.AFTER_YEAR_6: lambda found: figures.after_year_6(found.plays),
}


def awarded_at(
    school: School, programme: Programme, period: Period, user: User | None, today: date
) -> tuple[Awarded, ...]:
    """Returns the awards that children of a school took in a period, up to a day; three statements."""
    here = seen(Enrolment.objects.all(), user).filter(_meanwhile(period, period.ends_on), programme=programme)
    children = set(here.filter(school=school).order_by().values_list("child_id", flat=True))
    return tuple(one for one in _awards(programme, period, user, min(period.ends_on, today)) if one.child in children)


def progression(programme: Programme, period: Period, user: User | None, today: date) -> Progression:
    """Returns what a hub's rows say of a period, up to a day; seven statements."""
    until = min(period.ends_on, today)
    return Progression(
        tuple(_awards(programme, period, user, until)),
        _instruments(programme, period, user, until),
        _levels(programme, period, user, until),
        tuple(_plays(programme, period, user)),
    )


def _awards(programme: Programme, period: Period, user: User | None, until: date) -> list[Awarded]:
    rows = (
        seen(Award.objects.all(), user)
        .standing()
        .filter(programme=programme, taken_on__range=(period.starts_on, until))
    )
    # where two records of a child became one, an award may be there twice
    what = ("child_id", "taken_on", "board", "award", "grade", "instrument", "result")
    taken = list(rows.order_by().values_list(*what).distinct())
    placed = seen(Placement.objects.all(), user).filter(programme=programme, academic_year_id=period.year)
    # of a child who changed school in the year, where they are now
    of_child = placed.filter(child__in={row[0] for row in taken}).order_by("enrolment__starts_on", "pk")
    groups = dict(of_child.values_list("child_id", "year_group"))
    return [
        Awarded(child, BY_KEY[f"{board}.{award}.{grade}"], Result(result), groups.get(child, ""))
        for child, _, board, award, grade, _, result in taken
    ]


def _meanwhile(period: Period, until: date) -> Q:
    return Q(starts_on__lte=until) & (Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on))


def _instruments(programme: Programme, period: Period, user: User | None, until: date) -> dict[str, int]:
    played = seen(Playing.objects.all(), user).filter(_meanwhile(period, until), programme=programme).order_by()
    return dict(played.values_list("instrument").annotate(many=Count("child", distinct=True)))


def _levels(programme: Programme, period: Period, user: User | None, until: date) -> dict[str, LevelTally]:
    meanwhile = _meanwhile(period, until)
    playing = seen(Ensemble.objects.all(), user).filter(meanwhile, programme=programme).order_by()
    inside = seen(Membership.objects.all(), user).filter(meanwhile, ensemble__in=playing).order_by()
    children = dict(inside.values_list("ensemble__level").annotate(many=Count("child", distinct=True)))
    found = playing.values_list("level").annotate(many=Count("pk"))
    return {level: LevelTally(many, children.get(level, 0)) for level, many in found}


def _plays(programme: Programme, period: Period, user: User | None) -> list[str]:
    of_hub = seen(Destination.objects.all(), user).filter(programme=programme)
    left = of_hub.filter(last_day__range=(period.starts_on, period.ends_on)).order_by("last_day", "pk")
    # each child once, by where they went last
    went = {
        child: (enrolment, plays) for child, enrolment, plays in left.values_list("child_id", "enrolment_id", "plays")
    }
    placed = seen(Placement.objects.all(), user).filter(enrolment__in={enrolment for enrolment, _ in went.values()})
    # the year group they were in last: who leaves in September has no place in the new year
    groups = dict(placed.order_by("academic_year_id").values_list("enrolment_id", "year_group"))
    return [plays for enrolment, plays in went.values() if groups.get(enrolment) == LAST_OF_PRIMARY]
