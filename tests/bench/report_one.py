"""
The longest report of the last year, of a hub or of the country, made in a process of its own.

    python -m tests.bench.report_one programme|country ROUNDS

Prints as JSON on its last line: which report, its pages and bytes, and the seconds of each step and of the bare rendering of
the same HTML, in turn, in as many rounds after a first that is not counted: by the clock, and of the processor.
"""

import gc
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.bench.report_bare import bare


def main(of: str, rounds: int) -> None:
    """Makes the report, and prints."""
    from evaluation.reports import printing
    from evaluation.reports.photos import read_photos
    from tests.bench.report_work import longest

    wanted, steps = longest(of), Steps()
    for number in range(rounds + 1):
        if number == 1:
            steps = Steps()
        contents = steps.timed("figures", wanted.contents)
        charts = steps.timed("charts", partial(printing.draw_charts, contents))
        html = steps.timed("pages", partial(printing.set_pages, wanted.report, contents))
        pictures = {**charts, **steps.timed("photos", partial(read_photos, contents))}
        pdf = steps.timed("pdf", partial(printing.print_pages, contents, html, pictures))
        steps.timed("bare", partial(bare, html, printing.parts_of(contents, pictures)))
    said = {
        "report": f"{wanted.report.title} of {wanted.about.name}",
        "pages": pdf.pages,
        "charts": len(charts),
        "bytes": len(pdf.data),
        "seconds": steps.taken,
        "processor": steps.used,
    }
    print(json.dumps(said))


class Steps:
    """The seconds of each step in each round: by the clock, and those in which a processor worked for it."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)
        self.used: dict[str, list[float]] = defaultdict(list)

    def timed(self, name: str, act: Callable[[], Any]) -> Any:
        """Returns what an act returns; what the one before it left is no part of it."""
        gc.collect()
        began, used = time.perf_counter(), time.process_time()
        done = act()
        self.taken[name].append(time.perf_counter() - began)
        self.used[name].append(time.process_time() - used)
        return done


if __name__ == "__main__":
    import django

    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
