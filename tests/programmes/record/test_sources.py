import re
from datetime import date

import pytest

from inharmony.pages.sources import linked
from programmes.record import sources
from programmes.record.collaborations import COLLABORATIONS
from programmes.record.figures import FIGURES
from programmes.record.films import FILMS
from programmes.record.funding import AGREEMENTS
from programmes.record.mentions import MENTIONS
from programmes.record.milestones import MILESTONES
from programmes.record.offices import OFFICES
from programmes.record.organisations import ORGANISATIONS
from programmes.record.programmes import PROGRAMMES
from programmes.record.studies import STUDIES

NOUNS = {
    "milestones": MILESTONES,
    "accounts": [account for one in MILESTONES for account in one.accounts],
    "offices": OFFICES,
    "funding": AGREEMENTS,
    "collaborations": COLLABORATIONS,
    "studies": STUDIES,
    "findings": [found for one in STUDIES for found in one.findings],
    "figures": FIGURES,
    "mentions": MENTIONS,
    "films": FILMS,
}
NOTES = {"MONTH_ONLY", "YEAR_ONLY", "BY_THEN"}
NAMED = {name: words for name, words in vars(sources).items() if name.isupper() and name not in NOTES}


@pytest.mark.parametrize("facts", NOUNS.values(), ids=NOUNS)
def test_every_fact_says_where_it_was_found_and_has_a_key_of_its_own(facts):
    assert [one.key for one in facts if not one.source.strip()] == []
    keys = [one.key for one in facts]
    assert len(keys) == len(set(keys))
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9-]{1,100}", key)] == []


@pytest.mark.parametrize("name", NAMED)
def test_every_source_ends_in_an_address_that_becomes_a_link(name):
    words = NAMED[name]
    shown = linked(words)
    assert shown.endswith("</a>")
    assert shown.count("<a ") == 1
    assert "://" not in words


def test_every_address_of_the_record_is_https():
    addresses = [one.address for one in (*STUDIES, *FILMS) if one.address] + [one.website for one in PROGRAMMES]
    assert [address for address in addresses if not address.startswith("https://")] == []


def test_dates_are_in_order_and_none_is_yet_to_come_but_an_end():
    for one in (*AGREEMENTS, *COLLABORATIONS, *OFFICES):
        starts_on = one.starts_on or date.min
        assert one.ends_on is None or one.ends_on >= starts_on, one.key
        assert starts_on <= date(2026, 11, 29), one.key


def test_every_fact_is_of_a_programme_and_a_funder_that_are_known():
    slugs = {one.slug for one in PROGRAMMES} | {None}
    of_one = (*MILESTONES, *OFFICES, *AGREEMENTS, *STUDIES, *FIGURES, *MENTIONS, *FILMS)
    assert {one.programme for one in of_one} <= slugs
    assert {slug for one in COLLABORATIONS for slug in one.programmes} <= slugs
    assert {one.funder for one in AGREEMENTS} <= {one.slug for one in ORGANISATIONS}


def test_words_are_plain_text_as_they_are_read():
    words = [
        value
        for facts in (*NOUNS.values(), PROGRAMMES)
        for one in facts
        for value in vars(one).values()
        if isinstance(value, str)
    ]
    assert len(words) > 1000
    assert [text for text in words if re.search(r'["<>\\]| {2}|\n(?!\n)[a-z]|—', text)] == []
