"""What a wave may ask, and when: the rules every act of a wave keeps."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils import timezone

from inharmony.pages import dates
from outcomes.measures.structure import Informant, Measure
from participants.validators.list_check import shut_since
from programmes.models import Programme
from schools.models import AcademicYear

# what is asked over more than a term is no one time: the first and the last to answer have had different music
LONGEST = timedelta(days=92)
# a questionnaire of so many is given out in several groups
MOST_SLIPS = 60
# whose slips name a child
OF_CHILDREN = (Informant.CHILD, Informant.FAMILY)
# as often as families agree to in a year (participants/wordings.py)
MOST_IN_A_YEAR = 3
# the moments of a wave (models/wave.py), which rules do not import
BEFORE, AFTER = "before", "after"
SQLSTATE = "IH004"


class Asking(Protocol):
    """What the rules look at of a wave."""

    name: str
    informant: str
    closed_at: datetime | None

    @property
    def programme(self) -> Programme: ...


class Timed(Protocol):
    """What the order of the waves of a measure is told by."""

    name: str
    moment: str
    opens_on: date
    closes_on: date
    closed_at: datetime | None


class WaveRefusedError(Exception):
    """An act on a wave that cannot be done; the text says why and what to do, `about` which fact is wrong."""

    def __init__(self, words: str, about: str | None = None) -> None:
        super().__init__(words)
        self.about = about


class HubClosedError(WaveRefusedError):
    """The hub is closed: nothing is asked there any more."""


class WaveShutError(WaveRefusedError):
    """The wave is closed, or not to be changed any more."""


def require_open_hub(programme: Programme, today: date) -> None:
    """Raises HubClosedError for a hub that is closed on a day."""
    if words := shut_since(programme, today):
        raise HubClosedError(f"{words} Nothing can be changed.")


def require_open(wave: Asking, today: date) -> None:
    """Raises HubClosedError or WaveShutError where nothing of a wave can be changed on a day."""
    require_open_hub(wave.programme, today)
    if wave.closed_at is not None:
        raise WaveShutError(f"“{wave.name}” is closed. A closed wave stays as it is; make a new one.")


def require_askable(measure: Measure, informant: str) -> None:
    """Raises WaveRefusedError for a measure that cannot be asked, or not of this informant."""
    if measure.awaits_wording:
        raise WaveRefusedError("This questionnaire cannot be asked. Choose another.", "asked")
    if informant not in measure.informants:
        raise WaveRefusedError(f"{measure.name} is not answered by {informant}. Choose another.", "asked")


def require_days(opens_on: date, closes_on: date, today: date) -> None:
    """Raises WaveRefusedError for days on which nobody could answer, or that are no one time of asking."""
    if closes_on < opens_on:
        raise WaveRefusedError("A wave cannot close before it opens.", "closes_on")
    if closes_on < today:
        raise WaveRefusedError("This day is over. Choose today or a later one.", "closes_on")
    if closes_on - opens_on > LONGEST:
        last = dates.day(opens_on + LONGEST)
        raise WaveRefusedError(f"A wave lasts a term at most, from its first day until {last}.", "closes_on")
    if AcademicYear.year_of(opens_on) != AcademicYear.year_of(closes_on):
        raise WaveRefusedError("A wave lies within one academic year: close it by 31 August.", "closes_on")


def require_order(moment: str, opens_on: date, closes_on: date, others: Iterable[Timed]) -> None:
    """
    Raises WaveRefusedError where a wave would ask later before all were asked at the start.

    `others` are the waves of its measure and year. What is answered later is compared with what was at the start.
    """
    if moment == AFTER:
        last = max((each for each in others if each.moment == BEFORE), key=_over_from, default=None)
        if last and opens_on < _over_from(last):
            raise WaveRefusedError(
                f"“{last.name}” asks the same at the start until {dates.day(last.closes_on)}. Open this wave after it, "
                "or choose “At the start”.",
                "opens_on",
            )
    else:
        later = (each for each in others if each.moment == AFTER)
        first = min(later, key=lambda each: each.opens_on, default=None)
        if first and closes_on >= first.opens_on:
            raise WaveRefusedError(
                f"“{first.name}” asks the same later, from {dates.day(first.opens_on)}. What is asked at the start is "
                "closed before that day; if this is asked later as well, make it a wave of “Later”.",
                "closes_on",
            )


def _over_from(wave: Timed) -> date:
    """Returns the first day on which a wave takes no answers: after its last day, or when it was closed by then."""
    over = wave.closes_on + timedelta(days=1)
    return min(over, timezone.localdate(wave.closed_at)) if wave.closed_at else over


def require_seldom(year_groups: Iterable[str], asked: Iterable[Collection[str]], words: Mapping[str, str]) -> None:
    """
    Raises WaveRefusedError where children of a year group would be asked more often in a year than families agreed to.

    `asked` are the year groups of each wave of children of that hub and year; `words` are the names of year groups.
    """
    times = Counter(group for groups in asked for group in set(groups))
    if often := [words.get(group, group) for group in sorted(year_groups) if times[group] >= MOST_IN_A_YEAR]:
        has, them = ("has", "it") if len(often) == 1 else ("have", "them")
        raise WaveRefusedError(
            f"{' and '.join(often)} {has} {MOST_IN_A_YEAR} waves in this academic year, and families agreed to no "
            f"more. Leave {them} out here, or ask in the next year.",
            "year_groups",
        )


def require_year_groups(informant: str, year_groups: Collection[str]) -> None:
    """Raises WaveRefusedError where children are asked and no year group is named."""
    if informant in OF_CHILDREN and not year_groups:
        raise WaveRefusedError("Choose the year groups that are asked.", "year_groups")


def require_number(slips: int) -> None:
    """Raises WaveRefusedError for a number of slips nobody gives out at once."""
    if not 1 <= slips <= MOST_SLIPS:
        raise WaveRefusedError(f"Write how many slips, from 1 to {MOST_SLIPS}.", "slips")


def is_of_children(wave: Asking) -> bool:
    """Returns whether the slips of a wave name children: it asks them or their families."""
    return wave.informant in OF_CHILDREN


def is_refusal(error: BaseException) -> bool:
    """Returns whether the database refused to change what is closed (migration 0001)."""
    return getattr(error.__cause__, "sqlstate", None) == SQLSTATE
