"""What a picture may cost, and what it may look like. One place for the portal and for the child that reads it."""

MEGABYTE = 1024 * 1024

FILE_BYTES = 20 * MEGABYTE
PIXELS = 40_000_000
SIDE = 16_000
SMALLEST = 320  # of the longer side: less fills no page
# longer to shorter side
RATIO = 4

WIDTHS = (480, 960, 1600)
QUALITY = 82

CHILD_MEMORY = 768 * MEGABYTE
CHILD_CPU_SECONDS = 15
WALL_SECONDS = 20.0
ANSWER_BYTES = 12 * MEGABYTE

HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


def allowed(width: int) -> tuple[int, ...]:
    """Returns the widths a picture of a width is made in: none larger than it is, and its own where it has none."""
    return tuple(wide for wide in WIDTHS if wide <= width) or (width,)
