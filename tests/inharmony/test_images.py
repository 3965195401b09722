"""A picture comes out of the limited child as plain JPEGs that say nothing of it, or is refused with what to do."""

import re
import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from inharmony import image_limits as limits
from inharmony import images
from inharmony.images import PictureRefused, remade
from tests.factories.photos import drawn, encoded
from tests.inharmony import hostile_pictures as hostile


def opened(picture, width=None):
    return Image.open(BytesIO(picture.files[width or picture.width]))


def near(one, other):
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("size", "widths"), [((2000, 1500), [480, 960, 1600]), ((1000, 700), [480, 960]), ((400, 320), [400])]
)
def test_a_picture_is_made_anew_in_widths_none_larger_than_it_is(kind, size, widths):
    made = remade(encoded(drawn(size), kind), "hall.jpg")
    assert made.widths == widths
    assert (made.width, made.height) == (widths[-1], round(size[1] * widths[-1] / size[0]))
    for width, data in made.files.items():
        image = Image.open(BytesIO(data))
        assert (image.format, image.mode, image.width) == ("JPEG", "RGB", width)
        assert image.info["progressive"]


def test_nothing_of_what_the_file_said_of_itself_is_left():
    data = hostile.with_exif(drawn((1200, 900)))
    assert hostile.CANARY.encode() in data
    made = remade(data, "IMG_0001.JPG")
    for width in made.widths:
        assert hostile.CANARY.encode() not in made.files[width]
        assert not opened(made, width).getexif()
        assert set(opened(made, width).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(turn):
    upright = Image.new("RGB", (800, 600), "navy")
    upright.paste("orange", (0, 0, 200, 150))
    held = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    as_taken = upright.transpose(held[turn]) if turn in held else upright
    made = opened(remade(hostile.with_exif(as_taken, turn), "x.jpg"))
    assert made.size == (480, 360)
    assert near(made.getpixel((20, 20)), (255, 165, 0))
    assert near(made.getpixel((440, 340)), (0, 0, 128))


@pytest.mark.parametrize(
    ("data", "pixel"),
    [
        (lambda: encoded(drawn((400, 300), "CMYK")), (0, 0, 128)),
        (lambda: encoded(Image.new("RGBA", (400, 300), (255, 0, 0, 0)), "PNG"), (255, 255, 255)),
        (lambda: encoded(Image.new("LA", (400, 300), (0, 128)), "PNG"), (127, 127, 127)),
        (lambda: encoded(Image.new("RGBA", (400, 300), (0, 0, 255, 255)), "WEBP", lossless=True), (0, 0, 255)),
        (lambda: encoded(hostile.depth_16(), "PNG"), (156, 156, 156)),
        (lambda: encoded(Image.new("1", (400, 300), 1), "PNG"), (255, 255, 255)),
        (lambda: encoded(Image.new("L", (400, 300), 90)), (90, 90, 90)),
        (hostile.palette_with_hole, (0, 0, 255)),
        (lambda: hostile.with_profile(b"no profile"), (0, 0, 128)),
        (hostile.with_profile, (0, 0, 128)),
    ],
)
def test_colours_of_every_kind_come_out_as_they_are_seen(data, pixel):
    made = opened(remade(data(), "x"))
    assert near(made.getpixel((5, 5)), pixel)


def test_what_lets_light_through_stands_on_white():
    made = opened(remade(hostile.palette_with_hole(), "x.png"))
    assert near(made.getpixel((380, 280)), (255, 255, 255))


@pytest.mark.parametrize("name", sorted(hostile.POLYGLOTS))
def test_what_hides_in_a_picture_is_gone(name):
    made = remade(hostile.POLYGLOTS[name](), "x.jpg")
    whole = b"".join(made.files.values())
    assert b"script" not in whole
    assert b"PK\x03\x04" not in whole


@pytest.mark.parametrize("name", sorted(hostile.REFUSED))
def test_what_is_no_photo_is_refused_by_name_with_what_to_do(name):
    data, reason = hostile.REFUSED[name]
    with pytest.raises(PictureRefused) as refusal:
        remade(data(), r"C:\photos\autumn.jpg")
    assert refusal.value.reason == reason
    assert str(refusal.value).startswith("“autumn.jpg” ")
    assert re.search(r"\b(Send|send|Save|Cut)\b", str(refusal.value))


def test_the_name_of_a_file_is_believed_nothing():
    assert remade(encoded(drawn((400, 300)), "PNG"), "x.svg").widths == [400]
    with pytest.raises(PictureRefused) as refusal:
        remade(b"none", "a\0b\u202ecod.jpg" + "x" * 500)
    assert len(str(refusal.value)) < 250
    assert "\u202e" not in str(refusal.value)


def test_a_photo_of_a_phone_with_a_second_picture_in_it_is_its_first():
    out = BytesIO()
    drawn((800, 600)).save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (800, 600), "red")])
    assert near(opened(remade(out.getvalue(), "x.jpg")).getpixel((5, 5)), (0, 0, 128))


def test_a_child_that_takes_too_long_is_ended():
    with pytest.raises(PictureRefused, match="too long") as refusal:
        remade(encoded(drawn()), "x.jpg", seconds=0.01)
    assert refusal.value.reason == "time"


def test_forty_million_pixels_are_read_within_the_limits():
    made = remade(encoded(Image.new("RGBA", (7900, 5000), (0, 0, 255, 200)), "PNG", compress_level=1), "x.png")
    assert made.widths == [480, 960, 1600]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"{}\n",
        b"[]\n",
        b'{"files": []}\n',
        b'{"files": [[480, 320, 4]]}\nabcd',
        b'{"files": [[480, 320, 6]]}\n\xff\xd8\xff\xff\xd9\x00more',
        b'{"files": [[481, 320, 6], [480, 320, 5]]}\n\xff\xd8\xff\xff\xd9\xff\xd8\xff\xff\xd9',
        b'{"files": [[480, -1, 5]]}\n\xff\xd8\xff\xff\xd9',
        b"\xff\xfe\x00",
        b"9" * 5000,
    ],
)
def test_a_child_that_was_taken_over_can_only_be_refused(monkeypatch, answer):
    monkeypatch.setattr(images, "_answer_of_child", lambda _data, _seconds: answer)
    with pytest.raises(PictureRefused) as refusal:
        remade(encoded(drawn((400, 300))), "x.jpg")
    assert refusal.value.reason == "crash"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_picture_with_bytes_turned_over_is_read_or_refused(data):
    kind = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP"]))
    whole = bytearray(encoded(drawn((360, 240)), kind))
    for at in data.draw(st.lists(st.integers(12, len(whole) - 1), max_size=12)):
        whole[at] = data.draw(st.integers(0, 255))
    try:
        made = remade(bytes(whole), "x")
    except PictureRefused as refusal:
        assert refusal.reason in {"damaged", "crash", "pixels", "small", "narrow", "moving"}
    else:
        assert all(Image.open(BytesIO(file)).format == "JPEG" for file in made.files.values())


def test_the_portal_itself_loads_no_decoder():
    told = subprocess.run(
        [sys.executable, "-c", "import inharmony.images, sys; print('PIL' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "False"


def test_the_child_opens_nothing_once_it_reads(tmp_path):
    """What it gives up before it looks at the file, tried in its own process."""
    script = (
        "import sys, runpy; child = runpy.run_path(sys.argv[1], run_name='looked at'); child['load']();"
        " child['give_up_rights']();\n"
        "try:\n    open('/etc/hostname')\nexcept OSError as error:\n    print(error.errno)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(images._CHILD)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "24"
    assert limits.CHILD_MEMORY == 768 * 1024 * 1024
