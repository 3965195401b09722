"""A public page is light: what a phone fetches for it the first time, without pictures, with the whole record in it."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from inharmony.pages.storage import BUNDLES, COMMENT, sheets

PATHS = (
    *("/", "/about/", "/in-action/", "/history/", "/impact/", "/funding/"),
    *("/where/", "/where/liverpool/", "/figures/", "/privacy/"),
)
LIMIT = 60_000  # bytes


@pytest.fixture
def loaded(db):
    call_command("load_programme_record", verbosity=0)


def text(name):
    return Path(finders.find(name)).read_text(encoding="utf-8")


def packed(content):
    return len(gzip.compress(content, 6))


@pytest.mark.parametrize("path", PATHS)
def test_a_page_with_its_style_and_script_is_at_most_60_kb(client, loaded, path):
    plain = client.get(path).content.decode()
    page = client.get(path, headers={"Accept-Encoding": "gzip"}).content
    scripts = re.findall(r'src="/static/(js/[\w.-]+)"', plain)
    style = "\n".join(COMMENT.sub("", text(sheet)) for sheet in sheets(BUNDLES["public-all"]))
    # what a page loads beside the sheet of all
    own = [
        name for name in re.findall(r'href="/static/(css/[\w.-]+)"', plain) if name not in sheets(BUNDLES["public-all"])
    ]
    files = [style, *map(text, scripts), *map(text, own)]
    assert len(page) + sum(packed(file.encode()) for file in files) <= LIMIT


def test_public_pages_do_not_load_what_only_people_at_work_need():
    assert "register" not in BUNDLES["public-all"]
