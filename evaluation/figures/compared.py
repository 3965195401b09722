"""Programmes side by side, and one beside the country: of any figure of the catalogue, in no order of merit."""

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.cells import NOT_THERE, Source
from evaluation.figures.figure import Figure
from evaluation.figures.released import WHOLE, cell, share, table
from evaluation.figures.roll import share_of_known
from evaluation.figures.table import Cell, Row, Table
from evaluation.menu import tables
from evaluation.menu.dimensions import DIMENSIONS
from evaluation.menu.tables import ALL, TABLES, Column, Rows, TableSpec

# before the key of a figure: the table of that figure by programme
DOTS = "dots_"
# figures of the country alone: there is nothing to lay side by side
OF_THE_WHOLE = ("children_twice",)
PERCENT = Column("", "", "%")


def by_programme(source: Source, key: str) -> Table:
    """Returns a figure of the catalogue as a table: a row for each programme, and the whole."""
    make = FIGURES[key]
    whole = make(source, ALL)
    rows = tuple(Row(slug, name, (cell_of(make(source, slug)),)) for slug, name in source.rows.items())
    definition_ = whole.definition
    return Table(
        DOTS + key,
        f"{definition_.name}, by programme",
        "Programme",
        (definition_.name,),
        rows,
        Row(ALL, WHOLE, (cell_of(whole),)),
        empty="No programme is in this release.",
    )


def cell_of(figure: Figure) -> Cell:
    return Cell(figure.value, figure.unit if figure.unit in ("%", "£") else "", figure.symbol)


def any_table(source: Source, key: str) -> Table | None:
    """Returns a table of the menu or of a figure by programme, as it is named in addresses; None of no such name."""
    if key.startswith(DOTS):
        figure = key.removeprefix(DOTS)
        return by_programme(source, figure) if figure in FIGURES and figure not in OF_THE_WHOLE else None
    return table(source, key) if key in TABLES else None


def shown(found: Table) -> Table:
    """Returns the table as it fits a page: what has a column for each of many things is turned on its side."""
    spec = TABLES.get(found.key)
    is_long = spec is not None and spec.rows is Rows.PROGRAMMES and (spec.dimension or spec.key in _TURNED)
    return found.turned(_down(spec)) if is_long and spec else found


_TURNED = (tables.CANCELLED, tables.INCOME, tables.INTENSITY)


def _down(spec: TableSpec) -> str:
    if spec.dimension:
        return spec.of.heading
    return {tables.CANCELLED: "Reason", tables.INCOME: "Source"}.get(spec.key, "Hours a week")


def of_a_programme(source: Source, dimension: str, slug: str, name: str) -> Table:
    """Returns the children of one programme by a dimension, their share, and that of all programmes beside it."""
    of = DIMENSIONS[dimension]
    inside, whole = source.of(tables.programmes_by(dimension)), source.said(tables.BY_PROGRAMME, slug)
    country, everybody = source.of(tables.by(dimension)), source.said(tables.CHILDREN)
    rows = tuple(
        Row(
            category,
            words,
            (
                cell(inside.get((slug, category), NOT_THERE), tables.COUNT),
                share(source, inside.get((slug, category), NOT_THERE), whole, is_sensitive=of.is_sensitive),
                share(source, country.get((category, ""), NOT_THERE), everybody, is_sensitive=of.is_sensitive),
            ),
        )
        for category, words in of.categories.items()
        if (slug, category) in inside
    )
    total = Row(ALL, WHOLE, (cell(whole, tables.COUNT), Cell(), Cell()))
    return Table(
        f"{slug}_by_{dimension}",
        f"Children of {name}, by {of.title}",
        of.heading,
        ("Children", "Share", "Share, all programmes"),
        rows,
        total,
        empty="This release says nothing of it.",
    )


def beside_the_roll(source: Source, dimension: str) -> Table:
    """
    Returns the share of children with a characteristic beside that of the partner schools' whole roll.

    The children's is of those of whom it is known; a cell is empty where the release says nothing of the programme.
    """
    of = DIMENSIONS[dimension]

    def cells(slug: str) -> tuple[Cell, ...]:
        return share_of_known(source, dimension, slug), cell(source.said(tables.ROLL, slug, dimension), PERCENT)

    return Table(
        f"{dimension}_beside_roll",
        f"{of.heading}: children taking part, and the schools’ whole roll",
        "Programme",
        ("Taking part", "On the roll"),
        tuple(Row(slug, name, cells(slug)) for slug, name in source.rows.items()),
        Row(ALL, WHOLE, cells(ALL)),
        note="Of those taking part, a share of the children of whom it is known, made of rounded numbers; of the roll "
        "the published share, weighed by pupils.",
        empty="This release says nothing of it.",
    )


def beside_country(source: Source, slug: str, name: str, before: Source | None) -> Table:
    """Returns each figure of a programme beside the country's and, where there is one, its own of the year before."""
    made = [(key, make(source, slug), make(source, ALL)) for key, make in FIGURES.items() if key not in OF_THE_WHOLE]

    def cells(key: str, own: Figure, whole: Figure) -> tuple[Cell, ...]:
        return (cell_of(own), cell_of(whole), *((cell_of(FIGURES[key](before, slug)),) if before else ()))

    return Table(
        f"{slug}_beside_country",
        f"{name} and all programmes, {source.period.title}",
        "Figure",
        (name, "All programmes", *((f"{name}, {before.period.title}",) if before else ())),
        tuple(
            Row(key, own.name + (" a week" if own.unit == "a week" else ""), cells(key, own, whole))
            for key, own, whole in made
        ),
        note="Counts of all programmes are their whole; of a share or a mean they say how usual a number is.",
    )
