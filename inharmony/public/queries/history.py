"""What happened, year by year, as its sources tell it. Where they disagree, all are told and none is chosen."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from inharmony.pages import dates
from inharmony.public.queries.hub import Hub
from programmes.models import Milestone
from programmes.models.milestone import Account


@dataclass(frozen=True)
class Telling:
    """What one source says."""

    says: str
    source: str


@dataclass(frozen=True)
class Moment:
    """Something that happened; `tellings` are all that is said of it, where sources disagree."""

    title: str
    when: str
    words: str
    source: str
    hub: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True)
class Year:
    """A year and what happened in it."""

    number: int
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Choice:
    """A hub whose history alone can be asked for."""

    slug: str
    name: str
    note: str
    is_chosen: bool


def years(slug: str = "") -> list[Year]:
    """Returns the years with what happened in them, of one hub or of all; two statements."""
    rows = _told().filter(programme__slug=slug) if slug else _told()
    by_year = groupby(rows.order_by("happened_on", "id"), key=lambda row: row.happened_on.year)
    return [Year(number, tuple(map(moment, happened))) for number, happened in by_year]


def newest(many: int) -> list[Moment]:
    """Returns what happened last, the newest first; two statements."""
    return [moment(row) for row in _told().order_by("-happened_on", "-id")[:many]]


def moment(row: Milestone) -> Moment:
    """Returns a milestone as it is read."""
    others: list[Account] = row.told  # type: ignore[attr-defined]  # from the prefetch of `years` and `newest`
    own = [Telling(row.words or row.title, row.source)] if others else []
    return Moment(
        row.title,
        dates.printed_span(row.happened_on, row.until, row.precision),
        row.words,
        row.source,
        row.programme.short_name if row.programme else "",
        (*own, *(Telling(other.says, other.source) for other in others)),
    )


def choices(hubs: list[Hub], slug: str) -> list[Choice]:
    """Returns the hubs to choose from, the one asked for marked."""
    return [Choice(hub.slug, hub.name, hub.note if not hub.runs else "", hub.slug == slug) for hub in hubs]


def _told() -> QuerySet[Milestone]:
    accounts = Prefetch("accounts", Account.objects.shown(), to_attr="told")
    return Milestone.objects.shown().select_related("programme").prefetch_related(accounts)
