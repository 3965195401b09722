"""
What a school sees through the link of the hub's mail, with nobody signed in: its class list, to confirm or correct.

Programs that look into mail open every link in it. So a GET shows no name, writes nothing and changes nothing; the list
is behind one press, and each opening of it stands in the trail. The link's secret is in the address and nowhere else:
no session, and no address without it that a browser could keep open for longer.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from inharmony.access.gates import open_to_all
from inharmony.access.scope import Scope, scoped
from inharmony.pages.fields import Problem, problems
from participants.actions import list_answer as acts
from participants.forms import list_check as forms
from participants.models import ListCheck
from participants.queries import list_by_link as reads
from participants.queries.list_by_link import Listed
from participants.validators.list_check import ListCheckRefusedError
from programmes.queries.feed import hash_of

# Not no-referrer: a form on such a page is sent with the origin "null", and refused as forged. No path is told to
# anybody, and so no secret.
DISCREET = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


@open_to_all("A school has no account: who holds the secret address sees this school's class list for 7 days.")
@require_http_methods(["GET", "HEAD", "POST"])
def list_link(request: HttpRequest, secret: str) -> HttpResponse:
    """GET: whose list it is, who asks, until when. Posted: the list, and what the school says of it."""
    answer = _within_limits(request, secret) or _answer(request, secret)
    for name, value in DISCREET.items():
        answer.headers.setdefault(name, value)
    return answer


def _within_limits(request: HttpRequest, secret: str) -> HttpResponse | None:
    limits, key = settings.LIST_CHECK_RATE_LIMITS, hash_of(secret)
    within = ratelimit.consume(request, app="list_check", action="open", config=limits, key=key, limit_get=True)
    return None if within is not None else render(request, "429.html", status=429)


def _answer(request: HttpRequest, secret: str) -> HttpResponse:
    # whoever is signed in beside it, and in whatever role of the database: no child is in reach yet
    with scoped(Scope(link=hash_of(secret))):
        check = reads.check_of(secret)
        words = reads.why_shut(check, timezone.localdate()) if check is not None else ""
    if check is None or words:
        return _shut(request, check, words)
    if request.method != "POST":
        with _letting_in(check):
            answers = reads.answers_of(check)
        return render(request, "participants/list_check/cover.html", {"check": check, "answers": answers})
    with _letting_in(check):
        return _ACTS.get(request.POST.get("do", ""), _show)(request, check, secret)


def _shut(request: HttpRequest, check: ListCheck | None, words: str) -> HttpResponse:
    answer = render(
        request,
        "participants/list_check/shut.html",
        {"check": check, "words": words},
        status=404 if check is None else 410,
    )
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@contextmanager
def _letting_in(check: ListCheck) -> Iterator[None]:
    """The scope of a link: the children of its school, none of them at risk, and what came by the link itself."""
    with scoped(Scope(schools=frozenset({check.school_id}), link=check.secret_hash or "")):
        yield


def _show(request: HttpRequest, check: ListCheck, _secret: str) -> HttpResponse:
    """The list, with the ticks that were set before."""
    return _list(request, check, forms.sender(name=request.POST.get("name", "")[:80]))


def _list(
    request: HttpRequest,
    check: ListCheck,
    sender: forms.SenderForm,
    wrong: Iterable[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    rows = _seen(check)
    told: dict[int, list[str]] = {}
    missing = []
    for each in reads.told_by(check):
        words = reads.in_words(each.kind, each.proposed)
        if each.child_id is None:
            missing.append(words)
        else:
            told.setdefault(each.child_id, []).append(words)
    chosen = {row.child_id for row in forms.ticked(request.POST, rows)}
    sender.initial["mark"] = acts.mark_of_list(rows)
    lines = [
        (words, [(row, told.get(row.child_id, ()), row.child_id in chosen) for row in of])
        for words, of in reads.classes(rows)
    ]
    context = {"check": check, "classes": lines, "children": len(rows), "form": sender, "missing": missing}
    context |= {"problems": list(wrong), "mark": acts.mark_of_list(rows)}
    return render(request, "participants/list_check/link.html", context, status=status)


def _seen(check: ListCheck) -> list[Listed]:
    """The list of now; that it was shown stands in the trail, with whose names."""
    rows = reads.listed(check, timezone.localdate())
    acts.audit_link("list_check.opened", check, [row.child_id for row in rows])
    return rows


def _right(request: HttpRequest, check: ListCheck, secret: str) -> HttpResponse:
    """The school says that the list is right, as it was shown."""
    sender = forms.sender(request.POST)
    wrong = problems(sender)
    if many := len(request.POST.getlist("child")):
        what = "a child is ticked" if many == 1 else f"{many} children are ticked"
        wrong.append(Problem(f"It is not right while {what}. Take the ticks off, or say what is wrong.", "#wrong"))
    if wrong:
        return _list(request, check, sender, wrong, status=422)
    return _sent(request, check, secret, sender, []) or redirect("participants:list-link", secret)


def _sent(
    request: HttpRequest, check: ListCheck, secret: str, sender: forms.SenderForm, said: list[acts.Said]
) -> HttpResponse:
    told = sender.cleaned_data
    sent = acts.Sent(told["send"], told["name"], told["mark"], said)
    try:
        acts.answer(check=check, sent=sent)
    except acts.LinkShutError as refusal:
        return _shut(request, check, str(refusal))
    except ListCheckRefusedError as refusal:
        return _list(request, check, forms.sender(name=told["name"]), [Problem(str(refusal), "")], status=409)
    return redirect("participants:list-link", secret)


def _mend(request: HttpRequest, check: ListCheck, _secret: str) -> HttpResponse:
    """The page on which a school says what is wrong with the children it ticked, and who is missing."""
    rows, name = _seen(check), request.POST.get("name", "")[:80]
    chosen = forms.ticked(request.POST, rows)
    if len(chosen) > forms.MOST_AT_ONCE:
        words = f"{len(chosen)} children are ticked. Say what is wrong of {forms.MOST_AT_ONCE} first, then of the rest."
        return _list(request, check, forms.sender(name=name), [Problem(words, "")], status=422)
    return _correcting(request, check, forms.blank(chosen, check.academic_year, name))


def _more(request: HttpRequest, check: ListCheck, _secret: str) -> HttpResponse:
    """The same page with room for one child more."""
    page = forms.with_one_more(request.POST, _chosen(request, check), check.academic_year)
    return _correcting(request, check, page)


def _send(request: HttpRequest, check: ListCheck, secret: str) -> HttpResponse:
    """What the school says goes to the hub."""
    page = forms.filled(request.POST, _chosen(request, check), check.academic_year)
    if wrong := page.problems():
        return _correcting(request, check, page, wrong, status=422)
    return _sent(request, check, secret, page.sender, page.said())


def _chosen(request: HttpRequest, check: ListCheck) -> list[Listed]:
    return forms.ticked(request.POST, _seen(check))[: forms.MOST_AT_ONCE]


def _correcting(
    request: HttpRequest, check: ListCheck, page: forms.Correcting, wrong: Iterable[Problem] = (), status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"check": check, "page": page, "problems": list(wrong)}
    context["is_full"] = len(page.missing) >= forms.MOST_MISSING
    return render(request, "participants/list_check/mend.html", context, status=status)


_ACTS = {"show": _show, "right": _right, "mend": _mend, "more": _more, "send": _send}
