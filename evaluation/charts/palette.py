"""The look of charts on paper. On screen static/js/chart.js puts the page's own tokens round the same definitions."""

from typing import Any

INK = "#181c36"
MUTED = "#565a72"
GRID = "#e4dbd1"
# where the reader's own letters are used
FONT = '"Noto Sans", "DejaVu Sans Condensed", "DejaVu Sans", sans-serif'


def paper(colour: str = INK, font: str = FONT) -> dict[str, Any]:
    """Returns the Vega-Lite configuration for print; `colour` (#rrggbb, dark) fills bars and lines."""
    words = {"labelFont": font, "titleFont": font, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 400}
    return {
        "background": None,
        # a picture is told in one sentence, not mark by mark: the numbers are in the table beside it
        "aria": False,
        "font": font,
        "view": {"stroke": None},
        "axis": {
            **words,
            "labelColor": MUTED,
            "titleColor": MUTED,
            "domainColor": INK,
            "gridColor": GRID,
            "ticks": False,
            "labelPadding": 6,
        },
        "text": {"font": font, "fontSize": 12, "color": INK},
        "bar": {"color": colour, "cornerRadiusEnd": 1},
        "line": {"color": colour, "strokeWidth": 1.75},
        "rule": {"color": MUTED},
        "point": {"color": colour, "filled": True, "size": 32},
    }
