"""
A school confirms its class list: asked by the hub, answered through a link, decided by the hub.

What comes by a link changes nothing about a child. It is proposed; the hub accepts or declines each thing, and
accepting goes through the acts by which the hub itself would do it.
"""

import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from inharmony.access.scope import Scope, scoped
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from participants.actions import child as children
from participants.actions.roster import lock_imports_of
from participants.models import Child, ListAnswer, ListCheck, ListProposal
from participants.queries import list_check as reads
from participants.queries.list_check import Listed, Proposed
from participants.validators.list_check import (
    ListCheckRefusedError,
    NotAskedError,
    WrongAddressError,
    is_lead,
    require_address,
    require_askable,
    require_open,
)
from programmes.models import Programme
from programmes.queries.feed import hash_of
from schools.models import AcademicYear, School

DAYS = timedelta(days=7)
# a form sent twice must not kill the link that the first one made
SAME_PRESS = timedelta(minutes=1)
# what was said of a child is kept so long after it was decided, and so long where nobody decides
KEPT_DECIDED, KEPT_OPEN = timedelta(days=30), timedelta(days=90)
# so long a dead link still says that it is dead, and whom to ask
KEPT_LINK = timedelta(days=30)
Kind, State = ListProposal.Kind, ListProposal.State


class LinkShutError(ListCheckRefusedError):
    """The link opens nothing any more."""


class ListChangedError(ListCheckRefusedError):
    """The list is not the one that whoever answers has looked at."""


class NotOnListError(ListCheckRefusedError):
    """A child the school says something of does not stand on its list."""


class DecidedError(ListCheckRefusedError):
    """The proposal was decided otherwise, or replaced, or the child is not where it says."""


class ChangedMeanwhileError(ListCheckRefusedError):
    """What stands now is not what whoever decides has seen."""


@transaction.atomic
def ask(*, programme: Programme, school: School, email: str, lead: User | None = None, by: User) -> ListCheck:
    """
    Writes to an address of a school, asking whether its class list of this year is right; returns the check.

    The link opens the list for seven days. An address that was asked before gets a new link, and the old one is dead;
    within a minute it is the same press, and nothing is written. Raises NotAskedError and WrongAddressError.
    """
    today, now = timezone.localdate(), timezone.now()
    require_askable(programme, school, today)
    year = AcademicYear.objects.get_or_create(year=AcademicYear.year_of(today))[0]
    email = email.strip().lower()
    if lead is None:
        require_address(email, school)
    elif not is_lead(lead.pk, school.pk):
        raise WrongAddressError(f"{lead.name} does not lead {school.name} in this portal.")
    lock_imports_of(programme.pk)
    which: dict[str, Any] = {"programme": programme, "school": school, "academic_year": year, "email": email}
    found = ListCheck.objects.filter(**which).first()
    if found is not None and found.ended_at is None and found.asked_at > now - SAME_PRESS:
        return found
    secret = secrets.token_urlsafe(32)
    check, is_first = ListCheck.objects.update_or_create(
        **which,
        defaults={
            "lead": lead,
            "secret_hash": hash_of(secret),
            "asked_by": by,
            "asked_at": now,
            "ends_on": today + DAYS,
            "ended_at": None,
            "ended_by": None,
        },
    )
    if not reads.listed(check, today):
        raise NotAskedError(f"No child of {programme.short_name} is at {school.name} today: there is no list to check.")
    details = {"school": school.pk, "replaced": not is_first}
    audit(act="list_check.asked", by=by, programme_id=programme.pk, subject=check, details=details)
    _write(check, secret)
    return check


@transaction.atomic
def ask_leads(*, programme: Programme, by: User) -> list[ListCheck]:
    """
    Asks the leads of all partner schools that have neither answered this year nor a live link; returns the checks.

    Schools that nobody leads in the portal are left: whom to ask there, a person says. Raises NotAskedError.
    """
    today = timezone.localdate()
    require_open(programme, today)
    states = reads.school_states(programme, AcademicYear(year=AcademicYear.year_of(today)), by, today)
    return [
        ask(programme=programme, school=school, email=lead.email, lead=lead, by=by)
        for school, leads in reads.leads_to_ask(states).items()
        for lead in leads
    ]


