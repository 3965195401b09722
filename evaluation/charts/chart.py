"""
A chart as a value: one Vega-Lite definition, drawn by the browser on a page and as SVG by a worker on paper.

Colours and fonts are not in it: the page's script and `charts.palette` put them round it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

Spec = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """A title, one sentence that says what to see, and the definition. A table beside it has the same numbers."""

    key: str
    title: str
    words: str
    spec: Mapping[str, Any] = field(default_factory=dict)
    # of many columns: it is given the whole width of the page
    is_wide: bool = False


def definition(words: str, values: list[dict[str, Any]], **rest: Any) -> Spec:
    """Returns a Vega-Lite definition over `values`, described by `words`."""
    # the width is that of the page or of the paper; the height is the chart's own
    size = {"autosize": {"type": "fit-x", "contains": "padding"}}
    return {"$schema": SCHEMA, "description": words, "data": {"values": values}, **size, **rest}
