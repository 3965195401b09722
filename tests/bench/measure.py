"""A measure is a ratio to a floor of the same run, and a target for it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

WARM_UP = 5


@dataclass(frozen=True)
class Measure:
    """What is written: `value` in `unit`, met when it is at most `target`. `words` say what it is made of."""

    name: str
    value: float
    unit: str
    target: float
    words: str = ""

    @property
    def ok(self) -> bool:
        """Whether the target is met."""
        return self.value <= self.target

    def line(self) -> str:
        """Returns the measure as one line."""
        verdict = "ok  " if self.ok else "MISS"
        return f"{verdict} {self.name:24} {self.value:7.2f} {self.unit:22} target {self.target:g}   {self.words}"


def interleaved(acts: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Returns the seconds of every act, done in turn `rounds` times after a warm-up; each act returns its own."""
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for number in range(WARM_UP + rounds):
        for name, act in acts.items():
            seconds = act()
            if number >= WARM_UP:
                taken[name].append(seconds)
    return taken


def ms(seconds: list[float]) -> str:
    """Returns median and 90th percentile in words."""
    ordered = sorted(seconds)
    return f"{median(ordered) * 1000:.2f} ms (p90 {ordered[int(len(ordered) * 0.9)] * 1000:.2f}, n {len(ordered)})"


def write(measures: list[Measure], path: Path) -> None:
    """Writes the measures as JSON."""
    kept = [asdict(measure) | {"value": round(measure.value, 3), "ok": measure.ok} for measure in measures]
    for measure in kept:
        measure.pop("words")
    path.write_text(json.dumps({"measures": kept}, indent=1) + "\n")
