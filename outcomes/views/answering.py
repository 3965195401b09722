"""
Answering by a slip, with no account: one question a page.

Whoever has the slip is let in by its mark, which is in the address and nowhere else; no cookie but the one that guards
forms. A GET changes nothing. No page says who is asked, by name, school or class: a slip lies about in a classroom. No
script: what a child presses works on whatever the school has. Nor does any page send back what was answered: the hub
prints slips and knows whose they are, and whoever picks one up could read along. It says only that there is an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inharmony.access.gates import open_to_all
from inharmony.access.scope import Scope, scoped
from outcomes.actions import answer as acts
from outcomes.forms.answering import chosen
from outcomes.measures.structure import Measure
from outcomes.models import Slip
from outcomes.queries import answering as reads
from outcomes.queries.answering import Opening, Progress
from outcomes.queries.measures import asked
from outcomes.views import guessing
from outcomes.views.answering_code import group_at, number
from outcomes.views.progress import noteheads
from outcomes.views.slip_pages import NOBODYS, discreet, lost, on_paper, page, shut


@dataclass(frozen=True)
class Asking:
    """The holder of a slip that may be answered now: what is asked, and how far they are."""

    request: HttpRequest
    slip: Slip
    measure: Measure
    progress: Progress

    def page(self, name: str, *, status: int = 200, **context: object) -> HttpResponse:
        """Returns a page of this slip."""
        told = {"asking": self, **context}
        return page(self.request, name, told, informant=self.slip.wave.informant, status=status)


@open_to_all(NOBODYS)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, told: str) -> HttpResponse:
    """Of a code, the question for the number; of a mark, where its holder is: at the start, or where they left off."""
    tidied = reads.tidied(told)
    if not reads.is_mark(tidied):
        return discreet(guessing.too_many(request, tidied) or number(request, tidied))
    if request.method == "POST":
        return discreet(HttpResponseNotAllowed(["GET", "HEAD"]))
    return _by_slip(request, told, lambda slip: _to_holder(request, slip, _where))


@open_to_all(NOBODYS)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, told: str, place: int) -> HttpResponse:
    """One question. Posted: the answer to it, or that it is skipped."""
    if request.method == "POST":
        return _by_slip(request, told, lambda slip: _kept(request, slip, place))
    return _by_slip(request, told, lambda slip: _to_holder(request, slip, lambda asking: _question(asking, place)))


@open_to_all(NOBODYS)
@require_http_methods(["GET", "HEAD"])
def done(request: HttpRequest, told: str) -> HttpResponse:
    """Thanks, and the way back to each answer while the wave is open."""
    return _by_slip(request, told, lambda slip: _to_holder(request, slip, _done))


def _by_slip(request: HttpRequest, told: str, show: Callable[[Slip], HttpResponse]) -> HttpResponse:
    """What is shown to the holder of a slip, found by its mark and within its scope."""
    mark = reads.tidied(told)
    if refused := guessing.too_many(request, mark):
        return discreet(refused)
    try:
        return discreet(_in_scope(request, mark, show))
    except (acts.WaveShutError, acts.NoConsentError):
        # what was begun is taken back with the scope; looked at anew, the page says why
        return discreet(_in_scope(request, mark, lambda slip: _to_holder(request, slip, _where)))


def _in_scope(request: HttpRequest, mark: str, show: Callable[[Slip], HttpResponse]) -> HttpResponse:
    with scoped(Scope(link=mark)):
        slip = reads.slip_of(mark)
        if slip is None:
            return _no_slip(request, mark)
        guessing.note_right(request, mark)
        return show(slip)


def _to_holder(request: HttpRequest, slip: Slip, show: Callable[[Asking], HttpResponse]) -> HttpResponse:
    """A page of a slip that may be answered; of one that may not, why, and what to do with it."""
    opening = reads.opening_of(slip.wave, timezone.localdate())
    if opening is not Opening.OPEN:
        return shut(request, slip.wave, opening)
    if not reads.may_answer(slip):
        return page(request, "back", {}, informant=slip.wave.informant, status=403)
    measure = asked(slip.wave)
    if measure.is_scores_only:
        return on_paper(request, slip.wave)
    return show(Asking(request, slip, measure, reads.progress_of(slip, measure)))


def _no_slip(request: HttpRequest, mark: str) -> HttpResponse:
    """There is no slip of this mark: it was never made, or it was destroyed since its wave was closed."""
    group = group_at(mark)
    if group is None:
        guessing.note_wrong_code(request)
    elif reads.opening_of(group.wave, timezone.localdate()) is Opening.OVER:
        return shut(request, group.wave, Opening.OVER)
    else:
        guessing.note_wrong_number(request, group.code)
    return lost(request)


def _where(asking: Asking) -> HttpResponse:
    if asking.progress.first_open is None:
        return redirect("outcomes:answer-done", asking.slip.mark)
    if asking.progress.has_begun:
        return redirect("outcomes:answer-question", asking.slip.mark, asking.progress.first_open)
    return asking.page("start")


def _question(asking: Asking, place: int, problem: str = "", status: int = 200) -> HttpResponse:
    items = asking.measure.items
    if not 1 <= place <= len(items):
        return lost(asking.request)
    item = items[place - 1]
    return asking.page(
        "question",
        status=status,
        place=place,
        of=len(items),
        item=item,
        is_said=asking.progress.is_said(item),
        noteheads=noteheads(asking.progress, place),
        problem=problem,
    )


def _kept(request: HttpRequest, slip: Slip, place: int) -> HttpResponse:
    """The answer is kept and the next question shown; with none chosen, what was said stands, or it is asked again."""
    items, is_skipped = asked(slip.wave).items, request.POST.get("do") == "skip"
    if not 1 <= place <= len(items):
        return _to_holder(request, slip, lambda asking: _question(asking, place))
    value = None if is_skipped else chosen(request.POST)
    if value is None and not is_skipped:
        return _to_holder(request, slip, lambda asking: _none_chosen(asking, place))
    try:
        answers = acts.answer(slip=slip, item=items[place - 1].key, value=value)
    except acts.UnknownAnswerError as refusal:
        return _asked_again(request, slip, place, str(refusal))
    return _onwards(slip, Progress(items, answers), place)


def _none_chosen(asking: Asking, place: int) -> HttpResponse:
    """On where there is an answer, which stands: no page shows it chosen. Asked again where there is none."""
    if asking.progress.is_said(asking.measure.items[place - 1]) and not asking.request.POST.get("answer"):
        return _onwards(asking.slip, asking.progress, place)
    return _question(asking, place, acts.PICK, 422)


def _onwards(slip: Slip, progress: Progress, place: int) -> HttpResponse:
    onwards = progress.after(place)
    if onwards is None:
        return redirect("outcomes:answer-done", slip.mark)
    return redirect("outcomes:answer-question", slip.mark, onwards)


def _asked_again(request: HttpRequest, slip: Slip, place: int, problem: str) -> HttpResponse:
    return _to_holder(request, slip, lambda asking: _question(asking, place, problem, 422))


def _done(asking: Asking) -> HttpResponse:
    progress = asking.progress
    if progress.first_open:
        return redirect("outcomes:answer", asking.slip.mark)
    places = [(place, progress.is_said(item)) for place, item in enumerate(progress.items, 1)]
    return asking.page("done", places=places, noteheads=noteheads(progress), code=reads.code_of(asking.slip.mark))
