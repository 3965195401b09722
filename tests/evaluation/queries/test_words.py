"""A hub's own words are searched for what an issued report may not carry: names of its children, and traces of people."""

import pytest

from evaluation.queries.words import said_too_much, said_too_much_in
from evaluation.reports.declaration import Of
from evaluation.reports.registry import REPORTS
from evaluation.returns.report_words import OF_REPORT
from inharmony.access.scope import scope_of, scoped
from tests.evaluation.actions.test_words import write
from tests.factories import participants

FOUND = "“{}” is the name of a child. Write it without."


@pytest.fixture
def hub(cast):
    """The cast, with children of Liverpool whose names are hard to find."""
    with scoped(cast.both):
        names = [("Zoë", "Price-Évans"), ("Mary-Jane", "O’Connell")]
        participants.children(cast.liverpool, cast.saltwharf, by=cast.joanne, names=names)
    return cast


def said(cast, words, by=None):
    by = by or cast.joanne
    with scoped(scope_of(by)):
        return said_too_much(cast.liverpool, {"foreword": words}, by).get("foreword", [])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Amara Adeyemi led the cellos.", "amara adeyemi"),
        ("AMARA ADEYEMI led the cellos.", "amara adeyemi"),
        ("amara adeyemi led the cellos.", "amara adeyemi"),
        ("Adeyemi, Amara", "adeyemi amara"),
        ("Zoe Price Evans", "zoe price evans"),
        ("Zoë Price-Évans’s bow", "zoe price evans"),
        ("Zoe\u0308 PRICE\u2011E\u0301VANS", "zoe price evans"),
        ("Zoe Evans", "zoe evans"),
        ("Mary Jane OConnell", "mary jane oconnell"),
        ("Maryjane O'Connell", "maryjane oconnell"),
        ("Ama\u00adra Ade\u00adyemi", "amara adeyemi"),
        ("Ama\u200bra\u00a0Adeyemi", "amara adeyemi"),
        ("So said Amara\nAdeyemi of Year 4.", "amara adeyemi"),
        ("So said Amara\n\nAdeyemi of Year 4.", "amara adeyemi"),
        ("So said Amara Ade-\nyemi of Year 4.", "amara ade yemi"),
        ("So said Ama- \n ra Adeyemi of Year 4.", "ama ra adeyemi"),
        ("So said Amara Ade\u00ad\nyemi of Year 4.", "amara ade yemi"),
        ("Zoe Price-\nEvans", "zoe price evans"),
        ("#AmaraAdeyemi", "amaraadeyemi"),
        ("Amara_Adeyemi, Amara-Adeyemi", "amara adeyemi"),
    ],
)
def test_a_child_of_the_hub_is_found_however_the_name_is_written(hub, words, name):
    assert FOUND.format(name) in said(hub, words)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("A801200001001", "It holds a UPN. Take it out."),
        ("imeyedA \u202earamA", "There are characters in it that nobody sees. Type the words anew."),
    ],
)
def test_what_leads_to_somebody_is_found(hub, words, why):
    assert said(hub, words) == [why]


@pytest.mark.parametrize(
    "words",
    [
        "Ring 0151 496 0123, write to office@hub.example, come to 3 Hope Street, L1 9BP, or watch www.example.org.",
        "Saltwharf Primary and Marigold Primary came together in the Philharmonic Hall.",
        "Joanne Carter and Priya Nair led 12 concerts in 2026-27 before 1,200 people.",
        # of a first name alone, or a surname, nobody is known
        "Amara was played by the whole hall. The Adeyemi scholarship goes on.",
        "The child of Leeds is another hub’s.",
        "",
    ],
)
def test_schools_staff_and_numbers_may_stand(hub, words):
    assert said(hub, words) == []


def test_a_child_of_another_hub_is_not_looked_for_and_not_betrayed(hub):
    elsewhere = hub.leeds_children[0].name
    assert said(hub, f"{elsewhere} came to see us.") == []
    with scoped(hub.both):
        participants.children(hub.liverpool, hub.saltwharf, by=hub.joanne, names=[elsewhere.split(" ", 1)])
    assert len(said(hub, f"{elsewhere} came to see us.")) == 1


def test_which_name_it_is_is_told_to_whoever_sees_the_child_and_that_there_is_one_to_all(hub):
    child = hub.children[0].name
    with scoped(hub.both):
        assert not sees(hub.priya, hub.others[0])
    assert said(hub, child, by=hub.ruth) == [FOUND.format(child.lower())]
    told = said(hub, hub.others[0].name, by=hub.priya)
    assert told == ["It holds the name of a child. Write it without."]


def sees(user, child):
    return type(child).objects.visible_to(user).filter(pk=child.pk).exists()


def test_each_report_is_searched_for_its_own_questions_with_their_words(hub, django_assert_num_queries):
    write(hub, "Amara Adeyemi sang.", paper="report-words", question="highlights")
    write(hub, "A801200001001", paper="report-words", question="next")
    with scoped(scope_of(hub.joanne)):
        # the words, and the names of the children twice: all, and those whom the person sees
        with django_assert_num_queries(3):
            participation = said_too_much_in("participation", hub.liverpool, 2026, hub.joanne)
        impact = said_too_much_in("impact", hub.liverpool, 2026, hub.joanne)
        other = said_too_much_in("participation", hub.liverpool, 2025, hub.joanne)
    start = "In the hub’s own words, “{}”: "
    assert participation == [start.format("What we are proud of this year") + FOUND.format("amara adeyemi")]
    assert impact == [start.format("What we do next") + "It holds a UPN. Take it out."]
    assert other == []


def test_every_report_of_a_hub_is_searched():
    assert {report.id for report in REPORTS if report.of == Of.PROGRAMME} == set(OF_REPORT)
