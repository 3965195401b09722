"""What must be known of each programme before it is laid beside another: from the public record and a release."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import Source
from evaluation.menu.dimensions import NOT_GIVEN, YEAR_GROUP
from evaluation.menu.tables import programmes_by
from programmes.models import Place, Programme

NO_RANKING = (
    "Programmes stand side by side, not in order of merit. They began in different years, work with children of "
    "different ages, in schools they chose for different reasons, for different hours. A difference between two "
    "numbers does not say which programme is better."
)


@dataclass(frozen=True)
class Context:
    """The context of one programme, in sentences."""

    slug: str
    name: str
    words: str
    start_note: str


def contexts(source: Source) -> list[Context]:
    """Returns the context of each programme of a release, in its order; two statements."""
    found = Programme.objects.filter(slug__in=source.rows).prefetch_related("places")
    by_slug = {one.slug: one for one in found}
    return [_context(by_slug[slug], source) for slug in source.rows if slug in by_slug]


def _context(programme: Programme, source: Source) -> Context:
    sentences = [_began(programme), _served(programme, source), _hours(programme, source)]
    return Context(
        programme.slug,
        programme.short_name,
        " ".join(sentence for sentence in sentences if sentence),
        programme.start_note,
    )


def _began(programme: Programme) -> str:
    began = programme.delivery_started_on or programme.announced_on
    places = [place.name for place in _in_order(programme.places.all())]
    where = f" in {_listed(places)}" if places else ""
    return f"Has worked{where} since {began.year}." if began else f"Works{where}." if where else ""


def _served(programme: Programme, source: Source) -> str:
    schools = FIGURES["schools"](source, programme.slug)
    cells = source.of(programmes_by(YEAR_GROUP.key))
    groups = [
        words
        for group, words in YEAR_GROUP.categories.items()
        if group not in (NOT_GIVEN, "X") and cells.get((programme.slug, group), (None,))[0]
    ]
    ages = "" if not groups else f", most children in {groups[0]}" + (f" to {groups[-1]}" if len(groups) > 1 else "")
    many = "school" if schools.value == 1 else "schools"
    return f"In {source.period.title} with {schools.written} partner {many}{ages}." if schools.value else ""


def _hours(programme: Programme, source: Source) -> str:
    hours = FIGURES["hours_offered"](source, programme.slug)
    return "" if hours.value is None else f"A child is offered {hours.written} hours a week."


def _in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.starts_on, place.pk))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
