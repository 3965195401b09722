import re
from pathlib import Path

import pytest
from django.conf import settings

from inharmony.pages import icons

SPRITE = Path(settings.BASE_DIR) / "static" / "img" / "icons.svg"


def test_the_names_known_are_the_symbols_of_the_sprite():
    assert set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text())) == icons.ICONS


def test_every_state_has_an_icon_and_a_word_of_its_own():
    assert {state.icon for state in icons.STATES.values()} <= icons.ICONS
    assert len({state.icon for state in icons.STATES.values()}) == len(icons.STATES)
    assert len({state.word for state in icons.STATES.values()}) == len(icons.STATES)


def test_an_icon_is_decoration_unless_it_has_a_name():
    assert icons.icon("get") == ('<svg class="i" aria-hidden="true"><use href="/static/img/icons.svg#get"/></svg>')
    assert 'role="img" aria-label="Tom &amp; Jo"' in icons.icon("get", "Tom & Jo")


def test_an_unknown_icon_is_a_mistake():
    with pytest.raises(KeyError, match="no icon 'trumpet'"):
        icons.icon("trumpet")


@pytest.mark.parametrize(
    ("percent", "filled", "note"),
    [(0, 0, 1.5), (96.4, 96, 96), (100, 100, 98.5), (140, 100, 98.5), (-3, 0, 1.5)],
)
def test_a_stave_is_filled_to_its_percentage_and_its_notehead_stays_on_the_lines(percent, filled, note):
    drawn = icons.stave(percent)
    assert f'width="{filled}%"' in drawn
    assert f'cx="{note}%"' in drawn
    assert "style" not in drawn
