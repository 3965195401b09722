from datetime import date

import pytest

from programmes.models.study import Finding, Indicator
from tests.factories import printed

Strength = Finding.Strength


def read(client):
    return " ".join(client.get("/impact/").content.decode().split())


def of(page, indicator):
    """What the page says of one indicator."""
    return page[page.index(f'id="{indicator.value}"') :].partition("</section>")[0]


def test_each_indicator_says_what_was_found_and_how_strong_the_evidence_is(client, db):
    printed.finding(printed.study(), Indicator.WELLBEING, Strength.STRONG, "Children said they felt well.")
    part = of(read(client), Indicator.WELLBEING)
    for words in ("Children said they felt well.", "Strong evidence", "Invented evaluation", "Invented Gazette"):
        assert words in part
    assert "What this does not show" in part


def test_an_indicator_without_findings_says_that_nothing_was_published(client, db):
    page = read(client)
    for indicator in Indicator:
        assert "No study that this record holds published anything on it" in of(page, indicator)


def test_where_no_effect_was_found_the_page_says_that_nobody_can_claim_one(client, db):
    printed.finding(printed.study(), Indicator.SCHOOL, Strength.NONE, "Rose in both groups alike.")
    part = of(read(client), Indicator.SCHOOL)
    assert "No clear evidence" in part
    assert "nobody can claim one" in part


def test_at_a_glance_each_strength_stands_with_how_many_findings(client, db):
    for strength in (Strength.SOME, Strength.SOME, Strength.NONE):
        printed.finding(printed.study(), Indicator.SCHOOL, strength)
    glance = read(client).partition("</table>")[0]
    assert 'Some evidence <span class="quiet">2</span>' in glance
    assert 'No clear evidence <span class="quiet">1</span>' in glance


def test_an_association_is_not_called_an_effect(client, db):
    printed.finding(printed.study(), Indicator.MUSIC, Strength.SOME)
    assert "that In Harmony brought it about is not shown" in of(read(client), Indicator.MUSIC)


def test_each_study_stands_with_all_that_is_known_of_it(client, db):
    printed.study(
        "The report",
        published_on=date(2016, 11, 1),
        pages=116,
        commissioned_by="Invented Council",
        evidence="Eleven schools",
        address="https://report.example/1",
    )
    page = read(client)
    for words in ("The report", "A. Invented", "116 pages", "Commissioned by Invented Council", "Eleven schools"):
        assert words in page
    assert "November 2016" in page
    assert 'href="https://report.example/1"' in page


def test_what_was_withdrawn_is_gone_with_its_findings(client, db):
    gone = printed.study("Withdrawn study", withdrawn_on=printed.DAY)
    printed.finding(gone, Indicator.MUSIC, Strength.STRONG, "Withdrawn with it")
    printed.finding(printed.study(), Indicator.MUSIC, Strength.STRONG, "Withdrawn alone", withdrawn_on=printed.DAY)
    assert "Withdrawn" not in read(client)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_the_same_however_much_was_found(client, db, many, django_assert_num_queries):
    for _ in range(many):
        printed.finding(printed.study(), Indicator.MUSIC, Strength.SOME)
    with django_assert_num_queries(2):
        client.get("/impact/")
