"""How far somebody is, as noteheads on five lines: one for each question. Words beside it say the same."""

from dataclasses import dataclass

from outcomes.queries.answering import Progress

# a tune to climb: heights on the stave, again and again
TUNE = (32, 28, 24, 20, 16, 20, 12, 8)


@dataclass(frozen=True)
class Notehead:
    """One question: where it stands (per cent across, and height), and whether it is behind, here or ahead."""

    across: str
    height: int
    state: str


def noteheads(progress: Progress, place: int | None = None) -> list[Notehead]:
    """Returns a notehead for each question, `place` being the one that is shown, if one is."""
    each = 100 / len(progress.items)
    return [
        Notehead(
            f"{each * (number - 0.5):.2f}%",
            TUNE[(number - 1) % len(TUNE)],
            "here" if number == place else "on" if item.key in progress.answers else "off",
        )
        for number, item in enumerate(progress.items, 1)
    ]
