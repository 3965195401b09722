"""The register of a session that is counted by heads: two numbers, and no name on the page."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest
from inharmony.pages import dates
from participants.actions import attendance
from participants.forms.headcount import HeadcountForm
from participants.views.next_register import next_words
from participants.views.register_facts import register_facts
from programmes.models import Session
from programmes.queries.next_register import next_register


def count(request: AuthenticatedRequest, session: Session) -> HttpResponse:
    """The page of the counts and the act; stands at the address of the register, for a session counted by heads."""
    if request.method != "POST":
        return _page(request, session, HeadcountForm(initial=_as_it_stands(session)))
    form = HeadcountForm(request.POST)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            taken = attendance.count_heads(session=session, by=request.user, **form.facts())
        except attendance.RegisterRefusedError as refusal:
            session.refresh_from_db()
            form.add_error(None, str(refusal))
            if isinstance(refusal, attendance.RegisterChangedError):
                status = HTTPStatus.CONFLICT
        else:
            at = dates.clock(timezone.localtime(taken.register_taken_at))
            messages.success(request, f"Saved {at}: {session.title}, {heads_words(taken)}.")
            return redirect("participants:register", pk=session.pk)
    return _page(request, session, _again(form, request.POST, session, status), status=status)


def heads_words(session: Session) -> str:
    """Returns how many were counted, as people say it; an empty text where nobody counted yet."""
    children, adults = session.children_counted, session.adults_counted
    if children is None or adults is None:
        return ""
    return f"{children} child{'ren' * (children != 1)} and {adults} adult{'s' * (adults != 1)}"


def _heads(session: Session) -> int:
    return (session.children_counted or 0) + (session.adults_counted or 0)


def _as_it_stands(session: Session) -> dict[str, object]:
    heads = {"children": session.children_counted, "adults": session.adults_counted}
    return heads | {"version": session.register_version, "save": uuid4()}


def _again(form: HeadcountForm, posted: QueryDict, session: Session, status: int) -> HeadcountForm:
    """Returns the form as it was sent, for another save: with an id of its own, and having seen what stands now."""
    sent = posted.copy()
    sent["save"] = str(uuid4())
    if status == HTTPStatus.CONFLICT:
        sent["version"] = str(session.register_version)
    form.data = sent
    return form


def _page(request: AuthenticatedRequest, session: Session, form: HeadcountForm, *, status: int = 200) -> HttpResponse:
    today, user = timezone.localdate(), request.user
    is_left = session.is_held and not form.errors
    context = register_facts(session, user, today) | {
        "next": next_words(next_register(session, user, today), today) if is_left else None,
        "form": form,
        "counted": heads_words(session),
        "heads": _heads(session),
        "is_conflict": status == HTTPStatus.CONFLICT,
    }
    return render(request, "participants/attendance/headcount.html", context, status=status)
