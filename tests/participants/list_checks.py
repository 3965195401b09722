"""A school asked about its class list, and its answers, as the acts in life make them."""

import re
import uuid
from dataclasses import dataclass

from django.core import mail
from django.test import TestCase
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from participants.actions import list_answer, list_proposal
from participants.actions import list_check as acts
from participants.actions.list_answer import Said, Sent
from participants.models import ListCheck, ListProposal
from participants.queries.list_by_link import listed
from participants.queries.list_proposal import beside

OFFICE = "office@saltwharf.sch.example"
Kind = ListProposal.Kind


@dataclass(frozen=True)
class Link:
    """A check and the secret that its mail brought; none where none went out."""

    check: ListCheck
    secret: str


def asked(cast, *, school=None, email=OFFICE, lead=None, by=None) -> Link:
    """Asks a school, Saltwharf's office by Ruth unless told, and reads the mail."""
    sent = len(mail.outbox)
    by = by or cast.ruth
    with scoped(cast.both), TestCase.captureOnCommitCallbacks(execute=True):
        check = acts.ask(programme=cast.liverpool, school=school or cast.saltwharf, email=email, lead=lead, by=by)
    secrets = {re.search(r"/class-list/([^/\s]+)/", letter.body)[1] for letter in mail.outbox[sent:]}
    assert len(secrets) <= 1
    return Link(check, "".join(secrets))


def by_link(check) -> Scope:
    """The scope of whoever opened the link."""
    return Scope(schools=frozenset({check.school_id}), link=check.secret_hash)


def left(child, day) -> Said:
    return Said(Kind.LEFT, {"ends_on": day.isoformat()}, child.pk)


def moved(child, year_group="5", school_class="5A") -> Said:
    return Said(Kind.CLASS, {"year_group": year_group, "school_class": school_class}, child.pk)


def named(child, forename="Amára", surname="Adeyemi") -> Said:
    return Said(Kind.NAME, {"forename": forename, "surname": surname}, child.pk)


def missing(forename="Bo", surname="Wren", year_group="4", school_class="4B") -> Said:
    told = {"forename": forename, "surname": surname, "year_group": year_group, "school_class": school_class}
    return Said(Kind.MISSING, told)


def answered(check, *said, name="Jo Marsh", send=None):
    """Answers through the link: that the list is right, unless something is said."""
    with scoped(by_link(check)):
        mark = list_answer.mark_of_list(listed(check, timezone.localdate()))
        return list_answer.answer(check=check, sent=Sent(send or uuid.uuid4(), name, mark, said))


def look(proposal) -> str:
    """What whoever decides has seen."""
    return beside(proposal).seen


def accepted(cast, proposal, **more) -> ListProposal:
    """Accepts a proposal as Ruth sees it now, unless told what was seen."""
    with scoped(cast.liverpool_scope):
        return list_proposal.accept(proposal=proposal, by=cast.ruth, **{"seen": look(proposal), **more})


def proposals(cast, **wanted) -> list[ListProposal]:
    """What was proposed, oldest first."""
    with scoped(cast.both):
        found = ListProposal.objects.filter(**wanted).select_related("list_check__programme", "list_check__school")
        return list(found.order_by("pk"))
