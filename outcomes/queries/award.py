"""Awards of children, and the groups of children for whom many are recorded at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from inharmony.accounts.models import User
from outcomes.awards.structure import AwardKind
from outcomes.models import Award
from participants.models import Child, Placement
from participants.queries.membership import members
from programmes.models import Ensemble, Programme
from schools.models import AcademicYear

ENSEMBLE, CLASS = "ensemble", "class"
Choices = list[tuple[str, list[tuple[str, str]]]]


def groups_of(user: User, programme: Programme, day: date) -> Choices:
    """Returns the ensembles and school classes of a hub that the person sees, as grouped choices; two statements."""
    ensembles = Ensemble.objects.visible_to(user).filter(programme=programme).exclude(ends_on__lt=day)
    classes = _placed(user, programme, day).order_by("enrolment__school__name", "school_class")
    named = classes.values_list("enrolment__school_id", "enrolment__school__name", "school_class").distinct()
    return [
        ("Ensembles", [(f"{ENSEMBLE}-{one.pk}", one.name) for one in ensembles]),
        ("School classes", [(f"{CLASS}-{urn}-{name}", f"{name}, {school}") for urn, school, name in named]),
    ]


def children_of(user: User, programme: Programme, key: str, day: date) -> list[Child]:
    """Returns the children of a group by its key, by name; nobody for a key that is not on offer."""
    kind, _, rest = key.partition("-")
    if kind == ENSEMBLE:
        found = Ensemble.objects.visible_to(user).filter(programme=programme, pk=int(rest)).first()
        return list(members(found, user, day)) if found else []
    urn, _, name = rest.partition("-")
    placed = _placed(user, programme, day).filter(enrolment__school_id=int(urn), school_class=name)
    return list(Child.objects.visible_to(user).filter(pk__in=placed.values("child")))


def _placed(user: User, programme: Programme, day: date) -> QuerySet[Placement]:
    year = AcademicYear.year_of(day)
    inside = Q(enrolment__ends_on__isnull=True) | Q(enrolment__ends_on__gte=day)
    placed = Placement.objects.visible_to(user).filter(inside, programme=programme, academic_year_id=year)
    return placed.filter(enrolment__school__isnull=False, enrolment__starts_on__lte=day).exclude(school_class="")


def awards_by_child(user: User, children: Iterable[int], kind: AwardKind) -> dict[int, list[Award]]:
    """Returns the awards of children that stand in any grade of a syllabus, the latest first; one statement."""
    syllabus = kind.syllabus
    rows = Award.objects.visible_to(user).standing().filter(board=syllabus.board, award=syllabus.key)
    found: dict[int, list[Award]] = defaultdict(list)
    for award in rows.filter(child__in=set(children)).order_by(F("taken_on").desc(), "-pk"):
        found[award.child_id].append(award)
    return found
