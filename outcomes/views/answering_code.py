"""Typing from a slip where no picture of it is read: the code of the group, then the number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inharmony.access.gates import open_to_all
from inharmony.access.scope import Scope, scoped
from outcomes.forms import answering as forms
from outcomes.models import AskedGroup
from outcomes.queries import answering as reads
from outcomes.queries.answering import Opening
from outcomes.queries.measures import asked
from outcomes.views import guessing
from outcomes.views.slip_pages import NOBODYS, discreet, lost, on_paper, page, shut


@open_to_all(NOBODYS)
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code is typed, from the slip or from the whiteboard; the number may follow it at once."""
    form = forms.CodeForm(request.POST) if request.method == "POST" else forms.CodeForm()
    answer = _by_code(request, form) if form.is_bound and form.is_valid() else None
    return discreet(answer or page(request, "code", {"form": form}, status=_status(form)))


def _by_code(request: HttpRequest, form: forms.CodeForm) -> HttpResponse | None:
    """On to what was typed; None where there is no such code, which the form then says."""
    told = form.cleaned_data["code"]
    if refused := guessing.too_many(request, told):
        return refused
    if group_at(told) is not None:
        return redirect("outcomes:answer", told)
    guessing.note_wrong_code(request)
    forms.say_unknown(form, "code")
    return None


def number(request: HttpRequest, told: str) -> HttpResponse:
    """The number is typed, for the code in the address."""
    # whoever is signed in beside it, and in whatever role of the database
    with scoped(Scope(link=told)):
        group = group_at(told)
        if group is None:
            guessing.note_wrong_code(request)
            return lost(request)
        opening = reads.opening_of(group.wave, timezone.localdate())
        if opening is not Opening.OPEN:
            return shut(request, group.wave, opening)
        if asked(group.wave).is_scores_only:
            return on_paper(request, group.wave)
        return _asked_for(request, group)


def _asked_for(request: HttpRequest, group: AskedGroup) -> HttpResponse:
    form = forms.NumberForm(request.POST) if request.method == "POST" else forms.NumberForm()
    answer = _by_number(request, group, form) if form.is_bound and form.is_valid() else None
    return answer or page(request, "number", {"form": form}, informant=group.wave.informant, status=_status(form))


def _by_number(request: HttpRequest, group: AskedGroup, form: forms.NumberForm) -> HttpResponse | None:
    mark = group.code + form.cleaned_data["number"]
    if refused := guessing.too_many(request, mark):
        return refused
    with scoped(Scope(link=mark)):
        is_known = reads.slip_of(mark) is not None
    if is_known:
        return redirect("outcomes:answer", mark)
    guessing.note_wrong_number(request, group.code)
    forms.say_unknown(form, "number")
    return None


def group_at(told: str) -> AskedGroup | None:
    """Returns the group of a tidied code or mark; None where there is none."""
    with scoped(Scope(link=told)):
        return reads.group_of(reads.code_of(told))


def _status(form: forms.CodeForm | forms.NumberForm) -> int:
    """Of what was found by nothing, 404; of what can be no code and no number, 422."""
    if not form.is_bound or not form.errors:
        return 200
    return 404 if form.is_unknown else 422
