"""
What a measure is: its items, the answers to them, what is added up, what may be missing, and what its licence allows.

Measures are declared, not entered, and checked where they are gathered (`consistency`). A version is never changed once
it has been asked: what is changed is a new version beside it, and answers keep the version they were given to.
"""

from dataclasses import dataclass
from enum import StrEnum

from programmes.models import Indicator

TOTAL = "total"
# said of what rests on no source, until somebody has the print in hand
UNCONFIRMED = "not confirmed in print"


class Informant(StrEnum):
    """Who answers."""

    CHILD = "child"
    FAMILY = "family"
    STAFF = "school staff"
    TUTOR = "tutor"


@dataclass(frozen=True)
class Licence:
    """
    What may be done with a measure's items: printed or shown to others, altered, answered on a screen.

    `words` says it as the licence does, in our words; `source` who says so.
    """

    words: str
    source: str
    may_show: bool
    may_alter: bool
    may_screen: bool


OWN = Licence(
    "Written for In Harmony: free to use, show and change. A change is a new version.",
    "In Harmony",
    may_show=True,
    may_alter=True,
    may_screen=True,
)


@dataclass(frozen=True)
class Answer:
    """One answer of a scale: its value, its words (none where an operator loads them), the picture beside them."""

    value: int
    words: str | None
    picture: str = ""


@dataclass(frozen=True)
class Scale:
    """The answers to choose from, from the least value to the most."""

    answers: tuple[Answer, ...]

    @property
    def least(self) -> int:
        return self.answers[0].value

    @property
    def most(self) -> int:
        return self.answers[-1].value

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(answer.value for answer in self.answers)


@dataclass(frozen=True)
class Item:
    """
    One statement or question, and the part it counts in.

    `words` is None where an operator loads them. `is_reversed` follows from what the words say: that who agrees has
    less of what the part is about. Where an item stands says nothing of it.
    """

    key: str
    part: str
    words: str | None
    is_reversed: bool = False


@dataclass(frozen=True)
class Care:
    """From which score to which the answers are to be read with care, and why."""

    least: int
    most: int
    words: str


@dataclass(frozen=True)
class Part:
    """
    What is added up by itself: a subscale with the indicator it feeds, or a check on the answers, which feeds none.

    `least` and `most` are the range of its score as published; a declaration whose items do not give it is refused.
    `unconfirmed` says what of it no source in print was found for; it is said with every score of it. Of a difficulty
    more is worse, and a high score of one child is a matter of safeguarding.
    """

    key: str
    title: str
    least: int
    most: int
    feeds: Indicator | None
    care: tuple[Care, ...] = ()
    unconfirmed: str = ""
    is_difficulty: bool = False


@dataclass(frozen=True)
class Total:
    """
    The score over several parts; parts that are not named stay out of it. Of difficulties more is worse.

    `title` is what it is called where that is not the measure's own title.
    """

    parts: tuple[str, ...]
    least: int
    most: int
    is_difficulty: bool = False
    title: str = ""


@dataclass(frozen=True)
class Missing:
    """
    How many items of a part may be left out; the rest are then scaled up to all: their mean times the number of items.

    The score stays exact (a fraction where it must be), since no measure here has a rule to round by.
    """

    at_most: int
    source: str


COMPLETE = Missing(0, "No rule for missing answers is published: nothing is scored with one missing.")


@dataclass(frozen=True)
class Band:
    """A range of a score that has a name."""

    least: int
    most: int
    words: str


@dataclass(frozen=True)
class Bands:
    """The bands of a published table, for one form, informant and version of it: those of each part, or the total."""

    form: str
    informant: Informant
    version: str
    source: str
    of: tuple[tuple[str, tuple[Band, ...]], ...]

    def band(self, key: str, score: int) -> Band | None:
        """Returns the band of a score of that part, or the total; none where the table has none for it."""
        return next((band for band in dict(self.of).get(key, ()) if band.least <= score <= band.most), None)


@dataclass(frozen=True)
class Measure:
    """
    A measure in one version.

    `ages` are the ages in years of the children it is about, None where it is about no child in particular.
    `norms` says in words with whom its scores can be compared. Without items only scores are kept, as a person keys
    them; `instructions` is None where an operator loads them. `form` says which form it is, in words, where others ask
    the same of somebody else: each is a measure of its own, for the scores of two are never laid together.
    """

    key: str
    version: str
    title: str
    informants: tuple[Informant, ...]
    ages: tuple[int, int] | None
    licence: Licence
    source: str
    norms: str
    parts: tuple[Part, ...]
    missing: Missing
    instructions: str | None = None
    items: tuple[Item, ...] = ()
    scale: Scale | None = None
    total: Total | None = None
    bands: tuple[Bands, ...] = ()
    form: str = ""

    @property
    def name(self) -> str:
        """Returns the title as it stands in messages."""
        return f"“{self.title}” (version {self.version})"

    @property
    def is_scores_only(self) -> bool:
        return not self.items

    @property
    def awaits_wording(self) -> bool:
        """Whether an operator loads its words before it can be asked."""
        return any(item.words is None for item in self.items)

    @property
    def feeds(self) -> tuple[Indicator, ...]:
        """Returns the indicators its parts feed, each once, in their order."""
        fed = {part.feeds for part in self.parts}
        return tuple(one for one in Indicator if one in fed)

    def part(self, key: str) -> Part:
        return {part.key: part for part in self.parts}[key]

    def title_of(self, key: str) -> str:
        """Returns what a number of a part, or of the total, is called where it stands among those of others."""
        whole = (self.total.title if self.total else "") or self.title
        title = whole if key == TOTAL else self.part(key).title
        return f"{title} ({self.form})" if self.form else title

    def items_of(self, part: str) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.part == part)

    def bands_for(self, form: str, informant: Informant) -> Bands | None:
        """Returns the newest table for that form and informant, the last that is declared; none where there is none."""
        fitting = [bands for bands in self.bands if (bands.form, bands.informant) == (form, informant)]
        return fitting[-1] if fitting else None
