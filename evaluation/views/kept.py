"""
What pages show of hubs, as it was made for the last reader, while no row changed that it is made of.

The version of the rows is read from the database at every request (`queries.kept`): 0 seconds stale, whoever writes.
It is read before anything is made, so what is committed meanwhile is in what was made, or in the next reader's version.
"""

import hashlib
import uuid
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from evaluation.queries.kept import version_of
from inharmony.pages.dates import moment
from programmes.models import Programme

Made = TypeVar("Made")
# what other code made is made again: this start of the portal has one name, in all its processes
START = uuid.uuid4().hex
KEPT_FOR = 24 * 60 * 60  # seconds; the day is part of what must be the same
# where in a kept text the moment stands at which it is asked for
NOW = "@now@"


def kept_part(name: str, make: Callable[[], Made], *, programme: Programme | None = None) -> Made:
    """
    Returns what is made of a hub's rows, or of all hubs' without one, or what was made of the same rows today.

    `name` says everything else that it depends on: the address, and who reads, with all that they may. While the shared
    cache is away it is made.
    """
    key = f"hub:{START}:{hashlib.sha256(name.encode()).hexdigest()}"
    good = (version_of(programme), timezone.localdate())
    found = cache.shared(lambda shared: shared.get(key))  # type: ignore[attr-defined]  # inharmony.cache.SteadyCache
    if found is not None and found[0] == good:
        kept: Made = found[1]
        return kept
    made = make()
    cache.shared(lambda shared: shared.set(key, (good, made), KEPT_FOR))  # type: ignore[attr-defined]
    return made


def as_at_now(html: str) -> SafeString:
    """Returns a kept text, rendered by a template and escaped there, with the moment of now."""
    return mark_safe(html.replace(NOW, moment(timezone.localtime())))  # noqa: S308 - see above
