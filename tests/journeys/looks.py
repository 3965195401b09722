"""In which looks axe sees a page: narrow and wide, light and dark."""

import os
from zlib import crc32

LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


def looks_at(path: str) -> list[tuple[int, str]]:
    """
    Returns two looks for one page of many: both widths and both colour schemes, half the pages the other way round.

    So every page is seen narrow, wide, light and dark, and the pages together in all four. EVERY_LOOK=1 asks for all
    four of each, which takes twice as long.
    """
    if os.environ.get("EVERY_LOOK"):
        return LOOKS
    crossed = crc32(path.partition("?")[0].encode()) % 2
    return [LOOKS[0], LOOKS[3]] if crossed else [LOOKS[1], LOOKS[2]]
