"""What an import compares a class list with: the programme's children who could be meant, and where they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.fields.reverse_related import ForeignObjectRel

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from participants.models import Child, Enrolment, Membership, Placement, RosterImport, RosterRow
from participants.models.enrolment import YearGroup
from participants.validators.names import folded
from programmes.models import Ensemble, Partnership

COLUMNS = (
    *("forename", "surname", "known_as", "date_of_birth", "sex", "upn_hash", "upn_sealed", "ethnicity"),
    *("first_language", "is_eal", "sen", "is_pupil_premium", "is_fsm", "is_fsm6", "home_decile"),
)
KEPT = ("roster_import_id", "revision", "sort_key")


@dataclass(slots=True)
class Stay:
    """An enrolment of a known child."""

    id: int
    school_id: int | None
    starts_on: date
    ends_on: date | None
    roster_import_id: int | None
    revision: int


@dataclass(slots=True)
class Place:
    """A placement of a known child in the year of the list."""

    id: int
    enrolment_id: int
    year_group: str
    school_class: str
    rolled_in_id: int | None
    roster_import_id: int | None
    revision: int

    @property
    def is_listed(self) -> bool:
        """Whether somebody said so of the child; the turn of the year alone says nothing of who came back."""
        return self.rolled_in_id is None or self.roster_import_id is not None


@dataclass(slots=True)
class KnownChild:
    """A child of the programme as it stands: columns by name, enrolments by date, placements of the year."""

    id: int
    columns: dict[str, Any]
    stays: list[Stay] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class ChildOnRoll:
    """A child enrolled at the list's school: their enrolment, year group and class, forename and surname folded."""

    id: int
    stay: Stay
    year_group: str
    school_class: str
    person: tuple[str, str]

    def is_among(self, year_groups: Collection[str], school_classes: Collection[str]) -> bool:
        """Whether a list of these year groups (or, where it has none, these classes) should have the child."""
        if year_groups and self.year_group:
            return self.year_group in year_groups
        if school_classes and self.school_class:
            return self.school_class in school_classes
        return not year_groups and not school_classes


@dataclass(slots=True)
class OnRoll:
    """Who is on roll at the list's school, who of them leaves with it (ids), and the last day of those who do."""

    children: list[ChildOnRoll]
    leaving: Collection[int]
    last_day: date


def importable_partnerships(user: User, day: date) -> QuerySet[Partnership]:
    """Returns the partner schools of a day whose class lists the person may import, by name."""
    partnerships = Partnership.objects.visible_to(user).on(day)
    programmes = user.reach.programmes_for(Permission.IMPORT_ROSTER)
    return (
        partnerships.filter(programme_id__in=programmes)
        .select_related("school", "programme")
        .order_by("school__name", "school_id")
    )


def known_children(
    user: User,
    programme_id: int,
    *,
    upn_hashes: Iterable[str],
    born_on: Iterable[date],
    sort_keys: Iterable[str],
    year: int,
) -> list[KnownChild]:
    """Returns the children the person sees who share a UPN, a date of birth or a name with the list.

    Three statements, whatever the length of the list.
    """
    listed = (
        Q(upn_hash__in=_among("text", upn_hashes))
        | Q(date_of_birth__in=_among("date", born_on))
        | Q(sort_key__in=_among("text", sort_keys))
    )
    children = Child.objects.visible_to(user).filter(listed, programme_id=programme_id).order_by("id")
    known = {
        row[0]: KnownChild(row[0], dict(zip(COLUMNS + KEPT, row[1:], strict=True)))
        for row in children.values_list("id", *COLUMNS, *KEPT)
    }
    _add_whereabouts(user, known, year)
    return list(known.values())


def children_on_roll(
    user: User, programme_id: int, school_id: int | None, *, year: int, day: date
) -> list[ChildOnRoll]:
    """Returns who is enrolled at a school on a day, each with the year group of a year, by name; two statements.

    Who has none in that year yet is taken to have moved up from the year before.
    """
    enrolled = Enrolment.objects.visible_to(user).on(day).filter(programme_id=programme_id, school=school_id)
    stays = enrolled.order_by("child__sort_key", "child_id").values_list(
        *("child_id", "id", "school_id", "starts_on", "ends_on", "roster_import_id", "revision"),
        *("child__forename", "child__surname"),
    )
    rows = list(stays)
    placements = Placement.objects.visible_to(user).filter(
        enrolment_id__in=_among("bigint", (row[1] for row in rows)), academic_year_id__in=(year - 1, year)
    )
    placed: dict[int, tuple[int, str, str]] = {}
    for enrolment, of_year, group, school_class in placements.order_by("academic_year_id").values_list(
        "enrolment_id", "academic_year_id", "year_group", "school_class"
    ):
        placed[enrolment] = (of_year, group, school_class)
    found = []
    for child, pk, *rest, forename, surname in rows:
        of_year, group, school_class = placed.get(pk, (year, "", ""))
        if of_year < year:
            after = YearGroup(group).after(1) if group else None
            group, school_class = after.value if after else "", ""
        found.append(ChildOnRoll(child, Stay(pk, *rest), group, school_class, (folded(forename), folded(surname))))
    return found


def standing(programme_id: int, year: int) -> str:
    """Returns a fingerprint of a programme's children, their enrolments and their placements of a year.

    It is made of where each row version lies and which transaction wrote it (PostgreSQL's ctid and xmin), so whatever
    changes one of them, by whatever way, gives another.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"programme": programme_id, "year": year})
        return str(cursor.fetchone()[0])


_HASHED = "coalesce(bit_xor(hashtextextended(ctid::text || xmin::text, id)), 0) || ':' || count(*)"
_STANDING = f"""SELECT concat_ws('/',
  (SELECT {_HASHED} FROM participants_child WHERE programme_id = %(programme)s),
  (SELECT {_HASHED} FROM participants_enrolment WHERE programme_id = %(programme)s),
  (SELECT {_HASHED} FROM participants_placement WHERE programme_id = %(programme)s AND academic_year_id = %(year)s))
