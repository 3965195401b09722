"""
How many wrong codes and numbers are taken before nobody is let in from there for a while.

Only what was wrong counts. A school is one address: thirty children who answer at once, and 8,000 in a day, are never
sent away. Codes are too many to be found by trying (2.5 thousand million); numbers stand four digits behind a code that
a whole school class knows, so they are counted apart, by address and code, and who tries them elsewhere does not keep a
school class from answering.

Who tries them in the class itself does not stop those who have begun: a slip that was opened there stays open there.
Every other number is refused alike, right or wrong. If right ones were let in, or those by which somebody answered
already, who is stopped could go on trying and would know each number by its answer.
"""

import time

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from outcomes.queries.answering import code_of, is_mark
from outcomes.views.slip_pages import page

APP = "answer"
CODE, NUMBER = "wrong_code", "wrong_number"
# seconds, as long as the longest limit: until then a slip that was opened somewhere is known there
KNOWN_FOR = 24 * 60 * 60


def too_many(request: HttpRequest, told: str) -> HttpResponse | None:
    """Returns the page for who was wrong too often from where they are, None for everybody else. Counts nothing."""
    if is_mark(told):
        is_over = _is_over(request, NUMBER, _key(request, code_of(told))) and not cache.get(_known(request, told))
    else:
        is_over = _is_over(request, CODE)
    return page(request, "too-many", {}, status=429) if is_over else None


def note_right(request: HttpRequest, mark: str) -> None:
    """Keeps for a day that a slip was opened from where this request comes: there it is opened again, always."""
    cache.set(_known(request, mark), True, KNOWN_FOR)


def note_wrong_code(request: HttpRequest) -> None:
    """Counts a code that nobody was given."""
    _note(request, CODE)


def note_wrong_number(request: HttpRequest, code: str) -> None:
    """Counts a number that nobody of a group was given."""
    _note(request, NUMBER, _key(request, code))


def _known(request: HttpRequest, mark: str) -> str:
    # the cache does not tell by whose slip somebody answered from where: without the key of this server it is noise
    told = salted_hmac("outcomes.guessing", _key(request, mark), algorithm="sha256")
    return f"{APP}:known:{told.hexdigest()}"


def _key(request: HttpRequest, code: str) -> str:
    # of an address of version 6 the first 64 bits (ALLAUTH_RATE_LIMIT_IPV6_PREFIX)
    return f"{ratelimit.get_ip(request)} {code}"


def _note(request: HttpRequest, action: str, key: str | None = None) -> None:
    limits = settings.ANSWER_RATE_LIMITS
    ratelimit.consume(request, app=APP, action=action, config=limits, key=key, limit_get=True)


def _is_over(request: HttpRequest, action: str, key: str | None = None) -> bool:
    # read without allauth's lock, which thirty at once would wait for: nothing is written
    for rate in ratelimit.get_rates(app=APP, action=action, config=settings.ANSWER_RATE_LIMITS):
        kept = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if not ratelimit.apply_rate(kept, time.time(), rate, dry_run=True)[0]:
            return True
    return False