def _write(check: ListCheck, secret: str) -> None:
    link = settings.PORTAL_URL + reverse("participants:list-link", args=[secret])
    text = render_to_string("emails/list-check.txt", {"check": check, "link": link})
    subject = f"Is the class list of {check.school.name} right?"
    transaction.on_commit(lambda: send_mail(subject, text, None, [check.email]) and None, robust=True)


@transaction.atomic
def end(*, check: ListCheck, by: User) -> bool:
    """Ends a link from this moment on, and returns whether it was still alive; also in a closed hub."""
    ended = ListCheck.objects.filter(pk=check.pk, ended_at__isnull=True).update(ended_at=timezone.now(), ended_by=by)
    if ended:
        audit(act="list_check.ended", by=by, programme_id=check.programme_id, subject=check)
    return bool(ended)


# by the link


@dataclass(frozen=True)
class Said:
    """One thing a school says of its list: what it proposes, and of which child unless one is missing."""

    kind: str
    proposed: dict[str, Any]
    child_id: int | None = None


@dataclass(frozen=True)
class Sent:
    """An answer as it is sent: who says so, what, and the list they looked at, by its mark."""

    send: uuid.UUID
    name: str
    mark: str
    said: Sequence[Said] = field(default_factory=tuple)


def mark_of_list(rows: Iterable[Listed]) -> str:
    """Returns a mark that differs where two lists do."""
    return reads.mark_of([row.mark for row in rows])


@transaction.atomic
def answer(*, check: ListCheck, sent: Sent) -> ListAnswer:
    """
    Writes down what a school says of its list, and returns the answer; sent twice, it is one.

    Of a child and kind, what is said last stands, unless the hub has decided. Raises LinkShutError, ListChangedError
    where the list is not the one that was looked at, and NotOnListError. Runs in the scope of the link.
    """
    # two presses at once: the second finds what the first wrote
    related = ListCheck.objects.select_for_update(of=("self",)).select_related("programme", "academic_year")
    locked = related.get(pk=check.pk)
    if known := ListAnswer.objects.filter(list_check=locked, send=sent.send).first():
        return known
    today, now = timezone.localdate(), timezone.now()
    if words := reads.why_shut(locked, today):
        raise LinkShutError(words)
    rows = {row.child_id: row for row in reads.listed(locked, today)}
    if not sent.said and sent.mark != mark_of_list(rows.values()):
        raise ListChangedError("The list has changed since you opened it. Look at it again, then say that it is right.")
    said = _differing(sent.said, rows)
    made = ListAnswer.objects.create(
        programme_id=locked.programme_id,
        list_check=locked,
        send=sent.send,
        at=now,
        name=sent.name,
        children=len(rows),
        corrections=len(said),
    )
    _propose(made, said, rows, now)
    concerned = sorted({each.child_id for each in said if each.child_id is not None})
    audit_link("list_check.corrected" if said else "list_check.confirmed", locked, concerned)
    return made


def _differing(said: Iterable[Said], rows: dict[int, Listed]) -> list[Said]:
    """What would change the list; what says of a child what stands there already is left out."""
    found = []
    for each in said:
        if each.child_id is None:
            found.append(each)
        elif each.child_id not in rows:
            raise NotOnListError("One of these children is not on the list any more. Look at it again.")
        elif rows[each.child_id].facts(each.kind) != each.proposed:
            found.append(each)
    return found


def _propose(made: ListAnswer, said: Sequence[Said], rows: dict[int, Listed], now: datetime) -> None:
    standing = ListProposal.objects.filter(list_check=made.list_check, state=State.OPEN)
    same = Q(pk__in=[])
    for each in said:
        same |= (
            Q(child=each.child_id, kind=each.kind)
            if each.child_id is not None
            else Q(kind=Kind.MISSING, proposed=each.proposed)
        )
    standing.filter(same).update(state=State.REPLACED, decided_at=now)
    ListProposal.objects.bulk_create(
        ListProposal(
            programme_id=made.programme_id,
            list_check=made.list_check,
            answer=made,
            child_id=each.child_id,
            kind=each.kind,
            before=rows[each.child_id].facts(each.kind) if each.child_id is not None else {},
            proposed=each.proposed,
            sent_at=now,
        )
        for each in said
    )


def audit_link(act: str, check: ListCheck, seen: Iterable[int]) -> None:
    """
    Writes into the trail what was done by a link, and which children it was about. Nobody did it: a link knows nobody.

    An entry that names children is given back to people of their hub alone, so for this one statement it is theirs.
    """
    with scoped(Scope(frozenset({check.programme_id}))):
        audit(act=act, by=None, programme_id=check.programme_id, subject=check, children=seen)


