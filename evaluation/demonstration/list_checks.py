"""Class lists that schools confirm: one school has answered with two corrections, one was asked and waits."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from evaluation.demonstration.people import Staff
from evaluation.demonstration.schools import DemoSchool
from participants.actions import list_answer, list_check
from participants.actions.list_answer import Said, Sent
from participants.models import ListCheck, ListProposal
from participants.queries.list_by_link import listed
from programmes.models import Programme
from schools.models import School

ANSWERS = "Marion Tallow"


def write_list_checks(
    programmes: Mapping[str, Programme], schools: Sequence[DemoSchool], staff: Staff, today: date
) -> list[ListCheck]:
    """
    Asks the lead of the first school and the office of the hub's next, for whom it answers; returns the checks.

    Both through the acts of life, which go by the day of the clock: filled as of another day, nobody is asked. The
    mails lie in the outbox, and the links are open.
    """
    if today != timezone.localdate():
        return []
    first = schools[0]
    programme, by = programmes[first.programme], staff.of("admin", first.programme)
    lead = staff.users["school@faith.example"]
    waiting = list_check.ask(programme=programme, school=_school(first), email=lead.email, lead=lead, by=by)
    made = [waiting]
    for school in [school for school in schools[1:] if school.programme == first.programme][:1]:
        email = f"office@{school.stem.lower()}.example"
        made.append(list_check.ask(programme=programme, school=_school(school), email=email, by=by))
        _answer(made[-1], today)
    return made


def _school(school: DemoSchool) -> School:
    return School.objects.get(pk=school.urn)


def _answer(check: ListCheck, today: date) -> None:
    """Of two children, one is written otherwise and one is in another class."""
    rows = listed(check, today)
    renamed, moved = rows[0], rows[-1]
    name = {"forename": f"{renamed.forename}-Rose", "surname": renamed.surname}
    place = {"year_group": moved.year_group, "school_class": f"{moved.year_group} Oak".strip()}
    said = (
        Said(ListProposal.Kind.NAME, name, renamed.child_id),
        Said(ListProposal.Kind.CLASS, place, moved.child_id),
    )
    list_answer.answer(check=check, sent=Sent(uuid.uuid4(), ANSWERS, "", said))
