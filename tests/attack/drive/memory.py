"""From an invented country, by the portal's rules, to what would be out: without a database."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from evaluation.disclosure.protection import Earlier, Protected, protected
from evaluation.disclosure.rules import RULES, Rule, Shown, percentage
from evaluation.disclosure.truth import Counted, Mean, Spread, Truth
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL
from tests.attack.country import YEAR, Count, Country, Counts, counts
from tests.attack.published import Cell, Published, Text
from tests.attack.readers import Out

NONE = Count()
HOURS = ("offered_in", "offered_out", "received_in", "received_out", "offered", "received")


def released(
    country: Country,
    term: str = YEAR,
    *,
    when: str = "",
    earlier: Sequence[Earlier] = (),
    rules: Iterable[Rule] = RULES,
) -> tuple[Out, Counts, Earlier]:
    """Returns what would be out of a term or the year, the truth behind it, and the release as a later one sees it."""
    found, rules = counts(country, term), frozenset(rules)
    shown = protected(truth(country, found), term=term, earlier=earlier, rules=rules)
    number = sum(one.term == term for one in earlier) + 1
    out = Out(when or term or "year", published(shown, country), text(rules), term)
    return out, found, Earlier(term, number, shown.shown)


def text(rules: frozenset[Rule]) -> Text:
    """Returns what a rule of these parts would say in public; of one with a part missing, that anything may be hidden."""
    return Text(
        5 if Rule.ROUNDING in rules else 1,
        10 if Rule.SMALL in rules else 1,
        none_is_shown=rules in (RULES, frozenset({Rule.SMALL}), frozenset()),
    )


def truth(country: Country, found: Counts) -> Truth:
    """Returns the counts as the portal takes them."""
    return Truth(
        _counted(found.total),
        _counted(found.twice),
        {hub: _counted(count) for hub, count in found.hubs.items()},
        tuple(_spread(country, found, dimension) for dimension in country.dimensions),
        {ALL: _share(found.total)} | {hub: _share(count) for hub, count in found.hubs.items()},
        {(row, column): _hours(count) for row, count in ((ALL, found.total), *found.hubs.items()) for column in HOURS},
    )


def _spread(country: Country, found: Counts, dimension: str) -> Spread:
    categories = DIMENSIONS[dimension].categories
    national = {category: found.national.get((dimension, category), NONE) for category in categories}
    return Spread(
        dimension,
        {category: _counted(count) for category, count in national.items()},
        {
            (hub, category): _counted(found.inside.get((dimension, hub, category), NONE))
            for hub in country.hubs
            for category in categories
        },
        {category: _share(count) for category, count in national.items()},
        {category: _hours(count) for category, count in national.items()},
    )


def _counted(count: Count) -> Counted:
    return Counted(count.count, dict(count.by_hub), len(count.schools))


def _share(count: Count) -> Mean:
    return Mean(Decimal(90) if count.count else None, _counted(count), 10 * count.count)


def _hours(count: Count) -> Mean:
    return Mean(Decimal("1.5") if count.count else None, _counted(count))


def published(shown: Protected, country: Country) -> Published:
    """Returns protected cells as a reader holds them, with the shares that stand beside them."""
    cells = {place: _cell(one) for place, one in shown.shown.items()}
    whole = shown.shown.get((tables.CHILDREN, ALL, ""), Shown(symbol="c"))
    national = _national(cells, country)
    return Published(
        cells.get((tables.CHILDREN, ALL, "")),
        cells.get((tables.CHILDREN, tables.TWICE, "")),
        {row: cell for (table, row, _), cell in cells.items() if table == tables.BY_PROGRAMME},
        national,
        {
            (dimension, row, column): cell
            for dimension in country.dimensions
            for (table, row, column), cell in cells.items()
            if table == tables.programmes_by(dimension)
        },
        {
            (dimension, category): _cell(
                percentage(
                    shown.shown[tables.by(dimension), category, ""],
                    whole,
                    is_sensitive=DIMENSIONS[dimension].is_sensitive,
                )
            )
            for dimension, category in national
        },
        _means(cells, country),
        country.hubs,
    )


def _national(cells: Mapping[tuple[str, str, str], Cell], country: Country) -> dict[tuple[str, str], Cell]:
    return {
        (dimension, row): cell
        for dimension in country.dimensions
        for (table, row, _), cell in cells.items()
        if table == tables.by(dimension)
    }


def _means(cells: Mapping[tuple[str, str, str], Cell], country: Country) -> dict[tuple[str, ...], list[Cell]]:
    means: dict[tuple[str, ...], list[Cell]] = {}
    for (table, row, _), cell in cells.items():
        if table in {tables.ATTENDANCE, tables.INTENSITY} and row != ALL:
            means.setdefault((row,), []).append(cell)
        for dimension in country.dimensions:
            if table in {tables.attendance_by(dimension), tables.hours_by(dimension)}:
                means.setdefault((dimension, row), []).append(cell)
    return means


def _cell(shown: Shown) -> Cell:
    return shown.symbol or int(shown.value or 0)
