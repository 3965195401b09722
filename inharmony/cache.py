"""The cache that all processes share; while it is away each process counts for itself, and nobody is locked out."""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")
# seconds in which an absent server is not asked again: a page must not wait for it at every step
LEAVE_ALONE = 5.0
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}


class SteadyCache(RedisCache):
    """
    Redis or Valkey, and this process's own memory while that does not answer.

    Counts of wrong passwords stand here. With the server down, each web process counts its own: guessing stays
    limited, signing in stays possible. What was kept in memory meanwhile is forgotten.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": PATIENCE | params.get("OPTIONS", {})})
        self._memory = LocMemCache("while the shared cache is away", params)
        self._away_until = 0.0

    def shared(self, act: Callable[[Any], Answer]) -> Answer | None:
        """Returns what an act on the shared cache says, None while it is away: for what all must see alike."""
        if time.monotonic() >= self._away_until:
            try:
                return act(super())
            except RedisError as error:
                self._leave_alone(error)
        return None

    def _either(self, act: Callable[[Any], Answer]) -> Answer:
        if time.monotonic() >= self._away_until:
            try:
                return act(super())
            except RedisError as error:
                self._leave_alone(error)
        return act(self._memory)

    def _leave_alone(self, error: RedisError) -> None:
        log.warning("The shared cache does not answer (%s): this process counts for itself", error)
        self._away_until = time.monotonic() + LEAVE_ALONE

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """See BaseCache; so are those that follow."""
        return bool(self._either(lambda cache: cache.add(*args, **kwargs)))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._either(lambda cache: cache.get(*args, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._either(lambda cache: cache.set(*args, **kwargs))

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._either(lambda cache: cache.touch(*args, **kwargs)))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._either(lambda cache: cache.delete(*args, **kwargs)))

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._either(lambda cache: cache.get_many(*args, **kwargs))

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._either(lambda cache: cache.set_many(*args, **kwargs))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._either(lambda cache: cache.delete_many(*args, **kwargs))

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._either(lambda cache: cache.has_key(*args, **kwargs)))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._either(lambda cache: cache.incr(*args, **kwargs)))

    def clear(self) -> None:
        self._either(lambda cache: cache.clear())
