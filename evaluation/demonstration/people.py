"""Accounts of the demonstration, staff without an account, and who holds which role."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from evaluation.demonstration.names import staff_name
from evaluation.demonstration.schools import DemoSchool
from inharmony.access import roles
from inharmony.accounts.models import RoleAssignment, User
from programmes.models import Programme, Tutor
from schools.actions.staging import next_ids, write_many

# In the demonstration one press signs in; the password is for those who would rather type.
PASSWORD = "orchestra-every-child"  # noqa: S105 - invented accounts, refused beside real ones
HUBS_WITH_STAFF = ("liverpool", "leeds")


@dataclass(frozen=True)
class DemoTutor:
    """A tutor, the demonstration schools they go to, and who takes their registers."""

    id: int
    programme_id: int
    programme: str
    name: str
    user_id: int | None
    taken_by: int
    schools: tuple[DemoSchool, ...]


@dataclass
class Staff:
    """Everybody with an account, by address; and the tutors in the order of their schools."""

    users: dict[str, User]
    tutors: list[DemoTutor] = field(default_factory=list)

    def of(self, role: str, programme: str) -> User:
        """Returns the account of a role in a programme; the coordinator where there is no such account."""
        return self.users.get(f"{role}@{programme}.example") or self.users[f"coordinator@{programme}.example"]


def make_staff(programmes: dict[str, Programme], schools: list[DemoSchool], schools_a_tutor: int, since: date) -> Staff:
    """Writes accounts, roles and tutors."""
    names = iter(range(1_000_000))
    wanted = [*_hub_roles(programmes), *_other_roles(schools)]
    accounts = {address: staff_name(next(names)) for address, *_ in wanted}
    users = _make_users(accounts)
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=users[address],
            role=role.name,
            programme=programme,
            school_id=urn,
            starts_on=since,
            granted_by=users["operator@portal.example"],
        )
        for address, role, programme, urn in wanted
    )
    staff = Staff(users)
    for slug, programme in programmes.items():
        own = [school for school in schools if school.programme == slug]
        shares = [tuple(own[i : i + schools_a_tutor]) for i in range(0, len(own), schools_a_tutor)]
        staff.tutors += _make_tutors(programme, shares, staff, iter([staff_name(next(names)) for _ in shares]))
    return staff


def _hub_roles(programmes: dict[str, Programme]) -> list[tuple[str, roles.Role, Programme | None, int | None]]:
    wanted = list[tuple[str, roles.Role, Programme | None, int | None]]()
    for slug, programme in programmes.items():
        wanted.append((f"coordinator@{slug}.example", roles.COORDINATOR, programme, None))
        if slug in HUBS_WITH_STAFF:
            wanted.append((f"admin@{slug}.example", roles.ADMINISTRATOR, programme, None))
            wanted.append((f"manager@{slug}.example", roles.MANAGER, programme, None))
    return wanted


def _other_roles(schools: list[DemoSchool]) -> list[tuple[str, roles.Role, Programme | None, int | None]]:
    return [
        ("school@faith.example", roles.SCHOOL_LEAD, None, schools[0].urn),
        ("national@arts.example", roles.NATIONAL, None, None),
        ("operator@portal.example", roles.OPERATOR, None, None),
    ]


def _make_users(accounts: dict[str, str]) -> dict[str, User]:
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    users = User.objects.bulk_create(
        User(email=address, name=name, password=password) for address, name in accounts.items()
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return {user.email: user for user in users}


def _make_tutors(
    programme: Programme, shares: list[tuple[DemoSchool, ...]], staff: Staff, names: Iterator[str]
) -> list[DemoTutor]:
    coordinator, keyer = staff.of("coordinator", programme.slug), staff.of("admin", programme.slug)
    tutors = [
        DemoTutor(
            id=tutor_id,
            programme_id=programme.pk,
            programme=programme.slug,
            name=coordinator.name if first else next(names),
            user_id=coordinator.pk if first else None,
            taken_by=coordinator.pk if first else keyer.pk,
            schools=share,
        )
        for tutor_id, share, first in zip(
            next_ids(Tutor, len(shares)), shares, [True, *[False] * (len(shares) - 1)], strict=True
        )
    ]
    write_many(
        Tutor,
        ["id", "programme", "user", "name"],
        [(tutor.id, tutor.programme_id, tutor.user_id, tutor.name) for tutor in tutors],
    )
    return tutors
