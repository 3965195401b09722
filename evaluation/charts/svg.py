"""Draws a chart's definition as SVG. Only in workers and commands: the converter holds some 100 MB."""

import re
from collections.abc import Mapping
from typing import Any

from evaluation.charts.chart import Chart
from evaluation.charts.palette import FONT, INK, paper

VEGA_LITE = "6.4"
# letters that the converter carries in itself; those of a file it opens again for every word, which takes four times as
# long as all the rest of a drawing. Those of reports are narrower, so words never want more room than they are given
MEASURED_IN = "Liberation Sans"
ROLE = re.compile(r' (?:role|aria-roledescription|aria-label)="[^"]*"')
# pixels: narrow enough that a phone shows its words as large as they are meant; and for many columns
NARROW, WIDE = 380, 760


def drawn(chart: Chart, *, width: int, colour: str = INK, font: str = FONT, measured_in: str = "") -> str:
    """
    Returns the chart as SVG text, `width` pixels wide; nothing outside the definition is fetched.

    Words are set in `font`. Room for them is made as if they were set in `measured_in`, if given (`MEASURED_IN`). Marks
    have no role of their own: a picture is told by its title and its sentence, and its numbers by the table.
    """
    # loaded here: the web process reads this module's package and must not carry the converter
    import vl_convert

    spec: Mapping[str, Any] = {**chart.spec, "width": width}
    letters = paper(colour, measured_in or font)
    svg = vl_convert.vegalite_to_svg(dict(spec), vl_version=VEGA_LITE, config=letters, allowed_base_urls=[])
    return _set_in(font, measured_in, ROLE.sub("", str(svg)))


def _set_in(font: str, measured_in: str, svg: str) -> str:
    return svg.replace(f'font-family="{measured_in}"', f'font-family="{font}"') if measured_in else svg


def pixels(svg: str) -> bytes:
    """Returns a drawn chart as PNG on white, twice as fine as its pixels are."""
    import vl_convert

    sheet = svg.replace(">", '><rect width="100%" height="100%" fill="#fff"/>', 1)
    return bytes(vl_convert.svg_to_png(sheet, scale=2))


def is_wide(svg: str) -> bool:
    """Returns whether a chart was drawn for the whole width of a page."""
    return f'width="{WIDE}"' in svg.partition(">")[0]
