"""What holds for the style sheets: every colour is a token, the two dark lists agree, and words can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = {path.name: path.read_text() for path in (Path(settings.BASE_DIR) / "static" / "css").glob("*.css")}
TOKENS = SHEETS["tokens.css"]
PAIR = re.compile(r"(--[\w-]+):\s*([^;]+);")


def block(start):
    """Returns the tokens set by the rule that begins with `start`."""
    return dict(PAIR.findall(TOKENS[TOKENS.index(start) :].partition("}")[0]))


LIGHT = block(":root {")
DARK = {**LIGHT, **block(':root:not([data-theme="light"]) {')}


def luminance(colour):
    """Relative luminance of a hex colour, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio of two hex colours, WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_two_ways_into_the_dark_give_the_same_colours():
    assert block(':root:not([data-theme="light"]) {') == block(':root[data-theme="dark"] {')


def test_every_token_used_is_set_somewhere():
    used = {name for sheet in SHEETS.values() for name in re.findall(r"var\((--[\w-]+)", sheet)}
    given = {name for sheet in SHEETS.values() for name, _ in PAIR.findall(sheet)}
    assert used - given == set()


def test_every_token_is_used():
    used = {name for sheet in SHEETS.values() for name in re.findall(r"var\((--[\w-]+)", sheet)}
    used |= set(re.findall(r"var\((--[\w-]+)", (Path(settings.BASE_DIR) / "static/js/chart.js").read_text()))
    assert {name for name, _ in PAIR.findall(TOKENS)} - used == set()


@pytest.mark.parametrize("name", sorted(set(SHEETS) - {"tokens.css", "print.css"}))
def test_colours_are_named_and_nothing_is_forced(name):
    # what a selector asks of an attribute is no colour of ours: charts that were drawn when a release was cut have theirs
    declared = re.sub(r"\[[^\]]*\]", "", SHEETS[name])
    assert not re.search(r":[^;{]*#[0-9a-f]{3,8}\b", declared)
    assert "!important" not in SHEETS[name]
    assert not re.search(r"url\(", SHEETS[name])


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_rule_stands_in_a_layer(name):
    outside, depth = "", 0
    for character in re.sub(r"/\*.*?\*/", "", SHEETS[name], flags=re.DOTALL):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0 and character != "}":
            outside += character
    assert depth == 0
    assert re.sub(r"@layer [\w, ]+;?", "", outside).strip() == ""


WORDS = [
    *((words, ground) for words in ("text", "muted", "teal", "orange-text", "bad") for ground in ("ground", "wash")),
    *((state, ground) for state in ("ok", "warn", "bad", "calm") for ground in ("ground", f"{state}-wash")),
    ("muted", "wash-2"),
    ("muted", "orange-wash"),
    ("text", "orange-wash"),
    ("orange-text", "orange-wash"),
    ("teal", "teal-wash"),
    ("teal", "ok-wash"),
    ("text", "ok-wash"),
    ("text", "warn-wash"),
    ("text", "bad-wash"),
    ("on-orange", "orange"),
    ("on-orange", "orange-press"),
    ("on-stage", "stage"),
    ("on-stage", "stage-2"),
    ("on-stage-muted", "stage"),
    ("stage-link", "stage"),
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS)
def test_words_stand_out_from_their_ground(theme, words, ground):
    assert contrast(theme[f"--{words}"], theme[f"--{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", ["edge", "orange", "teal", "chart-1", "chart-2", "chart-3"])
def test_edges_and_shapes_stand_out_from_the_ground(theme, shape):
    assert contrast(theme[f"--{shape}"], theme["--ground"]) >= 3
