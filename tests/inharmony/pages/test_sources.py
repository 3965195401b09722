import time

import pytest
from django.template import Context, Template

from inharmony.pages.sources import linked


def link(address, shown=""):
    return f'<a href="https://{address}" rel="noreferrer">{shown or address}</a>'


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("The Guardian, theguardian.com/education", f"The Guardian, {link('theguardian.com/education')}"),
        ("A, a.org.uk/x-1; B & C, b.com (no day)", f"A, {link('a.org.uk/x-1')}; B &amp; C, {link('b.com')} (no day)"),
        ("NFER, www.nfer.ac.uk/a/.", f"NFER, {link('www.nfer.ac.uk/a/', 'nfer.ac.uk/a/')}."),
        ("https://a.org/b?c=1&d=2", '<a href="https://a.org/b?c=1&amp;d=2" rel="noreferrer">a.org/b?c=1&amp;d=2</a>'),
        ("See (a.org/b).", f"See ({link('a.org/b')})."),
        ("Article, a.org/wiki/B_(c_d)", f"Article, {link('a.org/wiki/B_(c_d)')}"),
        ("Abroad, a.org/b’s", f"Abroad, {link('a.org/b%E2%80%99s', 'a.org/b’s')}"),
        ("A letter (a.org, page 2)", f"A letter ({link('a.org')}, page 2)"),
        ("", ""),
    ],
)
def test_an_address_in_a_source_is_a_link(words, shown):
    assert linked(words) == shown


@pytest.mark.parametrize(
    "words",
    [
        "The hub’s annual report of 2024, page 3",
        "http://a.org",
        "javascript:alert(1)",
        "ftp://a.org/b",
        "jo@a.org",
        "jo.a@b.org",
        "e.g. a list, i.e. 11.30 of 4.5 hours",
        "Word.Word",
    ],
)
def test_anything_else_is_text(words):
    assert linked(words) == words


def test_tags_and_quotes_in_a_source_are_text():
    shown = linked("<script>x</script> a.org/\"onload='x' b.org/<b>")
    assert "<script" not in shown
    assert "<b>" not in shown
    assert shown.count("<a ") == 2
    assert shown.count('"') == 8


def test_a_template_shows_a_source_and_nothing_for_none():
    template = Template("{% load look %}{{ source|sourced }}[{{ none|sourced }}]")
    assert template.render(Context({"source": "A, a.org", "none": None})) == f"A, {link('a.org')}[]"


def test_a_long_hostile_source_takes_no_time():
    began = time.perf_counter()
    linked("a." * 50_000)
    linked("a-" * 50_000 + "@")
    assert time.perf_counter() - began < 1
