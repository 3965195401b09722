"""`make bench`: prints the ratios, and writes them where BENCH_JSON says.

The demonstration runs at the size of the country (BENCH_SCALE=small tries the bench itself) in a data folder of its own, durable as in life, and only on this machine's loopback. A missed
target is marked and is no failure of the bench; it ends with 2 when it could not run. BENCH_ONLY=reports,pages measures these and nothing else.
"""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path


def main() -> None:
    """Runs everything once."""
    from django.conf import settings

    from tests.bench import figures, history, memory, pages, public, reports, roster, timetable, walls
    from tests.bench.data import Orchestra
    from tests.bench.floors import machine
    from tests.bench.measure import write
    from tests.stack import begin

    began = time.monotonic()
    print(f"{machine()}; data in {settings.DATA_DIR}", flush=True)
    scale = os.environ.get("BENCH_SCALE", "national")
    seed = ("seed_demo", "--scale", scale, "--years", str(history.SEEDED), "--seed", "1")
    stack = begin(settings.DATA_DIR / scale, seeded=True, durable=True, seed=seed)
    try:
        rebuilt = history.lengthen(stack)
        stack.rows("VACUUM ANALYZE")
        marks = stack.one("SELECT count(*) FROM participants_attendance")
        print(
            f"{marks:,} marks in {history.YEARS} years; started after {time.monotonic() - began:.0f} s",
            flush=True,
        )
        with stack.reached():
            orchestra = Orchestra()
            parts = {
                "pages": lambda: pages.measure(stack, orchestra),
                "walls": lambda: walls.measure(stack, orchestra),
                "memory": lambda: memory.measure(stack),
                "figures": lambda: figures.measure(stack, orchestra, rebuilt),
                "public": lambda: public.measure(stack),
                "timetable": lambda: timetable.measure(orchestra),
                "roster": lambda: roster.measure(stack, orchestra),
                "reports": lambda: reports.measure(stack),
            }
            measures = [measure for name in chosen(parts) for measure in parts[name]()]
    finally:
        stack.stop()
    for measure in measures:
        print(measure.line())
    if os.environ.get("BENCH_JSON"):
        write(measures, Path(os.environ["BENCH_JSON"]))
    print(f"{sum(measure.ok for measure in measures)} of {len(measures)} targets met, {time.monotonic() - began:.0f} s")


def chosen(parts: Iterable[str]) -> list[str]:
    """Returns the parts that BENCH_ONLY names, in their order, or all; raises ValueError for one that is not there."""
    there, named = list(parts), os.environ.get("BENCH_ONLY", "")
    wanted = {name.strip() for name in named.split(",") if name.strip()}
    if unknown := wanted - set(there):
        raise ValueError(f"BENCH_ONLY names {', '.join(sorted(unknown))}; there are {', '.join(there)}")
    return [name for name in there if name in wanted or not wanted]


if __name__ == "__main__":
    os.environ.setdefault("DATA_DIR", str(Path(__file__).resolve().parents[2] / ".data" / "bench"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    try:
        main()
    except Exception as error:
        print(f"The bench could not run: {error}", file=sys.stderr)
        sys.exit(2)
