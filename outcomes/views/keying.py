"""Paper sheets keyed in, one after the other: a number, an answer to each item, save and next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission
from outcomes.actions import keying as acts
from outcomes.forms.keying import Sent, read, rows_of
from outcomes.measures.structure import Measure
from outcomes.models import AskedGroup, Slip
from outcomes.queries.wave import group_words
from outcomes.validators.wave import WaveRefusedError
from outcomes.views.paper import get_group_for, get_printed


@needs(Permission.KEEP_WAVES)
def key_in(request: AuthenticatedRequest, pk: int, group: int) -> HttpResponse:
    """
    GET: an empty sheet; POST: keys it in and shows the next empty one.

    It says nothing of who has a slip, or has answered by it, until other answers would be replaced: then that there are
    some, and what they are only where the office keyed them in.
    """
    found = get_group_for(request.user, pk, group)
    measure = get_printed(found)
    if request.method != "POST":
        return _page(request, found, measure)
    sent = read(request.POST, measure)
    slip = _slip(request, found, sent)
    if slip is None:
        words = f"No slip of this group has the number “{sent.number}”. Look at the sheet again."
        return _page(request, found, measure, sent=sent, refusal=words if sent.number else "Number is missing.")
    try:
        is_new = acts.key_in(slip=slip, answers=sent.answers, seen=sent.seen, by=request.user)
    except acts.DiffersError as differs:
        return _page(request, found, measure, sent=sent, differs=differs)
    except acts.MeanwhileError as refusal:
        return _page(request, found, measure, sent=sent, refusal=str(refusal), status=409)
    except WaveRefusedError as refusal:
        return _page(request, found, measure, sent=sent, refusal=str(refusal))
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
    *,
    sent: Sent | None = None,
    refusal: str = "",
    differs: acts.DiffersError | None = None,
    status: int | None = None,
) -> HttpResponse:
    scale = measure.scale.answers if measure.scale else ()
    words = {answer.value: answer.words for answer in scale}
    items = {item.key: item.words for item in measure.items}
    context = {
        "group": found,
        "wave": found.wave,
        "title": group_words(found),
        "measure": measure,
        "answers": scale,
        "rows": rows_of(measure, sent),
        "sent": sent,
        "refusal": refusal,
        "differs": differs,
        "seen": differs.seen if differs else "",
        "differences": [
            (items[each.item], words.get(each.was or 0, "Left blank"), words.get(each.becomes or 0, "Left blank"))
            for each in (differs.differences if differs else [])
        ],
    }
    usual = 409 if differs else 422 if refusal else 200
    return render(request, "outcomes/keying/show.html", context, status=status or usual)
