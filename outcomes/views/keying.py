"""Paper sheets keyed in, one after the other: a number, an answer to each item or the score of each part, and next."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from outcomes.actions import keying as acts
from outcomes.forms.keying import Sent, read, rows_of, score_rows_of
from outcomes.measures.structure import Measure
from outcomes.models import AskedGroup, Slip
from outcomes.queries.wave import group_words
from outcomes.validators.wave import WaveRefusedError
from outcomes.views.paper import get_group_for, get_keyed


@needs(Permission.KEEP_WAVES)
def key_in(request: AuthenticatedRequest, pk: int, group: int) -> HttpResponse:
    """
    GET: an empty sheet; POST: keys it in and shows the next empty one.

    It says nothing of who has a slip, or has answered by it, until other answers would be replaced: then that there are
    some, and what they are only where the office keyed them in.
    """
    found = get_group_for(request.user, pk, group)
    measure = get_keyed(found)
    if request.method != "POST":
        return _page(request, found, measure)
    sent = read(request.POST, measure)
    slip = _slip(request, found, sent)
    if slip is None:
        words = f"No slip of this group has the number “{sent.number}”. Look at the sheet again."
        return _page(request, found, measure, sent, acts.NotKeyedError(words if sent.number else "Number is missing."))
    try:
        is_new = acts.key_in(slip=slip, answers=sent.answers, seen=sent.seen, by=request.user)
    except WaveRefusedError as refusal:
        return _page(request, found, measure, sent, refusal)
    messages.success(
        request, f"{sent.number} is keyed in." if is_new else f"{sent.number} was keyed in already, alike."
    )
    return redirect("outcomes:keying", pk=pk, group=group)


def _slip(request: AuthenticatedRequest, group: AskedGroup, sent: Sent) -> Slip | None:
    if not sent.is_number:
        return None
    return Slip.objects.visible_to(request.user).filter(group=group, mark=f"{group.code}{sent.number}").first()


def _page(
    request: AuthenticatedRequest,
    found: AskedGroup,
    measure: Measure,
    sent: Sent | None = None,
    refusal: WaveRefusedError | None = None,
) -> HttpResponse:
    differs = refusal if isinstance(refusal, acts.DiffersError) else None
    faults = refusal.faults if isinstance(refusal, acts.FaultyScoresError) else {}
    scale = measure.scale.answers if measure.scale else ()
    context = {
        "group": found,
        "wave": found.wave,
        "title": group_words(found),
        "measure": measure,
        "answers": scale,
        "rows": score_rows_of(measure, sent, faults) if measure.is_scores_only else rows_of(measure, sent),
        "sent": sent,
        "refusal": "" if differs or faults or refusal is None else str(refusal),
        "differs": differs,
        "seen": differs.seen if differs else "",
        "faults": faults,
        "differences": _in_words(measure, differs.differences if differs else []),
    }
    stands = isinstance(refusal, acts.DiffersError | acts.MeanwhileError)
    page = "scores" if measure.is_scores_only else "show"
    return render(request, f"outcomes/keying/{page}.html", context, status=409 if stands else 422 if refusal else 200)


def _in_words(measure: Measure, differences: Iterable[acts.Difference]) -> list[tuple[str | None, str, str]]:
    """Returns what differs as the page says it: the item or part, what stands, and what was keyed."""
    titles = {part.key: part.title for part in measure.parts} | {item.key: item.words for item in measure.items}
    scale = {answer.value: answer.words for answer in (measure.scale.answers if measure.scale else ())}

    def said(value: int | None) -> str:
        return "Left blank" if value is None else scale.get(value) or str(value)

    return [(titles[each.item], said(each.was), said(each.becomes)) for each in differences]
