"""What schools say is otherwise on their class lists, beside what stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from inharmony.accounts.models import User
from participants.models import Child, Enrolment, ListProposal, Placement
from participants.queries.list_by_link import in_words, mark_of
from participants.validators.names import sort_key
from programmes.models import Programme
from schools.models import School

Kind, State = ListProposal.Kind, ListProposal.State


@dataclass(frozen=True)
class Proposed:
    """A proposal beside what stands now: what the school saw, what it says, and whether it was changed meanwhile."""

    row: ListProposal
    now: dict[str, Any] | None
    # children of the hub with the name of one who is missing
    known: tuple[Child, ...] = ()

    @property
    def before_words(self) -> str:
        """What the school saw; nothing of a child who is on no list."""
        return in_words(self.row.kind, self.row.before) if self.row.before else ""

    @property
    def now_words(self) -> str:
        """What stands now."""
        return in_words(self.row.kind, self.now) if self.now is not None else "Not at the school"

    @property
    def proposed_words(self) -> str:
        """What the school says."""
        return in_words(self.row.kind, self.row.proposed)

    @property
    def is_changed(self) -> bool:
        """Whether it was changed since the school looked, and not into what the school says."""
        return self.row.kind != Kind.MISSING and self.now not in (self.row.before, self.row.proposed)

    @property
    def is_so(self) -> bool:
        """Whether it stands by now as the school says."""
        return self.row.kind != Kind.MISSING and self.now == self.row.proposed

    @property
    def seen(self) -> str:
        """What whoever accepts it has seen; another by the time it is sent is shown again."""
        return mark_of(self.now)


def proposals_of(programme: Programme, school: School, user: User) -> list[Proposed]:
    """
    Returns what a school said about its class lists and is kept, beside what stands now: open first, then by child.

    At most four statements, whatever their number.
    """
    found = ListProposal.objects.visible_to(user).exclude(state=State.REPLACED)
    of_school = found.filter(programme=programme, list_check__school=school)
    rows = list(of_school.select_related("child", "decided_by", "answer", "list_check"))
    now = _standing(rows, school.pk)
    known = _known(programme, [row for row in rows if row.kind == Kind.MISSING and row.state == State.OPEN], user)
    beside_now = [Proposed(row, now.get(row.pk), known.get(_key_of(row), ())) for row in rows]
    order = [State.OPEN.value, State.ACCEPTED.value, State.DECLINED.value]
    return sorted(beside_now, key=lambda each: (order.index(each.row.state), _name_of(each.row), each.row.pk))


def beside(row: ListProposal) -> Proposed:
    """Returns one proposal beside what stands now, for an act that has locked it."""
    return Proposed(row, _standing([row], row.list_check.school_id).get(row.pk))


def _name_of(row: ListProposal) -> str:
    return row.child.sort_key if row.child is not None else _key_of(row)


def _key_of(row: ListProposal) -> str:
    return sort_key(row.proposed["surname"], row.proposed["forename"]) if row.kind == Kind.MISSING else ""


def stay_at(school_id: int, child_id: int) -> Enrolment | None:
    """Returns the enrolment of a child at a school that began last, ended or not."""
    return Enrolment.objects.filter(child=child_id, school=school_id).order_by("-starts_on").first()


def _standing(rows: Sequence[ListProposal], school_id: int) -> dict[int, dict[str, Any]]:
    """What stands now of whom proposals are about, by proposal; nothing of who is not at the school any more."""
    children = {row.child_id for row in rows if row.child_id is not None}
    if not children:
        return {}
    of_school = Enrolment.objects.filter(child__in=children, school=school_id).order_by("starts_on")
    stays = {stay.child_id: stay for stay in of_school}
    of_stays = Placement.objects.filter(enrolment__in=[stay.pk for stay in stays.values()])
    places = {(place.child_id, place.academic_year_id): place for place in of_stays}
    year = {row.pk: row.list_check.academic_year_id for row in rows}
    return {
        row.pk: _facts(row.kind, row.child, stays[row.child_id], places.get((row.child_id, year[row.pk])))
        for row in rows
        if row.child is not None and row.child_id in stays
    }


def _facts(kind: str, child: Child, stay: Enrolment, place: Placement | None) -> dict[str, Any]:
    if kind == Kind.NAME:
        return {"forename": child.forename, "surname": child.surname}
    if kind == Kind.CLASS:
        return {
            "year_group": place.year_group if place else "",
            "school_class": place.school_class if place else "",
        }
    return {"ends_on": stay.ends_on.isoformat() if stay.ends_on else None}


def _known(programme: Programme, missing: Sequence[ListProposal], user: User) -> dict[str, tuple[Child, ...]]:
    """The children of the hub who have the name of one who is missing at a school, by that name."""
    keys = {_key_of(row) for row in missing}
    found: dict[str, tuple[Child, ...]] = {}
    if keys:
        for child in Child.objects.visible_to(user).filter(programme=programme, sort_key__in=keys):
            found[child.sort_key] = (*found.get(child.sort_key, ()), child)
    return found
