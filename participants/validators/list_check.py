"""When a school may be asked about its class list, and at which address."""

from datetime import date

from inharmony.access.roles import SCHOOL_LEAD
from inharmony.accounts.models import RoleAssignment
from inharmony.pages import dates
from programmes.models import Closing, Partnership, Programme
from programmes.queries.agreement import agreement_gap
from schools.models import School

# where anybody has an address: what is sent there has left the school
PRIVATE_MAIL = frozenset(
    (
        *("gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.com", "live.co.uk"),
        *("msn.com", "yahoo.com", "yahoo.co.uk", "icloud.com", "me.com", "aol.com", "btinternet.com", "sky.com"),
        *("talktalk.net", "virginmedia.com", "proton.me", "protonmail.com", "gmx.com"),
    )
)


class ListCheckRefusedError(Exception):
    """An act about the check of a class list that cannot be done; the text says why and what to do."""


class NotAskedError(ListCheckRefusedError):
    """The school cannot be asked now."""


class WrongAddressError(ListCheckRefusedError):
    """Nobody at this address may be asked."""


def shut_since(programme: Programme, today: date) -> str:
    """Returns that a hub is closed, in words that stand alone; an empty text for one that is open."""
    closing = Closing.objects.on(today).filter(programme=programme).first()
    return f"{programme.short_name} is closed since {dates.day(closing.closed_on)}." if closing else ""


def require_open(programme: Programme, today: date) -> None:
    """Raises NotAskedError for a hub that is closed: what is asked and answered there is about rows nobody changes."""
    if words := shut_since(programme, today):
        raise NotAskedError(f"{words} Nothing can be changed.")


def require_askable(programme: Programme, school: School, today: date) -> None:
    """Raises NotAskedError where the hub is closed, the school no partner of today, or no agreement is in force."""
    require_open(programme, today)
    if not is_partner(programme.pk, school.pk, today):
        raise NotAskedError(f"{school.name} is no partner school of {programme.short_name} today.")
    if gap := agreement_gap(programme, today):
        raise NotAskedError(f"No children's names leave {programme.short_name}: {gap}.")


def require_address(email: str, school: School) -> None:
    """Raises WrongAddressError for an address that is nobody's at a school."""
    if email.rpartition("@")[2].lower() in PRIVATE_MAIL:
        raise WrongAddressError(
            f"{email} is a private address. Write one of {school.name} itself: whoever reads its mail sees the names."
        )


def is_lead(person: int, school: int) -> bool:
    """Returns whether somebody who can sign in leads a school today."""
    held = RoleAssignment.objects.current().filter(user=person, role=SCHOOL_LEAD.name, school=school)
    return held.filter(user__is_active=True).exists()


def is_partner(programme: int, school: int, today: date) -> bool:
    """Returns whether a school works with a programme on a day."""
    return Partnership.objects.on(today).filter(programme=programme, school=school).exists()
