"""Parts of the machine that a test can take away, or look into: the broker, the libraries that set text, a server."""

import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import cffi

from inharmony.celery import app


@contextmanager
def without_pango() -> Iterator[None]:
    """The system libraries cannot be loaded, as on a machine that lacks them."""
    loaded = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "weasyprint"}
    load = cffi.FFI.dlopen

    def refuse(_self, name, _flags=0):
        raise OSError(f"cannot load library '{name}'")

    for name in loaded:
        del sys.modules[name]
    cffi.FFI.dlopen = refuse
    try:
        yield
    finally:
        cffi.FFI.dlopen = load
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
        sys.modules.update(loaded)


@contextmanager
def without_broker() -> Iterator[None]:
    """Nobody answers at the broker's address."""
    with _broker_at("redis://127.0.0.1:1/0"):
        yield


@contextmanager
def _broker_at(url: str) -> Iterator[None]:
    before = app.conf.broker_url
    app.conf.broker_url = url
    _forget_connections()
    try:
        yield
    finally:
        app.conf.broker_url = before
        _forget_connections()


def _forget_connections() -> None:
    app._pool = None
    app.amqp._producer_pool = None


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and the paths that it was asked for."""
    calls: list[str] = []

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(404)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", calls
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def queue() -> Iterator[Callable[[], list[tuple[str, dict]]]]:
    """A function that takes the waiting messages from the broker: task name and arguments of each, oldest first."""
    with app.connection_for_read() as connection:
        waiting = connection.SimpleQueue("celery")

        def taken() -> list[tuple[str, dict]]:
            found = []
            while True:
                try:
                    message = waiting.get(block=False)
                except waiting.Empty:
                    return found
                message.ack()
                found.append((message.headers["task"], message.payload[1]))

        taken()
        yield taken
        taken()
        waiting.close()
