"""What holds for every template of the portal, read as text and compiled."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

ROOT = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file())
PAGES = [name for name in NAMES if name.endswith(".html")]
# written at set-up from the locked package, not kept in the repository
BUILT = {"vega.js"}
# these exist in a demonstration only, and stand behind a condition
DEMONSTRATION = {"demonstration:sign-in", "demonstration:confirm", "demonstration:outbox"}


def text(name):
    return (ROOT / name).read_text()


def page_names(patterns=None, space=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        else:
            yield from page_names(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)


@pytest.mark.parametrize("name", NAMES)
def test_it_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_it_keeps_the_policy_no_inline_style_no_inline_script(name):
    markup = text(name)
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", markup)
    assert not re.search(r"<script(?![^>]*\bsrc=)", markup)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", markup)


@pytest.mark.parametrize("name", PAGES)
def test_it_trusts_no_value(name):
    assert "|safe" not in text(name)
    assert "autoescape off" not in text(name)


@pytest.mark.parametrize("name", PAGES)
def test_it_reads_what_the_view_gives_and_queries_nothing(name):
    assert not re.search(r"\{[{%][^}]*(?<!paginator)(?<!forloop)\.(?:all|filter|exists|count|first|last)\b", text(name))
    assert not re.search(r"\{[{%][^}]*_set\b", text(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_page_it_links_to_exists(name):
    known = set(page_names()) | DEMONSTRATION
    assert set(re.findall(r"""\{% url ["']([^"']+)["']""", text(name))) <= known


@pytest.mark.parametrize("name", PAGES)
def test_every_file_it_loads_exists(name):
    for path in re.findall(r"""\{% static ["']([^"']+)["']""", text(name)):
        assert path in BUILT or finders.find(path), path


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_posts_carries_its_token(name):
    for form in re.findall(r'<form[^>]*method="post".*?</form>', text(name), re.DOTALL):
        assert "{% csrf_token %}" in form


FILLED = re.compile(r"\{% extends .*\{% block content %\}(?!\{% endblock)", re.DOTALL)


@pytest.mark.parametrize("name", [name for name in PAGES if FILLED.search(text(name))])
def test_every_page_has_a_title(name):
    assert "{% block title %}" in text(name)
