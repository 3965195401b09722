"""
The reports of the country, in a process with the settings of a running portal.

    python -m tests.bench.report_country lay-out FOLDER        what bare renderings of them are made of
    python -m tests.bench.report_country ask WORKER            asks for all at once, waits for them, asks again

WORKER is the process id of the worker that makes them. The last line is JSON: `reports`, `pages`, the seconds of `asking`,
until `made`, and of asking `again`, those that the processor `worked` for its processes, and the most that one of these held:
`memory` (MB, shared pages in proportion) and `resident` (MB).
"""

import json
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.bench.processes import children_of, most_resident_of, proportional_memory_of, worked_of

GLANCE = 0.05  # seconds between two looks at the queue and at the memory
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


def ask(worker: int) -> None:
    """Asks, waits, asks again, and prints."""
    from evaluation.models import ReportJob
    from inharmony.celery import app
    from tests.bench.report_work import country

    wanted = [each for each, _ in country()]
    while not app.control.ping(timeout=0.5):
        pass
    watch = Watch(worker)
    began = time.perf_counter()
    asked = {each.ask().pk for each in wanted}
    asking = time.perf_counter() - began
    jobs = ReportJob.objects.filter(pk__in=asked)
    while jobs.exclude(state=ReportJob.State.DONE).exists():
        if jobs.filter(state=ReportJob.State.FAILED).exists() or time.perf_counter() > began + PATIENCE:
            raise RuntimeError("not every report was made: their time would mean nothing")
        time.sleep(GLANCE)
    made = time.perf_counter() - began
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
        "worked": watch.worked,
        "memory": watch.most,
        "resident": watch.resident,
    }
    print(json.dumps(said))


class Watch(threading.Thread):
    """Looks at the processes of a worker again and again: the most that one held, and what all of them worked."""

    def __init__(self, worker: int) -> None:
        super().__init__(daemon=True)
        self.worker, self.most, self.resident, self._over = worker, 0.0, 0.0, threading.Event()
        self._before = {pid: worked_of(pid) for pid in children_of(worker)}
        self._worked: dict[int, float] = {}
        self.start()

    @property
    def worked(self) -> float:
        """The seconds since the watch began."""
        return sum(seconds - self._before.get(pid, 0) for pid, seconds in self._worked.items())

    def run(self) -> None:
        """Looks until `stop`."""
        while not self._over.wait(GLANCE):
            for pid in children_of(self.worker):
                # one may end between two looks
                with suppress(OSError):
                    self._worked[pid] = worked_of(pid)
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
    if act == "ask":
        ask(int(value))
    else:
        lay_out(Path(value))
