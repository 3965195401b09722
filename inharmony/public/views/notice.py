"""What the portal says of personal data, cookies and access: notices with a version, the same for everybody."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inharmony.pages.public import public_page
from inharmony.public.notices import EASS, ICO, NOTICES
from participants.models import Consent
from participants.wordings import WORDINGS


@dataclass(frozen=True)
class Cookie:
    """One cookie, or one entry of the browser's own store: its name, what it is for, how long it stays."""

    name: str
    purpose: str
    lasts: str


def _notice(request: HttpRequest, name: str, **more: object) -> HttpResponse:
    editions = NOTICES[name]
    context = {"edition": editions[0], "editions": editions, "ico": ICO, **more}
    return render(request, f"public/{name}.html", context)


@public_page("The law says that whoever's data is kept must be told, before anybody signs in.")
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _notice(request, "privacy")


@public_page("Children must be told what is kept of them, in words that a child of eight can read.")
@require_safe
def privacy_children(request: HttpRequest) -> HttpResponse:
    return _notice(request, "privacy-children")


@public_page("Families must be told what is kept of their child, what they are asked, and how to say no.")
@require_safe
def privacy_families(request: HttpRequest) -> HttpResponse:
    asked = [(purpose.label, WORDINGS[purpose][-1].words) for purpose in Consent.Purpose]
    return _notice(request, "privacy-families", asked=asked)


@public_page("What is kept in a browser must be told, before anybody signs in.")
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return _notice(request, "cookies", cookies=COOKIES, kept=KEPT)


@public_page("Who cannot use the portal must find out how to say so without using it.")
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _notice(request, "accessibility", eass=EASS)


COOKIES = (
    Cookie(
        settings.SESSION_COOKIE_NAME,
        "Knows that you are signed in. It is set when you sign in; what stands in it is picked at random.",
        f"Until you sign out or close the browser, and {settings.SESSION_COOKIE_AGE // 3600} hours at most",
    ),
    Cookie(
        settings.CSRF_COOKIE_NAME,
        "Proves that a form was sent from our own page and not from a stranger’s. It is set on pages with a form that"
        " anybody can open: signing in, and contact.",
        "A year",
    ),
    Cookie(
        "messages",
        "Carries one line to the next page, such as “Saved”. It is set when there is such a line.",
        "Until that page is shown",
    ),
)
# in the store of the browser itself (local storage): nothing of it is sent with a request
KEPT = (
    Cookie(
        "unsent:…",
        "A register that was saved while there was no network. It holds numbers and marks, and never a name.",
        "Until it has been sent",
    ),
    Cookie(
        "draft:…",
        "Marks that were pressed and not saved yet. It holds numbers and marks, and never a name.",
        "Until they are saved; 14 days at most",
    ),
    Cookie("slash", "Whether the key “/” goes to the search box. Only if you changed it.", "Until you change it back"),
)
