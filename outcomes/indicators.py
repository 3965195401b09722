"""
The eight indicators of the national evaluation: whom each is about, what says something on it, and what does not.

Which they are, and what they are called, stands once in the project: `programmes.models.Indicator`, by which the public
record orders what studies found. Here is what the portal's own evidence needs to know of each.
"""

from dataclasses import dataclass
from enum import StrEnum

from programmes.models import Indicator
from programmes.record import sources

# the headings of the reports' chapters on outcomes; the final report opens with the same first one
SOURCE = f"{sources.NFER_YEAR_1_TEXT}; {sources.NFER_FINAL_TEXT}"


class About(StrEnum):
    """Whom an indicator is about."""

    CHILD = "children"
    SCHOOL = "children and their school"
    FAMILY = "families"
    PLACE = "families and the place they live in"
    PROGRAMME = "the programme"


@dataclass(frozen=True)
class Described:
    """An indicator as it is evaluated here; `says` is the evidence that can speak on it, `silent` what cannot."""

    indicator: Indicator
    about: About
    says: tuple[str, ...]
    silent: str
    source: str = SOURCE

    @property
    def key(self) -> str:
        return self.indicator.value

    @property
    def title(self) -> str:
        return self.indicator.label


INDICATORS = (
    Described(
        Indicator.CULTURE,
        About.CHILD,
        (
            "who takes part, by ethnicity, language, free school meals, needs and sex, beside the school’s own roll",
            "what school staff and tutors see",
        ),
        "A share of children who take part says nothing of how welcome they feel.",
    ),
    Described(
        Indicator.MUSIC,
        About.CHILD,
        (
            "what children say in the music block",
            "grades, medals and levels of ensembles",
            "hours of music received",
            "what school staff and tutors hear",
        ),
        "What children say of their own playing is not a measurement of it.",
    ),
    Described(
        Indicator.WELLBEING,
        About.CHILD,
        ("a standard scale of wellbeing", "scores of difficulties that a school has by licence"),
        "A change of those who answered twice does not show what brought it about.",
    ),
    Described(
        Indicator.SCHOOL,
        About.SCHOOL,
        ("published results of whole schools", "half-day absence of whole schools"),
        "No questionnaire speaks on it: opinions of attainment are not attainment. The national evaluation found no "
        "extra progress.",
    ),
    Described(
        Indicator.ASPIRATION,
        About.FAMILY,
        ("what families say in the family questionnaire", "case studies"),
        "No register speaks on what a family hopes for.",
    ),
    Described(
        Indicator.ENGAGEMENT,
        About.FAMILY,
        (
            "what families say in the family questionnaire",
            "adults at performances, open sessions and family groups",
            "what school staff see",
        ),
        "Heads in a hall do not say who came for the first time.",
    ),
    Described(
        Indicator.COMMUNITY,
        About.PLACE,
        ("what families say in the family questionnaire", "performances in the community and who came"),
        "Families who answer are those already in touch.",
    ),
    Described(
        Indicator.VIABILITY,
        About.PROGRAMME,
        (
            "income by source, the share that is matched, what schools pay",
            "staff trained",
            "what school staff and tutors say",
        ),
        "A year’s income says nothing of the next.",
    ),
)


def described(indicator: str) -> Described:
    """Returns how the indicator of that key is evaluated; KeyError where there is no such indicator."""
    return BY_KEY[indicator]


BY_KEY = {one.key: one for one in INDICATORS}
