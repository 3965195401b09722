"""What base.html knows about the person: hub, navigation, name. Lazy, so that an error page asks nobody."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from inharmony.access.permissions import Permission
from inharmony.access.reach import Held, PersonalReach
from inharmony.access.roles import BEYOND_HUBS, Reach
from inharmony.pages import dates
from inharmony.pages.navigation import Link, address, links

# whom to call about a child: at the foot of every page of whoever meets children
SAFEGUARDING = "programmes:safeguarding"
# entries that stand in one line with the place, the search and the name
FIT_A_LINE = 6
# where a child, an ensemble or a school is found; on this page the field is in the page, not in the masthead
SEARCH = "participants:search"


@dataclass(frozen=True)
class Chrome:
    """The frame of a page; empty for somebody who is not signed in."""

    person: int | None = None
    place: str = ""
    name: str = ""
    initials: str = ""
    account: str = ""
    nav: tuple[Link, ...] = ()
    search: str = ""
    safeguarding: str = ""
    closed: tuple[str, ...] = ()

    @property
    def is_crowded(self) -> bool:
        """Whether the entries need a line of their own in the masthead of a wide screen."""
        return len(self.nav) > FIT_A_LINE


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration, entered in one press."""

    email: str
    role: str
    place: str


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `chrome` for base.html and, in a demonstration, `demo_accounts` for the sign-in page."""
    return {
        "chrome": SimpleLazyObject(lambda: _chrome(request)),
        "school_accounts": settings.SCHOOL_ACCOUNTS,
        "demo_accounts": [DemoAccount(*row) for row in settings.DEMO_ACCOUNTS] if settings.DEMO else [],
    }


def place_of(reach: PersonalReach) -> str:
    """Returns the one hub or school the person works for; for several their count; for national staff their body."""
    places = {held.place for held in reach.held if held.place}
    if len(places) == 1:
        return places.pop()
    if places:
        return _counted(reach.held)
    return BEYOND_HUBS[Reach.NATION] if reach.is_national else ""


def _counted(held: tuple[Held, ...]) -> str:
    hubs = len({h.programme_id for h in held if h.programme_id})
    schools = len({h.school_id for h in held if h.school_id})
    words = [f"{hubs} hub{'s' * (hubs > 1)}"] * bool(hubs) + [f"{schools} school{'s' * (schools > 1)}"] * bool(schools)
    return ", ".join(words)


def _chrome(request: HttpRequest) -> Chrome:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Chrome()
    current = request.resolver_match.view_name if request.resolver_match else ""
    return Chrome(
        person=user.pk,
        place=place_of(user.reach),
        name=user.name,
        initials=user.initials,
        account=reverse("pages:account"),
        nav=tuple(links(user.reach.permissions, current)),
        search=address(SEARCH) if user.reach.may(Permission.SEE_CHILDREN) and current != SEARCH else "",
        safeguarding=address(SAFEGUARDING) if user.reach.may(Permission.SEE_SAFEGUARDING) else "",
        closed=tuple(closed_hubs(user.reach)),
    )


def closed_hubs(reach: PersonalReach) -> list[str]:
    """Returns a sentence for each hub of the person's that is closed."""
    closed = {h.place: h.closed_on for h in reach.held if h.closed_on is not None}
    return [
        f"{place} is closed since {dates.day(day)}: everything can be read, and nothing can be changed."
        for place, day in sorted(closed.items())
    ]


def roles_held(reach: PersonalReach) -> list[tuple[str, str, str]]:
    """Returns title, place and description of each role held today, for the account page."""
    return [(h.role.title, h.place or BEYOND_HUBS.get(h.role.reach, ""), h.role.description) for h in reach.held]
