"""Workers of the queue as they run in life: each a process of its own, under the name of a host of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from inharmony.celery import app

SUCCEEDED = "succeeded in"


class Worker:
    """One worker with one process, on a database and a store of files that others share; its log is read while it runs."""

    def __init__(self, host: str, database: str, store: Path, folder: Path) -> None:
        self.log = folder / f"{host}.log"
        storage = {
            "FILES_STORAGE": "tests.object_store.ObjectStore",
            "FILES_STORAGE_OPTIONS": json.dumps({"location": str(store)}),
        }
        celery = [sys.executable, "-m", "celery", "--app", "inharmony.celery", "worker", "--loglevel", "INFO"]
        with self.log.open("w") as log:
            self._process = subprocess.Popen(
                [*celery, "--concurrency", "1", "--hostname", f"worker@{host}"],
                cwd=settings.BASE_DIR,
                env=os.environ
                | storage
                | {"DJANGO_SETTINGS_MODULE": "tests.host_settings"}
                | {"DATABASE_NAME": database, "DATABASE_LOGIN": "worker"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def is_ready(self) -> bool:
        """Whether it takes messages."""
        return " ready." in self.log.read_text()

    def done(self, task: str = "") -> int:
        """Returns how many messages it has worked off, of one task or of all."""
        return sum(SUCCEEDED in line and f"Task {task}" in line for line in self.log.read_text().splitlines())

    def said(self, words: str) -> int:
        """Returns how often it wrote some words into its log."""
        return self.log.read_text().count(words)

    def stop(self) -> None:
        """Ends it once what it does is done."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@contextmanager
def of_hosts(*hosts: str, database: str, store: Path, folder: Path) -> Iterator[list[Worker]]:
    """Gives a worker of each host, ready, with an empty queue before them; they end with the block."""
    app.control.purge()
    workers = [Worker(host, database, store, folder) for host in hosts]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.stop()
        app.control.purge()
