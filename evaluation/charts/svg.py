"""Draws a chart's definition as SVG. Only in workers and commands: the converter holds some 100 MB."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.charts.chart import Chart
from evaluation.charts.palette import FONT, INK, paper

VEGA_LITE = "6.4"
ROLE = re.compile(r' (?:role|aria-roledescription|aria-label)="[^"]*"')
# pixels: narrow enough that a phone shows its words as large as they are meant; and for many columns
NARROW, WIDE = 380, 760


def drawn(chart: Chart, *, width: int, colour: str = INK, font: str = FONT, letters: Path | None = None) -> str:
    """
    Returns the chart as SVG text, `width` pixels wide; nothing outside the definition is fetched.

    Words are set in `font`; where it is none of this machine, `letters` is the folder it lies in. Marks have no role of
    their own: a picture is told by its title and its sentence, and its numbers by the table.
    """
    # loaded here: the web process reads this module's package and must not carry the converter
    import vl_convert

    if letters is not None:
        _know(str(letters))
    spec: Mapping[str, Any] = {**chart.spec, "width": width}
    svg = vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGA_LITE, config=paper(colour, font), allowed_base_urls=[])
    return ROLE.sub("", str(svg))


@cache
def _know(letters: str) -> None:
    import vl_convert

    vl_convert.register_font_directory(letters)


def pixels(svg: str) -> bytes:
    """Returns a drawn chart as PNG on white, twice as fine as its pixels are."""
    import vl_convert

    sheet = svg.replace(">", '><rect width="100%" height="100%" fill="#fff"/>', 1)
    return bytes(vl_convert.svg_to_png(sheet, scale=2))


def is_wide(svg: str) -> bool:
    """Returns whether a chart was drawn for the whole width of a page."""
    return f'width="{WIDE}"' in svg.partition(">")[0]
