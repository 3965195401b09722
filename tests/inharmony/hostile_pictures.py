"""Pictures of every kind that has gone wrong somewhere, made here."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

from tests.factories.photos import drawn, encoded

CANARY = "Canary Lane 7"


def with_exif(image: Image.Image, turn: int = 6) -> bytes:
    """Returns a JPEG that says where it was taken, by whom, and how the camera was held, and a comment."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = turn, CANARY, CANARY
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 24.0, 30.5), 3: "W", 4: (2.0, 58.0, 12.0)})
    return encoded(image, exif=exif, comment=CANARY.encode(), quality=90)


def moving(kind: str) -> bytes:
    """Returns an animation."""
    out = BytesIO()
    drawn((400, 300)).save(out, kind, save_all=True, append_images=[Image.new("RGB", (400, 300), "red")])
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says(width: int, height: int, *, rows: int = 1, bits: int = 8, colour: int = 2) -> bytes:
    """Returns a PNG with sizes of its own choice and a little data."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    data = zlib.compress(b"\0" * (1 + width * 3) * rows if width < 100_000 else b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def png_with_long_text() -> bytes:
    """Returns a PNG whose note unpacks to a hundred megabytes."""
    packed = zlib.compress(b"A" * 100_000_000, 9)
    plain = encoded(drawn((400, 300)), "PNG")
    return plain[:33] + _chunk(b"zTXt", b"Comment\0\0" + packed) + plain[33:]


def with_profile(data: bytes | None = None) -> bytes:
    """Returns a JPEG with a colour profile: one of its own, or these bytes."""
    profile = data if data is not None else ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    return encoded(drawn((400, 300)), icc_profile=profile)


def depth_16() -> Image.Image:
    """Returns a grey picture of 16 bits."""
    return Image.new("I;16", (400, 300), 40_000)


def palette_with_hole() -> bytes:
    """Returns a PNG of a palette, one colour of which lets everything through."""
    image = Image.new("P", (400, 300), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.paste(1, (0, 0, 200, 300))
    return encoded(image, "PNG", transparency=0)


SCRIPT = b"<html><script>alert(1)</script></html>"
POLYGLOTS = {
    "a page behind a picture": lambda: encoded(drawn((400, 300))) + SCRIPT,
    "an archive behind a picture": lambda: encoded(drawn((400, 300)), "PNG") + b"PK\x03\x04" + b"x" * 4000,
    "a page in the comment": lambda: encoded(drawn((400, 300)), comment=SCRIPT),
}
REFUSED = {
    "empty": (lambda: b"", "empty"),
    "a page": (lambda: SCRIPT, "kind"),
    "a drawing in SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "kind"),
    "a spreadsheet": (lambda: b"PK\x03\x04" + b"\0" * 100, "kind"),
    "a GIF": (lambda: encoded(drawn((400, 300)), "GIF"), "kind"),
    "a BMP": (lambda: encoded(drawn((400, 300)), "BMP"), "kind"),
    "a TIFF": (lambda: encoded(drawn((400, 300)), "TIFF"), "kind"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "heic"),
    "AVIF": (lambda: b"\0\0\0\x18ftypavif\0\0\0\0mif1" + b"\0" * 64, "heic"),
    "a moving PNG": (lambda: moving("PNG"), "moving"),
    "a moving WebP": (lambda: moving("WEBP"), "moving"),
    "cut short": (lambda: encoded(drawn((1200, 900)), quality=95)[:5000], "damaged"),
    "a PNG cut short": (lambda: encoded(drawn((1200, 900)), "PNG")[:3000], "damaged"),
    "only the beginning": (lambda: b"\xff\xd8\xff", "damaged"),
    "too many pixels": (lambda: png_that_says(8000, 8000), "pixels"),
    "a bomb": (lambda: encoded(Image.new("1", (14_000, 14_000)), "PNG"), "pixels"),
    "a size beyond all": (lambda: png_that_says(2_000_000_000, 2_000_000_000), "pixels"),
    "a long note": (png_with_long_text, "damaged"),
    "a strip": (lambda: encoded(Image.new("RGB", (4000, 300))), "narrow"),
    "a stamp": (lambda: encoded(Image.new("RGB", (200, 150))), "small"),
    "too large": (lambda: b"\xff\xd8\xff" + b"\0" * (20 * 1024 * 1024), "size"),
}
