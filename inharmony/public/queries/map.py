"""What stands on the map: towns of England, hubs, partner schools."""

from collections.abc import Sequence

from inharmony.public.queries.where import Hub
from schools.charts.england import England, Mark, drawn, projected
from schools.figures.distance import Point
from schools.models import Town


def england(hubs: Sequence[Hub]) -> England:
    """Returns the map of England with the hubs; one statement."""
    rows = Town.objects.filter(nation=Town.Nation.ENGLAND).order_by().values_list("latitude", "longitude", "population")
    towns = ((Point(north, east), people) for north, east, people in rows)
    schools = {projected(where.point) for hub in hubs for where in hub.positions if where.is_school}
    return England(drawn(towns), tuple(_marks(hubs)), tuple(sorted(schools)))


def _marks(hubs: Sequence[Hub]) -> list[Mark]:
    """The dots, small ones first, so that a numbered one lies over them; the first place of a hub has its number."""
    numbered, small = list[Mark](), list[Mark]()
    for hub in hubs:
        places = [where for where in hub.positions if not where.is_school]
        for position, where in enumerate(places):
            mark = Mark(projected(where.point), None if position else hub.number, is_past=not hub.is_running)
            (small if position else numbered).append(mark)
    return [*small, *numbered]
