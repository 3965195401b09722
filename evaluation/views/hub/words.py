"""Writing the hub's own words on one question: within its limit, with what stood before, overwriting nobody unseen."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from evaluation.actions import words as acts
from evaluation.actions.words import tidy, too_long
from evaluation.forms.words import WordsForm
from evaluation.models import HubWords
from evaluation.queries.words import history_of, said_too_much, standing_words
from evaluation.queries.year_end import Wanted, target_beside
from evaluation.returns.counting import words_in
from evaluation.returns.report_words import REPORT_WORDS
from evaluation.returns.structure import Question, Return, Written
from evaluation.returns.year_end import YEAR_END
from evaluation.views.hub.frame import Asked, asked, in_the_masthead, in_year
from evaluation.views.hub.papers import list_for
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from schools.models import AcademicYear

# somebody else wrote meanwhile
CHANGED = "changed"


@needs(Permission.MAKE_HUB_REPORT)
@require_GET
def hub_report_words(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET `?year=`: what the hub says in words of its own in its annual reports, and what it may still say."""
    found = in_year(asked(request, slug))
    if not request.user.reach.may(Permission.MAKE_HUB_REPORT, programme_id=found.programme.pk):
        raise PermissionDenied
    paper = list_for(found, REPORT_WORDS.key)
    standing = standing_words(found.programme, found.period.year, paper.key, request.user)
    texts = {question: row.words for question, row in standing.items()}
    too_much = said_too_much(found.programme, texts, request.user)
    query = f"?year={found.period.written_year}"
    parts = [
        (
            part,
            [
                (
                    Answered(one, standing.get(one.id), too_much.get(one.id, [])),
                    f"{reverse('evaluation:hub-words', args=[slug, paper.key, one.id])}{query}",
                )
                for one in part.questions
            ],
        )
        for part in paper.parts
    ]
    body = found.body(
        "hub-return", "report-words", "words in the annual reports", of_year=True, paper=paper, parts=parts
    )
    return in_the_masthead(request, body)


@dataclass(frozen=True)
class Answered:
    """A question that is answered in words, and the words that stand."""

    question: Question
    words: HubWords | None
    # why no report with these words is issued
    too_much: list[str]

    @property
    def limit(self) -> int:
        """How many words it may have."""
        return self.question.answer.limit if isinstance(self.question.answer, Written) else 0


@needs(Permission.MAKE_HUB_REPORT)
def hub_words(request: AuthenticatedRequest, slug: str, paper: str, question: str) -> HttpResponse:
    """GET `?year=`: a question that the hub answers in words, with all it wrote before; POST: keeps its words."""
    found = in_year(asked(request, slug))
    if not request.user.reach.may(Permission.MAKE_HUB_REPORT, programme_id=found.programme.pk):
        raise PermissionDenied
    asked_in = list_for(found, paper)
    on = asked_in.written().get(question)
    if on is None or not isinstance(on.answer, Written):
        raise Http404
    back = f"{reverse(f'evaluation:hub-{paper}', args=[slug])}?year={found.period.written_year}"
    history = history_of(found.programme, found.period.year, paper, on.id, request.user)
    standing = history[0].words if history else ""
    form = WordsForm(request.POST if request.method == "POST" else None, limit=on.answer.limit, words=standing)
    if request.method == "POST" and form.is_valid() and _write(request, found, asked_in, on, form):
        return redirect(f"{back}#q-{on.id}")
    seen = history[0].pk if history else 0
    if form.is_bound and not form.has_error(NON_FIELD_ERRORS, CHANGED):
        # of whatever else is wrong, they have seen what they had seen before
        seen = form.data.get("seen", "")
    written = form["words"].value() or ""
    context = {
        "programme": found.programme,
        "period": found.period,
        "paper": asked_in,
        "question": on,
        "target": _target(found, asked_in, on),
        "back": back,
        "form": form,
        "seen": seen,
        "limit": on.answer.limit,
        "used": words_in(written),
        "is_over": bool(too_long(tidy(written), on.answer.limit)),
        "history": history,
        "too_much": _too_much(found, asked_in, history),
    }
    return render(request, "evaluation/hub/words.html", context, status=422 if form.errors else 200)


def _write(request: AuthenticatedRequest, found: Asked, paper: Return, on: Question, form: WordsForm) -> bool:
    """Keeps what was written, and says so; where it is refused, says why with the form."""
    year = AcademicYear(year=found.period.year)
    try:
        is_changed = acts.write_words(
            asked=acts.Asked(found.programme, year, paper, on),
            words=form.cleaned_data["words"],
            seen=form.cleaned_data["seen"],
            by=request.user,
        )
    except acts.WordsRefusedError as refusal:
        is_others = isinstance(refusal, acts.WordsChangedError)
        form.add_error(None, ValidationError(str(refusal), code=CHANGED if is_others else "refused"))
        return False
    kept = "is kept" if form.cleaned_data["words"] else "is taken off"
    words = f"What you wrote to “{on.words}” {kept}." if is_changed else "Nothing is different from what stood already."
    messages.success(request, words)
    return True


def _too_much(found: Asked, paper: Return, history: list[HubWords]) -> list[str]:
    """Why no report with the words that stand is issued; what is written for another list stands in no report."""
    if paper.key != REPORT_WORDS.key or not history:
        return []
    return said_too_much(found.programme, {"": history[0].words}, found.user).get("", [])


def _target(found: Asked, paper: Return, on: Question) -> Wanted | None:
    """The target that the words are about; None of any other question."""
    if paper.key != YEAR_END.key:
        return None
    return target_beside(found.programme, found.period.year, on.id, found.user)
