"""A number beside that of the year before, and how a total comes about: of what is shown, never of what is not."""

from decimal import Decimal

from evaluation.figures.cells import Source
from evaluation.figures.figure import Figure
from evaluation.menu import tables


def changed(now: Figure, was: Figure, before: Source) -> str:
    """Returns "265 more than in 2024-25", or why the two cannot be compared."""
    when = before.period.title
    if now.value is None or was.value is None:
        return f"Not comparable with {when}: a number is not shown." if now.symbol or was.symbol else ""
    difference = Decimal(now.value) - Decimal(was.value)
    if not difference:
        return f"As in {when}."
    # children and sessions are fewer; points, pounds and mean hours are less
    less = "less" if now.unit else "fewer"
    more, size = ("more" if difference > 0 else less), abs(difference)
    if now.unit == "%":
        return f"{size:f} point{'' if size == 1 else 's'} {more} than in {when}."
    if now.unit == "£":
        return f"£{size:,} {more} than in {when}."
    return f"{size:,} {more} than in {when}."


def sum_explained(source: Source) -> str:
    """Returns how the country's children come from those of the programmes, as they are shown; empty if they do not."""
    total, twice = source.said(tables.CHILDREN), source.said(tables.CHILDREN, tables.TWICE)
    own = source.of(tables.BY_PROGRAMME)
    if total.value is None or not own:
        return ""
    hidden = sum(1 for said in own.values() if said.symbol)
    added = sum(int(said.value or 0) for said in own.values())
    if hidden:
        beside = f" and {hidden} that {'is' if hidden == 1 else 'are'} hidden"
        return f"The programmes add up to {added:,}{beside}; each child counted once, {int(total.value):,}."
    if twice.value is None:
        less = "those in two programmes, a number that is hidden"
    else:
        less = f"{int(twice.value):,} in two programmes"
    words = f"The programmes add up to {added:,}, less {less}: {int(total.value):,}"
    return (
        f"{words}, each rounded on its own."
        if twice.value is None or added - int(twice.value) != total.value
        else f"{words}."
    )
