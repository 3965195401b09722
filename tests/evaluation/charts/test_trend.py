"""The course of a figure: a line of releases, broken where a number is hidden; rings of what others printed."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from evaluation.charts.svg import drawn
from evaluation.charts.trend import Point, trend
from evaluation.figures import definitions
from evaluation.figures.figure import Figure

AT = datetime(2026, 9, 1, tzinfo=UTC)
OF = definitions.CHILDREN_REACHED


def released(**years):
    return [Point(int(year[1:]), Figure(OF, said if said != "c" else None, AT, symbol="c" if said == "c" else "")) for
            year, said in years.items()]  # fmt: skip


def test_a_hidden_year_has_its_symbol_and_no_value():
    chart = trend(OF, released(y2023=1200, y2024="c", y2025=1485), [])
    assert chart.spec["data"]["values"] == [
        {"year": "2023-24", "text": "1,200", "printed": False, "value": 1200},
        {"year": "2024-25", "text": "c", "printed": False},
        {"year": "2025-26", "text": "1,485", "printed": False, "value": 1485},
    ]
    assert chart.words == "From 1,200 in 2023-24 to 1,485 in 2025-26."
    texts = [node.text for node in ET.fromstring(drawn(chart, width=760)).iter() if node.text]
    assert {"1,200", "c", "1,485", "2009-10"} <= set(texts)


def test_what_others_printed_is_told_apart():
    chart = trend(OF, released(y2025=1485), [Point(2016, value=2500.0, text="About 2,500")])
    assert chart.words == "1,485 in 2025-26. Rings: printed by others, counted in other ways."
    assert [row["printed"] for row in chart.spec["data"]["values"]] == [False, True]


def test_without_any_number_it_says_so():
    assert trend(OF, released(y2025="c"), []).words == "No release says anything of children taking part yet."
    drawn(trend(OF, [], []), width=760)
