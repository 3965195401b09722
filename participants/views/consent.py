"""Consent, purpose by purpose: an answer written down, and one taken back in two presses."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from inharmony.pages import dates
from participants.actions import consent
from participants.forms.consent import AnswerForm, WithdrawalForm
from participants.models import Child, Consent
from participants.views.child import audit_sight, get_child_for
from participants.wordings import wording_on


@needs(Permission.KEEP_CONSENT)
def answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The form for an answer about a purpose, and the act."""
    child = get_child_for(request.user, pk, to=Permission.KEEP_CONSENT)
    form = AnswerForm(request.POST or None, initial={"purpose": request.GET.get("purpose", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = consent.answer_consent(child=child, by=request.user, **form.facts())
        except consent.AnswerRefusedError as refusal:
            form.add_error(refusal.about, str(refusal))
        else:
            messages.success(request, _noted(child, made))
            return redirect("participants:child", pk=pk)
    audit_sight(request.user, child)
    today = timezone.localdate()
    asked = [(purpose.label, wording_on(purpose, today)) for purpose in Consent.Purpose]
    context = {"form": form, "child": child, "asked": asked}
    return render(request, "participants/consent/answer.html", context, status=422 if form.errors else 200)


def _noted(child: Child, made: Consent) -> str:
    words = f"Noted: {made.get_purpose_display().lower()}, {made.get_answer_display().lower()}."
    standing = consent.standing_answer(child, Consent.Purpose(made.purpose))
    if standing is not None and standing != made:
        return f"{words} The answer of {dates.day(standing.answered_on)} is newer and still stands."
    return words


@needs(Permission.KEEP_CONSENT)
def withdraw(request: AuthenticatedRequest, pk: int, purpose: str) -> HttpResponse:
    """The second press: asks once, and takes the consent back from today on."""
    child = get_child_for(request.user, pk, to=Permission.KEEP_CONSENT)
    if purpose not in Consent.Purpose.values:
        raise Http404
    about = Consent.Purpose(purpose)
    standing = consent.standing_answer(child, about)
    form = WithdrawalForm(request.POST or None, initial={"given_by": standing.given_by if standing else ""})
    if request.method == "POST" and form.is_valid():
        try:
            consent.withdraw_consent(
                child=child, purpose=about, given_by=form.cleaned_data["given_by"], by=request.user
            )
        except consent.AnswerRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Withdrawn: {about.label.lower()}. It counts from now on.")
            return redirect("participants:child", pk=pk)
    audit_sight(request.user, child)
    context = {"form": form, "child": child, "purpose": about, "standing": standing}
    return render(request, "participants/consent/withdraw.html", context, status=422 if form.errors else 200)
