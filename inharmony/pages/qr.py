"""Addresses as pictures that a phone reads, drawn into the page itself."""

from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString

# the quiet zone the standard asks for (ISO/IEC 18004)
_MARGIN = 4


def qr(words: str, label: str) -> SafeString:
    """Returns the words as an <svg> that a camera reads; `label` is what it is to who cannot see it."""
    # inside: it loads a library of pictures, which no other page has a use for
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=_MARGIN)
    code.add_data(words)
    rows = code.get_matrix()
    return format_html(
        '<svg class="qr-code" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path class="qr-ground" d="M0 0h{0}v{0}h-{0}z"/><path d="{2}"/></svg>',
        len(rows),
        label,
        "".join(_row(y, row) for y, row in enumerate(rows)),
    )


def _row(y: int, row: list[bool]) -> str:
    """Draws the dark runs of a row, each as one box."""
    x, drawn = 0, ""
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            drawn += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return drawn
