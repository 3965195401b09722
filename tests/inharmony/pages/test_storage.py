"""What the static files of a serving portal are gathered into."""

import re

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from inharmony.pages.storage import BUNDLES, COMMENT, sheets, style_sheets


@pytest.fixture
def gathered(settings, tmp_path):
    """All static files, gathered as a portal that serves has them."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "inharmony.pages.storage.StaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_page_is_styled_by_one_sheet_that_holds_all_in_their_order(gathered, bundle):
    (address,) = style_sheets(bundle)
    text = (gathered / address.removeprefix("/static/")).read_text()
    places = [text.index(COMMENT.sub("", (gathered / sheet).read_text())) for sheet in sheets(BUNDLES[bundle])]
    assert places == sorted(places)
    assert re.fullmatch(rf"/static/css/{bundle}\.[0-9a-f]{{12}}\.css", address)
    assert "/*" not in text


def test_one_script_finds_the_other_under_the_name_that_changes_with_it(gathered):
    script = (gathered / staticfiles_storage.stored_name("js/register.js")).read_text()
    (imported,) = set(re.findall(r'from "\./(unsent[^"]*)"', script))
    assert imported == staticfiles_storage.stored_name("js/unsent.js").removeprefix("js/")


def test_where_nothing_is_gathered_each_sheet_is_named():
    assert style_sheets() == [f"/static/{sheet}" for sheet in sheets(BUNDLES["all"])]
