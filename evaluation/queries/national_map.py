"""England with the programmes of a release: where each works, and where its partner schools are."""

from collections.abc import Mapping, Sequence

from django.core.cache import cache
from django.db.models import Q

from evaluation.figures.period import Period
from programmes.models import Partnership, Place
from schools.charts.england import Dots, England, Mark, drawn, projected
from schools.figures.distance import Point
from schools.models import Town

# towns are loaded once in years: their dots are not put together for every reader
TOWNS = "england:towns"
KEPT_FOR = 60 * 60  # seconds


def england_of(period: Period, numbers: Mapping[str, int]) -> England:
    """Returns the map with a numbered dot for each programme (slug and number); two statements, or three."""
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gte=period.starts_on)
    begun = {"starts_on__lte": period.ends_on, "programme__slug__in": numbers}
    places = Place.objects.filter(in_force, latitude__isnull=False, longitude__isnull=False, **begun)
    partners = Partnership.objects.filter(
        in_force, school__is_demonstration=False, school__latitude__isnull=False, **begun
    )
    schools = {
        projected(Point(north, east))
        for north, east in partners.values_list("school__latitude", "school__longitude")
        if north is not None and east is not None
    }
    of_programmes = places.order_by("starts_on", "pk").values_list("programme__slug", "latitude", "longitude")
    return England(_towns(), tuple(_marks(list(of_programmes), numbers)), tuple(sorted(schools)))


def _marks(places: Sequence[tuple[str, float | None, float | None]], numbers: Mapping[str, int]) -> list[Mark]:
    """The first place of a programme has its number; small marks first, so that numbers lie over them."""
    numbered: dict[str, Mark] = {}
    small: list[Mark] = []
    for slug, north, east in places:
        if north is None or east is None:
            continue
        at = projected(Point(north, east))
        if slug in numbered:
            small.append(Mark(at, None))
        else:
            numbered[slug] = Mark(at, numbers[slug])
    return [*small, *numbered.values()]


def _towns() -> tuple[Dots, ...]:
    kept: tuple[Dots, ...] | None = cache.get(TOWNS)
    if kept is None:
        rows = Town.objects.filter(nation=Town.Nation.ENGLAND).order_by()
        kept = drawn((Point(n, e), people) for n, e, people in rows.values_list("latitude", "longitude", "population"))
        if kept:
            cache.set(TOWNS, kept, KEPT_FOR)
    return kept
