"""What a wave may ask, and when: the rules every act of a wave keeps."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Protocol

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
SQLSTATE = "IH004"


class Asking(Protocol):
    """What the rules look at of a wave."""

    name: str
    informant: str
    closed_at: datetime | None

    @property
    def programme(self) -> Programme: ...


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
    if measure.is_scores_only or measure.awaits_wording:
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
