"""One's sessions in the calendar of one's phone: the page that makes the address, and what the phone reads there."""

import hashlib

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from inharmony.access.gates import AuthenticatedRequest, needs, open_to_all
from inharmony.access.permissions import Permission
from inharmony.access.scope import Scope, reading
from inharmony.icalendar import CONTENT_TYPE
from programmes.actions import feed as acts
from programmes.exports.feed import calendar_of
from programmes.queries.feed import feed_of, hash_of, sessions_around, whose

# a secret in an address must not be told to the next page, and not be found
DISCREET = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@needs(Permission.SEE_OWN_DAY)
def mine(request: AuthenticatedRequest) -> HttpResponse:
    """Whether one's calendar has an address, with the presses that make and end it."""
    return render(request, "programmes/feed/mine.html", {"feed": feed_of(request.user)})


@never_cache
@needs(Permission.SEE_OWN_DAY, fresh=True)
@require_POST
def make(request: AuthenticatedRequest) -> HttpResponse:
    """Makes the address and shows it, once."""
    path = reverse("programmes:calendar", args=[acts.make(by=request.user)])
    address = f"{settings.PORTAL_URL}{path}"
    context = {"address": address, "subscribe": "webcal:" + address.partition(":")[2]}
    answer = render(request, "programmes/feed/made.html", context)
    answer["Referrer-Policy"] = DISCREET["Referrer-Policy"]
    return answer


@needs(Permission.SEE_OWN_DAY)
@require_POST
def end(request: AuthenticatedRequest) -> HttpResponse:
    """Ends the address: who reads it from now on finds nothing."""
    acts.end(by=request.user)
    messages.success(request, "The address is dead. Phones that read it keep what they have, and get nothing new.")
    return redirect("programmes:calendar-mine")


@open_to_all("A phone reads it with nobody signed in: who holds the secret address may see when and where, never who.")
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar of whoever made the address: days, times, ensembles and venues. An unchanged one is answered 304."""
    limits = settings.CALENDAR_RATE_LIMITS
    within = ratelimit.consume(
        request, app="calendar", action="read", config=limits, key=hash_of(secret), limit_get=True
    )
    if within is None:
        return HttpResponse("Read too often. Come back later.", status=429, content_type="text/plain")
    # whoever is signed in beside it, and in whatever role of the database: no hub's children are in reach
    with reading(Scope()):
        owner = whose(secret)
        if owner is None:
            raise Http404
        content = calendar_of(sessions_around(timezone.localdate(), owner))
    tag = f'"{hashlib.sha256(content).hexdigest()}"'
    answer = HttpResponse(content, content_type=CONTENT_TYPE, headers={**DISCREET, "ETag": tag})
    return get_conditional_response(request, etag=tag, response=answer) or answer
