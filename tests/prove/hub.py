"""One of the two planted hubs: what is in it, and who may see which of it."""

from dataclasses import dataclass, field

from inharmony.access.scope import Scope
from inharmony.accounts.models import User
from participants.models import Child, RosterImport
from programmes.models import Ensemble, Programme, Session
from schools.models import School
from tests.crawler.plan import Canary

NAMES = {"A": "Alderbrook", "B": "Birchmoor"}
OFFICE = ("administrator", "manager")


@dataclass
class Hub:
    """One of the two, and what was planted in it. Names of its people are those of the plan, such as "manager A"."""

    key: str
    programme: Programme
    schools: list[School]
    people: dict[str, User] = field(default_factory=dict)
    ensembles: list[Ensemble] = field(default_factory=list)  # the coordinator's own, and another
    sessions: list[Session] = field(default_factory=list)
    children: list[tuple[Child, tuple[str, ...]]] = field(default_factory=list)  # with who may see them
    imports: list[RosterImport] = field(default_factory=list)
    canaries: list[Canary] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        return Scope(frozenset({self.programme.pk}))

    def named(self, *roles: str) -> tuple[str, ...]:
        """Returns the names of the people of these roles, as the plan has them."""
        return tuple(f"{role} {self.key}" for role in roles)

    def hide(self, what: str, kind: str, *spellings: str, seen_by=(), about_child: bool = True) -> str:
        """Plants a text and returns it."""
        self.canaries.append(
            Canary(f"{what} of hub {self.key}", kind, spellings, tuple(seen_by), self.key, about_child)
        )
        return spellings[0]
