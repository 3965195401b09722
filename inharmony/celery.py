"""The Celery app: its settings are Django's that begin with CELERY_, its tasks are the apps' tasks.py."""

import gc
import os
import signal

from celery import Celery
from celery.signals import worker_before_create_process, worker_process_init

from inharmony.servers.launch import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inharmony.settings.development")

app = Celery("inharmony")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_before_create_process.connect
def _leave_alone_what_is_shared(**_: object) -> None:
    """Keeps the garbage collector of the pool's processes from touching, so copying, what was loaded before."""
    gc.collect()
    gc.freeze()


@worker_process_init.connect
def _end_with_the_worker(**_: object) -> None:
    """A pool process whose worker was killed must not finish a task that another worker is given again."""
    end_with_parent(signal.SIGKILL, os.getppid())
