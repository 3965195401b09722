"""An address drawn as a picture is read back as the same address."""

import re

import pytest

from inharmony.pages.qr import qr


def modules(svg):
    """Returns the dark modules of a picture, by row and column."""
    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        dark |= {(int(y), int(x) + step) for step in range(int(length))}
    return dark


def test_it_has_the_three_eyes_the_quiet_zone_and_a_name():
    svg = qr("https://hub.example/answer/CDFGHJK1234/", "Address <to> answer at")
    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    dark = modules(svg)
    # four modules of quiet on every side (ISO/IEC 18004)
    assert all(4 <= at < size - 4 for module in dark for at in module)
    for top, left in ((4, 4), (4, size - 11), (size - 11, 4)):
        eye = [[(top + y, left + x) in dark for x in range(7)] for y in range(7)]
        ring = [eye[y][x] for y in range(7) for x in range(7) if y in (0, 6) or x in (0, 6)]
        assert all(ring)
        assert not any(eye[1][1:6])
        assert all(eye[3][2:5])
    assert 'aria-label="Address &lt;to&gt; answer at"' in svg


@pytest.mark.parametrize("words", ["a", "https://hub.example/answer/CDFGHJK/", "x" * 300])
def test_other_words_are_another_picture(words):
    assert modules(qr(words, "")) == modules(qr(words, ""))
    assert modules(qr(words, "")) != modules(qr(f"{words}y", ""))
