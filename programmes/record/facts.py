"""The shapes in which the record is written down. Dates are days; an end is the last day."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal


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
    about: str = ""
    website: str = ""


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

    @property
    def source(self) -> str:
        """Where it is named: each source of its roles and former names, once."""
        found = [*(role.source for role in self.roles), *(name.source for name in self.former_names)]
        return "; ".join(dict.fromkeys("; ".join(found).split("; ")))


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


@dataclass(frozen=True)
class Account:
    """What another source says of a milestone."""

    key: str
    says: str
    source: str


@dataclass(frozen=True)
class Milestone:
    """Something that happened, in the country (no programme) or to one programme, as exactly as it is in print."""

    key: str
    happened_on: date
    title: str
    source: str
    precision: str = "day"
    until: date | None = None
    words: str = ""
    programme: str | None = None
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True)
class Office:
    """Who held an office in the government of In Harmony (a value of Office.Kind)."""

    key: str
    kind: str
    holder: str
    source: str
    of_body: str = ""
    starts_on: date | None = None
    precision: str = "year"
    ends_on: date | None = None
    words: str = ""
    programme: str | None = None


@dataclass(frozen=True)
class Funding:
    """Money that a funder (an organisation's slug) agreed to pay, as in print."""

    key: str
    funder: str
    title: str
    starts_on: date
    source: str
    ends_on: date | None = None
    precision: str = "day"
    amount: Decimal | None = None
    is_a_year: bool = False
    is_in_harmony_only: bool = True
    words: str = ""
    programme: str | None = None
    is_public: bool = True


@dataclass(frozen=True)
class Collaboration:
    """Work with others (a value of Collaboration.Kind), of some programmes or, naming none, of all."""

    key: str
    kind: str
    title: str
    partner: str
    starts_on: date
    source: str
    precision: str = "day"
    ends_on: date | None = None
    venue: str = ""
    children: int | None = None
    adults: int | None = None
    audience: int | None = None
    words: str = ""
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a study found on one indicator (a value of Indicator), and how strongly (a value of Finding.Strength)."""

    key: str
    indicator: str
    strength: str
    words: str
    source: str


@dataclass(frozen=True)
class Study:
    """An evaluation, review or piece of research (a value of Study.Kind) with what it found."""

    key: str
    kind: str
    title: str
    authors: str
    published_on: date
    source: str
    precision: str = "month"
    pages: int | None = None
    commissioned_by: str = ""
    evidence: str = ""
    address: str = ""
    programme: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number others printed (a value of PublishedFigure.Measure), with who printed it."""

    key: str
    measure: str
    label: str
    value: Decimal | int
    unit: str
    when: str
    source: str
    as_at: date | None = None
    qualifier: str = ""
    precision: str = "year"
    until: date | None = None
    note: str = ""
    programme: str | None = None


def figures_of(programme: str, *figures: Figure) -> tuple[Figure, ...]:
    """Returns the figures as those of a programme; each is named within it."""
    return tuple(replace(one, key=f"{programme}-{one.key}", programme=programme) for one in figures)


@dataclass(frozen=True)
class Mention:
    """What is named in print of a programme and has no date of its own (a value of Mention.Kind)."""

    key: str
    programme: str
    kind: str
    name: str
    source: str
    when: str = ""
    words: str = ""


@dataclass(frozen=True)
class Film:
    """A film that stands elsewhere (a value of Film.Theme)."""

    key: str
    theme: str
    title: str
    summary: str
    address: str
    source: str
    transcript: str = ""
    minutes: int | None = None
    programme: str | None = None
