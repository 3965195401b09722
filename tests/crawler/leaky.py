"""A portal of one page that does everything wrong that it is told to, on a port of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.crawler.ledger import Ledger
from tests.crawler.plan import METHODS

MANNERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
}
FORM = '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{}"><input name="mark"></form>'
NAMES = {"1": "O&#x27;Quavelind", "2": "Zvorambrek"}
OWNERS = {"1": "ann", "2": "bob"}


@dataclass
class Portal:
    """
    Things 1 and 2 at /things/1/ and /things/2/, seen by ann and by bob. `faults` are what is wrong with it:

    no wall, no gate, falls, tells, lax, no check of the token, no trail.
    """

    faults: set[str] = field(default_factory=set)
    marks: dict[str, list[str]] = field(default_factory=lambda: {"1": [], "2": []})
    entries: int = 0
    port: int = 0
    _seen: str = ""

    @property
    def ledger(self) -> Ledger:
        return Ledger(
            sign_in=lambda name: {"sessionid": name},
            changed=self._changed,
            audited=lambda: self.entries,
            foreign=lambda who: {pk: str(marks) for pk, marks in self.marks.items() if OWNERS[pk] != who},
        )

    def _changed(self) -> set[str]:
        before, self._seen = self._seen, str(self.marks)
        return {"marks"} if before not in {"", self._seen} else set()

    def answer(self, method: str, target: str, who: str, body: str) -> tuple[int, str, dict[str, str]]:
        """Returns status, page and headers of its own."""
        pk = urlsplit(target).path.split("/")[2] if target.count("/") > 2 else ""
        if "falls" in self.faults and urlsplit(target).query:
            return 500, "it fell", {}
        token = f"t0ken-{who or 'nobody'}-"
        if method == "POST" and token not in body and "no check of the token" not in self.faults:
            return 403, "no token", {}
        if not who and "no gate" not in self.faults:
            return 302, "", {"Location": "/sign-in/"}
        if OWNERS.get(pk) != who and not (pk in OWNERS and "no wall" in self.faults):
            return (403 if pk in OWNERS and "tells" in self.faults else 404), f"not found: {target}", {}
        if method == "POST":
            self.marks[pk] += parse_qs(body).get("mark", ["none"])
            self.entries += "no trail" not in self.faults
            return 302, "", {"Location": target}
        return 200, f"<p>{NAMES.get(pk, '')}</p>{FORM.format(token)}", {}


@contextmanager
def running(*faults: str) -> Iterator[Portal]:
    """A portal with these faults, answering."""
    portal = Portal(set(faults))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "portal", ""
        disable_nagle_algorithm = True

        def handle_one(self):
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size).decode("utf-8", "replace")
            who = (self.headers.get("Cookie") or "").partition("sessionid=")[2].partition(";")[0]
            body += self.headers.get("X-CSRFToken") or ""
            status, page, headers = portal.answer(self.command, self.path, who, body)
            self.send_response(status)
            sent = page.encode() if self.command != "HEAD" else b""
            lacking = {"Cache-Control"} if "lax" in portal.faults else set()
            kept = {name: value for name, value in MANNERS.items() if name not in lacking}
            for name, value in {"Content-Type": "text/html", **kept, **headers, "Content-Length": len(sent)}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_):
            """Says nothing."""

    for method in METHODS:
        setattr(Handler, f"do_{method}", Handler.handle_one)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    portal.port = server.server_address[1]
    try:
        yield portal
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
