"""What the crawler asks of whoever started it: it knows no table, and cannot look past a wall."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ledger:
    """
    Functions over the database as its administrator sees it, and a way to sign in again.

    `sign_in` returns the cookies of a new session of a person, and puts right first what was done to their account, so
    that they can be who they are; `changed` the tables in which a row was added, changed
    or removed since it was last called; `audited` the number of entries in the trail; `foreign` a checksum for each
    table of all rows that a person must not change, whatever they send.
    """

    sign_in: Callable[[str], dict[str, str]]
    changed: Callable[[], set[str]]
    audited: Callable[[], int]
    foreign: Callable[[str], dict[str, str]]