# by the hub


@transaction.atomic
def accept(*, proposal: ListProposal, seen: str, by: User, last_day: date | None = None) -> ListProposal:
    """
    Carries out what a school proposed, through the act by which the hub would do it, and returns the proposal.

    `seen` is the mark of what whoever accepts it saw standing: raises ChangedMeanwhileError where that has changed. A
    child who is missing is only written down, to come in by a class list. A `last_day` may take the place of the one
    proposed. Raises DecidedError, and children.LeavingRefusedError for a last day that cannot be.
    """
    found = _locked(proposal, State.ACCEPTED)
    if found.row.state == State.ACCEPTED:
        return found.row
    if found.row.kind != Kind.MISSING:
        if found.now is None:
            raise DecidedError("The child is not enrolled at this school any more. Decline the correction.")
        if found.seen != seen:
            raise ChangedMeanwhileError(
                f"This was changed while you looked: it is now “{found.now_words}”. Look again, then decide."
            )
        _carry_out(found.row, last_day, by)
    return _decide(found.row, State.ACCEPTED, by)


@transaction.atomic
def decline(*, proposal: ListProposal, by: User) -> ListProposal:
    """Leaves everything as it is, and returns the proposal. Raises DecidedError where it was accepted or replaced."""
    found = _locked(proposal, State.DECLINED)
    return found.row if found.row.state == State.DECLINED else _decide(found.row, State.DECLINED, by)


def _locked(proposal: ListProposal, wanted: ListProposal.State) -> Proposed:
    """The proposal, open or decided as wanted already, beside what stands now; nobody changes either meanwhile."""
    require_open(proposal.list_check.programme, timezone.localdate())
    lock_imports_of(proposal.programme_id)
    row = ListProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if row.state not in (State.OPEN, wanted):
        raise DecidedError(f"This was decided already: {row.get_state_display().lower()}.")
    if row.child_id is not None:
        Child.objects.select_for_update().get(pk=row.child_id)
    return reads.beside(row)


def _carry_out(row: ListProposal, last_day: date | None, by: User) -> None:
    check, child = row.list_check, row.child
    stay = reads.stay_at(check.school_id, row.child_id or 0)
    if child is None or stay is None:  # both were there a moment ago, and are locked
        raise DecidedError("The child is not enrolled at this school any more. Decline the correction.")
    if row.kind == Kind.NAME:
        children.rename(child=child, by=by, **row.proposed)
    elif row.kind == Kind.CLASS:
        children.move_class(enrolment=stay, academic_year=check.academic_year, by=by, **row.proposed)
    else:
        children.leave(enrolment=stay, last_day=last_day or date.fromisoformat(row.proposed["ends_on"]), by=by)


def _decide(row: ListProposal, state: ListProposal.State, by: User) -> ListProposal:
    row.state, row.decided_at, row.decided_by = state, timezone.now(), by
    row.save(update_fields=["state", "decided_at", "decided_by"])
    audit(
        act="list_check.accepted" if state == State.ACCEPTED else "list_check.declined",
        by=by,
        programme_id=row.programme_id,
        subject=row.list_check,
        children=[row.child_id] if row.child_id is not None else [],
        details={"kind": row.kind},
    )
    return row


@transaction.atomic
def forget(*, today: date) -> int:
    """
    Deletes what is past its date, of every hub, and returns how many rows went: once a night; harmless twice.

    What was said of a child goes 30 days after it was decided, undecided after 90. A link that is over for 30 days
    loses its hash, and its address where nobody answered by it; answers go a year after their academic year.
    """
    every = frozenset(Programme.objects.values_list("pk", flat=True))
    with scoped(Scope(every)):
        said = ListProposal.objects.filter(
            Q(decided_at__date__lt=today - KEPT_DECIDED) | Q(state=State.OPEN, sent_at__date__lt=today - KEPT_OPEN)
        )
        gone = said.delete()[0]
        over = ListCheck.objects.filter(Q(ends_on__lt=today - KEPT_LINK) | Q(ended_at__date__lt=today - KEPT_LINK))
        gone += over.filter(answers__isnull=True).delete()[0]
        over.filter(secret_hash__isnull=False).update(secret_hash=None)
        long_over = AcademicYear.year_of(today) - 1
        return gone + over.filter(academic_year__lt=long_over).delete()[0]
