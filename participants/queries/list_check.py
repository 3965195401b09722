"""A school's look at its class list: what the link shows, what the school said, and how each school stands."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from inharmony.access.roles import SCHOOL_LEAD
from inharmony.accounts.models import RoleAssignment, User
from inharmony.pages import dates
from participants.models import Child, Enrolment, ListAnswer, ListCheck, ListProposal, Placement
from participants.models.enrolment import YearGroup
from participants.validators.list_check import is_lead, is_partner, shut_since
from participants.validators.names import sort_key
from programmes.models import Partnership, Programme
from programmes.queries.agreement import agreement_gap
from programmes.queries.feed import hash_of
from schools.models import AcademicYear, School

Kind, State = ListProposal.Kind, ListProposal.State
YEAR_GROUPS = dict(YearGroup.choices)
_ORDER = {group.value: place for place, group in enumerate(YearGroup)}
Facts = Mapping[str, Any]


def check_of(secret: str) -> ListCheck | None:
    """Returns what the secret of a link opens, alive or dead; None for one that was never made or made anew."""
    found = ListCheck.objects.filter(secret_hash=hash_of(secret))
    return found.select_related("programme", "school", "academic_year", "asked_by").first()


def why_shut(check: ListCheck, today: date) -> str:
    """Returns why a link opens nothing on a day, in a sentence for who holds it; an empty text while it lives."""
    if check.ended_at is not None:
        return "The hub has ended this link."
    if today > check.ends_on:
        return f"This link was open until {dates.weekday(check.ends_on)}."
    return shut_since(check.programme, today) or _why_not_theirs(check, today)


def _why_not_theirs(check: ListCheck, today: date) -> str:
    """What was right when the school was asked may be wrong by now."""
    if check.lead_id is not None and not is_lead(check.lead_id, check.school_id):
        return "Whoever this link was sent to does not lead the school in this portal any more."
    if not is_partner(check.programme_id, check.school_id, today):
        return f"The school does not work with {check.programme.short_name} any more."
    if agreement_gap(check.programme, today):
        return "The agreement to share children’s data has ended."
    return ""


# what the link shows


@dataclass(frozen=True)
class Listed:
    """A child as the school is shown one: name, year group and class, and nothing else."""

    child_id: int
    forename: str
    surname: str
    year_group: str
    school_class: str

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def class_words(self) -> str:
        """Year group and class, as the heading over them says it."""
        return class_words(self.year_group, self.school_class)

    @property
    def mark(self) -> str:
        """By what it is known whether the child still stands on the list as somebody saw it."""
        return mark_of(vars(self))

    def facts(self, kind: str) -> dict[str, Any]:
        """Returns what the list has of a child, of the kind that a school may correct."""
        if kind == Kind.NAME:
            return {"forename": self.forename, "surname": self.surname}
        if kind == Kind.CLASS:
            return {"year_group": self.year_group, "school_class": self.school_class}
        return {"ends_on": None}


def mark_of(facts: Any) -> str:
    """Returns a short text that differs where facts differ; it guards against mistakes, not against forgery."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def class_words(year_group: str, school_class: str) -> str:
    """Returns "Year 4, 4B"; of a child without either, that there is none."""
    return ", ".join(filter(None, [YEAR_GROUPS.get(year_group, ""), school_class])) or "No year group or class"


def listed(check: ListCheck, today: date) -> list[Listed]:
    """
    Returns who is enrolled at the school of a check on a day, in the check's hub: by year group, class, name.

    No child at risk is among them, for the link is a school's lead at best. One statement.
    """
    place = Placement.objects.filter(enrolment=OuterRef("pk"), academic_year_id=check.academic_year_id)
    stays = (
        Enrolment.objects.on(today)
        .filter(programme_id=check.programme_id, school_id=check.school_id, is_at_risk=False)
        .annotate(
            of_year=Subquery(place.values("year_group")[:1]),
            of_class=Subquery(place.values("school_class")[:1]),
        )
        .order_by("child__sort_key", "child_id")
    )
    rows = [
        Listed(child, forename, surname, year_group or "", school_class or "")
        for child, forename, surname, year_group, school_class in stays.values_list(
            "child_id", "child__forename", "child__surname", "of_year", "of_class"
        )
    ]
    return sorted(rows, key=lambda row: (_ORDER.get(row.year_group, len(_ORDER)), row.school_class))


