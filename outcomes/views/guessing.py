"""
How many wrong codes and numbers are taken before nobody is let in from there for a while.

Only what was wrong counts. A school is one address: thirty children who answer at once, and 8,000 in a day, are never
sent away. Codes are too many to be found by trying (2.5 thousand million); numbers stand four digits behind a code that
a whole school class knows, so they are counted apart, by address and code, and who tries them elsewhere does not keep a
school class from answering.
"""

import time

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from outcomes.queries.answering import code_of, is_mark
from outcomes.views.slip_pages import page

APP = "answer"
CODE, NUMBER = "wrong_code", "wrong_number"


def too_many(request: HttpRequest, told: str) -> HttpResponse | None:
    """Returns the page for who was wrong too often from where they are, None for everybody else. Counts nothing."""
    is_over = _is_over(request, NUMBER, _key(request, code_of(told))) if is_mark(told) else _is_over(request, CODE)
    return page(request, "too-many", {}, status=429) if is_over else None


def note_wrong_code(request: HttpRequest) -> None:
    """Counts a code that nobody was given."""
    _note(request, CODE)


def note_wrong_number(request: HttpRequest, code: str) -> None:
    """Counts a number that nobody of a group was given."""
    _note(request, NUMBER, _key(request, code))


def _key(request: HttpRequest, code: str) -> str:
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
