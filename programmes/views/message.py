"""Messages of the public: the list of those who answer them, one message, and what was done."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.accounts.models import User
from inharmony.audit.record import audit
from programmes.actions import message as acts
from programmes.forms.message import HandlingForm
from programmes.models import Message
from programmes.queries import message as reads

ON_A_PAGE = 50


def get_message_for(user: User, pk: int) -> Message:
    """Returns a message the person answers; 404 for any other, there or not."""
    found = Message.objects.visible_to(user).select_related("programme", "answered_by", "closed_by")
    return get_object_or_404(found, pk=pk)


@needs(Permission.ANSWER_MESSAGES)
@require_GET
def inbox(request: AuthenticatedRequest) -> HttpResponse:
    """GET: what waits, complaints past their 30 days first. Who wrote, and what, stands on the page of each."""
    state = request.GET.get("state", "")
    state = state if state in reads.STATES else "waiting"
    kind = request.GET.get("kind", "")
    now = timezone.now()
    page = Paginator(reads.inbox(request.user, now=now, state=state, kind=kind), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    counts = reads.counts(request.user)
    context = {
        "page": page,
        "rows": [(message, reads.clock_of(message, now)) for message in page],
        "states": [(word, label, counts[word]) for word, label in reads.STATES.items()],
        "state": state,
        "kinds": Message.Kind.choices,
        "kind": kind,
        "waiting": counts["waiting"],
    }
    return render(request, "programmes/message/list.html", context)


@needs(Permission.ANSWER_MESSAGES)
@require_GET
def message(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """GET: one message, and what was done about it."""
    return _page(request, get_message_for(request.user, pk))


@needs(Permission.ANSWER_MESSAGES)
@require_POST
def answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Notes that whoever wrote has been answered."""
    return _handled(request, pk, acts.answer, "Noted as answered. Close it when nothing more is to be done.")


@needs(Permission.ANSWER_MESSAGES)
@require_POST
def close(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Closes a message."""
    return _handled(request, pk, acts.close, "Closed. It is destroyed in two years.")


def _handled(request: AuthenticatedRequest, pk: int, act: Callable[..., Message], done: str) -> HttpResponse:
    found = get_message_for(request.user, pk)
    form = HandlingForm(request.POST)
    if form.is_valid():
        try:
            act(message=found, note=form.cleaned_data["note"], seen=form.cleaned_data["seen"], by=request.user)
        except acts.MessageRefusedError as refusal:
            found = get_message_for(request.user, pk)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("programmes:message", pk=pk)
    return _page(request, found, form=form, status=422)


def _page(
    request: AuthenticatedRequest, found: Message, *, form: HandlingForm | None = None, status: int = 200
) -> HttpResponse:
    audit(act="message.viewed", by=request.user, programme_id=found.programme_id, subject=found)
    now = timezone.now()
    form = form or HandlingForm(initial={"note": found.note, "seen": found.version})
    context = {"message": found, "clock": reads.clock_of(found, now), "form": form}
    return render(request, "programmes/message/show.html", context, status=status)
