"""How far one person reaches today: the roles they hold, turned into programmes, schools and permissions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from inharmony.access.permissions import Permission
from inharmony.access.roles import Reach as Kind
from inharmony.access.roles import Role


@dataclass(frozen=True)
class Held:
    """One role held today, and of what: `place` as the masthead shows it, and since when a hub is closed."""

    role: Role
    programme_id: int | None = None
    school_id: int | None = None
    place: str = ""
    closed_on: date | None = None


class PersonalReach:
    """What the roles a person holds today add up to."""

    def __init__(self, held: Iterable[Held] = ()) -> None:
        self.held = tuple(held)

    @cached_property
    def whole_programmes(self) -> frozenset[int]:
        """Programmes seen whole."""
        return self._programmes(Kind.PROGRAMME)

    @cached_property
    def own_ensembles_in(self) -> frozenset[int]:
        """Programmes in which only the person's own ensembles are seen."""
        return self._programmes(Kind.OWN_ENSEMBLES) - self.whole_programmes

    @cached_property
    def programmes(self) -> frozenset[int]:
        """Programmes in which the person sees anything at all: what the wall of the database lets through."""
        return self.whole_programmes | self._programmes(Kind.OWN_ENSEMBLES)

    @cached_property
    def schools(self) -> frozenset[int]:
        """URNs of schools seen whole."""
        return frozenset(h.school_id for h in self.held if h.role.reach is Kind.SCHOOL and h.school_id is not None)

    @cached_property
    def is_national(self) -> bool:
        """Whether the person is national staff and nothing else: their database role can read no child table."""
        return bool(self.held) and all(h.role.reach is Kind.NATION for h in self.held)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the person may do somewhere."""
        return frozenset(p for h in self.held for p in h.role.permissions)

    def may(self, permission: Permission, *, programme_id: int | None = None, school_id: int | None = None) -> bool:
        """Returns whether a role held today carries the permission, for that programme or school when one is named."""
        return any(
            permission in h.role.permissions
            and (programme_id is None or h.programme_id == programme_id)
            and (school_id is None or h.school_id == school_id)
            for h in self.held
        )

    def may_everywhere(self, permission: Permission) -> bool:
        """Returns whether a role of the whole portal carries the permission: then it holds of no one hub or school."""
        return any(permission in h.role.permissions and h.role.reach is Kind.PORTAL for h in self.held)

    def programmes_for(self, permission: Permission) -> frozenset[int]:
        """Returns the programmes in which the person holds the permission."""
        return frozenset(
            h.programme_id for h in self.held if permission in h.role.permissions and h.programme_id is not None
        )

    def titles(self) -> list[str]:
        """Returns the titles of the roles held, for the account page."""
        return [h.role.title for h in self.held]

    def _programmes(self, kind: Kind) -> frozenset[int]:
        return frozenset(h.programme_id for h in self.held if h.role.reach is kind and h.programme_id is not None)
