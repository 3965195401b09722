"""
What families are asked, purpose by purpose, in the words they read.

A version is named for the month it begins. Once a family may have answered to it its words stay as they are, to the
letter: an answer is worth what was asked. Other words are a new version below the old one.
"""

from dataclasses import dataclass
from datetime import date

from participants.models import Consent

Purpose = Consent.Purpose


class UnknownWordingError(LookupError):
    """No such version of what families are asked; the text says which there are."""


@dataclass(frozen=True)
class Wording:
    """What was asked of families from a day on."""

    version: str
    starts_on: date
    words: str


_FIRST, _SECOND = ("2024-09", date(2024, 9, 1)), ("2026-09", date(2026, 9, 1))
# before this day nobody was asked about what is said and told
_QUOTED = ("2026-11", date(2026, 11, 30))

# oldest first
WORDINGS: dict[Purpose, tuple[Wording, ...]] = {
    Purpose.PHOTO_INSIDE: (
        Wording(
            *_FIRST,
            "We may photograph and film your child at In Harmony and use the pictures inside the programme: on the"
            " walls of the school, in lessons and to train our staff. They are not published.",
        ),
        Wording(
            *_SECOND,
            "May we photograph and film your child at In Harmony, for use inside the programme only? That means the"
            " walls of the school, lessons, and the training of our staff. Nothing is published and no name stands"
            " beside a picture. Your child takes part whatever you answer, and you can change your mind on any day: we"
            " then stop using the pictures.",
        ),
    ),
    Purpose.PHOTO_PUBLIC: (
        Wording(
            *_FIRST,
            "We may use photographs and film of your child in public: on our website, in print and in the press. We"
            " never name a child.",
        ),
        Wording(
            *_SECOND,
            "May we show photographs and film of your child in public? That means our website, printed leaflets and"
            " reports, social media and the press. We never name a child. What is printed or shared by others cannot"
            " be called back; from the day you change your mind we use the pictures no more. Your child takes part"
            " whatever you answer.",
        ),
    ),
    Purpose.SURVEY: (
        Wording(
            *_FIRST,
            "We may ask your child short questions about music, school and how they feel. No answer is shown with a"
            " name.",
        ),
        Wording(
            *_SECOND,
            "May we ask your child short questions, up to three times a year, about music, school and how they feel?"
            " Your child may leave out any question. No teacher and no hub sees a single child’s answers; we publish"
            " counts of many children together. Your child takes part in the music whatever you answer, and you can"
            " change your mind on any day.",
        ),
    ),
    Purpose.RESEARCH: (
        Wording(
            *_FIRST,
            "Independent researchers may use what we record about your child’s part in In Harmony, without the name.",
        ),
        Wording(
            *_SECOND,
            "May independent researchers use what we record about your child’s part in In Harmony: sessions, ensembles"
            " and answers to questions? They get a number in place of the name, sign that they keep it safe, and"
            " publish nothing by which a child could be known. Your child takes part whatever you answer, and from the"
            " day you change your mind nothing more is handed over.",
        ),
    ),
    Purpose.QUOTATION: (
        Wording(
            *_QUOTED,
            "May we show what your child, or you, say about making music, or tell what your child did? That means our"
            " reports, and pages that our own staff and the staff of Arts Council England read. We give no name: at"
            " most the year group and the town. You can change your mind on any day, and we then show it no more. What"
            " is printed by then cannot be called back. Your child takes part in the music whatever you answer.",
        ),
    ),
}


def wording(purpose: Purpose, version: str) -> Wording:
    """Returns a version of what is asked about a purpose; raises UnknownWordingError."""
    for one in WORDINGS[purpose]:
        if one.version == version:
            return one
    known = ", ".join(one.version for one in WORDINGS[purpose])
    raise UnknownWordingError(f"“{version}” is no wording about {purpose.label.lower()}. There are: {known}.")


def wording_on(purpose: Purpose, day: date) -> Wording:
    """Returns what was asked on a day; before there was any, the first."""
    begun = [one for one in WORDINGS[purpose] if one.starts_on <= day]
    return begun[-1] if begun else WORDINGS[purpose][0]
