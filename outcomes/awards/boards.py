"""
The boards and their awards, each with its source; levels by A Common Approach (Music Mark).

Its table puts the Initial grade at Entry, Grades 1 to 3 at Foundation, 4 and 5 at Intermediate, 6 to 8 at Advanced, and
the Arts Awards from Explore to Gold beside them. Of Music Medals it was only found in print that Copper and Bronze
lead to Grade 1: the medals above stand for no level here until a source says for which.
"""

from outcomes.awards.structure import AwardKind, Grade, Level, Marks, Result, Syllabus

LEVELS = "Music Mark, A Common Approach, musicmark.org.uk/a-common-approach/about/equivalence-of-programmes-of-study"
THRESHOLDS = "sweetsymphony.co.uk/faq/5873/what-is-the-pass-mark-in-a-music-exam/"
ABRSM_PRACTICAL = "ABRSM, hu.abrsm.org/en/our-exams/information-and-regulations/graded-music-exam-marking-criteria/"
MEDALS = (
    "ABRSM, abrsm.org/en-gb/other-assessments/music-medals/music-medal-regulations; results: "
    "en.wikipedia.org/wiki/Music_Medals; Copper and Bronze: simonballe.herts.sch.uk/music/music-medals-abrsm/"
)


def _graded(*, initial: bool) -> tuple[Grade, ...]:
    levels = (Level.FOUNDATION,) * 3 + (Level.INTERMEDIATE,) * 2 + (Level.ADVANCED,) * 3
    grades = tuple(Grade(str(number), f"Grade {number}", level) for number, level in enumerate(levels, start=1))
    return (Grade("initial", "Initial grade", Level.ENTRY), *grades) if initial else grades


def _marks(most: int, passed: int, merit: int, distinction: int) -> Marks:
    return Marks(most, ((passed, Result.PASS), (merit, Result.MERIT), (distinction, Result.DISTINCTION)))


SYLLABUSES = (
    Syllabus(
        "abrsm",
        "ABRSM",
        "practical",
        "practical",
        _graded(initial=True),
        f"{ABRSM_PRACTICAL}; {THRESHOLDS}",
        _marks(150, 100, 120, 130),
    ),
    Syllabus(
        "abrsm",
        "ABRSM",
        "theory",
        "theory",
        _graded(initial=False),
        THRESHOLDS,
        _marks(75, 50, 60, 65),
        of_instrument=False,
    ),
    Syllabus(
        "abrsm",
        "ABRSM",
        "medal",
        "Music Medal",
        (
            Grade("copper", "Copper", Level.ENTRY),
            Grade("bronze", "Bronze", Level.ENTRY),
            Grade("silver", "Silver", None),
            Grade("gold", "Gold", None),
            Grade("platinum", "Platinum", None),
        ),
        MEDALS,
        results=(Result.EXCELLENT, Result.PASS, Result.WORKING),
        note="Silver, Gold and Platinum stand for no level: no source in print says for which.",
    ),
    Syllabus(
        "trinity",
        "Trinity",
        "graded",
        "graded exam",
        _graded(initial=True),
        THRESHOLDS,
        _marks(100, 60, 75, 87),
    ),
    Syllabus(
        "lcm",
        "London College of Music",
        "graded",
        "graded exam",
        _graded(initial=False),
        THRESHOLDS,
        _marks(100, 65, 75, 85),
    ),
    Syllabus(
        "arts_award",
        "Arts Award",
        "level",
        "",
        (
            Grade("discover", "Discover", None),
            Grade("explore", "Explore", Level.ENTRY),
            Grade("bronze", "Bronze", Level.FOUNDATION),
            Grade("silver", "Silver", Level.INTERMEDIATE),
            Grade("gold", "Gold", Level.ADVANCED),
        ),
        LEVELS,
        results=(Result.ACHIEVED,),
        of_instrument=False,
        note="Discover stands for no level.",
    ),
)
KINDS = tuple(AwardKind(syllabus, grade) for syllabus in SYLLABUSES for grade in syllabus.grades)
BY_KEY = {kind.key: kind for kind in KINDS}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns all awards as grouped choices of a form."""
    return [
        (syllabus.name, [(kind.key, kind.title) for kind in KINDS if kind.syllabus is syllabus])
        for syllabus in SYLLABUSES
    ]
