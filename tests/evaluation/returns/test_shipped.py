"""The lists that the portal brings: each question has a source that is there, and a changed one is a new version."""

import hashlib
import re

import pytest

from evaluation.figures.catalogue import FIGURES
from evaluation.figures.own import BESIDE_ROLL, OPENED_BY
from evaluation.menu.tables import TABLES
from evaluation.queries.hub import OF_REGISTERS
from evaluation.queries.progression import TABLES as OF_PROGRESSION
from evaluation.returns.shipped import SHIPPED, of_year
from evaluation.returns.structure import NotHeld, OfFigure, OfTable, OfTerms, Written
from evaluation.returns.year_end import comment, reached
from evaluation.views.hub.opening import BY, PAGE_OF
from programmes.models import Indicator

QUESTIONS = [(paper, question) for paper in SHIPPED for question in paper.questions()]
named = pytest.mark.parametrize(("paper", "question"), QUESTIONS, ids=[f"{p.key}-{q.id}" for p, q in QUESTIONS])
# what each version says, by key and version: whoever changes a question makes a new version beside it
SAID = {
    ("return", 1): "c1897fed16603f64",
    ("year-end", 1): "62e6077921db28f5",
    ("report-words", 1): "e0137718d40e31fa",
}


@named
def test_every_answer_comes_from_a_figure_or_table_of_the_hub_that_opens_or_is_said_not_to_be_here(paper, question):
    answer = question.answer
    if isinstance(answer, OfFigure | OfTerms):
        assert answer.key in FIGURES
        assert answer.key in OPENED_BY
    elif isinstance(answer, OfTable):
        assert answer.key in {*TABLES, *OF_REGISTERS, *OF_PROGRESSION, BESIDE_ROLL}
        assert (answer.key in PAGE_OF) != (answer.key in BY)
    elif isinstance(answer, NotHeld):
        assert answer.why.endswith(".")
    else:
        assert isinstance(answer, Written)


@named
def test_every_question_says_from_which_document_and_year_it_is_known_or_that_it_is_ours(paper, question):
    assert question.known_from or question.reading
    for document in question.known_from:
        assert re.search(r"20\d\d", document), document
        assert re.search(r"\b[a-z0-9.-]+\.[a-z]{2,}/", document), document
    if isinstance(question.answer, Written) and paper.key == "return":
        # no limit of the Arts Council's was found
        assert "not readable" in question.reading or "are ours" in question.reading


@pytest.mark.parametrize("paper", SHIPPED, ids=lambda one: f"{one.key}-{one.version}")
def test_a_changed_question_is_a_new_version(paper):
    found = hashlib.sha256(repr((paper.first_year, paper.parts)).encode()).hexdigest()[:16]
    assert SAID[paper.key, paper.version] == found, "add a version beside it, and leave this one as hubs answered it"


def test_the_list_of_a_year_is_the_newest_that_has_begun():
    assert of_year("return", 2026).key == "return"
    assert of_year("year-end", 2009).version == 1
    for key, year in (("return", 2008), ("nothing", 2026)):
        with pytest.raises(KeyError):
            of_year(key, year)
    assert len({(one.key, one.version) for one in SHIPPED}) == len(SHIPPED)


def test_the_year_end_asks_words_on_each_of_the_eight_indicators():
    asked = of_year("year-end", 2026).written()
    assert {reached(one) for one in Indicator.values} | {comment(one) for one in Indicator.values} < set(asked)
    limits = {name.partition("-")[0]: question.answer.limit for name, question in asked.items()}
    assert limits == {"achievement": 100, "reached": 200, "comment": 300}
    assert sum(name.startswith("achievement") for name in asked) == 5
