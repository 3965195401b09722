"""Ports of this machine's loopback."""

import contextlib
import secrets
import socket

# below those that the kernel gives to connections going out, of which a crawler opens thousands
PORTS = range(10_000, 32_000)


def free_port() -> int:
    """Returns a port that nobody listens on just now, drawn so that two processes hardly ever draw the same."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
