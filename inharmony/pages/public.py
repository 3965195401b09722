"""
Pages that anybody reads: made once, kept in the shared cache, made again when what they show has changed.

A page from the cache asks neither the database nor the session. Pages are kept under an edition; whoever changes what
one shows calls `publish`, and from the next request on every page is made anew. While the shared cache is away nothing
is kept: a process must not go on showing what another has taken off. Should a new edition be lost with the cache, a
page is `KEPT_FOR` seconds old at most.

A page is packed once, when it is made. Packing gives nothing away here: there is no secret in what is the same for
everybody.
"""

import gzip
import hashlib
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.handlers.exception import response_for_exception
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.request import split_domain_port
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers

from inharmony.access.gates import View, open_to_all

KEPT_FOR = 60  # seconds
EDITION = "public:edition"
SAFE = ("GET", "HEAD")
TEXT = re.compile(r"text/|application/json")
PACKED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
# what a browser and a proxy may keep, if they ask each time whether it is still so
CACHE_CONTROL = "public, no-cache"


@dataclass(frozen=True)
class _Kept:
    """A page as it was made, plain and packed; not packed where it is no text."""

    content: bytes
    packed: bytes
    headers: Mapping[str, str]


def public_page(reason: str, *, unless_signed_in: bool = False, is_kept: bool = True) -> Callable[[View], View]:
    """
    Declares a page that is the same for everybody, and says why it is open: GET only, no session, kept in the cache.

    One that is shown `unless_signed_in` goes the way of all other pages for whoever has a session. An address with a
    question ("?place=York") is answered without a session too, and not kept; nor is one that is not `is_kept`: it asks
    the database each time whether it is still there.
    """

    def declared(view: View) -> View:
        gated = open_to_all(reason)(view)
        gated.is_public = True  # type: ignore[attr-defined]
        gated.unless_signed_in = unless_signed_in  # type: ignore[attr-defined]
        gated.is_kept = is_kept  # type: ignore[attr-defined]
        return gated

    return declared


def publish() -> None:
    """Lets every public page be made anew, from the moment on at which this transaction is committed."""
    transaction.on_commit(new_edition, robust=True)


def new_edition() -> None:
    """Lets every public page be made anew at once."""
    cache.set(EDITION, uuid.uuid4().hex, timeout=None)


def kept(key: str, make: Callable[[], Any]) -> Any:
    """
    Returns what is made of the same facts as public pages: from the shared cache of their edition, or made and kept.

    For parts of pages behind a sign-in that are the same for whoever may read them; the gate is asked before.
    """
    edition = _edition()
    name = f"part:{edition}:{hashlib.sha256(key.encode()).hexdigest()}"
    found = _shared(lambda shared: shared.get(name)) if edition else None
    if found is None:
        found = make()
        if edition:
            _shared(lambda shared: shared.set(name, found, KEPT_FOR))
    return found


class PublicPagesMiddleware:
    """Answers public pages by itself, before session and sign-in: from the cache, or made and kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = _public(request)
        if match is None:
            return self.get_response(request)
        if request.method not in SAFE:
            return HttpResponseNotAllowed(SAFE, headers={"Cache-Control": "no-store"})
        request.user = AnonymousUser()
        request.resolver_match = match
        is_kept = getattr(match.func, "is_kept", True) and not request.META.get("QUERY_STRING")
        edition = _edition() if is_kept else ""
        # a host that is refused is refused here; whatever port or case it is asked with, it is one page
        host, _port = split_domain_port(request.get_host())
        key = f"public:{edition}:{host}{request.path}"
        kept = _shared(lambda shared: shared.get(key)) if edition else None
        if kept is None:
            response = _make(request, match)
            if response.streaming or response.status_code != 200:
                response.headers.setdefault("Cache-Control", "no-store")
                return response
            response.headers["Cache-Control"] = CACHE_CONTROL
            response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
            patch_vary_headers(response, ["Accept-Encoding"])
            kept = _Kept(response.content, _packed(response), dict(response.headers))
            if edition:
                _shared(lambda shared: shared.set(key, kept, KEPT_FOR))
        made = _sent(kept, is_packed=bool(PACKED.search(request.headers.get("Accept-Encoding", ""))))
        answer: HttpResponse = get_conditional_response(request, etag=made.headers["ETag"], response=made) or made
        return answer


def _packed(response: HttpResponse) -> bytes:
    return gzip.compress(response.content, mtime=0) if TEXT.match(response.headers["Content-Type"]) else b""


def _sent(kept: _Kept, *, is_packed: bool) -> HttpResponse:
    if not (is_packed and kept.packed):
        return HttpResponse(kept.content, headers=dict(kept.headers))
    # the same page in other bytes has another tag
    tag = f'{kept.headers["ETag"][:-1]}-gzip"'
    headers = {**kept.headers, "Content-Encoding": "gzip", "ETag": tag}
    headers.pop("Content-Length", None)
    return HttpResponse(kept.packed, headers=headers)


def _public(request: HttpRequest) -> ResolverMatch | None:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    if not getattr(match.func, "is_public", False):
        return None
    is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return None if is_signed_in and getattr(match.func, "unless_signed_in", False) else match


def _make(request: HttpRequest, match: ResolverMatch) -> HttpResponse:
    try:
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404 as absent:
        response = response_for_exception(request, absent)
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response


def _edition() -> str:
    """Returns the edition of today's pages, beginning one where there is none; empty while the cache is away."""
    found = _shared(lambda shared: shared.get(EDITION))
    if found is None:
        _shared(lambda shared: shared.add(EDITION, uuid.uuid4().hex, timeout=None))
        found = _shared(lambda shared: shared.get(EDITION))
    return str(found or "")


def _shared(act: Callable[[Any], Any]) -> Any:
    return cache.shared(act)  # type: ignore[attr-defined]  # inharmony.cache.SteadyCache
