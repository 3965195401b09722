"""Hubs as whoever keeps them sees them: their state, and what one still needs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from inharmony.access.roles import MANAGER, NATIONAL
from inharmony.accounts.models import Invitation, RoleAssignment, User
from inharmony.pages import dates
from programmes.models import Partnership, Programme, ProgrammeStatus
from programmes.queries.agreement import agreement_gap

KINDS = {ProgrammeStatus.Status.RUNNING: "ok", ProgrammeStatus.Status.PILOT: "ok"}


@dataclass(frozen=True)
class State:
    """What a hub is today, in words, and the kind of its tag."""

    words: str
    kind: str = ""


@dataclass(frozen=True)
class HubLine:
    """A hub in the list of all."""

    programme: Programme
    state: State
    is_agreed: bool
    managers: int
    schools: int


@dataclass(frozen=True)
class Step:
    """Something a hub needs before its work can begin; `words` say what is there or what is missing."""

    key: str
    is_done: bool
    words: str


def hubs(user: User, today: date) -> list[HubLine]:
    """Returns the hubs the person keeps, by name; a fixed number of statements."""
    kept = Programme.objects.kept_by(user)
    agreed = set(kept.agreed_on(today).values_list("pk", flat=True))
    managing, teaching = _counted(managers_of().order_by()), _counted(Partnership.objects.on(today))
    return [
        HubLine(one, state(one, today), one.pk in agreed, managing.get(one.pk, 0), teaching.get(one.pk, 0))
        for one in kept.prefetch_related("statuses", "closings")
    ]


def _counted(rows: QuerySet[RoleAssignment] | QuerySet[Partnership]) -> dict[int, int]:
    return dict(rows.values_list("programme").annotate(many=Count("pk")))


def managers_of(programme: Programme | None = None) -> QuerySet[RoleAssignment]:
    """Returns the roles of managers who can sign in, of one programme or of all."""
    roles = RoleAssignment.objects.current().filter(role=MANAGER.name, user__is_active=True)
    roles = roles if programme is None else roles.filter(programme=programme)
    return roles.select_related("user").order_by("user__name")


def national_staff() -> QuerySet[RoleAssignment]:
    """Returns the roles of Arts Council staff who can sign in."""
    roles = RoleAssignment.objects.current().filter(role=NATIONAL.name, user__is_active=True)
    return roles.select_related("user").order_by("user__name")


def state(programme: Programme, today: date) -> State:
    """Returns what a hub is today: closed, about to close, or what its status says."""
    standing = [closing for closing in programme.closings.all() if closing.reopened_on is None]
    if standing:
        day = dates.day(standing[0].closed_on)
        return (
            State(f"Closed since {day}", "bad") if standing[0].closed_on <= today else State(f"Closes on {day}", "warn")
        )
    statuses = list(programme.statuses.all())
    for status in statuses:
        if status.starts_on <= today and (status.ends_on is None or status.ends_on >= today):
            return State(status.get_status_display(), KINDS.get(ProgrammeStatus.Status(status.status), "calm"))
    coming = [status.starts_on for status in statuses if status.starts_on > today]
    return State(f"Begins on {dates.day(min(coming))}", "new") if coming else State("No status", "calm")


def steps(programme: Programme, today: date) -> list[Step]:
    """Returns what a hub needs, in the order in which it is done."""
    gap = agreement_gap(programme, today)
    schools = Partnership.objects.on(today).filter(programme=programme).count()
    return [
        Step(
            "agreement",
            not gap,
            f"{_capital(gap)}, so no class list can come in." if gap else "A sharing agreement is in force.",
        ),
        _manager(programme),
        Step(
            "school",
            bool(schools),
            f"{schools} partner school{'s' * (schools != 1)} today." if schools else "No school works with it yet.",
        ),
    ]


def _manager(programme: Programme) -> Step:
    held = [role.user.name for role in managers_of(programme)]
    if held:
        return Step("manager", is_done=True, words=f"Managed by {', '.join(held)}.")
    waiting = Invitation.objects.waiting().filter(programme=programme, role=MANAGER.name, expires_at__gt=timezone.now())
    if invited := waiting.order_by("-sent_at").first():
        until = dates.day(timezone.localtime(invited.expires_at))
        return Step("manager", is_done=False, words=f"{invited.name} is invited; the letter is valid until {until}.")
    return Step("manager", is_done=False, words="Nobody who can sign in manages it.")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
