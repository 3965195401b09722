"""
The limited child: reads one picture from its standard input and writes JPEGs of it to its standard output.

It starts as a fresh interpreter without the portal's settings or surroundings. Before it looks at the file it gives up
memory and processor time past its limits, and the right to open anything at all: no file, no socket. It writes one line
of JSON, {"files": [[width, height, bytes], ...]} or {"refused": reason, "message": words}, and then the files' bytes.
"""

import io
import json
import os
import resource
import runpy
import sys
import warnings
from pathlib import Path

from PIL import Image, ImageCms, ImageFile, ImageOps

limits = runpy.run_path(str(Path(__file__).with_name("image_limits.py")))
TURN = 0x0112  # the tag that says how the camera was held


class Refused(Exception):  # noqa: N818 - reads as a sentence where it is raised
    """Not a picture to keep: a word, and what is wrong with what to do."""


def main() -> None:
    """Reads, writes and ends; every expected refusal is an answer, everything else ends the process."""
    data = sys.stdin.buffer.read()
    load()
    give_up_rights()
    out = sys.stdout.buffer
    try:
        made = files_of(data)
        told = {"files": [[width, height, len(written)] for width, height, written in made]}
        out.write(json.dumps(told).encode() + b"\n")
        for _, _, written in made:
            out.write(written)
    except Refused as refusal:
        reason, message = refusal.args
        out.write(json.dumps({"refused": reason, "message": message}).encode() + b"\n")
    out.flush()
    os._exit(0)


def load() -> None:
    """Loads what the kinds of file need: once the rights are given up no module can be loaded."""
    from PIL import JpegImagePlugin, JpegPresets, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

    assert all((JpegImagePlugin, JpegPresets, MpoImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin))
    Image.preinit()
    # what of these is loaded late is loaded now
    tried = io.BytesIO()
    square = Image.new("RGB", (64, 64))
    square.save(tried, "JPEG", progressive=True, quality=limits["QUALITY"])
    square.save(tried := io.BytesIO(), "PNG")
    opened = Image.open(tried, formats=["JPEG", "PNG", "WEBP"])
    opened.getexif().get(TURN)
    ImageOps.exif_transpose(opened)
    ImageCms.profileToProfile(square, ImageCms.createProfile("sRGB"), ImageCms.createProfile("sRGB"))
    # as errors: a picture past the limit is refused before it is laid out
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = limits["PIXELS"]
    ImageFile.LOAD_TRUNCATED_IMAGES = False


def give_up_rights() -> None:
    """From here on: no new memory past the limit, no processor time past it, nothing opened, nothing forked."""
    seconds = limits["CHILD_CPU_SECONDS"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits["CHILD_MEMORY"], limits["CHILD_MEMORY"]))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def files_of(data: bytes) -> list[tuple[int, int, bytes]]:
    """Returns width, height and bytes of each JPEG, the smallest first; raises Refused."""
    try:
        opened = Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"])
        require_fair(opened)
        image = flat(opened)
        return [written(image, width) for width in limits["allowed"](image.width)]
    except Image.DecompressionBombError as error:
        raise too_large() from error
    except Image.DecompressionBombWarning as error:
        raise too_large() from error
    except MemoryError as error:
        raise too_large() from error
    except Refused:
        raise
    except Exception as error:
        message = (
            "is damaged: not all of the picture can be read. Save it anew, or send the photo as the camera made it."
        )
        raise Refused("damaged", message) from error


def too_large() -> Refused:
    """Returns the refusal of a picture with too many pixels."""
    return Refused(
        "pixels", "has more than 40 million pixels. Save it smaller, 1,600 pixels wide is enough, and send that."
    )


def require_fair(opened: Image.Image) -> None:
    """Raises Refused for a picture that moves, and for sizes that are no photo's."""
    width, height = opened.size
    if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
        raise Refused("moving", "is a moving picture. Send a photo, as JPEG.")
    if width * height > limits["PIXELS"] or max(width, height) > limits["SIDE"]:
        raise too_large()
    if max(width, height) < limits["SMALLEST"]:
        raise Refused("small", f"is only {width} by {height} pixels. Send the photo as the camera made it.")
    if max(width, height) > limits["RATIO"] * min(width, height):
        raise Refused(
            "narrow", f"is a strip of {width} by {height} pixels. Cut it so that it is at most four times as wide."
        )


def flat(opened: Image.Image) -> Image.Image:
    """Returns the picture upright, in sRGB, on white where it lets something through, with nothing said about it."""
    turn = opened.getexif().get(TURN, 1)
    profile = opened.info.get("icc_profile")
    most = 2 * max(limits["WIDTHS"])
    if opened.format in ("JPEG", "MPO"):
        opened.draft(None, (most, most))  # four times the pixels that are kept need not be decoded
    opened.load()
    image: Image.Image = opened
    if image.mode == "P" or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode == "1":
        image = image.convert("L")
    if image.width > most:
        image = image.reduce(image.width // most)
    image = coloured(image, profile)
    image = ImageOps.exif_transpose(turned(image, turn))
    plain = Image.new("RGB", image.size)
    plain.paste(image)
    return plain


def turned(image: Image.Image, turn: object) -> Image.Image:
    """Returns the picture with the tag of its turn and no other word."""
    image.info = {}
    image.getexif()[TURN] = turn if turn in range(1, 9) else 1
    return image


def coloured(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Returns the picture in sRGB on white; a profile that cannot be read counts as none."""
    alpha = image.getchannel("A") if image.mode in ("RGBA", "LA") else None
    if alpha is not None:
        image = image.convert(image.mode[:-1])
    if profile:
        try:
            described = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            image = (
                ImageCms.profileToProfile(image, described, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            image = image.convert("RGB")
    image = image.convert("RGB")
    if alpha is None:
        return image
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image, mask=alpha)
    return ground


def written(image: Image.Image, width: int) -> tuple[int, int, bytes]:
    """Returns width, height and bytes of a JPEG of the picture in a width."""
    height = max(1, round(image.height * width / image.width))
    sized = image if image.width == width else image.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    sized.save(out, "JPEG", quality=limits["QUALITY"], progressive=True, optimize=True)
    return width, height, out.getvalue()


if __name__ == "child":
    main()
