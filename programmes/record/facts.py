"""The shapes in which the record is written down. Dates are days; an end is the last day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Status:
    """What a programme was (a value of ProgrammeStatus.Status), from when to when."""

    status: str
    starts_on: date
    ends_on: date | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Place:
    """A local authority area, its number and name, roughly where its centre lies, and since when it is served."""

    name: str
    authority: str
    region: str
    latitude: float
    longitude: float
    starts_on: date
    ends_on: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Programme:
    """One programme with its history."""

    slug: str
    name: str
    short_name: str
    colour: str
    announced_on: date
    delivery_started_on: date
    start_note: str
    source: str
    statuses: tuple[Status, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class FormerName:
    """A name an organisation had, and until when, where that is known."""

    name: str
    source: str
    until: date | None = None


@dataclass(frozen=True)
class Role:
    """What an organisation is to a programme (a value of OrganisationRole.Kind), from when to when."""

    programme: str
    kind: str
    starts_on: date
    source: str
    ends_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Organisation:
    """A body that leads, funds or partners."""

    slug: str
    name: str
    roles: tuple[Role, ...] = ()
    former_names: tuple[FormerName, ...] = ()


@dataclass(frozen=True)
class PartnerSchool:
    """A school that a programme's own pages name: its URN is the register's, its name in print may be another."""

    programme: str
    urn: int
    name: str
    authority: str
    postcode: str
    starts_on: date
    source: str
    ends_on: date | None = None