"""  # noqa: S608 - names are written above


def _among(kind: str, values: Iterable[Any]) -> RawSQL:
    """A list as one parameter, however long."""
    return RawSQL(f"SELECT unnest(%s::{kind}[])", [sorted(set(values))])  # noqa: S611 - `kind` is written above


def _add_whereabouts(user: User, known: dict[int, KnownChild], year: int) -> None:
    among = _among("bigint", known)
    stays = Enrolment.objects.visible_to(user).filter(child_id__in=among).order_by("starts_on")
    for child, pk, *rest in _tuples(stays, "school_id", "starts_on", "ends_on"):
        known[child].stays.append(Stay(pk, *rest))
    places = Placement.objects.visible_to(user).filter(child_id__in=among, academic_year_id=year)
    for child, pk, *rest in _tuples(places, "enrolment_id", "year_group", "school_class", "rolled_in_id"):
        known[child].places.append(Place(pk, *rest))


def _tuples(rows: QuerySet[Any], *columns: str) -> Iterable[tuple[Any, ...]]:
    return rows.values_list("child_id", "id", *columns, "roster_import_id", "revision")


def children_with_other_rows(child_ids: Iterable[int], besides: dict[type, Q | None]) -> dict[int, set[str]]:
    """Returns, for the children something else hangs on, the kinds of rows that do; one statement a kind.

    `besides` says, by model, which rows do not count because they would go with the child; None for all of them.
    """
    hanging: dict[int, set[str]] = defaultdict(set)
    for relation in Child._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model: Any = relation.related_model
        ignored = besides.get(model, Q(pk__in=[]))
        if ignored is None:
            continue
        name = relation.field.attname
        rows = model._base_manager.filter(**{f"{name}__in": _among("bigint", child_ids)}).exclude(ignored)
        for child in rows.values_list(name, flat=True).distinct():
            hanging[child].add(str(model._meta.verbose_name))
    return hanging


def candidates(user: User, ids: Iterable[int], year: int) -> dict[int, dict[str, Any]]:
    """Returns, by id, the children close matches point at: name, date of birth, class of the year, school of today."""
    place = Placement.objects.visible_to(user).filter(child=OuterRef("pk"), academic_year_id=year).order_by("-id")
    stay = Enrolment.objects.visible_to(user).filter(child=OuterRef("pk")).order_by("-starts_on")
    children = Child.objects.visible_to(user).filter(pk__in=_among("bigint", ids))
    return {
        child.pk: {
            "name": f"{child.forename} {child.surname}".strip(),
            "born": child.date_of_birth,
            "school_class": child.school_class or "",
            "school": child.school or "No school",
        }
        for child in children.annotate(
            school_class=Subquery(place.values("school_class")[:1]), school=Subquery(stay.values("school__name")[:1])
        )
    }


@dataclass(frozen=True)
class EnsembleOffered:
    """An ensemble of the school that a class could join, and how many of the class are in it by now."""

    ensemble: Ensemble
    inside: int


@dataclass(frozen=True)
class ClassOnList:
    """A school class of a list: its name, how many rows of the list are in it, and what it could join."""

    name: str
    rows: int
    choices: list[EnsembleOffered]


def classes_and_ensembles(roster_import: RosterImport, user: User, day: date) -> list[ClassOnList]:
    """Returns the school classes of a list, each with the ensembles of its school that play on a day.

    Those that most of the class are in stand first. Three statements.
    """
    ensembles = list(
        Ensemble.objects.visible_to(user)
        .filter(programme_id=roster_import.programme_id, school=roster_import.school_id)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .order_by("name", "pk")
    )
    if not ensembles:
        return []
    in_class = KeyTextTransform("school_class", KeyTextTransform("file", "fields"))
    rows = RosterRow.objects.filter(roster_import=roster_import, row__isnull=False).exclude(
        outcome=RosterRow.Outcome.REFUSED
    )
    children: dict[str, set[int]] = defaultdict(set)
    sizes: dict[str, int] = defaultdict(int)
    for name, child in rows.annotate(in_class=in_class).values_list("in_class", "child_id"):
        if name:
            sizes[name] += 1
            children[name].update([child] if child else [])
    inside: dict[int, set[int]] = defaultdict(set)
    members = Membership.objects.visible_to(user).filter(ensemble__in=ensembles).exclude(ends_on__lt=day)
    for ensemble, child in members.values_list("ensemble_id", "child_id"):
        inside[ensemble].add(child)
    return [
        ClassOnList(
            name,
            sizes[name],
            sorted(
                (EnsembleOffered(each, len(inside[each.pk] & children[name])) for each in ensembles),
                key=lambda offered: -offered.inside,
            ),
        )
        for name in sorted(sizes)
    ]


def left_out_rows(roster_import: RosterImport) -> QuerySet[RosterRow]:
    """Returns the rows of the file that accepting does not take, or did not: refused, left out, or not decided."""
    undecided = Q(outcome=RosterRow.Outcome.CLOSE_MATCH) & ~Q(decision__in=("same", "another"))
    refused = Q(outcome=RosterRow.Outcome.REFUSED)
    return RosterRow.objects.filter(undecided | refused, roster_import=roster_import, row__isnull=False).order_by("row")
