"""How the pages are served: a few threads in a few processes that share what was loaded before they were forked."""

import gc
import os
import signal
from pathlib import Path
from typing import Any

from inharmony.servers.launch import end_with_parent

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000").split(",")
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 5
keepalive = 5
# A memory file system where there is one: a slow disk must not make the master believe that a worker hangs.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes private files there
control_socket_disable = True
forwarded_allow_ips = os.environ.get("PROXY_ADDRESSES", "127.0.0.1,::1")


def when_ready(_server: Any) -> None:
    """Loads the pages before the fork, and keeps the garbage collector from touching, so copying, what is shared."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - reading it loads every view
    gc.collect()
    gc.freeze()


def pre_fork(_server: Any, _worker: Any) -> None:
    """No two processes may speak on one connection."""
    from django.db import connections

    connections.close_all()


def post_fork(_server: Any, worker: Any) -> None:
    end_with_parent(signal.SIGKILL, worker.ppid)
