"""The days a figure counts: an academic year or one of its terms."""

from dataclasses import dataclass
from datetime import date

SEASONS = ("autumn", "spring", "summer")


@dataclass(frozen=True)
class Period:
    """Days from `starts_on` to `ends_on`, both inside. `term` is empty for the whole year."""

    year: int
    starts_on: date
    ends_on: date
    term: str = ""

    @property
    def written_year(self) -> str:
        """Returns "2026-27"."""
        return f"{self.year}-{(self.year + 1) % 100:02d}"

    @property
    def title(self) -> str:
        """Returns "autumn term 2026-27" or "2026-27"."""
        return f"{self.term} term {self.written_year}" if self.term else self.written_year


def whole_year(year: int) -> Period:
    """Returns 1 September of `year` to 31 August of the next."""
    return Period(year, date(year, 9, 1), date(year + 1, 8, 31))


def term_of_year(year: int, term: str, spring_starts_on: date, summer_starts_on: date) -> Period:
    """
    Returns one term such that the three share out the whole year: a day of holidays counts with the term before it,
    so that nothing counted by term is lost from the year.
    """
    whole = whole_year(year)
    edges = (whole.starts_on, spring_starts_on, summer_starts_on)
    position = SEASONS.index(term)
    ends_on = whole.ends_on if term == "summer" else date.fromordinal(edges[position + 1].toordinal() - 1)
    return Period(year, edges[position], ends_on, term)
