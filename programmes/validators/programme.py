"""What a hub may be called, and the colour of its reports."""

import re

from django.core.exceptions import ValidationError

RESERVED = frozenset({"new"})  # an address of its own
READABLE = 4.5  # WCAG 2.2 AA, of white words on the colour
_HEX = re.compile(r"#[0-9a-f]{6}")


def require_free_slug(slug: str) -> None:
    """Raises ValidationError for an address that is a page's own."""
    if slug in RESERVED:
        raise ValidationError(f"“{slug}” is the address of another page. Choose another.")


def require_dark(colour: str) -> None:
    """Raises ValidationError for a colour on which white words could not be read."""
    if not _HEX.fullmatch(colour):
        raise ValidationError("Write the colour like #181c36.")
    if contrast_with_white(colour) < READABLE:
        raise ValidationError("White words could not be read on this colour. Choose a darker one.")


def contrast_with_white(colour: str) -> float:
    """Returns the contrast of white on a hex colour, from 1 (white) to 21 (black), as WCAG 2.2 reckons it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