def classes(rows: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Returns the rows of a list by school class, each with its words."""
    return [(words, list(same)) for words, same in groupby(rows, key=lambda row: row.class_words)]


def told_by(check: ListCheck) -> list[ListProposal]:
    """Returns what came by a link and is not decided yet, oldest first."""
    return list(ListProposal.objects.filter(list_check=check, state=State.OPEN).order_by("sent_at", "id"))


def answers_of(check: ListCheck) -> list[ListAnswer]:
    """Returns what was answered by a link, newest first."""
    return list(ListAnswer.objects.filter(list_check=check))


def in_words(kind: str, facts: Facts) -> str:
    """Returns what a proposal is about as it stood, or as it should: the words before and after."""
    if kind == Kind.LEFT:
        day = facts["ends_on"]
        return f"Left, last day {dates.day(date.fromisoformat(day))}" if day else "At the school"
    if kind == Kind.CLASS:
        return class_words(facts["year_group"], facts["school_class"])
    name = f"{facts['forename']} {facts['surname']}".strip()
    if kind == Kind.MISSING:
        return f"{name}, {class_words(facts['year_group'], facts['school_class'])}"
    return name


# what the hub sees


def leads_of(school: School) -> QuerySet[User]:
    """Returns who leads a school today and can sign in, by name."""
    held = RoleAssignment.objects.current().filter(role=SCHOOL_LEAD.name, school=school)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name", "pk")


def leads_to_ask(states: Iterable["SchoolState"]) -> dict[School, list[User]]:
    """Returns who leads each of the schools that have neither answered nor a live link; those with a lead alone."""
    schools = {each.school.pk: each.school for each in states if each.answer is None and each.until is None}
    held = RoleAssignment.objects.current().filter(role=SCHOOL_LEAD.name, school__in=schools, user__is_active=True)
    leads: dict[School, list[User]] = {}
    for role in held.select_related("user").order_by("school__name", "school", "user__name", "user"):
        leads.setdefault(schools[role.school_id or 0], []).append(role.user)
    return leads


def checks_of(programme: Programme, school: School, year: AcademicYear, user: User) -> list[ListCheck]:
    """Returns who was asked about a school's class list of a year, the last asked first."""
    found = ListCheck.objects.visible_to(user).filter(programme=programme, school=school, academic_year_id=year.pk)
    return list(found.select_related("asked_by", "lead", "ended_by"))


def answers_to(checks: Iterable[ListCheck], user: User) -> list[ListAnswer]:
    """Returns what was answered by several links, newest first."""
    return list(ListAnswer.objects.visible_to(user).filter(list_check__in=[each.pk for each in checks]))


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


@dataclass(frozen=True)
class SchoolState:
    """How one partner school stands with its class list of a year."""

    school: School
    children: int = 0
    asked: tuple[ListCheck, ...] = ()
    answer: ListAnswer | None = None
    # corrections to decide
    open: int = 0
    today: date = field(default=date.min)

    @property
    def until(self) -> date | None:
        """The last day of the link that lives longest; None where none does."""
        live = [each.ends_on for each in self.asked if each.ended_at is None and each.ends_on >= self.today]
        return max(live, default=None)

    @property
    def open_words(self) -> str:
        """How many corrections are to be decided."""
        return f"{self.open} correction{'s' * (self.open != 1)} to decide"

    @property
    def is_confirmed(self) -> bool:
        """Whether the school answered and nothing it said is to be decided."""
        return self.answer is not None and not self.open


def school_states(
    programme: Programme, year: AcademicYear, user: User, today: date, *, of: School | None = None
) -> list[SchoolState]:
    """
    Returns how each partner school of today stands, by name; of one school when it is given.

    Schools of which no child of the hub is enrolled have no list to confirm, and are left out. Five statements.
    """
    partners = Partnership.objects.visible_to(user).on(today).filter(programme=programme)
    partners = partners.filter(school=of) if of is not None else partners
    schools = {each.school_id: each.school for each in partners.select_related("school")}
    enrolled = Enrolment.objects.visible_to(user).on(today).filter(programme=programme, school__in=schools)
    children = dict(enrolled.order_by().values_list("school_id").annotate(many=Count("child", distinct=True)))
    checks = list(ListCheck.objects.visible_to(user).filter(programme=programme, academic_year_id=year.pk))
    answers = ListAnswer.objects.visible_to(user).filter(list_check__in=checks).order_by("at", "id")
    of_check = {each.pk: each.school_id for each in checks}
    last = {of_check[each.list_check_id]: each for each in answers}
    waiting = ListProposal.objects.visible_to(user).filter(programme=programme, state=State.OPEN)
    to_decide = dict(waiting.order_by().values_list("list_check__school").annotate(many=Count("pk")))
    states = [
        SchoolState(
            school,
            children[urn],
            tuple(each for each in checks if each.school_id == urn),
            last.get(urn),
            to_decide.get(urn, 0),
            today,
        )
        for urn, school in schools.items()
        if urn in children
    ]
    return sorted(states, key=lambda each: (each.school.name, each.school.pk))


@dataclass(frozen=True)
class Due:
    """What a hub has to do about its class lists of a year: in schools and, to be decided, in corrections."""

    schools: int
    unconfirmed: int
    asked: int
    deciding: int
    corrections: int


def confirmation_due(programme: Programme, year: AcademicYear, user: User, today: date) -> Due:
    """
    Returns how many partner schools with children have not answered about their class list, and what is to be decided.

    Two statements, whatever the number of schools.
    """
    own = {"programme": programme}
    enrolled = Enrolment.objects.visible_to(user).on(today).filter(school=OuterRef("school"), **own)
    of_list = {"list_check__school": OuterRef("school"), "list_check__academic_year_id": year.pk}
    answered = Exists(ListAnswer.objects.visible_to(user).filter(**of_list, **own))
    checks = ListCheck.objects.visible_to(user).filter(school=OuterRef("school"), academic_year_id=year.pk, **own)
    partners = Partnership.objects.visible_to(user).on(today).filter(Exists(enrolled), **own)
    counted = partners.annotate(is_answered=answered, is_asked=Exists(checks)).aggregate(
        schools=Count("pk"),
        unconfirmed=Count("pk", filter=Q(is_answered=False)),
        asked=Count("pk", filter=Q(is_answered=False, is_asked=True)),
    )
    waiting = ListProposal.objects.visible_to(user).filter(state=State.OPEN, **own).order_by()
    told = waiting.aggregate(deciding=Count("list_check__school", distinct=True), corrections=Count("pk"))
    return Due(**counted, **told)
