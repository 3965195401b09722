"""The people of a hub and their roles as a spreadsheet."""

from collections.abc import Iterable

from inharmony.accounts.models import RoleAssignment, User
from inharmony.pages.exporting import Column, ListOut


def people_out(people: Iterable[User], *, past: bool) -> ListOut[User]:
    """Returns people with the roles that one sees of them, one line of words a person."""
    return ListOut(
        act="people.exported",
        title="People",
        about="whose roles are over" if past else "",
        columns=(
            Column("Name", lambda person: person.name),
            Column("Email", lambda person: person.email),
            Column("Roles", lambda person: "; ".join(map(_words, _roles(person))) or None),
            Column("Last signed in", lambda person: person.last_login),
            Column("State", lambda person: None if person.is_active else "Deactivated"),
        ),
        rows=people,
    )


def _roles(person: User) -> list[RoleAssignment]:
    return list(vars(person)["roles_kept"])


def _words(role: RoleAssignment) -> str:
    return f"{role.title}, {role.place}" + (f", until {role.ends_on:%d/%m/%Y}" if role.ends_on else "")
