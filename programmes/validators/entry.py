"""Rules about what an entry of the record may say, whatever its kind."""

from urllib.parse import urlsplit


def names_two_sources(source: str) -> bool:
    """Returns whether a source is at least two, with a semicolon between them."""
    return len({part.strip() for part in source.split(";") if part.strip()}) > 1


def is_safe_address(address: str) -> bool:
    """Returns whether an address can be put on a public page: https, of a host, without a name or password in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
