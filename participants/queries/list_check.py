"""How the schools of a hub stand with their class lists: whom the hub asked, who answered, who is to be asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Count, QuerySet

from inharmony.access.roles import SCHOOL_LEAD
from inharmony.accounts.models import RoleAssignment, User
from participants.models import Enrolment, ListAnswer, ListCheck, ListProposal
from programmes.models import Partnership, Programme
from schools.models import AcademicYear, School

State = ListProposal.State


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


# put together by hand: the first page of a hub asks it at every visit, and composing it cost more than answering it
DUE = """
WITH partner AS (
  SELECT
    EXISTS (
      SELECT FROM participants_listanswer AS answer
      JOIN participants_listcheck AS asked ON asked.id = answer.list_check_id
      WHERE answer.programme_id = %(hub)s AND asked.school_id = partnership.school_id
        AND asked.academic_year_id = %(year)s
    ) AS answered,
    EXISTS (
      SELECT FROM participants_listcheck AS asked
      WHERE asked.programme_id = %(hub)s AND asked.school_id = partnership.school_id
        AND asked.academic_year_id = %(year)s
    ) AS asked
  FROM programmes_partnership AS partnership
  WHERE programme_id = %(hub)s AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on >= %(today)s)
    AND EXISTS (
      SELECT FROM participants_enrolment AS enrolment
      WHERE enrolment.programme_id = %(hub)s AND enrolment.school_id = partnership.school_id
        AND enrolment.starts_on <= %(today)s AND (enrolment.ends_on IS NULL OR enrolment.ends_on >= %(today)s)
    )
), waiting AS (
  SELECT asked.school_id
  FROM participants_listproposal AS proposal JOIN participants_listcheck AS asked ON asked.id = proposal.list_check_id
  WHERE proposal.programme_id = %(hub)s AND proposal.state = %(open)s
)
SELECT (SELECT count(*) FROM partner),
       (SELECT count(*) FROM partner WHERE NOT answered),
       (SELECT count(*) FROM partner WHERE NOT answered AND asked),
       (SELECT count(DISTINCT school_id) FROM waiting),
       (SELECT count(*) FROM waiting)
"""


def confirmation_due(programme: Programme, year: AcademicYear, user: User, today: date) -> Due:
    """
    Returns how many partner schools with children have not answered about their class list, and what is to be decided.

    Nothing for who does not see the programme whole. One statement, whatever the number of schools.
    """
    if programme.pk not in user.reach.whole_programmes:
        return Due(0, 0, 0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"hub": programme.pk, "year": year.pk, "today": today, "open": State.OPEN.value})
        return Due(*cursor.fetchone())
