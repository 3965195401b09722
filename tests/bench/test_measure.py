"""The bench's own arithmetic."""

import json

import pytest

from tests.bench.__main__ import chosen
from tests.bench.measure import Measure, interleaved, ms, write


def test_a_measure_is_met_up_to_its_target():
    met, missed = Measure("register_page", 3.0, "x HELLO-S", 3), Measure("register_page", 3.01, "x HELLO-S", 3)
    assert (met.ok, missed.ok) == (True, False)
    assert (met.line()[:4], missed.line()[:4]) == ("ok  ", "MISS")


def test_acts_are_done_in_turn_and_the_warm_up_is_not_counted():
    done = []
    acts = {name: lambda name=name: done.append(name) or float(len(done)) for name in ("a", "b")}
    taken = interleaved(acts, 3)
    assert done == ["a", "b"] * 8
    assert taken == {"a": [11.0, 13.0, 15.0], "b": [12.0, 14.0, 16.0]}


def test_times_are_said_as_median_and_90th_percentile():
    assert ms([0.001 * number for number in range(1, 12)]) == "6.00 ms (p90 10.00, n 11)"


def test_the_file_holds_name_value_unit_target_and_whether_it_is_met(tmp_path):
    path = tmp_path / "bench.json"
    write([Measure("web_memory", 1.31579, "x bare Django", 1.3, "words for people")], path)
    assert json.loads(path.read_text()) == {
        "measures": [{"name": "web_memory", "value": 1.316, "unit": "x bare Django", "target": 1.3, "ok": False}]
    }


@pytest.mark.parametrize(
    ("only", "measured"),
    [("", ["pages", "reports"]), ("reports", ["reports"]), ("reports, pages", ["pages", "reports"])],
)
def test_parts_are_measured_in_their_order_and_only_those_named(monkeypatch, only, measured):
    monkeypatch.setenv("BENCH_ONLY", only)
    assert chosen(["pages", "reports"]) == measured


def test_a_part_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setenv("BENCH_ONLY", "reports,page")
    with pytest.raises(ValueError, match="BENCH_ONLY names page; there are pages, reports"):
        chosen(["pages", "reports"])
