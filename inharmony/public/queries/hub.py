"""The hubs as anybody reads of them: since when, who leads, whether they still run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from inharmony.pages import dates
from programmes.models import OrganisationRole, Programme, ProgrammeStatus

RUN = (ProgrammeStatus.Status.PILOT, ProgrammeStatus.Status.RUNNING, ProgrammeStatus.Status.DISPUTED)


@dataclass(frozen=True)
class Lead:
    """A body that leads or led a hub; `note` says from when to when and what it was called before."""

    name: str
    note: str
    source: str


@dataclass(frozen=True)
class Hub:
    """A hub in a list of all; `note` says what it is today, where that is not simply running."""

    slug: str
    name: str
    since: str
    note: str
    runs: bool
    leads: tuple[Lead, ...]
    source: str

    @property
    def led_by(self) -> str:
        """The bodies in one line."""
        return " and ".join(lead.name for lead in self.leads)


def hubs(today: date) -> list[Hub]:
    """Returns all hubs by name, those that run first; a fixed number of statements."""
    roles = OrganisationRole.objects.filter(kind=OrganisationRole.Kind.LEAD).select_related("organisation")
    rows = Programme.objects.prefetch_related(
        "statuses",
        Prefetch("organisation_roles", roles.prefetch_related("organisation__former_names"), to_attr="leading"),
    )
    return sorted((_hub(row, today) for row in rows), key=lambda hub: not hub.runs)


def _hub(programme: Programme, today: date) -> Hub:
    statuses = list(programme.statuses.all())
    now = next((one for one in statuses if one.starts_on <= today and (one.ends_on or today) >= today), None)
    began = programme.delivery_started_on or min((one.starts_on for one in statuses), default=None)
    runs = now is not None and now.status in RUN
    leads: Iterable[OrganisationRole] = programme.leading  # type: ignore[attr-defined]  # from the prefetch above
    return Hub(
        programme.slug,
        programme.short_name,
        str(began.year) if began else "",
        _note(statuses, now, runs=runs),
        runs,
        tuple(_lead(role) for role in leads if not runs or role.ends_on is None or role.ends_on >= today),
        programme.source,
    )


def _note(statuses: list[ProgrammeStatus], now: ProgrammeStatus | None, *, runs: bool) -> str:
    if now is not None and now.status == ProgrammeStatus.Status.DISPUTED:
        return now.get_status_display()
    if runs or not statuses:
        return ""
    ended = [one.starts_on if one.status == ProgrammeStatus.Status.LEFT else one.ends_on for one in statuses]
    last = max((day for day in ended if day), default=None)
    return f"until {last.year}" if last else ""


def _lead(role: OrganisationRole) -> Lead:
    former = ", ".join(
        f"{one.name}, until {dates.day(one.until)}" if one.until else one.name
        for one in role.organisation.former_names.all()
    )
    notes = (role.note, f"Formerly {former}." if former else "")
    return Lead(role.organisation.name, " ".join(filter(None, notes)), role.source)
