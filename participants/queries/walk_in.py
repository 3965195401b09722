"""Reads for a child who came to a session and is not in its ensemble."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from inharmony.accounts.models import User
from participants.models import Child, Enrolment, Placement
from participants.models.enrolment import YearGroup
from participants.queries.attendance import expected_ids
from participants.validators.names import folded, matching
from participants.validators.walk_in import child_of
from programmes.models import Session
from schools.models import AcademicYear

# more of one name than a page can tell apart by their year groups are for the hub administrator
FEW = 8


@dataclass(frozen=True)
class Walker:
    """A child found for a register: what tells namesakes apart, and whether they stand in the register anyway."""

    child_id: int
    name: str
    about: tuple[str, ...]
    is_expected: bool


def may_seek_by_part(session: Session, user: User) -> bool:
    """Returns whether a part of a name is enough for the person; others must know the whole name."""
    return session.programme_id in user.reach.whole_programmes


def walkers(session: Session, user: User, search: str) -> list[Walker]:
    """
    Returns the first few children who could be added to a register by a name, in name order; three statements.

    Whoever sees only ensembles of their own is shown a child for the whole name alone, as it is written or with the
    name used in class, whatever its accents and capitals: a list of all names of a school is not theirs to look
    through. Of these children they learn the year group and nothing else.
    """
    sees_all = may_seek_by_part(session, user)
    children = Child.objects.to_add(user, session)
    keys = _by_part(children, search) if sees_all else _by_whole_name(children, search)
    if not keys:
        return []
    year = AcademicYear.year_of(session.day)
    place = Placement.objects.filter(child=OuterRef("pk"), academic_year_id=year)
    found = children.filter(pk__in=keys).annotate(
        year_group=Subquery(place.values("year_group")[:1]), school_name=Subquery(_schools(session))
    )
    expected = set(expected_ids(session))
    return [
        Walker(child.pk, child.name, _about(child, sees_all=sees_all), child.pk in expected) for child in found[:FEW]
    ]


def _schools(session: Session) -> QuerySet[Enrolment, str]:
    begun = Enrolment.objects.on(session.day).filter(child=OuterRef("pk"))
    return begun.values(name=F("school__name"))[:1]  # type: ignore[return-value] # one column


def _about(child: Child, *, sees_all: bool) -> tuple[str, ...]:
    group = dict(YearGroup.choices).get(getattr(child, "year_group", "") or "", "Year group not known")
    school = getattr(child, "school_name", "") or ""
    return tuple(words for words in (group, school if sees_all else "") if words)


def _by_part(children: QuerySet[Child], search: str) -> list[int]:
    names = children.order_by().values_list("pk", "sort_key", "known_as")
    return matching(((pk, f"{key} {folded(known)}") for pk, key, known in names), search)


def _by_whole_name(children: QuerySet[Child], search: str) -> list[int]:
    words = folded(search).split()
    if not words:
        return []
    wanted = " ".join(words)
    # the surname may be of several words, and stands first in the key; of a child without one the name used in class
    # stands nowhere in it
    ends = Q(surname="")
    for place in range(1, len(words)):
        ends |= Q(sort_key__startswith=f"{' '.join(words[place:])} ")
    names = children.filter(ends).order_by().values_list("pk", "forename", "known_as", "surname")
    return [
        pk
        for pk, forename, known_as, surname in names
        if wanted in {folded(f"{first} {surname}") for first in (forename, known_as) if first}
    ]


def added_by(tokens: Mapping[int, str], session: Session, user: User) -> set[int]:
    """Returns the children whom tokens let this person mark at this session."""
    return {child for child, token in tokens.items() if child_of(token, session.pk, user.pk) == child}
