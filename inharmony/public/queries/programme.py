"""One hub's page: everything the public record says of it, each with where it is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from evaluation.figures.cells import Said
from evaluation.figures.period import whole_year
from evaluation.menu.tables import BY_PROGRAMME
from evaluation.models import Release
from evaluation.queries.release import latest_release, said_of
from inharmony.pages.money import pounds
from inharmony.public import wording
from inharmony.public.charts.years import Bars, Year, through_the_years
from inharmony.public.figures.children import day_of, is_at_a_time, year_of
from inharmony.public.queries.where import status_on
from programmes.models import (
    Account,
    Collaboration,
    Film,
    Finding,
    FundingAgreement,
    Mention,
    Milestone,
    Office,
    OrganisationRole,
    Partnership,
    Place,
    Programme,
    ProgrammeStatus,
    PublishedFigure,
    Study,
)
from schools.models import AcademicYear, School
from schools.queries.context import Context, published_contexts


@dataclass(frozen=True)
class State:
    """What the hub was in a time; of one that sources disagree on, what each says stands in `note` and `sources`."""

    words: str
    when: str
    note: str
    sources: tuple[str, ...]
    is_disputed: bool
    is_now: bool


@dataclass(frozen=True)
class RoleLine:
    """An organisation in a role, in a time, with the names it had before."""

    name: str
    website: str
    when: str
    note: str
    source: str
    former: tuple[str, ...]
    is_now: bool


@dataclass(frozen=True)
class SchoolLine:
    """A partner school, in a time, and its newest published context."""

    school: School
    when: str
    source: str
    is_now: bool
    context: Context | None


@dataclass(frozen=True)
class Number:
    """A published figure as it is said."""

    said: str
    figure: PublishedFigure


@dataclass(frozen=True)
class Money:
    """A public agreement: who pays, how much, when, and of what it is."""

    agreement: FundingAgreement
    amount: str
    when: str


@dataclass(frozen=True)
class ProgrammePage:
    """What the page shows, in its order."""

    programme: Programme
    states: tuple[State, ...]
    leads: tuple[RoleLine, ...]
    partners: tuple[RoleLine, ...]
    payers: tuple[RoleLine, ...]
    places: tuple[Place, ...]
    schools: tuple[SchoolLine, ...]
    children: tuple[Number, ...]
    chart: Bars | None
    numbers: tuple[Number, ...]
    release: Release | None
    released: Said | None
    milestones: tuple[Milestone, ...]
    offices: tuple[Office, ...]
    money: tuple[Money, ...]
    studies: tuple[Study, ...]
    films: tuple[Film, ...]
    collaborations: tuple[Collaboration, ...]
    mentions: tuple[Mention, ...]

    @property
    def state(self) -> State | None:
        """What the hub is today, or was last."""
        return next((state for state in self.states if state.is_now), None)

    @property
    def is_running(self) -> bool:
        """Whether it runs today, or sources disagree whether it does."""
        return self.state is not None and self.state.words != ProgrammeStatus.Status.LEFT.label

    @property
    def schools_now(self) -> list[SchoolLine]:
        """Partner schools of today."""
        return [line for line in self.schools if line.is_now]

    @property
    def schools_before(self) -> list[SchoolLine]:
        """Schools whose partnership has ended."""
        return [line for line in self.schools if not line.is_now]

    @property
    def has_context(self) -> bool:
        """Whether anything is published of a partner school of today."""
        return any(line.context for line in self.schools_now)

    @property
    def has_demonstration_schools(self) -> bool:
        """Whether a school of the page is invented."""
        return any(line.school.is_demonstration for line in self.schools)


def programme_page(slug: str, today: date) -> ProgrammePage | None:
    """Returns the page of a hub that has begun, or None; a fixed number of statements."""
    roles = OrganisationRole.objects.select_related("organisation").prefetch_related("organisation__former_names")
    programme = (
        Programme.objects.filter(slug=slug, statuses__starts_on__lte=today)
        .distinct()
        .prefetch_related("statuses", "places", Prefetch("organisation_roles", queryset=roles))
        .first()
    )
    if programme is None:
        return None
    held = list(programme.organisation_roles.all())
    numbers = [Number(wording.said(one), one) for one in PublishedFigure.objects.shown().filter(programme=programme)]
    children = _by_time(number for number in numbers if number.figure.measure == PublishedFigure.Measure.CHILDREN)
    release, released = _released(programme, today)
    return ProgrammePage(
        programme=programme,
        states=_states(programme, today),
        leads=_roles(held, OrganisationRole.Kind.LEAD, today),
        partners=_roles(held, OrganisationRole.Kind.PARTNER, today),
        payers=_roles(held, OrganisationRole.Kind.FUNDER, today),
        places=tuple(sorted(programme.places.all(), key=lambda place: (place.starts_on, place.pk))),
        schools=_schools(programme, today),
        children=children,
        chart=_chart(children),
        numbers=_by_time(number for number in numbers if number not in children),
        release=release,
        released=released,
        **_entries(programme),
    )


def _entries(programme: Programme) -> dict[str, Any]:
    accounts = Prefetch("accounts", queryset=Account.objects.shown(), to_attr="told")
    findings = Prefetch("findings", queryset=Finding.objects.shown(), to_attr="told")
    agreements = FundingAgreement.objects.shown().filter(programme=programme, is_public=True).select_related("funder")
    return {
        "milestones": tuple(Milestone.objects.shown().filter(programme=programme).prefetch_related(accounts)),
        "offices": tuple(Office.objects.shown().filter(programme=programme)),
        "money": tuple(_money(one) for one in agreements),
        "studies": tuple(Study.objects.shown().filter(programme=programme).prefetch_related(findings)),
        "films": tuple(Film.objects.shown().filter(programme=programme)),
        "collaborations": tuple(Collaboration.objects.shown().filter(programmes=programme)),
        "mentions": tuple(Mention.objects.shown().filter(programme=programme)),
    }


def _states(programme: Programme, today: date) -> tuple[State, ...]:
    statuses = [status for status in programme.statuses.all() if status.starts_on <= today]
    now = status_on(statuses, today)
    return tuple(
        State(
            status.get_status_display(),
            wording.span(status.starts_on, status.ends_on, "month"),
            status.note,
            tuple(filter(None, status.source.split("; "))),
            status.status == ProgrammeStatus.Status.DISPUTED,
            status is now,
        )
        for status in sorted(statuses, key=lambda status: status.starts_on)
    )


def _roles(held: Iterable[OrganisationRole], kind: str, today: date) -> tuple[RoleLine, ...]:
    return tuple(
        RoleLine(
            role.organisation.name,
            role.organisation.website,
            wording.span(role.starts_on, role.ends_on),
            role.note,
            role.source,
            tuple(
                f"{name.name}, until {name.until.year}" if name.until else name.name
                for name in role.organisation.former_names.all()
            ),
            role.ends_on is None or role.ends_on >= today,
        )
        for role in sorted(held, key=lambda role: (role.starts_on, role.organisation.name))
        if role.kind == kind and role.starts_on <= today
    )


def _schools(programme: Programme, today: date) -> tuple[SchoolLine, ...]:
    """Partner schools, now and before, real ones first; two statements."""
    partnerships = list(
        Partnership.objects.filter(programme=programme, starts_on__lte=today)
        .select_related("school__local_authority")
        .order_by("school__is_demonstration", "starts_on", "school__name")
    )
    context = published_contexts({one.school_id for one in partnerships})
    return tuple(
        SchoolLine(
            one.school,
            wording.span(one.starts_on, one.ends_on),
            one.source,
            one.ends_on is None or one.ends_on >= today,
            next(iter(context.get(one.school_id, ())), None),
        )
        for one in partnerships
    )


def _by_time(numbers: Iterable[Number]) -> tuple[Number, ...]:
    return tuple(sorted(numbers, key=lambda number: (day_of(number.figure) or date.min, number.figure.pk)))


def _chart(children: Sequence[Number]) -> Bars | None:
    """Bars of the numbers of children at a time; what is counted otherwise, or undated, is in the table alone."""
    return through_the_years(
        [
            Year(year_of(number.figure), number.said, float(number.figure.value))
            for number in children
            if is_at_a_time(number.figure) and day_of(number.figure) is not None
        ]
    )


def _released(programme: Programme, today: date) -> tuple[Release | None, Said | None]:
    """The hub's protected number in the newest release of a year; two statements, one while there is no release."""
    release = latest_release(whole_year(AcademicYear.year_of(today)))
    said = said_of(release, BY_PROGRAMME, programme.slug) if release else None
    return (release, said) if said else (None, None)


def _money(agreement: FundingAgreement) -> Money:
    amount = pounds(agreement.amount)
    return Money(
        agreement,
        f"{amount} a year" if amount and agreement.is_a_year else amount,
        wording.span(agreement.starts_on, agreement.ends_on, agreement.precision),
    )
