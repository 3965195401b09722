"""What every part of this package raises when it cannot go on."""


class ServersError(RuntimeError):
    """Says what is missing or refused, where, and what to do about it."""
