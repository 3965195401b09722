"""Ports of this machine's loopback."""

import socket


def free_port() -> int:
    """Returns a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
