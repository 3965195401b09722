"""How to reach a hub: whom to call, how to complain, and a form that anybody can send. Works without script."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from inharmony.access.gates import open_to_all
from inharmony.public.forms.contact import WHOLE, ContactForm
from inharmony.public.notices import ICO
from inharmony.public.queries.contact import hubs_to_write_to, message_of
from programmes.actions import message as acts
from programmes.models import Message

TOO_MANY = (
    "Many messages came from here within the hour, so this one is not sent yet. Send it again in an hour, or write to "
    "the hub by e-mail."
)


@open_to_all("Anybody may ask, say what they think, or complain; it sets one cookie, against forged forms.")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def contact(request: HttpRequest) -> HttpResponse:
    """GET: whom to call and where to write. Posted: a message, kept for whoever answers it."""
    hubs = hubs_to_write_to(timezone.localdate())
    if request.method != "POST":
        form = ContactForm(initial=_asked_for(request), hubs=hubs)
        return render(request, "public/contact.html", {"form": form, "hubs": hubs, "ico": ICO})
    form = ContactForm(request.POST, hubs=hubs)
    status = 422
    if form.is_valid():
        writing = form.writing()
        if _within_limits(request, writing.email):
            return redirect("public:contact-received", number=acts.receive(writing=writing).number)
        # on the page itself: nothing that was typed is lost
        form.add_error(None, TOO_MANY)
        status = 429
    return render(request, "public/contact.html", {"form": form, "hubs": hubs, "ico": ICO}, status=status)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """What a link to this page chose: ?kind=data&hub=leeds."""
    kind, hub = request.GET.get("kind", ""), request.GET.get("hub", "")
    return {"kind": kind if kind in Message.Kind.values else "", "hub": hub or (WHOLE if kind else "")}


def _within_limits(request: HttpRequest, email: str) -> bool:
    """Whether this address has written little enough; and whether that mailbox has been written to little enough."""
    limits = settings.CONTACT_RATE_LIMITS
    sent = ratelimit.consume(request, app="contact", action="send", config=limits)
    if sent is None or not email:
        return sent is not None
    key = email.casefold()
    return ratelimit.consume(request, app="contact", action="mail", config=limits, key=key) is not None


@open_to_all("Who wrote a message holds its number, and is shown that it is here.")
@require_safe
@never_cache
def contact_received(request: HttpRequest, number: str) -> HttpResponse:
    """GET: that a message came, and what happens next; nothing of what was written."""
    found = message_of(number)
    if found is None:
        raise Http404
    answer = render(request, "public/contact-received.html", {"message": found})
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
