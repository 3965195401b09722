"""
The second wall's door: what the database is told about who is asking, for one transaction.

The policies on every table about a child read `inharmony.programmes` and `inharmony.schools`; without them they
raise. `inharmony.person` says who asks: they may read what they themselves put into the trail. The same goes to the
history of guarded tables (`pghistory.context_metadata`), so that every changed row says who changed it. Who holds a
link is known by the hash of its secret alone (`inharmony.link`), who wrote a message by its number in the same place.
Who answers for the whole portal is told with `inharmony.portal`. All are set with the transaction and end with it, so
nothing survives on a shared connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import connection, transaction

from inharmony.access.permissions import Permission

if TYPE_CHECKING:
    from inharmony.accounts.models import User

DatabaseRole = Literal["", "national", "figures", "child_trail"]


@dataclass(frozen=True)
class Scope:
    """Who asks, the programmes (ids) and schools (URNs) whose children they read, and the database role to do so in."""

    programmes: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()
    role: DatabaseRole = ""
    person: int | None = None
    # of the role `child_trail`: the one child whose entries are read
    child: int | None = None
    # the hash of the secret of a link that somebody opened, signed in or not
    link: str = ""
    # whether they answer for the portal as a whole: what was written to no hub is theirs to read
    portal: bool = False


_open: ContextVar[Scope | None] = ContextVar("scope", default=None)


def scope_of(user: "User") -> Scope:
    """Returns the scope of a person's roles of today."""
    reach = user.reach
    role: DatabaseRole = "national" if reach.is_national else ""
    portal = reach.may_everywhere(Permission.ANSWER_MESSAGES)
    return Scope(reach.programmes, reach.schools, role, user.pk, portal=portal)


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """Opens a transaction in which the database lets through this scope and no more."""
    nested = connection.in_atomic_block
    before = _open.get()
    with transaction.atomic():
        _tell(scope)
        token = _open.set(scope)
        try:
            yield
        finally:
            _open.reset(token)
    if nested and not connection.needs_rollback:
        _tell(before)


@contextmanager
def reading(scope: Scope) -> Iterator[None]:
    """Opens a scope in which nothing can be written, for who is not signed in but let in by a link."""
    with scoped(scope):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield


def reads_whole(programme_id: int) -> bool:
    """Returns whether the open scope lets every row of a programme through."""
    scope = _open.get()
    return scope is not None and not scope.role and programme_id in scope.programmes


def narrow_to_accounts() -> None:
    """Leaves, until the open scope ends, no child in reach and the login as the role: what keeping accounts takes."""
    before = _open.get()
    scope = Scope(person=before.person if before else None)
    _tell(scope)
    _open.set(scope)


def figures() -> Scope:
    """Returns the scope of the `figures` role, which reads all rows and is granted to the worker alone."""
    return Scope(role="figures")


def child_trail(child: int, programme_id: int) -> Scope:
    """
    Returns the scope in which the trail, and nothing else, is read: the entries of one programme that name one child.

    The rule stands in the policy and not in the query, for a policy may use the index over children: behind a wall the
    database lets no condition that is not proven to be discreet go first, and would read the whole trail.
    """
    return Scope(frozenset({programme_id}), role="child_trail", child=child)


def _tell(scope: Scope | None) -> None:
    programmes, schools, person, child, link, portal, role = ("", "", "", "", "", "", "none")
    if scope is not None:
        programmes, schools, role = _array(scope.programmes), _array(scope.schools), scope.role or "none"
        person = str(int(scope.person)) if scope.person is not None else ""
        child = str(int(scope.child)) if scope.child is not None else ""
        link, portal = scope.link, "yes" if scope.portal else ""
    context = f'{{"person": {person}}}' if person else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', 'none', true), set_config('inharmony.programmes', %s, true),"
            " set_config('inharmony.schools', %s, true), set_config('inharmony.person', %s, true),"
            " set_config('inharmony.child', %s, true), set_config('inharmony.link', %s, true),"
            " set_config('inharmony.portal', %s, true),"
            " set_config('pghistory.context_metadata', %s, true), set_config('role', %s, true)",
            [programmes, schools, person, child, link, portal, context, role],
        )


def _array(ids: frozenset[int]) -> str:
    return "{" + ",".join(str(int(i)) for i in sorted(ids)) + "}"
