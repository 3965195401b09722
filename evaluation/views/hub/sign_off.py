"""Signing off a term: what is missing, what will be frozen, what was signed and what came after."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from evaluation.actions import sign_off as acts
from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.figures.figure import Figure
from evaluation.figures.own import with_parts
from evaluation.figures.period import SEASONS
from evaluation.figures.signed import beside_signed, revised
from evaluation.forms.sign_off import SignOffForm
from evaluation.menu.tables import ALL
from evaluation.queries.sign_off import Signed, checks_of, last_teaching_day, signed_in, signed_terms, touched_since
from evaluation.views.hub.frame import Asked, asked, in_the_masthead
from inharmony.access.gates import AuthenticatedRequest, needs
from inharmony.access.permissions import Permission

FROZEN = ("children_reached", "registers_taken", "attendance", "hours_received", "sessions_held", "ensembles")


@needs(Permission.SEE_HUB_FIGURES)
def hub_sign_off(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """GET: a term before it is signed, or what was signed and what differs since. POST, by a manager: signs it."""
    found = asked(request, slug)
    if not found.period.term:
        return _terms(request, found)
    may_sign = request.user.reach.may(Permission.SIGN_OFF_TERM, programme_id=found.programme.pk)
    if request.method == "POST" and not may_sign:
        raise PermissionDenied
    signed = signed_terms(found.programme, found.period, request.user)
    form = SignOffForm(request.POST if request.method == "POST" else None, is_again=bool(signed))
    if request.method == "POST":
        answer = _sign(request, found, form, signed)
        if answer is not None:
            return answer
    return _page(request, found, form, signed, may_sign=may_sign)


def _sign(request: AuthenticatedRequest, found: Asked, form: SignOffForm, signed: list[Signed]) -> HttpResponse | None:
    """Returns where to go on, or None where the form must be answered first."""
    here = redirect(found.href("hub-sign-off"))
    # an empty reason is refused by the act, which knows whether anything differs at all
    reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
    if signed and not reason and form.data.get("reason", "").strip():
        return None
    try:
        made = acts.sign_off_term(
            programme=found.programme,
            year=found.period.year,
            term=found.period.term,
            by=request.user,
            reason=reason,
        )
    except acts.ReasonNeededError as refusal:
        if signed:
            return None
        # somebody else signed while this page was open
        messages.error(request, str(refusal))
        return here
    except acts.SignedAlreadyError as refusal:
        messages.info(request, str(refusal))
        return here
    except acts.SignOffRefusedError as refusal:
        messages.error(request, str(refusal))
        return here
    messages.success(
        request,
        f"The {found.period.title} is signed off under number {made.number}, with {made.registers_taken:,} of "
        f"{made.registers_due:,} registers taken.",
    )
    return here


def _terms(request: AuthenticatedRequest, found: Asked) -> HttpResponse:
    """Of a whole year: its terms, each to be signed by itself."""
    address = reverse("evaluation:hub-sign-off", args=[found.programme.slug])
    signed = signed_in(found.programme, found.period.year)
    rows = [
        {
            "title": f"{term.capitalize()} term {found.period.written_year}",
            "words": "Signed off." if term in signed else "Not signed off.",
            "href": f"{address}?year={found.period.written_year}&term={term}",
            "action": "Open",
        }
        for term in SEASONS
    ]
    return in_the_masthead(request, found.body("hub-sign-off", "sign-off-terms", "sign-off", rows=rows))


def _page(
    request: AuthenticatedRequest, found: Asked, form: SignOffForm, signed: list[Signed], *, may_sign: bool
) -> HttpResponse:
    today, source = timezone.localdate(), found.numbers.source
    last = signed[0] if signed else None
    differs = revised(last.source.cells, source.cells) if last else ()
    opens_on = last_teaching_day(found.programme, found.period)
    body = found.body(
        "hub-sign-off",
        "sign-off",
        "sign-off",
        request=request,
        form=form,
        # the page itself
        sign_off_href="",
        signed=signed,
        last=last,
        next_number=last.sign_off.number + 1 if last else 1,
        differs=differs,
        # of the whole hub first; by characteristics there may be hundreds
        differs_whole=[each for each in differs if not each.table.dimension],
        differs_parts=[each for each in differs if each.table.dimension],
        touched=touched_since(found.programme, found.period, last.sign_off, request.user) if differs and last else (),
        opens_on=opens_on,
        is_open=today >= opens_on,
        may_sign=may_sign,
        checks=checks_of(found.numbers, today),
        figures=[found.opened(each) for each in _frozen(source, last)],
    )
    return in_the_masthead(request, body, status=422 if form.errors else 200)


def _frozen(source: Source, last: Signed | None) -> list[Figure]:
    figures = [with_parts(source, FIGURES[key](source, ALL)) for key in FROZEN]
    return [beside_signed(each, last.source) for each in figures] if last else figures
