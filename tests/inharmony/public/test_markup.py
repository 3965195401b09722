"""Public pages are valid: no error of the parser, every name once, every reference answered, headings in order."""

from io import BytesIO
from itertools import pairwise

import pytest
from tinyhtml5.parser import HTMLParser

from programmes.models import FundingAgreement, OrganisationRole
from programmes.models.study import Finding, Indicator
from tests.factories import printed
from tests.factories.programmes import programme

PATHS = ("/", "/about/", "/in-action/", "/history/", "/history/?hub=leeds", "/impact/", "/funding/")
HEADINGS = ("h1", "h2", "h3", "h4")


@pytest.fixture
def full(db):
    """A little of everything, with signs in it that mean something in HTML."""
    hub = programme("Leeds", source='a <b> & "c", gazette.example/?x=1&y=2')
    funder = printed.organisation("Payers & <Sons>")
    for kind in ("lead", "funder"):
        OrganisationRole.objects.create(programme=hub, organisation=funder, kind=kind, starts_on=printed.DAY)
    printed.account(printed.milestone("It & <it> begins", programme=hub), "Otherwise & <so>")
    printed.milestone(until=printed.DAY.replace(year=2013))
    printed.office(programme=hub, of_body="Body & <b>", starts_on=printed.DAY)
    printed.collaboration(children=3, venue="Hall & <b>").programmes.add(hub)
    for indicator, strength in zip(Indicator, [*Finding.Strength, *Finding.Strength][:6], strict=False):
        printed.finding(printed.study(address="https://a.example/?b=1&c=2"), indicator, strength, "So & <so>")
    printed.film(transcript="One & <two>\n\nThree", minutes=3)
    printed.published_figure(programme=hub, measure="intensity", note="a & <b>")
    printed.published_figure()
    for alone in (True, False):
        printed.funding_agreement(f"Grant {alone}", amount=5, is_in_harmony_only=alone)
    assert FundingAgreement.objects.count() == 2


def parsed(client, path):
    """The tree of a page, without namespaces, and what its parser complains of."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(BytesIO(client.get(path).content), transport_encoding="utf-8")
    return tree, [(code, data) for _, code, data in parser.errors]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_read_without_an_error(client, full, path):
    _, errors = parsed(client, path)
    assert errors == []


def test_an_error_would_be_found(client):
    parser = HTMLParser()
    parser.parse(BytesIO(b"<!doctype html><title>x</title><p><table><p>x</table></b>"))
    assert len(parser.errors) >= 2


@pytest.mark.parametrize("path", PATHS)
def test_every_name_is_given_once_and_every_reference_is_answered(client, full, path):
    tree, _ = parsed(client, path)
    names = [one.get("id") for one in tree.iter() if one.get("id")]
    assert sorted(names) == sorted(set(names))
    asked = [one.get("href")[1:] for one in tree.iter() if (one.get("href") or "").startswith("#")]
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        asked += [name for one in tree.iter() for name in (one.get(attribute) or "").split()]
    assert set(asked) - set(names) == set()


@pytest.mark.parametrize("path", PATHS)
def test_no_address_holds_a_space(client, full, path):
    tree, _ = parsed(client, path)
    addresses = [one.get(name) for one in tree.iter() for name in ("href", "src", "action") if one.get(name)]
    assert [address for address in addresses if len(address.split()) != 1] == []


@pytest.mark.parametrize("path", PATHS)
def test_headings_begin_at_one_and_leave_none_out(client, full, path):
    tree, _ = parsed(client, path)
    levels = [HEADINGS.index(one.tag) for one in tree.iter() if one.tag in HEADINGS]
    assert levels[0] == 0
    assert levels.count(0) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_of_itself_what_others_show_of_it(client, full, path):
    tree, _ = parsed(client, path)
    said = {one.get("name") or one.get("property"): one.get("content") for one in tree.iter("meta")}
    title = tree.find("head/title").text
    assert title == f"{said['og:title']} - In Harmony"
    assert said["description"] == said["og:description"]
    assert 50 <= len(said["description"]) <= 180
    links = {one.get("rel"): one.get("href") for one in tree.iter("link")}
    assert links["canonical"] == said["og:url"] == f"http://localhost:8000{path.partition('?')[0]}"
    assert tree.get("lang") == "en-GB"


def test_each_page_has_a_title_and_a_description_of_its_own(client, full):
    pages = [parsed(client, path)[0] for path in PATHS]
    assert len({page.find("head/title").text for page in pages}) == len(PATHS)
    descriptions = {
        one.get("content") for page in pages for one in page.iter("meta") if one.get("name") == "description"
    }
    assert len(descriptions) == len(PATHS) - 1  # one hub's history is described like all of it
