"""
The reports of the country, in a process with the settings of a running portal.

    python -m tests.bench.report_country lay-out FOLDER        what bare renderings of them are made of
    python -m tests.bench.report_country ask WORKER            asks for all at once, waits for them, asks again
    python -m tests.bench.report_country watch WORKER          asks, waits, and looks at the memory all the while

WORKER is the process id of the worker that makes them. The last line is JSON: `reports`, `pages`, the seconds of `asking`,
until `made`, and of asking `again`, those that the processor `worked` for its processes; and of `watch`, the most that one
of these held: `memory` (MB, shared pages in proportion) and `resident` (MB). Looking at it takes a processor a good part of
its time, so what is watched is not timed.
"""

import json
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.bench.processes import children_of, most_resident_of, proportional_memory_of, worked_of

GLANCE = 0.05  # seconds between two looks at the memory
AT_THE_QUEUE = 0.1  # and at the queue
PATIENCE = 900


def lay_out(folder: Path) -> None:
    """Writes the HTML and the files of each report into a folder."""
    from evaluation.reports import printing
    from evaluation.reports.photos import read_photos
    from tests.bench import report_bare
    from tests.bench.report_work import country

    for number, (wanted, contents) in enumerate(country()):
        html = printing.set_pages(wanted.report, contents)
        pictures = {**printing.draw_charts(contents), **read_photos(contents)}
        report_bare.lay_out(folder, number, html, printing.parts_of(contents, pictures))


def ask(worker: int, *, is_watched: bool) -> None:
    """Asks, waits, asks again, and prints."""
    from evaluation.models import ReportJob
    from inharmony.celery import app
    from tests.bench.report_work import country

    wanted = [each for each, _ in country()]
    while not app.control.ping(timeout=0.5):
        pass
    watch = Watch(worker) if is_watched else None
    before, worked = _worked(worker), dict[int, float]()
    began = time.perf_counter()
    asked = {each.ask().pk for each in wanted}
    asking = time.perf_counter() - began
    jobs = ReportJob.objects.filter(pk__in=asked)
    while jobs.exclude(state=ReportJob.State.DONE).exists():
        if jobs.filter(state=ReportJob.State.FAILED).exists() or time.perf_counter() > began + PATIENCE:
            raise RuntimeError("not every report was made: their time would mean nothing")
        time.sleep(AT_THE_QUEUE)
        # a process ends after so many messages, and another takes its place
        worked |= _worked(worker)
    made = time.perf_counter() - began
    if watch is not None:
        watch.stop()
    began = time.perf_counter()
    again = {each.ask().pk for each in wanted}
    seconds = time.perf_counter() - began
    if again != asked:
        raise RuntimeError("asked again, the same reports are other jobs")
    said = {
        "reports": len(asked),
        "pages": sum(jobs.values_list("pages", flat=True)),
        "asking": asking,
        "made": made,
        "again": seconds,
        "worked": sum(seconds - before.get(pid, 0) for pid, seconds in worked.items()),
        "memory": watch.most if watch else 0,
        "resident": watch.resident if watch else 0,
    }
    print(json.dumps(said))


def _worked(worker: int) -> dict[int, float]:
    """Returns the seconds that the processor worked for each process of a worker, by its id."""
    found = {}
    for pid in children_of(worker):
        # one may end between two looks
        with suppress(OSError):
            found[pid] = worked_of(pid)
    return found


class Watch(threading.Thread):
    """Looks at the processes of a worker again and again: the most that one held."""

    def __init__(self, worker: int) -> None:
        super().__init__(daemon=True)
        self.worker, self.most, self.resident, self._over = worker, 0.0, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        """Looks until `stop`."""
        while not self._over.wait(GLANCE):
            for pid in children_of(self.worker):
                # one may end between two looks
                with suppress(OSError):
                    self.most = max(self.most, proportional_memory_of(pid))
                    self.resident = max(self.resident, most_resident_of(pid))

    def stop(self) -> None:
        """Ends the looking."""
        self._over.set()
        self.join()


if __name__ == "__main__":
    import django

    django.setup()
    act, value = sys.argv[1:]
    if act == "lay-out":
        lay_out(Path(value))
    else:
        ask(int(value), is_watched=act == "watch")
