"""Studies with what they found, and figures that others printed."""

from programmes.kinds.asking import FOUND, HUB, IMPACT, WHERE, pages_of
from programmes.kinds.checks import in_order
from programmes.kinds.kind import Asked, Group, Kind, of_programme
from programmes.kinds.lines import in_print, number, short
from programmes.models import Finding, PublishedFigure, Study

STUDY = Kind(
    key="study",
    noun="study",
    plural="studies",
    about="Evaluations, reviews and research on In Harmony that were published.",
    model=Study,
    groups=(
        Group(
            "The study",
            (
                Asked("title", "Title", "As printed.", is_needed=True),
                Asked("kind", "What it is", is_needed=True),
                Asked(
                    "authors", "Who wrote it", "Like “National Foundation for Educational Research”.", is_needed=True
                ),
                Asked("commissioned_by", "Who commissioned it"),
                HUB,
                Asked(
                    "evidence",
                    "On what it stands",
                    "How many were asked, how often, compared with whom. In our words, two sentences.",
                ),
            ),
        ),
        Group(
            "When and where",
            (
                Asked("published_on", "Published on", is_needed=True, precision="precision"),
                Asked("pages", "Pages"),
                Asked(
                    "address", "Where it can be read", "Begins with https://. Leave it empty where it is not online."
                ),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: row.title,
    when=lambda row: in_print(row.published_on, row.precision),
    pages=lambda row: pages_of(row.programme, IMPACT),
    search=("title", "authors", "evidence", "source"),
    sorts=(("published_on", "Published"), ("title", "Title")),
    preview="study",
    related=("programme",),
)
FINDING = Kind(
    key="finding",
    noun="finding",
    plural="findings",
    about="What a study found on one indicator, and how strong its evidence is.",
    model=Finding,
    groups=(
        Group(
            "What was found",
            (
                Asked("study", "Of which study", is_needed=True),
                Asked("indicator", "On what", is_needed=True),
                Asked("strength", "How strong the evidence is", is_needed=True),
                Asked(
                    "words", "What it found", "In our words, with its numbers. One to three sentences.", is_needed=True
                ),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("study__programme"),
    path="study__programme",
    line=lambda row: f"{row.get_indicator_display()}: {short(row.words)}",
    when=lambda row: in_print(row.study.published_on, row.study.precision),
    pages=lambda row: pages_of(row.study.programme, IMPACT),
    search=("words", "study__title", "source"),
    sorts=(("study__published_on", "Published"), ("indicator", "On what")),
    preview="finding",
    related=("study__programme",),
)
FIGURE = Kind(
    key="figure",
    noun="published figure",
    plural="published figures",
    about="Numbers that others printed, with who printed them. Two numbers for the same are two entries.",
    model=PublishedFigure,
    groups=(
        Group(
            "The figure",
            (
                Asked("label", "What is counted", "As printed, like “children each week”.", is_needed=True),
                Asked("measure", "It belongs to", is_needed=True),
                Asked("qualifier", "How it is printed", "“Over 700” is “Over” and 700."),
                Asked("value", "Number", "Like 1750 or 64.5.", is_needed=True),
                Asked("unit", "Unit", "Like “children” or “% of players”.", is_needed=True),
                HUB,
                Asked("note", "More about it", "What a reader must know: who is counted, and who is not."),
            ),
        ),
        Group(
            "Of when",
            (
                Asked(
                    "when",
                    "The time as printed",
                    "Like “2018”, “2012 to 2015”, “about 2014” or “undated”.",
                    is_needed=True,
                ),
                Asked(
                    "as_at",
                    "First day of that time",
                    "For sorting. Leave it empty if none is in print.",
                    precision="precision",
                ),
                Asked("until", "Last day of that time"),
            ),
        ),
        FOUND,
    ),
    kept=of_programme("programme"),
    path="programme",
    line=lambda row: f"{row.label}: {figure_in_print(row)}",
    when=lambda row: row.when,
    pages=lambda row: pages_of(row.programme, WHERE if row.programme is not None else IMPACT),
    search=("label", "note", "unit", "source"),
    sorts=(("as_at", "When"), ("label", "What is counted"), ("value", "Number")),
    preview="figure",
    checks=(in_order("as_at", "until"),),
    related=("programme",),
)


def figure_in_print(row: PublishedFigure) -> str:
    """Returns a figure as it is printed: "over 1,750 children"."""
    said = f"{row.qualifier} " if row.qualifier else ""
    return f"{said}{number(row.value)} {row.unit}"
