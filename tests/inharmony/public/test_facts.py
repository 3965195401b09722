"""Every fact of the record that comes with the portal stands on a page, with the words of its source."""

from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.html import strip_tags

from programmes.models import Collaboration, Film, FundingAgreement, Milestone, Study
from programmes.models.milestone import Account
from programmes.models.office import Office
from programmes.models.study import Finding, Indicator

# of each kind: where it stands, and which of its fields are read there
KINDS = {
    Milestone: ("/history/", ("title", "source")),
    Account: ("/history/", ("says", "source")),
    Office: ("/about/", ("holder", "source")),
    Collaboration: ("/about/", ("title", "partner", "source")),
    FundingAgreement: ("/funding/", ("title", "source")),
    Study: ("/impact/", ("title", "authors", "source")),
    Finding: ("/impact/", ("words", "source")),
    Film: ("/in-action/", ("title", "summary", "source")),
}


@pytest.fixture
def loaded(db):
    call_command("load_programme_record", verbosity=0)


def words(path):
    """What a reader sees of a page, one space between words; addresses are shown without "www."."""
    return squeezed(unescape(strip_tags(Client().get(path).content.decode())))


def squeezed(text):
    return " ".join(text.replace("www.", "").replace("https://", "").split())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_fact_stands_on_a_page_with_its_source(loaded, kind):
    path, fields = KINDS[kind]
    shown = kind.objects.shown()
    if kind is FundingAgreement:
        shown = shown.filter(is_public=True)
    assert shown.exists()
    page = words(path)
    missing = [
        (field, value) for fact in shown for field in fields if squeezed(value := getattr(fact, field)) not in page
    ]
    assert missing == []


def test_what_no_page_may_show_is_on_none(loaded):
    kept = FundingAgreement.objects.exclude(conditions="").values_list("conditions", flat=True)
    pages = [words(path) for path, _ in KINDS.values()]
    assert [text for text in kept for page in pages if squeezed(text) in page] == []


def test_each_indicator_is_spoken_of(loaded):
    page = words("/impact/")
    assert [name for name in Indicator.labels if name not in page] == []


def test_figures_of_the_first_page_are_those_of_the_arts_council(loaded):
    page = words("/")
    assert "8,000+" in page
    assert "50+" in page
    assert "in Lambeth, Liverpool, Norwich" in page
