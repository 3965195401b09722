"""A person at a browser, as far as the wire goes: one kept connection, cookies, forms with their token."""

import http.client
import re
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

QUIET = 2.0  # seconds after which a connection is not trusted to be still open: the server lets it go after five
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True)
class Answer:
    """What came back, redirects not followed."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Visitor:
    """Asks the portal on a port of this machine. Not shared between threads."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self.token = ""  # of the last form opened
        self._connection: http.client.HTTPConnection | None = None
        self._used_at = 0.0

    def get(self, path: str) -> Answer:
        """Returns the answer to a GET."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str], *, form: str | None = None) -> Answer:
        """Returns the answer to a form sent to `path`, with the token of the page `form` (`path`, unless told)."""
        if not self.token:
            self.open(form or path)
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **fields}))

    def open(self, path: str) -> Answer:
        """Returns a page, and keeps the token of its forms for the next post."""
        page = self.get(path)
        found = TOKEN.search(page.text)
        assert found, f"{path} answered {page.status} and holds no form"
        self.token = found.group(1)
        return page

    def sign_in(self, email: str) -> "Visitor":
        """Signs in as an account of the demonstration, in one press, and returns the visitor."""
        answer = self.post("/demonstration/sign-in/", {"as": email}, form="/sign-in/")
        assert (answer.status, "sessionid" in self.cookies) == (302, True), f"no sign-in as {email}: {answer.status}"
        self.token = ""  # it was changed with the session
        return self

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        if time.monotonic() - self._used_at > QUIET:
            self.close()
        self._used_at = time.monotonic()
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        headers = {"Host": f"localhost:{self.port}", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except BaseException:
            self.close()
            raise
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer
