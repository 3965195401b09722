"""The client: one kept connection, requests as bytes made before the clock starts, so that it costs next to nothing."""

import socket
import time
from collections.abc import Mapping
from urllib.parse import urlencode


def get(path: str, port: int, cookies: Mapping[str, str]) -> bytes:
    """Returns the bytes of a GET."""
    return _head("GET", path, port, cookies) + b"\r\n"


def post(path: str, port: int, cookies: Mapping[str, str], fields: Mapping[str, str]) -> bytes:
    """Returns the bytes of a form sent."""
    body = urlencode(fields).encode()
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    return _head("POST", path, port, cookies) + f"{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _head(method: str, path: str, port: int, cookies: Mapping[str, str]) -> bytes:
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return f"{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n".encode()


class Wire:
    """A connection to a server of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None
        self._used_at = 0.0

    def timed(self, request: bytes, status: int = 200) -> tuple[float, bytes]:
        """Returns the seconds from sending to the last byte, and the answer; raises when the status is another."""
        connection = self._open()
        began = time.perf_counter()
        connection.sendall(request)
        answer = _whole_answer(connection)
        seconds = time.perf_counter() - began
        self._used_at = time.monotonic()
        if not answer.startswith(f"HTTP/1.1 {status} ".encode()):
            raise RuntimeError(f"{request[:80]!r} was answered with {answer[:200]!r}")
        return seconds, answer

    def close(self) -> None:
        if self._socket:
            self._socket.close()
            self._socket = None

    def _open(self) -> socket.socket:
        if time.monotonic() - self._used_at > 2:
            self.close()  # the server lets a quiet connection go
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket


def _whole_answer(connection: socket.socket) -> bytes:
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _some(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if b"content-length" in headers:
        missing = int(headers[b"content-length"]) - len(body)
        while missing > 0:
            part = _some(connection)
            answer += part
            missing -= len(part)
    else:
        while not answer.endswith(b"0\r\n\r\n"):
            answer += _some(connection)
    return answer


def _some(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise RuntimeError("the server closed the connection in the middle of an answer")
    return part
