"""The wire: one kept connection that many people share, and what came back over it."""

import http.client
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

QUIET = 3.0  # seconds after which the server may be about to let a kept connection go: it does so after five
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What came back, redirects not followed, and the seconds it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float = 0.0

    def header(self, name: str) -> str:
        """Returns a header's value, "" when there is none; several are joined by a comma."""
        return ", ".join(value for key, value in self.headers if key.lower() == name.lower())

    @property
    def media_type(self) -> str:
        return self.header("Content-Type").partition(";")[0].strip().lower()


@dataclass
class Jar:
    """The cookies of one person; the session they came with is kept whatever an answer says."""

    cookies: dict[str, str] = field(default_factory=dict)
    session: str = "sessionid"
    token: str = ""  # against forgery, of the last form seen

    @classmethod
    def of(cls, cookies: Mapping[str, str]) -> "Jar":
        """Returns a jar for somebody who came with these cookies: their session is the first."""
        return cls(dict(cookies), next(iter(cookies), "sessionid"))

    def keep(self, answer: Answer) -> bool:
        """Takes the cookies of an answer; returns whether it ended or changed the session."""
        changed = False
        for name, value in answer.headers:
            if name.lower() != "set-cookie":
                continue
            cookie, _, content = value.partition(";")[0].partition("=")
            if cookie.strip() == self.session:
                changed = content.strip('"') != self.cookies.get(self.session, "")
            else:
                self.cookies[cookie.strip()] = content.strip('"')
        return changed

    @property
    def line(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items() if value)


class Wire:
    """One connection to the portal on a port of this machine, kept open. Not shared between threads."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._connection: http.client.HTTPConnection | None = None
        self._used_at = 0.0

    def ask(
        self, method: str, path: str, jar: Jar, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Returns the answer; raises OSError or HTTPException when there is none."""
        sent = {"Host": f"localhost:{self.port}", **(headers or {})}
        if jar.line:
            sent["Cookie"] = jar.line
        connection = self._open()
        began = time.perf_counter()
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            content = response.read()
        except BaseException:
            self.close()
            raise
        took = time.perf_counter() - began
        self._used_at = time.monotonic()
        return Answer(response.status, tuple(response.headers.items()), content, took)

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _open(self) -> http.client.HTTPConnection:
        if self._connection is not None and time.monotonic() - self._used_at > QUIET:
            self.close()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._connection
