"""Films about In Harmony: one for each of the four themes, where the Arts Council shows it."""

from programmes.models import Film as Kept
from programmes.record.facts import Film

TEAM, PROGRESS = Kept.Theme.TEAM, Kept.Theme.PROGRESS
CHANCES, SCHOOL = Kept.Theme.CHANCES, Kept.Theme.SCHOOL

PAGE = "https://www.artscouncil.org.uk/music-education-hubs/harmony"
SOURCE = (
    "Arts Council England shows it under “In Harmony in action”, with its title as here; the film’s own address is "
    "not in print, so the link leads to that page: artscouncil.org.uk/music-education-hubs/harmony"
)
ONE_OF_FOUR = "One of four short films on how In Harmony helps children, their families and their schools."

FILMS = (
    Film(
        "team",
        TEAM,
        "Learning music together as a team",
        f"{ONE_OF_FOUR} This one is about learning together.",
        PAGE,
        SOURCE,
    ),
    Film(
        "progress",
        PROGRESS,
        "Progress and performance - a musical lifestyle",
        f"{ONE_OF_FOUR} This one is about getting better and playing for others.",
        PAGE,
        SOURCE,
    ),
    Film(
        "chances",
        CHANCES,
        "Life chances and schools transformed",
        f"{ONE_OF_FOUR} This one is about what changes for children and schools.",
        PAGE,
        SOURCE,
    ),
    Film(
        "school",
        SCHOOL,
        "A whole school partnership",
        f"{ONE_OF_FOUR} This one is about working with a school as a whole.",
        PAGE,
        SOURCE,
    ),
)
