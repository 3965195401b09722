"""What an import compares a class list with: the programme's children who could be meant, and where they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.fields.reverse_related import ForeignObjectRel

from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from participants.models import Child, Enrolment, Placement
from programmes.models import Partnership

COLUMNS = (
    *("forename", "surname", "known_as", "date_of_birth", "sex", "upn_hash", "upn_sealed", "ethnicity"),
    *("first_language", "is_eal", "sen", "is_pupil_premium", "is_fsm", "is_fsm6"),
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
