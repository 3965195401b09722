"""A report of a hub opens with what the hub says itself, where it wrote anything."""

import pytest

from evaluation.actions.words import Asked, write_words
from evaluation.models import HubWords
from evaluation.reports.declaration import Subject
from evaluation.reports.own_words import TITLE
from evaluation.reports.participation import PROGRAMME_PARTICIPATION
from evaluation.reports.printing import printed
from evaluation.returns.report_words import IMPACT, PARTICIPATION, REPORT_WORDS
from inharmony.access.scope import scope_of, scoped
from tests.evaluation.actions.test_printing import text_of
from tests.factories.schools import this_year

ABOUT = "hub/liverpool/report-words/"


def write(cast, question, words):
    asked = Asked(cast.liverpool, this_year(), REPORT_WORDS, REPORT_WORDS.written()[question])
    with scoped(scope_of(cast.joanne)):
        write_words(asked=asked, words=words, seen=0, by=cast.joanne)


def contents_of(cast, user):
    with scoped(scope_of(user or cast.joanne)):
        return PROGRAMME_PARTICIPATION.contents(Subject(cast.liverpool), this_year().year, user)


def test_words_stand_first_and_only_those_that_were_written(cast):
    before = contents_of(cast, cast.joanne)
    assert TITLE not in [section.title for section in before.sections]
    write(cast, "foreword", "We played in the Philharmonic Hall.\n\nEvery parent came.")
    write(cast, "learned", "Of the other report.")
    contents = contents_of(cast, cast.joanne)
    section = contents.sections[0]
    assert (section.title, section.is_summary) == ("Foreword", True)
    assert section.paragraphs == ("We played in the Philharmonic Hall.", "Every parent came.")
    # words are part of what the report says: other words are another report
    assert contents.hash() != before.hash()
    assert contents.hash() == contents_of(cast, None).hash()
    assert "We played in the Philharmonic Hall." in text_of(printed(PROGRAMME_PARTICIPATION, contents).data)


def test_the_first_answer_stands_in_the_summary_and_the_others_after_it(cast):
    for question, words in (("foreword", "One."), ("highlights", "Two.\n\nThree."), ("hindered", "Four.")):
        write(cast, question, words)
    contents = contents_of(cast, cast.joanne)
    assert [section.paragraphs for section in contents.summary] == [("One.",)]
    rest = next(section for section in contents.annex if section.title == TITLE)
    assert [line.words for line in rest.lines] == [("Two.", "Three."), ("Four.",)]


@pytest.mark.parametrize("words", ["\n\n".join("abcdef"), " ".join(["extraordin"] * 150)], ids=["torn", "long"])
def test_what_would_not_fit_the_summary_stands_after_it(cast, words):
    write(cast, "foreword", words)
    contents = contents_of(cast, cast.joanne)
    assert contents.summary == ()
    (section,) = [section for section in contents.annex if section.title == TITLE]
    assert [line.title for line in section.lines] == ["Foreword"]


def test_a_manager_writes_them_on_a_page_that_says_what_is_there(cast, open_as):
    page = open_as(cast.joanne, f"/{ABOUT}").content.decode()
    for part in (PARTICIPATION, IMPACT):
        assert all(one.words in page for one in part.questions)
    assert "Not written yet, 150 words at most." in page
    write(cast, "next", "More brass.")
    assert "More brass." in open_as(cast.joanne, f"/{ABOUT}").content.decode()
    with scoped(cast.liverpool_scope):
        assert HubWords.objects.get().paper == "report-words"
    assert open_as(cast.joanne, "/hub/liverpool/papers/report-words.xlsx").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("ruth", 403), ("omar", 404), ("nia", 403), ("priya", 403)])
def test_nobody_else_opens_it(cast, open_as, name, status):
    assert open_as(getattr(cast, name), f"/{ABOUT}").status_code == status
